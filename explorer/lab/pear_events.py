"""The story of the fictional pear chain as EPCIS 2.0 events (JSON form).

GS1 EPCIS 2.0 (ISO/IEC 19987:2024) and CBV 2.0. Six lots are picked, tested, brought to
the packing house, graded, boxed, put on pallets, driven to the shops and sold box by
box. Everybody and every place is invented; all keys of GS1 begin with 952, the prefix
that GS1 keeps for demonstrations. Weights add up; nothing in it contradicts itself.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from explorer.encodings.canonical_json import JsonValue

BEIJING = timezone(timedelta(hours=8))
FIRST_DAY = datetime(2025, 9, 1, tzinfo=BEIJING)

_CONTEXT: list[JsonValue] = [
    "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
    {"example": "https://example.org/pears/"},
]
_PLOTS = ("南坡地块 South slope", "河湾地块 River bend", "老园地块 Old garden")
_PICKED_KG = (1_240, 1_180, 1_310, 1_265, 1_205, 1_290)
_FIRST_GRADE_KG = (1_450, 1_540, 1_490)
_SECOND_GRADE_KG = (830, 880, 860)
_BOX_KG = 10
_BOXES_PER_PALLET = 6
_TEMPERATURES = (3.4, 2.9, 4.1, 3.7)


@dataclass(frozen=True, slots=True)
class PearEvent:
    """One record of the story before it is signed."""

    at: datetime
    author: str
    kind: str
    payload: dict[str, JsonValue]


def pear_events() -> list[PearEvent]:
    """Return the whole story, earliest first."""
    events = [
        *_certificates(),
        *_orchard(),
        *_packing_house(),
        *_pallets(),
        *_shops(),
    ]
    return sorted(events, key=lambda each: each.at)


def gs1_key(digits: str) -> str:
    """Return a GS1 key with its check digit (GS1 General Specifications, 7.9)."""
    weighted = (
        int(digit) * (3 if place % 2 == 0 else 1)
        for place, digit in enumerate(reversed(digits))
    )
    return f"{digits}{-sum(weighted) % 10}"


_ORCHARD, _PACKER, _TRUCK, _SHOP = (
    f"https://id.gs1.org/414/{gs1_key(f'95200000000{number}')}"
    for number in range(1, 5)
)
_LOOSE = f"https://id.gs1.org/01/{gs1_key('0952000000111')}/10/"
_GRADED = f"https://id.gs1.org/01/{gs1_key('0952000000112')}/10/"
_JUICE = f"https://id.gs1.org/01/{gs1_key('0952000000113')}/10/"
_BOX = f"https://id.gs1.org/01/{gs1_key('0952000000114')}/21/"


def _certificates() -> Iterator[PearEvent]:
    names = (
        ("orchard", "果园良好农业规范证书 Good practice certificate"),
        (
            "packer",
            "包装厂卫生许可 Hygiene permit",
        ),
    )
    for hour, (author, title) in enumerate(names):
        payload: dict[str, JsonValue] = {
            "document": _document(f"{author}-certificate.pdf"),
            "holder": author,
            "title": title,
            "valid_from": "2025-01-01",
            "valid_until": "2026-12-31",
        }
        yield PearEvent(_at(1, hour), author, "certificate", payload)


def _orchard() -> Iterator[PearEvent]:
    for index, weight in enumerate(_PICKED_KG):
        day, hour = index // 2 + 1, 9 + 6 * (index % 2)
        lot = _quantity(_loose(index), weight)
        yield _event(
            _at(day, hour),
            "orchard",
            "harvest",
            "ObjectEvent",
            _where(_ORCHARD),
            action="ADD",
            bizStep="commissioning",
            disposition="active",
            quantityList=[lot],
            ilmd={
                "example:harvestDate": f"2025-09-{day:02d}",
                "example:plot": _PLOTS[index // 2],
                "example:variety": "云河酥梨 Yunhe crisp pear",
            },
        )
        yield _event(
            _at(day + 1, 10, 20 * (index % 2)),
            "lab",
            "inspection",
            "ObjectEvent",
            _where(_ORCHARD),
            action="OBSERVE",
            bizStep="inspecting",
            disposition="conformant",
            quantityList=[lot],
            certificationInfo=f"urn:example:report:2025-{index + 1:03d}",
            **{
                "example:report": _document(f"residues-2025-{index + 1:03d}.pdf"),
                "example:result": "未检出农药残留 no residues found",
            },
        )
        if index % 2:
            yield from _carried_to_packer(index, day)


def _carried_to_packer(index: int, day: int) -> Iterator[PearEvent]:
    lots: list[JsonValue] = [
        _quantity(_loose(each), _PICKED_KG[each]) for each in (index - 1, index)
    ]
    for author, step, disposition, place, hour in (
        ("orchard", "shipping", "in_transit", _ORCHARD, 14),
        ("packer", "receiving", "in_progress", _PACKER, 17),
    ):
        yield _event(
            _at(day + 1, hour),
            author,
            step,
            "ObjectEvent",
            _where(place),
            action="OBSERVE",
            bizStep=step,
            disposition=disposition,
            quantityList=lots,
            **_from_to(_ORCHARD, _PACKER),
        )


def _packing_house() -> Iterator[PearEvent]:
    for batch in range(3):
        first, second = 2 * batch, 2 * batch + 1
        yield _event(
            _at(batch + 3, 11),
            "packer",
            "grading",
            "TransformationEvent",
            _where(_PACKER),
            bizStep="other",
            transformationID=f"urn:example:grading:{batch + 1}",
            inputQuantityList=[
                _quantity(_loose(first), _PICKED_KG[first]),
                _quantity(_loose(second), _PICKED_KG[second]),
            ],
            outputQuantityList=[
                _quantity(f"{_GRADED}A{batch + 1}", _FIRST_GRADE_KG[batch]),
                _quantity(f"{_GRADED}B{batch + 1}", _SECOND_GRADE_KG[batch]),
            ],
            **{"example:loss": "碰伤果另行处理 bruised fruit taken out"},
        )
    yield _event(
        _at(6, 9),
        "packer",
        "pressing",
        "TransformationEvent",
        _where(_PACKER),
        bizStep="other",
        transformationID="urn:example:pressing:1",
        inputQuantityList=[
            _quantity(f"{_GRADED}B{batch + 1}", _SECOND_GRADE_KG[batch])
            for batch in range(2)
        ],
        outputQuantityList=[_quantity(f"{_JUICE}J1", 1_020.5)],
    )


def _pallets() -> Iterator[PearEvent]:
    for pallet in range(4):
        day = 6 + pallet // 2
        lot = f"{_GRADED}A{pallet % 3 + 1}"
        boxes, sscc = _boxes(pallet), _sscc(pallet)
        yield _event(
            _at(day, 13 + pallet % 2),
            "packer",
            "boxing",
            "TransformationEvent",
            _where(_PACKER),
            bizStep="commissioning",
            disposition="active",
            inputQuantityList=[_quantity(lot, _BOX_KG * _BOXES_PER_PALLET)],
            outputEPCList=boxes,
        )
        yield _event(
            _at(day, 15 + pallet % 2),
            "packer",
            "packing",
            "AggregationEvent",
            _where(_PACKER),
            action="ADD",
            bizStep="packing",
            disposition="in_progress",
            parentID=sscc,
            childEPCs=boxes,
        )
        yield from _journey(pallet, day + 1, sscc)


def _journey(pallet: int, day: int, sscc: str) -> Iterator[PearEvent]:
    stops = (
        ("packer", "shipping", "in_transit", _PACKER, 7),
        ("carrier", "transporting", "in_transit", _TRUCK, 12),
        ("retailer", "receiving", "in_progress", _SHOP, 18),
    )
    for author, step, disposition, place, hour in stops:
        sensors: dict[str, JsonValue] = {}
        if author == "carrier":
            sensors["sensorElementList"] = [
                {
                    "sensorReport": [
                        {
                            "type": "Temperature",
                            "uom": "CEL",
                            "value": _TEMPERATURES[pallet],
                        }
                    ]
                }
            ]
        yield _event(
            _at(day, hour, 10 * (pallet % 2)),
            author,
            step,
            "ObjectEvent",
            _where(place),
            action="OBSERVE",
            bizStep=step,
            disposition=disposition,
            epcList=[sscc],
            **_from_to(_PACKER, _SHOP),
            **sensors,
        )


def _shops() -> Iterator[PearEvent]:
    for pallet in range(4):
        day = 8 + pallet // 2
        yield _event(
            _at(day, 9 + pallet % 2),
            "retailer",
            "unpacking",
            "AggregationEvent",
            _where(_SHOP),
            action="DELETE",
            bizStep="unpacking",
            parentID=_sscc(pallet),
            childEPCs=_boxes(pallet),
        )
    for sale in range(11):
        pallet, box = divmod(sale, 3)
        yield _event(
            _at(9 + sale // 2, 11 + 5 * (sale % 2)),
            "retailer",
            "sale",
            "ObjectEvent",
            _where(_SHOP),
            action="OBSERVE",
            bizStep="retail_selling",
            disposition="retail_sold",
            epcList=_boxes(pallet)[2 * box : 2 * box + 2],
        )


def _event(
    at: datetime,
    author: str,
    kind: str,
    event_type: str,
    where: dict[str, JsonValue],
    **fields: JsonValue,
) -> PearEvent:
    payload: dict[str, JsonValue] = {
        "@context": _CONTEXT,
        "type": event_type,
        "eventTime": at.isoformat(),
        "eventTimeZoneOffset": "+08:00",
        **where,
        **fields,
    }
    return PearEvent(at, author, kind, payload)


def _where(place: str) -> dict[str, JsonValue]:
    return {"readPoint": {"id": place}, "bizLocation": {"id": place}}


def _from_to(source: str, destination: str) -> dict[str, JsonValue]:
    kind = "possessing_party"
    return {
        "sourceList": [{"type": kind, "source": source}],
        "destinationList": [{"type": kind, "destination": destination}],
    }


def _quantity(item_class: str, weight_kg: float) -> JsonValue:
    return {"epcClass": item_class, "quantity": weight_kg, "uom": "KGM"}


def _loose(index: int) -> str:
    return f"{_LOOSE}H{index + 1:02d}"


def _boxes(pallet: int) -> list[JsonValue]:
    first = pallet * _BOXES_PER_PALLET + 1
    return [f"{_BOX}{first + each:05d}" for each in range(_BOXES_PER_PALLET)]


def _sscc(pallet: int) -> str:
    return f"https://id.gs1.org/00/{gs1_key(f'0952000000000000{pallet + 1}')}"


def _document(name: str) -> JsonValue:
    digest = hashlib.sha256(b"fictional document " + name.encode()).hexdigest()
    return {"algorithm": "sha256", "name": name, "value": digest}


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return FIRST_DAY + timedelta(days=day - 1, hours=hour, minutes=minute)
