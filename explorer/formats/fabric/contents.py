"""What transactions say, in the words of ``model.content``.

Reads and writes of public keys with their versions, the call's arguments, the creator.
Left out: chaincode definitions (``_lifecycle``, ``lscc``), which are no user's records,
and private collections, of which blocks hold only hashes.
"""

from explorer.core.absent import Absent
from explorer.formats.fabric.plans import BlockPlan, TxPlan
from explorer.formats.fabric.rwsets import Read, Space
from explorer.formats.fabric.tx_claims import HIDDEN_SPACES
from explorer.model.content import EntryContent, KeyRead, KeyWrite


def content_of(
    plan: BlockPlan,
    planned: TxPlan,
    *,
    is_accepted: bool,
    is_enforced: bool,
    creator_holds: bool,
) -> EntryContent:
    """Return what one endorser transaction says."""
    tx, creator = planned.tx, planned.creator
    reads: list[KeyRead] = []
    writes: list[KeyWrite] = []
    for space in tx.spaces:
        if space.name not in HIDDEN_SPACES:
            _add_reads(reads, space)
            _add_writes(writes, space, plan)
    arguments = planned.arguments
    return EntryContent(
        plan.height,
        planned.position,
        tx.tx_id,
        arguments[0] if arguments else "",
        creator.author if creator is not None else "",
        creator_holds,
        is_accepted,
        tx.time_us if tx.time_us >= 0 else Absent.UNREADABLE,
        tuple(reads),
        tuple(writes),
        arguments=arguments[1:],
        enforced=is_enforced,
    )


def _add_reads(reads: list[KeyRead], space: Space) -> None:
    name = space.name
    reads.extend(_key_read(name, each) for each in space.reads)
    for query in space.ranges:
        reads.extend(_key_read(name, each) for each in query.reads)


def _key_read(space: str, read: Read) -> KeyRead:
    key, version = read
    return KeyRead(
        space,
        key.decode(errors="replace"),
        Absent.NOT_IN_FORMAT if version is None else version,
    )


def _add_writes(writes: list[KeyWrite], space: Space, plan: BlockPlan) -> None:
    raw = plan.raw
    writes.extend(
        KeyWrite(
            space.name,
            write.key.decode(errors="replace"),
            raw.data[write.start : write.end],
            write.is_delete,
            raw.span(write.start, write.end),
        )
        for write in space.writes
    )
