from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from explorer.model.events import EventKind
from explorer.provenance.containment import Containment
from explorer.provenance.event_table import Entry
from tests.provenance.event_stories import OBSERVE, Tale, quantity

Stays = list[tuple[str, str, int, int]]


def played(tale: Tale) -> Containment:
    return Containment(tale.data())


def stays(tale: Tale) -> Stays:
    data = tale.data()
    return [
        (data.names[s.child], data.names[s.parent], s.first, s.last)
        for s in Containment(data).stays
    ]


def test_putting_in_and_taking_out() -> None:
    tale = Tale()
    tale.packed("p", "a", "b")
    tale.unpacked("p", "a")
    assert stays(tale) == [("a", "p", 0, 1), ("b", "p", 0, -1)]


def test_taking_out_nobody_takes_out_all() -> None:
    tale = Tale()
    tale.packed("p", "a", "b")
    tale.unpacked("p")
    assert stays(tale) == [("a", "p", 0, 1), ("b", "p", 0, 1)]


def test_the_order_is_that_of_event_times() -> None:
    tale = Tale()
    tale.unpacked("p", "a", at=2)
    tale.packed("p", "a", at=1)
    assert stays(tale) == [("a", "p", 1, 0)]
    assert played(tale).unfounded == []


def test_repacking_ends_the_first_stay_and_is_a_clash() -> None:
    tale = Tale()
    tale.packed("p", "a")
    tale.packed("q", "a")
    assert stays(tale) == [("a", "p", 0, 1), ("a", "q", 1, -1)]
    (clash,) = played(tale).clashes
    assert (clash.first, clash.second, clash.is_seen) == (0, 1, False)


def test_putting_in_again_changes_nothing() -> None:
    tale = Tale()
    tale.packed("p", "a")
    tale.packed("p", "a")
    assert stays(tale) == [("a", "p", 0, -1)]
    assert played(tale).clashes == []


def test_a_snapshot_begins_nothing_and_is_compared() -> None:
    tale = Tale()
    tale.packed("p", "a")
    tale.packed("p", "a", "new", action=OBSERVE)
    tale.packed("q", "a", action=OBSERVE)
    assert stays(tale) == [("a", "p", 0, -1)]
    (clash,) = played(tale).clashes
    assert (clash.first, clash.second, clash.is_seen) == (0, 2, True)


def test_an_end_or_a_use_ends_the_stay() -> None:
    tale = Tale()
    tale.packed("p", "a", "b", "c")
    tale.ended("a")
    tale.turned(["b"], ["z"])
    tale.ended("p")
    assert stays(tale) == [
        ("a", "p", 0, 1), ("b", "p", 0, 2), ("c", "p", 0, 3)
    ]  # fmt: skip


def test_a_lot_may_be_in_two_containers() -> None:
    tale = Tale()
    for parent in ("p", "q"):
        tale.packed(parent, child_quantities=(quantity("lot", 5),))
    assert stays(tale) == [("lot", "p", 0, -1), ("lot", "q", 1, -1)]
    assert played(tale).clashes == []


def test_an_attachment_is_a_stay_of_its_own() -> None:
    tale = Tale()
    tale.event(EventKind.ASSOCIATION, action="ADD", parent="t", children=("s",))
    tale.packed("p", "s")
    found = played(tale)
    assert [each.is_attached for each in found.stays] == [True, False]
    assert found.clashes == []


def test_a_list_of_all_that_is_in_a_container_at_any_depth() -> None:
    """Some list the boxes and what is in them as children of the pallet."""
    tale = Tale()
    tale.packed("box", "a", "b")
    tale.packed("pallet", "box", "a", "b")
    tale.packed("pallet", "box", "a", action=OBSERVE)
    tale.unpacked("pallet", "box")
    tale.unpacked("box", "a", "b")
    tale.packed("basket", "a")
    data = tale.data()
    assert Containment(data).clashes == []
    assert ("a", "box", 0, 4) in stays(tale)


def test_into_a_box_of_the_pallet_it_stands_on() -> None:
    tale = Tale()
    tale.packed("pallet", "box", "a")
    tale.packed("box", "a")
    tale.packed("other", "a")
    (clash,) = Containment(tale.data()).clashes
    assert (clash.first, clash.second) == (1, 2)


def test_refused_events_move_nothing() -> None:
    tale = Tale()
    tale.packed("p", "a", entry=Entry(1, 0, accepted=False))
    assert stays(tale) == []


def test_taking_out_what_was_not_in_is_told() -> None:
    tale = Tale()
    tale.unpacked("p", "a")
    data = tale.data()
    assert Containment(data).unfounded == [(0, data.find_thing("a"))]


def test_nothing_is_inside_itself_and_circles_end() -> None:
    tale = Tale()
    tale.packed("a", "a")
    tale.packed("a", "b")
    tale.packed("b", "a")
    tale.ended("a")
    assert stays(tale) == [("b", "a", 1, 3), ("a", "b", 2, 3)]


def test_stays_of_a_thing_and_in_a_container() -> None:
    tale = Tale()
    tale.packed("p", "a")
    tale.unpacked("p", "a")
    tale.packed("p", "a", "b")
    data = tale.data()
    found = Containment(data)
    assert [s.first for s in found.of(data.find_thing("a"))] == [0, 2]
    assert len(found.in_parent(data.find_thing("p"))) == 3
    assert found.of(99) == []


Move = tuple[str, str, frozenset[str]]
_THINGS = ("a", "b", "c", "d", "e")
MOVES = st.lists(
    st.tuples(
        st.sampled_from(("in", "out", "end", "see")),
        st.sampled_from(_THINGS),
        st.frozensets(st.sampled_from(_THINGS), max_size=3),
    ),
    max_size=25,
)


def told(moves: Iterable[Move]) -> Tale:
    tale = Tale()
    for what, parent, children in moves:
        some = tuple(sorted(children))
        if what == "in":
            tale.packed(parent, *some)
        elif what == "out":
            tale.unpacked(parent, *some)
        elif what == "end":
            tale.ended(parent)
        else:
            tale.seen(parent)
    return tale


def within(inside: dict[str, str], thing: str, container: str) -> bool:
    for _ in _THINGS:
        thing = inside.get(thing, "")
        if thing == container:
            return True
    return False


def brute_force(moves: Iterable[Move]) -> list[dict[str, str]]:
    """Return, behind each move, which thing is in which: one move after the other."""
    inside: dict[str, str] = {}
    after: list[dict[str, str]] = []
    for what, parent, children in moves:
        if what == "in":
            for child in sorted(children - {parent}):
                if not within(inside, child, parent):
                    inside[child] = parent
        elif what == "out":
            gone = children or {c for c, p in inside.items() if p == parent}
            inside = {
                c: p for c, p in inside.items() if not (c in gone and p == parent)
            }
        elif what == "end":
            inside = {c: p for c, p in inside.items() if parent not in {c, p}}
        after.append(dict(inside))
    return after


@given(MOVES)
def test_stays_equal_a_model_that_plays_one_move_after_the_other(
    moves: list[Move],
) -> None:
    data = told(moves).data()
    found = Containment(data).stays
    for event, expected in enumerate(brute_force(moves)):
        now = {
            data.names[s.child]: data.names[s.parent]
            for s in found
            if s.first <= event and (s.last == -1 or s.last > event)
        }
        assert now == expected
