"""``trace``: where an item comes from, or where it went, hop by hop.

Every evidence is verified first, with its statements, in memory; the hops carry the
grades of DESIGN, section 3. Exit status: 3 if no evidence names the item (those that
may be meant are listed), otherwise as ``verify``.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from explorer import __version__
from explorer.cli.parser import USAGE_STATUS
from explorer.cli.reading import engine_for, evidences, options_from, verify_in_memory
from explorer.cli.trace_text import not_found_text, trace_text
from explorer.core.absent import Absent
from explorer.core.errors import ExplorerError
from explorer.model.verdicts import EvidenceReport, LedgerReport
from explorer.provenance.items import Found
from explorer.provenance.trace import Direction, Trace
from explorer.reports.graph_files import (
    to_csv,
    to_dot,
    to_graphml,
    to_prov_json,
    to_prov_n,
)
from explorer.reports.json_report import TOOL_NAME
from explorer.session.status import exit_status
from explorer.session.tracing import TraceAnswer, trace_item, trace_json
from explorer.store.queries import CaseReader

_FORMS = {
    "dot": to_dot,
    "graphml": to_graphml,
    "prov-json": to_prov_json,
    "prov-n": to_prov_n,
    "csv": to_csv,
}


@dataclass(frozen=True, slots=True)
class _Traced:
    """One evidence with an answer for each of its ledgers."""

    report: EvidenceReport
    answers: tuple[TraceAnswer, ...]

    def found(self) -> list[tuple[LedgerReport, TraceAnswer]]:
        """Return the ledgers that know the item."""
        pairs = zip(self.report.ledgers, self.answers, strict=True)
        return [pair for pair in pairs if not isinstance(pair[1].trace, Absent)]


def run_trace(arguments: argparse.Namespace) -> int:
    """Print the trace of an item and return the exit status.

    Raises:
        ExplorerError: If a graph file is wanted of more or less than one trace.
        TrustError: If trust material cannot be understood.
    """
    direction = Direction.FORWARD if arguments.forward else Direction.BACK
    options = options_from(arguments, keep_statements=True)
    traced: list[_Traced] = []
    with engine_for(options.jobs) as engine:
        for paths in evidences(arguments):
            report, database = verify_in_memory(engine, paths, options)
            reader = CaseReader(database)
            answers = [
                trace_item(
                    reader, number, arguments.item, direction, ledger, arguments.to
                )
                for number, ledger in enumerate(report.ledgers)
            ]
            database.close()
            traced.append(_Traced(report, tuple(answers)))
    sys.stdout.write(_output(arguments, traced))
    if not any(each.found() for each in traced):
        return USAGE_STATUS
    return exit_status([each.report for each in traced], ())


def _output(arguments: argparse.Namespace, traced: Sequence[_Traced]) -> str:
    if arguments.form == "json":
        return _json_text(arguments.item, traced)
    if arguments.form in _FORMS and any(each.found() for each in traced):
        return _graph_text(arguments.form, traced)
    texts = [_text(arguments.item, each) for each in traced]
    if arguments.form in _FORMS:  # nothing that a file of this form could hold
        sys.stderr.write("\n".join(texts))
        return ""
    return "\n".join(texts)


def _graph_text(form: str, traced: Sequence[_Traced]) -> str:
    found = [pair for each in traced for pair in each.found()]
    if len(found) > 1:
        raise ExplorerError(
            f"{len(found)} ledgers name this item; give one PATH for --{form}"
        )
    ledger, answer = found[0]
    if not isinstance(answer.trace, Trace):
        return ""
    return _FORMS[form](answer.trace, is_fictional=ledger.is_fictional)


def _text(item: str, traced: _Traced) -> str:
    report = traced.report
    found = traced.found()
    if not found:
        return not_found_text(item, report, [each.item for each in traced.answers])
    return "\n".join(trace_text(ledger, answer) for ledger, answer in found)


def _json_text(item: str, traced: Sequence[_Traced]) -> str:
    document = {
        "tool": {"name": TOOL_NAME, "version": __version__},
        "item": item,
        "results": [result for each in traced for result in _results(each)],
    }
    return json.dumps(document, indent=1, ensure_ascii=True) + "\n"


def _results(traced: _Traced) -> list[dict[str, object]]:
    report = traced.report
    if not report.ledgers:
        return [
            {
                "path": report.path,
                "verdict": report.verdict.value,
                "found": Found.UNKNOWN.value,
                "candidates": [],
                "trace": None,
                "problem": report.problem,
            }
        ]
    return [
        {
            "path": report.path,
            "format": ledger.format,
            "title": ledger.title,
            "verdict": ledger.verdict.value,
            "fictional": ledger.is_fictional,
            "found": answer.item.found.value,
            "candidates": list(answer.item.candidates),
            "trace": trace_json(answer),
        }
        for ledger, answer in zip(report.ledgers, traced.answers, strict=True)
    ]
