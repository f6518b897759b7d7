"""The checks of Bitcoin blocks, with every reason they can give.

Reasons that the generic checks give (``hash-mismatch``, ``root-mismatch``,
``work-not-done``, ``signature-mismatch``…) are listed with those.
"""

from explorer.model.checks import CheckSpec, Kind, Reason

FRAMING = "bitcoin.block-framing"
FORM = "bitcoin.block-form"
RULES = "bitcoin.transaction-rules"
LINK = "bitcoin.block-link"
HEIGHT = "bitcoin.block-height"
TIME = "bitcoin.block-time"
WORK = "bitcoin.proof-of-work"
TARGET = "bitcoin.target"
BLOCK_HASH = "bitcoin.block-hash"
ROOT = "bitcoin.merkle-root"
DISTINCT = "bitcoin.transactions-distinct"
WITNESS = "bitcoin.witness-commitment"
TRANSACTION_ID = "bitcoin.transaction-id"
SIGNATURE = "bitcoin.input-signature"
OWNER = "bitcoin.input-owner"
SPENT = "bitcoin.spent-outputs"
VALUE = "bitcoin.value-balance"
REWARD = "bitcoin.block-reward"


def _spec(
    check: str, kind: Kind, title: str, reasons: dict[str, str], *, core: bool = False
) -> CheckSpec:
    found = tuple(Reason(code, sentence) for code, sentence in reasons.items())
    return CheckSpec(check, kind, title, found, core)


CHECKS: tuple[CheckSpec, ...] = (
    _spec(
        FRAMING,
        Kind.FRAMING,
        "Every byte of the files belongs to a block",
        {
            "truncated": "The file ends in the middle of a block.",
            "stray-bytes": "Between two blocks there are bytes of no block.",
            "trailing-bytes": "Behind the last block there are bytes of no block.",
            "frame-length-differs": (
                "The length stated before the block is not the block's length."
            ),
            "frame-length-impossible": (
                "The length stated before the block is none that a block can have."
            ),
            "frame-beyond-end": "The length stated before the block exceeds the file.",
            "not-json": "The file is not valid JSON.",
            "too-long": "The file or block is longer than the limit and was not read.",
        },
    ),
    _spec(
        FORM,
        Kind.MALFORMED,
        "Every block is written as the protocol demands",
        {
            "truncated": "The bytes end inside the block.",
            "trailing-bytes": "Inside the record, bytes follow the block.",
            "not-canonical": "A length is not written in its shortest form.",
            "malformed": "The block cannot be read.",
            "too-many": "The block states more transactions than the limit.",
            "cannot-read": "The file can no longer be read.",
            "count-differs": "The export states another number of transactions.",
            "field-missing": "The export leaves out a field of the block's header.",
        },
    ),
    _spec(
        RULES,
        Kind.MALFORMED,
        "Every transaction keeps the rules that need nothing but itself",
        {
            "no-transactions": "The block holds no transaction.",
            "coinbase-missing": "The first transaction creates no coins.",
            "coinbase-repeated": "A later transaction creates coins.",
            "coinbase-script-size": "The script of the coinbase is too short or long.",
            "no-inputs-or-outputs": "The transaction has no inputs or no outputs.",
            "amount-out-of-range": "An amount is negative or exceeds all money.",
            "input-repeated": "The transaction spends one output twice.",
            "input-of-nothing": "The transaction spends an output that is none.",
            "block-too-large": "The block is larger than the protocol allows.",
        },
    ),
    _spec(
        LINK,
        Kind.LINK,
        "Every block declares the hash of the block before it",
        {
            "parent-not-in-export": "The block before is not in the evidence.",
            "parent-missing": (
                "The block before is missing, though blocks before and behind it are "
                "in one file of the node."
            ),
            "parent-may-be-elsewhere": (
                "The block before is not in the evidence; blocks arrived out of order, "
                "so it may be in another file of the node."
            ),
        },
        core=True,
    ),
    _spec(
        HEIGHT,
        Kind.NUMBER,
        "The height that a block states is its place",
        {
            "height-differs": "The coinbase states another height.",
            "height-not-stated": "The coinbase states no height, though it must.",
            "export-height-differs": "The export states another height.",
        },
    ),
    _spec(
        TIME,
        Kind.NUMBER,
        "Every block is younger than the middle of the eleven before it",
        {"time-too-old": "The block is not younger than the middle of eleven before."},
    ),
    _spec(
        WORK,
        Kind.WORK,
        "The hash of every header is below the target that it states",
        {
            "target-impossible": "The target is negative, zero or too large.",
            "target-too-easy": "The target is easier than the network allows.",
        },
        core=True,
    ),
    _spec(
        TARGET,
        Kind.WORK,
        "The target follows from the blocks before",
        {
            "target-differs": "The target is not the one that the rules demand.",
            "period-not-in-export": (
                "The blocks that the target follows from are not in the evidence."
            ),
        },
    ),
    _spec(
        BLOCK_HASH,
        Kind.HASH,
        "Block hashes that an export states are those of the headers",
        {},
    ),
    _spec(
        ROOT,
        Kind.TREE,
        "The transactions have the root that the header declares",
        {"body-not-in-export": "The evidence holds only the header of this block."},
        core=True,
    ),
    _spec(
        DISTINCT,
        Kind.TREE,
        "No transaction stands in a block twice",
        {
            "transaction-repeated": (
                "A transaction stands in the block twice; two different lists of "
                "transactions can then have the same root (CVE-2012-2459)."
            ),
        },
    ),
    _spec(
        WITNESS,
        Kind.TREE,
        "The witnesses have the root that the coinbase commits to",
        {
            "witness-not-committed": "There are witnesses, but no commitment to them.",
            "witness-value-missing": (
                "The coinbase carries no 32 bytes that the commitment needs; a copy "
                "without witnesses lacks them."
            ),
        },
    ),
    _spec(
        TRANSACTION_ID,
        Kind.HASH,
        "Ids of transactions that an export states are those of their bytes",
        {},
    ),
    _spec(
        SIGNATURE,
        Kind.SIGNATURE,
        "Every input is signed by the key of the output that it spends",
        {},
    ),
    _spec(
        OWNER,
        Kind.SIGNATURE,
        "Every input shows the key or script that its output names",
        {
            "signature-missing": "The input holds no signature.",
            "key-not-the-owner": "The key is not the one that the output names.",
            "script-not-the-owner": "The script is not the one that the output names.",
            "script-beside-witness": "A script stands where only a witness may.",
            "signature-type-forbidden": "The signature is of a type that is forbidden.",
        },
    ),
    _spec(
        SPENT,
        Kind.REPLAY,
        "Every output that is spent exists and is spent once",
        {
            "output-spent-twice": "An output is spent that was spent before.",
            "output-unknown": "An output is spent that no transaction made.",
            "output-not-mature": (
                "New coins are spent before 100 blocks have passed, which the public "
                "networks forbid."
            ),
            "output-differs": (
                "The export states another value or script for the spent output."
            ),
        },
    ),
    _spec(
        VALUE,
        Kind.REPLAY,
        "No transaction pays out more than it takes in",
        {"value-created": "The transaction pays out more than it takes in."},
    ),
    _spec(
        REWARD,
        Kind.REPLAY,
        "No block pays its maker more than new coins and fees",
        {"reward-too-high": "The coinbase pays out more than new coins and fees."},
    ),
)
