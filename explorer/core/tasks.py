"""Progress and cancellation, passed as an argument to everything that takes long."""

from typing import Protocol


class TaskContext(Protocol):
    """What a long task tells the outside, and how it learns that it shall stop."""

    def step(self, done: int, total: int) -> None:
        """Report ``done`` of ``total`` units.

        Raises:
            CancelledError: If the user asked to stop.
        """


class NullContext:
    """A context nobody listens to."""

    def step(self, done: int, total: int) -> None:
        """Ignore the report."""
