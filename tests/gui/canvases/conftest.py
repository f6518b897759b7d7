"""Shared by the tests of the canvases: the shipped fonts and a theme."""

import pytest
from PySide6.QtWidgets import QApplication

from explorer.core.resources import resource
from explorer.gui.design.fonts import FontFamilies, register_fonts
from explorer.gui.design.theme import Theme


@pytest.fixture(scope="session")
def families(qapp: QApplication) -> FontFamilies:
    """Return the shipped fonts, registered once."""
    del qapp
    return register_fonts(resource("fonts"))


@pytest.fixture
def theme(families: FontFamilies) -> Theme:
    """Return a light English theme at scale 1."""
    return Theme(families)
