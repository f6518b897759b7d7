"""Ports at the sides of boxes, and tracks for lines that run beside each other.

Lines whose stretches overlap get different tracks (colouring of an interval graph:
first fit where the order matters, by the left edge where there are many).
"""

import heapq
from collections.abc import Sequence

import numpy as np

from explorer.gui.canvases.layered_layout import Bools, Floats, Ints

_FIRST_FIT_UP_TO = 120
COLORED_UP_TO = 400
_DENSE_TRACKS = 64
"""Where more than ``COLORED_UP_TO`` run side by side, tracks are less than a px apart:
lines then share so many tracks in turn."""
_PORT_PATH, _PORT, _REACH = 10.0, 8.0, 14.0
_STRAIGHT = 0.5
"""Ends that differ by less are level: no bend, no track."""


def port_offsets(nodes: Ints, other_heights: Floats, is_path: Bools) -> Floats:
    """Return how far from the middle of its side each line leaves or arrives, in px.

    ``nodes`` owns the sides. Lines are ordered by where their other ends are; those of
    the path keep the middle.
    """
    count = len(nodes)
    if not count:
        return np.zeros(0)
    ranked = np.lexsort((other_heights, nodes))
    groups = _group_numbers(nodes[ranked])
    group_count = int(groups[-1]) + 1
    first_path = np.full(group_count, count)
    positions = np.arange(count)
    hot = is_path[ranked]
    np.minimum.at(first_path, groups[hot], positions[hot])
    classes = np.where(hot, 1, np.where(positions < first_path[groups], 0, 2))
    ranked = ranked[np.lexsort((positions, classes, groups))]
    hot = is_path[ranked]
    steps = np.where(hot & np.roll(hot, 1), _PORT_PATH, _PORT)
    steps[np.flatnonzero(np.diff(groups, prepend=-1))] = 0
    places = np.cumsum(steps)
    middles = _middles(places, groups, hot, group_count)
    offsets = places - middles[groups]
    reach = np.zeros(group_count)
    np.maximum.at(reach, groups, np.abs(offsets))
    offsets *= np.minimum(1.0, _REACH / np.maximum(reach, _REACH))[groups]
    result = np.empty(count)
    result[ranked] = offsets
    return result


def _group_numbers(values: Ints) -> Ints:
    return np.cumsum(np.concatenate(([0], values[1:] != values[:-1])), dtype=np.int64)


def _middles(places: Floats, groups: Ints, hot: Bools, group_count: int) -> Floats:
    """Return the middle of each group: of its path lines, else of all."""
    least = np.full(group_count, np.inf)
    most = np.full(group_count, -np.inf)
    np.minimum.at(least, groups, places)
    np.maximum.at(most, groups, places)
    hot_count = np.bincount(groups, hot, group_count)
    hot_mean = np.bincount(groups, hot * places, group_count) / np.maximum(hot_count, 1)
    return np.where(hot_count > 0, hot_mean, (least + most) / 2)


def bend_tracks(
    gaps: Ints, starts: Floats, ends: Floats
) -> tuple[Ints, dict[int, int]]:
    """Return a track for each bend, -1 if it is level, and how many each gap needs.

    Track 0 is the leftmost. Of lines that fall, the lower one bends first; of lines
    that rise, the upper one: so lines that merge do not cross.
    """
    tracks = np.full(len(gaps), -1, dtype=np.int64)
    used: dict[int, int] = {}
    bent = np.flatnonzero(np.abs(starts - ends) >= _STRAIGHT)
    is_falling = ends[bent] > starts[bent]
    turn = np.where(is_falling, -starts[bent], starts[bent])
    bent = bent[np.lexsort((turn, ~is_falling, gaps[bent]))]
    for part in _parts(bent, gaps):
        low = np.minimum(starts[part], ends[part])
        high = np.maximum(starts[part], ends[part])
        found = colored(low.tolist(), high.tolist())
        tracks[part] = found
        used[int(gaps[part[0]])] = max(found) + 1
    return tracks, used


def stretch_tracks(
    groups: Ints, starts: Floats, ends: Floats
) -> tuple[Ints, dict[int, int]]:
    """Return a track for each stretch of a group, and how many each group needs.

    Shorter ones get the lower tracks, so they nest.
    """
    tracks = np.zeros(len(groups), dtype=np.int64)
    used: dict[int, int] = {}
    order = np.lexsort((starts, ends - starts, groups))
    for part in _parts(order, groups):
        found = colored(starts[part].tolist(), ends[part].tolist())
        tracks[part] = found
        used[int(groups[part[0]])] = max(found) + 1
    return tracks, used


def _parts(order: Ints, groups: Ints) -> list[Ints]:
    if not len(order):
        return []
    changes = np.flatnonzero(np.diff(groups[order])) + 1
    return np.split(order, changes)


def colored(starts: Sequence[float], ends: Sequence[float]) -> list[int]:
    """Return a colour for each interval; those that touch have different ones.

    Beyond ``COLORED_UP_TO`` intervals, colours are given in turn by where they start.
    """
    if len(starts) > COLORED_UP_TO:
        ranks = np.argsort(np.argsort(np.array(starts), kind="stable"))
        turns: list[int] = (ranks % _DENSE_TRACKS).tolist()
        return turns
    if len(starts) > _FIRST_FIT_UP_TO:
        return _by_left_edge(starts, ends)
    tracks: list[list[tuple[float, float]]] = []
    colors = []
    for start, end in zip(starts, ends, strict=True):
        color = next(
            (
                number
                for number, taken in enumerate(tracks)
                if all(end < first or start > last for first, last in taken)
            ),
            len(tracks),
        )
        if color == len(tracks):
            tracks.append([])
        tracks[color].append((start, end))
        colors.append(color)
    return colors


def _by_left_edge(starts: Sequence[float], ends: Sequence[float]) -> list[int]:
    colors = [0] * len(starts)
    busy: list[tuple[float, int]] = []
    free: list[int] = []
    used = 0
    for number in sorted(range(len(starts)), key=starts.__getitem__):
        while busy and busy[0][0] < starts[number]:
            heapq.heappush(free, heapq.heappop(busy)[1])
        if free:
            color = heapq.heappop(free)
        else:
            color, used = used, used + 1
        colors[number] = color
        heapq.heappush(busy, (ends[number], color))
    return colors
