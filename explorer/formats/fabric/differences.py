"""Where two honest copies of the same Fabric block may differ.

Nothing in the block metadata is covered by the block hash: orderers each attach their
own signatures (docs/formats/fabric.md), peers add flags and commit hash, orderers not.
"""

SIGNATURES_SLOT = "signatures"
"""Part of the name of the metadata slot with the orderer signatures."""

METADATA = "metadata"


def may_differ(slot: str, first: bytes, second: bytes) -> bool:
    """Return whether honest copies may differ in ``slot``, a path of field names.

    Orderer signatures always may; what a peer adds may be absent from one copy.
    """
    names = slot.split("/")
    if METADATA not in names:
        return False
    if any(SIGNATURES_SLOT in name for name in names):
        return True
    return not first or not second
