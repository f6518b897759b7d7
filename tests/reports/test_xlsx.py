import io
import tracemalloc
import zipfile
from collections.abc import Iterator, Sequence

import openpyxl
import pytest

from explorer.reports import xlsx
from explorer.reports.tables import Cell
from explorer.reports.xlsx import MAX_CELL_CHARACTERS, Sheet, write_xlsx, xml_text


def _book(*sheets: Sheet, first: int = 0) -> bytes:
    stream = io.BytesIO()
    write_xlsx(stream, sheets, first)
    return stream.getvalue()


def _read(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_typed_cells_as_another_reader_sees_them() -> None:
    row: Sequence[Cell] = ("=1+1", -5, 10**15 - 1, 10**15, 2**53 + 1, None, "", True)
    book = _read(_book(("t", tuple("abcdefgh"), [row])))
    cells = next(iter(book["t"].iter_rows(min_row=2)))
    assert [each.value for each in cells] == [
        "=1+1",
        -5,
        10**15 - 1,
        str(10**15),
        str(2**53 + 1),
        None,
        "",
        True,
    ]
    assert [each.data_type for each in cells[:5]] == ["s", "n", "n", "s", "s"]
    assert cells[0].quotePrefix


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠1"]
)
def test_a_formula_stays_a_text(text: str) -> None:
    data = _book(("t", ("a",), [(text,)]))
    each = _read(data)["t"]["A2"]
    assert each.data_type == "s"
    assert each.quotePrefix
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_hostile_texts_are_readable(hostile_texts: tuple[str, ...]) -> None:
    rows = [(text,) for text in hostile_texts]
    sheet = _read(_book(("t", ("a",), rows)))["t"]
    assert sheet.max_row == len(rows) + 1
    assert sheet["A2"].value == "<b>✔ VALID</b>"
    assert sheet["A37"].value == "<b<U+0000>>bold"
    assert all(isinstance(sheet.cell(n, 1).value, str) for n in range(2, sheet.max_row))


def test_escapes_of_the_format_are_not_taken_for_characters() -> None:
    assert xml_text("_x003D_1") == "_x005F_x003D_1"
    assert xml_text("_x00_ __x0041__") == "_x00_ __x005F_x0041__"
    assert xml_text("<&>") == "&lt;&amp;&gt;"


def test_a_long_text_is_cut_and_says_so() -> None:
    shown = xml_text("x" * 40_000)
    assert len(shown) <= MAX_CELL_CHARACTERS
    assert shown.endswith("… (+7273 characters)")
    assert xml_text("x" * MAX_CELL_CHARACTERS) == "x" * MAX_CELL_CHARACTERS


def test_same_rows_same_bytes() -> None:
    sheets = ("t", ("a",), [("x",), ("y",)])
    assert _book(sheets) == _book(sheets)
    with zipfile.ZipFile(io.BytesIO(_book(sheets))) as archive:
        times = {each.date_time for each in archive.infolist()}
    assert times == {(1980, 1, 1, 0, 0, 0)}


def test_more_rows_than_a_sheet_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_SHEET_ROWS", 4)
    rows = [(number,) for number in range(7)]
    book = _read(_book(("t", ("n",), rows), ("about", ("k",), [("v",)]), first=1))
    assert book.sheetnames == ["about", "t", "t 2", "t 3"]
    found = [
        [row[0] for row in book[name].iter_rows(min_row=2, values_only=True)]
        for name in book.sheetnames[1:]
    ]
    assert found == [[0, 1, 2], [3, 4, 5], [6]]
    exact = _read(_book(("t", ("n",), rows[:3])))
    assert exact.sheetnames == ["t"]


def test_an_empty_table_has_its_head() -> None:
    book = _read(_book(("t", ("a", "b"), [])))
    assert [each.value for each in book["t"][1]] == ["a", "b"]
    assert book["t"].max_row == 1


def test_memory_does_not_grow_with_rows() -> None:
    def rows(count: int) -> Iterator[tuple[Cell, ...]]:
        return ((f"text {number}", number) for number in range(count))

    peaks = []
    for count in (2_000, 20_000):
        tracemalloc.start()
        with io.BytesIO() as stream:
            write_xlsx(stream, [("t", ("a", "b"), rows(count))])
            kept = len(stream.getvalue())
        peaks.append(tracemalloc.get_traced_memory()[1] - 2 * kept)
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 500_000
