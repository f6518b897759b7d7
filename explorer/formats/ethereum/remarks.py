"""What was not checked in a chain, and what to ask the other side for."""

from dataclasses import dataclass, replace

from explorer.formats.ethereum.draft import Plan
from explorer.formats.ethereum.resolver import Resolver
from explorer.formats.ethereum.sealing import SealKind
from explorer.model.ledgers import Remark

EXPORT_HINT = (
    "Ask for all blocks with their receipts: geth export chain.rlp, or besu blocks "
    "export --start-block=0 --to=chain.rlp; or for each block the answers of "
    "eth_getBlockByNumber (with full transactions) and eth_getBlockReceipts."
)


@dataclass(slots=True)
class Counted:
    """How many blocks lack something."""

    without_receipts: int = 0
    without_transactions: int = 0
    without_uncles: int = 0
    with_requests: int = 0
    work: int = 0
    merged: int = 0
    aside: int = 0
    incomplete: int = 0
    extra_fields: int = 0
    without_sender: int = 0

    def add(self, plan: Plan) -> None:
        """Count one block."""
        raw, header = plan.raw, plan.raw.header
        is_whole = raw.has_transactions
        self.without_transactions += not is_whole
        has_unknown = bool(raw.transactions) and raw.receipts is None
        self.without_receipts += is_whole and has_unknown
        self.aside += plan.is_aside
        self.without_sender += any(
            each.tx is not None and not each.declared_sender
            for each in raw.transactions
        )
        if header is None:
            self.incomplete += 1
            return
        self.with_requests += bool(header.requests_hash)
        self.extra_fields += header.field_count > 21
        self.merged += not plan.has_seal and not header.difficulty
        self.work += not plan.has_seal and bool(header.difficulty) and raw.number > 0


def remarks(resolver: Resolver, counted: Counted, loose: int) -> list[Remark]:
    """Return what must be known beside the verdict.

    ``loose`` is the number of receipts that belong to no block.
    """
    is_sealed = resolver.seals.kind is not SealKind.NONE
    chosen = [
        (True, EXECUTION_REMARK, ""),
        (not is_sealed and counted.work > 0, WORK_REMARK, str(counted.work)),
        (not is_sealed and counted.merged > 0, FINALITY_REMARK, str(counted.merged)),
        (is_sealed, SEALED_REMARK, resolver.seals.kind.value),
        (resolver.seals.is_foreign, FOREIGN_REMARK, ""),
        (not resolver.network.is_known, NETWORK_REMARK, ""),
        (counted.without_receipts > 0, RECEIPTS_REMARK, str(counted.without_receipts)),
        (
            counted.without_transactions > 0,
            TRANSACTIONS_REMARK,
            str(counted.without_transactions),
        ),
        (counted.incomplete > 0, INCOMPLETE_REMARK, str(counted.incomplete)),
        (counted.with_requests > 0, REQUESTS_REMARK, str(counted.with_requests)),
        (counted.extra_fields > 0, FIELDS_REMARK, str(counted.extra_fields)),
        (counted.aside > 0, BRANCH_REMARK, str(counted.aside)),
        (counted.without_sender > 0, SENDER_REMARK, ""),
        (resolver.first > 0, BEGINS_REMARK, str(resolver.first)),
        (
            "uncle-parent-not-in-export" in resolver.counts,
            UNCLES_REMARK,
            str(resolver.counts.get("uncle-parent-not-in-export", 0)),
        ),
    ]
    chosen.append((loose > 0, LOOSE_REMARK, str(loose)))
    return [replace(each, detail=detail) for holds, each, detail in chosen if holds]


EXECUTION_REMARK = Remark(
    "ethereum-execution",
    "Contract code was not run: state roots, gas used and what logs say rest on "
    "whoever made the blocks.",
)
WORK_REMARK = Remark(
    "ethereum-work",
    "The proof of work (Ethash) was not checked: that the work was done is not shown.",
)
FINALITY_REMARK = Remark(
    "ethereum-finality",
    "Finality is decided by the beacon chain, which is not in this export: compare the "
    "last block's hash with one that you trust.",
)
SEALED_REMARK = Remark(
    "ethereum-genesis-file",
    "Rules of the genesis file (epoch, first validators, fees) are not in blocks: the "
    "validators are those that the chain itself names.",
)
FOREIGN_REMARK = Remark(
    "ethereum-foreign-seals",
    "Blocks are sealed by an engine that came from Clique and has rules of its own: "
    "who may seal was not checked.",
)
NETWORK_REMARK = Remark(
    "ethereum-network",
    "The network is not known: rules that differ between networks did not count. Name "
    "it with --network, such as mainnet or Cancun.",
)
RECEIPTS_REMARK = Remark(
    "ethereum-receipts",
    "Receipts are not in the export: whether transactions succeeded, and what their "
    "logs say, is not known.",
)
TRANSACTIONS_REMARK = Remark(
    "ethereum-transactions",
    "Some blocks come without their transactions.",
)
INCOMPLETE_REMARK = Remark(
    "ethereum-incomplete",
    "The export lacks fields of headers or transactions: block hashes and senders "
    "cannot be checked from it.",
)
REQUESTS_REMARK = Remark(
    "ethereum-requests",
    "Requests (EIP-7685) are not in blocks: their hash was not checked.",
)
FIELDS_REMARK = Remark(
    "ethereum-extra-fields",
    "Some headers have more fields than are known here: they are hashed, not judged.",
)
BRANCH_REMARK = Remark(
    "ethereum-branches",
    "Some blocks lie on a branch that the chain left aside.",
)
SENDER_REMARK = Remark(
    "ethereum-senders",
    "This export names no senders: they are worked out from the signatures, so a "
    "forged transaction shows as one by somebody else.",
)
BEGINS_REMARK = Remark(
    "ethereum-begins-later",
    "The export begins at a later block; what came before is not here.",
)
UNCLES_REMARK = Remark(
    "ethereum-uncles",
    "Some uncles follow blocks before the export begins: their place was not checked.",
)
LOOSE_REMARK = Remark(
    "ethereum-loose-receipts",
    "Some receipts belong to no block of the evidence; they were not checked.",
)
PROOF_REMARK = Remark(
    "ethereum-proof",
    "A proof shows what an account held at one block; that the block belongs to the "
    "chain that counts is not shown by it.",
)
