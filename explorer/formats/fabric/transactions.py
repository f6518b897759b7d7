"""Transactions: from the envelope down to the read and write set.

``common/common.proto``, ``peer/transaction.proto``, ``peer/proposal*.proto`` of Fabric
3.1. Each layer that cannot be read is noted with the validation code which a peer gives
for it (``core/common/validation/msgvalidation.go``, ``v20/plugindispatcher``); whether
hashes and signatures hold is not judged here. Left out: what configuration transactions
hold (``config``), the values of private data.
"""

import re

import msgspec

from explorer.core.errors import ReadError
from explorer.encodings.protobuf import pair, scan, scan_map, unwrap
from explorer.formats.fabric.rwsets import NO_PLACE, RwsetParser, Space

CONFIG = 1
CONFIG_UPDATE = 2
ENDORSER_TRANSACTION = 3

VALID = 0
BAD_PAYLOAD = 2
BAD_COMMON_HEADER = 3
INVALID_ENDORSER_TRANSACTION = 5
UNSUPPORTED_TX_PAYLOAD = 7
BAD_HEADER_EXTENSION = 19
BAD_RESPONSE_PAYLOAD = 21
BAD_RWSET = 22
ILLEGAL_WRITESET = 23
INVALID_CHAINCODE = 25
INVALID_OTHER_REASON = 255

_HASH_ID = re.compile("[0-9a-f]{64}")
Place = tuple[int, int]
MAX_REMEMBERED = 4_096
Identities = dict[bytes, bytes]
"""Identities met so far; a handful serve a whole ledger, so each is held once."""


class Endorsement(msgspec.Struct, gc=False):
    """One signature over the proposal response."""

    endorser: bytes
    """``SerializedIdentity`` as it is signed."""
    endorser_place: Place
    signature: Place


class Transaction(msgspec.Struct, gc=False):
    """One transaction of a block; places refer to the block's buffer."""

    place: Place
    head_code: int = VALID
    """Fault that a peer meets before the creator's signature."""
    body_code: int = VALID
    """Fault met after the transaction id."""
    dispatch_code: int = VALID
    """Fault met after the search for duplicates."""
    is_canonical: bool = True
    """Whether the envelope is the only encoding of what it holds."""
    type: int = 0
    channel: str = ""
    tx_id: str = ""
    is_hash_id: bool = False
    """Whether the number is a SHA-256 in lower-case hex, as it should be."""
    time_us: int = -1
    creator: bytes = b""
    nonce: bytes = b""
    payload: Place = NO_PLACE
    signature: Place = NO_PLACE
    content: Place = NO_PLACE
    """``Payload.data``: a ``Transaction`` or a ``ConfigEnvelope``."""
    channel_header: Place = NO_PLACE
    signature_header: Place = NO_PLACE
    tx_id_place: Place = NO_PLACE
    extension: Place = NO_PLACE
    action_header: Place = NO_PLACE
    proposal: Place = NO_PLACE
    """``ChaincodeProposalPayload``."""
    response: Place = NO_PLACE
    """``ProposalResponsePayload``: what endorsers sign."""
    proposal_hash: Place = NO_PLACE
    endorsements: list[Endorsement] = []
    chaincode: str = ""
    spaces: list[Space] = []


class EnvelopeParser:
    """Parses the transactions of one ledger."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._rwsets = RwsetParser()
        self._identities: Identities = {}
        self._names: dict[bytes, tuple[str, str, bool]] = {}
        self._extensions: dict[bytes, tuple[str, str, bool]] = {}

    def parse(self, data: bytes, start: int, end: int) -> Transaction:
        """Return a transaction as far as it can be read; never raises."""
        tx = Transaction((start, end))
        code = INVALID_OTHER_REASON
        try:
            _read_envelope(data, tx)
            code = BAD_PAYLOAD
            at, middle, first, last = pair(data, *tx.payload)
            tx.content = (first, last)
            at, middle, first, last = pair(data, at, middle)
            code = BAD_COMMON_HEADER
            tx.channel_header = (at, middle)
            tx.signature_header = (first, last)
            _read_header(data, tx, self._identities)
        except (ReadError, UnicodeDecodeError):
            tx.head_code = code
            return tx
        if tx.head_code == VALID and tx.type == ENDORSER_TRANSACTION:
            self._read_action(data, tx)
        elif tx.head_code == VALID and tx.type != CONFIG:
            tx.body_code = UNSUPPORTED_TX_PAYLOAD
        return tx

    def _read_action(self, data: bytes, tx: Transaction) -> None:
        """Read the one action of an endorser transaction."""
        try:
            if len(self._identities) > MAX_REMEMBERED:
                self._identities.clear()
            place = _read_layers(data, tx, self._identities)
        except ReadError:
            place = None
        if place is None:
            tx.body_code = INVALID_ENDORSER_TRANSACTION
            return
        tx.dispatch_code = self._read_chaincode_action(data, tx, place)

    def _read_chaincode_action(self, data: bytes, tx: Transaction, place: Place) -> int:
        """Read results and chaincode names in the order of the peer's dispatcher."""
        try:
            named = self._named(data[tx.extension[0] : tx.extension[1]])
        except (ReadError, UnicodeDecodeError):
            return BAD_HEADER_EXTENSION
        try:
            fields = scan_map(data, *place)
            chaincode = self._chaincode_id(data, fields.get(0x22))
            _check_response(data, fields.get(0x1A))
        except (ReadError, UnicodeDecodeError):
            return BAD_RESPONSE_PAYLOAD
        if not fields:
            return BAD_RESPONSE_PAYLOAD
        try:
            tx.spaces = self._rwsets.parse(data, *fields.get(0x0A, NO_PLACE))
        except ReadError:
            return BAD_RWSET
        tx.chaincode = named[0]
        event = fields.get(0x12, NO_PLACE)
        return _names_fault(data, named, chaincode, event, tx.spaces)

    def _named(self, extension: bytes) -> tuple[str, str, bool]:
        """Return the chaincode that a ``ChaincodeHeaderExtension`` names."""
        known = self._extensions.get(extension)
        if known is None:
            place = scan_map(extension, 0, len(extension)).get(0x12)
            known = self._chaincode_id(extension, place)
            if len(self._extensions) >= MAX_REMEMBERED:
                self._extensions.clear()
            self._extensions[extension] = known
        return known

    def _chaincode_id(self, data: bytes, place: Place | None) -> tuple[str, str, bool]:
        """Return name, version and whether there is a ``ChaincodeID`` at all."""
        if place is None:
            return "", "", False
        exact = data[place[0] : place[1]]
        known = self._names.get(exact)
        if known is None:
            fields = scan_map(exact, 0, len(exact))
            first, last = fields.get(0x12, NO_PLACE)
            start, end = fields.get(0x1A, NO_PLACE)
            known = exact[first:last].decode(), exact[start:end].decode(), True
            if len(self._names) >= MAX_REMEMBERED:
                self._names.clear()
            self._names[exact] = known
        return known


def _read_envelope(data: bytes, tx: Transaction) -> None:
    start, end = tx.place
    fields = scan(data, start, end)
    if len(fields) == 2 and fields[0][0] == 0x0A and fields[1][0] == 0x12:
        tx.payload = fields[0][1:]
        tx.signature = fields[1][1:]
    else:
        for tag, first, last in fields:
            if tag == 0x0A:
                tx.payload = (first, last)
            elif tag == 0x12:
                tx.signature = (first, last)
        known = [tag for tag, _, _ in fields if tag in (0x0A, 0x12)]
        in_front = [tag for tag, _, _ in fields[: len(known)]]
        tx.is_canonical = known == sorted(set(known)) and known == in_front
    tx.is_canonical = tx.is_canonical and _is_minimal(tx, start, end)


def _is_minimal(tx: Transaction, start: int, end: int) -> bool:
    """Return whether payload and signature stand behind the shortest lengths.

    ``VerifyTransactionsAreWellFormed`` of ``protoutil``: the envelope must marshal to
    the same bytes again. Unknown fields behind the known ones are kept by that.
    """
    at = start
    for first, last in (tx.payload, tx.signature):
        if first == last:
            continue  # an empty field is not written
        at += 1 + ((last - first).bit_length() + 6) // 7
        if at != first:
            return False
        at = last
    return at <= end


def _read_header(data: bytes, tx: Transaction, known: Identities) -> None:
    """Read the channel header and the signature header."""
    fields = scan_map(data, *tx.channel_header)
    tx.type = fields.get(0x08, NO_PLACE)[0] & 0xFFFFFFFF
    first, last = fields.get(0x22, NO_PLACE)
    tx.channel = data[first:last].decode()
    tx.tx_id_place = first, last = fields.get(0x2A, NO_PLACE)
    tx.tx_id = data[first:last].decode()
    tx.is_hash_id = _HASH_ID.fullmatch(tx.tx_id) is not None
    tx.extension = fields.get(0x3A, NO_PLACE)
    if 0x1A in fields:
        time = scan_map(data, *fields[0x1A])
        seconds = time.get(0x08, NO_PLACE)[0]
        tx.time_us = _time_us(seconds, time.get(0x10, NO_PLACE)[0])
    first, last, start, end = pair(data, *tx.signature_header)
    creator = data[first:last]
    tx.creator = known.setdefault(creator, creator)
    tx.nonce = data[start:end]
    has_epoch = fields.get(0x30, NO_PLACE)[0] != 0
    is_known = CONFIG <= tx.type <= ENDORSER_TRANSACTION
    if has_epoch or not (is_known and tx.creator and tx.nonce):
        tx.head_code = BAD_COMMON_HEADER


def _time_us(seconds: int, nanos: int) -> int:
    """Return microseconds since 1970, -1 for what is no time of this era."""
    return seconds * 1_000_000 + nanos // 1_000 if seconds < 2**38 else -1


def _read_layers(data: bytes, tx: Transaction, known: Identities) -> Place | None:
    """Read down to the chaincode's action and return its place; ``None``: malformed."""
    tx.endorsements = []
    actions = [each for each in scan(data, *tx.content) if each[0] == 0x0A]
    if len(actions) != 1:
        return None
    at, middle, first, last = pair(data, actions[0][1], actions[0][2])
    tx.action_header = (at, middle)
    at, middle, first, last = pair(data, first, last)
    tx.proposal = (at, middle)
    is_empty = at == middle
    _read_endorsed(data, tx, (first, last), known)
    at, middle, first, last = pair(data, *tx.response)
    tx.proposal_hash = (at, middle)
    if is_empty or not _has_signer(data, tx):
        return None
    return first, last


def _has_signer(data: bytes, tx: Transaction) -> bool:
    """Return whether the action's own signature header has nonce and creator."""
    first, last = tx.signature_header
    start, end = tx.action_header
    if data[first:last] == data[start:end]:
        return True  # as it should be; it was read already
    first, last, start, end = pair(data, start, end)
    return first < last and start < end


def _read_endorsed(
    data: bytes, tx: Transaction, place: Place, known: Identities
) -> None:
    for tag, start, end in scan(data, *place):
        if tag == 0x12:
            at, middle, first, last = pair(data, start, end)
            identity = data[at:middle]
            identity = known.setdefault(identity, identity)
            tx.endorsements.append(Endorsement(identity, (at, middle), (first, last)))
        elif tag == 0x0A:
            tx.response = (start, end)


def _check_response(data: bytes, place: Place | None) -> None:
    if place is not None:
        first, last = scan_map(data, *place).get(0x12, NO_PLACE)
        data[first:last].decode()


def _names_fault(
    data: bytes,
    named: tuple[str, str, bool],
    chaincode: tuple[str, str, bool],
    event: Place,
    spaces: list[Space],
) -> int:
    """Return the code for chaincode names that do not fit together."""
    if not (named[2] and chaincode[2]):
        return INVALID_OTHER_REASON
    if not named[0] or named[0] != chaincode[0] or not chaincode[1]:
        return INVALID_CHAINCODE
    if event[0] < event[1] and _event_chaincode(data, event) != named[0]:
        return INVALID_OTHER_REASON
    if len({space.name for space in spaces}) != len(spaces):
        return ILLEGAL_WRITESET
    return VALID


def _event_chaincode(data: bytes, place: Place) -> str:
    try:
        first, last = scan_map(data, *place).get(0x0A, NO_PLACE)
        return data[first:last].decode()
    except (ReadError, UnicodeDecodeError):
        return ""


def call_of(data: bytes, proposal: Place) -> tuple[str, ...]:
    """Return the arguments of the call, as text; the first is the function.

    Bytes that are no text are given in hex behind ``0x``. Empty if the proposal cannot
    be read.
    """
    try:
        spec = unwrap(data, *unwrap(data, *proposal))
        call = scan_map(data, *spec).get(0x1A, NO_PLACE)
        arguments = [data[a:b] for tag, a, b in scan(data, *call) if tag == 0x0A]
    except ReadError:
        return ()
    return tuple(_text(each) for each in arguments)


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return "0x" + value.hex()
