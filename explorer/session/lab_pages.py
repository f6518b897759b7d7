"""A lesson as a page to print and as a web page that works by itself."""

from explorer.lab.lessons import Lesson


def handout(lesson: Lesson, language: str) -> str:
    """Return."""
    return lesson.name + language


def web_page(lesson: Lesson) -> str:
    """Return."""
    return lesson.name
