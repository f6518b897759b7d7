"""What was not checked, said once at the end."""

from explorer.formats.fisco.state import LedgerState
from explorer.model.ledgers import Remark

EXPORT_HINT = (
    "Ask for the blocks with their transactions and signatures "
    "(getBlockByNumber N true), for the receipts, and for the list of sealers on "
    "another way."
)

_ALWAYS_REMARKS = {
    "state-not-recomputed": (
        "The state root and the database hash cover data that no export holds; they "
        "are protected by the block hash but were not computed."
    ),
    "contracts-not-executed": (
        "Contract code was not executed: whether a call had to give the recorded "
        "result was not checked."
    ),
}
_COUNTED_REMARKS = {
    "begins-later": (
        "The export begins at a later block; what came before is not here."
    ),
    "headers-only": (
        "Some blocks come without their list of transactions; their root is protected "
        "by the block hash."
    ),
    "only-hashes": "Of some transactions only the hash is in the export.",
    "without-receipts": (
        "Not all receipts are in the export; what calls returned, and their events, "
        "are not known."
    ),
    "roots-not-here": (
        "Paths were followed, but the header with the root to compare is not here."
    ),
    "not-decoded": (
        "No ABI in the export fits some calls; what they say is not decoded."
    ),
}
_CANDIDATE_REMARK = (
    "A release candidate of 3.0 made this chain; of times it hashed only the low 32 "
    "bits."
)


def remarks_of(state: LedgerState) -> tuple[Remark, ...]:
    """Return what must be known beside the verdict."""
    found = [
        Remark(code, sentence, str(state.counts[code]))
        for code, sentence in _COUNTED_REMARKS.items()
        if state.counts.get(code)
    ]
    if state.is_candidate:
        found.append(Remark("release-candidate", _CANDIDATE_REMARK))
    found += [Remark(code, sentence) for code, sentence in _ALWAYS_REMARKS.items()]
    return tuple(found)
