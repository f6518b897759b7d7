"""Small ledgers for lessons, by name; every one is fictional and says so.

``harvest`` has no signatures, ``signed`` is the same story with them, ``phantom`` tells
of a harvest that never happened, ``delivery`` has a block with several entries,
``receivables`` a claim that was pledged twice, ``work`` is a chain of the regression
test network of Bitcoin, ``tail`` one with three transactions in a block. ``fabric`` is
the pear store among the samples, read as it is.
"""

import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from explorer.core.digests import HashAlgorithm
from explorer.core.resources import samples_folder
from explorer.lab.chain_writer import ChainPlan, ChainWriter, LabParty
from explorer.lab.demonstration_keys import DemonstrationKey, demonstration_key
from explorer.lab.receivables import PARTIES as RECEIVABLE_PARTIES
from explorer.lab.receivables import TITLE as RECEIVABLES_TITLE
from explorer.lab.receivables import receivable_blocks
from explorer.lab.story import Record
from explorer.lab.work_chain import work_chain
from explorer.model.keys import SignatureScheme

Files = Mapping[str, bytes]
"""Names of files, with folders, and their bytes."""

OTHER_SEED = "lesson of somebody else"
"""Owner of the keys with which a whole chain is made anew by somebody else."""

_START = datetime(2025, 9, 1, 0, 0, tzinfo=UTC)
_STEP = timedelta(hours=12)
_FICTION = "虚构演示数据 fictional demonstration data; keys are not secret"

PARTIES = (
    ("orchard", "云河谷梨园 Yunhe Valley Orchard", "grower"),
    ("lab", "正禾检测室 Zhenghe Laboratory", "laboratory"),
    ("packer", "青屿包装厂 Qingyu Packing House", "packer"),
)
_HARVEST: Sequence[Sequence[Record]] = (
    (Record("orchard", "GY01", "registered", {"record": "Orchard 果园"}),),
    (
        Record(
            "orchard", "PC02", "harvest", {"record": "Harvest 采摘", "weight_kg": 1433}
        ),
    ),
    (Record("lab", "JC03", "test", {"record": "Residue 农残", "result": "passed"}),),
    (Record("packer", "HB04", "merge", {"record": "Merged 合批", "weight_kg": 2894}),),
    (Record("packer", "FJ05", "grade", {"record": "Graded 分级", "result": "top"}),),
    (Record("packer", "X06", "pack", {"record": "Packed 装箱", "weight_kg": 5}),),
)
_PHANTOM = (
    *_HARVEST[:1],
    (
        Record(
            "orchard",
            "PC02",
            "harvest",
            {"record": "Harvest 采摘 (never took place)", "weight_kg": 9000},
        ),
    ),
    *_HARVEST[2:],
)
_DELIVERY = (
    *_HARVEST[:1],
    tuple(
        Record(
            "orchard",
            f"D{number}",
            "deliver",
            {"record": f"Crate {number} 第{number}筐", "weight_kg": 20 + number},
        )
        for number in range(1, 8)
    ),
    *_HARVEST[2:3],
)


@dataclass(frozen=True, slots=True)
class LessonLedger:
    """A ledger as a lesson begins with it."""

    name: str
    files: Files
    keys: Mapping[str, DemonstrationKey]
    """Party → its real demonstration key; empty where nobody signs."""

    @property
    def main_file(self) -> str:
        """Return the name of the file that actions change."""
        return next(iter(self.files))


def lesson_ledger(name: str) -> LessonLedger:
    """Return the ledger of this name.

    Raises:
        ValueError: If there is none.
        OSError: If a sample that it is read from is not there.
    """
    if name not in LEDGERS:
        raise ValueError(f"no ledger {name!r}; there are {', '.join(LEDGERS)}")
    return _made(name)


@cache
def _made(name: str) -> LessonLedger:
    return LEDGERS[name](name)


def other_keys(ledger: LessonLedger) -> dict[str, DemonstrationKey]:
    """Return keys for the same parties that are not theirs."""
    return {
        party: demonstration_key(key.scheme, f"{OTHER_SEED}/{party}")
        for party, key in ledger.keys.items()
    }


def keys_json(ledger: LessonLedger) -> bytes:
    """Return the public keys of the parties as a JSON list, fit for ``--trust``."""
    keys = [
        {
            "party": party,
            "algorithm": key.scheme.value,
            "public_key": key.public_key.raw.hex(),
            "label": f"{party} (虚构演示数据)",
        }
        for party, key in ledger.keys.items()
    ]
    return (json.dumps(keys, ensure_ascii=False, indent=2) + "\n").encode()


def write_story(
    plan: ChainPlan, blocks: Sequence[Sequence[Record]], *, is_signed: bool
) -> bytes:
    """Return a chain-jsonl file with these records, one block every twelve hours."""
    out = io.BytesIO()
    writer = ChainWriter(out, plan)
    for height, records in enumerate(blocks):
        at = _START + height * _STEP
        items = [_item(writer, each, at, is_signed=is_signed) for each in records]
        producers = plan.producers
        writer.add_block(items, producers[height % len(producers)], at)
    writer.close()
    return out.getvalue()


def _item(
    writer: ChainWriter, record: Record, at: datetime, *, is_signed: bool
) -> bytes:
    signed = writer.item(
        record.author, record.id, record.payload_json(), at, record.kind
    )
    if is_signed:
        return signed
    return signed[: signed.rindex(b',"signature":"')] + b"}"


def _parties(
    listed: Sequence[tuple[str, str, str]], owner: str
) -> tuple[LabParty, ...]:
    return tuple(
        LabParty(
            each,
            title,
            role,
            demonstration_key(SignatureScheme.ED25519, f"{owner}/{each}"),
        )
        for each, title, role in listed
    )


def _plan(
    name: str,
    title: str,
    listed: Sequence[tuple[str, str, str]],
    *,
    is_signed: bool,
) -> ChainPlan:
    parties = _parties(listed, f"lesson-{name}")
    return ChainPlan(
        id=f"lesson-{name}",
        title=title,
        hash=HashAlgorithm.SHA256,
        created=_START,
        parties=parties,
        producers=tuple(each.id for each in parties),
        sign_every=1 if is_signed else 0,
        entry_signatures="required" if is_signed else "none",
        note=_FICTION,
    )


def _story(
    blocks: Sequence[Sequence[Record]], *, is_signed: bool
) -> Callable[[str], LessonLedger]:
    def make(name: str) -> LessonLedger:
        title = f"梨课 pear lesson: {name} (虚构演示数据)"
        plan = _plan(name, title, PARTIES, is_signed=is_signed)
        return _ledger(name, plan, blocks, is_signed=is_signed)

    return make


def _receivables(name: str) -> LessonLedger:
    plan = _plan(name, RECEIVABLES_TITLE, RECEIVABLE_PARTIES, is_signed=True)
    return _ledger(name, plan, receivable_blocks(), is_signed=True)


def _ledger(
    name: str, plan: ChainPlan, blocks: Sequence[Sequence[Record]], *, is_signed: bool
) -> LessonLedger:
    keys = {each.id: each.key for each in plan.parties} if is_signed else {}
    data = write_story(plan, blocks, is_signed=is_signed)
    return LessonLedger(name, {f"{name}.jsonl": data}, keys)


def _work(name: str) -> LessonLedger:
    data = work_chain(has_spends=name == "tail")
    return LessonLedger(name, {"blk00000.dat": data}, {})


def _fabric(name: str) -> LessonLedger:
    folder = samples_folder() / "fabric-pear-trace"
    return LessonLedger(name, folder_files(folder / "ledgersData"), {})


def folder_files(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by their path in it, the name of it included.

    Raises:
        OSError: If one cannot be read.
    """
    return {
        path.relative_to(folder.parent).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


LEDGERS: Mapping[str, Callable[[str], LessonLedger]] = {
    "harvest": _story(_HARVEST, is_signed=False),
    "signed": _story(_HARVEST, is_signed=True),
    "phantom": _story(_PHANTOM, is_signed=True),
    "delivery": _story(_DELIVERY, is_signed=True),
    "receivables": _receivables,
    "work": _work,
    "tail": _work,
    "fabric": _fabric,
}
"""Name → how the ledger is made."""
