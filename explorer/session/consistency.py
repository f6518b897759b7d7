"""What entries say about things: statements for traces, and records that do not fit.

Takes the contents of one ledger as they are replayed. Events are judged when all are
known; none of it touches the verdict.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from explorer.model.content import EntryContent
from explorer.model.evidence import Evidence
from explorer.model.ledgers import Remark
from explorer.model.master_data import ReferenceData
from explorer.model.verdicts import Inconsistency, RuleRow
from explorer.provenance.lineage import Lineage
from explorer.provenance.rules.engine import run_rules
from explorer.provenance.rules.ground import Ground
from explorer.session.event_reading import EventReading, Reading
from explorer.session.options import VerifyOptions
from explorer.session.packs import PackReading
from explorer.store.writer import CaseWriter


@dataclass(frozen=True, slots=True)
class Consistent:
    """What the rules said about one ledger; empty where it holds no event."""

    inconsistencies: tuple[Inconsistency, ...] = ()
    rules: tuple[RuleRow, ...] = ()


class Consistency:
    """One run over the contents of one ledger."""

    def __init__(
        self,
        family: str,
        title: str,
        path: str,
        options: VerifyOptions,
        writer: CaseWriter,
    ) -> None:
        """Write statements to ``writer`` where the options ask for them."""
        self._options, self._writer = options, writer
        self._reading = EventReading(family, title, options.profiles)
        self._lineage = Lineage()
        self._packs = PackReading(family, title, path, options.packs)

    def take(self, contents: Sequence[EntryContent]) -> None:
        """Read the events of some entries; they must come in order."""
        self._packs.take(contents)
        for content in contents:
            for reading in self._reading.feed(content):
                self._take(reading)

    def conclude(self, evidence: Evidence, beside: ReferenceData) -> Consistent:
        """Write the statements that needed all events; return what the rules say.

        ``beside`` holds master data that no entry holds.
        """
        for reading in self._reading.finish():
            self._take(reading)
        lineage = self._lineage
        if self._options.keep_statements:
            for each in lineage.finish():
                self._writer.add_statements(each)
        found: list[Inconsistency] = []
        rows: list[RuleRow] = []
        if len(lineage):
            found, rows = self._judge_events(evidence, beside)
        more, did = self._packs.finish(found)
        return Consistent((*found, *more), (*rows, *did))

    def _judge_events(
        self, evidence: Evidence, beside: ReferenceData
    ) -> tuple[list[Inconsistency], list[RuleRow]]:
        lineage = self._lineage
        reference = merged((self._reading.reference(), beside))
        ground = Ground(lineage.data, lineage.containment, reference)
        paths = [source.path for source in evidence.sources]
        return run_rules(ground, self._options.rules, paths)

    def remarks(self) -> list[Remark]:
        """Return what could not be read with a mapping profile."""
        return self._reading.remarks()

    def _take(self, reading: Reading) -> None:
        content, events, mapped = reading.content, reading.events, reading.mapped
        if events or mapped:
            self._options.on_events((*events, *mapped))
            self._lineage.collect(content, events, mapped)
        if self._options.keep_statements:
            self._writer.add_statements(self._lineage.add(content, events, mapped))


def merged(parts: Sequence[ReferenceData]) -> ReferenceData:
    """Return all master data in one, in order."""
    return ReferenceData(
        tuple(each for part in parts for each in part.described),
        tuple(each for part in parts for each in part.certificates),
        tuple(each for part in parts for each in part.step_roles),
    )
