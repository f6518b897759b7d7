"""Sensor limit: a cold chain that is broken, a gap, or a copied series."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from explorer.core.absent import Absent
from explorer.model.checks import Severity
from explorer.model.events import SensorReading
from explorer.provenance.rules.base import (
    HOUR_US,
    Judged,
    Missing,
    Reason,
    RuleSpec,
    Settings,
)
from explorer.provenance.rules.ground import Ground, shown

SPEC = RuleSpec(
    "sensor-limit",
    "Sensor readings stay in their range and follow without a gap",
    "Temperatures (converted to °C) of one thing, over all its events: where more than "
    "half are at most the cold-chain setting, none is warmer after the first event "
    "with such a reading (goods are warm before they are cooled). Readings of one "
    "event, device and type with times of their own, four or more: no pause is longer "
    "than the factor times the median pause, and an hour at least. Readings of one "
    "type in two events about different things: not the same values in the same order, "
    "the number set here or more of them, not all alike, unless one named sensor gave "
    "them at the same times. An alarm that the sensor "
    "itself reports is passed on. Limits of other quantities are not known here.",
    "sensor reports with type, value, unit and time",
    ("cold_chain_celsius", "sensor_gap_factor", "same_series_readings"),
    (
        Reason(
            "too-warm",
            Severity.WARNING,
            "A temperature is above the limit of the cold chain that the other "
            "readings keep.",
        ),
        Reason(
            "gap-in-readings",
            Severity.WARNING,
            "Readings that come regularly have a gap.",
        ),
        Reason(
            "same-readings",
            Severity.WARNING,
            "Two series about different things hold exactly the same readings.",
        ),
        Reason("alarm", Severity.NOTE, "The sensor itself reports an alarm."),
    ),
    (
        Missing("temperature-unit", "A temperature has a unit that is not known here."),
        Missing("reading-time", "A series of readings states no times."),
    ),
)

MAX_READINGS = 1_000_000
"""Readings that are looked at in one event."""

_GAP_FROM = 4


def judge(ground: Ground, settings: Settings) -> Judged:
    """Return things whose readings leave their range, pause, or are copies."""
    return _Sensors(ground, settings).judge()


_Origin = tuple[str, tuple[int | Absent, ...]]
"""Device and times of a series."""


class _Sensors:
    def __init__(self, ground: Ground, settings: Settings) -> None:
        self._ground, self._data, self._settings = ground, ground.data, settings
        self._judged = Judged()
        self._warm: dict[int, list[tuple[int, Decimal]]] = {}
        self._cold_counts: dict[int, int] = {}
        self._cold_from: dict[int, int] = {}
        """Rank of the first event with a cold reading."""
        self._series: dict[tuple[str, tuple[Decimal, ...]], tuple[int, _Origin]] = {}

    def judge(self) -> Judged:
        """Go through all events with sensors, in order of time."""
        data = self._data
        events = [
            event
            for event, detail in data.details.items()
            if detail.sensors and data.counts[event]
        ]
        for event in sorted(events, key=lambda each: int(data.rank[each])):
            self._read(event)
        told: dict[tuple[tuple[int, ...], str], list[int]] = {}
        for thing, all_warm in self._warm.items():
            cold_from = self._cold_from.get(thing, data.count)
            warm = [w for w in all_warm if data.rank[w[0]] >= cold_from]
            if warm and self._cold_counts.get(thing, 0) > len(warm):
                warmest = max(value for _, value in warm)
                some = tuple(dict.fromkeys(event for event, _ in warm))
                detail = f"{shown(warmest)} °C > "
                detail += f"{shown(self._settings.cold_chain_celsius)} °C"
                told.setdefault((some, detail), []).append(thing)
        for (some, detail), things in told.items():
            self._judged.add("too-warm", some, self._ground.names(things), detail)
        return self._judged

    def _read(self, event: int) -> None:
        readings = self._data.detail(event).sensors[:MAX_READINGS]
        things = dict.fromkeys(self._data.things_of(event))
        groups: dict[tuple[str, str, str], list[SensorReading]] = {}
        for each in readings:
            groups.setdefault((each.device, each.type, each.component), []).append(each)
            if each.exception:
                self._tell("alarm", (event,), f"{each.type} {each.exception}")
        for (_, kind, _), series in groups.items():
            self._judged.judged += 1
            if kind.rpartition("/")[2].rpartition(":")[2] == "Temperature":
                self._read_temperatures(event, list(things), series)
            self._judge_gap(event, series)
            self._judge_copy(event, kind, series)

    def _read_temperatures(
        self, event: int, things: list[int], series: Sequence[SensorReading]
    ) -> None:
        limit = self._settings.cold_chain_celsius
        for reading in series:
            for value in (reading.value, reading.maximum):
                if isinstance(value, Absent):
                    continue
                celsius = _celsius(value, reading.unit)
                if isinstance(celsius, Absent):
                    self._judged.missing["temperature-unit"] += 1
                    continue
                for thing in things:
                    if celsius > limit:
                        self._warm.setdefault(thing, []).append((event, celsius))
                    else:
                        count = self._cold_counts.get(thing, 0)
                        self._cold_counts[thing] = count + 1
                        rank = int(self._data.rank[event])
                        self._cold_from.setdefault(thing, rank)

    def _judge_gap(self, event: int, series: Sequence[SensorReading]) -> None:
        times = [s.time_us for s in series if not isinstance(s.time_us, Absent)]
        if len(times) < _GAP_FROM:
            self._judged.missing["reading-time"] += int(len(series) >= _GAP_FROM)
            return
        times.sort()
        pauses = [b - a for a, b in pairwise(times)]
        usual = sorted(pauses)[(len(pauses) - 1) // 2]
        longest = max(pauses)
        factor = self._settings.sensor_gap_factor
        if longest >= HOUR_US and longest > factor * usual and usual > 0:
            detail = f"{longest / HOUR_US:.1f} h > {usual / HOUR_US:.1f} h"
            self._tell("gap-in-readings", (event,), detail)

    def _judge_copy(
        self, event: int, kind: str, series: Sequence[SensorReading]
    ) -> None:
        values = tuple(s.value for s in series if not isinstance(s.value, Absent))
        if len(values) < self._settings.same_series_readings or len(set(values)) < 2:
            return
        made = (series[0].device, tuple(s.time_us for s in series))
        first, own = self._series.setdefault((kind, values), (event, made))
        if own == made and made[0]:
            return  # one sensor rode with several things
        things = set(self._data.things_of(event))
        if first != event and things.isdisjoint(self._data.things_of(first)):
            self._tell("same-readings", (first, event), f"{kind}: {len(values)}")

    def _tell(self, reason: str, events: tuple[int, ...], detail: str) -> None:
        things = [each for event in events for each in self._data.things_of(event)]
        self._judged.add(reason, events, self._ground.names(things), detail)


def _celsius(value: Decimal, unit: str) -> Decimal | Absent:
    match unit:
        case "CEL" | "":
            return value
        case "FAH":
            return (value - 32) * 5 / 9
        case "KEL":
            return value - Decimal("273.15")
    return Absent.UNREADABLE
