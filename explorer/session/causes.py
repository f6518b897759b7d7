"""Which findings follow from which: our inference, marked as such.

In the first failed block of each disturbance, what fails nearest to the bytes is the
root cause; what must fail because of it (the link behind it, quorums over a changed
header, replayed state that was built on it) follows from it. Findings that did not fail
stand alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from explorer.model.checks import Kind, Outcome
from explorer.model.verdicts import Finding

MAX_OPEN_CAUSES = 50
"""Causes that later findings are held against; more would take quadratic time."""

_FOLLOWING = {
    Kind.LINK: frozenset({Kind.HASH, Kind.TREE, Kind.LINK, Kind.FRAMING, Kind.NUMBER}),
    Kind.REPLAY: frozenset(Kind),
    Kind.QUORUM: frozenset({Kind.HASH, Kind.LINK, Kind.SIGNATURE, Kind.QUORUM}),
    Kind.SIGNATURE: frozenset({Kind.HASH, Kind.TREE, Kind.LINK, Kind.SIGNATURE}),
    Kind.NUMBER: frozenset({Kind.FRAMING, Kind.MALFORMED, Kind.NUMBER}),
    Kind.HASH: frozenset({Kind.LINK}),
}
"""Kind → kinds of an earlier failure that can bring it about."""

_DEPTH = (
    Kind.FRAMING,
    Kind.MALFORMED,
    Kind.NUMBER,
    Kind.HASH,
    Kind.TREE,
    Kind.LINK,
    Kind.SIGNATURE,
    Kind.IDENTITY,
    Kind.WORK,
    Kind.PROOF,
    Kind.ANCHOR,
    Kind.QUORUM,
    Kind.REPLAY,
)
"""Kinds from the bytes up: in one block, a kind can bring about those behind it."""

_NEXT_ONLY = frozenset({Kind.LINK, Kind.NUMBER})
"""Kinds that an earlier failure only causes in the very next block."""


def group_by_cause(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings by root cause, each with its number; others behind."""
    failed = [each for each in findings if each.outcome is Outcome.FAILED]
    others = [each for each in findings if each.outcome is not Outcome.FAILED]
    failed.sort(key=_order)
    causes: list[_Cause] = []
    grouped: list[Finding] = []
    for finding in failed:
        number = next(
            (i for i in _tried(len(causes)) if causes[i].explains(finding)), -1
        )
        if number >= 0:
            causes[number].take(finding)
            is_root = causes[number].is_root(finding)
            grouped.append(replace(finding, cause=number, is_root=is_root))
        else:
            causes.append(_Cause(finding))
            grouped.append(replace(finding, cause=len(causes) - 1))
    grouped.sort(key=lambda each: (each.cause, not each.is_root, _order(each)))
    others.sort(key=_order)
    return (*grouped, *others)


def _tried(count: int) -> Iterator[int]:
    """Yield the causes a finding may follow from: the first ones and the latest."""
    yield from range(min(count, MAX_OPEN_CAUSES))
    if count > MAX_OPEN_CAUSES:
        yield count - 1


class _Cause:
    def __init__(self, root: Finding) -> None:
        self.block = root.block
        self._kind = root.kind
        self._last = root.block
        self._kinds = {root.kind}

    def is_root(self, finding: Finding) -> bool:
        return finding.block == self.block and finding.kind is self._kind

    def explains(self, finding: Finding) -> bool:
        if finding.block is None or self.block is None:
            return finding.block == self.block
        if finding.block == self.block:
            return True
        if finding.block == self._last and finding.block == self.block + 1:
            return True
        causes = _FOLLOWING.get(finding.kind, frozenset())
        if not causes & self._kinds or self._last is None:
            return False
        return finding.kind not in _NEXT_ONLY or finding.block <= self._last + 1

    def take(self, finding: Finding) -> None:
        self._kinds.add(finding.kind)
        if finding.block is not None:
            self._last = max(self._last or 0, finding.block)


def _order(finding: Finding) -> tuple[int, int, int, str]:
    block = -1 if finding.block is None else finding.block
    entry = -1 if finding.entry is None else finding.entry
    return (block, _DEPTH.index(finding.kind), entry, finding.reason)
