"""The rows of a claim sheet: claims, what records say, what supports or contradicts.

A typed claim is compared word by word or number by number (``claims_comparing``); where
records speak in other words, the row says so and leaves the comparison to the reader.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from explorer.core.absent import Absent
from explorer.model.claim_sheets import (
    ClaimRow,
    EntryPlace,
    Exhibit,
    Saying,
    Standing,
    Topic,
    TypedClaim,
)
from explorer.model.statements import FactGrade, LinkGrade
from explorer.provenance.folding import weakest_fact
from explorer.provenance.trace import Trace
from explorer.session.claims_comparing import (
    are_other_numbers,
    is_not_passed,
    is_same,
)
from explorer.session.claims_records import Gathered

OWN_TOPICS = frozenset(
    {
        Topic.CODE,
        Topic.QUANTITY,
        Topic.PACKAGING,
        Topic.SELLER,
        Topic.PRICE,
        Topic.SCANS,
        Topic.PRODUCT,
    }
)
"""Said of the thing itself only: the weight of a lot is not the weight of a box."""

FIXED = frozenset({Topic.ORIGIN, Topic.VARIETY, Topic.QUALITY, Topic.HARVESTED})
"""What does not change for one thing: two values contradict each other."""

_MAKING = frozenset({"derivation", "containment", "association"})

MAX_SAYINGS = 12
"""Most sayings of one row; the entries behind the others still count."""


@dataclass(frozen=True, slots=True)
class SheetAsk:
    """What a sheet is made from besides the ledger."""

    asked: str = ""
    claims: tuple[TypedClaim, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()


def sheet_rows(ask: SheetAsk, found: Gathered) -> tuple[ClaimRow, ...]:
    """Return what is claimed or recorded, in the order of the topics."""
    said = {topic: _sayings(found, topic) for topic in Topic}
    rows = [_code_row(ask, said[Topic.CODE], found)]
    typed: dict[Topic, list[TypedClaim]] = {}
    for claim in ask.claims:
        typed.setdefault(claim.topic, []).append(claim)
    for topic in Topic:
        if topic in {Topic.CODE, Topic.FREE, Topic.MADE_OF}:
            continue
        rows += [_compared(each, said[topic], found) for each in typed.get(topic, ())]
        if said[topic] and topic not in typed:
            rows.append(_recorded(topic, said[topic], found))
        if topic is Topic.PRODUCT:
            rows += _made_of(found, typed.get(Topic.MADE_OF, ()))
    every = [saying for _, saying in found.sayings]
    for topic in (Topic.CODE, Topic.FREE):
        rows += [_compared(each, every, found) for each in typed.get(topic, ())]
    return tuple(each for each in rows if each is not None)


def _sayings(found: Gathered, topic: Topic) -> list[Saying]:
    """Return what is said, of the thing itself first, the newest count of scans."""
    own: list[Saying] = []
    others: list[Saying] = []
    for saying in found.of_topic(topic):
        (own if saying.thing in found.own_things else others).append(saying)
    if topic is Topic.SCANS:
        return own[-1:]
    return own if topic in OWN_TOPICS else [*own, *others]


def _code_row(
    ask: SheetAsk, said: Sequence[Saying], found: Gathered
) -> ClaimRow | None:
    """Compare the code asked about with what the records of the thing hold."""
    codes = [code for each in ask.exhibits for code in each.codes]
    wanted = ask.asked if "://" in ask.asked else next(iter(codes), "")
    if not said and not wanted:
        return None
    if not wanted:
        return _recorded(Topic.CODE, said, found)
    nobody = Absent.NOT_IN_FORMAT
    same = [each for each in said if each.text == wanted]
    others = [each for each in said if "://" in each.text]
    if same or not others:
        standing = Standing.SAME if same else Standing.SILENT
        parts = _parts(_row(Topic.CODE, same, found), same)
        return ClaimRow(Topic.CODE, wanted, nobody, standing, *parts)
    places = tuple(dict.fromkeys(each.source for each in others))
    says, absent = tuple(others[:MAX_SAYINGS]), Absent.NOT_IN_FORMAT
    grades = (FactGrade.CONTRADICTED, absent)
    return ClaimRow(
        Topic.CODE, wanted, nobody, Standing.DIFFERS, says, (), places, *grades
    )


def _recorded(topic: Topic, said: Sequence[Saying], found: Gathered) -> ClaimRow:
    row = _row(topic, said, found)
    nobody = Absent.NOT_IN_FORMAT
    return ClaimRow(topic, "", nobody, Standing.RECORDED, *_parts(row, said))


def _compared(claim: TypedClaim, said: Sequence[Saying], found: Gathered) -> ClaimRow:
    same = [each for each in said if is_same(claim.text, each.text)]
    if same:
        row = _row(claim.topic, same, found)
        standing, parts = Standing.SAME, _parts(row, same)
    elif not said or claim.topic in {Topic.FREE, Topic.CODE}:
        standing, parts = Standing.SILENT, _parts(None, ())
    else:
        row = _row(claim.topic, said, found)
        differs = all(are_other_numbers(claim.text, each.text) for each in said)
        standing = Standing.DIFFERS if differs else Standing.OTHER
        parts = _parts(row, said)
        if differs:
            places = tuple(dict.fromkeys(each.source for each in said))
            parts = (parts[0], (), places, FactGrade.CONTRADICTED, parts[4])
    return ClaimRow(claim.topic, claim.text, claim.sayer, standing, *parts)


_Parts = tuple[
    tuple[Saying, ...],
    tuple[EntryPlace, ...],
    tuple[EntryPlace, ...],
    FactGrade | Absent,
    LinkGrade | Absent,
]


@dataclass(frozen=True, slots=True)
class _Weighed:
    supports: tuple[EntryPlace, ...]
    contradicts: tuple[EntryPlace, ...]
    fact: FactGrade | Absent


def _parts(row: _Weighed | None, said: Sequence[Saying]) -> _Parts:
    if row is None:
        absent = Absent.NOT_IN_EXPORT
        return (), (), (), absent, absent
    link = Absent.NOT_IN_FORMAT
    return tuple(said[:MAX_SAYINGS]), row.supports, row.contradicts, row.fact, link


def _row(topic: Topic, said: Sequence[Saying], found: Gathered) -> _Weighed:
    """Weigh what supports and what contradicts, by entries."""
    against = _against(topic, said, found)
    supports = [each.source for each in said if each.source not in against]
    places = tuple(dict.fromkeys(supports))
    grades = [found.sources[each].fact for each in (*places, *sorted(against))]
    fact: FactGrade | Absent = Absent.NOT_IN_EXPORT
    if grades:
        fact = weakest_fact(grades)
    if against and places:
        fact = FactGrade.CONTRADICTED
    return _Weighed(places, tuple(sorted(against)), fact)


def _against(topic: Topic, said: Sequence[Saying], found: Gathered) -> set[EntryPlace]:
    if topic is Topic.INSPECTED:
        against = {each.source for each in said if is_not_passed(each.text)}
        return against | (found.recalls & {each.source for each in said})
    if topic not in FIXED:
        return set()
    first: dict[tuple[str, str], str] = {}
    against = set()
    for each in said:
        known = first.setdefault((each.thing, each.field_name), each.text)
        if known != each.text:
            against.add(each.source)
    return against


def _made_of(found: Gathered, typed: Sequence[TypedClaim]) -> list[ClaimRow]:
    trace = found.trace
    if not trace.hops:
        return [_compared(each, (), found) for each in typed]
    said = _ends(trace)
    hops = [each for each in trace.hops if each.relation in _MAKING]
    places = tuple(dict.fromkeys(EntryPlace(h.block, h.entry) for h in hops))
    known = tuple(each for each in places if each in found.sources)
    base = ClaimRow(
        Topic.MADE_OF,
        "",
        Absent.NOT_IN_FORMAT,
        Standing.RECORDED,
        tuple(said[:MAX_SAYINGS]),
        known,
        (),
        trace.fact,
        trace.link,
    )
    if not typed:
        return [base]
    return [
        ClaimRow(
            Topic.MADE_OF,
            each.text,
            each.sayer,
            Standing.SAME
            if any(is_same(each.text, one.text) for one in said)
            else Standing.OTHER,
            base.says,
            known,
            (),
            trace.fact,
            trace.link,
        )
        for each in typed
    ]


def _ends(trace: Trace) -> list[Saying]:
    """Return the things where the records begin, the lots before a mix first."""
    ends: dict[str, Saying] = {}
    for node in trace.ends:
        version = trace.versions[node]
        label = version.label or version.thing
        place = EntryPlace(version.block, version.entry)
        ends.setdefault(
            version.thing, Saying(label, version.kind, version.thing, label, place)
        )
    return list(ends.values())
