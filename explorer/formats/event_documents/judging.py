"""What is said about single events: flaws of form, and ids that declare a hash."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from explorer.core.spans import ByteSpan
from explorer.crypto.hashes import hash_function
from explorer.encodings.epcis.event_ids import (
    DeclaredHash,
    EventTexts,
    Match,
    declared_hash,
    is_hash_id,
    written_id,
)
from explorer.encodings.epcis.nodes import EventTree
from explorer.formats.event_documents import specs
from explorer.formats.event_documents.index import EventIndex
from explorer.model.blocks import NO_BLOCK, Unreadable
from explorer.model.checks import CheckResult, Outcome
from explorer.model.claims import HashClaim
from explorer.model.events import Flaw, TraceEvent

MAX_CLASHES_LISTED = 10_000
"""Repeated ids that are listed one by one."""


@dataclass(slots=True)
class Judged:
    """Answers about the events of one batch."""

    claims: list[HashClaim] = field(default_factory=list)
    results: list[CheckResult] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)


def judge_event(
    tree: EventTree, event: TraceEvent, rank: int, texts: EventTexts, judged: Judged
) -> str | None:
    """Add what can be said of one event.

    Returns the variant whose hash its id is, empty if none is, nothing if the id is of
    another form.
    """
    _judge_form(event, rank, judged)
    if not is_hash_id(event.declared_id):
        return None
    declared = declared_hash(event.declared_id)
    if declared is None:
        judged.results.append(_open_id(event, rank, specs.ID_UNKNOWN))
        return ""
    function = hash_function(declared.algorithm)
    canonical = texts.canonical(tree)
    match = texts.matching(tree, canonical, declared, function)
    if match is None:
        computed = written_id(declared.algorithm, function(canonical))
        judged.results.append(_open_id(event, rank, specs.NOT_CANONICAL, computed))
        return ""
    judged.claims.append(id_claim(match, declared, event.place.span, rank))
    return match.variant


def id_claim(
    match: Match, declared: DeclaredHash, span: ByteSpan, rank: int
) -> HashClaim:
    """Return the claim that an event id makes, written in the way that fits."""
    return HashClaim(
        specs.EVENT_ID,
        NO_BLOCK,
        rank,
        declared.algorithm,
        match.text,
        declared.value,
        span,
        span,
        part=f"event, {match.variant}",
    )


def damage_of(index: EventIndex) -> tuple[list[Unreadable], list[CheckResult]]:
    """Return the damage of the documents, and answers that hinder nothing."""
    damage: list[Unreadable] = []
    results: list[CheckResult] = []
    for source, each in index.damage:
        span = ByteSpan(source, each.start, each.end)
        if each.reason == "comment-in-json":
            results.append(
                CheckResult(
                    specs.FRAMING,
                    Outcome.FAILED,
                    each.reason,
                    spans=(span,),
                    decisive=False,
                )
            )
        else:
            reason = each.reason
            damage.append(
                Unreadable(specs.FRAMING, reason, span, NO_BLOCK, each.detail)
            )
    left_out = index.damage_left_out.total()
    if left_out:
        results.append(
            CheckResult(
                specs.FRAMING, Outcome.FAILED, specs.TOO_MANY, detail=f"{left_out}"
            )
        )
    return damage, results


def repeated_results(
    index: EventIndex, clashes: Mapping[int, int]
) -> list[CheckResult]:
    """Return one answer for each event whose id an earlier one has, content differing.

    It never decides alone: which of the two is the right one, nobody can say.
    """
    return [
        CheckResult(
            specs.ID_UNIQUE,
            Outcome.INCONCLUSIVE,
            specs.ID_REPEATED,
            spans=(index.span(number), index.span(first)),
            decisive=False,
            detail=f"{index.positions[first]}, {index.positions[number]}",
        )
        for number, first in list(clashes.items())[:MAX_CLASHES_LISTED]
    ]


def _judge_form(event: TraceEvent, rank: int, judged: Judged) -> None:
    reasons = {each.reason for each in event.flaws}
    for flaw in event.flaws:
        judged.results.append(_flaw_result(flaw, event, rank))
    if not reasons - specs.WORDS:
        judged.passed[specs.EVENT_FORM] += 1
    if not reasons & specs.WORDS:
        judged.passed[specs.EVENT_WORDS] += 1


def _flaw_result(flaw: Flaw, event: TraceEvent, rank: int) -> CheckResult:
    is_word = flaw.reason in specs.WORDS
    is_missing = flaw.reason in specs.MISSING
    return CheckResult(
        specs.EVENT_WORDS if is_word else specs.EVENT_FORM,
        Outcome.INCONCLUSIVE if is_missing else Outcome.FAILED,
        flaw.reason,
        NO_BLOCK,
        rank,
        spans=(event.place.span,),
        decisive=not is_word,
        detail=" ".join(filter(None, (flaw.field, flaw.detail))),
    )


def _open_id(
    event: TraceEvent, rank: int, reason: str, computed: str = ""
) -> CheckResult:
    return CheckResult(
        specs.EVENT_ID,
        Outcome.INCONCLUSIVE,
        reason,
        NO_BLOCK,
        rank,
        expected=event.declared_id,
        computed=computed,
        spans=(event.place.span,),
    )
