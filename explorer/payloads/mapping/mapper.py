"""Turns entries into neutral events and master data, as a profile says.

``docs/mapping-profiles.md``, version 1. A rule that does not fit an entry gives
nothing; one that fits but finds no thing gives nothing either, and that is counted.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from msgspec import structs

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.encodings.moments import Moment
from explorer.model.blocks import NO_BLOCK
from explorer.model.content import ROWS_TYPE, EntryContent
from explorer.model.events import Action, EntryPlace, EventPlace, Extra, TraceEvent
from explorer.model.master_data import MasterData
from explorer.model.profiles import EventRule, MasterRule, Profile, Text
from explorer.payloads.mapping.fields import Fields, PlaceFound
from explorer.payloads.mapping.scopes import (
    RecordError,
    Scope,
    is_about,
    parse_record,
    scopes_of,
)

MAX_EVENTS_PER_ENTRY = 100_000
"""Most events that one entry may give."""

_NOWHERE = EventPlace(0, 0, ByteSpan(0, 0, 0))


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a profile made of one entry."""

    events: tuple[TraceEvent, ...] = ()
    master: tuple[MasterData, ...] = ()


class Mapper:
    """Applies one profile to the entries of one ledger."""

    def __init__(self, profile: Profile, title: str, unread: Counter[str]) -> None:
        """Count what could not be used in ``unread``, by kebab-case reason."""
        self.profile = profile
        self._title = title
        self._unread = unread
        self._told: set[MasterData] = set()

    def read(self, content: EntryContent) -> Mapped:
        """Return what the entry says; master data only when it is new."""
        draft = _Draft(content)
        for rule in self.profile.master:
            if not is_about(rule, content):
                continue
            for scope in self._scopes(content, rule):
                self._add_master(draft, rule, scope)
        for event_rule in self.profile.event:
            if not is_about(event_rule, content):
                continue
            for scope in self._scopes(content, event_rule):
                if len(draft.events) == MAX_EVENTS_PER_ENTRY:
                    self._unread["too-many-events"] += 1
                    break
                self._add_event(draft, event_rule, scope)
        return Mapped(tuple(draft.events), tuple(draft.master))

    def _scopes(
        self, content: EntryContent, rule: EventRule | MasterRule
    ) -> Iterator[Scope]:
        try:
            yield from scopes_of(content, rule, self._title)
        except RecordError:
            self._unread["value-not-json"] += 1

    def _add_event(self, draft: "_Draft", rule: EventRule, scope: Scope) -> None:
        fields = Fields(scope, self.profile.zone)
        read_point = fields.place(rule.read_point, "read_point")
        location = fields.place(rule.location, "location")
        event = _event(draft, rule, fields, (read_point, location))
        if not _names_things(event):
            self._unread["names-no-thing"] += 1
            return
        draft.events.append(event)
        for found in (read_point, location):
            if found.is_described:
                self._tell(draft, _place_record(found, event.place))

    def _add_master(self, draft: "_Draft", rule: MasterRule, scope: Scope) -> None:
        fields = Fields(scope, self.profile.zone)
        written = fields.text(rule.id, "id")
        name = fields.identity(written)
        if not name:
            self._unread["names-no-thing"] += 1
            return
        record = MasterData(
            id=name,
            declared_id=written,
            kind=rule.kind,
            place=draft.place(scope.span, 0),
            name=fields.text(rule.name, "name"),
            role=fields.text(rule.role, "role"),
            latitude=fields.amount(rule.latitude, "latitude"),
            longitude=fields.amount(rule.longitude, "longitude"),
            attributes=_extras(fields, rule.attributes),
        )
        for flaw in fields.flaws:
            self._unread[flaw.reason] += 1
        self._tell(draft, record)

    def _tell(self, draft: "_Draft", record: MasterData) -> None:
        key = structs.replace(record, place=_NOWHERE)
        if key not in self._told:
            self._told.add(key)
            draft.master.append(record)


def may_apply(
    profile: Profile, family: str, title: str, contents: Sequence[EntryContent]
) -> bool:
    """Return whether a profile is meant for a ledger, by what some entries hold.

    A profile that states nothing about where it applies is never meant.
    """
    applies = profile.applies
    spaces = {each.space for content in contents for each in content.writes}
    kinds = {content.kind for content in contents}
    demands = (
        (applies.formats, family in applies.formats),
        (applies.titles, title in applies.titles),
        (applies.spaces, bool(spaces & set(applies.spaces))),
        (applies.functions, bool(kinds & set(applies.functions))),
        (applies.fields, _have_fields(contents, applies.fields)),
        (applies.columns, _have_columns(contents, applies.columns)),
    )
    stated = [holds for demand, holds in demands if demand]
    return bool(stated) and all(stated)


class _Draft:
    """What one entry gives while its rules are applied."""

    def __init__(self, content: EntryContent) -> None:
        self.events: list[TraceEvent] = []
        self.master: list[MasterData] = []
        self._content = content

    def place(self, span: ByteSpan, number: int) -> EventPlace:
        """Return where the event stands; without a block the entry is the event."""
        is_own = self._content.block == NO_BLOCK
        return EventPlace(span.source, self._content.entry if is_own else number, span)

    def entry(self) -> EntryPlace | Absent:
        """Return the ledger entry; absent for a document of its own."""
        content = self._content
        if content.block == NO_BLOCK:
            return Absent.NOT_IN_FORMAT
        return EntryPlace(
            content.block,
            content.entry,
            content.entry_id,
            content.author,
            content.author_verified,
            content.accepted,
            content.time_us,
        )


def _event(
    draft: _Draft,
    rule: EventRule,
    fields: Fields,
    places: tuple[PlaceFound, PlaceFound],
) -> TraceEvent:
    moment = fields.moment(rule.time, "time")
    if moment is Absent.NOT_IN_EXPORT and rule.time:
        fields.missing("time")
    zone: int | Absent = Absent.NOT_IN_EXPORT
    if isinstance(moment, Moment) and moment.is_zone_written:
        zone = moment.zone_minutes
    event = TraceEvent(
        kind=rule.kind,
        place=draft.place(fields.scope.span, len(draft.events)),
        entry=draft.entry(),
        declared_id=fields.text(rule.id, "id"),
        event_time_us=moment.time_us if isinstance(moment, Moment) else moment,
        record_time_us=fields.time_us(rule.record_time, "record_time"),
        written_zone_minutes=zone,
        action=Action(rule.action) if rule.action else Absent.NOT_IN_EXPORT,
        step=fields.text(rule.step, "step"),
        disposition=fields.text(rule.disposition, "disposition"),
        process=fields.text(rule.process, "process"),
        read_point=places[0].id,
        location=places[1].id,
    )
    event = _with_facts(_with_things(event, rule, fields), rule, fields)
    spellings = tuple(fields.spellings.items())
    return structs.replace(event, flaws=tuple(fields.flaws), spellings=spellings)


def _with_things(event: TraceEvent, rule: EventRule, fields: Fields) -> TraceEvent:
    return structs.replace(
        event,
        things=fields.identities(rule.things, "things"),
        quantities=fields.quantities(rule.quantities, "quantities"),
        parent=fields.identity(fields.text(rule.parent, "parent")),
        children=fields.identities(rule.children, "children"),
        child_quantities=fields.quantities(rule.child_quantities, "child_quantities"),
        inputs=fields.identities(rule.inputs, "inputs"),
        input_quantities=fields.quantities(rule.input_quantities, "input_quantities"),
        outputs=fields.identities(rule.outputs, "outputs"),
        output_quantities=fields.quantities(
            rule.output_quantities, "output_quantities"
        ),
    )


def _with_facts(event: TraceEvent, rule: EventRule, fields: Fields) -> TraceEvent:
    return structs.replace(
        event,
        transactions=fields.references(rule.transactions, "transactions"),
        sources=fields.references(rule.sources, "sources"),
        destinations=fields.references(rule.destinations, "destinations"),
        set_dispositions=fields.names(rule.set_dispositions, "set_dispositions"),
        unset_dispositions=fields.names(rule.unset_dispositions, "unset_dispositions"),
        certifications=fields.names(rule.certifications, "certifications"),
        sensors=fields.sensors(rule.sensors, event.event_time_us),
        ilmd=_extras(fields, rule.master),
        extensions=_extras(fields, rule.extra),
    )


def _extras(fields: Fields, texts: Mapping[str, Text]) -> tuple[Extra, ...]:
    return tuple(
        Extra(name, value)
        for name, text in texts.items()
        for value in fields.texts(text, name)
    )


def _names_things(event: TraceEvent) -> bool:
    return bool(
        event.things
        or event.quantities
        or event.parent
        or event.children
        or event.child_quantities
        or event.inputs
        or event.input_quantities
        or event.outputs
        or event.output_quantities
    )


def _place_record(found: PlaceFound, place: EventPlace) -> MasterData:
    return MasterData(
        id=found.id,
        declared_id=found.id,
        kind="place",
        place=place,
        name=found.name,
        latitude=found.latitude,
        longitude=found.longitude,
    )


def _have_fields(contents: Sequence[EntryContent], names: Sequence[str]) -> bool:
    for content in contents:
        for document in content.documents:
            if document.media_type == ROWS_TYPE:
                continue
            try:
                found = parse_record(document.data)
            except RecordError:
                continue
            if isinstance(found, dict) and all(each in found for each in names):
                return True
    return False


def _have_columns(contents: Sequence[EntryContent], names: Sequence[str]) -> bool:
    for content in contents:
        for document in content.documents:
            if document.media_type == ROWS_TYPE:
                rows = parse_record(document.data)
                first = rows[0] if isinstance(rows, list) and rows else {}
                if isinstance(first, dict) and all(each in first for each in names):
                    return True
    return False
