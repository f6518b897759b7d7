"""Policies of a channel as rules over named principals.

``common/cauthdsl`` and ``common/policies`` of Fabric 3.1: signature policies (type 1)
and implicit meta policies (type 3). A policy that Fabric refuses to build is satisfied
by nobody. Left out: the MSP policy type (2), which Fabric never implemented.
"""

import hashlib

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_NESTING
from explorer.crypto.certificates import parse_certificate
from explorer.encodings.protobuf import content, number, scan, scan_map, text
from explorer.model.claims import NOutOf, Rule, SignedBy

MAX_RULES = 10_000
"""Nodes of one policy."""

REJECT: Rule = NOutOf(1, ())
"""Satisfied by nobody."""

ROLES = ("MEMBER", "ADMIN", "CLIENT", "PEER", "ORDERER")
_ROLE, _UNIT, _IDENTITY, _ANONYMITY, _COMBINED = range(5)
NOMINAL = "nominal"
"""Principal of everyone whose certificate names them."""


def role_principal(msp_id: str, role: str) -> str:
    """Return the principal of a role, such as ``OrchardMSP.PEER``."""
    return f"{msp_id}.{role}"


def unit_principal(msp_id: str, unit: str, certifiers: bytes) -> str:
    """Return the principal of an organizational unit under certain issuers."""
    return f"{msp_id}.OU={unit}@{certifiers.hex()}"


def identity_principal(msp_id: str, fingerprint: bytes) -> str:
    """Return the principal of one certificate."""
    return f"{msp_id}#{fingerprint.hex()}"


class PolicyReader:
    """Turns policies into rules and remembers the combined principals they name."""

    def __init__(self) -> None:
        """Know no combined principal yet."""
        self.combined: dict[str, tuple[str, ...]] = {}
        """Name of a combined principal → the principals that it demands together."""
        self._nodes = 0

    def signature_rule(self, envelope: bytes) -> Rule:
        """Return the rule of a ``SignaturePolicyEnvelope``.

        A policy that cannot be read, or that Fabric does not accept, rejects all.
        """
        try:
            fields = scan(envelope, 0, len(envelope))
            if number(fields, 0x08) != 0:
                return REJECT
            principals = [
                self._principal(envelope[first:last], 0)
                for tag, first, last in fields
                if tag == 0x1A
            ]
            self._nodes = 0
            return self._rule(content(envelope, fields, 0x12), principals, 0)
        except ReadError:
            return REJECT

    def _rule(self, data: bytes, principals: list[str], depth: int) -> Rule:
        self._nodes += 1
        if depth > MAX_NESTING or self._nodes > MAX_RULES:
            raise ReadError("a policy is too deep or too large", "too-deep")
        fields = scan(data, 0, len(data))
        if not fields:
            raise ReadError("an empty rule")
        tag, first, last = fields[-1]
        if tag == 0x08:
            if not 0 <= first < len(principals):
                raise ReadError("a rule names a principal that is not listed")
            return SignedBy(principals[first])
        if tag != 0x12:
            raise ReadError("an unknown rule")
        inner = scan(data, first, last)
        rules = tuple(
            self._rule(data[start:end], principals, depth + 1)
            for each, start, end in inner
            if each == 0x12
        )
        return NOutOf(_signed(number(inner, 0x08)), rules)

    def _principal(self, data: bytes, depth: int) -> str:
        """Return the name of an ``MSPPrincipal``; an unknown one is nobody's."""
        if depth > MAX_NESTING:
            raise ReadError("a principal is too deep", "too-deep")
        fields = scan(data, 0, len(data))
        kind = number(fields, 0x08)
        principal = content(data, fields, 0x12)
        inner = scan(principal, 0, len(principal))
        match kind:
            case 0:
                role = number(inner, 0x10)
                named = ROLES[role] if role < len(ROLES) else f"role {role}"
                return role_principal(text(principal, inner, 0x0A), named)
            case 1:
                unit = text(principal, inner, 0x12)
                certifiers = content(principal, inner, 0x1A)
                return unit_principal(text(principal, inner, 0x0A), unit, certifiers)
            case 2:
                return _identity(principal)
            case 3:
                return NOMINAL if number(inner, 0x08) == 0 else "anonymous"
            case 4:
                return self._all_of(principal, depth)
            case _:
                return f"principal {kind}"

    def _all_of(self, data: bytes, depth: int) -> str:
        parts = tuple(
            self._principal(data[first:last], depth + 1)
            for tag, first, last in scan(data, 0, len(data))
            if tag == 0x0A
        )
        name = "all of " + ", ".join(parts)
        if parts:
            self.combined[name] = parts
        return name


def _identity(data: bytes) -> str:
    fields = scan_map(data, 0, len(data))
    first, last = fields.get(0x0A, (0, 0))
    start, end = fields.get(0x12, (0, 0))
    try:
        fingerprint = parse_certificate(data[start:end]).fingerprint
        return identity_principal(data[first:last].decode(), fingerprint)
    except (ReadError, UnicodeDecodeError):
        return "unreadable identity " + hashlib.sha256(data).hexdigest()


def _signed(value: int) -> int:
    """Return an ``int32`` that was written as a varint of 64 bits."""
    value &= 0xFFFFFFFF
    return value - 2**32 if value >= 2**31 else value
