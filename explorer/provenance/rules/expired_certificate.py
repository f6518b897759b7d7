"""Expired certificate: an event refers to one that was not valid, or not its own."""

from explorer.core.absent import Absent
from explorer.model.checks import Severity
from explorer.model.master_data import CertificateRecord
from explorer.provenance.event_table import NO_TIME
from explorer.provenance.rules.base import Judged, Missing, Reason, RuleSpec, Settings
from explorer.provenance.rules.dates import shown_us
from explorer.provenance.rules.ground import Ground, certificate_key

SPEC = RuleSpec(
    "expired-certificate",
    "Certificates were valid and belong to who uses them",
    "An event names a certificate that the master data describe, and its time is "
    "before the first or after the last day of validity; or the holder is neither a "
    "place nor a party that the event names (compared by the last part of the id). "
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
        is_early = not isinstance(start, Absent) and time < start
        is_late = not isinstance(end, Absent) and time > end
        if is_early or is_late:
            limit = end if is_late else start
            shown = "" if isinstance(limit, Absent) else shown_us(limit)
            detail = f"{shown_us(time)} {'>' if is_late else '<'} {shown}"
            judged.add("not-valid-then", (event,), items, detail)
    actors = {_last(each) for each in ground.actors(event)}
    if record.holder and actors and _last(record.holder) not in actors:
        judged.add("other-holder", (event,), items, record.holder)


def _last(name: str) -> str:
    return name.rstrip("/").rpartition("/")[2].rpartition(":")[2]
