"""A trace as DOT, GraphML, PROV-JSON, PROV-N and CSV text.

The DOT language of Graphviz (quoted strings), GraphML 1.0 (attributes as ``data`` keys)
and PROV-JSON (W3C member submission, 24 April 2013). The same trace gives the same
bytes everywhere. Text of the ledger is made printable first. Refused attempts and
documents beside the path are left out: these files hold the path.
"""

import json
from collections.abc import Mapping
from html import escape

from explorer.core.text import printable
from explorer.encodings.prov import Notation, read_prov, write_prov
from explorer.model.statements import FactGrade, ThingVersion
from explorer.provenance.exports import utc_text, version_id
from explorer.provenance.hops import Hop
from explorer.provenance.trace import Trace
from explorer.reports.tables import ColumnKind, csv_cell

FICTIONAL = "Fictional demonstration data"
"""Written into every file whose ledger says so of itself."""

NAMESPACE = "urn:provenance-explorer:trace:"
"""Prefix ``pe`` of PROV-JSON identifiers."""

MAX_LABEL_CHARACTERS = 60

_STYLES = {
    FactGrade.ENFORCED: "bold",
    FactGrade.SIGNED: "solid",
    FactGrade.STATED: "dashed",
    FactGrade.INFERRED: "dotted",
    FactGrade.CONTRADICTED: "dashed",
}
"""Line styles of the grades, as near to the window's as DOT has them."""

_DERIVED = frozenset({"derivation", "revision"})

_EDGE_KEYS = (
    "relation",
    "block",
    "entry",
    "entry_id",
    "what",
    "agent",
    "time",
    "link",
    "fact",
)
_XML_TYPES = {"block": "long", "entry": "long", "deleted": "boolean"}
_NO_VERSION = ThingVersion("", 0, 0, "", "")


def to_dot(trace: Trace, *, is_fictional: bool = False) -> str:
    """Return the path as a DOT digraph from left to right; ends with a line feed."""
    names = {node: f"n{index}" for index, node in enumerate(trace.nodes)}
    lines = ["digraph trace {", "  rankdir=LR;", "  node [shape=box];"]
    if is_fictional:
        lines.append(f"  label={_quoted(FICTIONAL)};")
    starts, ends = set(trace.starts), set(trace.ends)
    for node, name in names.items():
        version = trace.versions[node]
        place = f"{version.block}:{version.entry}"
        label = f"{_short(version.label)}\n{_short(version.kind)} {place}"
        extra = ", penwidth=2" if node in starts else ""
        extra += ", style=rounded" if node in ends else ""
        tip = _quoted(printable(version_id(version)))
        lines.append(f"  {name} [label={_quoted(label)}, tooltip={tip}{extra}];")
    for hop in trace.hops:
        what = f"{_short(hop.what or hop.relation)}\n{hop.block}:{hop.entry}"
        style = f"style={_STYLES[hop.fact]}"
        tip = f"{hop.relation}, record link {hop.link.value}, fact {hop.fact.value}"
        for source, target in hop.pairs():
            lines.append(
                f"  {names[source]} -> {names[target]} "
                f"[label={_quoted(what)}, {style}, tooltip={_quoted(tip)}];"
            )
    return "\n".join([*lines, "}", ""])


def to_graphml(trace: Trace, *, is_fictional: bool = False) -> str:
    """Return the path as GraphML; node identifiers are ``thing@block:entry``."""
    facts = {"item": trace.item, "direction": trace.direction.value}
    if is_fictional:
        facts["note"] = FICTIONAL
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ]
    for owner, keys in (
        ("graph", ("item", "direction", "note")),
        ("node", tuple(_node_facts(_NO_VERSION))),
        ("edge", _EDGE_KEYS),
    ):
        for key in keys:
            kind = _XML_TYPES.get(key, "string")
            name = f'id="{owner}-{key}" for="{owner}" attr.name="{key}"'
            lines.append(f'  <key {name} attr.type="{kind}"/>')
    lines.append('  <graph edgedefault="directed">')
    lines += _data("graph", facts, 4)
    for node in trace.nodes:
        version = trace.versions[node]
        lines.append(f'    <node id="{_xml(version_id(version))}">')
        lines += [*_data("node", _node_facts(version), 6), "    </node>"]
    for hop in trace.hops:
        said = _data("edge", _edge_facts(hop), 6)
        for source, target in hop.pairs():
            ends = [_xml(version_id(trace.versions[n])) for n in (source, target)]
            lines.append(f'    <edge source="{ends[0]}" target="{ends[1]}">')
            lines += [*said, "    </edge>"]
    return "\n".join([*lines, "  </graph>", "</graphml>", ""])


def to_csv(trace: Trace, *, is_fictional: bool = False) -> str:
    """Return one CSV row for each step from a version to a version, heads first.

    Cells that begin like a formula are marked (``reports.tables.marked``); versions are
    ``thing@block:entry``. Lines end with a carriage return and a line feed (RFC 4180).
    """
    heads = ["source", "target", *_EDGE_KEYS, *(["note"] if is_fictional else [])]
    rows: list[list[str | int]] = [list(heads)]
    note = [FICTIONAL] if is_fictional else []
    for hop in trace.hops:
        said = _edge_facts(hop).values()
        for source, target in hop.pairs():
            ends = (version_id(trace.versions[each]) for each in (source, target))
            rows.append([*ends, *said, *note])
    return "".join(
        ",".join(csv_cell(each, _csv_kind(each)) for each in row) + "\r\n"
        for row in rows
    )


def _csv_kind(value: str | int) -> ColumnKind:
    return ColumnKind.TEXT if isinstance(value, str) else ColumnKind.INTEGER


def to_prov_json(trace: Trace, *, is_fictional: bool = False) -> str:
    """Return the path as a PROV-JSON document, keys sorted; ends with a line feed.

    Versions are entities (``pe:v0`` on), entries activities (``pe:entry-BLOCK-ENTRY``),
    who signed them agents. Derivations and revisions are ``wasDerivedFrom``; what was
    put into, attached to or written about something is ``wasInfluencedBy``.
    """
    names = {node: f"pe:v{index}" for index, node in enumerate(trace.nodes)}
    document: dict[str, dict[str, object]] = {"prefix": {"pe": NAMESPACE}}
    entities = {names[n]: _entity(trace.versions[n]) for n in trace.nodes}
    document["entity"] = dict(entities)
    agents: dict[str, str] = {}
    for hop in trace.hops:
        _add_hop(document, hop, names, agents)
    document["agent"] = {
        name: {"prov:label": printable(text)} for text, name in agents.items()
    }
    if is_fictional:
        document["entity"]["pe:note"] = {"prov:label": FICTIONAL}
    filled = {key: value for key, value in document.items() if value}
    return json.dumps(filled, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def to_prov_n(trace: Trace, *, is_fictional: bool = False) -> str:
    """Return the path as a PROV-N document: what ``to_prov_json`` says."""
    text = to_prov_json(trace, is_fictional=is_fictional)
    document = read_prov(text.encode(), Notation.JSON)
    return write_prov(document, Notation.N).decode()


def _entity(version: ThingVersion) -> dict[str, object]:
    return {
        "prov:label": printable(version.label),
        "pe:thing": printable(version.thing),
        "pe:kind": printable(version.kind),
        "pe:block": version.block,
        "pe:entry": version.entry,
        "pe:deleted": version.is_deleted,
    }


def _add_hop(
    document: dict[str, dict[str, object]],
    hop: Hop,
    names: dict[int, str],
    agents: dict[str, str],
) -> None:
    place = f"{hop.block}-{hop.entry}"
    activity = f"pe:entry-{place}"
    time = utc_text(hop.time_us)
    facts = {"prov:label": printable(hop.what), "pe:entry_id": printable(hop.entry_id)}
    if time:
        facts["prov:endTime"] = time
    document.setdefault("activity", {})[activity] = facts
    if hop.agent:
        agent = agents.setdefault(hop.agent, f"pe:agent{len(agents)}")
        document.setdefault("wasAssociatedWith", {})[f"pe:by-{place}"] = {
            "prov:activity": activity,
            "prov:agent": agent,
        }
    for source in hop.sources:
        document.setdefault("used", {})[f"pe:use-{place}-{names[source][3:]}"] = {
            "prov:activity": activity,
            "prov:entity": names[source],
        }
    for target in hop.targets:
        document.setdefault("wasGeneratedBy", {})[
            f"pe:made-{place}-{names[target][3:]}"
        ] = {
            "prov:activity": activity,
            "prov:entity": names[target],
        } | ({"prov:time": time} if time else {})
    _add_pairs(document, hop, names, activity)


def _add_pairs(
    document: dict[str, dict[str, object]],
    hop: Hop,
    names: dict[int, str],
    activity: str,
) -> None:
    grades: dict[str, object] = {"pe:link": hop.link.value, "pe:fact": hop.fact.value}
    is_derived = hop.relation in _DERIVED
    relation = "wasDerivedFrom" if is_derived else "wasInfluencedBy"
    for source, target in hop.pairs():
        key = f"pe:{hop.relation}-{names[source][3:]}-{names[target][3:]}"
        if is_derived:
            ends = {
                "prov:generatedEntity": names[target],
                "prov:usedEntity": names[source],
                "prov:activity": activity,
            }
            if hop.relation == "revision":
                grades = grades | {"prov:type": "prov:Revision"}
        else:
            ends = {
                "prov:influencee": names[target],
                "prov:influencer": names[source],
                "pe:relation": printable(hop.relation),
            }
        document.setdefault(relation, {})[key] = {**ends, **grades}


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _short(text: str) -> str:
    return printable(text, MAX_LABEL_CHARACTERS)


def _node_facts(version: ThingVersion) -> dict[str, str | int]:
    return {
        "thing": version.thing,
        "label": version.label,
        "kind": version.kind,
        "block": version.block,
        "entry": version.entry,
        "deleted": "true" if version.is_deleted else "false",
    }


def _edge_facts(hop: Hop) -> dict[str, str | int]:
    values = (
        hop.relation,
        hop.block,
        hop.entry,
        hop.entry_id,
        hop.what,
        hop.agent,
        utc_text(hop.time_us),
        hop.link.value,
        hop.fact.value,
    )
    return dict(zip(_EDGE_KEYS, values, strict=True))


def _data(owner: str, facts: Mapping[str, str | int], indent: int) -> list[str]:
    return [
        f'{" " * indent}<data key="{owner}-{key}">{_xml(str(value))}</data>'
        for key, value in facts.items()
    ]


def _xml(text: str) -> str:
    return escape(printable(text))
