"""Timing shared by the benchmarks: medians of several runs, printed as ratios."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CORPORA = ROOT.parent / "shared" / "corpora"


def say(text: str) -> None:
    """Print one line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def median_s(work: Callable[[], object], runs: int = 3) -> float:
    """Return the median wall-clock time of ``work`` in seconds."""
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def once_s(work: Callable[[], object]) -> float:
    """Return the wall-clock time of one run in seconds."""
    return median_s(work, 1)


def command_cost(words: Sequence[str]) -> tuple[str, float, float]:
    """Run a command; return its output, wall-clock seconds and its own peak in MB.

    Raises:
        SystemExit: If it ends with another status than 0.
    """
    began = time.perf_counter()
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        output = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(words)} ended with {process.returncode}")
    return output, time.perf_counter() - began, usage.ru_maxrss / 1024
