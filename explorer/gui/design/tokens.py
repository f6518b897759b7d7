"""Colours, type and space of the window as plain values.

The design's sections 2 (type), 3 (space) and 4 (colours, with the contrast of every
pair used); contrast is that of WCAG 2.2, "relative luminance" and success criteria
1.4.3 and 1.4.11. Knows no Qt: ``theme`` turns these values into fonts and colours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Token(StrEnum):
    """Name of a colour; what each is for stands in section 4 of the design."""

    PAPER = "paper"
    SURFACE = "surface"
    SUNKEN = "sunken"
    LANE = "lane"
    HAIR = "hair"
    FAINT = "faint"
    """Decorative only, like ``hair``: never the only bearer of a meaning."""
    EDGE = "edge"
    INK = "ink"
    INK2 = "ink2"
    INK3 = "ink3"
    ACCENT = "accent"
    """What the user chose: selection, path, primary action."""
    ACCENT_BG = "accent_bg"
    ON_ACCENT = "on_accent"
    OK = "ok"
    """Only for "computed here, against a history anchor you chose"."""
    OK_BG = "ok_bg"
    FAIL = "fail"
    FAIL_BG = "fail_bg"
    WARN = "warn"
    WARN_BG = "warn_bg"
    BROKEN = "broken"
    BROKEN_BG = "broken_bg"
    LAND = "land"
    SEA = "sea"


@dataclass(frozen=True, slots=True)
class Palette:
    """A colour for every token."""

    name: str
    is_dark: bool
    colors: Mapping[Token, str]
    """``#RRGGBB``."""

    def __post_init__(self) -> None:
        """Refuse a palette that leaves a token out."""
        missing = set(Token) - set(self.colors)
        if missing:
            raise ValueError(f"{self.name} lacks {sorted(missing)}")


def _palette(name: str, text: str, *, is_dark: bool) -> Palette:
    pairs = (each.split("=") for each in text.split())
    colors = {Token(token): f"#{value}" for token, value in pairs}
    return Palette(name, is_dark, MappingProxyType(colors))


LIGHT = _palette(
    "light",
    """
    paper=F8F6F1 surface=FFFFFF sunken=F0EDE6 lane=F3F0E9 hair=E0DBD1 faint=C9C3B7
    edge=8A8479 ink=1B1A17 ink2=47433C ink3=686359 accent=1D4F86 accent_bg=E4ECF5
    on_accent=FFFFFF ok=24663C ok_bg=E4F0E7 fail=A3281C fail_bg=F9E7E3 warn=785300
    warn_bg=F7EDD3 broken=683A80 broken_bg=F0E8F5 land=EBE7DE sea=FBFAF7
    """,
    is_dark=False,
)
DARK = _palette(
    "dark",
    """
    paper=151614 surface=1D1E1C sunken=262724 lane=1A1B19 hair=353631 faint=55544D
    edge=7F7D74 ink=EDEAE3 ink2=C3BFB5 ink3=9F9B90 accent=93BFEA accent_bg=1E3348
    on_accent=10202F ok=8ACB9C ok_bg=1B3323 fail=F29A87 fail_bg=44211B warn=E2BC66
    warn_bg=382E16 broken=CDA6E0 broken_bg=33243C land=2B2C28 sea=191A18
    """,
    is_dark=True,
)


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two ``#RRGGBB`` colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    red, green, blue = (_linear(int(color[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: int) -> float:
    share = channel / 255
    if share <= 0.04045:
        return share / 12.92
    return float(((share + 0.055) / 1.055) ** 2.4)


TEXT = 4.5
"""Least contrast of text (1.4.3, AA)."""
LINE = 3.0
"""Least contrast of lines and marks that carry meaning (1.4.11)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A colour used on a ground, and the contrast it needs there."""

    color: Token
    ground: Token
    least: float


def _pairs() -> tuple[Pair, ...]:
    grounds = (Token.PAPER, Token.SURFACE, Token.SUNKEN, Token.LANE, Token.ACCENT_BG)
    inks = (Token.INK, Token.INK2, Token.INK3, Token.ACCENT)
    pairs = [Pair(ink, ground, TEXT) for ink in inks for ground in grounds]
    outcomes = (
        (Token.OK, Token.OK_BG),
        (Token.FAIL, Token.FAIL_BG),
        (Token.WARN, Token.WARN_BG),
        (Token.BROKEN, Token.BROKEN_BG),
    )
    for color, ground in outcomes:
        on = (ground, Token.SURFACE, Token.PAPER, Token.LANE, Token.ACCENT_BG)
        pairs += [Pair(color, each, TEXT) for each in on]
        pairs += [Pair(ink, ground, TEXT) for ink in (Token.INK, Token.INK2)]
    pairs += [Pair(Token.ON_ACCENT, Token.ACCENT, TEXT)]
    pairs += [
        Pair(Token.SURFACE, Token.INK, TEXT),
        Pair(Token.SURFACE, Token.INK2, TEXT),
    ]
    lined = (Token.SURFACE, Token.PAPER, Token.LANE)
    pairs += [Pair(Token.EDGE, ground, LINE) for ground in lined]
    pairs += [Pair(Token.INK3, ground, TEXT) for ground in (Token.LAND, Token.SEA)]
    return tuple(pairs)


PAIRS = _pairs()
"""Every colour on every ground where the window uses it; a test walks them."""


class Family(StrEnum):
    """Which of the three voices speaks."""

    SANS = "sans"
    SERIF = "serif"
    """Our own judgement only; never text of a file."""
    MONO = "mono"


class Role(StrEnum):
    """What a piece of text is; gives family, size and weight."""

    DISPLAY = "display"
    FIGURE = "figure"
    HEADLINE = "headline"
    FIGURE_SMALL = "figure-small"
    TITLE = "title"
    LEAD = "lead"
    ANSWER = "answer"
    STRONG = "strong"
    BODY = "body"
    SMALL = "small"
    SMALL_STRONG = "small-strong"
    LABEL = "label"
    TINY = "tiny"
    """11 px, the smallest size allowed."""
    MONO = "mono"
    MONO_SMALL = "mono-small"


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """Family, size and weight of a role."""

    family: Family
    size_px: int
    weight: int


TYPE: Mapping[Role, TypeStyle] = MappingProxyType(
    {
        Role.DISPLAY: TypeStyle(Family.SERIF, 34, 600),
        Role.FIGURE: TypeStyle(Family.SERIF, 30, 600),
        Role.HEADLINE: TypeStyle(Family.SERIF, 26, 600),
        Role.FIGURE_SMALL: TypeStyle(Family.SERIF, 22, 600),
        Role.TITLE: TypeStyle(Family.SERIF, 18, 600),
        Role.LEAD: TypeStyle(Family.SANS, 15, 400),
        Role.ANSWER: TypeStyle(Family.SANS, 15, 600),
        Role.STRONG: TypeStyle(Family.SANS, 13, 600),
        Role.BODY: TypeStyle(Family.SANS, 13, 400),
        Role.SMALL: TypeStyle(Family.SANS, 12, 400),
        Role.SMALL_STRONG: TypeStyle(Family.SANS, 12, 600),
        Role.LABEL: TypeStyle(Family.SANS, 11, 600),
        Role.TINY: TypeStyle(Family.SANS, 11, 400),
        Role.MONO: TypeStyle(Family.MONO, 12, 400),
        Role.MONO_SMALL: TypeStyle(Family.MONO, 11, 400),
    }
)

SPACE_XS, SPACE_S, SPACE_M, SPACE_L = 4, 8, 12, 16
SPACE_XL, SPACE_XXL, SPACE_PAGE = 24, 32, 40
RADIUS_CHIP, RADIUS_CONTROL, RADIUS_CARD, RADIUS_BAND = 3, 4, 6, 8
HEIGHT_CONTROL, HEIGHT_LINK = 32, 24
HEIGHT_ROW_DENSE, HEIGHT_ROW, HEIGHT_TREE_ROW, HEIGHT_HOP_ROW = 27, 31, 25, 46
HEIGHT_HEADER = 28
HEIGHT_RULER = 34
LEAST_TARGET = 24
"""No control is smaller than this, in px before scaling."""
