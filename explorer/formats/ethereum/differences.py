"""Where two honest copies of the same block may differ.

Committed seals and the round stand in no block hash of IBFT and QBFT: nodes may keep
other seals of the same block. Everything else is covered by hashes, or follows from the
way of export, which may lack receipts and total difficulties.
"""

EXTRA_DATA = "extra data"
BESIDE = frozenset({"receipts", "total difficulty"})
"""Parts that one way of export holds and another does not."""


def may_differ(slot: str, first: bytes, second: bytes) -> bool:
    """Return whether honest copies may differ in ``slot``, a path of field names."""
    names = slot.split("/")
    if names[-1] == EXTRA_DATA:
        return True
    return names[0] in BESIDE and (not first or not second)
