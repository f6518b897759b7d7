from collections import Counter
from collections.abc import Iterable

import msgspec
import pytest

from explorer.core.absent import Absent
from explorer.model.content import EntryContent, KeyRead
from explorer.model.statements import FactGrade, Flow, LinkGrade, Statements
from explorer.payloads.key_versions import KeyVersionLineage
from tests.payloads.story import Story, pear_story


@pytest.fixture
def unread() -> Counter[str]:
    return Counter()


@pytest.fixture
def lineage(unread: Counter[str]) -> KeyVersionLineage:
    return KeyVersionLineage(unread)


def play(lineage: KeyVersionLineage, contents: Iterable[EntryContent]) -> Statements:
    """Return what the last entry says."""
    last = Statements()
    for each in contents:
        last = lineage.add(each)
    return last


def short(flows: Iterable[Flow]) -> set[tuple[str, str, str]]:
    def name(version: tuple[str, int, int]) -> str:
        return f"{version[0].removeprefix('pear/')}@{version[1]}"

    return {(name(f.source), name(f.target), f.relation) for f in flows}


def test_a_harvest_makes_a_lot_from_its_orchard(lineage: KeyVersionLineage) -> None:
    said = play(lineage, pear_story().contents[:3])
    assert short(said.flows) == {("orchard/GY1@1", "lot/PC1@3", "derivation")}
    (thing,) = said.things
    assert (thing.thing, thing.kind, thing.label) == ("pear/lot/PC1", "lot", "PC1")
    assert thing.value == b"Harvest lot/PC1"


def test_a_merge_takes_lots_as_they_were_read_and_revises_them(
    lineage: KeyVersionLineage,
) -> None:
    said = play(lineage, pear_story().contents[:6])
    assert short(said.flows) == {
        ("lot/PC1@5", "lot/HB1@6", "derivation"),
        ("lot/PC2@4", "lot/HB1@6", "derivation"),
        ("lot/PC1@5", "lot/PC1@6", "revision"),
        ("lot/PC2@4", "lot/PC2@6", "revision"),
    }
    assert {f.link for f in said.flows} == {LinkGrade.ENFORCED}
    assert {f.fact for f in said.flows} == {FactGrade.SIGNED}


def test_a_split_makes_several_from_one(lineage: KeyVersionLineage) -> None:
    said = play(lineage, pear_story().contents[:7])
    assert short(said.flows) == {
        ("lot/HB1@6", "lot/FJ1@7", "derivation"),
        ("lot/HB1@6", "lot/FJ2@7", "derivation"),
        ("lot/HB1@6", "lot/HB1@7", "revision"),
    }


def test_an_inspection_is_about_the_lot(lineage: KeyVersionLineage) -> None:
    said = play(lineage, pear_story().contents[:5])
    assert ("lot/PC1@3", "inspection/JC1@5", "about") in short(said.flows)


def test_things_revised_together_are_not_mixed(lineage: KeyVersionLineage) -> None:
    said = play(lineage, pear_story().contents[:9])
    assert ("box/X1@8", "box/X2@9", "derivation") not in short(said.flows)
    assert ("box/X1@8", "box/X1@9", "revision") in short(said.flows)


def test_system_spaces_are_no_things(lineage: KeyVersionLineage) -> None:
    story = Story(space="_lifecycle$$h_implicit_org_A")
    assert lineage.add(story.tx("Approve", (), ("key",))) == Statements()
    assert lineage.add(Story(space="lscc").tx("deploy", (), ("pear",))) == Statements()


def test_reading_without_writing_is_an_act_only(lineage: KeyVersionLineage) -> None:
    story = Story()
    lineage.add(story.tx("Create", (), ("lot/1",)))
    said = lineage.add(story.tx("Look", ("lot/1",)))
    assert (said.things, said.flows) == ((), ())
    (act,) = said.acts
    assert (act.what, act.agent, act.entry_id) == ("Look", "OrchardMSP", "tx2")
    assert (act.time_us, act.fact, act.is_struck) == (
        2_000_000,
        FactGrade.SIGNED,
        False,
    )


def test_a_refused_entry_only_attempts(lineage: KeyVersionLineage) -> None:
    story = pear_story()
    play(lineage, story.contents[:11])
    said = lineage.add(story.contents[11])
    assert [f.is_struck for f in said.flows] == [True]
    assert said.acts[0].is_struck
    assert said.flows[0].link is LinkGrade.NAMED
    after = lineage.add(story.tx("Scan", ("box/X1",), ("box/X1",)))
    assert ("box/X1@11", "box/X1@16", "revision") in short(after.flows)


def test_a_refused_entry_cannot_make_up_a_version(
    lineage: KeyVersionLineage, unread: Counter[str]
) -> None:
    story = Story()
    lineage.add(story.tx("Create", (), ("lot/1",)))
    story.block = 9
    said = lineage.add(
        story.tx("Take", (), ("box/1",), at={"lot/1": (8, 7)}, accepted=False)
    )
    assert short(said.flows) == {("lot/1@1", "box/1@10", "derivation")}
    assert [t.thing for t in said.things] == ["pear/box/1"]
    assert unread == {"read-version-unknown": 1}
    fresh = story.tx("Take", (), ("box/2",), at={"lot/2": (8, 7)}, accepted=False)
    assert lineage.add(fresh).flows == ()


def test_a_version_that_is_not_earlier_is_not_used(
    lineage: KeyVersionLineage, unread: Counter[str]
) -> None:
    story = Story(enforced=False)
    lineage.add(story.tx("Create", (), ("lot/1",)))
    said = lineage.add(story.tx("Take", (), ("box/1",), at={"lot/1": (2, 0)}))
    assert said.flows == ()
    assert unread == {"read-version-not-earlier": 1}


def test_a_version_from_before_the_export_is_held_a_place(
    lineage: KeyVersionLineage,
) -> None:
    story = Story(enforced=False)
    story.block = 99
    said = lineage.add(story.tx("Pack", (), ("box/1",), at={"lot/1": (7, 2)}))
    assert [(t.thing, t.block, t.entry, t.value) for t in said.things] == [
        ("pear/lot/1", 7, 2, b""),
        ("pear/box/1", 100, 0, b"Pack box/1"),
    ]
    assert short(said.flows) == {("lot/1@7", "box/1@100", "derivation")}
    assert said.flows[0].link is LinkGrade.NAMED


def test_a_version_made_without_a_new_value_keeps_the_line(
    lineage: KeyVersionLineage,
) -> None:
    story = Story()
    lineage.add(story.tx("Create", (), ("box/1",)))
    story.block = 4
    said = lineage.add(story.tx("Scan", (), ("box/1",), at={"box/1": (3, 0)}))
    assert short(said.flows) == {
        ("box/1@1", "box/1@3", "revision"),
        ("box/1@3", "box/1@5", "revision"),
    }
    held = next(f for f in said.flows if f.target[1] == 3)
    assert (held.block, held.entry) == (3, 0)


def test_a_blind_write_only_names_the_thing_before(lineage: KeyVersionLineage) -> None:
    story = Story()
    lineage.add(story.tx("Create", (), ("lot/1", "lot/2")))
    said = lineage.add(story.tx("Put", ("lot/2",), ("lot/1",)))
    links = {f.relation: f.link for f in said.flows}
    assert links == {"revision": LinkGrade.NAMED, "derivation": LinkGrade.ENFORCED}
    assert ("lot/1@1", "lot/1@2", "revision") in short(said.flows)
    assert ("lot/2@1", "lot/1@2", "derivation") in short(said.flows)


def test_deleting_ends_a_thing_and_making_it_again_begins_anew(
    lineage: KeyVersionLineage,
) -> None:
    story = Story()
    lineage.add(story.tx("Create", (), ("lot/1",)))
    gone = lineage.add(story.tx("Delete", ("lot/1",), deletes=("lot/1",)))
    assert [t.is_deleted for t in gone.things] == [True]
    assert short(gone.flows) == {("lot/1@1", "lot/1@2", "revision")}
    assert lineage.add(story.tx("Create", ("lot/1",), ("lot/1",))).flows == ()
    lineage.add(story.tx("Delete", (), deletes=("lot/1",)))
    assert lineage.add(story.tx("Put", (), ("lot/1",))).flows == ()


def test_a_deleted_input_is_still_an_input_but_no_output(
    lineage: KeyVersionLineage,
) -> None:
    story = Story()
    lineage.add(story.tx("Create", (), ("lot/1", "lot/2")))
    said = lineage.add(
        story.tx("Use", ("lot/1",), ("box/1",), deletes=("lot/1", "lot/2"))
    )
    assert short(said.flows) == {
        ("lot/1@1", "box/1@2", "derivation"),
        ("lot/1@1", "lot/1@2", "revision"),
        ("lot/2@1", "lot/2@2", "revision"),
    }


def test_deleting_what_never_was_says_nothing_of_things(
    lineage: KeyVersionLineage,
) -> None:
    said = lineage.add(Story().tx("Delete", ("lot/1",), deletes=("lot/1",)))
    assert (said.things, said.flows) == ((), ())
    assert len(said.acts) == 1


def test_a_counter_read_and_written_by_all_does_not_join_them(
    lineage: KeyVersionLineage,
) -> None:
    story = Story()
    lineage.add(story.tx("Begin", (), ("counter",)))
    lineage.add(story.tx("Make", ("counter",), ("counter", "box/1")))
    last = lineage.add(story.tx("Make", ("counter",), ("counter", "box/2")))
    assert not any("box/1" in f.source[0] for f in last.flows)
    assert ("counter@2", "box/2@3", "derivation") in short(last.flows)


def test_a_key_read_twice_counts_once(lineage: KeyVersionLineage) -> None:
    story = Story()
    lineage.add(story.tx("Create", (), ("lot/1",)))
    content = story.tx("Pack", ("lot/1",), ("box/1",))
    again = KeyRead("pear", "lot/1", (1, 0))
    absent = KeyRead("pear", "lot/1", Absent.NOT_IN_FORMAT)
    reads = (absent, *content.reads, again)
    twice = msgspec.structs.replace(content, reads=reads)
    assert short(lineage.add(twice).flows) == {("lot/1@1", "box/1@2", "derivation")}


def test_own_document_kinds_replace_the_usual(unread: Counter[str]) -> None:
    lineage = KeyVersionLineage(unread, frozenset({"lot"}))
    said = play(lineage, pear_story().contents[:5])
    assert {f.relation for f in said.flows} == {"revision", "derivation"}


def test_a_refused_write_is_not_what_a_later_one_follows(
    lineage: KeyVersionLineage,
) -> None:
    story = Story()
    lineage.add(story.tx("Create", (), ("lot/1",)))
    lineage.add(story.tx("Put", (), ("lot/1",), accepted=False))
    said = lineage.add(story.tx("Put", (), ("lot/1",)))
    assert short(said.flows) == {("lot/1@1", "lot/1@3", "revision")}


def test_a_refused_deletion_deletes_nothing(lineage: KeyVersionLineage) -> None:
    story = Story()
    lineage.add(story.tx("Create", (), ("lot/1",)))
    refused = story.tx("Delete", ("lot/1",), deletes=("lot/1",), accepted=False)
    assert [f.is_struck for f in lineage.add(refused).flows] == [True]
    said = lineage.add(story.tx("Put", (), ("lot/1",)))
    assert short(said.flows) == {("lot/1@1", "lot/1@3", "revision")}


def test_a_thing_made_again_has_versions_again(lineage: KeyVersionLineage) -> None:
    story = Story()
    lineage.add(story.tx("Create", (), ("lot/1",)))
    lineage.add(story.tx("Delete", ("lot/1",), deletes=("lot/1",)))
    lineage.add(story.tx("Create", ("lot/1",), ("lot/1",)))
    said = lineage.add(story.tx("Put", (), ("lot/1",)))
    assert short(said.flows) == {("lot/1@3", "lot/1@4", "revision")}
