import pytest

from explorer.gui.design.tokens import (
    DARK,
    LIGHT,
    PAIRS,
    TYPE,
    Pair,
    Palette,
    Role,
    Token,
    contrast,
)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("pair", PAIRS, ids=lambda each: f"{each.color}-{each.ground}")
def test_every_pair_reaches_its_contrast(palette: Palette, pair: Pair) -> None:
    ratio = contrast(palette.colors[pair.color], palette.colors[pair.ground])
    assert ratio >= pair.least


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


def test_green_is_in_no_pair_but_those_of_ok() -> None:
    greens = {pair.color for pair in PAIRS if pair.ground is Token.OK_BG}
    assert greens == {Token.OK, Token.INK, Token.INK2}


def test_decorative_colours_carry_no_text() -> None:
    assert not {Token.FAINT, Token.HAIR} & {pair.color for pair in PAIRS}


def test_a_palette_without_a_token_is_refused() -> None:
    colors = dict.fromkeys(Token, "#000000")
    del colors[Token.SEA]
    with pytest.raises(ValueError, match="sea"):
        Palette("half", is_dark=False, colors=colors)


def test_nothing_is_smaller_than_eleven_px() -> None:
    assert set(TYPE) == set(Role)
    assert min(style.size_px for style in TYPE.values()) == 11
