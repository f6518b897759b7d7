"""The detail tree of one record file, with the signature files beside it."""

from explorer.core.absent import Absent
from explorer.formats.hedera.records import Item, Place, RecordFile, SignatureFile
from explorer.formats.hedera.streams import OLD_HEAD_BYTES
from explorer.model.blocks import Block
from explorer.model.claims import Claim, HashClaim
from explorer.model.ledgers import PREVIOUS_HASH, Field, HashPart

MAX_ITEMS_SHOWN = 50_000


def file_fields(file: RecordFile, signatures: list[SignatureFile]) -> tuple[Field, ...]:
    """Return the fields of a record file, then those of its signature files."""
    version = ".".join(map(str, file.hapi))
    head = [
        Field("version", str(file.version), file.span((0, 4))),
        Field("HAPI version", version, file.span((4, 16))),
        Field(PREVIOUS_HASH, file.start_hash.hex(), file.span(file.start_place)),
    ]
    if file.number >= 0:
        head.append(Field("block number", str(file.number), file.whole))
    items = tuple(
        _item(file, number, item)
        for number, item in enumerate(file.items[:MAX_ITEMS_SHOWN])
    )
    found = [Field("head", "", file.span((0, file.start_place[1])), tuple(head))]
    found.append(Field("records", str(len(file.items)), file.whole, items))
    if file.end_hash:
        place = file.span(file.end_place)
        found.append(Field("end hash", file.end_hash.hex(), place))
    found += [_signature(each) for each in signatures]
    return tuple(found)


def _item(file: RecordFile, number: int, item: Item) -> Field:
    def leaf(name: str, place: Place) -> Field:
        size = place[1] - place[0]
        return Field(name, f"{size} bytes", file.span(place))

    parts = (leaf("record", item.record), leaf("transaction", item.transaction))
    return Field(f"transaction {number}", "", file.span(item.whole), parts)


def _signature(each: SignatureFile) -> Field:
    signed = [("file", each.file)]
    if each.metadata is not None:
        signed.append(("metadata", each.metadata))
    parts = tuple(
        field
        for name, part in signed
        for field in (
            Field(f"{name} hash", part.hash.hex(), part.hash_place),
            Field(f"{name} signature", part.signature.hex(), part.signature_place),
        )
    )
    place = each.file.hash_place
    return Field(f"signature of {each.node or '?'}", "", place, parts)


def header_parts(file: RecordFile, block: Block) -> tuple[HashPart, ...]:
    """Return what the hash of a file is made of."""
    header = block.header
    if file.version >= 5 and len(header) == 120:
        gone = Absent.NOT_IN_FORMAT
        return (
            HashPart("class of a hash", header[:12], gone),
            HashPart("running hash before the last record", header[12:60], gone),
            HashPart("class of a hash", header[60:72], gone),
            HashPart("hash of the last record", header[72:], gone),
        )
    if file.version == 2:
        start, end = file.start_place
        head = file.span((0, OLD_HEAD_BYTES))
        return (
            HashPart("head", header[:start], head),
            HashPart(PREVIOUS_HASH, header[start:end], file.span(file.start_place)),
            HashPart("hash of the records", header[end:], Absent.NOT_IN_FORMAT),
        )
    return ()


def claim_parts(
    file: RecordFile, block: Block, claims: list[Claim]
) -> tuple[tuple[int, tuple[HashPart, ...]], ...]:
    """Return what the last step of the running hash is made of."""
    parts = header_parts(file, block)
    return tuple(
        (index, parts)
        for index, claim in enumerate(claims)
        if isinstance(claim, HashClaim) and claim.covered is block.header and parts
    )
