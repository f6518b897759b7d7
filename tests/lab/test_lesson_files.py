import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.errors import LessonError
from explorer.core.resources import resource
from explorer.lab.lesson_files import MAX_LESSON_BYTES, read_lesson

GOOD = resource("lessons", "1-one-digit.toml").read_text(encoding="utf-8")


def refused(text: str) -> LessonError:
    with pytest.raises(LessonError) as caught:
        read_lesson(text.encode(), "mine.toml")
    return caught.value


@pytest.mark.parametrize(
    ("old", "new", "field", "message"),
    [
        ('name = "one-digit"', 'name = "One digit"', "name", "small letters"),
        ('original = "harvest"', 'original = "nuts"', "start.original", "no ledger"),
        ('original = "harvest"', 'first = "harvest"', "start", "no copy is called"),
        ('kind = "edit"', 'kind = "paint"', "step[2].action[2].kind", "Invalid enum"),
        ('kind = "edit"', 'kind = "edit"\ncolour = 1', "colour", "unknown field"),
        ("block = 1\nold", "old", "step[2].action[2].block", "needs a block"),
        ('copy = "edited"\nfrom', 'copy = "original"\nfrom', "copy", "stays as it"),
        ('from = "original"', 'from = "nobody"', "step[2].action[1].from", "no copy"),
        ('rows = ["original"]', 'rows = ["nobody"]', "step[1].rows", "nobody"),
        ('verdict = "consistent"', 'verdict = "fine"', "verdict", "no verdict"),
        ("order = 1", 'order = "one"', "order", "Expected `int`"),
        ("order = 1", "order = ", "", "not TOML"),
    ],
)
def test_an_error_names_line_and_field(
    old: str, new: str, field: str, message: str
) -> None:
    assert old in GOOD
    error = refused(GOOD.replace(old, new, 1))
    assert message in str(error)
    assert field in error.field
    assert error.line >= 1
    assert "docs/lessons.md" in error.advice()


def test_the_line_is_that_of_the_field() -> None:
    error = refused(GOOD.replace('verdict = "consistent"', 'verdict = "fine"', 1))
    lines = GOOD.splitlines()
    assert lines[error.line - 1] == 'verdict = "consistent"'


@pytest.mark.parametrize(
    ("action", "field"),
    [
        ('kind = "bytes"\nold = "00"\nnew = "01"', "offset"),
        ('kind = "bytes"\noffset = 1\nold = "0"\nnew = "01"', "old"),
        ('kind = "mine"\nblock = 1\nbits = "xx"', "bits"),
        ('kind = "add"\nauthor = "lab"', "action[1]"),
        ('kind = "edit"\nblock = 1', "old"),
        ('kind = "rehash"\nfrom = "original"', "from"),
    ],
)
def test_actions_need_their_fields(action: str, field: str) -> None:
    text = GOOD.replace(
        'kind = "copy"\ncopy = "edited"\nfrom = "original"',
        f'copy = "edited"\n{action}',
        1,
    ).replace('original = "harvest"', 'original = "harvest"\nedited = "harvest"', 1)
    assert field in refused(text).field


@pytest.mark.parametrize(
    "fact", ['show = "vote"\ncopies = ["original"]', 'show = "path"\ncopy = "nobody"']
)
def test_facts_need_their_copies(fact: str) -> None:
    assert "fact[1]" in refused(f"{GOOD}\n[[step.fact]]\n{fact}\n").field


def test_too_much_is_refused() -> None:
    assert "longer than" in str(refused("#" * (MAX_LESSON_BYTES + 1)))
    steps = GOOD[GOOD.index("[[step]]") :]
    assert "1 to 9 steps" in str(refused(GOOD + steps))
    many = '\n[[step.action]]\nkind = "rehash"\ncopy = "edited"' * 21
    assert "more than 20 actions" in str(refused(GOOD + many))


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(LessonError, match="UTF-8"):
        read_lesson(b"a = 1\n\xff", "mine.toml")


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    with pytest.raises(LessonError):
        read_lesson(data, "mine.toml")
