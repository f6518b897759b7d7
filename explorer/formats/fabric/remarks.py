"""What was not checked in a Fabric ledger, and what to ask the other side for."""

from collections.abc import Mapping
from dataclasses import dataclass

from explorer.formats.fabric import checks
from explorer.formats.fabric.commit_chain import CommitChain
from explorer.formats.fabric.membership import Msp
from explorer.formats.fabric.replay import Tally
from explorer.model.checks import CheckResult, Outcome
from explorer.model.ledgers import Remark

EXPORT_HINT = (
    "Ask for a copy of the peer's folder ledgersData/chains/chains/<channel> (all "
    "blockfile_* files), taken while the peer is stopped; or for every single block: "
    "peer channel fetch <number> <number>.block -c <channel>"
)


@dataclass(frozen=True, slots=True)
class Remarks:
    """Puts together what was not checked."""

    is_store: bool
    has_all: bool
    has_snapshot: bool
    tally: Tally
    commits: CommitChain
    quorum_missing: int
    """Blocks whose configuration in force is not in the evidence."""
    is_certain: bool
    has_lossy_json: bool
    copies_beyond: int
    """Single block files whose blocks the store does not hold."""
    has_legacy_slots: bool
    organisations: Mapping[str, Msp]

    def results(self) -> list[CheckResult]:
        """Return answers that are given once for the whole ledger."""
        found: list[CheckResult] = []
        tally, commits = self.tally, self.commits
        flags, hashes = checks.FLAG, checks.COMMIT_HASH
        for check, reason, count in (
            (flags, "flags-not-recorded", tally.blocks_without_flags),
            (flags, "state-not-in-evidence", tally.without_state),
            (hashes, "commit-hash-not-recorded", commits.not_recorded),
            (hashes, "state-not-in-evidence", commits.unlinked),
        ):
            if count:
                found.append(
                    checks.result(
                        check, Outcome.NOT_APPLICABLE, reason, -1, (), str(count)
                    )
                )
        return found

    def remarks(self) -> list[Remark]:
        """Return what must be known beside the verdict."""
        chosen = [
            (
                self.has_snapshot,
                Remark(
                    "fabric-snapshot-started",
                    "The store begins behind a snapshot: the world state before its "
                    "first block is not in it, so results that depend on that state "
                    "were not worked out again.",
                ),
            ),
            (
                not self.is_store,
                Remark(
                    "fabric-partial-export",
                    "Single blocks are a partial export: results that depend on "
                    "blocks which are not there were not worked out again.",
                ),
            ),
            (
                self.copies_beyond > 0,
                Remark(
                    "fabric-blocks-beyond-store",
                    "Some single block files hold blocks that the store beside them "
                    "does not hold; they were not checked.",
                    str(self.copies_beyond),
                ),
            ),
            (
                self.has_lossy_json,
                Remark(
                    "fabric-json-configuration",
                    "A configuration block in JSON has lost the order of its bytes: "
                    "its hash and the signatures over it cannot be checked.",
                ),
            ),
            (
                self.quorum_missing > 0,
                Remark(
                    "fabric-configuration-missing",
                    "The configuration in force is not in the evidence for some "
                    "blocks: who had to sign them is not known.",
                    str(self.quorum_missing),
                ),
            ),
            (
                self.tally.blocks_without_flags > 0,
                Remark(
                    "fabric-orderer-store",
                    "An orderer's blocks record no validation results: there is "
                    "nothing to compare the ones worked out here with.",
                    str(self.tally.blocks_without_flags),
                ),
            ),
            (
                self.commits.not_recorded > 0 and not self.tally.blocks_without_flags,
                Remark(
                    "fabric-no-commit-hashes",
                    "No commit hashes are recorded, so the values that the peer "
                    "stored were not compared.",
                    str(self.commits.not_recorded),
                ),
            ),
            (
                self.tally.not_judged > 0,
                Remark(
                    "fabric-rules-not-judged",
                    "Some transactions depend on Idemix identities, legacy (lscc) "
                    "chaincode definitions, other validation plugins, other kinds of "
                    "key or capabilities before V2_0, which are not judged here.",
                    str(self.tally.not_judged),
                ),
            ),
            (
                not self.is_certain,
                Remark(
                    "fabric-state-uncertain",
                    "Behind the first damage, results that depend on the world state "
                    "were compared as far as possible and are not counted as wrong.",
                ),
            ),
            (
                self.has_legacy_slots,
                Remark(
                    "fabric-legacy-metadata",
                    "Some blocks use metadata slots of Fabric before 1.4.1 or after "
                    "3.1; their bytes are not covered by any check.",
                ),
            ),
            (True, _PRIVATE_VALUES),
        ]
        found = [remark for holds, remark in chosen if holds]
        unjudged = sorted(
            each.id for each in self.organisations.values() if not each.is_supported
        )
        if unjudged:
            found.append(
                Remark(
                    "fabric-idemix",
                    "Organisations with Idemix identities are not judged here.",
                    ", ".join(unjudged),
                )
            )
        return found


_PRIVATE_VALUES = Remark(
    "fabric-private-values",
    "Values of private data are not in blocks; only their hashes were replayed.",
)
