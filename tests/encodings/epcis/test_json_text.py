from collections.abc import Iterator

import pytest

from explorer.encodings.epcis.json_text import (
    CutError,
    JsonText,
    MalformedError,
    Number,
)


def text_of(data: bytes, step: int = 3) -> JsonText:
    def pieces() -> Iterator[bytes]:
        for at in range(0, len(data), step):
            yield data[at : at + step]

    return JsonText(pieces())


def test_numbers_keep_their_exact_text() -> None:
    text = text_of(b" 12.50e1 ")
    text.peek()
    value = text.value()
    assert value == "12.50e1"
    assert isinstance(value, Number)


@pytest.mark.parametrize("step", [1, 2, 5, 1000])
def test_places_count_bytes_whatever_the_pieces_are(step: int) -> None:
    data = '  "梨梨" // 注释\n {"a": [1, 2]}'.encode()
    text = text_of(data, step)
    text.peek()
    begin = text.here()
    assert text.value() == "梨梨"
    assert data[begin : text.here()].decode() == '"梨梨"'
    assert text.peek() == "{"
    begin = text.here()
    text.value()
    assert data[begin : text.here()] == b'{"a": [1, 2]}'
    assert text.has_comments
    assert text.peek() == ""


def test_comments_inside_a_value_are_passed_over() -> None:
    text = text_of(b'{"a": 1, // one\n "b": "x//y" /* two */ }', 1000)
    text.peek()
    assert text.value() == {"a": "1", "b": "x//y"}


def test_a_slash_that_begins_no_comment_ends_nothing() -> None:
    text = text_of(b"/x")
    assert text.peek() == "/"


def test_bytes_that_are_no_utf_8_keep_their_places() -> None:
    data = b'["\xff\xfe", 1]'
    text = text_of(data)
    text.peek()
    text.value()
    assert text.here() == len(data)
    assert text.may_be_broken


@pytest.mark.parametrize("data", [b'{"a": ', b'"abc', b'{"a": [1,', b""])
def test_a_cut_value_is_told_from_a_wrong_one(data: bytes) -> None:
    text = text_of(data)
    text.peek()
    with pytest.raises(CutError):
        text.value()


def test_a_wrong_value_says_at_which_byte() -> None:
    text = text_of('{"梨": nothing}     '.encode())
    text.peek()
    with pytest.raises(MalformedError, match="at byte 8"):
        text.value()
    assert text.skip_malformed()
    assert text.here() == 16


def test_deep_values_are_malformed() -> None:
    text = text_of(b"[" * 100_000 + b"]" * 100_000, 10_000)
    text.peek()
    with pytest.raises(MalformedError, match="deep"):
        text.value()


def test_long_values_are_not_gathered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.encodings.epcis.json_text.MAX_RECORD_BYTES", 50)
    text = text_of(b'"' + b"x" * 500)
    text.peek()
    with pytest.raises(MalformedError, match="limit"):
        text.value()


def test_repeated_keys_and_odd_numbers_are_counted() -> None:
    text = text_of(b'{"a": 1, "a": NaN, "b": -Infinity}')
    text.peek()
    assert text.value() == {"a": "NaN", "b": "-Infinity"}
    assert (text.repeated_keys, text.odd_numbers) == (1, 2)


def test_brackets_that_never_close_have_no_end() -> None:
    text = text_of(b'{"a": x, [')
    text.peek()
    assert not text.skip_malformed()
    text = text_of(b"x]")
    assert not text.skip_malformed()
