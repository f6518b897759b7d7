"""Application identifiers (AI): what each may hold.

GS1 General Specifications, release 25, section 3 (figures 3.2-1 to 3.9-1) and section
7.8.5 for those of predefined length, which need no separator behind them. The notation
is that of the specification without spaces: ``n18`` 18 digits, ``x..20`` up to 20
characters of set 82, ``y`` of set 39, ``z`` of base64url; ``[…]`` may be missing; ``c``
behind digits: the last of them is a check digit. Left out: which identifiers demand or
exclude one another, country and currency codes, dates that do not exist.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from explorer.encodings.gs1.check_digits import ends_with_check_digit

SET_82 = r"!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z"
"""Characters of an ``x`` field, as the inside of a regular expression's class."""

_SETS = {"n": "0-9", "x": SET_82, "y": r"#\-/0-9A-Z", "z": r"\-0-9A-Z_a-z="}

_FORMATS = {
    "n18c": "00 8017 8018",
    "n14c": "01 02 03",
    "n13c": "410-417",
    "n17c": "402",
    "n13c[x..17]": "253",
    "n13c[n..12]": "255",
    "n1n13c[x..16]": "8003",
    "n14cn4": "8006 8026",
    "n2": "20 7241",
    "n6": "11-13 15-17 310-316d 320-337d 340-357d 360-369d 395d 4326 7006 8005",
    "n6[n4]": "7011",
    "n6[n6]": "7007",
    "n6[x1]": "4330-4333",
    "n10": "4324 4325 7003",
    "n8": "7250",
    "n8n4": "7251",
    "n8[n2][n2]": "8008",
    "n1": "4321-4323 7252",
    "n3": "422 424 426",
    "n3[n3][n3][n3][n3]": "423 425",
    "n4": "3940-3943 8111",
    "n13": "7001",
    "n14": "8001",
    "n15": "8040 8041",
    "n20": "4309",
    "n32": "8042",
    "n18[n..2]": "8043",
    "n..4": "7004",
    "n..6": "242",
    "n..8": "30 37",
    "n..10": "8019",
    "n..12": "8011",
    "n..15": "390n 392n",
    "n3n..15": "391n 393n",
    "n3x..9": "421",
    "n3x..27": "7030-7039",
    "n1x3": "7040",
    "x2": "4307 4317",
    "x3": "7258",
    "x..2": "7010",
    "x..3": "427 7008",
    "x..4": "7041",
    "x..10": "7009 7255",
    "x..12": "7005",
    "x..20": "10 21 22 243 254 420 4318 7020-7022 710-717 7240 8002 8012",
    "x..25": "7242 8013 8014 8020",
    "x..28": "235",
    "x..30": "240 241 250 251 400 401 403 4308 4319 7002 7023 8004 90",
    "x2x..28": "7230-7239",
    "x..34": "8007",
    "x..35": "4300 4301 4310 4311 4320",
    "x..40": "7253 7254 7259",
    "x..50": "8009",
    "x..70": "4302-4306 4312-4316 7257 8110 8112 8200",
    "x..90": "7256 91-99",
    "y..30": "8010",
    "z..90": "8030",
}

_PREDEFINED = frozenset(
    f"{number:02}" for number in (*range(5), *range(11, 21), *range(31, 37), 41)
)
"""First two digits of identifiers whose length is fixed (figure 7.8.5-2)."""

_TAILS = {"n": tuple("0123456789"), "d": tuple("012345")}
"""Last digits that an identifier may have in ``_FORMATS``."""

_PART = re.compile(r"\[?([nxyz])(\.\.)?(\d+)(c?)\]?")


class AiFormat(msgspec.Struct, frozen=True, gc=False):
    """What the value of one application identifier looks like."""

    pattern: re.Pattern[str]
    check_at: int
    """Where the digits with a check digit begin, -1: there are none."""
    check_size: int

    def fault(self, value: str) -> str:
        """Return why ``value`` does not fit, as a reason code, or an empty text."""
        if self.pattern.fullmatch(value) is None:
            return "value-does-not-fit"
        end = self.check_at + self.check_size
        if self.check_at >= 0 and not ends_with_check_digit(value[self.check_at : end]):
            return "check-digit-wrong"
        return ""


def needs_separator(ai: str) -> bool:
    """Return whether a separator ends the value unless it is the last one."""
    return ai[:2] not in _PREDEFINED


def _format(notation: str) -> AiFormat:
    pattern, at, check_at, check_size = "", 0, -1, 0
    for part in _PART.finditer(notation):
        kind, upto, size, check = part.groups()
        if check:
            check_at, check_size = at, int(size)
        piece = f"[{_SETS[kind]}]{{{'1,' if upto else ''}{size}}}"
        pattern += f"(?:{piece})?" if part.group().startswith("[") else piece
        at += int(size)
    return AiFormat(re.compile(pattern), check_at, check_size)


def _identifiers(words: str) -> list[str]:
    found: list[str] = []
    for word in words.split():
        first, _, last = word.rstrip("nd").partition("-")
        tails = _TAILS.get(word[-1], ("",))
        for number in range(int(first), int(last or first) + 1):
            found += [f"{number:0{len(first)}}{tail}" for tail in tails]
    return found


FORMATS: Mapping[str, AiFormat] = MappingProxyType(
    {
        ai: form
        for notation, words in _FORMATS.items()
        for form in (_format(notation),)
        for ai in _identifiers(words)
    }
)
"""Application identifier → format."""
