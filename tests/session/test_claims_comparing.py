"""Words and numbers of a claim against those of a record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.session.claims_comparing import (
    are_other_numbers,
    is_not_passed,
    is_same,
)


@pytest.mark.parametrize(
    ("claim", "recorded"),
    [
        ("酥梨", "酥梨"),
        ("梨川县", "梨川县麦田坡镇"),
        ("Crisp Pear", "crisp pear"),
        ("crisp", "a crisp pear"),
        ("\uff11\uff10 kg", "10kg"),
        ("10.0", "10"),
        ("1 000", "1000"),
        ("3", "3"),
    ],
)
def test_same_words_and_numbers(claim: str, recorded: str) -> None:
    assert is_same(claim, recorded)


@pytest.mark.parametrize(
    ("claim", "recorded"),
    [
        ("Dangshan", "梨川县"),
        ("pear", "pearl onion"),
        ("5", "3"),
        ("1", "10"),
        ("10.4", "10"),
        ("", "x"),
        ("县", "梨川县"),
        ("organic pears", "pears"),
    ],
)
def test_other_words_and_numbers(claim: str, recorded: str) -> None:
    assert not is_same(claim, recorded)


def test_numbers_differ_only_where_both_name_numbers() -> None:
    assert are_other_numbers("5 scans", "3")
    assert not are_other_numbers("many", "3")
    assert not are_other_numbers("3 or 5", "3")


@pytest.mark.parametrize("text", ["不合格", "农残超标", "FAILED", "limit exceeded"])
def test_not_passed(text: str) -> None:
    assert is_not_passed(text)


@pytest.mark.parametrize(
    "text", ["合格", "passed", "no residues found", "未检出", "农残未超标"]
)
def test_passed(text: str) -> None:
    assert not is_not_passed(text)


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_makes_it_raise(first: str, second: str) -> None:
    is_same(first, second)
    are_other_numbers(first, second)


@given(st.text(min_size=1, max_size=40))
def test_a_claim_is_the_same_as_itself_if_it_says_anything(text: str) -> None:
    says = any(each.isalnum() for each in text)
    assert is_same(text, text) or not says
