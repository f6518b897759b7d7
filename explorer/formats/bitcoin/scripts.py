"""Output scripts of the known forms, the addresses they make, and what scripts push.

BIP-16 (P2SH), BIP-141 (witness programs), BIP-341 (Taproot). Scripts are recognised by
their form and never run: what has another form is named ``other``.
"""

from enum import StrEnum

from explorer.crypto.secp256k1 import hash160
from explorer.encodings.base58 import encode_check
from explorer.encodings.bech32 import segwit_address
from explorer.formats.bitcoin.networks import Network

OP_CHECKMULTISIG = 0xAE
OP_CODESEPARATOR = 0xAB
OP_RETURN = 0x6A
_OP_1, _OP_16 = 0x51, 0x60
_PUSHDATA1, _PUSHDATA4 = 0x4C, 0x4E


class ScriptKind(StrEnum):
    """The form of an output script."""

    P2PK = "p2pk"
    P2PKH = "p2pkh"
    P2SH = "p2sh"
    P2WPKH = "p2wpkh"
    P2WSH = "p2wsh"
    P2TR = "p2tr"
    MULTISIG = "multisig"
    OP_RETURN = "op-return"
    OTHER = "other"


def kind_of(script: bytes) -> ScriptKind:
    """Return the form of a script."""
    known = _FIXED.get((len(script), script[:2], script[-1:]))
    if known is not None and _is_whole(known, script):
        return known
    if script[:1] == b"\x6a":
        return ScriptKind.OP_RETURN
    if script[-1:] == b"\xae" and multisig_of(script) is not None:
        return ScriptKind.MULTISIG
    if script[:2] in _PROGRAMS and len(script) == 2 + script[1]:
        return _PROGRAMS[script[:2]]
    return ScriptKind.OTHER


_FIXED = {
    (25, b"\x76\xa9", b"\xac"): ScriptKind.P2PKH,
    (35, b"\x21\x02", b"\xac"): ScriptKind.P2PK,
    (35, b"\x21\x03", b"\xac"): ScriptKind.P2PK,
    (67, b"\x41\x04", b"\xac"): ScriptKind.P2PK,
    (67, b"\x41\x06", b"\xac"): ScriptKind.P2PK,
    (67, b"\x41\x07", b"\xac"): ScriptKind.P2PK,
    (23, b"\xa9\x14", b"\x87"): ScriptKind.P2SH,
}
_PROGRAMS = {
    b"\x00\x14": ScriptKind.P2WPKH,
    b"\x00\x20": ScriptKind.P2WSH,
    b"\x51\x20": ScriptKind.P2TR,
}


def _is_whole(kind: ScriptKind, script: bytes) -> bool:
    if kind is ScriptKind.P2PKH:
        return script[2] == 20 and script[23] == 0x88
    return True


def witness_program(script: bytes) -> tuple[int, bytes] | None:
    """Return (version, program) of a witness program, ``None`` for anything else."""
    if not 4 <= len(script) <= 42 or script[1] != len(script) - 2:
        return None
    first = script[0]
    if first and not _OP_1 <= first <= _OP_16:
        return None
    return (first - 0x50 if first else 0), script[2:]


def multisig_of(script: bytes) -> tuple[int, tuple[bytes, ...]] | None:
    """Return (how many must sign, keys) of a bare multi-signature script."""
    if len(script) < 37 or not (_OP_1 <= script[0] <= _OP_16):
        return None
    least, count = script[0] - 0x50, script[-2] - 0x50
    keys: list[bytes] = []
    at = 1
    while at < len(script) - 2:
        size = script[at]
        if size not in {33, 65}:
            return None
        keys.append(script[at + 1 : at + 1 + size])
        at += 1 + size
    if at != len(script) - 2 or count != len(keys) or not 0 < least <= count:
        return None
    return least, tuple(keys)


def pushes_of(script: bytes) -> list[tuple[int, int]] | None:
    """Return (start, end) of each value pushed; ``None`` if anything else is done.

    The numbers -1 and 1 to 16 are given as the place of their own opcode.
    """
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(script):
        opcode = script[at]
        if opcode > _OP_16 or opcode == 0x50:
            return None
        start, size = at + 1, opcode
        if opcode >= 0x4F:
            start, size = at, 1
        elif opcode >= _PUSHDATA1:
            width = 1 << (opcode - _PUSHDATA1)
            size = int.from_bytes(script[at + 1 : at + 1 + width], "little")
            start = at + 1 + width
        if start + size > len(script):
            return None
        found.append((start, start + size))
        at = start + size
    return found


def without_code_separators(script: bytes) -> bytes:
    """Return a script without its OP_CODESEPARATOR, as a signature covers it."""
    if OP_CODESEPARATOR not in script:
        return script
    kept: list[bytes] = []
    at = 0
    while at < len(script):
        end = _next_opcode(script, at)
        if script[at] != OP_CODESEPARATOR:
            kept.append(script[at:end])
        at = end
    return b"".join(kept)


def _next_opcode(script: bytes, at: int) -> int:
    opcode = script[at]
    if opcode < _PUSHDATA1:
        end = at + 1 + opcode
    elif opcode <= _PUSHDATA4:
        width = 1 << (opcode - _PUSHDATA1)
        size = int.from_bytes(script[at + 1 : at + 1 + width], "little")
        end = at + 1 + width + size
    else:
        end = at + 1
    return min(end, len(script))


def address_of_script(script: bytes, network: Network) -> str:
    """Return the address that a script pays to; for a bare key that of its hash.

    Empty for scripts that have none.
    """
    kind = kind_of(script)
    if kind is ScriptKind.P2PKH:
        return encode_check(network.key_prefix + script[3:23])
    if kind is ScriptKind.P2SH:
        return encode_check(network.script_prefix + script[2:22])
    if kind is ScriptKind.P2PK:
        return encode_check(network.key_prefix + hash160(script[1:-1]))
    program = witness_program(script)
    if program is None:
        return ""
    return segwit_address(network.witness_prefix, *program)


def notarised(script: bytes) -> bytes:
    """Return the data that an OP_RETURN script carries, its pushes put together."""
    pushes = pushes_of(script[1:])
    if pushes is None:
        return script[1:]
    return b"".join(script[1 + start : 1 + end] for start, end in pushes)


def pushed_height(script: bytes) -> int:
    """Return the height that a coinbase script begins with (BIP-34); -1 if none."""
    if not script:
        return -1
    first = script[0]
    if _OP_1 <= first <= _OP_16:
        return first - 0x50
    number = script[1 : 1 + first]
    if not 1 <= first <= 5 or len(number) < first or number[-1] & 0x80:
        return -1
    if number[-1] == 0 and (first == 1 or not number[-2] & 0x80):
        return -1  # not in its shortest form
    return int.from_bytes(number, "little")
