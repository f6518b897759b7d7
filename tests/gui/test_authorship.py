"""Who authored what: counts, the rest summed up, what is not recorded."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.core.resources import resource
from explorer.gui.design.fonts import register_fonts
from explorer.gui.design.theme import Theme
from explorer.gui.viewmodels.authorship import author_matrix
from explorer.gui.viewmodels.signers import Authorship
from explorer.gui.views.author_dots import AuthorDots

pytestmark = pytest.mark.gui


def _counts() -> list[Authorship]:
    return [
        Authorship("Orchard", "harvest", 170, 7),
        Authorship("Orchard", "delete", 3, 0),
        Authorship("Packer", "pack", 24, 0),
        Authorship("", "configure", 2, 0),
    ]


def test_frequent_kinds_and_authors_come_first() -> None:
    matrix = author_matrix(_counts())
    assert matrix.authors == ("Orchard", "Packer", "not recorded")
    assert matrix.kinds == ("harvest", "pack", "delete", "configure")
    assert [(c.entries, c.refused) for c in matrix.cells[0]] == [
        (170, 7),
        (0, 0),
        (3, 0),
        (0, 0),
    ]
    assert matrix.most == 170


def test_what_does_not_fit_is_summed_up() -> None:
    matrix = author_matrix(_counts(), most_kinds=2)
    assert matrix.kinds == ("harvest", "others")
    assert [cell.entries for cell in matrix.cells[0]] == [170, 3]
    assert sum(cell.entries for row in matrix.cells for cell in row) == 199


def test_nothing_makes_an_empty_matrix() -> None:
    assert author_matrix([]).most == 0


def test_the_picture_shows_as_many_kinds_as_fit(
    qtbot: QtBot, qapp: QApplication
) -> None:
    del qapp
    dots = AuthorDots(Theme(register_fonts(resource("fonts"))))
    qtbot.addWidget(dots)
    dots.resize(1200, 300)
    dots.show()
    dots.show_counts(_counts())
    assert len(dots.matrix.kinds) == 4
    dots.resize(470, 300)
    qtbot.waitUntil(lambda: dots.matrix.kinds == ("harvest", "pack", "others"))
    assert "Orchard: harvest 170" in dots.accessibleDescription()
