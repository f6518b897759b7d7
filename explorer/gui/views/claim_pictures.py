"""The journey on the claim page: map and time line, each with its table twin."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from explorer.gui.canvases.journey_map import JourneyMap, MapPicture
from explorer.gui.canvases.time_ties import TimeTies
from explorer.gui.design.controls import Button, ButtonKind, Card, Label, SectionHeader
from explorer.gui.design.icons import Icon
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import HEIGHT_HOP_ROW, Role, Token
from explorer.gui.translations import current_language, translate
from explorer.gui.viewmodels.claim_cells import (
    map_places,
    place_heads,
    place_rows,
    ties,
    time_heads,
    time_rows,
    unplaced,
)
from explorer.gui.views.cell_table import CellTable
from explorer.model.claim_sheets import ClaimSheet, JourneyPlace
from explorer.reports.claim_words import word
from explorer.session.outlines import Outline, coast


class PictureCard(Card):
    """A picture that can be turned into its table and back."""

    entry_opened = Signal(object)
    """``EntryPlace``"""

    def __init__(
        self, theme: Theme, title: str, note: str, picture: QWidget, table: CellTable
    ) -> None:
        """Show the picture."""
        super().__init__(theme, padding=(16, 14))
        self._stack = QStackedWidget()
        self._stack.addWidget(picture)
        holder = QWidget()
        self._stack.addWidget(holder)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(table)
        column.addStretch(1)
        self.head = SectionHeader(theme, title, note)
        self.turn = Button(theme, translate("Claim", "As table"), ButtonKind.LINK)
        self.turn.clicked.connect(self._turn)
        self.head.add_action(self.turn)
        self.body.addWidget(self.head)
        self.body.addWidget(self._stack, 1)
        table.entry_opened.connect(self.entry_opened)
        self._fit()

    def _fit(self) -> None:
        """Let only the side that is shown take room."""
        for number in range(self._stack.count()):
            is_shown = number == self._stack.currentIndex()
            policy = QSizePolicy.Policy
            high = policy.Preferred if is_shown else policy.Ignored
            side = self._stack.widget(number)
            if side is not None:
                side.setSizePolicy(policy.Preferred, high)
        self._stack.updateGeometry()

    def _turn(self) -> None:
        is_picture = self._stack.currentIndex() == 0
        self._stack.setCurrentIndex(int(is_picture))
        self._fit()
        as_table = translate("Claim", "As table")
        as_picture = translate("Claim", "As picture")
        self.turn.setText(as_picture if is_picture else as_table)


class MapCard(PictureCard):
    """The map with what could not be placed."""

    file_wanted = Signal()
    """The user wants to load places or lines of their own."""

    def __init__(self, theme: Theme) -> None:
        """Show the coast alone."""
        self.map = JourneyMap(theme)
        table = CellTable(
            theme, place_heads(), (0, 120, 70), row_px=HEIGHT_HOP_ROW, most_rows=6
        )
        title = word("journey", current_language())
        super().__init__(theme, title, "", self.map, table)
        self._table = table
        load = Button(theme, translate("Claim", "Places or map…"), ButtonKind.LINK)
        load.clicked.connect(self.file_wanted)
        fit = Button(
            theme, icon=Icon.FIT, name=translate("Claim", "Show the whole journey")
        )
        fit.clicked.connect(self.map.fit)
        zoom_in = Button(theme, icon=Icon.PLUS, name=translate("Claim", "Nearer"))
        zoom_in.clicked.connect(lambda: self.map.zoom(1.6))
        zoom_out = Button(theme, icon=Icon.MINUS, name=translate("Claim", "Farther"))
        zoom_out.clicked.connect(lambda: self.map.zoom(1 / 1.6))
        for button in (load, zoom_out, zoom_in, fit):
            self.head.add_action(button)
        self._missing = Label(theme, "", Role.SMALL, Token.INK2, wrap=True)
        self.body.addWidget(self._missing)
        self.map.entry_chosen.connect(self.entry_opened)
        self._coasts: tuple[Outline, Outline] | None = None

    def show_places(
        self, places: Sequence[JourneyPlace], outline: Outline | None
    ) -> None:
        """Show these places over the coast and the user's own lines."""
        if self._coasts is None:
            self._coasts = (coast("50m"), coast("110m"))
        near, far = self._coasts
        drawn = map_places(places)
        shore = near if drawn else far
        self.map.set_picture(MapPicture(drawn, shore, far, outline))
        self._table.show_rows(place_rows(places))
        names = unplaced(places)
        text = translate("Claim", "Not placed, no coordinates in the data: {0}")
        nothing = translate("Claim", "No record here gives coordinates.")
        coastal = translate(
            "Claim", "Coast only, no borders. The way between places is inferred."
        )
        parts = [text.format(" · ".join(names[:12]))] if names else []
        self._missing.setText("\n".join([*parts, coastal if drawn else nothing]))


class TimeCard(PictureCard):
    """The time line."""

    def __init__(self, theme: Theme) -> None:
        """Show nothing yet."""
        self.line = TimeTies(theme)
        table = CellTable(
            theme, time_heads(), (0, 128, 150), row_px=HEIGHT_HOP_ROW, most_rows=6
        )
        title = word("time-line", current_language())
        note = translate("Claim", "slope = delay between event and record")
        super().__init__(theme, title, note, self.line, table)
        self._table = table
        self.line.entry_chosen.connect(self.entry_opened)

    def show_sheet(self, sheet: ClaimSheet) -> None:
        """Show the entries of a sheet."""
        self.line.set_ties(ties(sheet))
        self._table.show_rows(time_rows(sheet))


def is_place_list(path: Path) -> bool:
    """Return whether a file is read as a list of places rather than as lines."""
    return path.suffix.lower() in {".csv", ".tsv", ".txt"}
