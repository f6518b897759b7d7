"""``export``: blocks, entries, findings or signers as a table."""

import argparse
import sys

from explorer.cli.reading import (
    engine_for,
    evidences,
    options_from,
    verify_in_memory,
)
from explorer.core.absent import Absent
from explorer.core.errors import ExplorerError
from explorer.session.exporting import ExportChoice, export
from explorer.session.outputs import refuse_evidence
from explorer.session.status import exit_status
from explorer.store.queries import CaseReader
from explorer.store.writer import CaseWriter


def run_export(arguments: argparse.Namespace) -> int:
    """Verify, then write one table; the status is the verification's."""
    choice = ExportChoice(
        arguments.table,
        arguments.from_time or Absent.NOT_IN_EXPORT,
        arguments.to_time or Absent.NOT_IN_EXPORT,
        Absent.NOT_IN_EXPORT if arguments.sample is None else arguments.sample,
        arguments.seed,
        arguments.filter,
    )
    refuse_evidence(arguments.output, arguments.paths)
    options = options_from(arguments, keep_statements=bool(choice.filter))
    found = evidences(arguments)
    if len(found) != 1:
        raise ExplorerError("export one evidence at a time, or give --together")
    with engine_for(options.jobs) as engine:
        report, database = verify_in_memory(engine, found[0], options)
    if choice.filter:
        CaseWriter(database).index_words()
    if not report.ledgers:
        raise ExplorerError(f"nothing to export: {report.problem}")
    written = export(choice, report, CaseReader(database), arguments.output)
    sys.stderr.write(f"{written.rows} rows, SHA-256 {written.sha256}\n")
    return exit_status([report], [])
