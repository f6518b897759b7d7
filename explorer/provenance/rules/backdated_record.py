"""Backdated record: recorded long after the event, or before it."""

from datetime import timedelta

from explorer.model.checks import Severity
from explorer.provenance.event_table import NO_TIME, NO_ZONE
from explorer.provenance.rules.base import (
    DAY_US,
    MINUTE_US,
    Judged,
    Missing,
    Reason,
    RuleSpec,
    Settings,
)
from explorer.provenance.rules.ground import Ground

SPEC = RuleSpec(
    "backdated-record",
    "Events are recorded soon after they happen",
    "The time of the record (the event's own record time, or the time of the ledger "
    "entry that holds it) is later than the event time by more than the setting, or "
    "earlier by more than clocks differ. An event time of exactly midnight counts as a "
    "whole day. An event time without a zone may be local time. Late events with the "
    "same time of record are reported together. Bulk imports within the setting and "
    "round minutes are not judged.",
    "event time, record time or time of the ledger entry",
    ("late_record", "early_record"),
    (
        Reason(
            "recorded-late",
            Severity.WARNING,
            "It was recorded long after the time at which it is said to have happened.",
        ),
        Reason(
            "recorded-early",
            Severity.WARNING,
            "It was recorded before the time at which it is said to have happened.",
        ),
    ),
    (Missing("record-time", "No time of recording is stated."),),
)


def judge(ground: Ground, settings: Settings) -> Judged:
    """Return events whose record is too late or too early."""
    judged = Judged()
    data = ground.data
    late = settings.late_record // timedelta(microseconds=1)
    early = settings.early_record // timedelta(microseconds=1)
    told: dict[tuple[str, int], list[int]] = {}
    known = data.counts & (data.time != NO_TIME)
    has_record = (data.record_time != NO_TIME) | (data.recorded != NO_TIME)
    judged.missing["record-time"] = int((known & ~has_record).sum())
    judged.judged = int((known & has_record).sum())
    for records in (data.record_time, data.recorded):
        usable = known & (records != NO_TIME)
        delay = records.astype("float64") - data.time
        suspects = usable & ((delay > late) | (delay < -early))
        for event in data.order[suspects[data.order]].tolist():
            record, time = int(records[event]), int(data.time[event])
            unsure = _unsure_us(ground, event)
            if time - record > early + unsure:
                told.setdefault(("recorded-early", record), []).append(event)
            elif record - time - DAY_US * ground.is_whole_day(event) > late + unsure:
                told.setdefault(("recorded-late", record), []).append(event)
    for (reason, record), events in told.items():
        things = [each for event in events for each in data.things_of(event)]
        delays = [abs(record - int(data.time[event])) / DAY_US for event in events]
        detail = f"{min(delays):.1f}–{max(delays):.1f} d"
        judged.add(reason, tuple(events), ground.names(things), detail)
    return judged


def _unsure_us(ground: Ground, event: int) -> int:
    """Return how far a time that is written without a zone may be off."""
    data = ground.data
    zone, written = int(data.zone[event]), int(data.written_zone[event])
    is_open = written == NO_ZONE and zone != NO_ZONE
    return abs(zone) * MINUTE_US if is_open else 0
