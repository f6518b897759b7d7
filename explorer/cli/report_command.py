"""``report``: the results as HTML or JSON, with a case header."""

import argparse
import shlex
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from explorer.cli.reading import (
    engine_for,
    evidences,
    options_from,
    verify_in_memory,
)
from explorer.core.errors import ExplorerError
from explorer.model.verdicts import EvidenceReport
from explorer.reports.case import CaseHeader, HtmlOptions, run_facts_here
from explorer.reports.html_report import html_report
from explorer.reports.json_report import document_text
from explorer.reports.words import Language
from explorer.session.outputs import refuse_evidence
from explorer.session.repeating import repeat_commands
from explorer.session.status import exit_status
from explorer.session.wording import translations_for
from explorer.store.queries import CaseReader


def run_report(arguments: argparse.Namespace) -> int:
    """Verify, then write a report; the status is the verification's."""
    options = options_from(arguments, hash_twice=True)
    refuse_evidence(arguments.output, arguments.paths)
    reports: list[EvidenceReport] = []
    repeat: dict[int, str] = {}
    with engine_for(options.jobs) as engine:
        for paths in evidences(arguments):
            report, database = verify_in_memory(engine, paths, options)
            before = sum(len(each.findings) for one in reports for each in one.ledgers)
            commands = repeat_commands(
                report, CaseReader(database), paths, options.trust
            )
            repeat |= {before + number: text for number, text in commands.items()}
            reports.append(report)
    ending = arguments.output.suffix.lower()
    if ending == ".json":
        data = document_text(reports).encode()
    elif ending in {".html", ".htm"}:
        command = shlex.join(["provenance-explorer", *sys.argv[1:]])
        facts = replace(
            run_facts_here(),
            command=command,
            as_of=str(arguments.as_of or ""),
            trust=", ".join(options.trust.sources),
        )
        data = html_report(reports, _header(arguments), facts, _html(arguments, repeat))
    else:
        raise ExplorerError(f"{arguments.output} does not end in .html or .json")
    try:
        arguments.output.write_bytes(data)
    except OSError as error:
        raise ExplorerError(f"{arguments.output}: {error.strerror}") from error
    sys.stderr.write(f"{arguments.output}: {len(data)} bytes\n")
    return exit_status(reports, [])


def _header(arguments: argparse.Namespace) -> CaseHeader:
    return CaseHeader(
        arguments.case,
        arguments.examiner,
        arguments.organisation,
        arguments.purpose,
        arguments.period,
        arguments.time_zone,
        arguments.notes,
    )


def _html(arguments: argparse.Namespace, repeat: Mapping[int, str]) -> HtmlOptions:
    language = Language(arguments.language)
    return HtmlOptions(
        language,
        datetime.now(UTC),
        _zone(arguments.time_zone),
        translations_for(language),
        repeat,
    )


def _zone(name: str) -> tzinfo:
    if not name:
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ExplorerError(f"{name} is no time zone, such as Asia/Shanghai") from error
