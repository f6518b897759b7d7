"""The window's numbers: first paint, list usable, the UI thread, stopping.

Run with ``python -m benchmarks.window [LEDGER]``; without a path the full enforcement
sample (402,460 blocks) is written to a temporary folder. Offscreen unless a platform is
chosen. Goals: first paint 0.5 s, list 1 s, UI thread 100 ms (p99), stop 1 s.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.measuring import say
from explorer.gui.application import make_application, make_window
from explorer.gui.viewmodels.case import PageName, Phase, Visit
from explorer.gui.views.main_window import MainWindow
from explorer.lab.samples import write_sample

_FIRST_PAINT = """
import time
began = time.perf_counter()
from pathlib import Path
from explorer.gui.application import make_application, make_window
application = make_application()
folder = Path({folder!r})
window = make_window(application, folder / "s.ini", folder / "cases", jobs=1)
window.restore_place()
window.show()
application.processEvents()
window.grab()
print(time.perf_counter() - began)
window.close()
"""
TICK_MS = 5


class Stopwatch:
    """Measures how late a timer of the window's thread comes."""

    def __init__(self) -> None:
        """Start at once."""
        self.late_ms: list[float] = []
        self._clock = QElapsedTimer()
        self._clock.start()
        self._timer = QTimer(interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def share(self, part: float) -> float:
        """Return the lateness in ms that so large a part of the ticks stays below."""
        ordered = sorted(self.late_ms)
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))]

    def _tick(self) -> None:
        self.late_ms.append(max(0.0, self._clock.nsecsElapsed() / 1e6 - TICK_MS))
        self._clock.restart()


def first_paint_s(folder: Path) -> float:
    """Return the seconds from the start of Python's imports to the first picture."""
    code = _FIRST_PAINT.format(folder=str(folder))
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return float(done.stdout.split()[-1])


def turn(application: QApplication, seconds: float = 0.0) -> None:
    """Let the window work for some time."""
    end = time.monotonic() + seconds
    application.processEvents()
    while time.monotonic() < end:
        application.processEvents()
        time.sleep(0.001)


def rows_usable_s(application: QApplication, window: MainWindow, ledger: Path) -> float:
    """Return the seconds from opening to the first rows in the list of Inspect."""
    case = window.case
    counts: list[int] = []
    began = time.monotonic()
    window.open_paths([ledger])
    window.visit(Visit(PageName.INSPECT))
    while not counts and time.monotonic() - began < 60:
        case.query.ask_rows(
            lambda reader: reader.rows(0, 256),
            lambda rows: counts.append(len(rows)) if rows else None,
            owner=case,
            key="benchmark",
        )
        turn(application, 0.01)
    return time.monotonic() - began


def main(words: Sequence[str] = ()) -> None:
    """Measure and print."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paints = [first_paint_s(folder) for _ in range(3)]
        _say("first paint", f"{min(paints):.2f} s")
        ledger = Path(words[0]) if words else _full_sample(folder)
        application = make_application()
        window = make_window(application, folder / "s.ini", folder / "cases")
        window.resize(1440, 900)
        window.show()
        turn(application, 3.0)  # the engine loads
        _measure(application, window, ledger)
        window.close()


def is_checking(window: MainWindow) -> bool:
    """Return whether a verification is under way."""
    return window.case.phase is Phase.CHECKING


def _measure(application: QApplication, window: MainWindow, ledger: Path) -> None:
    _say("list usable", f"{rows_usable_s(application, window, ledger):.2f} s")
    for page in (PageName.INSPECT, PageName.OVERVIEW):
        window.visit(Visit(page))
        turn(application, 0.3)
        watch = Stopwatch()
        turn(application, 3.0)
        text = f"{watch.share(0.99):.0f} ms p99, {max(watch.late_ms):.0f} ms at most"
        _say(f"UI thread while checking, {page.value}", text)
    began = time.monotonic()
    window.stop()
    while is_checking(window):
        turn(application, 0.005)
    _say("stop", f"{time.monotonic() - began:.2f} s")
    began = time.monotonic()
    window.open_paths([ledger])
    watch = Stopwatch()
    while is_checking(window):
        turn(application, 0.02)
    _say("whole check in the window", f"{time.monotonic() - began:.1f} s")
    turn(application, 3.0)
    text = f"{watch.share(0.99):.0f} ms p99, {max(watch.late_ms):.0f} ms at most"
    _say("UI thread over all of it", text)


def _full_sample(folder: Path) -> Path:
    return write_sample("enforcement", folder / "sample", full=True)


def _say(what: str, figure: str) -> None:
    say(f"window: {what:40} {figure}")


if __name__ == "__main__":
    main(sys.argv[1:])
