"""One proof of OpenTimestamps from file to findings.

Its entries are its attestations; it has no blocks. A proof says that a digest existed
when the block that it ends in was made; which header that block has must come from
elsewhere.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from explorer.core.absent import Absent
from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.encodings.bitcoin_headers import (
    ROOT,
    bits_in,
    target_of,
    time_in,
    work_of,
)
from explorer.formats.opening import EvidenceFiles
from explorer.formats.opentimestamps import checks
from explorer.formats.opentimestamps.headers import FoundHeader
from explorer.formats.opentimestamps.stamps import (
    BITCOIN,
    PENDING,
    UNKNOWN,
    Attestation,
    Stamp,
    segments,
)
from explorer.model.blocks import NO_BLOCK, Block, Entry, Unreadable
from explorer.model.checks import CheckResult, CheckSpec, Kind, Outcome
from explorer.model.claims import Claim, HashClaim, ProofClaim, WorkClaim
from explorer.model.ledgers import (
    Batch,
    BlockDetail,
    Closing,
    Field,
    Remark,
    Replayed,
)

MAX_TARGET_IN_MEMORY = 16 * 2**20
"""Longer target files are hashed piece by piece."""
EASIEST = 0xFFFF << 208
"""The easiest target of Bitcoin."""
EXPORT_HINT = (
    "Ask for the complete proof (`ots upgrade`), and take the header of the block from "
    "a node or a source that you trust (`bitcoin-cli getblockheader HASH false`)."
)

_REMARKS = {
    "block-must-have-root": (
        "Compare yourself: the block must have this Merkle root, as programs print it."
    ),
    "existed-before": (
        "If the header is Bitcoin's, the digest existed before this time."
    ),
    "header-work": (
        "That the header belongs to Bitcoin is shown only by its work and by where you "
        "have it from."
    ),
    "weak-steps": (
        "The path uses hash functions with known weaknesses; for a time stamp they do."
    ),
}
_WEAK = frozenset({HashAlgorithm.SHA1.value, HashAlgorithm.RIPEMD160.value})


@dataclass(frozen=True, slots=True)
class ProofFile:
    """A proof with what is beside it."""

    source: int
    stamp: Stamp | ReadError
    target: int
    """Source of the file that it is about; -1: not there."""
    headers: Mapping[bytes, FoundHeader]
    """Root → header, for the roots found in the other files."""
    supplied: FoundHeader | None
    """The one header given, which must be the right one."""
    has_side_files: bool
    conflicts: frozenset[tuple[int, bytes]]
    """(height, root) that another proof of the evidence contradicts."""


class StampPipeline:
    """One ``.ots`` file."""

    format = "opentimestamps"
    checks: tuple[CheckSpec, ...] = checks.CHECKS
    entry_unit = "attestation"

    def __init__(self, files: EvidenceFiles, proof: ProofFile) -> None:
        """Take a parsed proof."""
        self.title = files.path(proof.source).name
        self._files = files
        self._proof = proof
        self._remarks: list[Remark] = []

    def read(self) -> Iterator[ProofFile]:
        """Yield the proof, once."""
        yield self._proof

    def resolve(self, parsed: ProofFile) -> Batch:
        """Return the attestations and what is claimed about them."""
        size = self._files.evidence.sources[parsed.source].size_bytes
        stamp = parsed.stamp
        if isinstance(stamp, ReadError):
            span = ByteSpan(parsed.source, 0, size)
            damage = Unreadable(
                checks.FRAMING, stamp.reason, span, NO_BLOCK, str(stamp)
            )
            return Batch((), (), (), (damage,), done_bytes=size, total_bytes=size)
        draft = _Draft()
        draft.passed.append((checks.FRAMING, 1))
        self._claim_target(stamp, draft)
        is_settled = any(self._header_of(each) for each in stamp.attestations)
        for position, each in enumerate(stamp.attestations):
            self._add(position, each, draft, is_settled=is_settled)
        self._remarks = _remarks_on(stamp, draft)
        return Batch(
            (),
            draft.entries,
            draft.claims,
            (),
            draft.passed,
            draft.results,
            size,
            size,
            draft.covered,
        )

    def _claim_target(self, stamp: Stamp, draft: "_Draft") -> None:
        place = self._span(*stamp.digest_place)
        if self._proof.target < 0:
            draft.answer(checks.TARGET, "target-not-given", -1, place, decisive=False)
            return
        source = self._proof.target
        size = self._files.evidence.sources[source].size_bytes
        whole = ByteSpan(source, 0, size)
        draft.covered.append((Kind.FRAMING, ByteSpan(source, 0, 0)))
        if stamp.algorithm is HashAlgorithm.SHA1:
            draft.answer(checks.TARGET, "weak-digest", -1, place, decisive=False)
        if size <= MAX_TARGET_IN_MEMORY:
            draft.claims.append(
                HashClaim(
                    checks.TARGET,
                    NO_BLOCK,
                    -1,
                    stamp.algorithm,
                    self._files.read(whole),
                    stamp.digest,
                    whole,
                    place,
                    part="file",
                )
            )
            return
        if stamp.algorithm is not HashAlgorithm.SHA256:
            draft.answer(checks.TARGET, "target-too-long", -1, place, decisive=False)
            return
        hashed = hashlib.sha256()
        for _, chunk in self._files.chunks(source):
            hashed.update(chunk)
        draft.covered.append((Kind.HASH, whole))
        if hashed.digest() == stamp.digest:
            draft.passed.append((checks.TARGET, 1))
        else:
            values = (stamp.digest.hex(), hashed.hexdigest())
            draft.fail(checks.TARGET, "hash-mismatch", -1, (whole, place), values)

    def _header_of(self, one: Attestation) -> FoundHeader | None:
        if one.kind != BITCOIN:
            return None
        return self._proof.headers.get(one.message) or self._proof.supplied

    def _add(
        self, position: int, one: Attestation, draft: "_Draft", *, is_settled: bool
    ) -> None:
        span = self._span(*one.place)
        header = self._header_of(one)
        moment = time_in(header.header) * 1_000_000 if header else Absent.NOT_IN_EXPORT
        what = f"block {one.height}" if one.height >= 0 else one.uri
        name = f"{one.kind} {what}".strip()
        draft.entries.append(
            Entry(NO_BLOCK, position, name, one.kind, one.uri, span, moment)
        )
        conflict = (one.height, one.message) in self._proof.conflicts
        if one.kind == BITCOIN and conflict:
            values = ("", one.message[::-1].hex())
            reason = "contradicts-other-proof"
            draft.fail(checks.AGREEMENT, reason, position, (span,), values)
        elif one.kind == BITCOIN:
            draft.passed.append((checks.AGREEMENT, 1))
        if header is not None:
            self._claim_anchor(position, one, header, draft)
            return
        decisive = not is_settled
        draft.answer(
            checks.ANCHOR,
            self._open_reason(one),
            position,
            span,
            decisive=decisive,
            expected=one.message[::-1].hex() if one.kind == BITCOIN else "",
            detail=name,
        )

    def _open_reason(self, one: Attestation) -> str:
        if one.kind == BITCOIN:
            has_any = self._proof.has_side_files
            return "root-not-in-headers" if has_any else "header-not-given"
        if one.kind == PENDING:
            return "pending"
        return "unknown-attestation" if one.kind == UNKNOWN else "other-chain"

    def _claim_anchor(
        self, position: int, one: Attestation, found: FoundHeader, draft: "_Draft"
    ) -> None:
        places = [self._span(*each) for each in segments(one)]
        place = places[-1] if places else self._span(*one.place)
        draft.covered += [(Kind.HASH, each) for each in places]
        draft.covered.append((Kind.FRAMING, ByteSpan(found.place.source, 0, 0)))
        draft.claims.append(
            ProofClaim(
                checks.ANCHOR,
                NO_BLOCK,
                position,
                one.start,
                one.proof,
                found.header[ROOT],
                place,
                found.root_place,
            )
        )
        if 0 <= found.height != one.height:
            values = (f"{one.height}", f"{found.height}")
            reason = "header-height-differs"
            draft.fail(checks.ANCHOR, reason, position, (found.place,), values)
        target = target_of(bits_in(found.header)) or 0
        if target > EASIEST:
            values = (f"<= {EASIEST:064x}", f"{target:064x}")
            place = found.place
            draft.fail(checks.WORK, "target-too-easy", position, (place,), values)
            return
        draft.claims.append(
            WorkClaim(
                checks.WORK,
                NO_BLOCK,
                HashAlgorithm.SHA256D,
                found.header,
                target,
                found.place,
                is_little_endian=True,
            )
        )
        draft.headers.append((one.height, found.header))

    def replay(
        self, parsed: ProofFile, batch: Batch, outcomes: Sequence[int]
    ) -> Replayed:
        """Return nothing: a proof moves no things."""
        del parsed, batch, outcomes
        return Replayed()

    def finish(self) -> Closing:
        """Say what remains to be compared."""
        return Closing(not_checked=tuple(self._remarks), export_hint=EXPORT_HINT)

    def detail(self, height: int, span: ByteSpan) -> BlockDetail:
        """Return the whole proof with its fields, as one block that is none.

        Raises:
            ReadError: If the proof cannot be read.
        """
        del height, span
        stamp = self._proof.stamp
        if isinstance(stamp, ReadError):
            raise stamp
        batch = self.resolve(self._proof)
        size = self._files.evidence.sources[self._proof.source].size_bytes
        whole = ByteSpan(self._proof.source, 0, size)
        block = Block(
            NO_BLOCK, whole, HashAlgorithm.SHA256, b"", b"", len(batch.entries)
        )
        fields = _fields(stamp, self._proof.source)
        return BlockDetail(block, tuple(batch.entries), fields, tuple(batch.claims))

    def _span(self, start: int, end: int) -> ByteSpan:
        return ByteSpan(self._proof.source, start, end)


class _Draft:
    """A batch while it is being put together."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.claims: list[Claim] = []
        self.results: list[CheckResult] = []
        self.passed: list[tuple[str, int]] = []
        self.covered: list[tuple[Kind, ByteSpan]] = []
        self.headers: list[tuple[int, bytes]] = []
        """(height, header) of the blocks that the proof ends in."""

    def fail(
        self,
        check: str,
        reason: str,
        position: int,
        spans: tuple[ByteSpan, ...],
        values: tuple[str, str],
    ) -> None:
        self.results.append(
            CheckResult(
                check, Outcome.FAILED, reason, NO_BLOCK, position, *values, spans
            )
        )

    def answer(  # noqa: PLR0913 - what is open, and where
        self,
        check: str,
        reason: str,
        position: int,
        span: ByteSpan,
        *,
        decisive: bool,
        expected: str = "",
        detail: str = "",
    ) -> None:
        self.results.append(
            CheckResult(
                check,
                Outcome.INCONCLUSIVE,
                reason,
                NO_BLOCK,
                position,
                expected,
                spans=(span,),
                decisive=decisive,
                detail=detail,
            )
        )


def _remarks_on(stamp: Stamp, draft: _Draft) -> list[Remark]:
    found: list[Remark] = []
    known = {header[ROOT] for _, header in draft.headers}
    for each in stamp.attestations:
        if each.kind == BITCOIN and each.message not in known:
            must = f"block {each.height} = {each.message[::-1].hex()}"
            found.append(_remark("block-must-have-root", must))
    for height, header in draft.headers:
        moment = datetime.fromtimestamp(time_in(header), UTC)
        when = f"{moment:%Y-%m-%dT%H:%M:%SZ} (block {height})"
        found.append(_remark("existed-before", when))
        work = work_of(bits_in(header)).bit_length() - 1
        found.append(_remark("header-work", f"2^{work} hashes (block {height})"))
    names = {step.name for each in stamp.attestations for step in each.steps}
    if names & _WEAK:
        found.append(_remark("weak-steps", ", ".join(sorted(names & _WEAK))))
    return found


def _remark(code: str, detail: str) -> Remark:
    return Remark(code, _REMARKS[code], detail)


def _fields(stamp: Stamp, source: int) -> tuple[Field, ...]:
    """Return the proof as a tree: the digest, then each path with its operations."""
    digest_place = ByteSpan(source, *stamp.digest_place)
    fields = [
        Field("hash function", stamp.algorithm.value, Absent.NOT_IN_FORMAT),
        Field("digest", stamp.digest.hex(), digest_place),
    ]
    for number, each in enumerate(stamp.attestations):
        steps = tuple(
            Field(step.name, step.argument.hex(), ByteSpan(source, *step.place))
            for step in each.steps
        )
        end = Field(
            "attestation",
            f"{each.kind} {each.uri or each.height}",
            ByteSpan(source, *each.place),
        )
        value = Field("value", each.message.hex(), Absent.NOT_IN_FORMAT)
        whole = ByteSpan(source, stamp.digest_place[1], each.place[1])
        fields.append(Field(f"path {number}", each.kind, whole, (*steps, value, end)))
    return tuple(fields)
