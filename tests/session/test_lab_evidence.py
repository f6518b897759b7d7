"""Whatever is done in the lab, no file of evidence changes, and no time of one."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.core.errors import ExplorerError
from explorer.core.resources import samples_folder
from explorer.lab.acting import changed
from explorer.lab.bench import Bench, Moment, WorkingCopy
from explorer.lab.lesson_ledgers import lesson_ledger
from explorer.lab.lessons import Action, Doing
from explorer.session.lab_checking import check_copy
from explorer.session.lab_lessons import files_of

_KINDS = [each for each in Doing if each is not Doing.COPY]
_LEDGERS = ("harvest", "signed", "delivery", "work", "tail", "fabric")


def _facts(folder: Path) -> dict[str, tuple[str, int, int]]:
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            facts = path.stat()
            found[str(path)] = (digest, facts.st_size, facts.st_mtime_ns)
    return found


@st.composite
def _action(draw: st.DrawFn) -> Action:
    return Action(
        draw(st.sampled_from(_KINDS)),
        "edited",
        block=draw(st.integers(-1, 7)),
        old=draw(st.sampled_from(["1433", "00", "7b", "a"])),
        new=draw(st.sampled_from(["1933", "01", "7c", ""])),
        offset=draw(st.integers(0, 4_000)),
        author=draw(st.sampled_from(["orchard", "nobody"])),
        id="Z",
        text="more",
    )


@pytest.fixture(scope="module")
def before() -> dict[str, tuple[str, int, int]]:
    return _facts(samples_folder())


@settings(max_examples=40)
@given(st.sampled_from(_LEDGERS), st.lists(_action(), max_size=8), st.data())
def test_evidence_is_never_touched(
    before: dict[str, tuple[str, int, int]],
    name: str,
    actions: list[Action],
    data: st.DataObject,
) -> None:
    ledger = lesson_ledger(name)
    first = dict(ledger.files)
    copy = WorkingCopy(name, ledger.files[ledger.main_file])
    bench = Bench(Moment({"edited": copy}))
    for action in actions:
        try:
            after = changed(bench.now.copies["edited"], action)
        except ValueError:  # it does not fit; nothing was changed
            continue
        bench.change(Moment({"edited": after}))
        if data.draw(st.booleans()):
            bench.undo()
        if name != "fabric":
            try:
                check_copy("edited", files_of(bench.now.copies["edited"]))
            except ExplorerError:  # nothing of it can be read any more
                continue
    assert dict(lesson_ledger(name).files) == first
    assert {k: v[1:] for k, v in _sizes(samples_folder()).items()} == {
        k: v[1:] for k, v in before.items()
    }


def _sizes(folder: Path) -> dict[str, tuple[str, int, int]]:
    return {
        str(path): ("", path.stat().st_size, path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_at_the_end_every_byte_is_what_it_was(
    before: dict[str, tuple[str, int, int]],
) -> None:
    assert _facts(samples_folder()) == before
