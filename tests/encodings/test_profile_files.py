from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.errors import ProfileError
from explorer.encodings.profile_files import MAX_PROFILE_BYTES, read_profile
from explorer.model.events import EventKind

HEAD = 'version = 1\nname = "a-b"\n'
EVENT = '[[event]]\nkind = "observation"\nthings = ["{id}"]\n'


def test_a_profile_is_read() -> None:
    profile = read_profile((HEAD + EVENT).encode(), "a.toml")
    assert profile.name == "a-b"
    assert profile.event[0].kind is EventKind.OBSERVATION


@pytest.mark.parametrize(
    ("text", "line", "field", "why"),
    [
        ("version = 2\nname = 'a'\n" + EVENT, 1, "version", "Invalid enum value 2"),
        (HEAD, 1, "", "nothing would be read"),
        ("version = 1\nname = 'A b'\n" + EVENT, 2, "name", "small letters"),
        (HEAD + "zone = 'Beijing'\n" + EVENT, 3, "zone", "no offset"),
        (HEAD + "colour = 1\n" + EVENT, 3, "colour", "unknown field"),
        (HEAD + EVENT + "thing = 'x'\n", 6, "event[0].thing", "unknown field"),
        (HEAD + EVENT + "step = 1\n", 6, "event[0].step", "Expected"),
        (HEAD + EVENT + "step = '{a'\n", 6, "event[0].step", "not closed"),
        (HEAD + EVENT + "time = '{@when}'\n", 6, "event[0].time", "there is no @when"),
        (
            HEAD + EVENT + "time = { value = '{t}', forms = ['YYYY'] }\n",
            6,
            "event[0].time.forms",
            "no MM and DD",
        ),
        (
            HEAD + EVENT + "time = { value = '{t}', zone = 'CET' }\n",
            6,
            "event[0].time.zone",
            "no offset",
        ),
        (
            HEAD + EVENT + "step = { value = '{a..b}' }\n",
            6,
            "event[0].step",
            "not a path",
        ),
        (HEAD + EVENT + "having = ['a[']\n", 6, "event[0].having", "not a path"),
        (HEAD + EVENT + "extra = { kind = '{' }\n", 6, "event[0].extra.kind", "closed"),
        (HEAD + EVENT + "keys = 'a/*'\n", 3, "event[0].of", "need of"),
        (
            HEAD + EVENT + "of = 'writes'\ndeleted = true\nhaving = ['a']\n",
            7,
            "event[0].deleted",
            "no value",
        ),
        (
            HEAD + EVENT + "[[event.sensors]]\ntype = 'T'\neach = 'a'\nwrites = 'b'\n",
            8,
            "event[0].sensors[0].each",
            "exclude",
        ),
        (HEAD + "[[event]]\nkind = 'observation'\n", 3, "event[0]", "names no thing"),
        (
            HEAD + "[[event]]\nkind = 'object'\nthings = ['{id}']\n",
            3,
            "event[0].action",
            "needs ADD",
        ),
        (
            HEAD + "[[event]]\nkind = 'transformation'\nthings = ['{id}']\n",
            4,
            "event[0].kind",
            "needs inputs or outputs",
        ),
        (
            HEAD
            + "[[event]]\nkind = 'transformation'\naction = 'ADD'\ninputs = ['{id}']\n",
            5,
            "event[0].action",
            "has no action",
        ),
        (HEAD + EVENT + "inputs = ['{id}']\n", 4, "event[0].kind", "transformation"),
        (HEAD + EVENT + "parent = '{id}'\n", 4, "event[0].kind", "aggregation"),
        (HEAD + "a = \n", 3, "", "not TOML"),
        (HEAD + "品种 = 1\n", 3, "", "need quotes"),
    ],
)
def test_a_wrong_profile_says_where(text: str, line: int, field: str, why: str) -> None:
    with pytest.raises(ProfileError, match=why) as refused:
        read_profile(text.encode(), "mine.toml")
    assert (refused.value.line, refused.value.field) == (line, field)
    assert str(refused.value).startswith("mine.toml, line ")
    assert "docs/mapping-profiles.md" in refused.value.advice()


def test_what_is_nested_too_deep_is_refused() -> None:
    with pytest.raises(ProfileError, match=r"nested too deep|not TOML"):
        read_profile((HEAD + "a = " + "[" * 100_000).encode(), "mine.toml")


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(ProfileError, match="not UTF-8") as refused:
        read_profile(b"version = 1\n\xff", "mine.toml")
    assert refused.value.line == 2
    with pytest.raises(ProfileError, match="longer than"):
        read_profile(b"#" * (MAX_PROFILE_BYTES + 1), "mine.toml")


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_raises_anything_else(head: str, tail: str) -> None:
    text = f"{HEAD}{head}\n{EVENT}{tail}"
    with suppress(ProfileError):
        read_profile(text.encode("utf-8", "replace"), "mine.toml")
