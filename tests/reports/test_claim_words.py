"""Words of the claim sheet: both languages, counts alone, never more than is known."""

from dataclasses import replace

import pytest

from explorer.core.absent import Absent
from explorer.model.claim_sheets import (
    AfterEntry,
    Computed,
    EventTime,
    FoundHash,
    NotComputed,
    Question,
    Sayer,
    Standing,
    Topic,
)
from explorer.model.statements import FactGrade, LinkGrade
from explorer.reports.claim_words import (
    after_text,
    after_title,
    before_text,
    citation,
    delay_text,
    exhibit_text,
    grade_word,
    link_word,
    place_text,
    question_text,
    row_texts,
    sayer_word,
    sheet_headline,
    standing_word,
    topic_word,
    word,
)
from explorer.reports.words import Language
from explorer.session.claims_questions import questions_for
from tests.reports.claim_sheets import DAY_US, HARVEST, exhibit, sheet, source

EN, ZH = Language.EN, Language.ZH


@pytest.mark.parametrize("language", [EN, ZH])
def test_every_member_has_its_words(language: Language) -> None:
    said = [
        *(topic_word(each, language) for each in Topic),
        *(sayer_word(each, language) for each in Sayer),
        *(standing_word(each, language) for each in Standing),
        *(grade_word(each, language) for each in FactGrade),
        *(link_word(each, language) for each in LinkGrade),
        *(after_title(Computed(each), language) for each in AfterEntry),
        *(after_text(Computed(each), language) for each in AfterEntry),
    ]
    assert all(said)
    assert not any("篡改" in each or "{" in each for each in said)


def test_every_question_has_its_sentence() -> None:
    rows = sheet().rows
    asked = (*questions_for((), (), "", ""), *questions_for(rows, (), "fabric", "x"))
    for question in (*asked, Question("free-claims"), Question("which-record")):
        assert question_text(question, EN) != question_text(question, ZH)


def test_only_the_anchored_block_says_unaltered() -> None:
    for state in AfterEntry:
        title = after_title(Computed(state), EN)
        assert ("Unaltered" in title) is (state is AfterEntry.ANCHORED)
    text = after_text(sheet().computed, EN)
    assert "up to block 193" in text
    assert "2 entries" in text


def test_what_is_not_computed_is_counted_by_who_said_it() -> None:
    text = before_text(sheet(), EN)
    assert text.startswith("It rests on the word of 1 signing party. 1 other is named")
    assert "1 hash of documents" in text
    nobody = sheet(not_computed=NotComputed())
    assert "nobody who signed" in before_text(nobody, EN)
    assert "没有签名方" in before_text(nobody, ZH)
    alone = sheet(computed=Computed(AfterEntry.NOTHING))
    assert before_text(alone, EN).startswith("Nothing here shows who said it")


@pytest.mark.parametrize(
    ("changes", "headline"),
    [
        ({}, "2 points recorded, 1 contradicted, 1 silent."),
        ({"item": "", "candidates": ("a",)}, "Which of these may be meant?"),
        ({"item": ""}, "No record of this ledger names it."),
        ({"item": "", "asked": ""}, "Which thing is it about?"),
        ({"ledger": "", "rows": ()}, "What is claimed, and what supports it?"),
        ({"ledger": ""}, "2 claims, and nothing here supports them."),
        (
            {"computed": Computed(AfterEntry.UNMATCHED, 2, 2, 2, 1)},
            "Entries about this thing do not match.",
        ),
    ],
)
def test_the_headline_says_counts_and_no_text_of_the_ledger(
    changes: dict[str, object], headline: str
) -> None:
    assert sheet_headline(sheet("Anchored", **changes), EN) == headline
    assert "Anchored" not in sheet_headline(sheet("Anchored", **changes), ZH)


def test_one_claim_is_one() -> None:
    made = sheet(ledger="")
    one = replace(made, rows=made.rows[:1])
    assert sheet_headline(one, EN) == "1 claim, and nothing here supports it."


def test_fields_stand_beside_values_where_they_tell_more() -> None:
    variety, lab = sheet().rows
    assert row_texts(variety) == ["酥梨"]
    assert row_texts(lab) == ["品种: 酥梨"]


def test_delays_are_told_in_days_and_hours() -> None:
    assert delay_text(source(HARVEST), EN) == "10 days later"
    assert delay_text(source(HARVEST), ZH) == "10 天后"
    moment = EventTime(20 * DAY_US - 5 * 3_600_000_000, is_day=False)
    assert delay_text(source(HARVEST, happened=moment), EN) == "5 h later"
    near = EventTime(20 * DAY_US - 1_000, is_day=False)
    assert delay_text(source(HARVEST, happened=near), EN) == ""
    assert delay_text(source(HARVEST, recorded_us=Absent.NOT_IN_EXPORT), EN) == ""


def test_what_the_search_for_a_hash_showed() -> None:
    found = FoundHash(HARVEST, 6, "sha256", "hex", 0)
    one = exhibit(found=(found,))
    assert exhibit_text(one, EN, "noon") == (
        "matches 1 places: entry 6:2, recorded noon"
    )
    assert exhibit_text(one, EN) == "matches 1 places: entry 6:2"
    none = exhibit(found=(), searched_entries=9)
    assert exhibit_text(none, EN) == (
        "No entry holds this hash; 9 searched. Silence proves nothing either way."
    )
    assert exhibit_text(exhibit(), EN) == "Not searched: no ledger is open."
    outside = FoundHash(Absent.NOT_IN_FORMAT, -1, "sha256", "hex", 0)
    assert "no block or entry" in exhibit_text(exhibit(found=(outside,)), EN)
    block = FoundHash(Absent.NOT_IN_FORMAT, 7, "sha256", "hex", 0)
    assert exhibit_text(exhibit(found=(block,)), EN).endswith("entry 7")


def test_a_citation_holds_sentence_entries_digest_and_limits() -> None:
    made = sheet()
    text = citation(made, made.rows[0], EN)
    assert text.splitlines() == [
        "Variety: 酥梨",
        "\u201c酥梨\u201d — the records say the same",
        "Entries 6:2",
        "Ledger pears",
        f"SHA-256 {'34' * 32}",
        "Unaltered after entry",
        "It does not say whether the entries were true when they were made.",
    ]
    assert "6:2, 153:0" in citation(made, made.rows[1], ZH)


def test_an_event_of_a_document_is_called_by_its_number() -> None:
    assert (place_text(3, 1), place_text(-1, 4)) == ("3:1", "#4")
    assert word("and-more", EN, count=3) == "and 3 more"
