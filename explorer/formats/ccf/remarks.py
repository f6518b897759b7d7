"""What was not checked in a CCF ledger, and what to ask the other side for."""

from collections.abc import Iterator
from dataclasses import dataclass

from explorer.model.ledgers import Remark

EXPORT_HINT = (
    "Ask for a copy of the node's whole ledger directory (and of its read-only ledger "
    "directories) with all ledger_* files, and for the service certificate on another "
    "way; receipts come from /node/receipt?transaction_id=VIEW.SEQNO."
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the pipeline noticed."""

    first: int
    private_entries: int
    unsigned_tail: int
    has_old_history: bool
    services: int


def remarks(facts: Facts) -> Iterator[Remark]:
    """Yield what must be known beside the verdict."""
    if facts.first > 1:
        yield Remark(
            "ccf-partial-ledger",
            "The export begins after the first entry; what came before is only known "
            "by the tree that a signature wrote down.",
            str(facts.first),
        )
    if facts.private_entries:
        yield Remark(
            "ccf-private-tables",
            "Private tables are encrypted: they are part of the Merkle tree, but what "
            "they hold cannot be read.",
            str(facts.private_entries),
        )
    if facts.unsigned_tail:
        yield Remark(
            "ccf-unsigned-tail",
            "The entries behind the last signature are signed by nobody yet.",
            str(facts.unsigned_tail),
        )
    if facts.services > 1:
        yield Remark(
            "ccf-service-renewed",
            "The service changed its identity (recovery); whether the old identity "
            "approved the new one was not checked.",
            str(facts.services),
        )
    if facts.has_old_history:
        yield Remark(
            "ccf-old-governance",
            "Governance requests signed the old way (HTTP signatures) were not "
            "verified.",
        )
    yield Remark(
        "ccf-attestation",
        "The attestation of the nodes' hardware (quotes) was not checked.",
    )
