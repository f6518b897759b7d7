from decimal import Decimal

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.model.events import (
    EntryPlace,
    ErrorDeclaration,
    EventKind,
    EventPlace,
    Quantity,
    TraceEvent,
)
from explorer.provenance.reconciliation import (
    DAY_US,
    Line,
    Status,
    lines_of,
    reconcile,
)

PLACE = EventPlace(0, 0, ByteSpan(0, 0, 0))


def line(
    thing: str, amount: str = "", day: int = 0, step: str = "", unit: str = "KGM"
) -> Line:
    return Line(
        thing,
        Decimal(amount) if amount else Absent.NOT_IN_EXPORT,
        unit,
        day * DAY_US,
        step,
        PLACE,
        Absent.NOT_IN_FORMAT,
    )


def statuses(here: list[Line], there: list[Line]) -> list[str]:
    return [each.status.value for each in reconcile(here, there).pairs]


def test_things_are_the_same_by_name_or_by_an_ending_that_one_has() -> None:
    there = [line("a/lot/1"), line("b/lot/1"), line("a/lot/2"), line("3")]
    assert statuses([line("lot/2"), line("2"), line("3")], there)[:3] == [
        "matched",
        "only-here",  # the one line of the ledger is spoken for
        "matched",
    ]
    assert statuses([line("1")], there)[0] == "only-here"


def test_amounts_units_and_times_are_compared() -> None:
    def differs(mine: Line, theirs: Line) -> list[str]:
        (pair,) = reconcile([mine], [theirs]).pairs
        return [each.field for each in pair.differences]

    assert differs(line("a", "1"), line("a", "1.000")) == []
    assert differs(line("a", "1000", unit="GRM"), line("a", "1")) == []
    assert differs(line("a", "1"), line("a", "1.1")) == ["amount"]
    assert differs(line("a", "1", unit="LTR"), line("a", "1")) == ["unit"]
    assert differs(line("a", "1"), line("a")) == ["amount"]
    assert differs(line("a"), line("a", "1")) == []
    assert differs(line("a", day=1), line("a", day=2)) == []
    assert differs(line("a", day=1), line("a", day=3)) == ["time"]


def test_tolerances() -> None:
    here, there = [line("a", "102", day=9)], [line("a", "100")]
    loose = reconcile(here, there, 10 * DAY_US, Decimal("0.02"))
    assert loose.count(Status.MATCHED) == 1
    assert reconcile(here, there).count(Status.DIFFERS) == 1


def test_the_nearest_line_of_a_thing_is_taken_once() -> None:
    there = [
        line("a", "5", 0, "commissioning"),
        line("a", "", 1, "inspecting"),
        line("a", "5", 9, "shipping"),
    ]
    found = reconcile([line("a", "5", 8), line("a", "5", 1, "inspecting")], there)
    steps = [p.there.step for p in found.pairs if isinstance(p.there, Line)]
    assert steps == ["shipping", "inspecting"]
    again = [line("a", "5")] * 4
    assert statuses(again, there).count("only-here") == 1


def test_only_things_of_a_named_kind_are_missing_in_the_list() -> None:
    there = [line("x/lot/1"), line("x/lot/2"), line("x/lot/2"), line("x/box/1")]
    found = reconcile([line("lot/1")], there)
    missing = [
        p.there.thing
        for p in found.pairs
        if p.status is Status.ONLY_THERE
        if isinstance(p.there, Line)
    ]
    assert missing == ["x/lot/2"]


def test_totals_are_sums_in_base_units() -> None:
    found = reconcile([line("a", "1"), line("b", "500", unit="GRM")], [line("a", "1")])
    assert found.here.amounts == {"KGM": Decimal("1.5")}
    assert (found.here.lines, found.here.things) == (2, 2)
    assert found.there.amounts == {"KGM": Decimal(1)}


def test_refused_and_void_events_give_no_lines() -> None:
    def event(**fields: object) -> TraceEvent:
        base = TraceEvent(
            kind=EventKind.OBJECT,
            place=PLACE,
            things=("a",),
            quantities=(Quantity("b", Decimal(1), "KGM"),),
        )
        return msgspec.structs.replace(base, **fields)

    refused = EntryPlace(1, 0, "t", "", False, False, Absent.NOT_IN_FORMAT)
    void = ErrorDeclaration(Absent.NOT_IN_EXPORT, "did_not_occur")
    lines = list(lines_of([event(), event(entry=refused), event(error=void)]))
    assert [each.thing for each in lines] == ["b", "a"]


_LINES = st.lists(
    st.builds(
        line,
        st.sampled_from(["k/a", "k/b", "a", "c"]),
        st.sampled_from(["", "1", "2"]),
        st.integers(0, 4),
    ),
    max_size=8,
)


@given(_LINES, _LINES)
def test_every_line_of_the_list_is_told_once(
    here: list[Line], there: list[Line]
) -> None:
    found = reconcile(here, there)
    told = [each.here for each in found.pairs if isinstance(each.here, Line)]
    assert told == here
    assert reconcile(there, there).count(Status.MATCHED) == len(there)
