import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.encodings.gs1.element_strings import (
    MAX_CHARACTERS,
    NotElements,
    read_elements,
)

GTIN = "09501101530003"


def pairs(text: str) -> list[tuple[str, str]]:
    found = read_elements(text)
    assert not isinstance(found, NotElements), found
    return [(each.ai, each.value) for each in found]


@pytest.mark.parametrize(
    "text",
    [
        f"(01){GTIN}(10)L(1)A(21)S/9",
        f"01{GTIN}10L(1)A\x1d21S/9",
        f"]Q301{GTIN}10L(1)A\x1d21S/9",
        f"]d2\x1d01{GTIN}10L(1)A\x1d21S/9\x1d",
    ],
)
def test_both_spellings_give_the_same(text: str) -> None:
    assert pairs(text) == [("01", GTIN), ("10", "L(1)A"), ("21", "S/9")]


def test_fixed_lengths_end_without_a_separator() -> None:
    assert pairs(f"01{GTIN}1726123131020015002112") == [
        ("01", GTIN),
        ("17", "261231"),
        ("3102", "001500"),
        ("21", "12"),
    ]


def test_a_wrong_check_digit_is_said_with_its_element() -> None:
    found = read_elements("(01)09501101530004")
    assert not isinstance(found, NotElements)
    assert [each.fault for each in found] == ["check-digit-wrong"]


@pytest.mark.parametrize(
    ("text", "reason", "at"),
    [
        ("", "empty", 0),
        ("99", "", 0),
        ("(9999)x", "identifier-unknown", 0),
        (f"(01){GTIN}x", "", 0),
        ("0x", "identifier-unknown", 0),
        ("]Q30x", "identifier-unknown", 3),
        ("x" * (MAX_CHARACTERS + 1), "too-long", MAX_CHARACTERS),
    ],
)
def test_what_is_no_element_string_says_where(text: str, reason: str, at: int) -> None:
    found = read_elements(text)
    if reason:
        assert found == NotElements(reason, at)
    else:
        assert not isinstance(found, NotElements)


@given(st.text("0123456789()]Qd\x1dAZ", max_size=80))
def test_no_text_makes_it_raise(text: str) -> None:
    read_elements(text)
