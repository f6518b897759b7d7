"""Tells by its first bytes what a file of this family is."""

import re
from enum import StrEnum

from explorer.formats.ethereum.era1_reader import looks_like_era1
from explorer.formats.ethereum.octets import GZIP_MAGIC, unpack_head
from explorer.formats.ethereum.rlp_reader import looks_like_blocks

_JSON = re.compile(
    rb'"(?:sha3Uncles|parentHash|receiptsRoot|accountProof|cumulativeGasUsed'
    rb'|logsBloom|storageHash|sha3_uncles|parent_hash)"\s*:'
)
_FABRIC_OR_FISCO = re.compile(rb'"(?:sealerList|parentInfo|sealer|txsRoot)"\s*:')
_ETL_LINE = re.compile(
    rb'\s*\{\s*"type"\s*:\s*"(?:block|transaction|log|token_transfer|receipt)"'
)
_ETL_HEADER = re.compile(
    rb"(?:number,hash,parent_hash,|hash,nonce,block_hash,block_number,"
    rb"|log_index,transaction_hash,|transaction_hash,transaction_index,block_hash,"
    rb"|token_address,from_address,to_address,)"
)
_HEX_HEADER = re.compile(
    rb'\s*"?(?:0x)?f9[0-9a-f]{4}(?:f90[0-9a-f]{3})?a0', re.IGNORECASE
)
_RESULT_HEX = re.compile(rb'\s*\{[^{}]{0,200}"result"\s*:\s*"0xf9[0-9a-fA-F]{4}')
_ABI = re.compile(rb'"(?:inputs|abi)"\s*:\s*\[')
_ABI_TYPE = re.compile(rb'"type"\s*:\s*"(?:event|function|constructor|error)"')
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class FileKind(StrEnum):
    """What a file holds."""

    RLP = "rlp"
    GZIP = "gzip"
    ERA1 = "era1"
    JSON = "json"
    MAYBE_JSON = "maybe-json"
    """JSON that may hold an ABI; not of this family by itself."""
    HEX = "hex"
    TABLE = "table"
    NONE = "none"


def kind_of_head(head: bytes) -> FileKind:
    """Return what a file that begins with ``head`` is."""
    if looks_like_era1(head):
        return FileKind.ERA1
    if head.startswith(GZIP_MAGIC):
        return FileKind.GZIP if _is_packed_export(head) else FileKind.NONE
    if looks_like_blocks(head):
        return FileKind.RLP
    return _kind_of_text(head.removeprefix(BYTE_ORDER_MARK))


def _kind_of_text(text: bytes) -> FileKind:
    if looks_like_hex(text):
        return FileKind.HEX
    if _ETL_HEADER.match(text):
        return FileKind.TABLE
    if text.lstrip()[:1] not in {b"{", b"["}:
        return FileKind.NONE
    if _is_own_json(text):
        return FileKind.JSON
    is_abi = _ABI.search(text) and _ABI_TYPE.search(text)
    return FileKind.MAYBE_JSON if is_abi else FileKind.NONE


def _is_own_json(text: bytes) -> bool:
    if _FABRIC_OR_FISCO.search(text):
        return False
    is_answer = _JSON.search(text) or _RESULT_HEX.match(text)
    return bool(is_answer or _ETL_LINE.match(text))


def _is_packed_export(head: bytes) -> bool:
    inside = unpack_head(head)
    return looks_like_blocks(inside) or looks_like_era1(inside)


def looks_like_hex(head: bytes) -> bool:
    """Return whether a file is hex that begins like a header or block in RLP."""
    return _HEX_HEADER.match(head) is not None
