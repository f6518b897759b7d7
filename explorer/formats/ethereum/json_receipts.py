"""Receipts in the JSON of ``eth_getBlockReceipts`` and ``eth_getTransactionReceipt``.

Execution API specification. The bytes under the receipts root are put together again
from type, status (or state root before Byzantium), cumulative gas and logs; the bloom
filter is worked out from the logs, and a stated one is compared with it. Left out: what
follows from running contracts, such as effective prices.
"""

from collections.abc import Sequence
from types import MappingProxyType

from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.formats.ethereum.json_places import Node
from explorer.formats.ethereum.json_values import MissingError, Values, joined
from explorer.formats.ethereum.receipts import Log, Receipt, make_receipt
from explorer.formats.ethereum.records import RawReceipts, Stated

_STATED = MappingProxyType(
    {
        "blockHash": "block hash",
        "blockNumber": "block number",
        "transactionHash": "transaction hash",
        "transactionIndex": "transaction index",
        "gasUsed": "gas used",
    }
)
_POSITION = "transactionIndex"


class ReadReceipt:
    """One receipt object with everything taken from it."""

    def __init__(self, data: bytes, base: int, node: Node, source: int) -> None:
        """Read it.

        Raises:
            ReadError: If it is no receipt.
        """
        values = Values(source)
        self.span = node.span(source)
        self.position = values.quantity(node, _POSITION)
        self.receipt: Receipt | None = None
        self.missing = ""
        self.bloom = b""
        try:
            self.receipt = _receipt(values, node)
            if node.get("logsBloom") is not None:
                self.bloom = values.data(node, "logsBloom", size=256, is_needed=False)
        except MissingError as error:
            self.missing = str(error)
        self.stated: Stated = values.stated(node, _STATED)
        self.covered = [
            ByteSpan(source, *each) for each in joined(values.used, data, base)
        ]
        self.mixed_case = values.mixed_case()


def _receipt(values: Values, node: Node) -> Receipt:
    kind = 0
    if node.get("type") is not None:
        kind = values.quantity(node, "type", is_needed=False)
    if node.get("status") is not None:
        outcome = b"\x01" if values.quantity(node, "status") else b""
    else:
        outcome = values.data(node, "root", size=32)
    logs = [_log(values, each) for each in values.elements(node, "logs")]
    gas = values.quantity(node, "cumulativeGasUsed")
    if kind > 0x7F:
        raise ReadError(f"a receipt of type {kind}", "receipt-malformed")
    return make_receipt(kind, outcome, gas, logs)


def _log(values: Values, node: Node) -> Log:
    topics = values.elements(node, "topics")
    owner = node.get("topics")
    if owner is not None:
        values.use(owner)
    if len(topics) > 4:
        raise ReadError("a log with more than four topics", "receipt-malformed")
    return Log(
        values.data(node, "address", size=20),
        tuple(values.octets(each, "topics", 32) for each in topics),
        values.data(node, "data"),
    )


def together(found: Sequence[ReadReceipt]) -> RawReceipts:
    """Return the receipts of one block in the order of its transactions."""
    ordered = sorted(found, key=lambda each: each.position)
    places = [each.span for each in ordered]
    missing = next((each.missing for each in ordered if each.missing), "")
    if [each.position for each in ordered] != list(range(len(ordered))):
        missing = missing or "receipts"
    span = ByteSpan(
        places[0].source,
        min(each.start for each in places),
        max(each.end for each in places),
    )
    receipts = [each.receipt for each in ordered if each.receipt is not None]
    return RawReceipts(
        receipts,
        span,
        places,
        missing,
        [each.bloom for each in ordered],
        [each.stated for each in ordered],
    )
