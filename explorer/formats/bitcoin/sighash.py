"""The bytes that an input's signature covers.

Bitcoin Core 29, ``SignatureHash`` of ``src/script/interpreter.cpp`` (before witnesses);
BIP-143 (witness version 0); BIP-341 (Taproot, key path only). Left out: the script path
of Taproot.
"""

import hashlib
from collections.abc import Sequence

from explorer.crypto.secp256k1 import tagged_hash
from explorer.formats.bitcoin.parsing import outpoint_of, sequence_of, write_size
from explorer.formats.bitcoin.records import Spent, Transaction
from explorer.formats.bitcoin.scripts import without_code_separators

ALL, NONE, SINGLE, ANYONECANPAY = 1, 2, 3, 0x80
SINGLE_WITHOUT_OUTPUT = b"\x01" + bytes(31)
"""What is signed where SINGLE has no output of its own: the number 1, by mistake."""
TAPROOT_TYPES = frozenset({0, 1, 2, 3, 0x81, 0x82, 0x83})
_ANNEX = 0x50
_ZERO = bytes(32)


class SignedTransaction:
    """A transaction with what is needed for the hashes of its inputs."""

    def __init__(self, data: bytes, transaction: Transaction) -> None:
        """Take the bytes of the block that the transaction stands in."""
        self.data = data
        self.transaction = transaction
        self._witness_hashes: tuple[bytes, bytes, bytes] | None = None
        self._taproot_hashes: bytes | None = None

    @property
    def version(self) -> bytes:
        """Return the 4 bytes of the version."""
        start = self.transaction.start
        return self.data[start : start + 4]

    @property
    def locktime(self) -> bytes:
        """Return the last 4 bytes."""
        end = self.transaction.end
        return self.data[end - 4 : end]

    def output(self, index: int) -> bytes:
        """Return an output with its value and script."""
        _, _, end = self.transaction.outputs[index]
        start = self._output_start(index)
        return self.data[start:end]

    def _output_start(self, index: int) -> int:
        outputs = self.transaction.outputs
        if index:
            return outputs[index - 1][2]
        count = write_size(len(outputs))
        return self.transaction.outputs_start + len(count)

    def outputs(self) -> bytes:
        """Return all outputs, without their number."""
        start = self._output_start(0) if self.transaction.outputs else 0
        end = self.transaction.outputs_end
        return self.data[start:end] if self.transaction.outputs else b""

    def witness_hashes(self) -> tuple[bytes, bytes, bytes]:
        """Return single SHA-256 of all outpoints, all sequences, all outputs."""
        if self._witness_hashes is None:
            data, inputs = self.data, self.transaction.inputs
            outpoints = b"".join([outpoint_of(data, each) for each in inputs])
            sequences = b"".join([sequence_of(data, each) for each in inputs])
            self._witness_hashes = (
                _sha256(outpoints),
                _sha256(sequences),
                _sha256(self.outputs()),
            )
        return self._witness_hashes

    def taproot_hashes(self, spent: Sequence[Spent]) -> bytes:
        """Return SHA-256 of outpoints, amounts, scripts, sequences, put together."""
        if self._taproot_hashes is None:
            outpoints, sequences, _ = self.witness_hashes()
            amounts = b"".join(_amount(each) for each in spent)
            scripts = b"".join(write_size(len(s.script)) + s.script for s in spent)
            self._taproot_hashes = (
                outpoints + _sha256(amounts) + _sha256(scripts) + sequences
            )
        return self._taproot_hashes


def legacy_preimage(
    signed: SignedTransaction, index: int, script_code: bytes, hash_type: int
) -> bytes | None:
    """Return the bytes whose double SHA-256 is signed; ``None`` where it is fixed.

    Then ``SINGLE_WITHOUT_OUTPUT`` is signed. ``hash_type`` is 32 bits, signed.
    """
    transaction, data = signed.transaction, signed.data
    base = hash_type & 0x1F
    if base == SINGLE and index >= len(transaction.outputs):
        return None
    code = without_code_separators(script_code)
    covered = write_size(len(code)) + code
    keeps_sequences = base not in {NONE, SINGLE}
    parts = [signed.version]
    if hash_type & ANYONECANPAY:
        entry = transaction.inputs[index]
        parts += [
            b"\x01",
            outpoint_of(data, entry),
            covered,
            sequence_of(data, entry),
        ]
    else:
        parts.append(write_size(len(transaction.inputs)))
        for number, entry in enumerate(transaction.inputs):
            is_this = number == index
            parts += [
                outpoint_of(data, entry),
                covered if is_this else b"\x00",
                sequence_of(data, entry) if is_this or keeps_sequences else bytes(4),
            ]
    parts += [
        _legacy_outputs(signed, index, base),
        signed.locktime,
        hash_type.to_bytes(4, "little", signed=True),
    ]
    return b"".join(parts)


def _legacy_outputs(signed: SignedTransaction, index: int, base: int) -> bytes:
    if base == NONE:
        return b"\x00"
    if base == SINGLE:
        blank = b"\xff" * 8 + b"\x00"
        return write_size(index + 1) + blank * index + signed.output(index)
    return write_size(len(signed.transaction.outputs)) + signed.outputs()


def witness_preimage(
    signed: SignedTransaction,
    index: int,
    script_code: bytes,
    value: int,
    hash_type: int,
) -> bytes:
    """Return the bytes whose double SHA-256 is signed under BIP-143."""
    outpoints, sequences, outputs = signed.witness_hashes()
    base = hash_type & 0x1F
    entry = signed.transaction.inputs[index]
    has_all = base not in {NONE, SINGLE}
    if hash_type & ANYONECANPAY:
        outpoints = sequences = _ZERO
    elif not has_all:
        sequences = _ZERO
    if base == SINGLE and index < len(signed.transaction.outputs):
        outputs = _sha256(signed.output(index))
    elif not has_all:
        outputs = _ZERO
    else:
        outputs = _sha256(outputs)
    return b"".join(
        (
            signed.version,
            outpoints if outpoints is _ZERO else _sha256(outpoints),
            sequences if sequences is _ZERO else _sha256(sequences),
            outpoint_of(signed.data, entry),
            write_size(len(script_code)),
            script_code,
            value.to_bytes(8, "little", signed=True),
            sequence_of(signed.data, entry),
            outputs,
            signed.locktime,
            hash_type.to_bytes(4, "little"),
        )
    )


def taproot_digest(
    signed: SignedTransaction,
    index: int,
    spent: Sequence[Spent],
    hash_type: int,
    annex: bytes,
) -> bytes | None:
    """Return the 32 bytes that a key path signature covers; ``None`` if forbidden.

    ``spent`` holds what every input of the transaction spends; with ANYONECANPAY only
    that of this input is used.
    """
    base = hash_type & 3
    is_alone = bool(hash_type & ANYONECANPAY)
    has_output = index < len(signed.transaction.outputs)
    if hash_type not in TAPROOT_TYPES or (base == SINGLE and not has_output):
        return None
    parts = [b"\x00", bytes((hash_type,)), signed.version, signed.locktime]
    if not is_alone:
        parts.append(signed.taproot_hashes(spent))
    if base not in {NONE, SINGLE}:
        parts.append(_sha256(signed.outputs()))
    parts.append(bytes((1 if annex else 0,)))
    if is_alone:
        entry, own = signed.transaction.inputs[index], spent[index]
        parts += [
            outpoint_of(signed.data, entry),
            _amount(own),
            write_size(len(own.script)) + own.script,
            sequence_of(signed.data, entry),
        ]
    else:
        parts.append(index.to_bytes(4, "little"))
    if annex:
        parts.append(_sha256(write_size(len(annex)) + annex))
    if base == SINGLE:
        parts.append(_sha256(signed.output(index)))
    return tagged_hash("TapSighash", b"".join(parts))


def annex_of(items: Sequence[bytes]) -> bytes:
    """Return the annex: a last item of at least two that begins with 0x50."""
    if len(items) > 1 and items[-1][:1] == bytes((_ANNEX,)):
        return items[-1]
    return b""


def _amount(spent: Spent) -> bytes:
    return spent.value.to_bytes(8, "little", signed=True)


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
