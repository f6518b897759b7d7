"""Make the coast files of this folder from the TopoJSON of the package world-atlas.

Source: npm package ``world-atlas`` 2.0.2 (ISC), files ``land-110m.json`` and
``land-50m.json``, made from Natural Earth 4.1 (public domain): coast lines alone, no
borders, no names. Get it with ``npm pack world-atlas``, unpack it, then::

    python resources/map/convert.py package

Written for each: ``coast-NNNm.bin``, zlib over little-endian numbers: the count of
rings (uint32), the points of each ring (uint32 each), then all points as pairs of int16
(longitude, latitude) in hundredths of a degree, each ring closed by its first point.
"""

import argparse
import json
import struct
import zlib
from pathlib import Path

HERE = Path(__file__).resolve().parent
SCALES = ("110m", "50m")

Ring = list[tuple[int, int]]


def arcs_of(topology: dict[str, object]) -> list[list[tuple[float, float]]]:
    """Return the arcs in degrees: cumulative steps, scaled and moved."""
    transform = topology["transform"]
    (across, along), (left, low) = transform["scale"], transform["translate"]  # type: ignore[index]  # JSON
    arcs = []
    for arc in topology["arcs"]:  # type: ignore[attr-defined]  # JSON
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * across + left, y * along + low))
        arcs.append(points)
    return arcs


def rings_of(topology: dict[str, object]) -> list[Ring]:
    """Return every ring of the land, in hundredths of a degree."""
    arcs = arcs_of(topology)
    rings = []
    for geometry in topology["objects"]["land"]["geometries"]:  # type: ignore[index]  # JSON
        is_one = geometry["type"] == "Polygon"
        for polygon in [geometry["arcs"]] if is_one else geometry["arcs"]:
            rings += [_ring(arcs, numbers) for numbers in polygon]
    return [each for each in rings if len(each) > 3]


def _ring(arcs: list[list[tuple[float, float]]], numbers: list[int]) -> Ring:
    ring: Ring = []
    for number in numbers:
        points = arcs[number] if number >= 0 else arcs[~number][::-1]
        for longitude, latitude in points:
            point = (round(longitude * 100), round(latitude * 100))
            if not ring or ring[-1] != point:
                ring.append(point)
    return ring


def packed(rings: list[Ring]) -> bytes:
    """Return the content of a coast file."""
    counts = struct.pack(f"<{len(rings) + 1}I", len(rings), *map(len, rings))
    numbers = [number for ring in rings for point in ring for number in point]
    return zlib.compress(counts + struct.pack(f"<{len(numbers)}h", *numbers), 9)


def main() -> None:
    """Convert both scales."""
    parser = argparse.ArgumentParser(description="Make the coast files.")
    parser.add_argument("package", type=Path, help="folder of the unpacked package")
    folder: Path = parser.parse_args().package
    for scale in SCALES:
        topology = json.loads((folder / f"land-{scale}.json").read_text("utf-8"))
        data = packed(rings_of(topology))
        (HERE / f"coast-{scale}.bin").write_bytes(data)


if __name__ == "__main__":
    main()
