"""The checks of the Ethereum family, with every reason they can give.

Reasons that the generic checks give (``hash-mismatch``, ``root-mismatch``,
``signature-mismatch``, ``quorum-not-met``…) are listed with those.
"""

from collections.abc import Sequence

from explorer.core.spans import ByteSpan
from explorer.model.checks import CheckResult, CheckSpec, Kind, Outcome, Reason

FRAMING = "ethereum.framing"
NUMBER = "ethereum.block-number"
LINK = "ethereum.parent-hash"
BLOCK_HASH = "ethereum.block-hash"
UNCLES_HASH = "ethereum.uncles-hash"
TRANSACTION_HASH = "ethereum.transaction-hash"
TRANSACTIONS_ROOT = "ethereum.transactions-root"
RECEIPTS_ROOT = "ethereum.receipts-root"
WITHDRAWALS_ROOT = "ethereum.withdrawals-root"
BLOOM = "ethereum.logs-bloom"
SENDER = "ethereum.transaction-signature"
PROPOSER_SEAL = "ethereum.proposer-seal"
COMMITTED_SEAL = "ethereum.committed-seal"
QUORUM = "ethereum.seal-quorum"
AUTHORITY = "ethereum.validator-authority"
VALIDATORS = "ethereum.validator-continuity"
HEADER_RULES = "ethereum.header-rules"
BODY_RULES = "ethereum.body-rules"
UNCLE_RULES = "ethereum.uncle-rules"
STATED = "ethereum.stated-values"
TOTAL_DIFFICULTY = "ethereum.total-difficulty"
ERA_INDEX = "ethereum.era1-index"
ACCUMULATOR = "ethereum.era1-accumulator"
ACCOUNT_PROOF = "ethereum.account-proof"
STORAGE_PROOF = "ethereum.storage-proof"


def _spec(
    check: str, kind: Kind, title: str, reasons: dict[str, str], *, core: bool = False
) -> CheckSpec:
    found = tuple(Reason(code, sentence) for code, sentence in reasons.items())
    return CheckSpec(check, kind, title, found, core)


_NO_NETWORK = {
    "network-not-named": (
        "This does not follow Ethereum's own rules; the network, which may have "
        "others, is not known."
    )
}
_INCOMPLETE = {
    "header-incomplete": "The export lacks a field of the header.",
    "transactions-incomplete": "The export does not hold the transactions in full.",
}

CHECKS: tuple[CheckSpec, ...] = (
    _spec(
        FRAMING,
        Kind.FRAMING,
        "Every byte belongs to a block in its only valid encoding",
        {
            "truncated": "The file ends in the middle of an item.",
            "trailing-data": "Bytes follow where an item should end.",
            "non-minimal-length": "A length is not written in its shortest form.",
            "non-minimal-byte": "A single byte is not written in its shortest form.",
            "leading-zero": "A number is written with leading zeros.",
            "too-deep": "Lists are nested deeper than any block nests them.",
            "too-many-lists": "There are more lists than any block holds.",
            "too-many-values": "There are more values than any block holds.",
            "too-many-entries": "There are more entries than the limit.",
            "too-long": "A record is longer than the limit.",
            "not-a-block": "These bytes stand where a block should, and are none.",
            "block-malformed": "The block has other parts than a block has.",
            "header-malformed": "A field of the header has another size or form.",
            "transaction-malformed": "A transaction cannot be read.",
            "transaction-type-unknown": "A transaction is of a type not known here.",
            "receipt-malformed": "A receipt cannot be read.",
            "withdrawal-malformed": "A withdrawal cannot be read.",
            "uncles-malformed": "The list of uncles cannot be read.",
            "gzip-malformed": "The packed file is damaged.",
            "gzip-truncated": "The packed file ends too early.",
            "unpacked-too-large": "The packed file would unpack to more than allowed.",
            "snappy-malformed": "A packed record is damaged.",
            "era1-record-malformed": "A record of the archive is malformed.",
            "era1-record-unknown": "A record stands where it may not.",
            "era1-block-incomplete": "A block of the archive lacks one of its records.",
            "json-malformed": "The JSON cannot be read as what it should be.",
            "malformed": "The JSON is broken.",
            "duplicate-key": "A key stands twice in one object.",
            "not-utf-8": "The text is not UTF-8.",
            "byte-order-mark": "The text begins with a byte order mark.",
            "not-a-number": "A number is none that JSON knows.",
            "number-too-long": "A number has too many digits.",
            "field-missing": "A field is missing without which nothing can be read.",
            "hex-malformed": "The hex digits cannot be read.",
            "hex-mixed-case": "Hex digits of both cases stand in one record.",
            "table-malformed": "The table cannot be read.",
            "document-unknown": (
                "A document among the blocks is neither a block nor anything known."
            ),
            "proof-malformed": "The proof cannot be read.",
        },
    ),
    _spec(
        NUMBER,
        Kind.NUMBER,
        "Blocks are numbered without gap",
        {
            "number-mismatch": "The block's number is not one above its parent's.",
            "blocks-missing": "Blocks are missing between this one and the one before.",
            "block-repeated": "The very same block came before.",
        },
    ),
    _spec(
        LINK,
        Kind.LINK,
        "Each block names the hash of its parent",
        {
            "first-block": "The first block follows no other.",
            "parent-not-in-export": "The block before it is not part of the export.",
            "parent-unreadable": "The block before it cannot be read.",
            "parent-incomplete": (
                "The block before it lacks a field, so its hash cannot be worked out."
            ),
            "stated-parent-mismatch": (
                "The block names another parent than the block before it states to be."
            ),
        },
        core=True,
    ),
    _spec(
        BLOCK_HASH,
        Kind.HASH,
        "The stated hash of the block is that of its header",
        {
            **_INCOMPLETE,
            "header-of-other-chain": (
                "The block has members that Ethereum does not know, and another hash "
                "than Ethereum's: its chain may hash by a rule of its own."
            ),
        },
        core=True,
    ),
    _spec(
        UNCLES_HASH,
        Kind.HASH,
        "The hash of the uncles is that of their headers",
        {"uncles-not-in-export": "The headers of the uncles are not in the export."},
    ),
    _spec(
        TRANSACTION_HASH,
        Kind.HASH,
        "The stated hash of each transaction is that of its bytes",
        _INCOMPLETE,
    ),
    _spec(
        TRANSACTIONS_ROOT,
        Kind.TREE,
        "The transactions have the root that the header names",
        {
            **_INCOMPLETE,
            "transactions-not-in-export": "The export holds no transactions.",
        },
        core=True,
    ),
    _spec(
        RECEIPTS_ROOT,
        Kind.TREE,
        "The receipts have the root that the header names",
        {
            "receipts-not-in-export": "The receipts are not in the export.",
            "receipts-incomplete": "The export does not hold the receipts in full.",
            "receipt-count-mismatch": (
                "There are not as many receipts as transactions."
            ),
        },
        core=True,
    ),
    _spec(
        WITHDRAWALS_ROOT,
        Kind.TREE,
        "The withdrawals have the root that the header names",
        {
            "withdrawals-not-in-export": "The withdrawals are not in the export.",
            "withdrawals-mismatch": (
                "The block holds withdrawals and its header names no root, or the "
                "other way round."
            ),
        },
        core=True,
    ),
    _spec(
        BLOOM,
        Kind.REPLAY,
        "The bloom filters are those of the logs",
        {
            "bloom-mismatch": "The bloom filter in the header is not that of the logs.",
            "receipt-bloom-mismatch": (
                "The bloom filter of a receipt is not that of its logs."
            ),
        },
    ),
    _spec(
        SENDER,
        Kind.SIGNATURE,
        "The sender signed the transaction",
        {
            "transaction-incomplete": (
                "The export lacks a field of the transaction, so its signature cannot "
                "be checked."
            ),
            "transaction-type-unknown": "A transaction is of a type not known here.",
        },
    ),
    _spec(
        PROPOSER_SEAL,
        Kind.SIGNATURE,
        "The proposer sealed the block",
        {"seal-malformed": "The extra data does not hold the seals it should."},
    ),
    _spec(
        COMMITTED_SEAL,
        Kind.SIGNATURE,
        "Validators committed the block",
        {
            "seal-by-no-validator": "A seal on the block is by no validator.",
            "seal-repeated": "One validator's seal stands twice on the block.",
        },
    ),
    _spec(
        QUORUM,
        Kind.QUORUM,
        "Enough distinct validators sealed the block",
        {
            "first-block": "The first block is sealed by nobody.",
            "validators-not-in-export": (
                "Who may seal this block does not stand in the export."
            ),
            "sealed-twice": (
                "Validators sealed another block of this height, too, which this kind "
                "of chain rules out."
            ),
            "quorum-of-older-rule": (
                "The seals are enough by GoQuorum's older rule, not by that of two "
                "thirds."
            ),
            "signer-recent": "The signer signed one of the blocks just before.",
            "proposer-not-validator": "The proposer is no validator.",
        },
        core=True,
    ),
    _spec(AUTHORITY, Kind.IDENTITY, "The validators are those you named", {}),
    _spec(
        VALIDATORS,
        Kind.REPLAY,
        "The validators change only by their own votes",
        {
            "validators-not-voted": (
                "The set of validators changes without the votes that would change "
                "it; only the genesis file or a contract could explain that."
            ),
            "checkpoint-mismatch": (
                "The checkpoint lists other signers than the votes before it lead to."
            ),
            "turn-mismatch": "The difficulty does not tell whose turn it was.",
        },
    ),
    _spec(
        HEADER_RULES,
        Kind.REPLAY,
        "The header follows the rules in force",
        {
            **_NO_NETWORK,
            "gas-used-above-limit": "More gas is used than the block's limit.",
            "gas-limit-out-of-range": "The gas limit is above the largest allowed.",
            "gas-limit-step": "The gas limit is too far from its parent's.",
            "gas-limit-too-low": "The gas limit is below the least allowed.",
            "extra-data-too-long": "The extra data is longer than 32 bytes.",
            "extra-data-not-dao": "The extra data lacks the mark of the DAO fork.",
            "field-count-mismatch": "The header has not the fields of its fork.",
            "difficulty-after-merge": "After the merge the difficulty must be 0.",
            "nonce-after-merge": "After the merge the nonce must be 0.",
            "uncles-after-merge": "After the merge there are no uncles.",
            "time-not-later": "The block is not later than its parent.",
            "base-fee-mismatch": "The base fee does not follow from the parent.",
            "difficulty-mismatch": "The difficulty does not follow from the parent.",
            "excess-blob-gas-mismatch": (
                "The excess blob gas does not follow from the parent."
            ),
            "blob-gas-mismatch": "The blob gas is not that of the blobs.",
            "blob-gas-above-limit": "More blob gas is used than allowed.",
        },
    ),
    _spec(
        BODY_RULES,
        Kind.REPLAY,
        "The transactions follow the rules in force",
        {
            **_NO_NETWORK,
            "transaction-type-too-early": (
                "The fork in force does not know this type of transaction."
            ),
            "transaction-type-unknown": "A transaction is of a type not known here.",
            "chain-id-mismatch": "The transaction was signed for another chain.",
            "gas-above-block-limit": "The transaction may use more gas than the block.",
            "nonce-out-of-range": "The nonce is the last one and may not be used.",
            "intrinsic-gas-too-low": (
                "The transaction offers less gas than it needs to begin."
            ),
            "signature-out-of-range": "A number of the signature is out of range.",
            "signature-high-s": "The signature has the larger of two possible values.",
            "priority-above-fee": "The priority fee is above the whole fee.",
            "fee-below-base-fee": "The fee offered is below the block's base fee.",
            "cost-out-of-range": "The largest cost is a number out of range.",
            "initcode-too-long": "The code of the new contract is too long.",
            "blobs-missing": "A blob transaction has no blob.",
            "blob-hash-version": "The hash of a blob has an unknown version.",
            "blob-fee-too-low": "The fee offered for blobs is below their price.",
            "authorizations-missing": "The list of authorizations is empty.",
            "contract-creation-refused": (
                "This type of transaction may not create a contract."
            ),
            "gas-used-above-offered": (
                "More gas is used than all transactions offer together."
            ),
            "gas-used-too-low": "Less gas is used than these transactions need.",
            "receipts-without-transactions": (
                "The header names receipts, though there is no transaction."
            ),
            "bloom-without-transactions": (
                "The bloom filter is not empty, though there is no transaction."
            ),
            "blob-gas-mismatch": "The blob gas is not that of the blobs.",
            "nonce-repeated": "A sender used a nonce again.",
        },
    ),
    _spec(
        UNCLE_RULES,
        Kind.REPLAY,
        "Uncles are fresh side blocks that follow the rules",
        {
            **_NO_NETWORK,
            "too-many-uncles": "A block may name two uncles at most.",
            "uncle-repeated": "The uncle was named before.",
            "uncle-is-ancestor": "The uncle is one of the block's ancestors.",
            "uncle-parent-mismatch": "The uncle's parent is no ancestor near enough.",
            "uncle-parent-not-in-export": "The uncle's parent is not in the export.",
            "uncle-rule": "The uncle's header breaks a rule.",
        },
    ),
    _spec(
        STATED,
        Kind.REPLAY,
        "What the export states besides follows from the rest",
        {"stated-value-mismatch": "A value stated beside the block is another one."},
    ),
    _spec(
        TOTAL_DIFFICULTY,
        Kind.REPLAY,
        "The total difficulty is the sum of the difficulties",
        {
            "total-difficulty-mismatch": (
                "The total difficulty is not the parent's plus the block's own."
            )
        },
    ),
    _spec(
        ERA_INDEX,
        Kind.FRAMING,
        "The index of the archive leads to its blocks",
        {
            "era1-index-mismatch": "The index does not lead to the blocks.",
            "era1-index-missing": "The archive has no index.",
        },
    ),
    _spec(
        ACCUMULATOR,
        Kind.TREE,
        "The accumulator is that of the block hashes and total difficulties",
        {"era1-accumulator-missing": "The archive has no accumulator."},
        core=True,
    ),
    _spec(
        ACCOUNT_PROOF,
        Kind.PROOF,
        "The account leads to the state root of a block",
        {
            "proof-path-mismatch": "The nodes of the proof do not follow the key.",
            "proof-root-not-in-export": (
                "The proof leads to a root that no block in the evidence names."
            ),
        },
        core=True,
    ),
    _spec(
        STORAGE_PROOF,
        Kind.PROOF,
        "The stored value leads to the storage root of the account",
        {"proof-path-mismatch": "The nodes of the proof do not follow the key."},
        core=True,
    ),
)


def result(
    check: str,
    outcome: Outcome,
    reason: str,
    block: int,
    spans: Sequence[ByteSpan],
    detail: str = "",
) -> CheckResult:
    """Return an answer of a whole block."""
    return CheckResult(check, outcome, reason, block, spans=tuple(spans), detail=detail)
