"""Where a map looks, and how degrees become pixels. Knows no painter.

A plate carrée whose east-west lengths are shortened by the cosine of the middle
latitude: right in the middle of the view, which is enough to show a journey.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

LEAST_SPAN, MOST_SPAN = 0.05, 360.0
"""Degrees of longitude a view may show."""

USUAL_SPAN = 9.0
"""At least so many when a journey is fitted, so that a coast may be in view."""

_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30)
_KM_PER_DEGREE = 111.32
_BARS_KM = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


@dataclass(frozen=True, slots=True)
class MapView:
    """The middle of a view in degrees, its width in degrees, its size in pixels."""

    longitude: float
    latitude: float
    span: float
    width: float
    height: float

    @property
    def across(self) -> float:
        """Return pixels per degree of longitude."""
        return self.width / self.span

    @property
    def along(self) -> float:
        """Return pixels per degree of latitude."""
        return self.across / max(0.05, math.cos(math.radians(self.latitude)))

    def x(self, longitude: float) -> float:
        """Return the pixel column of a longitude."""
        return self.width / 2 + (longitude - self.longitude) * self.across

    def y(self, latitude: float) -> float:
        """Return the pixel row of a latitude."""
        return self.height / 2 - (latitude - self.latitude) * self.along

    def bounds(self) -> tuple[float, float, float, float]:
        """Return west, south, east, north of what is seen."""
        half, tall = self.span / 2, self.height / 2 / self.along
        return (
            self.longitude - half,
            self.latitude - tall,
            self.longitude + half,
            self.latitude + tall,
        )

    def zoomed(self, factor: float, x: float, y: float) -> "MapView":
        """Return the view made ``factor`` times narrower around a pixel."""
        span = min(MOST_SPAN, max(LEAST_SPAN, self.span / factor))
        kept = span / self.span
        longitude = self.longitude + (x - self.width / 2) / self.across * (1 - kept)
        latitude = self.latitude - (y - self.height / 2) / self.along * (1 - kept)
        return MapView(*_on_earth(longitude, latitude), span, self.width, self.height)

    def moved(self, by_x: float, by_y: float) -> "MapView":
        """Return the view after dragging by so many pixels."""
        longitude = self.longitude - by_x / self.across
        latitude = self.latitude + by_y / self.along
        middle = _on_earth(longitude, latitude)
        return MapView(*middle, self.span, self.width, self.height)

    def resized(self, width: float, height: float) -> "MapView":
        """Return the same view in another size."""
        return MapView(self.longitude, self.latitude, self.span, width, height)

    def grid_step(self, least_px: float) -> float:
        """Return how many degrees apart grid lines stand."""
        return next((s for s in _STEPS if s * self.across >= least_px), _STEPS[-1])

    def scale_bar(self, most_px: float) -> tuple[float, float]:
        """Return (kilometres, pixels) of a bar no longer than ``most_px``."""
        px_per_km = self.along / _KM_PER_DEGREE
        fitting = [each for each in _BARS_KM if each * px_per_km <= most_px]
        km = fitting[-1] if fitting else _BARS_KM[0]
        return km, km * px_per_km


def fitted(
    points: Sequence[tuple[float, float]], width: float, height: float
) -> MapView:
    """Return the view that holds all (longitude, latitude) with room around them."""
    if not points:
        return MapView(0.0, 15.0, MOST_SPAN, width, height)
    longitudes, latitudes = [p[0] for p in points], [p[1] for p in points]
    middle = (
        (min(longitudes) + max(longitudes)) / 2,
        (min(latitudes) + max(latitudes)) / 2,
    )
    shrink = max(0.05, math.cos(math.radians(middle[1])))
    wide = (max(longitudes) - min(longitudes)) * 1.9
    tall = (max(latitudes) - min(latitudes)) * 1.9 / shrink * width / max(1.0, height)
    span = min(MOST_SPAN, max(USUAL_SPAN, wide, tall))
    return MapView(*middle, span, width, height)


def _on_earth(longitude: float, latitude: float) -> tuple[float, float]:
    return min(180.0, max(-180.0, longitude)), min(85.0, max(-85.0, latitude))
