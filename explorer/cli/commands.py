"""Runs a verb and turns errors into a sentence and a status."""

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from explorer.cli.parser import USAGE_STATUS, build_parser
from explorer.core.errors import ExplorerError
from explorer.core.text import printable

INTERRUPTED_STATUS = 130


def run(words: Sequence[str]) -> int:
    """Run the command line ``words`` and return its exit status."""
    arguments = build_parser().parse_args(words)
    try:
        status = _command(arguments.verb)(arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of a pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ExplorerError as error:
        sys.stderr.write(f"provenance-explorer: {printable(str(error))}\n")
        if error.advice():
            sys.stderr.write(f"{error.advice()}\n")
        return USAGE_STATUS
    except KeyboardInterrupt:
        sys.stderr.write("stopped\n")
        return INTERRUPTED_STATUS
    return status


def _command(verb: str) -> Callable[[argparse.Namespace], int]:
    """Import only what the verb needs: a run starts in a fraction of a second."""
    module, function = _VERBS[verb]
    found = getattr(importlib.import_module(f"explorer.cli.{module}"), function)
    return cast("Callable[[argparse.Namespace], int]", found)


_VERBS: Mapping[str, tuple[str, str]] = {
    "verify": ("verify_command", "run_verify"),
    "formats": ("verify_command", "run_formats"),
    "show": ("show_command", "run_show"),
    "compare": ("compare_command", "run_compare"),
    "export": ("export_command", "run_export"),
    "report": ("report_command", "run_report"),
    "event-hash": ("event_hash_command", "run_event_hash"),
    "sample": ("sample_command", "run_sample"),
    "lab": ("lab_command", "run_lab"),
    "convert": ("convert_command", "run_convert"),
    "reconcile": ("reconcile_command", "run_reconcile"),
    "trace": ("trace_command", "run_trace"),
    "prove": ("prove_command", "run_prove"),
    "check-proof": ("prove_command", "run_check_proof"),
    "claim": ("claim_command", "run_claim"),
}
