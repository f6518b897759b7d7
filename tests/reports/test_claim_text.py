"""The claim sheet for the terminal and as values."""

import json

from explorer.model.claim_sheets import AfterEntry, Computed
from explorer.reports.claim_html import claim_page
from explorer.reports.claim_text import sheet_text, sheet_values
from explorer.reports.words import Language
from tests.reports.claim_sheets import HARVEST, MADE, RECALL, sheet, source


def test_the_text_holds_both_blocks_apart_and_the_fixed_line() -> None:
    lines = sheet_text(sheet()).splitlines()
    assert "Computed here: Unaltered after entry" in lines
    assert "Not computed: True before entry?" in lines
    assert any("cannot be computed" in line for line in lines)
    assert "    Contradicted 6:2, against it 153:0" in lines
    assert "    10 days later" in lines
    assert "  matches 1 places: entry 6:2" in lines


def test_a_row_on_an_altered_entry_says_so() -> None:
    made = sheet(sources=(source(HARVEST, is_unmatched=True), source(RECALL)))
    assert "    ! does not match" in sheet_text(made).splitlines()
    page = claim_page(made, Language.EN, MADE, {}).decode()
    assert "6:2 (does not match)" in page


def test_candidates_and_hostile_text_are_printable() -> None:
    made = sheet("evil\x1b[2J", item="", candidates=("a\u202eb",))
    text = sheet_text(made)
    assert "\x1b" not in text
    assert "a<U+202E>b" in text


def test_a_sheet_without_parts_is_short() -> None:
    bare = sheet(
        rows=(), silent=(), hands=(), exhibits=(), ledger="", item="",
        computed=Computed(AfterEntry.NOTHING),
    )  # fmt: skip
    assert "Hands" not in sheet_text(bare)


def test_values_survive_json() -> None:
    values = json.loads(json.dumps(sheet_values(sheet())))
    assert values["headline"].startswith("2 points")
    assert values["rows"][1]["contradicts"] == [{"block": 153, "entry": 0}]
    assert values["sources"][0]["recorded"].endswith("UTC")
    assert values["questions"][1]["platform"] == "Ethereum"
    assert values["exhibits"][0]["captured_at"] == "2026-09-30T12:00:00Z"
