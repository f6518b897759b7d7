"""Where on the widget a place of the picture is, and how much is shown at a zoom.

Section 7 of the design, "semantic zoom". World lengths are px at zoom 1.
"""

from dataclasses import dataclass, replace
from enum import IntEnum

LEAST_ZOOM, MOST_ZOOM = 1e-5, 3.0
FIT_AT_MOST = 1.25
"""A small graph is not blown up further than this."""
_LIMITS = (0.15, 0.4, 0.9, 1.6)


class Level(IntEnum):
    """How much of each node is drawn."""

    DENSITY = 0
    CLUSTERS = 1
    """Counts only."""
    IDS = 2
    LINES = 3
    """The id and one plain line."""
    CARDS = 4
    """Also who keeps the record, its entry and its mark."""


def level_of(zoom: float) -> Level:
    """Return what is drawn at a zoom."""
    return Level(sum(zoom >= limit for limit in _LIMITS))


@dataclass(frozen=True, slots=True)
class View:
    """The part of the world that a widget shows."""

    zoom: float = 1.0
    x: float = 0.0
    """px on the widget where the world's left edge is."""
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0
    head: float = 0.0
    """Height in px of what is pinned at the top."""
    scale: float = 1.0
    """How much larger everything is drawn (projector)."""

    @property
    def factor(self) -> float:
        """Return px on the widget for a px of the world."""
        return self.zoom * self.scale

    def at_x(self, world_x: float) -> float:
        """Return where ``world_x`` is on the widget."""
        return self.x + world_x * self.factor

    def at_y(self, world_y: float) -> float:
        """Return where ``world_y`` is on the widget."""
        return self.y + world_y * self.factor

    def world_x(self, x: float) -> float:
        """Return what is at ``x`` of the widget."""
        return (x - self.x) / self.factor

    def world_y(self, y: float) -> float:
        """Return what is at ``y`` of the widget."""
        return (y - self.y) / self.factor

    def world(self) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom of what is shown."""
        return (
            self.world_x(0),
            self.world_y(self.head),
            self.world_x(self.width),
            self.world_y(self.height),
        )

    def moved(self, dx: float, dy: float) -> "View":
        """Return the view after dragging the ground."""
        return replace(self, x=self.x + dx, y=self.y + dy)

    def zoomed(self, times: float, x: float, y: float) -> "View":
        """Return the view after zooming while the point under (x, y) stays."""
        zoom = min(MOST_ZOOM, max(LEAST_ZOOM, self.zoom * times))
        changed = replace(self, zoom=zoom)
        return replace(
            changed,
            x=x - self.world_x(x) * changed.factor,
            y=y - self.world_y(y) * changed.factor,
        )

    def centered(self, world_x: float, world_y: float, zoom: float) -> "View":
        """Return the view with a point of the world in its middle."""
        changed = replace(self, zoom=min(MOST_ZOOM, max(LEAST_ZOOM, zoom)))
        middle_y = (self.head + self.height) / 2
        return replace(
            changed,
            x=self.width / 2 - world_x * changed.factor,
            y=middle_y - world_y * changed.factor,
        )

    def fitted(self, world_width: float, world_height: float) -> "View":
        """Return the view that shows the whole world; at its top if there is room."""
        room_x, room_y = max(1.0, self.width), max(1.0, self.height - self.head)
        zoom = min(
            FIT_AT_MOST,
            room_x / max(1.0, world_width) / self.scale,
            room_y / max(1.0, world_height) / self.scale,
        )
        zoom = max(LEAST_ZOOM, zoom)
        left = (room_x - world_width * zoom * self.scale) / 2
        return replace(self, zoom=zoom, x=left, y=self.head)

    def filled(self, world_width: float, world_height: float) -> "View":
        """Return the nearest view without empty room where the world could be."""
        low_x = min(0.0, self.width - world_width * self.factor)
        low_y = min(self.head, self.height - world_height * self.factor)
        return replace(
            self,
            x=min(0.0, max(low_x, self.x)),
            y=min(self.head, max(low_y, self.y)),
        )

    def held(self, world_width: float, world_height: float) -> "View":
        """Return the nearest view that still shows some of the world."""
        edge = min(80.0, self.width / 3, max(1.0, self.height - self.head) / 3)
        least_x = edge - world_width * self.factor
        least_y = self.head + edge - world_height * self.factor
        return replace(
            self,
            x=min(self.width - edge, max(least_x, self.x)),
            y=min(self.height - edge, max(least_y, self.y)),
        )
