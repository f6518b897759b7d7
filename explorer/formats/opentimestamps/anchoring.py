"""History anchors made from a time stamp, the file it is about, and a header.

The stamped file lists blocks as ``HEIGHT=HASH``, one on each line: so a ledger's last
hash is written down, stamped, and later tied to the time of a Bitcoin block. Everything
must hold, or nothing is anchored.
"""

import re
from datetime import UTC, datetime

from explorer.core.errors import ReadError
from explorer.crypto.bitcoin_headers import is_worked
from explorer.crypto.hashes import digest
from explorer.crypto.proofs import lead
from explorer.crypto.trust import AnchorOrigin, HistoryAnchor
from explorer.encodings.bitcoin_headers import (
    HEADER_BYTES,
    ROOT,
    bits_in,
    target_of,
    time_in,
)
from explorer.formats.opentimestamps.pipeline import EASIEST
from explorer.formats.opentimestamps.stamps import BITCOIN, Attestation, read_stamp

_LINE = re.compile(r"\s*(\d{1,18})\s*=\s*(?:0x)?([0-9A-Fa-f]{56,128})\s*")
MAX_LINES = 1_000


def stamped_anchors(
    proof: bytes, target: bytes, headers: list[bytes], source: str
) -> tuple[HistoryAnchor, ...]:
    """Return an anchor for each line of ``target``.

    ``headers`` are those the user gives, 80 bytes each; ``source`` names the proof.

    Raises:
        ReadError: Saying what does not hold or is missing.
    """
    stamp = read_stamp(proof)
    if digest(stamp.algorithm, target) != stamp.digest:
        raise ReadError("the proof is about another file", "hash-mismatch")
    named = [each for each in stamp.attestations if each.kind == BITCOIN]
    if not named:
        raise ReadError("the proof is pending: it names no Bitcoin block", "pending")
    for one in named:
        for header in headers:
            if _fits(one, header):
                return _anchors(target, one.height, header, source)
    wanted = " or ".join(f"{e.height} = {e.message[::-1].hex()}" for e in named)
    raise ReadError(
        f"give the header of the block with the Merkle root: block {wanted}",
        "header-not-given",
    )


def read_header(data: bytes) -> bytes:
    """Return a header given as 80 bytes or as hex; other bytes fit no proof."""
    text = data.strip()
    if len(text) == 2 * HEADER_BYTES:
        try:
            return bytes.fromhex(text.decode("ascii"))
        except ValueError:
            return data
    return data


def _fits(one: Attestation, header: bytes) -> bool:
    target = target_of(bits_in(header)) or 0
    is_real = len(header) == HEADER_BYTES and is_worked(header) and target <= EASIEST
    return is_real and lead(one.start, one.proof) == header[ROOT]


def _anchors(
    target: bytes, height: int, header: bytes, source: str
) -> tuple[HistoryAnchor, ...]:
    moment = datetime.fromtimestamp(time_in(header), UTC)
    label = f"time stamp of {moment:%Y-%m-%dT%H:%M:%SZ} (Bitcoin block {height})"
    found: list[HistoryAnchor] = []
    for line in target.decode("utf-8", "replace").splitlines()[:MAX_LINES]:
        if not line.strip():
            continue
        written = _LINE.fullmatch(line)
        if written is None or len(written[2]) % 2:
            raise ReadError(f"{line[:80]!r} is not HEIGHT=HASH", "malformed")
        found.append(
            HistoryAnchor(
                int(written[1]),
                bytes.fromhex(written[2]),
                AnchorOrigin.UNSTATED,
                label,
                source,
            )
        )
    if not found:
        raise ReadError("the stamped file lists no block", "malformed")
    return tuple(found)
