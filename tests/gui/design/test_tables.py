from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QImage, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from explorer.gui.design.marks import Mark
from explorer.gui.design.tables import CellRole, TableView, TreeView
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import DARK, Role, Token
from explorer.model.statements import FactGrade


def _model() -> QStandardItemModel:
    model = QStandardItemModel(3, 2)
    model.setHorizontalHeaderLabels(["Height", "What"])
    for row in range(3):
        for column in range(2):
            item = QStandardItem(f"cell {row} {column}")
            item.setEditable(False)
            model.setItem(row, column, item)
    return model


def _table(theme: Theme, qtbot: QtBot, model: QStandardItemModel) -> TableView:
    view = TableView(theme)
    qtbot.addWidget(view)
    view.setModel(model)
    view.set_widths((120, 0))
    view.resize(420, 160)
    view.show()
    return view


def _has(image: QImage, color: int) -> bool:
    return any(
        image.pixel(x, y) == color
        for y in range(image.height())
        for x in range(image.width())
    )


def test_rows_have_one_height_that_follows_the_scale(
    theme: Theme, qtbot: QtBot
) -> None:
    view = _table(theme, qtbot, _model())
    assert [view.rowHeight(row) for row in range(3)] == [27, 27, 27]
    theme.set_scale(2)
    assert [view.rowHeight(row) for row in range(3)] == [54, 54, 54]


def test_a_selected_row_has_a_bar_and_not_colour_alone(
    theme: Theme, qtbot: QtBot
) -> None:
    view = _table(theme, qtbot, _model())
    view.selectRow(1)
    image = view.viewport().grab().toImage()
    middle = view.rowViewportPosition(1) + 13
    assert image.pixel(1, middle) == theme.color(Token.ACCENT).rgb()
    assert image.pixel(100, middle) == theme.color(Token.ACCENT_BG).rgb()
    assert image.pixel(1, 13) == theme.color(Token.SURFACE).rgb()


def test_marks_and_grades_are_painted_from_plain_values(
    theme: Theme, qtbot: QtBot
) -> None:
    model = _model()
    model.item(0, 0).setData(Mark.FAILED.value, CellRole.MARK)
    model.item(1, 1).setData(FactGrade.SIGNED.value, CellRole.GRADE)
    model.item(2, 1).setData(True, CellRole.STRIKE)
    model.item(2, 0).setData(Role.MONO.value, CellRole.TYPE)
    model.item(2, 0).setData(True, CellRole.NUMBER)
    model.item(1, 0).setData(Token.INK3.value, CellRole.TOKEN)
    model.item(1, 0).setData("second line", CellRole.SECOND)
    view = _table(theme, qtbot, model)
    image = view.viewport().grab().toImage()
    assert _has(image, theme.color(Token.FAIL).rgb())
    model.item(0, 0).setData(None, CellRole.MARK)
    assert not _has(view.viewport().grab().toImage(), theme.color(Token.FAIL).rgb())


def test_tool_tips_of_cells_show_mark_up_as_it_is(theme: Theme, qtbot: QtBot) -> None:
    model = _model()
    model.item(0, 0).setToolTip("<b>forged</b>")
    view = _table(theme, qtbot, model)
    event = QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(20, 10), QPoint(20, 10))
    assert view.viewportEvent(event)
    assert "&lt;b&gt;forged&lt;/b&gt;" in QToolTip.text()
    QToolTip.hideText()


def test_colours_follow_the_theme(theme: Theme, qtbot: QtBot) -> None:
    view = _table(theme, qtbot, _model())
    theme.set_palette(DARK)
    assert theme.hex(Token.SURFACE) in view.styleSheet()
    image = view.viewport().grab().toImage()
    assert image.pixel(300, 120) == theme.color(Token.SURFACE).rgb()


def test_a_tree_divides_its_room_and_draws_its_own_chevrons(
    theme: Theme, qtbot: QtBot
) -> None:
    model = QStandardItemModel()
    parent = QStandardItem("Block 30")
    parent.appendRow([QStandardItem("number"), QStandardItem("30")])
    model.appendRow([parent, QStandardItem("15 929 bytes")])
    view = TreeView(theme)
    qtbot.addWidget(view)
    view.setModel(model)
    view.resize(400, 120)
    view.show()
    assert view.columnWidth(0) == round(view.viewport().width() * 0.44)
    closed = view.viewport().grab().toImage()
    view.expandAll()
    first = model.index(0, 0, QModelIndex())
    view.setCurrentIndex(first)
    assert view.visualRect(first).height() == 25
    opened = view.viewport().grab().toImage()
    assert closed.copy(0, 0, 14, 25) != opened.copy(0, 0, 14, 25)
    assert view.header().sectionResizeMode(0) is not None
    assert model.data(first, Qt.ItemDataRole.DisplayRole) == "Block 30"
