"""What was not checked in a ledger of Bitcoin, said at its end."""

from collections.abc import Iterator
from dataclasses import dataclass

from explorer.formats.bitcoin.networks import Network
from explorer.formats.bitcoin.resolver import Resolver
from explorer.model.ledgers import Remark

EXPORT_HINT = (
    "Ask for the node's folder blocks (blk, rev and xor.dat), or for the blocks as "
    "`bitcoin-cli getblock HASH 3` prints them: with what the inputs spend."
)

_REMARKS = {
    "most-work-not-known": (
        "Whether this is the branch with the most work of all cannot be seen offline."
    ),
    "unspent-not-known": (
        "Whether an output is spent later, outside the evidence, cannot be seen."
    ),
    "spent-outputs-missing": (
        "The outputs that some inputs spend are not in the evidence: their "
        "signatures, values and fees could not be checked."
    ),
    "scripts-not-run": (
        "Some inputs have scripts of other forms, which are not run here: their "
        "signatures were not checked."
    ),
    "rewards-open": (
        "The fees of some blocks are not known: what their makers took was not checked."
    ),
    "headers-only": "Of some blocks only the header is in the evidence.",
    "height-unknown": (
        "Nothing states the height of the first block: blocks are counted from 0 or "
        "behind the others."
    ),
    "network-assumed": (
        "Nothing in the evidence names the network; name it if it is another."
    ),
    "other-first-block": "The first block is not that of the network.",
    "repeated-blocks": "Some blocks stand in the evidence more than once.",
    "branches-aside": (
        "Some blocks are on branches with less work; they were checked by themselves."
    ),
    "begins-later": (
        "The evidence begins at a later block; what came before is not here."
    ),
    "not-all-rules": (
        "Lock times, the count of signature operations and the strict form of "
        "signatures were not checked."
    ),
}


@dataclass(slots=True)
class Facts:
    """What the pipeline saw besides the blocks."""

    network: Network
    is_network_assumed: bool = False
    repeated: int = 0
    aside: int = 0
    guessed: int = 0
    work: int = 0
    """Sum of the work of the ledger's own branch."""


def remarks(resolver: Resolver, facts: Facts) -> Iterator[Remark]:
    """Yield the remarks in the order of their weight."""
    counts = resolver.transactions.counts
    numbers = (
        ("spent-outputs-missing", counts.unknown),
        ("scripts-not-run", counts.open_scripts),
        ("rewards-open", counts.rewards_open),
        ("headers-only", resolver.bodies.headers_only),
        ("height-unknown", facts.guessed),
        ("repeated-blocks", facts.repeated),
        ("branches-aside", facts.aside),
    )
    for code, number in numbers:
        if number:
            yield _remark(code, f"{number}")
    if facts.is_network_assumed:
        yield _remark("network-assumed", facts.network.name)
    if resolver.genesis_differs:
        yield _remark("other-first-block", facts.network.name)
    if not resolver.begins_at_first:
        yield _remark("begins-later")
    yield _remark("most-work-not-known", f"2^{facts.work.bit_length() - 1} hashes")
    yield _remark("unspent-not-known")
    yield _remark("not-all-rules")


def _remark(code: str, detail: str = "") -> Remark:
    return Remark(code, _REMARKS[code], detail)
