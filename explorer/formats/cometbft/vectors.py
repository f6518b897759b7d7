"""Traces of light-client steps (test vectors): each recorded answer computed again.

Form of the model-based vectors of the light clients for CometBFT: an initial trusted
block, then light blocks, each with the time it was offered and the answer that is
expected. The blocks may be false on purpose, so nothing about them is decisive but
whether the answer is the recorded one.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.crypto.trust import TrustStore
from explorer.encodings.located_json import JsonNode
from explorer.formats.batching import BatchDraft
from explorer.formats.cometbft import checks
from explorer.formats.cometbft.commits import commit_faults, vote_claims
from explorer.formats.cometbft.encoding import header_leaves
from explorer.formats.cometbft.harvest import block_record
from explorer.formats.cometbft.index import Library, Reference
from explorer.formats.cometbft.light import Offered, StepVerdict, Trusted, judge_step
from explorer.formats.cometbft.parsing import (
    Places,
    limited,
    small_of,
    time_of,
    validator_set_of,
)
from explorer.formats.cometbft.records import (
    FLAG_COMMIT,
    BlockRecord,
    Header,
    ValidatorSet,
)
from explorer.formats.cometbft.remarks import EXPORT_HINT
from explorer.formats.cometbft.sets import SetBook, address_of, leaves_of
from explorer.model.blocks import NO_BLOCK, Entry, Unreadable
from explorer.model.checks import CheckResult, CheckSpec, Outcome
from explorer.model.claims import TreeClaim, TreeRule
from explorer.model.content import EntryContent
from explorer.model.ledgers import Batch, BlockDetail, Closing, Remark, Replayed

MAX_STEPS = 100_000
PASSED = int(Outcome.PASSED)

_VECTOR_REMARK = Remark(
    "cometbft-light-client-vector",
    "This is a trace of light-client steps: only the recorded answers are judged, not "
    "the blocks themselves.",
)


@dataclass(slots=True)
class Step:
    """One step of a trace."""

    record: BlockRecord | None
    """``None`` if the block offered cannot be read."""
    now_ns: int
    declared: str
    place: ByteSpan
    verdict_place: ByteSpan
    sound_claims: list[int] = field(default_factory=list)
    votes: dict[bytes, int] = field(default_factory=dict)
    """Address → claim of a vote for the block."""
    all_votes: list[int] = field(default_factory=list)
    is_sound: bool = True


@dataclass(slots=True)
class Trace:
    """A whole trace as it is read."""

    trusted: Trusted | None
    period_ns: int
    steps: list[Step]
    damage: list[Unreadable]
    size: int


class VectorPipeline:
    """One trace of light-client steps."""

    format = "cometbft"
    checks: tuple[CheckSpec, ...] = checks.CHECKS
    entry_unit = "step"

    def __init__(
        self, library: Library, reference: Reference, title: str, trust: TrustStore
    ) -> None:
        """Read the trace at ``reference`` when asked."""
        self.title = title
        self._library = library
        self._reference = reference
        self._book = SetBook(trust)

    def read(self) -> Iterator[Trace]:
        """Yield the one trace."""
        reference = self._reference
        places = Places(reference.source, reference.start)
        size = reference.end - reference.start
        span = ByteSpan(reference.source, reference.start, reference.end)
        trace = Trace(None, 0, [], [], size)
        try:
            node = self._library.node(reference)
            trace.trusted, trace.period_ns = _initial(node.get("initial"), places)
            steps = limited(node.get("input"), MAX_STEPS)
            trace.steps = [_step(each, places) for each in steps]
        except ReadError as error:
            trace.damage.append(
                Unreadable(checks.FORM, "record-malformed", span, -1, str(error))
            )
        yield trace

    def resolve(self, parsed: Trace) -> Batch:
        """Return the steps as entries, with claims that are premises only."""
        draft = BatchDraft()
        draft.damage += parsed.damage
        draft.passed[checks.FRAMING] += 1
        for position, step in enumerate(parsed.steps):
            header = None if step.record is None else step.record.header
            shown = "" if header is None else f"height {header.height}"
            draft.entries.append(
                Entry(
                    NO_BLOCK,
                    position,
                    f"step {position}",
                    "light-client step",
                    "",
                    step.place,
                    step.now_ns // 1000,
                    summary=f"{shown} {step.declared}".strip(),
                )
            )
            if step.record is not None:
                self._claim(step, step.record, draft)
        return draft.batch(parsed.size, parsed.size)

    def _claim(self, step: Step, record: BlockRecord, draft: BatchDraft) -> None:
        header, commit = record.header, record.commit
        if record.validators is None or commit is None:
            step.is_sound = False
            return
        self._book.meet(record.validators)
        leaves = header_leaves(header)
        stated = (
            (checks.HEADER_HASH, leaves, commit.block_id.hash, header.span),
            (checks.VALIDATORS_HASH, *_set(header, record.validators, 2)),
            *(
                [(checks.NEXT_VALIDATORS, *_set(header, record.next_validators, 3))]
                if record.next_validators is not None
                else []
            ),
        )
        for check, found, declared, place in stated:
            step.sound_claims.append(
                draft.claim(
                    TreeClaim(
                        check,
                        NO_BLOCK,
                        TreeRule.RFC9162,
                        HashAlgorithm.SHA256,
                        found,
                        declared,
                        place,
                        header.span,
                        decisive=False,
                    )
                )
            )
        members = {address_of(each): each for each in record.validators.members}
        faults = commit_faults(commit, members)
        step.is_sound = (
            not faults
            and commit.height == header.height
            and record.next_validators is not None
        )
        claims = vote_claims(
            header.chain_id, commit, members, draft, block=NO_BLOCK, is_decisive=False
        )
        step.all_votes = list(claims.values())
        for vote in commit.votes:
            if vote.flag == FLAG_COMMIT and vote.address in claims:
                step.votes[vote.address] = claims[vote.address]

    def replay(self, parsed: Trace, batch: Batch, outcomes: Sequence[int]) -> Replayed:
        """Work out each answer and compare it with the recorded one."""
        passed = 0
        results: list[CheckResult] = []
        trusted = parsed.trusted
        for position, step in enumerate(parsed.steps):
            verdict = StepVerdict.INVALID
            if trusted is not None and step.record is not None:
                offered = _offered(step, step.record, outcomes)
                verdict = judge_step(trusted, offered, parsed.period_ns, step.now_ns)
                following = step.record.next_validators
                if verdict is StepVerdict.SUCCESS and following is not None:
                    trusted = Trusted(step.record.header, following)
            if step.declared == verdict.value:
                passed += 1
            else:
                results.append(_differs(step, position, verdict))
        contents = [_content(each) for each in batch.entries]
        return Replayed(((checks.LIGHT_STEP, passed),), results, contents)

    def finish(self) -> Closing:
        """Say what only the end shows."""
        return Closing(
            not_checked=(_VECTOR_REMARK,),
            parties=self._book.parties(),
            export_hint=EXPORT_HINT,
        )

    def detail(self, height: int, span: ByteSpan) -> BlockDetail:
        """Refuse: steps are no blocks.

        Raises:
            ReadError: Always.
        """
        raise ReadError(f"no block {height} in a trace", "not-this-block", span)


def _initial(node: JsonNode, places: Places) -> tuple[Trusted, int]:
    signed = node.get("signed_header")
    following = validator_set_of(node.get("next_validator_set"), places)
    if following is None:
        raise ReadError("the initial block has no next validators", "not-a-header")
    header = block_record(signed, places).header
    return Trusted(header, following), small_of(node.get("trusting_period"))


def _step(node: JsonNode, places: Places) -> Step:
    record: BlockRecord | None = None
    with suppress(ReadError):  # no light client accepts a block that it cannot read
        record = block_record(node.get("block"), places)
    return Step(
        record,
        time_of(node.get("now")),
        node.get("verdict").text(),
        places.span(node),
        places.span(node.get("verdict")),
    )


def _set(
    header: Header, validators: ValidatorSet, number: int
) -> tuple[tuple[bytes, ...], bytes, ByteSpan]:
    leaves = leaves_of(validators) or ()
    return leaves, header.hashes[number], validators.span


def _offered(step: Step, record: BlockRecord, outcomes: Sequence[int]) -> Offered:
    held = {address for address, each in step.votes.items() if outcomes[each] == PASSED}
    is_sound = step.is_sound and all(
        outcomes[each] == PASSED for each in step.sound_claims
    )
    is_false = any(outcomes[each] != PASSED for each in step.all_votes)
    return Offered(record, is_sound, frozenset(held), is_false)


def _differs(step: Step, position: int, verdict: StepVerdict) -> CheckResult:
    has_none = not step.declared
    return CheckResult(
        checks.LIGHT_STEP,
        Outcome.INCONCLUSIVE if has_none else Outcome.FAILED,
        "no-verdict" if has_none else "verdict-differs",
        NO_BLOCK,
        position,
        step.declared,
        verdict.value,
        (step.place,) if has_none else (step.verdict_place, step.place),
    )


def _content(entry: Entry) -> EntryContent:
    return EntryContent(
        NO_BLOCK,
        entry.position,
        entry.id,
        entry.kind,
        "",
        author_verified=False,
        accepted=True,
        time_us=entry.time_us,
    )
