"""Loads what an open evidence needs, while the start page is looked at.

Libraries load in the query thread; the modules with widgets load in the window's
thread, one after the other, so that none of them holds it up for long.
"""

import importlib
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer

from explorer.gui.tasks import QueryService

LIBRARIES = (
    "numpy",
    "explorer.session.showing",
    "explorer.store.queries",
    "explorer.session.options",
)
VIEWS = (
    "explorer.gui.canvases.chain_strip",
    "explorer.gui.views.overview_page",
    "explorer.gui.views.findings_page",
    "explorer.gui.views.frame",
    "explorer.gui.views.inspect_page",
    "explorer.gui.views.provenance_page",
)
PAUSE_MS = 20


class Warming(QObject):
    """Imports modules one by one when there is nothing else to do."""

    def __init__(self, query: QueryService, parent: QObject | None = None) -> None:
        """Import nothing yet."""
        super().__init__(parent)
        self._query = query
        self._left = list(VIEWS)
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._load_next)

    def start(self) -> None:
        """Begin; views follow when the libraries are there."""
        self._query.run(
            lambda: load(LIBRARIES), lambda _: self._pause.start(), owner=self
        )

    def stop(self) -> None:
        """Load no more."""
        self._left = []

    def _load_next(self) -> None:
        if self._left:
            load((self._left.pop(0),))
            self._pause.start()


def load(names: Sequence[str]) -> None:
    """Import modules by their names."""
    for name in names:
        importlib.import_module(name)
