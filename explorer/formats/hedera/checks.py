"""The checks of Hedera record streams, with every reason they can give.

Reasons that the generic checks give (``hash-mismatch``, ``signature-mismatch``,
``quorum-not-met``…) are listed with those.
"""

from explorer.model.checks import CheckSpec, Kind, Reason

FRAMING = "hedera.file-framing"
SIGNATURE_FILE = "hedera.signature-file"
NUMBER = "hedera.file-order"
LINK = "hedera.file-link"
RUNNING = "hedera.running-hash"
FILE_HASH = "hedera.file-hash"
METADATA_HASH = "hedera.metadata-hash"
SIGNATURE = "hedera.node-signature"
QUORUM = "hedera.node-quorum"
AUTHORITY = "hedera.node-authority"
SIDECAR = "hedera.sidecar-hash"

_KEYS_MISSING = "No address book gives the key of this node."


def _spec(
    check: str, kind: Kind, title: str, reasons: dict[str, str], *, core: bool = False
) -> CheckSpec:
    found = tuple(Reason(code, sentence) for code, sentence in reasons.items())
    return CheckSpec(check, kind, title, found, core)


CHECKS: tuple[CheckSpec, ...] = (
    _spec(
        FRAMING,
        Kind.FRAMING,
        "Every byte of a record file belongs to its head, a record or a hash",
        {
            "truncated": "The file ends in the middle of a record or hash.",
            "trailing-bytes": "Bytes follow the end of the record file.",
            "record-malformed": "The record file cannot be read.",
            "gzip-damaged": "The compressed file is damaged.",
            "too-long": "The file is longer than the limit, perhaps once unpacked.",
            "version-unknown": "The file has a version that is not known here.",
        },
    ),
    _spec(
        SIGNATURE_FILE,
        Kind.MALFORMED,
        "Each signature file can be read",
        {
            "signature-malformed": "The signature file cannot be read.",
        },
    ),
    _spec(
        NUMBER,
        Kind.NUMBER,
        "There is one file of each time, and block numbers have no gap or repeat",
        {
            "copies-differ": "Nodes have different files for the same time.",
            "files-missing": "Files are missing between this one and the one before.",
            "number-repeated": (
                "The block number is not greater than that of the file before."
            ),
        },
    ),
    _spec(
        LINK,
        Kind.LINK,
        "Each file begins with the hash that the file before it ends with",
        {
            "first-file": "The first file of the stream follows no other.",
            "parent-not-in-export": "The file before it is not part of the export.",
            "parent-unreadable": "The file before it cannot be read.",
        },
        core=True,
    ),
    _spec(
        RUNNING,
        Kind.HASH,
        "The running hash over all records is the one the file ends with",
        {"no-records": "The file holds no record."},
        core=True,
    ),
    _spec(
        FILE_HASH,
        Kind.HASH,
        "The hash that nodes signed is that of the file",
        {
            "signed-another-file": (
                "This node signed another file than the one that other nodes signed."
            ),
        },
        core=True,
    ),
    _spec(
        METADATA_HASH,
        Kind.HASH,
        "The hash of the file's metadata is the one that nodes signed",
        {
            "signed-another-file": (
                "This node signed another file than the one that other nodes signed."
            ),
        },
    ),
    _spec(
        SIGNATURE,
        Kind.SIGNATURE,
        "Each signature file is signed by its node",
        {
            "key-not-in-evidence": _KEYS_MISSING,
            "node-not-named": "Nothing says which node made this signature file.",
        },
        core=True,
    ),
    _spec(
        QUORUM,
        Kind.QUORUM,
        "At least a third of the nodes signed the file",
        {
            "key-not-in-evidence": _KEYS_MISSING,
            "signatures-not-in-export": (
                "No signature file of this record file is part of the export."
            ),
            "too-few-signature-files": (
                "The export holds signature files of less than a third of the nodes."
            ),
        },
        core=True,
    ),
    _spec(
        AUTHORITY,
        Kind.IDENTITY,
        "The keys of the nodes are those you named",
        {},
    ),
    _spec(
        SIDECAR,
        Kind.HASH,
        "Each sidecar file is the one that the record file names",
        {
            "sidecar-not-in-export": "The sidecar file is not part of the export.",
        },
    ),
)
