"""What every page of the window is: a widget that shows the open case.

Pages are made anew when language, theme or scale changes, so they set texts and colours
once, in ``__init__``. What must survive (scroll positions, a typed filter, the traced
item) goes through ``memory`` and ``recall``.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from explorer.gui.design.theme import Theme
from explorer.gui.viewmodels.case import CaseModel, Place
from explorer.gui.viewmodels.preferences import Preferences


class Page(QWidget):
    """One page of the window.

    A page never jumps to another page itself: it emits ``visit_wanted`` and the window
    goes there and writes the history. What is selected goes through
    ``case.select(place)``; all pages and the ruler follow ``case.selection_changed``.
    """

    visit_wanted = Signal(object)
    """A ``viewmodels.case.Visit``: the user asked for a place on a page."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Look as ``theme`` says; the window makes a new page when it changes."""
        super().__init__(parent)
        self.theme = theme

    def title(self) -> str:
        """Return the name of the page in the language of the window."""
        return ""

    def show_case(self, case: CaseModel) -> None:
        """Show ``case`` from now on; called once, right after the page was made.

        The case may hold nothing yet, or be in the middle of a verification. Connect to
        its signals here; ask for data only through ``case.query.ask(..., owner=self)``.
        """

    def go_to(self, place: Place) -> None:
        """Bring ``place`` into view; called when the window arrives at the page.

        ``case.selection`` is ``place`` already. A place without height means the page
        as it is.
        """

    def memory(self) -> object:
        """Return what ``recall`` needs to bring this page back as the user left it."""
        return None

    def recall(self, memory: object) -> None:
        """Take what ``memory`` of the page before this one returned."""

    def add_files(self, paths: Sequence[Path]) -> None:
        """Take dropped photos and documents, if the page can (Claim does)."""
        del paths

    def keep_filters(self, preferences: Preferences) -> None:
        """Keep filters in ``preferences``, if the page has a filter line."""
        del preferences

    def search_text(self, text: str) -> bool:
        """Take the words that were typed into the search field, if the page can.

        Returns whether the page takes them (Inspect does); else the window goes there.
        """
        del text
        return False
