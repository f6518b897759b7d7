"""Columns put to fields become a profile, and the profile gives the first events."""

from pathlib import Path

import pytest

from explorer.core.errors import ReadError
from explorer.core.tasks import NullContext
from explorer.encodings.profile_files import read_profile
from explorer.session.column_mapping import (
    ColumnChoice,
    Target,
    guess,
    look_at,
    preview,
    profile_text,
)

TABLE = (
    "Event time,Step,Lot No.,Qty (kg),From,Place\n"
    "2026-09-01T08:00:00Z,harvest,L1,500,Orchard,A\n"
    '3/4/2026,pack,L1,"1,200",Packer,B\n'
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(TABLE, "utf-8")
    return path


def test_headings_are_found_and_put_to_fields(table: Path) -> None:
    (seen,) = look_at(table)
    assert seen.columns[2] == "Lot No."
    assert seen.rows[0][2] == "L1"
    found = guess(seen.columns)
    assert found[Target.THING] == "Lot No."
    assert found[Target.AMOUNT] == "Qty (kg)"
    assert found[Target.TIME] == "Event time"
    assert found[Target.SOURCE] == "From"
    assert len(set(found.values())) == len(found)


def test_chinese_headings_are_known() -> None:
    found = guess(("批次号", "重量（公斤）", "日期", "产地"))
    assert found == {
        Target.THING: "批次号",
        Target.AMOUNT: "重量（公斤）",
        Target.TIME: "日期",
        Target.PLACE: "产地",
    }


def test_the_preview_shows_events_and_names_the_cells(table: Path) -> None:
    (seen,) = look_at(table)
    text = profile_text(ColumnChoice(guess(seen.columns), unit="kg"))
    found = preview(table, text, NullContext())
    assert (found.total, found.problem) == (2, "")
    assert found.events[0].quantities[0].thing == "L1"
    assert found.events[0].quantities[0].unit == "KGM"
    assert [(each.column, each.reason, each.detail) for each in found.faults] == [
        ("Event time", "time-ambiguous", "3/4/2026"),
        ("Qty (kg)", "amount-ambiguous", "1,200"),
    ]


@pytest.mark.parametrize(
    "column", ['a"b', "a{b}", "a.b[0]", "数量 (kg)", "plain", "a\\"]
)
def test_any_heading_gives_a_profile_or_an_error(tmp_path: Path, column: str) -> None:
    text = profile_text(ColumnChoice({Target.THING: column}, 'x"y\n'))
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2\n", "utf-8")
    found = preview(path, text, NullContext())
    assert found.total == 0  # the column is not there, or the profile is refused
    assert isinstance(found.problem, str)


def test_inputs_make_a_transformation() -> None:
    columns = {Target.THING: "Lot", Target.INPUT: "Raw", Target.EVENT: "Id"}
    text = profile_text(ColumnChoice(columns, "made", "+08:00", "Sheet 1"))
    profile = read_profile(text.encode(), "made")
    assert profile.event[0].kind == "transformation"
    assert profile.table.group == ("Id",)
    assert (profile.table.sheet, profile.zone) == ("Sheet 1", "+08:00")


def test_a_file_without_headings_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "numbers.csv"
    path.write_text("1,2\n3,4\n", "utf-8")
    with pytest.raises(ReadError, match="no row of headings"):
        look_at(path)
    with pytest.raises(ReadError):
        look_at(tmp_path / "nothing.csv")


def test_a_profile_that_cannot_be_meant_is_told(table: Path) -> None:
    found = preview(table, "version = 1\nname = [", NullContext())
    assert found.total == 0
    assert found.problem
