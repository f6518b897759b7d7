import dataclasses

from explorer.provenance.event_table import Entry
from explorer.provenance.rules.base import MAX_FOUND, Judged, Settings
from explorer.provenance.rules.engine import (
    NOT_ANSWERED,
    RULES,
    run_rules,
    setting_text,
)
from tests.provenance.event_stories import Tale, quantity

DESIGNED = [
    "mass-balance",
    "missing-origin",
    "cloned-serial",
    "impossible-travel",
    "time-order",
    "after-decommission",
    "double-aggregation",
    "custody-gap",
    "role-violation",
    "expired-certificate",
    "disposition-conflict",
    "backdated-record",
    "duplicate-evidence",
    "double-financing",
    "identifier-error",
    "offset-mismatch",
    "sensor-limit",
    "volume-plausibility",
    "scan-pattern",
    "step-missing",
    "step-order",
    "segregation-of-duty",
    "cap-exceeded",
    "conservation",
]


def test_every_id_is_answered_or_listed_as_not_answered() -> None:
    ids = [spec.id for spec, _ in RULES]
    assert ids == [each for each in DESIGNED if each not in NOT_ANSWERED]


def test_every_setting_belongs_to_a_rule() -> None:
    used = {name for spec, _ in RULES for name in spec.settings}
    assert used == {each.name for each in dataclasses.fields(Settings)}


def test_no_sentence_accuses_anybody() -> None:
    words = ("fraud", "forg", "fake", "tamper", "invalid")
    for spec, _ in RULES:
        texts = [spec.title, *(each.sentence for each in spec.reasons)]
        texts += [each.sentence for each in spec.missing]
        assert not [t for t in texts for word in words if word in t.lower()]


def test_an_inconsistency_says_where_and_what() -> None:
    tale = Tale()
    tale.turned([quantity("lot", 1)], [quantity("box", 9)], entry=Entry(7, 2))
    found, rows = run_rules(tale.ground(), Settings(), ["a.json"])
    (one,) = [each for each in found if each.rule == "mass-balance"]
    assert (one.path, one.events, one.entries) == ("a.json", (0,), ((7, 2),))
    assert (one.reason, one.detail) == ("more-out-than-in", "1 → 9 KGM")
    assert one.items == ("lot", "box")
    (row,) = [each for each in rows if each.rule == "mass-balance"]
    assert (row.found, row.settings) == (1, (("mass_tolerance", "0.02"),))


def test_events_of_several_files_keep_their_files() -> None:
    tale = Tale()
    tale.made("x", source=0)
    tale.made("x", source=1)
    found, _ = run_rules(tale.ground(), Settings(), ["a.json", "b.json"])
    (one,) = [each for each in found if each.rule == "cloned-serial"]
    assert (one.path, one.events) == ("a.json", (0,))
    assert one.elsewhere == (("b.json", (1,)),)


def test_what_cannot_be_judged_is_an_answer() -> None:
    tale = Tale()
    tale.seen("x")
    _, rows = run_rules(tale.ground(), Settings(), ["a.json"])
    codes = {row.rule: [each.code for each in row.unjudged] for row in rows}
    assert codes["missing-origin"] == ["nothing-made"]
    assert codes["role-violation"] == ["step-roles"]
    assert codes["backdated-record"] == ["record-time"]


def test_no_event_at_all_raises_nothing() -> None:
    found, rows = run_rules(Tale().ground(), Settings(), [])
    assert found == []
    assert {row.judged for row in rows} == {0}


def test_findings_kept_are_bounded_and_counted() -> None:
    judged = Judged()
    for _ in range(MAX_FOUND + 5):
        judged.add("made-twice", (1,), ())
    assert (len(judged.found), judged.total) == (MAX_FOUND, MAX_FOUND + 5)


def test_settings_read_well() -> None:
    assert setting_text(()) == "–"
    assert setting_text(Settings().late_record) == "7 days, 0:00:00"
