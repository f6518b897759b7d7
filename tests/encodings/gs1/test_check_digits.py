import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.encodings.gs1.check_digits import check_digit, ends_with_check_digit


@pytest.mark.parametrize(
    "digits",
    [
        "629104150021" + "3",  # the worked example of section 7.9.1
        "9501101530003",
        "0001234560001" + "2",
        "10614141234567890" + "8",
    ],
)
def test_published_keys_end_with_their_check_digit(digits: str) -> None:
    assert ends_with_check_digit(digits)


@given(st.text("0123456789", min_size=1, max_size=20), st.data())
def test_any_wrong_digit_is_seen(digits: str, data: st.DataObject) -> None:
    whole = digits + check_digit(digits)
    assert ends_with_check_digit(whole)
    place = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.sampled_from("0123456789").filter(lambda x: x != whole[place]))
    assert not ends_with_check_digit(whole[:place] + other + whole[place + 1 :])


def test_a_single_digit_has_no_check_digit() -> None:
    assert not ends_with_check_digit("0")
