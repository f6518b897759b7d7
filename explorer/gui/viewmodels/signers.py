"""Who signs: parties with keys, validity and counts, and who authored what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.core.text import printable
from explorer.crypto.certificates import Certificate, parse_certificate
from explorer.gui.translations import translate
from explorer.gui.viewmodels.wording import grouped
from explorer.model.ledgers import Party
from explorer.store.queries import CaseReader

_AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_COLUMNS = 6


@dataclass(frozen=True, slots=True)
class SignerLine:
    """One party."""

    party: Party
    certificate: Certificate | Absent

    @property
    def validity(self) -> str:
        """Return from when to when its certificate holds."""
        if isinstance(self.certificate, Absent):
            return translate("Signers", "no certificate")
        first, last = self.certificate.not_before, self.certificate.not_after
        return f"{_day(first)} – {_day(last)}"


@dataclass(frozen=True, slots=True)
class Authorship:
    """How many entries of one kind an author has."""

    author: str
    kind: str
    entries: int
    refused: int


@dataclass(frozen=True, slots=True)
class SignersData:
    """What the page shows; made in the query thread."""

    lines: tuple[SignerLine, ...]
    authorship: tuple[Authorship, ...]


def signers_data(
    reader: CaseReader, ledger: int, parties: Sequence[Party]
) -> SignersData:
    """Return parties with their certificates read, and who authored what."""
    lines = tuple(SignerLine(each, _certificate(each)) for each in parties)
    counts = tuple(
        Authorship(author, kind, entries, refused)
        for author, kind, entries, refused in reader.authorship(ledger)
    )
    return SignersData(lines, counts)


def headline(lines: Sequence[SignerLine]) -> str:
    """Return the sentence above the page."""
    organisations = {line.party.organisation or line.party.name for line in lines}
    if not lines:
        return translate("Signers", "No signer is named in this evidence.")
    if len(organisations) == 1:
        return translate("Signers", "One organisation signed everything.")
    return translate("Signers", "{0} organisations sign in this ledger.").format(
        grouped(len(organisations))
    )


def anchored_sentence(lines: Sequence[SignerLine]) -> str:
    """Return how many of the signers are under an anchor of the user."""
    anchored = sum(line.party.anchored for line in lines)
    return translate(
        "Signers",
        "{0} of {1} signing keys are under certificates or keys that you chose. "
        "Compare the fingerprints with what each party publishes.",
    ).format(grouped(anchored), grouped(len(lines)))


class SignersModel(QAbstractTableModel):
    """The table of parties."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._lines: tuple[SignerLine, ...] = ()

    def show(self, lines: Iterable[SignerLine]) -> None:
        """Show these parties instead."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def line(self, row: int) -> SignerLine | None:
        """Return the party of a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def rowCount(self, parent: _AnyIndex = _NOWHERE) -> int:
        """Return the number of parties."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _AnyIndex = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else _COLUMNS

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the names of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            translate("Signers", "Organisation"),
            translate("Signers", "Name"),
            translate("Signers", "Role"),
            translate("Signers", "Fingerprint (SHA-256)"),
            translate("Signers", "Certificate in force"),
            translate("Signers", "You chose it"),
        )[section]

    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text of a cell."""
        line = self.line(index.row()) if index.isValid() else None
        if line is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        party = line.party
        return (
            printable(party.organisation, 80),
            printable(party.name or party.id, 120),
            printable(party.role, 40),
            party.fingerprint,
            line.validity,
            translate("Signers", "yes") if party.anchored else "",
        )[index.column()]


def _certificate(party: Party) -> Certificate | Absent:
    if isinstance(party.certificate, Absent):
        return party.certificate
    try:
        return parse_certificate(party.certificate)
    except ReadError:
        return Absent.UNREADABLE


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"
