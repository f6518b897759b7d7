"""From parsed blocks to claims: who must have signed, which hashes must agree.

Works in file order, because the configuration in force decides who is a member, which
consenter has which number and what a block needs to be accepted. Left out: everything
that needs the outcome of a claim (``replay``).
"""

from dataclasses import dataclass

from explorer.core.absent import Absent
from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.crypto.chains import ChainReason
from explorer.crypto.trust import TrustStore
from explorer.formats.fabric import checks
from explorer.formats.fabric.block_claims import OrdererClaims, claim_data_hash
from explorer.formats.fabric.checks import failed
from explorer.formats.fabric.config import ChannelConfig
from explorer.formats.fabric.config_updates import ConfigUpdates, read_config
from explorer.formats.fabric.draft import Draft
from explorer.formats.fabric.epochs import EpochBook
from explorer.formats.fabric.identities import Identity, IdentityBook
from explorer.formats.fabric.messages import code_name
from explorer.formats.fabric.metadata import FLAGS, SIGNATURES, read_metadata
from explorer.formats.fabric.plans import BlockPlan, Epoch, ParsedBlocks
from explorer.formats.fabric.records import RawBlock
from explorer.formats.fabric.sequence import BlockSequence, Placed
from explorer.formats.fabric.transactions import CONFIG, Transaction
from explorer.formats.fabric.tx_claims import TransactionClaims, entry_of
from explorer.model.blocks import Block, Unreadable
from explorer.model.checks import CheckResult, Outcome
from explorer.model.claims import IdentityClaim
from explorer.model.ledgers import Batch

CHAIN_REASONS = frozenset(str(each) for each in ChainReason)
Place = tuple[int, int]


@dataclass(slots=True)
class LedgerFacts:
    """What is known of a ledger before its blocks are read."""

    channel: str
    is_store: bool
    """A store holds every block; an export may have gaps."""
    first: int
    """Number of the first block; -1 if it may be any."""
    copies: dict[int, tuple[bytes, ByteSpan]]
    """Header and place of block files beside a store, by number."""


class Resolver:
    """Resolves the blocks of one ledger, in file order."""

    def __init__(
        self, facts: LedgerFacts, sequence: BlockSequence, trust: TrustStore
    ) -> None:
        """Begin before the first block."""
        self._facts = facts
        self._sequence = sequence
        self.book = IdentityBook()
        self.epochs = EpochBook(trust)
        self._orderers = OrdererClaims(self.book)
        self._transactions = TransactionClaims(self.book)
        self._updates = ConfigUpdates(self.book)
        self.copies = facts.copies
        """Block files whose block has not come yet."""
        self._judged: set[str] = set()
        self._judged_under: Epoch | None = None
        self._has_all = facts.is_store and facts.first == 0
        self._since = 0
        """First block of the run that is read without a gap."""
        self._next = 0
        """Height with which that run goes on."""
        self.anchored: set[str] = set()
        """Ids of parties that stand under one of the user's anchors."""
        self.has_legacy_slots = False

    def resolve(self, parsed: ParsedBlocks) -> Batch:
        """Return the batch of some parsed blocks, and leave the plan with them."""
        draft = Draft()
        for item, transactions in zip(parsed.items, parsed.transactions, strict=True):
            if isinstance(item, RawBlock):
                parsed.plan.append(self._block(item, transactions, draft))
            else:
                self._damage(item, draft)
                parsed.plan.append(None)
        return draft.batch(parsed.done_bytes, parsed.total_bytes)

    def again(
        self, raw: RawBlock, height: int, transactions: list[Transaction]
    ) -> Draft:
        """Return the claims of one block, with the configuration known for it."""
        draft = Draft()
        plan = BlockPlan(raw, height, read_metadata(raw, height), None)
        plan.epoch = self.epochs.at(height)
        plan.is_config = any(each.type == CONFIG for each in transactions)
        self._judged.clear()
        draft.claims.extend(self._sequence.link_of(raw, height))
        config = self._config(plan, transactions, draft) if plan.is_config else None
        self._claim_all(plan, transactions, draft)
        if config is not None:
            self._updates.claim(plan, self._facts.channel, *config, draft)
        return draft

    def _damage(self, item: Unreadable, draft: Draft) -> None:
        is_tail = item.reason == "trailing-bytes"
        has_place = self._facts.is_store and not is_tail
        height = self._sequence.lost() if has_place else item.block
        self._has_all = self._has_all and is_tail
        self._next = self._next if is_tail else -1
        draft.damage.append(
            Unreadable(item.check, item.reason, item.span, height, item.detail)
        )

    def _block(
        self, raw: RawBlock, transactions: list[Transaction], draft: Draft
    ) -> BlockPlan | None:
        placed = self._sequence.place(raw)
        link_claim = self._note_place(raw, placed, draft)
        if not placed.is_kept:
            return None
        if placed.is_gap:
            self._has_all = False
        height = placed.height
        self._since = self._since if height == self._next else height
        metadata = read_metadata(raw, height)
        is_config = any(each.type == CONFIG for each in transactions)
        plan = BlockPlan(raw, height, metadata, None, is_config=is_config)
        plan.has_gap_before, plan.link_claim = placed.is_gap, link_claim
        config = self._config(plan, transactions, draft) if is_config else None
        self._choose_epoch(plan, -1 if config is None else config[0].sequence)
        self._note_metadata(plan, draft)
        draft.cover(raw, is_replayed=self._has_all)
        self._claim_all(plan, transactions, draft)
        self._next = -1 if is_config and config is None else height + 1
        if config is not None:
            channel = self._facts.channel
            self._updates.claim(plan, channel, config[0], config[1], draft)
            draft.claims.extend(self.epochs.begin(config[0], raw))
        return plan

    def _note_place(self, raw: RawBlock, placed: Placed, draft: Draft) -> int:
        """Take over what the sequence found; return the link's claim, -1 if none."""
        draft.results.extend(placed.results)
        link_claim = -1
        for link in placed.links:
            link_claim = draft.claim(link)
        for check in placed.passed:
            draft.passed[check] += 1
        copy = self.copies.pop(placed.height, None)
        if copy is not None and copy[0] != raw.header:
            spans = (raw.whole, copy[1])
            draft.results.append(
                failed(checks.NUMBER, "blocks-conflict", placed.height, spans)
            )
        if raw.fault:
            height = placed.height
            draft.results.append(
                failed(checks.FRAMING, raw.fault, height, (raw.whole,))
            )
        else:
            draft.passed[checks.FRAMING] += 1
        return link_claim

    def _config(
        self, plan: BlockPlan, transactions: list[Transaction], draft: Draft
    ) -> tuple[ChannelConfig, Place] | None:
        """Return the configuration that the block holds and its update's place."""
        raw = plan.raw
        tx = next(each for each in transactions if each.type == CONFIG)
        if len(transactions) > 1:
            draft.results.append(
                failed(checks.ENVELOPE, "config-not-alone", plan.height, (raw.whole,))
            )
        try:
            return read_config(plan, tx)
        except ReadError as error:
            spans = (raw.span(*tx.place),)
            draft.results.append(
                failed(
                    checks.CONFIG_CONTENT,
                    "config-malformed",
                    plan.height,
                    spans,
                    str(error),
                )
            )
            return None

    def _choose_epoch(self, plan: BlockPlan, sequence: int) -> None:
        declared = plan.metadata.last_config
        choice = self.epochs.before(declared, sequence, since=self._since)
        plan.epoch = choice.epoch
        if choice.is_conflict:
            plan.metadata.faults.append(
                ("last-config-mismatch", plan.raw.slot_place(SIGNATURES))
            )

    def _note_metadata(self, plan: BlockPlan, draft: Draft) -> None:
        raw, metadata = plan.raw, plan.metadata
        for reason, place in metadata.faults:
            draft.results.append(
                failed(checks.METADATA, reason, plan.height, (raw.span(*place),))
            )
        if not metadata.faults:
            draft.passed[checks.METADATA] += 1
        self.has_legacy_slots = self.has_legacy_slots or metadata.has_legacy_slot

    def _claim_all(
        self, plan: BlockPlan, transactions: list[Transaction], draft: Draft
    ) -> None:
        raw, height = plan.raw, plan.height
        claim_data_hash(plan, draft)
        self._check_envelopes(plan, transactions, draft)
        self._orderers.claim(plan, draft)
        flags = raw.slot(FLAGS)
        refused_count = 0
        for position, tx in enumerate(transactions):
            planned = self._transactions.claim(plan, position, tx, draft)
            plan.transactions.append(planned)
            code = flags[position] if position < len(flags) else 0
            refused_count += code != 0
            refused = code_name(code) if code else ""
            draft.entries.append(entry_of(plan, planned, refused))
        self._note_members(plan, draft)
        times = [each.time_us for each in transactions[:1] if each.time_us >= 0]
        draft.blocks.append(
            Block(
                height,
                raw.whole,
                HashAlgorithm.SHA256,
                raw.header,
                raw.previous_hash,
                len(transactions),
                times[0] if times else Absent.UNREADABLE,
                refused_count,
                plan.is_config,
            )
        )

    def _check_envelopes(
        self, plan: BlockPlan, transactions: list[Transaction], draft: Draft
    ) -> None:
        """Answer for the encoding and the channel of every envelope."""
        raw, channel = plan.raw, self._facts.channel
        for position, tx in enumerate(transactions):
            is_first = plan.height == 0 or tx.type == CONFIG
            lacks_payload = tx.payload[0] == tx.payload[1]
            lacks_signature = tx.signature[0] == tx.signature[1] and not is_first
            if not tx.is_canonical:
                self._entry_failed(plan, position, tx, draft, "envelope-not-canonical")
            elif lacks_payload or lacks_signature:
                self._entry_failed(plan, position, tx, draft, "envelope-incomplete")
            else:
                draft.passed[checks.ENVELOPE] += 1
            if tx.channel == channel:
                draft.passed[checks.CHANNEL] += 1
            elif tx.head_code == 0:
                self._entry_failed(plan, position, tx, draft, "other-channel")
        if not transactions:
            draft.results.append(
                failed(checks.ENVELOPE, "block-empty", plan.height, (raw.whole,))
            )

    def _entry_failed(
        self,
        plan: BlockPlan,
        position: int,
        tx: Transaction,
        draft: Draft,
        reason: str,
    ) -> None:
        is_channel = reason == "other-channel"
        channel = self._facts.channel
        draft.results.append(
            CheckResult(
                checks.CHANNEL if is_channel else checks.ENVELOPE,
                Outcome.FAILED,
                reason,
                plan.height,
                position,
                expected=channel if is_channel else "",
                computed=tx.channel if is_channel else "",
                spans=(plan.raw.span(*tx.place),),
            )
        )

    def _note_members(self, plan: BlockPlan, draft: Draft) -> None:
        """Claim once per configuration that each signer is a member."""
        epoch = plan.epoch
        if epoch is None:
            return
        if self._judged_under is not epoch:
            self._judged_under = epoch
            self._judged.clear()
        signers = list(plan.orderers)
        for planned in plan.transactions:
            signers.extend([identity for identity, _ in planned.endorsers])
            if planned.creator is not None:
                signers.append(planned.creator)
        for identity in signers:
            if identity.party not in self._judged:
                self._judged.add(identity.party)
                self._claim_member(plan, epoch, identity, draft)

    def _claim_member(
        self, plan: BlockPlan, epoch: Epoch, identity: Identity, draft: Draft
    ) -> None:
        standing = epoch.membership.standing(identity)
        if standing.is_anchored:
            self.anchored.add(identity.party)
        msp = epoch.membership.msps.get(identity.msp_id)
        is_chain = standing.is_valid or standing.reason in CHAIN_REASONS
        if msp is None or isinstance(identity.certificate, Absent) or not is_chain:
            draft.results.append(
                CheckResult(
                    checks.MEMBERSHIP,
                    Outcome.FAILED if standing.is_judged else Outcome.INCONCLUSIVE,
                    standing.reason,
                    plan.height,
                    spans=(identity.place,),
                    decisive=False,
                    detail=identity.author,
                )
            )
            return
        draft.claims.append(
            IdentityClaim(
                checks.MEMBERSHIP,
                plan.height,
                identity.party,
                identity.msp_id,
                identity.certificate.der,
                tuple(each.der for each in msp.roots),
                tuple(each.der for each in msp.intermediates),
                tuple(each.der for each in msp.revocation_lists),
                -1,
                identity.place,
                decisive=False,
            )
        )
