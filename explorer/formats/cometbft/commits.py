"""Claims about the votes on a block: who may vote, what is signed, whether it suffices.

``types/validation.go``, ``VerifyCommit``: every signature is checked, those for nil
too; only votes for the block count; more than two thirds of the power is needed. Votes
are matched to validators by address, and a signer outside the set makes the commit
invalid, as light clients demand.
"""

from explorer.core.digests import HashAlgorithm
from explorer.crypto.hashes import digest
from explorer.formats.batching import BatchDraft
from explorer.formats.cometbft import checks
from explorer.formats.cometbft.encoding import header_leaves, header_top, sign_bytes
from explorer.formats.cometbft.plans import Around, HeightPlan
from explorer.formats.cometbft.records import (
    FLAG_ABSENT,
    FLAG_COMMIT,
    FLAG_NIL,
    Commit,
    Header,
    Validator,
    ValidatorSet,
    Vote,
)
from explorer.formats.cometbft.sets import SetBook, address_of, key_of, party_id
from explorer.model.claims import (
    AuthorityClaim,
    QuorumClaim,
    SignatureClaim,
    Voter,
    Weighted,
)
from explorer.model.keys import KeyKind, SignatureScheme

SIGNATURE_BYTES = 64
_SCHEMES = {
    KeyKind.ED25519: SignatureScheme.ED25519,
    KeyKind.SECP256K1: SignatureScheme.SECP256K1_SHA256,
}
_NOBODY: frozenset[str] = frozenset()


def two_thirds(validators: ValidatorSet) -> int:
    """Return the least power that is more than two thirds of all."""
    return sum(each.power for each in validators.members) * 2 // 3 + 1


class CommitClaims:
    """Claims the commits of one chain, height by height."""

    def __init__(self, book: SetBook) -> None:
        """Take parties and anchors from ``book``."""
        self._book = book
        self.without_validators = 0
        """Heights whose votes are there, but not their validators."""

    def claim(self, plan: HeightPlan, around: Around, draft: BatchDraft) -> None:
        """Add the claims about every commit of this height."""
        header = plan.header
        if header is None:
            return
        own, following = self._commits(header, around, draft)
        commits = [*own, *following]
        if plan.validators is None:
            if commits:
                self.without_validators += 1
            for each in own:
                reason = "validators-not-in-export"
                draft.open(checks.SIGNATURE, reason, header.height, each.span)
            return
        self._meet(header, plan.validators, draft)
        for commit in commits:
            self._one(plan, header, commit, draft)

    def _commits(
        self, header: Header, around: Around, draft: BatchDraft
    ) -> tuple[list[Commit], list[Commit]]:
        """Return the commits beside the block and those in the block after it."""
        own: list[Commit] = []
        for record in around.here.records:
            commit = record.commit
            if commit is None:
                continue
            if commit.height != header.height:
                reason, spans = "commit-for-other-height", (commit.span, header.span)
                draft.fail(checks.BLOCK_ID, reason, header.height, *spans)
            elif not any(_is_same(commit, each) for each in own):
                own.append(commit)
        return own, self._following(header, own, around)

    def _following(
        self, header: Header, own: list[Commit], around: Around
    ) -> list[Commit]:
        """Return the commits for this block that stand in the block after it.

        Where that block follows another one, the link says so, not its commit.
        """
        following: list[Commit] = []
        name = digest(HashAlgorithm.SHA256, header_top(header_leaves(header)))
        for record in () if around.after is None else around.after.records:
            commit = None if record.body is None else record.body.last_commit
            if commit is None or commit.height != header.height:
                continue
            is_known = any(_is_same(commit, each) for each in (*own, *following))
            if commit.block_id.hash == name and not is_known:
                following.append(commit)
        return following

    def _meet(
        self, header: Header, validators: ValidatorSet, draft: BatchDraft
    ) -> None:
        """Claim once for each validator that the address fits and who is named."""
        for each in self._book.meet(validators):
            if key_of(each) is not None and each.address:
                if each.address == address_of(each):
                    draft.passed[checks.ADDRESS] += 1
                else:
                    reason, place = "address-not-of-key", each.span
                    draft.fail(checks.ADDRESS, reason, header.height, place)
            key = key_of(each)
            if key is not None:
                draft.claims.append(
                    AuthorityClaim(
                        checks.AUTHORITY,
                        header.height,
                        party_id(each),
                        (),
                        (key,),
                        each.span,
                    )
                )
        addresses = {address_of(each) for each in validators.members}
        proposer = header.hash_of("proposer_address")
        if proposer in addresses:
            draft.passed[checks.MEMBERS] += 1
        else:
            place = header.places["proposer_address"]
            draft.fail(checks.MEMBERS, "proposer-outside-set", header.height, place)

    def _one(
        self, plan: HeightPlan, header: Header, commit: Commit, draft: BatchDraft
    ) -> None:
        validators = plan.validators
        if validators is None:
            return
        members = {address_of(each): each for each in validators.members}
        faults = commit_faults(commit, members)
        if len(commit.votes) != len(members):
            faults.append(("commit-size-differs", None))
        for reason, vote in faults:
            place = commit.span if vote is None else vote.span
            draft.fail(checks.MEMBERS, reason, header.height, place)
        draft.passed[checks.MEMBERS] += not faults
        claims = vote_claims(
            header.chain_id,
            commit,
            members,
            draft,
            block=header.height,
            is_decisive=True,
        )
        voters = _voters(commit, members, claims, self._book)
        is_open = any(
            each.flag == FLAG_COMMIT and _is_open(members.get(each.address))
            for each in commit.votes
        )
        if is_open:
            reason = "key-kind-not-supported"
            draft.open(checks.QUORUM, reason, header.height, commit.span)
        plan.votes.update(
            (vote.address, claims[vote.address])
            for vote in commit.votes
            if vote.flag == FLAG_COMMIT and vote.address in claims
        )
        plan.quorums.append(
            draft.claim(
                QuorumClaim(
                    checks.QUORUM,
                    header.height,
                    -1,
                    Weighted(two_thirds(validators)),
                    voters,
                    commit.span,
                    decisive=not is_open,
                )
            )
        )


def commit_faults(
    commit: Commit, members: dict[bytes, Validator]
) -> list[tuple[str, Vote | None]]:
    """Return what is wrong with the votes of a commit before any signature."""
    faults: list[tuple[str, Vote | None]] = []
    seen: set[bytes] = set()
    for vote in commit.votes:
        if vote.flag == FLAG_ABSENT:
            if vote.signature or vote.address:
                faults.append(("vote-malformed", vote))
            continue
        if vote.flag not in {FLAG_COMMIT, FLAG_NIL}:
            faults.append(("vote-malformed", vote))
        elif vote.address not in members:
            faults.append(("signer-outside-set", vote))
        elif vote.address in seen:
            faults.append(("signer-repeated", vote))
        seen.add(vote.address)
    return faults


def vote_claims(
    chain_id: str,
    commit: Commit,
    members: dict[bytes, Validator],
    draft: BatchDraft,
    *,
    block: int,
    is_decisive: bool,
) -> dict[bytes, int]:
    """Claim the signature of each vote by a member; return address → claim."""
    claims: dict[bytes, int] = {}
    for vote in commit.votes:
        member = members.get(vote.address)
        key = None if member is None else key_of(member)
        if vote.flag not in {FLAG_COMMIT, FLAG_NIL} or member is None or key is None:
            continue
        claims[vote.address] = draft.claim(
            SignatureClaim(
                checks.SIGNATURE,
                block,
                -1,
                _SCHEMES[key.kind],
                key,
                sign_bytes(chain_id, commit, vote),
                vote.signature if len(vote.signature) == SIGNATURE_BYTES else b"",
                commit.block_id.span,
                vote.span,
                is_decisive,
                party_id(member),
                "precommit" if vote.flag == FLAG_COMMIT else "precommit for nil",
                low_s=key.kind is KeyKind.SECP256K1,
            )
        )
    return claims


def _voters(
    commit: Commit,
    members: dict[bytes, Validator],
    claims: dict[bytes, int],
    book: SetBook,
) -> tuple[Voter, ...]:
    return tuple(
        Voter(
            claims.get(vote.address, -1),
            vote.address.hex(),
            _NOBODY,
            book.is_anchored(members[vote.address]),
            members[vote.address].power,
        )
        for vote in commit.votes
        if vote.flag == FLAG_COMMIT and vote.address in members
    )


def _is_open(member: Validator | None) -> bool:
    return member is not None and key_of(member) is None


def _is_same(one: Commit, other: Commit) -> bool:
    """Return whether two commits say the same, wherever they stand."""
    return _facts(one) == _facts(other)


def _facts(commit: Commit) -> tuple[object, ...]:
    named = commit.block_id
    votes = tuple((v.flag, v.address, v.time_ns, v.signature) for v in commit.votes)
    return commit.round, named.hash, named.total, named.parts_hash, votes
