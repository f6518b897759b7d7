import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from explorer.gui.design.controls import (
    Button,
    ButtonKind,
    Card,
    Chip,
    EditState,
    ElidedLabel,
    FilterChip,
    Hairline,
    Label,
    LineEdit,
    Overline,
    SectionHeader,
    plain_tooltip,
)
from explorer.gui.design.icons import Icon
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import DARK, LEAST_TARGET, Role, Token

MARK_UP = "<b>fine</b> & <img src=x>"


def test_labels_show_mark_up_as_it_is(theme: Theme, qtbot: QtBot) -> None:
    card = Card(theme)
    qtbot.addWidget(card)
    for widget in (
        Label(theme, MARK_UP),
        Chip(theme, MARK_UP),
        Overline(theme, MARK_UP),
        SectionHeader(theme, "Title", MARK_UP),
    ):
        card.body.addWidget(widget)
    labels = card.findChildren(QLabel)
    assert len(labels) == 5
    assert {each.textFormat() for each in labels} == {Qt.TextFormat.PlainText}


def test_tool_tips_are_escaped(theme: Theme, qtbot: QtBot) -> None:
    label = ElidedLabel(theme, MARK_UP)
    qtbot.addWidget(label)
    assert "<img" not in label.toolTip()
    assert "&lt;img src=x&gt;" in plain_tooltip(MARK_UP)
    assert label.text() == MARK_UP


@pytest.mark.parametrize("kind", ButtonKind)
def test_targets_are_large_enough(theme: Theme, qtbot: QtBot, kind: ButtonKind) -> None:
    button = Button(theme, "Go", kind)
    qtbot.addWidget(button)
    assert button.height() >= LEAST_TARGET
    assert button.focusPolicy() is Qt.FocusPolicy.StrongFocus


def test_a_button_with_an_icon_alone_has_a_name(theme: Theme, qtbot: QtBot) -> None:
    button = Button(theme, icon=Icon.FIT, name="Fit <all>")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Fit <all>"
    assert "<all>" not in button.toolTip()
    assert button.width() == button.height()


def test_the_ring_shows_where_the_keyboard_is(theme: Theme, qtbot: QtBot) -> None:
    button = Button(theme, "Go")
    qtbot.addWidget(button)
    button.show()
    before = button.grab().toImage()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    accent = theme.color(Token.ACCENT).rgb()
    middle = before.height() // 2
    assert before.pixel(1, middle) != accent
    assert button.grab().toImage().pixel(1, middle) == accent


def test_everything_follows_theme_and_scale(theme: Theme, qtbot: QtBot) -> None:
    card = Card(theme)
    qtbot.addWidget(card)
    label, button = Label(theme, "a", Role.TITLE), Button(theme, "b")
    edit, chip = LineEdit(theme, "find", icon=Icon.SEARCH), FilterChip(theme, "c")
    for widget in (label, button, edit, chip, Hairline(theme)):
        card.body.addWidget(widget)
    theme.set_palette(DARK)
    theme.set_scale(2)
    assert label.font().pixelSize() == 36
    assert theme.hex(Token.INK) in label.styleSheet()
    assert (button.height(), edit.height(), chip.height()) == (64, 64, 48)
    assert theme.hex(Token.SURFACE) in card.styleSheet()


def test_an_edit_says_red_for_wrong_and_never_green(theme: Theme, qtbot: QtBot) -> None:
    edit = LineEdit(theme, "filter", mono=True)
    qtbot.addWidget(edit)
    for state in EditState:
        edit.set_state(state)
        assert theme.hex(Token.OK) not in edit.styleSheet()
    assert theme.hex(Token.FAIL) in edit.styleSheet()
    edit.set_state(EditState.UNDERSTOOD)
    assert theme.hex(Token.ACCENT) in edit.styleSheet()


def test_an_elided_label_keeps_its_whole_text(theme: Theme, qtbot: QtBot) -> None:
    label = ElidedLabel(theme, "a" * 400)
    qtbot.addWidget(label)
    label.resize(40, 20)
    assert not label.grab().isNull()
    assert label.accessibleName() == "a" * 400
