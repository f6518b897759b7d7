import pytest

from explorer.core.errors import LessonError
from explorer.lab.acting import act_all, first_copies
from explorer.lab.lessons import Action, Doing
from explorer.session.lab_lessons import shipped_lessons

LESSONS = {each.name: each for each in shipped_lessons()}


def test_a_copy_is_made_and_the_original_stays() -> None:
    copies = first_copies(LESSONS["one-digit"])
    made = act_all(
        "mine",
        0,
        [
            Action(Doing.COPY, "edited", source="original"),
            Action(Doing.EDIT, "edited", block=1, old="1433", new="1"),
        ],
        copies,
    )
    assert made["original"] == copies["original"]
    assert made["edited"].data != copies["original"].data


def test_only_the_named_parties_sign_again() -> None:
    copies = first_copies(LESSONS["keys"])
    actions = [
        Action(Doing.COPY, "edited", source="original"),
        Action(
            Doing.EDIT, "edited", block=1, old='"weight_kg":1433', new='"weight_kg":2'
        ),
        Action(Doing.SIGN, "edited", parties=("orchard",)),
    ]
    some = act_all("mine", 0, actions, copies)["edited"].data
    actions[2] = Action(Doing.SIGN, "edited")
    assert act_all("mine", 0, actions, copies)["edited"].data != some


def test_an_action_that_does_not_fit_names_its_place() -> None:
    copies = first_copies(LESSONS["one-digit"])
    action = Action(Doing.EDIT, "original", block=1, old="not there", new="1")
    with pytest.raises(LessonError) as caught:
        act_all("mine", 2, [action], copies)
    assert caught.value.field == "step[3].action[1]"
