"""Carries out the actions of a lesson on its working copies."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from explorer.core.errors import LessonError
from explorer.lab import operations
from explorer.lab.bench import Copies, WorkingCopy
from explorer.lab.demonstration_keys import DemonstrationKey
from explorer.lab.lesson_ledgers import LessonLedger, lesson_ledger, other_keys
from explorer.lab.lessons import Action, Doing, Lesson
from explorer.lab.story import Record
from explorer.lab.work_chain import remine, repeat_tail


def first_copies(lesson: Lesson) -> Copies:
    """Return the copies with which a lesson begins.

    Raises:
        OSError: If a sample that it begins with is not there.
    """
    found: dict[str, WorkingCopy] = {}
    for copy, name in lesson.start.items():
        ledger = lesson_ledger(name)
        found[copy] = WorkingCopy(name, ledger.files[ledger.main_file])
    return found


def copies_at(lesson: Lesson, number: int) -> Copies:
    """Return the copies as the lesson has them at step ``number``, from 0.

    Raises:
        LessonError: If an action does not fit.
        OSError: If a sample that it begins with is not there.
    """
    copies = first_copies(lesson)
    for each in range(number + 1):
        copies = act(lesson, each, copies)
    return copies


def act(lesson: Lesson, number: int, copies: Copies) -> Copies:
    """Return the copies after the actions of step ``number``, counted from 0.

    Raises:
        LessonError: If one does not fit the copy as it is now.
    """
    return act_all(lesson.name, number, lesson.step[number].action, copies)


def act_all(
    name: str, number: int, actions: Sequence[Action], copies: Copies
) -> Copies:
    """Return the copies after some actions of a step.

    Raises:
        LessonError: If one does not fit the copy as it is now.
    """
    found = dict(copies)
    for place, action in enumerate(actions):
        try:
            before = found[action.source or action.copy]
            found[action.copy] = changed(before, action)
        except (ValueError, KeyError) as error:
            field = f"step[{number + 1}].action[{place + 1}]"
            raise LessonError(str(error), name, 1, field) from error
    return found


def changed(copy: WorkingCopy, action: Action) -> WorkingCopy:
    """Return a copy after one action.

    Raises:
        ValueError: If the action does not fit it.
    """
    if action.kind is Doing.COPY:
        return copy
    if action.kind is Doing.MINE:
        mined = remine(copy.data, action.block, int(action.bits or "0", 16))
        return replace(copy, data=mined.data, tries=mined.tries)
    ledger = lesson_ledger(copy.ledger)
    data = _CHANGES[action.kind](copy.data, action, ledger)
    return replace(copy, data=data, tries=0)


def _edit(data: bytes, action: Action, _: LessonLedger) -> bytes:
    return operations.edit_text(data, action.block, action.old, action.new)


def _bytes(data: bytes, action: Action, _: LessonLedger) -> bytes:
    old, new = bytes.fromhex(action.old), bytes.fromhex(action.new)
    return operations.change_bytes(data, action.offset, old, new)


def _repeat(data: bytes, action: Action, ledger: LessonLedger) -> bytes:
    if ledger.main_file.endswith(".dat"):
        return repeat_tail(data, action.block)
    return operations.repeat_entry(data, action.block)


def _add(data: bytes, action: Action, ledger: LessonLedger) -> bytes:
    record = Record(action.author, action.id, "record", {"record": action.text})
    return operations.add_block(data, record, ledger.keys)


def _sign(data: bytes, action: Action, ledger: LessonLedger) -> bytes:
    return operations.sign_again(data, _chosen(ledger.keys, action))


def _sign_as_others(data: bytes, action: Action, ledger: LessonLedger) -> bytes:
    return operations.sign_again(data, _chosen(other_keys(ledger), action))


def _chosen(
    keys: Mapping[str, DemonstrationKey], action: Action
) -> Mapping[str, DemonstrationKey]:
    if not action.parties:
        return keys
    return {party: key for party, key in keys.items() if party in action.parties}


_CHANGES: Mapping[Doing, Callable[[bytes, Action, LessonLedger], bytes]] = {
    Doing.EDIT: _edit,
    Doing.BYTES: _bytes,
    Doing.REHASH_BLOCK: lambda data, action, _: operations.rehash_block(
        data, action.block
    ),
    Doing.REHASH: lambda data, _, __: operations.rehash_all(data),
    Doing.SIGN: _sign,
    Doing.SIGN_AS_OTHERS: _sign_as_others,
    Doing.CUT: lambda data, action, _: operations.cut_after(data, action.block),
    Doing.ADD: _add,
    Doing.REPEAT_ENTRY: _repeat,
}
