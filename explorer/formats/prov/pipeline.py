"""One PROV document as evidence without blocks: each statement is an entry.

W3C PROV-JSON, PROV-N and PROV-XML, checked by W3C PROV-CONSTRAINTS. There is no hash,
link or signature in such a document, so a valid one is indeterminate at best: anybody
can have written it. Each bundle is checked by itself, as the standard demands.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.core.limits import MAX_RECORD_BYTES
from explorer.core.spans import ByteSpan
from explorer.encodings.moments import MomentError, read_moment
from explorer.encodings.prov import Notation, read_prov
from explorer.encodings.prov.names import MAX_FLAWS
from explorer.encodings.prov.writers import statement_text
from explorer.formats.opening import EvidenceFiles
from explorer.formats.prov import specs
from explorer.formats.prov.constraints import constraint_results
from explorer.model.blocks import NO_BLOCK, Entry, Unreadable
from explorer.model.checks import CheckResult, CheckSpec, Outcome
from explorer.model.content import EntryContent
from explorer.model.ledgers import Batch, BlockDetail, Closing, Remark, Replayed
from explorer.model.prov import (
    FORMALS,
    Name,
    ProvDocument,
    ProvFlaw,
    Statement,
    StatementKind,
)

NAME = "prov"
TITLE = "W3C PROV document"
REFERENCE = "docs/formats/prov.md"
EXPORT_HINT = (
    "Ask where the document is kept, who wrote it, and for a signature or a ledger "
    "entry that holds its hash."
)

_FIRST = {
    StatementKind.AGENT: 0,
    StatementKind.ASSOCIATION: 1,
    StatementKind.ATTRIBUTION: 1,
    StatementKind.ENTITY: 2,
    StatementKind.ACTIVITY: 2,
}
"""What others speak of is told first, wherever it stands."""


@dataclass(frozen=True, slots=True)
class _Parsed:
    document: ProvDocument | None
    problem: ReadError | None


class ProvPipeline:
    """One file in a notation of PROV."""

    format = NAME
    entry_unit = "statement"
    checks: tuple[CheckSpec, ...] = specs.CHECKS

    def __init__(self, files: EvidenceFiles, source: int, notation: Notation) -> None:
        """Read nothing yet."""
        self._files = files
        self._source = source
        self._notation = notation
        self._size = files.evidence.sources[source].size_bytes
        self.title = files.path(source).name

    def read(self) -> Iterator[_Parsed]:
        """Yield the document, or why there is none."""
        if self._size > MAX_RECORD_BYTES:
            yield _Parsed(None, ReadError("longer than the limit", "too-long"))
            return
        data = self._files.read(ByteSpan(self._source, 0, self._size))
        try:
            yield _Parsed(read_prov(data, self._notation, self._source), None)
        except ReadError as error:
            yield _Parsed(None, error)

    def resolve(self, parsed: _Parsed) -> Batch:
        """Return the statements as entries, with what is wrong with them."""
        whole = ByteSpan(self._source, 0, self._size)
        if parsed.document is None:
            reason = parsed.problem.reason if parsed.problem else "wrong-shape"
            problem = Unreadable(
                specs.DOCUMENT_FORM, reason, whole, NO_BLOCK, str(parsed.problem)
            )
            return Batch((), (), (), (problem,), total_bytes=self._size)
        entries, results = [], []
        first = 0
        for instance in parsed.document.instances:
            numbered = list(enumerate(instance.statements, first))
            entries += [_entry(number, each) for number, each in numbered]
            results += constraint_results(numbered)
            first += len(numbered)
        flaws = parsed.document.flaws
        results += [_noted(each) for each in flaws if each.reason in specs.NOTES]
        damage = tuple(
            _damage(each) for each in flaws if each.reason not in specs.NOTES
        )
        return Batch(
            (),
            entries,
            (),
            damage,
            _passed(len(entries), damage, results),
            results,
            done_bytes=self._size,
            total_bytes=self._size,
        )

    def replay(
        self, parsed: _Parsed, batch: Batch, outcomes: Sequence[int]
    ) -> Replayed:
        """Return what the statements say; what others speak of comes first."""
        del batch, outcomes
        if parsed.document is None:
            return Replayed()
        statements = [
            each for part in parsed.document.instances for each in part.statements
        ]
        ordered = sorted(
            enumerate(statements), key=lambda pair: _FIRST.get(pair[1].kind, 9)
        )
        contents = [_content(number, each) for number, each in ordered]
        return Replayed(contents=contents)

    def finish(self) -> Closing:
        """Say what was not checked."""
        return Closing(
            not_checked=(
                Remark(
                    "prov-nobody-signed",
                    "A PROV document holds no hash and no signature: nothing shows who "
                    "wrote it, when, or that it is unaltered.",
                ),
                Remark(
                    "prov-times-not-compared",
                    "Times as written were not compared with the order of the events; "
                    "the standard does not demand it.",
                ),
            ),
            export_hint=EXPORT_HINT,
        )

    def detail(self, height: int, span: ByteSpan) -> BlockDetail:
        """Refuse: there are no blocks.

        Raises:
            ReadError: Always.
        """
        raise ReadError(f"no block {height}: the document has none", "no-block", span)


def _entry(number: int, statement: Statement) -> Entry:
    return Entry(
        NO_BLOCK,
        number,
        statement.id.text if isinstance(statement.id, Name) else "",
        statement.kind.value,
        "",
        statement.span,
        _time_us(statement),
        summary=statement_text(statement)[:200],
    )


def _content(number: int, statement: Statement) -> EntryContent:
    return EntryContent(
        NO_BLOCK,
        number,
        statement.id.text if isinstance(statement.id, Name) else "",
        statement.kind.value,
        "",
        author_verified=False,
        accepted=True,
        time_us=_time_us(statement),
        statements=(statement,),
    )


def _time_us(statement: Statement) -> int | Absent:
    formals = FORMALS[statement.kind]
    for formal, value in zip(formals, statement.arguments, strict=True):
        if formal.is_time and isinstance(value, str) and not isinstance(value, Absent):
            try:
                return read_moment(value).time_us
            except MomentError:
                return Absent.UNREADABLE
    return Absent.NOT_IN_EXPORT


def _damage(flaw: ProvFlaw) -> Unreadable:
    is_form = flaw.reason in specs.FORM_REASONS
    check = specs.STATEMENT_FORM if is_form else specs.DOCUMENT_FORM
    return Unreadable(check, flaw.reason, flaw.span, NO_BLOCK, flaw.detail)


def _noted(flaw: ProvFlaw) -> CheckResult:
    return CheckResult(
        specs.DOCUMENT_FORM,
        Outcome.NOT_APPLICABLE,
        flaw.reason,
        spans=(flaw.span,),
        decisive=False,
        detail=flaw.detail,
    )


def _passed(
    count: int, damage: Sequence[Unreadable], results: Sequence[CheckResult]
) -> list[tuple[str, int]]:
    failed = Counter(each.check for each in damage)
    failed.update({each.check for each in results if each.outcome is Outcome.FAILED})
    passed = [(specs.DOCUMENT_FORM, 0 if failed[specs.DOCUMENT_FORM] else 1)]
    bad = len({each.span for each in damage if each.check == specs.STATEMENT_FORM})
    if failed.total() < MAX_FLAWS:
        passed.append((specs.STATEMENT_FORM, max(0, count - bad)))
    for check in (specs.UNIQUE, specs.IMPOSSIBLE, specs.TYPES, specs.ORDER):
        entries = {each.entry for each in results if each.check == check}
        passed.append((check, max(0, count - len(entries))))
    return [pair for pair in passed if pair[1]]
