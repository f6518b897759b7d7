"""The words of the column mapper: fields to choose, events and cells of the preview."""

from explorer.core.absent import Absent
from explorer.core.text import printable
from explorer.gui.translations import translate
from explorer.gui.viewmodels.claim_cells import Cell, CellRow
from explorer.gui.viewmodels.wording import counted, grouped, time_text
from explorer.model.events import TraceEvent
from explorer.session.column_mapping import CellFault, Preview, Target

MAX_CELL = 80


def target_word(target: Target) -> str:
    """Return what a column may hold, in words."""
    words = {
        Target.THING: translate("Mapper", "Lot, item or code"),
        Target.AMOUNT: translate("Mapper", "Amount"),
        Target.UNIT: translate("Mapper", "Unit of the amount"),
        Target.TIME: translate("Mapper", "Time of the event"),
        Target.STEP: translate("Mapper", "Step (harvest, ship…)"),
        Target.PLACE: translate("Mapper", "Place"),
        Target.SOURCE: translate("Mapper", "Handed over by"),
        Target.DESTINATION: translate("Mapper", "Handed over to"),
        Target.INPUT: translate("Mapper", "Made from (lot)"),
        Target.DOCUMENT: translate("Mapper", "Document number"),
        Target.EVENT: translate("Mapper", "Rows of one event"),
    }
    return words[target]


def event_heads() -> tuple[str, ...]:
    """Return the heads of the preview."""
    return (
        translate("Mapper", "Time UTC"),
        translate("Mapper", "Step"),
        translate("Mapper", "Things"),
        translate("Mapper", "Amount"),
        translate("Mapper", "Place"),
    )


def event_rows(preview: Preview) -> list[CellRow]:
    """Return the first events as rows."""
    return [CellRow(_cells(event)) for event in preview.events]


def _cells(event: TraceEvent) -> tuple[Cell, ...]:
    quantities = (*event.output_quantities, *event.quantities)
    things = [each.thing for each in quantities] or list(event.things)
    inputs = [*event.inputs, *(each.thing for each in event.input_quantities)]
    named = ", ".join(printable(each, 40) for each in things[:3])
    if inputs:
        made_of = ", ".join(printable(each, 40) for each in inputs[:3])
        named = translate("Mapper", "{0} → {1}").format(made_of, named)
    amounts = [
        f"{each.amount:f} {printable(each.unit, 12)}".strip()
        for each in quantities
        if not isinstance(each.amount, Absent)
    ]
    none = "–"
    time = event.event_time_us
    return (
        Cell(none if isinstance(time, Absent) else time_text(time).partition("（")[0]),
        Cell(printable(event.step, MAX_CELL) or none),
        Cell(named or none),
        Cell(", ".join(amounts[:3]) or none),
        Cell(printable(event.read_point or event.location, MAX_CELL) or none),
    )


def fault_heads() -> tuple[str, ...]:
    """Return the heads of the table of cells that could not be read."""
    return (
        translate("Mapper", "Event"),
        translate("Mapper", "Column"),
        translate("Mapper", "What is in the cell"),
        translate("Mapper", "Why it needs a look"),
    )


def fault_rows(preview: Preview) -> list[CellRow]:
    """Return the cells that could not be read as what they were said to be."""
    return [CellRow(_fault_cells(each)) for each in preview.faults]


def _fault_cells(fault: CellFault) -> tuple[Cell, ...]:
    return (
        Cell(printable(fault.row, MAX_CELL)),
        Cell(printable(fault.column, MAX_CELL)),
        Cell(printable(fault.detail, MAX_CELL) or "–"),
        Cell(fault_word(fault.reason), tip=fault.reason),
    )


def fault_word(reason: str) -> str:
    """Return why a cell was not read."""
    words = {
        "time-ambiguous": translate("Mapper", "the day and month cannot be told apart"),
        "time-zone-missing": translate("Mapper", "no offset: read as UTC"),
        "time-not-read": translate("Mapper", "no time that can be read"),
        "amount-ambiguous": translate("Mapper", "a comma may mean two things"),
        "amount-not-read": translate("Mapper", "no number"),
        "field-missing": translate("Mapper", "empty"),
        "several-values": translate("Mapper", "several values where one is allowed"),
    }
    return words.get(reason, reason)


def preview_sentence(preview: Preview) -> str:
    """Return what the mapping makes of the table."""
    if preview.problem:
        return printable(preview.problem, 400)
    if not preview.total:
        return translate(
            "Mapper", "No event comes of it yet: choose the column of lots."
        )
    events = counted(
        preview.total,
        translate("Mapper", "1 event comes of this table."),
        translate("Mapper", "{0} events come of this table."),
    )
    if not preview.faults:
        return events
    cells = counted(
        len(preview.faults),
        translate("Mapper", "1 cell needs a look; nothing was guessed."),
        translate("Mapper", "{0} cells need a look; nothing was guessed."),
    )
    return translate("Mapper", "{0} {1}").format(events, cells)


def shown_count(preview: Preview) -> str:
    """Return how many events are shown of how many."""
    shown = len(preview.events)
    if shown >= preview.total:
        return ""
    text = translate("Mapper", "the first {0} of {1}")
    return text.format(grouped(shown), grouped(preview.total))
