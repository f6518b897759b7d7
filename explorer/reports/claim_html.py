"""The claim sheet as one self-contained HTML page, in English or Chinese.

Same page as the audit report (``reports.page``): no script, nothing loaded, text of the
evidence set apart from our own. The last line holds the SHA-256 of all before it.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from explorer import __version__
from explorer.core.absent import Absent
from explorer.model.claim_sheets import (
    AfterEntry,
    ClaimRow,
    ClaimSheet,
    EntryPlace,
    EventTime,
    PlaceOrigin,
)
from explorer.reports.claim_words import (
    after_text,
    after_title,
    before_text,
    delay_text,
    exhibit_text,
    grade_word,
    is_unmatched,
    link_word,
    place_text,
    question_text,
    row_texts,
    sayer_word,
    sheet_headline,
    standing_word,
    topic_word,
    word,
)
from explorer.reports.moments import moment_utc, short_utc
from explorer.reports.page import (
    EMPTY,
    STYLE,
    Html,
    bullets,
    ev,
    ev_mono,
    facts,
    lines,
    mark,
    ours,
    spaced,
    table,
    tag,
)
from explorer.reports.words import (
    NO_TRANSLATIONS,
    Language,
    Translations,
    translated,
)

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_MARKS = {
    AfterEntry.NOTHING: "not-applicable",
    AfterEntry.CHECKING: "not-applicable",
    AfterEntry.UNMATCHED: "failed",
    AfterEntry.ELSEWHERE: "failed",
    AfterEntry.OPEN: "inconclusive",
    AfterEntry.CONSISTENT: "consistent",
    AfterEntry.ATTRIBUTED: "attributed",
    AfterEntry.ANCHORED: "anchored",
}


def claim_page(
    sheet: ClaimSheet,
    language: Language,
    made_at: datetime,
    replies: Mapping[int, str],
    translations: Translations = NO_TRANSLATIONS,
) -> bytes:
    """Return the page as UTF-8; ``replies`` by the number of the question.

    Raises:
        ValueError: If ``made_at`` has no zone.
    """
    code = "zh-Hans" if language is Language.ZH else "en"
    head = lines(
        Html("<!DOCTYPE html>"),
        Html(f'<html lang="{code}"><head><meta charset="utf-8">'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'),
        tag("title", ours(word("title", language))),
        Html(f"<style>{STYLE}</style></head><body>"),
    )
    body = (
        lines(head, claim_body(sheet, language, made_at, replies, translations)) + "\n"
    )
    above = body.encode("utf-8")
    digest = hashlib.sha256(above).hexdigest()
    last = tag("p", ours(word("digest", language) + " "), tag("code", Html(digest)))
    return above + (last + "</body></html>\n").encode("utf-8")


def claim_body(
    sheet: ClaimSheet,
    language: Language,
    made_at: datetime,
    replies: Mapping[int, str],
    translations: Translations = NO_TRANSLATIONS,
) -> Html:
    """Return everything between head and digest."""
    page = _Page(sheet, language, translations)
    return lines(
        tag("h1", ours(sheet_headline(sheet, language))),
        page.about(made_at),
        page.blocks(),
        page.rows(),
        page.silent(),
        page.hands(),
        page.places(),
        page.times(),
        page.exhibits(),
        page.questions(replies),
    )


class _Page:
    """Writes the parts of one sheet."""

    def __init__(
        self, sheet: ClaimSheet, language: Language, translations: Translations
    ) -> None:
        self._sheet, self._language = sheet, language
        self._translations = translations

    def _say(self, key: str, **values: object) -> Html:
        return ours(word(key, self._language, **values))

    def about(self, made_at: datetime) -> Html:
        sheet = self._sheet
        rows = [(self._say("made-at"), ours(moment_utc(made_at)))]
        if sheet.asked:
            rows.append((self._say("asked"), ev_mono(sheet.asked)))
        if sheet.item:
            rows.append((self._say("item"), ev_mono(sheet.item)))
        if sheet.ledger:
            rows.append((self._say("ledger"), ev(sheet.ledger)))
        if sheet.evidence_digest:
            rows.append((self._say("evidence"), ev_mono(sheet.evidence_digest)))
        if sheet.computed.last_hash:
            rows.append((self._say("last-hash"), ev_mono(sheet.computed.last_hash)))
        rows.append((Html("provenance-explorer"), ours(__version__)))
        fiction = tag("p", self._say("fiction"), cls="fiction")
        address = tag("p", self._say("address"), cls="quiet")
        return lines(
            fiction if sheet.is_fictional else EMPTY,
            EMPTY if sheet.has_ledger else tag("p", self._say("no-ledger")),
            facts(rows),
            address if "://" in sheet.asked else EMPTY,
        )

    def blocks(self) -> Html:
        sheet, language = self._sheet, self._language
        computed = sheet.computed
        left = tag(
            "div",
            tag("h4", self._say("computed")),
            tag("h3", mark(_MARKS[computed.state], 18),
                ours(after_title(computed, language))),
            tag("p", ours(after_text(computed, language))),
        )  # fmt: skip
        names = [*sheet.not_computed.signers, *sheet.not_computed.named_only]
        right = tag(
            "div",
            tag("h4", self._say("not-computed")),
            tag("h3", mark("not-applicable", 18), self._say("before")),
            tag("p", ours(before_text(sheet, language))),
            tag("p", spaced(*(ev(each) for each in names[:20]))) if names else EMPTY,
            tag("p", self._say("one-box")),
        )
        return Html(f'<div class="pair">{left}{right}</div>')

    def rows(self) -> Html:
        if not self._sheet.rows:
            return EMPTY
        head = tuple(
            self._say(key) for key in ("claim", "says", "who", "grade", "entries")
        )
        return table(head, [self._row(each) for each in self._sheet.rows])

    def _row(self, row: ClaimRow) -> tuple[Html, ...]:
        language = self._language
        claim = [tag("b", ours(topic_word(row.topic, language)))]
        if row.claimed:
            claim += [Html("<br>"), ev(row.claimed)]
        if not isinstance(row.sayer, Absent):
            said = ours(sayer_word(row.sayer, language))
            claim += [Html("<br>"), tag("span", said, cls="quiet")]
        says = [Html(ev(each) + "<br>") for each in row_texts(row)]
        says.append(
            tag("span", ours(standing_word(row.standing, language)), cls="quiet")
        )
        who = dict.fromkeys(
            source.organisation
            for each in (*row.supports, *row.contradicts)
            if (source := self._sheet.source_of(each)) is not None
        )
        grade = spaced(
            ours(grade_word(row.fact, language)),
            tag("span", ours(link_word(row.link, language)), cls="quiet"),
        )
        return (
            Html("".join(claim)),
            Html("".join(says)),
            spaced(*(ev(each) for each in who)),
            grade,
            self._places(row),
        )

    def _places(self, row: ClaimRow) -> Html:
        text = self._named(row.supports)
        if is_unmatched(self._sheet, row):
            text = f"{text} ({word('unmatched', self._language)})"
        if not row.contradicts:
            return ours(text)
        against = (
            f"{word('contradicts', self._language)} {self._named(row.contradicts)}"
        )
        return spaced(ours(text), tag("b", ours(against)))

    def _named(self, places: tuple[EntryPlace, ...]) -> str:
        shown = ", ".join(place_text(each.block, each.entry) for each in places[:8])
        rest = len(places) - 8
        more = word("and-more", self._language, count=rest)
        return shown if rest <= 0 else f"{shown} {more}"

    def silent(self) -> Html:
        topics = self._sheet.silent
        if not topics:
            return EMPTY
        return lines(
            tag("h3", self._say("silent")),
            bullets([ours(topic_word(each, self._language)) for each in topics]),
            tag("p", self._say("silence"), cls="quiet"),
        )

    def hands(self) -> Html:
        hands = self._sheet.hands
        if not hands:
            return EMPTY
        rows = [
            (
                ev(each.name),
                self._say("signed" if each.is_signer else "named"),
                ev("" if each.is_signer else each.named_by),
                ours(place_text(each.source.block, each.source.entry)),
            )
            for each in hands
        ]
        head = (self._say("hands"), EMPTY, self._say("named-by"), self._say("entries"))
        return lines(tag("h3", self._say("hands")), table(head, rows))

    def places(self) -> Html:
        places = self._sheet.places
        if not places:
            return EMPTY
        keys = {
            PlaceOrigin.DATA: "from-data",
            PlaceOrigin.LIST: "from-list",
            PlaceOrigin.NONE: "not-placed",
        }
        rows = [
            (
                ev(each.name),
                ev(each.what),
                ev(coordinates_text(each.latitude, each.longitude)),
                self._say(keys[each.origin]),
                ours(place_text(each.source.block, each.source.entry)),
            )
            for each in places
        ]
        head = (
            self._say("place"),
            self._say("what"),
            self._say("coordinates"),
            EMPTY,
            self._say("entries"),
        )
        return lines(tag("h3", self._say("journey")), table(head, rows))

    def times(self) -> Html:
        sources = self._sheet.sources
        if not sources:
            return EMPTY
        rows = [
            (
                ours(place_text(each.place.block, each.place.entry)),
                ev(each.what),
                ev(each.organisation),
                self._say("signed" if each.is_signed else "not-signed"),
                ours(happened_text(each.happened)),
                ours("" if isinstance(each.recorded_us, Absent)
                     else short_utc(each.recorded_us)),
                ours(delay_text(each, self._language)),
            )
            for each in sources
        ]  # fmt: skip
        head = (
            self._say("entries"),
            self._say("what"),
            self._say("who"),
            EMPTY,
            self._say("happened"),
            self._say("recorded"),
            self._say("delay"),
        )
        return lines(tag("h3", self._say("time-line")), table(head, rows))

    def exhibits(self) -> Html:
        if not self._sheet.exhibits:
            return EMPTY
        parts = [tag("h3", self._say("exhibits"))]
        for each in self._sheet.exhibits:
            rows = [
                (Html("SHA-256"), ev_mono(each.sha256)),
                (Html("SHA-512"), ev_mono(each.sha512)),
                (Html("SM3"), ev_mono(each.sm3)),
                (self._say("captured"), ours(moment_utc(each.captured_at))),
            ]
            rows += [(Html("QR"), ev_mono(code)) for code in each.codes]
            text = exhibit_text(each, self._language)
            parts += [
                tag("h4", ev(each.name)),
                facts(rows),
                tag("p", ours(text)),
            ]
        return lines(*parts)

    def questions(self, replies: Mapping[int, str]) -> Html:
        questions = self._sheet.questions
        if not questions:
            return EMPTY
        parts = [tag("h2", self._say("questions"))]
        platforms = [each for each in questions if each.platform]
        asked = [each for each in questions if not each.platform]
        for count, each in enumerate(asked, 1):
            text = question_text(each, self._language)
            parts.append(tag("h4", ours(f"{count}. {text}")))
            if each.command:
                command = translated(each.command, self._translations)
                parts.append(tag("pre", ours(command)))
            reply = replies.get(questions.index(each), "")
            blank = Html("&nbsp;<br>&nbsp;")
            said = ours(reply) if reply else blank
            parts.append(tag("p", self._say("reply"), Html(": "), said))
        if platforms:
            parts.append(tag("h4", ours(question_text(platforms[0], self._language))))
            rows = [(ours(each.platform), ev_mono(each.command)) for each in platforms]
            parts.append(facts(rows))
        return lines(*parts)


def coordinates_text(latitude: float | Absent, longitude: float | Absent) -> str:
    """Return degrees as they are recorded; empty where there are none."""
    if isinstance(latitude, Absent) or isinstance(longitude, Absent):
        return ""
    return f"{latitude:.6g}, {longitude:.6g}"


def happened_text(happened: EventTime | Absent) -> str:
    """Return the time an entry states: a day or a moment in UTC; empty if none."""
    if isinstance(happened, Absent):
        return ""
    text = short_utc(happened.time_us)
    return text[:10] if happened.is_day else text
