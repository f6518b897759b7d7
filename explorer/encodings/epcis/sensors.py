"""Sensor elements of an event as flat readings.

GS1 EPCIS 2.0.1, section 7.3.7. A reading has what its element says of all its reports:
time, period and device, unless the report says it itself.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from explorer.core.absent import Absent
from explorer.encodings.epcis.nodes import Context, Node
from explorer.encodings.epcis.numbers import decimal_of
from explorer.encodings.epcis.times import read_time
from explorer.encodings.epcis.vocabulary import Words, web_word
from explorer.encodings.gs1.links import canonical
from explorer.model.events import SensorReading

_METADATA = frozenset(
    """time startTime endTime deviceID deviceMetadata rawData dataProcessingMethod
    bizRules""".split()  # noqa: SIM905 - names as the standard lists them
)
_REPORT = _METADATA | frozenset(
    """type exception microorganism chemicalSubstance value component stringValue
    booleanValue hexBinaryValue uriValue minValue maxValue meanValue sDev percRank
    percValue uom coordinateReferenceSystem""".split()  # noqa: SIM905
)
_NUMBERS = {
    "value": "value",
    "minValue": "minimum",
    "maxValue": "maximum",
    "meanValue": "mean",
}
_TIMES = {"time": "time_us", "startTime": "start_us", "endTime": "end_us"}
_WORDED = ("stringValue", "booleanValue", "hexBinaryValue", "uriValue")


class SensorReader:
    """Reads the sensor elements of one event."""

    def __init__(self, context: Context, flaw: Callable[[str, str, str], None]) -> None:
        """Tell ``flaw`` (reason, field, text) of what cannot be read."""
        self._context = context
        self._flaw = flaw

    def read(self, node: Node) -> tuple[tuple[SensorReading, ...], list[Node]]:
        """Return the readings and the nodes that are none of the standard."""
        readings: list[SensorReading] = []
        extra: list[Node] = []
        elements = [each for each in node.children if each.name == "sensorElement"]
        for number, element in enumerate(elements):
            metadata: dict[str, str] = {}
            reports: list[dict[str, str]] = []
            for part in element.children:
                if part.name == "sensorMetadata":
                    metadata |= self._parts(part, _METADATA, extra)
                elif part.name == "sensorReport":
                    reports.append(self._parts(part, _REPORT, extra))
                else:
                    extra.append(part)
            readings += [
                self._reading(number, metadata, report)
                for report in reports or ([{}] if metadata else [])
            ]
        return tuple(readings), extra

    def _parts(
        self, node: Node, known: frozenset[str], extra: list[Node]
    ) -> dict[str, str]:
        extra += [each for each in node.children if each.name not in known]
        return {
            each.name: each.text.strip() for each in node.children if each.name in known
        }

    def _reading(
        self, number: int, metadata: dict[str, str], report: dict[str, str]
    ) -> SensorReading:
        both = metadata | report
        # Most reports have few of these fields; the others keep their defaults.
        # Fields of SensorReading by name; the two tables give the right types.
        given: dict[str, Any] = {
            field: self._number(name, report[name])
            for name, field in _NUMBERS.items()
            if name in report
        }
        given |= {
            field: self._time(name, both[name])
            for name, field in _TIMES.items()
            if name in both
        }
        return SensorReading(
            element=number,
            type=web_word(report.get("type", "")),
            unit=report.get("uom", ""),
            text=next((report[each] for each in _WORDED if each in report), ""),
            device=canonical(self._context.expand(both.get("deviceID", ""))),
            exception=web_word(report.get("exception", "")),
            component=Words.COMPONENT.bare(report.get("component", "")),
            substance=report.get("chemicalSubstance", report.get("microorganism", "")),
            **given,
        )

    def _number(self, name: str, text: str) -> Decimal | Absent:
        found = decimal_of(text)
        if found is Absent.UNREADABLE:
            self._flaw("number-unreadable", name, text)
        return found

    def _time(self, name: str, text: str) -> int | Absent:
        time_us, _ = read_time(text)
        if time_us is Absent.UNREADABLE:
            self._flaw("time-unreadable", name, text)
        return time_us
