"""Saves a step as a picture, and a lesson as a handout or a web page."""

from pathlib import Path

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from explorer.core.errors import ExplorerError
from explorer.gui.canvases.lesson_blocks import draw_row, row_height, row_shown
from explorer.gui.design.painting import TextStyle, draw_line
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import Role, Token
from explorer.gui.translations import translate
from explorer.gui.viewmodels.teach import TeachModel
from explorer.gui.viewmodels.teach_words import anchor_words, fact_words, in_groups
from explorer.lab.lesson_states import StepState
from explorer.lab.lessons import Lesson
from explorer.reports.words import Language
from explorer.session.lab_pages import handout, web_page

_WIDE_PX, _PAD_PX, _LINE_PX, _GAP_PX = 1200, 24, 22, 14
SCALE = 2
"""Pixels of a PNG for each px of the drawing."""


def save_picture(path: Path, theme: Theme, model: TeachModel) -> None:
    """Write the rows of the step as PNG or SVG, by the ending of ``path``.

    Raises:
        ExplorerError: If there is nothing to draw yet, or it cannot be written.
    """
    state = model.state
    if state is None:
        raise ExplorerError("the step is still being worked out")
    picture = _Picture(theme, model, state)
    size = QSize(round(theme.px(_WIDE_PX)), round(picture.height()))
    if path.suffix.lower() == ".svg":
        generator = QSvgGenerator()
        generator.setFileName(str(path))
        generator.setSize(size)
        generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
        painter = QPainter()
        if not painter.begin(generator):
            raise ExplorerError(f"{path} cannot be written")
        picture.draw(painter)
        painter.end()
        return
    image = QImage(size * SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SCALE)
    image.fill(theme.color(Token.PAPER))
    painter = QPainter(image)
    picture.draw(painter)
    painter.end()
    if not image.save(str(path)):
        raise ExplorerError(f"{path} cannot be written")


def save_lesson(
    path: Path, lesson: Lesson, language: Language, *, is_handout: bool
) -> None:
    """Write a lesson as a handout to print, or as a page that works by itself.

    Raises:
        OSError: If it cannot be written.
        ExplorerError: If the lesson has no such form.
    """
    text = (
        handout(lesson, language.value)
        if is_handout
        else web_page(lesson, language.value)
    )
    path.write_text(text, encoding="utf-8")


class _Picture:
    """The rows of one step, below each other."""

    def __init__(self, theme: Theme, model: TeachModel, state: StepState) -> None:
        self._theme, self._model, self._state = theme, model, state
        self._rows = [
            row_shown(copy, state.copies[0], model.step.focus) for copy in state.copies
        ]

    def height(self) -> float:
        """Return how high the picture is."""
        theme = self._theme
        rows = sum(row_height(theme, each) for each in self._rows)
        lines = len(self._rows) + len(self._texts()) + 1
        gaps = len(self._rows) * theme.px(_GAP_PX)
        return rows + gaps + lines * theme.px(_LINE_PX) + 2 * theme.px(_PAD_PX)

    def draw(self, painter: QPainter) -> None:
        """Draw everything from the top left."""
        theme, pad = self._theme, self._theme.px(_PAD_PX)
        painter.fillRect(
            QRectF(0, 0, theme.px(_WIDE_PX), self.height()), theme.color(Token.PAPER)
        )
        wide, line = theme.px(_WIDE_PX) - 2 * pad, theme.px(_LINE_PX)
        words, top = self._model.words, pad
        say = words(self._model.step.say)
        top = self._line(painter, say, TextStyle(Role.ANSWER), top)
        for row in self._rows:
            named = self._model.lesson.row[row.copy.copy]
            title = f"{words(named.title)} · {words(named.note)}".rstrip(" ·")
            self._line(painter, title, TextStyle(Role.STRONG), top)
            high = row_height(theme, row)
            draw_row(painter, theme, row, QRectF(pad, top + line, wide, high))
            top += line + high + theme.px(_GAP_PX)
        for text, style in self._texts():
            top = self._line(painter, text, style, top)

    def _line(
        self, painter: QPainter, text: str, style: TextStyle, top: float
    ) -> float:
        theme, pad, line = (
            self._theme,
            self._theme.px(_PAD_PX),
            self._theme.px(_LINE_PX),
        )
        room = QRectF(pad, top, theme.px(_WIDE_PX) - 2 * pad, line)
        draw_line(painter, theme, room, text, style)
        return top + line

    def _texts(self) -> list[tuple[str, TextStyle]]:
        lines = [(fact_words(each), TextStyle(Role.BODY)) for each in self._state.facts]
        anchor = self._state.anchor
        if anchor is not None:
            token = Token.OK if anchor.agrees else Token.FAIL
            lines.append((" ".join(anchor_words(anchor)), TextStyle(Role.BODY, token)))
            mono = TextStyle(Role.MONO)
            lines.append((in_groups(anchor.printed, 16), mono))
            lines.append((in_groups(anchor.computed, 16) or "—", mono))
        fiction = translate("Teach", "Fictional demonstration data; a working copy.")
        lines.append((fiction, TextStyle(Role.SMALL, Token.INK2)))
        return lines
