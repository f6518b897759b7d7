"""``sample``: writes a sample ledger."""

import argparse
import sys

from explorer.lab.samples import write_sample


def run_sample(arguments: argparse.Namespace) -> int:
    """Write a sample ledger and say where."""
    path = write_sample(arguments.name, arguments.folder, full=arguments.full)
    sys.stdout.write(f"{path}\n")
    return 0
