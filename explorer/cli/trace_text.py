"""A trace for the terminal: what was found, each hop with its grades, what is open."""

from collections.abc import Iterator, Sequence

from explorer.core.absent import Absent
from explorer.core.text import printable
from explorer.model.blocks import NO_BLOCK
from explorer.model.checks import Outcome
from explorer.model.statements import FactGrade
from explorer.model.verdicts import EvidenceReport, LedgerReport
from explorer.provenance.exports import utc_text
from explorer.provenance.hops import Hop
from explorer.provenance.items import Found, ItemAnswer
from explorer.provenance.trace import Direction, Trace
from explorer.reports.graph_files import FICTIONAL
from explorer.reports.words import Language, ledger_words
from explorer.session.evidence_ladder import Rung
from explorer.session.tracing import TraceAnswer, grade_counts

MAX_NAMES = 6
"""Most things named on one side of a hop; the others are counted."""

MAX_SHARES = 50
"""Most origins or destinations whose shares are printed."""

_LINES = {
    FactGrade.ENFORCED: "===",
    FactGrade.SIGNED: "---",
    FactGrade.STATED: "- -",
    FactGrade.INFERRED: "...",
    FactGrade.CONTRADICTED: "/\\/",
}
"""Strokes of the grades, as near to the window's as text has them."""


def trace_text(ledger: LedgerReport, answer: TraceAnswer) -> str:
    """Return a trace as lines of text; ends with a line feed."""
    if isinstance(answer.trace, Absent):
        return ""
    return "\n".join(_trace_lines(ledger, answer, answer.trace)) + "\n"


def not_found_text(
    item: str, report: EvidenceReport, answers: Sequence[ItemAnswer]
) -> str:
    """Return why nothing was traced, with the things that may be meant."""
    if not answers:
        lines = [f"{printable(report.path)} could not be read: {report.problem}"]
        return "\n".join([*lines, report.advice]).rstrip("\n") + "\n"
    candidates = list(dict.fromkeys(c for each in answers for c in each.candidates))
    if any(each.found is Found.AMBIGUOUS for each in answers):
        first = f"Several things are called {printable(item)}. Which do you mean?"
    elif candidates:
        first = f"Nothing is called {printable(item)}. These contain it:"
    else:
        first = f"No record in {printable(report.path)} names {printable(item)}."
    return "\n".join([first, *(f"  {printable(each)}" for each in candidates)]) + "\n"


def _trace_lines(
    ledger: LedgerReport, answer: TraceAnswer, trace: Trace
) -> Iterator[str]:
    is_back = trace.direction is Direction.BACK
    ends = len({trace.versions[each].thing for each in trace.ends})
    what = "origin" if is_back else "destination"
    hops = _counted(len(trace.hops), "hop")
    arrow = "back to" if is_back else "forward to"
    title, item = printable(ledger.title), printable(trace.item)
    goal = printable(trace.other) or _counted(ends, what)
    yield f"{item}: {hops} {arrow} {goal} ({title})"
    if ledger.is_fictional:
        yield FICTIONAL + "."
    words = ledger_words(ledger, Language.EN)
    yield f"The ledger: {words.word}. {words.limit}"
    if not isinstance(trace.link, Absent) and not isinstance(trace.fact, Absent):
        yield f"Weakest: record link {trace.link.value}, fact {trace.fact.value}."
    yield ""
    for number, hop in enumerate(trace.hops, start=1):
        yield from _hop_lines(number, hop, trace, answer)
    yield from _beside("Documents about things on the path", trace.about, trace)
    yield from _beside(
        "Refused by the ledger (attempts, not facts)", trace.attempts, trace
    )
    yield from _legend(trace)
    yield from _share_lines(trace)
    if trace.not_known:
        yield ""
        yield "What this path does not settle:"
    for remark in trace.not_known:
        detail = f" {printable(remark.detail)}" if remark.detail else ""
        yield f"  {remark.sentence}{detail}"


def _share_lines(trace: Trace) -> Iterator[str]:
    """Say how much of the item comes from each origin, or of each end from the item."""
    is_back = trace.direction is Direction.BACK
    shares = [
        (trace.versions[each].thing, trace.shares.get(each)) for each in trace.ends
    ]
    partial = [s for _, s in shares if isinstance(s, Absent) or s not in {None, 1}]
    if not partial:
        return
    yield ""
    yield "Shares by declared amounts, as far as they are stated:"
    for thing, share in shares[:MAX_SHARES]:
        is_known = share is not None and not isinstance(share, Absent)
        part = f"{share:.2%}" if is_known else "not known"
        words = "comes from" if is_back else "is its part in"
        yield f"  {part} {words} {printable(thing)}"


def _hop_lines(
    number: int, hop: Hop, trace: Trace, answer: TraceAnswer
) -> Iterator[str]:
    yield f"{number:4} {_LINES[hop.fact]} {_sides(hop, trace)}"
    said = ", ".join(
        printable(each) for each in (hop.what, hop.agent, utc_text(hop.time_us)) if each
    )
    place = f"entry {hop.entry}"
    if hop.block != NO_BLOCK:
        place = f"block {hop.block} {place}"
    yield f"         {place}{': ' if said else ''}{said}"
    yield f"         record link {hop.link.value}, fact {hop.fact.value}"
    yield from _ladder(answer.evidence.get((hop.block, hop.entry), ()))


def _ladder(rungs: Sequence[Rung]) -> Iterator[str]:
    """Say in one line what holds, and in a line each what does not."""
    passed = [each.kind.value for each in rungs if each.outcome is Outcome.PASSED]
    if passed:
        yield f"         checked here: {', '.join(passed)}"
    for rung in rungs:
        if rung.outcome is not Outcome.PASSED:
            yield f"         {rung.kind.value} {rung.outcome.word}: {rung.sentence}"


def _beside(title: str, hops: Sequence[Hop], trace: Trace) -> Iterator[str]:
    if hops:
        yield ""
        yield f"{title}:"
    for hop in hops:
        what = f" ({printable(hop.what)})" if hop.what else ""
        yield f"  {hop.block}:{hop.entry} {_sides(hop, trace)}{what}"


def _sides(hop: Hop, trace: Trace) -> str:
    left, right = (
        _names([trace.versions[each].thing for each in side])
        for side in (hop.sources, hop.targets)
    )
    return left if hop.relation == "revision" else f"{left} -> {right}"


def _names(things: Sequence[str]) -> str:
    every = list(dict.fromkeys(things))
    rest = len(every) - MAX_NAMES
    text = ", ".join(printable(each) for each in every[:MAX_NAMES])
    return f"{text} (+{rest})" if rest > 0 else text


def _legend(trace: Trace) -> Iterator[str]:
    counts = grade_counts(trace.hops)
    yield ""
    yield "  ".join(f"{_LINES[each]} {each.value} {counts[each]}" for each in counts)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
