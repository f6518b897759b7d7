from hypothesis import given
from hypothesis import strategies as st

from explorer.payloads.key_names import kind_and_label, thing_id

KEYS = st.text(alphabet="\x00/%2F5ab", max_size=6)


def test_plain_key_keeps_its_text() -> None:
    assert thing_id("pear", "box/X00012") == "pear/box/X00012"


def test_composite_key_is_readable_and_not_the_plain_key() -> None:
    assert thing_id("pear", "\x00box\x00X00012\x00") == "pear//box/X00012"


def test_without_space_the_key_stands_alone() -> None:
    assert thing_id("", "lot/1") == "lot/1"


def test_slash_in_a_space_cannot_pose_as_part_of_the_key() -> None:
    assert thing_id("a/b", "c") != thing_id("a", "b/c")


@given(st.tuples(st.text("a/%", max_size=3), KEYS), st.tuples(st.text("a/%"), KEYS))
def test_different_keys_never_share_an_identifier(
    left: tuple[str, str], right: tuple[str, str]
) -> None:
    if left != right and all((left[0], right[0])):
        assert thing_id(*left) != thing_id(*right)


def test_kind_is_what_stands_before_the_slash() -> None:
    assert kind_and_label("lot/HB1") == ("lot", "HB1")
    assert kind_and_label("lot/a/b") == ("lot", "a/b")
    assert kind_and_label("\x00box\x00X1\x00") == ("box", "X1")


def test_a_key_without_convention_is_taken_whole() -> None:
    for key in ("HB1", "/HB1", "lot/", "", "\x00", "\x00only\x00"):
        kind, label = kind_and_label(key)
        assert kind == ""
        assert label == key.strip("\x00")
