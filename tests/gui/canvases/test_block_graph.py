"""The picture of blocks: places, links, keys."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.gui.canvases.block_graph import BlockGraph
from explorer.gui.canvases.block_painter import BlockPainter
from explorer.gui.canvases.block_places import BlockNode, place_blocks
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import DARK, Token
from explorer.model.checks import Outcome

Key = Qt.Key


def chain(count: int, first: int = 0) -> list[BlockNode]:
    return [
        BlockNode(100 + n, first + n, f"{n:04x}…", n - 1, Outcome.PASSED)
        for n in range(count)
    ]


def forked() -> list[BlockNode]:
    """Return five blocks, a fork of two at height 2, and an orphan."""
    return [
        *chain(5),
        BlockNode(200, 2, "fork…", 1, Outcome.PASSED),
        BlockNode(201, 3, "fork…", 5, Outcome.INCONCLUSIVE),
        BlockNode(202, 8, "orphan…", -1, Outcome.FAILED),
    ]


@pytest.fixture
def graph(theme: Theme, qtbot: QtBot) -> BlockGraph:
    widget = BlockGraph(theme)
    qtbot.addWidget(widget)
    widget.resize(1200, 220)
    widget.show()
    widget.set_blocks(forked(), 102)
    return widget


def room(graph: BlockGraph, block: int) -> QPoint:
    drawing = BlockPainter(graph._theme, graph._places, graph._view)
    return drawing.room(block).center().toPoint()


def picture(graph: BlockGraph) -> QImage:
    return graph.grab().toImage()


def test_longest_chain_is_the_first_row_and_forks_have_their_own() -> None:
    places = place_blocks(forked())
    assert places.rows == (0, 0, 0, 0, 0, 1, 1, 0)
    assert places.columns == (0, 1, 2, 3, 4, 2, 3, 5)
    assert places.heights == (0, 1, 2, 3, 4, 8)
    assert places.row_count == 2


def test_two_forks_at_one_height_share_no_place() -> None:
    blocks = [*chain(4), BlockNode(1, 2, "", 1), BlockNode(2, 2, "", 1)]
    places = place_blocks(blocks)
    spots = list(zip(places.columns, places.rows, strict=True))
    assert len(set(spots)) == len(spots)
    assert places.row_count == 3


def test_parent_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="not among the blocks"):
        place_blocks([BlockNode(1, 1, "", 5)])
    with pytest.raises(ValueError, match="not among the blocks"):
        place_blocks([BlockNode(1, 1, "", -2)])


def test_blocks_that_point_at_themselves_or_in_a_circle_end() -> None:
    places = place_blocks([BlockNode(1, 3, "", 0), BlockNode(2, 3, "", 2),
                           BlockNode(3, 3, "", 1)])  # fmt: skip
    assert places.parents == (-1, 2, 1)
    assert len({*zip(places.columns, places.rows, strict=True)}) == 3


def test_nothing_to_draw_is_said(theme: Theme, qtbot: QtBot) -> None:
    widget = BlockGraph(theme)
    qtbot.addWidget(widget)
    widget.resize(300, 100)
    assert not widget.grab().isNull()
    assert widget.accessibleDescription() == "0 blocks."
    QTest.keyClick(widget, Key.Key_Right)
    assert widget.selected_row() == -1


def test_click_tells_the_row(graph: BlockGraph, qtbot: QtBot) -> None:
    with qtbot.waitSignal(graph.block_selected) as told:
        QTest.mouseClick(graph, Qt.MouseButton.LeftButton, pos=room(graph, 5))
    assert told.args == [200]
    assert graph.selected_row() == 200


def test_double_click_and_enter_open(graph: BlockGraph, qtbot: QtBot) -> None:
    with qtbot.waitSignal(graph.block_opened) as told:
        QTest.mouseDClick(graph, Qt.MouseButton.LeftButton, pos=room(graph, 2))
    assert told.args == [102]
    with qtbot.waitSignal(graph.block_opened):
        QTest.keyClick(graph, Key.Key_Return)


@pytest.mark.parametrize(
    ("start", "key", "wanted"),
    [
        (102, Key.Key_Left, 101),
        (102, Key.Key_Right, 103),
        (102, Key.Key_Down, 200),
        (200, Key.Key_Up, 102),
        (200, Key.Key_Left, 101),
        (201, Key.Key_Down, 201),
        (104, Key.Key_Right, 202),
        (102, Key.Key_Home, 100),
        (102, Key.Key_End, 202),
    ],
)
def test_keys_walk_along_links(
    graph: BlockGraph, start: int, key: Qt.Key, wanted: int
) -> None:
    graph.select(start)
    QTest.keyClick(graph, key)
    assert graph.selected_row() == wanted


def test_selecting_by_code_tells_nothing(graph: BlockGraph, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(graph.block_selected):
        graph.select(104)
    assert graph.selected_row() == 104
    graph.select(9999)
    assert graph.selected_row() == -1


def test_failing_link_is_drawn_another_way(graph: BlockGraph, theme: Theme) -> None:
    fail = theme.color(Token.FAIL).rgb()
    whole = chain(3, first=7)
    broken = [
        *whole[:2],
        BlockNode(102, 9, "0002…", 1, Outcome.PASSED, link_fails=True),
    ]
    graph.set_blocks(whole, 107)
    assert fail not in colors(picture(graph))
    graph.set_blocks(broken, 107)
    assert fail in colors(picture(graph))
    assert "is not that of the block before it" in " ".join(graph._words(2))


def colors(image: QImage) -> set[int]:
    return {
        image.pixel(x, y)
        for x in range(image.width())
        for y in range(90, image.height() - 60)
    }


def test_orphan_is_torn_and_the_first_block_is_not(graph: BlockGraph) -> None:
    said = "the block before it is not in this export"
    assert said in graph._words(7)
    assert said not in graph._words(0)
    elsewhere = BlockNode(1, 5, "", parent_elsewhere=True)
    graph.set_blocks([elsewhere])
    assert said not in graph._words(0)


def test_torn_stub_and_one_that_leads_on_look_different(graph: BlockGraph) -> None:
    graph.set_blocks([BlockNode(1, 5, "")])
    torn = picture(graph)
    graph.set_blocks([BlockNode(1, 5, "", parent_elsewhere=True)])
    assert picture(graph) != torn


def test_description_counts_branches_and_the_selection(graph: BlockGraph) -> None:
    assert graph.accessibleName() == "Blocks and their links"
    text = graph.accessibleDescription()
    assert "8 blocks" in text
    assert "1 branches beside the longest" in text
    assert "Block 2" in text


def test_wheel_scrolls_and_control_wheel_zooms(graph: BlockGraph) -> None:
    before, zoom = room(graph, 2), graph.zoom()

    def turn(by: int, held: Qt.KeyboardModifier) -> None:
        at = QPointF(before)
        event = QWheelEvent(
            at, at, QPoint(), QPoint(0, by), Qt.MouseButton.NoButton, held,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(graph, event)

    turn(-120, Qt.KeyboardModifier.NoModifier)
    assert room(graph, 2).x() < before.x()
    assert graph.zoom() == zoom
    turn(120, Qt.KeyboardModifier.ControlModifier)
    assert graph.zoom() > zoom


def test_only_what_is_in_view_is_drawn(graph: BlockGraph) -> None:
    graph.set_blocks(chain(50_000), 25_100)
    assert 25_000 in graph._in_view()
    assert len(graph._in_view()) < 20


def test_theme_is_followed(graph: BlockGraph, theme: Theme) -> None:
    light = picture(graph).pixelColor(4, 4)
    theme.set_palette(DARK)
    assert picture(graph).pixelColor(4, 4).lightness() < light.lightness() - 100
