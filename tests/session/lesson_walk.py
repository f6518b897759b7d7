"""Walks through lessons step by step, for several tests."""

from collections.abc import Iterator

from explorer.lab.acting import act, first_copies
from explorer.lab.bench import Copies
from explorer.lab.lessons import Lesson, Step


def walk(lesson: Lesson) -> Iterator[tuple[int, Step, Copies]]:
    """Yield each step with the copies after its actions."""
    copies = first_copies(lesson)
    for number, step in enumerate(lesson.step):
        copies = act(lesson, number, copies)
        yield number, step, copies
