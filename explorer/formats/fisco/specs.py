"""Checks of the family, each with the reasons it can answer with.

Reasons that the generic checks of claims give (``hash-mismatch`` and so on) are listed
with them, not here. A field that is missing is always ``field-missing`` with its name.
"""

from collections.abc import Sequence

from explorer.core.spans import ByteSpan
from explorer.model.checks import CheckResult, CheckSpec, Kind, Outcome, Reason

JSON_FORM = "fisco.json"
RECORD_FORM = "fisco.record-form"
BLOCK_NUMBER = "fisco.block-number"
BLOCK_HASH = "fisco.block-hash"
BLOCK_LINK = "fisco.block-link"
BLOCK_SIGNATURE = "fisco.block-signature"
SEALER = "fisco.signer-is-sealer"
QUORUM = "fisco.block-quorum"
CONTINUITY = "fisco.sealer-continuity"
GENESIS = "fisco.genesis-configuration"
SEALER_KEY = "fisco.sealer-key"
TRANSACTION_ROOT = "fisco.transaction-root"
TRANSACTION_HASH = "fisco.transaction-hash"
TRANSACTION_SIGNATURE = "fisco.transaction-signature"
SENDER = "fisco.transaction-sender"
TRANSACTION_PLACE = "fisco.transaction-place"
TRANSACTION_CHAIN = "fisco.transaction-chain"
RECEIPT_ROOT = "fisco.receipt-root"
RECEIPT_HASH = "fisco.receipt-hash"
RECEIPT_TRANSACTION = "fisco.receipt-transaction"
TRANSACTION_PROOF = "fisco.transaction-proof"
RECEIPT_PROOF = "fisco.receipt-proof"

_MISSING = Reason(
    "field-missing", "A field that this needs is not in the export; it is named."
)
_PRE_RELEASE = Reason(
    "pre-release-rule",
    "A release candidate of 3.0 made this by a rule that is not known here.",
)


def _form(*pairs: tuple[str, str]) -> tuple[Reason, ...]:
    return tuple(Reason(code, sentence) for code, sentence in pairs)


CHECKS: tuple[CheckSpec, ...] = (
    CheckSpec(
        JSON_FORM,
        Kind.FRAMING,
        "Every file is whole JSON, JSON Lines or a table, no key twice",
        _form(
            ("not-json", "This is no JSON where a record should stand."),
            ("malformed", "The record is not written as JSON demands."),
            ("truncated", "The text ends inside of a value."),
            ("duplicate-key", "A key stands twice in one object."),
            ("trailing-data", "Bytes follow the end of the record."),
            ("not-utf-8", "A text is not UTF-8."),
            ("too-deep", "Values are nested deeper than the limit."),
            ("too-long", "A record is longer than the limit."),
            ("too-many-records", "The files hold more records than the limit."),
            ("too-many-flaws", "Further parts that cannot be read are only counted."),
            ("table-malformed", "A row of the table has not the columns of its head."),
        ),
    ),
    CheckSpec(
        RECORD_FORM,
        Kind.MALFORMED,
        "Every field holds a value of its kind",
        _form(
            ("field-malformed", "A field holds no value of its kind."),
            (
                "unknown-record",
                "An object has many fields of a record, but is none of a known kind.",
            ),
        ),
    ),
    CheckSpec(
        BLOCK_NUMBER,
        Kind.NUMBER,
        "Blocks are numbered one by one, and no number stands for two blocks",
        _form(
            ("blocks-conflict", "Two different blocks have this number."),
            ("parent-number-differs", "The block before is said to have another one."),
            ("blocks-missing", "Blocks before this one are not in the export."),
        ),
    ),
    CheckSpec(
        BLOCK_HASH,
        Kind.HASH,
        "Block hashes are the hashes of the header fields",
        (
            _MISSING,
            _PRE_RELEASE,
        ),
        core=True,
    ),
    CheckSpec(
        BLOCK_LINK,
        Kind.LINK,
        "Every block declares the hash of the block before it",
        (
            _MISSING,
            Reason("first-block", "The first block of a chain follows none."),
            Reason("parent-not-in-export", "The block before is not in the export."),
            Reason("parent-unreadable", "The block before could not be read."),
            Reason(
                "parent-hash-only-stated",
                "The block declares the stated hash of the one before, but that hash "
                "could not be computed.",
            ),
        ),
        core=True,
    ),
    CheckSpec(
        BLOCK_SIGNATURE,
        Kind.SIGNATURE,
        "Block signatures are made with the key of the sealer they name",
        _form(
            ("other-key-inside", "The key inside the signature is another sealer's."),
        ),
        core=True,
    ),
    CheckSpec(
        SEALER,
        Kind.IDENTITY,
        "Every signer of a block is one of its sealers, and signs once",
        _form(
            ("no-such-sealer", "The signature names a sealer that is not in the list."),
            ("signer-repeated", "A sealer signed twice; it counts once."),
        ),
    ),
    CheckSpec(
        QUORUM,
        Kind.QUORUM,
        "Distinct sealers with enough weight signed the block",
        (
            _MISSING,
            Reason("genesis-unsigned", "The first block of a chain is not signed."),
            Reason("no-signatures", "The list of signatures is empty in this export."),
        ),
    ),
    CheckSpec(
        CONTINUITY,
        Kind.IDENTITY,
        "Sealers change only by a transaction to the consensus contract",
        (
            _MISSING,
            Reason(
                "change-not-explained",
                "The sealers are others than before, and no transaction in the export "
                "explains it.",
            ),
            Reason(
                "not-of-genesis",
                "The first sealers are not those of the genesis configuration.",
            ),
        ),
    ),
    CheckSpec(
        GENESIS,
        Kind.IDENTITY,
        "The chain is the one of its genesis configuration",
        _form(
            (
                "cryptography-differs",
                "The genesis configuration names another set of algorithms.",
            ),
            (
                "configurations-differ",
                "The configuration file and the genesis block name other sealers.",
            ),
            (
                "genesis-not-empty",
                "The first block states a root or gas, which its hash does not cover.",
            ),
        ),
    ),
    CheckSpec(SEALER_KEY, Kind.IDENTITY, "Every sealer has a key that you named", ()),
    CheckSpec(
        TRANSACTION_ROOT,
        Kind.TREE,
        "Transactions have the root that their block declares",
        (
            _MISSING,
            Reason("transactions-not-in-export", "The block comes without them."),
            Reason(
                "root-of-older-rule",
                "The root differs, as it does in chains made with 2.0 or 2.1, whose "
                "root covers bytes that no export holds.",
            ),
            Reason(
                "root-mismatch",
                "The tree root computed from the entries does not match.",
            ),
        ),
        core=True,
    ),
    CheckSpec(
        TRANSACTION_HASH,
        Kind.HASH,
        "Transaction hashes are the hashes of the transaction's fields",
        (
            _MISSING,
            _PRE_RELEASE,
            Reason(
                "web3-transaction",
                "The bytes of a web3 transaction are not in this kind of export.",
            ),
            Reason("unknown-version", "The version of this record is not known here."),
            Reason("only-hash", "Only the hash of the transaction is in the export."),
        ),
        core=True,
    ),
    CheckSpec(
        TRANSACTION_SIGNATURE,
        Kind.SIGNATURE,
        "Transactions are signed by the account they name as sender",
        (_MISSING,),
    ),
    CheckSpec(
        SENDER,
        Kind.IDENTITY,
        "The sender's address belongs to the key in the signature",
        (
            _MISSING,
            Reason("sender-differs", "The key in the signature has another address."),
        ),
    ),
    CheckSpec(
        TRANSACTION_PLACE,
        Kind.NUMBER,
        "Transactions name the block and the place where they stand",
        _form(
            ("place-differs", "The transaction names another place."),
            ("not-in-its-block", "The block that it names does not list it."),
        ),
    ),
    CheckSpec(
        TRANSACTION_CHAIN,
        Kind.IDENTITY,
        "All transactions are for one chain and group",
        _form(("other-chain", "The transaction was made for another chain or group.")),
    ),
    CheckSpec(
        RECEIPT_ROOT,
        Kind.TREE,
        "Receipts have the root that their block declares",
        (
            _MISSING,
            Reason("receipts-not-in-export", "Not all receipts are in the export."),
            Reason("receipts-incomplete", "Some receipts of the block are missing."),
            Reason(
                "root-of-older-rule",
                "The root differs, as it does in chains made with 2.0 or 2.1, whose "
                "root covers bytes that no export holds.",
            ),
            Reason(
                "root-mismatch",
                "The tree root computed from the entries does not match.",
            ),
        ),
        core=True,
    ),
    CheckSpec(
        RECEIPT_HASH,
        Kind.HASH,
        "Receipt hashes are the hashes of the receipt's fields",
        (
            _MISSING,
            _PRE_RELEASE,
            Reason("unknown-version", "The version of this record is not known here."),
        ),
        core=True,
    ),
    CheckSpec(
        RECEIPT_TRANSACTION,
        Kind.REPLAY,
        "Receipts repeat their transaction's fields",
        _form(("receipt-differs", "The receipt repeats a field with another value.")),
    ),
    CheckSpec(
        TRANSACTION_PROOF,
        Kind.PROOF,
        "The path leads from the transaction to the root of its block",
        (
            _MISSING,
            Reason("root-not-in-export", "The header with the root is not here."),
            Reason("path-broken", "The path does not begin or go on with its hash."),
        ),
        core=True,
    ),
    CheckSpec(
        RECEIPT_PROOF,
        Kind.PROOF,
        "The path leads from the receipt to the root of its block",
        (
            _MISSING,
            Reason("root-not-in-export", "The header with the root is not here."),
            Reason("path-broken", "The path does not begin or go on with its hash."),
        ),
        core=True,
    ),
)


def result(
    check: str,
    outcome: Outcome,
    reason: str,
    place: tuple[int, int],
    spans: Sequence[ByteSpan],
    detail: str = "",
) -> CheckResult:
    """Return an answer about (block, entry); one that is not applicable is no doubt."""
    block, entry = place
    return CheckResult(
        check,
        outcome,
        reason,
        block,
        entry,
        spans=tuple(spans),
        decisive=outcome is not Outcome.NOT_APPLICABLE,
        detail=detail,
    )


def missing(
    check: str, place: tuple[int, int], spans: Sequence[ByteSpan], name: str
) -> CheckResult:
    """Return the answer that a field is not there."""
    return result(check, Outcome.INCONCLUSIVE, "field-missing", place, spans, name)
