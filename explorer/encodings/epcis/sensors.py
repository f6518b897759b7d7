"""Sensor elements of an event as flat readings.

GS1 EPCIS 2.0.1, section 7.3.7. A reading has what its element says of all its reports:
time, period and device, unless the report says it itself.
"""

from collections.abc import Callable
from decimal import Decimal

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
        worded = next((report[each] for each in _WORDED if each in report), "")
        return SensorReading(
            element=number,
            type=web_word(report.get("type", "")),
            value=self._number(report, "value"),
            unit=report.get("uom", ""),
            minimum=self._number(report, "minValue"),
            maximum=self._number(report, "maxValue"),
            mean=self._number(report, "meanValue"),
            text=worded,
            time_us=self._time(both, "time"),
            start_us=self._time(both, "startTime"),
            end_us=self._time(both, "endTime"),
            device=canonical(self._context.expand(both.get("deviceID", ""))),
            exception=web_word(report.get("exception", "")),
            component=Words.COMPONENT.bare(report.get("component", "")),
            substance=report.get("chemicalSubstance", report.get("microorganism", "")),
        )

    def _number(self, parts: dict[str, str], name: str) -> Decimal | Absent:
        found = decimal_of(parts.get(name, ""))
        if found is Absent.UNREADABLE:
            self._flaw("number-unreadable", name, parts[name])
        return found

    def _time(self, parts: dict[str, str], name: str) -> int | Absent:
        time_us, _ = read_time(parts.get(name, ""))
        if time_us is Absent.UNREADABLE:
            self._flaw("time-unreadable", name, parts[name])
        return time_us
