"""Where a map looks: degrees to pixels and back, zoom, drag, fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.gui.canvases.map_view import (
    LEAST_SPAN,
    MOST_SPAN,
    USUAL_SPAN,
    MapView,
    fitted,
)

VIEW = MapView(117.0, 33.0, 10.0, 500.0, 300.0)


def test_the_middle_is_in_the_middle_and_north_is_up() -> None:
    assert (VIEW.x(117.0), VIEW.y(33.0)) == (250.0, 150.0)
    assert VIEW.y(34.0) < 150.0 < VIEW.y(32.0)
    assert VIEW.x(122.0) == 500.0


def test_lengths_are_right_in_the_middle() -> None:
    km, px = VIEW.scale_bar(120)
    assert px <= 120
    assert px / km == pytest.approx(VIEW.along / 111.32)


def test_what_is_under_the_pointer_stays_there_when_zooming() -> None:
    longitude = VIEW.longitude + (400 - 250) / VIEW.across
    zoomed = VIEW.zoomed(2.0, 400, 150)
    assert zoomed.x(longitude) == pytest.approx(400)
    assert zoomed.span == 5.0


def test_zoom_and_drag_have_ends() -> None:
    assert VIEW.zoomed(1e9, 0, 0).span == LEAST_SPAN
    assert VIEW.zoomed(1e-9, 0, 0).span == MOST_SPAN
    assert abs(VIEW.moved(1e9, 1e9).longitude) <= 180
    assert abs(VIEW.moved(1e9, 1e9).latitude) <= 85
    assert VIEW.moved(50, 0).x(117.0) == pytest.approx(300)


@given(
    st.lists(
        st.tuples(st.floats(-179, 179), st.floats(-80, 80)), min_size=1, max_size=6
    )
)
def test_a_fitted_view_holds_every_place(points: list[tuple[float, float]]) -> None:
    view = fitted(points, 400, 300)
    assert view.span >= USUAL_SPAN
    if view.span < MOST_SPAN:
        for longitude, latitude in points:
            assert -1 <= view.x(longitude) <= 401
            assert -1 <= view.y(latitude) <= 301


def test_without_places_the_world_is_shown() -> None:
    assert fitted([], 400, 300).span == MOST_SPAN
    assert fitted([], 400, 300).resized(10, 10).width == 10


def test_grid_lines_are_not_too_near() -> None:
    assert VIEW.grid_step(86) * VIEW.across >= 86
    assert MapView(0, 0, 360, 50, 50).grid_step(500) == 30
