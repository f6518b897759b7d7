"""The map: what is drawn for places of the data, of the user's list, and for none."""

import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from explorer.gui.canvases.journey_data import MapPlace
from explorer.gui.canvases.journey_map import (
    JourneyMap,
    MapPicture,
    degrees,
    paint_journey,
    paths_of,
)
from explorer.gui.canvases.map_view import fitted
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import DARK, Token
from explorer.model.claim_sheets import EntryPlace
from explorer.session.outlines import Outline, coast, read_outline

ORCHARD = MapPlace("GY03", "grown", 33.12, 116.9, False, EntryPlace(5, 3))
SHOP = MapPlace("云泊市", "scanned", 31.15, 117.35, False, EntryPlace(132, 0))
GUESSED = MapPlace("Store", "from your list", 32.0, 118.9, True, EntryPlace(42, 0))


def picture(*places: MapPlace, own: Outline | None = None) -> MapPicture:
    world = coast("110m")
    return MapPicture(places, world, world, own)


def drawn(theme: Theme, shown: MapPicture, width: int = 500, high: int = 320) -> QImage:
    image = QImage(width, high, QImage.Format.Format_RGB32)
    image.fill(QColor("magenta"))
    painter = QPainter(image)
    points = [(p.longitude, p.latitude) for p in shown.places]
    view = fitted(points, width, high)
    paint_journey(painter, theme, shown, paths_of(shown), view)
    painter.end()
    return image


def count(image: QImage, color: QColor) -> int:
    return sum(
        image.pixelColor(x, y) == color
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    )


def test_land_and_sea_fill_the_map(theme: Theme) -> None:
    image = drawn(theme, picture())
    assert count(image, QColor("magenta")) == 0
    assert count(image, theme.color(Token.LAND)) > 3_000
    assert count(image, theme.color(Token.SEA)) > 3_000


def test_places_can_be_pressed_where_they_are(theme: Theme) -> None:
    shown = picture(ORCHARD, SHOP)
    image = QImage(500, 320, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    view = fitted([(116.9, 33.12), (117.35, 31.15)], 500, 320)
    targets = paint_journey(painter, theme, shown, paths_of(shown), view)
    painter.end()
    assert [entry for _, entry in targets] == [EntryPlace(5, 3), EntryPlace(132, 0)]
    room = targets[0][0]
    assert room.contains(QPointF(view.x(116.9), view.y(33.12)))
    assert room.width() >= 24


def test_a_place_of_the_users_list_is_a_ring_and_not_a_dot(theme: Theme) -> None:
    accent = theme.color(Token.ACCENT)
    filled = count(drawn(theme, picture(ORCHARD)), accent)
    ring = drawn(theme, picture(GUESSED))
    assert count(ring, accent) < filled


def test_two_places_side_by_side_are_two_dots(theme: Theme) -> None:
    near = MapPlace("GY04", "grown", 33.121, 116.901, False, EntryPlace(5, 4))
    accent = theme.color(Token.ACCENT)
    one = count(drawn(theme, picture(ORCHARD)), accent)
    assert count(drawn(theme, picture(ORCHARD, near)), accent) > 1.4 * one


def test_the_users_own_lines_are_drawn_over_the_coast(
    theme: Theme, tmp_path: Path
) -> None:
    path = tmp_path / "lines.geojson"
    line = {"type": "LineString", "coordinates": [[112, 31], [122, 35]]}
    path.write_text(json.dumps(line))
    plain = drawn(theme, picture(ORCHARD))
    assert drawn(theme, picture(ORCHARD, own=read_outline(path))) != plain


def test_the_dark_map_is_dark(theme: Theme) -> None:
    theme.set_palette(DARK)
    image = drawn(theme, picture(ORCHARD, SHOP))
    assert count(image, QColor(DARK.colors[Token.LAND])) > 3_000


@pytest.mark.parametrize(
    ("value", "text"), [(34.0, "34° N"), (-12.5, "12.5° S"), (0.0, "0°")]
)
def test_degrees_are_told_with_their_side(value: float, text: str) -> None:
    assert degrees(value, "N", "S") == text


@pytest.fixture
def shown_map(theme: Theme, qtbot: QtBot) -> JourneyMap:
    widget = JourneyMap(theme)
    qtbot.addWidget(widget)
    widget.resize(500, 320)
    widget.set_picture(picture(ORCHARD, SHOP, GUESSED))
    widget.show()
    widget.grab()
    return widget


def test_pressing_a_place_opens_its_entry(shown_map: JourneyMap, qtbot: QtBot) -> None:
    view = shown_map.view()
    at = QPoint(round(view.x(116.9)), round(view.y(33.12)))
    with qtbot.waitSignal(shown_map.entry_chosen) as caught:
        QTest.mouseClick(shown_map, Qt.MouseButton.LeftButton, pos=at)
    assert caught.args == [EntryPlace(5, 3)]


def test_dragging_moves_and_fit_brings_it_back(
    shown_map: JourneyMap, qtbot: QtBot
) -> None:
    before = shown_map.view()
    QTest.mousePress(shown_map, Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    move = QPoint(140, 80)
    QTest.mouseMove(shown_map, move)
    QTest.mouseRelease(shown_map, Qt.MouseButton.LeftButton, pos=move)
    shown_map.zoom(2.0)
    assert shown_map.view().span < before.span
    shown_map.fit()
    assert shown_map.view() == before


def wheel(widget: QWidget, modifiers: Qt.KeyboardModifier) -> QWheelEvent:
    at = QPointF(100, 100)
    return QWheelEvent(
        at, widget.mapToGlobal(at), QPoint(), QPoint(0, 240),
        Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip


def test_the_wheel_scrolls_the_page_unless_ctrl_is_held(shown_map: JourneyMap) -> None:
    before = shown_map.view().span
    plain = wheel(shown_map, Qt.KeyboardModifier.NoModifier)
    shown_map.wheelEvent(plain)
    assert shown_map.view().span == before
    assert not plain.isAccepted()
    shown_map.wheelEvent(wheel(shown_map, Qt.KeyboardModifier.ControlModifier))
    assert shown_map.view().span < before


def test_the_names_are_told_without_the_picture(shown_map: JourneyMap) -> None:
    assert shown_map.accessibleDescription() == "GY03, 云泊市, Store"


def test_a_file_with_a_point_far_away_draws_nothing_wrong(theme: Theme) -> None:
    far = np.array([[1e30, 1e30], [-1e30, 5]], np.float32)
    drawn(theme, picture(ORCHARD, own=Outline((far,), is_land=False)))
