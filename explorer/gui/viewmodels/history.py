"""Where the user was: back and forward, as in a browser."""

from PySide6.QtCore import QObject, Signal

from explorer.gui.viewmodels.case import Visit

MAX_VISITS = 200


class History(QObject):
    """A line of visits with a present one."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Start with no visit."""
        super().__init__(parent)
        self._visits: list[Visit] = []
        self._present = -1

    @property
    def present(self) -> Visit | None:
        """Return where the user is."""
        return self._visits[self._present] if self._visits else None

    def visit(self, visit: Visit) -> None:
        """Go somewhere new; what was forward of here is forgotten."""
        if visit == self.present:
            return
        self._visits = [*self._visits[: self._present + 1], visit][-MAX_VISITS:]
        self._present = len(self._visits) - 1
        self.changed.emit()

    def amend(self, visit: Visit) -> None:
        """Replace the present visit: another selection on the same page."""
        if self._visits:
            self._visits[self._present] = visit

    def can_go(self, steps: int) -> bool:
        """Return whether one can go so many steps (negative: back)."""
        return 0 <= self._present + steps < len(self._visits)

    def go(self, steps: int) -> Visit | None:
        """Go back or forward and return the visit there, if there is one."""
        if not self.can_go(steps):
            return None
        self._present += steps
        self.changed.emit()
        return self.present

    def clear(self) -> None:
        """Forget all visits."""
        self._visits, self._present = [], -1
        self.changed.emit()
