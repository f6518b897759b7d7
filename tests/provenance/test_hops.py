import msgspec
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.absent import Absent
from explorer.model.statements import FactGrade, LinkGrade, ThingVersion
from explorer.provenance.hops import make_hops
from explorer.provenance.records import Step

STEP = Step(5, 0, "derivation", LinkGrade.ENFORCED, FactGrade.SIGNED, is_struck=False)
VERSIONS = {i: ThingVersion(f"t{i:02}", i, 0, "", "") for i in range(12)}


def step(relation: str = "derivation", entry: int = 0) -> Step:
    return msgspec.structs.replace(STEP, relation=relation, entry=entry)


def test_one_entry_is_one_hop_where_all_lead_to_all() -> None:
    edges = [(a, b, STEP) for a in (2, 1) for b in (4, 3)]
    (hop,) = make_hops(edges, VERSIONS, {})
    assert (hop.sources, hop.targets) == ((1, 2), (3, 4))
    assert sorted(hop.pairs()) == [(1, 3), (1, 4), (2, 3), (2, 4)]


def test_what_does_not_lead_to_all_is_kept_apart() -> None:
    hops = make_hops([(1, 3, STEP), (2, 4, STEP)], VERSIONS, {})
    assert [(h.sources, h.targets) for h in hops] == [((1,), (3,)), ((2,), (4,))]


def test_a_revision_keeps_each_thing_with_itself() -> None:
    said = step("revision")
    (hop,) = make_hops([(2, 4, said), (1, 3, said)], VERSIONS, {})
    assert hop.pairs() == [(1, 3), (2, 4)]


def test_hops_come_in_the_order_of_the_ledger() -> None:
    edges = [
        (1, 2, step("about")),
        (1, 3, step("derivation", entry=1)),
        (1, 4, step("revision")),
        (1, 5, step("something")),
    ]
    hops = make_hops(edges, VERSIONS, {})
    assert [h.relation for h in hops] == [
        "revision",
        "about",
        "something",
        "derivation",
    ]


def test_other_grades_are_other_hops() -> None:
    weak = msgspec.structs.replace(STEP, link=LinkGrade.NAMED)
    hops = make_hops([(1, 3, STEP), (2, 3, weak)], VERSIONS, {})
    assert [h.link for h in hops] == [LinkGrade.ENFORCED, LinkGrade.NAMED]


def test_an_unknown_act_is_absent_not_empty_time() -> None:
    (hop,) = make_hops([(1, 3, STEP)], VERSIONS, {})
    assert (hop.what, hop.agent, hop.entry_id) == ("", "", "")
    assert hop.time_us is Absent.NOT_IN_EXPORT


NODE = st.integers(0, 11)
RELATION = st.sampled_from(["derivation", "about", "revision"])


@given(st.lists(st.tuples(NODE, NODE, RELATION, st.integers(0, 2)), max_size=30))
def test_hops_say_exactly_what_their_edges_say(
    drawn: list[tuple[int, int, str, int]],
) -> None:
    edges = [(a, b, step(relation, entry)) for a, b, relation, entry in drawn]
    told = {
        (*pair, hop.relation, hop.entry)
        for hop in make_hops(edges, VERSIONS, {})
        for pair in hop.pairs()
    }
    assert told == set(drawn)
