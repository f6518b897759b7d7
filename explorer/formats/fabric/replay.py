"""Replay: what a peer would have recorded for each transaction, worked out again.

The order of the peer (``msgvalidation.go``, ``txvalidator/v20``, ``plugindispatcher``,
``txmgmt/validation`` of Fabric 3.1): form, creator, number, proposal, duplicates,
chaincode, endorsements, duplicates in the block, conflicts. The codes are compared with
the recorded flags, the updates with the recorded commit hash.

After a difference, the replay goes on with the flags that the recorded commit hash
vouches for, else with the recorded ones: a flag that somebody changed then stays one
finding. Once recorded and computed results cannot be reconciled, or blocks are missing,
results that depend on the world state are no longer judged (``state-uncertain``).

Left out: legacy chaincodes, foreign validation plugins, Idemix, application
capabilities before V2_0; results that depend on them are ``not-judged``.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from explorer.core.spans import ByteSpan
from explorer.formats.fabric import checks
from explorer.formats.fabric.commit_chain import (
    MAX_NAMED_BLOCKS,
    Candidate,
    CommitChain,
)
from explorer.formats.fabric.commit_hashes import update_bytes
from explorer.formats.fabric.endorsement import EndorsementJudge, KeyName
from explorer.formats.fabric.lifecycle import Definitions
from explorer.formats.fabric.messages import code_name
from explorer.formats.fabric.metadata import FLAGS
from explorer.formats.fabric.mvcc import (
    UpdateBuilder,
    ValueOf,
    conflict,
    metadata_written,
)
from explorer.formats.fabric.plans import BlockPlan, TxPlan
from explorer.formats.fabric.rwsets import Space
from explorer.formats.fabric.state import BlockUpdates, ExpiringKey, WorldState
from explorer.formats.fabric.transactions import ENDORSER_TRANSACTION
from explorer.formats.fabric.tx_codes import (
    DUPLICATE_TXID,
    INVALID_WRITESET,
    STATE_CODES,
    VALID,
    TransactionJudge,
    Verdict,
    without_state,
)
from explorer.model.checks import CheckResult, Outcome

ID_BYTES = 16
"""Bytes kept of the hash of each transaction number."""


class Tally(msgspec.Struct):
    """Counts of what is said once, at the end."""

    blocks_without_flags: int = 0
    without_state: int = 0
    """Transactions whose result depends on blocks that are not at hand."""
    not_judged: int = 0


@dataclass(slots=True)
class BlockReplay:
    """What replaying one block showed."""

    passed: int = 0
    """Flags that agree."""
    results: list[CheckResult] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    """The code of each transaction with which the replay goes on."""
    verdicts: list[Verdict] = field(default_factory=list)
    is_exact: bool = False
    """Whether the versions read were compared with the whole state."""
    is_attributed: bool = True
    """Whether all that count in valid transactions stand under anchors."""


class LedgerReplay:
    """Replays the blocks of one ledger, in order."""

    def __init__(
        self, channel: str, value_of: ValueOf, *, has_all: bool, is_store: bool
    ) -> None:
        """Begin with an empty state, which is the real one if ``has_all``.

        In a store, all blocks are a peer's or all an orderer's (``is_store``).
        """
        self._state = WorldState()
        self._value_of = value_of
        self._definitions = Definitions(self._state, value_of)
        endorsements = EndorsementJudge(self._state, self._definitions)
        self._judge = TransactionJudge(channel, endorsements)
        self._ids: set[bytes] = set()
        self._has_state = has_all
        self._is_store = is_store
        self.is_certain = True
        """False once recorded and computed results could not be reconciled."""
        self.commits = CommitChain(is_store=is_store)
        self.tally = Tally()
        self._is_peers = False
        """Whether a block has recorded results or a commit hash, as only peers do."""
        self._without_flags: list[tuple[int, ByteSpan]] = []
        """Height and place of blocks that may be an orderer's, the first of them."""

    def lose(self) -> None:
        """Note that a block could not be read."""
        self.is_certain = False

    def replay(self, plan: BlockPlan, outcomes: Sequence[int]) -> BlockReplay:
        """Replay one block and put its updates in force."""
        if plan.has_gap_before:
            self.is_certain = False
        found = BlockReplay(is_exact=self._has_state and self.is_certain)
        flags = plan.raw.slot(FLAGS)
        builder = self._work_out(plan, outcomes, flags, found)
        self._compare(plan, flags, found)
        builder = self._reconcile(plan, flags, builder, found)
        self._schedule(plan.height, builder.updates)
        self._state.expire(plan.height, builder.updates)
        self._state.commit(builder.updates)
        self._ids.update([_id_of(planned) for planned in plan.transactions])
        found.is_exact = found.is_exact and self.is_certain
        found.is_attributed = all(
            verdict.is_attributed
            for verdict, code in zip(found.verdicts, found.codes, strict=True)
            if code == VALID
        )
        return found

    def _schedule(self, height: int, updates: BlockUpdates) -> None:
        """Note when the key hashes that a block writes expire."""
        for space, collections in updates.hashed.items():
            for name, changes in collections.items():
                life = self._definitions.blocks_to_live(space, name)
                if not life:
                    continue
                for key, update in changes.items():
                    if not update.is_delete:
                        expiring = ExpiringKey(space, name, key, update.version)
                        self._state.expire_at(height + life + 1, expiring)

    def _work_out(
        self,
        plan: BlockPlan,
        outcomes: Sequence[int],
        flags: bytes,
        found: BlockReplay,
    ) -> UpdateBuilder:
        """Judge every transaction in order; return the updates of the valid ones."""
        builder = UpdateBuilder(self._state, self._value_of)
        block_ids: set[str] = set()
        changed: set[KeyName] = set()
        has_flags = len(flags) == len(plan.transactions)
        for planned in plan.transactions:
            verdict = self._judge.head(plan, planned, outcomes)
            tx = planned.tx
            if tx.type == ENDORSER_TRANSACTION:
                if not self._has_state:
                    verdict = without_state(verdict, tx.dispatch_code)
                elif verdict.code == VALID and verdict.is_judged:
                    self._finish(plan, planned, outcomes, verdict, changed)
                if verdict.code == VALID and verdict.is_judged:
                    self._conflicts(planned, verdict, builder, block_ids)
            code = verdict.code
            if has_flags and verdict.agrees(flags[planned.position]):
                code = flags[planned.position]
            if code == VALID:
                version = plan.height, planned.position
                builder.apply(tx.spaces, version, plan.raw)
            found.verdicts.append(verdict)
            found.codes.append(code)
        return builder

    def _finish(
        self,
        plan: BlockPlan,
        planned: TxPlan,
        outcomes: Sequence[int],
        verdict: Verdict,
        changed: set[KeyName],
    ) -> None:
        if _id_of(planned) in self._ids:
            verdict.code = DUPLICATE_TXID
            return
        self._judge.body(plan, planned, outcomes, verdict, changed)
        if verdict.code == VALID:
            changed.update(metadata_written(planned.tx.spaces))

    def _conflicts(
        self,
        planned: TxPlan,
        verdict: Verdict,
        builder: UpdateBuilder,
        block_ids: set[str],
    ) -> None:
        tx = planned.tx
        if tx.tx_id in block_ids:
            verdict.code = DUPLICATE_TXID
            return
        block_ids.add(tx.tx_id)
        verdict.code = conflict(tx.spaces, self._state, builder.updates)
        if verdict.code == VALID and may_be_refused_by_couchdb(tx.spaces):
            verdict.possible = verdict.possible | {INVALID_WRITESET}

    def _compare(self, plan: BlockPlan, flags: bytes, found: BlockReplay) -> None:
        """Compare the recorded flags with the computed ones."""
        place = plan.raw.span(*plan.raw.slot_place(FLAGS))
        if flags or plan.metadata.commit_hash:
            self._note_peers(found)
        if not flags and plan.transactions:
            self._note_absent(plan, place, found)
            return
        if len(flags) != len(plan.transactions):
            detail = f"{len(flags)} for {len(plan.transactions)}"
            found.results.append(
                checks.failed(
                    checks.FLAG, "flags-count-mismatch", plan.height, (place,), detail
                )
            )
            return
        for planned, verdict in zip(plan.transactions, found.verdicts, strict=True):
            self._compare_one(plan, planned, verdict, flags, found)

    def _note_peers(self, found: BlockReplay) -> None:
        """Learn that a peer wrote the blocks, so those before have lost their flags."""
        self._is_peers = True
        for height, place in self._without_flags:
            found.results.append(self._missing(height, place, has_commit=False))
        self._without_flags = []
        self.tally.blocks_without_flags = 0

    def _note_absent(
        self, plan: BlockPlan, place: ByteSpan, found: BlockReplay
    ) -> None:
        if self._is_peers:
            has_commit = bool(plan.metadata.commit_hash)
            found.results.append(
                self._missing(plan.height, place, has_commit=has_commit)
            )
            return
        self.tally.blocks_without_flags += 1
        if len(self._without_flags) < MAX_NAMED_BLOCKS:
            self._without_flags.append((plan.height, place))

    def _missing(
        self, height: int, place: ByteSpan, *, has_commit: bool
    ) -> CheckResult:
        """Answer for a block without flags beside others that a peer wrote.

        Among single files it may be an orderer's copy, if it has no commit hash.
        """
        is_failure = self._is_store or has_commit
        outcome = Outcome.FAILED if is_failure else Outcome.INCONCLUSIVE
        return checks.result(checks.FLAG, outcome, "flags-missing", height, (place,))

    def _compare_one(
        self,
        plan: BlockPlan,
        planned: TxPlan,
        verdict: Verdict,
        flags: bytes,
        found: BlockReplay,
    ) -> None:
        position = planned.position
        recorded = flags[position]
        if verdict.agrees(recorded):
            if verdict.is_judged:
                found.passed += 1
            elif not self._has_state:
                self.tally.without_state += 1
            else:
                self.tally.not_judged += 1
                self._answer(plan, planned, verdict, found, "not-judged")
            return
        depends = verdict.code in STATE_CODES
        depends = depends or (verdict.code == VALID and recorded in STATE_CODES)
        if depends and not self.is_certain:
            self._answer(plan, planned, verdict, found, "state-uncertain")
        else:
            self._answer(plan, planned, verdict, found, "validation-flag-mismatch")

    def _answer(
        self,
        plan: BlockPlan,
        planned: TxPlan,
        verdict: Verdict,
        found: BlockReplay,
        reason: str,
    ) -> None:
        raw, position = plan.raw, planned.position
        start = raw.slot_place(FLAGS)[0] + position
        is_failure = reason == "validation-flag-mismatch"
        found.results.append(
            CheckResult(
                checks.FLAG,
                Outcome.FAILED if is_failure else Outcome.INCONCLUSIVE,
                reason,
                plan.height,
                position,
                expected=code_name(raw.data[start]),
                computed=code_name(verdict.code) if verdict.is_judged else "",
                spans=(raw.span(start, start + 1), raw.span(*planned.tx.place)),
            )
        )

    def _reconcile(
        self,
        plan: BlockPlan,
        flags: bytes,
        builder: UpdateBuilder,
        found: BlockReplay,
    ) -> UpdateBuilder:
        """Check the commit hash and choose the flags to go on with."""
        computed = self._candidate(plan, bytes(found.codes), builder)
        if not flags or flags == computed.flags:
            self.commits.check(plan, computed, computed)
            return builder
        if len(flags) != len(found.codes):
            given = Candidate(flags, computed.updates)
            self.commits.check(plan, given, computed)
            self.is_certain = False
            return builder
        other = UpdateBuilder(self._state, self._value_of)
        for planned in plan.transactions:
            if flags[planned.position] == VALID:
                version = plan.height, planned.position
                other.apply(planned.tx.spaces, version, plan.raw)
        given = self._candidate(plan, flags, other)
        is_vouched = self.commits.check(plan, given, computed)
        if is_vouched or self._is_lone_flag(plan, flags, found):
            return builder
        self.is_certain = False
        found.codes = list(flags)
        return other

    def _is_lone_flag(self, plan: BlockPlan, flags: bytes, found: BlockReplay) -> bool:
        """Return whether, without a commit hash, a changed flag explains it all."""
        if plan.metadata.commit_hash or not (self.is_certain and self._has_state):
            return False
        differing = [
            {code, flag}
            for code, flag in zip(found.codes, flags, strict=True)
            if code != flag
        ]
        return all(each <= STATE_CODES | {VALID} for each in differing)

    def _candidate(
        self, plan: BlockPlan, flags: bytes, builder: UpdateBuilder
    ) -> Candidate:
        is_needed = plan.metadata.commit_hash or self.commits.is_recorded
        is_known = builder.is_complete or (self._has_state and self.is_certain)
        if not (is_needed and is_known):
            return Candidate(flags, None)
        return Candidate(flags, update_bytes(builder.updates))


def _id_of(planned: TxPlan) -> bytes:
    """Return what stands for a transaction's number in the set of all numbers."""
    tx = planned.tx
    if tx.is_hash_id:
        return bytes.fromhex(tx.tx_id[: 2 * ID_BYTES])
    number = tx.tx_id.encode()
    if not number:
        return hashlib.sha256(tx.nonce + tx.creator).digest()[:ID_BYTES]
    return b"other" + hashlib.sha256(number).digest()[:ID_BYTES]


def may_be_refused_by_couchdb(spaces: list[Space]) -> bool:
    """Return whether a peer with CouchDB may refuse a write that LevelDB takes.

    ``statecouchdb.validateValue``: keys and top-level JSON fields that begin with an
    underscore, and empty keys.
    """
    for space in spaces:
        for write in space.writes:
            if not write.key or write.key[:1] == b"_":
                return True
    return False
