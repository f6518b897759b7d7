"""Which records the evidence holds, and which ledger each belongs to.

Records of one block may lie in several files: a header with signatures, the block with
its transactions, receipts, proofs. They are put together by height and by hash. Blocks
of 2.x and of 3.x are two ledgers; so are the blocks of two folders if both have another
block of the same height.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_RECORD_BYTES
from explorer.core.spans import ByteSpan
from explorer.encodings.abi import Abi, parse_abi
from explorer.encodings.canonical_json import parse_json
from explorer.formats.fisco import specs
from explorer.formats.fisco.genesis import GenesisConfig, read_config
from explorer.formats.fisco.glancing import (
    RecordKind,
    RecordPlace,
    glance,
    likely_number,
)
from explorer.formats.fisco.splitting import cut_records
from explorer.formats.fisco.tables import cut_rows, is_table
from explorer.formats.opening import EvidenceFiles
from explorer.model.blocks import Unreadable

MAX_RECORDS = 10_000_000
"""Records of one evidence."""
MAX_FLAWS = 500
"""Parts that cannot be read and are listed one by one; further ones are counted."""
MAX_CONFIG_BYTES = 2**20
HEAD_BYTES = 2**18

_ABI = re.compile(rb"(?s)\s*\[\s*\{(?=.*\"inputs\"\s*:)(?=.*\"type\"\s*:)")
_CONFIG = re.compile(rb"(?m)^\s*node\.0\s*=\s*[0-9a-fA-F]{128}")
_TEXT_START = frozenset(b"{[ \t\r\n\xef")


@dataclass(slots=True)
class Ledger:
    """The records of one ledger."""

    name: str
    is_third: bool
    blocks: dict[int, list[RecordPlace]] = field(default_factory=dict)
    transactions: dict[str, RecordPlace] = field(default_factory=dict)
    receipts: dict[str, RecordPlace] = field(default_factory=dict)
    loose: list[RecordPlace] = field(default_factory=list)
    """Transactions, receipts and proofs in the order of the files."""
    damage: list[Unreadable] = field(default_factory=list)
    unknown: list[ByteSpan] = field(default_factory=list)
    """Objects that are nearly records, but of no kind that is known."""
    more_damage: int = 0
    """Parts that could not be read and are only counted."""
    configs: list[GenesisConfig] = field(default_factory=list)
    abis: list[Abi] = field(default_factory=list)
    total_bytes: int = 0

    def add(self, place: RecordPlace) -> None:
        """Take a record."""
        self.total_bytes += place.span.size_bytes
        if place.kind in {RecordKind.BLOCK2, RecordKind.BLOCK3}:
            self.blocks.setdefault(place.number, []).append(place)
            return
        self.loose.append(place)
        if place.kind is RecordKind.TRANSACTION:
            self.transactions.setdefault(place.key, place)
        elif place.kind is RecordKind.RECEIPT:
            self.receipts.setdefault(place.key, place)

    def note(self, damage: Unreadable) -> None:
        """Take bytes that could not be read."""
        if len(self.damage) < MAX_FLAWS:
            self.damage.append(damage)
        else:
            self.more_damage += 1


def index(files: EvidenceFiles) -> list[Ledger]:
    """Return the ledgers of the evidence; at least one, if anything is FISCO's."""
    extras = Ledger("", is_third=False)
    places: list[RecordPlace] = []
    for item in _items(files, extras):
        if isinstance(item, Unreadable):
            extras.note(item)
        elif item.kind is RecordKind.UNKNOWN:
            extras.unknown.append(item.span)
        elif len(places) < MAX_RECORDS:
            places.append(item)
        else:
            extras.note(
                Unreadable(specs.JSON_FORM, "too-many-records", item.span, item.number)
            )
            break
    ledgers = list(_parted(files, places))
    if not ledgers and (extras.damage or extras.unknown):
        ledgers = [Ledger(files.path(0).name, is_third=False)]
    for ledger in ledgers:
        ledger.configs, ledger.abis = extras.configs, extras.abis
    if ledgers:
        ledgers[0].damage, ledgers[0].more_damage = extras.damage, extras.more_damage
        ledgers[0].unknown = extras.unknown
    return ledgers


def _items(files: EvidenceFiles, extras: Ledger) -> Iterator[RecordPlace | Unreadable]:
    for source in files.evidence.sources:
        head = files.head(source.index, HEAD_BYTES)
        if source.size_bytes <= MAX_CONFIG_BYTES and _CONFIG.search(head):
            span = ByteSpan(source.index, 0, source.size_bytes)
            extras.configs.append(read_config(files.read(span), span))
        elif is_table(head):
            yield from cut_rows(files, source.index, head)
        elif _ABI.match(head[:HEAD_BYTES]) and source.size_bytes <= MAX_RECORD_BYTES:
            yield from _take_abi(files, source.index, source.size_bytes, extras)
        elif head[:1] and head[0] in _TEXT_START:
            yield from _json_items(files, source.index)


def _take_abi(
    files: EvidenceFiles, source: int, size: int, extras: Ledger
) -> Iterator[RecordPlace | Unreadable]:
    """Take a file beside the evidence that is an ABI; else read its records."""
    try:
        value = parse_json(files.read(ByteSpan(source, 0, size)))
        abi = parse_abi(value)
    except ReadError:
        abi = Abi((), ())
    if abi.functions or abi.events:
        extras.abis.append(abi)
    else:
        yield from _json_items(files, source)


def _json_items(
    files: EvidenceFiles, source: int
) -> Iterator[RecordPlace | Unreadable]:
    found = False
    faults: list[Unreadable] = []
    for cut in cut_records(files, source):
        if cut.fault:
            faults.append(_damage(cut.fault, cut.span, -1, cut.detail))
            continue
        try:
            for place in glance(cut.text, cut.span):
                found = True
                yield from _placed(place)
        except ReadError as error:
            number = likely_number(cut.text)
            faults.append(_damage(error.reason, cut.span, number, str(error)))
    if found or (faults and _is_ours(files, source)):
        yield from faults


def _placed(place: RecordPlace) -> Iterator[RecordPlace | Unreadable]:
    is_block = place.kind in {RecordKind.BLOCK2, RecordKind.BLOCK3}
    if is_block and place.number < 0:
        detail = "number"
        yield Unreadable(specs.RECORD_FORM, "field-malformed", place.span, -1, detail)
    else:
        yield place


def _is_ours(files: EvidenceFiles, source: int) -> bool:
    """Return whether a file without a readable record should have held some."""
    head = files.head(source, HEAD_BYTES)
    return any(mark in head for mark in STRONG_MARKS) or head.count(b'"hash"') > 0


STRONG_MARKS = (
    b'"sealerList"',
    b'"txsRoot"',
    b'"logEntries"',
    b'"blockLimit"',
    b'"consensusWeights"',
    b'"sealerIndex"',
    b'"dbHash"',
    b'"transactionReceipt"',
)
"""Keys that only records of FISCO BCOS have."""


def _damage(reason: str, span: ByteSpan, number: int, detail: str) -> Unreadable:
    known = {each.code for each in _JSON_REASONS}
    code = reason if reason in known else "malformed"
    return Unreadable(specs.JSON_FORM, code, span, number, detail)


_JSON_REASONS = next(
    each.reasons for each in specs.CHECKS if each.id == specs.JSON_FORM
)


def _parted(files: EvidenceFiles, places: Iterable[RecordPlace]) -> Iterator[Ledger]:
    """Yield a ledger for each part of the evidence that cannot be one with others."""
    by_generation: dict[bool, list[RecordPlace]] = {}
    for place in places:
        by_generation.setdefault(place.is_third, []).append(place)
    for is_third, members in sorted(by_generation.items()):
        folders = _folders(files, members)
        if len(folders) > 1 and _has_conflict(folders.values()):
            for folder, own in sorted(folders.items()):
                yield _ledger(folder, own, is_third=is_third)
        else:
            name = files.path(members[0].span.source).name
            yield _ledger(name, members, is_third=is_third)


def _folders(
    files: EvidenceFiles, places: Iterable[RecordPlace]
) -> dict[str, list[RecordPlace]]:
    found: dict[str, list[RecordPlace]] = {}
    names: dict[int, str] = {}
    for place in places:
        source = place.span.source
        if source not in names:
            names[source] = str(files.path(source).parent)
        found.setdefault(names[source], []).append(place)
    return found


def _has_conflict(parts: Iterable[list[RecordPlace]]) -> bool:
    """Return whether two parts hold different blocks of the same height."""
    known: dict[int, str] = {}
    for part in parts:
        own: dict[int, str] = {}
        for place in part:
            if place.kind in {RecordKind.BLOCK2, RecordKind.BLOCK3}:
                own[place.number] = place.key
        if any(known.get(number, key) != key for number, key in own.items()):
            return True
        known.update(own)
    return False


def _ledger(name: str, places: list[RecordPlace], *, is_third: bool) -> Ledger:
    ledger = Ledger(name.rpartition("/")[2] or name, is_third)
    for place in places:
        ledger.add(place)
    return ledger
