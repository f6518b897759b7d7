"""The checks of Merkle proofs in JSON, with every reason they can give."""

from explorer.model.checks import CheckSpec, Kind, Reason

FORM = "rfc6962.proof-form"
INCLUSION = "rfc6962.inclusion"
CONSISTENCY = "rfc6962.consistency"

_PATH = {
    "path-length": "The path has more or fewer nodes than a tree of this size demands.",
    "index-out-of-range": "The leaf or subtree does not exist in a tree of this size.",
    "node-size": "A node of the path is not as long as a digest.",
}


def _spec(
    check: str, kind: Kind, title: str, reasons: dict[str, str], *, core: bool = False
) -> CheckSpec:
    found = tuple(Reason(code, sentence) for code, sentence in reasons.items())
    return CheckSpec(check, kind, title, found, core)


CHECKS: tuple[CheckSpec, ...] = (
    _spec(
        FORM,
        Kind.MALFORMED,
        "Every proof states what its kind needs",
        {
            "not-json": "The file is not valid JSON.",
            "malformed": "A field of the proof is missing or of another form.",
            "too-long": "The file is longer than the limit and was not read.",
        },
    ),
    _spec(
        INCLUSION,
        Kind.PROOF,
        "The leaf is in the tree with the stated root",
        _PATH,
        core=True,
    ),
    _spec(
        CONSISTENCY,
        Kind.PROOF,
        "The earlier tree is the beginning of the later one",
        {
            **_PATH,
            "root-mismatch": "The proof does not lead to the stated roots.",
            "nothing-proven": "The earlier tree holds no leaf: nothing is proven.",
        },
        core=True,
    ),
)
