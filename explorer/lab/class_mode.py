"""Class mode: each seat gets a chain with one hidden fault; answers are scored.

The same seed deals the same faults. A seat's file is what the program verifies; the
answers stay with the teacher. A sheet has a row for each seat: ``seat,fault,block``.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from explorer.core.errors import ExplorerError
from explorer.encodings.tables.delimited import decoded, delimiter_of, rows
from explorer.lab import operations
from explorer.lab.draws import Draws
from explorer.lab.lesson_ledgers import LessonLedger, lesson_ledger
from explorer.lab.values import change_value, editable_values

LEDGER = "signed"
MAX_SEATS = 500
MAX_SHEET_BYTES = 2**20
LAST_BLOCK = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What is wrong, and in which block it begins."""

    fault: str
    block: int


@dataclass(frozen=True, slots=True)
class Seat:
    """One place in the class."""

    number: int
    data: bytes
    answer: Answer


@dataclass(frozen=True, slots=True)
class Score:
    """What one seat earned: a point for the fault, one for the block."""

    seat: int
    fault_is_right: bool
    block_is_right: bool

    @property
    def points(self) -> int:
        """Return the points, 0 to 2."""
        return int(self.fault_is_right) + int(self.block_is_right)


def deal(seats: int, seed: int) -> tuple[Seat, ...]:
    """Return a file with one fault for each seat.

    Raises:
        ExplorerError: If there are not 1 to ``MAX_SEATS`` seats.
    """
    if not 1 <= seats <= MAX_SEATS:
        raise ExplorerError(f"there are 1 to {MAX_SEATS} seats")
    draws, ledger = Draws(seed), lesson_ledger(LEDGER)
    names = tuple(FAULTS)
    found: list[Seat] = []
    for number in range(1, seats + 1):
        seat = _seat(number, names, ledger, draws)
        while found and seat.data == found[-1].data:  # neighbours never get the same
            seat = _seat(number, names, ledger, draws)
        found.append(seat)
    return tuple(found)


def _seat(
    number: int, names: Sequence[str], ledger: LessonLedger, draws: Draws
) -> Seat:
    name, block = draws.pick(names), draws.between(1, LAST_BLOCK - 1)
    data = FAULTS[name](ledger, block, draws)
    return Seat(number, data, Answer(name, block))


def score(answers: Mapping[int, Answer], sheet: bytes) -> tuple[Score, ...]:
    """Return the points of each seat that is in the sheet, in its order.

    Raises:
        ExplorerError: If a row is none of ``seat,fault,block``, or a seat has two.
    """
    if len(sheet) > MAX_SHEET_BYTES:
        raise ExplorerError(f"the sheet is over {MAX_SHEET_BYTES} bytes")
    found: list[Score] = []
    text = decoded(sheet)
    for row in rows(text, delimiter_of(text.text) or ","):
        cells = [each.strip() for each in row.cells]
        if cells[:1] == ["seat"]:
            continue
        scored = _scored(answers, cells, row.number)
        if scored.seat in {each.seat for each in found}:
            raise ExplorerError(f"line {row.number}: seat {scored.seat} stands twice")
        found.append(scored)
    return tuple(found)


def _scored(answers: Mapping[int, Answer], cells: Sequence[str], line: int) -> Score:
    if len(cells) < 3 or not re.fullmatch("[0-9]{1,9}", cells[0]):
        raise ExplorerError(f"line {line} is not seat,fault,block")
    answer = answers.get(int(cells[0]))
    if answer is None:
        raise ExplorerError(f"line {line}: there is no seat {cells[0]}")
    return Score(
        int(cells[0]), cells[1].lower() == answer.fault, cells[2] == str(answer.block)
    )


def _edited(ledger: LessonLedger, block: int, draws: Draws) -> bytes:
    """Return the file with one value of a block changed to another of its kind."""
    data = ledger.files[ledger.main_file]
    lines = data.split(b"\n")
    line = lines[block + 1]
    values = editable_values(line, data.index(line))
    value = draws.pick(values)
    text = str(draws.between(3_000, 9_000))
    if not value.is_number:
        text = f"{value.text} {text}"
    return change_value(data, value, text)


def _signature(ledger: LessonLedger, block: int, draws: Draws) -> bytes:
    return operations.rehash_all(_edited(ledger, block, draws))


def _repeat(ledger: LessonLedger, block: int, draws: Draws) -> bytes:
    del draws
    return operations.repeat_entry(ledger.files[ledger.main_file], block)


FAULTS: Mapping[str, Callable[[LessonLedger, int, Draws], bytes]] = MappingProxyType(
    {"edited": _edited, "signature": _signature, "repeated": _repeat}
)
"""Name of a fault, as it is written into the sheet → how it is made: a value was
edited; edited and every hash mended, so that only signatures fail; an entry is there
twice."""
