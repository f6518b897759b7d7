"""What entries say: keys of public tables, in the words of ``model.content``.

Governance and application tables are what people ask about; ``public:ccf.internal``
holds the service's own book-keeping and is left out. What stands in private tables is
encrypted and cannot be read here at all.
"""

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.formats.ccf.chunks import RawEntry
from explorer.formats.ccf.signing import (
    COSE_HISTORY,
    COSE_SIGNATURES,
    SIGNATURES,
    issued_us,
    read_cose,
)
from explorer.formats.ccf.state import text_member
from explorer.formats.ccf.tables import PublicPart
from explorer.model.blocks import Entry
from explorer.model.content import EntryContent, KeyWrite

INTERNAL = "public:ccf.internal."
GOVERNANCE = "public:ccf.gov."
MAX_SUMMARY = 200


def entry_of(raw: RawEntry, part: PublicPart | None) -> Entry:
    """Return the entry as lists show it."""
    kind, author, summary = "unreadable", "", ""
    if part is not None:
        kind, author = _kind(part), _author(raw, part)
        summary = ", ".join(part.tables)[:MAX_SUMMARY]
        if not part.tables:
            summary = "private tables only"
    return Entry(
        raw.seqno,
        0,
        f"{raw.view}.{raw.seqno}",
        kind,
        author,
        raw.span,
        _time(raw, part),
        summary=summary,
    )


def content_of(
    raw: RawEntry, part: PublicPart, entry: Entry, *, author_verified: bool
) -> EntryContent:
    """Return the keys that an entry writes and removes."""
    writes: list[KeyWrite] = []
    for table in part.tables.values():
        if table.name.startswith(INTERNAL):
            continue
        for key, value in table.writes:
            writes.append(
                KeyWrite(
                    table.name,
                    key_text(raw.data[slice(*key)]),
                    raw.data[slice(*value)],
                    is_delete=False,
                    span=raw.place(*value),
                )
            )
        for key in table.removals:
            name = key_text(raw.data[slice(*key)])
            place = raw.place(*key)
            writes.append(KeyWrite(table.name, name, b"", is_delete=True, span=place))
    return EntryContent(
        raw.seqno,
        0,
        entry.id,
        entry.kind,
        entry.author,
        author_verified,
        accepted=True,
        time_us=entry.time_us,
        writes=tuple(writes),
    )


def key_text(key: bytes) -> str:
    """Return a key as text: the one key of a single value, text, or hex."""
    if key == bytes(8):
        return "value"
    try:
        text = key.decode()
    except UnicodeDecodeError:
        return key.hex()
    return text if text.isprintable() and text else key.hex()


def _kind(part: PublicPart) -> str:
    names = part.tables
    if SIGNATURES in names or COSE_SIGNATURES in names:
        return "signature"
    is_internal = bool(names)
    for name in names:
        if name.startswith(GOVERNANCE):
            return "governance"
        is_internal = is_internal and name.startswith(INTERNAL)
    return "internal" if is_internal else "application"


def _author(raw: RawEntry, part: PublicPart) -> str:
    table = part.tables.get(COSE_HISTORY)
    if table is not None and len(table.writes) == 1:
        return raw.data[slice(*table.writes[0][0])].decode("ascii", "replace")
    table = part.tables.get(SIGNATURES)
    if table is not None and table.writes:
        return text_member(raw.data[slice(*table.writes[0][1])], "node")
    return ""


def _time(raw: RawEntry, part: PublicPart | None) -> int | Absent:
    table = None if part is None else part.tables.get(COSE_SIGNATURES)
    if table is None or not table.writes:
        return Absent.NOT_IN_FORMAT
    try:
        return issued_us(read_cose(raw.data[slice(*table.writes[0][1])]))
    except ReadError:
        return Absent.UNREADABLE
