"""Files that belong to a given one by name and lie beside it.

A time stamp ``x.ots`` is about the file ``x``, and may have the header of its block in
``x.ots.header``; a node's ``blk`` file needs the key in ``xor.dat`` and the ``rev``
file of its number; lists of spent outputs carry the name of their block. Opening one of
them opens these too, and the report lists them.
"""

import re
import stat
from collections.abc import Iterator
from pathlib import Path

_STORE = re.compile(r"(blk|rev)(\d+)\.dat\Z")
_LISTS = ("-prevouts.bin", "-utxos.bin")
_BLOCKS = (".raw", ".blk", ".bin", ".dat", ".hex")


def companions(path: Path) -> tuple[Path, ...]:
    """Return the files beside ``path`` that belong to it and exist."""
    names = dict.fromkeys(_names(path.name))
    found = (path.with_name(name) for name in names if name != path.name)
    return tuple(each for each in found if _is_file(each))


def _names(name: str) -> Iterator[str]:
    if name.endswith(".ots") and len(name) > len(".ots"):
        yield name.removesuffix(".ots")
        yield name + ".header"
    store = _STORE.match(name)
    if store:
        yield from ("xor.dat", f"blk{store[2]}.dat", f"rev{store[2]}.dat")
        return
    for ending in _LISTS:
        if name.endswith(ending):
            stem = name.removesuffix(ending)
            yield from (stem + each for each in _BLOCKS)
            return
    stem, dot, suffix = name.rpartition(".")
    if stem and dot + suffix in _BLOCKS:
        yield from (stem + each for each in _LISTS)


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (OSError, ValueError):
        return False
