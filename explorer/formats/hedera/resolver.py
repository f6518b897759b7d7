"""From record files to claims: running hashes, links, and what nodes signed.

Hedera "Record and Event Stream File Formats"; mirror node, ``RecordFileParser`` and
``NodeSignatureVerifier``: a file counts when at least a third of the nodes of the
address book signed its hash. Works in the order of time.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

from explorer.core.absent import Absent
from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.crypto.hashes import digest
from explorer.formats.batching import BatchDraft
from explorer.formats.hedera import checks
from explorer.formats.hedera.book import BookShelf
from explorer.formats.hedera.files import FileGroup
from explorer.formats.hedera.hashing import chain_bytes
from explorer.formats.hedera.items import ItemPlan, plan_of
from explorer.formats.hedera.records import RecordFile, SignatureFile
from explorer.formats.hedera.signatures import SignatureClaims
from explorer.formats.opening import EvidenceFiles
from explorer.model.blocks import Block, Unreadable
from explorer.model.claims import HashClaim, LinkClaim

_SHA384 = HashAlgorithm.SHA384
MAX_PAUSE_US = 60 * 1_000_000
"""A longer pause between files that do not fit is taken for a part left out: the stream
has a file every few seconds while there are transactions."""
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d)_(\d\d)_(\d\d)(?:\.(\d{1,9}))?Z", re.ASCII)


@dataclass(slots=True)
class ParsedFile:
    """One record file with everything beside it."""

    group: FileGroup
    file: RecordFile | None
    others: list[ByteSpan] = field(default_factory=list)
    """Copies with another content."""
    signatures: list[SignatureFile] = field(default_factory=list)
    damage: list[Unreadable] = field(default_factory=list)
    sidecars: dict[int, tuple[bytes, ByteSpan]] = field(default_factory=dict)
    done_bytes: int = 0
    total_bytes: int = 0
    plan: "FilePlan | None" = None
    """Filled by the resolver."""


@dataclass(slots=True)
class FilePlan:
    """What the resolver found out about a file, kept for the replay."""

    height: int
    items: list[ItemPlan]
    link_claim: int = -1
    quorum_claim: int = -1


@dataclass(frozen=True, slots=True)
class Before:
    """The file before the present one."""

    file: RecordFile
    height: int
    header: bytes
    time_us: int | Absent


class Resolver:
    """Resolves the files of one stream, in order."""

    def __init__(
        self, files: EvidenceFiles, shelf: BookShelf, first_height: int, *, signed: bool
    ) -> None:
        """Number files from ``first_height``; ``signed``: some file has signatures."""
        self._files = files
        self._height = first_height - 1
        self._before: Before | None = None
        self._was_unreadable = False
        self.signatures = SignatureClaims(shelf, has_signatures=signed)
        self.gaps = 0
        self.without_sidecar = 0

    def resolve(self, parsed: ParsedFile, draft: BatchDraft) -> None:
        """Add everything about one file."""
        file = parsed.file
        if file is None:
            self._was_unreadable = True
            self._height += 1
            draft.damage += [_at(each, self._height) for each in parsed.damage]
            return
        draft.damage += parsed.damage
        height = self._number(file, parsed, draft)
        header = chain_bytes(file)
        items = [
            plan_of(file, item, height, position)
            for position, item in enumerate(file.items)
        ]
        plan = FilePlan(height, items)
        parsed.plan = plan
        time_us = time_of(parsed.group.time)
        if isinstance(time_us, Absent) and items:
            time_us = items[0].entry.time_us
        self._link(file, plan, time_us, draft)
        self._running(file, height, header, draft)
        for span in parsed.others:
            draft.fail(checks.NUMBER, "copies-differ", height, file.whole, span)
        path = self._files.path(file.source)
        plan.quorum_claim = self.signatures.claim(
            file, height, path, parsed.signatures, draft
        )
        self._sidecars(file, height, parsed, draft)
        draft.passed[checks.FRAMING] += 1
        draft.entries.extend(each.entry for each in items)
        draft.blocks.append(
            Block(
                height,
                file.whole,
                _SHA384,
                header,
                file.start_hash,
                len(items),
                time_us,
                sum(bool(each.entry.refused) for each in items),
            )
        )
        self._before = Before(file, height, header, time_us)
        self._was_unreadable = False

    def _number(self, file: RecordFile, parsed: ParsedFile, draft: BatchDraft) -> int:
        wanted = file.number
        if wanted > self._height or (wanted >= 0 and self._before is None):
            self._height = wanted
            return wanted
        self._height += 1
        if wanted >= 0:
            place = parsed.file.whole if parsed.file else file.whole
            draft.fail(checks.NUMBER, "number-repeated", self._height, place)
        return self._height

    def _link(
        self, file: RecordFile, plan: FilePlan, time_us: int | Absent, draft: BatchDraft
    ) -> None:
        place, before = file.span(file.start_place), self._before
        if before is None or self._was_unreadable:
            reason = "parent-unreadable" if self._was_unreadable else "first-file"
            draft.skip(checks.LINK, reason, plan.height, place)
            return
        fits = digest(_SHA384, before.header) == file.start_hash
        has_gap = before.file.number >= 0 and plan.height != before.height + 1
        if not fits and _is_pause(before.time_us, time_us):
            self.gaps += 1
            draft.skip(checks.LINK, "parent-not-in-export", plan.height, place)
            return
        if has_gap and not fits:
            draft.fail(checks.NUMBER, "files-missing", plan.height, place)
            draft.skip(checks.LINK, "parent-not-in-export", plan.height, place)
            return
        draft.passed[checks.NUMBER] += not has_gap
        plan.link_claim = draft.claim(
            LinkClaim(
                checks.LINK,
                plan.height,
                _SHA384,
                before.header,
                file.start_hash,
                before.file.whole,
                place,
            )
        )

    def _running(
        self, file: RecordFile, height: int, header: bytes, draft: BatchDraft
    ) -> None:
        if file.version < 5:
            return
        place = file.span(file.end_place)
        if not file.items:
            draft.skip(checks.RUNNING, "no-records", height, place)
            return
        first, last = file.items[0].whole[0], file.items[-1].whole[1]
        draft.claims.append(
            HashClaim(
                checks.RUNNING,
                height,
                -1,
                _SHA384,
                header,
                file.end_hash,
                file.span((first, last)),
                place,
                part="last step of the running hash",
            )
        )

    def _sidecars(
        self, file: RecordFile, height: int, parsed: ParsedFile, draft: BatchDraft
    ) -> None:
        for named in file.sidecars:
            found = parsed.sidecars.get(named.number)
            if found is None:
                self.without_sidecar += 1
                reason = "sidecar-not-in-export"
                draft.skip(checks.SIDECAR, reason, height, file.whole)
                continue
            data, place = found
            draft.claims.append(
                HashClaim(
                    checks.SIDECAR,
                    height,
                    -1,
                    _SHA384,
                    data,
                    named.hash,
                    place,
                    file.whole,
                    part="sidecar file",
                )
            )


def _at(damage: Unreadable, height: int) -> Unreadable:
    """Return damage with the height of the file that could not be read."""
    return Unreadable(damage.check, damage.reason, damage.span, height, damage.detail)


def _is_pause(before_us: int | Absent, now_us: int | Absent) -> bool:
    if isinstance(before_us, Absent) or isinstance(now_us, Absent):
        return False
    return now_us - before_us > MAX_PAUSE_US


def time_of(name: str) -> int | Absent:
    """Return the time in a file's name, microseconds since 1970-01-01 UTC."""
    found = _TIME.match(name)
    if found is None:
        return Absent.NOT_IN_FORMAT
    text = f"{found[1]}T{found[2]}:{found[3]}:{found[4]}"
    try:
        moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        return Absent.UNREADABLE
    micros = int((found[5] or "0").ljust(9, "0")[:6])
    return int(moment.timestamp()) * 1_000_000 + micros
