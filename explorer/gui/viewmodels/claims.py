"""What the claim page shows: the code asked about, the sheet, exhibits, questions.

A sheet is made in the query thread and is immutable. What the user typed is a
``Draft``; it outlives pages, and goes along from the page without a ledger to the page
of a ledger that is opened then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from explorer.core.absent import Absent
from explorer.core.errors import ExplorerError
from explorer.gui.messages import Failure
from explorer.gui.translations import translate
from explorer.gui.viewmodels.case import CaseModel, Phase, Place
from explorer.model.claim_sheets import (
    ClaimSheet,
    Exhibit,
    JourneyPlace,
    PlaceOrigin,
    TypedClaim,
)
from explorer.session.claims_codes import CodeRead, read_code
from explorer.session.claims_desk import (
    Checked,
    check_claim,
    check_without_ledger,
)
from explorer.session.claims_exhibits import make_exhibit, search_exhibit
from explorer.session.claims_files import is_photo
from explorer.session.claims_rows import SheetAsk
from explorer.session.claims_sheet import bare_sheet
from explorer.session.outlines import KnownPlace, Outline
from explorer.session.tracing import Tracer
from explorer.store.queries import CaseReader

if TYPE_CHECKING:
    from explorer.session.showing import BlockShower

MAX_EXHIBITS = 50


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything that the user typed, attached or loaded."""

    asked: str = ""
    claims: tuple[TypedClaim, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    replies: Mapping[str, str] = field(default_factory=dict)
    """Code of the question (and its topic) → reply."""
    places: tuple[KnownPlace, ...] = ()
    """The user's own list."""
    outline: Outline | None = None

    @property
    def ask(self) -> SheetAsk:
        """Return what the sheet is made from."""
        return SheetAsk(self.asked, self.claims, self.exhibits)


@dataclass(frozen=True, slots=True)
class _Attached:
    exhibits: tuple[Exhibit, ...]
    problems: tuple[str, ...]


class ClaimModel(QObject):
    """The sheet of one thing, and what it is made from."""

    sheet_changed = Signal()
    busy_changed = Signal(object)
    failed = Signal(object)
    """``messages.Failure``"""
    told = Signal(str)
    """One line about what was just done, or could not be."""

    def __init__(self, case: CaseModel, parent: QObject | None = None) -> None:
        """Follow ``case``; without an evidence the sheet has no ledger."""
        super().__init__(parent)
        self._case = case
        self.draft = Draft()
        self.sheet: ClaimSheet = bare_sheet(SheetAsk())
        self.code: CodeRead = read_code("")
        self.is_busy = False
        case.report_changed.connect(self._refresh)
        case.ledger_changed.connect(self._refresh)

    @property
    def has_ledger(self) -> bool:
        """Return whether an evidence is open."""
        return self._case.phase is not Phase.EMPTY

    # -- what the user does -----------------------------------------------------------

    @property
    def checked(self) -> Checked:
        """Return the sheet with its code."""
        return Checked(self.sheet, self.code)

    def recall(self, draft: Draft, before: Checked | None = None) -> None:
        """Go on with what was typed before; show the sheet before until there is one.

        The sheet of a page without a ledger is not shown where there is one.
        """
        self.draft = draft
        if before is not None and before.sheet.has_ledger == self.has_ledger:
            self._take(before)
        self._refresh()

    def check(self, text: str) -> None:
        """Look for the thing that a code, address or id names."""
        if text.strip() != self.draft.asked:
            self.draft = replace(self.draft, asked=text.strip())
        self._make()

    def follow(self, place: Place) -> None:
        """Check the thing of a place, unless it is on the sheet already."""
        if place.item and place.item not in {self.sheet.item, self.draft.asked}:
            self.check(place.item)

    def add_claim(self, claim: TypedClaim) -> None:
        """Take a claim that was typed."""
        if claim.text.strip():
            self.draft = replace(self.draft, claims=(*self.draft.claims, claim))
            self._make()

    def remove_claim(self, claim: TypedClaim) -> None:
        """Take a typed claim back."""
        kept = tuple(each for each in self.draft.claims if each != claim)
        self.draft = replace(self.draft, claims=kept)
        self._make()

    def reply(self, key: str, text: str) -> None:
        """Keep what was answered to a question."""
        self.draft = replace(self.draft, replies={**self.draft.replies, key: text})

    def attach(self, paths: Sequence[Path]) -> None:
        """Hash files, look for codes in photos, and for their hashes in the ledger."""
        chosen, moment = tuple(paths)[:MAX_EXHIBITS], datetime.now(UTC)
        self._set_busy(busy=True)
        self._case.query.run(
            lambda: _attached(chosen, moment),
            self._take_exhibits,
            owner=self,
            failed=self._fail,
        )

    def forget_exhibit(self, sha256: str) -> None:
        """Take an exhibit off the sheet."""
        kept = tuple(each for each in self.draft.exhibits if each.sha256 != sha256)
        self.draft = replace(self.draft, exhibits=kept)
        self._make()

    def set_places(self, places: tuple[KnownPlace, ...]) -> None:
        """Use the user's own list of places."""
        self.draft = replace(self.draft, places=places)
        self.sheet_changed.emit()

    def set_outline(self, outline: Outline | None) -> None:
        """Draw the user's own lines below the journey."""
        self.draft = replace(self.draft, outline=outline)
        self.sheet_changed.emit()

    def places(self) -> tuple[JourneyPlace, ...]:
        """Return the places of the journey, with those that the user's list places."""
        return placed(self.sheet.places, self.draft.places)

    # -- making the sheet -------------------------------------------------------------

    def _refresh(self, _: object = None) -> None:
        exhibits = tuple(
            replace(each, found=Absent.NOT_IN_EXPORT) for each in self.draft.exhibits
        )
        self.draft = replace(self.draft, exhibits=exhibits)
        self._make()
        self._search()

    def _make(self) -> None:
        ask, number = self.draft.ask, self._case.ledger
        ledger, evidence = self._case.ledger_report(), self._case.report
        if not self.has_ledger:
            self._take(check_without_ledger(ask))
            return

        def work(reader: CaseReader, shower: "BlockShower") -> Checked:
            tracer = Tracer(reader, number)
            return check_claim(ask, reader, tracer, ledger, evidence, shower.read)

        self._set_busy(busy=True)
        is_asked = self._case.query.ask(
            work, self._take, owner=self, key="sheet", failed=self._fail
        )
        if not is_asked:
            self._take(check_without_ledger(ask))

    def _take(self, checked: Checked) -> None:
        self._set_busy(busy=False)
        self.sheet = replace(checked.sheet, exhibits=self.draft.exhibits)
        self.code = checked.code
        self.sheet_changed.emit()

    def _take_exhibits(self, attached: _Attached) -> None:
        self._set_busy(busy=False)
        known = {each.sha256 for each in self.draft.exhibits}
        fresh = tuple(each for each in attached.exhibits if each.sha256 not in known)
        exhibits = (*self.draft.exhibits, *fresh)[:MAX_EXHIBITS]
        self.draft = replace(self.draft, exhibits=exhibits)
        codes = [code for each in fresh for code in each.codes]
        if codes:
            self.draft = replace(self.draft, asked=codes[0])
        for problem in attached.problems:
            self.told.emit(problem)
        if fresh and not codes and not attached.problems:
            self.told.emit(translate("Claim", "Hashed. No code was found in it."))
        self._make()
        self._search()

    def _search(self) -> None:
        """Look for the hashes of exhibits that were not looked for yet."""
        if not self.has_ledger or self._case.report is None:
            return
        number = self._case.ledger
        for each in self.draft.exhibits:
            if isinstance(each.found, Absent):
                self._search_one(each, number)

    def _search_one(self, exhibit: Exhibit, ledger: int) -> None:
        self._case.query.ask(
            lambda reader, shower: search_exhibit(
                exhibit, reader.holdings(ledger), shower.files
            ),
            self._take_found,
            owner=self,
            key=f"search-{exhibit.sha256}",
            failed=self._fail,
        )

    def _take_found(self, found: Exhibit) -> None:
        exhibits = tuple(
            found if each.sha256 == found.sha256 else each
            for each in self.draft.exhibits
        )
        self.draft = replace(self.draft, exhibits=exhibits)
        self.sheet = replace(self.sheet, exhibits=exhibits)
        self.sheet_changed.emit()

    def _fail(self, failure: Failure) -> None:
        self._set_busy(busy=False)
        self.failed.emit(failure)

    def _set_busy(self, *, busy: bool) -> None:
        if busy != self.is_busy:
            self.is_busy = busy
            self.busy_changed.emit(busy)


def _attached(paths: Sequence[Path], moment: datetime) -> _Attached:
    """Return exhibits of these files; runs in the query thread."""
    from explorer.gui.photo_reading import codes_in

    exhibits, problems = [], []
    for path in paths:
        try:
            codes = codes_in(path) if is_photo(path) else ()
            exhibits.append(make_exhibit(path, moment, codes))
        except ExplorerError as error:
            problems.append(str(error))
    return _Attached(tuple(exhibits), tuple(problems))


def placed(
    places: Sequence[JourneyPlace], known: Sequence[KnownPlace]
) -> tuple[JourneyPlace, ...]:
    """Return the places; those without coordinates get them from the user's list."""
    by_name = {each.name: each for each in known}
    found = []
    for place in places:
        own = by_name.get(place.name)
        if own is not None and place.origin is PlaceOrigin.NONE:
            place = JourneyPlace(  # noqa: PLW2901 - the same place, with coordinates
                place.name,
                place.what,
                PlaceOrigin.LIST,
                own.latitude,
                own.longitude,
                place.source,
            )
        found.append(place)
    return tuple(found)
