import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.encodings.templates import (
    MAX_TEXT_CHARACTERS,
    Path,
    TemplateError,
    parse_path,
    parse_template,
)


def test_a_text_is_parted_at_its_paths() -> None:
    parts = parse_template("pear/lot/{id}").parts
    assert parts == ("pear/lot/", Path(("id",)))
    assert parse_template("a{{b}}c").parts == ("a{b}c",)
    assert parse_template("").parts == ()
    assert parse_template("{a}{b.c}").paths == (Path(("a",)), Path(("b", "c")))


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("id", ("id",)),
        ("a.b", ("a", "b")),
        ("a[0]", ("a", 0)),
        ("[1]", (1,)),
        ("[1][2].x", (1, 2, "x")),
        ('"Lot No."', ("Lot No.",)),
        ('a."b.c"[3]', ("a", "b.c", 3)),
        ("采摘日期", ("采摘日期",)),
        ("Quantity (kg)", ("Quantity (kg)",)),
        ("@arguments[2].kg", ("@arguments", 2, "kg")),
    ],
)
def test_paths(text: str, steps: tuple[str | int, ...]) -> None:
    assert parse_path(text).steps == steps
    assert parse_path(text).is_of_entry is text.startswith("@")


@pytest.mark.parametrize("text", ["", "a.", ".a", "a..b", "a[x]", "a[0", "[0]a", '"a'])
def test_what_is_no_path(text: str) -> None:
    with pytest.raises(TemplateError):
        parse_path(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [("{a", "not closed"), ("a}", "never opened"), ("{}", "empty"), ("{ }", "empty")],
)
def test_what_is_no_text(text: str, why: str) -> None:
    with pytest.raises(TemplateError, match=why):
        parse_template(text)


def test_long_texts_are_refused() -> None:
    with pytest.raises(TemplateError, match="characters"):
        parse_template("a" * (MAX_TEXT_CHARACTERS + 1))


@given(st.text(max_size=40))
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        parts = parse_template(text).parts
    except TemplateError:
        return
    if "{" not in text and "}" not in text:
        assert "".join(str(each) for each in parts) == text
