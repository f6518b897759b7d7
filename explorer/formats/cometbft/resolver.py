"""From what is stated about a height to claims: hashes, links, votes, validators.

CometBFT specification v0.38, "Data Structures" (hashes) and "Light client verification"
(commits); ``types/validation.go``, ``VerifyCommit``. Works upwards by height. Left out:
everything that needs the outcome of a claim (``replay``).
"""

import re

from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.crypto.hashes import digest
from explorer.crypto.trust import TrustStore
from explorer.formats.batching import BatchDraft
from explorer.formats.cometbft import checks
from explorer.formats.cometbft.commits import CommitClaims
from explorer.formats.cometbft.encoding import (
    block_parts,
    header_leaves,
    header_top,
    result_leaf,
    vote_leaf,
)
from explorer.formats.cometbft.entries import EntryMaker, codes_of
from explorer.formats.cometbft.plans import Around, HeightPlan
from explorer.formats.cometbft.records import (
    BlockId,
    BlockRecord,
    Body,
    Header,
    Height,
    ValidatorSet,
)
from explorer.formats.cometbft.sets import SetBook, leaves_of, set_of_pages
from explorer.model.blocks import Block
from explorer.model.claims import LinkClaim, TreeClaim, TreeRule

_SHA256 = HashAlgorithm.SHA256


class Resolver:
    """Resolves the heights of one chain, in order."""

    def __init__(self, trust: TrustStore, book: SetBook | None = None) -> None:
        """Begin before the first height; ``book`` holds what is known already."""
        self.trust = trust
        self.book = SetBook(trust) if book is None else book
        self.has_celestia = False
        self.has_results = False
        self._commits = CommitClaims(self.book)
        self._entries = EntryMaker()

    @property
    def without_validators(self) -> int:
        """Return at how many heights votes are there, but not the validators."""
        return self._commits.without_validators

    def resolve(self, around: Around, draft: BatchDraft) -> HeightPlan:
        """Add everything about one height to ``draft``; return the plan for it."""
        here = around.here
        plan = HeightPlan(here.height)
        if not here.records:
            plan.entries = self._entries.loose(here, draft)
            return plan
        main = here.records[0]
        plan.header = main.header
        self._learn(around)
        tops = self._headers(around, draft)
        self._block(around, main, tops[0], draft)
        self._link(around, plan, draft)
        for record in here.records:
            if record.body is not None:
                self._body(record.header, record.body, draft)
        self._parts(around, tops, draft)
        self._results(around, draft)
        self._validators(around, plan, draft)
        self._commits.claim(plan, around, draft)
        plan.entries = self._entries.of_block(around, draft)
        return plan

    def _learn(self, around: Around) -> None:
        for height in (around.before, around.here, around.after):
            for record in () if height is None else height.records:
                for each in (record.validators, record.next_validators):
                    if each is not None:
                        self.book.learn(each)
            pages = None if height is None else set_of_pages(height.pages)
            if pages is not None:
                self.book.learn(pages)

    def _headers(self, around: Around, draft: BatchDraft) -> list[bytes]:
        """Claim the hash of each header once for every place that names the block."""
        tops: list[bytes] = []
        height, claimed = around.here.height, 0
        for record in around.here.records:
            header = record.header
            leaves = header_leaves(header)
            top = header_top(leaves)
            if tops and top != tops[0]:
                spans = (around.here.records[0].header.span, header.span)
                draft.fail(checks.HEIGHT, "blocks-conflict", height, *spans)
            tops.append(top)
            for named in _names(record):
                claimed += 1
                draft.claims.append(
                    TreeClaim(
                        checks.HEADER_HASH,
                        height,
                        TreeRule.RFC9162,
                        _SHA256,
                        leaves,
                        named.hash,
                        header.span,
                        named.span,
                    )
                )
        if not claimed:
            place = around.here.records[0].header.span
            draft.skip(checks.HEADER_HASH, "no-block-id", height, place)
        return tops

    def _block(
        self, around: Around, main: BlockRecord, top: bytes, draft: BatchDraft
    ) -> None:
        header = main.header
        body = _first_body(around.here)
        count = len(body.txs) if body is not None else len(around.here.searched)
        changes = header.hash_of("validators_hash") != header.hash_of(
            "next_validators_hash"
        )
        draft.blocks.append(
            Block(
                header.height,
                header.span,
                _SHA256,
                top,
                header.last_block_id.hash,
                count,
                header.time_ns // 1000,
                sum(code != 0 for code in codes_of(around.here)),
                is_configuration=changes,
            )
        )

    def _link(self, around: Around, plan: HeightPlan, draft: BatchDraft) -> None:
        header = around.here.records[0].header
        place = header.places["last_block_id"]
        before = around.before
        if before is None or not before.records:
            is_first = not header.last_block_id.hash
            reason = "first-block" if is_first else "parent-not-in-export"
            draft.skip(checks.LINK, reason, header.height, place)
            return
        parent = before.records[0].header
        plan.link_claim = draft.claim(
            LinkClaim(
                checks.LINK,
                header.height,
                _SHA256,
                header_top(header_leaves(parent)),
                header.last_block_id.hash,
                parent.span,
                place,
            )
        )
        if header.time_ns <= parent.time_ns:
            places = (parent.places["time"], header.places["time"])
            draft.fail(checks.HEIGHT, "time-goes-back", header.height, *places)
        else:
            draft.passed[checks.HEIGHT] += 1
        self._announced(parent, header, draft)
        self._named_parts(before, header, draft)

    def _announced(self, parent: Header, header: Header, draft: BatchDraft) -> None:
        name, stated = "next_validators_hash", "validators_hash"
        if parent.hash_of(name) == header.hash_of(stated):
            draft.passed[checks.NEXT_VALIDATORS] += 1
            return
        places = (parent.places[name], header.places[stated])
        height = header.height
        draft.fail(checks.NEXT_VALIDATORS, "announced-others", height, *places)

    def _named_parts(self, before: Height, header: Header, draft: BatchDraft) -> None:
        """Compare the parts' hash that this block states for the one before it."""
        stated = header.last_block_id
        for record in before.records:
            for named in _names(record):
                is_same = (named.total, named.parts_hash) == (
                    stated.total,
                    stated.parts_hash,
                )
                if is_same or named.hash != stated.hash:
                    draft.passed[checks.BLOCK_ID] += is_same
                else:
                    spans = (named.span, stated.span)
                    draft.fail(checks.BLOCK_ID, "parts-differ", header.height, *spans)

    def _body(self, header: Header, body: Body, draft: BatchDraft) -> None:
        self._data(header, body, draft)
        height = header.height
        if body.last_commit is not None:
            commit = body.last_commit
            leaves = tuple(map(vote_leaf, commit.votes))
            self._tree(checks.LAST_COMMIT_HASH, header, leaves, commit.span, draft)
            named, stated = commit.block_id, header.last_block_id
            is_same = (named.hash, named.total, named.parts_hash) == (
                stated.hash,
                stated.total,
                stated.parts_hash,
            )
            is_before = commit.height in {height - 1, 0}
            if is_same and is_before:
                draft.passed[checks.BLOCK_ID] += 1
            else:
                spans = (named.span, stated.span)
                draft.fail(checks.BLOCK_ID, "last-commit-differs", height, *spans)
        if body.has_evidence and body.has_exact_evidence:
            place = body.evidence_place
            self._tree(checks.EVIDENCE_HASH, header, body.evidence, place, draft)
        elif body.has_evidence:
            reason, place = "evidence-not-rehashable", body.evidence_place
            draft.open(checks.EVIDENCE_HASH, reason, height, place)

    def _data(self, header: Header, body: Body, draft: BatchDraft) -> None:
        leaves = tuple(digest(_SHA256, tx) for tx, _ in body.txs)
        if body.has_square:
            self.has_celestia = True
            place = body.txs_place
            is_celestia = _CELESTIA.match(header.chain_id) is not None
            tell = draft.skip if is_celestia else draft.open
            tell(checks.DATA_HASH, "celestia-data-root", header.height, place)
            return
        self._tree(checks.DATA_HASH, header, leaves, body.txs_place, draft)

    def _tree(
        self,
        check: str,
        header: Header,
        leaves: tuple[bytes, ...],
        place: ByteSpan,
        draft: BatchDraft,
    ) -> None:
        name = _FIELDS[check]
        draft.claims.append(
            TreeClaim(
                check,
                header.height,
                TreeRule.RFC9162,
                _SHA256,
                leaves,
                header.hash_of(name),
                place,
                header.places[name],
            )
        )

    def _parts(self, around: Around, tops: list[bytes], draft: BatchDraft) -> None:
        """Claim the hash of the parts, where the whole block is there."""
        records = around.here.records
        whole = next(
            (at for at, each in enumerate(records) if _is_whole(each.body)), -1
        )
        body = records[whole].body
        if whole < 0 or body is None:
            return
        header, height = records[whole].header, around.here.height
        parts = block_parts(header, body)
        same = [
            each for each, top in zip(records, tops, strict=True) if top == tops[whole]
        ]
        for named in (named for each in same for named in _names(each)):
            draft.claims.append(
                TreeClaim(
                    checks.PART_SET,
                    height,
                    TreeRule.RFC9162,
                    _SHA256,
                    parts,
                    named.parts_hash,
                    body.txs_place,
                    named.span,
                )
            )
            if named.total != len(parts):
                draft.fail(checks.PART_SET, "part-count-differs", height, named.span)

    def _results(self, around: Around, draft: BatchDraft) -> None:
        after = around.after
        for results in around.here.results:
            self.has_results = True
            if after is None or not after.records:
                reason, place = "next-block-not-in-export", results.span
                draft.skip(checks.RESULTS_HASH, reason, around.here.height, place)
                continue
            header = after.records[0].header
            leaves = tuple(map(result_leaf, results.txs))
            draft.claims.append(
                TreeClaim(
                    checks.RESULTS_HASH,
                    around.here.height,
                    TreeRule.RFC9162,
                    _SHA256,
                    leaves,
                    header.hash_of("last_results_hash"),
                    results.span,
                    header.places["last_results_hash"],
                )
            )

    def _validators(self, around: Around, plan: HeightPlan, draft: BatchDraft) -> None:
        """Claim the sets stated for this height, and choose the one that decides."""
        here = around.here
        pages = set_of_pages(here.pages)
        for record in here.records:
            for stated in (record.validators, pages):
                if stated is not None and stated.is_complete:
                    plan.validators = plan.validators or stated
                    self._claim_set(
                        checks.VALIDATORS_HASH, record.header, stated, draft
                    )
            if record.next_validators is not None:
                plan.next_validators = plan.next_validators or record.next_validators
                self._claim_set(
                    checks.NEXT_VALIDATORS,
                    record.header,
                    record.next_validators,
                    draft,
                )
            pages = None
        header = here.records[0].header
        known = self.book.find(header.hash_of("validators_hash"))
        plan.validators = plan.validators or known
        following = self.book.find(header.hash_of("next_validators_hash"))
        plan.next_validators = plan.next_validators or following
        if plan.validators is None:
            place = header.places["validators_hash"]
            reason = "validators-not-in-export"
            draft.skip(checks.VALIDATORS_HASH, reason, header.height, place)

    def _claim_set(
        self, check: str, header: Header, stated: ValidatorSet, draft: BatchDraft
    ) -> None:
        leaves = leaves_of(stated)
        if leaves is None:
            reason = "key-kind-not-supported"
            draft.open(check, reason, header.height, stated.span)
            return
        self._tree(check, header, leaves, stated.span, draft)


_CELESTIA = re.compile(r"(?:celestia|mocha|mocha-\d+|arabica-\d+)\Z", re.ASCII)
"""Chains whose data hash is known to be the root of a data square."""

_FIELDS = {
    checks.DATA_HASH: "data_hash",
    checks.LAST_COMMIT_HASH: "last_commit_hash",
    checks.EVIDENCE_HASH: "evidence_hash",
    checks.VALIDATORS_HASH: "validators_hash",
    checks.NEXT_VALIDATORS: "next_validators_hash",
}


def _names(record: BlockRecord) -> list[BlockId]:
    """Return everything in a record that names its block."""
    found = list(record.block_ids)
    if record.commit is not None and record.commit.height == record.header.height:
        found.append(record.commit.block_id)
    return found


def _first_body(height: Height) -> Body | None:
    return next((each.body for each in height.records if each.body is not None), None)


def _is_whole(body: Body | None) -> bool:
    return (
        body is not None
        and body.has_evidence
        and body.has_exact_evidence
        and not body.has_square
        and body.last_commit is not None
    )
