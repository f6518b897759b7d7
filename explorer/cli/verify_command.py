"""``verify`` and ``formats``."""

import argparse
import os
import sys

from explorer.cli.reading import (
    engine_for,
    evidences,
    options_from,
    verify_in_memory,
)
from explorer.reports.json_report import document_text
from explorer.reports.text_report import TextOptions, text_report
from explorer.session.catalogue import FAMILIES
from explorer.session.packs import shipped_packs
from explorer.session.status import exit_status
from explorer.store.filter_fields import ROW_SCHEMA


def run_verify(arguments: argparse.Namespace) -> int:
    """Verify every evidence and print what came of it."""
    options = options_from(arguments)
    with engine_for(options.jobs) as engine:
        reports = [
            verify_in_memory(engine, paths, options)[0]
            for paths in evidences(arguments)
        ]
    if arguments.json:
        sys.stdout.write(document_text(reports))
    else:
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        sys.stdout.write(text_report(reports, TextOptions(colour=colour)))
    return exit_status(reports, arguments.require)


def run_formats(arguments: argparse.Namespace) -> int:
    """List the formats and packs, or the fields that filters can name."""
    if arguments.fields:
        for known in ROW_SCHEMA.fields.values():
            sys.stdout.write(f"{known.name:20} {known.kind:9} {known.title}\n")
        return 0
    for family in FAMILIES:
        sys.stdout.write(f"{family.name:12} {family.title} ({family.reference})\n")
    for read in shipped_packs():
        pack = read.pack
        sys.stdout.write(f"pack {pack.name:20} {pack.title} {pack.title_zh}\n")
    return 0
