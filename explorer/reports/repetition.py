"""How to repeat an answer with ordinary tools: ``tail``, ``head``, ``sha256sum``.

A generic command reads exactly the bytes of a finding's first place. Families may give
better ones (openssl for signatures); those take the place of these.
"""

import shlex
from dataclasses import dataclass

from explorer.core.text import printable
from explorer.model.checks import Kind
from explorer.model.verdicts import Finding, Place

_HASHED = frozenset({Kind.HASH, Kind.LINK})
_SHA256_HEX = 64


@dataclass(frozen=True, slots=True)
class Repetition:
    """A command line and the keys of the phrases that explain it."""

    command: str
    explained_by: tuple[str, ...]


def repetition(finding: Finding) -> Repetition | None:
    """Return a command for the finding's first place; none without a place."""
    if not finding.places or finding.places[0].end <= finding.places[0].start:
        return None
    place = finding.places[0]
    path, notes = _quoted(place)
    size = place.end - place.start
    read = f"tail -c +{place.start + 1} -- {path} | head -c {size}"
    if finding.kind in _HASHED and len(finding.computed) == _SHA256_HEX:
        return Repetition(f"{read} | sha256sum", ("repeat-hash", *notes))
    return Repetition(f"{read} | od -A d -t x1z", ("repeat-bytes", *notes))


def _quoted(place: Place) -> tuple[str, tuple[str, ...]]:
    """Return the path for a shell, or ``FILE`` where it cannot be shown as it is."""
    if printable(place.path, len(place.path)) != place.path:
        return "FILE", ("repeat-path",)
    return shlex.quote(place.path), ()
