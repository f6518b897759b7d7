"""A trace as plain values: a JSON-ready dictionary and a networkx graph.

The dictionary is part of the command line (``trace --json``); keys are only ever added.
Identifiers in it do not depend on how a case file numbers its rows: a version is
``thing@block:entry``. Text of the ledger is given as it is; whoever shows it makes it
printable.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict

from explorer.core.absent import Absent
from explorer.model.statements import ThingVersion
from explorer.provenance.folding import TraceThing
from explorer.provenance.hops import Hop, order_of
from explorer.provenance.trace import Trace

if TYPE_CHECKING:
    import networkx as nx  # type: ignore[import-untyped]  # has no type hints

SHARE_DIGITS = 6
"""Digits behind the point of a share."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class NodeJson(TypedDict):
    """One version of a thing."""

    id: str
    thing: str
    label: str
    kind: str
    block: int
    entry: int
    deleted: bool
    amount: str | None
    unit: str
    share: str | None


HopJson = TypedDict(
    "HopJson",
    {
        "from": list[str],
        "to": list[str],
        "block": int,
        "entry": int,
        "entry_id": str,
        "what": str,
        "agent": str,
        "time": str | None,
        "relation": str,
        "link": str,
        "fact": str,
        "struck": bool,
        "evidence": list[object],
    },
)
"""One step; ``evidence`` is filled by the session."""


class ThingJson(TypedDict):
    """One thing with its versions on the path."""

    thing: str
    label: str
    kind: str
    versions: list[str]
    degree: int
    item: bool
    end: bool
    deleted: bool


class GradesJson(TypedDict):
    """The weakest grades of a trace; null where there is no hop or no act."""

    link: str | None
    fact: str | None


class RemarkJson(TypedDict):
    """Something that the trace cannot tell."""

    code: str
    sentence: str
    detail: str


class TraceJson(TypedDict):
    """A whole trace."""

    item: str
    other: str | None
    direction: str
    starts: list[str]
    nodes: list[NodeJson]
    hops: list[HopJson]
    origins: list[str]
    destinations: list[str]
    weakest: GradesJson
    things: list[ThingJson]
    about: list[HopJson]
    attempts: list[HopJson]
    beside: list[NodeJson]
    not_known: list[RemarkJson]


def version_id(version: ThingVersion) -> str:
    """Return ``thing@block:entry``."""
    return f"{version.thing}@{version.block}:{version.entry}"


def utc_text(time_us: int | Absent) -> str:
    """Return a time as ``2026-09-17T03:08:00.004000Z``, or an empty text.

    Times outside the years 1 to 9999 are given as microseconds since 1970.
    """
    if isinstance(time_us, Absent):
        return ""
    try:
        moment = _EPOCH + timedelta(microseconds=time_us)
    except OverflowError:
        return f"{time_us} µs"
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")


def to_json(trace: Trace) -> TraceJson:
    """Return the trace as a dictionary of plain values with stable identifiers."""
    is_back = trace.direction.value == "back"
    ends = _ids(trace, trace.ends)
    on_path = set(trace.nodes)
    beside_hops = (*trace.about, *trace.attempts)
    beside = {n for hop in beside_hops for n in (*hop.sources, *hop.targets)} - on_path
    ordered = sorted(beside, key=lambda n: order_of(trace.versions[n]))
    return {
        "item": trace.item,
        "other": trace.other or None,
        "direction": trace.direction.value,
        "starts": _ids(trace, trace.starts),
        "nodes": [_node(trace, each) for each in trace.nodes],
        "hops": [_hop(trace, each) for each in trace.hops],
        "origins": ends if is_back else [],
        "destinations": [] if is_back else ends,
        "weakest": {"link": _grade(trace.link), "fact": _grade(trace.fact)},
        "things": [_thing(trace, each) for each in trace.things],
        "about": [_hop(trace, each) for each in trace.about],
        "attempts": [_hop(trace, each) for each in trace.attempts],
        "beside": [_node(trace, each) for each in ordered],
        "not_known": [
            {"code": each.code, "sentence": each.sentence, "detail": each.detail}
            for each in trace.not_known
        ],
    }


def to_networkx(trace: Trace) -> "nx.DiGraph[str]":
    """Return the path as a directed graph; nodes are ``thing@block:entry``.

    Two versions joined by several hops have one edge: the last one in the order of the
    ledger. Refused attempts are not in it.
    """
    import networkx as nx  # noqa: PLC0415 - 0.1 s, only when asked for

    graph = nx.DiGraph(item=trace.item, direction=trace.direction.value)
    for number in trace.nodes:
        version = trace.versions[number]
        graph.add_node(
            version_id(version),
            thing=version.thing,
            label=version.label,
            kind=version.kind,
            block=version.block,
            entry=version.entry,
            deleted=version.is_deleted,
        )
    for hop in trace.hops:
        facts = {
            "relation": hop.relation,
            "block": hop.block,
            "entry": hop.entry,
            "entry_id": hop.entry_id,
            "what": hop.what,
            "agent": hop.agent,
            "time": utc_text(hop.time_us),
            "link": hop.link.value,
            "fact": hop.fact.value,
        }
        for source, target in hop.pairs():
            ends = (trace.versions[source], trace.versions[target])
            graph.add_edge(version_id(ends[0]), version_id(ends[1]), **facts)
    return graph


def _ids(trace: Trace, nodes: Iterable[int]) -> list[str]:
    return [version_id(trace.versions[each]) for each in nodes]


def _number(value: Decimal | Absent) -> str | None:
    if isinstance(value, Absent):
        return None
    text = f"{round(value, SHARE_DIGITS):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _grade(grade: str) -> str | None:
    return None if isinstance(grade, Absent) else str(grade)


def _node(trace: Trace, node: int) -> NodeJson:
    version = trace.versions[node]
    amount = version.amount
    return {
        "id": version_id(version),
        "thing": version.thing,
        "label": version.label,
        "kind": version.kind,
        "block": version.block,
        "entry": version.entry,
        "deleted": version.is_deleted,
        "amount": None if isinstance(amount, Absent) else f"{amount:f}",
        "unit": version.unit,
        "share": _number(trace.shares.get(node, Absent.NOT_IN_EXPORT)),
    }


def _hop(trace: Trace, hop: Hop) -> HopJson:
    return {
        "from": _ids(trace, hop.sources),
        "to": _ids(trace, hop.targets),
        "block": hop.block,
        "entry": hop.entry,
        "entry_id": hop.entry_id,
        "what": hop.what,
        "agent": hop.agent,
        "time": utc_text(hop.time_us) or None,
        "relation": hop.relation,
        "link": hop.link.value,
        "fact": hop.fact.value,
        "struck": hop.is_struck,
        "evidence": [],
    }


def _thing(trace: Trace, thing: TraceThing) -> ThingJson:
    return {
        "thing": thing.thing,
        "label": thing.label,
        "kind": thing.kind,
        "versions": _ids(trace, thing.versions),
        "degree": thing.degree,
        "item": thing.is_item,
        "end": thing.is_end,
        "deleted": thing.is_deleted,
    }
