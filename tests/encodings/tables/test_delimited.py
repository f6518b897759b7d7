import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.errors import ReadError
from explorer.encodings.tables.delimited import (
    MAX_CELLS,
    decoded,
    delimiter_of,
    rows,
)


def cells(text: str, delimiter: str = ",") -> list[tuple[str, ...]]:
    return [each.cells for each in rows(decoded(text.encode()), delimiter)]


def test_rows_with_quotes_line_feeds_and_empty_lines() -> None:
    text = 'a,b,"c"\r\n1,"x ""y""\nz",3\n\n4,,"5"\n'
    assert cells(text) == [
        ("a", "b", "c"),
        ("1", 'x "y"\nz', "3"),
        ("4", "", "5"),
    ]


def test_rows_know_their_bytes_and_lines() -> None:
    data = "批,b\n\n1,é\n".encode()
    first, second = rows(decoded(data), ",")
    assert data[second.start : second.end].decode() == "1,é\n"
    assert (first.number, second.number) == (1, 3)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030", "utf-8"])
def test_encodings_are_found_out(encoding: str) -> None:
    text = "批次;日期\nA;2026年\n"
    found = decoded(text.encode(encoding))
    assert found.text == text
    assert found.is_guessed is (encoding == "gb18030")
    assert delimiter_of(found.text) == ";"
    first, _ = rows(found, ";")
    assert first.start == found.first


def test_utf_16_without_a_mark_is_seen_by_its_zeros() -> None:
    for name in ("utf-16-le", "utf-16-be"):
        found = decoded("lot,date\n".encode(name))
        assert (found.encoding, found.is_guessed) == (name, True)


def test_bytes_that_fit_nothing_are_refused() -> None:
    with pytest.raises(ReadError, match="fit no encoding"):
        decoded(b"a,b\n\xff\xff\xff")
    with pytest.raises(ReadError):
        decoded(codecs.BOM_UTF8 + b"\xff", "ascii")


@pytest.mark.parametrize(
    ("text", "flaw", "after"),
    [
        ('a,b\n"x" y,2\n3,4\n', "text-behind-quote", ("3", "4")),
        ('a,b\n1,"x\n', "quote-not-closed", None),
        ("a,b\n" + "," * (MAX_CELLS + 1) + "x\n3,4\n", "too-many-cells", ("3", "4")),
    ],
)
def test_a_damaged_row_hides_nothing_after_it(
    text: str, flaw: str, after: tuple[str, ...] | None
) -> None:
    found = list(rows(decoded(text.encode()), ","))
    assert flaw in {each.flaw for each in found}
    if after:
        assert found[-1].cells == after


def test_delimiters() -> None:
    assert delimiter_of('"a,b";c;d') == ";"
    assert delimiter_of("a\tb") == "\t"
    assert delimiter_of("a|b") == "|"
    assert delimiter_of("alone") == ""


@given(st.binary(max_size=80))
def test_no_bytes_make_it_raise_anything_else(data: bytes) -> None:
    try:
        text = decoded(data)
    except ReadError:
        return
    found = list(rows(text, delimiter_of(text.text) or ","))
    assert all(0 <= each.start <= each.end <= len(data) for each in found)


@given(
    st.lists(
        st.lists(st.text(alphabet='a,"\n ;x', max_size=5), min_size=2, max_size=3),
        max_size=4,
    )
)
def test_what_was_quoted_comes_back(table: list[list[str]]) -> None:
    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"'

    text = "".join(",".join(map(quoted, row)) + "\n" for row in table)
    wanted = [tuple(cell.strip() for cell in row) for row in table]
    assert cells(text) == [row for row in wanted if any(row)]
