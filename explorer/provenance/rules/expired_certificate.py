"""Expired certificate: an event refers to one that was not valid, or not its own."""

from explorer.core.absent import Absent
from explorer.model.checks import Severity
from explorer.model.master_data import CertificateRecord
from explorer.provenance.event_table import NO_TIME, NO_ZONE
from explorer.provenance.rules.base import (
    MINUTE_US,
    Judged,
    Missing,
    Reason,
    RuleSpec,
    Settings,
)
from explorer.provenance.rules.dates import shown_us
from explorer.provenance.rules.ground import Ground, certificate_key

SPEC = RuleSpec(
    "expired-certificate",
    "Certificates were valid and belong to who uses them",
    "An event names a certificate that the master data describe, and its time is "
    "before the first or after the last day of validity, in UTC and in its own zone; "
    "or the event names places or parties of the holder's kind of id and none of them "
    "is the holder (compared by the last part of the id). "
    "Accreditation of the issuer and scope are not judged.",
    "certificates named in events; holder and validity in master data",
    (),
    (
        Reason(
            "not-valid-then",
            Severity.WARNING,
            "The certificate was not valid at the time of the event.",
        ),
        Reason(
            "other-holder",
            Severity.WARNING,
            "The certificate belongs to somebody whom the event does not name.",
        ),
    ),
    (
        Missing("certificate-unknown", "The certificate is not in the master data."),
        Missing("certificate-validity", "The certificate states no validity."),
        Missing("event-time", "An event states no time."),
    ),
)


def judge(ground: Ground, settings: Settings) -> Judged:
    """Return events that name a certificate which does not fit them."""
    judged = Judged()
    data = ground.data
    for event in sorted(data.details, key=lambda each: int(data.rank[each])):
        if not data.counts[event]:
            continue
        for name in data.details[event].certifications:
            record = ground.certificates.get(certificate_key(name))
            if record is None:
                judged.missing["certificate-unknown"] += 1
            else:
                _judge_one(ground, event, name, record, judged)
    return judged


def _judge_one(
    ground: Ground, event: int, name: str, record: CertificateRecord, judged: Judged
) -> None:
    data = ground.data
    time = int(data.time[event])
    start, end = record.valid_from_us, record.valid_until_us
    items = (*ground.names(data.things_of(event)), name)
    if isinstance(start, Absent) and isinstance(end, Absent):
        judged.missing["certificate-validity"] += 1
    elif time == NO_TIME:
        judged.missing["event-time"] += 1
    else:
        judged.judged += 1
        local = time + _zone_us(ground, event)  # days begin where the thing is
        is_early = not isinstance(start, Absent) and max(time, local) < start
        is_late = not isinstance(end, Absent) and min(time, local) > end
        if is_early or is_late:
            limit = end if is_late else start
            shown = "" if isinstance(limit, Absent) else shown_us(limit)
            detail = f"{shown_us(time)} {'>' if is_late else '<'} {shown}"
            judged.add("not-valid-then", (event,), items, detail)
    holder = record.holder
    named = [*ground.actors(event), *(d.id for d in data.detail(event).destinations)]
    alike = {_last(each) for each in named if _kind(each) == _kind(holder)}
    if holder and alike and _last(holder) not in {_last(each) for each in named}:
        judged.add("other-holder", (event,), items, holder)


def _zone_us(ground: Ground, event: int) -> int:
    data = ground.data
    zones = (int(data.zone[event]), int(data.written_zone[event]))
    return MINUTE_US * next((each for each in zones if each != NO_ZONE), 0)


def _kind(name: str) -> str:
    """Return what comes before the last part: a place is not compared to a party."""
    whole = name.rstrip("/").partition("/254/")[0]
    return whole[: len(whole) - len(_last(whole))]


def _last(name: str) -> str:
    name = name.partition("/254/")[0]
    return name.rstrip("/").rpartition("/")[2].rpartition(":")[2]
