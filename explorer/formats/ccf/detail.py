"""The detail tree of one entry: header, tables, keys and values with their places."""

from explorer.core.absent import Absent
from explorer.formats.ccf import checks
from explorer.formats.ccf.chunks import FIXED_BYTES, RawEntry
from explorer.formats.ccf.contents import key_text
from explorer.formats.ccf.tables import PublicPart, Table
from explorer.model.blocks import Block
from explorer.model.claims import Claim, HashClaim
from explorer.model.ledgers import Field, HashPart

MAX_FIELDS = 100_000
MAX_SHOWN_BYTES = 4_000
_KINDS = (
    "write set",
    "snapshot",
    "write set with claims",
    "write set with commit evidence",
    "write set with commit evidence and claims",
)


def entry_fields(raw: RawEntry, part: PublicPart | None) -> tuple[Field, ...]:
    """Return the fields of an entry, in the order of its bytes."""
    header = (
        Field("version", str(raw.data[0]), raw.place(0, 1)),
        Field("flags", str(raw.data[1]), raw.place(1, 2)),
        Field("size", str(len(raw.data) - 8), raw.place(2, 8)),
        Field("authentication tag", raw.data[8:24].hex(), raw.place(8, 24)),
        Field("sequence number", str(raw.seqno), raw.place(24, 32)),
        Field("view", str(raw.view), raw.place(32, 36)),
        Field(
            "size of the public part",
            str(raw.public_end - FIXED_BYTES),
            raw.place(36, 44),
        ),
    )
    found = [Field("header", "", raw.place(0, FIXED_BYTES), header)]
    place = raw.place(FIXED_BYTES, raw.public_end)
    if part is not None:
        found.append(Field("public part", "", place, _public(raw, part)))
    else:
        found.append(Field("public part", "unreadable", place))
    if raw.public_end < len(raw.data):
        hidden = len(raw.data) - raw.public_end
        place = raw.place(raw.public_end, len(raw.data))
        found.append(Field("private part", f"{hidden} encrypted bytes", place))
    return tuple(found)


def _public(raw: RawEntry, part: PublicPart) -> tuple[Field, ...]:
    at = FIXED_BYTES
    found = [
        Field("type", _KINDS[part.kind], raw.place(at, at + 1)),
        Field("sequence number", str(part.version), raw.place(at + 1, at + 9)),
    ]
    at += 9
    for name, value in (
        ("claims digest", part.claims),
        ("commit evidence digest", part.evidence),
    ):
        if value:
            found.append(Field(name, value.hex(), raw.place(at, at + len(value))))
            at += len(value)
    left = MAX_FIELDS
    start = at + 8
    for table in part.tables.values():
        left -= len(table.writes) + len(table.removals)
        inside = _keys(raw, table) if left > 0 else ()
        place = raw.place(start, table.end)
        found.append(Field(table.name, "", place, inside, is_ours=False))
        start = table.end
    return tuple(found)


def _keys(raw: RawEntry, table: Table) -> tuple[Field, ...]:
    written = [
        Field(
            key_text(raw.data[slice(*key)]),
            shown(raw.data[slice(*value)]),
            raw.place(*value),
            is_ours=False,
        )
        for key, value in table.writes
    ]
    removed = [
        Field(
            key_text(raw.data[slice(*key)]), "removed", raw.place(*key), is_ours=False
        )
        for key in table.removals
    ]
    return (*written, *removed)


def shown(data: bytes) -> str:
    """Return text as text and everything else in hex, at most ``MAX_SHOWN_BYTES``."""
    part = data[:MAX_SHOWN_BYTES]
    try:
        text = part.decode()
    except UnicodeDecodeError:
        text = ""
    if not text.replace("\n", "").isprintable() or not text:
        text = part.hex()
    return text if len(part) == len(data) else f"{text}…"


def header_parts(block: Block) -> tuple[HashPart, ...]:
    """Return the two halves of the tree, where the tree is known."""
    header = block.header
    if len(header) != 64:
        return ()
    return (
        HashPart("root of the first half", header[:32], Absent.NOT_IN_FORMAT),
        HashPart("root of the rest", header[32:], Absent.NOT_IN_FORMAT),
    )


def claim_parts(
    claims: list[Claim],
) -> tuple[tuple[int, tuple[HashPart, ...]], ...]:
    """Return the halves of the tree under each signed root."""
    return tuple(
        (
            index,
            (
                HashPart(
                    "root of the first half", claim.covered[:32], Absent.NOT_IN_FORMAT
                ),
                HashPart("root of the rest", claim.covered[32:], Absent.NOT_IN_FORMAT),
            ),
        )
        for index, claim in enumerate(claims)
        if isinstance(claim, HashClaim) and claim.check == checks.ROOT
    )
