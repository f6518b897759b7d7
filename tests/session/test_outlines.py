"""Outlines and lists of places: the shipped coast, and files that may be hostile."""

import json
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.core.errors import ReadError
from explorer.session.outlines import (
    MAX_FILE_BYTES,
    KnownPlace,
    coast,
    read_outline,
    read_places,
)

LINE = [[117.0, 33.0], [118.0, 33.5, 12.0]]
POLYGON = [[[0, 0], [1, 0], [1, 1], [0, 0]]]


def written(folder: Path, value: object, name: str = "map.geojson") -> Path:
    path = folder / name
    path.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    return path


@pytest.mark.parametrize(("scale", "rings"), [("110m", 126), ("50m", 1420)])
def test_the_shipped_coast_closes_around_land(scale: str, rings: int) -> None:
    outline = coast(scale)
    assert outline.is_land
    assert len(outline.rings) == rings
    points = np.concatenate(outline.rings)
    assert np.abs(points[:, 0]).max() <= 180
    assert np.abs(points[:, 1]).max() <= 90
    assert all((ring[0] == ring[-1]).all() for ring in outline.rings)


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ({"type": "LineString", "coordinates": LINE}, 1),
        ({"type": "MultiLineString", "coordinates": [LINE, LINE]}, 2),
        ({"type": "Polygon", "coordinates": POLYGON}, 1),
        ({"type": "MultiPolygon", "coordinates": [POLYGON, POLYGON]}, 2),
        (
            {
                "type": "FeatureCollection",
                "features": [
                    {"type": "Feature", "geometry": {"type": "Point",
                                                     "coordinates": [1, 2]}},
                    {"type": "Feature", "geometry": {"type": "LineString",
                                                     "coordinates": LINE}},
                ],
            },
            1,
        ),
    ],
)  # fmt: skip
def test_geojson_lines_and_areas(tmp_path: Path, value: object, lines: int) -> None:
    outline = read_outline(written(tmp_path, value))
    assert len(outline.rings) == lines
    assert not outline.is_land
    assert outline.rings[0].shape[1] == 2


def test_topojson_arcs_are_added_up_scaled_and_joined(tmp_path: Path) -> None:
    value = {
        "type": "Topology",
        "transform": {"scale": [0.5, 0.5], "translate": [100, 30]},
        "arcs": [[[0, 0], [2, 2]], [[4, 4], [2, 0]]],
        "objects": {"a": {"type": "LineString", "arcs": [0, 1]},
                    "b": {"type": "LineString", "arcs": [-1]}},
    }  # fmt: skip
    rings = [ring.tolist() for ring in read_outline(written(tmp_path, value)).rings]
    assert [[101.0, 31.0], [100.0, 30.0]] in rings
    assert [[100.0, 30.0], [101.0, 31.0], [102.0, 32.0], [103.0, 32.0]] in rings


@pytest.mark.parametrize(
    "value",
    [
        "no json",
        "[1, 2]",
        "[" * 100_000,
        {"type": "Point", "coordinates": [1, 2]},
        {"type": "LineString", "coordinates": [["x", 2], [3, 4]]},
        {"type": "LineString", "coordinates": [[1], [2]]},
        {"type": "LineString", "coordinates": [[1e999, 2], [3, 4]]},
        {"type": "LineString", "coordinates": [{}, {}]},
        {"type": "LineString", "coordinates": "text"},
        {"type": "Topology", "arcs": 5},
        {"type": "Topology", "arcs": [], "transform": {"scale": 1}},
        {"type": "Topology", "arcs": [[[0, 0], [1, 1]]],
         "objects": {"a": {"type": "LineString", "arcs": [7]}}},
        {"type": "Topology", "arcs": [[[0, 0], [1, 1]]],
         "objects": {"a": {"type": "LineString", "arcs": ["x"]}}},
    ],
)  # fmt: skip
def test_files_that_are_no_map_are_refused(tmp_path: Path, value: object) -> None:
    with pytest.raises(ReadError):
        read_outline(written(tmp_path, value))


def test_a_file_that_is_too_large_or_gone_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.geojson"
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    with pytest.raises(ReadError, match="too large"):
        read_outline(path)
    with pytest.raises(ReadError):
        read_outline(tmp_path / "gone.geojson")


def test_features_inside_features_end(tmp_path: Path) -> None:
    inner: object = {"type": "LineString", "coordinates": LINE}
    for _ in range(40):
        inner = {"type": "GeometryCollection", "geometries": [inner]}
    with pytest.raises(ReadError, match="no line"):
        read_outline(written(tmp_path, inner))


def test_places_from_csv_and_from_named_points(tmp_path: Path) -> None:
    text = (
        "name,latitude,longitude\n合作社3号冷库,33.1,116.9\nbad,x,y\nfar,95,0\n,1,1\n"
    )
    cold = KnownPlace("合作社3号冷库", 33.1, 116.9)
    assert read_places(written(tmp_path, text, "p.csv")) == (cold,)
    feature = {
        "type": "Feature",
        "properties": {"name": "合作社3号冷库"},
        "geometry": {"type": "Point", "coordinates": [116.9, 33.1]},
    }
    value = {"type": "FeatureCollection", "features": [feature, 5, {}]}
    assert read_places(written(tmp_path, value)) == (cold,)


@pytest.mark.parametrize("text", ["", "a,b\n", '"', "name,latitude,longitude\n"])
def test_a_list_without_places_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ReadError):
        read_places(written(tmp_path, text, "p.csv"))


@settings(max_examples=40)
@given(data=st.binary(max_size=300), name=st.sampled_from(["m.geojson", "p.csv"]))
def test_no_bytes_make_it_raise_anything_else(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    path = tmp_path_factory.mktemp("map") / name
    path.write_bytes(data)
    for read in (read_outline, read_places):
        with suppress(ReadError):
            read(path)
