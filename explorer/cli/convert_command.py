"""``convert``: a PROV document in another notation."""

import argparse
import sys

from explorer.core.absent import Absent
from explorer.core.errors import ExplorerError
from explorer.core.limits import MAX_RECORD_BYTES
from explorer.core.text import printable
from explorer.encodings.prov.notations import (
    HEAD_BYTES,
    Notation,
    notation_of,
    read_prov,
    write_prov,
)
from explorer.session.outputs import refuse_evidence


def run_convert(arguments: argparse.Namespace) -> int:
    """Write the document; status 3 if parts of it could not be read, else 0.

    Raises:
        ExplorerError: If it is no PROV document, or cannot be read or written.
    """
    try:
        with arguments.path.open("rb") as file:
            data = file.read(MAX_RECORD_BYTES + 1)
    except OSError as error:
        raise ExplorerError(f"{arguments.path}: {error.strerror}") from error
    is_whole = len(data) <= HEAD_BYTES
    notation = notation_of(data[:HEAD_BYTES], is_whole=is_whole)
    if isinstance(notation, Absent):
        raise ExplorerError(f"{arguments.path} is no PROV document")
    document = read_prov(data, notation)
    written = write_prov(document, Notation(arguments.to))
    if arguments.output is None:
        sys.stdout.write(written.decode())
    else:
        refuse_evidence(arguments.output, [arguments.path])
        try:
            arguments.output.write_bytes(written)
        except OSError as error:
            raise ExplorerError(f"{arguments.output}: {error.strerror}") from error
    for flaw in document.flaws:
        shown = printable(flaw.detail)
        sys.stderr.write(f"byte {flaw.span.start}: {flaw.reason} {shown}\n")
    return 3 if document.flaws else 0
