"""Loads what an open evidence needs, while the start page is looked at.

Libraries load in the query thread; the modules with widgets load in the window's
thread, one after the other, so that none of them holds it up for long.
"""

import importlib
import pkgutil
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QObject, QTimer

import explorer.gui.canvases
import explorer.gui.viewmodels
import explorer.gui.views
from explorer.gui.tasks import QueryService

LIBRARIES = (
    "numpy",
    "explorer.session.showing",
    "explorer.session.tracing",
    "explorer.session.options",
    "explorer.store.queries",
)
PACKAGES = (explorer.gui.canvases, explorer.gui.viewmodels, explorer.gui.views)
PAUSE_MS = 10


class Warming(QObject):
    """Imports modules one by one when there is nothing else to do."""

    def __init__(self, query: QueryService, parent: QObject | None = None) -> None:
        """Import nothing yet."""
        super().__init__(parent)
        self._query = query
        self._left = modules()
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._load_next)

    def start(self) -> None:
        """Begin; views follow when the libraries are there."""
        self._query.run(
            lambda: load(LIBRARIES), lambda _: self._pause.start(), owner=self
        )

    def _load_next(self) -> None:
        name = next(self._left, None)
        if name is not None:
            load((name,))
            self._pause.start()


def modules() -> Iterator[str]:
    """Yield the names of the window's modules, those that use others last."""
    for package in PACKAGES:
        for module in pkgutil.iter_modules(package.__path__):
            yield f"{package.__name__}.{module.name}"


def load(names: Sequence[str]) -> None:
    """Import modules by their names."""
    for name in names:
        importlib.import_module(name)
