"""Blocks in the JSON of ``configtxlator proto_decode``, encoded again to their bytes.

``protolator`` of Fabric 3.1: every layer is expanded down to the read and write set,
bytes are base64, 64-bit numbers are text, enumerations are names. Messages are written
in the order of their field numbers, which gives the very bytes of the block; only
configuration has maps, whose order is lost, so a configuration block cannot be hashed
again. Left out: JSON of other tools, which expand less.
"""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_NESTING, MAX_RECORD_BYTES
from explorer.core.spans import ByteSpan
from explorer.encodings.canonical_json import parse_json
from explorer.encodings.protobuf import (
    FieldKind,
    FieldRule,
    encode_bytes,
    encode_integer,
    encode_varint,
)
from explorer.formats.fabric.messages import (
    CONFIG_VALUES,
    CONSENSUS_METADATA,
    PAYLOADS,
    POLICY_VALUES,
    TABLES,
)
from explorer.formats.fabric.records import RawBlock, parse_block_message
from explorer.formats.opening import EvidenceFiles

Object = Mapping[str, object]

_ENUMS: Mapping[str, int] = MappingProxyType(
    {
        "KV": 0,
        "ROLE": 0,
        "ORGANIZATION_UNIT": 1,
        "IDENTITY": 2,
        "ANONYMITY": 3,
        "COMBINED": 4,
        "MEMBER": 0,
        "ADMIN": 1,
        "CLIENT": 2,
        "PEER": 3,
        "ORDERER": 4,
        "NOMINAL": 0,
        "ANONYMOUS": 1,
        "ANY": 0,
        "ALL": 1,
        "MAJORITY": 2,
        "UNDEFINED": 0,
        "GOLANG": 1,
        "NODE": 2,
        "CAR": 3,
        "JAVA": 4,
        "STATE_NORMAL": 0,
        "STATE_MAINTENANCE": 1,
        "ROTATION_UNSPECIFIED": 0,
        "ROTATION_OFF": 1,
        "ROTATION_ON": 2,
    }
)
_PRINCIPALS: Mapping[str, str] = MappingProxyType(
    {
        "ROLE": "MSPRole",
        "ORGANIZATION_UNIT": "OrganizationUnit",
        "IDENTITY": "SerializedIdentity",
        "ANONYMITY": "MSPIdentityAnonymity",
        "COMBINED": "CombinedPrincipal",
    }
)
_ONEOFS = frozenset({"SignaturePolicy", "StateData"})
"""Messages whose integer is written even when it is 0, because it was chosen."""
_KEY = "\0key"
"""No name of a field, so no JSON can be mistaken for it."""
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
MAX_JSON_NESTING = 4 * MAX_NESTING
"""Objects and lists inside each other; a level of messages takes at most two."""
_NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,19})\Z")
_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z\Z", re.ASCII)


def is_json(head: bytes) -> bool:
    """Return whether a file that begins with ``head`` is read as JSON."""
    return head.removeprefix(BYTE_ORDER_MARK).lstrip()[:1] == b"{"


def is_meant_as_block(text: bytes) -> bool:
    """Return whether JSON beside blocks is one, or is too broken to tell."""
    try:
        value = parse_json(text, MAX_JSON_NESTING)
    except ReadError:
        return True
    return isinstance(value, dict) and {"header", "data"} <= value.keys()


def read_json_block(files: EvidenceFiles, source: int) -> RawBlock:
    """Return the block that a JSON file describes; its places are the whole file.

    Raises:
        ReadError: If the file is no block in this form, or too long.
    """
    size_bytes = files.evidence.sources[source].size_bytes
    if size_bytes > MAX_RECORD_BYTES:
        raise ReadError(f"{size_bytes} bytes", "too-long")
    text = files.read(ByteSpan(source, 0, size_bytes))
    data, has_maps = block_from_json(text)
    block = parse_block_message(data)
    block.source = source
    block.base = size_bytes
    block.is_exact = False
    block.can_rehash = not has_maps
    return block


def block_from_json(text: bytes) -> tuple[bytes, bool]:
    """Return the ``common.Block`` that JSON describes, and whether it lost an order.

    Raises:
        ReadError: ``malformed`` if it does not describe one.
    """
    decoded = parse_json(text, MAX_JSON_NESTING)
    if not isinstance(decoded, dict) or not {"header", "data"} <= decoded.keys():
        raise ReadError("no block in JSON")
    encoder = _Encoder()
    return encoder.message("Block", decoded, 0), encoder.has_maps


class _Encoder:
    """Encodes JSON by field tables; what a field holds may depend on others."""

    def __init__(self) -> None:
        self.has_maps = False

    def message(self, name: str, value: object, depth: int) -> bytes:
        """Return a message; ``null`` is an empty one."""
        if value is None:
            return b""
        fields = _object(value, name)
        if depth > MAX_NESTING:
            raise ReadError(f"{name} is too deep", "too-deep")
        out: list[bytes] = []
        rules = TABLES[name].values()
        unknown = fields.keys() - {rule.name for rule in rules} - {_KEY}
        if unknown:
            raise ReadError(f"{name} has no field {min(unknown)!r}")
        for rule in rules:
            if rule.name in fields:
                given = fields[rule.name]
                out.append(self._field(name, rule, given, fields, depth))
        return b"".join(out)

    def _field(
        self, name: str, rule: FieldRule, given: object, fields: Object, depth: int
    ) -> bytes:
        if not rule.is_repeated:
            return self._single(name, rule, given, fields, depth)
        if isinstance(given, dict):  # a map: entries of key and value
            self.has_maps = self.has_maps or len(given) > 1
            entries = [_entry(key, given[key]) for key in sorted(given)]
        elif given is None:
            entries = []
        elif isinstance(given, list):
            entries = given
        else:
            raise ReadError(f"{name}.{rule.name} is no list")
        return b"".join(
            self._single(name, rule, each, fields, depth, is_item=True)
            for each in entries
        )

    def _single(
        self,
        name: str,
        rule: FieldRule,
        given: object,
        fields: Object,
        depth: int,
        *,
        is_item: bool = False,
    ) -> bytes:
        number = rule.number
        if rule.kind is FieldKind.INTEGER:
            value = _integer(given)
            if name in _ONEOFS:
                return encode_varint(number << 3) + encode_varint(value)
            return encode_integer(number, value)
        if rule.kind is FieldKind.MESSAGE:
            if given is None and not is_item:
                return b""
            if rule.message == "Timestamp" and isinstance(given, str):
                return encode_bytes(number, _timestamp(given))
            return encode_bytes(number, self.message(rule.message, given, depth + 1))
        content = self._content(name, rule, given, fields, depth)
        return encode_bytes(number, content) if content or is_item else b""

    def _content(
        self, name: str, rule: FieldRule, given: object, fields: Object, depth: int
    ) -> bytes:
        """Return what a text or bytes field holds."""
        if rule.kind is FieldKind.TEXT:
            return _text(given).encode()
        if given is None:
            return b""
        if isinstance(given, str):
            return _base64(given)
        message = rule.message or _dynamic(name, rule.name, fields)
        if not message:
            raise ReadError(f"{name}.{rule.name} is not expanded as expected")
        return self.message(message, given, depth + 1)


def _dynamic(name: str, field: str, fields: Object) -> str:
    """Return the message in a field that other fields decide; empty if unknown."""
    decide = _DECIDED.get((name, field))
    return "" if decide is None else decide(fields)


def _payload_message(fields: Object) -> str:
    header = _object(fields.get("header"), "Header")
    channel = _object(header.get("channel_header"), "ChannelHeader")
    return PAYLOADS.get(_integer(channel.get("type", 0)), "")


def _principal_message(fields: Object) -> str:
    return _PRINCIPALS.get(_text(fields.get("principal_classification", "ROLE")), "")


def _msp_message(fields: Object) -> str:
    is_idemix = _integer(fields.get("type", 0)) == 1
    return "IdemixMSPConfig" if is_idemix else "FabricMSPConfig"


_DECIDED: Mapping[tuple[str, str], Callable[[Object], str]] = MappingProxyType(
    {
        ("Payload", "data"): _payload_message,
        ("ChannelHeader", "extension"): lambda _: "ChaincodeHeaderExtension",
        ("Policy", "value"): lambda fields: POLICY_VALUES.get(
            _integer(fields.get("type", 0)), ""
        ),
        ("MSPPrincipal", "principal"): _principal_message,
        ("MSPConfig", "config"): _msp_message,
        ("ConsensusType", "metadata"): lambda fields: CONSENSUS_METADATA.get(
            _text(fields.get("type", "")), ""
        ),
        ("ConfigValue", "value"): lambda fields: CONFIG_VALUES.get(
            _text(fields.get(_KEY, "")), ""
        ),
    }
)


def _entry(key: str, value: object) -> Object:
    """Return a map entry; an object inside learns its key, which says what it holds."""
    inside = {**value, _KEY: key} if isinstance(value, dict) else value
    return {"key": key, "value": inside}


def _object(value: object, name: str) -> Object:
    if not isinstance(value, dict):
        raise ReadError(f"{name} is no object")
    return value


def _integer(value: object) -> int:
    """Return a number that is written as such, as text, as a name or as a boolean."""
    if isinstance(value, str) and value in _ENUMS:
        return _ENUMS[value]
    if value is None:
        return 0
    if isinstance(value, str) and _NUMBER.match(value) is None:
        raise ReadError(f"{value[:40]!r} is no number")
    number = int(value) if isinstance(value, int | str) else -1
    if not 0 <= number < 2**64:
        raise ReadError(f"{str(value)[:40]!r} is out of range")
    return number


def _text(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ReadError(f"{value!r} is no text")
    return value


def _base64(value: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ReadError("bytes are not base64") from error


def _timestamp(value: str) -> bytes:
    """Return the ``Timestamp`` of RFC 3339 text in UTC, exact to the nanosecond."""
    found = _TIME.match(value)
    if found is None:
        raise ReadError(f"{value!r} is no time")
    try:
        moment = datetime.fromisoformat(found[1]).replace(tzinfo=UTC)
    except ValueError as error:
        raise ReadError(f"{value!r} is no time") from error
    seconds = int(moment.timestamp())
    nanos = int((found[2] or "0").ljust(9, "0"))
    return encode_integer(1, seconds) + encode_integer(2, nanos)
