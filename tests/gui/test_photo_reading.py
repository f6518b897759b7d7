"""Picture files become grey pixels and codes; what is no picture has none."""

import json
from pathlib import Path

import pytest
import segno
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from explorer.gui import photo_reading
from explorer.gui.photo_reading import codes_in, gray_pixels

pytestmark = pytest.mark.gui

TEXT = "https://trace.pear.example/q/X00012"


@pytest.fixture
def photo(tmp_path: Path, qapp: QApplication) -> Path:
    del qapp
    path = tmp_path / "photo.png"
    segno.make(TEXT).save(str(path), scale=6)
    return path


@pytest.mark.parametrize("ending", ["png", "jpg", "bmp"])
def test_the_code_of_a_photo_is_read(photo: Path, ending: str) -> None:
    other = photo.with_suffix(f".x.{ending}")
    image = QImage(str(photo)).convertToFormat(QImage.Format.Format_RGB32)
    assert image.save(str(other))
    assert codes_in(other) == (TEXT,)


def test_grey_values_are_rows_of_the_picture(
    tmp_path: Path, qapp: QApplication
) -> None:
    del qapp
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    image.setPixelColor(2, 1, QColor("black"))
    path = tmp_path / "p.png"
    image.save(str(path))
    pixels = gray_pixels(path)
    assert pixels is not None
    assert pixels.tolist() == [[255, 255, 255], [255, 255, 0]]


def test_files_that_are_no_picture_have_no_code(tmp_path: Path, photo: Path) -> None:
    cut = tmp_path / "cut.png"
    cut.write_bytes(photo.read_bytes()[:40])
    text = tmp_path / "text.jpg"
    text.write_bytes(b"no picture")
    for path in (cut, text, tmp_path / "gone.png"):
        assert codes_in(path) == ()


def test_a_picture_with_too_many_pixels_is_left(
    photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_reading, "MAX_PIXELS", 100)
    assert gray_pixels(photo) is None


def test_every_photo_of_the_corpora_is_decoded(
    corpora: Path, qapp: QApplication
) -> None:
    del qapp
    folder = corpora / "qr-photos"
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    decoded = {each["file"]: codes_in(folder / each["file"]) for each in manifest}
    assert len(decoded) == 12
    assert {each["file"]: (each["text"],) for each in manifest} == decoded
