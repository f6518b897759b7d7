"""Terms that may turn out to be equal: names, times, and things only known to exist.

W3C PROV-CONSTRAINTS, section 2.4 (unification): a class of equal terms holds at most
one constant. Two different constants cannot be made equal; they stay apart, and that is
an answer. A time with an offset and one without cannot be compared, and are not.
"""

from explorer.core.absent import Absent
from explorer.encodings.moments import MomentError, read_moment
from explorer.encodings.prov.names import BLANK
from explorer.model.prov import Argument, Name

Term = int
"""Number of a term; ask ``Terms.find`` before comparing."""

_NULL = ("null", "")


class Terms:
    """A disjoint-set forest over terms."""

    def __init__(self) -> None:
        """Begin with no term."""
        self._parents: list[int] = []
        self._constants: list[tuple[str, str] | None] = []
        self._numbers: dict[tuple[str, str], Term] = {}
        self.null = self._constant(_NULL)
        """Stands for what was left out and does not exist."""

    def unknown(self) -> Term:
        """Return a new term that exists and may equal any other."""
        self._parents.append(len(self._parents))
        self._constants.append(None)
        return len(self._parents) - 1

    def name(self, name: Name | Absent) -> Term:
        """Return the term of a name; blank and absent ones are unknown."""
        if isinstance(name, Absent):
            return self.unknown()
        if name.prefix == BLANK:
            key = ("blank", name.local)
            known = self._numbers.get(key)
            if known is None:
                known = self._numbers[key] = self.unknown()
            return known
        return self._constant(("name", name.iri))

    def time(self, text: Argument) -> Term:
        """Return the term of a time; an absent one is unknown."""
        if isinstance(text, Absent) or not isinstance(text, str):
            return self.unknown()
        try:
            found = read_moment(text)
        except MomentError:
            return self.unknown()
        zoned = "zoned" if found.is_zone_written else "local"
        return self._constant((zoned, str(found.time_us)))

    def find(self, term: Term) -> Term:
        """Return the one number of all terms that are equal to this one."""
        parents = self._parents
        while parents[term] != term:
            parents[term] = parents[parents[term]]
            term = parents[term]
        return term

    def is_null(self, term: Term) -> bool:
        """Return whether a term stands for nothing."""
        return self._constants[self.find(term)] == _NULL

    def shown(self, term: Term) -> str:
        """Return what a term stands for, for people."""
        constant = self._constants[self.find(term)]
        return constant[1] or "-" if constant else "?"

    def unify(self, one: Term, other: Term) -> bool | None:
        """Make two terms equal; ``None`` if they were, ``False`` if they cannot be."""
        one, other = self.find(one), self.find(other)
        if one == other:
            return None
        mine, theirs = self._constants[one], self._constants[other]
        if mine is not None and theirs is not None:
            kinds = {mine[0], theirs[0]}
            return None if kinds == {"zoned", "local"} else False
        self._parents[other] = one
        self._constants[one] = mine or theirs
        return True

    def _constant(self, key: tuple[str, str]) -> Term:
        known = self._numbers.get(key)
        if known is None:
            known = self._numbers[key] = self.unknown()
            self._constants[known] = key
        return known
