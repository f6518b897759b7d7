from datetime import timedelta

import pytest

from explorer.provenance.rules import identifier_error
from tests.provenance.event_stories import Tale, found


@pytest.mark.parametrize(
    ("name", "is_sound"),
    [
        ("https://id.gs1.org/01/09506000134352/21/a", True),
        ("https://id.gs1.org/01/09506000134351/21/a", False),
        ("https://id.gs1.org/00/012345678901234561", False),
        ("https://id.gs1.org/00/006141411234567890", True),
        ("https://id.gs1.org/01/123/10/a", True),
        ("urn:own:01:1", True),
    ],
)
def test_check_digits_of_things(name: str, is_sound: bool) -> None:
    tale = Tale()
    tale.made("other", at=-1)
    tale.seen(name)
    judged = tale.judge(identifier_error)
    assert found(judged) == [("check-digit", (1,))] * (not is_sound)


def test_check_digits_of_places() -> None:
    tale = Tale()
    tale.seen("x", read_point="https://id.gs1.org/414/9506000134352/254/1")
    tale.seen("x", location="https://id.gs1.org/414/9506000134353")
    tale.seen("x", location="https://id.gs1.org/414/9506000134353")
    judged = tale.judge(identifier_error)
    assert found(judged) == [("check-digit", (1,))]
    assert judged.found[0].items == ("https://id.gs1.org/414/9506000134353",)


def test_a_lot_used_again_after_a_year() -> None:
    tale = Tale()
    for at in (0, 24, 24 * 400):
        tale.lot("lot", 5, at=at)
    assert found(tale.judge(identifier_error)) == [("lot-reused", (1, 2))]
    long = timedelta(days=500)
    assert found(tale.judge(identifier_error, lot_reuse=long)) == []
