"""What any reader of the family yields: blocks as raw, parsed material.

A value that the export does not hold is empty (or -1), and ``missing`` names the first
field without which something cannot be worked out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from explorer.core.spans import ByteSpan
from explorer.formats.ethereum.headers import Header
from explorer.formats.ethereum.receipts import Receipt
from explorer.formats.ethereum.transactions import Transaction

MAX_HEIGHT = 2**63 - 1

Stated = Mapping[str, tuple[int | bytes, ByteSpan]]
"""Name → what an export states besides, which follows from the rest, and its place."""


@dataclass(slots=True)
class RawTransaction:
    """One transaction of a block."""

    envelope: bytes
    """Empty where the export does not hold all of it."""
    span: ByteSpan
    tx: Transaction | None = None
    fault: str = ""
    """Stable reason why the envelope cannot be read, else empty."""
    missing: str = ""
    """The first field that the export lacks."""
    declared_hash: bytes = b""
    hash_span: ByteSpan | None = None
    declared_sender: bytes = b""
    sender_span: ByteSpan | None = None
    stated: Stated = field(default_factory=dict)
    to: bytes = b""
    """Recipient, where there is no ``tx``."""
    value: int = 0


@dataclass(slots=True)
class RawReceipts:
    """The receipts of a block, in the order of its transactions."""

    receipts: Sequence[Receipt]
    span: ByteSpan
    places: Sequence[ByteSpan] = ()
    missing: str = ""
    """The first field that the export lacks; ``receipts`` may be incomplete then."""
    declared_blooms: Sequence[bytes] = ()
    """Blooms that the export states beside logs it holds in full."""
    stated: Sequence[Stated] = ()


@dataclass(slots=True)
class RawBlock:
    """One block as read."""

    number: int
    span: ByteSpan
    header: Header | None
    """Absent where the export lacks a field of it."""
    header_span: ByteSpan
    parent_hash: bytes
    time: int
    missing: str = ""
    transactions: list[RawTransaction] = field(default_factory=list)
    transactions_span: ByteSpan | None = None
    has_transactions: bool = True
    """False for a bare header, or where only hashes of transactions are there."""
    uncles: list[Header] = field(default_factory=list)
    uncles_raw: bytes = b""
    """RLP of the list of uncle headers; empty where the export does not hold them."""
    uncles_span: ByteSpan | None = None
    withdrawals: tuple[bytes, ...] | None = None
    withdrawals_span: ByteSpan | None = None
    receipts: RawReceipts | None = None
    declared_hash: bytes = b""
    hash_span: ByteSpan | None = None
    total_difficulty: int = -1
    total_span: ByteSpan | None = None
    foreign: str = ""
    """Members that no header of Ethereum has: its chain may hash by its own rule."""
    roots: Mapping[str, bytes] = field(default_factory=dict)
    """Roots that the export states, where there is no ``header``."""
    stated: Stated = field(default_factory=dict)
    covered: list[ByteSpan] = field(default_factory=list)
    """Further places whose bytes go into hashes checked here."""
    is_exact: bool = False
    """Whether the spans are those of the very bytes that are hashed."""
    field_spans: Mapping[int, ByteSpan] = field(default_factory=dict)
    """Position in the header → place of the member; only where members stand apart."""
    mixed_case: ByteSpan | None = None
    """Where hex digits of both cases stand though no tool writes them so."""
    done_bytes: int = 0
    """Bytes of the evidence up to the end of this block."""
    is_contiguous: bool = True
    """Whether the export should hold every block between its first and its last."""

    def field_span(self, position: int) -> ByteSpan:
        """Return where a field of the header stands, as near as the format allows."""
        if self.field_spans:
            return self.field_spans.get(position, self.header_span)
        at = _OFFSETS.get(position)
        if not self.is_exact or at is None or self.header is None:
            return self.header_span
        start = self.header_span.start + _prefix_bytes(self.header.raw)
        return ByteSpan(self.header_span.source, start + at[0], start + at[1])

    def place_of(self, span: ByteSpan | None, position: int) -> ByteSpan:
        """Return where hashed bytes are; ``span``, unless members stand apart."""
        if span is None or self.field_spans:
            return self.field_span(position)
        return span


_OFFSETS = {
    0: (0, 33),
    1: (33, 66),
    2: (66, 87),
    3: (87, 120),
    4: (120, 153),
    5: (153, 186),
    6: (186, 445),
}
"""Position → place behind the prefix: the first seven fields have fixed sizes."""


def _prefix_bytes(raw: bytes) -> int:
    return 1 if raw[0] < 0xF8 else raw[0] - 0xF6
