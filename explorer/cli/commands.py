"""Runs a verb and turns errors into a sentence and a status."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence

from explorer.cli.compare_command import run_compare
from explorer.cli.output_commands import run_export, run_report, run_sample
from explorer.cli.parser import USAGE_STATUS, build_parser
from explorer.cli.reading import (
    engine_for,
    evidences,
    options_from,
    verify_in_memory,
)
from explorer.cli.show_command import run_show
from explorer.cli.trace_command import run_trace
from explorer.core.errors import ExplorerError
from explorer.reports.json_report import document_text
from explorer.reports.text_report import TextOptions, text_report
from explorer.session.catalogue import FAMILIES
from explorer.session.status import exit_status

INTERRUPTED_STATUS = 130


def run(words: Sequence[str]) -> int:
    """Run the command line ``words`` and return its exit status."""
    arguments = build_parser().parse_args(words)
    try:
        status = _VERBS[arguments.verb](arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of a pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ExplorerError as error:
        sys.stderr.write(f"provenance-explorer: {error}\n")
        if error.advice():
            sys.stderr.write(f"{error.advice()}\n")
        return USAGE_STATUS
    except KeyboardInterrupt:
        sys.stderr.write("stopped\n")
        return INTERRUPTED_STATUS
    return status


def _verify(arguments: argparse.Namespace) -> int:
    options = options_from(arguments)
    with engine_for(options.jobs) as engine:
        reports = [
            verify_in_memory(engine, paths, options)[0]
            for paths in evidences(arguments)
        ]
    if arguments.json:
        sys.stdout.write(document_text(reports))
    else:
        choice = TextOptions(
            colour=sys.stdout.isatty() and "NO_COLOR" not in os.environ
        )
        sys.stdout.write(text_report(reports, choice))
    return exit_status(reports, arguments.require)


def _formats(_: argparse.Namespace) -> int:
    for family in FAMILIES:
        sys.stdout.write(f"{family.name:12} {family.title} ({family.reference})\n")
    return 0


_VERBS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "verify": _verify,
    "trace": run_trace,
    "show": run_show,
    "compare": run_compare,
    "export": run_export,
    "report": run_report,
    "sample": run_sample,
    "formats": _formats,
}
