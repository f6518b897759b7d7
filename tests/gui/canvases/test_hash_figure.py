import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from explorer.core.absent import Absent
from explorer.gui.canvases.hash_figure import (
    MAX_PARTS,
    HashFigure,
    HashPart,
    HashPicture,
    PartRole,
    differing_places,
)
from explorer.gui.design.marks import Mark
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import DARK, Token

GOOD = hashlib.sha256(b"block").hexdigest()
OTHER = hashlib.sha256(b"another").hexdigest()
PARTS = (
    HashPart("number", "30", 3),
    HashPart("previous hash", "b022…62", 34, PartRole.LINKED),
    HashPart("data hash", "2127…04", 36, PartRole.CHOSEN),
)


def _picture(
    computed: str | Absent = GOOD, declared: str | Absent = GOOD
) -> HashPicture:
    return HashPicture(PARTS, "SHA-256", 73, computed, declared, "declared by block 31")


def _figure(theme: Theme, qtbot: QtBot, picture: HashPicture | None) -> HashFigure:
    figure = HashFigure(theme)
    qtbot.addWidget(figure)
    figure.show_picture(picture)
    figure.resize(332, figure.heightForWidth(332))
    figure.show()
    return figure


def _count(image: QImage, color: QColor) -> int:
    rgb = color.rgb()
    return sum(
        image.pixel(x, y) == rgb
        for y in range(image.height())
        for x in range(image.width())
    )


@pytest.mark.parametrize(
    ("computed", "declared", "mark", "word"),
    [
        (GOOD, GOOD, Mark.PASSED, "equal"),
        (OTHER, GOOD, Mark.FAILED, "does not match"),
        (GOOD, Absent.NOT_IN_EXPORT, Mark.INCONCLUSIVE, "could not be compared"),
        (Absent.UNREADABLE, GOOD, Mark.INCONCLUSIVE, "could not be compared"),
    ],
)
def test_the_comparison_is_said_in_words(
    theme: Theme,
    qtbot: QtBot,
    computed: str | Absent,
    declared: str | Absent,
    mark: Mark,
    word: str,
) -> None:
    picture = _picture(computed, declared)
    assert picture.mark is mark
    figure = _figure(theme, qtbot, picture)
    assert figure.accessibleDescription() == (
        f"number, previous hash, data hash: SHA-256 of 73 bytes: {word}"
    )


def test_equal_hashes_are_not_green_and_show_no_red(theme: Theme, qtbot: QtBot) -> None:
    image = _figure(theme, qtbot, _picture()).grab().toImage()
    assert _count(image, theme.color(Token.OK)) == 0
    assert _count(image, theme.color(Token.FAIL)) == 0


def test_differing_digits_are_boxed_and_only_they(theme: Theme, qtbot: QtBot) -> None:
    one = "0" if GOOD[0] != "0" else "1"
    image = _figure(theme, qtbot, _picture(one + GOOD[1:])).grab().toImage()
    few = _count(image, theme.color(Token.FAIL_BG))
    image = _figure(theme, qtbot, _picture(OTHER)).grab().toImage()
    assert 20 < few < _count(image, theme.color(Token.FAIL_BG)) / 10


@given(
    st.text("0123456789abcdef", max_size=80), st.text("0123456789abcdef", max_size=80)
)
def test_places_that_differ(computed: str, declared: str) -> None:
    places = differing_places(computed, declared)
    assert (not places) is (computed == declared)
    assert all(computed[at : at + 1] != declared[at : at + 1] for at in places)


def test_hovering_a_part_tells_which(theme: Theme, qtbot: QtBot) -> None:
    figure = _figure(theme, qtbot, _picture())
    middle = figure._part_rooms()[2].center().toPoint()
    with qtbot.waitSignal(figure.part_hovered, timeout=60_000) as told:
        QTest.mouseMove(figure, middle)
    assert told.args == [2]
    with qtbot.waitSignal(figure.part_chosen, timeout=60_000) as chosen:
        QTest.mouseClick(figure, Qt.MouseButton.LeftButton, pos=middle)
    assert chosen.args == [2]


def test_parts_can_be_reached_by_keys(theme: Theme, qtbot: QtBot) -> None:
    figure = _figure(theme, qtbot, _picture())
    figure.setFocus()
    qtbot.waitUntil(figure.hasFocus)
    with qtbot.waitSignal(figure.part_hovered, timeout=60_000) as told:
        QTest.keyClick(figure, Qt.Key.Key_Right)
    assert told.args == [1]
    with qtbot.waitSignal(figure.part_chosen, timeout=60_000) as chosen:
        QTest.keyClick(figure, Qt.Key.Key_Return)
    assert chosen.args == [1]


def test_many_parts_are_counted_and_none_is_dropped(theme: Theme, qtbot: QtBot) -> None:
    parts = tuple(HashPart(f"entry {n}", "…", 10) for n in range(300))
    picture = HashPicture(parts, "SM3", 3_000, GOOD, GOOD, "declared")
    figure = _figure(theme, qtbot, picture)
    shown = figure._shown_parts()
    assert len(shown) == MAX_PARTS
    assert shown[-1].name == "297 more parts"
    assert sum(part.size_bytes for part in shown) == 3_000
    rooms = figure._part_rooms()
    assert rooms[-1].right() <= figure.width()


@pytest.mark.parametrize("size", [16, 20, 32, 64])
@pytest.mark.parametrize("width", [200, 332, 700])
def test_hashes_of_every_length_stand_in_full(
    theme: Theme, qtbot: QtBot, size: int, width: int
) -> None:
    text = "ab" * size
    figure = _figure(theme, qtbot, _picture(text, text))
    figure.resize(width, figure.heightForWidth(width))
    per_line = 4 * figure._groups_per_line(width)
    cell = 6.7
    assert (per_line + per_line // 4) * cell <= width + 2 * cell
    assert not figure.grab().isNull()


def test_no_picture_takes_no_room(theme: Theme, qtbot: QtBot) -> None:
    figure = _figure(theme, qtbot, None)
    assert figure.heightForWidth(332) <= 1
    assert figure.accessibleDescription() == ""
    QTest.keyClick(figure, Qt.Key.Key_Return)


def test_the_figure_follows_the_theme(theme: Theme, qtbot: QtBot) -> None:
    figure = _figure(theme, qtbot, _picture(OTHER))
    before = figure.heightForWidth(332)
    theme.set_palette(DARK)
    assert _count(figure.grab().toImage(), theme.color(Token.FAIL_BG)) > 50
    theme.set_scale(2)
    assert figure.heightForWidth(332) > before
