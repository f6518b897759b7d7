"""The provenance canvas: what it draws, how it moves, what it tells."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.gui.canvases.graph_picture import (
    EdgeLine,
    GraphPicture,
    Lane,
    NodeBox,
    NodeShape,
    TraceWish,
    computed_columns,
    picture_of,
)
from explorer.gui.canvases.provenance_canvas import ProvenanceCanvas
from explorer.gui.canvases.provenance_edges import MOST_LINES
from explorer.gui.canvases.provenance_insets import Inset
from explorer.gui.canvases.provenance_nodes import is_id
from explorer.gui.canvases.provenance_painting import MOST_NODES
from explorer.gui.canvases.provenance_view import Level, View, level_of
from explorer.gui.design.marks import Mark
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import DARK, Token
from explorer.gui.viewmodels.provenance_scene import (
    Scene,
    SceneEdge,
    SceneLane,
    SceneNode,
    Shape,
)
from explorer.model.statements import FactGrade
from explorer.provenance.trace import Direction
from tests.gui.canvases.pictures import large_picture, pear_picture

Key = Qt.Key


@pytest.fixture
def canvas(theme: Theme, qtbot: QtBot) -> ProvenanceCanvas:
    widget = ProvenanceCanvas(theme)
    qtbot.addWidget(widget)
    widget.resize(1065, 660)
    widget.show()
    widget.set_picture(pear_picture())
    return widget


def middle_of(canvas: ProvenanceCanvas, key: str) -> QPoint:
    node = canvas._graph.numbers[key]
    left, top, right, bottom = canvas._graph.box(node)
    view = canvas._view
    x, y = view.at_x((left + right) / 2), view.at_y((top + bottom) / 2)
    return QPoint(round(x), round(y))


def color_at(canvas: ProvenanceCanvas, at: QPoint) -> QColor:
    return canvas.grab().toImage().pixelColor(at)


def wheel(
    canvas: ProvenanceCanvas,
    at: QPoint,
    turn: int,
    held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    event = QWheelEvent(
        QPointF(at), QPointF(at), QPoint(), QPoint(0, turn),
        Qt.MouseButton.NoButton, held, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


# -- the picture --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        ({"nodes": (NodeBox("a", "a"), NodeBox("a", "b"))}, "same key"),
        ({"edges": (EdgeLine("a", "b", FactGrade.SIGNED),)}, "ends at no node"),
        ({"nodes": (NodeBox("a", "a", lane=1),)}, "in no lane"),
    ],
)
def test_picture_that_cannot_be_drawn_is_refused(
    picture: dict[str, tuple[NodeBox, ...]], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        GraphPicture(**picture)  # type: ignore[arg-type] # one field each


def test_scene_becomes_a_picture_that_keeps_every_state() -> None:
    node = SceneNode("k", "T", "s", Shape.FOLDED, 2, 0, ("a", "b"), (4, 1), (3,))
    failed = replace(node, key="f", shape=Shape.ORIGIN, is_failed=True, is_path=True)
    edge = SceneEdge("k", "f", FactGrade.STATED, (3,), is_struck=True)
    lanes = (SceneLane("L", "N"),)
    picture = picture_of(Scene(("head",), lanes, (node, failed), (edge,), True))
    assert picture.nodes[0].is_folded
    assert picture.nodes[0].place == "4:1"
    assert picture.nodes[1].shape is NodeShape.PLACE
    assert picture.nodes[1].mark is Mark.FAILED
    assert picture.edges == (
        EdgeLine("k", "f", FactGrade.STATED, hops=(3,), is_struck=True),
    )
    assert picture.lanes == (Lane("L", "N"),)
    assert picture.is_fictional
    assert picture_of(Scene()).nodes == ()


def test_columns_can_be_computed_from_edges() -> None:
    nodes = [NodeBox(key, key) for key in "abc"]
    edges = [EdgeLine("a", "b", FactGrade.SIGNED), EdgeLine("b", "c", FactGrade.SIGNED)]
    assert computed_columns(nodes, edges) == [0, 1, 2]


# -- painting -----------------------------------------------------------------------


def test_everything_is_in_view_at_first(canvas: ProvenanceCanvas) -> None:
    canvas.grab()
    assert canvas.facts.level is Level.LINES
    assert canvas.facts.nodes == len(canvas.picture().nodes)
    assert canvas.facts.left_out == 0


def test_path_is_filled_and_context_is_not(
    canvas: ProvenanceCanvas, theme: Theme
) -> None:
    beside = QPoint(0, -14)
    on_path = color_at(canvas, middle_of(canvas, "HB20260001") + beside)
    off_path = color_at(canvas, middle_of(canvas, "HB20260000") + beside)
    assert on_path == theme.color(Token.ACCENT_BG)
    assert off_path == theme.color(Token.SURFACE)


def test_warning_has_its_own_ground(canvas: ProvenanceCanvas, theme: Theme) -> None:
    at = middle_of(canvas, "ZH001") + QPoint(0, -14)
    assert color_at(canvas, at) == theme.color(Token.FAIL_BG)


def test_another_theme_is_drawn_at_once(canvas: ProvenanceCanvas, theme: Theme) -> None:
    corner = QPoint(canvas.width() - 30, canvas.height() // 2)
    light = color_at(canvas, corner)
    theme.set_palette(DARK)
    dark = color_at(canvas, corner)
    assert light.lightness() > 200
    assert dark.lightness() < 60


def test_selection_changes_what_is_drawn(canvas: ProvenanceCanvas) -> None:
    before = canvas.grab().toImage()
    canvas.select("FJ20261B")
    assert canvas.grab().toImage() != before
    canvas.select("")
    assert canvas.grab().toImage() == before


def test_made_up_data_is_marked(canvas: ProvenanceCanvas) -> None:
    marked = canvas.grab().toImage()
    canvas.set_picture(replace(pear_picture(), is_fictional=False))
    assert canvas.grab().toImage() != marked


def test_empty_picture_says_so(theme: Theme, qtbot: QtBot) -> None:
    widget = ProvenanceCanvas(theme)
    qtbot.addWidget(widget)
    widget.resize(400, 300)
    widget.grab()
    assert widget.accessibleDescription() == "Nothing is drawn."
    QTest.keyClick(widget, Key.Key_Right)
    QTest.keyClick(widget, Key.Key_P)
    assert widget.selected_key() == ""


@pytest.mark.parametrize(
    ("zoom", "level"),
    [
        (0.1, Level.DENSITY),
        (0.15, Level.CLUSTERS),
        (0.4, Level.IDS),
        (0.9, Level.LINES),
        (1.6, Level.CARDS),
    ],
)
def test_zoom_gives_the_level(
    canvas: ProvenanceCanvas, zoom: float, level: Level
) -> None:
    assert level_of(zoom) is level
    canvas.look_at("X00012", zoom)
    assert not canvas.grab().isNull()
    assert canvas.facts.level is level


def test_crowd_of_nodes_is_drawn_as_clusters(canvas: ProvenanceCanvas) -> None:
    nodes = tuple(NodeBox(f"n{n}", f"n{n}", column=n % 40) for n in range(2000))
    canvas.resize(3000, 2000)
    canvas.set_picture(GraphPicture(nodes))
    canvas.look_at("n1000", 0.45)
    canvas.grab()
    assert canvas.facts.nodes > MOST_NODES
    assert canvas.facts.level is Level.CLUSTERS


def test_crowd_of_lines_is_limited_and_says_what_is_left_out(
    canvas: ProvenanceCanvas,
) -> None:
    canvas.resize(3000, 2000)
    canvas.set_picture(large_picture(4000))
    canvas.look_at("n2000", 0.4)
    canvas.grab()
    facts = canvas.facts
    path = sum(each.is_path for each in canvas.picture().edges)
    assert facts.lines <= MOST_LINES + path
    assert facts.left_out > 0


def test_ids_are_told_from_words() -> None:
    assert is_id("PC20260002")
    assert not is_id("label photo")
    assert not is_id("翠冠2")
    assert not is_id("received")


# -- export -------------------------------------------------------------------------


def test_export_holds_the_whole_picture_and_a_footer(
    canvas: ProvenanceCanvas, theme: Theme
) -> None:
    canvas.zoom_by(3)
    plain = canvas.export_image(ratio=1)
    noted = canvas.export_image("SHA-256 bb68…88c", ratio=1)
    size = canvas.export_size()
    assert (plain.width(), plain.height()) == (
        round(size.width()),
        round(size.height()),
    )
    assert noted.height() > plain.height()
    for image, token in ((noted, Token.SUNKEN), (plain, Token.SURFACE)):
        foot = QPoint(image.width() - 4, image.height() - 4)
        assert image.pixelColor(foot) == theme.color(token)


def test_long_footer_is_wrapped_not_cut(canvas: ProvenanceCanvas) -> None:
    canvas.set_picture(GraphPicture((NodeBox("a", "a"),)))
    places = ", ".join(f"{block}:0" for block in range(300))
    one, many = canvas.export_size("short"), canvas.export_size(places)
    assert one.width() == many.width() == 720
    assert many.height() > one.height() + 40
    assert not canvas.export_image(places, 1).isNull()


def test_export_leaves_the_view_as_it_was(canvas: ProvenanceCanvas) -> None:
    canvas.look_at("GY01", 2.0)
    before = canvas._view
    image = QImage(500, 300, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    canvas.paint_to(painter, QSizeF(500, 300), "foot")
    painter.end()
    assert canvas._view == before


# -- the view -----------------------------------------------------------------------


def test_wheel_keeps_the_point_under_the_pointer(canvas: ProvenanceCanvas) -> None:
    at = middle_of(canvas, "FJ20261A")
    before = canvas.zoom()
    wheel(canvas, at, 240)
    assert canvas.zoom() > before * 1.3
    assert (middle_of(canvas, "FJ20261A") - at).manhattanLength() <= 2


def test_shift_wheel_moves_sideways_only(canvas: ProvenanceCanvas) -> None:
    canvas.look_at("FJ20261A", 1.5)
    at = middle_of(canvas, "FJ20261A")
    wheel(canvas, at, 120, Qt.KeyboardModifier.ShiftModifier)
    moved = middle_of(canvas, "FJ20261A") - at
    assert abs(moved.x()) > 50
    assert moved.y() == 0


def test_dragging_the_ground_moves_it_and_selects_nothing(
    canvas: ProvenanceCanvas, qtbot: QtBot
) -> None:
    canvas.look_at("FJ20261A", 1.5)
    before = middle_of(canvas, "FJ20261A")
    start = QPoint(500, 640)
    with qtbot.assertNotEmitted(canvas.node_selected):
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(canvas, start + QPoint(-20, 0))
        QTest.mouseMove(canvas, start + QPoint(-60, -10))
        QTest.mouseRelease(
            canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(-60, -10)
        )
    assert middle_of(canvas, "FJ20261A") - before == QPoint(-60, -10)


def test_picture_cannot_be_lost_out_of_view(canvas: ProvenanceCanvas) -> None:
    canvas.pan(1e7, -1e7)
    left, top, right, bottom = canvas._view.world()
    width, height = canvas._graph.size
    assert left < width
    assert right > 0
    assert top < height
    assert bottom > 0


def test_zoom_is_told_and_held(canvas: ProvenanceCanvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(canvas.zoom_changed) as told:
        canvas.zoom_by(1000)
    assert told.args == [canvas.zoom()]
    assert canvas.zoom() == 3.0


def test_view_is_kept_where_the_selection_stays(canvas: ProvenanceCanvas) -> None:
    canvas.look_at("FJ20261A", 1.4)
    canvas.select("FJ20261A")
    before = middle_of(canvas, "FJ20261A")
    smaller = pear_picture()
    edges = tuple(e for e in smaller.edges if "GY00" not in (e.source, e.target))
    nodes = tuple(each for each in smaller.nodes if each.key != "GY00")
    canvas.set_picture(replace(smaller, nodes=nodes, edges=edges))
    assert canvas.selected_key() == "FJ20261A"
    assert (middle_of(canvas, "FJ20261A") - before).manhattanLength() <= 1


def test_legible_part_is_shown_first_of_a_large_graph(canvas: ProvenanceCanvas) -> None:
    canvas.set_picture(large_picture(3000))
    assert canvas.zoom() == 1.0
    left, top, _, _ = canvas._view.world()
    assert left >= 0
    assert top >= 0
    canvas.fit()
    assert canvas.zoom() < 0.3


def test_view_math_goes_both_ways() -> None:
    view = View(0.5, 30, 60, 800, 600, 32, 1.29)
    assert view.world_x(view.at_x(123)) == pytest.approx(123)
    assert view.world_y(view.at_y(-7)) == pytest.approx(-7)
    zoomed = view.zoomed(2, 100, 200)
    assert zoomed.world_x(100) == pytest.approx(view.world_x(100))


# -- telling ------------------------------------------------------------------------


def test_click_selects_and_ground_clears(
    canvas: ProvenanceCanvas, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(canvas.node_selected) as told:
        QTest.mouseClick(
            canvas, Qt.MouseButton.LeftButton, pos=middle_of(canvas, "JC0003")
        )
    assert told.args == ["JC0003"]
    with qtbot.waitSignal(canvas.node_selected) as told:
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(150, 560))
    assert told.args == [""]


def test_double_click_opens_and_a_folded_node_expands(
    canvas: ProvenanceCanvas, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(canvas.node_opened) as told:
        QTest.mouseDClick(
            canvas, Qt.MouseButton.LeftButton, pos=middle_of(canvas, "GY01")
        )
    assert told.args == ["GY01"]
    with qtbot.waitSignal(canvas.expand_requested) as told:
        QTest.mouseDClick(
            canvas, Qt.MouseButton.LeftButton, pos=middle_of(canvas, "160 lots")
        )
    assert told.args == ["160 lots"]


def test_selecting_by_code_tells_nothing(
    canvas: ProvenanceCanvas, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(canvas.node_selected):
        canvas.select("GY01")
    assert canvas.selected_key() == "GY01"
    canvas.select("no such key")
    assert canvas.selected_key() == ""


@pytest.mark.parametrize(
    ("start", "key", "wanted"),
    [
        ("", Key.Key_Right, "X00012"),
        ("X00012", Key.Key_Left, "FJ20261A"),
        ("X00012", Key.Key_Right, "YS0001"),
        ("FJ20261A", Key.Key_Right, "X00012"),
        ("HB20260001", Key.Key_Up, "HB20260000"),
        ("HB20260001", Key.Key_Down, "HB20260002"),
        ("GY00", Key.Key_Left, "GY00"),
        ("X00012", Key.Key_Tab, "YS0001"),
        ("X00012", Key.Key_Escape, ""),
    ],
)
def test_keys_walk_along_lines(
    canvas: ProvenanceCanvas, start: str, key: Qt.Key, wanted: str
) -> None:
    canvas.select(start)
    QTest.keyClick(canvas, key)
    assert canvas.selected_key() == wanted


def test_tab_leaves_behind_the_end_of_the_path(canvas: ProvenanceCanvas) -> None:
    last = canvas._graph.path_order[-1]
    canvas.select(canvas.picture().nodes[last].key)
    canvas.focusNextPrevChild(True)
    assert canvas.selected_key() == canvas.picture().nodes[last].key


@pytest.mark.parametrize(
    ("key", "direction"),
    [(Key.Key_B, Direction.BACK), (Key.Key_F, Direction.FORWARD)],
)
def test_letters_ask_for_a_trace(
    canvas: ProvenanceCanvas, qtbot: QtBot, key: Qt.Key, direction: Direction
) -> None:
    canvas.select("HB20260001")
    with qtbot.waitSignal(canvas.trace_requested) as told:
        QTest.keyClick(canvas, key)
    assert told.args == [TraceWish("HB20260001", direction)]


def test_enter_opens_and_space_expands(canvas: ProvenanceCanvas, qtbot: QtBot) -> None:
    canvas.select("160 lots")
    with qtbot.waitSignal(canvas.expand_requested):
        QTest.keyClick(canvas, Key.Key_Space)
    with qtbot.waitSignal(canvas.node_opened) as told:
        QTest.keyClick(canvas, Key.Key_Return)
    assert told.args == ["160 lots"]


def test_keys_ask_for_nothing_without_a_selection(
    canvas: ProvenanceCanvas, qtbot: QtBot
) -> None:
    with (
        qtbot.assertNotEmitted(canvas.node_opened),
        qtbot.assertNotEmitted(canvas.trace_requested),
        qtbot.assertNotEmitted(canvas.expand_requested),
    ):
        for key in (Key.Key_Return, Key.Key_B, Key.Key_F, Key.Key_Space):
            QTest.keyClick(canvas, key)


def test_control_keys_are_left_to_the_window(canvas: ProvenanceCanvas) -> None:
    before = canvas.zoom()
    QTest.keyClick(canvas, Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert canvas.zoom() == before
    QTest.keyClick(canvas, Key.Key_Plus)
    assert canvas.zoom() > before
    QTest.keyClick(canvas, Key.Key_0)
    assert canvas.zoom() == pytest.approx(before)


def test_playing_walks_the_path_and_stops(
    canvas: ProvenanceCanvas, qtbot: QtBot
) -> None:
    canvas._timer.setInterval(0)
    canvas.play()
    assert canvas.is_playing()
    qtbot.waitUntil(lambda: not canvas.is_playing(), timeout=60_000)
    order = canvas._graph.path_order
    assert canvas.selected_key() == canvas.picture().nodes[order[-1]].key


def test_without_motion_nothing_plays(canvas: ProvenanceCanvas, theme: Theme) -> None:
    theme.set_motion(allowed=False)
    canvas.play()
    assert not canvas.is_playing()
    first = canvas._graph.path_order[0]
    assert canvas.selected_key() == canvas.picture().nodes[first].key


# -- insets -------------------------------------------------------------------------


def open_insets(canvas: ProvenanceCanvas) -> set[Inset]:
    return {each.inset for each in canvas._placed if not each.is_folded}


def test_insets_cover_no_node(canvas: ProvenanceCanvas) -> None:
    assert open_insets(canvas) == {Inset.KEY}
    canvas.look_at("X00012", 1.3)
    for placed in canvas._placed:
        if not placed.is_folded:
            boxes = canvas._insets._boxes(canvas._view)
            assert not any(placed.room.intersects(box) for box in boxes)


def test_mini_map_is_hidden_while_all_is_in_view_and_m_shows_it(
    canvas: ProvenanceCanvas,
) -> None:
    assert Inset.MAP not in {each.inset for each in canvas._placed}
    QTest.keyClick(canvas, Key.Key_M)
    assert Inset.MAP in open_insets(canvas)
    QTest.keyClick(canvas, Key.Key_M)
    assert Inset.MAP not in open_insets(canvas)


def test_pressing_the_mini_map_moves_the_view(canvas: ProvenanceCanvas) -> None:
    canvas.look_at("X00012", 2.0)
    QTest.keyClick(canvas, Key.Key_M)
    if Inset.MAP not in open_insets(canvas):
        QTest.keyClick(canvas, Key.Key_M)
    placed = next(each for each in canvas._placed if each.inset is Inset.MAP)
    corner = canvas._insets.map_room(placed).topLeft().toPoint() + QPoint(2, 2)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=corner)
    left, top, right, bottom = canvas._view.world()
    assert left < 20 < right
    assert top < 20 < bottom


# -- words --------------------------------------------------------------------------


def test_description_counts_and_names_the_weakest_grade(
    canvas: ProvenanceCanvas,
) -> None:
    assert canvas.accessibleName() == "Provenance picture"
    text = canvas.accessibleDescription()
    assert "26 nodes" in text
    assert "9 lines on the path" in text
    assert "weakest grade: Signed" in text
    canvas.select("X00012")
    said = "X00012, 5 kg box, Packing house, entry 4:0, 5 kg · Enforced, on the path"
    assert said in canvas.accessibleDescription()


def test_pointer_shows_a_plate_that_reads_no_markup(
    canvas: ProvenanceCanvas,
) -> None:
    nodes = (NodeBox("a", "<b>bold</b>", "<img src=x>"),)
    canvas.set_picture(GraphPicture(nodes))
    still = canvas.grab().toImage()
    QTest.mouseMove(canvas, middle_of(canvas, "a"))
    canvas._hover(0)
    assert canvas.grab().toImage() != still
    assert canvas.toolTip() == ""
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert canvas.grab().toImage() == still
