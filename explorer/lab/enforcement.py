"""The fictional enforcement ledger: four flows, mostly empty blocks, any size.

The full size has the figures that were published for a real ledger of this kind
(height 402,460, 51,947 records); nothing else of it is known, everything is invented
and marked so. Blocks come every 120 seconds, records only in working hours.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

import msgspec

from explorer.core.digests import HashAlgorithm
from explorer.lab.cases import Planted
from explorer.lab.chain_writer import ChainPlan, ChainWriter, LabParty
from explorer.lab.demonstration_keys import demonstration_key
from explorer.lab.draws import Draws
from explorer.lab.enforcement_alerts import JOB, POINTS, SENTENCE, SPENDING, Alerts
from explorer.lab.enforcement_flows import FlowRecords
from explorer.model.keys import SignatureScheme

START = datetime(2023, 1, 1, tzinfo=UTC)
BLOCK_SECONDS = 120
SIGN_EVERY = 1_000
_DAY_BLOCKS = 720
_WORKING_BLOCKS = 300
"""Blocks of a day in working hours: 08:00 to 18:00 in Beijing, from 00:00 UTC."""
_MOST_TOGETHER = 6

_PARTIES = (
    ("registrar-1", "登记节点一 Registrar 1", "producer"),
    ("registrar-2", "登记节点二 Registrar 2", "producer"),
    ("registrar-3", "监督节点 Supervision node", "producer"),
    ("officer", "值班民警 Duty officer", "officer"),
    ("ward-chief", "监区长 Ward chief", "ward-chief"),
    ("education-office", "教育改造科 Education office", "office"),
    ("execution-office", "刑罚执行科 Penalty-execution office", "office"),
    ("review-committee", "评审委员会 Review committee", "committee"),
    ("warden", "监狱长 Warden", "warden"),
    ("points-office", "计分考核办 Points office", "office"),
    ("accounts-office", "账务中心 Accounts office", "office"),
)


@dataclass(frozen=True, slots=True)
class EnforcementSize:
    """How much of it to write."""

    blocks: int
    records: int
    people: int
    alerts: Mapping[str, int] = field(default_factory=dict)
    """Flow → how many alerts are planted in it."""
    every: int = 1
    """At most one alert in so many records of a flow."""


SMALL = EnforcementSize(3_000, 387, 24)
SMALL_FLAWED = EnforcementSize(
    3_000, 700, 24, {JOB: 2, SENTENCE: 3, POINTS: 3, SPENDING: 4}, 5
)
FULL = EnforcementSize(
    402_460, 51_947, 600, {JOB: 38, SENTENCE: 52, POINTS: 64, SPENDING: 74}, 60
)
"""With 228 alerts, as published; how they spread over the four areas is invented."""


def plan() -> ChainPlan:
    """Return the header of the ledger."""
    scheme = SignatureScheme.ECDSA_P256_SHA256
    parties = tuple(
        LabParty(each, name, role, demonstration_key(scheme, f"enforcement/{each}"))
        for each, name, role in _PARTIES
    )
    return ChainPlan(
        id="enforcement-demo",
        title="云岭监狱执法链 Yunling prison enforcement ledger (虚构演示数据)",
        hash=HashAlgorithm.SHA256,
        created=START,
        parties=parties,
        producers=("registrar-1", "registrar-2", "registrar-3"),
        sign_every=SIGN_EVERY,
        note="虚构演示数据 fictional demonstration data; keys are not secret",
    )


def write_enforcement(out: BinaryIO, size: EnforcementSize) -> list[Planted]:
    """Write the ledger and return what must be found in it."""
    chain = plan()
    writer = ChainWriter(out, chain)
    encode = msgspec.json.Encoder(order="sorted").encode
    draws = Draws(20_230_101)
    records = FlowRecords(size.people, draws, Alerts(size.alerts, size.every))
    planted: list[Planted] = []
    step = timedelta(seconds=BLOCK_SECONDS)
    written = 0
    for height, count in _occupied_blocks(size, draws):
        _fill(writer, chain.producers, height)
        items: list[bytes] = []
        for index in range(count):
            written += 1
            before_s = 105 - 15 * index - draws.below(10)
            now = START + height * step - timedelta(seconds=before_s)
            record = records.next(now)
            if record.alert is not None:
                rule, reason = record.alert
                entry_id = f"R{written:06d}"
                planted.append(Planted(rule, reason, height, index, entry_id))
            items.append(
                writer.item(
                    record.author,
                    f"R{written:06d}",
                    encode(record.payload),
                    now,
                    record.flow,
                )
            )
        writer.add_block(items, chain.producers[height % 3], START + height * step)
    _fill(writer, chain.producers, size.blocks)
    writer.close()
    return planted


def _fill(writer: ChainWriter, producers: tuple[str, ...], height: int) -> None:
    """Write empty blocks up to ``height``."""
    for each in range(writer.height, height):
        time = START + timedelta(seconds=each * BLOCK_SECONDS)
        writer.add_block((), producers[each % 3], time)


def _occupied_blocks(size: EnforcementSize, draws: Draws) -> Iterator[tuple[int, int]]:
    """Yield (height, number of records), heights rising."""
    days, rest = divmod(size.blocks - 1, _DAY_BLOCKS)
    working = days * _WORKING_BLOCKS + min(rest, _WORKING_BLOCKS)
    record = 0
    while record < size.records:
        count = min(draws.between(1, _MOST_TOGETHER), size.records - record)
        day, block = divmod(record * working // size.records, _WORKING_BLOCKS)
        yield day * _DAY_BLOCKS + block + 1, count
        record += count
