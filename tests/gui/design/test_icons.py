import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from explorer.gui.design.icons import Icon, IconView, icon_pixmap, themed_icon
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import DARK, Token


@pytest.mark.parametrize("icon", Icon)
def test_every_icon_draws_something_within_its_square(icon: Icon, qtbot: QtBot) -> None:
    image = icon_pixmap(icon, 24, QColor("black")).toImage()
    drawn = [
        (x, y)
        for y in range(image.height())
        for x in range(image.width())
        if image.pixelColor(x, y).alpha() > 0
    ]
    edge = image.width() - 1
    assert len(drawn) > 40
    assert all(0 < x < edge and 0 < y < edge for x, y in drawn)


def test_an_icon_takes_the_colour_of_the_theme(theme: Theme, qtbot: QtBot) -> None:
    view = IconView(theme, Icon.LOCK, 18, Token.INK)
    qtbot.addWidget(view)
    light = view.grab().toImage()
    theme.set_palette(DARK)
    assert view.grab().toImage() != light
    assert not themed_icon(theme, Icon.COPY).isNull()
