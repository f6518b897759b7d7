from typing import cast

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.gui.design.style import AppStyle, style_sheet
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import DARK, Token


def test_the_application_is_dressed_again_when_the_theme_changes(
    theme: Theme, qtbot: QtBot
) -> None:
    application = cast("QApplication", QApplication.instance())
    before = application.styleSheet()
    style = AppStyle(application, theme)
    theme.set_palette(DARK)
    window = application.palette().color(QPalette.ColorRole.Window)
    assert window == theme.color(Token.PAPER)
    assert application.styleSheet() == style_sheet(theme)
    style.deleteLater()
    application.setStyleSheet(before)
