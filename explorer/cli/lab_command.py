"""``lab``: pages of lessons, chains with hidden faults, chains from tables."""

import argparse
import csv
import io
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from explorer.core.errors import ExplorerError
from explorer.lab.class_mode import FAULTS, Answer, deal, score
from explorer.lab.lessons import Lesson
from explorer.lab.table_chain import MAX_TABLE_BYTES, chain_from_table
from explorer.session.lab_lessons import load_lesson, shipped_lessons
from explorer.session.lab_pages import handout, web_page

ANSWERS = "answers.json"
SHEET = "sheet.csv"
MAX_ANSWERS_BYTES = 2**20


def run_lab(arguments: argparse.Namespace) -> int:
    """Do what was asked and say where the files are."""
    try:
        _DO[arguments.what](arguments)
    except OSError as error:
        raise ExplorerError(str(error)) from error
    return 0


def _lessons(_: argparse.Namespace) -> None:
    for lesson in shipped_lessons():
        sys.stdout.write(f"{lesson.name:16} {lesson.title.en} · {lesson.title.zh}\n")


def _page(arguments: argparse.Namespace) -> None:
    lesson = _lesson(arguments.lesson)
    make = handout if arguments.handout else web_page
    _write(arguments.output, make(lesson, arguments.language).encode())


def _lesson(name: str) -> Lesson:
    for lesson in shipped_lessons():
        if lesson.name == name:
            return lesson
    return load_lesson(Path(name))


def _class(arguments: argparse.Namespace) -> None:
    seats = deal(arguments.seats, arguments.seed)
    folder: Path = arguments.output
    folder.mkdir(parents=True, exist_ok=True)
    for seat in seats:
        _write(folder / f"seat-{seat.number:03}.jsonl", seat.data)
    answers = {
        str(each.number): {"fault": each.answer.fault, "block": each.answer.block}
        for each in seats
    }
    _write(folder / ANSWERS, (json.dumps(answers, indent=1) + "\n").encode())
    rows = "".join(f"{each.number},,\n" for each in seats)
    _write(folder / SHEET, f"seat,fault,block\n{rows}".encode())
    sys.stdout.write(f"faults: {', '.join(FAULTS)}\n")


def _score(arguments: argparse.Namespace) -> None:
    answers = _answers(_read(arguments.answers, MAX_ANSWERS_BYTES))
    found = score(answers, _read(arguments.sheet, MAX_ANSWERS_BYTES))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("seat", "fault_is_right", "block_is_right", "points"))
    for each in found:
        right = (str(each.fault_is_right).lower(), str(each.block_is_right).lower())
        writer.writerow((each.seat, *right, each.points))
    sys.stdout.write(out.getvalue())


def _answers(data: bytes) -> Mapping[int, Answer]:
    try:
        values = json.loads(data)
        return {
            int(seat): Answer(str(each["fault"]), int(each["block"]))
            for seat, each in values.items()
        }
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        OverflowError,
        RecursionError,
    ) as error:
        raise ExplorerError(f"these are no answers of a class: {error}") from error


def _build(arguments: argparse.Namespace) -> None:
    path: Path = arguments.table
    data = _read(path, MAX_TABLE_BYTES)
    _write(arguments.output, chain_from_table(data, path.stem))


def _read(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        return file.read(most + 1)


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as out:  # never over a file that is there
        out.write(data)
    sys.stdout.write(f"{path}\n")


_DO: Mapping[str, Callable[[argparse.Namespace], None]] = {
    "lessons": _lessons,
    "page": _page,
    "class": _class,
    "score": _score,
    "build": _build,
}
