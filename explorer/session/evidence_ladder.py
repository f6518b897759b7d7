"""What stands behind one entry, rung by rung: from the record to an outside anchor.

DESIGN, section 3 ("Statement", "Anchor", "Verdict"). Each rung tells what was computed
here about the entry's block; a rung says "passed" only where the check behind it gave
an answer for every block (or entry) of the ledger and no finding speaks of this one.
Only the last rung, a history anchor, may be shown as anchored.

Left out: how each hash is worked out (``session.showing``), and anything about what the
entry says.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from explorer.model.blocks import NO_BLOCK
from explorer.model.checks import Kind, Outcome
from explorer.model.ledgers import Party
from explorer.model.statements import Act, FactGrade
from explorer.model.verdicts import CheckRow, Finding, LedgerReport
from explorer.store.statement_queries import BlockFacts

Place = tuple[int, int]
"""(block, entry)."""


class RungKind(StrEnum):
    """The rungs from the record upwards."""

    ENTRY = "entry"
    BLOCK = "block"
    LINK = "link"
    SIGNATURE = "signature"
    RULES = "rules"
    SIGNER = "signer"
    ANCHOR = "anchor"


SENTENCES: Mapping[str, str] = {
    "entry-recorded": "The entry is in this evidence, and the ledger accepted it.",
    "entry-refused": "The ledger refused this entry: an attempt, not a fact.",
    "entry-not-in-evidence": "The entry that says this is not in this evidence.",
    "not-checked-yet": "This has not been checked yet.",
    "no-such-check": "Nothing in this ledger lets this be checked for every block.",
    "block-hash-equal": "The block's bytes have the hash that the block declares.",
    "block-hash-differs": "The block's bytes do not match the hash it declares.",
    "block-hash-open": "The hash of the block's bytes could not be checked.",
    "links-agree": "The blocks before and after it fit: each names the one before.",
    "links-differ": "A block beside it does not fit: it names another block before it.",
    "links-open": "Whether the blocks beside it fit could not be checked.",
    "author-signed": "The signature of the named author over this entry holds.",
    "author-signature-differs": "A signature over this entry does not match.",
    "author-not-verified": "No verified signature of its author covers what it says.",
    "rules-met": "The ledger's own rules, worked out again here, accept this entry.",
    "rules-not-met": "The ledger's own rules, worked out again here, do not agree.",
    "rules-open": "The ledger's own rules could not be worked out again here.",
    "signer-named": "You named the authority that vouches for this signer.",
    "signer-not-named": "No anchor of yours covers this signer.",
    "signer-differs": "Who signed is not who the record names as its author.",
    "signer-unknown": "No verified signer stands behind this entry.",
    "tied-to-history": "The block is tied to a history anchor that you chose.",
    "not-tied": "No history anchor that you chose ties this block.",
}
"""Every sentence by its code; never changed by data."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One thing that holds an entry up, or does not."""

    kind: RungKind
    outcome: Outcome
    code: str
    """Kebab-case, a key of ``SENTENCES``; never changes."""
    value: str = ""
    """A hash, id or name that makes it concrete; text of the ledger."""
    is_anchor: bool = False
    """Passed against a history anchor: the only rung that may be green."""

    @property
    def sentence(self) -> str:
        """Return the plain English sentence; the window translates it."""
        return SENTENCES[self.code]


@dataclass(frozen=True, slots=True)
class Known:
    """What was looked up for the entries whose ladders are wanted."""

    report: LedgerReport | None
    """``None`` while the ledger is still being verified."""
    entries: Mapping[Place, str]
    acts: Mapping[Place, Act]
    blocks: Mapping[int, BlockFacts]
    findings: Sequence[Finding]
    """Those that speak of these blocks, the next ones, or their entries."""


class Ladders(Mapping[Place, tuple[Rung, ...]]):
    """The rungs of each entry, lowest first, worked out when they are asked for."""

    def __init__(self, places: Collection[Place], known: Known) -> None:
        """Know the entries at ``places``."""
        self._places = dict.fromkeys(sorted(places))
        self._known = known
        self._made: dict[Place, tuple[Rung, ...]] = {}
        self._by_block: dict[int, list[Finding]] = {}
        for finding in known.findings:
            block = NO_BLOCK if finding.block is None else finding.block
            self._by_block.setdefault(block, []).append(finding)

    def __getitem__(self, place: Place) -> tuple[Rung, ...]:
        """Return the rungs of one entry.

        Raises:
            KeyError: If the entry is not among those known.
        """
        if place not in self._made:
            if place not in self._places:
                raise KeyError(place)
            self._made[place] = _Ladder(place, self._known, self._by_block).rungs()
        return self._made[place]

    def __iter__(self) -> Iterator[Place]:
        """Go through the entries in the order of the ledger."""
        return iter(self._places)

    def __len__(self) -> int:
        """Return how many entries are known."""
        return len(self._places)

    def failed(self) -> frozenset[Place]:
        """Return the entries with a rung that does not match.

        Only entries whose block, or the one after it, has a finding are looked at.
        """
        blocks = self._by_block.keys()
        return frozenset(
            place
            for place in self._places
            if (place[0] in blocks or place[0] + 1 in blocks)
            and any(rung.outcome is Outcome.FAILED for rung in self[place])
        )


class _Ladder:
    """Builds the rungs of one entry."""

    def __init__(
        self, place: Place, known: Known, by_block: Mapping[int, Sequence[Finding]]
    ) -> None:
        self._height, self._entry = place
        self._known = known
        self._act = known.acts.get(place)
        self._by_block = by_block

    def rungs(self) -> tuple[Rung, ...]:
        place = (self._height, self._entry)
        block = self._known.blocks.get(self._height)
        name = self._known.entries.get(place, "")
        is_alone = self._height == NO_BLOCK
        if place not in self._known.entries or (block is None and not is_alone):
            code = "entry-not-in-evidence"
            return (Rung(RungKind.ENTRY, Outcome.INCONCLUSIVE, code),)
        report = self._known.report
        if block is None:
            rest = () if report is None else (self._signature(), self._signer(report))
            return (self._recorded(name), *rest)
        if report is None:
            return (self._recorded(name), *_unchecked())
        found = (
            self._recorded(name),
            self._block(report, block),
            self._link(report),
            self._signature(),
            self._rules(report),
            self._signer(report),
            self._anchor(report),
        )
        return tuple(each for each in found if each is not None)

    def _recorded(self, name: str) -> Rung:
        if self._act is not None and self._act.is_struck:
            code = "entry-refused"
            return Rung(RungKind.ENTRY, Outcome.NOT_APPLICABLE, code, name)
        return Rung(RungKind.ENTRY, Outcome.PASSED, "entry-recorded", name)

    def _block(self, report: LedgerReport, block: BlockFacts) -> Rung:
        kinds = {Kind.HASH, Kind.TREE, Kind.FRAMING, Kind.MALFORMED, Kind.WORK}
        about = self._about({self._height}, kinds)
        answered = _covers(report, {Kind.HASH, Kind.TREE}, report.blocks)
        return _judged(RungKind.BLOCK, about, _BLOCK, answered, block.hash)

    def _link(self, report: LedgerReport) -> Rung:
        about = self._about({self._height, self._height + 1}, {Kind.LINK})
        answered = report.blocks > 1 and _covers(report, {Kind.LINK}, report.blocks - 1)
        return _judged(RungKind.LINK, about, _LINK, answered)

    def _signature(self) -> Rung:
        kind = RungKind.SIGNATURE
        about = self._about_entry({Kind.SIGNATURE})
        agent = "" if self._act is None else self._act.agent
        if _worst(about) is Outcome.FAILED:
            return Rung(kind, Outcome.FAILED, "author-signature-differs", agent)
        if self._act is not None and self._act.fact in _SIGNED:
            return Rung(kind, Outcome.PASSED, "author-signed", agent)
        return Rung(kind, Outcome.INCONCLUSIVE, "author-not-verified", agent)

    def _rules(self, report: LedgerReport) -> Rung | None:
        """Judge the ledger's rules; signatures of the block itself count to them."""
        kinds = {Kind.QUORUM, Kind.REPLAY}
        about = self._about({self._height}, kinds)
        about += [
            each
            for each in self._about({self._height}, {Kind.SIGNATURE, Kind.IDENTITY})
            if each.entry is None
        ]
        has_rules = any(row.spec.kind in kinds for row in report.checks)
        is_struck = self._act is not None and self._act.is_struck
        answered = has_rules and _covers(report, kinds, report.entries)
        if not about and (is_struck or not answered):
            return None
        return _judged(RungKind.RULES, about, _RULES, answered)

    def _signer(self, report: LedgerReport) -> Rung:
        kind, act = RungKind.SIGNER, self._act
        if _worst(self._about_entry({Kind.IDENTITY})) is Outcome.FAILED:
            agent = "" if act is None else act.agent
            return Rung(kind, Outcome.FAILED, "signer-differs", agent)
        if act is None or act.fact not in _SIGNED:
            return Rung(kind, Outcome.NOT_APPLICABLE, "signer-unknown")
        parties = [each for each in report.parties if is_called(each, act.agent)]
        if parties and all(each.anchored for each in parties):
            return Rung(kind, Outcome.PASSED, "signer-named", act.agent)
        return Rung(kind, Outcome.INCONCLUSIVE, "signer-not-named", act.agent)

    def _anchor(self, report: LedgerReport) -> Rung:
        tie, kind = report.anchored_to, RungKind.ANCHOR
        broken = _worst(self._about({self._height}, set(Kind))) is Outcome.FAILED
        if tie is None or self._height > tie.height or broken or _is_cut(report):
            return Rung(kind, Outcome.INCONCLUSIVE, "not-tied")
        code = "tied-to-history"
        return Rung(kind, Outcome.PASSED, code, tie.what, is_anchor=True)

    def _about(
        self, heights: Collection[int], kinds: Collection[Kind]
    ) -> list[Finding]:
        """Return findings on these blocks, or on this entry of them."""
        return [
            finding
            for height in heights
            for finding in self._by_block.get(height, ())
            if finding.kind in kinds and finding.entry in {None, self._entry}
        ]

    def _about_entry(self, kinds: Collection[Kind]) -> list[Finding]:
        """Return findings on this very entry."""
        found = self._about({self._height}, kinds)
        return [each for each in found if each.entry == self._entry]


_SIGNED = (FactGrade.SIGNED, FactGrade.ENFORCED)

_BLOCK = ("block-hash-equal", "block-hash-differs", "block-hash-open")
_LINK = ("links-agree", "links-differ", "links-open")
_RULES = ("rules-met", "rules-not-met", "rules-open")


def _judged(
    kind: RungKind,
    about: Sequence[Finding],
    codes: tuple[str, str, str],
    answered: object,
    value: str = "",
) -> Rung:
    """Return a rung from the findings about it; ``codes``: passed, failed, open."""
    worst = _worst(about)
    if worst is Outcome.FAILED:
        return Rung(kind, worst, codes[1], value)
    if worst is not Outcome.PASSED:
        return Rung(kind, Outcome.INCONCLUSIVE, codes[2], value)
    if not answered:
        return Rung(kind, Outcome.NOT_APPLICABLE, "no-such-check")
    return Rung(kind, Outcome.PASSED, codes[0], value)


def _worst(about: Sequence[Finding]) -> Outcome:
    """Return failed, then broken or inconclusive as inconclusive, else passed."""
    outcomes = {each.outcome for each in about}
    if Outcome.FAILED in outcomes:
        return Outcome.FAILED
    if outcomes & {Outcome.INCONCLUSIVE, Outcome.BROKEN}:
        return Outcome.INCONCLUSIVE
    return Outcome.PASSED


def _covers(report: LedgerReport, kinds: Collection[Kind], least: int) -> bool:
    """Return whether a check of these kinds answered for so many blocks or entries."""
    return any(
        _answers(row) >= least and row.count(Outcome.PASSED) > 0
        for row in report.checks
        if row.spec.kind in kinds
    )


def _answers(row: CheckRow) -> int:
    return sum(row.counts.values()) + row.premises_not_met


def _is_cut(report: LedgerReport) -> bool:
    """Return whether the ledger has a place where a block does not follow."""
    return any(
        row.count(Outcome.FAILED)
        for row in report.checks
        if row.spec.kind in {Kind.LINK, Kind.NUMBER, Kind.ANCHOR}
    )


def is_called(party: Party, agent: str) -> bool:
    """Return whether an entry that names ``agent`` as its author means this party."""
    both = f"{party.organisation}/{party.name}"
    return bool(agent) and agent in {party.id, party.name, party.organisation, both}


def _unchecked() -> tuple[Rung, ...]:
    later = (RungKind.BLOCK, RungKind.LINK, RungKind.SIGNATURE, RungKind.ANCHOR)
    code = "not-checked-yet"
    return tuple(Rung(kind, Outcome.NOT_APPLICABLE, code) for kind in later)
