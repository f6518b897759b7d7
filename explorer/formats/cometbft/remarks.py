"""What was not checked in a CometBFT export, and what to ask the other side for."""

from collections.abc import Iterator
from dataclasses import dataclass

from explorer.model.ledgers import Remark

EXPORT_HINT = (
    "Ask a node of the chain for every height H: /block?height=H, /commit?height=H, "
    "/validators?height=H&per_page=100 (every page) and /block_results?height=H, each "
    "reply saved as one JSON file in one folder; archive nodes keep old heights."
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the pipeline noticed."""

    has_gaps: bool
    starts_late: bool
    without_validators: int
    has_celestia: bool
    has_results: bool
    has_entries: bool
    unassigned: int


def remarks(facts: Facts) -> Iterator[Remark]:
    """Yield what must be known beside the verdict."""
    if facts.has_gaps or facts.starts_late:
        yield Remark(
            "cometbft-partial-export",
            "The export does not hold every block from the first one on; what is "
            "between is not checked.",
        )
    if facts.without_validators:
        yield Remark(
            "cometbft-validators-missing",
            "The validators of some heights are not in the export: votes on these "
            "blocks could not be verified.",
            str(facts.without_validators),
        )
    if facts.has_celestia:
        yield Remark(
            "cometbft-celestia",
            "The data hash of this chain (Celestia) is the root of its data square: "
            "whether the transactions are those of the header was not checked.",
        )
    if facts.has_results:
        yield Remark(
            "cometbft-events",
            "Events are covered by no hash of the chain: transfers read from them are "
            "what the node reported.",
        )
    if facts.has_entries:
        yield Remark(
            "cometbft-transaction-signatures",
            "Signatures inside transactions were not verified: what they sign is not "
            "in the block.",
        )
    yield Remark(
        "cometbft-application-state",
        "The application's own state (app hash) was not computed.",
    )
    if facts.unassigned:
        yield Remark(
            "cometbft-unassigned",
            "Some replies name no chain and fit several chains of the evidence; they "
            "were left out.",
            str(facts.unassigned),
        )
