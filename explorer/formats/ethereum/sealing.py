"""Seals of validators in the extra data: Clique, IBFT 1, IBFT 2 and QBFT.

EIP-225 (Clique). GoQuorum's ``istanbul`` engine (IBFT 1); Hyperledger Besu's IBFT 2.0
and QBFT (``consensus/ibft``, ``consensus/qbft``): the four differ in the form of the
extra data, in which bytes of the header make the block's hash, and in what is sealed:

=======  ==========================  ===========================================
kind     block hash over the header  a committed seal signs the header with
=======  ==========================  ===========================================
Clique   as it is                    (one seal, over the header without it)
IBFT 1   without committed seals     that hash and the byte 02
IBFT 2   without round and seals     no seals
QBFT     round 0 and no seals        no seals
=======  ==========================  ===========================================

The first block of a QBFT chain is hashed as it is. Left out: Clique's vanity, messages
of rounds that failed.
"""

from collections.abc import Sequence
from enum import StrEnum

import msgspec

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.core.limits import MAX_SIGNATURES_PER_BLOCK
from explorer.crypto.hashes import hash_function
from explorer.encodings.rlp import Plain, decode_plain, encode
from explorer.formats.ethereum.headers import Header

BFT_MIX_HASH = bytes.fromhex(
    "63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365"
)
VANITY_BYTES = 32
SEAL_BYTES = 65
ADDRESS_BYTES = 20
_EXTRA = 12
"""Position of the extra data in a header."""
_NO_MIX = bytes(32)
_keccak = hash_function(HashAlgorithm.KECCAK256)


class SealKind(StrEnum):
    """How validators seal a block."""

    NONE = "none"
    CLIQUE = "clique"
    IBFT1 = "ibft1"
    IBFT2 = "ibft2"
    QBFT = "qbft"


class Vote(msgspec.Struct, frozen=True, gc=False):
    """One validator's wish to add or drop another."""

    candidate: bytes
    is_add: bool


class Sealing(msgspec.Struct, frozen=True, gc=False):
    """What the extra data of one header says."""

    kind: SealKind
    hashed: bytes
    """The bytes whose Keccak-256 is the block's hash."""
    validators: tuple[bytes, ...] = ()
    """Addresses that the extra data lists; empty where it lists none."""
    proposer: bytes = b""
    """The proposer that the header names (IBFT 2, QBFT), else empty."""
    proposal: bytes = b""
    """The bytes whose Keccak-256 the proposer signed; empty where there is no seal."""
    proposer_seal: bytes = b""
    committed: bytes = b""
    """The bytes whose Keccak-256 the committers signed."""
    seals: tuple[bytes, ...] = ()
    vote: Vote | None = None
    fault: str = ""
    """Why the extra data cannot be read, though it should be of this kind."""


def sealing_of(header: Header, *, may_be_clique: bool) -> Sealing:
    """Return how a header is sealed.

    ``may_be_clique`` is False once the chain is known to be none: nothing but the form
    of the header tells Clique from other chains.
    """
    if header.mix_hash == BFT_MIX_HASH:
        try:
            return _bft(header)
        except ReadError as error:
            return Sealing(SealKind.QBFT, header.raw, fault=str(error))
    if may_be_clique and is_clique(header):
        return _clique(header)
    return Sealing(SealKind.NONE, header.raw)


def is_clique(header: Header) -> bool:
    """Return whether a header has the form of Clique (EIP-225)."""
    signers = len(header.extra) - VANITY_BYTES - SEAL_BYTES
    if signers < 0 or signers % ADDRESS_BYTES or header.mix_hash != _NO_MIX:
        return False
    if header.nonce not in {bytes(8), b"\xff" * 8}:
        return False
    return header.number == 0 or header.difficulty in {1, 2}


def _clique(header: Header) -> Sealing:
    extra = header.extra
    listed = extra[VANITY_BYTES:-SEAL_BYTES]
    signers = tuple(
        listed[at : at + ADDRESS_BYTES] for at in range(0, len(listed), ADDRESS_BYTES)
    )
    if header.number == 0:
        return Sealing(SealKind.CLIQUE, header.raw, signers)
    vote = None
    if any(header.miner):
        vote = Vote(header.miner, is_add=header.nonce == b"\xff" * 8)
    return Sealing(
        SealKind.CLIQUE,
        header.raw,
        signers,
        proposal=with_extra(header, extra[:-SEAL_BYTES]),
        proposer_seal=extra[-SEAL_BYTES:],
        vote=vote,
    )


def _bft(header: Header) -> Sealing:
    extra = header.extra
    try:
        items = _items(decode_plain(extra))
    except ReadError:  # the vanity of IBFT 1 may look like the beginning of a list
        return _ibft1(header, extra)
    if isinstance(items[3], bytes) and len(items[3]) == 4:
        return _ibft2(header, items)
    return _qbft(header, items)


def _ibft1(header: Header, extra: bytes) -> Sealing:
    vanity = extra[:VANITY_BYTES]
    match decode_plain(extra, VANITY_BYTES):
        case [list() as validators, bytes() as seal, list() as seals]:
            listed, committed = _addresses(validators), _seals(seals)
        case _:
            raise ReadError("the extra data of IBFT 1 has other items")

    def changed(own: bytes, others: list[Plain]) -> bytes:
        return with_extra(header, vanity + encode([validators, own, others]))

    hashed = changed(seal, []) if seals else header.raw
    if header.number == 0:
        return Sealing(SealKind.IBFT1, hashed, listed, fault=_early(seals))
    vote = None
    if any(header.miner):
        vote = Vote(header.miner, is_add=header.nonce == b"\xff" * 8)
    return Sealing(
        SealKind.IBFT1,
        hashed,
        listed,
        proposal=_keccak(changed(b"", [])),
        proposer_seal=seal,
        committed=_keccak(hashed) + b"\x02",
        seals=committed,
        vote=vote,
    )


def _ibft2(header: Header, items: list[Plain]) -> Sealing:
    listed = _addresses(items[1])
    hashed = with_extra(header, encode(items[:3]))
    if header.number == 0:
        is_early = items[3] != bytes(4)
        fault = _early(items[4]) or ("a round in the first block" if is_early else "")
        return Sealing(SealKind.IBFT2, hashed, listed, fault=fault)
    return Sealing(
        SealKind.IBFT2,
        hashed,
        listed,
        proposer=header.miner,
        committed=with_extra(header, encode(items[:4])),
        seals=_seals(items[4]),
        vote=_vote(items[2]),
    )


def _qbft(header: Header, items: list[Plain]) -> Sealing:
    if not isinstance(items[3], bytes) or len(items[3]) > 8:
        raise ReadError("the extra data of QBFT has other items")
    listed = _addresses(items[1])
    if header.number == 0:
        return Sealing(SealKind.QBFT, header.raw, listed)
    return Sealing(
        SealKind.QBFT,
        with_extra(header, encode([*items[:3], b"", []])),
        listed,
        proposer=header.miner,
        committed=with_extra(header, encode([*items[:4], []])),
        seals=_seals(items[4]),
        vote=_vote(items[2]),
    )


def _early(seals: Plain) -> str:
    """Return what is wrong with seals in the first block: no hash covers them."""
    return "seals in the first block" if seals else ""


def _items(found: Plain) -> list[Plain]:
    if not isinstance(found, list) or len(found) != 5:
        raise ReadError("the extra data is no list of its items")
    return found


def _addresses(item: Plain) -> tuple[bytes, ...]:
    found = _texts(item, ADDRESS_BYTES)
    if len(set(found)) != len(found):
        raise ReadError("a validator is listed twice")
    return found


def _seals(item: Plain) -> tuple[bytes, ...]:
    return _texts(item, SEAL_BYTES)


def _texts(item: Plain, size: int) -> tuple[bytes, ...]:
    if not isinstance(item, list) or len(item) > MAX_SIGNATURES_PER_BLOCK:
        raise ReadError("the extra data has another form")
    found = tuple(each for each in item if isinstance(each, bytes))
    if len(found) != len(item) or any(len(each) != size for each in found):
        raise ReadError(f"the extra data has items of other than {size} bytes")
    return found


def _vote(item: Plain) -> Vote | None:
    match item:
        case [bytes() as candidate, bytes() as word] if len(candidate) == ADDRESS_BYTES:
            return Vote(candidate, is_add=word == b"\xff")
        case b"" | []:
            return None
    raise ReadError("the vote in the extra data has another form")


def with_extra(header: Header, extra: bytes) -> bytes:
    """Return the RLP of a header with other extra data, all else as it is."""
    fields = decode_plain(header.raw)
    if not isinstance(fields, list):
        raise ReadError("a header is a list", "header-malformed")
    fields[_EXTRA] = extra
    return encode(fields)


def normal_seal(seal: bytes) -> bytes:
    """Return r, s and a recovery id of 0 or 1: some clients write 27 or 28."""
    if len(seal) == SEAL_BYTES and seal[-1] in {27, 28}:
        return seal[:-1] + bytes((seal[-1] - 27,))
    return seal


def quorum_of(count: int) -> int:
    """Return how many of ``count`` validators must commit: two thirds, rounded up."""
    return -(-2 * count // 3)


def older_quorum_of(count: int) -> int:
    """Return the quorum of early GoQuorum: more than twice the faulty ones."""
    faulty = -(-count // 3) - 1
    return 2 * faulty + 1


def recent_limit(count: int) -> int:
    """Return in how many consecutive blocks a Clique signer may sign once."""
    return count // 2 + 1


def is_in_turn(number: int, signer: bytes, signers: Sequence[bytes]) -> bool:
    """Return whether it is this Clique signer's turn."""
    ordered = sorted(signers)
    return bool(ordered) and ordered[number % len(ordered)] == signer
