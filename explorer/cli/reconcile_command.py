"""``reconcile``: a party's own spreadsheet against a ledger.

Exit status: 1 if a line differs, else 2 if one side has lines that the other lacks,
else 0. What the ledger's own verification says is printed beside it.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from decimal import Decimal

from explorer import __version__
from explorer.cli.progress import TerminalProgress
from explorer.cli.reading import options_from
from explorer.core.absent import Absent
from explorer.core.errors import ExplorerError
from explorer.core.text import printable
from explorer.provenance.reconciliation import DAY_US, Line, Pair, Status
from explorer.reports.json_report import TOOL_NAME
from explorer.session.outputs import refuse_evidence
from explorer.session.reconciling import (
    Reconciled,
    Tolerance,
    export,
    reconcile_paths,
    shown_times,
    to_json,
)

MAX_LINES_SHOWN = 200
"""Lines that differ or are missing, as text; all are in JSON and in the export."""

_WORDS = {
    Status.MATCHED: "the same on both sides",
    Status.DIFFERS: "differ",
    Status.ONLY_HERE: "only in the list",
    Status.ONLY_THERE: "only in the ledger",
}


def run_reconcile(arguments: argparse.Namespace) -> int:
    """Compare, print or write, and return the exit status.

    Raises:
        ExplorerError: If something could not be read or written.
    """
    *ledger, sheet = arguments.paths
    if not ledger:
        raise ExplorerError("give the ledger, then the spreadsheet")
    if arguments.output is not None:
        refuse_evidence(arguments.output, arguments.paths)
    tolerance = Tolerance(
        int(arguments.days * DAY_US), arguments.percent / Decimal(100)
    )
    progress = TerminalProgress()
    found = reconcile_paths(ledger, sheet, options_from(arguments), tolerance, progress)
    progress.wipe()
    document = {
        "tool": {"name": TOOL_NAME, "version": __version__},
        "reconciliation": to_json(found),
    }
    if arguments.json:
        sys.stdout.write(json.dumps(document, indent=1) + "\n")
    else:
        sys.stdout.write("\n".join(_lines(found)) + "\n")
    if arguments.output is not None:
        _write(arguments, found, document)
    if found.found.count(Status.DIFFERS):
        return 1
    one_sided = (Status.ONLY_HERE, Status.ONLY_THERE)
    return 2 if any(map(found.found.count, one_sided)) else 0


def _write(
    arguments: argparse.Namespace, found: Reconciled, document: dict[str, object]
) -> None:
    if arguments.output.suffix.lower() != ".json":
        written = export(found, arguments.output)
        sys.stderr.write(f"{written.rows} rows, SHA-256 {written.sha256}\n")
        return
    try:
        arguments.output.write_text(json.dumps(document, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise ExplorerError(f"{arguments.output}: {error.strerror}") from error


def _lines(result: Reconciled) -> Iterator[str]:
    found = result.found
    yield f"ledger: {printable(result.ledger.path)} ({result.ledger.verdict.value})"
    yield f"list:   {printable(result.sheet.path)}"
    for status, words in _WORDS.items():
        yield f"  {found.count(status):6} {words}"
    for name, side in (("list", found.here), ("ledger", found.there)):
        sums = ", ".join(f"{n:f} {unit}" for unit, n in side.amounts.items())
        yield f"total of the {name}: {side.lines} lines, {side.things} things; {sums}"
    told = [each for each in found.pairs if each.status is not Status.MATCHED]
    for pair in told[:MAX_LINES_SHOWN]:
        yield _pair_text(pair)
    if len(told) > MAX_LINES_SHOWN:
        yield f"({len(told) - MAX_LINES_SHOWN} more; write them with -o)"
    for ledger in result.sheet.ledgers:
        for remark in ledger.not_checked:
            if remark.code.startswith("mapping-"):
                yield f"note: {remark.sentence} [{printable(remark.detail)}]"


def _pair_text(pair: Pair) -> str:
    line = pair.there if isinstance(pair.here, Absent) else pair.here
    thing = printable(line.thing) if isinstance(line, Line) else ""
    if pair.status is not Status.DIFFERS:
        return f"{_WORDS[pair.status]}: {thing}"
    parts = []
    for each in pair.differences:
        here, there = each.here, each.there
        if each.field == "time":
            here, there = shown_times(pair)
        parts.append(f"{each.field} {printable(here)} here, {printable(there)} there")
    return f"differs: {thing}: {'; '.join(parts)}"
