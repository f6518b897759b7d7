"""One lineage for a ledger: dispatches by what an entry's content has.

Key reads and writes go to ``key_versions``, documents and events to ``events``. An
entry that has both says both; it stays one activity.
"""

from collections import Counter

from explorer.model.content import EntryContent
from explorer.model.statements import Statements
from explorer.payloads.events import EventLineage
from explorer.payloads.key_versions import DOCUMENT_KINDS, KeyVersionLineage
from explorer.payloads.trace_events import has_events


class Lineage:
    """Turns the contents of one ledger into statements; entries must come in order."""

    def __init__(self, document_kinds: frozenset[str] = DOCUMENT_KINDS) -> None:
        """Begin with no thing known."""
        self.unread: Counter[str] = Counter()
        """How often something could not be used, by kebab-case reason."""
        self._keys = KeyVersionLineage(self.unread, document_kinds)
        self._events = EventLineage(self.unread)

    def add(self, content: EntryContent) -> Statements:
        """Return what this entry says; empty if it says nothing about things."""
        if not has_events(content):
            return self._keys.add(content)
        told = self._events.add(content)
        if not (content.reads or content.writes):
            return told
        keyed = self._keys.add(content)
        return Statements(
            (*told.things, *keyed.things),
            (*told.flows, *keyed.flows),
            told.acts or keyed.acts,
        )
