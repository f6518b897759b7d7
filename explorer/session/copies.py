"""Block hashes of another copy of a ledger, read without verifying it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from explorer.core.errors import ExplorerError
from explorer.crypto.hashes import digest
from explorer.crypto.trust import TrustStore
from explorer.formats.opening import EvidenceFiles, ReadingOptions, open_evidence
from explorer.model.ledgers import Pipeline
from explorer.session.catalogue import recognise


class CopyHashes:
    """A copy of a ledger of the same family and title."""

    def __init__(self, path: Path, format_name: str, title: str) -> None:
        """Open nothing yet."""
        self._path = path
        self._format = format_name
        self._title = title

    def hashes(self) -> Iterator[tuple[int, bytes]]:
        """Yield (height, block hash) in order, of the ledger with the same title.

        Raises:
            ExplorerError: If the copy cannot be read.
        """
        with open_evidence((self._path,)) as files:
            for pipeline in self._pipelines(files):
                yield from _hashes_of(pipeline)

    def _pipelines(self, files: EvidenceFiles) -> list[Pipeline[Any]]:
        family = recognise(files)
        if family.name != self._format:
            raise ExplorerError(f"the copy is of another family: {family.title}")
        opened = family.open_ledgers(files, ReadingOptions(TrustStore()))
        return [each for each in opened if each.title == self._title]


def _hashes_of(pipeline: Pipeline[Any]) -> Iterator[tuple[int, bytes]]:
    for parsed in pipeline.read():
        for block in pipeline.resolve(parsed).blocks:
            yield block.height, digest(block.algorithm, block.header)
