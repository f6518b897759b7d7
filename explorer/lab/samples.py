"""Sample ledgers by name, for the command line and for lessons.

Ledgers of the systems of the field come with what their packs must find.
"""

from pathlib import Path
from typing import BinaryIO

import msgspec

from explorer.lab import enforcement, pears
from explorer.lab.cases import Planted, write_system
from explorer.lab.first_blocks import first_blocks
from explorer.lab.systems.all import SYSTEMS

_FLAWED = "-flawed"

SAMPLES: tuple[str, ...] = (
    "pears",
    "pears-sm",
    "enforcement",
    "bitcoin-first-blocks",
    "enforcement-flawed",
    *(f"{name}{end}" for name in SYSTEMS for end in ("", _FLAWED)),
)
"""Names that ``write_sample`` knows."""


def write_sample(name: str, folder: Path, *, full: bool = False) -> Path:
    """Write a sample ledger into ``folder``, which is made, and return its path.

    ``full`` gives the enforcement ledger its full size (some 170 MB) with 228 alerts.
    What must be found is written beside it as ``NAME.truth.json``.

    Raises:
        ValueError: If there is no such sample.
        OSError: If it cannot be written; a file of that name is never overwritten.
    """
    if name not in SAMPLES:
        raise ValueError(f"no sample {name!r}; there are {', '.join(SAMPLES)}")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.jsonl"
    with path.open("xb", buffering=2**20) as out:
        planted = _write(name, out, full=full)
    if planted is not None:
        with path.with_suffix(".truth.json").open("xb") as file:
            file.write(truth_text(name, planted))
    return path


def truth_text(name: str, planted: list[Planted]) -> bytes:
    """Return what must be found in a ledger, no more and no less, as JSON."""
    value = {
        "note": "虚构演示数据 fictional demonstration data",
        "ledger": f"{name}.jsonl",
        "must_find": planted,
    }
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def _write(name: str, out: BinaryIO, *, full: bool) -> list[Planted] | None:
    if name.startswith("enforcement"):
        size = enforcement.SMALL if name == "enforcement" else enforcement.SMALL_FLAWED
        return enforcement.write_enforcement(out, enforcement.FULL if full else size)
    if name in {"pears", "pears-sm"}:
        pears.write_pears(out, pears.plan(chinese_algorithms=name == "pears-sm"))
        return None
    if name == "bitcoin-first-blocks":
        out.write(first_blocks().encode())
        return None
    system = SYSTEMS[name.removesuffix(_FLAWED)]
    return write_system(out, system, flawed=name.endswith(_FLAWED))
