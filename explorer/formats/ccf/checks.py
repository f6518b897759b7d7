"""The checks of CCF ledgers and receipts, with every reason they can give.

Reasons that the generic checks give (``hash-mismatch``, ``signature-mismatch``…) are
listed with those.
"""

from explorer.model.checks import CheckSpec, Kind, Reason

FRAMING = "ccf.chunk-framing"
POSITIONS = "ccf.position-table"
ENTRY = "ccf.entry-form"
SEQNO = "ccf.sequence-number"
ROOT = "ccf.merkle-root"
LEAF = "ccf.entry-digest"
SIGNATURE_FORM = "ccf.signature-form"
NODE_SIGNATURE = "ccf.node-signature"
SERVICE_SIGNATURE = "ccf.service-signature"
NODE_ID = "ccf.node-id"
ENDORSEMENT = "ccf.node-endorsement"
AUTHORITY = "ccf.service-authority"
MEMBER_SIGNATURE = "ccf.member-signature"
RECEIPT = "ccf.receipt-path"
RECEIPT_FORM = "ccf.receipt-form"
SNAPSHOT = "ccf.snapshot-digest"


def _spec(
    check: str, kind: Kind, title: str, reasons: dict[str, str], *, core: bool = False
) -> CheckSpec:
    found = tuple(Reason(code, sentence) for code, sentence in reasons.items())
    return CheckSpec(check, kind, title, found, core)


CHECKS: tuple[CheckSpec, ...] = (
    _spec(
        FRAMING,
        Kind.FRAMING,
        "Every byte of a chunk belongs to an entry or to the table behind them",
        {
            "truncated": "The file ends in the middle of an entry.",
            "entry-malformed": "These bytes should be an entry and cannot be read.",
            "entry-too-long": "An entry is longer than the limit.",
            "header-malformed": (
                "The place of the position table is not inside the file."
            ),
        },
    ),
    _spec(
        POSITIONS,
        Kind.FRAMING,
        "The position table names where every entry of the chunk begins",
        {
            "positions-differ": "The table names other places than those of entries.",
            "range-differs": (
                "The file's name states other sequence numbers than it holds."
            ),
        },
    ),
    _spec(
        ENTRY,
        Kind.MALFORMED,
        "The public part of every entry can be read to its end",
        {
            "public-malformed": "The public part of the entry cannot be read.",
            "version-differs": (
                "The entry states two different sequence numbers for itself."
            ),
        },
    ),
    _spec(
        SEQNO,
        Kind.NUMBER,
        "Entries are numbered without gap or repeat, and views do not go back",
        {
            "entries-missing": (
                "Entries are missing between this one and the one before."
            ),
            "entry-repeated": "An entry with this sequence number came before.",
            "view-goes-back": (
                "The entry belongs to an earlier view than the one before."
            ),
        },
    ),
    _spec(
        ROOT,
        Kind.TREE,
        "The signed Merkle root is that of all entries before the signature",
        {
            "follows-bad-root": (
                "An earlier root does not match, so this one cannot be judged."
            ),
            "tree-not-in-export": (
                "Entries before the first one of the export are missing, and nothing "
                "in it states their tree."
            ),
        },
        core=True,
    ),
    _spec(
        LEAF,
        Kind.HASH,
        "The digest of each entry is the one in the tree that was signed",
        {
            "leaf-differs": (
                "The tree that the next signature wrote down holds another digest for "
                "this entry."
            ),
        },
    ),
    _spec(
        SIGNATURE_FORM,
        Kind.MALFORMED,
        "Each signature entry can be read and speaks of itself",
        {
            "signature-unreadable": "The signature entry cannot be read.",
            "names-other-entry": (
                "The signature names another sequence number or view than its entry."
            ),
            "cose-unreadable": "The COSE signature cannot be read.",
        },
    ),
    _spec(
        NODE_SIGNATURE,
        Kind.SIGNATURE,
        "Each Merkle root is signed by a node of the service",
        {
            "node-unknown": "The certificate of the node is not in the export.",
            "key-kind-not-supported": "The key is of a kind that is not handled here.",
        },
        core=True,
    ),
    _spec(
        SERVICE_SIGNATURE,
        Kind.SIGNATURE,
        "Each Merkle root is signed by the service",
        {
            "service-unknown": "The certificate of the service is not in the export.",
            "key-kind-not-supported": "The key is of a kind that is not handled here.",
        },
        core=True,
    ),
    _spec(
        NODE_ID,
        Kind.IDENTITY,
        "The id of a node is the hash of its key, and the node was trusted",
        {
            "node-not-trusted": "The service did not trust this node at that time.",
        },
    ),
    _spec(
        ENDORSEMENT,
        Kind.IDENTITY,
        "The service issued the certificate of each node that signs",
        {
            "service-unknown": "The certificate of the service is not in the export.",
            "certificate-malformed": "The certificate cannot be read.",
        },
    ),
    _spec(
        AUTHORITY,
        Kind.IDENTITY,
        "The service is the one you named",
        {"certificate-malformed": "The certificate cannot be read."},
    ),
    _spec(
        MEMBER_SIGNATURE,
        Kind.SIGNATURE,
        "Each request to govern the service is signed by its member",
        {
            "member-unknown": "The certificate of the member is not in the export.",
            "cose-unreadable": "The COSE signature cannot be read.",
            "key-kind-not-supported": "The key is of a kind that is not handled here.",
        },
    ),
    _spec(
        RECEIPT,
        Kind.PROOF,
        "The receipt's path leads from the entry to a root that was signed",
        {},
        core=True,
    ),
    _spec(
        RECEIPT_FORM,
        Kind.MALFORMED,
        "Each receipt can be read",
        {"receipt-malformed": "The receipt cannot be read."},
    ),
    _spec(
        SNAPSHOT,
        Kind.HASH,
        "The snapshot is the one that its receipt vouches for",
        {"receipt-missing": "The snapshot holds no receipt."},
    ),
)
