"""Events and master data of a ledger, whatever its entries hold them in.

Documents of entries are read as they are; values of state keys need a mapping profile.
Which shipped profile is meant shows only after some entries, so these are kept until it
is known; then everything goes on in order.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from explorer.model.content import Document, EntryContent
from explorer.model.events import TraceEvent
from explorer.model.ledgers import Remark
from explorer.model.master_data import MasterData, ReferenceData
from explorer.model.profiles import Profile
from explorer.payloads.mapping import ROWS_TYPE, Mapper
from explorer.payloads.prov_statements import prov_payload
from explorer.payloads.trace_events import events_of, has_event_values
from explorer.session.profiles import choose, shipped_profiles

KEPT_ENTRIES = 2_000
"""Entries that are kept while no profile has shown to be meant."""

_ASK_AT = frozenset({20, 200, KEPT_ENTRIES})
"""With so many entries kept the profiles are asked; asking reads them all."""

MAX_FLAWS_TOLD = 20
"""Kinds of flaws that are told."""

MAPPING_FLAWS = (
    "Some fields could not be read with the mapping profile; nothing was guessed."
)
MAPPING_UNREAD = "Some records fit a rule of the mapping profile and gave no event."


class Reading(msgspec.Struct, frozen=True):
    """One entry with the events in it."""

    content: EntryContent
    events: tuple[TraceEvent, ...]
    """In its documents."""
    mapped: tuple[TraceEvent, ...] = ()
    """Made by mapping profiles."""


class EventReading:
    """Reads the events of one ledger; entries go in and come out in order."""

    def __init__(self, family: str, title: str, given: Sequence[Profile] = ()) -> None:
        """Use the profiles in ``given``, else a shipped one that is meant."""
        self.unread: Counter[str] = Counter()
        """How often something could not be used, by kebab-case reason."""
        self._family, self._title, self._given = family, title, given
        self._master: list[MasterData] = []
        self._mappers: list[Mapper] = []
        self._kept: list[EntryContent] = []
        self._flaws: Counter[tuple[str, str]] = Counter()
        self._first_flaws: dict[tuple[str, str], str] = {}
        self._is_open = bool(given) or any(
            not each.applies.formats or family in each.applies.formats
            for each in shipped_profiles()
        )

    def feed(self, content: EntryContent) -> Iterator[Reading]:
        """Take an entry; yield those that are read, itself or earlier ones."""
        if not self._is_open:
            yield self._read(content)
            return
        self._kept.append(content)
        if len(self._kept) in _ASK_AT:
            yield from self._decide(is_last=len(self._kept) == KEPT_ENTRIES)

    def finish(self) -> Iterator[Reading]:
        """Yield the entries that were kept."""
        if self._is_open:
            yield from self._decide(is_last=True)

    def reference(self) -> ReferenceData:
        """Return the master data of all entries read so far."""
        return ReferenceData(tuple(self._master))

    def _decide(self, *, is_last: bool) -> Iterator[Reading]:
        found = choose(self._given, self._family, self._title, self._kept)
        if not found and not is_last:
            return
        self._mappers = [Mapper(each, self._title, self.unread) for each in found]
        self._is_open = False
        kept, self._kept = self._kept, []
        for content in kept:
            yield self._read(content)

    def _read(self, content: EntryContent) -> Reading:
        has_rows = any(each.media_type == ROWS_TYPE for each in content.documents)
        stated = () if has_rows else prov_payload(content)
        if stated:
            return Reading(msgspec.structs.replace(content, statements=stated), ())
        events = () if has_rows else self._events(content)
        mapped: tuple[TraceEvent, ...] = ()
        for mapper in self._mappers:
            found = mapper.read(content)
            mapped += found.events
            self._master += found.master
        self._note_flaws(mapped)
        return Reading(content, events, mapped)

    def _events(self, content: EntryContent) -> tuple[TraceEvent, ...]:
        has_some = any(map(_may_hold_events, content.documents))
        if not (content.events or has_some or has_event_values(content)):
            return ()
        found: list[TraceEvent] = []
        for each in events_of(content):
            if isinstance(each, TraceEvent):
                found.append(each)
            else:
                self.unread[each.reason] += 1
        return tuple(found)

    def _note_flaws(self, mapped: Sequence[TraceEvent]) -> None:
        for event in mapped:
            for flaw in event.flaws:
                key = (flaw.reason, flaw.field)
                self._flaws[key] += 1
                where = f"{event.place.position}: {flaw.detail}"
                self._first_flaws.setdefault(key, where)

    def remarks(self) -> list[Remark]:
        """Return what could not be read with the mapping profile, the first of each."""
        flaws = [
            f"{reason} ({field}) ×{count}, first at {self._first_flaws[reason, field]}"
            for (reason, field), count in self._flaws.most_common(MAX_FLAWS_TOLD)
        ]
        unused = [f"{reason} ×{count}" for reason, count in self.unread.most_common()]
        found = []
        if flaws:
            found.append(Remark("mapping-flaws", MAPPING_FLAWS, "; ".join(flaws)))
        if unused and self._mappers:
            found.append(Remark("mapping-unread", MAPPING_UNREAD, "; ".join(unused)))
        return found


def _may_hold_events(document: Document) -> bool:
    """Return whether it is worth reading: most payloads of a chain hold no event.

    Plain searches one after the other are four times as fast as one pattern.
    """
    data = document.data
    return (
        b"vent" in data  # Event, eventTime
        or b'"item' in data
        or b'"inputs"' in data
        or b'"outputs"' in data
        or b"PCIS" in data
        or b"pcis" in data
    )
