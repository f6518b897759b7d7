"""A query service that answers at once, in this thread, for tests of the window."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject

from explorer.core.errors import ExplorerError
from explorer.gui.messages import Failure
from explorer.gui.tasks import QueryService
from explorer.session.showing import BlockShower
from explorer.store.queries import CaseReader

Answer = TypeVar("Answer")


class DirectQuery(QueryService):
    """Answers from a case reader, and from a shower if there is one."""

    def __init__(self, reader: CaseReader, shower: BlockShower | None = None) -> None:
        QObject.__init__(self)
        self.reader = reader
        self.shower = shower
        self.asked: list[str] = []
        """Keys of the questions asked, in order."""

    def ask(
        self,
        request: Callable[[CaseReader, BlockShower], Answer],
        answered: Callable[[Answer], None],
        *,
        owner: QObject,
        key: str = "",
        failed: Callable[[Failure], None] | None = None,
    ) -> bool:
        shower = self.shower
        if shower is None:
            return False
        self._answer(lambda: request(self.reader, shower), answered, key, failed)
        return True

    def ask_rows(
        self,
        request: Callable[[CaseReader], Answer],
        answered: Callable[[Answer], None],
        *,
        owner: QObject,
        key: str = "",
        failed: Callable[[Failure], None] | None = None,
    ) -> bool:
        self._answer(lambda: request(self.reader), answered, key, failed)
        return True

    def run(
        self,
        work: Callable[[], Answer],
        answered: Callable[[Answer], None],
        *,
        owner: QObject,
        key: str = "",
        failed: Callable[[Failure], None] | None = None,
    ) -> None:
        self._answer(work, answered, key, failed)

    def _answer(
        self,
        work: Callable[[], Answer],
        answered: Callable[[Answer], None],
        key: str,
        failed: Callable[[Failure], None] | None,
    ) -> None:
        self.asked.append(key)
        try:
            answer = work()
        except ExplorerError as error:
            if failed is not None:
                failed(Failure(str(error)))
            return
        answered(answer)
