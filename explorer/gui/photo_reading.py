"""Decodes a picture file to grey pixels and looks for codes in it.

Runs in the query thread; no widget. Qt's image readers are given a limit on memory, and
a picture that is too large or no picture simply has no codes.
"""

from pathlib import Path

import numpy as np
from PySide6.QtGui import QImage, QImageReader

from explorer.session.claims_photos import Gray, decode_photo

MAX_PIXELS = 120_000_000
ALLOCATION_MB = 512


def gray_pixels(path: Path) -> Gray | None:
    """Return the grey values of a picture, row by row; nothing if it is none."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    QImageReader.setAllocationLimit(ALLOCATION_MB)
    size = reader.size()
    if size.isValid() and size.width() * size.height() > MAX_PIXELS:
        return None
    image = reader.read()
    if image.isNull():
        return None
    gray = image.convertToFormat(QImage.Format.Format_Grayscale8)
    stride, rows = gray.bytesPerLine(), gray.height()
    flat = np.frombuffer(gray.constBits(), np.uint8, stride * rows)
    return flat.reshape(rows, stride)[:, : gray.width()].copy()


def codes_in(path: Path) -> tuple[str, ...]:
    """Return the texts of the codes in a photo."""
    pixels = gray_pixels(path)
    if pixels is None:
        return ()
    return tuple(each.text for each in decode_photo(pixels))
