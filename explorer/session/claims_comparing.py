"""Compares the words of a claim with those of a record, and never interprets them.

Unicode NFKC and case folding; punctuation and spaces count as one space. Numbers are
compared as they are written, without digits that change nothing (GB/T 8170 rounding is
nobody's business here: 10.0 is 10, but 10.4 is not).
"""

import re
import unicodedata

_NUMBER = re.compile(r"-?\d[\d ,\u202f]*(?:\.\d+)?")
_WORD_SIGNS = re.compile(r"[\W_]+")
_NOT_PASSED = re.compile(
    r"不合格(?!率)|未通过|(?<![未无不])超标(?!率)|"
    r"\b(fail(ed)?|reject(ed)?|not passed|exceed(s|ed)?)\b",
    re.I,
)


def is_not_passed(text: str) -> bool:
    """Return whether a conclusion says that something was not passed."""
    return _NOT_PASSED.search(text) is not None


def is_same(claim: str, recorded: str) -> bool:
    """Return whether a claim and a record say the same words or the same number."""
    first, second = _plain(claim), _plain(recorded)
    if not first or not second:
        return False
    numbers = _numbers(claim), _numbers(recorded)
    if numbers[0] and numbers[1] and _is_number(claim) and _is_number(recorded):
        return numbers[0] == numbers[1]
    return first == second or (len(first) > 1 and _holds(second, first))


def _holds(text: str, words: str) -> bool:
    """Return whether ``words`` stand in ``text``, Latin words only as whole words."""
    if not words.isascii():
        return words in text
    return re.search(rf"(?<![a-z0-9]){re.escape(words)}(?![a-z0-9])", text) is not None


def are_other_numbers(claim: str, recorded: str) -> bool:
    """Return whether both name numbers, and not the same ones."""
    first, second = _numbers(claim), _numbers(recorded)
    return bool(first) and bool(second) and not set(first) & set(second)


def _is_number(text: str) -> bool:
    rest = _NUMBER.sub("", unicodedata.normalize("NFKC", text))
    return len(_plain(rest)) <= 3  # a unit at most


def _numbers(text: str) -> list[str]:
    found = []
    for each in _NUMBER.findall(unicodedata.normalize("NFKC", text)):
        bare = each.replace(",", "").replace(" ", "").replace("\u202f", "")
        plain = bare.rstrip("0").rstrip(".") if "." in bare else bare
        found.append(plain.lstrip("0") or "0")
    return found


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _WORD_SIGNS.sub(" ", folded).strip()
