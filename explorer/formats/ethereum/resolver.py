"""Turns read blocks, in order, into blocks, entries and claims.

What needs the blocks before it is decided here: links, branches, which rules are in
force, uncles, total difficulties, validators.
"""

from collections.abc import Iterable

from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.crypto.hashes import hash_function
from explorer.crypto.trust import TrustStore
from explorer.formats.ethereum import checks
from explorer.formats.ethereum.ancestry import Ancestry, Known
from explorer.formats.ethereum.block_claims import add_block_claims
from explorer.formats.ethereum.body_rules import block_breaches
from explorer.formats.ethereum.branches import NO_BRANCHES, Branches
from explorer.formats.ethereum.draft import Draft, Plan
from explorer.formats.ethereum.era1_claims import add_era_tail
from explorer.formats.ethereum.era1_reader import EraTail
from explorer.formats.ethereum.forks import (
    MAINNET,
    MAINNET_GENESIS,
    Network,
    network_by_chain,
)
from explorer.formats.ethereum.header_rules import (
    Setting,
    header_breaches,
    parent_breaches,
)
from explorer.formats.ethereum.headers import Header
from explorer.formats.ethereum.records import RawBlock
from explorer.formats.ethereum.seal_claims import SealClaims
from explorer.formats.ethereum.sealing import Sealing, SealKind, sealing_of
from explorer.formats.ethereum.tx_claims import (
    TransactionClaims,
    compare_stated,
    time_of,
)
from explorer.formats.ethereum.uncle_rules import uncle_breaches
from explorer.model.blocks import Block, Unreadable
from explorer.model.checks import CheckResult, Kind, Outcome
from explorer.model.claims import LinkClaim

_KECCAK = HashAlgorithm.KECCAK256
_keccak = hash_function(_KECCAK)
_PARENT, _NUMBER, _EXTRA = 0, 8, 12
_PUBLIC_DIFFICULTY = 10**6
FICTION_MARK = "虚构演示数据".encode()
"""In the extra data of the first block it marks a chain as fictional."""
Item = RawBlock | Unreadable | EraTail


class Resolver:
    """Resolves the blocks of one ledger."""

    def __init__(self, network: Network, trust: TrustStore) -> None:
        """Judge by the rules of ``network`` where it is known."""
        self._named = network
        self._trust = trust
        self.begin(NO_BRANCHES)

    def begin(self, branches: Branches) -> None:
        """Start over with what is known about branches."""
        self.network = self._named
        self.seals = SealClaims(self._trust)
        self.chain_id = -1
        self.first = -1
        """Number of the first block, -1 before it."""
        self.counts: dict[str, int] = {}
        """How often something was met that a remark tells."""
        self.is_fictional = False
        self._branches = branches
        self._ancestry = Ancestry(has_forks=branches.has_forks)
        self._transactions = TransactionClaims(has_forks=branches.has_forks)
        self._is_damaged = False

    def resolve(self, items: Iterable[Item]) -> Draft:
        """Return what these blocks and damaged places claim."""
        draft = Draft()
        for item in items:
            if isinstance(item, EraTail):
                add_era_tail(draft, item)
            elif isinstance(item, Unreadable):
                draft.damage.append(item)
                self._is_damaged = True
            else:
                self._block(draft, item)
        return draft

    def hashed(self, raw: RawBlock) -> bytes:
        """Return the bytes whose Keccak-256 is the block's hash; empty if unknown."""
        if raw.header is None:
            return b""
        return sealing_of(raw.header, may_be_clique=False).hashed

    def again(self, raw: RawBlock) -> Draft:
        """Return the claims of one block alone, with its link if that is remembered."""
        _leave_foreign(raw)
        alone = Resolver(self._named, self._trust)
        alone.network, alone.chain_id = self.network, self.chain_id
        alone.seals.kind, alone.first = self.seals.kind, self.first
        alone._ancestry = self._ancestry
        draft = Draft()
        sealing = alone._sealing(raw)
        known, parent = alone._known(raw, sealing)
        plan = Plan(raw)
        if parent is not None:
            alone._link(draft, plan, parent)
        alone._claims(draft, plan, sealing, known, parent)
        return draft

    def _known(self, raw: RawBlock, sealing: Sealing) -> tuple[Known, Known | None]:
        parent = self._ancestry.parent_of(raw.number, raw.parent_hash)
        known = Known(
            raw.number,
            raw.header,
            sealing.hashed,
            raw.place_of(raw.header_span, _PARENT),
            parent,
            raw.declared_hash,
        )
        return known, parent

    def _block(self, draft: Draft, raw: RawBlock) -> None:
        _leave_foreign(raw)
        sealing = self._sealing(raw)
        known, parent = self._known(raw, sealing)
        if self._branches.has_forks and self._is_repeat(draft, raw, known):
            return
        plan = Plan(raw)
        if self._branches.has_forks:
            plan.is_aside = known.hash in self._branches.aside
        self._recognise(raw, known, sealing)
        self._number(draft, raw, parent)
        self._link(draft, plan, parent)
        self._claims(draft, plan, sealing, known, parent)
        self._ancestry.add(known)
        self._is_damaged = False
        if self.first < 0:
            self.first = raw.number
            header = raw.header
            self.is_fictional = header is not None and FICTION_MARK in header.extra
        draft.plans.append(plan)

    def _is_repeat(self, draft: Draft, raw: RawBlock, known: Known) -> bool:
        """Return whether the very same block came before, and tell it."""
        before = self._ancestry.repeated(known.hash)
        if before is None:
            return False
        is_same_file = before.source == raw.span.source and raw.is_contiguous
        draft.answer(
            checks.NUMBER,
            Outcome.FAILED if is_same_file else Outcome.NOT_APPLICABLE,
            "block-repeated",
            raw.number,
            raw.span,
        )
        return True

    def _recognise(self, raw: RawBlock, known: Known, sealing: Sealing) -> None:
        """Learn from a block which network it belongs to, if nobody said so."""
        for each in raw.transactions:
            if self.chain_id < 0 and each.tx is not None:
                self.chain_id = each.tx.chain_id
        if self.network.is_known:
            return
        if raw.number == 0 and known.hash == MAINNET_GENESIS:
            self.network = MAINNET
        elif self.chain_id >= 0 and sealing.kind is self.seals.kind is SealKind.NONE:
            found = network_by_chain(self.chain_id, raw.number)
            if raw.header is not None and _may_be_public(raw.header):
                self.network = found

    def _number(self, draft: Draft, raw: RawBlock, parent: Known | None) -> None:
        place = raw.field_span(_NUMBER)
        if parent is not None and parent.number + 1 != raw.number:
            draft.results.append(
                CheckResult(
                    checks.NUMBER,
                    Outcome.FAILED,
                    "number-mismatch",
                    raw.number,
                    expected=str(parent.number + 1),
                    computed=str(raw.number),
                    spans=(place,),
                )
            )
        elif parent is None and self.first >= 0 and not self._is_damaged:
            draft.answer(
                checks.NUMBER,
                Outcome.FAILED if raw.is_contiguous else Outcome.INCONCLUSIVE,
                "blocks-missing",
                raw.number,
                place,
            )
        else:
            draft.passed[checks.NUMBER] += 1

    def _link(self, draft: Draft, plan: Plan, parent: Known | None) -> None:
        raw = plan.raw
        place = raw.field_span(_PARENT)
        if parent is None or not raw.parent_hash:
            is_first = raw.number == 0 and not any(raw.parent_hash)
            is_lost = self._is_damaged and raw.is_contiguous
            reason = "first-block" if is_first else "parent-not-in-export"
            draft.answer(
                checks.LINK,
                Outcome.INCONCLUSIVE if is_lost else Outcome.NOT_APPLICABLE,
                "parent-unreadable" if is_lost else reason,
                raw.number,
                place,
            )
        elif parent.hashed:
            plan.link_claim = draft.claim(
                LinkClaim(
                    checks.LINK,
                    raw.number,
                    _KECCAK,
                    parent.hashed,
                    raw.parent_hash,
                    parent.header_span,
                    place,
                )
            )
        else:
            is_other = parent.declared_hash not in {b"", raw.parent_hash}
            draft.answer(
                checks.LINK,
                Outcome.FAILED if is_other else Outcome.INCONCLUSIVE,
                "stated-parent-mismatch" if is_other else "parent-incomplete",
                raw.number,
                place,
            )

    def _claims(
        self,
        draft: Draft,
        plan: Plan,
        sealing: Sealing,
        known: Known,
        parent: Known | None,
    ) -> None:
        raw, header = plan.raw, plan.raw.header
        draft.blocks.append(_block_of(plan, known, sealing))
        _cover(draft, raw)
        total = parent.total if parent is not None else -1
        count = header.field_count if header is not None else 0
        known.reach = self.network.reach(count, raw.number, raw.time, total)
        self._total(draft, raw, known, parent)
        add_block_claims(draft, plan, known.hashed)
        reach, network = known.reach, self.network
        self._transactions.add(draft, plan, reach, network, self._wanted_chain())
        _receipts_stated(draft, plan)
        if header is None:
            return
        self.seals.add(draft, plan, sealing, known, parent)
        if plan.is_aside and sealing.kind not in {SealKind.NONE, SealKind.CLIQUE}:
            place = raw.field_span(_EXTRA)
            outcome = Outcome.INCONCLUSIVE
            draft.answer(checks.QUORUM, outcome, "sealed-twice", raw.number, place)
        self._rules(draft, plan, header, known, parent)

    def _sealing(self, raw: RawBlock) -> Sealing:
        if raw.header is None:
            return Sealing(SealKind.NONE, b"")
        if self.seals.is_foreign:
            return sealing_of(raw.header, may_be_clique=False)
        is_clique_chain = self.seals.kind is SealKind.CLIQUE
        may_be = is_clique_chain or self.first < 0
        return sealing_of(raw.header, may_be_clique=may_be)

    def _wanted_chain(self) -> int:
        if self.network.chain_id >= 0:
            return self.network.chain_id
        return self.chain_id if self.network.is_known else -1

    def _total(
        self, draft: Draft, raw: RawBlock, known: Known, parent: Known | None
    ) -> None:
        """Follow the total difficulty, and compare it where the export states it."""
        if raw.header is None:
            return
        before = parent.total if parent is not None else -1
        if raw.number == 0:
            known.total = raw.header.difficulty
        elif before >= 0:
            known.total = before + raw.header.difficulty
        if raw.total_difficulty < 0:
            return
        if known.total in {-1, raw.total_difficulty}:
            draft.passed[checks.TOTAL_DIFFICULTY] += known.total >= 0
        else:
            draft.results.append(
                CheckResult(
                    checks.TOTAL_DIFFICULTY,
                    Outcome.FAILED,
                    "total-difficulty-mismatch",
                    raw.number,
                    expected=str(known.total),
                    computed=str(raw.total_difficulty),
                    spans=(raw.total_span or raw.span,),
                )
            )
        known.total = raw.total_difficulty

    def _rules(
        self,
        draft: Draft,
        plan: Plan,
        header: Header,
        known: Known,
        parent: Known | None,
    ) -> None:
        raw, network = plan.raw, self.network
        is_sealed = self.seals.kind is not SealKind.NONE or self.seals.is_foreign
        setting = Setting(known.reach, is_sealed, network.dao_number)
        found = list(header_breaches(header, setting)) if raw.number else []
        if parent is not None and parent.header is not None:
            found += parent_breaches(header, parent.header, setting, parent.reach)
            found = [each for each in found if each.reason != "number-mismatch"]
        place, is_known = raw.place_of(raw.header_span, _NUMBER), network.is_known
        number = raw.number
        draft.judge(checks.HEADER_RULES, found, number, place, is_known=is_known)
        if raw.has_transactions and raw.number:
            transactions = [e.tx for e in raw.transactions if e.tx is not None]
            if len(transactions) == len(raw.transactions):
                body = list(block_breaches(header, transactions, known.reach))
                draft.judge(checks.BODY_RULES, body, number, place, is_known=is_known)
        if raw.uncles:
            self._uncles(draft, raw, header, known, parent)

    def _uncles(
        self,
        draft: Draft,
        raw: RawBlock,
        header: Header,
        known: Known,
        parent: Known | None,
    ) -> None:
        known.uncles = tuple(_keccak(each.raw) for each in raw.uncles)
        ancestors = self._ancestry.ancestors(parent)
        found = list(uncle_breaches(raw.uncles, header, ancestors, self.network))
        place = raw.uncles_span or raw.span
        later = "uncle-parent-not-in-export"
        for each in [each for each in found if each.reason == later]:
            found.remove(each)
            self.counts[later] = self.counts.get(later, 0) + 1
        is_known = self.network.is_known
        draft.judge(checks.UNCLE_RULES, found, raw.number, place, is_known=is_known)


def _may_be_public(header: Header) -> bool:
    """Return whether the difficulty is one of a public network: none, or very high."""
    return not header.difficulty or header.difficulty > _PUBLIC_DIFFICULTY


def _leave_foreign(raw: RawBlock) -> None:
    """Take a header that is hashed by the rule of another chain for one not known.

    Some chains add members to the header and hash these, too. If a block has members
    that Ethereum does not know, and its hash is not Ethereum's, nothing can be said.
    """
    if not raw.foreign or raw.header is None or not raw.declared_hash:
        return
    hashed = sealing_of(raw.header, may_be_clique=False).hashed
    if _keccak(hashed) != raw.declared_hash:
        raw.header, raw.missing, raw.roots = None, raw.foreign, {}


def _block_of(plan: Plan, known: Known, sealing: Sealing) -> Block:
    raw = plan.raw
    receipts = raw.receipts.receipts if raw.receipts is not None else ()
    return Block(
        raw.number,
        raw.span,
        _KECCAK,
        known.hashed,
        raw.parent_hash if raw.number else b"",
        len(raw.transactions),
        time_of(raw.time),
        sum(each.has_failed for each in receipts[: len(raw.transactions)]),
        is_configuration=bool(sealing.vote),
        is_aside=plan.is_aside,
    )


def _cover(draft: Draft, raw: RawBlock) -> None:
    """Note the bytes whose change is noticed without a claim over them."""
    draft.covered += [(Kind.HASH, each) for each in raw.covered]
    if raw.is_exact:
        before = ByteSpan(raw.span.source, raw.span.start, raw.header_span.start)
        draft.covered.append((Kind.FRAMING, before))
    if raw.total_span is not None:
        draft.covered.append((Kind.FRAMING, raw.total_span))
    if raw.mixed_case is not None:
        draft.answer(
            checks.FRAMING,
            Outcome.FAILED,
            "hex-mixed-case",
            raw.number,
            raw.mixed_case,
        )


def _receipts_stated(draft: Draft, plan: Plan) -> None:
    """Compare what receipts state besides with the block that they belong to."""
    raw = plan.raw
    if raw.receipts is None:
        return
    used = 0
    for position, stated in enumerate(raw.receipts.stated):
        wanted: dict[str, int | bytes] = {
            "block number": raw.number,
            "transaction index": position,
        }
        if raw.declared_hash:
            wanted["block hash"] = raw.declared_hash
        if position < len(raw.transactions):
            wanted["transaction hash"] = raw.transactions[position].declared_hash
        if position < len(raw.receipts.receipts) and not raw.receipts.missing:
            gas = raw.receipts.receipts[position].cumulative_gas
            wanted["gas used"] = gas - used
            used = gas
        wanted = {name: value for name, value in wanted.items() if value != b""}
        compare_stated(draft, stated, wanted, raw.number, position)
