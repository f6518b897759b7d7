"""From an input and the output it spends to the signatures that must hold.

Judged are P2PK, P2PKH, bare multi-signature, the same inside P2SH, P2WPKH and P2WSH
(also inside P2SH), and the key path of Taproot. No script is run: the known forms are
recognised (``scripts``), everything else is left open and counted. Which key of a
multi-signature made which signature is found by trying, in order.

Signatures are parsed as loosely as before BIP-66, and s may be high (BIP-62 is no rule
of consensus).
"""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from explorer.core.errors import ReadError
from explorer.crypto.secp256k1 import N, hash160
from explorer.crypto.secp256k1_library import Secp256k1Library
from explorer.formats.bitcoin.records import Spent
from explorer.formats.bitcoin.scripts import (
    ScriptKind,
    kind_of,
    multisig_of,
    pushes_of,
    witness_program,
)
from explorer.formats.bitcoin.sighash import (
    SINGLE_WITHOUT_OUTPUT,
    SignedTransaction,
    annex_of,
    legacy_preimage,
    taproot_digest,
    witness_preimage,
)
from explorer.model.keys import KeyKind, PublicKey, SignatureScheme

MAX_PREIMAGE_BYTES = 16_384
"""Longer signed bytes are handed on as their digest: many inputs would square them."""

Range = tuple[int, int]
"""Start and end in the block's bytes."""


@dataclass(frozen=True, slots=True)
class Signing:
    """A signature that must hold."""

    scheme: SignatureScheme
    key: PublicKey
    message: bytes
    signature: bytes
    place: Range


@dataclass(slots=True)
class Judged:
    """What an input needs."""

    signings: list[Signing] = field(default_factory=list)
    fault: str = ""
    """Reason why no signature can make it valid."""
    is_open: bool = False
    """The script has a form that is not judged here."""


_OPEN = Judged(is_open=True)
_NO_SIGNATURE = "signature-missing"
_OTHER_KEY = "key-not-the-owner"
_OTHER_SCRIPT = "script-not-the-owner"
_STRAY_SCRIPT = "script-beside-witness"
_FORBIDDEN_TYPE = "signature-type-forbidden"
_SINGLE_KEYS = frozenset({ScriptKind.P2PK, ScriptKind.P2PKH})


@dataclass(frozen=True, slots=True)
class _Values:
    """What an input pushes, with the places of the values."""

    ranges: Sequence[Range]
    data: bytes

    def __len__(self) -> int:
        return len(self.ranges)

    def value(self, index: int) -> bytes:
        start, end = self.ranges[index]
        return self.data[start:end]

    def without_last(self) -> "_Values":
        return _Values(self.ranges[:-1], self.data)


@dataclass(frozen=True, slots=True)
class _Input:
    """One input with everything its signatures can cover."""

    signed: SignedTransaction
    index: int
    spent: Spent
    all_spent: Sequence[Spent | None]
    is_witness: bool

    def message(self, code: bytes, hash_type: int) -> tuple[SignatureScheme, bytes]:
        """Return what a signature of this type covers."""
        if self.is_witness:
            covered: bytes | None = witness_preimage(
                self.signed, self.index, code, self.spent.value, hash_type
            )
        else:
            covered = legacy_preimage(self.signed, self.index, code, hash_type)
        if covered is None:
            return SignatureScheme.SECP256K1_DIGEST, SINGLE_WITHOUT_OUTPUT
        if len(covered) > MAX_PREIMAGE_BYTES:
            return SignatureScheme.SECP256K1_DIGEST, _sha256d(covered)
        return SignatureScheme.SECP256K1_SHA256D, covered


class InputJudge:
    """Says for inputs which signatures must hold."""

    def __init__(self, library: Secp256k1Library) -> None:
        """Uncompress keys, and try those of multi-signatures, with ``library``."""
        self._library = library

    def judge(
        self,
        signed: SignedTransaction,
        index: int,
        all_spent: Sequence[Spent | None],
    ) -> Judged:
        """Return what input ``index`` needs; what it spends must be known."""
        spent = all_spent[index]
        if spent is None:
            return _OPEN
        transaction, data = signed.transaction, signed.data
        _, start, end = transaction.inputs[index]
        items = transaction.witnesses[index] if transaction.witnesses else []
        witness = _Values(items, data)
        script = data[start:end]
        program = witness_program(spent.script)
        one = _Input(signed, index, spent, all_spent, is_witness=False)
        if program is not None:
            if script:
                return Judged(fault=_STRAY_SCRIPT)
            return self._witness(one, witness, *program)
        pushes = pushes_of(script)
        if pushes is None:
            return _OPEN
        values = _Values([(start + a, start + b) for a, b in pushes], data)
        if kind_of(spent.script) is ScriptKind.P2SH:
            return self._script_hash(one, values, witness)
        return self._script(one, values, spent.script)

    def _script_hash(self, one: _Input, values: _Values, witness: _Values) -> Judged:
        """Judge P2SH (BIP-16): the last value is the script."""
        redeem = values.value(-1) if len(values) else b""
        if hash160(redeem) != one.spent.script[2:22]:
            return Judged(fault=_OTHER_SCRIPT)
        program = witness_program(redeem)
        if program is None:
            return self._script(one, values.without_last(), redeem)
        if len(values) != 1:
            return Judged(fault=_STRAY_SCRIPT)
        return self._witness(one, witness, *program)

    def _witness(
        self, one: _Input, witness: _Values, version: int, program: bytes
    ) -> Judged:
        inner = _Input(one.signed, one.index, one.spent, one.all_spent, is_witness=True)
        if version == 0 and len(program) == 20:
            code = b"\x76\xa9\x14" + program + b"\x88\xac"
            if len(witness) != 2:
                return Judged(fault=_NO_SIGNATURE)
            return self._script(inner, witness, code)
        if version == 0 and len(program) == 32:
            script = witness.value(-1) if len(witness) else b""
            if hashlib.sha256(script).digest() != program:
                return Judged(fault=_OTHER_SCRIPT)
            return self._script(inner, witness.without_last(), script)
        is_native = kind_of(one.spent.script) is ScriptKind.P2TR
        if version == 1 and is_native:
            return self._taproot(inner, witness, program)
        return _OPEN

    def _taproot(self, one: _Input, witness: _Values, program: bytes) -> Judged:
        items = [witness.value(each) for each in range(len(witness))]
        if not items:
            return Judged(fault=_NO_SIGNATURE)
        annex = annex_of(items)
        if len(items) - bool(annex) != 1:
            return _OPEN  # the script path
        signature = items[0]
        hash_type = signature[64] if len(signature) == 65 else 0
        if len(signature) not in {64, 65} or (len(signature) == 65 and not hash_type):
            return Judged(fault=_FORBIDDEN_TYPE)
        spent = [each or one.spent for each in one.all_spent]
        if None in one.all_spent and not hash_type & 0x80:
            return _OPEN  # it covers all that the transaction spends
        message = taproot_digest(one.signed, one.index, spent, hash_type, annex)
        if message is None:
            return Judged(fault=_FORBIDDEN_TYPE)
        key = PublicKey(KeyKind.SECP256K1_XONLY, program)
        scheme = SignatureScheme.SCHNORR_SECP256K1
        place = witness.ranges[0]
        return Judged([Signing(scheme, key, message, signature[:64], place)])

    def _script(self, one: _Input, values: _Values, script: bytes) -> Judged:
        kind = kind_of(script)
        if kind in _SINGLE_KEYS:
            return self._single(one, values, script, kind)
        if kind is ScriptKind.MULTISIG:
            return self._several(one, values, script)
        return _OPEN

    def _single(
        self, one: _Input, values: _Values, script: bytes, kind: ScriptKind
    ) -> Judged:
        has_hash = kind is ScriptKind.P2PKH
        if len(values) < 1 + has_hash:
            return Judged(fault=_NO_SIGNATURE)
        key = values.value(-1) if has_hash else script[1:-1]
        if has_hash and hash160(key) != script[3:23]:
            return Judged(fault=_OTHER_KEY)
        at = len(values) - 1 - has_hash
        if not values.value(at):
            return Judged(fault=_NO_SIGNATURE)
        return Judged([self._signing(one, values, at, key, script)])

    def _several(self, one: _Input, values: _Values, script: bytes) -> Judged:
        found = multisig_of(script)
        least, keys = found or (0, ())
        first = len(values) - least
        if first < 1:  # one value more is taken from the stack, by mistake
            return Judged(fault=_NO_SIGNATURE)
        judged = Judged()
        next_key = 0
        for number in range(least):
            at = first + number
            if not values.value(at):
                return Judged(fault=_NO_SIGNATURE)
            last_key = len(keys) - (least - number)
            tried = [
                self._signing(one, values, at, keys[each], script)
                for each in range(next_key, last_key + 1)
            ]
            fits = (k for k, each in enumerate(tried) if self._holds(each))
            chosen = next(fits, 0)
            judged.signings.append(tried[chosen])
            next_key += chosen + 1
        return judged

    def _signing(
        self, one: _Input, values: _Values, at: int, key: bytes, code: bytes
    ) -> Signing:
        """Return the signature at a place of the stack, under a key."""
        written = values.value(at)
        scheme, message = one.message(code, written[-1])
        signature = loose_signature(written[:-1])
        place = values.ranges[at]
        return Signing(scheme, self._key(key), message, signature, place)

    def _key(self, octets: bytes) -> PublicKey:
        with suppress(ReadError):  # otherwise the claim fails with the reason
            octets = self._library.uncompressed(octets)
        return PublicKey(KeyKind.SECP256K1, octets)

    def _holds(self, signing: Signing) -> bool:
        r = int.from_bytes(signing.signature[:32], "big")
        s = int.from_bytes(signing.signature[32:], "big")
        if not (0 < r < N and 0 < s < N) or len(signing.key.raw) != 65:
            return False
        digest = signing.message
        if signing.scheme is SignatureScheme.SECP256K1_SHA256D:
            digest = _sha256d(digest)
        try:
            return self._library.verify(signing.key.raw, digest, r, s)
        except (ReadError, ValueError):  # no point; the claim says so
            return False


def loose_signature(der: bytes) -> bytes:
    """Return ``r || s`` of DER as loosely as nodes read it before BIP-66.

    64 zero bytes where it cannot be read or a number is longer than 32 bytes, which
    no key accepts.
    """
    try:
        at = _after_length(der, _expect(der, 0, 0x30))[1]
        numbers = []
        for _ in range(2):
            size, at = _after_length(der, _expect(der, at, 0x02))
            number = der[at : at + size].lstrip(b"\x00")
            if at + size > len(der) or len(number) > 32:
                return bytes(64)
            numbers.append(number.rjust(32, b"\x00"))
            at += size
    except (IndexError, ReadError):
        return bytes(64)
    return b"".join(numbers)


def _expect(der: bytes, at: int, tag: int) -> int:
    if der[at] != tag:
        raise ReadError("another tag", "malformed")
    return at + 1


def _after_length(der: bytes, at: int) -> tuple[int, int]:
    """Return (length, where the content begins), in any form of the length."""
    first = der[at]
    at += 1
    if first < 0x80:
        return first, at
    end = at + first - 0x80
    digits = der[at:end].lstrip(b"\x00")
    if len(digits) > 3 or end > len(der):
        raise ReadError("an oversized length", "malformed")
    return int.from_bytes(digits, "big"), end


def _sha256d(data: bytes) -> bytes:
    return hashlib.sha256(hashlib.sha256(data).digest()).digest()
