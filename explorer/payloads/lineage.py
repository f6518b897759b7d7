"""One lineage for a ledger: dispatches by what an entry's content has.

Key reads and writes go to ``key_versions``, documents to ``events``, transfers to
``transfers``. An entry that has several says all of it; it stays one activity.
"""

from collections import Counter

from explorer.model.content import EntryContent
from explorer.model.statements import Statements
from explorer.payloads.events import EventLineage
from explorer.payloads.key_versions import DOCUMENT_KINDS, KeyVersionLineage
from explorer.payloads.transfers import TransferLineage


class Lineage:
    """Turns the contents of one ledger into statements; entries must come in order."""

    def __init__(self, document_kinds: frozenset[str] = DOCUMENT_KINDS) -> None:
        """Begin with no thing known."""
        self.unread: Counter[str] = Counter()
        """How often something could not be used, by kebab-case reason."""
        self._keys = KeyVersionLineage(self.unread, document_kinds)
        self._events = EventLineage(self.unread)
        self._transfers = TransferLineage(self.unread)

    def add(self, content: EntryContent) -> Statements:
        """Return what this entry says; empty if it says nothing about things."""
        if not (content.documents or content.transfers):
            return self._keys.add(content)
        told = Statements()
        if content.documents:
            told = self._events.add(content)
        if content.transfers:
            told = _joined(told, self._transfers.add(content))
        if content.reads or content.writes:
            told = _joined(told, self._keys.add(content))
        return told


def _joined(told: Statements, more: Statements) -> Statements:
    return Statements(
        (*told.things, *more.things),
        (*told.flows, *more.flows),
        told.acts or more.acts,
    )
