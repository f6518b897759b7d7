"""What the checked signatures mean for entries and blocks.

docs/formats/chain-jsonl.md version 1, section 2 (rules) and section 4.
"""

from collections.abc import Sequence

from explorer.core.spans import ByteSpan
from explorer.formats.chain_jsonl.contents import media_type
from explorer.formats.chain_jsonl.drafting import ChainBatch
from explorer.formats.chain_jsonl.entries import ITEM_HEAD, value_end
from explorer.formats.chain_jsonl.reading import Item
from explorer.formats.chain_jsonl.rules import ChainRules
from explorer.model.blocks import Entry
from explorer.model.checks import Outcome
from explorer.model.content import Document, EntryContent
from explorer.model.ledgers import Replayed

_PAYLOAD = b',"payload":'
_TIME = b',"time":"'


def replay(
    batch: ChainBatch,
    outcomes: Sequence[int],
    rules: ChainRules | None,
    *,
    is_header_tied: bool,
) -> Replayed:
    """Return what the entries say, and which blocks nobody named has signed.

    A chain whose rules demand no block signatures is attributed nowhere: nobody
    answers for the order and the number of its entries. Nor is one whose header line,
    and with it these rules, no block is tied to.
    """
    contents: list[EntryContent] = []
    unattributed = set(batch.unproven)
    demanded = rules is not None and rules.entries_must_be_signed
    for index, entry in enumerate(batch.entries):
        claim = batch.signatures[index]
        holds = claim >= 0 and outcomes[claim] == Outcome.PASSED
        if demanded and not (holds and batch.anchored[index]):
            unattributed.add(entry.block)
        contents.append(
            _content(entry, batch.items[index], batch.leaves[index], holds=holds)
        )
    if rules is None or not rules.every or not is_header_tied:
        unattributed.update(each.height for each in batch.blocks)
    return Replayed(contents=contents, unattributed=sorted(unattributed))


def payload_range(leaf: bytes, end: int) -> tuple[int, int]:
    """Return where the payload stands in its item; ``end`` is that of the value.

    A quote inside a text is escaped, so both marks are found at their own place: no
    text before the payload can hold the first, none behind it the second.
    """
    start = leaf.index(_PAYLOAD, ITEM_HEAD) + len(_PAYLOAD)
    return start, leaf.rindex(_TIME, start, end)


def _content(entry: Entry, item: Item, leaf: bytes, *, holds: bool) -> EntryContent:
    start, end = payload_range(leaf, value_end(item, len(leaf)))
    at, source = entry.span.start, entry.span.source
    document = Document(
        media_type(item.entry.payload),
        leaf[start:end],
        ByteSpan(source, at + start, at + end),
    )
    return EntryContent(
        entry.block,
        entry.position,
        entry.id,
        entry.kind,
        entry.author,
        holds,
        accepted=True,
        time_us=entry.time_us,
        documents=(document,),
    )
