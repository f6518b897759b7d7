import re
from pathlib import Path

import pytest

from explorer.encodings.gs1.application_identifiers import FORMATS, needs_separator


@pytest.mark.parametrize(
    ("ai", "value", "fault"),
    [
        ("01", "09501101530003", ""),
        ("01", "09501101530004", "check-digit-wrong"),
        ("01", "9501101530003", "value-does-not-fit"),
        ("10", "L-1/a", ""),
        ("10", "x" * 21, "value-does-not-fit"),
        ("10", "梨", "value-does-not-fit"),
        ("253", "9501101530003", ""),
        ("253", "9501101530003ABC", ""),
        ("8003", "09501101530003X", ""),
        ("8003", "19501101530003X", ""),
        ("8006", "095011015300030102", ""),
        ("3102", "001500", ""),
        ("17", "261231", ""),
        ("421", "156ABC", ""),
    ],
)
def test_values_fit_or_say_why_not(ai: str, value: str, fault: str) -> None:
    assert FORMATS[ai].fault(value) == fault


def test_predefined_lengths_need_no_separator() -> None:
    assert not needs_separator("01")
    assert not needs_separator("3102")
    assert needs_separator("10")
    assert needs_separator("8003")


def test_the_table_agrees_with_the_published_dictionary(corpora: Path) -> None:
    text = (corpora / "gs1-identifiers/gs1-syntax-dictionary.txt").read_text("utf-8")
    listed: set[str] = set()
    for line in text.splitlines():
        words = line.partition("#")[0].split()
        if not words:
            continue
        first, _, last = words[0].partition("-")
        is_fixed = "*" in words[1] and not re.match(r"[NXYZ\[]", words[1])
        for number in range(int(first), int(last or first) + 1):
            ai = f"{number:0{len(first)}}"
            listed.add(ai)
            assert needs_separator(ai) is not is_fixed, ai
    assert listed == set(FORMATS)
