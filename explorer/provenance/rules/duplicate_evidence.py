"""Duplicate evidence: one id with two contents, or one content under two ids."""

import numpy as np

from explorer.model.checks import Severity
from explorer.provenance.event_data import Bits, Numbers, State
from explorer.provenance.event_table import HAS_ID
from explorer.provenance.rules.base import Judged, Reason, RuleSpec, Settings
from explorer.provenance.rules.ground import Ground, certificate_key

SPEC = RuleSpec(
    "duplicate-evidence",
    "One id stands for one content",
    "Two events of different entries have the same declared id and say different "
    "things; or the same content (all fields but id, record time and error "
    "declaration) stands under two ids; or master data describe one certificate in two "
    "ways. An event that is told again unchanged counts once and is not reported; of "
    "events with one id the first counts in all other rules.",
    "event ids, certificate ids",
    (),
    (
        Reason(
            "one-id-two-contents",
            Severity.WARNING,
            "One event id stands for different contents.",
        ),
        Reason(
            "one-content-two-ids",
            Severity.WARNING,
            "The same event is recorded under different ids.",
        ),
        Reason(
            "certificate-described-twice",
            Severity.WARNING,
            "One certificate number is described in different ways.",
        ),
    ),
)


def judge(ground: Ground, settings: Settings) -> Judged:
    """Return groups of events that share an id or a content and should not."""
    judged = Judged()
    data = ground.data
    has_id = ((data.flags & HAS_ID) != 0) & (data.state != State.REFUSED)
    judged.judged = int(has_id.sum())
    contested = np.unique(data.id_group[data.state == State.CONTESTED])
    chosen = has_id & np.isin(data.id_group, contested)
    chosen &= (data.state == State.CONTESTED) | data.counts
    _report(ground, data.id_group, chosen, "one-id-two-contents", judged)
    usable = has_id & data.counts
    twice = np.bincount(data.content_group[usable], minlength=data.count or 1) > 1
    _report(
        ground,
        data.content_group,
        usable & twice[data.content_group] if data.count else usable,
        "one-content-two-ids",
        judged,
    )
    _judge_certificates(ground, judged)
    return judged


def _report(
    ground: Ground, groups: Numbers, chosen: Bits, reason: str, judged: Judged
) -> None:
    data = ground.data
    told: dict[int, list[int]] = {}
    for event in np.flatnonzero(chosen).tolist():
        told.setdefault(int(groups[event]), []).append(event)
    for events in told.values():
        if len(events) > 1:
            things = [each for event in events for each in data.things_of(event)]
            judged.add(reason, tuple(events), ground.names(things))


def _judge_certificates(ground: Ground, judged: Judged) -> None:
    seen: dict[str, tuple[object, ...]] = {}
    for each in ground.reference.certificates:
        key = certificate_key(each.id)
        says = (each.holder, each.valid_from_us, each.valid_until_us)
        if seen.setdefault(key, says) != says:
            judged.add("certificate-described-twice", (), (each.id,))
