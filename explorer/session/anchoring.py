"""History anchors: does the ledger agree with what existed outside it, and up to where?

An anchor at a height ties every block at or below it that is linked to it without a
gap. A height the ledger does not reach ties nothing and is said.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from explorer.crypto.trust import AnchorOrigin, HistoryAnchor
from explorer.model.checks import CheckResult, CheckSpec, Kind, Outcome, Reason
from explorer.model.verdicts import AnchoredRange, AnchorUse

HISTORY_CHECK = CheckSpec(
    "anchor.history",
    Kind.ANCHOR,
    "Blocks equal the history anchors you gave",
    (
        Reason(
            "anchor-differs",
            "The block's hash is not the one that was recorded outside the ledger.",
        ),
        Reason(
            "anchor-out-of-range",
            "The ledger holds no block at the height of this anchor.",
        ),
        Reason(
            "anchor-not-comparable",
            "The block's hash cannot be worked out from this export.",
        ),
        Reason(
            "copy-differs",
            "The independent copy holds another block at this height.",
        ),
        Reason("copy-shares-nothing", "The independent copy shares no block with it."),
        Reason("copy-unreadable", "The independent copy could not be read."),
        Reason(
            "copy-is-evidence", "The copy is the evidence itself, so it shows nothing."
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Heights:
    """Heights and hashes of a ledger, with the start of each unbroken run."""

    hashes: dict[int, bytes]
    runs: tuple[tuple[int, int], ...]
    """(first, last) height of each unbroken run, in order."""


@dataclass(frozen=True, slots=True)
class Anchoring:
    """What the history anchors showed."""

    results: tuple[CheckResult, ...]
    passed: int
    uses: tuple[AnchorUse, ...]
    anchored_to: AnchoredRange | None
    is_full: bool
    """Every block of the ledger is at or below an anchor and linked to it."""


class HeightKeeper:
    """Remembers unbroken runs of heights, and the hashes of wanted heights."""

    def __init__(self, wanted: Iterable[int], *, keep_all: bool) -> None:
        """Keep hashes of ``wanted`` heights, or of all when a copy is compared."""
        self._wanted = frozenset(wanted)
        self._keep_all = keep_all
        self._hashes: dict[int, bytes] = {}
        self._runs: list[list[int]] = []
        self.last_hash = b""

    def add(
        self,
        heights: Sequence[int],
        hashes: Sequence[bytes],
        unlinked: Collection[int] = (),
    ) -> None:
        """Take a batch of blocks in the order of the ledger.

        ``unlinked`` are heights whose link to the block before does not hold or could
        not be checked: an anchor above does not reach through them.
        """
        if not hashes:
            return
        self.last_hash = hashes[-1]
        first = heights[0]
        whole = list(heights) == list(range(first, first + len(heights)))
        if whole and not unlinked:
            self._extend(first, heights[-1])
        else:
            for height in heights:
                self._extend(height, height, is_linked=height not in unlinked)
        if self._keep_all:
            self._hashes.update(zip(heights, hashes, strict=True))
        elif self._wanted:
            self._hashes |= {
                height: block_hash
                for height, block_hash in zip(heights, hashes, strict=True)
                if height in self._wanted
            }

    def _extend(self, first: int, last: int, *, is_linked: bool = True) -> None:
        if is_linked and self._runs and first == self._runs[-1][1] + 1:
            self._runs[-1][1] = last
        else:
            self._runs.append([first, last])

    def heights(self) -> Heights:
        """Return what was kept."""
        runs = tuple((first, last) for first, last in self._runs)
        return Heights(self._hashes, runs)


def compare_with_anchors(
    heights: Heights, anchors: Sequence[HistoryAnchor]
) -> Anchoring:
    """Return what the anchors say about a ledger with these blocks."""
    results: list[CheckResult] = []
    uses: list[AnchorUse] = []
    ties: list[HistoryAnchor] = []
    for anchor in anchors:
        result = _compare(heights, anchor)
        agrees = result.outcome is Outcome.PASSED
        what = f"block {anchor.height} = {anchor.block_hash.hex()}"
        uses.append(
            AnchorUse("history", what, anchor.origin.value, anchor.source, agrees)
        )
        if agrees:
            ties.append(anchor)
        else:
            results.append(result)
    best = max(ties, key=lambda anchor: anchor.height, default=None)
    # what is below a broken link, or beside a gap, is tied to nothing
    if best is None or heights.runs[0][1] < best.height:
        return Anchoring(tuple(results), len(ties), tuple(uses), None, is_full=False)
    tie = AnchoredRange(
        best.height, best.block_hash.hex(), best.label or best.source, best.origin.value
    )
    is_full = len(heights.runs) == 1 and best.height >= heights.runs[0][1]
    return Anchoring(tuple(results), len(ties), tuple(uses), tie, is_full)


def anchors_from_copy(
    ours: Heights, copy: Iterator[tuple[int, bytes]], label: str
) -> tuple[list[CheckResult], HistoryAnchor | None]:
    """Compare with an independent copy, given as (height, block hash) in order.

    Returns what differs (only the first height) and the highest block both share.
    """
    shared: tuple[int, bytes] | None = None
    for height, block_hash in copy:
        mine = ours.hashes.get(height)
        if not (mine and block_hash):  # not there, or not to be worked out
            continue
        if mine != block_hash:
            return [_copy_result("copy-differs", height, block_hash, mine)], None
        if shared is None or height > shared[0]:
            shared = (height, block_hash)
    if shared is None:
        return [_copy_result("copy-shares-nothing", -1, b"", b"")], None
    return [], HistoryAnchor(*shared, AnchorOrigin.UNSTATED, "independent copy", label)


def _compare(heights: Heights, anchor: HistoryAnchor) -> CheckResult:
    computed = heights.hashes.get(anchor.height)
    if not computed:
        is_there = computed is not None
        return CheckResult(
            HISTORY_CHECK.id,
            Outcome.INCONCLUSIVE,
            "anchor-not-comparable" if is_there else "anchor-out-of-range",
            expected=anchor.block_hash.hex(),
            decisive=False,
            detail=str(anchor.height),
        )
    # Bitcoin's programs print hashes backwards; no hash is another one backwards
    written = (anchor.block_hash, anchor.block_hash[::-1])
    outcome = Outcome.PASSED if computed in written else Outcome.FAILED
    return CheckResult(
        HISTORY_CHECK.id,
        outcome,
        "anchor-differs",
        anchor.height,
        expected=anchor.block_hash.hex(),
        computed=computed.hex(),
    )


def copy_problem(reason: str, path: str) -> CheckResult:
    """Return the answer for a copy that cannot be compared."""
    outcome = Outcome.INCONCLUSIVE
    return CheckResult(HISTORY_CHECK.id, outcome, reason, decisive=False, detail=path)


def _copy_result(
    reason: str, height: int, expected: bytes, computed: bytes
) -> CheckResult:
    outcome = Outcome.FAILED if reason == "copy-differs" else Outcome.INCONCLUSIVE
    return CheckResult(
        HISTORY_CHECK.id,
        outcome,
        reason,
        height,
        expected=expected.hex(),
        computed=computed.hex(),
        decisive=outcome is Outcome.FAILED,
    )
