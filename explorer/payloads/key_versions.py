"""Lineage from key reads and writes: exact, without knowing the program that ran.

``docs/formats/fabric.md``, section 5.7: an entry that read key A at a version and wrote
key B says that B's new version came from A's version. A key both read and written is a
revision. What counts as an output: written keys that were not read, or were read as
absent. Inputs: all keys read at a version, also those that are revised beside it.

Left out on purpose: amounts moved between two keys that both existed before (each is
only revised), and private values, of which a ledger holds hashes.
"""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Sequence

from explorer.core.absent import Absent
from explorer.model.content import EntryContent, KeyRead, KeyWrite
from explorer.model.statements import Act, Flow, LinkGrade, Statements, ThingVersion
from explorer.payloads.flows import Said, Version, cross, said_by
from explorer.payloads.key_names import kind_and_label, thing_id

SYSTEM_SPACES = frozenset({"_lifecycle", "lscc", "cscc", "qscc", "escc", "vscc"})
"""Name spaces of Fabric itself; every call reads one of them."""

DOCUMENT_KINDS = frozenset(
    {
        "audit",
        "cert",
        "certificate",
        "contract",
        "delivery",
        "document",
        "event",
        "inspection",
        "invoice",
        "order",
        "payment",
        "permit",
        "reading",
        "recall",
        "receipt",
        "report",
        "sale",
        "scan",
        "shipment",
        "stat",
        "waybill",
    }
)
"""Kinds that are about things rather than made of them; a profile may name others."""


class KeyVersionLineage:
    """Turns key reads and writes into statements; entries must come in order."""

    def __init__(
        self,
        unread: Counter[str],
        document_kinds: frozenset[str] = DOCUMENT_KINDS,
    ) -> None:
        """Count what could not be used in ``unread``, by reason."""
        self._unread = unread
        self._document_kinds = document_kinds
        self._versions: dict[str, list[Version]] = {}
        self._deleted: set[str] = set()

    def add(self, content: EntryContent) -> Statements:
        """Return what this entry says about things; nothing if it touches no key."""
        reads, keys = self._reads(content.reads)
        writes = {
            thing_id(each.space, each.key): each
            for each in content.writes
            if not _is_system(each.space)
        }
        if not reads and not writes:
            return Statements()
        grade = LinkGrade.ENFORCED if content.enforced else LinkGrade.NAMED
        said = said_by(content, grade)
        found, follows = self._inputs(said, reads, keys)
        things = [*found.placeholders]
        flows = [*follows]
        outputs = self._written(said, reads, writes, things, flows)
        gathered, derived = cross(said, content.entry_id, found.inputs, outputs)
        return Statements(
            (*things, *gathered), (*flows, *derived), (act_of(content, said),)
        )

    def _reads(
        self, reads: Sequence[KeyRead]
    ) -> tuple[dict[str, Version | Absent], dict[str, str]]:
        versions: dict[str, Version | Absent] = {}
        keys: dict[str, str] = {}
        for each in reads:
            if _is_system(each.space):
                continue
            thing = thing_id(each.space, each.key)
            known = versions.get(thing, Absent.NOT_IN_FORMAT)
            if isinstance(known, Absent):
                version = each.version
                versions[thing] = (
                    version if isinstance(version, Absent) else (thing, *version)
                )
                keys[thing] = each.key
        return versions, keys

    def _inputs(
        self, said: Said, reads: dict[str, Version | Absent], keys: dict[str, str]
    ) -> tuple["_Inputs", list[Flow]]:
        found = _Inputs()
        flows: list[Flow] = []
        for thing, version in reads.items():
            if isinstance(version, Absent):
                continue
            if self._knows(version):
                found.inputs.append(version)
            elif version[1:] >= (said.block, said.entry):
                self._unread["read-version-not-earlier"] += 1
            elif said.is_struck:
                # A refused entry may claim to have read anything; it proves no version.
                found.inputs += self._versions.get(thing, [])[-1:]
                self._unread["read-version-unknown"] += 1
            else:
                flows += self._place_held(said, version)
                kind, label = kind_and_label(keys[thing])
                found.placeholders.append(ThingVersion(*version, label, kind))
                found.inputs.append(version)
        return found, flows

    def _place_held(self, said: Said, version: Version) -> list[Flow]:
        """Add a version that no write showed; return its revision.

        It was made before the export begins, or by an entry that changed a key without
        changing its value.
        """
        history = self._versions.setdefault(version[0], [])
        place = bisect_left(history, version)
        history.insert(place, version)
        if place == 0:
            return []
        own = Said(version[1], version[2], said.link, said.fact, is_struck=False)
        return [own.flow(history[place - 1], version, "revision")]

    def _written(
        self,
        said: Said,
        reads: dict[str, Version | Absent],
        writes: dict[str, KeyWrite],
        things: list[ThingVersion],
        flows: list[Flow],
    ) -> list[tuple[Version, str]]:
        """Add the new versions and their revisions; return (output, relation)."""
        outputs: list[tuple[Version, str]] = []
        for thing, write in writes.items():
            target = (thing, said.block, said.entry)
            read = reads.get(thing, Absent.NOT_IN_EXPORT)
            before = self._before(said, thing, read, blind=thing not in reads)
            if write.is_delete and not before:
                continue  # deleting what never was leaves nothing to tell
            flows += before
            kind, label = kind_and_label(write.key)
            things.append(
                ThingVersion(*target, label, kind, write.is_delete, write.value)
            )
            if not write.is_delete and isinstance(read, Absent):
                is_document = kind in self._document_kinds
                outputs.append((target, "about" if is_document else "derivation"))
            if not said.is_struck:
                self._remember(target, is_delete=write.is_delete)
        return outputs

    def _before(
        self, said: Said, thing: str, read: Version | Absent, *, blind: bool
    ) -> list[Flow]:
        target = (thing, said.block, said.entry)
        history = self._versions.get(thing)
        if not isinstance(read, Absent):
            source = read if self._knows(read) else history[-1] if history else target
            is_told = source[1:] < target[1:]
            return [said.flow(source, target, "revision")] if is_told else []
        if not blind or not history or thing in self._deleted:
            return []
        # A blind write replaces the value under the same name, no more than that.
        named = Said(said.block, said.entry, LinkGrade.NAMED, said.fact, said.is_struck)
        return [named.flow(history[-1], target, "revision")]

    def _knows(self, version: Version) -> bool:
        history = self._versions.get(version[0], [])
        place = bisect_left(history, version)
        return place < len(history) and history[place] == version

    def _remember(self, version: Version, *, is_delete: bool) -> None:
        if not self._knows(version):
            insort(self._versions.setdefault(version[0], []), version)
        if is_delete:
            self._deleted.add(version[0])
        else:
            self._deleted.discard(version[0])


class _Inputs:
    """Versions that an entry read, with those that had to be assumed."""

    def __init__(self) -> None:
        self.inputs: list[Version] = []
        self.placeholders: list[ThingVersion] = []


def act_of(content: EntryContent, said: Said) -> Act:
    """Return the activity of an entry in the ledger's own words."""
    return Act(
        content.block,
        content.entry,
        content.entry_id,
        content.kind,
        content.author,
        content.time_us,
        said.fact,
        said.is_struck,
    )


def _is_system(space: str) -> bool:
    return space.partition("$$")[0] in SYSTEM_SPACES
