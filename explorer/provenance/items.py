"""Finds the thing a person means by what they typed or scanned.

A thing is named by its whole identifier (``pear/box/X00012``) or by an ending that
begins at a separator (``box/X00012``, ``X00012``), if only one thing ends so; a GS1
identifier in any spelling, since things have its canonical form. Nothing is guessed:
several matches are all given back.
"""

from dataclasses import dataclass
from enum import StrEnum

from explorer.encodings.gs1.links import canonical
from explorer.provenance.records import Records

MAX_CANDIDATES = 50
"""Most things given back to choose from."""

_SEPARATORS = "/:#=.|"
_MAX_ENDINGS = 1_000


class Found(StrEnum):
    """How a typed item was found."""

    EXACT = "exact"
    ENDING = "ending"
    AMBIGUOUS = "ambiguous"
    """Several things end so; ``candidates`` holds them."""
    UNKNOWN = "unknown"
    """No thing ends so; ``candidates`` holds those that contain the text."""


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """The thing that was meant, or those to choose from."""

    found: Found
    thing: str
    """Identifier of the thing; empty unless exactly one was found."""
    candidates: tuple[str, ...] = ()
    """Sorted; at most ``MAX_CANDIDATES``."""


def find_item(records: Records, text: str) -> ItemAnswer:
    """Return which thing ``text`` names; case counts only if it tells two apart."""
    wanted = text.strip()
    if not wanted:
        return ItemAnswer(Found.UNKNOWN, "")
    if records.versions_of([wanted]):
        return ItemAnswer(Found.EXACT, wanted)
    canonical_id = canonical(wanted)
    if canonical_id != wanted and records.versions_of([canonical_id]):
        return ItemAnswer(Found.EXACT, canonical_id)
    ending = _ending_at_separator(records, wanted)
    same_case = [each for each in ending if each.endswith(wanted)]
    matches = same_case or ending
    if len(matches) == 1:
        return ItemAnswer(Found.ENDING, matches[0])
    if matches:
        return ItemAnswer(Found.AMBIGUOUS, "", tuple(matches[:MAX_CANDIDATES]))
    near = records.things_containing(wanted, MAX_CANDIDATES)
    return ItemAnswer(Found.UNKNOWN, "", tuple(near))


def _ending_at_separator(records: Records, wanted: str) -> list[str]:
    """Return things that end with ``wanted`` right after a separator, sorted.

    A short text ends very many identifiers; then each separator is asked for by itself,
    so that none of the few wanted is lost behind a limit.
    """
    found = list(records.things_ending(wanted, _MAX_ENDINGS))
    if len(found) == _MAX_ENDINGS and wanted[0] not in _SEPARATORS:
        for separator in _SEPARATORS:
            found += records.things_ending(separator + wanted, MAX_CANDIDATES + 1)
    return sorted({each for each in found if _at_separator(each, wanted)})


def _at_separator(thing: str, ending: str) -> bool:
    before = len(thing) - len(ending)
    return before == 0 or thing[before - 1] in _SEPARATORS or ending[0] in _SEPARATORS
