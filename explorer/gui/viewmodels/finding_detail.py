"""One finding in full: where it is, how to repeat it, and a text for a report."""

from collections.abc import Sequence
from dataclasses import dataclass

from explorer.core.spans import ByteSpan
from explorer.core.text import printable
from explorer.gui.translations import sentence, translate
from explorer.gui.viewmodels.case import Place
from explorer.gui.viewmodels.findings import height_of, where_text
from explorer.gui.viewmodels.wording import grouped
from explorer.model.verdicts import Finding, SourceDigest
from explorer.reports.repetition import repetition
from explorer.session.showing import BlockShower, ShownBlock
from explorer.store.queries import CaseReader

_HEX = frozenset("0123456789abcdef")
LEAST_HASH = 16
"""Hex digits from which on a value is shown in groups, as a hash."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the table below the values."""

    name: str
    text: str
    is_mono: bool = False


def is_hash(text: str) -> bool:
    """Return whether a value is long hex, to be compared in groups of four."""
    return len(text) >= LEAST_HASH and set(text) <= _HEX


def facts_of(finding: Finding, check_title: str = "") -> list[Fact]:
    """Return where a finding is, over which bytes, and its stable names."""
    facts = [Fact(translate("Findings", "Where"), where_text(finding))]
    if finding.entry_id:
        entry = printable(finding.entry_id, 200)
        facts.append(Fact(translate("Findings", "Entry"), entry, is_mono=True))
    facts += [
        Fact(
            translate("Findings", "Over"),
            translate("Findings", "{0} bytes, {1} to {2} of {3}").format(
                grouped(each.end - each.start),
                grouped(each.start),
                grouped(each.end),
                printable(each.path.rsplit("/", 1)[-1], 80),
            ),
        )
        for each in finding.places[:4]
    ]
    reason = translate("Findings", "Reason code")
    facts.append(Fact(reason, finding.reason, is_mono=True))
    name = translate("Findings", "Check")
    if check_title:
        facts.append(Fact(name, f"{check_title} ({finding.check})"))
    else:
        facts.append(Fact(name, finding.check, is_mono=True))
    return facts


def place_of(finding: Finding, ledger: int, sources: Sequence[SourceDigest]) -> Place:
    """Return the place of a finding for the other pages."""
    span = None
    for each in finding.places[:1]:
        numbers = {source.source.path: source.source.index for source in sources}
        if each.path in numbers:
            span = ByteSpan(numbers[each.path], each.start, each.end)
    return Place(ledger, height_of(finding), finding.entry, span)


def command_for(
    finding: Finding, ledger: int, reader: CaseReader, shower: BlockShower
) -> str:
    """Return a shell command that repeats a finding; runs in the query thread.

    The claim's own command where the block can be shown, else one that reads the bytes.
    """
    own = _claim_command(finding, ledger, reader, shower)
    if own:
        return own
    generic = repetition(finding)
    return generic.command if generic is not None else ""


def text_for_report(finding: Finding, command: str) -> str:
    """Return a finding as plain text, to be pasted elsewhere."""
    lines = [
        sentence(finding.message),
        *(f"{fact.name}: {fact.text}" for fact in facts_of(finding)),
    ]
    if finding.expected:
        expected = translate("Findings", "expected: {0}")
        lines.append(expected.format(printable(finding.expected)))
    if finding.computed:
        computed = translate("Findings", "computed: {0}")
        lines.append(computed.format(printable(finding.computed)))
    if finding.detail:
        lines.append(printable(finding.detail))
    if command:
        lines += ["", command]
    return "\n".join(lines)


def _claim_command(
    finding: Finding, ledger: int, reader: CaseReader, shower: BlockShower
) -> str:
    if finding.block is None:
        return ""
    row = reader.block_row(ledger, finding.block)
    if row is None:
        return ""
    before = reader.block_row(ledger, finding.block - 1)
    shown = shower.show(
        ledger, finding.block, row.span, before.span if before is not None else None
    )
    return _command_in(shown, finding)


def _command_in(shown: ShownBlock, finding: Finding) -> str:
    for claim in shown.claims:
        explanation = claim.explanation
        if claim.spec.id != finding.check or explanation is None:
            continue
        entry = None if explanation.entry < 0 else explanation.entry
        if entry == finding.entry and claim.reason in {"", finding.reason}:
            return explanation.command
    return ""
