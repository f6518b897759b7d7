"""The checks of Hyperledger Fabric ledgers, with every reason they can give.

Reasons that the generic checks give (``hash-mismatch``, ``signature-mismatch``,
``quorum-not-met``…) are listed with those.
"""

from collections.abc import Sequence

from explorer.core.spans import ByteSpan
from explorer.model.checks import CheckResult, CheckSpec, Kind, Outcome, Reason

FRAMING = "fabric.block-framing"
ENVELOPE = "fabric.canonical-envelope"
METADATA = "fabric.canonical-metadata"
NUMBER = "fabric.block-number"
LINK = "fabric.block-link"
SNAPSHOT_LINK = "fabric.snapshot-link"
DATA_HASH = "fabric.data-hash"
ORDERER_SIGNATURE = "fabric.orderer-signature"
QUORUM = "fabric.block-quorum"
AUTHORITY = "fabric.organisation-authority"
MEMBERSHIP = "fabric.signer-membership"
CHANNEL = "fabric.channel-id"
CONFIG_UPDATE = "fabric.config-update"
CONFIG_CONTENT = "fabric.config-content"
CREATOR_SIGNATURE = "fabric.creator-signature"
ENDORSEMENT_SIGNATURE = "fabric.endorsement-signature"
TRANSACTION_ID = "fabric.transaction-id"
PROPOSAL_HASH = "fabric.proposal-hash"
FLAG = "fabric.validation-flag"
COMMIT_HASH = "fabric.commit-hash"


def _spec(
    check: str, kind: Kind, title: str, reasons: dict[str, str], *, core: bool = False
) -> CheckSpec:
    found = tuple(Reason(code, sentence) for code, sentence in reasons.items())
    return CheckSpec(check, kind, title, found, core)


CHECKS: tuple[CheckSpec, ...] = (
    _spec(
        FRAMING,
        Kind.FRAMING,
        "Every byte of the file belongs to a block",
        {
            "truncated": "The file ends in the middle of a block.",
            "trailing-bytes": "Behind the last block there are bytes of no block.",
            "record-malformed": "These bytes should be a block and cannot be read.",
            "record-length-mismatch": (
                "The length stated before the block is not the block's length."
            ),
            "record-trailing-bytes": "Inside the record, bytes follow the block.",
            "record-not-canonical": (
                "A length of the record is not written in its only valid form."
            ),
            "block-not-canonical": (
                "The block holds bytes that Fabric would not write for it."
            ),
            "block-malformed": "The file should hold one block and cannot be read.",
            "json-malformed": "The JSON does not describe a block.",
        },
    ),
    _spec(
        ENVELOPE,
        Kind.FRAMING,
        "Each transaction is one envelope in its only valid encoding",
        {
            "envelope-not-canonical": (
                "The envelope holds more than one transaction's bytes, or other bytes "
                "than Fabric would write for it."
            ),
            "envelope-incomplete": "The envelope has no payload or no signature.",
            "block-empty": "The block holds no transaction.",
            "config-not-alone": (
                "A configuration transaction shares its block with others."
            ),
        },
    ),
    _spec(
        METADATA,
        Kind.FRAMING,
        "The block's metadata is in its only valid encoding",
        {
            "metadata-not-canonical": (
                "A metadata slot holds bytes that Fabric would not write."
            ),
            "last-config-mismatch": (
                "The metadata names another configuration block than it should."
            ),
            "signature-repeated": (
                "One orderer appears more than once among the block's signatures."
            ),
            "too-many-signatures": "The block has more signatures than are looked at.",
        },
    ),
    _spec(
        NUMBER,
        Kind.NUMBER,
        "Blocks are numbered without gap or repeat",
        {
            "number-mismatch": "The block states another number than its place.",
            "blocks-missing": "Blocks are missing between this one and the one before.",
            "block-repeated": "A block with this number came before.",
            "block-out-of-order": "The block stands behind later ones.",
            "first-block-missing": "The store does not begin with its first block.",
            "blocks-conflict": "Two different blocks have this number.",
        },
    ),
    _spec(
        LINK,
        Kind.LINK,
        "Each block names the hash of the block before it",
        {
            "first-block": "The first block follows no other.",
            "first-block-names-parent": "The first block names a block before it.",
            "parent-unreadable": "The block before it is missing or cannot be read.",
            "parent-not-in-export": "The block before it is not part of the export.",
        },
        core=True,
    ),
    _spec(
        SNAPSHOT_LINK,
        Kind.LINK,
        "The first block follows the snapshot that the store was started from",
        {
            "snapshot-hash-mismatch": (
                "The first block does not follow the snapshot that the store names."
            ),
            "snapshot-malformed": "The snapshot file of the store cannot be read.",
        },
    ),
    _spec(
        DATA_HASH,
        Kind.HASH,
        "The hash in the header is that of the transactions",
        {
            "json-not-rehashable": (
                "A configuration block in JSON has lost the order of its bytes, so "
                "its hash cannot be computed again."
            ),
        },
        core=True,
    ),
    _spec(
        ORDERER_SIGNATURE,
        Kind.SIGNATURE,
        "Orderers signed the block",
        {
            "signer-unreadable": "The signer of the block cannot be read.",
            "signer-not-judged": "This kind of identity or key is not judged here.",
            "consenter-unknown": "The configuration has no consenter with this number.",
            "consenters-not-in-evidence": (
                "The signer is named by number only, and the configuration that says "
                "who that is, is not in the evidence."
            ),
            "surplus-signature-mismatch": (
                "Enough signatures hold, but another one on the block does not."
            ),
        },
    ),
    _spec(
        QUORUM,
        Kind.QUORUM,
        "The signatures satisfy the channel's rule for accepting blocks",
        {
            "first-block": "The first block is signed by nobody.",
            "configuration-not-in-evidence": (
                "The configuration in force at this block is not in the evidence."
            ),
            "policy-missing": "The configuration has no rule for accepting blocks.",
            "signer-not-judged": "A signer's kind of identity is not judged here.",
        },
        core=True,
    ),
    _spec(
        AUTHORITY,
        Kind.IDENTITY,
        "The ledger's authorities are those you named",
        {},
    ),
    _spec(
        MEMBERSHIP,
        Kind.IDENTITY,
        "Signers are members under the configuration in force",
        {
            "organisation-unknown": "The channel has no such organisation.",
            "organisation-not-judged": "This kind of organisation is not judged here.",
            "certificate-malformed": "The signer's certificate cannot be read.",
            "signer-is-authority": "A certificate authority signed as a member.",
            "authority-not-in-force": (
                "The authority was not in force when it issued the certificate."
            ),
            "issuer-not-leaf": "The issuer may only issue to other authorities.",
            "unit-missing": "The certificate names none of the units of a member.",
            "unit-ambiguous": "The certificate names more than one kind of member.",
            "unit-of-other-issuer": "The unit is reserved to another issuer.",
        },
    ),
    _spec(
        CHANNEL,
        Kind.IDENTITY,
        "Transactions belong to this channel",
        {"other-channel": "The transaction was made for another channel."},
    ),
    _spec(
        CONFIG_UPDATE,
        Kind.QUORUM,
        "Administrators whom the rules demand signed the new configuration",
        {
            "policy-missing": "The rule for changing this element does not exist.",
            "signer-not-judged": "A signer's kind of identity is not judged here.",
        },
    ),
    _spec(
        CONFIG_CONTENT,
        Kind.REPLAY,
        "The new configuration is the old one with the signed update",
        {
            "config-malformed": "The configuration cannot be read.",
            "configuration-not-in-evidence": (
                "The configuration before this one is not in the evidence."
            ),
            "json-not-rehashable": (
                "A configuration block in JSON has lost the order of its bytes, so "
                "what was signed cannot be compared."
            ),
            "sequence-mismatch": "The configuration has another sequence number.",
            "update-malformed": "The update inside the configuration cannot be read.",
            "update-other-channel": "The update was made for another channel.",
            "update-stale": "The update was made for another version of the rules.",
            "update-without-effect": "The update changes nothing.",
            "version-mismatch": "An element skips or repeats a version.",
            "result-mismatch": "The configuration is not what the update makes of it.",
        },
    ),
    _spec(
        CREATOR_SIGNATURE,
        Kind.SIGNATURE,
        "The creator signed the transaction",
        {"signer-not-judged": "This kind of identity or key is not judged here."},
    ),
    _spec(
        ENDORSEMENT_SIGNATURE,
        Kind.SIGNATURE,
        "Endorsers signed the result",
        {"signer-not-judged": "This kind of identity or key is not judged here."},
    ),
    _spec(
        TRANSACTION_ID,
        Kind.HASH,
        "The transaction's number is the hash of its nonce and creator",
        {},
    ),
    _spec(
        PROPOSAL_HASH,
        Kind.HASH,
        "Endorsers signed the result of this proposal",
        {},
    ),
    _spec(
        FLAG,
        Kind.REPLAY,
        "The recorded validation result is the one worked out here",
        {
            "validation-flag-mismatch": (
                "The recorded result of validating this transaction is not the one "
                "worked out here."
            ),
            "flags-count-mismatch": (
                "The number of recorded results is not the number of transactions."
            ),
            "flags-missing": "The block has no recorded results, though others have.",
            "flags-not-recorded": "An orderer's block records no validation results.",
            "state-not-in-evidence": (
                "The result depends on blocks that are not in the evidence."
            ),
            "state-uncertain": (
                "The result depends on earlier blocks that are damaged or missing."
            ),
            "not-judged": "The result depends on rules that are not judged here.",
        },
        core=True,
    ),
    _spec(
        COMMIT_HASH,
        Kind.REPLAY,
        "The recorded commit hash is the one worked out here",
        {
            "commit-hash-mismatch": (
                "The recorded commit hash is not the one worked out here."
            ),
            "commit-hash-missing": "The block has no commit hash, though others have.",
            "commit-hash-not-recorded": "No commit hash is recorded for this block.",
            "state-not-in-evidence": (
                "The commit hash depends on blocks that are not in the evidence."
            ),
        },
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


def failed(
    check: str, reason: str, block: int, spans: Sequence[ByteSpan], detail: str = ""
) -> CheckResult:
    """Return a failure of a whole block."""
    return result(check, Outcome.FAILED, reason, block, spans, detail)
