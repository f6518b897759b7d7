"""Blocks in the JSON of ``configtxlator proto_decode``."""

from explorer.core.errors import ReadError
from explorer.formats.fabric.records import RawBlock
from explorer.formats.opening import EvidenceFiles


def read_json_block(files: EvidenceFiles, source: int) -> RawBlock:
    """Return the block."""
    raise ReadError("todo")
