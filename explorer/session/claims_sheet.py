"""Makes the claim sheet: every claim beside what the records say, and who says so.

Two questions are answered apart (``AfterEntry``, ``NotComputed``). A typed claim is
compared word by word or number by number, never interpreted: where records speak in
other words, the sheet says so and leaves the comparison to the reader.

Left out: inconsistency rules over whole ledgers, which have their own module.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from explorer.core.absent import Absent
from explorer.model.checks import Outcome
from explorer.model.claim_sheets import (
    AfterEntry,
    ClaimRow,
    ClaimSheet,
    Computed,
    EntryPlace,
    Exhibit,
    NotComputed,
    Saying,
    Standing,
    Topic,
    TypedClaim,
)
from explorer.model.statements import FactGrade, LinkGrade
from explorer.model.verdicts import EvidenceReport, LedgerReport, Verdict
from explorer.provenance.folding import weakest_fact
from explorer.provenance.trace import Trace
from explorer.session.claims_questions import questions_for
from explorer.session.claims_records import Gathered
from explorer.session.evidence_ladder import RungKind
from explorer.session.tracing import TraceAnswer

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

ASKED = (
    Topic.ORIGIN,
    Topic.VARIETY,
    Topic.QUALITY,
    Topic.QUANTITY,
    Topic.HARVESTED,
    Topic.INSPECTED,
    Topic.CERTIFIED,
    Topic.TREATED,
    Topic.TEMPERATURE,
    Topic.SELLER,
    Topic.SCANS,
)
"""What a buyer asks about; silence on these is said."""

FIXED = frozenset({Topic.ORIGIN, Topic.VARIETY, Topic.QUALITY, Topic.HARVESTED})
"""What does not change for one thing: two values contradict each other."""

_MAKING = frozenset({"derivation", "containment", "association"})

MAX_SAYINGS = 12
"""Most sayings of one row; the entries behind the others still count."""

_NOT_PASSED = re.compile(
    r"不合格|未通过|超标|\b(fail(ed)?|reject(ed)?|not passed|exceed(s|ed)?)\b", re.I
)
_NUMBER = re.compile(r"-?\d[\d ,\u202f]*(?:\.\d+)?")
_WORD_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class SheetAsk:
    """What a sheet is made from besides the ledger."""

    asked: str = ""
    claims: tuple[TypedClaim, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()


def bare_sheet(ask: SheetAsk) -> ClaimSheet:
    """Return the sheet without any ledger: nothing here supports a claim."""
    rows = tuple(
        ClaimRow(each.topic, each.text, each.sayer, Standing.UNSUPPORTED)
        for each in ask.claims
    )
    questions = questions_for(rows, (), "", "")
    return ClaimSheet(
        "", "", "", ask.asked, "", rows, exhibits=ask.exhibits, questions=questions
    )


def sheet_without_item(
    ask: SheetAsk, answer: TraceAnswer, report: LedgerReport, evidence: EvidenceReport
) -> ClaimSheet:
    """Return the sheet of a ledger in which the thing is not found, or not surely."""
    rows = tuple(
        ClaimRow(each.topic, each.text, each.sayer, Standing.SILENT)
        for each in ask.claims
    )
    return ClaimSheet(
        "",
        "",
        "",
        ask.asked,
        report.title,
        rows,
        exhibits=ask.exhibits,
        questions=questions_for(rows, (), report.format, report.export_hint),
        candidates=answer.item.candidates,
        evidence_digest=evidence_digest(evidence),
        is_fictional=report.is_fictional,
    )


def make_sheet(
    ask: SheetAsk,
    answer: TraceAnswer,
    found: Gathered,
    report: LedgerReport | None,
    evidence: EvidenceReport | None,
) -> ClaimSheet:
    """Return the sheet of a traced thing."""
    trace = found.trace
    item = next((each for each in trace.things if each.is_item), None)
    rows = _rows(ask, found)
    spoken = {each.topic for each in rows if each.says}
    silent = [each for each in ASKED if each not in spoken]
    if len(trace.ends) > 1 and Topic.SHARES not in spoken:
        silent.append(Topic.SHARES)
    family = "" if report is None else report.format
    hint = "" if report is None else report.export_hint
    return ClaimSheet(
        trace.item,
        trace.item if item is None else item.label or trace.item,
        "" if item is None else item.kind,
        ask.asked,
        "" if report is None else report.title,
        rows,
        tuple(silent),
        computed(answer, found, report),
        _not_computed(found),
        tuple(found.sources[each] for each in sorted(found.sources)),
        tuple(found.hands),
        tuple(found.places),
        ask.exhibits,
        questions_for(rows, silent, family, hint),
        evidence_digest="" if evidence is None else evidence_digest(evidence),
        is_fictional=answer.is_fictional,
    )


def evidence_digest(report: EvidenceReport) -> str:
    """Return the SHA-256 of the evidence.

    Of several files: SHA-256 over the lines "digest, two spaces, name", as ``sha256sum``
    writes them, sorted.
    """
    if len(report.sources) == 1:
        return report.sources[0].sha256
    lines = sorted(f"{each.sha256}  {each.source.path}\n" for each in report.sources)
    return hashlib.sha256("".join(lines).encode("utf-8", "replace")).hexdigest()


# -- the two blocks -------------------------------------------------------------------


def computed(
    answer: TraceAnswer, found: Gathered, report: LedgerReport | None
) -> Computed:
    """Return what is known about changes after entry."""
    places = list(found.sources)
    facts = {
        "entries": len(places),
        "blocks": len({each.block for each in places}),
        "signed": sum(each.is_signed for each in found.sources.values()),
        "unmatched": sum(each.is_unmatched for each in found.sources.values()),
    }
    if report is None:
        return Computed(AfterEntry.CHECKING, **facts)
    state = _state(answer, places, report, unmatched=facts["unmatched"])
    tie = report.anchored_to
    height: int | Absent = Absent.NOT_IN_EXPORT
    if state is AfterEntry.ANCHORED and tie is not None:
        height = tie.height
    return Computed(
        state,
        **facts,
        anchored_height=height,
        last_hash=report.last_hash,
        ask=report.export_hint,
    )


def _state(
    answer: TraceAnswer,
    places: Collection[EntryPlace],
    report: LedgerReport,
    *,
    unmatched: int,
) -> AfterEntry:
    if not places:
        return AfterEntry.NOTHING
    if unmatched:
        return AfterEntry.UNMATCHED
    if report.verdict is Verdict.FAILED:
        return AfterEntry.ELSEWHERE
    if report.verdict in {Verdict.INDETERMINATE, Verdict.UNREADABLE}:
        return AfterEntry.OPEN
    if all(_is_anchored(answer, each) for each in places):
        return AfterEntry.ANCHORED
    return AfterEntry.ATTRIBUTED if report.attributed else AfterEntry.CONSISTENT


def _is_anchored(answer: TraceAnswer, place: EntryPlace) -> bool:
    rungs = answer.evidence.get((place.block, place.entry), ())
    return any(
        rung.kind is RungKind.ANCHOR and rung.outcome is Outcome.PASSED
        for rung in rungs
    )


def _not_computed(found: Gathered) -> NotComputed:
    signed = [each.organisation for each in found.sources.values() if each.is_signed]
    signers = tuple(dict.fromkeys(filter(None, signed)))
    named = [each.name for each in found.hands if not each.is_signer]
    return NotComputed(
        signers,
        tuple(dict.fromkeys(each for each in named if each not in signers)),
        found.documents,
    )


# -- rows -----------------------------------------------------------------------------


def _rows(ask: SheetAsk, found: Gathered) -> tuple[ClaimRow, ...]:
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
    own, others = [], []
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
        differs = claim.topic is not Topic.FREE and all(
            are_other_numbers(claim.text, each.text) for each in said
        )
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
        against = {each.source for each in said if _NOT_PASSED.search(each.text)}
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


# -- comparing ------------------------------------------------------------------------


def is_same(claim: str, recorded: str) -> bool:
    """Return whether a claim and a record say the same words or the same number."""
    first, second = _plain(claim), _plain(recorded)
    if not first or not second:
        return False
    numbers = _numbers(claim), _numbers(recorded)
    if numbers[0] and numbers[1] and _is_number(claim) and _is_number(recorded):
        return numbers[0] == numbers[1]
    return first == second or (len(first) > 1 and _holds(second, first))


def _holds(text: str, words: str) -> bool:
    """Return whether ``words`` stand in ``text``, Latin words only as whole words."""
    if not words.isascii():
        return words in text
    return re.search(rf"(?<![a-z0-9]){re.escape(words)}(?![a-z0-9])", text) is not None


def are_other_numbers(claim: str, recorded: str) -> bool:
    """Return whether both name numbers, and not the same ones."""
    first, second = _numbers(claim), _numbers(recorded)
    return bool(first) and bool(second) and not set(first) & set(second)


def _is_number(text: str) -> bool:
    rest = _NUMBER.sub("", text)
    return len(_plain(rest)) <= 3  # a unit at most


def _numbers(text: str) -> list[str]:
    found = []
    for each in _NUMBER.findall(text):
        bare = each.replace(",", "").replace(" ", "").replace("\u202f", "")
        plain = bare.rstrip("0").rstrip(".") if "." in bare else bare
        found.append(plain.lstrip("0") or "0")
    return found


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _WORD_SIGNS.sub(" ", folded).strip()
