"""Texts with paths in them: ``pear/lot/{id}``, as mapping profiles write them.

``docs/mapping-profiles.md``, version 1, section 3. Outside braces a text is literal;
``{{`` and ``}}`` stand for one brace. A path is names and positions: ``{id}``,
``{scan.place}``, ``{readings[0]}``, ``{"Lot No."}`` for a name with dots or brackets. A
name that is asked of a list is asked of each of its elements. Names that begin with
``@`` belong to the entry, not to the record.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

MAX_TEXT_CHARACTERS = 2_000
"""Longest text of a profile."""

Step = str | int
"""A name, or a position in a list from 0."""


class Path(msgspec.Struct, frozen=True, gc=False):
    """Where in a record something stands."""

    steps: tuple[Step, ...]
    is_of_entry: bool = False
    """It begins at the entry, not at the record."""


class Template(msgspec.Struct, frozen=True, gc=False):
    """A text, parted at its paths."""

    parts: tuple[str | Path, ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        """Return the paths in the order of the text."""
        return tuple(each for each in self.parts if isinstance(each, Path))


class TemplateError(ValueError):
    """A text or a path is not written as it must be."""


_STEP = re.compile(
    r'"(?P<quoted>[^"]+)"|\[(?P<index>[0-9]{1,6})\]|(?P<name>[^."\[\]]+)'
)


@lru_cache(maxsize=4_096)
def parse_template(text: str) -> Template:
    """Return the parts of a text.

    Raises:
        TemplateError: If a brace or a path is not closed, or a path is empty.
    """
    if len(text) > MAX_TEXT_CHARACTERS:
        raise TemplateError(f"the text has more than {MAX_TEXT_CHARACTERS} characters")
    return Template(tuple(_joined(_parts(text))))


@lru_cache(maxsize=4_096)
def parse_path(text: str) -> Path:
    """Return the steps of a path.

    Raises:
        TemplateError: If it is empty or not written as a path.
    """
    steps: list[Step] = []
    at = 0
    while at < len(text):
        if steps and text[at] == ".":
            at += 1
        elif steps and text[at] != "[":
            raise TemplateError(f"a dot or bracket is missing in the path {text!r}")
        found = _STEP.match(text, at)
        if found is None:
            raise TemplateError(f"{text!r} is not a path")
        index = found["index"]
        steps.append(
            int(index) if index is not None else found["quoted"] or found["name"]
        )
        at = found.end()
    if not steps or (steps and text.endswith(".")):
        raise TemplateError("a path is empty" if not steps else f"{text!r} ends early")
    first = steps[0]
    return Path(tuple(steps), isinstance(first, str) and first.startswith("@"))


def _parts(text: str) -> Iterator[str | Path]:
    at = 0
    while at < len(text):
        pair, one = text[at : at + 2], text[at]
        if pair in {"{{", "}}"}:
            yield one
            at += 2
        elif one == "{":
            end = text.find("}", at)
            if end < 0:
                raise TemplateError(f"a brace is not closed in {text!r}")
            yield parse_path(text[at + 1 : end].strip())
            at = end + 1
        elif one == "}":
            raise TemplateError(f"a brace is closed but never opened in {text!r}")
        else:
            end = min(
                (n for n in (text.find("{", at), text.find("}", at)) if n >= 0),
                default=len(text),
            )
            yield text[at:end]
            at = end


def _joined(parts: Iterator[str | Path]) -> Iterator[str | Path]:
    literal = ""
    for each in parts:
        if isinstance(each, str):
            literal += each
            continue
        if literal:
            yield literal
        literal = ""
        yield each
    if literal:
        yield literal
