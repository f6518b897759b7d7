"""From entries to claims, in order: numbers, tables, the tree and its signatures."""

import msgspec

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.crypto.trust import TrustStore
from explorer.formats.batching import BatchDraft
from explorer.formats.ccf import checks
from explorer.formats.ccf.chunks import ENTRY_HEADER_BYTES, FIXED_BYTES, RawEntry
from explorer.formats.ccf.contents import entry_of
from explorer.formats.ccf.frontier import Frontier
from explorer.formats.ccf.signers import UNSIGNED, Signed, SignerClaims
from explorer.formats.ccf.signing import (
    ACKS,
    COSE_HISTORY,
    COSE_SIGNATURES,
    OLD_HISTORY,
    SIGNATURES,
)
from explorer.formats.ccf.state import IDENTITIES, ServiceState
from explorer.formats.ccf.tables import PublicPart, read_public
from explorer.formats.ccf.tree import TreeKeeper
from explorer.model.blocks import Block, Entry, Unreadable

_SPEAKING = IDENTITIES | {
    SIGNATURES,
    COSE_SIGNATURES,
    COSE_HISTORY,
    ACKS,
    OLD_HISTORY,
}
"""Tables by which an entry names somebody or is signed by somebody."""


class EntryPlan(msgspec.Struct, frozen=True):
    """One entry, kept for the replay."""

    raw: RawEntry
    part: PublicPart | None
    entry: Entry
    signed: Signed


class Resolver:
    """Resolves the entries of one ledger, in order."""

    def __init__(self, trust: TrustStore, first: int) -> None:
        """Begin before entry ``first``."""
        self.state = ServiceState()
        self.tree = TreeKeeper(first)
        self.signers = SignerClaims(trust, self.state, is_partial=first > 1)
        self.signatures = 0
        self.private_entries = 0
        self.unsigned_tail: list[int] = []
        """Entries behind the last signature."""
        self.has_old_history = False
        self._expected = first
        self._view = 0

    def restart(self, frontier: Frontier | None) -> None:
        """Go on behind a gap with the tree of what is missing, if it is known."""
        self.tree.restart(frontier)
        self.signers.lose()

    def damage(self, item: Unreadable, draft: BatchDraft) -> None:
        """Take over damage; behind entries that were lost the tree is not known."""
        draft.damage.append(item)
        if item.check == checks.FRAMING and item.block >= 0:
            self.restart(None)
            self._expected = -1

    def entry(self, raw: RawEntry, draft: BatchDraft) -> EntryPlan:
        """Add everything about one entry."""
        self._place(raw, draft)
        part = self._public(raw, draft)
        if part is None or part.tables.keys().isdisjoint(_SPEAKING):
            plan = EntryPlan(raw, part, entry_of(raw, part), UNSIGNED)
            self.unsigned_tail.append(raw.seqno)
        else:
            plan = EntryPlan(raw, part, entry_of(raw, part), Signed())
            self.has_old_history |= OLD_HISTORY in part.tables
            self.state.apply(raw, part)
            self.signers.authority(raw, draft)
            self._signature(plan, part, draft)
            self.signers.members(raw, part, plan.signed, draft)
        header = self.tree.grow(raw, part)
        draft.entries.append(plan.entry)
        draft.blocks.append(
            Block(
                raw.seqno,
                raw.span,
                HashAlgorithm.SHA256,
                header,
                b"",
                1,
                plan.entry.time_us,
                is_configuration=plan.entry.kind == "governance",
            )
        )
        return plan

    def _place(self, raw: RawEntry, draft: BatchDraft) -> None:
        expected, self._expected = self._expected, raw.seqno + 1
        view, self._view = self._view, raw.view
        if expected >= 0 and raw.seqno != expected:
            reason = "entries-missing" if raw.seqno > expected else "entry-repeated"
        elif raw.view < view:
            reason = "view-goes-back"
        else:
            draft.passed[checks.SEQNO] += 1
            return
        place = raw.place(0, FIXED_BYTES)
        draft.fail(checks.SEQNO, reason, raw.seqno, place, detail=str(expected))

    def _public(self, raw: RawEntry, draft: BatchDraft) -> PublicPart | None:
        self.private_entries += raw.public_end < len(raw.data)
        try:
            part = read_public(raw)
        except ReadError as error:
            place = raw.place(ENTRY_HEADER_BYTES, raw.public_end)
            reason = "public-malformed"
            draft.damage.append(
                Unreadable(checks.ENTRY, reason, place, raw.seqno, str(error))
            )
            return None
        if part.version == raw.seqno:
            draft.passed[checks.ENTRY] += 1
        else:
            place = raw.place(ENTRY_HEADER_BYTES, raw.public_end)
            draft.fail(checks.ENTRY, "version-differs", raw.seqno, place)
        return part

    def _signature(self, plan: EntryPlan, part: PublicPart, draft: BatchDraft) -> None:
        raw, signed = plan.raw, plan.signed
        by_node, by_service = (
            part.tables.get(SIGNATURES),
            part.tables.get(COSE_SIGNATURES),
        )
        if by_node is None and by_service is None:
            self.unsigned_tail.append(raw.seqno)
            return
        self.signatures += 1
        self.unsigned_tail.clear()
        if by_node is not None and by_node.writes:
            self.signers.node(raw, by_node.writes[0][1], signed, draft)
        if by_service is not None and by_service.writes:
            root = signed.root or self.tree.root()
            value = by_service.writes[0][1]
            self.signers.service(raw, value, root, signed, draft)
        if signed.root:
            self.tree.signed(raw, part, signed.root, draft)
