"""Lineage from PROV statements: entities, activities and agents are things of a trace.

W3C PROV-DM (30 April 2013), sections 5.1 to 5.6. Direction is the flow of time: what
was used into the activity, the activity into what it made, one entity into what was
derived from it. An agent is the author of what is attributed to it and of activities
that it was associated with; it is no origin. What ended an activity or an entity stands
beside the way. A thing is called as the document writes it; where one spelling stands
for two things, the second is called by its IRI.
"""

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.encodings.prov.notations import notation_of, read_prov
from explorer.model.content import EntryContent
from explorer.model.prov import ELEMENTS, Argument, Literal, Name, Statement
from explorer.model.prov import StatementKind as K
from explorer.model.statements import Act, Flow, LinkGrade, Statements, ThingVersion
from explorer.payloads.flows import Version, said_by
from explorer.payloads.key_versions import act_of

_FLOWS: dict[K, tuple[tuple[str, str, str], ...]] = {
    K.USAGE: (("entity", "activity", "derivation"),),
    K.GENERATION: (("activity", "entity", "derivation"),),
    K.COMMUNICATION: (("informant", "informed", "derivation"),),
    K.START: (
        ("trigger", "activity", "derivation"),
        ("starter", "activity", "association"),
    ),
    K.END: (("trigger", "activity", "about"),),
    K.INVALIDATION: (("activity", "entity", "about"),),
    K.DERIVATION: (("usedEntity", "generatedEntity", "derivation"),),
    K.SPECIALIZATION: (("generalEntity", "specificEntity", "association"),),
    K.ALTERNATE: (("alternate2", "alternate1", "association"),),
    K.MEMBERSHIP: (("entity", "collection", "containment"),),
    K.INFLUENCE: (("influencer", "influencee", "association"),),
    K.MENTION: (("generalEntity", "specificEntity", "association"),),
}
"""(argument it comes from, argument it goes to, relation)."""

_ACTIVITY_ARGUMENTS = frozenset(
    {"activity", "informant", "informed", "starter", "ender"}
)
_MADE_BY = {K.ATTRIBUTION: "entity", K.ASSOCIATION: "activity"}
_MAX_LABEL = 200
_SIGNS = (b"prov:", b"endDocument", b'"entity"', b'"activity"')
"""Without one of them a payload is no PROV document worth reading."""

_FIRST = {K.AGENT: 0, K.ASSOCIATION: 1, K.ATTRIBUTION: 1, K.ENTITY: 2, K.ACTIVITY: 2}
"""What others speak of is told first, wherever it stands."""


def prov_payload(content: EntryContent) -> tuple[Statement, ...]:
    """Return the statements of the PROV documents that an entry holds as payload.

    Parts that cannot be read are left out: what a payload says is not what is verified.
    """
    found: list[Statement] = []
    for document in content.documents:
        data = document.data
        if not any(each in data for each in _SIGNS):
            continue
        notation = notation_of(data, is_whole=True)
        if isinstance(notation, Absent):
            continue
        try:
            parts = read_prov(data, notation, document.span.source).instances
        except ReadError:
            continue
        found += (each for part in parts for each in part.statements)
    return tuple(sorted(found, key=lambda each: _FIRST.get(each.kind, 3)))


class ProvLineage:
    """Turns PROV statements into ours; what others speak of must come first."""

    def __init__(self) -> None:
        """Begin with no thing known."""
        self._names: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._versions: dict[str, Version] = {}
        self._agents: dict[str, list[str]] = {}

    def add(self, content: EntryContent) -> Statements:
        """Return what the statements of this entry say."""
        things: list[ThingVersion] = []
        flows: list[Flow] = []
        acts = [self._one(content, each, things, flows) for each in content.statements]
        if len(acts) > 1:  # a document as payload: the entry is one act of its author
            acts = [act_of(content, said_by(content, LinkGrade.NAMED))]
        return Statements(tuple(things), tuple(flows), tuple(acts))

    def _one(
        self,
        content: EntryContent,
        statement: Statement,
        things: list[ThingVersion],
        flows: list[Flow],
    ) -> Act:
        said = said_by(content, LinkGrade.NAMED)
        if statement.kind in _MADE_BY:
            self._note_agent(statement)
        if statement.kind in ELEMENTS:
            self._declare(content, statement, things)
        for source, target, relation in _FLOWS.get(statement.kind, ()):
            ends = [
                self._version(content, statement.argument(each), each, things)
                for each in (source, target)
            ]
            if ends[0] and ends[1] and ends[0] != ends[1]:
                flows.append(said.flow(ends[0], ends[1], relation))
        return Act(
            content.block,
            content.entry,
            content.entry_id,
            statement.kind.value,
            self._agent_of(statement),
            content.time_us,
            said.fact,
            said.is_struck,
        )

    def _declare(
        self, content: EntryContent, statement: Statement, things: list[ThingVersion]
    ) -> None:
        if not isinstance(statement.id, Name):
            return
        name = self._name(statement.id)
        if name in self._versions:
            return  # told twice: one thing
        labels = [
            each for each in statement.values("label") if isinstance(each, Literal)
        ]
        label = labels[0].text if labels else statement.id.local
        types = [each for each in statement.values("type") if isinstance(each, Name)]
        kind = types[0].local if types else statement.kind.value
        self._add(content, name, label, kind, things)

    def _version(
        self,
        content: EntryContent,
        argument: Argument,
        role: str,
        things: list[ThingVersion],
    ) -> Version | None:
        if not isinstance(argument, Name):
            return None
        name = self._name(argument)
        known = self._versions.get(name)
        if known is None:
            kind = "activity" if role in _ACTIVITY_ARGUMENTS else "entity"
            known = self._add(content, name, argument.local, kind, things)
        return known

    def _add(
        self,
        content: EntryContent,
        name: str,
        label: str,
        kind: str,
        things: list[ThingVersion],
    ) -> Version:
        version = (name, content.block, content.entry)
        things.append(ThingVersion(*version, label[:_MAX_LABEL], kind[:_MAX_LABEL]))
        self._versions[name] = version
        return version

    def _note_agent(self, statement: Statement) -> None:
        agent = statement.argument("agent")
        made = statement.argument(_MADE_BY[statement.kind])
        if isinstance(agent, Name) and isinstance(made, Name):
            known = self._agents.setdefault(made.iri, [])
            if agent.text not in known:
                known.append(agent.text)

    def _agent_of(self, statement: Statement) -> str:
        subjects: list[object] = [statement.id, statement.argument("activity")]
        subjects.append(statement.argument("generatedEntity"))
        if statement.kind in _MADE_BY:
            subjects.append(statement.argument(_MADE_BY[statement.kind]))
        for each in subjects:
            if isinstance(each, Name) and each.iri in self._agents:
                return ", ".join(self._agents[each.iri])
        return ""

    def _name(self, name: Name) -> str:
        known = self._names.get(name.iri)
        if known is None:
            is_free = self._texts.setdefault(name.text, name.iri) == name.iri
            known = self._names[name.iri] = name.text if is_free else name.iri
        return known
