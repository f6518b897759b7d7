"""What was not checked in a Hedera record stream, and what to ask for."""

from collections.abc import Iterator
from dataclasses import dataclass

from explorer.model.ledgers import Remark

EXPORT_HINT = (
    "Ask for recordstreams/record<node>/<time>.rcd.gz with the .rcd_sig files of all "
    "nodes for the same time and the sidecar folder (the public buckets let anybody "
    "copy them), and for the address book (network file 0.0.102) of that time."
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the pipeline noticed."""

    gaps: int
    unsigned: int
    without_keys: int
    without_sidecar: int
    loose_signatures: int


def remarks(facts: Facts) -> Iterator[Remark]:
    """Yield what must be known beside the verdict."""
    yield Remark(
        "hedera-partial-stream",
        "Record files are a part of a stream: what came before the first file, and "
        "whether files followed the last one, is not checked.",
    )
    if facts.gaps:
        yield Remark(
            "hedera-gaps",
            "Between some files there is a long pause without a link: files are left "
            "out there.",
            str(facts.gaps),
        )
    if facts.unsigned:
        yield Remark(
            "hedera-unsigned-files",
            "Some record files come without signature files: no node vouches for them "
            "here.",
            str(facts.unsigned),
        )
    if facts.without_keys:
        yield Remark(
            "hedera-no-address-book",
            "No address book is at hand: signatures of nodes could not be verified.",
            str(facts.without_keys),
        )
    if facts.without_sidecar:
        yield Remark(
            "hedera-sidecars-missing",
            "Sidecar files that the record files name are not in the export.",
            str(facts.without_sidecar),
        )
    if facts.loose_signatures:
        yield Remark(
            "hedera-loose-signatures",
            "Some signature files belong to no record file of the export.",
            str(facts.loose_signatures),
        )
    yield Remark(
        "hedera-stake",
        "Each node counts the same: the stake behind the nodes is not in the stream.",
    )
    yield Remark(
        "hedera-user-signatures",
        "Signatures of users on their transactions were not verified, nor the running "
        "hashes of topics.",
    )
