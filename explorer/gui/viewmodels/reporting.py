"""Writes the report of the open case; all of it runs in the query thread."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.model.verdicts import EvidenceReport
from explorer.reports.case import CaseHeader, HtmlOptions, run_facts_here
from explorer.reports.html_report import html_report
from explorer.reports.json_report import document_text
from explorer.reports.words import Language
from explorer.session.options import VerifyOptions
from explorer.session.wording import translations_for


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """What to write, and where."""

    path: Path
    """Ends in ``.json`` for the machine-readable form, else HTML is written."""
    report: EvidenceReport
    header: CaseHeader
    language: Language
    paths: Sequence[Path]
    options: VerifyOptions


def write_report(order: ReportOrder) -> Path:
    """Write the report and return its path.

    Raises:
        ReadError: If the file cannot be written.
    """
    if order.path.suffix.lower() == ".json":
        data = document_text([order.report]).encode()
    else:
        data = _html(order)
    try:
        order.path.write_bytes(data)
    except OSError as error:
        raise ReadError(f"{order.path}: {error.strerror}", "cannot-write") from error
    return order.path


def command_line(paths: Sequence[Path], options: VerifyOptions) -> str:
    """Return the command that repeats the verification without a window.

    Anchors that were ticked in the window stand in no file; the command leaves them out
    and says so.
    """
    words = ["provenance-explorer", "verify"]
    for source in options.trust.sources:
        words += ["--trust", source]
    for anchor in (*options.trust.history, *options.checkpoints):
        words += ["--checkpoint", f"{anchor.height}={anchor.block_hash.hex()}"]
    for copy in options.copies:
        words += ["--copy", str(copy)]
    if not isinstance(options.as_of, Absent):
        words += ["--as-of", options.as_of.isoformat()]
    if len(paths) > 1:
        words.append("--together")
    text = shlex.join([*words, *map(str, paths)])
    ticked = sum(
        each.source not in options.trust.sources for each in options.trust.identities
    )
    note = "  # and {} anchors that were ticked in the window"
    return text + note.format(ticked) if ticked else text


def _html(order: ReportOrder) -> bytes:
    options = order.options
    as_of = options.as_of
    facts = replace(
        run_facts_here(),
        as_of="" if isinstance(as_of, Absent) else as_of.isoformat(),
        trust=", ".join(options.trust.sources),
        command=command_line(order.paths, options),
    )
    made = HtmlOptions(
        order.language,
        datetime.now(UTC),
        translations=translations_for(order.language),
    )
    return html_report([order.report], order.header, facts, made)
