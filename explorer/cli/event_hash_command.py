"""``event-hash``: the canonical ids of the events in files."""

import argparse
import json
import sys

from explorer import __version__
from explorer.core.text import printable
from explorer.session.event_hashing import HashedEvent, HashedFile, hash_file


def run_event_hash(arguments: argparse.Namespace) -> int:
    """Print the event hashes of every file; 3 if one holds none or is damaged."""
    results = [hash_file(path) for path in arguments.paths]
    if arguments.json:
        document = {
            "tool": {"name": "provenance-explorer", "version": __version__},
            "results": [_plain(each) for each in results],
        }
        sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    else:
        for each in results:
            _write(each)
    is_read = all(each.events and not each.problems for each in results)
    return 0 if is_read else 3


def _plain(result: HashedFile) -> dict[str, object]:
    return {
        "path": result.path,
        "hashes": [each.hash for each in result.events],
        "events": [
            {
                "type": each.type,
                "declared_id": each.declared_id,
                "declares_hash": each.declares_hash,
                "matches": each.variant or None,
                "start": each.place.start,
                "end": each.place.end,
            }
            for each in result.events
        ],
        "problems": [
            {"reason": reason, "start": span.start, "end": span.end}
            for reason, span in result.problems
        ],
        "error": result.error,
    }


def _write(result: HashedFile) -> None:
    sys.stdout.write(f"{printable(result.path)}\n")
    for event in result.events:
        sys.stdout.write(f"  {event.hash}  {event.type}{_said(event)}\n")
    for reason, span in result.problems:
        sys.stdout.write(f"  {reason}, bytes {span.start} to {span.end}\n")
    if result.error:
        sys.stdout.write(f"  {printable(result.error)}\n")


def _said(event: HashedEvent) -> str:
    """Return what the event's own id has to do with its hash."""
    if not event.declares_hash:
        return ""
    if not event.variant:
        return "  its own id is not the canonical hash of this content"
    if event.variant == "canonical":
        return "  equals its own id"
    return f"  its own id is its hash written as {event.variant}"
