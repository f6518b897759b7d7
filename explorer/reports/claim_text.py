"""The claim sheet for the terminal, and as plain values for JSON."""

from typing import Any

import msgspec

from explorer.core.absent import Absent
from explorer.core.text import printable
from explorer.model.claim_sheets import ClaimRow, ClaimSheet, EntryPlace
from explorer.reports.claim_words import (
    after_text,
    after_title,
    before_text,
    delay_text,
    exhibit_text,
    grade_word,
    is_unmatched,
    place_text,
    question_text,
    row_texts,
    sheet_headline,
    standing_word,
    topic_word,
    word,
)
from explorer.reports.moments import short_utc
from explorer.reports.words import Language

_EN = Language.EN


def sheet_text(sheet: ClaimSheet) -> str:
    """Return the sheet as lines of text, printable."""
    lines = [sheet_headline(sheet, _EN)]
    if sheet.item:
        lines.append(f"  {printable(sheet.item)}")
    lines += [f"  maybe {printable(each)}" for each in sheet.candidates]
    lines += ["", f"{word('computed', _EN)}: {after_title(sheet.computed, _EN)}"]
    lines += [f"  {after_text(sheet.computed, _EN)}"]
    lines += [f"{word('not-computed', _EN)}: {word('before', _EN)}"]
    lines += [f"  {before_text(sheet, _EN)}", f"  {word('one-box', _EN)}", ""]
    for row in sheet.rows:
        lines += _row(sheet, row)
    if sheet.silent:
        silent = ", ".join(topic_word(each, _EN) for each in sheet.silent)
        lines += ["", f"{word('silent', _EN)}: {silent}", f"  {word('silence', _EN)}"]
    lines += _hands(sheet)
    for exhibit in sheet.exhibits:
        lines += ["", f"{printable(exhibit.name)}  SHA-256 {exhibit.sha256}"]
        lines.append(f"  {exhibit_text(exhibit, _EN)}")
    return "\n".join(lines) + "\n"


def _row(sheet: ClaimSheet, row: ClaimRow) -> list[str]:
    head = topic_word(row.topic, _EN)
    if row.claimed:
        head += f" (claimed: {printable(row.claimed, 200)})"
    said = "; ".join(row_texts(row)) or standing_word(row.standing, _EN)
    grade = grade_word(row.fact, _EN)
    places = _places(row.supports)
    against = f", {word('contradicts', _EN)} {_places(row.contradicts)}"
    lines = [f"{head}: {said}"]
    if row.claimed and row.says:
        lines.append(f"    {standing_word(row.standing, _EN)}")
    if grade:
        lines.append(f"    {grade} {places}{against if row.contradicts else ''}")
    if is_unmatched(sheet, row):
        lines.append(f"    ! {word('unmatched', _EN)}")
    late = [
        text
        for each in (*row.supports, *row.contradicts)
        if (source := sheet.source_of(each)) and (text := delay_text(source, _EN))
    ]
    return [*lines, *(f"    {text}" for text in late[:1])]


def _places(places: tuple[EntryPlace, ...]) -> str:
    return ", ".join(place_text(each.block, each.entry) for each in places)


def _hands(sheet: ClaimSheet) -> list[str]:
    if not sheet.hands:
        return []
    lines = ["", f"{word('hands', _EN)}:"]
    for each in sheet.hands:
        state = word("signed" if each.is_signer else "named", _EN)
        place = place_text(each.source.block, each.source.entry)
        lines.append(f"  {printable(each.name, 80)}  {state}  {place}")
    return lines


def sheet_values(sheet: ClaimSheet) -> dict[str, Any]:
    """Return the sheet as values that JSON can hold; absent values are their reason."""
    found = msgspec.to_builtins(sheet, builtin_types=(bytes,), enc_hook=str)
    values: dict[str, Any] = found
    values["headline"] = sheet_headline(sheet, _EN)
    values["questions"] = [
        {"question": question_text(each, _EN), "command": each.command,
         "platform": each.platform}
        for each in sheet.questions
    ]  # fmt: skip
    for source, place in zip(sheet.sources, values["sources"], strict=True):
        time_us = source.recorded_us
        known = "" if isinstance(time_us, Absent) else short_utc(time_us)
        place["recorded"] = known
    return values
