"""A pack that cannot be meant is refused with file, line and field."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.core.errors import PackError
from explorer.payloads.packs.reading import MAX_PACK_BYTES, read_pack

HEAD = 'version = 1\nname = "mine"\ntitle = "Mine"\ntitle_zh = "我的"\n'
RULE = """[[rule]]
id = "cap-exceeded"
code = "too-much"
form = "condition"
demand = "amount <= 5 元"
message = "Too much."
message_zh = "过多。"
"""
FIELD = """[[field]]
name = "amount"
path = "kg"
kind = "number"
unit = "元"
label = "Amount"
label_zh = "金额"
"""


def test_a_sound_pack_is_read() -> None:
    read = read_pack((HEAD + FIELD + RULE).encode(), "mine.toml")
    assert read.pack.name == "mine"
    assert [each.rule.code for each in read.rules] == ["too-much"]


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "words"),
    [
        ("version = 1", "version = 2", 1, "version", "version 1"),
        ('"mine"', '"My Pack"', 2, "name", "small letters"),
        ("title_zh", "titel_zh", 4, "titel_zh", "unknown field"),
        ('"kg"', '"a..b"', 7, "field[0].path", "path"),
        ('"元"', '"furlong"', 9, "field[0].unit", "no unit furlong"),
        ("amount <=", "amuont <=", 16, "rule[0].demand", "did you mean amount"),
        ("5 元", "5 kg", 16, "rule[0].demand", "compared"),
        ("amount <= 5 元", "amount", 16, "rule[0].demand", "say what"),
        ("cap-exceeded", "cap-exeeded", 13, "rule[0].id", "no rule id"),
        ('"condition"', '"sum"', 12, "rule[0]", "needs the field change"),
        ('"too-much"', '"Too much"', 14, "rule[0].code", "small letters"),
        ('"过多。"', '" "', 17, "rule[0].message", "both languages"),
        ("demand =", 'within = "1 d"\ndemand =', 16, "rule[0].within", "no field"),
        ('"condition"', '"magic"', 15, "rule[0].form", "Invalid enum"),
        ("version = 1", "version = ", 1, "", "not TOML"),
        ("version = 1", 'version = 1\nzone = "Mars"', 2, "zone", "offset"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    old: str, new: str, line: int, field: str, words: str
) -> None:
    text = (HEAD + FIELD + RULE).replace(old, new, 1)
    with pytest.raises(PackError) as caught:
        read_pack(text.encode(), "mine.toml")
    assert caught.value.line == line
    assert caught.value.field == field
    assert words in str(caught.value)
    assert str(caught.value).startswith(f"mine.toml, line {line}")
    assert "domain-packs.md" in caught.value.advice()


def test_codes_stand_once() -> None:
    with pytest.raises(PackError, match="stands twice"):
        read_pack((HEAD + FIELD + RULE + RULE).encode(), "mine.toml")


def test_a_pack_is_not_too_long() -> None:
    with pytest.raises(PackError, match="longer than"):
        read_pack(b"#" * (MAX_PACK_BYTES + 1), "mine.toml")


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=200),
    st.integers(0, len((HEAD + FIELD + RULE).encode())),
)
def test_no_bytes_make_the_reader_break(junk: bytes, at: int) -> None:
    data = (HEAD + FIELD + RULE).encode()
    with contextlib.suppress(PackError):
        read_pack(data[:at] + junk + data[at:], "mine.toml")
