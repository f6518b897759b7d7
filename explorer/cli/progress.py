"""Progress on standard error, only when somebody is looking."""

import sys
import time
from typing import TextIO

REDRAW_S = 0.1
"""Shortest time between two updates."""


class TerminalProgress:
    """A task context that draws one line and wipes it at the end."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """Write to ``stream``, standard error by default, if it is a terminal."""
        self._stream = sys.stderr if stream is None else stream
        self._is_shown = self._stream.isatty()
        self._began = self._last = time.monotonic()
        self._width = 0

    def step(self, done: int, total: int) -> None:
        """Draw how far the work is, at most ten times a second."""
        now = time.monotonic()
        if not self._is_shown or now - self._last < REDRAW_S:
            return
        self._last = now
        rate = done / max(now - self._began, 0.001)
        left = (total - done) / rate if rate else 0.0
        text = (
            f"{done / 1e6:.1f} of {total / 1e6:.1f} MB, "
            f"{rate / 1e6:.1f} MB/s, {left:.0f} s left"
        )
        self._draw(text)

    def wipe(self) -> None:
        """Leave the line empty for what is printed next."""
        if self._width:
            self._draw("")
            self._stream.write("\r")
            self._width = 0

    def _draw(self, text: str) -> None:
        self._stream.write("\r" + text.ljust(self._width))
        self._stream.flush()
        self._width = len(text)
