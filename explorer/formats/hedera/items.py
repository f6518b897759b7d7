"""Transactions with their records, as entries and as what they say.

``services/transaction.proto``, ``transaction_record.proto``, ``basic_types.proto``.
Transfers are those of the record, which are final: hbar, tokens, unique tokens with
their serial numbers. Lists of several payers and receivers do not say who paid whom:
the amounts pass through the transaction itself. Left out: signatures of users (their
keys are accounts' state, which is not in the stream), contract results.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.encodings.protobuf import RawField, content, number, scan
from explorer.formats.hedera.messages import account
from explorer.formats.hedera.records import Item, RecordFile
from explorer.model.blocks import Entry
from explorer.model.content import Document, EntryContent, KeyWrite, Transfer

_SUCCESS = frozenset({22, 104, 220})
"""SUCCESS, FEE_SCHEDULE_FILE_PART_UPLOADED, SUCCESS_BUT_MISSING_EXPECTED_OPERATION."""
_NOBODY = "0.0.0"
HBAR = "tinybar"
SUBMIT_MESSAGE = 27
MAX_SUMMARY = 200
_KINDS: Mapping[int, str] = MappingProxyType(
    {
        7: "ContractCall",
        8: "ContractCreate",
        9: "ContractUpdate",
        11: "CryptoCreateAccount",
        12: "CryptoDelete",
        14: "CryptoTransfer",
        15: "CryptoUpdateAccount",
        16: "FileAppend",
        17: "FileCreate",
        18: "FileDelete",
        19: "FileUpdate",
        20: "SystemDelete",
        21: "SystemUndelete",
        22: "ContractDelete",
        23: "Freeze",
        24: "ConsensusCreateTopic",
        25: "ConsensusUpdateTopic",
        26: "ConsensusDeleteTopic",
        SUBMIT_MESSAGE: "ConsensusSubmitMessage",
        28: "UncheckedSubmit",
        29: "TokenCreate",
        31: "TokenFreeze",
        32: "TokenUnfreeze",
        33: "TokenGrantKyc",
        34: "TokenRevokeKyc",
        35: "TokenDelete",
        36: "TokenUpdate",
        37: "TokenMint",
        38: "TokenBurn",
        39: "TokenWipe",
        40: "TokenAssociate",
        41: "TokenDissociate",
        42: "ScheduleCreate",
        43: "ScheduleDelete",
        44: "ScheduleSign",
        45: "TokenFeeScheduleUpdate",
        46: "TokenPause",
        47: "TokenUnpause",
        48: "CryptoApproveAllowance",
        49: "CryptoDeleteAllowance",
        50: "EthereumTransaction",
        51: "NodeStakeUpdate",
        52: "UtilPrng",
        53: "TokenUpdateNfts",
        54: "NodeCreate",
        55: "NodeUpdate",
        56: "NodeDelete",
        57: "TokenReject",
        58: "TokenAirdrop",
        59: "TokenCancelAirdrop",
        60: "TokenClaimAirdrop",
    }
)


@dataclass(frozen=True, slots=True)
class ItemPlan:
    """One transaction, decoded."""

    entry: Entry
    transfers: tuple[Transfer, ...] = ()
    writes: tuple[KeyWrite, ...] = ()
    documents: tuple[Document, ...] = ()


def plan_of(file: RecordFile, item: Item, height: int, position: int) -> ItemPlan:
    """Return what a transaction and its record say; little if they are unreadable."""
    try:
        return _Decoder(file, item, height, position).plan()
    except ReadError:
        span = file.span(item.whole)
        name = f"{height}/{position}"
        return ItemPlan(Entry(height, position, name, "unreadable", "", span))


def content_of(plan: ItemPlan) -> EntryContent:
    """Return the entry's content."""
    entry = plan.entry
    return EntryContent(
        entry.block,
        entry.position,
        entry.id,
        entry.kind,
        entry.author,
        author_verified=False,
        accepted=not entry.refused,
        time_us=entry.time_us,
        writes=plan.writes,
        documents=plan.documents,
        transfers=plan.transfers,
    )


class _Decoder:
    """Decodes one record and its transaction."""

    def __init__(
        self, file: RecordFile, item: Item, height: int, position: int
    ) -> None:
        self._data = file.data
        self._span = file.span(item.record)
        self._whole = file.span(item.whole)
        self._record = scan(file.data, *item.record)
        self._height = height
        self._position = position
        self._body = self._body_of(item)

    def plan(self) -> ItemPlan:
        name, payer = self._transaction_id()
        status = self._status()
        kind, place = self._kind()
        transfers = self._transfers(name)
        writes: tuple[KeyWrite, ...] = ()
        documents: tuple[Document, ...] = ()
        summary = ""
        if kind == _KINDS[SUBMIT_MESSAGE]:
            topic, message = self._message(place)
            summary = f"topic {topic}"
            writes = (
                KeyWrite("topic", topic, message, is_delete=False, span=self._whole),
            )
            if message.lstrip()[:1] == b"{":
                media = "application/json"
                documents = (Document(media, message, self._whole),)
        elif transfers:
            summary = ", ".join(
                f"{each.amount} {each.asset} {each.source} → {each.target}"
                for each in transfers[:3]
            )
        entry = Entry(
            self._height,
            self._position,
            name or f"{self._height}/{self._position}",
            kind,
            payer,
            self._whole,
            self._time(),
            "" if status in _SUCCESS else str(status),
            summary[:MAX_SUMMARY],
        )
        return ItemPlan(entry, transfers, writes, documents)

    def _body_of(self, item: Item) -> bytes:
        """Return ``TransactionBody``, in whichever way the transaction holds it."""
        fields = scan(self._data, *item.transaction)
        signed = content(self._data, fields, 0x2A)
        if signed:
            return content(signed, scan(signed, 0, len(signed)), 0x0A)
        return content(self._data, fields, 0x22) or content(self._data, fields, 0x0A)

    def _kind(self) -> tuple[str, tuple[int, int]]:
        for tag, start, end in scan(self._body, 0, len(self._body)):
            if tag & 7 == 2 and tag >> 3 in _KINDS:
                return _KINDS[tag >> 3], (start, end)
        return "transaction", (0, 0)

    def _transaction_id(self) -> tuple[str, str]:
        """Return the transaction's id and the account that pays for it."""
        data = content(self._data, self._record, 0x22)
        fields = scan(data, 0, len(data))
        places = {each[0]: (each[1], each[2]) for each in fields}
        if 0x0A not in places or 0x12 not in places:
            return "", ""
        moment = scan(data, *places[0x0A])
        payer = account(data, places[0x12])
        name = f"{payer}@{number(moment, 0x08)}.{number(moment, 0x10):09d}"
        name += "?scheduled" * bool(number(fields, 0x18))
        nonce = number(fields, 0x20)
        return name + (f"/{nonce}" if nonce else ""), payer

    def _status(self) -> int:
        receipt = content(self._data, self._record, 0x0A)
        return number(scan(receipt, 0, len(receipt)), 0x08)

    def _time(self) -> int | Absent:
        data = content(self._data, self._record, 0x1A)
        fields = scan(data, 0, len(data))
        seconds, nanos = number(fields, 0x08), number(fields, 0x10)
        if not data or seconds >= 2**40:
            return Absent.UNREADABLE
        return seconds * 1_000_000 + nanos // 1_000

    def _message(self, place: tuple[int, int]) -> tuple[str, bytes]:
        fields = scan(self._body, *place)
        topic = content(self._body, fields, 0x0A)
        name = account(topic, (0, len(topic)))
        return name, content(self._body, fields, 0x12)

    def _transfers(self, name: str) -> tuple[Transfer, ...]:
        pool = f"transaction/{name}"
        found: list[Transfer] = []
        hbar = content(self._data, self._record, 0x52)
        found += _amounts(
            hbar, scan(hbar, 0, len(hbar)), 0x0A, (HBAR, pool, self._span)
        )
        for each in self._record:
            if each[0] != 0x5A:
                continue
            data = self._data[each[1] : each[2]]
            fields = scan(data, 0, len(data))
            token = content(data, fields, 0x0A)
            asset = account(token, (0, len(token)))
            found += _amounts(data, fields, 0x12, (asset, pool, self._span))
            found += _unique(data, fields, asset, self._span)
        return tuple(found)


def _amounts(
    data: bytes, fields: list[RawField], tag: int, what: tuple[str, str, ByteSpan]
) -> list[Transfer]:
    """Return the moves of one asset; among several accounts through the transaction."""
    asset, pool, span = what
    moves: list[tuple[str, int]] = []
    for each in fields:
        if each[0] != tag:
            continue
        inner = data[each[1] : each[2]]
        parts = scan(inner, 0, len(inner))
        name = content(inner, parts, 0x0A)
        value = number(parts, 0x10)
        moves.append((account(name, (0, len(name))), value >> 1 ^ -(value & 1)))
    senders = [each for each in moves if each[1] < 0]
    receivers = [each for each in moves if each[1] > 0]
    if len(senders) == 1 or not senders:
        source = senders[0][0] if senders else ""
        return [
            Transfer(asset, amount, source, target, is_unique=False, span=span)
            for target, amount in receivers
        ] or [
            Transfer(asset, -amount, name, "", is_unique=False, span=span)
            for name, amount in senders
        ]
    if not receivers:
        pool = ""
    into = [
        Transfer(asset, -amount, name, pool, is_unique=False, span=span)
        for name, amount in senders
    ]
    out = [
        Transfer(asset, amount, pool, name, is_unique=False, span=span)
        for name, amount in receivers
    ]
    return into + out


def _unique(
    data: bytes, fields: list[RawField], asset: str, span: ByteSpan
) -> list[Transfer]:
    found: list[Transfer] = []
    for each in fields:
        if each[0] != 0x1A:
            continue
        inner = data[each[1] : each[2]]
        parts = scan(inner, 0, len(inner))
        source, target = content(inner, parts, 0x0A), content(inner, parts, 0x12)
        names = [account(name, (0, len(name))) for name in (source, target)]
        sender, receiver = ("" if name == _NOBODY else name for name in names)
        serial = f"{asset}/{number(parts, 0x18)}"
        found.append(Transfer(serial, 1, sender, receiver, is_unique=True, span=span))
    return found
