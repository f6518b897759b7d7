import pytest

from explorer.model.statements import Statements, ThingVersion
from explorer.provenance.items import MAX_CANDIDATES, Found, ItemAnswer, find_item
from explorer.provenance.records import MemoryRecords


def records(*things: str) -> MemoryRecords:
    return MemoryRecords(
        [Statements(tuple(ThingVersion(each, 1, 0, each, "") for each in things))]
    )


FEW = ("pear/box/X00012", "pear/box/X00013", "pear/lot/HB1", "pear/sale/X00013")


@pytest.mark.parametrize(
    "text", ["X00012", "box/X00012", "/X00012", "x00012", " X00012 "]
)
def test_an_ending_is_enough_when_one_thing_has_it(text: str) -> None:
    answer = find_item(records(*FEW), text)
    assert answer == ItemAnswer(Found.ENDING, "pear/box/X00012")


def test_the_whole_identifier_is_exact() -> None:
    answer = find_item(records("a/b", "b"), "b")
    assert answer == ItemAnswer(Found.EXACT, "b")


def test_several_things_are_all_given_back() -> None:
    answer = find_item(records(*FEW), "X00013")
    assert answer.found is Found.AMBIGUOUS
    assert answer.thing == ""
    assert answer.candidates == ("pear/box/X00013", "pear/sale/X00013")


def test_case_decides_between_two() -> None:
    both = records("p/ab", "p/AB")
    assert find_item(both, "AB").thing == "p/AB"
    assert find_item(both, "Ab").candidates == ("p/AB", "p/ab")


def test_half_a_name_is_not_guessed() -> None:
    answer = find_item(records(*FEW), "0012")
    assert answer == ItemAnswer(Found.UNKNOWN, "", ("pear/box/X00012",))


def test_a_name_that_is_nowhere() -> None:
    assert find_item(records(*FEW), "Z9") == ItemAnswer(Found.UNKNOWN, "")
    assert find_item(records(*FEW), "  ") == ItemAnswer(Found.UNKNOWN, "")


def test_wildcards_mean_themselves() -> None:
    assert find_item(records(*FEW), "%").candidates == ()


def test_identifiers_of_events_end_at_colons_and_dots() -> None:
    answer = find_item(records("urn:epc:id:sgtin:061.107.2018", "x2018"), "2018")
    assert answer.thing == "urn:epc:id:sgtin:061.107.2018"


def test_a_short_ending_is_found_among_very_many() -> None:
    many = records(*[f"p/a{i:05}2" for i in range(3_000)], "p/z/2")
    assert find_item(many, "2") == ItemAnswer(Found.ENDING, "p/z/2")


def test_candidates_are_limited() -> None:
    many = records(*[f"p{i}/X" for i in range(MAX_CANDIDATES + 9)])
    assert len(find_item(many, "X").candidates) == MAX_CANDIDATES


def test_a_gs1_identifier_is_found_in_any_spelling() -> None:
    known = "https://id.gs1.org/01/09506000134352/21/a"
    for text in ("urn:epc:id:sgtin:9506000.013435.a", "(01)09506000134352(21)a", known):
        assert find_item(records(known), text) == ItemAnswer(Found.EXACT, known)
