"""The verdict of a ledger, exactly as DESIGN section 3 ("Verdict") says."""

from collections.abc import Iterable
from dataclasses import dataclass

from explorer.model.checks import Outcome
from explorer.model.ledgers import Remark
from explorer.model.verdicts import CheckRow, Verdict

_LADDER = tuple(Verdict)


@dataclass(frozen=True, slots=True)
class Ties:
    """What ties a ledger to something outside it."""

    blocks: int
    """How many blocks were read."""
    entries: int
    """How many entries were read; documents and proofs have some without a block."""
    has_identity_anchors: bool
    authorities_agree: int
    """How many organisations or parties agree with the user's identity anchors."""
    uncovered: tuple[str, ...]
    unattributed: int
    """Blocks whose demanded signatures were not all under the anchors."""
    is_fully_anchored: bool
    """Every block is linked to a history anchor at or above it."""


def is_attributed(ties: Ties) -> bool:
    """Return whether all demanded signatures are by identities the user named."""
    return (
        ties.blocks > 0
        and ties.has_identity_anchors
        and ties.authorities_agree > 0
        and not ties.uncovered
        and ties.unattributed == 0
    )


def judge(rows: Iterable[CheckRow], ties: Ties) -> Verdict:
    """Return the verdict of one ledger."""
    rows = list(rows)
    has_failed = any(row.count(Outcome.FAILED) for row in rows)
    if has_failed:
        is_read = ties.blocks or ties.entries
        return Verdict.FAILED if is_read else Verdict.UNREADABLE
    if doubts(rows):
        return Verdict.INDETERMINATE
    if ties.is_fully_anchored:
        return Verdict.ANCHORED
    return Verdict.ATTRIBUTED if is_attributed(ties) else Verdict.CONSISTENT


def doubts(rows: Iterable[CheckRow]) -> list[Remark]:
    """Return why a ledger in which nothing failed is indeterminate, if it is."""
    rows = list(rows)
    found = [
        Remark("check-broken", "A check of this program broke.", row.spec.id)
        for row in rows
        if row.count(Outcome.BROKEN)
    ]
    found += [
        Remark("check-open", "A check could not be done.", row.spec.id)
        for row in rows
        if row.open_decisive
    ]
    if not any(row.spec.core and row.count(Outcome.PASSED) for row in rows):
        found.append(
            Remark("no-core-check", "No hash, link or signature could be checked.")
        )
    return found


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the worst of several verdicts; nothing read is unreadable."""
    return min(verdicts, key=_LADDER.index, default=Verdict.UNREADABLE)
