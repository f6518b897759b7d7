"""The pieces of hashed bytes are those bytes."""

from pathlib import Path

from explorer.core.spans import ByteSpan
from explorer.crypto.trust import TrustStore
from explorer.formats.fabric import open_ledgers
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.model.claims import HashClaim
from explorer.model.ledgers import PREVIOUS_HASH

STORE = Path(__file__).resolve().parents[3] / "sample_chains" / "fabric-pear-trace"


def test_the_pieces_together_are_what_is_hashed() -> None:
    with open_evidence((STORE / "ledgersData",)) as files:
        (pipeline,) = open_ledgers(files, ReadingOptions(TrustStore()))
        for parsed in pipeline.read():
            for block in pipeline.resolve(parsed).blocks[:3]:
                detail = pipeline.detail(block.height, block.span)
                pieces = detail.header_parts
                assert b"".join(each.data for each in pieces) == block.header
                previous = pieces[1]
                assert previous.name == PREVIOUS_HASH
                assert isinstance(previous.place, ByteSpan)
                assert files.read(previous.place) == block.declared_parent
                for index, parts in detail.claim_parts:
                    claim = detail.claims[index]
                    assert isinstance(claim, HashClaim)
                    assert b"".join(each.data for each in parts) == claim.covered
            break
