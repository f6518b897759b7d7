"""The list of blocks and their entries: pages of rows, asked for as they are needed.

Nothing loads the whole list: a page holds ``PAGE_ROWS`` rows, at most ``KEPT_PAGES``
are kept, and rows that are still on their way are empty. ``data()`` only looks up.

Left out: sorting; the list is in the order of the ledger.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from explorer.core.absent import Absent
from explorer.core.text import printable
from explorer.gui.translations import translate
from explorer.gui.viewmodels.case import CaseModel
from explorer.gui.viewmodels.wording import (
    counted,
    grouped,
    place_text,
    short_hash,
    time_text,
)
from explorer.model.blocks import NO_BLOCK
from explorer.model.checks import Outcome
from explorer.model.verdicts import Finding
from explorer.store.queries import CaseReader, Row

PAGE_ROWS = 256
KEPT_PAGES = 64
"""Pages kept, some 16,000 rows."""

MAX_SHOWN_TEXT = 160
"""Characters of one cell; a cell is one line."""

_AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

MARKS: Mapping[Outcome, str] = {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "failed",
    Outcome.INCONCLUSIVE: "inconclusive",
    Outcome.NOT_APPLICABLE: "not-applicable",
    Outcome.BROKEN: "broken",
}


class Column(IntEnum):
    """Columns of the list."""

    HEIGHT = 0
    KIND = 1
    WHAT = 2
    ID = 3
    TIME = 4


class RowRole(IntEnum):
    """Roles of ``RowsModel`` besides the display text."""

    MARK = Qt.ItemDataRole.UserRole + 1
    """Name of the mark of the row, in its first column; empty for none."""
    IS_STRUCK = Qt.ItemDataRole.UserRole + 2
    """The ledger refused the entry: its title is struck out."""
    IS_BLOCK = Qt.ItemDataRole.UserRole + 3
    IS_HIT = Qt.ItemDataRole.UserRole + 4
    """The row is one that the search found."""
    REASON = Qt.ItemDataRole.UserRole + 5
    """Why the entry was refused, in plain words; empty for an accepted one."""
    ROW = Qt.ItemDataRole.UserRole + 6
    """The ``store.queries.Row``, or nothing while it is on its way."""


class RowsModel(QAbstractTableModel):
    """Rows of one ledger, or only those that a search found."""

    loaded = Signal()
    """A page that was missing is there now."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start without rows."""
        super().__init__(parent)
        self._case: CaseModel | None = None
        self._first = 0
        self._count = 0
        self._chosen: Sequence[int] | None = None
        self._pages: OrderedDict[int, list[Row]] = OrderedDict()
        self._wanted: set[int] = set()
        self._pending: set[int] = set()
        self._hits: frozenset[int] = frozenset()
        self._faults: Mapping[tuple[int, int | None], Outcome] = {}
        self._era = 0
        self._ask_soon = QTimer(self, singleShot=True, interval=0)
        self._ask_soon.timeout.connect(self._ask)

    # -- what is shown --------------------------------------------------------------

    def show_case(self, case: CaseModel) -> None:
        """Show the rows of the ledger that ``case`` shows, as they arrive."""
        self._case = case
        case.rows_changed.connect(self.refresh)
        case.report_changed.connect(self._restart)
        case.ledger_changed.connect(self._restart)
        self._restart()

    def refresh(self) -> None:
        """Learn how many rows there are by now."""
        if self._case is None:
            return
        ledger = self._case.ledger
        self._faults = faults_of(self._case.findings())
        self._case.query.ask_rows(
            lambda reader: reader.row_range(ledger),
            self._take_range,
            owner=self,
            key="range",
        )

    def show_only(self, numbers: Sequence[int] | None) -> None:
        """Show only the rows of these numbers; ``None``: all of them."""
        self._era += 1
        self.beginResetModel()
        self._chosen = None if numbers is None else tuple(sorted(numbers))
        self._forget()
        self.endResetModel()

    def mark_hits(self, numbers: Sequence[int]) -> None:
        """Mark these rows as found."""
        self._hits = frozenset(numbers)
        self._repaint()

    @property
    def is_narrowed(self) -> bool:
        """Return whether only chosen rows are shown."""
        return self._chosen is not None

    @property
    def total(self) -> int:
        """Return how many rows the ledger has so far."""
        return self._count

    def number_at(self, line: int) -> int:
        """Return the number of the row that stands in a line."""
        return self._first + line if self._chosen is None else self._chosen[line]

    def line_of(self, number: int) -> int:
        """Return the line that shows the row of this number; -1 if none does."""
        if self._chosen is not None:
            return self._chosen.index(number) if number in self._chosen else -1
        line = number - self._first
        return line if 0 <= line < self._count else -1

    def row_at(self, line: int) -> Row | None:
        """Return the row in a line, if it is here already; else it is asked for."""
        if not 0 <= line < self.rowCount():
            return None
        page, offset = divmod(line, PAGE_ROWS)
        rows = self._pages.get(page)
        if rows is None:
            self._want(page)
            return None
        self._pages.move_to_end(page)
        return rows[offset] if offset < len(rows) else None

    # -- item model -----------------------------------------------------------------

    def rowCount(self, parent: _AnyIndex = _NOWHERE) -> int:
        """Return how many rows are shown."""
        if parent.isValid():
            return 0
        return self._count if self._chosen is None else len(self._chosen)

    def columnCount(self, parent: _AnyIndex = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the heads of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            if section == Column.HEIGHT and not self._has_blocks():
                return translate("Inspect", "No.")
            return _heads()[Column(section)]
        if role == Qt.ItemDataRole.ToolTipRole and section == Column.HEIGHT:
            return translate("Inspect", "Numbers count from 0.")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = _RIGHT if section == Column.TIME else _LEFT
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return texts and marks of one row."""
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return _TEXTS[column](row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, column)
        return self._fact(row, column, role)

    def _has_blocks(self) -> bool:
        return self._case is None or self._case.has_blocks()

    def _fact(self, row: Row, column: Column, role: int) -> object:
        facts: dict[int, Callable[[], object]] = {
            RowRole.MARK: lambda: self.mark_of(row) if column == Column.HEIGHT else "",
            RowRole.IS_STRUCK: lambda: bool(row.refused),
            RowRole.IS_BLOCK: lambda: row.position < 0,
            RowRole.IS_HIT: lambda: row.row in self._hits,
            RowRole.REASON: lambda: refusal_text(row.refused) if row.refused else "",
            RowRole.ROW: lambda: row,
        }
        found = facts.get(role)
        return None if found is None else found()

    def mark_of(self, row: Row) -> str:
        """Return the name of the mark of a row; empty where nothing can be said.

        An entry passes when its block did and nothing was found against it.
        """
        if row.position < 0:
            return MARKS[Outcome(row.status)]
        own = self._faults.get((row.height, row.position))
        if own is not None:
            return MARKS[own]
        if row.refused:
            return MARKS[Outcome.NOT_APPLICABLE]
        return "" if (row.height, None) in self._faults else MARKS[Outcome.PASSED]

    def _spoken(self, row: Row, column: Column) -> str:
        text = _TEXTS[column](row)
        if column is not Column.HEIGHT:
            return text
        outcome = next((k for k, v in MARKS.items() if v == self.mark_of(row)), None)
        return text if outcome is None else f"{text}, {_outcome_word(outcome)}"

    # -- pages ----------------------------------------------------------------------

    def _restart(self) -> None:
        self._era += 1
        self.beginResetModel()
        self._first = self._count = 0
        self._chosen, self._hits = None, frozenset()
        self._forget()
        self.endResetModel()
        self.refresh()

    def _forget(self) -> None:
        self._pages.clear()
        self._wanted.clear()
        self._pending.clear()

    def _take_range(self, answer: tuple[int, int]) -> None:
        first, count = answer
        if first != self._first or count < self._count:
            self.beginResetModel()
            self._first, self._count = first, count
            self._forget()
            self.endResetModel()
        elif count > self._count:
            self._drop_unfilled_page()
            if self._chosen is None:
                self.beginInsertRows(QModelIndex(), self._count, count - 1)
                self._count = count
                self.endInsertRows()
            self._count = count

    def _drop_unfilled_page(self) -> None:
        """Forget the last page, which was read when it was shorter."""
        if self._chosen is None and self._count % PAGE_ROWS:
            self._pages.pop(self._count // PAGE_ROWS, None)
            self._pending.discard(self._count // PAGE_ROWS)

    def _want(self, page: int) -> None:
        if page not in self._pending:
            self._wanted.add(page)
            self._ask_soon.start()

    def _ask(self) -> None:
        """Ask for the pages that are wanted now, together."""
        case = self._case
        pages = sorted(self._wanted)[-4:]
        self._wanted.clear()
        if case is None or not pages:
            return
        self._pending.update(pages)
        era = self._era
        for page in pages:
            case.query.ask_rows(
                self._reading(page), self._taking(page, era), owner=self
            )

    def _reading(self, page: int) -> Callable[[CaseReader], list[Row]]:
        start = page * PAGE_ROWS
        if self._chosen is not None:
            numbers = self._chosen[start : start + PAGE_ROWS]
            return lambda reader: reader.rows_by_number(numbers)
        first, count = self._first + start, min(PAGE_ROWS, self._count - start)
        return lambda reader: reader.rows(first, count)

    def _taking(self, page: int, era: int) -> Callable[[list[Row]], None]:
        def take(rows: list[Row]) -> None:
            if era != self._era:
                return
            self._pending.discard(page)
            self._pages[page] = rows
            while len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
            top = self.index(page * PAGE_ROWS, 0)
            last = min((page + 1) * PAGE_ROWS, self.rowCount()) - 1
            self.dataChanged.emit(top, self.index(last, len(Column) - 1))
            self.loaded.emit()

        return take

    def _repaint(self) -> None:
        if self.rowCount():
            last = self.index(self.rowCount() - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


def faults_of(findings: Sequence[Finding]) -> dict[tuple[int, int | None], Outcome]:
    """Return (height, position or ``None`` for the block) → worst outcome there."""
    rank = (Outcome.INCONCLUSIVE, Outcome.BROKEN, Outcome.FAILED)
    found: dict[tuple[int, int | None], Outcome] = {}
    for each in findings:
        is_placed = each.block is not None or each.entry is not None
        if not is_placed or each.outcome not in rank:
            continue
        key = (NO_BLOCK if each.block is None else each.block, each.entry)
        known = found.get(key, rank[0])
        found[key] = max(known, each.outcome, key=rank.index)
    return found


def refusal_text(code: str) -> str:
    """Return why the ledger refused an entry, in plain words, with its own code."""
    words = {
        "MVCC_READ_CONFLICT": translate(
            "Inspect", "something it had read was changed before"
        ),
        "PHANTOM_READ_CONFLICT": translate(
            "Inspect", "a range it had read was changed before"
        ),
        "ENDORSEMENT_POLICY_FAILURE": translate(
            "Inspect", "too few of the required parties agreed"
        ),
        "DUPLICATE_TXID": translate(
            "Inspect", "an entry with its id was there already"
        ),
        "BAD_PROPOSAL_TXID": translate("Inspect", "its id does not fit its content"),
        "INVALID_ENDORSER_TRANSACTION": translate(
            "Inspect", "it is not built as it must be"
        ),
    }
    plain = words.get(code)
    shown = printable(code, MAX_SHOWN_TEXT)
    if plain is None:
        return shown
    return translate("Inspect", "{0} ({1})").format(plain, shown)


def _heads() -> dict[Column, str]:
    return {
        Column.HEIGHT: translate("Inspect", "Height"),
        Column.KIND: translate("Inspect", "Kind"),
        Column.WHAT: translate("Inspect", "What"),
        Column.ID: translate("Inspect", "Hash or id"),
        Column.TIME: translate("Inspect", "Time UTC"),
    }


def _height(row: Row) -> str:
    if row.height == NO_BLOCK:
        return str(row.position)
    return str(row.height) if row.position < 0 else f"{row.height}:{row.position}"


def _kind(row: Row) -> str:
    if row.position >= 0:
        return printable(row.kind, MAX_SHOWN_TEXT)
    if row.is_configuration:
        return translate("Inspect", "configuration")
    return translate("Inspect", "block")


def _what(row: Row) -> str:
    if row.position >= 0:
        return printable(row.summary or row.author, MAX_SHOWN_TEXT)
    return counted(
        row.entries,
        translate("Inspect", "1 entry"),
        translate("Inspect", "{0} entries"),
    )


def _id(row: Row) -> str:
    return short_hash(printable(row.id, MAX_SHOWN_TEXT))


def _time(row: Row) -> str:
    """Return month, day and minute; the tip has the year and the second."""
    if isinstance(row.time_us, Absent):
        return ""
    return time_text(row.time_us).split(" UTC")[0][5:-3]


_TEXTS: Mapping[Column, Callable[[Row], str]] = {
    Column.HEIGHT: _height,
    Column.KIND: _kind,
    Column.WHAT: _what,
    Column.ID: _id,
    Column.TIME: _time,
}


def _tip(row: Row, column: Column) -> str | None:
    if column is Column.WHAT and row.refused:
        text = translate("Inspect", "refused by the network: {0}")
        return text.format(refusal_text(row.refused))
    if column is Column.ID:
        return printable(row.id)
    if column is Column.TIME:
        return time_text(row.time_us)
    if column is Column.HEIGHT:
        position = row.position if row.position >= 0 else None
        return place_text(row.height, position)
    return None


def _outcome_word(outcome: Outcome) -> str:
    words = {
        Outcome.PASSED: translate("Inspect", "passed"),
        Outcome.FAILED: translate("Inspect", "failed"),
        Outcome.INCONCLUSIVE: translate("Inspect", "inconclusive"),
        Outcome.NOT_APPLICABLE: translate("Inspect", "not applicable"),
        Outcome.BROKEN: translate("Inspect", "our own defect"),
    }
    return words[outcome]


def count_text(shown: int, total: int) -> str:
    """Return how many rows are shown of how many."""
    if shown == total:
        return counted(
            total, translate("Inspect", "1 row"), translate("Inspect", "{0} rows")
        )
    return translate("Inspect", "{0} of {1} rows").format(
        grouped(shown), grouped(total)
    )


def filters_from(row: Row) -> list[str]:
    """Return expressions that choose rows like this one, the narrowest first."""
    if row.position < 0:
        return [f"block.height == {row.height}"]
    pairs = (("entry.kind", row.kind), ("entry.author", row.author))
    found = [f"{name} == {quoted(value)}" for name, value in pairs if value]
    if row.author:
        found.append(f"signer == {quoted(row.author.partition('/')[0])}")
    return found


def quoted(text: str) -> str:
    """Return a text as it is written in an expression."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + plain.replace("\n", "\\n").replace("\t", "\\t") + '"'
