from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from explorer.core.absent import Absent
from explorer.model.events import Quantity
from explorer.provenance.hops import CARRIAGE
from explorer.provenance.records import MemoryRecords
from explorer.provenance.shares import Share
from explorer.provenance.trace import Direction, trace
from tests.provenance.event_stories import Tale, ilmd, quantity


def shares(
    tale: Tale, item: str, direction: Direction = Direction.BACK
) -> dict[str, Share]:
    """Return the share of each thing's first version on the path."""
    records = MemoryRecords(tale.statements())
    found = trace(records.graph(), records, item, direction)
    told: dict[str, Share] = {}
    for node in found.nodes:
        told.setdefault(found.versions[node].thing, found.shares[node])
    return told


def merge_and_split() -> Tale:
    tale = Tale()
    tale.lot("a", 60)
    tale.lot("b", 20)
    tale.turned([quantity("a", 60), quantity("b", 20)], [quantity("m", 80)])
    tale.turned([quantity("m", 80)], [quantity("x", 30), quantity("y", 50)])
    return tale


def test_a_merge_shares_by_amount() -> None:
    told = shares(merge_and_split(), "x")
    assert told == {"a": Decimal("0.75"), "b": Decimal("0.25"), "m": 1, "x": 1}


def test_forward_a_thing_consists_of_its_part() -> None:
    told = shares(merge_and_split(), "b", Direction.FORWARD)
    quarter = Decimal("0.25")
    assert told == {"b": 1, "m": quarter, "x": quarter, "y": quarter}


def test_units_are_brought_to_one() -> None:
    tale = Tale()
    tale.turned([quantity("a", 1, "TNE"), quantity("b", 1000)], [quantity("m", 2000)])
    assert shares(tale, "m")["a"] == Decimal("0.5")


def test_an_amount_stated_before_counts_where_the_process_states_none() -> None:
    tale = Tale()
    tale.lot("a", 10)
    tale.lot("b", 30)
    tale.turned([quantity("a", None), quantity("b", None)], ["x"])
    told = shares(tale, "x")
    assert (told["a"], told["b"]) == (Decimal("0.25"), Decimal("0.75"))


def test_without_an_amount_nothing_is_guessed() -> None:
    tale = Tale()
    tale.turned(["a", quantity("b", 30)], ["x"])
    tale.turned([quantity("c", 1), quantity("d", 1, "XYZ")], ["y"])
    tale.turned([quantity("e", 0), quantity("f", 0)], ["z"])
    unknown = Absent.NOT_IN_EXPORT
    assert shares(tale, "x") == {"a": unknown, "b": unknown, "x": 1}
    assert shares(tale, "y") == {"c": unknown, "d": unknown, "y": 1}
    assert shares(tale, "z") == {"e": unknown, "f": unknown, "z": 1}


def test_pieces_with_a_weight_share_by_it() -> None:
    tale = Tale()
    tale.turned([], ["a"], ilmd=ilmd(netWeightKg=30))
    tale.turned([], ["b"], ilmd=ilmd(netWeightKg=10))
    tale.turned(["a", "b"], ["x"])
    assert shares(tale, "x")["a"] == Decimal("0.75")


def test_packed_things_make_up_their_container() -> None:
    tale = Tale()
    tale.packed("p", child_quantities=(quantity("a", 1), quantity("b", 3)))
    assert shares(tale, "p") == {"a": Decimal("0.25"), "b": Decimal("0.75"), "p": 1}


def test_a_load_under_way_has_no_share() -> None:
    tale = Tale()
    tale.packed("p", "x")
    tale.seen("p")
    tale.unpacked("p", "x")
    records = MemoryRecords(tale.statements())
    found = trace(records.graph(), records, "x", Direction.BACK)
    kinds = {found.versions[n].kind: found.shares[n] for n in found.nodes}
    assert kinds == {"": 1, CARRIAGE: Absent.NOT_IN_EXPORT}


def test_records_that_lead_back_to_themselves_have_no_share() -> None:
    tale = Tale()
    tale.turned(["b"], [], at=0, process="p")
    tale.turned([], ["a"], at=0, process="p")
    tale.turned(["a"], ["b"], at=1, process="q")
    tale.turned(["b"], [], at=2, process="p")
    told = shares(tale, "b")
    assert told["process/p"] is Absent.NOT_IN_EXPORT


AMOUNTS = st.lists(st.integers(1, 99), min_size=1, max_size=6)


@given(AMOUNTS, AMOUNTS)
def test_what_an_item_consists_of_adds_up_to_one(
    first: list[int], second: list[int]
) -> None:
    tale = Tale()
    inputs: list[str | Quantity] = [
        quantity(f"a{i}", each) for i, each in enumerate(first)
    ]
    tale.turned(inputs, [quantity("m", sum(first))])
    others = [quantity(f"b{i}", each) for i, each in enumerate(second)]
    tale.turned([quantity("m", sum(first)), *others], [quantity("x", 1)])
    told = shares(tale, "x")
    parts = [share for name, share in told.items() if name not in {"m", "x"}]
    known = [each for each in parts if not isinstance(each, Absent)]
    assert len(known) == len(parts)
    assert abs(sum(known, Decimal(0)) - 1) < Decimal("1e-20")
