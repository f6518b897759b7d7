"""Outlines for maps: the shipped coast, GeoJSON and TopoJSON files, lists of places.

RFC 7946 (GeoJSON), TopoJSON 1.0 (arcs as cumulative integer steps), and CSV with the
columns name, latitude, longitude. Coordinates are degrees, longitude first. The coast
is Natural Earth's (``resources/map``): no borders, no names.

Left out: other reference systems, heights, styles. A file that is too large, too deep
or no such file is refused with a reason; nothing in it is run or fetched.
"""

import csv
import json
import math
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import numpy as np
import numpy.typing as npt

from explorer.core.errors import ReadError
from explorer.core.resources import resource

MAX_FILE_BYTES = 64 * 2**20
MAX_POINTS = 2_000_000
MAX_PLACES = 50_000
_MAX_COAST_BYTES = 16 * 2**20
_MAX_DEPTH = 12

Ring = npt.NDArray[np.float32]
"""Points (longitude, latitude), one below the other."""


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """Lines to draw below a journey; equal only to itself."""

    rings: tuple[Ring, ...]
    is_land: bool
    """Rings close around land; otherwise they are only lines."""


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place of the user's own list."""

    name: str
    latitude: float
    longitude: float


def coast(scale: str) -> Outline:
    """Return the shipped coast; ``scale`` is ``110m`` or ``50m``."""
    packed = resource("map", f"coast-{scale}.bin").read_bytes()
    data = zlib.decompressobj().decompress(packed, _MAX_COAST_BYTES)
    (count,) = struct.unpack_from("<I", data)
    sizes = np.frombuffer(data, "<u4", count, 4)
    numbers = np.frombuffer(data, "<i2", offset=4 + 4 * count)
    points = (numbers.reshape(-1, 2) / 100).astype(np.float32)
    rings = np.split(points, np.cumsum(sizes)[:-1])
    return Outline(tuple(rings), is_land=True)


def read_outline(path: Path) -> Outline:
    """Return the lines of a GeoJSON or TopoJSON file.

    Raises:
        ReadError: If it is none, too large, or holds no line.
    """
    root = _json_of(path)
    arcs = _arcs(root) if root.get("type") == "Topology" else None
    rings: list[Ring] = []
    left = MAX_POINTS
    for geometry in _geometries(root):
        for line in _lines(geometry, arcs):
            ring = _ring(line)
            left -= len(ring)
            if left < 0:
                raise ReadError(f"over {MAX_POINTS} points", "too-long")
            if len(ring) > 1:
                rings.append(ring)
    if not rings:
        raise ReadError("there is no line or area in this file", "no-outline")
    return Outline(tuple(rings), is_land=False)


def read_places(path: Path) -> tuple[KnownPlace, ...]:
    """Return the named points of a GeoJSON file, or the rows of a CSV file.

    Raises:
        ReadError: If it is neither, or names no place.
    """
    is_csv = path.suffix.lower() in {".csv", ".txt", ".tsv"}
    found = tuple(_csv_places(path) if is_csv else _json_places(_json_of(path)))
    if not found:
        raise ReadError("no row or point has a name and coordinates", "no-places")
    return found


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise ReadError(f"{path.name} is too large", "too-long")
        return path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path.name}: {error.strerror}", "cannot-read") from error


def _json_of(path: Path) -> Mapping[str, object]:
    try:
        root = json.loads(_bytes_of(path))
    except (ValueError, RecursionError) as error:
        raise ReadError(f"{path.name} is no JSON", "malformed") from error
    if not isinstance(root, dict):
        raise ReadError(f"{path.name} is no GeoJSON or TopoJSON", "malformed")
    return root


def _geometries(root: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """Yield geometries of collections and features, without recursion."""
    waiting: list[tuple[object, int]] = [(root, 0)]
    while waiting:
        node, depth = waiting.pop()
        if not isinstance(node, dict) or depth > _MAX_DEPTH:
            continue
        for name in ("features", "geometries"):
            children = node.get(name)
            if isinstance(children, list):
                waiting += [(each, depth + 1) for each in children]
        objects = node.get("objects")
        if isinstance(objects, dict):
            waiting += [(each, depth + 1) for each in objects.values()]
        if isinstance(node.get("geometry"), dict):
            waiting.append((node["geometry"], depth + 1))
        if "coordinates" in node or "arcs" in node:
            yield node


_LINES_AT = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}


def _lines(
    geometry: Mapping[str, object], arcs: Sequence[Ring] | None
) -> Iterator[object]:
    """Yield the lines of a geometry: lists of points, or joined arcs."""
    depth = _LINES_AT.get(str(geometry.get("type")))
    if depth is None:
        return
    nodes = [geometry.get("coordinates" if arcs is None else "arcs")]
    for _ in range(depth):
        nodes = [each for node in nodes if isinstance(node, list) for each in node]
    for node in nodes:
        if isinstance(node, list):
            yield node if arcs is None else _joined(node, arcs)


def _joined(numbers: Sequence[object], arcs: Sequence[Ring]) -> Ring:
    parts = []
    for number in numbers[:MAX_POINTS]:
        if not isinstance(number, int) or not -len(arcs) <= number < len(arcs):
            raise ReadError("an arc is named that is not there", "malformed")
        parts.append(arcs[number] if number >= 0 else arcs[~number][::-1])
    return np.concatenate(parts) if parts else np.zeros((0, 2), np.float32)


def _arcs(root: Mapping[str, object]) -> list[Ring]:
    transform, arcs = root.get("transform"), root.get("arcs")
    if not isinstance(arcs, list):
        raise ReadError("a topology without arcs", "malformed")
    found = [_ring(each) for each in arcs]
    if sum(map(len, found)) > MAX_POINTS:
        raise ReadError(f"over {MAX_POINTS} points", "too-long")
    if not isinstance(transform, dict):
        return found
    try:
        scale = np.array(transform["scale"], np.float64).reshape(2)
        move = np.array(transform["translate"], np.float64).reshape(2)
    except (KeyError, ValueError, TypeError) as error:
        raise ReadError("a transform that is none", "malformed") from error
    scaled = (
        np.cumsum(each, axis=0, dtype=np.float64) * scale + move for each in found
    )
    return [each.astype(np.float32) for each in scaled]


def _ring(line: object) -> Ring:
    """Return points as an array; heights are left off."""
    if isinstance(line, np.ndarray):
        return _finite(line)
    if not isinstance(line, list) or not line:
        return np.zeros((0, 2), np.float32)
    try:
        pairs = [(float(each[0]), float(each[1])) for each in line]
    except (TypeError, ValueError, IndexError, KeyError, OverflowError) as error:
        raise ReadError("a point that is none", "malformed") from error
    return _finite(np.array(pairs, np.float64).astype(np.float32))


def _finite(points: Ring) -> Ring:
    if not np.isfinite(points).all():
        raise ReadError("a coordinate that is no number", "malformed")
    return points


def _json_places(root: Mapping[str, object]) -> Iterator[KnownPlace]:
    features = root.get("features")
    for feature in features[:MAX_PLACES] if isinstance(features, list) else ():
        if not isinstance(feature, dict):
            continue
        geometry, properties = feature.get("geometry"), feature.get("properties")
        if not isinstance(geometry, dict) or not isinstance(properties, dict):
            continue
        point = geometry.get("coordinates")
        if geometry.get("type") == "Point" and isinstance(point, list):
            names = (properties.get(key) for key in ("name", "名称", "地点"))
            name = next((each for each in names if isinstance(each, str)), "")
            yield from _known(name, point[1:2], point[:1])


def _csv_places(path: Path) -> Iterator[KnownPlace]:
    text = _bytes_of(path).decode("utf-8-sig", "replace")
    try:
        rows = list(csv.reader(StringIO(text)))[: MAX_PLACES + 1]
    except csv.Error as error:
        raise ReadError(f"{path.name}: {error}", "malformed") from error
    for row in rows:
        if len(row) >= 3:
            yield from _known(row[0].strip(), row[1:2], row[2:3])


def _known(
    name: str, latitude: Sequence[object], longitude: Sequence[object]
) -> Iterator[KnownPlace]:
    """Yield the place if both numbers are degrees; a head line is none."""
    try:
        along, across = float(str(latitude[0])), float(str(longitude[0]))
    except (ValueError, IndexError):
        return
    is_degrees = math.isfinite(along) and math.isfinite(across)
    if name and is_degrees and abs(along) <= 90 and abs(across) <= 180:
        yield KnownPlace(name[:200], along, across)
