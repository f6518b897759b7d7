"""Bytes of the evidence for the bytes pane: read in pieces by the query thread.

What is not at hand yet is asked for, and ``arrived`` tells when to draw again. Nothing
is ever written.
"""

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from explorer.core.spans import ByteSpan
from explorer.gui.viewmodels.case import CaseModel

PIECE_BYTES = 64 * 2**10
KEPT_PIECES = 64
"""Pieces kept, 4 MiB."""


class EvidenceBytes(QObject):
    """The bytes of one file of the evidence."""

    arrived = Signal()
    """Bytes that were asked for are at hand."""

    def __init__(self, case: CaseModel, parent: QObject | None = None) -> None:
        """Read through ``case``."""
        super().__init__(parent)
        self._case = case
        self._source = -1
        self._size_bytes = 0
        self._pieces: OrderedDict[tuple[int, int], bytes] = OrderedDict()
        self._asked: set[tuple[int, int]] = set()
        case.phase_changed.connect(self._forget)

    @property
    def source(self) -> int:
        """Return the number of the file shown; -1 for none."""
        return self._source

    def use(self, source: int, size_bytes: int) -> None:
        """Read this file of the evidence from now on."""
        self._source, self._size_bytes = source, size_bytes

    def read(self, offset: int, length: int) -> bytes:
        """Return the bytes at hand from ``offset`` on; the others are asked for."""
        end = min(self._size_bytes, offset + length)
        found = b""
        while offset + len(found) < end:
            at = offset + len(found)
            piece, inside = divmod(at, PIECE_BYTES)
            data = self._piece(piece)
            if data is None or inside >= len(data):
                self._ask(piece + 1, end)
                break
            found += data[inside : inside + end - at]
        return found

    def _piece(self, piece: int) -> bytes | None:
        key = (self._source, piece)
        data = self._pieces.get(key)
        if data is None:
            self._ask(piece, (piece + 1) * PIECE_BYTES)
        else:
            self._pieces.move_to_end(key)
        return data

    def _ask(self, piece: int, end: int) -> None:
        key, start = (self._source, piece), piece * PIECE_BYTES
        if start >= min(end, self._size_bytes) or key in self._asked:
            return
        if key in self._pieces:
            return
        last = min(self._size_bytes, start + PIECE_BYTES)
        span = ByteSpan(self._source, start, last)
        self._asked.add(key)
        is_asked = self._case.query.ask(
            lambda _, shower: shower.read(span), self._taking(key), owner=self
        )
        if not is_asked:
            self._asked.discard(key)

    def _taking(self, key: tuple[int, int]) -> Callable[[bytes], None]:
        def take(data: bytes) -> None:
            self._asked.discard(key)
            self._keep(key, data)
            self.arrived.emit()

        return take

    def _keep(self, key: tuple[int, int], data: bytes) -> None:
        self._pieces[key] = data
        self._pieces.move_to_end(key)
        while len(self._pieces) > KEPT_PIECES:
            self._pieces.popitem(last=False)

    def _forget(self) -> None:
        self._pieces.clear()
        self._asked.clear()
