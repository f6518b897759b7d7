"""The tables of the claim page as plain cells: rows, hands, places, entries by time."""

from collections.abc import Sequence
from dataclasses import dataclass

from explorer.core.absent import Absent
from explorer.core.text import printable
from explorer.gui.canvases.journey_data import MapPlace, Tie
from explorer.gui.translations import current_language, translate
from explorer.gui.viewmodels.wording import time_text
from explorer.model.claim_sheets import (
    DAY_US,
    ClaimRow,
    ClaimSheet,
    EntryPlace,
    EventTime,
    JourneyPlace,
    PlaceOrigin,
    Source,
    Standing,
)
from explorer.model.statements import FactGrade
from explorer.payloads.event_names import kind_and_label
from explorer.reports.claim_words import (
    delay_text,
    grade_word,
    link_word,
    place_text,
    row_texts,
    sayer_word,
    standing_word,
    topic_word,
    word,
)

MAX_PLACES = 3
"""Entries named in one cell."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: plain values, no colour and no font."""

    text: str
    second: str = ""
    grade: FactGrade | None = None
    is_strong: bool = False
    is_against: bool = False
    tip: str = ""


@dataclass(frozen=True, slots=True)
class CellRow:
    """One row, and the entry it opens."""

    cells: tuple[Cell, ...]
    entry: EntryPlace | None = None


def claim_heads() -> tuple[str, ...]:
    """Return the heads of the claim table."""
    keys = ("claim", "says", "who", "grade", "entries")
    return tuple(word(key, current_language()) for key in keys)


def claim_rows(sheet: ClaimSheet) -> list[CellRow]:
    """Return the claim table."""
    return [_claim_row(sheet, each) for each in sheet.rows]


def _claim_row(sheet: ClaimSheet, row: ClaimRow) -> CellRow:
    language = current_language()
    texts = row_texts(row)
    places = (*row.supports, *row.contradicts)
    sources = [s for each in places if (s := sheet.source_of(each)) is not None]
    sayer = "" if isinstance(row.sayer, Absent) else sayer_word(row.sayer, language)
    topic = topic_word(row.topic, language)
    claim = printable(row.claimed, 160)
    first = Cell(
        claim or topic,
        f"{topic} · {sayer}" if claim and sayer else topic if claim else "",
        is_strong=True,
        tip=f"{topic}\n{claim}".strip(),
    )
    standing = standing_word(row.standing, language)
    is_against = bool(row.contradicts) or row.standing is Standing.DIFFERS
    says = Cell(
        _joined(texts) or standing,
        standing if texts and row.standing is not Standing.RECORDED else _against(row),
        is_against=is_against,
        tip="\n".join(texts) or standing,
    )
    return CellRow(
        (
            first,
            says,
            _who_cell(sources),
            _grade_cell(row),
            _entries_cell(row, sources),
        ),
        places[0] if places else None,
    )


def _joined(texts: Sequence[str]) -> str:
    shown = "; ".join(texts[:3])
    return shown if len(texts) <= 3 else f"{shown} +{len(texts) - 3}"


def _against(row: ClaimRow) -> str:
    if not row.contradicts:
        return ""
    places = ", ".join(place_text(p.block, p.entry) for p in row.contradicts[:3])
    return f"{word('contradicts', current_language())}: {places}"


def _who_cell(sources: Sequence[Source]) -> Cell:
    language = current_language()
    names = list(dict.fromkeys(each.organisation for each in sources))
    signed = all(each.is_signed for each in sources)
    key = "signed" if signed else "not-signed"
    every = printable(", ".join(names), 300)
    rest = f" +{len(names) - 1}" if len(names) > 1 else ""
    first = printable(names[0], 60) + rest if names else ""
    return Cell(first, word(key, language) if sources else "", tip=every)


def _grade_cell(row: ClaimRow) -> Cell:
    language = current_language()
    if isinstance(row.fact, Absent):
        return Cell(standing_short(row))
    grade = row.fact
    link = link_word(row.link, language)
    return Cell(
        grade_word(grade, language),
        link,
        grade,
        is_against=grade is FactGrade.CONTRADICTED,
        tip=link,
    )


def standing_short(row: ClaimRow) -> str:
    """Return one word where there is no grade."""
    if row.standing is Standing.UNSUPPORTED:
        return translate("Claim", "Unsupported")
    return translate("Claim", "Silent")


def _entries_cell(row: ClaimRow, sources: Sequence[Source]) -> Cell:
    places = (*row.supports, *row.contradicts)
    most = MAX_PLACES if len(places) <= MAX_PLACES else MAX_PLACES - 1
    shown = ", ".join(place_text(p.block, p.entry) for p in places[:most])
    rest = len(places) - most
    every = ", ".join(place_text(p.block, p.entry) for p in places[:60])
    late = [text for each in sources if (text := delay_text(each, current_language()))]
    text = shown if rest <= 0 else f"{shown} +{rest}"
    if any(each.is_unmatched for each in sources):
        unmatched = word("unmatched", current_language())
        return Cell(text, unmatched, is_against=True, tip=every)
    return Cell(text, late[0] if late else "", tip=every)


# -- the tables beside -----------------------------------------------------------------


def hand_rows(sheet: ClaimSheet) -> list[CellRow]:
    """Return who had the thing, in the order in which records name them."""
    language = current_language()
    rows = []
    for each in sheet.hands:
        state = word("signed" if each.is_signer else "named", language)
        by = "" if each.is_signer else named_by(each.named_by)
        source = sheet.source_of(each.source)
        when = Absent.NOT_IN_EXPORT if source is None else source.recorded_us
        rows.append(
            CellRow(
                (
                    Cell(party_name(each.name), is_strong=True, tip=each.name),
                    Cell(state, by),
                    _time_cell(when),
                    Cell(place_text(each.source.block, each.source.entry)),
                ),
                each.source,
            )
        )
    return rows


def _time_cell(time_us: int | Absent) -> Cell:
    """Return a time in UTC, with Beijing time below where the language has it."""
    utc, _, beijing = time_text(time_us).partition("（")
    is_known = not isinstance(time_us, Absent)
    return Cell(f"{utc[:16]} UTC" if is_known else utc, beijing.removesuffix("）"))


def named_by(organisation: str) -> str:
    """Return by whom somebody is named."""
    text = printable(organisation, 60)
    return f"{word('named-by', current_language())} {text}" if text else ""


def party_name(name: str) -> str:
    """Return a short name; of an address its last part, with what it is."""
    if "://" not in name and not name.startswith("urn:"):
        return printable(name, 80)
    kind, label = kind_and_label(name)
    return printable(f"{kind} {label}".strip(), 80)


def hand_heads() -> tuple[str, ...]:
    """Return the heads of the table of hands."""
    language = current_language()
    return (
        word("hands", language),
        "",
        word("recorded", language),
        word("entries", language),
    )


def place_rows(places: Sequence[JourneyPlace]) -> list[CellRow]:
    """Return the places of the journey, those that cannot be drawn too."""
    language = current_language()
    keys = {
        PlaceOrigin.DATA: "from-data",
        PlaceOrigin.LIST: "from-list",
        PlaceOrigin.NONE: "not-placed",
    }
    return [
        CellRow(
            (
                Cell(
                    party_name(each.name),
                    word(keys[each.origin], language),
                    is_strong=True,
                    tip=each.name,
                ),
                Cell(_degrees(each), printable(each.what, 60)),
                Cell(place_text(each.source.block, each.source.entry)),
            ),
            each.source,
        )
        for each in places
    ]


def _degrees(place: JourneyPlace) -> str:
    if isinstance(place.latitude, Absent) or isinstance(place.longitude, Absent):
        return "–"
    return f"{place.latitude:.6g}, {place.longitude:.6g}"


def place_heads() -> tuple[str, ...]:
    """Return the heads of the table of places."""
    language = current_language()
    return (
        word("place", language),
        word("coordinates", language),
        word("entries", language),
    )


def map_places(places: Sequence[JourneyPlace]) -> tuple[MapPlace, ...]:
    """Return the places that can be drawn."""
    language = current_language()
    found = []
    for each in places:
        if isinstance(each.latitude, Absent) or isinstance(each.longitude, Absent):
            continue
        is_inferred = each.origin is PlaceOrigin.LIST
        origin = word("from-list" if is_inferred else "from-data", language)
        second = f"{printable(each.what, 30)} · {origin}" if each.what else origin
        name = party_name(each.name)
        found.append(
            MapPlace(
                name, second, each.latitude, each.longitude, is_inferred, each.source
            )
        )
    return tuple(found)


def unplaced(places: Sequence[JourneyPlace]) -> list[str]:
    """Return the names of places without coordinates."""
    names = [party_name(e.name) for e in places if e.origin is PlaceOrigin.NONE]
    return list(dict.fromkeys(names))


def time_rows(sheet: ClaimSheet) -> list[CellRow]:
    """Return the entries by time of recording."""
    return [
        CellRow(
            (
                Cell(
                    printable(each.what, 60),
                    place_text(each.place.block, each.place.entry),
                    is_strong=True,
                ),
                Cell(_happened(each.happened), delay_text(each, current_language())),
                _time_cell(each.recorded_us),
            ),
            each.place,
        )
        for each in sheet.sources
    ]


def _happened(happened: EventTime | Absent) -> str:
    if isinstance(happened, Absent):
        return "–"
    text = time_text(happened.time_us)
    return text[:10] if happened.is_day else text[:16]


def time_heads() -> tuple[str, ...]:
    """Return the heads of the table of times."""
    language = current_language()
    keys = ("what", "happened", "recorded")
    return tuple(word(key, language) for key in keys)


def ties(sheet: ClaimSheet) -> tuple[Tie, ...]:
    """Return the time line's entries."""
    against = {place for row in sheet.rows for place in row.contradicts}
    found = []
    for each in sheet.sources:
        happened = each.happened
        delay = each.delay_us
        found.append(
            Tie(
                each.place,
                printable(each.what, 40),
                happened.time_us
                if isinstance(happened, EventTime)
                else Absent.NOT_IN_FORMAT,
                each.recorded_us,
                0 if isinstance(delay, Absent) else delay // DAY_US,
                delay_text(each, current_language()),
                each.is_unmatched or each.place in against,
            )
        )
    return tuple(found)
