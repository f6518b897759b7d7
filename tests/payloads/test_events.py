from collections import Counter
from collections.abc import Iterable

import pytest

from explorer.model.statements import FactGrade, Flow, LinkGrade
from explorer.payloads.events import EventLineage
from tests.payloads.story import said


@pytest.fixture
def unread() -> Counter[str]:
    return Counter()


@pytest.fixture
def lineage(unread: Counter[str]) -> EventLineage:
    return EventLineage(unread)


def short(flows: Iterable[Flow]) -> set[tuple[str, str, str]]:
    def name(version: tuple[str, int, int]) -> str:
        return f"{version[0]}@{version[1]}"

    return {(name(f.source), name(f.target), f.relation) for f in flows}


def seen(*things: str, action: str = "OBSERVE") -> dict[str, object]:
    return {"type": "ObjectEvent", "action": action, "epcList": list(things)}


def packed(parent: str, *children: str, action: str = "ADD") -> dict[str, object]:
    return {
        "type": "AggregationEvent",
        "action": action,
        "parentID": parent,
        "childEPCs": list(children),
    }


def made(inputs: list[str], outputs: list[str], process: str = "") -> dict[str, object]:
    return {
        "type": "TransformationEvent",
        "inputEPCList": inputs,
        "outputEPCList": outputs,
        "transformationID": process,
    }


def test_each_event_makes_a_version(lineage: EventLineage) -> None:
    first = lineage.add(said(1, seen("a", action="ADD")))
    assert [(t.thing, t.block) for t in first.things] == [("a", 1)]
    assert first.flows == ()
    assert short(lineage.add(said(2, seen("a"))).flows) == {("a@1", "a@2", "revision")}
    assert short(lineage.add(said(3, seen("a"))).flows) == {("a@2", "a@3", "revision")}


def test_a_transformation_leads_inputs_into_outputs(lineage: EventLineage) -> None:
    lineage.add(said(1, seen("a", action="ADD")))
    told = lineage.add(said(2, made(["a", "b"], ["c"])))
    assert short(told.flows) == {
        ("a@1", "a@2", "revision"),
        ("a@2", "c@2", "derivation"),
        ("b@2", "c@2", "derivation"),
    }
    assert {f.link for f in told.flows} == {LinkGrade.NAMED}
    assert {f.fact for f in told.flows} == {FactGrade.SIGNED}


def test_a_thing_that_is_input_and_output_is_only_revised(
    lineage: EventLineage,
) -> None:
    lineage.add(said(1, seen("a")))
    told = lineage.add(said(2, made(["a"], ["a"])))
    assert short(told.flows) == {("a@1", "a@2", "revision")}


def test_events_of_one_process_meet(lineage: EventLineage) -> None:
    first = lineage.add(said(1, made(["a"], [], "t")))
    second = lineage.add(said(2, made([], ["z"], "t")))
    late = lineage.add(said(3, made(["b"], [], "t")))
    assert short(first.flows) == {("a@1", "process/t@1", "derivation")}
    assert short(second.flows) == {("process/t@1", "z@2", "derivation")}
    assert short(late.flows) == {("b@3", "process/t@1", "derivation")}
    assert [t.kind for t in first.things if t.thing == "process/t"] == ["process"]
    assert not [t for t in second.things if t.thing == "process/t"]


def test_packing_leads_children_into_the_parent(lineage: EventLineage) -> None:
    told = lineage.add(said(1, packed("p", "a", "b")))
    assert short(told.flows) == {
        ("a@1", "p@1", "containment"),
        ("b@1", "p@1", "containment"),
    }


def test_what_happens_to_a_parent_happens_to_its_contents(
    lineage: EventLineage,
) -> None:
    lineage.add(said(1, packed("box", "a")))
    lineage.add(said(2, packed("pallet", "box")))
    told = lineage.add(said(3, seen("pallet")))
    assert ("a@2", "a@3", "revision") in short(told.flows)
    assert {t.thing for t in told.things} == {"pallet", "box", "a"}


def test_a_later_child_does_not_touch_the_first(lineage: EventLineage) -> None:
    lineage.add(said(1, packed("box", "a")))
    told = lineage.add(said(2, packed("box", "b")))
    assert {t.thing for t in told.things} == {"box", "b"}


def test_unpacked_things_do_not_come_from_what_lay_beside_them(
    lineage: EventLineage,
) -> None:
    lineage.add(said(1, packed("box", "a", "b")))
    told = lineage.add(said(2, packed("box", "a", action="DELETE")))
    assert short(told.flows) == {
        ("a@1", "a@2", "revision"),
        ("box@1", "box@2", "revision"),
    }
    later = lineage.add(said(3, seen("box")))
    assert {t.thing for t in later.things} == {"box", "b"}


def test_unpacking_without_children_takes_all_out(lineage: EventLineage) -> None:
    lineage.add(said(1, packed("box", "a", "b")))
    told = lineage.add(said(2, packed("box", action="DELETE")))
    assert {t.thing for t in told.things} == {"box", "a", "b"}
    assert {t.thing for t in lineage.add(said(3, seen("box"))).things} == {"box"}


def test_a_carrier_filled_again_does_not_hold_its_old_load(
    lineage: EventLineage,
) -> None:
    lineage.add(said(1, packed("crate", "a")))
    lineage.add(said(2, packed("crate", action="DELETE")))
    told = lineage.add(said(3, packed("crate", "b")))
    assert short(told.flows) == {("b@3", "crate@3", "containment")}


def test_an_association_attaches(lineage: EventLineage) -> None:
    event = packed("trailer", "sensor") | {"type": "AssociationEvent"}
    told = lineage.add(said(1, event))
    assert short(told.flows) == {("sensor@1", "trailer@1", "association")}


def test_contents_that_hold_each_other_end(lineage: EventLineage) -> None:
    lineage.add(said(1, packed("a", "b")))
    lineage.add(said(2, packed("b", "a")))
    told = lineage.add(said(3, seen("a")))
    assert {t.thing for t in told.things} == {"a", "b"}


def test_too_many_contents_are_counted(
    lineage: EventLineage, unread: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explorer.payloads.events.MAX_INHERITED", 3)
    lineage.add(said(1, packed("p", "a", "b", "c", "d")))
    told = lineage.add(said(2, seen("p")))
    assert len(told.things) == 4
    assert unread == {"too-many-contents": 1}


def test_a_transaction_is_about_things(lineage: EventLineage) -> None:
    event = {
        "type": "TransactionEvent",
        "epcList": ["a"],
        "bizTransactionList": [{"bizTransaction": "po-1"}],
    }
    told = lineage.add(said(1, event))
    assert short(told.flows) == {("a@1", "po-1@1", "about")}
    assert [t.kind for t in told.things] == ["", "document"]


def test_the_end_of_an_object_is_a_deletion(lineage: EventLineage) -> None:
    told = lineage.add(said(1, seen("a"), seen("a", action="DELETE")))
    assert [t.is_deleted for t in told.things] == [True]


def test_events_of_one_entry_share_its_version(lineage: EventLineage) -> None:
    told = lineage.add(said(1, made(["a"], ["b"]), made(["b"], ["c"]), seen("a")))
    assert short(told.flows) == {
        ("a@1", "b@1", "derivation"),
        ("b@1", "c@1", "derivation"),
    }
    assert len(told.acts) == 1


def test_the_act_says_what_and_when(lineage: EventLineage) -> None:
    step = {"bizStep": "packing", "eventTime": "1970-01-01T00:00:05Z"}
    (act,) = lineage.add(said(9, seen("a") | step, seen("b"), verified=False)).acts
    assert (act.what, act.time_us) == ("packing, ObjectEvent", 5_000_000)
    assert (act.agent, act.fact) == ("Alice", FactGrade.STATED)
    (plain,) = lineage.add(said(10, {"item": "a"}, kind="scan")).acts
    assert (plain.what, plain.time_us) == ("scan", 10_000_000)


def test_a_refused_entry_changes_nothing(lineage: EventLineage) -> None:
    lineage.add(said(1, seen("a")))
    told = lineage.add(
        said(2, made(["a"], ["c"], "t"), packed("p", "a"), accepted=False)
    )
    assert {f.is_struck for f in told.flows} == {True}
    assert ("a@2", "c@2", "derivation") in short(told.flows)
    assert short(lineage.add(said(3, seen("a"))).flows) == {("a@1", "a@3", "revision")}
    assert lineage.add(said(4, seen("p"))).flows == ()


def test_unreadable_payloads_are_counted_by_reason(
    lineage: EventLineage, unread: Counter[str]
) -> None:
    told = lineage.add(said(1, b"{", {"x": 1}))
    assert (told.things, told.flows, told.acts) == ((), (), ())
    assert unread == {"not-readable-json": 1, "not-an-event": 1}
    lineage.add(said(2, {"item": "a", "time": "soon"}))
    assert unread["time-not-read"] == 1


def test_an_event_told_twice_in_one_entry_counts_once(lineage: EventLineage) -> None:
    told = lineage.add(said(1, made(["a"], ["b"]), made(["a"], ["b"])))
    assert len(told.flows) == 1


def test_a_refused_unpacking_leaves_things_inside(lineage: EventLineage) -> None:
    lineage.add(said(1, packed("box", "a")))
    lineage.add(said(2, packed("box", "a", action="DELETE"), accepted=False))
    assert {t.thing for t in lineage.add(said(3, seen("box"))).things} == {"box", "a"}


def test_a_refused_packing_puts_nothing_in(lineage: EventLineage) -> None:
    lineage.add(said(1, packed("box", "a"), accepted=False))
    assert {t.thing for t in lineage.add(said(2, seen("box"))).things} == {"box"}


def test_an_observed_load_is_touched_whole(lineage: EventLineage) -> None:
    lineage.add(said(1, packed("box", "a", "b")))
    told = lineage.add(said(2, packed("box", "a", action="OBSERVE")))
    assert {t.thing for t in told.things} == {"box", "a", "b"}
    assert {f.relation for f in told.flows} == {"revision"}


def test_children_without_a_parent_are_only_seen(lineage: EventLineage) -> None:
    told = lineage.add(said(1, packed("", "a")))
    assert [t.thing for t in told.things] == ["a"]
    assert told.flows == ()
    assert lineage.add(said(2, packed("", "a", action="DELETE"))).acts


def test_hostile_counts_are_gathered(lineage: EventLineage) -> None:
    many = [f"a{i}" for i in range(200)]
    told = lineage.add(said(1, made(many, [f"b{i}" for i in range(200)])))
    assert len(told.flows) == 400
    assert "entry" in {t.kind for t in told.things}
