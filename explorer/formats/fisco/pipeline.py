"""One FISCO BCOS ledger: read, resolve, replay, finish, detail."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.crypto.public_keys import key_fingerprint
from explorer.crypto.trust import TrustStore
from explorer.formats.fisco import specs
from explorer.formats.fisco.contracts import Contracts
from explorer.formats.fisco.drafting import Draft, EntryPlan, FiscoBatch
from explorer.formats.fisco.fields import Fields, fields_at
from explorer.formats.fisco.glancing import RecordKind, RecordPlace
from explorer.formats.fisco.indexing import Ledger
from explorer.formats.fisco.listing import block_fields
from explorer.formats.fisco.remarks import EXPORT_HINT, remarks_of
from explorer.formats.fisco.resolving import Resolver
from explorer.formats.fisco.state import LedgerState
from explorer.formats.fisco.tables import row_fields
from explorer.formats.opening import EvidenceFiles
from explorer.model.blocks import Unreadable
from explorer.model.checks import CheckResult, CheckSpec, Outcome
from explorer.model.content import EntryContent
from explorer.model.ledgers import Batch, BlockDetail, Closing, Party, Replayed

NAME = "fisco"
TITLE = "FISCO BCOS"
REFERENCE = "docs/formats/fisco-bcos.md, FISCO BCOS 2.x and 3.x"
BATCH_BYTES = 2**18
BATCH_RECORDS = 64


@dataclass(frozen=True, slots=True)
class BlockRead:
    """One height with all its records, or why they could not be read."""

    number: int
    records: tuple[Fields, ...]
    faults: tuple[Unreadable, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedRecords:
    """Some records, blocks before what stands alone."""

    blocks: Sequence[BlockRead]
    loose: Sequence[tuple[Fields, bool]]
    """(record, whether it is a pair of 2.x)."""
    damage: Sequence[Unreadable]
    done_bytes: int


class FiscoPipeline:
    """One ledger, ready to be read from its first block."""

    format = NAME
    entry_unit = "transaction"
    checks: tuple[CheckSpec, ...] = specs.CHECKS

    def __init__(self, files: EvidenceFiles, ledger: Ledger, trust: TrustStore) -> None:
        """Read the records of ``ledger`` when asked."""
        self.title = ledger.name
        self._files = files
        self._ledger = ledger
        self._trust = trust
        self._resolver = self._new_resolver()
        self._highest = -1

    def _new_resolver(self) -> Resolver:
        ledger = self._ledger
        state = LedgerState(ledger.is_third, self._trust, Contracts(ledger.abis))
        state.has_loose = bool(ledger.loose)
        state.has_receipts = bool(ledger.receipts)
        state.genesis = ledger.configs[0] if ledger.configs else None
        return Resolver(state, self._transaction, self._receipt)

    def read(self) -> Iterator[ParsedRecords]:
        """Yield records in the order of their blocks; damage is part of them.

        Raises:
            ReadError: ``cannot-read`` if a file can no longer be read.
        """
        ledger = self._ledger
        blocks: list[BlockRead] = []
        size = done = 0
        for number in sorted(ledger.blocks):
            places = sorted(ledger.blocks[number], key=_weight)
            blocks.append(self._read_block(number, places))
            size += sum(each.span.size_bytes for each in places)
            if size >= BATCH_BYTES or len(blocks) >= BATCH_RECORDS:
                done += size
                yield ParsedRecords(blocks, (), (), done)
                blocks, size = [], 0
        done += size
        yield ParsedRecords(blocks, (), ledger.damage, done)
        loose: list[tuple[Fields, bool]] = []
        damage: list[Unreadable] = []
        for number, place in enumerate(ledger.loose, 1):
            done += place.span.size_bytes
            read = self._read_one(place)
            if isinstance(read, Unreadable):
                damage.append(read)
            else:
                loose.append((read, place.kind is RecordKind.PROOF))
            if number % BATCH_RECORDS == 0:
                yield ParsedRecords((), loose, damage, done)
                loose, damage = [], []
        if loose or damage:
            yield ParsedRecords((), loose, damage, done)

    def _read_block(self, number: int, places: Sequence[RecordPlace]) -> BlockRead:
        found = [self._read_one(each) for each in places]
        return BlockRead(
            number,
            tuple(each for each in found if isinstance(each, Fields)),
            tuple(each for each in found if isinstance(each, Unreadable)),
        )

    def _read_one(self, place: RecordPlace) -> Fields | Unreadable:
        text = self._files.read(place.span)
        try:
            if place.form:
                return row_fields(text, place)
            return fields_at(text, place.span)
        except ReadError as error:
            known = {each.code for each in _JSON_REASONS}
            reason = error.reason if error.reason in known else "malformed"
            return Unreadable(
                specs.JSON_FORM, reason, place.span, place.number, str(error)
            )

    def resolve(self, parsed: ParsedRecords) -> FiscoBatch:
        """Return the blocks, entries and claims of these records; called in order."""
        draft = Draft()
        draft.damage += parsed.damage
        for block in parsed.blocks:
            draft.damage += block.faults
            if block.records:
                self._resolver.block(block.number, block.records, draft)
            else:
                self._resolver.lost(block.number, block.faults[0].span)
            self._highest = block.number
        for fields, is_pair in parsed.loose:
            self._resolver.loose(fields, is_pair=is_pair, draft=draft)
        return draft.batch(parsed.done_bytes, self._ledger.total_bytes)

    def replay(
        self, parsed: ParsedRecords, batch: Batch, outcomes: Sequence[int]
    ) -> Replayed:
        """Return what the entries say, and which blocks nobody has signed."""
        del parsed
        if not isinstance(batch, FiscoBatch):
            raise TypeError("the batch of another pipeline")
        contents = [_content(plan, outcomes) for plan in batch.plans]
        return Replayed(contents=contents, unattributed=batch.unsigned)

    def finish(self) -> Closing:
        """Say what only the end shows."""
        state = self._resolver.state
        results: list[CheckResult] = [
            each.failed if state.is_indexed else each.open for each in state.pending
        ]
        if self._ledger.more_damage:
            results.append(
                CheckResult(
                    specs.JSON_FORM,
                    Outcome.FAILED,
                    "too-many-flaws",
                    spans=(self._ledger.damage[-1].span,),
                    detail=str(self._ledger.more_damage),
                )
            )
        if {"headers-only", "with-transactions"} <= state.counts.keys():
            reason = "transactions-not-in-export"
            detail = f"{state.counts['headers-only']} blocks"
            open_answer = Outcome.INCONCLUSIVE
            check = specs.TRANSACTION_ROOT
            results.append(CheckResult(check, open_answer, reason, detail=detail))
        if self._ledger.unknown:
            results.append(
                CheckResult(
                    specs.RECORD_FORM,
                    Outcome.INCONCLUSIVE,
                    "unknown-record",
                    spans=tuple(self._ledger.unknown[:10]),
                    detail=str(len(self._ledger.unknown)),
                )
            )
        parties = self._parties()
        return Closing(
            results=results,
            not_checked=remarks_of(state),
            parties=parties,
            uncovered=tuple(each.id for each in parties if not each.anchored),
            is_partial="begins-later" in state.counts,
            export_hint=EXPORT_HINT,
            unattributed=(0,) if self._highest == 0 else (),
        )

    def detail(self, height: int, span: ByteSpan) -> BlockDetail:
        """Read one block again with all its fields, and make its claims again.

        Raises:
            ReadError: If no block can be read at ``span``.
        """
        places = [
            each for each in self._ledger.blocks.get(height, []) if each.span == span
        ]
        if not places:
            raise ReadError(f"no block {height} here", "not-this-block", span)
        read = self._read_one(places[0])
        if isinstance(read, Unreadable):
            raise ReadError(read.detail, read.reason, span)
        draft = Draft(wants_parts=True)
        self._resolver_for_detail().block(height, [read], draft)
        if not draft.blocks:
            raise ReadError(draft.damage[0].detail, draft.damage[0].reason, span)
        return BlockDetail(
            draft.blocks[0],
            tuple(draft.entries),
            block_fields(read),
            tuple(draft.claims),
            draft.header_parts,
            tuple(draft.claim_parts.items()),
        )

    def _resolver_for_detail(self) -> Resolver:
        """Return a resolver that knows the hash function and the contracts so far."""
        resolver = self._new_resolver()
        known = self._resolver.state
        resolver.state.algorithm = known.algorithm
        resolver.state.contracts = known.contracts
        resolver.state.is_indexed = True
        return resolver

    def _transaction(self, key: str) -> Fields | None:
        return self._found(self._ledger.transactions.get(key))

    def _receipt(self, key: str) -> Fields | None:
        return self._found(self._ledger.receipts.get(key))

    def _found(self, place: RecordPlace | None) -> Fields | None:
        if place is None:
            return None
        read = self._read_one(place)
        return read if isinstance(read, Fields) else None

    def _parties(self) -> tuple[Party, ...]:
        state = self._resolver.state
        parties = []
        for node, span in state.all_sealers.items():
            key, name = state.node_key(node), node.hex()
            parties.append(
                Party(
                    name,
                    f"{name[:8]}…",
                    "",
                    "sealer",
                    key,
                    Absent.NOT_IN_FORMAT,
                    key_fingerprint(key).hex(),
                    span,
                    state.trust.covers_key(key, name),
                )
            )
        return tuple(parties)


def _weight(place: RecordPlace) -> tuple[int, int, int]:
    return -place.weight, place.span.source, place.span.start


def _content(plan: EntryPlan, outcomes: Sequence[int]) -> EntryContent:
    holds = bool(plan.claims) and all(
        outcomes[index] == Outcome.PASSED for index in plan.claims
    )
    return msgspec.structs.replace(plan.content, author_verified=holds)


_JSON_REASONS = next(
    each.reasons for each in specs.CHECKS if each.id == specs.JSON_FORM
)
