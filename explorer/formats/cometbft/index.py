"""Which document of the evidence says what about which height of which chain.

The whole evidence is looked through once; kept are only places, so that a height is
read again when its turn comes. Replies that name no chain (validators, results,
transactions) go to the only chain, or to the only one that has a header at that height.
"""

import re
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_RECORD_BYTES
from explorer.core.spans import ByteSpan
from explorer.encodings.located_json import JsonNode, documents, parse_located
from explorer.formats.cometbft import checks
from explorer.formats.cometbft.harvest import (
    Found,
    Shape,
    block_record,
    harvest,
    place_of,
    results_of,
    tx_record,
    validator_page,
)
from explorer.formats.cometbft.parsing import Places, validator_set_of
from explorer.formats.cometbft.records import Height, ValidatorSet
from explorer.formats.opening import EvidenceFiles
from explorer.model.blocks import Unreadable

HEAD_BYTES = 2**16
MAX_SNIFFED_BYTES = 2**24
"""How much of a reply with a long body is searched for the marks of a block."""

MAX_DOCUMENTS = 1_000_000
KEPT_DOCUMENTS = 16
"""Parsed documents kept, because one may hold many heights."""

_MARKS = re.compile(
    rb'"(?:validators_hash|next_validators_hash|txs_results|block_id_flag)"\s*:'
    rb'|"genesis_time"\s*:|"voting_power"\s*:|"tx_result"\s*:'
)
_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")


@dataclass(frozen=True, slots=True)
class Reference:
    """An object of a document, by its number among what the document says."""

    source: int
    start: int
    end: int
    number: int


@dataclass(slots=True)
class ChainIndex:
    """One chain of the evidence."""

    chain_id: str
    heights: dict[int, list[Reference]] = field(default_factory=dict)
    with_header: set[int] = field(default_factory=set)
    genesis: list[Reference] = field(default_factory=list)
    """Genesis documents, whose validators may be those of the first heights."""


@dataclass(slots=True)
class Index:
    """Everything that the evidence holds, by chain and height."""

    chains: dict[str, ChainIndex] = field(default_factory=dict)
    vectors: list[Reference] = field(default_factory=list)
    damage: list[Unreadable] = field(default_factory=list)
    unassigned: int = 0
    """Replies without a chain that could belong to several."""
    sources: set[int] = field(default_factory=set)


def looks_like(files: EvidenceFiles, source: int) -> bool:
    """Return whether a file is JSON with the marks of CometBFT."""
    head = files.head(source, HEAD_BYTES)
    if not _BEGINNING.match(head):
        return False
    if _MARKS.search(head):
        return True
    has_more = len(head) == HEAD_BYTES and (b'"block"' in head or b'"txs"' in head)
    return has_more and bool(_MARKS.search(files.head(source, MAX_SNIFFED_BYTES)))


def build_index(files: EvidenceFiles, library: "Library") -> Index:
    """Return where everything stands; damage is part of it, never raised."""
    index = Index()
    loose: list[tuple[int, Reference]] = []
    for source in files.evidence.sources:
        if not looks_like(files, source.index):
            continue
        index.sources.add(source.index)
        for start, end in library.places(source.index, index.damage):
            _note(index, loose, library, (source.index, start, end))
    _assign(index, loose)
    return index


def _note(
    index: Index,
    loose: list[tuple[int, Reference]],
    library: "Library",
    place: tuple[int, int, int],
) -> None:
    try:
        document = library.document(*place)
    except ReadError as error:
        index.damage.append(_damage(place, error))
        return
    for number, found in enumerate(document):
        reference = Reference(*place, number)
        if found.shape is Shape.VECTOR:
            index.vectors.append(reference)
            continue
        try:
            chain_id, height = place_of(found)
        except ReadError as error:
            span = ByteSpan(place[0], place[1], place[2])
            index.damage.append(
                Unreadable(checks.FORM, "record-malformed", span, -1, str(error))
            )
            continue
        if found.shape in {Shape.BLOCK, Shape.GENESIS}:
            chain = index.chains.setdefault(chain_id, ChainIndex(chain_id))
            if found.shape is Shape.GENESIS:
                chain.genesis.append(reference)
                continue
            chain.heights.setdefault(height, []).append(reference)
            chain.with_header.add(height)
        else:
            loose.append((height, reference))


def _damage(place: tuple[int, int, int], error: ReadError) -> Unreadable:
    source, start, end = place
    at = start + (error.span.start if error.span else 0)
    span = ByteSpan(source, min(at, max(start, end - 1)), end)
    reason = error.reason if error.reason in checks.JSON_REASONS else "json-malformed"
    return Unreadable(checks.FRAMING, reason, span, -1, str(error))


def _assign(index: Index, loose: list[tuple[int, Reference]]) -> None:
    """Give replies without a chain to the chain they must belong to."""
    if not index.chains and loose:
        index.chains[""] = ChainIndex("")
    chains = list(index.chains.values())
    for height, reference in loose:
        fitting = [each for each in chains if height in each.with_header]
        if len(chains) == 1:
            fitting = chains
        if len(fitting) != 1:
            index.unassigned += 1
            continue
        fitting[0].heights.setdefault(height, []).append(reference)


class Library:
    """Reads documents, and keeps the last ones."""

    def __init__(self, files: EvidenceFiles) -> None:
        """Read nothing yet."""
        self._files = files
        self._kept: OrderedDict[tuple[int, int, int], list[Found]] = OrderedDict()

    def places(
        self, source: int, damage: list[Unreadable]
    ) -> Iterator[tuple[int, int]]:
        """Yield where the documents of a file stand."""
        size = self._files.evidence.sources[source].size_bytes
        if size <= MAX_RECORD_BYTES:
            data = self._files.read(ByteSpan(source, 0, size))
            yield from self._limited(documents(data), ByteSpan(source, 0, size), damage)
            return
        lines = self._lines(source, damage)
        yield from self._limited(lines, ByteSpan(source, 0, size), damage)

    def _limited(
        self,
        found: Iterator[tuple[int, int]],
        whole: ByteSpan,
        damage: list[Unreadable],
    ) -> Iterator[tuple[int, int]]:
        for count, place in enumerate(found):
            if count >= MAX_DOCUMENTS:
                damage.append(Unreadable(checks.FRAMING, "too-many", whole, -1))
                return
            yield place

    def _lines(
        self, source: int, damage: list[Unreadable]
    ) -> Iterator[tuple[int, int]]:
        """Yield the lines of a file that is too long for one document."""
        begin = 0
        held = b""
        for _, chunk in self._files.chunks(source):
            *lines, held = (held + chunk).split(b"\n")
            for line in lines:
                if line.strip():
                    yield begin, begin + len(line)
                begin += len(line) + 1
            if len(held) > MAX_RECORD_BYTES:
                span = ByteSpan(source, begin, begin + len(held))
                damage.append(Unreadable(checks.FRAMING, "too-long", span, -1))
                return
        if held.strip():
            yield begin, begin + len(held)

    def document(self, source: int, start: int, end: int) -> list[Found]:
        """Return what a document says.

        Raises:
            ReadError: If it is no JSON.
        """
        place = (source, start, end)
        known = self._kept.get(place)
        if known is not None:
            self._kept.move_to_end(place)
            return known
        data = self._files.read(ByteSpan(source, start, end))
        found = list(harvest(parse_located(data)))
        self._kept[place] = found
        while len(self._kept) > KEPT_DOCUMENTS:
            self._kept.popitem(last=False)
        return found

    def node(self, reference: Reference) -> JsonNode:
        """Return an object that was found before.

        Raises:
            ReadError: If the file changed meanwhile.
        """
        found = self.document(reference.source, reference.start, reference.end)
        if reference.number >= len(found):
            raise ReadError("the file changed meanwhile", "cannot-read")
        return found[reference.number].node

    def genesis_sets(self, references: list[Reference]) -> Iterator[ValidatorSet]:
        """Yield the validators that genesis documents name, where they can be read."""
        for reference in references:
            places = Places(reference.source, reference.start)
            try:
                found = validator_set_of(self.node(reference), places)
            except ReadError:
                continue  # only a hint: what is missing here is said elsewhere
            if found is not None:
                yield found

    def height(
        self, height: int, references: list[Reference], damage: list[Unreadable]
    ) -> Height:
        """Return everything said about a height; what is malformed is damage."""
        out = Height(height)
        for reference in references:
            places = Places(reference.source, reference.start)
            try:
                found = self.document(reference.source, reference.start, reference.end)
                _add(out, found[reference.number], places)
            except ReadError as error:
                span = ByteSpan(reference.source, reference.start, reference.end)
                damage.append(
                    Unreadable(
                        checks.FORM, "record-malformed", span, height, str(error)
                    )
                )
        return out


def _add(out: Height, found: Found, places: Places) -> None:
    if found.shape is Shape.BLOCK:
        out.records.append(block_record(found.node, places))
    elif found.shape is Shape.VALIDATORS:
        out.pages.append(validator_page(found.node, places))
    elif found.shape is Shape.RESULTS:
        out.results.append(results_of(found.node, places))
    elif found.shape is Shape.TX:
        out.searched.append(tx_record(found.node, places))
