"""Which steps a thing and everything it was made from went through."""

from collections.abc import Iterator, Sequence

import msgspec
import numpy as np

from explorer.provenance.event_table import Role
from explorer.provenance.rules.ground import Ground

MAX_ANCESTORS = 10_000
"""Most things looked at behind one thing."""


class Need(msgspec.Struct, frozen=True, gc=False):
    """One step of one thing, with the events of the step that it needs."""

    thing: int
    event: int
    step: str
    needed: str
    found: tuple[int, ...]


def needs(ground: Ground, pairs: Sequence[tuple[str, str]]) -> Iterator[Need]:
    """Yield every step that needs another, with the events of that other step."""
    data = ground.data
    for step, needed in pairs:
        wanted, other = data.has_step(step), data.has_step(needed)
        seen = wanted[data.mention_event] & (data.role == Role.SEEN)
        for mention in data.select(seen).tolist():
            thing, event = int(data.thing[mention]), int(data.mention_event[mention])
            found = [
                int(each)
                for source in _sources(ground, thing)
                for each in data.mention_event[data.history(source)]
                if other[each]
            ]
            yield Need(thing, event, step, needed, tuple(dict.fromkeys(found)))


def _sources(ground: Ground, thing: int) -> list[int]:
    """Return a thing and all that it was made from."""
    data = ground.data
    found = {thing: None}
    waiting = [thing]
    while waiting and len(found) < MAX_ANCESTORS:
        for birth in ground.births(waiting.pop()):
            event = int(data.mention_event[birth])
            process = int(data.process[event])
            whole = ground.processes.get(process, [event]) if process >= 0 else [event]
            for each in (t for e in whole for t in data.things_of(e, Role.INPUT)):
                if each not in found:
                    found[each] = None
                    waiting.append(each)
    return list(found)


def authors_of(ground: Ground, step: str) -> dict[int, list[tuple[int, int]]]:
    """Return thing → (author, event) of all its events of a step."""
    data = ground.data
    chosen = data.has_step(step)[data.mention_event]
    chosen &= np.not_equal(data.author, -1)[data.mention_event]
    found: dict[int, list[tuple[int, int]]] = {}
    for thing, mentions in data.groups(data.select(chosen)):
        events = data.mention_event[mentions].tolist()
        found[thing] = [(int(data.author[each]), each) for each in events]
    return found
