"""Blocks around the one selected, with links to parents, forks and orphans.

Parents are found by hash, not by height: a block whose declared parent is not the hash
of any block before it stands apart. The list of blocks is the twin of this picture.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.gui.canvases.block_graph import BlockGraph
from explorer.gui.canvases.block_places import NO_PARENT, BlockNode
from explorer.gui.design.theme import Theme
from explorer.gui.viewmodels.case import CaseModel, Place
from explorer.gui.viewmodels.wording import short_hash
from explorer.model.checks import Outcome
from explorer.store.queries import BlockLink, CaseReader

AROUND = 40
"""Blocks shown on each side of the selection."""


class BlocksPicture(QWidget):
    """The picture of the blocks around the selection."""

    block_chosen = Signal(object)
    """Height of the block that the user selected."""

    def __init__(self, theme: Theme) -> None:
        """Show nothing until there is a case."""
        super().__init__()
        self.graph = BlockGraph(theme)
        self._case: CaseModel | None = None
        self._heights: dict[int, int] = {}
        self._shown: tuple[int, int, int] | None = None
        """(ledger, first height, last height)."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.graph)
        self.graph.block_selected.connect(self._choose)

    def show_case(self, case: CaseModel) -> None:
        """Follow the selection of ``case``."""
        self._case = case
        case.selection_changed.connect(self.follow)
        case.rows_changed.connect(self._again)

    def follow(self, place: Place) -> None:
        """Show the blocks around a place."""
        case, height = self._case, place.height
        if case is None or height is None:
            return
        row = next((r for r, h in self._heights.items() if h == height), None)
        if row is not None and self._is_well_inside(place.ledger, height):
            self.graph.select(row)
            return
        first, last = max(0, height - AROUND), height + AROUND
        ledger = place.ledger
        self._shown = (ledger, first, last)

        def read(reader: CaseReader) -> list[BlockLink]:
            # One more block below tells which parents stand outside of the picture.
            return reader.block_links(ledger, max(0, first - 1), last)

        case.query.ask_rows(
            read,
            lambda found: self._take(found, first, height),
            owner=self,
            key="blocks",
        )

    def _is_well_inside(self, ledger: int, height: int) -> bool:
        if self._shown is None or self._shown[0] != ledger:
            return False
        _, first, last = self._shown
        margin = AROUND // 4
        return (first == 0 or first + margin <= height) and height <= last - margin

    def _again(self) -> None:
        self._heights = {}
        if self._case is not None and self.isVisible():
            self.follow(self._case.selection)

    def _take(self, found: Sequence[BlockLink], first: int, height: int) -> None:
        nodes = nodes_of(found, first)
        self._heights = {node.row_id: node.height for node in nodes}
        selected = next((n.row_id for n in nodes if n.height == height), -1)
        self.graph.set_blocks(nodes, selected)

    def _choose(self, row: int) -> None:
        height = self._heights.get(row)
        if height is not None:
            self.block_chosen.emit(height)


def nodes_of(found: Sequence[BlockLink], first: int) -> list[BlockNode]:
    """Return the blocks from height ``first`` on, tied to their parents by hash."""
    shown = [each for each in found if each.height >= first]
    places = {each.hash: number for number, each in enumerate(shown) if each.hash}
    outside = {each.hash for each in found if each.height < first}
    heights = {each.height for each in found}
    return [
        BlockNode(
            each.row,
            each.height,
            short_hash(each.hash.hex()),
            places.get(each.parent, NO_PARENT),
            Outcome(each.status),
            each.is_configuration,
            link_fails=bool(each.parent)
            and each.parent not in places
            and each.parent not in outside
            and each.height - 1 in heights,
            parent_elsewhere=each.parent in outside,
        )
        for each in shown
    ]
