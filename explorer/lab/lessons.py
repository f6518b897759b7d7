"""A lesson as its file says it (docs/lessons.md): words, copies, actions, facts.

Shape only; ``lesson_files`` reads and judges a file, ``acting`` carries actions out.
"""

from enum import StrEnum

import msgspec

MAX_STEPS, MAX_ROWS, MAX_ACTIONS = 9, 3, 20
"""Steps of a lesson; rows shown at once; actions of a step."""


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text in both languages."""

    en: str
    zh: str

    def of(self, language: str) -> str:
        """Return the text in ``en`` or ``zh``."""
        return self.zh if language == "zh" else self.en


NO_WORDS = Words("", "")


class Doing(StrEnum):
    """What an action does to a copy."""

    COPY = "copy"
    """Make ``copy`` from the copy named ``from``."""
    EDIT = "edit"
    """Replace ``old`` by ``new`` in one block of a chain-jsonl copy."""
    BYTES = "bytes"
    """Replace bytes (hex) at an offset, in a copy of any family."""
    REHASH_BLOCK = "rehash-block"
    REHASH = "rehash"
    SIGN = "sign"
    """Work out everything anew and sign it with the parties' own keys."""
    SIGN_AS_OTHERS = "sign-as-others"
    """The same with keys that are not theirs."""
    CUT = "cut"
    """Drop the blocks after ``block``."""
    ADD = "add"
    """Add a block with one record."""
    REPEAT_ENTRY = "repeat-entry"
    MINE = "mine"
    """Find nonces for ``block`` and all after it (proof of work)."""


class Action(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    rename={"source": "from"},
):
    """One change of one copy."""

    kind: Doing
    copy: str
    source: str = ""
    block: int = -1
    old: str = ""
    new: str = ""
    offset: int = -1
    bits: str = ""
    """Hex; empty keeps the target of each block."""
    parties: tuple[str, ...] = ()
    """Whose keys sign; empty: all."""
    author: str = ""
    id: str = ""
    text: str = ""
    """What the added record says."""


class Showing(StrEnum):
    """What is worked out and shown below the rows."""

    PATH = "path"
    """The Merkle path of one entry, and what it proves."""
    VOTE = "vote"
    """How many of some copies agree about each block."""
    TRIES = "tries"
    """How many nonces were tried."""


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something to show beside the rows."""

    show: Showing
    copy: str = ""
    copies: tuple[str, ...] = ()
    block: int = 0
    entry: int = 0


class Expectation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the program must say of a copy at the end of a step."""

    copy: str
    verdict: str
    reasons: tuple[str, ...] = ()
    """Reason codes among the findings, in any order; others may be there, too."""


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step: what is said, what is to be done, what is to be seen."""

    title: Words
    say: Words
    do: Words
    see: Words
    note: Words = NO_WORDS
    """A few words for the bar of steps."""
    teacher: Words = NO_WORDS
    """For the handout only."""
    rows: tuple[str, ...] = ("original",)
    focus: int = 0
    """Height of the first block shown; six are shown at once."""
    anchor: bool = False
    """The hash of the original's last block, printed elsewhere, is compared."""
    keys: bool = False
    """The parties' keys, known from elsewhere, are compared."""
    action: tuple[Action, ...] = ()
    fact: tuple[Fact, ...] = ()
    expect: tuple[Expectation, ...] = ()


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a copy is called."""

    title: Words
    note: Words = NO_WORDS


class Lesson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One lesson."""

    name: str
    title: Words
    about: Words
    start: dict[str, str]
    """Copy → ledger it begins as; ``original`` must be among them."""
    row: dict[str, Row]
    step: tuple[Step, ...]
    order: int = 99
    """Place in the list of lessons."""
