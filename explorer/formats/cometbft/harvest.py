"""Finds what a document says, wherever it stands in it.

Replies of a node's RPC (``/block``, ``/block_by_hash``, ``/block_search``, ``/commit``,
``/signed_block``, ``/blockchain``, ``/header``, ``/validators``, ``/block_results``,
``/tx``, ``/tx_search``, ``/genesis``, subscriptions), with or without their JSON-RPC
envelope, the same of the Cosmos SDK's gateway, and light blocks. Objects are recognised
by their members, not by the name of a file, so one document may hold many.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_ENTRIES_PER_BLOCK, MAX_SIGNATURES_PER_BLOCK
from explorer.encodings.located_json import NULL, JsonNode, integer_of
from explorer.formats.cometbft.parsing import (
    Places,
    base64_bytes,
    block_id_of,
    body_of,
    commit_of,
    hash_bytes,
    header_of,
    height_of,
    small_of,
    validator_of,
    validator_set_of,
)
from explorer.formats.cometbft.records import (
    BlockRecord,
    Event,
    Results,
    TxProof,
    TxRecord,
    TxResult,
    ValidatorPage,
)

MAX_EVENTS = 1_000_000
"""Events taken from one document."""


class Shape(StrEnum):
    """What an object of a document is."""

    BLOCK = "block"
    """A header, with whatever stands beside it."""
    VALIDATORS = "validators"
    RESULTS = "results"
    TX = "tx"
    GENESIS = "genesis"
    VECTOR = "vector"
    """A trace of light-client steps."""


@dataclass(frozen=True, slots=True)
class Found:
    """An object that says something."""

    shape: Shape
    node: JsonNode


def harvest(root: JsonNode) -> Iterator[Found]:
    """Yield everything that a document says, in its order."""
    stack = [root]
    while stack:
        node = stack.pop()
        shape = _shape_of(node)
        if shape is not None:
            yield Found(shape, node)
            continue
        inside = [*node.members().values(), *node.items()]
        stack.extend(
            each for each in reversed(inside) if isinstance(each.value, dict | list)
        )


def _shape_of(node: JsonNode) -> Shape | None:
    for shape, is_that in _SHAPES:
        if node.members() and is_that(node):
            return shape
    return None


def _is_header(node: JsonNode) -> bool:
    """Two of three members are enough, so that a damaged name hides no block."""
    return len({"chain_id", "height", "validators_hash"} & node.members().keys()) > 1


def _is_block(node: JsonNode) -> bool:
    inner = (node, node.get("block"), node.get("signed_header"))
    return any(_is_header(each.get("header")) for each in inner)


def _is_validators(node: JsonNode) -> bool:
    return {"validators", "block_height"} <= node.members().keys()


def _is_results(node: JsonNode) -> bool:
    names = {"txs_results", "begin_block_events", "finalize_block_events"}
    return "height" in node.members() and bool(names & node.members().keys())


def _is_tx(node: JsonNode) -> bool:
    names = node.members().keys()
    return {"hash", "height", "tx"} <= names and bool({"tx_result", "proof"} & names)


def _is_genesis(node: JsonNode) -> bool:
    return {"genesis_time", "chain_id"} <= node.members().keys()


def _is_vector(node: JsonNode) -> bool:
    return {"initial", "input"} <= node.members().keys() and bool(
        node.get("initial").get("signed_header").members()
    )


_SHAPES: tuple[tuple[Shape, Callable[[JsonNode], bool]], ...] = (
    (Shape.VECTOR, _is_vector),
    (Shape.BLOCK, _is_block),
    (Shape.VALIDATORS, _is_validators),
    (Shape.RESULTS, _is_results),
    (Shape.TX, _is_tx),
    (Shape.GENESIS, _is_genesis),
)


def place_of(found: Found) -> tuple[str, int]:
    """Return chain id (empty where the object names none) and height.

    Raises:
        ReadError: If the height is none.
    """
    node = found.node
    if found.shape is Shape.BLOCK:
        header = _header_node(node)
        return header.get("chain_id").text(), height_of(header.get("height"))
    if found.shape is Shape.VALIDATORS:
        return "", height_of(node.get("block_height"))
    if found.shape is Shape.GENESIS:
        return node.get("chain_id").text(), 0
    return "", height_of(node.get("height"))


def _header_node(node: JsonNode) -> JsonNode:
    for holder in (node.get("block"), node.get("signed_header"), node):
        if _is_header(holder.get("header")):
            return holder.get("header")
    return NULL


def block_record(node: JsonNode, places: Places) -> BlockRecord:
    """Return what an object of shape ``BLOCK`` says.

    Raises:
        ReadError: If a field is missing or of another type.
    """
    block, signed = node.get("block"), node.get("signed_header")
    holder = block if block.members() else node
    commit = signed.get("commit") if signed.members() else node.get("commit")
    ids = [node.get("block_id")]
    validators = node.get("validator_set")
    if validators.is_null():
        validators = node.get("validators")
    next_validators = node.get("next_validator_set")
    if next_validators.is_null():
        next_validators = node.get("next_validators")
    return BlockRecord(
        header_of(_header_node(node), places),
        tuple(block_id_of(each, places) for each in ids if each.members()),
        body_of(holder, places),
        commit_of(commit, places) if commit.members() else None,
        validator_set_of(validators, places),
        validator_set_of(next_validators, places),
    )


def validator_page(node: JsonNode, places: Places) -> ValidatorPage:
    """Return a reply about validators.

    Raises:
        ReadError: If a field is missing or of another type.
    """
    members = node.get("validators").items()
    if len(members) > MAX_SIGNATURES_PER_BLOCK:
        raise ReadError(f"over {MAX_SIGNATURES_PER_BLOCK} validators", "too-many")
    total = node.get("total")
    if total.is_null():
        total = node.get("pagination").get("total")
    return ValidatorPage(
        height_of(node.get("block_height")),
        tuple(validator_of(each, places) for each in members),
        -1 if total.is_null() else small_of(total),
        places.span(node.get("validators")),
    )


def results_of(node: JsonNode, places: Places) -> Results:
    """Return the results of a height.

    Raises:
        ReadError: If a field is of another type or there are too many.
    """
    txs = node.get("txs_results").items()
    if len(txs) > MAX_ENTRIES_PER_BLOCK:
        raise ReadError(f"over {MAX_ENTRIES_PER_BLOCK} results", "too-many")
    return Results(
        height_of(node.get("height")),
        tuple(tx_result_of(each, places) for each in txs),
        places.span(node),
    )


def tx_result_of(node: JsonNode, places: Places) -> TxResult:
    """Return what became of one transaction.

    Raises:
        ReadError: If a field is of another type or there are too many events.
    """
    events = node.get("events").items()
    if len(events) > MAX_EVENTS:
        raise ReadError(f"over {MAX_EVENTS} events", "too-many")
    return TxResult(
        small_of(node.get("code")),
        base64_bytes(node.get("data")),
        _gas(node, "gas_wanted", "gasWanted"),
        _gas(node, "gas_used", "gasUsed"),
        tuple(_event(each, places) for each in events),
        places.span(node),
    )


def _gas(node: JsonNode, *names: str) -> int:
    for name in names:
        if not node.get(name).is_null():
            return integer_of(node.get(name))
    return 0


def _event(node: JsonNode, places: Places) -> Event:
    pairs = tuple(
        (each.get("key").text(), each.get("value").text())
        for each in node.get("attributes").items()
    )
    return Event(node.get("type").text(), pairs, places.span(node))


def tx_record(node: JsonNode, places: Places) -> TxRecord:
    """Return a transaction with what was found beside it.

    Raises:
        ReadError: If a field is missing or of another type.
    """
    result, proof = node.get("tx_result"), node.get("proof")
    return TxRecord(
        height_of(node.get("height")),
        small_of(node.get("index")),
        hash_bytes(node.get("hash")),
        base64_bytes(node.get("tx")),
        places.span(node.get("tx")),
        places.span(node.get("hash")),
        tx_result_of(result, places) if result.members() else None,
        _proof(proof, places) if proof.members() else None,
    )


def _proof(node: JsonNode, places: Places) -> TxProof:
    path = node.get("proof")
    aunts = path.get("aunts").items()
    if len(aunts) > 64:
        raise ReadError("a path of over 64 steps", "too-many")
    return TxProof(
        hash_bytes(node.get("root_hash")),
        base64_bytes(node.get("data")),
        small_of(path.get("total")),
        small_of(path.get("index")),
        base64_bytes(path.get("leaf_hash")),
        tuple(base64_bytes(each) for each in aunts),
        places.span(node),
        places.span(node.get("root_hash")),
    )
