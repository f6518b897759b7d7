from PySide6.QtGui import QFont, QPalette
from pytestqt.qtbot import QtBot

from explorer.gui.design.theme import MOST_SCALE, Theme
from explorer.gui.design.tokens import DARK, LIGHT, Role, Token
from explorer.reports.words import Language


def test_each_change_is_told_once(theme: Theme, qtbot: QtBot) -> None:
    told: list[str] = []
    theme.changed.connect(lambda: told.append("changed"))
    theme.set_palette(DARK)
    theme.set_palette(DARK)
    theme.set_language(Language.ZH)
    theme.set_scale(1.5)
    theme.set_scale(1.5)
    theme.set_motion(allowed=False)
    assert len(told) == 4
    assert not theme.has_motion


def test_scale_is_held_within_bounds(theme: Theme) -> None:
    theme.set_scale(40)
    assert theme.scale == MOST_SCALE
    assert theme.font(Role.BODY).pixelSize() == 39
    assert theme.px(10) == 30


def test_colours_follow_the_palette(theme: Theme) -> None:
    assert theme.hex(Token.PAPER) == LIGHT.colors[Token.PAPER].lower()
    theme.set_palette(DARK)
    assert theme.color(Token.PAPER).name().upper() == DARK.colors[Token.PAPER]
    window = theme.qt_palette().color(QPalette.ColorRole.Window)
    assert window.name().upper() == DARK.colors[Token.PAPER]


def test_figures_are_tabular_and_evidence_has_no_ligatures(theme: Theme) -> None:
    assert theme.font(Role.BODY).featureValue(QFont.Tag("tnum")) == 1
    assert theme.font(Role.MONO).isFeatureSet(QFont.Tag("calt"))
    assert theme.font(Role.MONO).featureValue(QFont.Tag("calt")) == 0
    assert theme.width("111", Role.BODY) == theme.width("888", Role.BODY)


def test_arrows_of_evidence_stay_apart(theme: Theme) -> None:
    single = theme.width("-", Role.MONO) + theme.width(">", Role.MONO)
    assert theme.width("->", Role.MONO) == single
