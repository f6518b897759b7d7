"""The configuration of a channel, as one configuration block leaves it.

``common/configtx.proto``, ``common/configuration.proto``, ``common/policies`` (implicit
meta) and ``orderer/configuration.proto`` of Fabric 3.1. Left out: values that decide
nothing about validity (batch sizes, addresses, anchor peers, access lists).
"""

from collections.abc import Iterator

import msgspec

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_NESTING
from explorer.encodings.protobuf import (
    content,
    encode_bytes,
    number,
    scan,
    scan_map,
    text,
)
from explorer.formats.fabric.policies import REJECT, PolicyReader
from explorer.model.claims import EachAlone, NOutOf, Rule, SignedBy

MAX_GROUPS = 10_000
SIGNATURE, IMPLICIT_META = 1, 3
_ANY, _ALL, _MAJORITY = range(3)
ROOT = "Channel"

Path = tuple[str, ...]
Place = tuple[int, int]


class Item(msgspec.Struct, frozen=True, gc=False):
    """A value or a policy of a group."""

    version: int
    value: bytes
    """Of a policy: the ``Policy`` message."""
    mod_policy: str
    place: Place


class Group(msgspec.Struct):
    """A ``ConfigGroup``."""

    version: int
    mod_policy: str
    groups: dict[str, "Group"]
    values: dict[str, Item]
    policies: dict[str, Item]


class Element(msgspec.Struct, frozen=True):
    """One group, value or policy with its path, as configuration updates compare it."""

    kind: str
    path: Path
    """Groups above it; for a group without its own name."""
    key: str
    version: int
    mod_policy: str
    value: bytes
    """Empty for a group, whose members are named in ``members``."""
    members: frozenset[str] = frozenset()

    @property
    def name(self) -> tuple[str, Path, str]:
        """Return what identifies it in a configuration."""
        return self.kind, self.path, self.key


class ChannelConfig:
    """A configuration in force."""

    def __init__(self, block: int, sequence: int, root: Group) -> None:
        """Hold the configuration of ``block``; policies are read on first use."""
        self.block = block
        self.sequence = sequence
        self.root = root
        self.reader = PolicyReader()
        self._rules: dict[tuple[Path, str], Rule] = {}
        self._consenters: dict[int, bytes] | None = None

    def group(self, path: Path) -> Group | None:
        """Return the group at a path below the root, such as ``("Application",)``."""
        found: Group | None = self.root
        for name in path:
            found = found.groups.get(name) if found is not None else None
        return found

    def rule(self, reference: str) -> Rule | None:
        """Return the rule of ``/Channel/…/Name``, ``None`` if there is none."""
        parts = tuple(reference.split("/"))
        if len(parts) < 3 or parts[0] or parts[1] != ROOT:
            return None
        return self.rule_at(parts[2:-1], parts[-1])

    def rule_at(self, path: Path, name: str) -> Rule | None:
        """Return the rule of a policy of the group at ``path``."""
        known = self._rules.get((path, name))
        if known is None:
            group = self.group(path)
            if group is None or name not in group.policies:
                return None
            known = self._read_rule(path, group, group.policies[name].value)
            self._rules[path, name] = known
        return known

    def _read_rule(self, path: Path, group: Group, policy: bytes) -> Rule:
        try:
            fields = scan(policy, 0, len(policy))
            kind, value = number(fields, 0x08), content(policy, fields, 0x12)
            if kind == SIGNATURE:
                return self.reader.signature_rule(value)
            if kind != IMPLICIT_META or len(path) > MAX_NESTING:
                return REJECT
            inner = scan(value, 0, len(value))
            sub_policy, rule = text(value, inner, 0x0A), number(inner, 0x10)
        except ReadError:
            return REJECT
        rules = tuple(
            self.rule_at((*path, name), sub_policy) or REJECT for name in group.groups
        )
        least = {_ANY: 1, _ALL: len(rules), _MAJORITY: len(rules) // 2 + 1}.get(rule)
        if least is None:
            return REJECT
        return EachAlone(least if rules else 0, rules)

    def organisations(self) -> Iterator[tuple[Path, Group]]:
        """Yield every group that has an MSP, with its path."""
        pending: list[tuple[Path, Group]] = [((), self.root)]
        while pending:
            path, group = pending.pop()
            if "MSP" in group.values:
                yield path, group
            pending.extend(((*path, name), each) for name, each in group.groups.items())

    def application_organisations(self) -> dict[str, str]:
        """Return MSP id → group name for the organisations that run peers."""
        found: dict[str, str] = {}
        group = self.group(("Application",))
        for name, each in group.groups.items() if group is not None else ():
            msp_id = _msp_id(each)
            if msp_id:
                found[msp_id] = name
        return found

    def lifecycle_rule(self) -> Rule:
        """Return the policy for committing chaincode definitions."""
        rule = self.rule("/Channel/Application/LifecycleEndorsement")
        if rule is not None:
            return rule
        members = sorted(self.application_organisations())
        return self._members_rule(len(members) // 2 + 1, tuple(members))

    def organisation_rule(self, msp_id: str) -> Rule | None:
        """Return an organisation's own endorsement policy, ``None`` if unknown."""
        name = self.application_organisations().get(msp_id)
        if name is None:
            return None
        rule = self.rule_at(("Application", name), "Endorsement")
        return rule if rule is not None else self._members_rule(1, (msp_id,))

    def _members_rule(self, least: int, msp_ids: Path) -> Rule:
        """Return the default where no policy is set; the same object each time."""
        name = ("members of", *msp_ids), str(least)
        known = self._rules.get(name)
        if known is None:
            signed = tuple(SignedBy(f"{each}.MEMBER") for each in msp_ids)
            known = self._rules[name] = NOutOf(least, signed)
        return known

    def consensus(self) -> str:
        """Return the consensus type, such as ``etcdraft`` or ``BFT``."""
        return self._value_text(("Orderer",), "ConsensusType")

    def consenters(self) -> dict[int, bytes]:
        """Return BFT consenter id → ``SerializedIdentity``; the first one counts."""
        if self._consenters is None:
            self._consenters = self._read_consenters()
        return self._consenters

    def _read_consenters(self) -> dict[int, bytes]:
        group = self.group(("Orderer",))
        item = group.values.get("Orderers") if group is not None else None
        found: dict[int, bytes] = {}
        if item is None:
            return found
        try:
            for tag, first, last in scan(item.value, 0, len(item.value)):
                if tag != 0x0A:
                    continue
                fields = scan(item.value, first, last)
                identity = encode_bytes(1, content(item.value, fields, 0x22))
                identity += encode_bytes(2, content(item.value, fields, 0x2A))
                found.setdefault(number(fields, 0x08), identity)
        except ReadError:
            return {}
        return found

    def capabilities(self, path: Path) -> frozenset[str]:
        """Return the capabilities that the group at ``path`` demands."""
        group = self.group(path)
        item = group.values.get("Capabilities") if group is not None else None
        if item is None:
            return frozenset()
        try:
            entries = [
                scan(item.value, first, last)
                for tag, first, last in scan(item.value, 0, len(item.value))
                if tag == 0x0A
            ]
            return frozenset(text(item.value, each, 0x0A) for each in entries)
        except ReadError:
            return frozenset()

    def _value_text(self, path: Path, name: str) -> str:
        group = self.group(path)
        item = group.values.get(name) if group is not None else None
        if item is None:
            return ""
        try:
            return text(item.value, scan(item.value, 0, len(item.value)), 0x0A)
        except ReadError:
            return ""


def _msp_id(group: Group) -> str:
    item = group.values.get("MSP")
    if item is None:
        return ""
    try:
        config = content(item.value, scan(item.value, 0, len(item.value)), 0x12)
        return text(config, scan(config, 0, len(config)), 0x0A)
    except ReadError:
        return ""


def parse_config(data: bytes, place: Place, block: int) -> ChannelConfig:
    """Return the configuration in a ``Config`` message.

    Raises:
        ReadError: If it cannot be read.
    """
    fields = scan_map(data, *place)
    if 0x12 not in fields:
        raise ReadError("a configuration without a channel group")
    sequence = fields.get(0x08, (0, 0))[0]
    return ChannelConfig(block, sequence, parse_group(data, fields[0x12]))


def parse_group(data: bytes, place: Place) -> Group:
    """Return a ``ConfigGroup`` with everything below it.

    Raises:
        ReadError: If it cannot be read, is too deep or has too many groups.
    """
    return _Reading(data).group(place, 0)


class _Reading:
    """Reads one tree of groups and counts them."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._count = 0

    def group(self, place: Place, depth: int) -> Group:
        self._count += 1
        if depth > MAX_NESTING or self._count > MAX_GROUPS:
            raise ReadError("groups are too deep or too many", "too-deep")
        found = Group(0, "", {}, {}, {})
        for tag, first, last in scan(self._data, *place):
            match tag:
                case 0x08:
                    found.version = first
                case 0x2A:
                    found.mod_policy = self._text(first, last)
                case 0x12:
                    key, inner = self._entry((first, last))
                    found.groups[key] = self.group(inner, depth + 1)
                case 0x1A:
                    key, inner = self._entry((first, last))
                    found.values[key] = self._item(inner)
                case 0x22:
                    key, inner = self._entry((first, last))
                    found.policies[key] = self._item(inner)
        return found

    def _entry(self, place: Place) -> tuple[str, Place]:
        fields = scan_map(self._data, *place)
        return self._text(*fields.get(0x0A, (0, 0))), fields.get(0x12, (0, 0))

    def _item(self, place: Place) -> Item:
        """Read a ``ConfigValue`` or a ``ConfigPolicy``: the same three fields."""
        fields = scan_map(self._data, *place)
        first, last = fields.get(0x12, (0, 0))
        version = fields.get(0x08, (0, 0))[0]
        mod_policy = self._text(*fields.get(0x1A, (0, 0)))
        return Item(version, self._data[first:last], mod_policy, (first, last))

    def _text(self, first: int, last: int) -> str:
        try:
            return self._data[first:last].decode()
        except UnicodeDecodeError as error:
            raise ReadError("a name is not UTF-8") from error


def elements(root: Group) -> dict[tuple[str, Path, str], Element]:
    """Return everything in a configuration by kind, path and key, as updates see it."""
    found: dict[tuple[str, Path, str], Element] = {}
    pending: list[tuple[Path, str, Group]] = [((), ROOT, root)]
    while pending:
        path, key, group = pending.pop()
        members = [f"group {name}" for name in group.groups]
        members += [f"value {name}" for name in group.values]
        members += [f"policy {name}" for name in group.policies]
        each = Element(
            "group",
            path,
            key,
            group.version,
            group.mod_policy,
            b"",
            frozenset(members),
        )
        found[each.name] = each
        inside = (*path, key)
        for kind, items in (("value", group.values), ("policy", group.policies)):
            for name, item in items.items():
                each = Element(
                    kind, inside, name, item.version, item.mod_policy, item.value
                )
                found[each.name] = each
        pending.extend((inside, name, below) for name, below in group.groups.items())
    return found
