from decimal import Decimal

import msgspec
import numpy as np

from explorer.core.absent import Absent
from explorer.model.events import EventKind
from explorer.provenance.event_data import State
from explorer.provenance.event_table import NO_TIME, Entry, Role
from tests.provenance.event_stories import ADD, START, Tale, quantity, void


def test_events_stand_in_the_order_of_their_times() -> None:
    tale = Tale()
    for at in (5, 1, 3, 1):
        tale.seen("x", at=at)
    data = tale.data()
    assert data.order.tolist() == [1, 3, 2, 0]
    assert data.rank.tolist() == [3, 0, 2, 1]


def test_an_event_without_time_stays_where_it_was_filed() -> None:
    tale = Tale()
    tale.seen("x", at=5)
    tale.seen("x", event_time_us=Absent.NOT_IN_EXPORT)
    tale.seen("x", at=1)
    data = tale.data()
    assert data.order.tolist() == [2, 0, 1]
    assert data.time[1] == NO_TIME


def test_the_time_of_the_ledger_stands_in_for_a_missing_one() -> None:
    tale = Tale()
    entry = Entry(3, 0, recorded_us=START)
    tale.seen("x", entry=entry, event_time_us=Absent.NOT_IN_EXPORT)
    tale.seen("x", at=-1)
    assert tale.data().order.tolist() == [1, 0]


def test_without_any_time_the_order_is_that_of_the_files() -> None:
    tale = Tale()
    for source in (1, 0, 0):
        tale.seen("x", source=source, event_time_us=Absent.NOT_IN_EXPORT)
    assert tale.data().order.tolist() == [1, 2, 0]


def test_states() -> None:
    tale = Tale()
    tale.seen("a", declared_id="1")
    tale.seen("a", at=0, declared_id="1")  # told again
    tale.seen("b", declared_id="1")  # something else under the same id
    tale.seen("c", declared_id="2")
    tale.events.append(void(tale.events[3]))
    tale.entries.append(Entry(-1, 4))
    tale.seen("d", entry=Entry(-1, 5, accepted=False))
    states = [State(each) for each in tale.data().state.tolist()]
    assert states == [
        State.ACTIVE,
        State.REPEAT,
        State.CONTESTED,
        State.VOID,
        State.VOID,
        State.REFUSED,
    ]


def test_without_ids_only_another_file_repeats() -> None:
    tale = Tale()
    tale.seen("a", at=0)
    tale.seen("a", at=0)
    tale.seen("a", at=0, source=1)
    states = tale.data().state.tolist()
    assert states == [State.ACTIVE, State.ACTIVE, State.REPEAT]


def test_one_entry_may_hold_several_events_with_its_id() -> None:
    tale = Tale()
    for thing in ("a", "b"):
        tale.seen(thing, declared_id="tx", entry=Entry(1, 0))
    assert tale.data().state.tolist() == [State.ACTIVE, State.ACTIVE]


def test_a_refused_event_contests_nothing() -> None:
    tale = Tale()
    tale.seen("a", declared_id="1", entry=Entry(1, 0, accepted=False))
    tale.seen("b", declared_id="1")
    assert tale.data().state.tolist() == [State.REFUSED, State.ACTIVE]


def test_a_lot_is_named_with_amounts_only() -> None:
    tale = Tale()
    tale.lot("lot", 5)
    tale.event(EventKind.OBSERVATION, things=("lot",))
    tale.turned([], [quantity("box", 10)])
    tale.seen("box")
    tale.seen("item")
    data = tale.data()
    batch = dict(zip(data.names, data.is_batch.tolist(), strict=True))
    assert batch == {"lot": True, "box": False, "item": False}


def test_histories_are_in_order_and_without_what_does_not_count() -> None:
    tale = Tale()
    tale.seen("x", at=2)
    tale.seen("x", at=1)
    tale.seen("x", at=3, entry=Entry(-1, 9, accepted=False))
    data = tale.data()
    events = data.mention_event[data.history(data.find_thing("x"))]
    assert events.tolist() == [1, 0]
    grouped = list(data.groups(data.select(np.ones(3, dtype=np.bool_))))
    assert grouped == [(0, [1, 0])]
    assert list(data.groups([])) == []


def test_words_places_and_mentions() -> None:
    tale = Tale()
    tale.turned([quantity("i", 3)], ["o"], step="commissioning", location="here")
    data = tale.data()
    assert data.word("never") == -2
    assert data.text(data.word("commissioning")) == "commissioning"
    assert data.text(int(data.place[0])) == "here"
    assert data.things_of(0, Role.OUTPUT) == [data.find_thing("o")]
    mention = data.mention(0)
    assert (mention.role, mention.is_single) == (Role.INPUT, False)
    assert (mention.amount, mention.unit) == (Decimal(3), "KGM")
    assert (mention.event, mention.thing) == (0, 0)


def test_an_empty_table_has_empty_columns() -> None:
    data = Tale().data()
    assert (data.count, data.order.tolist(), data.state.tolist()) == (0, [], [])


def test_actions_of_unreadable_events_are_none() -> None:
    tale = Tale()
    tale.made("x")
    tale.events[0] = msgspec.structs.replace(tale.events[0], action=Absent.UNREADABLE)
    assert not tale.data().has_action(ADD).any()
