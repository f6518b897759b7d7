"""Fresh random chains of coffee, intact, and every inconsistency planted into them."""
# ruff: noqa: ANN401 - events are plain JSON

import json
import random
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.encodings.epcis.written import document, xml_document, xml_event

Event = dict[str, Any]
COMPANY = "7640123"
PLACES = {
    "farm": ("00001", "-1.29", "36.82", "grower"),
    "mill": ("00002", "-1.10", "37.01", "roaster"),
    "port": ("00003", "-4.04", "39.67", "carrier"),
    "shop": ("00004", "-4.05", "39.66", "retailer"),
}
ROLES = {
    "commissioning": ["grower", "roaster"],
    "packing": ["roaster"],
    "retail_selling": ["retailer"],
}


def place(name: str, door: str = "0") -> str:
    return f"urn:epc:id:sgln:{COMPANY}.{PLACES[name][0]}.{door}"


class Chain:
    """Events of some lots, each with its steps by name."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - test data
        self.events: list[Event] = []
        self.steps: list[dict[str, int]] = []
        self.certificates: dict[str, dict[str, str]] = {}
        self.time = datetime(2024, 3, 1, 7, 30, tzinfo=UTC)
        self.zone = self.random.choice(("+03:00", "-05:00", "+05:30", "+00:00"))
        for number in range(4):
            self._lot(number)

    def add(self, kind: str, hours: float, **fields: Any) -> int:
        self.time += timedelta(hours=hours + self.random.random())
        self.events.append(self.event(kind, self.time, **fields))
        return len(self.events) - 1

    def event(self, kind: str, at: datetime, **fields: Any) -> Event:
        sign = -1 if self.zone[0] == "-" else 1
        offset = sign * timedelta(hours=int(self.zone[1:3]), minutes=int(self.zone[4:]))
        written = f"{(at + offset).strftime('%Y-%m-%dT%H:%M:%S')}{self.zone}"
        record = at + timedelta(minutes=self.random.randint(0, 600))
        return {
            "type": kind,
            "eventTime": written,
            "recordTime": record.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "eventTimeZoneOffset": self.zone,
            **fields,
        }

    def _lot(self, number: int) -> None:
        draw = self.random
        start = self.time
        lot = f"urn:epc:class:lgtin:{COMPANY}.0{draw.randrange(10)}0001.C{number}x"
        roast = f"urn:epc:class:lgtin:{COMPANY}.100002.R{number}x"
        jars = [
            f"urn:epc:id:sgtin:{COMPANY}.300003.{number}-{each}"
            for each in draw.sample(range(1000, 9999), 4)
        ]
        pallet = f"urn:epc:id:sscc:{COMPANY}.{number:010d}"
        amount = draw.randint(400, 900)
        raw = [{"epcClass": lot, "quantity": amount, "uom": "LBR"}]
        kilos = f"{amount * 0.45359237 * 0.9:.1f}"
        ready = {"epcClass": roast, "quantity": kilos, "uom": "KGM"}
        name = f"ORG-{number}"
        self.certificates[name] = {
            "holder": f"https://id.gs1.org/414/{gln('farm')}",
            "validFrom": "2024-01-01",
            "validUntil": "2025-12-31",
        }
        step = {}
        step["made"] = self.add(
            "ObjectEvent",
            5,
            quantityList=raw,
            action="ADD",
            bizStep="commissioning",
            readPoint={"id": place("farm")},
            certificationInfo=f"urn:cert:{name}",
            ilmd={"example:harvestDate": start.date().isoformat()},
        )
        step["sent"] = self._moved("shipping", "farm", "mill", quantityList=raw)
        step["got"] = self._moved("receiving", "farm", "mill", quantityList=raw)
        process = {"transformationID": f"urn:uuid:roast-{number}"}
        here = {"readPoint": {"id": place("mill", "roaster")}}
        step["used"] = self.add(
            "TransformationEvent", 2, inputQuantityList=raw, **process, **here
        )
        step["roast"] = self.add(
            "TransformationEvent",
            1,
            outputEPCList=jars,
            outputQuantityList=[ready],
            **process,
            **here,
        )
        step["packed"] = self.add(
            "AggregationEvent",
            1,
            parentID=pallet,
            childEPCs=jars,
            action="ADD",
            bizStep="packing",
            **here,
        )
        for start_at, end in (("mill", "port"), ("port", "shop")):
            for key, verb in (("sent", "shipping"), ("got", "receiving")):
                step[f"{key}-{end}"] = self._moved(
                    verb, start_at, end, epcList=[pallet]
                )
        step["unpacked"] = self.add(
            "AggregationEvent",
            1,
            parentID=pallet,
            childEPCs=[] if draw.random() < 0.5 else jars,
            action="DELETE",
            bizStep="unpacking",
            readPoint={"id": place("shop", "back")},
        )
        for each in jars[:2]:
            step["sold"] = self.add(
                "ObjectEvent",
                9,
                epcList=[each],
                action=draw.choice(("OBSERVE", "DELETE")),
                bizStep="retail_selling",
                disposition="retail_sold",
                readPoint={"id": place("shop", "till")},
            )
        self.steps.append(step)

    def _moved(self, verb: str, start: str, end: str, **fields: Any) -> int:
        door = self.random.choice(("0", "7"))
        return self.add(
            "ObjectEvent",
            6,
            **fields,
            action="OBSERVE",
            bizStep=verb,
            readPoint={"id": place(start if verb == "shipping" else end, door)},
            sourceList=[{"type": "owning_party", "source": place(start)}],
            destinationList=[{"type": "owning_party", "destination": place(end)}],
        )

    def write(self, folder: Path, form: str) -> Path:
        path = folder / f"events.{form}"
        for number, each in enumerate(self.events):
            each.setdefault("eventID", f"urn:uuid:{number}")
        if form == "json":
            path.write_bytes(document(*self.events))
        else:
            path.write_bytes(xml_document(*map(xml_event, self.events)))
        (folder / "companion.json").write_text(
            json.dumps(
                {
                    "places": {
                        gln(name): [name, north, east, role]
                        for name, (_, north, east, role) in PLACES.items()
                    },
                    "certificates": self.certificates,
                    "roles": ROLES,
                }
            )
        )
        return folder


def gln(name: str) -> str:
    digits = COMPANY + PLACES[name][0]
    total = sum(int(each) * (3 if at % 2 else 1) for at, each in enumerate(digits))
    return f"{digits}{-total % 10}"


def later(value: Event, **delta: float) -> str:
    moment = datetime.fromisoformat(value["eventTime"]) + timedelta(**delta)
    return moment.isoformat(timespec="seconds")


Plant = Callable[[Chain, dict[str, int]], set[int]]


def _mass(chain: Chain, step: dict[str, int]) -> set[int]:
    made = chain.events[step["roast"]]["outputQuantityList"][0]
    made["quantity"] = str(float(made["quantity"]) * 3)
    return {step["used"], step["roast"]}


def _origin(chain: Chain, step: dict[str, int]) -> set[int]:
    chain.events[step["made"]] |= {"action": "OBSERVE", "bizStep": "storing"}
    return {step["made"]}


def _clone(chain: Chain, step: dict[str, int]) -> set[int]:
    jar = chain.events[step["roast"]]["outputEPCList"][3]
    new = deepcopy(chain.events[step["made"]])
    del new["quantityList"], new["ilmd"], new["certificationInfo"]
    new["eventTime"] = later(chain.events[step["unpacked"]], minutes=30)
    new["recordTime"] = new["eventTime"]
    new |= {"epcList": [jar], "readPoint": {"id": place("shop")}}
    new["bizStep"] = "encoding"
    chain.events.append(new)
    return {step["roast"], len(chain.events) - 1}


def _travel(chain: Chain, step: dict[str, int]) -> set[int]:
    jar = chain.events[step["roast"]]["outputEPCList"][3]
    first = deepcopy(chain.events[step["got-shop"]])
    for key in ("sourceList", "destinationList"):
        del first[key]
    first |= {"epcList": [jar], "bizStep": "inspecting"}
    second = deepcopy(first)
    base = chain.events[step["unpacked"]]
    for minutes, each, where in ((10, first, "shop"), (25, second, "farm")):
        each["eventTime"] = each["recordTime"] = later(base, minutes=minutes)
        each["readPoint"] = {"id": place(where)}
        chain.events.append(each)
    return {len(chain.events) - 2, len(chain.events) - 1}


def _order(chain: Chain, step: dict[str, int]) -> set[int]:
    sent, got = chain.events[step["sent"]], chain.events[step["got"]]
    got["eventTime"] = later(sent, hours=-2)
    got["recordTime"] = later(sent, hours=-1)
    return {step["sent"], step["got"]}


def _dead(chain: Chain, step: dict[str, int]) -> set[int]:
    new = deepcopy(chain.events[step["sold"]])
    new["eventTime"] = new["recordTime"] = later(new, hours=3)
    new |= {"bizStep": "stocking", "action": "OBSERVE"}
    del new["disposition"]
    chain.events.append(new)
    return {step["sold"], len(chain.events) - 1}


def _double(chain: Chain, step: dict[str, int]) -> set[int]:
    new = deepcopy(chain.events[step["packed"]])
    new["eventTime"] = new["recordTime"] = later(new, minutes=20)
    new["parentID"] = f"urn:epc:id:sscc:{COMPANY}.9999999999"
    new["childEPCs"] = new["childEPCs"][3:]
    chain.events.append(new)
    return {step["packed"], len(chain.events) - 1}


def _custody(chain: Chain, step: dict[str, int]) -> set[int]:
    for key in ("sent-shop", "got-shop"):
        source = [{"type": "owning_party", "source": place("mill")}]
        chain.events[step[key]]["sourceList"] = source
    chain.events[step["sent-shop"]]["readPoint"] = {"id": place("mill")}
    return {step["got-port"], step["sent-shop"]}


def _role(chain: Chain, step: dict[str, int]) -> set[int]:
    chain.events[step["sold"]]["readPoint"] = {"id": place("port")}
    return {step["sold"]}


def _certificate(chain: Chain, step: dict[str, int]) -> set[int]:
    name = chain.events[step["made"]]["certificationInfo"].removeprefix("urn:cert:")
    chain.certificates[name]["validUntil"] = "2024-02-20"
    return {step["made"]}


def _recall(chain: Chain, step: dict[str, int]) -> set[int]:
    sold = chain.events[step["sold"]]
    new = deepcopy(sold)
    new["eventTime"] = new["recordTime"] = later(new, minutes=-5)
    new |= {"bizStep": "holding", "action": "OBSERVE"}
    new["disposition"] = "recalled"
    chain.events.append(new)
    return {step["sold"], len(chain.events) - 1}


def _late(chain: Chain, step: dict[str, int]) -> set[int]:
    event = chain.events[step["got"]]
    event["recordTime"] = later(event, days=40)
    return {step["got"]}


def _twice(chain: Chain, step: dict[str, int]) -> set[int]:
    new = deepcopy(chain.events[step["got"]])
    new["quantityList"][0]["quantity"] -= 50
    chain.events[step["got"]]["eventID"] = new["eventID"] = "urn:uuid:same"
    chain.events.append(new)
    return {step["got"], len(chain.events) - 1}


def _digit(chain: Chain, step: dict[str, int]) -> set[int]:
    bad = f"https://id.gs1.org/414/{gln('shop')[:-1]}{(int(gln('shop')[-1]) + 1) % 10}"
    chain.events[step["unpacked"]]["readPoint"] = {"id": bad}
    return {step["unpacked"]}


def _zone(chain: Chain, step: dict[str, int]) -> set[int]:
    event = chain.events[step["got"]]
    event["eventTimeZoneOffset"] = "+07:00"
    moment = datetime.fromisoformat(chain.events[step["sent"]]["eventTime"])
    local = (moment + timedelta(hours=1)).astimezone(UTC) + timedelta(hours=9)
    event["eventTime"] = f"{local.strftime('%Y-%m-%dT%H:%M:%S')}+09:00"
    return {step["got"]}


def _warm(chain: Chain, step: dict[str, int]) -> set[int]:
    for key, values in (("sent-port", (3, 4, 3)), ("got-port", (4, 19))):
        chain.events[step[key]]["sensorElementList"] = [
            {
                "sensorReport": [
                    {"type": "Temperature", "value": each, "uom": "CEL"}
                    for each in values
                ]
            }
        ]
    return {step["got-port"]}


PLANTS: dict[str, Plant] = {
    "mass-balance": _mass,
    "missing-origin": _origin,
    "cloned-serial": _clone,
    "impossible-travel": _travel,
    "time-order": _order,
    "after-decommission": _dead,
    "double-aggregation": _double,
    "custody-gap": _custody,
    "role-violation": _role,
    "expired-certificate": _certificate,
    "disposition-conflict": _recall,
    "backdated-record": _late,
    "duplicate-evidence": _twice,
    "identifier-error": _digit,
    "offset-mismatch": _zone,
    "sensor-limit": _warm,
}
