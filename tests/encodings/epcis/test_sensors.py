from decimal import Decimal

from explorer.core.absent import Absent
from explorer.encodings.epcis.nodes import Node
from explorer.encodings.epcis.sensors import SensorReader
from explorer.model.events import SensorReading
from tests.encodings.epcis.written import tree

ELEMENTS = [
    {
        "sensorMetadata": {
            "time": "1970-01-01T00:00:01Z",
            "deviceID": "urn:epc:id:giai:4000001.111",
        },
        "sensorReport": [
            {"type": "Temperature", "value": 26.0, "uom": "CEL", "example:x": 1},
            {"type": "gs1:Humidity", "minValue": 12.1, "maxValue": "x", "time": "noon"},
            {"exception": "ALARM_CONDITION", "stringValue": "open", "meanValue": 1},
        ],
    },
    {"sensorMetadata": {"startTime": "1970-01-01T00:00:02Z"}, "example:y": 2},
]


def read(elements: object) -> tuple[tuple[SensorReading, ...], list[Node], list[str]]:
    told: list[str] = []
    event = tree({"type": "ObjectEvent", "sensorElementList": elements})
    reader = SensorReader(event.context, lambda *words: told.append(" ".join(words)))
    readings, extra = reader.read(event.fields[0])
    return readings, extra, told


def test_readings_have_what_their_element_says() -> None:
    readings, extra, told = read(ELEMENTS)
    first, second, third, fourth = readings
    assert (first.type, first.value, first.unit) == (
        "Temperature",
        Decimal("26.0"),
        "CEL",
    )
    assert first.time_us == 1_000_000
    assert first.device == "https://id.gs1.org/8004/4000001111"
    assert (second.type, second.minimum) == ("Humidity", Decimal("12.1"))
    assert second.maximum is Absent.UNREADABLE
    assert second.time_us is Absent.UNREADABLE
    assert (third.exception, third.text, third.mean) == (
        "ALARM_CONDITION",
        "open",
        Decimal(1),
    )
    assert (fourth.element, fourth.start_us) == (1, 2_000_000)
    assert told == ["number-unreadable maxValue x", "time-unreadable time noon"]
    assert [each.name.rpartition("}")[2] for each in extra] == ["x", "y"]


def test_an_empty_element_says_nothing() -> None:
    assert read([{}]) == ((), [], [])
