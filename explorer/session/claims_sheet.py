"""Makes the claim sheet: every claim beside what the records say, and who says so.

Two questions are answered apart (``AfterEntry``, ``NotComputed``). A typed claim is
compared word by word or number by number, never interpreted: where records speak in
other words, the sheet says so and leaves the comparison to the reader.

Left out: inconsistency rules over whole ledgers, which have their own module.
"""

import hashlib
from collections.abc import Collection

from explorer.core.absent import Absent
from explorer.model.checks import Outcome
from explorer.model.claim_sheets import (
    AfterEntry,
    ClaimRow,
    ClaimSheet,
    Computed,
    EntryPlace,
    NotComputed,
    Standing,
    Topic,
)
from explorer.model.verdicts import EvidenceReport, LedgerReport, Verdict
from explorer.session.claims_questions import questions_for
from explorer.session.claims_records import Gathered
from explorer.session.claims_rows import SheetAsk, sheet_rows
from explorer.session.evidence_ladder import RungKind
from explorer.session.tracing import TraceAnswer

ASKED = (
    Topic.ORIGIN,
    Topic.VARIETY,
    Topic.QUALITY,
    Topic.QUANTITY,
    Topic.HARVESTED,
    Topic.INSPECTED,
    Topic.CERTIFIED,
    Topic.TREATED,
    Topic.TEMPERATURE,
    Topic.SELLER,
    Topic.SCANS,
)
"""What a buyer asks about; silence on these is said."""


def bare_sheet(ask: SheetAsk) -> ClaimSheet:
    """Return the sheet without any ledger: nothing here supports a claim."""
    rows = tuple(
        ClaimRow(each.topic, each.text, each.sayer, Standing.UNSUPPORTED)
        for each in ask.claims
    )
    questions = questions_for(rows, (), "", "")
    return ClaimSheet(
        "", "", "", ask.asked, "", rows, exhibits=ask.exhibits, questions=questions
    )


def sheet_without_item(
    ask: SheetAsk, answer: TraceAnswer, report: LedgerReport, evidence: EvidenceReport
) -> ClaimSheet:
    """Return the sheet of a ledger in which the thing is not found, or not surely."""
    rows = tuple(
        ClaimRow(each.topic, each.text, each.sayer, Standing.SILENT)
        for each in ask.claims
    )
    return ClaimSheet(
        "",
        "",
        "",
        ask.asked,
        report.title,
        rows,
        exhibits=ask.exhibits,
        questions=questions_for(rows, (), report.format, report.export_hint),
        candidates=answer.item.candidates,
        evidence_digest=evidence_digest(evidence),
        is_fictional=report.is_fictional,
    )


def make_sheet(
    ask: SheetAsk,
    answer: TraceAnswer,
    found: Gathered,
    report: LedgerReport | None,
    evidence: EvidenceReport | None,
) -> ClaimSheet:
    """Return the sheet of a traced thing."""
    trace = found.trace
    item = next((each for each in trace.things if each.is_item), None)
    rows = sheet_rows(ask, found)
    spoken = {each.topic for each in rows if each.says}
    silent = [each for each in ASKED if each not in spoken]
    if len(trace.ends) > 1 and Topic.SHARES not in spoken:
        silent.append(Topic.SHARES)
    family = "" if report is None else report.format
    hint = "" if report is None else report.export_hint
    return ClaimSheet(
        trace.item,
        trace.item if item is None else item.label or trace.item,
        "" if item is None else item.kind,
        ask.asked,
        "" if report is None else report.title,
        rows,
        tuple(silent),
        computed(answer, found, report),
        _not_computed(found),
        tuple(found.sources[each] for each in sorted(found.sources)),
        tuple(found.hands),
        tuple(found.places),
        ask.exhibits,
        questions_for(rows, silent, family, hint),
        evidence_digest="" if evidence is None else evidence_digest(evidence),
        is_fictional=answer.is_fictional,
    )


def evidence_digest(report: EvidenceReport) -> str:
    """Return the SHA-256 of the evidence.

    Of several files: SHA-256 over the sorted lines "digest, two spaces, name" that
    ``sha256sum`` writes.
    """
    if len(report.sources) == 1:
        return report.sources[0].sha256
    lines = sorted(f"{each.sha256}  {each.source.path}\n" for each in report.sources)
    return hashlib.sha256("".join(lines).encode("utf-8", "replace")).hexdigest()


# -- the two blocks -------------------------------------------------------------------


def computed(
    answer: TraceAnswer, found: Gathered, report: LedgerReport | None
) -> Computed:
    """Return what is known about changes after entry."""
    places, sources = list(found.sources), found.sources.values()
    unmatched = sum(each.is_unmatched for each in sources)
    state = AfterEntry.CHECKING
    if report is not None:
        state = _state(answer, places, report, unmatched=unmatched)
    return Computed(
        state,
        len(places),
        len({each.block for each in places}),
        sum(each.is_signed for each in sources),
        unmatched,
        _height(state, report),
        "" if report is None else report.last_hash,
        "" if report is None else report.export_hint,
    )


def _height(state: AfterEntry, report: LedgerReport | None) -> int | Absent:
    tie = None if report is None else report.anchored_to
    if state is not AfterEntry.ANCHORED or tie is None:
        return Absent.NOT_IN_EXPORT
    return tie.height


def _state(
    answer: TraceAnswer,
    places: Collection[EntryPlace],
    report: LedgerReport,
    *,
    unmatched: int,
) -> AfterEntry:
    if not places:
        return AfterEntry.NOTHING
    if unmatched:
        return AfterEntry.UNMATCHED
    if report.verdict is Verdict.FAILED:
        return AfterEntry.ELSEWHERE
    if report.verdict in {Verdict.INDETERMINATE, Verdict.UNREADABLE}:
        return AfterEntry.OPEN
    if all(_is_anchored(answer, each) for each in places):
        return AfterEntry.ANCHORED
    return AfterEntry.ATTRIBUTED if report.attributed else AfterEntry.CONSISTENT


def _is_anchored(answer: TraceAnswer, place: EntryPlace) -> bool:
    rungs = answer.evidence.get((place.block, place.entry), ())
    return any(
        rung.kind is RungKind.ANCHOR and rung.outcome is Outcome.PASSED
        for rung in rungs
    )


def _not_computed(found: Gathered) -> NotComputed:
    signed = [each.organisation for each in found.sources.values() if each.is_signed]
    signers = tuple(dict.fromkeys(filter(None, signed)))
    named = [each.name for each in found.hands if not each.is_signer]
    return NotComputed(
        signers,
        tuple(dict.fromkeys(each for each in named if each not in signers)),
        found.documents,
    )
