from collections.abc import Callable
from dataclasses import replace

import pytest

from explorer.model.checks import Outcome
from explorer.model.verdicts import EvidenceReport, LedgerReport, Verdict
from explorer.reports.words import (
    NO_TRANSLATIONS,
    Language,
    concrete,
    evidence_words,
    ledger_words,
    outcome_word,
    translated,
    verdict_words,
)


@pytest.mark.parametrize("verdict", list(Verdict))
@pytest.mark.parametrize("language", list(Language))
def test_only_anchored_says_unaltered(verdict: Verdict, language: Language) -> None:
    words = verdict_words(verdict, language)
    said = f"{words.word} {words.sentence} {words.limit}".lower()
    phrase = "unaltered after entry" if language is Language.EN else "上链后未改动"
    assert (phrase in said) is (verdict is Verdict.ANCHORED)
    assert words.word
    assert words.limit
    assert "{" not in said


@pytest.mark.parametrize("language", list(Language))
def test_words_differ_between_verdicts(language: Language) -> None:
    words = {verdict_words(verdict, language).word for verdict in Verdict}
    assert len(words) == len(Verdict)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_forbidden_words_are_not_used(verdict: Verdict) -> None:
    words = verdict_words(verdict, Language.EN)
    said = f"{words.word} {words.sentence} {words.limit}".lower()
    for word in ("tampered", "fraud", "valid", "verified", "trusted", "secure", "!"):
        assert word not in said


def test_chinese_words_are_those_decided() -> None:
    said = {each: verdict_words(each, Language.ZH).word for each in Verdict}
    assert said == {
        Verdict.FAILED: "核验不通过",
        Verdict.UNREADABLE: "无法读取",
        Verdict.INDETERMINATE: "无法核验",
        Verdict.CONSISTENT: "仅内部一致",
        Verdict.ATTRIBUTED: "由您指定的各方签名",
        Verdict.ANCHORED: "与所选外部依据一致",
    }


def test_anchored_states_its_range(anchored_ledger: LedgerReport) -> None:
    words = ledger_words(anchored_ledger, Language.EN)
    assert "unaltered after entry, up to block 38." in words.sentence
    assert "signed by the parties you named" in words.sentence
    assert words.limit.endswith("Blocks after 38 are not tied to an anchor.")
    whole = ledger_words(replace(anchored_ledger, last=38), Language.EN)
    assert "Blocks after" not in whole.limit
    alone = ledger_words(replace(anchored_ledger, attributed=False), Language.EN)
    assert "signed by" not in alone.sentence
    chinese = ledger_words(anchored_ledger, Language.ZH)
    assert "上链后未改动（至区块 38）。" in chinese.sentence


def test_attributed_says_who_could_not(anchored_ledger: LedgerReport) -> None:
    ledger = replace(anchored_ledger, verdict=Verdict.ATTRIBUTED)
    said = ledger_words(ledger, Language.EN).sentence
    assert "not altered by anyone without these keys" in said


def test_several_ledgers_speak_with_the_worst(
    anchored_ledger: LedgerReport,
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
) -> None:
    both = make_evidence(anchored_ledger, make_ledger())
    assert evidence_words(both, Language.EN).word == "Does not match"
    one = make_evidence(anchored_ledger)
    assert evidence_words(one, Language.EN) == ledger_words(
        anchored_ledger, Language.EN
    )
    # A worse evidence verdict than its ledger's is never spoken over.
    worse = replace(one, verdict=Verdict.INDETERMINATE)
    assert evidence_words(worse, Language.EN).word == "Could not be determined"


def test_outcomes_and_translations() -> None:
    assert outcome_word(Outcome.BROKEN, Language.ZH) == "程序缺陷"
    assert outcome_word(Outcome.INCONCLUSIVE, Language.EN) == "Inconclusive"
    assert translated("A.", {"A.": "甲。"}) == "甲。"
    assert translated("B.", {"A.": "甲。"}) == "B."
    assert translated("B.", NO_TRANSLATIONS) == "B."
    assert concrete("A.", "") == "A."
    assert concrete("A.", "x") == "A. (x)"
