"""Writes the ledger of a system from a table: cases, their steps, and planted flaws.

A system is a table of steps that every case goes through. The flawed twin is the same
ledger with some records left out, changed, repeated or signed by another party;
``truth`` says what must be found. The same table gives the same bytes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

import msgspec

from explorer.core.digests import HashAlgorithm
from explorer.lab.chain_writer import ChainPlan, ChainWriter, LabParty
from explorer.lab.demonstration_keys import demonstration_key
from explorer.model.keys import SignatureScheme

JsonLike = str | int | bool | list["JsonLike"] | dict[str, "JsonLike"]
Value = JsonLike | Callable[[int], JsonLike]
"""A text may name ``{case}`` and ``{n}``; a function gets the number of the case."""

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SM = SignatureScheme.SM2_SM3
P256 = SignatureScheme.ECDSA_P256_SHA256
ED25519 = SignatureScheme.ED25519
_NOTE = "虚构演示数据 fictional demonstration data; keys are not secret"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of every case."""

    activity: str
    author: str
    label: str
    values: Mapping[str, Value] = field(default_factory=dict)
    hours: int = 6
    """After the step before; 0: in the same block."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that the flawed twin does otherwise, and what must be found."""

    case: int
    step: str
    rule: str
    reason: str
    values: Mapping[str, Value] = field(default_factory=dict)
    author: str = ""
    drop: bool = False
    again: bool = False
    """The record comes once more, with these values, an hour later."""
    hours: int = 0
    """The record comes so much later."""
    completed_by: str = ""
    """Step whose record completes it, if it is another one."""
    finds: int = 1
    """0: belongs to the flaw beside it."""


@dataclass(frozen=True, slots=True)
class System:
    """One ledger as a table."""

    name: str
    title: str
    scheme: SignatureScheme
    prefix: str
    parties: tuple[tuple[str, str, str], ...]
    """(id, name, role); the first two produce blocks."""
    steps: tuple[Step, ...]
    flaws: tuple[Flaw, ...]
    cases: int = 20
    gap_hours: int = 30
    start: datetime = START


@dataclass(slots=True)
class _Planned:
    time: datetime
    order: int
    case: int
    step: Step
    author: str
    values: dict[str, Value]
    truth: Flaw | None = None


@dataclass(frozen=True, slots=True)
class Planted:
    """One thing that must be found, by the record that completes it."""

    rule: str
    reason: str
    block: int
    entry: int
    entry_id: str


def write_system(out: BinaryIO, system: System, *, flawed: bool) -> list[Planted]:
    """Write the ledger and return what must be found in it."""
    writer = ChainWriter(out, plan_of(system))
    encode = msgspec.json.Encoder(order="sorted").encode
    producers = [each[0] for each in system.parties[:2]]
    planted: list[Planted] = []
    records = _planned(system, flawed=flawed)
    number = 0
    while number < len(records):
        time = records[number].time
        items: list[bytes] = []
        while number < len(records) and records[number].time == time:
            record = records[number]
            number += 1
            entry_id = f"{system.prefix}{number:04d}"
            if record.truth is not None:
                rule, reason = record.truth.rule, record.truth.reason
                place = (writer.height, len(items), entry_id)
                planted.append(Planted(rule, reason, *place))
            payload = encode(_payload(system, record))
            kind = f"{system.name}.{record.step.activity}"
            items.append(writer.item(record.author, entry_id, payload, time, kind))
        producer = producers[writer.height % 2]
        writer.add_block(items, producer, time + timedelta(minutes=2))
    writer.close()
    return planted


def plan_of(system: System) -> ChainPlan:
    """Return the header of a system's ledger."""
    return ChainPlan(
        id=f"{system.name}-demo",
        title=f"{system.title} (虚构演示数据)",
        hash=HashAlgorithm.SM3 if system.scheme is SM else HashAlgorithm.SHA256,
        created=system.start,
        parties=tuple(
            LabParty(
                each,
                name,
                role,
                demonstration_key(system.scheme, f"{system.name}/{each}"),
            )
            for each, name, role in system.parties
        ),
        producers=tuple(each[0] for each in system.parties[:2]),
        sign_every=1,
        note=_NOTE,
    )


def _planned(system: System, *, flawed: bool) -> list[_Planned]:
    found: list[_Planned] = []
    for case in range(1, system.cases + 1):
        flaws = [each for each in system.flaws if flawed and each.case == case]
        time = system.start + timedelta(hours=case * system.gap_hours)
        for order, step in enumerate(system.steps):
            time += timedelta(hours=step.hours)
            own = [each for each in flaws if each.step == step.activity]
            found += _step(time, order, case, step, own)
        for flaw in flaws:
            if flaw.completed_by and flaw.finds:
                _mark(found, case, flaw)
    return sorted(found, key=lambda each: (each.time, each.case, each.order))


def _step(
    time: datetime, order: int, case: int, step: Step, flaws: list[Flaw]
) -> list[_Planned]:
    record = _Planned(time, order, case, step, step.author, dict(step.values))
    found = [record]
    for flaw in flaws:
        own_truth = flaw if flaw.finds and not flaw.completed_by else None
        if flaw.again:
            values = {**step.values, **flaw.values}
            later = time + timedelta(hours=1 + flaw.hours)
            author = flaw.author or step.author
            found.append(_Planned(later, order, case, step, author, values, own_truth))
        elif flaw.drop:
            found.remove(record)
        else:
            record.values.update(flaw.values)
            record.author = flaw.author or record.author
            record.time += timedelta(hours=flaw.hours)
            record.truth = own_truth or record.truth
    return found


def _mark(found: list[_Planned], case: int, flaw: Flaw) -> None:
    for each in found:
        if each.case == case and each.step.activity == flaw.completed_by:
            each.truth = flaw
            return


def _payload(system: System, record: _Planned) -> dict[str, JsonLike]:
    case = f"{system.prefix}{record.case:03d}"
    payload: dict[str, JsonLike] = {
        "action": record.step.activity,
        "case": case,
        "date": f"{record.time:%Y-%m-%dT%H:%M:%SZ}",
        "label": record.step.label,
    }
    for name, value in record.values.items():
        payload[name] = _filled(value, case, record.case)
    return payload


def _filled(value: Value, case: str, number: int) -> JsonLike:
    if callable(value):
        value = value(number)
    if isinstance(value, str):
        return value.replace("{case}", case).replace("{n}", str(number))
    if isinstance(value, list):
        return [_filled(each, case, number) for each in value]
    if isinstance(value, dict):
        return {name: _filled(each, case, number) for name, each in value.items()}
    return value
