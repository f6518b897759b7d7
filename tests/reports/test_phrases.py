import re
import string

import pytest

from explorer.model.verdicts import Place
from explorer.reports.phrases import Phrases, phrase_keys
from explorer.reports.words import Language

_IDEOGRAPH = re.compile("[\u4e00-\u9fff]")
_SAME_IN_BOTH = {"python", "cryptography", "colon"}


def _fields(phrase: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(phrase) if name}


@pytest.mark.parametrize("key", phrase_keys())
def test_both_languages_have_the_same_numbers(key: str) -> None:
    english, chinese = Phrases(Language.EN)(key), Phrases(Language.ZH)(key)
    assert english
    assert _fields(english) == _fields(chinese)
    assert not _IDEOGRAPH.search(english)
    if key not in _SAME_IN_BOTH:
        assert _IDEOGRAPH.search(chinese)
    if "after-anchored" not in key:
        assert "unaltered after entry" not in english.lower()
        assert "上链后未改动" not in chinese


def test_numbers_are_put_in() -> None:
    say = Phrases(Language.EN)
    assert say.byte_range(Place("a", 1, 3)) == "bytes 1 to 2 (2 bytes)"
    assert say.byte_range(Place("a", 7, 7)) == "at byte 7"
    assert Phrases(Language.ZH).label("file") == "文件："
    assert say("block-at", height=2**63) == "block 9223372036854775808"
    with pytest.raises(KeyError):
        say("no-such-phrase")
