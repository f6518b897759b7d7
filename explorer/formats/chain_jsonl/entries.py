"""The items of blocks as entries and signature claims.

docs/formats/chain-jsonl.md version 1, section 3, point 5, and section 4.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from explorer.core.spans import ByteSpan
from explorer.formats.chain_jsonl import specs
from explorer.formats.chain_jsonl.contents import summary
from explorer.formats.chain_jsonl.drafting import Draft
from explorer.formats.chain_jsonl.reading import Item
from explorer.formats.chain_jsonl.rules import ChainRules, Signer, octets_of
from explorer.model.blocks import Entry
from explorer.model.checks import CheckResult, Outcome
from explorer.model.claims import SignatureClaim

ITEM_HEAD = len(b'{"entry":')
_BARE_TAIL = len(b"}")
_SIGNATURE_TAIL = len(b',"signature":""}')
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def value_end(item: Item, leaf_size: int) -> int:
    """Return where the value of ``entry`` ends in its item."""
    signed = len(item.signature)
    return leaf_size - (signed + _SIGNATURE_TAIL if signed else _BARE_TAIL)


class EntryResolver:
    """Knows the entry ids seen so far."""

    def __init__(self, source: int) -> None:
        """Know none yet."""
        self._source = source
        self._ids: set[str] = set()
        self.unkeyed = 0
        """Signatures that no key is known for, because the header is missing."""
        self.unsigned = 0
        """Entries without a signature where the rules demand none."""

    def take(
        self,
        leaves: Sequence[bytes],
        items: Sequence[Item],
        at: tuple[int, int],
        rules: ChainRules | None,
        out: Draft,
    ) -> None:
        """Take the entries of one block; ``at`` is its height and the first offset."""
        height, offset = at
        for position, item in enumerate(items):
            leaf, value = leaves[position], item.entry
            span = ByteSpan(self._source, offset, offset + len(leaf))
            offset = span.end + 1
            out.entries.append(
                Entry(
                    height,
                    position,
                    value.id,
                    value.type,
                    value.author,
                    span,
                    (value.time - _EPOCH) // _MICROSECOND,
                    "",
                    summary(value.payload),
                )
            )
            known = len(self._ids)
            self._ids.add(value.id)
            if len(self._ids) == known:
                fault = "entry-id-repeated"
                out.report(_result(specs.ENTRY_ID, fault, out.entries[-1], value.id))
            signer = rules.signers.get(value.author) if rules else None
            out.anchored.append(signer is not None and signer.anchored)
            out.signatures.append(self._sign(leaf, item, signer, rules, out))
        out.items += items
        out.leaves += leaves

    def _sign(
        self,
        leaf: bytes,
        item: Item,
        signer: Signer | None,
        rules: ChainRules | None,
        out: Draft,
    ) -> int:
        """Claim the signature of the newest entry; return the claim's index or -1."""
        entry = out.entries[-1]
        if rules is None:
            self.unkeyed += bool(item.signature)
            return -1
        if signer is None:
            fault = "author-not-listed"
            out.report(_result(specs.ENTRY_AUTHOR, fault, entry, entry.author))
            out.unproven.append(entry.block)
            return -1
        out.passed[specs.ENTRY_AUTHOR] += 1
        if not item.signature:
            self._unsigned(entry, rules, out)
            return -1
        size, start = len(leaf), entry.span.start
        end = value_end(item, size)
        out.claims.append(
            SignatureClaim(
                specs.ENTRY_SIGNATURE,
                entry.block,
                entry.position,
                signer.scheme,
                signer.key,
                rules.entry_prefix + leaf[ITEM_HEAD:end],
                octets_of(item.signature, 0),
                ByteSpan(self._source, start + ITEM_HEAD, start + end),
                ByteSpan(
                    self._source,
                    entry.span.end - 2 - len(item.signature),
                    entry.span.end - 2,
                ),
                decisive=True,
                signer=signer.party.id,
                role="author",
                low_s=signer.low_s,
            )
        )
        return len(out.claims) - 1

    def _unsigned(self, entry: Entry, rules: ChainRules, out: Draft) -> None:
        if not rules.entries_must_be_signed:
            self.unsigned += 1
            return
        fault = "signature-missing"
        out.report(_result(specs.ENTRY_SIGNATURE, fault, entry, entry.author))
        out.unproven.append(entry.block)


def _result(check: str, reason: str, entry: Entry, detail: str) -> CheckResult:
    return CheckResult(
        check,
        Outcome.FAILED,
        reason,
        entry.block,
        entry.position,
        spans=(entry.span,),
        detail=detail,
    )
