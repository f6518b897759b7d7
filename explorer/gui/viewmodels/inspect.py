"""What Inspect shows of one block: its claims, how each is worked out, search hits.

Asks the query thread for a block in full (``session.showing``) when another one is
selected; a newer question supersedes an older one. Sentences come from our catalogue;
only counts and heights are put into them.

The search is by height, hash, id and words, or by an expression of the filter language;
a filter shows only its rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.core.text import printable
from explorer.expressions.checking import understood
from explorer.expressions.errors import ExpressionError
from explorer.expressions.meaning import is_meant_as_expression
from explorer.gui.messages import Failure
from explorer.gui.translations import sentence, translate
from explorer.gui.viewmodels.case import CaseModel, Place
from explorer.gui.viewmodels.field_words import our_name
from explorer.gui.viewmodels.rows import MARKS
from explorer.gui.viewmodels.wording import grouped
from explorer.model.blocks import NO_BLOCK, Entry
from explorer.model.checks import Outcome
from explorer.model.claims import (
    AuthorityClaim,
    HashClaim,
    LinkClaim,
    ProofClaim,
    SignatureClaim,
    TreeClaim,
)
from explorer.model.verdicts import LedgerReport
from explorer.session.explaining import Explanation, explain_block
from explorer.session.filtering import LedgerFilter
from explorer.session.showing import BlockShower, ShownBlock, ShownClaim
from explorer.store.filter_fields import ROW_SCHEMA
from explorer.store.queries import CaseReader

FRAMING_BYTES = 16
"""Bytes that a field may add around its value: a tag, a length, a name."""

MAX_COMPARED_BYTES = 4 * 2**20
"""Longest block that is compared with its header, to find a simpler command."""


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim of the block as a line of the list."""

    index: int
    """Position in ``ShownBlock.claims``."""
    mark: str
    title: str
    where: str
    shown: ShownClaim

    @property
    def is_explained(self) -> bool:
        """Return whether it can be worked out step by step."""
        return self.shown.explanation is not None

    def declared_place(self) -> ByteSpan | None:
        """Return where the value stands that the claim declares."""
        claim = self.shown.claim
        match claim:
            case HashClaim() | LinkClaim() | TreeClaim() | ProofClaim():
                return claim.declared_place
            case SignatureClaim():
                return claim.signature_place
            case _:
                return None

    def covered_places(self) -> tuple[ByteSpan, ...]:
        """Return the bytes that the claim covers: its parts, or the whole place."""
        explanation = self.shown.explanation
        parts = () if explanation is None else explanation.parts
        places = tuple(
            part.place for part in parts if not isinstance(part.place, Absent)
        )
        return tuple(dict.fromkeys(places)) or (self.shown.claim.place,)


@dataclass(frozen=True, slots=True)
class _Loaded:
    shown: ShownBlock
    file_size_bytes: int
    own_hash: Explanation | None


class InspectModel(QObject):
    """The block that Inspect shows, and the search."""

    block_changed = Signal()
    """``shown`` is another block, or ``None``."""
    failed = Signal(object)
    """``messages.Failure``: the block could not be read again."""
    hits_changed = Signal()
    row_found = Signal(object)
    """Number of the row of the place that was asked for last."""

    def __init__(self, case: CaseModel, parent: QObject | None = None) -> None:
        """Follow the selection of ``case``."""
        super().__init__(parent)
        self._case = case
        self.shown: ShownBlock | None = None
        self.file_size_bytes = 0
        """Size of the file that the block stands in."""
        self.claims: tuple[ClaimLine, ...] = ()
        self.own_hash: Explanation | None = None
        """How the hash of the block itself is worked out."""
        self.hits: tuple[int, ...] = ()
        self.searched = ""
        self.is_filter = False
        """Whether what was searched for is an expression: only its rows are shown."""
        self.filter_error: ExpressionError | None = None
        self._hit = -1
        self._wanted: tuple[int, int, int | None] | None = None
        case.selection_changed.connect(self.follow)
        case.rows_changed.connect(self._retry)
        case.report_changed.connect(self._forget_others)

    # -- the block ------------------------------------------------------------------

    def follow(self, place: Place) -> None:
        """Show the block of a place, or its entry if that belongs to no block.

        A place without height keeps what is shown.
        """
        if place.height is None:
            return
        self._find_row(place)
        alone = place.entry if place.height == NO_BLOCK else None
        if self._wanted != (place.ledger, place.height, alone):
            self._wanted = (place.ledger, place.height, alone)
            self._load(*self._wanted)

    def is_shown(self, place: Place) -> bool:
        """Return whether the block or entry of a place is the one shown."""
        if self.shown is None:
            return False
        detail = self.shown.detail
        if detail.block.height != place.height:
            return False
        if place.height != NO_BLOCK:
            return True
        return bool(detail.entries) and detail.entries[0].position == place.entry

    def forget(self) -> None:
        """Show no block."""
        self._wanted = None
        self._take(None)

    def _forget_others(self, report: object) -> None:
        """Show nothing of an evidence that is no longer open."""
        if report is None and self._case.selection.height is None:
            self.forget()

    def _retry(self) -> None:
        """Ask again for a block that was not there yet."""
        if self.shown is None and self._wanted is not None:
            self._load(*self._wanted)

    def _load(self, ledger: int, height: int, alone: int | None) -> None:
        def read(reader: CaseReader, shower: BlockShower) -> _Loaded | None:
            if height == NO_BLOCK:
                return _shown_entry(reader, shower, ledger, alone)
            return _shown(reader, shower, ledger, height)

        self._case.query.ask(
            read,
            self._take,
            owner=self,
            key="block",
            failed=self._fail,
        )

    def _take(self, loaded: _Loaded | None) -> None:
        self.shown = None if loaded is None else loaded.shown
        self.file_size_bytes = 0 if loaded is None else loaded.file_size_bytes
        self.own_hash = None if loaded is None else loaded.own_hash
        self.claims = () if loaded is None else claim_lines(loaded.shown)
        self.block_changed.emit()

    def _fail(self, failure: Failure) -> None:
        self._take(None)
        self.failed.emit(failure)

    def _find_row(self, place: Place) -> None:
        ledger, height, entry = place.ledger, place.height, place.entry
        if height is None:
            return
        self._case.query.ask_rows(
            lambda reader: reader.row_of(ledger, height, entry),
            self._tell_row,
            owner=self,
            key="row",
        )

    def _tell_row(self, number: int | None) -> None:
        if number is not None:
            self.row_found.emit(number)

    # -- claims ---------------------------------------------------------------------

    def claims_at(self, span: ByteSpan) -> list[ClaimLine]:
        """Return the claims about some bytes, the closest first.

        First those whose declared value stands there, then those that cover all of the
        bytes, the smallest cover first, then those that touch them.
        """
        found: list[tuple[int, int, ClaimLine]] = []
        for line in self.claims:
            rank = _closeness(line, span)
            if rank is not None:
                found.append((*rank, line))
        found.sort(key=lambda each: each[:2])
        return [line for _, _, line in found]

    def marks(self) -> dict[tuple[int, int, int], str]:
        """Return the mark of each declared value by (source, start, end)."""
        found: dict[tuple[int, int, int], str] = {}
        for line in self.claims:
            place = line.declared_place()
            if place is None:
                continue
            key = (place.source, place.start, place.end)
            if found.get(key, MARKS[Outcome.PASSED]) == MARKS[Outcome.PASSED]:
                found[key] = line.mark
        return found

    # -- search ---------------------------------------------------------------------

    def search(self, text: str) -> None:
        """Look for rows; ``hits_changed`` follows, at once if nothing can be found."""
        self.searched = text.strip()
        self.is_filter = is_meant_as_expression(self.searched, ROW_SCHEMA)
        self.filter_error = _error_in(self.searched) if self.is_filter else None
        if not self.searched or self.filter_error is not None:
            self._take_hits([])
            return
        wanted, ledger = self.searched, self._case.ledger
        report = self._case.ledger_report()
        look = _filtered if self.is_filter else _hits
        self._case.query.ask_rows(
            lambda reader: look(reader, wanted, ledger, report),
            self._take_hits,
            owner=self,
            key="search",
        )

    def _take_hits(self, numbers: Sequence[int]) -> None:
        self.hits = tuple(sorted(numbers))
        self._hit = -1
        self.hits_changed.emit()

    def next_hit(self, step: int = 1) -> int | None:
        """Return the number of the next row found, going round."""
        if not self.hits:
            return None
        start = self._hit if self._hit >= 0 or step > 0 else 0
        self._hit = (start + step) % len(self.hits)
        return self.hits[self._hit]

    @property
    def hit_position(self) -> int:
        """Return which hit was gone to last, from 0; -1 for none."""
        return self._hit


def _shown(
    reader: CaseReader, shower: BlockShower, ledger: int, height: int
) -> _Loaded | None:
    row = reader.block_row(ledger, height)
    if row is None:
        return None
    before = reader.block_row(ledger, height - 1) if height else None
    parent = None if before is None else before.span
    shown = shower.show(ledger, height, row.span, parent)
    span = row.span
    raw = shower.read(span) if span.size_bytes <= MAX_COMPARED_BYTES else b""
    path = shown.paths[span.source]
    declared = reader.declared_parent(ledger, height + 1)
    own_hash = explain_block(shown.detail, declared, path, raw)
    size = shower.files.evidence.sources[span.source].size_bytes
    return _Loaded(shown, size, own_hash)


def _shown_entry(
    reader: CaseReader, shower: BlockShower, ledger: int, position: int | None
) -> _Loaded | None:
    number = reader.row_of(ledger, NO_BLOCK, position)
    if position is None or number is None:
        return None
    row = reader.rows(number, 1)[0]
    entry = Entry(
        NO_BLOCK,
        position,
        row.id,
        row.kind,
        row.author,
        row.span,
        row.time_us,
        row.refused,
        row.summary,
    )
    shown = shower.show_entry(ledger, entry)
    size = shower.files.evidence.sources[row.span.source].size_bytes
    return _Loaded(shown, size, None)


def _error_in(text: str) -> ExpressionError | None:
    try:
        understood(text, ROW_SCHEMA)
    except ExpressionError as error:
        return error
    return None


def _filtered(
    reader: CaseReader, text: str, ledger: int, report: LedgerReport | None
) -> list[int]:
    return list(map(int, LedgerFilter(reader, ledger, report).rows(text)))


def _hits(
    reader: CaseReader, text: str, ledger: int, report: LedgerReport | None
) -> list[int]:
    del report
    first, count = reader.row_range(ledger)
    return [each for each in reader.find(text) if first <= each < first + count]


def _closeness(line: ClaimLine, span: ByteSpan) -> tuple[int, int] | None:
    """Return how close a claim is to some bytes, less is closer; nothing if far."""
    declared = line.declared_place()
    if declared is not None and _holds(span, declared):
        framing = span.size_bytes - declared.size_bytes
        if framing <= FRAMING_BYTES:
            return 0, framing
    places = line.covered_places()
    around = [each.size_bytes for each in places if _holds(each, span)]
    if around:
        return 1, min(around)
    if declared is not None and _touch(declared, span):
        return 2, declared.size_bytes
    inside = [each.size_bytes for each in places if _touch(each, span)]
    return (3, -max(inside)) if inside else None


def _holds(outer: ByteSpan, inner: ByteSpan) -> bool:
    return (
        outer.source == inner.source
        and outer.start <= inner.start
        and inner.end <= outer.end
    )


def _touch(one: ByteSpan, other: ByteSpan) -> bool:
    return (
        one.source == other.source and one.start < other.end and other.start < one.end
    )


def claim_lines(shown: ShownBlock) -> tuple[ClaimLine, ...]:
    """Return every claim of a block as a line, in the order in which it was made."""
    return tuple(_line(index, each) for index, each in enumerate(shown.claims))


def _line(index: int, shown: ShownClaim) -> ClaimLine:
    entry = getattr(shown.claim, "entry", -1)
    where = (
        translate("Inspect", "entry {0}").format(grouped(entry))
        if isinstance(entry, int) and entry >= 0
        else translate("Inspect", "block")
    )
    title = sentence(shown.sentence)
    detail = _detail(shown)
    return ClaimLine(
        index,
        MARKS[shown.outcome],
        title,
        f"{where} · {detail}" if detail else where,
        shown,
    )


def _detail(shown: ShownClaim) -> str:
    match shown.claim:
        case SignatureClaim() as claim:
            return f"{our_name(claim.role)} {printable(claim.signer, 80)}"
        case AuthorityClaim() as claim:
            return printable(claim.organisation, 80)
        case HashClaim() as claim:
            return our_name(claim.part) if claim.part else ""
        case _:
            return ""
