"""One block in full: fields with their bytes, claims, and how each is worked out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explorer.checks.runner import ClaimRunner
from explorer.checks.signatures import Here
from explorer.core.absent import Absent
from explorer.core.errors import ExplorerError
from explorer.core.spans import ByteSpan
from explorer.crypto.trust import TrustStore
from explorer.formats.opening import EvidenceFiles, ReadingOptions, open_evidence
from explorer.model.blocks import Block, Entry
from explorer.model.checks import CheckSpec, Kind, Outcome
from explorer.model.claims import Claim, LinkClaim
from explorer.model.ledgers import (
    PREVIOUS_HASH,
    Batch,
    BlockDetail,
    HashPart,
    Pipeline,
)
from explorer.model.profiles import Profile
from explorer.session.catalogue import recognise
from explorer.session.explaining import Explanation, explain
from explorer.session.loose_entries import (
    MAX_REREAD_BYTES,
    LooseEntries,
    loose_detail,
    read_loose,
)
from explorer.session.profiles import shipped_profiles
from explorer.session.tallies import sentence_of
from explorer.session.written_fields import MAX_READ_BYTES


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A claim of a block with its answer."""

    spec: CheckSpec
    claim: Claim
    outcome: Outcome
    reason: str
    sentence: str
    explanation: Explanation | None


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block, everything claimed about it, and the answers."""

    format: str
    title: str
    detail: BlockDetail
    block_hash: bytes
    claims: tuple[ShownClaim, ...]
    paths: tuple[str, ...]
    """Paths of the evidence's files; spans refer to them by number."""


class BlockShower:
    """Shows blocks of one evidence again and again; keeps its files open.

    Claims that need the blocks before (links, signers in force) are answered where the
    reader can make them from the block alone; ``show_from_start`` reads all before it.
    """

    def __init__(
        self,
        paths: tuple[Path, ...],
        trust: TrustStore,
        format_name: str = "",
        profiles: Sequence[Profile] = (),
    ) -> None:
        """Open the evidence.

        Raises:
            ExplorerError: If it cannot be read or is of no known format.
        """
        self._files = open_evidence(paths)
        self._family = recognise(self._files, format_name)
        self._trust = trust
        self._reading = ReadingOptions(
            trust, profiles=tuple(profiles) or shipped_profiles()
        )
        self._pipelines = self._opened()
        self._loose: dict[int, LooseEntries] = {}

    def close(self) -> None:
        """Close the files."""
        self._files.close()

    def read(self, span: ByteSpan) -> bytes:
        """Return bytes of the evidence, for the bytes pane."""
        return self._files.read(span)

    @property
    def files(self) -> EvidenceFiles:
        """Return the open files."""
        return self._files

    def show(
        self, ledger: int, height: int, span: ByteSpan, parent: ByteSpan | None = None
    ) -> ShownBlock:
        """Return a block whose place is known, without reading those before it.

        ``parent`` is the place of the block before, if the caller has it; the link is
        shown then.
        """
        pipeline = self._pipelines[ledger]
        detail = pipeline.detail(height, span)
        claims, parts = detail.claims, dict(detail.claim_parts)
        has_link = any(map(_is_link, claims)) or not detail.block.declared_parent
        if parent is not None and not has_link:
            before = pipeline.detail(height - 1, parent)
            parts[len(claims)] = before.header_parts
            claims = (*claims, _link_claim(pipeline, detail, before))
        return self._answer(pipeline, detail, claims, parts)

    def show_entry(self, ledger: int, entry: Entry) -> ShownBlock:
        """Return an entry that belongs to no block, with what is claimed about it.

        Its claims are known where the evidence is short enough to be read once more.
        """
        pipeline = self._pipelines[ledger]
        loose = self._loose_entries(ledger).at(entry.position, entry.span)
        read = min(entry.span.size_bytes, MAX_READ_BYTES + 1)
        start = entry.span.start
        raw = self._files.read(ByteSpan(entry.span.source, start, start + read))
        detail = loose_detail(entry, raw, loose)
        return self._answer(pipeline, detail, detail.claims, {})

    def _loose_entries(self, ledger: int) -> LooseEntries:
        known = self._loose.get(ledger)
        if known is None:
            sizes = [each.size_bytes for each in self._files.evidence.sources]
            is_short = sum(sizes) <= MAX_REREAD_BYTES
            known = read_loose(self._opened()[ledger]) if is_short else LooseEntries({})
            self._loose[ledger] = known
        return known

    def _opened(self) -> list[Pipeline[Any]]:
        return list(self._family.open_ledgers(self._files, self._reading))

    def show_from_start(self, ledger: int, height: int) -> ShownBlock:
        """Return a block after reading all blocks before it.

        Raises:
            ExplorerError: If the ledger holds no block of this height.
        """
        pipeline = self._pipelines[ledger]
        before: Block | None = None
        for parsed in pipeline.read():
            batch = pipeline.resolve(parsed)
            for block in batch.blocks:
                if block.height == height:
                    follows = before is not None and before.height == height - 1
                    parent = before.span if before is not None and follows else None
                    return self.show(ledger, height, block.span, parent)
                before = block
        raise ExplorerError(f"there is no block {height} in {pipeline.title}")

    def _answer(
        self,
        pipeline: Pipeline[Any],
        detail: BlockDetail,
        claims: tuple[Claim, ...],
        parts: Mapping[int, tuple[HashPart, ...]],
    ) -> ShownBlock:
        runner = ClaimRunner(self._trust, Here(fast=False))
        answers = runner.start(Batch([detail.block], detail.entries, claims)).result()
        reasons = {
            index: result.reason
            for index, result in zip(
                answers.claim_indices, answers.results, strict=True
            )
        }
        specs = {spec.id: spec for spec in pipeline.checks}
        shown = tuple(
            self._shown(
                specs[claim.check],
                claim,
                Outcome(answers.outcomes[index]),
                reasons.get(index, ""),
                parts.get(index, ()),
            )
            for index, claim in enumerate(claims)
        )
        sources = self._files.evidence.sources
        return ShownBlock(
            pipeline.format,
            pipeline.title,
            detail,
            answers.hashes[0],
            shown,
            tuple(source.path for source in sources),
        )

    def _shown(
        self,
        spec: CheckSpec,
        claim: Claim,
        outcome: Outcome,
        reason: str,
        parts: tuple[HashPart, ...],
    ) -> ShownClaim:
        path = self._files.evidence.sources[claim.place.source].path
        raw = self._files.read(claim.place)
        sentence = sentence_of(spec, reason) if reason else spec.title
        explanation = explain(claim, parts, path, raw)
        return ShownClaim(spec, claim, outcome, reason, sentence, explanation)


def _is_link(claim: Claim) -> bool:
    return isinstance(claim, LinkClaim)


def _link_claim(
    pipeline: Pipeline[Any], detail: BlockDetail, before: BlockDetail
) -> LinkClaim:
    check = next(spec.id for spec in pipeline.checks if spec.kind is Kind.LINK)
    block = detail.block
    declared_place = block.span
    for part in detail.header_parts:
        if part.name == PREVIOUS_HASH and not isinstance(part.place, Absent):
            declared_place = part.place
    return LinkClaim(
        check,
        block.height,
        block.algorithm,
        before.block.header,
        block.declared_parent,
        before.block.span,
        declared_place,
    )
