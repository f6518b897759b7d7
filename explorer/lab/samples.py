"""Sample ledgers by name, for the command line and for lessons."""

from pathlib import Path
from typing import BinaryIO

from explorer.lab import enforcement, pears
from explorer.lab.first_blocks import first_blocks

SAMPLES: tuple[str, ...] = (
    "pears",
    "pears-sm",
    "enforcement",
    "bitcoin-first-blocks",
)
"""Names that ``write_sample`` knows."""


def write_sample(name: str, folder: Path, *, full: bool = False) -> Path:
    """Write a sample ledger into ``folder``, which is made, and return its path.

    ``full`` gives the enforcement ledger its full size (some 170 MB).

    Raises:
        ValueError: If there is no such sample.
        OSError: If it cannot be written; a file of that name is never overwritten.
    """
    if name not in SAMPLES:
        raise ValueError(f"no sample {name!r}; there are {', '.join(SAMPLES)}")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.jsonl"
    with path.open("xb", buffering=2**20) as out:
        _write(name, out, full=full)
    return path


def _write(name: str, out: BinaryIO, *, full: bool) -> None:
    if name == "enforcement":
        size = enforcement.FULL if full else enforcement.SMALL
        enforcement.write_enforcement(out, size)
    elif name == "bitcoin-first-blocks":
        out.write(first_blocks().encode())
    else:
        pears.write_pears(out, pears.plan(chinese_algorithms=name == "pears-sm"))
