"""What the Teach page shows: a lesson, its step, and what the program says of copies.

Every check runs in the query thread, on bytes in memory. Changes by hand and steps of
the lesson go into the same history, so that each can be taken back.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from explorer.gui.messages import Failure
from explorer.gui.tasks import QueryService
from explorer.gui.translations import current_language
from explorer.lab.acting import act_all, copies_at
from explorer.lab.bench import Bench, Moment
from explorer.lab.lesson_files import ORIGINAL
from explorer.lab.lesson_states import StepState
from explorer.lab.lessons import Action, Doing, Lesson, Step, Words
from explorer.lab.values import EditableValue, change_value
from explorer.session.lab_lessons import LessonChecker, load_lesson, shipped_lessons


@dataclass(frozen=True, slots=True)
class TeachMemory:
    """What another page of this kind goes on with."""

    lessons: tuple[Lesson, ...]
    lesson: Lesson
    bench: Bench


class TeachModel(QObject):
    """One lesson at one step."""

    changed = Signal()
    """Lesson, step or copies are others; ``state`` may still be missing."""
    told = Signal(object)
    """``Failure``: something could not be done; nothing was changed."""

    def __init__(self, query: QueryService, parent: QObject | None = None) -> None:
        """Begin with the first lesson, once the copies are made."""
        super().__init__(parent)
        self._query = query
        self.lessons = shipped_lessons()
        self.lesson = self.lessons[0]
        self._checker = LessonChecker(self.lesson)
        self.bench: Bench | None = None
        self.state: StepState | None = None
        """What the program says; ``None`` while it is being worked out."""

    # -- what is shown ----------------------------------------------------------------

    @property
    def number(self) -> int:
        """Return the number of the step, from 0."""
        return self.bench.now.step if self.bench is not None else 0

    @property
    def step(self) -> Step:
        """Return the step."""
        return self.lesson.step[self.number]

    @property
    def is_shipped(self) -> bool:
        """Return whether the words of the lesson are ours."""
        return self.lesson in shipped_lessons()

    def words(self, words: Words) -> str:
        """Return words of the lesson in the language of the window."""
        return words.of(current_language().value)

    # -- choosing ---------------------------------------------------------------------

    def begin(self) -> None:
        """Show the first step of the lesson."""
        self.choose(self.lesson)

    def choose(self, lesson: Lesson) -> None:
        """Begin another lesson."""
        self.lesson = lesson
        self._checker = LessonChecker(lesson)
        self.bench, self.state = None, None
        self.changed.emit()
        self._make(lambda: Moment(copies_at(lesson, 0)), self._begun)

    def load(self, path: Path) -> None:
        """Begin the lesson of a file, and offer it from now on."""

        def loaded(lesson: Lesson) -> None:
            others = tuple(each for each in self.lessons if each.name != lesson.name)
            self.lessons = (*others, lesson)
            self.choose(lesson)

        self._query.run(
            lambda: load_lesson(path), loaded, owner=self, failed=self.told.emit
        )

    def go_to(self, number: int) -> None:
        """Go to a step; the copies are then what the lesson makes them."""
        if self.bench is None or not 0 <= number < len(self.lesson.step):
            return
        lesson = self.lesson
        self._make(lambda: Moment(copies_at(lesson, number), number), self._go_on)

    def memory(self) -> TeachMemory | None:
        """Return what ``recall`` needs."""
        if self.bench is None:
            return None
        return TeachMemory(self.lessons, self.lesson, self.bench)

    def recall(self, memory: TeachMemory) -> None:
        """Go on with what another page had."""
        self.lessons, self.lesson = memory.lessons, memory.lesson
        self._checker = LessonChecker(memory.lesson)
        self.bench = memory.bench
        self._check()

    # -- changing ---------------------------------------------------------------------

    def undo(self) -> None:
        """Take the last change back."""
        self._move(Bench.undo)

    def redo(self) -> None:
        """Make it again."""
        self._move(Bench.redo)

    def start_again(self) -> None:
        """Return to the first step."""
        self._move(Bench.start_again)

    def edit(self, copy: str, value: EditableValue, text: str) -> None:
        """Put another value into a record of a copy, and mend nothing."""
        if self.bench is None or copy == ORIGINAL or text == value.text:
            return
        now = self.bench.now
        before = now.copies[copy]

        def changed() -> Moment:
            data = change_value(before.data, value, text)
            copies = {**now.copies, copy: replace(before, data=data, tries=0)}
            return replace(now, copies=copies)

        self._make(changed, self._go_on)

    def do(self, copy: str, kind: Doing, block: int = -1) -> None:
        """Carry out an operation on a copy."""
        if self.bench is None or copy == ORIGINAL:
            return
        now, name = self.bench.now, self.lesson.name
        action = Action(kind, copy, block=block)

        def changed() -> Moment:
            copies = act_all(name, now.step, [action], now.copies)
            return replace(now, copies=copies)

        self._make(changed, self._go_on)

    # -- working ----------------------------------------------------------------------

    def _make(self, work: Callable[[], Moment], done: Callable[[Moment], None]) -> None:
        def made() -> Moment | Failure:
            try:
                return work()
            except (ValueError, OSError) as error:
                return Failure(str(error))

        def answered(found: Moment | Failure) -> None:
            if isinstance(found, Failure):
                self.told.emit(found)
            else:
                done(found)

        self._query.run(made, answered, owner=self, key="make", failed=self.told.emit)

    def _begun(self, moment: Moment) -> None:
        if self.bench is not None:  # meanwhile the page went on with what it remembers
            return
        self.bench = Bench(moment)
        self._check()

    def _go_on(self, moment: Moment) -> None:
        if self.bench is not None:
            self.bench.change(moment)
            self._check()

    def _move(self, move: Callable[[Bench], None]) -> None:
        if self.bench is not None:
            move(self.bench)
            self._check()

    def _check(self) -> None:
        if self.bench is None:
            return
        checker, step, copies = self._checker, self.step, self.bench.now.copies
        self.changed.emit()
        self._query.run(
            lambda: checker.state(step, copies),
            self._checked,
            owner=self,
            key="check",
            failed=self._not_checked,
        )

    def _checked(self, state: StepState) -> None:
        self.state = state
        self.changed.emit()

    def _not_checked(self, failure: Failure) -> None:
        self.told.emit(failure)
        if self.bench is not None and self.bench.can_undo:
            self.bench.undo()
            self._check()
