"""The claim sheet as a page: sealed, without script, evidence never as markup."""

import hashlib
from datetime import datetime

import pytest

from explorer.model.claim_sheets import AfterEntry, Computed
from explorer.reports.claim_html import claim_page, coordinates_text
from explorer.reports.words import Language
from tests.reports.claim_sheets import MADE, sheet
from tests.reports.conftest import HOSTILE


def page(text: str = "酥梨", language: Language = Language.EN) -> str:
    return claim_page(sheet(text), language, MADE, {0: "see <b>file</b>"}).decode()


def test_the_last_line_seals_all_before_it() -> None:
    data = claim_page(sheet(), Language.EN, MADE, {})
    above, _, last = data.rstrip(b"\n").rpartition(b"\n")
    digest = hashlib.sha256(above + b"\n").hexdigest()
    assert digest.encode() in last


def test_every_part_is_there() -> None:
    text = page()
    for part in (
        "2 points recorded, 1 contradicted, 1 silent.",
        "Fictional demonstration data",
        "Unaltered after entry",
        "True before entry?",
        "That this very box is the one the code was printed for cannot be computed.",
        "against it 153:0",
        "The ledger is silent on",
        "Hands it passed through",
        "33.1, 116.9",
        "1970-01-10",
        "10 days later",
        "cd" * 64,
        "geth export",
        "see &lt;b&gt;file&lt;/b&gt;",
        "The address is shown, never opened.",
    ):
        assert part in text, part


def test_the_chinese_page_is_chinese() -> None:
    text = page(language=Language.ZH)
    assert 'lang="zh-Hans"' in text
    assert "上链后未改动" in text
    assert "Not computed" not in text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_text_of_the_evidence_is_never_markup(hostile: str) -> None:
    plain, text = page("x"), page(hostile)
    for tag in ("<script", "<img", "<iframe", "<a ", "<form", "<link", "<object"):
        assert text.count(tag) == plain.count(tag)
    assert "Content-Security-Policy" in text
    assert text.count("</style>") == 1


def test_a_command_is_translated_where_it_is_ours() -> None:
    chinese = {"geth export": "导出"}
    data = claim_page(sheet(), Language.ZH, MADE, {}, chinese)
    assert "导出" in data.decode()


def test_without_a_ledger_it_says_so() -> None:
    alone = sheet(ledger="", item="", computed=Computed(AfterEntry.NOTHING))
    text = claim_page(alone, Language.EN, MADE, {}).decode()
    assert "No ledger is open" in text
    assert "Nothing was computed" in text


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        claim_page(sheet(), Language.EN, datetime(2026, 1, 1), {})  # noqa: DTZ001


def test_absent_coordinates_are_empty() -> None:
    places = sheet().places
    assert coordinates_text(places[1].latitude, places[1].longitude) == ""
