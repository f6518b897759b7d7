"""``claim``: what the records of a ledger say about a thing, and what they do not.

The window's claim sheet without a window. ``--photo`` takes any file: it is hashed and
looked for in the ledger; codes in photos are decoded by the window alone. Exit status:
3 if no evidence names the thing, otherwise as ``verify``; without any PATH 0.
"""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from explorer import __version__
from explorer.cli.parser import USAGE_STATUS
from explorer.cli.reading import engine_for, evidences, options_from, verify_in_memory
from explorer.core.errors import ExplorerError
from explorer.model.claim_sheets import ClaimSheet, Exhibit, Topic, TypedClaim
from explorer.model.verdicts import EvidenceReport
from explorer.reports.claim_html import claim_page
from explorer.reports.claim_text import sheet_text, sheet_values
from explorer.reports.json_report import TOOL_NAME
from explorer.reports.words import Language
from explorer.session.claims_desk import check_claim, check_without_ledger
from explorer.session.claims_exhibits import make_exhibit, search_exhibit
from explorer.session.claims_rows import SheetAsk
from explorer.session.options import VerifyOptions
from explorer.session.showing import BlockShower
from explorer.session.status import exit_status
from explorer.session.tracing import Tracer
from explorer.session.wording import translations_for
from explorer.store.queries import CaseReader


def run_claim(arguments: argparse.Namespace) -> int:
    """Print the claim sheet of each evidence and return the exit status.

    Raises:
        ExplorerError: If a document or the output cannot be read or written.
    """
    moment = datetime.now(UTC)
    exhibits = tuple(make_exhibit(path, moment) for path in arguments.photo)
    claims = tuple(_typed(text) for text in arguments.claim)
    ask = SheetAsk(arguments.item or arguments.qr or "", claims, exhibits)
    if not arguments.paths:
        sheets = [check_without_ledger(ask).sheet]
        _print(arguments, sheets, moment)
        return 0
    options = options_from(arguments, keep_statements=True)
    sheets, reports = [], []
    with engine_for(options.jobs) as engine:
        for paths in evidences(arguments):
            report, database = verify_in_memory(engine, paths, options)
            reports.append(report)
            reader = CaseReader(database)
            sheets += _sheets(ask, report, reader, paths, options)
            database.close()
    _print(arguments, sheets, moment)
    if ask.asked and not any(sheet.item for sheet in sheets):
        return USAGE_STATUS
    return exit_status(reports, ())


def _typed(text: str) -> TypedClaim:
    """Return a claim written ``topic=text``, or of any topic."""
    topic, equals, rest = text.partition("=")
    if equals and topic in set(Topic):
        return TypedClaim(Topic(topic), rest.strip())
    return TypedClaim(Topic.FREE, text.strip())


def _sheets(
    ask: SheetAsk,
    report: EvidenceReport,
    reader: CaseReader,
    paths: tuple[Path, ...],
    options: VerifyOptions,
) -> list[ClaimSheet]:
    if not report.ledgers:
        return [check_without_ledger(ask).sheet]
    shower = BlockShower(paths, options.trust, options.format)
    found = []
    try:
        for number, ledger in enumerate(report.ledgers):
            tracer, holdings = Tracer(reader, number), reader.holdings(number)
            exhibits: tuple[Exhibit, ...] = tuple(
                search_exhibit(each, holdings, shower.files) for each in ask.exhibits
            )
            own = SheetAsk(ask.asked, ask.claims, exhibits)
            checked = check_claim(own, reader, tracer, ledger, report, shower.read)
            found.append(checked.sheet)
    finally:
        shower.close()
    return found


def _print(
    arguments: argparse.Namespace, sheets: list[ClaimSheet], moment: datetime
) -> None:
    if arguments.output is not None:
        _write(arguments, sheets, moment)
    elif arguments.json:
        document = {
            "tool": {"name": TOOL_NAME, "version": __version__},
            "sheets": [sheet_values(each) for each in sheets],
        }
        sys.stdout.write(json.dumps(document, indent=1, ensure_ascii=True) + "\n")
    else:
        sys.stdout.write("\n".join(sheet_text(each) for each in sheets))


def _write(
    arguments: argparse.Namespace, sheets: list[ClaimSheet], moment: datetime
) -> None:
    known = [each for each in sheets if each.item] or sheets
    if len(known) != 1:
        raise ExplorerError(f"{len(known)} ledgers name this; give one PATH for -o")
    language = Language(arguments.language)
    page = claim_page(known[0], language, moment, {}, translations_for(language))
    try:
        arguments.output.write_bytes(page)
    except OSError as error:
        text = f"{arguments.output} cannot be written: {error.strerror}"
        raise ExplorerError(text) from error
