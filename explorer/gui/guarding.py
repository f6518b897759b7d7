"""The border of all tasks: whatever goes wrong behind it becomes a ``Failure``."""

import traceback
from collections.abc import Callable
from typing import TypeVar

from explorer.core.errors import CancelledError, ExplorerError
from explorer.gui.messages import Failure

Answer = TypeVar("Answer")


def guarded(work: Callable[[], Answer]) -> Answer | Failure:
    """Return what ``work`` returns, or why it could not be done.

    Raises:
        CancelledError: If the work was cancelled, which is no failure.
    """
    try:
        return work()
    except CancelledError:
        raise
    except ExplorerError as error:
        return Failure(str(error), error.advice())
    except Exception as error:  # noqa: BLE001 - the one border of all tasks
        trace = "".join(traceback.format_exception(error))
        return Failure(f"{type(error).__name__}: {error}", diagnostics=trace)
