"""Lessons at hand, and what each step of one shows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from explorer.core.errors import LessonError
from explorer.core.resources import resource
from explorer.crypto.trees import (
    ProofReason,
    inclusion_path,
    leaf_hash,
    tree_hash,
    verify_inclusion,
)
from explorer.crypto.trust import AnchorOrigin, HistoryAnchor, TrustStore
from explorer.crypto.trust_files import anchors_from_json
from explorer.lab import operations
from explorer.lab.bench import Copies, WorkingCopy
from explorer.lab.lesson_files import MAX_LESSON_BYTES, ORIGINAL, read_lesson
from explorer.lab.lesson_ledgers import keys_json, lesson_ledger
from explorer.lab.lesson_states import AnchorState, CopyState, FactLine, StepState
from explorer.lab.lessons import NO_WORDS, Fact, Lesson, Showing, Step
from explorer.session.lab_checking import Compared, check_copy

KEYS_FILE = "keys.json"
"""Name under which the parties' keys are given to the program."""


def shipped_lessons() -> tuple[Lesson, ...]:
    """Return the lessons that come with the program, in their order.

    Raises:
        LessonError: If one of them is broken.
    """
    folder = resource("lessons")
    found = [load_lesson(each) for each in sorted(folder.glob("*.toml"))]
    return tuple(sorted(found, key=lambda each: (each.order, each.name)))


def load_lesson(path: Path) -> Lesson:
    """Return the lesson of a file.

    Raises:
        LessonError: If it cannot be read, or be meant as it is written.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_LESSON_BYTES + 1)
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise LessonError(message, path.name, 1, "") from error
    return read_lesson(data, path.name)


def files_of(copy: WorkingCopy) -> dict[str, bytes]:
    """Return all files of a working copy, the changed one first."""
    ledger = lesson_ledger(copy.ledger)
    return {**ledger.files, ledger.main_file: copy.data}


class LessonChecker:
    """Says what each step of one lesson shows; remembers what it has checked."""

    def __init__(self, lesson: Lesson) -> None:
        """Check nothing yet."""
        self.lesson = lesson
        self._known: dict[tuple[str, bytes, bool, bool], CopyState] = {}

    def compared(self, step: Step, copy: WorkingCopy) -> Compared:
        """Return what a copy is compared with from outside in a step."""
        ledger = lesson_ledger(copy.ledger)
        trust = TrustStore()
        if step.keys and ledger.keys:
            trust = TrustStore(
                anchors_from_json(keys_json(ledger), KEYS_FILE), sources=(KEYS_FILE,)
            )
        return Compared(trust, (self._printed(copy.ledger),) if step.anchor else ())

    def state(self, step: Step, copies: Copies) -> StepState:
        """Return what a step shows of the copies as they are now.

        Raises:
            ExplorerError: If a copy can no longer be read at all.
        """
        states = tuple(
            self._check(name, copies[name], step)
            for name in step.rows
            if name in copies
        )
        lines: list[FactLine] = []
        for fact in step.fact:
            lines += self._fact(fact, copies)
        return StepState(states, self._anchor(step, copies, states), tuple(lines))

    def _check(self, name: str, copy: WorkingCopy, step: Step) -> CopyState:
        key = (name, copy.data, step.anchor, step.keys)
        if key not in self._known:
            compared = self.compared(step, copy)
            self._known[key] = check_copy(name, files_of(copy), compared)
        return self._known[key]

    def _printed(self, ledger_name: str) -> HistoryAnchor:
        ledger = lesson_ledger(ledger_name)
        copy = WorkingCopy(ledger_name, ledger.files[ledger.main_file])
        report = self._check(ORIGINAL, copy, _BARE).report
        return HistoryAnchor(
            report.last or 0,
            bytes.fromhex(report.last_hash),
            AnchorOrigin.PUBLISHED,
            "printed hash",
            "",
        )

    def _anchor(
        self, step: Step, copies: Copies, states: Sequence[CopyState]
    ) -> AnchorState | None:
        if not (step.anchor and states):
            return None
        last = states[-1]
        printed = self._printed(copies[last.copy].ledger)
        original = lesson_ledger(copies[last.copy].ledger)
        copy = WorkingCopy(original.name, original.files[original.main_file])
        shown = self._check(ORIGINAL, copy, _BARE).last_hash
        there = {each.height: each.computed_hash for each in last.blocks}
        uses = [each for each in last.report.anchors if each.kind == "history"]
        return AnchorState(
            printed.height,
            shown,
            there.get(printed.height, ""),
            bool(uses) and all(each.agrees for each in uses),
        )

    def _fact(self, fact: Fact, copies: Copies) -> list[FactLine]:
        if fact.show is Showing.TRIES:
            return [FactLine("tries", (fact.copy, str(copies[fact.copy].tries)))]
        if fact.show is Showing.VOTE:
            return self._vote(fact, copies)
        return [_path(fact, copies[fact.copy])]

    def _vote(self, fact: Fact, copies: Copies) -> list[FactLine]:
        """Count for each block how many copies hold the same; see what parts them."""
        hashes: dict[int, dict[str, str]] = {}
        for name in fact.copies:
            for block in self._check(name, copies[name], _BARE).blocks:
                hashes.setdefault(block.height, {})[name] = block.computed_hash
        ballots = [
            (height, _ballot(held, fact)) for height, held in sorted(hashes.items())
        ]
        total = str(len(fact.copies))
        lines: list[FactLine] = []
        for (code, count, others), same in groupby(ballots, key=itemgetter(1)):
            heights = [height for height, _ in same]
            if code != "vote-same":
                first, last = heights[0], heights[-1]
                shown = str(first) if first == last else f"{first}–{last}"
                lines.append(FactLine(code, (shown, count, total, others)))
        return lines or [FactLine("vote-all", (total,))]


def _ballot(held: Mapping[str, str], fact: Fact) -> tuple[str, str, str]:
    """Return how a vote about one block ends, with how many, and who holds another."""
    votes = Counter(held.values())
    winner, count = votes.most_common(1)[0]
    total = len(fact.copies)
    if count == total:
        return ("vote-same", str(count), "")
    if 2 * count <= total:
        return ("vote-none", str(count), "")
    others = [name for name in fact.copies if held.get(name) != winner]
    return ("vote-most", str(count), ", ".join(others))


def _path(fact: Fact, copy: WorkingCopy) -> FactLine:
    try:
        leaves = operations.entries_of(copy.data, fact.block)
    except operations.OperationError as error:
        raise LessonError(str(error), "lesson", 1, "fact.block") from error
    if not 0 <= fact.entry < len(leaves):
        raise LessonError(f"no entry {fact.entry}", "lesson", 1, "fact.entry")
    path = inclusion_path(leaves, fact.entry)
    root = tree_hash(leaves)
    answer = verify_inclusion(
        leaf_hash(leaves[fact.entry]), fact.entry, len(leaves), path, root
    )
    code = "path" if answer is ProofReason.PROVEN else "path-broken"
    values = (str(fact.entry), str(fact.block), str(len(leaves)), str(len(path)))
    return FactLine(code, (*values, root.hex(), *(each.hex() for each in path)))


_BARE = Step(NO_WORDS, NO_WORDS, NO_WORDS, NO_WORDS)
"""A step in which nothing from outside is compared."""
