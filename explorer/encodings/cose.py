"""Single-signer COSE messages: RFC 9052, section 4.2 (``COSE_Sign1``).

Returned are the exact bytes that are signed and the signature in DER, as the rest of
the program has it. Algorithms: ES256, ES384 (RFC 9053, section 2.1). Left out: other
algorithms, several signers, external data.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import cbor2

from explorer.core.errors import ReadError
from explorer.encodings.cbor import load_cbor
from explorer.encodings.der import encode_signature

SIGN1_TAG = 18
ES256, ES384 = -7, -35
ALGORITHM, KEY_ID = 1, 4


@dataclass(frozen=True, slots=True)
class Sign1:
    """A message as it stands, before its signature is checked."""

    protected: bytes
    headers: Mapping[object, object]
    """The protected header, decoded."""
    unprotected: Mapping[object, object]
    payload: bytes | None
    """``None`` if it is kept elsewhere (detached)."""
    signature: bytes
    """r and s one after the other."""

    def algorithm(self) -> int:
        """Return the number of the algorithm; 0 if none is named."""
        value = self.headers.get(ALGORITHM)
        return value if isinstance(value, int) else 0

    def key_id(self) -> bytes:
        """Return the key id, empty if none is named."""
        value = self.headers.get(KEY_ID)
        return value if isinstance(value, bytes) else b""

    def signed_bytes(self, detached: bytes = b"") -> bytes:
        """Return the ``Sig_structure`` with the payload, or the detached one."""
        payload = detached if self.payload is None else self.payload
        return cbor2.dumps(["Signature1", self.protected, b"", payload])

    def der_signature(self) -> bytes:
        """Return the signature as ``ECDSA-Sig-Value``; empty if its length is odd."""
        half, odd = divmod(len(self.signature), 2)
        if odd or not half:
            return b""
        r, s = self.signature[:half], self.signature[half:]
        return encode_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))


def read_sign1(data: bytes) -> Sign1:
    """Return the message that ``data`` holds, with or without its tag.

    Raises:
        ReadError: If it is no such message.
    """
    found = load_cbor(data, tags={SIGN1_TAG})
    if isinstance(found, cbor2.CBORTag):
        found = found.value
    if not isinstance(found, list | tuple) or len(found) != 4:
        raise ReadError("not a COSE_Sign1", "malformed")
    protected, unprotected, payload, signature = found
    is_shaped = (
        isinstance(protected, bytes)
        and isinstance(unprotected, Mapping)
        and isinstance(payload, bytes | None)
        and isinstance(signature, bytes)
    )
    if not is_shaped:
        raise ReadError("not a COSE_Sign1", "malformed")
    headers = load_cbor(protected) if protected else {}
    if not isinstance(headers, Mapping):
        raise ReadError("the protected header is no map", "malformed")
    return Sign1(protected, headers, unprotected, payload, signature)
