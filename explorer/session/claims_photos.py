"""Codes in a photo, decoded here with zxing-cpp; no address is ever opened.

ISO/IEC 18004:2024 (QR codes) first, then every other kind the library knows. A photo in
which nothing is found is smoothed (Gaussian, sigma 1.5) and enlarged twice by cubic
interpolation, which rescues some that are blurred and noisy.

Left out: reading image files; the window's toolkit decodes them to grey pixels.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import zxingcpp

MAX_PIXELS = 60_000_000
"""Larger pictures are thinned out first."""

MAX_CODES = 64
_RESCUE_PIXELS = 8_000_000
_SIGMA = 1.5
_REACH = 5

Gray = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class DecodedCode:
    """One code of a photo."""

    text: str
    symbology: str
    """Name of the kind, such as ``QRCode``."""
    is_gs1: bool
    """Marked as a GS1 element string."""


def decode_photo(gray: Gray) -> tuple[DecodedCode, ...]:
    """Return the codes in a picture (rows of grey values), none if none is found."""
    picture = _thinned(np.ascontiguousarray(gray))
    if picture.ndim != 2 or not picture.size:
        return ()
    for each in (picture, None):
        tried = _rescued(picture) if each is None else each
        for formats in (zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.All):
            found = _read(tried, zxingcpp.BarcodeFormats(formats))
            if found:
                return found
    return ()


def _read(picture: Gray, formats: zxingcpp.BarcodeFormats) -> tuple[DecodedCode, ...]:
    found = zxingcpp.read_barcodes(picture, formats=formats)
    codes: dict[str, DecodedCode] = {}
    for each in found[:MAX_CODES]:
        if each.text:
            is_gs1 = each.content_type == zxingcpp.ContentType.GS1
            name = str(each.format).rpartition(".")[2]
            codes.setdefault(each.text, DecodedCode(each.text, name, is_gs1))
    return tuple(codes.values())


def _thinned(picture: Gray, limit: int = MAX_PIXELS) -> Gray:
    if picture.ndim != 2 or picture.size <= limit:
        return picture
    step = int(np.ceil(np.sqrt(picture.size / limit)))
    return np.ascontiguousarray(picture[::step, ::step])


def _rescued(picture: Gray) -> Gray:
    small = _thinned(picture, _RESCUE_PIXELS).astype(np.float32)
    smooth = _along(_along(small, _gaussian()).T, _gaussian()).T
    twice = _doubled(_doubled(smooth).T).T
    return np.ascontiguousarray(np.clip(np.rint(twice), 0, 255).astype(np.uint8))


def _gaussian() -> npt.NDArray[np.float32]:
    at = np.arange(-_REACH, _REACH + 1, dtype=np.float32)
    weights = np.exp(-(at**2) / (2 * _SIGMA**2))
    return np.asarray(weights / weights.sum(), dtype=np.float32)


def _along(
    picture: npt.NDArray[np.float32], weights: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """Return the rows weighted over their neighbours; edges are repeated."""
    reach = len(weights) // 2
    wide = np.pad(picture, ((0, 0), (reach, reach)), mode="edge")
    out = np.zeros_like(picture)
    for number, weight in enumerate(weights):
        out += weight * wide[:, number : number + picture.shape[1]]
    return out


def _doubled(picture: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the rows twice as long: a cubic (Catmull-Rom) at every half step."""
    wide = np.pad(picture, ((0, 0), (1, 2)), mode="edge")
    count = picture.shape[1]
    first, left, right, last = (wide[:, n : n + count] for n in range(4))
    out = np.empty((picture.shape[0], 2 * count), dtype=np.float32)
    out[:, 0::2] = left
    out[:, 1::2] = (9 * (left + right) - first - last) / 16
    return out
