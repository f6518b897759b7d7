"""One file of Merkle proofs from bytes to findings; its entries are the proofs."""

from collections.abc import Iterator, Sequence

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.core.limits import MAX_RECORD_BYTES
from explorer.core.spans import ByteSpan
from explorer.crypto.trees import (
    ProofReason,
    inclusion_steps,
    is_subtree,
    verify_consistency,
    verify_subtree_consistency,
)
from explorer.formats.opening import EvidenceFiles
from explorer.formats.rfc6962 import checks
from explorer.formats.rfc6962.reading import (
    Consistency,
    Inclusion,
    Proof,
    read_proofs,
)
from explorer.model.blocks import NO_BLOCK, Block, Entry, Unreadable
from explorer.model.checks import CheckResult, CheckSpec, Kind, Outcome
from explorer.model.claims import Claim, ProofClaim, ProofStep
from explorer.model.ledgers import (
    Batch,
    BlockDetail,
    Closing,
    Field,
    Remark,
    Replayed,
)

EXPORT_HINT = (
    "Ask for the signed tree head with the root, on another way than the proof."
)
_ROOT_REMARK = Remark(
    "root-not-tied",
    "Nothing here says whose tree the root belongs to: compare it with a signed one.",
)

ParsedProofs = list[Proof | ReadError]


class ProofPipeline:
    """One JSON file of proofs."""

    format = "rfc6962"
    checks: tuple[CheckSpec, ...] = checks.CHECKS
    entry_unit = "proof"

    def __init__(self, files: EvidenceFiles, source: int) -> None:
        """Read nothing yet."""
        self.title = files.path(source).name
        self._files = files
        self._source = source
        size = files.evidence.sources[source].size_bytes
        self._whole = ByteSpan(source, 0, size)

    def read(self) -> Iterator[ParsedProofs]:
        """Yield the proofs of the file, once."""
        if self._whole.size_bytes > MAX_RECORD_BYTES:
            yield [ReadError("the file is too long", "too-long")]
            return
        try:
            yield read_proofs(self._files.read(self._whole))
        except ReadError as error:
            yield [error]

    def resolve(self, parsed: ParsedProofs) -> Batch:
        """Return the proofs as entries, with what they claim."""
        entries: list[Entry] = []
        claims: list[Claim] = []
        damage: list[Unreadable] = []
        results: list[CheckResult] = []
        for position, proof in enumerate(parsed):
            if isinstance(proof, ReadError):
                found = Unreadable(
                    checks.FORM,
                    proof.reason,
                    self._whole,
                    NO_BLOCK,
                    str(proof),
                    position,
                )
                damage.append(found)
                continue
            entries.append(self._entry(position, proof))
            answer = self._answer(position, proof)
            if isinstance(answer, CheckResult):
                results.append(answer)
            else:
                claims.append(answer)
        size = self._whole.size_bytes
        covered = [(Kind.HASH, self._whole)] if entries else []
        passed = [(checks.FORM, len(entries))]
        return Batch((), entries, claims, damage, passed, results, size, size, covered)

    def _entry(self, position: int, proof: Proof) -> Entry:
        if isinstance(proof, Inclusion):
            name = f"leaf {proof.index} of {proof.subtree.stop}"
            kind = "inclusion"
        else:
            name = f"{proof.subtree.stop} to {proof.size} leaves"
            kind = "consistency"
        return Entry(NO_BLOCK, position, name, kind, "", self._whole)

    def _answer(self, position: int, proof: Proof) -> CheckResult | ProofClaim:
        if isinstance(proof, Consistency):
            return self._consistent(position, proof)
        try:
            steps = _steps_of(proof)
        except ReadError as error:
            return self._result(
                checks.INCLUSION, Outcome.FAILED, error.reason, position
            )
        return ProofClaim(
            checks.INCLUSION,
            NO_BLOCK,
            position,
            proof.leaf_hash,
            steps,
            proof.root,
            self._whole,
            self._whole,
        )

    def _consistent(self, position: int, proof: Consistency) -> CheckResult:
        roots, path = proof.roots, proof.path
        if proof.is_part:
            found = verify_subtree_consistency(proof.subtree, proof.size, roots, path)
        else:
            sizes = proof.subtree.stop, proof.size
            found = verify_consistency(sizes, roots, path)
        outcome = Outcome.FAILED
        if found is ProofReason.PROVEN:
            outcome = Outcome.PASSED
        elif found is ProofReason.NOTHING_PROVEN:
            outcome = Outcome.INCONCLUSIVE
        return self._result(checks.CONSISTENCY, outcome, found.value, position)

    def _result(
        self, check: str, outcome: Outcome, reason: str, position: int
    ) -> CheckResult:
        return CheckResult(
            check, outcome, reason, NO_BLOCK, position, spans=(self._whole,)
        )

    def replay(
        self, parsed: ParsedProofs, batch: Batch, outcomes: Sequence[int]
    ) -> Replayed:
        """Return nothing: a proof moves no things."""
        del parsed, batch, outcomes
        return Replayed()

    def finish(self) -> Closing:
        """Say that a root must be known from elsewhere."""
        return Closing(not_checked=(_ROOT_REMARK,), export_hint=EXPORT_HINT)

    def detail(self, height: int, span: ByteSpan) -> BlockDetail:
        """Return all proofs of the file, as one block that is none."""
        del height, span
        parsed = next(self.read())
        batch = self.resolve(parsed)
        count = len(batch.entries)
        block = Block(NO_BLOCK, self._whole, HashAlgorithm.SHA256, b"", b"", count)
        fields = tuple(
            _fields(position, each, self._whole)
            for position, each in enumerate(parsed)
            if not isinstance(each, ReadError)
        )
        return BlockDetail(block, tuple(batch.entries), fields, tuple(batch.claims))


def _steps_of(proof: Inclusion) -> tuple[ProofStep, ...]:
    """Return the path as steps.

    Raises:
        ReadError: With a ``ProofReason`` if it does not fit index and size.
    """
    subtree = proof.subtree
    if proof.is_part and not is_subtree(subtree.start, subtree.stop):
        raise ReadError("no subtree", ProofReason.OUT_OF_RANGE.value)
    place = proof.index - subtree.start
    nodes = (proof.leaf_hash, *proof.path)
    return inclusion_steps(place, len(subtree), nodes)


def _fields(position: int, proof: Proof, span: ByteSpan) -> Field:
    path = tuple(
        Field(f"node {number}", each.hex(), span)
        for number, each in enumerate(proof.path)
    )
    if isinstance(proof, Inclusion):
        values = (
            ("leaf", proof.leaf_hash.hex()),
            ("index", str(proof.index)),
            ("leaves", f"{proof.subtree.start} to {proof.subtree.stop}"),
            ("root", proof.root.hex()),
        )
    else:
        values = (
            ("leaves", f"{proof.subtree.start} to {proof.subtree.stop}"),
            ("size", str(proof.size)),
            ("root", proof.roots[0].hex()),
            ("later root", proof.roots[1].hex()),
        )
    fields = tuple(Field(name, value, span) for name, value in values)
    return Field(f"proof {position}", "", span, (*fields, *path))
