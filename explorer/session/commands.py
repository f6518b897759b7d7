"""Shell commands that work a hash or a signature out again with ordinary tools.

The tools are ``sha256sum``, ``openssl``, ``xxd``, ``tail`` and ``head``. Bytes are cut
out of the evidence file where they stand; bytes that only a rule adds are written out.
"""

import base64
import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from explorer.core.absent import Absent
from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.crypto.secp256k1_keys import decode_signature
from explorer.encodings.der import encode_signature
from explorer.model.claims import ProofStep, SignatureClaim, TreeRule
from explorer.model.keys import KeyKind, SignatureScheme
from explorer.model.ledgers import HashPart

MAX_COMMAND_BYTES = 2_000
"""Longest byte string written out in a command; longer ones are read from the file."""

MAX_COMMAND_PARTS = 40
"""Most parts that a command puts together."""

HASH_TOOLS = {
    HashAlgorithm.SHA256: "sha256sum",
    HashAlgorithm.SHA384: "sha384sum",
    HashAlgorithm.SHA512: "sha512sum",
    HashAlgorithm.SM3: "openssl dgst -sm3",
    HashAlgorithm.SHA256D: "openssl dgst -sha256 -binary | sha256sum",
    HashAlgorithm.KECCAK256: "openssl dgst -keccak-256",  # from OpenSSL 3.2 on
    HashAlgorithm.SHA1: "sha1sum",
    HashAlgorithm.RIPEMD160: "openssl dgst -ripemd160 -provider legacy",
}


_TREES = {
    TreeRule.RFC9162: (
        "RFC 9162 tree",
        (
            "# each leaf: (printf '\\000'; cat LEAF) | {tool}\n"
            "# each pair: (printf '\\001'; cat LEFT_HASH RIGHT_HASH) | {tool}"
        ),
    ),
    TreeRule.FISCO_INDEXED: (
        "FISCO BCOS 2.x tree",
        (
            "# each leaf: its number from 0 in RLP (80 for 0), then its hash\n"
            "# each 16 of a level, one after the other: cat 16_OF_THEM | {tool}\n"
            "# the last one once more: {tool}"
        ),
    ),
    TreeRule.FISCO_BINARY: (
        "FISCO BCOS 3.x tree",
        (
            "# each pair: (cat LEFT_HASH RIGHT_HASH) | {tool}\n"
            "# an odd last one alone: {tool}"
        ),
    ),
    TreeRule.BITCOIN: (
        "Bitcoin's tree",
        (
            "# leaves: ids of transactions as bytes, not as printed (backwards)\n"
            "# each pair: cat LEFT RIGHT | {tool}; without a partner: cat LAST LAST"
        ),
    ),
    TreeRule.BITCOIN_WITNESS: (
        "Bitcoin's tree of witnesses",
        (
            "# leaves: 32 zeros, then hashes of transactions with their witnesses\n"
            "# each pair: cat LEFT RIGHT | {tool}; without a partner: cat LAST LAST\n"
            "# last: cat ROOT COINBASE_VALUE | {tool}"
        ),
    ),
    TreeRule.SSZ_ERA1: (
        "SSZ list of at most 8,192 records",
        (
            "# each leaf: cat BLOCK_HASH DIFFICULTY | {tool}; missing ones are zero\n"
            "# each pair: cat LEFT_HASH RIGHT_HASH | {tool}, 13 times\n"
            "# the root: (cat TOP_HASH; LENGTH as 32 bytes, little-endian) | {tool}"
        ),
    ),
    TreeRule.PATRICIA: (
        "Merkle-Patricia tree",
        (
            "# key of leaf number i: RLP(i), in nibbles; value: the leaf\n"
            "# each node: RLP of a leaf, an extension or a branch; 32 bytes and more\n"
            "# stand in the node above by their hash: cat NODE | {tool}"
        ),
    ),
}
"""Rule → (name, how to work it out; ``{tool}`` prints a hash)."""

_DIGEST_SCHEMES = frozenset(
    {SignatureScheme.ECDSA_P256_DIGEST, SignatureScheme.ECDSA_P384_DIGEST}
)
_SHA384_SCHEMES = frozenset(
    {SignatureScheme.ECDSA_P384_SHA384, SignatureScheme.RSA_PKCS1_SHA384}
)
_ONLY_HEX = "grep -oE '[0-9a-f]{40,128}'"
"""Keeps the hash of what ``sha256sum`` and ``openssl dgst`` print."""


@dataclass(frozen=True, slots=True)
class ByteSource:
    """Where hashed or signed bytes can be taken from in a shell."""

    parts: tuple[HashPart, ...]
    path: str
    raw: bytes
    place: ByteSpan

    def command(self, data: bytes) -> str:
        """Return a command that writes ``data`` to standard output."""
        if self.raw == data and data:
            return _cut_out(self.path, self.place)
        if 1 < len(self.parts) <= MAX_COMMAND_PARTS and self._parts_make(data):
            return "{ " + " ".join(f"{self._part(each)};" for each in self.parts) + " }"
        if len(data) <= MAX_COMMAND_BYTES:
            return f"printf '%s' {data.hex()} | xxd -r -p"
        rest = data.removeprefix(self.raw)
        if len(rest) < len(data) and len(rest) <= MAX_COMMAND_BYTES:
            whole = _cut_out(self.path, self.place)
            return f"{{ {whole}; printf '%s' {rest.hex()} | xxd -r -p; }}"
        first = f"# {len(data)} bytes: put their hex (see show --json) into parts.hex"
        return f"{first}\nxxd -r -p parts.hex"

    def _parts_make(self, data: bytes) -> bool:
        return b"".join(each.data for each in self.parts) == data and all(
            isinstance(each.place, ByteSpan) or len(each.data) <= MAX_COMMAND_BYTES
            for each in self.parts
        )

    def _part(self, part: HashPart) -> str:
        if isinstance(part.place, ByteSpan) and part.place.size_bytes == len(part.data):
            return _cut_out(self.path, part.place)
        return f"printf '%s' {part.data.hex()} | xxd -r -p"


def _cut_out(path: str, place: ByteSpan) -> str:
    size = place.size_bytes
    return f"tail -c +{place.start + 1} {shlex.quote(path)} | head -c {size}"


def hash_command(algorithm: HashAlgorithm, covered: bytes, source: ByteSource) -> str:
    """Return a command that prints the hash of ``covered``."""
    return f"{source.command(covered)} | {HASH_TOOLS[algorithm]}"


def tree_title(rule: TreeRule) -> str:
    """Return the name of a tree rule."""
    return _TREES[rule][0]


def tree_command(rule: TreeRule, algorithm: HashAlgorithm) -> str:
    """Return commented commands that work a root out from files with its leaves."""
    return _TREES[rule][1].format(tool=HASH_TOOLS[algorithm])


def proof_command(start: bytes, steps: Sequence[ProofStep]) -> str:
    """Return commands that walk a path; the variable ``v`` holds the value in hex."""
    lines = [f"v={start.hex()}"]
    for step in steps:
        joined = f'"{step.prefix.hex()}"$v"{step.suffix.hex()}"'
        if isinstance(step.algorithm, Absent):
            lines.append(f"v={joined}")
            continue
        tool = HASH_TOOLS[step.algorithm]
        lines.append(f"v=$(printf '%s' {joined} | xxd -r -p | {tool} | {_ONLY_HEX})")
    return "\n".join([*lines, "echo $v"])


def signature_command(claim: SignatureClaim, spki: bytes, source: ByteSource) -> str:
    """Return commands that verify a signature; ``spki`` is the key in DER."""
    if claim.scheme in _NOT_IN_OPENSSL:
        return _no_signature_command(claim, source)
    body = base64.b64encode(spki).decode()
    key = f"'-----BEGIN PUBLIC KEY-----' {body} '-----END PUBLIC KEY-----'"
    lines = [
        f"{source.command(claim.message)} > signed.bin",
        f"printf '%s' {_for_openssl(claim).hex()} | xxd -r -p > signature.bin",
        f"printf '%s\\n' {key} > key.pem",
    ]
    if claim.key.kind is KeyKind.ED25519:
        lines.append(
            "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in signed.bin "
            "-sigfile signature.bin"
        )
    elif claim.key.kind is KeyKind.SM2:
        lines.append(
            "openssl dgst -sm3 -verify key.pem -sigopt distid:1234567812345678 "
            "-signature signature.bin signed.bin"
        )
    elif claim.scheme in _DIGEST_FIRST:
        lines += [
            f"cat signed.bin | {_DIGEST_FIRST[claim.scheme]} > digest.bin",
            (
                "openssl pkeyutl -verify -pubin -inkey key.pem -in digest.bin "
                "-sigfile signature.bin"
            ),
        ]
    elif claim.scheme in _DIGEST_SCHEMES:
        lines.append(
            "openssl pkeyutl -verify -pubin -inkey key.pem -in signed.bin "
            "-sigfile signature.bin"
        )
    else:
        name = "sha384" if claim.scheme in _SHA384_SCHEMES else "sha256"
        lines.append(
            f"openssl dgst -{name} -verify key.pem -signature signature.bin signed.bin"
        )
    return "\n".join(lines)


def _for_openssl(claim: SignatureClaim) -> bytes:
    """Return the signature as OpenSSL takes it: in DER where the ledger has r and s."""
    if claim.key.kind in _RAW_KINDS and len(claim.signature) == 64:
        return encode_signature(*decode_signature(claim.signature))
    return claim.signature


def _no_signature_command(claim: SignatureClaim, source: ByteSource) -> str:
    return "\n".join(
        (
            f"# openssl cannot check this: {_NOT_IN_OPENSSL[claim.scheme]}",
            f"{source.command(claim.message)} > signed.bin",
            f"# key {claim.key.raw.hex()}",
            f"# signature {claim.signature.hex()}",
        )
    )


_RAW_KINDS = frozenset({KeyKind.SECP256K1, KeyKind.SM2})
_NOT_IN_OPENSSL = {
    SignatureScheme.SCHNORR_SECP256K1: (
        "a Schnorr signature of BIP-340; key and signature for another program:"
    ),
    SignatureScheme.SECP256K1_KECCAK256_ADDRESS: (
        "the key is recovered from the signature over Keccak-256 of these bytes "
        "(SEC 1, 4.1.6); address and r, s, recovery id for another program:"
    ),
    SignatureScheme.SECP256K1_DIGEST_ADDRESS: (
        "the key is recovered from the signature over these 32 bytes (SEC 1, 4.1.6); "
        "address and r, s, recovery id for another program:"
    ),
}
_DIGEST_FIRST = {
    SignatureScheme.SECP256K1_SHA256D: (
        "openssl dgst -sha256 -binary | openssl dgst -sha256 -binary"
    ),
    SignatureScheme.SECP256K1_DIGEST: "cat",
    SignatureScheme.SECP256K1_KECCAK256: "openssl dgst -keccak-256 -binary",
}
"""Scheme → what prints the digest that OpenSSL then verifies as it stands."""
