"""The checks of OpenTimestamps proofs, with every reason they can give."""

from explorer.model.checks import CheckSpec, Kind, Reason

FRAMING = "opentimestamps.proof-form"
TARGET = "opentimestamps.target-digest"
ANCHOR = "opentimestamps.bitcoin-anchor"
WORK = "opentimestamps.header-work"
AGREEMENT = "opentimestamps.proofs-agree"


def _spec(
    check: str, kind: Kind, title: str, reasons: dict[str, str], *, core: bool = False
) -> CheckSpec:
    found = tuple(Reason(code, sentence) for code, sentence in reasons.items())
    return CheckSpec(check, kind, title, found, core)


CHECKS: tuple[CheckSpec, ...] = (
    _spec(
        FRAMING,
        Kind.MALFORMED,
        "The proof is written as its format demands",
        {
            "unsupported-version": "The proof is of a version not known here.",
            "unsupported-operation": "The proof holds an operation not known here.",
            "truncated": "The file ends inside the proof.",
            "trailing-bytes": "Bytes follow the proof.",
            "malformed": "The proof cannot be read.",
            "too-large": "The proof holds more than the limit.",
            "too-long": "The file is longer than the limit and was not read.",
        },
    ),
    _spec(
        TARGET,
        Kind.HASH,
        "The file has the digest that the proof is about",
        {
            "target-not-given": (
                "The file that the proof is about is not beside it: the proof is only "
                "about the digest."
            ),
            "target-too-long": "The file is longer than this hash is worked out for.",
            "weak-digest": (
                "The proof is about a digest with known collisions: two files can have "
                "it."
            ),
        },
    ),
    _spec(
        ANCHOR,
        Kind.PROOF,
        "The path leads to the root in the header of a Bitcoin block",
        {
            "header-not-given": (
                "The header of the block is not in the evidence; it must have this "
                "Merkle root."
            ),
            "root-not-in-headers": (
                "No header in the evidence has the Merkle root that the path leads to."
            ),
            "pending": "The calendar has promised a proof; it is not complete.",
            "other-chain": "The proof ends in a chain that is not checked here.",
            "unknown-attestation": "The proof ends in something not known here.",
            "header-height-differs": "The header states another height.",
        },
        core=True,
    ),
    _spec(
        WORK,
        Kind.WORK,
        "The header's hash is below its target",
        {"target-too-easy": "The target is easier than Bitcoin allows."},
    ),
    _spec(
        AGREEMENT,
        Kind.PROOF,
        "Proofs that name one block lead to one root",
        {
            "contradicts-other-proof": (
                "Another proof names the same block with another Merkle root: both "
                "cannot be right."
            ),
        },
    ),
)
