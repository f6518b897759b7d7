"""The words of the command line (DESIGN section 5)."""

import argparse
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

from explorer import __version__

USAGE_STATUS = 3
"""Exit status for wrong usage and for what could not be read."""


class Parser(argparse.ArgumentParser):
    """An argument parser whose usage errors end with ``USAGE_STATUS``."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and end."""
        self.print_usage(sys.stderr)
        self.exit(USAGE_STATUS, f"{self.prog}: {message}\n")


def build_parser() -> Parser:
    """Return the parser for all verbs."""
    parser = Parser(
        prog="provenance-explorer",
        description="Open exported ledgers offline, verify them, trace origins. "
        "Without a verb, the window opens.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    verbs = parser.add_subparsers(dest="verb", required=True, parser_class=Parser)
    _add_verify(verbs.add_parser("verify", help="check hashes, signatures and rules"))
    _add_trace(verbs.add_parser("trace", help="trace an item to its origin"))
    _add_claim(verbs.add_parser("claim", help="check a claim about a thing"))
    _add_show(verbs.add_parser("show", help="show one block or entry in full"))
    _add_export(verbs.add_parser("export", help="write tables (CSV, XLSX, JSON Lines)"))
    _add_compare(verbs.add_parser("compare", help="compare two copies of a ledger"))
    _add_prove(verbs.add_parser("prove", help="prove that an entry is in its block"))
    _add_check_proof(verbs.add_parser("check-proof", help="check such a proof"))
    _add_report(verbs.add_parser("report", help="write a report (HTML, JSON)"))
    _add_event_hash(verbs.add_parser("event-hash", help="hash EPCIS events"))
    _add_sample(verbs.add_parser("sample", help="write a sample ledger"))
    _add_lab(verbs.add_parser("lab", help="lessons, class mode, chains from tables"))
    _add_reconcile(
        verbs.add_parser(
            "reconcile", help="compare a party's spreadsheet with a ledger"
        )
    )
    _add_convert(verbs.add_parser("convert", help="write PROV in another notation"))
    formats = verbs.add_parser("formats", help="list the formats that can be read")
    formats.add_argument(
        "--fields", action="store_true", help="list the fields of filters instead"
    )
    return parser


def _add_reading(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "--trust",
        action="append",
        type=Path,
        default=[],
        metavar="PATH",
        help="who may sign: PEM, folder, JSON list or trust profile",
    )
    add(
        "--checkpoint",
        action="append",
        default=[],
        metavar="H=HASH",
        help="the hash of the block at height H, known from elsewhere",
    )
    add(
        "--copy",
        action="append",
        type=Path,
        default=[],
        metavar="PATH",
        help="a copy of the ledger that you got on another way",
    )
    add("--as-of", type=moment, metavar="TIME", help="judge certificates at this time")
    add("--network", default="", metavar="NAME", help="network or fork, if not stated")
    add("--format", default="", metavar="NAME", help="take the bytes as this format")
    add(
        "--profile",
        action="append",
        default=[],
        metavar="FILE|NAME",
        help="mapping profile for values and tables",
    )
    add(
        "--pack",
        action="append",
        default=[],
        metavar="FILE|NAME",
        help="domain pack: the rules of a system",
    )
    add("--together", action="store_true", help="all PATHs are one piece of evidence")
    add(
        "--jobs", type=_count, default=0, metavar="N", help="processes; 0: one per core"
    )


def _add_verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--require", action="append", choices=("attributed", "anchored"), default=[]
    )
    _add_reading(parser)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")


def _add_trace(parser: argparse.ArgumentParser) -> None:
    forms = parser.add_mutually_exclusive_group()
    for form in ("json", "dot", "graphml", "prov-json", "prov-n", "csv"):
        forms.add_argument(f"--{form}", dest="form", action="store_const", const=form)
    parser.add_argument("--forward", action="store_true")
    parser.add_argument("--item", required=True, metavar="ID")
    parser.add_argument("--to", default="", metavar="ID")
    _add_reading(parser)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")


def _add_claim(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument("--item", metavar="ID")
    asked.add_argument("--qr", metavar="TEXT")
    parser.add_argument(
        "--photo", action="append", type=Path, default=[], metavar="FILE"
    )
    parser.add_argument("--claim", action="append", default=[], metavar="[TOPIC=]TEXT")
    parser.add_argument("--language", choices=("en", "zh"), default="en")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE.html")
    _add_reading(parser)
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")


def _add_show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--format", default="", metavar="NAME")
    parser.add_argument("path", type=Path, metavar="PATH")
    parser.add_argument("height", type=_count, metavar="HEIGHT")
    parser.add_argument("entry", type=_count, nargs="?", metavar="ENTRY")


def _add_export(parser: argparse.ArgumentParser) -> None:
    tables = parser.add_mutually_exclusive_group(required=True)
    for table in ("entries", "blocks", "findings", "signers", "alerts"):
        tables.add_argument(
            f"--{table}", dest="table", action="store_const", const=table
        )
    parser.add_argument("--from", dest="from_time", type=moment, metavar="TIME")
    parser.add_argument("--to", dest="to_time", type=moment, metavar="TIME")
    parser.add_argument(
        "--filter",
        default="",
        metavar="EXPRESSION",
        help="only rows for which it holds, as in docs/filter-language.md",
    )
    parser.add_argument("--sample", type=_count, metavar="N")
    parser.add_argument("--seed", default="0", metavar="S")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    _add_reading(parser)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")


def _add_compare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("first", type=Path, metavar="A")
    parser.add_argument("second", type=Path, metavar="B")


def _add_reconcile(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--days", type=_decimal, default=Decimal(1), metavar="N")
    parser.add_argument("--percent", type=_decimal, default=Decimal(0), metavar="N")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE")
    _add_reading(parser)
    parser.add_argument("paths", nargs="+", type=Path, metavar="LEDGER... SHEET")


def _add_convert(parser: argparse.ArgumentParser) -> None:
    notations = ("prov-json", "prov-n", "prov-xml")
    parser.add_argument("--to", choices=notations, required=True)
    parser.add_argument("-o", "--output", type=Path, metavar="FILE")
    parser.add_argument("path", type=Path, metavar="FILE")


def _add_prove(parser: argparse.ArgumentParser) -> None:
    _add_reading(parser)
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE", help="where to"
    )
    parser.add_argument("path", type=Path, metavar="PATH")
    parser.add_argument("entry", metavar="ENTRY", help="its id, or BLOCK:POSITION")


def _add_check_proof(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("path", type=Path, metavar="FILE")


def _add_report(parser: argparse.ArgumentParser) -> None:
    for field in ("case", "examiner", "organisation", "purpose", "period", "notes"):
        parser.add_argument(f"--{field}", default="")
    parser.add_argument("--time-zone", default="", metavar="ZONE")
    parser.add_argument("--language", choices=("en", "zh"), default="en")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    _add_reading(parser)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")


def _add_event_hash(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("paths", nargs="+", type=Path, metavar="FILE")


def _add_sample(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("folder", type=Path, metavar="DIR")


def _add_lab(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True, parser_class=Parser)
    what.add_parser("lessons", help="list the lessons")
    page = what.add_parser("page", help="write a lesson as a web page or a handout")
    page.add_argument("lesson", metavar="LESSON|FILE.toml")
    page.add_argument("--handout", action="store_true")
    page.add_argument("--language", choices=("en", "zh"), default="en")
    page.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.html")
    seats = what.add_parser("class", help="write a chain with a fault for each seat")
    seats.add_argument("--seats", type=_count, required=True, metavar="N")
    seats.add_argument("--seed", type=_count, default=0, metavar="S")
    seats.add_argument("-o", "--output", type=Path, required=True, metavar="DIR")
    points = what.add_parser("score", help="score what a class found")
    points.add_argument("answers", type=Path, metavar="ANSWERS.json")
    points.add_argument("sheet", type=Path, metavar="SHEET.csv")
    build = what.add_parser("build", help="make a chain from a table (CSV, XLSX)")
    build.add_argument("table", type=Path, metavar="TABLE")
    build.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.jsonl")


def moment(text: str) -> datetime:
    """Return a time written as ISO 8601; without a zone it is UTC.

    Raises:
        argparse.ArgumentTypeError: If it is written otherwise.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is not an ISO 8601 time") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _decimal(text: str) -> Decimal:
    try:
        found = Decimal(text)
        is_fit = 0 <= found <= 36_500
    except ArithmeticError as error:
        raise argparse.ArgumentTypeError(f"{text} is not a number") from error
    if not is_fit:
        raise argparse.ArgumentTypeError(f"{text} is not from 0 to 36500")
    return found


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 0")
    return int(text)
