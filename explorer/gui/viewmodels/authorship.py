"""Who authored what: authors by kinds of entry, as a small matrix of counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from explorer.core.text import printable
from explorer.gui.translations import translate
from explorer.gui.viewmodels.signers import Authorship

MOST_KINDS, MOST_AUTHORS = 12, 24
"""Columns and rows drawn; the rest is summed up in a last one."""

OTHERS = "\0others"
"""Stands for all that is not drawn; no ledger's own text is like this."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Entries of one kind by one author."""

    entries: int
    refused: int


@dataclass(frozen=True, slots=True)
class AuthorMatrix:
    """Rows are authors, columns kinds of entry; texts are printable."""

    authors: tuple[str, ...]
    kinds: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]

    @property
    def most(self) -> int:
        """Return the largest count."""
        return max((cell.entries for row in self.cells for cell in row), default=0)


def author_matrix(
    counts: Sequence[Authorship], most_kinds: int = MOST_KINDS
) -> AuthorMatrix:
    """Return the matrix of these counts, the most frequent kinds first."""
    kinds = _names([(each.kind, each.entries) for each in counts], most_kinds)
    authors = _names([(each.author, each.entries) for each in counts], MOST_AUTHORS)
    sums: dict[tuple[str, str], list[int]] = {}
    for each in counts:
        author = each.author if each.author in authors else OTHERS
        kind = each.kind if each.kind in kinds else OTHERS
        total = sums.setdefault((author, kind), [0, 0])
        total[0] += each.entries
        total[1] += each.refused
    cells = tuple(
        tuple(Cell(*sums.get((author, kind), (0, 0))) for kind in kinds)
        for author in authors
    )
    return AuthorMatrix(
        tuple(_shown(author) for author in authors),
        tuple(_shown(kind) for kind in kinds),
        cells,
    )


def _names(counts: Sequence[tuple[str, int]], most: int) -> list[str]:
    totals: dict[str, int] = {}
    for name, count in counts:
        totals[name] = totals.get(name, 0) + count
    names = sorted(totals, key=lambda name: (-totals[name], name))
    if len(names) <= most:
        return names
    return [*names[: most - 1], OTHERS]


def _shown(name: str) -> str:
    if name == OTHERS:
        return translate("Signers", "others")
    return printable(name, 60) or translate("Signers", "not recorded")
