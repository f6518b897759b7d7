"""Every step of every lesson shows what ``verify --json`` says of the saved copy."""

import json
from pathlib import Path
from typing import Any

import pytest

from explorer.cli.commands import run
from explorer.core.errors import LessonError
from explorer.lab.bench import WorkingCopy
from explorer.lab.lesson_ledgers import keys_json, lesson_ledger
from explorer.lab.lesson_states import CopyState
from explorer.lab.lessons import Fact, Lesson, Showing, Step
from explorer.model.checks import Outcome
from explorer.reports.json_report import document_text
from explorer.session.lab_checking import check_copy, verify_copy
from explorer.session.lab_lessons import (
    LessonChecker,
    files_of,
    load_lesson,
    shipped_lessons,
)
from tests.session.lesson_walk import walk

LESSONS = {each.name: each for each in shipped_lessons()}
FAST = [each for name, each in LESSONS.items() if name != "real-ledger"]


def _save(files: dict[str, bytes], folder: Path) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder / next(iter(files)).split("/")[0]


def _without_paths(value: Any) -> Any:  # noqa: ANN401 - a JSON document
    if isinstance(value, dict):
        return {
            key: _without_paths(each)
            for key, each in value.items()
            if key not in {"path", "source"}
        }
    if isinstance(value, list):
        return [_without_paths(each) for each in value]
    return value


def _same_as_verify(
    checker: LessonChecker,
    step: Step,
    copy: WorkingCopy,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> dict[str, Any]:
    """Check that the copy's report is that of ``verify --json``; return the latter."""
    files = files_of(copy)
    words = ["verify", "--json", "--jobs", "1", str(_save(files, tmp_path))]
    compared = checker.compared(step, copy)
    if compared.trust.identities:
        (tmp_path / "trust").mkdir(exist_ok=True)
        keys = tmp_path / "trust" / "keys.json"
        keys.write_bytes(keys_json(lesson_ledger(copy.ledger)))
        words += ["--trust", str(keys)]
    for anchor in compared.checkpoints:
        words += ["--checkpoint", f"{anchor.height}={anchor.block_hash.hex()}"]
    run(words)
    theirs = json.loads(capsys.readouterr().out)
    ours = json.loads(document_text([verify_copy(files, compared)]))
    for each in (ours, theirs):
        for use in each["results"][0]["anchors"]:
            for origin in ("origin", "what", "label"):
                use.pop(origin, None)
        tied = each["results"][0]["anchored_to"]
        if tied:
            tied.pop("what", None), tied.pop("origin", None)
    text = json.dumps(_without_paths(theirs)).replace("checkpoint", "printed hash")
    assert json.loads(text) == _without_paths(ours)
    found: dict[str, Any] = theirs["results"][0]
    return found


def _matches(state: CopyState, verify: dict[str, Any]) -> None:
    """Check that what is drawn says nothing else than the document."""
    assert state.verdict.value == verify["verdict"]
    failed = {
        (each["block"], each["reason"])
        for each in verify["findings"]
        if each["outcome"] == "failed"
        and each["block"] is not None
        and each["kind"] != "anchor"
    }
    shown = {
        (block.height, str(reason))
        for block in state.blocks
        for reason in block.reasons
    }
    assert failed <= shown
    assert {height for height, _ in failed} == {
        block.height for block in state.blocks if block.standing == "failed"
    }
    assert len(state.blocks) == verify["blocks"]


@pytest.mark.parametrize("lesson", FAST, ids=lambda each: each.name)
def test_each_step_shows_what_verify_says(
    lesson: Lesson, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checker = LessonChecker(lesson)
    for number, step, copies in walk(lesson):
        state = checker.state(step, copies)
        assert [each.copy for each in state.copies] == list(step.rows)
        for each in state.copies:
            folder = tmp_path / f"{number}-{each.copy}"
            folder.mkdir()
            verify = _same_as_verify(checker, step, copies[each.copy], folder, capsys)
            _matches(each, verify)


def test_a_step_of_the_real_ledger_shows_what_verify_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lesson = LESSONS["real-ledger"]
    checker = LessonChecker(lesson)
    *_, (_, step, copies) = walk(lesson)
    state = checker.state(step, copies)
    original, flipped = state.copies
    verify = _same_as_verify(checker, step, copies["flipped"], tmp_path, capsys)
    _matches(flipped, verify)
    assert "rests-on-nothing" not in {each.standing for each in flipped.blocks}
    assert original.last_hash == flipped.last_hash
    assert {each.computed_hash for each in original.blocks} == {
        each.computed_hash for each in flipped.blocks
    }
    assert "validation-flag-mismatch" in {
        each.reason for each in flipped.report.findings
    }


@pytest.mark.parametrize("lesson", FAST, ids=lambda each: each.name)
def test_lessons_keep_what_they_promise(lesson: Lesson) -> None:
    checker = LessonChecker(lesson)
    for _, step, copies in walk(lesson):
        shown = {each.copy: each for each in checker.state(step, copies).copies}
        assert step.expect, f"{lesson.name}: {step.title.en} promises nothing"
        for expected in step.expect:
            state = shown[expected.copy]
            assert state.verdict == expected.verdict
            assert set(expected.reasons) <= {
                str(each.reason)
                for each in state.report.findings
                if each.outcome is Outcome.FAILED
            }


def test_lessons_have_all_words_in_both_languages() -> None:
    assert len(LESSONS) >= 8
    for lesson in LESSONS.values():
        for step in lesson.step:
            for words in (step.title, step.say, step.do, step.see):
                assert words.en
                assert words.zh
                assert words.zh != words.en
                assert "篡改" not in words.zh


def test_a_path_is_shown_with_its_hashes() -> None:
    lesson = LESSONS["trees"]
    _, step, copies = next(walk(lesson))
    (fact,) = LessonChecker(lesson).state(step, copies).facts
    assert fact.code == "path"
    assert fact.values[:4] == ("2", "1", "7", "3")
    assert len(fact.values) == 4 + 1 + 3


def test_a_path_to_no_entry_is_refused() -> None:
    lesson = LESSONS["trees"]
    _, step, copies = next(walk(lesson))
    for block, entry, message in (
        (1, 99, "no entry 99"),
        (99, 0, "no block 99"),
    ):
        fact = Fact(Showing.PATH, "original", block=block, entry=entry)
        other = Step(step.title, step.say, step.do, step.see, fact=(fact,))
        with pytest.raises(LessonError, match=message):
            LessonChecker(lesson).state(other, copies)


def test_copies_are_counted_and_the_odd_one_named() -> None:
    lesson = LESSONS["copies"]
    facts = [
        LessonChecker(lesson).state(step, copies).facts[0]
        for _, step, copies in walk(lesson)
    ]
    assert [each.code for each in facts] == [
        "vote-all",
        "vote-most",
        "vote-most",
        "vote-none",
        "vote-all",
    ]
    assert facts[1].values == ("1–5", "2", "3", "packer")
    assert facts[2].values[3] == "orchard"


def test_the_anchor_is_shown_printed_against_computed() -> None:
    lesson = LESSONS["one-digit"]
    *_, (_, step, copies) = walk(lesson)
    anchor = LessonChecker(lesson).state(step, copies).anchor
    assert anchor is not None
    assert anchor.height == 5
    assert not anchor.agrees
    assert anchor.printed != anchor.computed


def test_a_copy_without_the_anchored_block_agrees_with_nothing() -> None:
    lesson = LESSONS["pledged-twice"]
    *_, (_, step, copies) = walk(lesson)
    anchor = LessonChecker(lesson).state(step, copies).anchor
    assert anchor is not None
    assert (anchor.computed, anchor.agrees) == ("", False)


def test_a_lesson_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LessonError, match=r"none\.toml, line 1: cannot be read"):
        load_lesson(tmp_path / "none.toml")


def test_what_follows_a_block_that_cannot_be_read_rests_on_nothing() -> None:
    ledger = lesson_ledger("harvest")
    data = ledger.files[ledger.main_file].replace(b":1433", b":-0", 1)
    state = check_copy("edited", {ledger.main_file: data})
    assert [(each.height, each.standing.value) for each in state.blocks] == [
        (0, "holds"),
        (2, "open"),
        *((height, "rests-on-nothing") for height in (3, 4, 5)),
    ]
