"""Domain packs at hand, and which of them judges a ledger.

With ``--pack`` only the named ones are looked at. Otherwise the first shipped pack
whose ``[applies]`` holds is taken; which that is shows only after some entries, so
these are kept until it is known.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from explorer.core.errors import PackError
from explorer.core.resources import resource
from explorer.model.content import EntryContent
from explorer.model.packs import Applies
from explorer.model.verdicts import Inconsistency, RuleRow
from explorer.payloads.packs.reading import MAX_PACK_BYTES, ReadPack, read_pack
from explorer.payloads.packs.records import has_path, records_of
from explorer.provenance.pack_rules.engine import PackJudge

KEPT_ENTRIES = 300
"""Entries after which a ledger that no pack recognised is judged by none."""

_FILE = "pack.toml"


@cache
def shipped_packs() -> tuple[ReadPack, ...]:
    """Return the packs that come with the program, by name.

    Raises:
        PackError: If one of them is broken.
    """
    folder = resource("packs")
    return tuple(load_pack(str(each)) for each in sorted(folder.glob(f"*/{_FILE}")))


def load_pack(name: str) -> ReadPack:
    """Return the pack of a file or folder, or the shipped one of that name.

    Raises:
        PackError: If there is none, or it cannot be meant as it is written.
    """
    path = Path(name)
    if path.is_dir():
        path = path / _FILE
    if not path.is_file() and name == path.name:
        path = resource("packs", name, _FILE)
    if not path.is_file():
        raise PackError("no such pack", name, 1, "")
    try:
        with path.open("rb") as file:
            data = file.read(MAX_PACK_BYTES + 1)
    except OSError as error:
        raise PackError(f"cannot be read: {error.strerror}", name, 1, "") from error
    shown = f"{path.parent.name}/{path.name}" if path.name == _FILE else path.name
    return read_pack(data, shown)


class PackReading:
    """Finds the packs of one ledger and judges its entries with them."""

    def __init__(
        self, family: str, title: str, path: str, given: Sequence[ReadPack]
    ) -> None:
        """Judge with ``given``, else with a shipped pack that recognises the ledger."""
        self._path, self._title = path, title
        self._judges = [PackJudge(each, path) for each in given]
        self._waiting: tuple[ReadPack, ...] = ()
        if not given:
            self._waiting = tuple(
                each
                for each in shipped_packs()
                if not each.pack.applies.formats or family in each.pack.applies.formats
            )
        self._kept: list[EntryContent] = []

    def take(self, contents: Sequence[EntryContent]) -> None:
        """Judge some entries; they must come in order."""
        if not self._waiting:
            for judge in self._judges:
                judge.take(contents)
            return
        self._kept += contents
        if contents and self._choose(contents):
            self._release()
        elif len(self._kept) > KEPT_ENTRIES:
            self._waiting, self._kept = (), []

    def finish(
        self, known: Iterable[Inconsistency]
    ) -> tuple[list[Inconsistency], list[RuleRow]]:
        """Return what was found beyond ``known``, and what each rule did."""
        told = {(each.rule, frozenset(each.entries)) for each in known}
        found: list[Inconsistency] = []
        rows: list[RuleRow] = []
        for judge in self._judges:
            judge.finish()
            judge.leave_out(told)
            found += judge.found
            rows += judge.rows() if judge.records else ()
        return found, rows

    def names(self) -> list[str]:
        """Return the packs that judge the ledger."""
        return [each.pack.name for each in self._judges]

    def _choose(self, contents: Sequence[EntryContent]) -> bool:
        for read in self._waiting:
            if _is_meant(read, self._title, contents):
                self._judges = [PackJudge(read, self._path)]
                return True
        return False

    def _release(self) -> None:
        kept, self._kept, self._waiting = self._kept, [], ()
        for judge in self._judges:
            judge.take(kept)


def _is_meant(read: ReadPack, title: str, contents: Sequence[EntryContent]) -> bool:
    applies = read.pack.applies
    if applies == Applies():
        return False
    if applies.titles and not any(each in title for each in applies.titles):
        return False
    kinds, fields = frozenset(applies.kinds), applies.fields
    for content in contents:
        if kinds and content.kind not in kinds:
            continue
        if not fields:
            return True
        for record in records_of(content, read.pack):
            if all(has_path(record, each) for each in fields):
                return True
    return False
