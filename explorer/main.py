"""The entry point: paths or nothing open the window, a verb runs the command line."""

import multiprocessing
import sys
from collections.abc import Sequence

VERBS = frozenset(
    {
        *("verify", "trace", "claim", "show", "export", "compare", "report"),
        *("event-hash", "reconcile", "convert", "prove", "check-proof"),
        *("sample", "lab", "formats"),
    }
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status."""
    multiprocessing.freeze_support()  # for the packaged program on Windows
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words and (words[0] in VERBS or words[0] in {"-h", "--help", "--version"}):
        from explorer.cli.commands import run

        return run(words)
    from explorer.gui.application import run_window

    return run_window(words)
