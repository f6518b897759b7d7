"""Which validators may seal a block, and whether their set changes by votes only.

EIP-225 (Clique), GoQuorum ``istanbul`` (IBFT 1), Besu IBFT 2.0 and QBFT: a validator is
added or dropped when more than half of the set in force have voted for it; votes for a
candidate, and those of a dropped validator, are then forgotten. In BFT chains every
header lists the set that seals it; a Clique chain lists it only in its first block and
at checkpoints.

The epoch at which open votes are forgotten stands in the genesis file, not in blocks:
so a change must be backed by votes here, but votes need not lead to a change. Left out:
sets that a genesis file or a contract replaces; they are told as not backed by votes.
"""

from collections.abc import Sequence

from explorer.formats.ethereum.sealing import Sealing, SealKind, Vote, recent_limit

MAX_CANDIDATES = 10_000
"""Candidates whose votes are remembered."""


class ValidatorState:
    """The validators in force along one branch."""

    def __init__(self) -> None:
        """Know no validator."""
        self.current: tuple[bytes, ...] = ()
        self._votes: dict[bytes, dict[bytes, bool]] = {}
        self._recent: list[tuple[int, bytes]] = []
        self.is_known = False

    def copy(self) -> "ValidatorState":
        """Return the same state for another branch."""
        other = ValidatorState()
        other.current, other.is_known = self.current, self.is_known
        other._votes = {each: dict(votes) for each, votes in self._votes.items()}
        other._recent = list(self._recent)
        return other

    def take_list(self, listed: Sequence[bytes]) -> None:
        """Begin with a set that nothing before it explains."""
        self.current, self.is_known = tuple(listed), True
        self._votes.clear()

    def is_backed(self, listed: Sequence[bytes]) -> bool:
        """Return whether ``listed`` follows from the set in force by votes seen."""
        wanted, held = set(listed), set(self.current)
        if wanted == held:
            return True
        if len(wanted ^ held) != 1:
            return False
        candidate = next(iter(wanted ^ held))
        votes = self._votes.get(candidate, {})
        is_add = candidate in wanted
        agreeing = sum(vote is is_add for by, vote in votes.items() if by in held)
        return agreeing > len(held) // 2

    def follow(self, listed: Sequence[bytes]) -> None:
        """Take the set that a header lists, after its change was judged."""
        for candidate in set(listed) ^ set(self.current):
            self._settle(candidate)
        self.current = tuple(listed)

    def note_vote(self, voter: bytes, sealing: Sealing) -> None:
        """Take the vote in a block; Clique chains change their set at once."""
        vote = sealing.vote
        if vote is None or voter not in self.current:
            return
        if vote.is_add == (vote.candidate in self.current):
            self._votes.get(vote.candidate, {}).pop(voter, None)
            return
        if len(self._votes) < MAX_CANDIDATES or vote.candidate in self._votes:
            self._votes.setdefault(vote.candidate, {})[voter] = vote.is_add
        if sealing.kind is SealKind.CLIQUE:
            self._apply(vote)

    def is_recent(self, number: int, signer: bytes) -> bool:
        """Return whether a Clique signer signed one of the blocks just before."""
        limit = recent_limit(len(self.current))
        return any(by == signer and number - at < limit for at, by in self._recent)

    def note_signer(self, number: int, signer: bytes) -> None:
        """Remember who signed a Clique block."""
        self._recent.append((number, signer))
        del self._recent[: -recent_limit(max(len(self.current), 1))]

    def forget_votes(self) -> None:
        """Drop open votes, as at a checkpoint."""
        self._votes.clear()

    def _apply(self, vote: Vote) -> None:
        votes = self._votes[vote.candidate]
        agreeing = sum(
            wish is vote.is_add for by, wish in votes.items() if by in self.current
        )
        if agreeing <= len(self.current) // 2:
            return
        if vote.is_add:
            self.current = (*self.current, vote.candidate)
        else:
            self.current = tuple(e for e in self.current if e != vote.candidate)
        self._settle(vote.candidate)

    def _settle(self, candidate: bytes) -> None:
        """Forget the votes for a candidate, and those that a dropped one cast."""
        self._votes.pop(candidate, None)
        for votes in self._votes.values():
            votes.pop(candidate, None)
