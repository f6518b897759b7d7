"""PROV statements as documents write them.

W3C PROV-DM and PROV-N (30 April 2013): terms in the order of PROV-N. Declared values
only; nothing is expanded, joined or inferred here.
"""

from dataclasses import dataclass
from enum import StrEnum

import msgspec

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan

PROV = "http://www.w3.org/ns/prov#"
XSD = "http://www.w3.org/2001/XMLSchema#"
PREDEFINED = {"prov": PROV, "xsd": XSD}
"""Prefixes that need no declaration."""


class Name(msgspec.Struct, frozen=True, gc=False):
    """A qualified name; equal names have equal IRIs, whatever the prefix."""

    prefix: str
    """As written; empty for the default namespace."""
    local: str
    namespace: str
    """IRI that the prefix stands for."""

    @property
    def iri(self) -> str:
        """Return the IRI that the name stands for."""
        return self.namespace + self.local

    @property
    def text(self) -> str:
        """Return the name as it is written."""
        return f"{self.prefix}:{self.local}" if self.prefix else self.local


class Literal(msgspec.Struct, frozen=True, gc=False):
    """A value that is no name."""

    text: str
    type: Name | Absent = Absent.NOT_IN_EXPORT
    language: str = ""
    is_bare: bool = False
    """Written without its type: a JSON number or truth value, an integer of PROV-N."""


Value = Name | Literal


class StatementKind(StrEnum):
    """The statements of PROV-DM, called as in PROV-N."""

    ENTITY = "entity"
    ACTIVITY = "activity"
    AGENT = "agent"
    GENERATION = "wasGeneratedBy"
    USAGE = "used"
    COMMUNICATION = "wasInformedBy"
    START = "wasStartedBy"
    END = "wasEndedBy"
    INVALIDATION = "wasInvalidatedBy"
    DERIVATION = "wasDerivedFrom"
    ATTRIBUTION = "wasAttributedTo"
    ASSOCIATION = "wasAssociatedWith"
    DELEGATION = "actedOnBehalfOf"
    INFLUENCE = "wasInfluencedBy"
    SPECIALIZATION = "specializationOf"
    ALTERNATE = "alternateOf"
    MEMBERSHIP = "hadMember"
    MENTION = "mentionOf"


@dataclass(frozen=True, slots=True)
class Formal:
    """One argument of a kind of statement."""

    name: str
    """As PROV-JSON and PROV-XML call it, without the prefix ``prov``."""
    is_needed: bool = False
    is_time: bool = False


def _formals(text: str) -> tuple[Formal, ...]:
    """Return formals of a line such as ``entity! activity time@``."""
    return tuple(
        Formal(each.rstrip("!@"), each.endswith("!"), each.endswith("@"))
        for each in text.split()
    )


FORMALS = {
    StatementKind.ENTITY: (),
    StatementKind.ACTIVITY: _formals("startTime@ endTime@"),
    StatementKind.AGENT: (),
    StatementKind.GENERATION: _formals("entity! activity time@"),
    StatementKind.USAGE: _formals("activity! entity time@"),
    StatementKind.COMMUNICATION: _formals("informed! informant!"),
    StatementKind.START: _formals("activity! trigger starter time@"),
    StatementKind.END: _formals("activity! trigger ender time@"),
    StatementKind.INVALIDATION: _formals("entity! activity time@"),
    StatementKind.DERIVATION: _formals(
        "generatedEntity! usedEntity! activity generation usage"
    ),
    StatementKind.ATTRIBUTION: _formals("entity! agent!"),
    StatementKind.ASSOCIATION: _formals("activity! agent plan"),
    # PROV-N demands the responsible agent; ProvToolbox and its readers do not.
    StatementKind.DELEGATION: _formals("delegate! responsible activity"),
    StatementKind.INFLUENCE: _formals("influencee! influencer!"),
    StatementKind.SPECIALIZATION: _formals("specificEntity! generalEntity!"),
    StatementKind.ALTERNATE: _formals("alternate1! alternate2!"),
    StatementKind.MEMBERSHIP: _formals("collection! entity!"),
    StatementKind.MENTION: _formals("specificEntity! generalEntity! bundle!"),
}
"""Arguments in the order of PROV-N."""

ELEMENTS = frozenset(
    {StatementKind.ENTITY, StatementKind.ACTIVITY, StatementKind.AGENT}
)
"""Statements that are about the thing they name, and need its identifier."""

WITHOUT_IDENTIFIER = frozenset(
    {
        StatementKind.SPECIALIZATION,
        StatementKind.ALTERNATE,
        StatementKind.MEMBERSHIP,
        StatementKind.MENTION,
    }
)
"""Relations that PROV-DM gives neither identifier nor attributes."""

Argument = Name | str | Absent
"""A name, the text of a time, or absent."""


class Statement(msgspec.Struct, frozen=True, gc=False):
    """One statement."""

    kind: StatementKind
    id: Name | Absent
    arguments: tuple[Argument, ...]
    """One for each of ``FORMALS[kind]``."""
    attributes: tuple[tuple[Name, Value], ...]
    span: ByteSpan

    def argument(self, name: str) -> Argument:
        """Return an argument by its name; absent if the kind has none of that name."""
        for formal, value in zip(FORMALS[self.kind], self.arguments, strict=True):
            if formal.name == name:
                return value
        return Absent.NOT_IN_FORMAT

    def values(self, name: str) -> list[Value]:
        """Return the values of a ``prov`` attribute such as ``type``."""
        return [value for key, value in self.attributes if key.iri == PROV + name]


class ProvFlaw(msgspec.Struct, frozen=True, gc=False):
    """Something in a document that its notation does not allow."""

    reason: str
    """Kebab-case."""
    span: ByteSpan
    detail: str = ""


class Instance(msgspec.Struct, frozen=True):
    """The statements of a document outside its bundles, or of one bundle."""

    id: Name | Absent
    """Absent for the document itself."""
    prefixes: dict[str, str]
    """Declared here: prefix → IRI; the default namespace has an empty prefix."""
    statements: tuple[Statement, ...]


class ProvDocument(msgspec.Struct, frozen=True):
    """A document with its bundles, as far as it could be read."""

    top: Instance
    bundles: tuple[Instance, ...] = ()
    flaws: tuple[ProvFlaw, ...] = ()

    @property
    def instances(self) -> tuple[Instance, ...]:
        """Return the document's own statements, then its bundles."""
        return (self.top, *self.bundles)
