"""A comparison of a party's spreadsheet with the ledger, in words and rows."""

from explorer.core.absent import Absent
from explorer.core.text import printable
from explorer.gui.translations import translate
from explorer.gui.viewmodels.claim_cells import Cell, CellRow
from explorer.gui.viewmodels.wording import (
    counted,
    grouped,
    loose_text,
    place_text,
    time_text,
)
from explorer.model.blocks import NO_BLOCK
from explorer.model.claim_sheets import EntryPlace as SheetPlace
from explorer.model.events import EntryPlace
from explorer.provenance.reconciliation import Difference, Line, Pair, Side, Status
from explorer.session.reconciling import Reconciled

MAX_ROWS = 5_000
"""Lines of the table in the window; the export has all."""


def status_word(status: Status) -> str:
    """Return the word for what came of a line."""
    words = {
        Status.MATCHED: translate("Reconcile", "matched"),
        Status.DIFFERS: translate("Reconcile", "differs"),
        Status.ONLY_HERE: translate("Reconcile", "only in the list"),
        Status.ONLY_THERE: translate("Reconcile", "only in the ledger"),
    }
    return words[status]


def headline(result: Reconciled) -> str:
    """Return the sentence above the comparison."""
    found = result.found
    differs = found.count(Status.DIFFERS)
    one_sided = found.count(Status.ONLY_HERE) + found.count(Status.ONLY_THERE)
    if differs:
        return counted(
            differs,
            translate("Reconcile", "One line differs from the ledger."),
            translate("Reconcile", "{0} lines differ from the ledger."),
        )
    if one_sided:
        return counted(
            one_sided,
            translate(
                "Reconcile", "Nothing differs; one line stands on one side only."
            ),
            translate(
                "Reconcile", "Nothing differs; {0} lines stand on one side only."
            ),
        )
    return translate("Reconcile", "Every line of the list agrees with the ledger.")


def limit_text() -> str:
    """Return what a comparison does not say."""
    return translate(
        "Reconcile",
        "It compares two accounts. Where they agree, both may have one source; where "
        "they differ, it does not say which is right.",
    )


def total_text(side: Side, *, is_list: bool) -> str:
    """Return the totals of one side."""
    name = (
        translate("Reconcile", "The list")
        if is_list
        else translate("Reconcile", "The ledger")
    )
    parts = [
        counted(
            side.lines,
            translate("Reconcile", "1 line"),
            translate("Reconcile", "{0} lines"),
        ),
        counted(
            side.things,
            translate("Reconcile", "1 thing"),
            translate("Reconcile", "{0} things"),
        ),
    ]
    parts += [f"{n:f} {printable(unit, 20)}" for unit, n in side.amounts.items()]
    return translate("Reconcile", "{0}: {1}").format(name, " · ".join(parts))


def heads() -> tuple[str, ...]:
    """Return the heads of the table."""
    return (
        translate("Reconcile", "Result"),
        translate("Reconcile", "Thing"),
        translate("Reconcile", "In the list"),
        translate("Reconcile", "In the ledger"),
        translate("Reconcile", "How it differs"),
        translate("Reconcile", "Entry"),
    )


def rows(result: Reconciled, status: Status | None) -> list[CellRow]:
    """Return the lines of one status, or all; those that differ come first."""
    order = (Status.DIFFERS, Status.ONLY_HERE, Status.ONLY_THERE, Status.MATCHED)
    chosen = [each for each in result.found.pairs if status in {None, each.status}]
    chosen.sort(key=lambda pair: order.index(pair.status))
    return [_row(pair) for pair in chosen[:MAX_ROWS]]


def more_text(result: Reconciled, status: Status | None) -> str:
    """Return how many lines the table leaves out; empty for none."""
    pairs = result.found.pairs
    more = sum(status in {None, each.status} for each in pairs) - MAX_ROWS
    if more <= 0:
        return ""
    return translate("Reconcile", "{0} more lines stand in the export").format(
        grouped(more)
    )


def _row(pair: Pair) -> CellRow:
    line = pair.there if isinstance(pair.here, Absent) else pair.here
    thing = printable(line.thing, 60) if isinstance(line, Line) else ""
    is_against = pair.status is Status.DIFFERS
    entry, where = _entry(pair.there)
    return CellRow(
        (
            Cell(status_word(pair.status), is_strong=True, is_against=is_against),
            Cell(thing),
            _line_cell(pair.here),
            _line_cell(pair.there),
            Cell("; ".join(_difference_text(each) for each in pair.differences)),
            Cell(where),
        ),
        entry,
    )


def _entry(there: Line | Absent) -> tuple[SheetPlace | None, str]:
    if isinstance(there, Absent) or not isinstance(there.entry, EntryPlace):
        return None, ""
    place = there.entry
    words = (
        loose_text(place.entry)
        if place.block == NO_BLOCK
        else place_text(place.block, place.entry)
    )
    return SheetPlace(place.block, place.entry), words


def _line_cell(line: Line | Absent) -> Cell:
    if isinstance(line, Absent):
        return Cell("–")
    amount = translate("Reconcile", "no amount")
    if not isinstance(line.amount, Absent):
        amount = f"{line.amount:f} {printable(line.unit, 12)}".strip()
    parts = [] if isinstance(line.time_us, Absent) else [time_text(line.time_us)]
    if line.step:
        parts.append(printable(line.step, 24))
    second = " · ".join(parts)
    return Cell(amount, second=second, tip=f"{amount} · {second}")


def _difference_text(each: Difference) -> str:
    words = {
        "amount": translate("Reconcile", "amount"),
        "unit": translate("Reconcile", "unit"),
        "time": translate("Reconcile", "time"),
    }
    name = words.get(each.field, printable(each.field, 20))
    here, there = each.here, each.there
    if each.field == "time":
        return name
    text = translate("Reconcile", "{0}: {1} in the list, {2} in the ledger")
    return text.format(name, printable(here, 30), printable(there, 30))
