from explorer.provenance.rules import double_aggregation
from tests.provenance.event_stories import OBSERVE, Tale, found


def test_inside_two_containers() -> None:
    tale = Tale()
    tale.packed("p", "a", "b", "c")
    tale.packed("q", "a", "b")
    judged = tale.judge(double_aggregation)
    assert found(judged) == [("inside-two", (0, 1))]
    assert judged.found[0].items == ("a", "b")


def test_seen_in_another() -> None:
    tale = Tale()
    tale.packed("p", "a")
    tale.packed("q", "a", action=OBSERVE)
    assert found(tale.judge(double_aggregation)) == [("seen-elsewhere", (0, 1))]


def test_taken_out_before_and_nested_is_in_order() -> None:
    tale = Tale()
    tale.packed("p", "a")
    tale.unpacked("p", "a")
    tale.packed("q", "a")
    tale.packed("pallet", "q")
    judged = tale.judge(double_aggregation)
    assert found(judged) == []
    assert judged.judged == 3
