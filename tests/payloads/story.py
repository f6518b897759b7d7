"""A small state database that records what its entries read and wrote, for tests."""

import msgspec

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.model.content import Document, EntryContent, KeyRead, KeyWrite

NOWHERE = ByteSpan(0, 0, 0)


def document(value: object, media_type: str = "application/json") -> Document:
    data = value if isinstance(value, bytes) else msgspec.json.encode(value)
    return Document(media_type, data, NOWHERE)


def said(
    block: int,
    *values: object,
    entry: int = 0,
    accepted: bool = True,
    verified: bool = True,
    kind: str = "note",
) -> EntryContent:
    """Return an entry that holds these documents."""
    return EntryContent(
        block,
        entry,
        f"entry-{block}-{entry}",
        kind,
        "Alice",
        verified,
        accepted,
        1_000_000 * block,
        documents=tuple(document(each) for each in values),
    )


class Story:
    """Plays entries one block each and keeps every key's version as a ledger does."""

    def __init__(self, space: str = "pear", *, enforced: bool = True) -> None:
        self.space = space
        self.enforced = enforced
        self.contents: list[EntryContent] = []
        self.versions: dict[str, tuple[int, int]] = {}
        self.block = 0

    def tx(
        self,
        what: str,
        reads: tuple[str, ...] = (),
        writes: tuple[str, ...] = (),
        *,
        deletes: tuple[str, ...] = (),
        at: dict[str, tuple[int, int]] | None = None,
        accepted: bool = True,
        verified: bool = True,
        system: bool = True,
    ) -> EntryContent:
        """Play one entry; ``at`` reads keys at versions of the test's own choice."""
        read_at = {each: self.versions.get(each) for each in reads} | dict(at or {})
        read_values = [
            KeyRead(self.space, key, version or Absent.NOT_IN_FORMAT)
            for key, version in read_at.items()
        ]
        if system:
            read_values.insert(0, KeyRead("_lifecycle", "fields/Sequence", (0, 1)))
        write_values = [
            KeyWrite(self.space, each, f"{what} {each}".encode(), False, NOWHERE)
            for each in writes
        ] + [KeyWrite(self.space, each, b"", True, NOWHERE) for each in deletes]
        self.block += 1
        if accepted:
            self.versions |= dict.fromkeys(writes, (self.block, 0))
            for each in deletes:
                self.versions.pop(each, None)
        content = EntryContent(
            self.block,
            0,
            f"tx{self.block}",
            what,
            "OrchardMSP",
            verified,
            accepted,
            1_000_000 * self.block,
            tuple(read_values),
            tuple(write_values),
            enforced=self.enforced,
        )
        self.contents.append(content)
        return content


def pear_story() -> Story:
    """Play two orchards, three lots, a merge, a split, boxes, a recall, refusals.

    Block: 1, 2 orchards GY1, GY2. 3 lot PC1 of GY1. 4 lot PC2 of GY2. 5 inspection JC1
    of PC1. 6 merge to HB1. 7 split to FJ1, FJ2. 8 FJ1 to boxes X1, X2. 9 X1, X2 shipped
    as YS1. 10 lot PC3 of GY1, blended into PC2's leftover record by revision only (must
    not reach the boxes). 11 X1 sold. 12 refused scan of X1. 13 refused lot PC9 of GY1.
    14 recall ZH1 of HB1. 15 PC3 deleted.
    """
    story = Story()
    story.tx("Create", (), ("orchard/GY1",))
    story.tx("Create", (), ("orchard/GY2",))
    story.tx("Harvest", ("lot/PC1", "orchard/GY1"), ("lot/PC1",))
    story.tx("Harvest", ("lot/PC2", "orchard/GY2"), ("lot/PC2",))
    story.tx("Inspect", ("lot/PC1",), ("inspection/JC1", "lot/PC1"))
    story.tx("Merge", ("lot/PC1", "lot/PC2"), ("lot/HB1", "lot/PC1", "lot/PC2"))
    story.tx("Split", ("lot/HB1",), ("lot/FJ1", "lot/FJ2", "lot/HB1"))
    story.tx("Pack", ("lot/FJ1",), ("box/X1", "box/X2", "lot/FJ1"))
    story.tx("Ship", ("box/X1", "box/X2"), ("box/X1", "box/X2", "shipment/YS1"))
    story.tx("Harvest", ("lot/PC3", "orchard/GY1", "lot/PC2"), ("lot/PC3", "lot/PC2"))
    story.tx("Sell", ("box/X1",), ("box/X1", "sale/XS1"))
    story.tx("Scan", ("box/X1",), ("box/X1",), accepted=False)
    story.tx("Harvest", ("lot/PC9", "orchard/GY1"), ("lot/PC9",), accepted=False)
    story.tx("Recall", ("lot/HB1",), ("lot/HB1", "recall/ZH1"))
    story.tx("Delete", ("lot/PC3",), deletes=("lot/PC3",))
    return story
