"""The detail tree of one block: every field with its place, down to keys and values.

Follows the field tables of ``messages``. Where the message inside a field depends on
another field (what a payload holds, what a configuration value is), that field decides.
Left out: what certificates hold, which the window shows by its own reader.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.core.limits import MAX_NESTING
from explorer.core.spans import ByteSpan
from explorer.encodings.protobuf import FieldKind, FieldNode, FieldTable, walk
from explorer.formats.fabric.messages import (
    CONFIG_VALUES,
    CONSENSUS_METADATA,
    PAYLOADS,
    POLICY_VALUES,
    PRINCIPALS,
    TABLES,
    code_name,
)
from explorer.formats.fabric.metadata import COMMIT_HASH, FLAGS, LAST_CONFIG, SIGNATURES
from explorer.formats.fabric.records import Place, RawBlock
from explorer.model.ledgers import Field

MAX_FIELDS = 200_000
"""Fields shown of one block; what is behind them is named, not shown."""
MAX_SHOWN_BYTES = 4_000

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NO_TABLE: FieldTable = MappingProxyType({})
_SLOTS: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        SIGNATURES: ("orderer signatures", "SignedMetadata"),
        LAST_CONFIG: ("last configuration", "LastConfigMetadata"),
        FLAGS: ("validation flags", ""),
        3: ("orderer", "Metadata"),
        COMMIT_HASH: ("commit hash", "Metadata"),
    }
)


def block_fields(raw: RawBlock) -> tuple[Field, ...]:
    """Return the fields of a block, in file order where the file has one."""
    return _Tree(raw).block()


class _Tree:
    """Builds the tree of one block and counts its fields."""

    def __init__(self, raw: RawBlock) -> None:
        self._raw = raw
        self._left = MAX_FIELDS

    def block(self) -> tuple[Field, ...]:
        raw = self._raw
        header = (
            self._leaf("number", str(raw.number), raw.number_place),
            self._leaf(
                "previous hash", raw.previous_hash.hex(), raw.previous_hash_place
            ),
            self._leaf("data hash", raw.data_hash.hex(), raw.data_hash_place),
        )
        transactions = tuple(
            Field(
                f"transaction {position}",
                "",
                raw.span(*place),
                self._message("Envelope", place, 0),
            )
            for position, place in enumerate(raw.envelopes)
        )
        slots = tuple(self._slot(*each) for each in enumerate(raw.metadata))
        return (
            Field("header", "", self._around([each.span for each in header]), header),
            Field(
                "data",
                str(len(transactions)),
                self._around([each.span for each in transactions]),
                transactions,
            ),
            Field("metadata", "", self._around([each.span for each in slots]), slots),
        )

    def _around(self, spans: list[ByteSpan | Absent]) -> ByteSpan | Absent:
        found = [each for each in spans if isinstance(each, ByteSpan)]
        if not found:
            return Absent.NOT_IN_FORMAT
        return ByteSpan(
            found[0].source,
            min(each.start for each in found),
            max(each.end for each in found),
        )

    def _slot(self, index: int, place: Place) -> Field:
        name, message = _SLOTS.get(index, (f"slot {index}", ""))
        if index == FLAGS:
            flags = self._raw.data[slice(*place)]
            children = tuple(
                self._leaf(
                    f"transaction {position}",
                    code_name(flag),
                    (place[0] + position, place[0] + position + 1),
                )
                for position, flag in enumerate(flags)
            )
            return Field(name, "", self._raw.span(*place), children)
        if not message:
            return self._leaf(name, _shown(self._raw.data[slice(*place)]), place)
        return Field(name, "", self._raw.span(*place), self._message(message, place, 0))

    def _leaf(self, name: str, value: str, place: Place) -> Field:
        self._left -= 1
        return Field(name, value, self._raw.span(*place))

    def _message(
        self, message: str, place: Place, depth: int, key: str = ""
    ) -> tuple[Field, ...]:
        """Return the fields of a message; ``key`` is the map key it stands under."""
        table = TABLES.get(message, _NO_TABLE)
        if depth > MAX_NESTING or self._left < 0:
            return ()
        try:
            nodes = walk(self._raw.data, *place, table)
        except ReadError as error:
            return (self._leaf("unreadable", str(error), place),)
        named = _map_key(self._raw.data, nodes)
        return tuple(
            self._field(message, node, nodes, depth, named or key) for node in nodes
        )

    def _field(
        self,
        message: str,
        node: FieldNode,
        nodes: list[FieldNode],
        depth: int,
        key: str,
    ) -> Field:
        self._left -= 1
        raw, rule = self._raw, node.rule
        span = raw.span(node.tag_start, node.end)
        data = raw.data[node.start : node.end]
        if rule.kind is FieldKind.INTEGER:
            return Field(rule.name, str(node.number), span)
        inside = rule.message
        decide = _DECIDED.get((message, rule.name))
        if not inside and decide is not None:
            inside = decide(raw.data, nodes, key)
        if inside == "Timestamp":
            return Field(rule.name, _time(data), span)
        if inside:
            is_entry = inside.endswith("Entry")
            children = self._message(inside, (node.start, node.end), depth + 1, key)
            named = _map_key(data, walk_or_none(data, inside))
            if is_entry and named:
                return Field(named, "", span, children, is_ours=False)
            return Field(rule.name, named, span, children)
        if rule.kind is FieldKind.TEXT:
            return Field(rule.name, data.decode(errors="replace"), span)
        return Field(rule.name, _shown(data), span)


def walk_or_none(data: bytes, message: str) -> list[FieldNode]:
    """Return the fields of a message that is all of ``data``, none if unreadable."""
    try:
        return walk(data, 0, len(data), TABLES[message])
    except ReadError:
        return []


def _map_key(data: bytes, nodes: list[FieldNode]) -> str:
    for node in nodes:
        if node.rule.name == "key" and node.rule.kind is FieldKind.TEXT:
            return data[node.start : node.end].decode(errors="replace")
    return ""


def _shown(data: bytes) -> str:
    """Return text as text and everything else in hex, at most ``MAX_SHOWN_BYTES``."""
    part = data[:MAX_SHOWN_BYTES]
    try:
        shown = part.decode()
    except UnicodeDecodeError:
        shown = ""
    if not shown or not (shown.isprintable() or "-----BEGIN" in shown):
        shown = part.hex()
    return shown if len(part) == len(data) else f"{shown}…"


def _time(data: bytes) -> str:
    numbers = {node.rule.name: node.number for node in walk_or_none(data, "Timestamp")}
    try:
        moment = _EPOCH + timedelta(seconds=numbers.get("seconds", 0))
    except OverflowError:
        return data.hex()
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{numbers.get('nanos', 0):09d}Z"


Decide = Callable[[bytes, list[FieldNode], str], str]


def _number_of(nodes: list[FieldNode], name: str) -> int:
    found = [node.number for node in nodes if node.rule.name == name]
    return found[-1] if found else 0


def _payload(data: bytes, nodes: list[FieldNode], _: str) -> str:
    """Return what ``Payload.data`` holds, by the type in the channel header."""
    for node in nodes:
        if node.rule.name != "header":
            continue
        inner = walk_or_none(data[node.start : node.end], "Header")
        for each in inner:
            if each.rule.name == "channel_header":
                start = node.start + each.start
                header = data[start : node.start + each.end]
                kind = _number_of(walk_or_none(header, "ChannelHeader"), "type")
                return PAYLOADS.get(kind, "")
    return ""


def _consensus(data: bytes, nodes: list[FieldNode], _: str) -> str:
    for node in nodes:
        if node.rule.name == "type":
            kind = data[node.start : node.end].decode(errors="replace")
            return CONSENSUS_METADATA.get(kind, "")
    return ""


def _msp(_: bytes, nodes: list[FieldNode], __: str) -> str:
    return "IdemixMSPConfig" if _number_of(nodes, "type") == 1 else "FabricMSPConfig"


def _policy(_: bytes, nodes: list[FieldNode], __: str) -> str:
    return POLICY_VALUES.get(_number_of(nodes, "type"), "")


def _principal(_: bytes, nodes: list[FieldNode], __: str) -> str:
    return PRINCIPALS.get(_number_of(nodes, "principal_classification"), "")


def _config_value(_: bytes, __: list[FieldNode], key: str) -> str:
    return CONFIG_VALUES.get(key, "")


def _extension(_: bytes, nodes: list[FieldNode], __: str) -> str:
    return "ChaincodeHeaderExtension" if _number_of(nodes, "type") == 3 else ""


_DECIDED: Mapping[tuple[str, str], Decide] = MappingProxyType(
    {
        ("Payload", "data"): _payload,
        ("ChannelHeader", "extension"): _extension,
        ("ConsensusType", "metadata"): _consensus,
        ("MSPConfig", "config"): _msp,
        ("Policy", "value"): _policy,
        ("MSPPrincipal", "principal"): _principal,
        ("ConfigValue", "value"): _config_value,
    }
)
