from collections import Counter
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.encodings.profile_files import read_profile
from explorer.model.blocks import NO_BLOCK
from explorer.model.content import ROWS_TYPE, Document, EntryContent, KeyWrite
from explorer.model.events import Action, Extra, Quantity, Reference, TraceEvent
from explorer.payloads.mapping import Mapped, Mapper, mapper, may_apply
from tests.payloads.story import said

HEAD = 'version = 1\nname = "mine"\nzone = "+08:00"\n'
SPAN = ByteSpan(0, 5, 9)


class Tried:
    """A profile applied to some entries."""

    def __init__(self, rules: str, *contents: EntryContent, head: str = HEAD) -> None:
        self.unread: Counter[str] = Counter()
        self.profile = read_profile((head + rules).encode(), "mine.toml")
        applied = Mapper(self.profile, "title", self.unread)
        self.mapped: list[Mapped] = [applied.read(each) for each in contents]

    @property
    def events(self) -> list[TraceEvent]:
        return [event for each in self.mapped for event in each.events]

    @property
    def event(self) -> TraceEvent:
        (event,) = self.events
        return event

    def flaws(self) -> set[tuple[str, str]]:
        return {(flaw.reason, flaw.field) for e in self.events for flaw in e.flaws}


def wrote(*pairs: tuple[str, object], kind: str = "Put") -> EntryContent:
    writes = tuple(
        KeyWrite(
            "cc",
            key,
            value if isinstance(value, bytes) else msgspec.json.encode(value),
            value is None,
            SPAN,
        )
        for key, value in pairs
    )
    return EntryContent(
        7,
        1,
        "tx",
        kind,
        "Org",
        False,
        True,
        1_000_000,
        writes=writes,
        arguments=("a", '{"n":1.50}', "{broken"),
    )


def rows(*each: dict[str, str]) -> EntryContent:
    document = Document(ROWS_TYPE, msgspec.json.encode(each), SPAN)
    return EntryContent(
        NO_BLOCK,
        3,
        "",
        "row",
        "",
        False,
        True,
        Absent.NOT_IN_FORMAT,
        documents=(document,),
    )


SEEN = '[[event]]\nof = "documents"\nkind = "observation"\nthings = ["{id}"]\n'


def test_documents_give_events_with_their_entry() -> None:
    tried = Tried(
        SEEN + 'time = "{t}"\n', said(4, {"id": "x", "t": "2026-09-01 08:00"})
    )
    event = tried.event
    assert event.things == ("x",)
    assert event.event_time_us == 1788220800000000
    assert event.written_zone_minutes is Absent.NOT_IN_EXPORT
    assert not isinstance(event.entry, Absent)
    assert (event.entry.block, event.entry.author) == (4, "Alice")
    assert event.flaws == ()


def test_a_list_gives_one_event_for_each_element() -> None:
    tried = Tried(SEEN, said(4, [{"id": "x"}, {"id": "y"}, {"no": 1}]))
    assert [(e.things, e.place.position) for e in tried.events] == [
        (("x",), 0),
        (("y",), 1),
    ]
    assert tried.unread == {"names-no-thing": 1}


def test_writes_are_chosen_by_key_and_function() -> None:
    rule = (
        '[[event]]\nof = "writes"\nkeys = "lot/*"\nfunctions = ["Put"]\n'
        'kind = "object"\naction = "ADD"\nquantities = '
        '[{ thing = "{@thing}", amount = "{kg}", unit = "kg" }]\n'
    )
    content = wrote(("lot/1", {"kg": 1.10}), ("box/2", {"kg": 2}), ("lot/3", None))
    tried = Tried(rule, content, wrote(("lot/4", {"kg": 1}), kind="Other"))
    assert tried.event.quantities == (Quantity("cc/lot/1", Decimal("1.1"), "KGM"),)
    assert tried.event.action is Action.ADD
    assert tried.event.place.span == SPAN


def test_deletions_are_chosen_when_asked_for() -> None:
    rule = (
        '[[event]]\nof = "writes"\ndeleted = true\nkind = "observation"\n'
        'things = ["{@key}"]\n'
    )
    assert Tried(rule, wrote(("a", 1), ("b", None))).event.things == ("b",)


def test_having_lacking_and_equal() -> None:
    rule = SEEN + 'having = ["a"]\nlacking = ["b"]\nequal = { "c.d" = "1" }\n'
    good = {"id": "x", "a": {"z": 1}, "b": None, "c": {"d": 1}}
    for wrong in ({"a": None}, {"b": 0}, {"c": {"d": 2}}, {"c": 1}):
        assert not Tried(rule, said(1, {**good, **wrong})).events
    assert Tried(rule, said(1, good)).event.things == ("x",)


def test_an_entry_as_a_whole_sees_what_it_wrote_and_was_told() -> None:
    rule = (
        '[[event]]\nkind = "transformation"\nlocation = { id = "{@writes.at}" }\n'
        'process = "{@id}/{@title}"\nextra = { n = "{@arguments[1].n}" }\n'
        'input_quantities = [{ writes = "a/*", thing = "{@key}", amount = "{n}" }]\n'
        'output_quantities = [{ writes = "b/*", thing = "{@key}", amount = "{n}" }]\n'
    )
    content = wrote(("a/1", {"n": 2, "at": "P"}), ("b/1", {"n": 1}), ("b/2", b"{"))
    event = Tried(rule, content).event
    assert event.input_quantities == (Quantity("a/1", Decimal(2)),)
    assert event.output_quantities == (Quantity("b/1", Decimal(1)),)
    assert (event.process, event.location) == ("tx/title", "P")
    assert event.extensions == (Extra("n", "1.50"),)


def test_arguments_that_are_objects() -> None:
    rule = '[[event]]\nof = "arguments"\nkind = "observation"\nthings = ["n{n}"]\n'
    assert Tried(rule, wrote()).event.things == ("n1.50",)


def test_words_are_put_into_ours() -> None:
    rule = SEEN + 'step = { value = "{s}", words = { "发货" = "shipping" } }\n'
    steps = [e.step for e in Tried(rule, said(1, {"id": "x", "s": "发货"})).events]
    steps += [e.step for e in Tried(rule, said(1, {"id": "x", "s": "收"})).events]
    assert steps == ["shipping", "收"]


def test_rows_of_one_event_are_one_record() -> None:
    rule = (
        '[[event]]\nof = "rows"\nkind = "transformation"\ntime = "{Date}"\n'
        "input_quantities = "
        '[{ each = "@rows", thing = "{In}", amount = "{InQty}", unit = "{U}" }]\n'
        "output_quantities = [{ each = '@rows', distinct = true, thing = '{Out}', "
        "amount = '{OutQty}' }]\n"
    )
    row = {"Date": "2026-09-01", "U": "lb", "Out": "C", "OutQty": "9"}
    content = rows({**row, "In": "A", "InQty": "5"}, {**row, "In": "B", "InQty": "4"})
    event = Tried(rule, content).event
    assert event.input_quantities == (
        Quantity("A", Decimal(5), "LBR"),
        Quantity("B", Decimal(4), "LBR"),
    )
    assert event.output_quantities == (Quantity("C", Decimal(9)),)
    assert isinstance(event.entry, Absent)
    assert event.place.position == 3


def test_rows_that_disagree_are_a_flaw() -> None:
    rule = (
        '[[event]]\nof = "rows"\nkind = "observation"\nthings = ["{In}"]\n'
        'time = "{Date}"\n'
    )
    tried = Tried(
        rule, rows({"In": "A", "Date": "2026-09-01"}, {"In": "B", "Date": "2026-09-02"})
    )
    assert tried.event.things == ("A", "B")
    assert ("several-values", "time") in tried.flaws()
    assert tried.event.event_time_us is Absent.NOT_IN_EXPORT


@pytest.mark.parametrize(
    ("rule", "record", "flaw"),
    [
        ('time = "{t}"', {"t": "3/4/2026"}, ("time-ambiguous", "time")),
        ('time = "{t}"', {"t": "soon"}, ("time-not-read", "time")),
        ('time = "{t}"', {}, ("field-missing", "time")),
        (
            'quantities = [{ thing = "{q}", amount = "{n}" }]',
            {"q": "L", "n": "1,200"},
            ("amount-ambiguous", "quantities.amount"),
        ),
        (
            'quantities = [{ thing = "{q}", amount = "{n}" }]',
            {"n": 1},
            ("field-missing", "quantities.thing"),
        ),
        (
            'quantities = [{ thing = "{q}", amount = "{n}" }]',
            {"q": ["L", "M"], "n": 1},
            ("amount-of-several", "quantities"),
        ),
        ('step = "{s}"', {"s": ["a", "b"]}, ("several-values", "step")),
        (
            'extra = { x = "{a}{b}" }',
            {"a": [1, 2], "b": [3, 4]},
            ("several-lists", "x"),
        ),
        (
            'read_point = { latitude = "{y}", longitude = "{x}" }',
            {"y": 91, "x": 0},
            ("coordinates-impossible", "read_point.latitude"),
        ),
    ],
)
def test_what_cannot_be_read_is_absent_and_said(
    rule: str, record: dict[str, object], flaw: tuple[str, str]
) -> None:
    tried = Tried(SEEN + rule + "\n", said(1, {"id": "x", **record}))
    assert flaw in tried.flaws()


def test_times_without_a_zone_are_said_where_the_profile_has_none() -> None:
    head = HEAD.replace('zone = "+08:00"\n', "")
    tried = Tried(
        SEEN + 'time = "{t}"\n', said(1, {"id": "x", "t": "2026-09-01"}), head=head
    )
    assert tried.flaws() == {("time-zone-missing", "time")}
    assert tried.event.event_time_us == 1788220800000000


def test_places_with_coordinates_become_master_data_once() -> None:
    rule = SEEN + 'read_point = { name = "{p}", latitude = "{y}", longitude = "{x}" }\n'
    record = {"id": "x", "p": "Town", "y": 33.050, "x": 119}
    tried = Tried(rule, said(1, record), said(2, record))
    assert {e.read_point for e in tried.events} == {"geo:33.05,119"}
    (told,) = [each for mapped in tried.mapped for each in mapped.master]
    assert (told.kind, told.name, told.latitude) == ("place", "Town", Decimal("33.05"))


def test_master_data_of_values() -> None:
    rule = (
        '[[master]]\nof = "writes"\nkeys = "farm/*"\nkind = "place"\n'
        'id = "{@thing}"\nname = "{n}"\nlatitude = "{y}"\nattributes = { a = "{a}" }\n'
    )
    content = wrote(("farm/1", {"n": "F", "y": "north", "a": [1, 2]}))
    tried = Tried(rule + SEEN, content)
    (told,) = tried.mapped[0].master
    assert (told.id, told.name, told.latitude) == ("cc/farm/1", "F", Absent.UNREADABLE)
    assert told.attributes == (Extra("a", "1"), Extra("a", "2"))
    assert tried.unread == {"amount-not-read": 1}


def test_readings_references_and_dispositions() -> None:
    rule = SEEN + (
        'set_dispositions = ["recalled"]\ncertifications = ["{c}"]\n'
        'time = "2026-09-22 14:00"\ntransactions = [{ type = "po", id = "{o}" }]\n'
        '[[event.sensors]]\neach = "r"\ntype = "Temperature"\nvalue = "{[1]}"\n'
        'unit = "℃"\ntime = { value = "{[0]}", forms = ["MM-DD hh:mm"] }\n'
    )
    record = {
        "id": "x",
        "o": "PO1",
        "r": [["09-20 14:15", 2.2], ["09-20 16:15", "?"], [1]],
    }
    event = Tried(rule, said(1, record)).event
    assert event.transactions == (Reference("po", "PO1"),)
    assert event.set_dispositions == ("recalled",)
    assert [(str(r.value), r.text, r.unit) for r in event.sensors] == [
        ("2.2", "", "CEL"),
        ("not-in-export", "?", "CEL"),
    ]
    assert event.sensors[0].time_us == 1789884900000000


def test_values_that_could_be_read_twice_are_refused() -> None:
    content = wrote(("a", b'{"id":1,"id":2}'), ("b", b"\xff"), ("c", b"[NaN]"))
    rule = '[[event]]\nof = "writes"\nkind = "observation"\nthings = ["{id}"]\n'
    tried = Tried(rule, content)
    assert not tried.events
    assert tried.unread == {"value-not-json": 1}
    assert not Tried(SEEN, said(1, b"[" * 100_000)).events
    deep = b"[" * 70 + b"]" * 70
    assert Tried(SEEN, said(1, deep)).unread == {"value-not-json": 1}


def test_very_long_numbers_stay_short() -> None:
    tried = Tried(SEEN, said(1, b'{"id":1e999999999}'))
    assert len(tried.event.things[0]) < 20


def test_too_many_events_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapper, "MAX_EVENTS_PER_ENTRY", 3)
    tried = Tried(SEEN, said(1, [{"id": str(n)} for n in range(4)]))
    assert len(tried.events) == 3
    assert tried.unread == {"too-many-events": 1}


@pytest.mark.parametrize(
    ("applies", "answer"),
    [
        ("", False),
        ('formats = ["f"]', True),
        ('formats = ["g"]', False),
        ('titles = ["t"]\nspaces = ["cc"]\nfunctions = ["Put", "Get"]', True),
        ('titles = ["u"]\nspaces = ["cc"]', False),
        ('fields = ["id"]', True),
        ('fields = ["id", "other"]', False),
        ('columns = ["Lot"]', True),
        ('columns = ["Lot", "Date"]', False),
    ],
)
def test_where_a_profile_applies(applies: str, answer: bool) -> None:
    text = HEAD + f"[applies]\n{applies}\n" + SEEN
    profile = read_profile(text.encode(), "mine.toml")
    contents = [
        wrote(("a", 1)),
        said(1, b"?"),
        said(1, {"id": 1}),
        rows({"Lot": "1"}),
    ]
    assert may_apply(profile, "f", "t", contents) is answer


@given(st.binary(max_size=60))
def test_no_bytes_make_the_mapper_raise(data: bytes) -> None:
    Tried(SEEN + 'time = "{t[0]}"\n', said(1, data), wrote(("k", data)))
