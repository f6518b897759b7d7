"""The chain as a card of the overview, and as the ruler of the other pages."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from explorer.gui.canvases.chain_strip import ChainStrip
from explorer.gui.canvases.strip_data import StripHover, StripPlace
from explorer.gui.design.controls import Card, ElidedLabel, Label
from explorer.gui.design.painting import TextStyle
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import SPACE_XL, Role, Token
from explorer.gui.translations import translate
from explorer.gui.viewmodels.case import CaseModel, PageName, Place, Visit
from explorer.gui.viewmodels.strip import StripModel
from explorer.gui.viewmodels.wording import counted, grouped, time_range_text


class ChainCard(Card):
    """The hero: every block, its entries, what the network refused, what failed."""

    visit_wanted = Signal(object)

    def __init__(self, theme: Theme, case: CaseModel, strip: StripModel) -> None:
        """Follow ``case`` and ``strip``."""
        super().__init__(theme)
        self._case, self._model = case, strip
        head = QHBoxLayout()
        head.setSpacing(theme.whole_px(14))
        title = translate("Chain", "The chain")
        head.addWidget(Label(theme, title, Role.TITLE))
        self._note = ElidedLabel(theme, "", TextStyle(Role.SMALL, Token.INK2))
        head.addWidget(self._note, 1)
        self._when = Label(theme, "", Role.SMALL, Token.INK2)
        head.addWidget(self._when)
        self.body.addLayout(head)
        self.strip = ChainStrip(theme)
        self.body.addWidget(self.strip)
        self.strip.block_selected.connect(self._select)
        self.strip.block_opened.connect(self._open)
        self.strip.hovered.connect(self._tell)
        strip.changed.connect(self._show_if_seen)
        case.report_changed.connect(self._show)
        case.selection_changed.connect(self._mark)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened behind another page."""
        super().showEvent(event)
        self._show()

    def _show_if_seen(self) -> None:
        if self.isVisible():
            self._show()

    def _show(self, _: object = None) -> None:
        self.strip.show_blocks(self._model.blocks)
        self.strip.set_events(self._model.events())
        ledger = self._case.ledger_report()
        times = (
            ""
            if ledger is None
            else (time_range_text(ledger.first_time_us, ledger.last_time_us))
        )
        self._when.setText(times)
        self._tell(None)
        self._mark()

    def _mark(self, _: object = None) -> None:
        height = self._case.selection.height
        if height is None:
            self.strip.select(-1)
        else:
            self.strip.select_height(height)

    def _select(self, place: StripPlace) -> None:
        self._case.select(Place(self._case.ledger, place.height))

    def _open(self, place: StripPlace) -> None:
        there = Place(self._case.ledger, place.height)
        self.visit_wanted.emit(Visit(PageName.INSPECT, there))

    def _tell(self, hover: StripHover | None) -> None:
        self._note.set_text(legend_text() if hover is None else hover_text(hover))


class Ruler(QWidget):
    """The chain in 34 px under the evidence bar; carries the selection."""

    def __init__(self, theme: Theme, case: CaseModel, strip: StripModel) -> None:
        """Follow ``case`` and ``strip``."""
        super().__init__()
        self._case, self._model = case, strip
        row = QHBoxLayout(self)
        side = theme.whole_px(SPACE_XL)
        row.setContentsMargins(side, theme.whole_px(4), side, theme.whole_px(4))
        self.strip = ChainStrip(theme, compact=True)
        row.addWidget(self.strip)
        self.strip.block_selected.connect(self._select)
        self.strip.hovered.connect(self._tell)
        strip.changed.connect(self._show_if_seen)
        case.selection_changed.connect(self._mark)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened behind the overview."""
        super().showEvent(event)
        self._show()

    def _show_if_seen(self) -> None:
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        self.strip.show_blocks(self._model.blocks)
        self._mark()

    def _mark(self, _: object = None) -> None:
        height = self._case.selection.height
        if height is None:
            self.strip.select(-1)
        else:
            self.strip.select_height(height)

    def _select(self, place: StripPlace) -> None:
        self._case.select(Place(self._case.ledger, place.height))

    def _tell(self, hover: StripHover | None) -> None:
        self.strip.setToolTip("" if hover is None else hover_text(hover))


def legend_text() -> str:
    """Return how the strip is read."""
    return translate(
        "Chain",
        "each column is a block, its height the number of entries; hollow boxes below "
        "the line are entries the network itself refused",
    )


def hover_text(hover: StripHover) -> str:
    """Return what lies under the pointer."""
    first, last = hover.blocks.first.height, hover.blocks.last.height
    if first == last:
        place = translate("Chain", "block {0}").format(grouped(first))
    else:
        place = translate("Chain", "blocks {0} to {1}").format(
            grouped(first), grouped(last)
        )
    parts = [
        place,
        counted(
            hover.entries,
            translate("Chain", "1 entry"),
            translate("Chain", "{0} entries"),
        ),
    ]
    if hover.refused:
        parts.append(
            translate("Chain", "{0} refused by the network").format(
                grouped(hover.refused)
            )
        )
    return " · ".join(parts)
