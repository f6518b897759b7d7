from dataclasses import fields

import cryptography

from explorer.reports.case import CaseHeader, Voice, run_facts_here
from explorer.reports.phrases import Phrases
from explorer.reports.words import Language


def test_every_field_of_a_header_may_stay_empty() -> None:
    header = CaseHeader()
    assert [getattr(header, each.name) for each in fields(header)] == [""] * 7


def test_versions_that_run_now() -> None:
    run = run_facts_here()
    assert run.cryptography == cryptography.__version__
    assert run.python.startswith("3.")
    assert run.command == ""


def test_voice_translates_sentences() -> None:
    voice = Voice(Phrases(Language.ZH), translations={"A.": "甲。"})
    assert voice.sentence("A.") == "甲。"
    assert voice.sentence("B.") == "B."
    assert voice.anchor_kind("identity") == "身份依据"
    assert voice.anchor_kind("other") == "other"
