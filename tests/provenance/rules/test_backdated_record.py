from datetime import timedelta

import pytest

from explorer.core.absent import Absent
from explorer.provenance.event_table import Entry
from explorer.provenance.rules import backdated_record
from tests.provenance.event_stories import DAY, HOUR, START, Tale, found


@pytest.mark.parametrize(
    ("hours", "reason"),
    [(0, ""), (24 * 7, ""), (24 * 7 + 1, "recorded-late"), (-1, "recorded-early")],
)
def test_the_time_of_the_record(hours: float, reason: str) -> None:
    tale = Tale()
    tale.seen("x", at=0, record_time_us=START + int(hours * HOUR))
    judged = tale.judge(backdated_record)
    assert [each.reason for each in judged.found] == ([reason] if reason else [])
    assert judged.judged == 1


def test_the_time_of_the_ledger_counts_too() -> None:
    tale = Tale()
    late = Entry(1, 0, recorded_us=START + 20 * DAY)
    tale.seen("x", at=0, entry=late)
    (one,) = tale.judge(backdated_record).found
    assert (one.events, one.items, one.detail) == ((0,), ("x",), "20.0–20.0 d")


def test_tolerances_are_settings() -> None:
    tale = Tale()
    tale.seen("x", at=0, record_time_us=START + 2 * HOUR)
    short = timedelta(hours=1)
    assert tale.judge(backdated_record, late_record=short).total == 1
    early = Tale()
    early.seen("x", at=0, record_time_us=START - 2 * HOUR)
    assert early.judge(backdated_record, early_record=3 * short).total == 0


def test_late_events_with_one_record_are_told_together() -> None:
    tale = Tale()
    for at in range(3):
        tale.seen(f"x{at}", at=at, record_time_us=START + 30 * DAY)
    (one,) = tale.judge(backdated_record).found
    assert one.events == (0, 1, 2)


def test_a_date_without_time_is_a_whole_day() -> None:
    midnight = START - START % DAY
    for zone, hours, count in ((0, 7 * 24 + 23, 0), (0, 8 * 24 + 1, 1)):
        tale = Tale()
        tale.seen(
            "x",
            event_time_us=midnight,
            zone_minutes=zone,
            record_time_us=midnight + hours * HOUR,
        )
        assert tale.judge(backdated_record).total == count
    local = Tale()
    local.seen(
        "x",
        event_time_us=midnight - 8 * HOUR,
        written_zone_minutes=480,
        record_time_us=midnight - 8 * HOUR + (7 * 24 + 23) * HOUR,
    )
    assert local.judge(backdated_record).total == 0


def test_without_a_record_time_nothing_can_be_judged() -> None:
    tale = Tale()
    tale.seen("x", at=0)
    tale.seen("x", event_time_us=Absent.NOT_IN_EXPORT)
    judged = tale.judge(backdated_record)
    assert found(judged) == []
    assert judged.missing["record-time"] == 1


def test_times_at_the_ends_of_the_world_do_not_matter() -> None:
    tale = Tale()
    tale.seen("x", event_time_us=-(2**62), record_time_us=2**62)
    assert tale.judge(backdated_record).total == 1
