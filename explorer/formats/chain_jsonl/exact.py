"""The exact reading of one line, for all lines that the fast path leaves open.

docs/formats/chain-jsonl.md version 1, sections 1 to 5: strict JSON (RFC 8259), its
canonical form (RFC 8785), integers within 2^53 - 1, and the form of the three kinds of
line. What does not hold is answered as ``Refused``.
"""

import re
from collections.abc import Sequence

import msgspec

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_ENTRIES_PER_BLOCK
from explorer.encodings.canonical_json import (
    JsonValue,
    canonical_bytes,
    parse_json,
)
from explorer.formats.chain_jsonl.lines import (
    LARGEST_INTEGER,
    BlockLine,
    ChainLine,
    Count,
    Time,
    TrailerLine,
)
from explorer.formats.chain_jsonl.specs import (
    CANONICAL_JSON,
    LINE_FORM,
    LINE_FRAMING,
)

MAX_EXACT_BYTES = 16 * 2**20
"""Longest line that is read exactly, which takes many times its size in memory."""

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")
_REASONS = {
    "malformed": (LINE_FRAMING, "not-json"),
    "duplicate-key": (CANONICAL_JSON, "duplicate-key"),
    "number-too-long": (CANONICAL_JSON, "number-out-of-range"),
    "number-out-of-range": (CANONICAL_JSON, "number-out-of-range"),
}
"""Reasons of ``canonical_json`` that are called otherwise here."""


class Refused(msgspec.Struct, frozen=True, gc=False):
    """A line that is not read."""

    check: str
    reason: str
    detail: str = ""
    blocks: int = 0
    """How many blocks the line seems to hold; 0 for a header or trailer."""
    where: int = -1
    """Offset in the line, if known."""
    lines: int = 1
    """How many consecutive lines are refused together."""
    size: int = -1
    """Their bytes, where they are not kept; -1: they are."""


class ExactValue(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """An entry whose payload holds what the fast path does not decide."""

    author: str
    id: str
    payload: dict[str, object]
    time: Time
    type: str


class ExactItem(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """An item with such an entry."""

    entry: ExactValue
    signature: str = ""


class _StrictHeader(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    count: Count
    entries_root: str
    height: Count
    previous: str
    producer: str
    time: Time


class _StrictBlock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    block: _StrictHeader
    entries: tuple[ExactItem, ...]
    hash: str
    signature: str = ""


Whole = BlockLine | ChainLine | TrailerLine | Refused
Reading = tuple[Whole, Sequence[bytes], Sequence[ExactItem]]
"""The line, and for a block the exact bytes and the values of its items."""


def read_exactly(line: bytes) -> Reading:
    """Return the line with its items, or why it is refused."""
    if not line:
        return _refused(line, LINE_FRAMING, "empty-line")
    if len(line) > MAX_EXACT_BYTES:
        detail = f"over {MAX_EXACT_BYTES} bytes and not of the usual kind"
        return _refused(line, LINE_FRAMING, "too-long", detail)
    try:
        value = parse_json(line)
        is_canonical = canonical_bytes(value) == line
    except ReadError as error:
        check, reason = _REASONS.get(error.reason, (LINE_FRAMING, error.reason))
        where = error.span.start if error.span else -1
        return _refused(line, check, reason, str(error), where)
    if not is_canonical:
        return _refused(line, CANONICAL_JSON, "not-canonical")
    if not _integers_fit(value):
        return _refused(line, CANONICAL_JSON, "number-out-of-range")
    return _typed(line, value)


def _typed(line: bytes, value: JsonValue) -> Reading:
    key = next(iter(value), "") if isinstance(value, dict) else ""
    if not isinstance(value, dict) or key not in {"chain", "block", "trailer"}:
        return _refused(line, LINE_FORM, "unknown-line")
    fault = _header_fault(value["chain"]) if key == "chain" else _block_fault(value)
    if fault:
        return _refused(line, LINE_FORM, fault)
    try:
        match key:
            case "chain":
                return msgspec.json.decode(line, type=ChainLine), (), ()
            case "trailer":
                return msgspec.json.decode(line, type=TrailerLine), (), ()
            case _:
                return _block(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return _refused(line, LINE_FORM, "wrong-form", str(error))


def _block(line: bytes) -> Reading:
    strict = msgspec.json.decode(line, type=_StrictBlock)
    if len(strict.entries) > MAX_ENTRIES_PER_BLOCK:
        return _refused(line, LINE_FORM, "too-many-entries")
    record = msgspec.json.decode(line, type=BlockLine)
    return record, [bytes(each) for each in record.entries], strict.entries


def _header_fault(chain: JsonValue) -> str:
    if not isinstance(chain, dict):
        return "wrong-form"
    if chain.get("version") != 1:
        return "unsupported-version"
    if chain.get("hash") not in {"sha256", "sm3"}:
        return "unsupported-hash"
    return "" if _is_time(chain.get("created")) else "wrong-time"


def _block_fault(value: dict[str, JsonValue]) -> str:
    """Return what is wrong with times and signatures of a block line, if they are."""
    holders = [value, value.get("block")]
    items = value.get("entries")
    for each in items if isinstance(items, list) else ():
        holders.append(each)
        if isinstance(each, dict):
            holders.append(each.get("entry"))
    for holder in holders:
        if isinstance(holder, dict):
            if "time" in holder and not _is_time(holder["time"]):
                return "wrong-time"
            if holder.get("signature") == "":  # absent is written by leaving it out
                return "wrong-hex"
    return ""


def _is_time(value: object) -> bool:
    return isinstance(value, str) and _TIME.fullmatch(value) is not None


def _integers_fit(value: JsonValue) -> bool:
    """Return whether no integer is beyond what section 1 allows; no recursion."""
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)
        elif isinstance(item, int) and abs(item) > LARGEST_INTEGER:
            return False
    return True


def _refused(
    line: bytes, check: str, reason: str, detail: str = "", where: int = -1
) -> Reading:
    return Refused(check, reason, detail, blocks_in(line), where), (), ()


def blocks_in(line: bytes) -> int:
    """Return how many blocks a line that cannot be read seems to hold."""
    marks = (b'"entries_root":', b'"previous":', b'"entries":[')
    return max(line.count(each) for each in marks)
