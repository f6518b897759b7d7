"""Findings by cause: root causes, what follows, what stayed open, what is good to know.

The grouping is the engine's inference (``session.causes``) and is shown as such.
Findings that say the same (check, reason, cause) are one line with a count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from types import MappingProxyType

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from explorer.core.text import printable
from explorer.gui.translations import sentence, translate
from explorer.gui.viewmodels.records import (
    RecordGroup,
    RecordLine,
    RuleLine,
    SettingsLine,
)
from explorer.gui.viewmodels.wording import counted, grouped, place_text
from explorer.model.blocks import NO_BLOCK
from explorer.model.checks import Kind, Outcome
from explorer.model.verdicts import Finding

_AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

MARKS = {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "failed",
    Outcome.INCONCLUSIVE: "inconclusive",
    Outcome.NOT_APPLICABLE: "not-applicable",
    Outcome.BROKEN: "broken",
}


class Cause(StrEnum):
    """The four parts of the list, in their order."""

    ROOT = "root"
    FOLLOWS = "follows"
    OPEN = "open"
    NOTE = "note"


class FindingRole(IntEnum):
    """Roles of ``FindingsModel`` besides the display text."""

    IS_HEADING = Qt.ItemDataRole.UserRole + 1
    MARK = Qt.ItemDataRole.UserRole + 2
    SECOND = Qt.ItemDataRole.UserRole + 3
    LINE = Qt.ItemDataRole.UserRole + 4


@dataclass(frozen=True, slots=True)
class FindingLine:
    """Findings that say the same thing."""

    cause: Cause
    findings: tuple[Finding, ...]
    check_title: str = ""
    """What holds when the check passes; empty if it is not known."""

    @property
    def mark(self) -> str:
        """Return the name of the mark of its outcome."""
        return MARKS[self.findings[0].outcome]

    @property
    def title(self) -> str:
        """Return what was found, one of our own sentences."""
        return sentence(self.findings[0].message)

    @property
    def where(self) -> str:
        """Return the place, or how many places there are and the first."""
        first = self.findings[0]
        place = where_text(first)
        if len(self.findings) > 1:
            place = translate("Findings", "{0} places, the first is {1}").format(
                grouped(len(self.findings)), place
            )
        return f"{place} · {self.check_title}" if self.check_title else place


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """One part of the list with its lines."""

    cause: Cause
    lines: tuple[FindingLine, ...]

    @property
    def count(self) -> int:
        """Return how many findings it holds."""
        return sum(len(line.findings) for line in self.lines)

    @property
    def heading(self) -> str:
        """Return its name with the count."""
        names = {
            Cause.ROOT: translate("Findings", "Root cause"),
            Cause.FOLLOWS: translate("Findings", "Follows from it"),
            Cause.OPEN: translate("Findings", "Could not be checked"),
            Cause.NOTE: translate("Findings", "Good to know"),
        }
        return f"{names[self.cause]} · {grouped(self.count)}"


def height_of(finding: Finding) -> int | None:
    """Return the height of a finding's block, or that its entry belongs to none."""
    if finding.block is None and finding.entry is not None:
        return NO_BLOCK
    return finding.block


def where_text(finding: Finding) -> str:
    """Return where a finding is: a block or entry, else bytes of a file."""
    height = height_of(finding)
    if height is None and finding.places:
        first = finding.places[0]
        name = printable(first.path.replace("\\", "/").rsplit("/", 1)[-1], 60)
        return translate("Findings", "{0}, from byte {1}").format(
            name, grouped(first.start)
        )
    return place_text(height, finding.entry)


def cause_of(finding: Finding) -> Cause:
    """Return the part of the list that a finding belongs to."""
    if finding.outcome is Outcome.FAILED:
        return Cause.ROOT if finding.is_root else Cause.FOLLOWS
    if finding.outcome in {Outcome.INCONCLUSIVE, Outcome.BROKEN}:
        return Cause.OPEN
    return Cause.NOTE


def grouped_findings(
    findings: Sequence[Finding], titles: Mapping[str, str] = MappingProxyType({})
) -> list[FindingGroup]:
    """Return the parts of the list that are not empty, in their order.

    ``titles`` gives the title of each check by its id.
    """
    lines: dict[tuple[Cause, int, str, str, Outcome], list[Finding]] = {}
    for finding in findings:
        cause = cause_of(finding)
        key = (cause, finding.cause, finding.check, finding.reason, finding.outcome)
        lines.setdefault(key, []).append(finding)
    parts: dict[Cause, list[FindingLine]] = {cause: [] for cause in Cause}
    for (cause, _, check, *_), same in lines.items():
        title = sentence(titles.get(check, ""))
        parts[cause].append(FindingLine(cause, tuple(same), title))
    return [FindingGroup(cause, tuple(some)) for cause, some in parts.items() if some]


def headline(findings: Sequence[Finding]) -> str:
    """Return the sentence above the list: causes are counted, not failures alone."""
    failed = [each for each in findings if each.outcome is Outcome.FAILED]
    if not failed:
        return _headline_without_failure(findings)
    causes = {each.cause: each for each in failed if each.is_root}
    root = next(iter(causes.values()), failed[0])
    if len(causes) > 1:
        return translate("Findings", "{0} places explain all {1} failures.").format(
            grouped(len(causes)), grouped(len(failed))
        )
    if root.block is None:
        return counted(
            len(failed),
            translate("Findings", "One check does not match."),
            translate("Findings", "One cause explains all {0} failures."),
        )
    if len(failed) == 1:
        return translate("Findings", "One check does not match, in block {0}.").format(
            grouped(root.block)
        )
    if len(failed) == 2:
        both = translate("Findings", "One place, block {0}, explains both failures.")
        return both.format(grouped(root.block))
    every = translate("Findings", "One place, block {0}, explains all {1} failures.")
    return every.format(grouped(root.block), grouped(len(failed)))


def _headline_without_failure(findings: Sequence[Finding]) -> str:
    still_open = sum(cause_of(each) is Cause.OPEN for each in findings)
    if still_open:
        return counted(
            still_open,
            translate("Findings", "Nothing failed. One thing could not be checked."),
            translate("Findings", "Nothing failed. {0} things could not be checked."),
        )
    if findings:
        return translate("Findings", "Nothing failed. Some things are good to know.")
    return translate("Findings", "Nothing was found that needs your attention.")


def shows(kind: Kind) -> str:
    """Return what a failure of this kind shows."""
    words = {
        Kind.FRAMING: translate(
            "Findings", "The file is not written as its format demands, from here on."
        ),
        Kind.MALFORMED: translate(
            "Findings", "This part is not what its format allows in this place."
        ),
        Kind.NUMBER: translate(
            "Findings", "Numbers, counts or times do not run on as the format demands."
        ),
        Kind.LINK: translate(
            "Findings",
            "This block and the one before it, as they stand in this file, do not "
            "belong together.",
        ),
        Kind.HASH: translate(
            "Findings",
            "These bytes are not the ones that were hashed. Other copies may still be "
            "as they were.",
        ),
        Kind.TREE: translate(
            "Findings", "The entries of the block are not the ones it was made with."
        ),
        Kind.SIGNATURE: translate(
            "Findings", "The holder of this key did not sign these bytes as they stand."
        ),
        Kind.IDENTITY: translate(
            "Findings", "Nothing shows that this signer belongs to that organisation."
        ),
        Kind.QUORUM: translate(
            "Findings", "Fewer of the required parties signed than the rules demand."
        ),
        Kind.WORK: translate(
            "Findings", "The work that the format demands for this block was not done."
        ),
        Kind.REPLAY: translate(
            "Findings", "The result recorded here differs from the one worked out here."
        ),
        Kind.ANCHOR: translate(
            "Findings", "This ledger differs from what was recorded outside it."
        ),
        Kind.PROOF: translate("Findings", "The proof does not show what it is for."),
    }
    return words[kind]


def does_not_show(finding: Finding) -> str:
    """Return what a finding leaves open."""
    if finding.outcome is Outcome.FAILED:
        return translate(
            "Findings",
            "Who caused it, when, or whether on purpose. A faulty disk looks the same.",
        )
    if finding.outcome is Outcome.BROKEN:
        return translate("Findings", "Anything about the ledger: this is our defect.")
    if finding.outcome is Outcome.INCONCLUSIVE:
        return translate(
            "Findings", "That something is wrong. Material is missing to say."
        )
    return translate("Findings", "A fault. It is said so that nothing is left out.")


AnyGroup = FindingGroup | RecordGroup
AnyLine = FindingLine | RecordLine | RuleLine | SettingsLine


class FindingsModel(QAbstractListModel):
    """The list of findings with a heading above each part."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._rows: list[AnyGroup | AnyLine] = []

    def show(
        self,
        findings: Sequence[Finding],
        titles: Mapping[str, str] = MappingProxyType({}),
        records: Sequence[RecordGroup] = (),
    ) -> None:
        """Show these findings instead, and below them records that do not fit.

        ``titles`` gives those of the checks.
        """
        self.beginResetModel()
        self._rows = []
        for group in grouped_findings(findings, titles):
            self._rows += [group, *group.lines]
        for part in records:
            self._rows += [part, *part.lines]
        self.endResetModel()

    def rowCount(self, parent: _AnyIndex = _NOWHERE) -> int:
        """Return the number of headings and lines."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return texts and marks of one row."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if isinstance(row, FindingGroup | RecordGroup):
            return _heading_data(row, role)
        return _line_data(row, role)

    def flags(self, index: _AnyIndex) -> Qt.ItemFlag:
        """Let only lines be chosen."""
        if index.isValid() and self.line_at(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def line_at(self, row: int) -> AnyLine | None:
        """Return the line in a row, or nothing for a heading."""
        if not 0 <= row < len(self._rows):
            return None
        found = self._rows[row]
        return None if isinstance(found, FindingGroup | RecordGroup) else found

    def line(self, row: int) -> FindingLine | None:
        """Return the line of findings in a row, or nothing."""
        found = self.line_at(row)
        return found if isinstance(found, FindingLine) else None

    def row_of_rule(self, rule: str) -> int:
        """Return the first row about a rule; -1 if there is none."""
        for number, row in enumerate(self._rows):
            if isinstance(row, RecordLine) and row.records[0].rule == rule:
                return number
            if isinstance(row, RuleLine) and row.rule.rule == rule:
                return number
        return -1

    def row_after(self, row: int, step: int) -> int:
        """Return the next row that holds a line, going round; -1 if there is none."""
        count = len(self._rows)
        for distance in range(1, count + 1):
            candidate = (row + step * distance) % count
            if self.line_at(candidate) is not None:
                return candidate
        return -1

    def row_of(self, finding: Finding) -> int:
        """Return the row whose line holds a finding; -1 if none does."""
        for number, row in enumerate(self._rows):
            if isinstance(row, FindingLine) and finding in row.findings:
                return number
        return -1

    def row_at(self, height: int, entry: int | None) -> int:
        """Return the first row with a finding in this block or entry; -1 if none."""
        for number, row in enumerate(self._rows):
            if isinstance(row, FindingLine) and any(
                height_of(each) == height and entry in {None, each.entry}
                for each in row.findings
            ):
                return number
        return -1


def _heading_data(group: AnyGroup, role: int) -> object:
    match role:
        case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
            return group.heading
        case FindingRole.IS_HEADING:
            return True
        case _:
            return None


def _mark_of(line: AnyLine) -> str:
    if isinstance(line, FindingLine):
        return line.mark
    return "inconsistent" if isinstance(line, RecordLine) else "not-applicable"


def _line_data(line: AnyLine, role: int) -> object:
    if role == FindingRole.IS_HEADING:
        return False
    if role == FindingRole.LINE:
        return line
    texts = {
        int(Qt.ItemDataRole.DisplayRole): line.title,
        int(Qt.ItemDataRole.AccessibleTextRole): f"{line.title} {line.where}",
        int(FindingRole.SECOND): line.where,
        int(FindingRole.MARK): _mark_of(line),
    }
    return texts.get(role)
