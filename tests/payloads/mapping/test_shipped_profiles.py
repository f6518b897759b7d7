"""What the shipped profiles make of the sample ledgers; planted flaws must show."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

import pytest

from explorer.core.absent import Absent
from explorer.core.resources import resource, samples_folder
from explorer.crypto.trust import TrustStore
from explorer.encodings.profile_files import read_profile
from explorer.formats.fabric import open_ledgers
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.model.checks import Outcome
from explorer.model.content import EntryContent
from explorer.model.events import EntryPlace, TraceEvent
from explorer.model.master_data import MasterData
from explorer.payloads.mapping import Mapper, may_apply

DAY_US = 86_400_000_000

Key = tuple[int, int]


class Told:
    """Everything that the profile made of the ledger."""

    def __init__(self, contents: list[EntryContent]) -> None:
        name = "fabric-pear-trace.toml"
        profile = read_profile(resource("profiles", name).read_bytes(), name)
        assert may_apply(profile, "fabric", "pear-trace", contents)
        self.unread: Counter[str] = Counter()
        mapper = Mapper(profile, "pear-trace", self.unread)
        self.events: list[TraceEvent] = []
        self.master: list[MasterData] = []
        for content in contents:
            mapped = mapper.read(content)
            self.events += mapped.events
            self.master += mapped.master

    def at(self, block: int, entry: int) -> TraceEvent:
        (event,) = (e for e in self.events if place(e) == (block, entry))
        return event

    def steps(self, step: str) -> list[TraceEvent]:
        return [each for each in self.events if each.step == step]


def place(event: TraceEvent) -> Key:
    assert isinstance(event.entry, EntryPlace)
    return event.entry.block, event.entry.entry


def moment(event: TraceEvent) -> int:
    assert isinstance(event.event_time_us, int)
    return event.event_time_us


def contents() -> Iterator[EntryContent]:
    path = samples_folder() / "fabric-pear-trace" / "ledgersData"
    with open_evidence((path,)) as files:
        (ledger,) = open_ledgers(files, ReadingOptions(TrustStore()))
        for parsed in ledger.read():
            batch = ledger.resolve(parsed)
            outcomes = [Outcome.PASSED.value] * len(batch.claims)
            yield from ledger.replay(parsed, batch, outcomes).contents


@pytest.fixture(scope="module")
def told() -> Told:
    return Told(list(contents()))


def test_every_function_that_moves_goods_gives_events(told: Told) -> None:
    steps = Counter(each.step for each in told.events)
    assert steps == {
        "commissioning": 194,
        "": 97,
        "inspecting": 91,
        "retail_selling": 80,
        "other": 14,
        "shipping": 12,
        "receiving": 10,
        "record_deleted": 3,
        "holding": 1,
    }
    assert not told.unread
    assert not [each for each in told.events if each.flaws]


def test_more_is_packed_than_the_lot_held(told: Told) -> None:
    excess = [
        place(each)
        for each in told.events
        if each.output_quantities
        and sum(
            q.amount for q in each.output_quantities if isinstance(q.amount, Decimal)
        )
        > sum(q.amount for q in each.input_quantities if isinstance(q.amount, Decimal))
    ]
    assert excess == [(66, 0)]
    assert [q.thing for q in told.at(66, 0).input_quantities] == ["pear/lot/FJ20263B"]


def test_one_code_is_scanned_in_two_places_within_minutes(told: Told) -> None:
    first, second = told.at(136, 0), told.at(137, 0)
    assert first.things == second.things == ("pear/box/X00017",)
    assert moment(second) - moment(first) == 6 * 60 * 1_000_000
    assert (first.read_point, second.read_point) == (
        "geo:33.05,119.05",
        "geo:39.2,107.3",
    )
    named = {each.id: each.name for each in told.master}
    assert (named[first.read_point], named[second.read_point]) == ("星汀市", "北槎市")


def test_a_shipment_got_warm_unseen(told: Told) -> None:
    readings = told.at(99, 0).sensors
    times = [each.time_us for each in readings if isinstance(each.time_us, int)]
    gaps = [(b - a) // 3_600_000_000 for a, b in pairwise(times)]
    assert gaps == [2, 2, 8, 2]
    assert [str(each.value) for each in readings][-2:] == ["12.6", "8.9"]
    assert {(each.type, each.unit) for each in readings} == {("Temperature", "CEL")}


def test_entries_that_came_late(told: Told) -> None:
    late = {}
    for each in told.events:
        assert isinstance(each.entry, EntryPlace)
        if isinstance(each.entry.recorded_us, int):
            days = (each.entry.recorded_us - moment(each)) // DAY_US
            if days >= 7:
                late[place(each)] = days
    assert late == {
        (157, 0): 24,
        (169, 4): 21,
        (171, 3): 20,
        (179, 2): 24,
        (192, 0): 28,
        (192, 1): 27,
        (192, 2): 26,
        (192, 3): 25,
    }


def test_a_recall_after_everything_was_sold(told: Told) -> None:
    (recall,) = [each for each in told.events if each.set_dispositions]
    assert place(recall) == (153, 0)
    assert recall.set_dispositions == ("recalled",)
    assert [each.thing for each in recall.quantities] == [
        "pear/lot/HB20260001",
        "pear/lot/HB20260002",
    ]
    assert all(moment(each) < moment(recall) for each in told.steps("retail_selling"))
    assert told.at(152, 5).disposition == "non_conformant"


def test_two_shipments_never_arrive(told: Told) -> None:
    sent = {each.transactions[0].id for each in told.steps("shipping")}
    received = {each.transactions[0].id for each in told.steps("receiving")}
    assert sent - received == {"pear/shipment/YS0010", "pear/shipment/YS0011"}


def test_orchards_are_places_with_coordinates(told: Told) -> None:
    orchards = [each for each in told.master if each.role == "grower"]
    assert [each.id for each in orchards] == [f"pear/orchard/GY0{n}" for n in range(6)]
    assert str(orchards[0].latitude) == "33.09"
    assert {each.read_point for each in told.steps("commissioning")} >= {
        each.id for each in orchards
    }


def test_refused_entries_say_so(told: Told) -> None:
    refused = [
        place(each)
        for each in told.events
        if isinstance(each.entry, EntryPlace) and not each.entry.accepted
    ]
    assert (82, 0) in refused
    assert (83, 0) not in refused


def test_goods_are_measured_everywhere_they_are_made(told: Told) -> None:
    made = [q for e in told.events for q in (*e.output_quantities, *e.input_quantities)]
    assert made
    assert not [each for each in made if isinstance(each.amount, Absent)]
