"""``sample``: writes a sample ledger."""

import argparse
import sys

from explorer.core.errors import ExplorerError
from explorer.lab.samples import write_sample


def run_sample(arguments: argparse.Namespace) -> int:
    """Write a sample ledger and say where."""
    try:
        path = write_sample(arguments.name, arguments.folder, full=arguments.full)
    except (ValueError, OSError) as error:
        raise ExplorerError(str(error)) from error
    sys.stdout.write(f"{path}\n")
    return 0
