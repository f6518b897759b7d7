"""What the overview says in its four cards, as lines of plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from explorer.core.absent import Absent
from explorer.core.text import printable
from explorer.crypto.public_keys import key_fingerprint
from explorer.crypto.trust import IdentityAnchor, TrustStore
from explorer.gui.messages import CheckCount, Progress
from explorer.gui.translations import sentence, translate
from explorer.gui.viewmodels.case import PageName, Place, Visit
from explorer.gui.viewmodels.findings import (
    Cause,
    FindingGroup,
    FindingLine,
    grouped_findings,
    height_of,
)
from explorer.gui.viewmodels.records import RecordLine, record_lines
from explorer.gui.viewmodels.wording import (
    counted,
    grouped,
    place_text,
    short_hash,
)
from explorer.model.blocks import NO_BLOCK
from explorer.model.checks import Outcome
from explorer.model.claim_sheets import ClaimSheet
from explorer.model.ledgers import Remark
from explorer.model.verdicts import (
    AnchorUse,
    CheckRow,
    EvidenceReport,
    LedgerReport,
    Verdict,
)

MAX_WORTH_READING = 5
"""Lines of the fourth card; the rest is one click away."""

MAX_DETAIL = 140
"""Characters of a second line; a report has all of them."""

MAX_SIGNERS = 6
MAX_ANCHORS = 12
"""Anchors listed; the trust panel has all."""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One row of "Checked here"."""

    outcome: Outcome
    """The worst answer, which the mark shows."""
    title: str
    passed: int
    failed: int
    open: int
    not_applicable: int
    check: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a card: a mark or icon, our words, and a second line."""

    mark: str
    """``inconclusive``, ``not-applicable``, ``failed``, ``passed``, ``inconsistent``,
    ``anchored``, ``attributed`` or ``apart``."""
    text: str
    second: str = ""
    is_mono: bool = False
    """The second line is a hash or another text that is compared."""
    right: str = ""
    visit: Visit | None = None
    """Where a click goes."""


def check_lines(ledger: LedgerReport) -> list[CheckLine]:
    """Return the checks of a ledger: failed ones first, then open ones."""
    return _sorted(_line_of(row) for row in ledger.checks if row.counts)


def check_lines_so_far(progress: Progress) -> list[CheckLine]:
    """Return the checks as they stand while a ledger is being verified."""
    return _sorted(_line_of_count(each) for each in progress.checks)


def answers_total(lines: Iterable[CheckLine]) -> int:
    """Return how many answers the lines count."""
    return sum(
        line.passed + line.failed + line.open + line.not_applicable for line in lines
    )


def not_checked_lines(ledger: LedgerReport) -> list[Line]:
    """Return what was not checked and why the verdict is not better."""
    titles = {row.spec.id: row.spec.title for row in ledger.checks}
    lines = [_reason_line(each, titles) for each in ledger.verdict_reasons]
    lines += [
        Line("not-applicable", sentence(each.sentence), _short(each.detail))
        for each in ledger.not_checked
    ]
    return lines


def anchor_lines(ledger: LedgerReport, trust: TrustStore | None = None) -> list[Line]:
    """Return what ties the ledger to the outside, with fingerprints from ``trust``."""
    history = [each for each in ledger.anchors if each.kind == "history"]
    identity = [each for each in ledger.anchors if each.kind != "history"]
    lines = [_anchor_line(each, "anchored") for each in history]
    lines += _identity_lines(identity, trust.identities if trust is not None else ())
    more = len(lines) - MAX_ANCHORS
    if more > 0:
        words = translate("Overview", "{0} more anchors").format(grouped(more))
        lines = [*lines[:MAX_ANCHORS], Line("apart", words)]
    return lines


def signer_lines(ledger: LedgerReport) -> list[Line]:
    """Return one line for each organisation that signs, with a fingerprint."""
    seen: dict[str, list[str]] = {}
    anchored: dict[str, bool] = {}
    for party in ledger.parties:
        name = party.organisation or party.name or party.id
        seen.setdefault(name, []).append(party.fingerprint)
        anchored[name] = anchored.get(name, False) or party.anchored
    lines = [
        Line(
            "attributed" if anchored[name] else "apart",
            printable(name, 60),
            short_hash(prints[0])
            if len(prints) == 1
            else translate("Overview", "{0} keys or certificates").format(
                grouped(len(prints))
            ),
            is_mono=len(prints) == 1,
            visit=Visit(PageName.SIGNERS),
        )
        for name, prints in islice(seen.items(), MAX_SIGNERS)
    ]
    if len(seen) > MAX_SIGNERS:
        more = translate("Overview", "{0} more sign").format(
            grouped(len(seen) - MAX_SIGNERS)
        )
        lines.append(Line("apart", more, visit=Visit(PageName.SIGNERS)))
    return lines


def worth_reading_lines(report: EvidenceReport, ledger: LedgerReport) -> list[Line]:
    """Return what a reader should look at first, findings before everything else.

    What is only good to know is one line with a count.
    """
    titles = {row.spec.id: row.spec.title for row in ledger.checks}
    changed = translate("Overview", "This file changed while it was read.")
    lines = [
        Line("inconclusive", changed, printable(each.source.path, 200))
        for each in report.sources
        if not each.unchanged
    ]
    for group in grouped_findings(ledger.findings, titles):
        if group.cause is Cause.NOTE:
            lines.append(_notes_line(group))
        else:
            lines += [_finding_line(line) for line in group.lines]
    lines += record_overview(ledger)
    if ledger.refused:
        lines.append(
            Line(
                "not-applicable",
                counted(
                    ledger.refused,
                    translate("Overview", "1 entry refused by the network"),
                    translate("Overview", "{0} entries refused by the network"),
                ),
                translate("Overview", "the ledger itself marks them as refused"),
                visit=Visit(PageName.INSPECT),
            )
        )
    return lines


def record_overview(ledger: LedgerReport) -> list[Line]:
    """Return a line for each way in which records do not fit; a click goes there."""
    return [_record_line(line) for line in record_lines(ledger.inconsistencies)]


def record_lines_for(ledger: LedgerReport | None, sheet: ClaimSheet) -> list[Line]:
    """Return where records about the thing of a claim sheet do not fit together.

    Those that name it, and those about an entry that the sheet stands on.
    """
    if ledger is None or not sheet.item:
        return []
    stood_on = {(each.place.block, each.place.entry) for each in sheet.sources}
    found = [
        each
        for each in ledger.inconsistencies
        if sheet.item in each.items
        or stood_on.intersection(each.entries)
        or stood_on.intersection((NO_BLOCK, entry) for entry in each.loose)
    ]
    return [_record_line(line) for line in record_lines(found)]


def _record_line(line: RecordLine) -> Line:
    there = Visit(PageName.FINDINGS, Place(rule=line.records[0].rule))
    return Line("inconsistent", line.title, line.where, visit=there)


def findings_so_far_lines(progress: Progress) -> list[Line]:
    """Return what was found up to now, while a ledger is being verified."""
    return worth_showing(
        [
            _finding_line(line)
            for group in grouped_findings(progress.findings)
            for line in group.lines
        ]
    )


def origin_text(origin: str) -> str:
    """Return the words for where an anchor comes from."""
    words = {
        "inside-evidence": translate("Overview", "found inside the evidence"),
        "same-sender": translate("Overview", "came from the same sender"),
        "from-party": translate("Overview", "from the party itself"),
        "published": translate("Overview", "published"),
    }
    return words.get(origin, translate("Overview", "origin not stated"))


def tie_sentence(ledger: LedgerReport) -> str:
    """Return one sentence on what ties the ledger to the outside."""
    if ledger.verdict is Verdict.ANCHORED and ledger.anchored_to is not None:
        return translate(
            "Overview", "Tied to what existed outside it, up to block {0}."
        ).format(grouped(ledger.anchored_to.height))
    if ledger.attributed:
        return translate(
            "Overview", "The signatures that count are by parties you named."
        )
    if ledger.anchors:
        return translate("Overview", "What you chose does not cover all of it.")
    return translate(
        "Overview", "You have chosen nothing outside this file to tie it to."
    )


def _sorted(lines: Iterable[CheckLine]) -> list[CheckLine]:
    weights = {Outcome.FAILED: 0, Outcome.BROKEN: 1, Outcome.INCONCLUSIVE: 2}
    return sorted(lines, key=lambda line: weights.get(line.outcome, 3))


def _line_of(row: CheckRow) -> CheckLine:
    not_open = row.count(Outcome.NOT_APPLICABLE)
    outcome = _worst(
        row.count(Outcome.FAILED),
        row.count(Outcome.BROKEN),
        row.count(Outcome.INCONCLUSIVE),
        row.count(Outcome.PASSED),
    )
    return CheckLine(
        outcome,
        sentence(row.spec.title),
        row.count(Outcome.PASSED),
        row.count(Outcome.FAILED),
        row.count(Outcome.INCONCLUSIVE) + row.count(Outcome.BROKEN),
        not_open,
        row.spec.id,
    )


def _line_of_count(each: CheckCount) -> CheckLine:
    return CheckLine(
        _worst(each.failed, 0, each.open, each.passed),
        sentence(each.title),
        each.passed,
        each.failed,
        each.open,
        each.not_applicable,
        each.check,
    )


def _worst(failed: int, broken: int, inconclusive: int, passed: int) -> Outcome:
    for count, outcome in (
        (failed, Outcome.FAILED),
        (broken, Outcome.BROKEN),
        (inconclusive, Outcome.INCONCLUSIVE),
        (passed, Outcome.PASSED),
    ):
        if count:
            return outcome
    return Outcome.NOT_APPLICABLE


def _short(detail: str) -> str:
    return printable(detail, MAX_DETAIL)


def _reason_line(remark: Remark, titles: dict[str, str]) -> Line:
    detail = titles.get(remark.detail)
    second = sentence(detail) if detail else _short(remark.detail)
    return Line("inconclusive", sentence(remark.sentence), second)


def _anchor_line(use: AnchorUse, agreeing: str) -> Line:
    mark = agreeing if use.agrees else "inconclusive"
    block, _, digits = use.what.partition(" = ")
    if use.kind != "history" or not digits:
        return Line(mark, printable(use.what, 160), origin_text(use.origin))
    height = int("".join(filter(str.isdigit, block)) or 0)
    title = f"{place_text(height, None)} = {short_hash(digits)}"
    return Line(mark, title, origin_text(use.origin))


def _identity_lines(
    uses: Sequence[AnchorUse], identities: Sequence[IdentityAnchor]
) -> list[Line]:
    """Return a line for each use; the engine reports them in the store's order."""
    if len(uses) != len(identities):
        return [_anchor_line(each, "attributed") for each in uses]
    lines = []
    for use, anchor in zip(uses, identities, strict=True):
        named = not isinstance(anchor.organisation, Absent)
        name = anchor.organisation if named else anchor.label
        certificate = anchor.certificate
        print_hex = (
            key_fingerprint(anchor.key).hex()
            if isinstance(certificate, Absent)
            else certificate.fingerprint.hex()
        )
        second = f"{short_hash(print_hex)} · {origin_text(use.origin)}"
        mark = "attributed" if use.agrees else "inconclusive"
        lines.append(Line(mark, printable(str(name), 80), second))
    return lines


def _notes_line(group: FindingGroup) -> Line:
    text = counted(
        group.count,
        translate("Overview", "1 thing is good to know"),
        translate("Overview", "{0} things are good to know"),
    )
    why = translate("Overview", "no fault of the ledger by themselves")
    return Line("not-applicable", text, why, visit=Visit(PageName.FINDINGS))


def _finding_line(line: FindingLine) -> Line:
    first = line.findings[0]
    place = Place(height=height_of(first), entry=first.entry)
    return Line(
        line.mark, line.title, line.where, visit=Visit(PageName.FINDINGS, place)
    )


def worth_showing(lines: Sequence[Line]) -> list[Line]:
    """Return as many lines as the card has room for."""
    return list(lines[:MAX_WORTH_READING])
