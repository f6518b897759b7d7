"""What was made from a thing, or travelled in it: descendants by events alone."""

from collections.abc import Sequence

from explorer.provenance.event_table import Role
from explorer.provenance.rules.ground import Ground

MAX_DESCENDANTS = 100_000
"""Most things that one search finds; a larger recall is cut."""


def made_from(ground: Ground, things: Sequence[int]) -> list[int]:
    """Return the things, all made from them, and all that were packed inside them."""
    data = ground.data
    found = dict.fromkeys(things)
    waiting = list(things)
    while waiting and len(found) < MAX_DESCENDANTS:
        thing = waiting.pop()
        new: list[int] = []
        for mention in data.history(thing).tolist():
            event = int(data.mention_event[mention])
            if data.role[mention] == Role.INPUT:
                new += _outputs(ground, event)
        new += [stay.child for stay in ground.containment.in_parent(thing)]
        for each in new:
            if each not in found:
                found[each] = None
                waiting.append(each)
    return list(found)


def _outputs(ground: Ground, event: int) -> list[int]:
    data = ground.data
    process = int(data.process[event])
    if process < 0:
        return data.things_of(event, Role.OUTPUT)
    return [
        thing
        for each in ground.processes.get(process, ())
        for thing in data.things_of(each, Role.OUTPUT)
    ]
