"""Qualified names and their prefixes, and the statements that a reader collects.

W3C PROV-N (30 April 2013), section 3.7.1: a prefix is declared in the document or in
the bundle; ``prov`` and ``xsd`` always are. A name with a prefix nobody declared is
kept, with the prefix itself as its namespace, and noted.
"""

from collections.abc import Mapping
from re import compile as pattern

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.model.prov import (
    ELEMENTS,
    FORMALS,
    PREDEFINED,
    Argument,
    Instance,
    Name,
    ProvDocument,
    ProvFlaw,
    Statement,
    StatementKind,
    Value,
)

MAX_STATEMENTS = 1_000_000
"""Most statements of one document."""

MAX_FLAWS = 1_000
"""Most flaws kept; reading goes on, counting ends."""

BLANK = "_"
"""Prefix of identifiers that hold inside one document only."""

_TIME = pattern(
    r"-?[0-9]{4,9}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,12})?"
    r"(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)

KINDS = {each.value: each for each in StatementKind}


class Prefixes:
    """Prefixes in force: own declarations before those of the document around."""

    def __init__(self, outer: "Prefixes | None" = None) -> None:
        """Begin with those of ``outer``, or with the predefined ones."""
        self.own: dict[str, str] = {}
        self.known: dict[str, str] = dict(outer.known if outer else PREDEFINED)
        """All prefixes in force."""
        self.unknown: set[str] = outer.unknown if outer else set()
        """Prefixes that were used without being declared."""

    def declare(self, prefix: str, iri: str) -> None:
        """Let ``prefix`` stand for ``iri``; empty for the default namespace."""
        self.own[prefix] = iri
        self.known[prefix] = iri

    def name(self, text: str) -> Name:
        """Return the name that ``text`` gives; the first colon parts it."""
        prefix, colon, local = text.partition(":")
        if not colon:
            return Name("", text, self.known.get("", ""))
        if prefix == BLANK:
            return Name(prefix, local, "_:")
        iri = self.known.get(prefix)
        if iri is None:
            self.unknown.add(prefix)
            iri = f"{prefix}:"
        return Name(prefix, local, iri)


class Collector:
    """Gathers statements and flaws of one instance while it is read."""

    def __init__(self, source: int, prefixes: Prefixes, flaws: list[ProvFlaw]) -> None:
        """Places are in the file ``source``; flaws go into ``flaws``."""
        self.source = source
        self.prefixes = prefixes
        self.statements: list[Statement] = []
        self.flaws = flaws

    def span(self, start: int, end: int) -> ByteSpan:
        """Return a place of the file."""
        return ByteSpan(self.source, start, end)

    def flaw(self, reason: str, span: ByteSpan, detail: str = "") -> None:
        """Note what the notation does not allow."""
        if len(self.flaws) < MAX_FLAWS:
            self.flaws.append(ProvFlaw(reason, span, detail[:200]))

    def add(
        self,
        kind: StatementKind,
        identifier: Name | Absent,
        arguments: Mapping[str, Argument],
        attributes: tuple[tuple[Name, Value], ...],
        span: ByteSpan,
    ) -> None:
        """Keep a statement, and note what it lacks."""
        if len(self.statements) >= MAX_STATEMENTS:
            if len(self.statements) == MAX_STATEMENTS:
                self.flaw("too-many-statements", span)
            return
        ordered: list[Argument] = []
        for formal in FORMALS[kind]:
            value = arguments.get(formal.name, Absent.NOT_IN_EXPORT)
            is_given = not isinstance(value, Absent)
            if formal.is_time and is_given and not is_time(str(value)):
                self.flaw("time-not-read", span, str(value))
                value = Absent.UNREADABLE
            if formal.is_needed and value is Absent.NOT_IN_EXPORT:
                self.flaw("argument-missing", span, formal.name)
            ordered.append(value)
        if kind in ELEMENTS and isinstance(identifier, Absent):
            self.flaw("identifier-missing", span)
        self.statements.append(
            Statement(kind, identifier, tuple(ordered), attributes, span)
        )

    def instance(self, identifier: Name | Absent = Absent.NOT_IN_FORMAT) -> Instance:
        """Return what was gathered."""
        return Instance(identifier, self.prefixes.own, tuple(self.statements))


def finished(
    top: Collector, bundles: list[Instance], flaws: list[ProvFlaw]
) -> ProvDocument:
    """Return the document; prefixes that nobody declared are flaws."""
    for prefix in sorted(top.prefixes.unknown):
        top.flaw("unknown-prefix", top.span(0, 0), prefix)
    return ProvDocument(top.instance(), tuple(bundles), tuple(flaws))


def is_time(text: str) -> bool:
    """Return whether a text has the form of xsd:dateTime."""
    return _TIME.fullmatch(text) is not None
