"""Finds what a block's inputs spend in files beside it."""

from collections.abc import Callable, Sequence

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_RECORD_BYTES
from explorer.core.spans import ByteSpan
from explorer.formats.bitcoin.parsing import outpoint_of
from explorer.formats.bitcoin.records import RawBlock, Spent
from explorer.formats.bitcoin.undo import UndoFiles, keyed_outputs, listed_outputs
from explorer.formats.opening import EvidenceFiles


class Beside:
    """Lists of outputs among the files of the evidence."""

    def __init__(self, files: EvidenceFiles, sources: Sequence[int]) -> None:
        """Take files that may be such lists; they are read when first needed."""
        self._files = files
        self._sources = sources
        self._lists: list[list[Spent | None]] = []
        self._keyed: dict[bytes, Spent] = {}
        self._is_read = False
        self.used: list[int] = []
        """Files that are such lists."""

    def finder(self, undo: UndoFiles) -> Callable[[RawBlock], list[Spent | None]]:
        """Return the function from a block to what its inputs spend, in order."""

        def spent_of(raw: RawBlock) -> list[Spent | None]:
            counts = [len(each.inputs) for each in raw.transactions[1:]]
            if not counts:
                return []
            found = undo.spent_by(raw.data[4:36], counts)
            return found if found is not None else self._listed(raw, sum(counts))

        return spent_of

    def _listed(self, raw: RawBlock, count: int) -> list[Spent | None]:
        if not self._is_read:
            self._read()
        for each in self._lists:
            if len(each) == count:
                return each
        if not self._keyed:
            return []
        return [
            self._keyed.get(outpoint_of(raw.data, entry))
            for one in raw.transactions[1:]
            for entry in one.inputs
        ]

    def _read(self) -> None:
        self._is_read = True
        for source in self._sources:
            size = self._files.evidence.sources[source].size_bytes
            if not 0 < size <= MAX_RECORD_BYTES:
                continue
            data = self._files.read(ByteSpan(source, 0, size))
            try:
                self._take(data)
            except ReadError:
                continue
            self.used.append(source)

    def _take(self, data: bytes) -> None:
        try:
            self._lists.append(listed_outputs(data))
        except ReadError:
            self._keyed.update(keyed_outputs(data))
