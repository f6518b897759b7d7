"""Compares two copies of a ledger: what they share, and where they first part.

Blocks are the same when their hashes are. Bytes that no block hash covers (signature
sets, a peer's own notes) can differ between honest copies; a family says which slots
those are, and each is listed. Nothing is verified here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from explorer.core.absent import Absent
from explorer.core.errors import ExplorerError
from explorer.core.spans import ByteSpan
from explorer.core.tasks import TaskContext
from explorer.crypto.hashes import digest
from explorer.crypto.trust import TrustStore
from explorer.formats.opening import EvidenceFiles, ReadingOptions, open_evidence
from explorer.model.ledgers import Field, Pipeline
from explorer.session.catalogue import Family, recognise

SLOT_DEPTH = 2
"""Levels of the detail tree that make a slot: ``metadata/signatures``."""

MAX_LISTED = 1_000
"""Differences listed; all are counted."""


@dataclass(frozen=True, slots=True)
class SlotDifference:
    """Something outside the block hash that differs at one height."""

    height: int
    slot: str
    is_honest: bool
    """Whether honest copies may differ here."""
    first_size: int
    second_size: int


@dataclass(slots=True)
class Comparison:
    """What comparing two copies showed."""

    first_title: str
    second_title: str
    first_blocks: int = 0
    second_blocks: int = 0
    shared: int = 0
    """Heights that both hold with the same block hash."""
    identical: int = 0
    """Of these, how many are the same byte for byte."""
    common_from: int | None = None
    common_to: int | None = None
    """Last height up to which everything both hold agrees."""
    first_difference: int | None = None
    """Lowest height at which block hashes, or bytes that must agree, differ."""
    first_hash: str = ""
    second_hash: str = ""
    """Block hashes at the first difference, hex."""
    only_first: int = 0
    only_second: int = 0
    first_last: int | None = None
    second_last: int | None = None
    slots: list[SlotDifference] = field(default_factory=list)
    slots_total: dict[str, int] = field(default_factory=dict)
    """Slot → how many heights differ in it."""


@dataclass(frozen=True, slots=True)
class _Seen:
    height: int
    block_hash: bytes
    span: ByteSpan


class _Copy:
    def __init__(self, files: EvidenceFiles) -> None:
        self.files = files
        self.family: Family = recognise(files)
        opened = self.family.open_ledgers(files, ReadingOptions(TrustStore()))
        if not opened:
            raise ExplorerError(f"no ledger in {files.evidence.path}")
        self.pipeline: Pipeline[Any] = opened[0]

    def blocks(self) -> Iterator[_Seen]:
        for parsed in self.pipeline.read():
            for block in self.pipeline.resolve(parsed).blocks:
                block_hash = digest(block.algorithm, block.header)
                yield _Seen(block.height, block_hash, block.span)

    def slots(self, seen: _Seen) -> Mapping[str, bytes]:
        found: dict[str, bytes] = {}
        for each in self.pipeline.detail(seen.height, seen.span).fields:
            self._add_slots(each, each.name, 1, found)
        return found

    def _add_slots(
        self, each: Field, name: str, depth: int, found: dict[str, bytes]
    ) -> None:
        if each.children and depth < SLOT_DEPTH:
            for child in each.children:
                self._add_slots(child, f"{name}/{child.name}", depth + 1, found)
        elif not isinstance(each.span, Absent):
            found[name] = found.get(name, b"") + self.files.read(each.span)


def compare(first: Path, second: Path, context: TaskContext) -> Comparison:
    """Return how two copies of a ledger relate.

    Raises:
        ExplorerError: If one cannot be read, or they are of different families.
    """
    with open_evidence((first,)) as one, open_evidence((second,)) as other:
        a, b = _Copy(one), _Copy(other)
        if a.family.name != b.family.name:
            raise ExplorerError(
                f"{a.family.title} and {b.family.title} cannot be compared"
            )
        found = Comparison(a.pipeline.title, b.pipeline.title)
        total = sum(source.size_bytes for source in one.evidence.sources)
        for mine, theirs in _paired(a.blocks(), b.blocks()):
            _take(found, mine, theirs, a, b)
            if mine is not None:
                context.step(mine.span.end, max(total, mine.span.end))
        return found


def _paired(
    first: Iterator[_Seen], second: Iterator[_Seen]
) -> Iterator[tuple[_Seen | None, _Seen | None]]:
    mine, theirs = next(first, None), next(second, None)
    while mine is not None or theirs is not None:
        if theirs is None or (mine is not None and mine.height < theirs.height):
            yield mine, None
            mine = next(first, None)
        elif mine is None or theirs.height < mine.height:
            yield None, theirs
            theirs = next(second, None)
        else:
            yield mine, theirs
            mine, theirs = next(first, None), next(second, None)


def _take(
    found: Comparison, mine: _Seen | None, theirs: _Seen | None, a: _Copy, b: _Copy
) -> None:
    if mine is not None:
        found.first_blocks += 1
        found.first_last = mine.height
    if theirs is not None:
        found.second_blocks += 1
        found.second_last = theirs.height
    if mine is None or theirs is None:
        found.only_first += theirs is None
        found.only_second += mine is None
    elif mine.block_hash != theirs.block_hash:
        _part(found, mine, theirs)
    else:
        found.shared += 1
        _compare_bytes(found, mine, theirs, a, b)
        if found.first_difference is None:
            if found.common_from is None:
                found.common_from = mine.height
            found.common_to = mine.height


def _part(found: Comparison, mine: _Seen, theirs: _Seen) -> None:
    if found.first_difference is None:
        found.first_difference = mine.height
        found.first_hash = mine.block_hash.hex()
        found.second_hash = theirs.block_hash.hex()


def _compare_bytes(
    found: Comparison, mine: _Seen, theirs: _Seen, a: _Copy, b: _Copy
) -> None:
    if a.files.read(mine.span) == b.files.read(theirs.span):
        found.identical += 1
        return
    ours, others = a.slots(mine), b.slots(theirs)
    for slot in sorted(ours.keys() | others.keys()):
        left, right = ours.get(slot, b""), others.get(slot, b"")
        if left == right:
            continue
        is_honest = a.family.may_differ(slot, left, right)
        found.slots_total[slot] = found.slots_total.get(slot, 0) + 1
        if len(found.slots) < MAX_LISTED:
            found.slots.append(
                SlotDifference(mine.height, slot, is_honest, len(left), len(right))
            )
        if not is_honest:
            _part(found, mine, theirs)
