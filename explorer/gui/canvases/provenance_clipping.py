"""Cuts lines down to what is near the view, exactly, so that long ones cost no more.

Bends between columns have both controls on one track, level with their ends. Their y
is ``y0 + (y1 - y0)(3t² - 2t³)``, which grows or falls all the way and can be inverted,
so a bend is cut by de Casteljau's subdivision at the heights where it leaves. Knows no
Qt.
"""

import math
from itertools import pairwise

from explorer.gui.canvases.provenance_layout import Route, Segment

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
_Point = tuple[float, float]


def clipped(route: Route, box: Box) -> list[Route]:
    """Return the parts of ``route`` that are in ``box``, in order.

    Small curves, such as the corners of brackets, are kept or dropped whole.
    """
    parts: list[list[Segment]] = []
    is_open = False
    start: _Point = (route[0][0], route[0][1])
    for segment in route[1:]:
        kept = _kept(start, segment, box)
        end: _Point = (segment[-2], segment[-1])
        if kept is None:
            is_open = False
        else:
            first, piece = kept
            if not is_open or first != start:
                parts.append([first])
            parts[-1].append(piece)
            is_open = (piece[-2], piece[-1]) == end
        start = end
    return [tuple(part) for part in parts]


def _kept(start: _Point, segment: Segment, box: Box) -> tuple[_Point, Segment] | None:
    """Return where the part in ``box`` begins and the part; ``None`` if all is out."""
    xs, ys = (start[0], *segment[0::2]), (start[1], *segment[1::2])
    left, top, right, bottom = box
    is_out = min(xs) > right or max(xs) < left or min(ys) > bottom or max(ys) < top
    if is_out:
        return None
    is_in = (
        left <= min(xs) and max(xs) <= right and top <= min(ys) and max(ys) <= bottom
    )
    if is_in:
        return start, segment
    if len(segment) == 2:
        return _line_part(start, (segment[0], segment[1]), box)
    if segment[0] == segment[2] and segment[1] == start[1] and segment[3] == segment[5]:
        return _bend_part(start, segment, top, bottom)
    return start, segment


def _line_part(start: _Point, end: _Point, box: Box) -> tuple[_Point, Segment]:
    """Cut a level or upright line; others are kept whole."""
    left, top, right, bottom = box
    if start[1] == end[1]:
        y = start[1]
        return (
            (min(right, max(left, start[0])), y),
            (min(right, max(left, end[0])), y),
        )
    if start[0] == end[0]:
        x = start[0]
        return (
            (x, min(bottom, max(top, start[1]))),
            (x, min(bottom, max(top, end[1]))),
        )
    return start, end


def _bend_part(
    start: _Point, segment: Segment, top: float, bottom: float
) -> tuple[_Point, Segment]:
    y0, y1 = start[1], segment[5]
    if y0 == y1:
        return start, segment
    shares = sorted((_share(y0, y1, top), _share(y0, y1, bottom)))
    points = (start, segment[0:2], segment[2:4], segment[4:6])
    piece = _between([(each[0], each[1]) for each in points], *shares)
    first, one, two, last = piece
    return first, (*one, *two, *last)


def _share(y0: float, y1: float, y: float) -> float:
    """Return t where the bend is at ``y``, held between 0 and 1."""
    part = min(1.0, max(0.0, (y - y0) / (y1 - y0)))
    return 0.5 - math.sin(math.asin(1 - 2 * part) / 3)


def _between(points: list[_Point], first: float, last: float) -> list[_Point]:
    """Return the control points of a cubic between two shares."""
    if last < 1:
        points = _split(points, last)[0]
    if first > 0 and last > 0:
        points = _split(points, first / last)[1]
    return points


def _split(points: list[_Point], share: float) -> tuple[list[_Point], list[_Point]]:
    head, tail = [points[0]], [points[-1]]
    while len(points) > 1:
        points = [
            (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
            for a, b in pairwise(points)
        ]
        head.append(points[0])
        tail.append(points[-1])
    return head, tail[::-1]
