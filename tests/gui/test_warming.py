"""Loading what is needed later, while nobody waits."""

import sys

import pytest
from pytestqt.qtbot import QtBot

from explorer.gui.tasks import QueryService
from explorer.gui.warming import LIBRARIES, Warming, modules

pytestmark = pytest.mark.gui


def test_all_modules_of_the_window_are_named() -> None:
    names = list(modules())
    assert "explorer.gui.views.frame" in names
    assert names.index("explorer.gui.canvases.chain_strip") < names.index(
        "explorer.gui.views.frame"
    )
    assert len(names) == len(set(names))


def test_everything_is_loaded_in_the_end(qtbot: QtBot, query: QueryService) -> None:
    warming = Warming(query)
    warming.start()
    wanted = {*LIBRARIES, *modules()}
    qtbot.waitUntil(lambda: wanted <= set(sys.modules), timeout=60_000)
