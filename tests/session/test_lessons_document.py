"""docs/lessons.md is enough to write a lesson, and names all that there is."""

import re
from pathlib import Path

import pytest

from explorer.lab.lesson_files import read_lesson
from explorer.lab.lesson_ledgers import LEDGERS
from explorer.lab.lessons import Doing, Lesson, Showing
from explorer.session.lab_lessons import LessonChecker, load_lesson
from tests.session.lesson_walk import walk

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "lessons.md").read_text(encoding="utf-8")
_EXAMPLE = re.search(r"```toml\n(.*?)```", TEXT, re.DOTALL)
OWN = ROOT / "tests" / "lab" / "lessons" / "borrowed-scale.toml"


def _lessons() -> list[Lesson]:
    assert _EXAMPLE is not None
    return [read_lesson(_EXAMPLE[1].encode(), "docs/lessons.md"), load_lesson(OWN)]


@pytest.mark.parametrize("lesson", _lessons(), ids=lambda each: each.name)
def test_a_lesson_written_from_the_document_runs_through(lesson: Lesson) -> None:
    checker = LessonChecker(lesson)
    for _, step, copies in walk(lesson):
        state = checker.state(step, copies)
        verdicts = {each.copy: each.verdict for each in state.copies}
        assert all(verdicts[each.copy] == each.verdict for each in step.expect)
        assert len(state.facts) >= len(step.fact)


@pytest.mark.parametrize("word", [*Doing, *Showing, *LEDGERS])
def test_every_action_fact_and_ledger_is_described(word: str) -> None:
    assert f"\n| `{word}` |" in TEXT
