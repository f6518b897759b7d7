"""What names mean: the fields and functions that a host offers to expressions."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class FieldKind(StrEnum):
    """What a field holds."""

    FLAG = "flag"
    NUMBER = "number"
    TEXT = "text"
    TEXTS = "texts"
    """Several texts; a comparison holds when it holds for one of them."""
    TIME = "time"
    QUANTITY = "quantity"
    """A number with a unit of the field's dimension."""
    ANY = "any"
    """Whatever the record holds: known only when it is looked at."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field that can be named."""

    name: str
    kind: FieldKind
    title: str
    """Plain English, for completion; translated by the window."""
    dimension: str = ""
    choices: tuple[str, ...] = ()
    """The texts it can hold, where they are few and known."""


@dataclass(frozen=True, slots=True)
class Function:
    """One function that can be called."""

    name: str
    arguments: tuple[FieldKind, ...]
    result: FieldKind
    title: str


EXISTS = Function(
    "exists", (FieldKind.ANY,), FieldKind.FLAG, "whether the field is there"
)
LENGTH = Function("length", (FieldKind.TEXT,), FieldKind.NUMBER, "characters of a text")
LOWER = Function("lower", (FieldKind.TEXT,), FieldKind.TEXT, "a text in small letters")


@dataclass(frozen=True, slots=True)
class Schema:
    """All names of one host."""

    fields: Mapping[str, Field]
    functions: Mapping[str, Function] = field(
        default_factory=lambda: {each.name: each for each in (EXISTS, LENGTH, LOWER)}
    )
    open_prefixes: tuple[str, ...] = ()
    """Every name that begins so is a field of kind ``ANY``: ``payload.``."""

    def find(self, name: str) -> Field | None:
        """Return the field of this name, or nothing."""
        known = self.fields.get(name)
        if known is None and name.startswith(self.open_prefixes or ("\0",)):
            return Field(name, FieldKind.ANY, "")
        return known

    def nearest(self, name: str) -> str:
        """Return the known name that looks most like it, or an empty text."""
        names = [*self.fields, *self.functions]
        found = difflib.get_close_matches(name, names, 1, 0.6)
        ends = [each for each in names if each.rpartition(".")[2] == name]
        return (found or ends or [""])[0]


def schema(fields: tuple[Field, ...], *functions: Function) -> Schema:
    """Return a schema of these fields, with these functions beside the usual ones."""
    usual = (EXISTS, LENGTH, LOWER, *functions)
    return Schema(
        {each.name: each for each in fields}, {each.name: each for each in usual}
    )
