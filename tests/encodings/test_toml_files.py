"""TOML as typed values: errors know their line and field."""

import msgspec
import pytest

from explorer.core.errors import PackError, ProfileError
from explorer.encodings.toml_files import TomlFile


class Inner(msgspec.Struct, forbid_unknown_fields=True):
    size: int


class Outer(msgspec.Struct, forbid_unknown_fields=True):
    inner: tuple[Inner, ...]


def opened(data: bytes) -> TomlFile:
    return TomlFile(data, "f.toml", 1_000, PackError)


def test_a_value_is_read_with_and_without_a_mark_of_byte_order() -> None:
    for start in (b"", b"\xef\xbb\xbf"):
        value = opened(start + b"[[inner]]\nsize = 3\n").value(Outer)
        assert value.inner[0].size == 3


@pytest.mark.parametrize(
    ("data", "line", "field"),
    [
        (b"[[inner]]\nsize = 'x'\n", 2, "inner[0].size"),
        (b"[[inner]]\nsize = 1\n\n[[inner]]\nwide = 1\n", 5, "inner[1].wide"),
        (b"a = 1\n", 1, "a"),
        (b"a = \n", 1, ""),
        (b"a = 1\n\xff", 2, ""),
        (b"#" * 1_001, 1, ""),
    ],
)
def test_what_is_wrong_has_its_place(data: bytes, line: int, field: str) -> None:
    with pytest.raises(PackError) as caught:
        opened(data).value(Outer)
    assert (caught.value.line, caught.value.field) == (line, field)


def test_the_kind_of_error_is_the_one_asked_for() -> None:
    with pytest.raises(ProfileError) as caught:
        TomlFile(b"a = 1", "f.toml", 1_000, ProfileError).value(Outer)
    assert "mapping-profiles.md" in caught.value.advice()
