"""``compare``: two copies of a ledger."""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict

from explorer import __version__
from explorer.cli.progress import TerminalProgress
from explorer.core.text import printable
from explorer.session.comparing import Comparison, compare


def run_compare(arguments: argparse.Namespace) -> int:
    """Compare and print; status 1 if the copies contradict each other, else 0."""
    progress = TerminalProgress()
    found = compare(arguments.first, arguments.second, progress)
    progress.wipe()
    if arguments.json:
        tool = {"name": "provenance-explorer", "version": __version__}
        document = {"tool": tool, "comparison": asdict(found)}
        sys.stdout.write(json.dumps(document, indent=1) + "\n")
    else:
        sys.stdout.write("\n".join(_lines(found)) + "\n")
    return 0 if found.first_difference is None else 1


def _lines(found: Comparison) -> Iterator[str]:
    yield f"first:  {printable(found.first_title)}, {found.first_blocks} blocks"
    yield f"second: {printable(found.second_title)}, {found.second_blocks} blocks"
    if found.shared == 0:
        yield "They share no block."
    elif found.common_to is not None:
        yield f"The same from block {found.common_from} to {found.common_to}."
    yield f"{found.shared} blocks have the same hash, {found.identical} the same bytes."
    if found.first_difference is not None:
        yield f"First difference: block {found.first_difference}"
        yield f"  first:  {found.first_hash}"
        yield f"  second: {found.second_hash}"
    for label, count, last in (
        ("first", found.only_first, found.first_last),
        ("second", found.only_second, found.second_last),
    ):
        if count:
            yield f"Only in the {label}: {count} blocks, up to {last}."
    honest = {each.slot: each.is_honest for each in found.slots}
    for slot, count in sorted(found.slots_total.items()):
        note = (
            "honest copies may differ here" if honest.get(slot) else "must not differ"
        )
        yield f"Differs in {count} blocks: {printable(slot)} ({note})."
