"""Codes in pictures made here: plain, turned, inverted, blurred; nothing in noise."""

import numpy as np
import pytest
import segno

from explorer.session.claims_photos import (
    MAX_PIXELS,
    Gray,
    _doubled,
    _thinned,
    decode_photo,
)

TEXT = "https://trace.pear.example/q/X00012"


def picture(text: str = TEXT, scale: int = 6) -> Gray:
    modules = [list(row) for row in segno.make(text, error="m").matrix]
    dark = np.kron(np.array(modules, np.uint8), np.ones((scale, scale), np.uint8))
    return np.pad((1 - dark) * 255, 40, constant_values=255).astype(np.uint8)


def blurred(gray: Gray, by: int) -> Gray:
    soft = gray.astype(np.float64)
    for _ in range(by):
        soft = (soft + np.roll(soft, 1, 0) + np.roll(soft, 1, 1)) / 3
    return soft.astype(np.uint8)


def test_a_code_is_read_with_its_kind() -> None:
    (code,) = decode_photo(picture())
    assert code.text == TEXT
    assert "QR" in code.symbology.upper().replace(" ", "")
    assert not code.is_gs1


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_code_is_read(turns: int) -> None:
    assert decode_photo(np.rot90(picture(), turns))[0].text == TEXT


def test_a_code_in_white_on_black_is_read() -> None:
    assert decode_photo(255 - picture())[0].text == TEXT


def test_chinese_text_comes_out_right() -> None:
    text = "https://trace.example.cn/q?c=\u68a8\u5ddd1100001"
    assert decode_photo(picture(text))[0].text == text


def test_a_blurred_and_noisy_code_is_read() -> None:
    noise = np.random.default_rng(7).normal(0, 18, picture().shape)
    gray = np.clip(blurred(picture(), 4) + noise, 0, 255).astype(np.uint8)
    assert decode_photo(gray)[0].text == TEXT


def test_two_codes_are_both_read_once_each() -> None:
    both = np.hstack([picture("first"), picture("second"), picture("first")])
    assert {each.text for each in decode_photo(both)} == {"first", "second"}


def test_pictures_without_a_code_have_none() -> None:
    assert decode_photo(np.full((300, 400), 128, np.uint8)) == ()
    noise = np.random.default_rng(1).integers(0, 255, (300, 400), np.uint8)
    assert decode_photo(noise) == ()


@pytest.mark.parametrize("shape", [(0, 0), (1, 1), (0, 9), (3, 3, 3)])
def test_odd_shapes_are_no_pictures(shape: tuple[int, ...]) -> None:
    assert decode_photo(np.zeros(shape, np.uint8)) == ()


def test_a_huge_picture_is_thinned_out() -> None:
    assert _thinned(np.zeros((100, 100), np.uint8), 2_500).shape == (50, 50)
    assert MAX_PIXELS > 12_000_000  # a usual photo is taken as it is


def test_doubling_keeps_what_was_there() -> None:
    row = np.array([[0, 10, 20, 30]], np.float32)
    assert _doubled(row)[0, 0::2].tolist() == [0, 10, 20, 30]
    assert _doubled(row)[0, 3] == pytest.approx(15)
