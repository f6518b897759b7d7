"""The folder ``sample_chains/pears``: one intact chain and three altered ones.

Each altered file asks more of whoever wants to find it: hashes find the first,
signatures the second, and only a hash kept outside the file the third. The keys are
demonstration keys, so that everybody can repeat all of it.
"""

import io
import json
from collections.abc import Mapping
from pathlib import Path

from explorer.lab.chain_writer import ChainPlan
from explorer.lab.pears import plan, write_pears
from explorer.lab.tampering import edit_block, rehash, remake

EDITED_BLOCK = 1
EDIT = (b'"quantity":1180', b'"quantity":1980')
"""A harvest of 1,180 kg becomes one of 1,980 kg."""


def lesson_files() -> Mapping[str, bytes]:
    """Return the files of the folder by name, without its README."""
    chain = plan()
    out = io.BytesIO()
    write_pears(out, chain)
    intact = out.getvalue()
    edited = edit_block(intact, EDITED_BLOCK, *EDIT)
    keys = {each.id: each.key for each in chain.parties}
    return {
        "pears.jsonl": intact,
        "pears_one-digit.jsonl": edited,
        "pears_rehashed.jsonl": rehash(edited),
        "pears_resigned.jsonl": remake(edited, keys),
        "pears.keys.json": keys_file(chain),
    }


def write_lessons(folder: Path) -> None:
    """Write the files into ``folder``, over files of the same names.

    Raises:
        OSError: If one cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in lesson_files().items():
        (folder / name).write_bytes(content)


def keys_file(chain: ChainPlan) -> bytes:
    """Return the public keys of all parties as a JSON list, fit for ``--trust``."""
    keys = [
        {
            "party": each.id,
            "algorithm": each.key.scheme.value,
            "public_key": each.key.public_key.raw.hex(),
            "label": f"{each.name} (虚构演示数据)",
        }
        for each in chain.parties
    ]
    return (json.dumps(keys, ensure_ascii=False, indent=2) + "\n").encode()
