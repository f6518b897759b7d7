"""Statements with terms for their arguments, and those that follow from derivations.

W3C PROV-CONSTRAINTS, definitions 1 to 4 (what was left out exists, except a plan, the
activity of a derivation and that of a delegation) and inference 11 (a derivation with
activity, generation and usage says both). Inferences that only bring in unknown terms
are left to the rules that need them.
"""

from dataclasses import dataclass

from explorer.core.absent import Absent
from explorer.formats.prov.terms import Term, Terms
from explorer.model.prov import (
    FORMALS,
    Formal,
    Name,
    Statement,
    StatementKind,
)

_NOT_EXPANDED = {
    (StatementKind.ASSOCIATION, "plan"),
    (StatementKind.DERIVATION, "activity"),
    (StatementKind.DELEGATION, "activity"),
}


@dataclass(slots=True)
class Fact:
    """A statement with its terms."""

    kind: StatementKind
    id: Term
    arguments: dict[str, Term]
    statement: Statement
    """The statement itself, or the one from which this follows."""
    entry: int
    """Position of that statement in its file."""
    is_told: bool = True
    """Written in the document, not inferred."""


class Facts:
    """All statements of one instance by kind."""

    def __init__(self, statements: list[tuple[int, Statement]]) -> None:
        """Take (position in the file, statement)."""
        self.terms = Terms()
        self.by_kind: dict[StatementKind, list[Fact]] = {k: [] for k in StatementKind}
        for entry, statement in statements:
            self._add(entry, statement)
        for fact in tuple(self.by_kind[StatementKind.DERIVATION]):
            self._infer(fact)

    def of(self, *kinds: StatementKind) -> list[Fact]:
        """Return the facts of some kinds."""
        return [fact for kind in kinds for fact in self.by_kind[kind]]

    def _add(self, entry: int, statement: Statement) -> None:
        kind = statement.kind
        is_exact = self._is_exact(statement)
        arguments = {
            formal.name: self._term(kind, formal, value, is_exact=is_exact)
            for formal, value in zip(FORMALS[kind], statement.arguments, strict=True)
        }
        fact = Fact(kind, self.terms.name(statement.id), arguments, statement, entry)
        self.by_kind[kind].append(fact)

    def _is_exact(self, statement: Statement) -> bool:
        """Return whether a derivation names an activity, so that the rest exists."""
        return isinstance(statement.argument("activity"), Name)

    def _term(
        self, kind: StatementKind, formal: Formal, value: object, *, is_exact: bool
    ) -> Term:
        if isinstance(value, Name):
            return self.terms.name(value)
        if isinstance(value, Absent):
            is_part = kind is StatementKind.DERIVATION and formal.name in {
                "generation",
                "usage",
            }
            is_null = (kind, formal.name) in _NOT_EXPANDED or (is_part and not is_exact)
            return self.terms.null if is_null else self.terms.unknown()
        return self.terms.time(value if isinstance(value, str) else Absent.UNREADABLE)

    def _infer(self, fact: Fact) -> None:
        given = fact.arguments
        if self.terms.is_null(given["activity"]):
            return
        for kind, identifier, entity in (
            (StatementKind.USAGE, given["usage"], given["usedEntity"]),
            (StatementKind.GENERATION, given["generation"], given["generatedEntity"]),
        ):
            arguments = {
                "activity": given["activity"],
                "entity": entity,
                "time": self.terms.unknown(),
            }
            self.by_kind[kind].append(
                Fact(
                    kind,
                    identifier,
                    arguments,
                    fact.statement,
                    fact.entry,
                    is_told=False,
                )
            )
