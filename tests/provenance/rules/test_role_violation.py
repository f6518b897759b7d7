from explorer.model.master_data import ReferenceData
from explorer.provenance.rules import role_violation
from tests.provenance.event_stories import Tale, found, parties, place, step_roles


def tale() -> Tale:
    story = Tale()
    story.reference = ReferenceData(
        (place("farm", role="grower"), place("shop", role="retailer"), place("x")),
        (),
        step_roles({"commissioning": ("grower", "packer")}),
    )
    return story


def test_a_shop_does_not_commission() -> None:
    story = tale()
    story.made("a", read_point="farm")
    story.made("b", read_point="shop")
    judged = story.judge(role_violation)
    assert found(judged) == [("role-not-allowed", (1,))]
    assert judged.found[0].detail == "commissioning: retailer"
    assert judged.found[0].items == ("b",)


def test_other_steps_are_free() -> None:
    story = tale()
    story.seen("a", step="stocking", read_point="shop")
    assert found(story.judge(role_violation)) == []


def test_location_and_source_tell_the_role_too() -> None:
    story = tale()
    story.made("a", location="shop")
    story.made("b", read_point="x", sources=parties("shop"))
    assert len(story.judge(role_violation).found) == 2


def test_without_roles_nothing_can_be_judged() -> None:
    story = tale()
    story.made("a", read_point="x")
    assert story.judge(role_violation).missing == {"role": 1}
    story.reference = ReferenceData()
    assert story.judge(role_violation).missing == {"step-roles": 1}
