"""What only this family can judge once signatures are checked: trust across gaps.

Light-client rule: a block that is not next to the one before it is reached if more than
a third of the validators known there signed it. Attribution: a block without votes in
the evidence is under the user's anchors only through the links up to one that is.
"""

from collections import Counter
from collections.abc import Sequence

from explorer.formats.cometbft import checks
from explorer.formats.cometbft.light import has_third
from explorer.formats.cometbft.plans import EntryPlan, HeightPlan
from explorer.formats.cometbft.records import ValidatorSet
from explorer.formats.cometbft.transfers import transfers_of
from explorer.model.checks import CheckResult, Outcome
from explorer.model.content import EntryContent
from explorer.model.ledgers import Replayed

PASSED = int(Outcome.PASSED)


class ChainReplay:
    """Goes through the heights of one chain in order."""

    def __init__(self) -> None:
        """Begin before the first height."""
        self._height = -1
        self._trusted: ValidatorSet | None = None
        """The validators announced by the last block whose votes sufficed."""
        self._pending: list[int] = []
        """Heights without votes that a later block may still vouch for."""
        self._lost: list[int] = []
        self.has_gaps = False

    def replay(
        self,
        plans: Sequence[HeightPlan],
        outcomes: Sequence[int],
        unattributed: frozenset[int],
    ) -> Replayed:
        """Judge some heights; ``unattributed`` are those decided by others."""
        passed: Counter[str] = Counter()
        results: list[CheckResult] = []
        contents: list[EntryContent] = []
        for plan in plans:
            contents += [content_of(each) for each in plan.entries]
            if plan.header is None:
                continue
            self._step(plan, outcomes, passed, results)
            self._attribute(plan, outcomes, unattributed)
        lost, self._lost = self._lost, []
        return Replayed(tuple(passed.items()), results, contents, lost)

    def _step(
        self,
        plan: HeightPlan,
        outcomes: Sequence[int],
        passed: Counter[str],
        results: list[CheckResult],
    ) -> None:
        is_gap = self._height >= 0 and plan.height != self._height + 1
        self._height = plan.height
        self.has_gaps = self.has_gaps or is_gap
        is_decided = any(outcomes[each] == PASSED for each in plan.quorums)
        if is_gap and self._trusted is not None and is_decided:
            held = [
                address
                for address, claim in plan.votes.items()
                if outcomes[claim] == PASSED
            ]
            if has_third(self._trusted, held):
                passed[checks.LIGHT_STEP] += 1
            else:
                results.append(_no_trust(plan))
        if is_decided:
            self._trusted = plan.next_validators
        elif is_gap:
            self._trusted = None

    def _attribute(
        self, plan: HeightPlan, outcomes: Sequence[int], unattributed: frozenset[int]
    ) -> None:
        is_linked = plan.link_claim >= 0 and outcomes[plan.link_claim] == PASSED
        if not is_linked:
            self._lost += self._pending
            self._pending = []
        if plan.quorums and plan.height not in unattributed:
            self._pending = []
        elif not plan.quorums:
            self._pending.append(plan.height)

    def remaining(self) -> list[int]:
        """Return the heights that nobody vouched for in the end."""
        return self._pending


def _no_trust(plan: HeightPlan) -> CheckResult:
    place = () if plan.header is None else (plan.header.span,)
    return CheckResult(
        checks.LIGHT_STEP,
        Outcome.NOT_APPLICABLE,
        "not-enough-trust",
        plan.height,
        spans=place,
        decisive=False,
    )


def content_of(plan: EntryPlan) -> EntryContent:
    """Return what a transaction says: reported events, else what it asks for."""
    entry, result = plan.entry, plan.result
    moved = plan.transfers if result is None else transfers_of(result.events)
    return EntryContent(
        entry.block,
        entry.position,
        entry.id,
        entry.kind,
        entry.author,
        author_verified=False,
        accepted=not entry.refused,
        time_us=entry.time_us,
        transfers=moved,
    )
