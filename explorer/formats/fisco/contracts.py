"""What calls and events of contracts say, decoded with the ABI that the export holds.

3.x: a transaction that deploys a contract may carry its ABI; the receipt names the
address. Files beside the evidence may be ABIs, too. Chains with national cryptography
select functions and events by SM3 (docs/formats/fisco-bcos.md). Where the address of a
contract is not known, an ABI is used whose selector fits, and only if all bytes decode.
"""

from collections.abc import Iterable, Sequence

import msgspec

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.crypto.hashes import hash_function
from explorer.encodings.abi import (
    SELECTOR_BYTES,
    Abi,
    AbiItem,
    JsonText,
    decode_event,
    decode_values,
    named_values,
    parse_abi,
)
from explorer.encodings.canonical_json import parse_json
from explorer.formats.fisco.receipts import LogEntry
from explorer.model.content import Document

MAX_CONTRACTS = 10_000
MAX_ABI_BYTES = 2**20
MAX_SUMMARY = 200
JSON_TYPE = "application/json"
DEPLOY = "deploy"


class Call(msgspec.Struct, frozen=True):
    """A call in words."""

    name: str
    """The function; ``deploy``; or the selector in hex where no ABI fits."""
    arguments: dict[str, JsonText]
    is_decoded: bool


class Contracts:
    """The contracts of one ledger whose ABI is known."""

    def __init__(self, abis: Iterable[Abi]) -> None:
        """Begin with ABIs that lie beside the evidence."""
        self._at: dict[str, Abi] = {}
        self._all: list[Abi] = list(abis)
        self._selectors: dict[tuple[HashAlgorithm, bytes], list[AbiItem]] = {}
        self._topics: dict[tuple[HashAlgorithm, bytes], list[AbiItem]] = {}
        self._seen: set[str] = set()
        self._added = 0
        self._algorithms = (HashAlgorithm.KECCAK256, HashAlgorithm.SM3)

    def deploy(self, abi: str, address: str) -> bool:
        """Learn the ABI of a contract; ``address`` is empty if no receipt names it.

        Returns whether the text is an ABI.
        """
        if not abi or len(abi) > MAX_ABI_BYTES or len(self._seen) >= MAX_CONTRACTS:
            return False
        try:
            parsed = parse_abi(parse_json(abi.encode()))
        except ReadError:
            return False
        if abi not in self._seen:
            self._seen.add(abi)
            self._all.append(parsed)
        if address:
            self._at[address] = parsed
        return True

    def call(self, to: str, data: bytes, algorithm: HashAlgorithm) -> Call:
        """Return a call of the contract at ``to`` (lower case, without ``0x``)."""
        if not any(bytes.fromhex(to) if _is_hex(to) else b"\1"):
            return Call(DEPLOY, {}, is_decoded=True)
        selector = data[:SELECTOR_BYTES]
        known = self._at.get(to)
        if known is not None:
            item = known.by_selector(hash_function(algorithm)).get(selector)
            candidates = [] if item is None else [item]
        else:
            candidates = self._by_selector(selector, algorithm)
        for each in candidates:
            try:
                values = decode_values(each.inputs, data[SELECTOR_BYTES:])
            except ReadError:
                continue
            arguments = named_values(each.inputs, values)
            return Call(each.name, arguments, is_decoded=True)
        return Call(f"0x{selector.hex()}" if selector else "", {}, is_decoded=False)

    def event(
        self, entry: LogEntry, algorithm: HashAlgorithm
    ) -> tuple[str, dict[str, JsonText]] | None:
        """Return name and values of an event, ``None`` where no ABI fits."""
        if not entry.topics:
            return None
        known = self._at.get(entry.address)
        if known is not None:
            item = known.by_topic(hash_function(algorithm)).get(entry.topics[0])
            candidates = [] if item is None else [item]
        else:
            candidates = self._by_topic(entry.topics[0], algorithm)
        for each in candidates:
            try:
                values = decode_event(each, entry.topics, entry.data)
            except ReadError:
                continue
            return each.name, named_values(each.inputs, values)
        return None

    def _by_selector(self, selector: bytes, algorithm: HashAlgorithm) -> list[AbiItem]:
        self._update()
        return self._selectors.get((algorithm, selector), [])

    def _by_topic(self, topic: bytes, algorithm: HashAlgorithm) -> list[AbiItem]:
        self._update()
        return self._topics.get((algorithm, topic), [])

    def _update(self) -> None:
        for abi in self._all[self._added :]:
            for algorithm in self._algorithms:
                hashed = hash_function(algorithm)
                for selector, item in abi.by_selector(hashed).items():
                    self._selectors.setdefault((algorithm, selector), []).append(item)
                for topic, item in abi.by_topic(hashed).items():
                    self._topics.setdefault((algorithm, topic), []).append(item)
        self._added = len(self._all)


def documents_of(
    values: dict[str, JsonText], span: ByteSpan, event: str = ""
) -> list[Document]:
    """Return the values as a document, and each value that is JSON itself as another.

    Contracts are often handed whole records as texts.
    """
    if not values:
        return []
    media_type = f"{JSON_TYPE};event={event}" if event else JSON_TYPE
    found = [Document(media_type, msgspec.json.encode(values), span)]
    found += [
        Document(JSON_TYPE, each.encode(), span)
        for each in values.values()
        if isinstance(each, str) and each[:1] in {"{", "["} and _is_json(each)
    ]
    return found


def arguments_of(values: dict[str, JsonText]) -> tuple[str, ...]:
    """Return the values as texts."""
    return tuple(
        each if isinstance(each, str) else msgspec.json.encode(each).decode()
        for each in values.values()
    )


def summary_of(arguments: Sequence[str]) -> str:
    """Return what a call is about, at most 200 characters."""
    return " · ".join(each for each in arguments if each)[:MAX_SUMMARY]


def _is_hex(text: str) -> bool:
    return len(text) % 2 == 0 and all(each in "0123456789abcdef" for each in text)


def _is_json(text: str) -> bool:
    try:
        msgspec.json.decode(text, type=msgspec.Raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True
