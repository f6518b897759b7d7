"""The checks of CometBFT exports, with every reason they can give.

Reasons that the generic checks give (``root-mismatch``, ``signature-mismatch``,
``quorum-not-met``…) are listed with those.
"""

from explorer.model.checks import CheckSpec, Kind, Reason

FRAMING = "cometbft.json-framing"
FORM = "cometbft.record-form"
HEIGHT = "cometbft.block-height"
LINK = "cometbft.block-link"
HEADER_HASH = "cometbft.header-hash"
BLOCK_ID = "cometbft.block-id"
PART_SET = "cometbft.part-set"
DATA_HASH = "cometbft.data-hash"
LAST_COMMIT_HASH = "cometbft.last-commit-hash"
EVIDENCE_HASH = "cometbft.evidence-hash"
RESULTS_HASH = "cometbft.last-results-hash"
VALIDATORS_HASH = "cometbft.validators-hash"
NEXT_VALIDATORS = "cometbft.next-validators"
ADDRESS = "cometbft.validator-address"
MEMBERS = "cometbft.commit-members"
SIGNATURE = "cometbft.vote-signature"
QUORUM = "cometbft.commit-quorum"
AUTHORITY = "cometbft.validator-authority"
TX_HASH = "cometbft.transaction-hash"
TX_PROOF = "cometbft.transaction-proof"
LIGHT_STEP = "cometbft.light-client-step"

JSON_REASONS = frozenset(
    {"duplicate-key", "not-utf-8", "too-deep", "trailing-data", "too-many-values"}
)


def _spec(
    check: str, kind: Kind, title: str, reasons: dict[str, str], *, core: bool = False
) -> CheckSpec:
    found = tuple(Reason(code, sentence) for code, sentence in reasons.items())
    return CheckSpec(check, kind, title, found, core)


CHECKS: tuple[CheckSpec, ...] = (
    _spec(
        FRAMING,
        Kind.FRAMING,
        "Every document is complete JSON",
        {
            "json-malformed": "The JSON is damaged or cut off.",
            "duplicate-key": "A name stands twice in one JSON object.",
            "not-utf-8": "The JSON holds bytes that are no UTF-8 text.",
            "too-deep": "The JSON is nested deeper than the limit.",
            "trailing-data": "Bytes follow the end of the JSON document.",
            "too-many-values": "The JSON document holds more values than the limit.",
            "too-many": "The file holds more documents than the limit.",
            "too-long": "A document is longer than the limit.",
        },
    ),
    _spec(
        FORM,
        Kind.MALFORMED,
        "Every block, commit, validator and result has the fields of its kind",
        {"record-malformed": "A field is missing or is not of its type."},
    ),
    _spec(
        HEIGHT,
        Kind.NUMBER,
        "There is one block of each height, and time goes on",
        {
            "blocks-conflict": "Two different blocks have this height.",
            "time-goes-back": "The block is not later than the one before it.",
        },
    ),
    _spec(
        LINK,
        Kind.LINK,
        "Each block names the hash of the block before it",
        {
            "first-block": "The first block follows no other.",
            "parent-not-in-export": "The block before it is not part of the export.",
        },
        core=True,
    ),
    _spec(
        HEADER_HASH,
        Kind.HASH,
        "The hash that names a block is that of its header",
        {"no-block-id": "Nothing in the export states the hash of this block."},
        core=True,
    ),
    _spec(
        BLOCK_ID,
        Kind.HASH,
        "Everything that names a block names the same one",
        {
            "commit-for-other-height": "The commit is for another height.",
            "last-commit-differs": (
                "The commit inside the block is not for the block before it."
            ),
            "parts-differ": "The hash of the block's parts is stated differently.",
        },
    ),
    _spec(
        PART_SET,
        Kind.TREE,
        "The hash of the parts is that of the whole block",
        {
            "part-count-differs": "The block has another number of parts.",
        },
    ),
    _spec(
        DATA_HASH,
        Kind.TREE,
        "The data hash is the root of the transactions",
        {
            "celestia-data-root": (
                "This chain's data hash is the root of its data square, which is not "
                "computed here."
            ),
        },
        core=True,
    ),
    _spec(
        LAST_COMMIT_HASH,
        Kind.TREE,
        "The last commit's hash is the root of its votes",
        {},
    ),
    _spec(
        EVIDENCE_HASH,
        Kind.TREE,
        "The evidence hash is the root of the evidence of misbehaviour",
        {
            "evidence-not-rehashable": (
                "The block holds a kind of evidence that is not encoded again here."
            ),
        },
    ),
    _spec(
        RESULTS_HASH,
        Kind.TREE,
        "The results have the root that the next block states",
        {
            "next-block-not-in-export": (
                "The block that states the root of these results is not part of the "
                "export."
            ),
        },
    ),
    _spec(
        VALIDATORS_HASH,
        Kind.TREE,
        "The validators are those that the header states",
        {
            "validators-not-in-export": (
                "The validators of this height are not part of the export."
            ),
            "key-kind-not-supported": (
                "A validator has a kind of key that is not known here."
            ),
        },
        core=True,
    ),
    _spec(
        NEXT_VALIDATORS,
        Kind.TREE,
        "The next validators are those that the header announces",
        {
            "announced-others": (
                "The block before announced another set of validators than this block "
                "states."
            ),
            "key-kind-not-supported": (
                "A validator has a kind of key that is not known here."
            ),
        },
    ),
    _spec(
        ADDRESS,
        Kind.IDENTITY,
        "The address of each validator is that of his key",
        {"address-not-of-key": "The address is not the one of the validator's key."},
    ),
    _spec(
        MEMBERS,
        Kind.IDENTITY,
        "Every vote of a commit is by one validator of the set",
        {
            "signer-outside-set": "Somebody who is no validator signed the commit.",
            "signer-repeated": "A validator stands twice in the commit.",
            "commit-size-differs": (
                "The commit does not have one place for each validator."
            ),
            "vote-malformed": (
                "A vote has an unknown flag, or an absent validator has signed."
            ),
            "proposer-outside-set": "The proposer is no validator of the set.",
        },
    ),
    _spec(
        SIGNATURE,
        Kind.SIGNATURE,
        "Each vote is signed by its validator",
        {
            "validators-not-in-export": (
                "The validators of this height are not part of the export."
            ),
            "key-kind-not-supported": (
                "A validator has a kind of key that is not known here."
            ),
        },
        core=True,
    ),
    _spec(
        QUORUM,
        Kind.QUORUM,
        "More than two thirds of the voting power signed the block",
        {
            "key-kind-not-supported": (
                "A validator has a kind of key that is not known here."
            ),
        },
        core=True,
    ),
    _spec(
        AUTHORITY,
        Kind.IDENTITY,
        "The validators are those you named",
        {},
    ),
    _spec(
        TX_HASH,
        Kind.HASH,
        "The hash that names a transaction is that of its bytes",
        {
            "transaction-differs": (
                "The block holds other bytes for this transaction than the search "
                "returned."
            ),
        },
    ),
    _spec(
        TX_PROOF,
        Kind.PROOF,
        "The proof leads from the transaction to the data hash",
        {
            "proof-malformed": "The proof does not have the form of a path.",
            "leaf-differs": "The leaf of the proof is not that of the transaction.",
            "root-not-of-block": "The proof leads to another root than the block's.",
            "block-not-in-export": (
                "The block of this transaction is not part of the export: where the "
                "proof leads is not compared with a header."
            ),
        },
        core=True,
    ),
    _spec(
        LIGHT_STEP,
        Kind.REPLAY,
        "Each light-client step has the recorded answer",
        {
            "verdict-differs": "The recorded answer differs from the computed one.",
            "no-verdict": "No answer is recorded for this step.",
            "not-enough-trust": (
                "Not more than a third of the validators known before signed this "
                "block: the step across the gap is not proven."
            ),
        },
        core=True,
    ),
)
