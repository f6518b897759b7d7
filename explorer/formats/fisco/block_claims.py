"""Claims about one header: its number, its hash, its link to the block before."""

from collections.abc import Sequence

from explorer.core.absent import Absent
from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.crypto.hashes import digest
from explorer.formats.fisco import specs
from explorer.formats.fisco.drafting import Draft
from explorer.formats.fisco.fields import FIELD_MISSING, Fields
from explorer.formats.fisco.genesis import read_config
from explorer.formats.fisco.headers import (
    FIRST_RELEASE,
    RC4_VERSION,
    HeaderForm,
    extra_octets,
    header_forms,
    parent_of,
)
from explorer.formats.fisco.specs import missing, result
from explorer.formats.fisco.state import LedgerState, Parent
from explorer.model.blocks import Block
from explorer.model.checks import CheckResult, Outcome
from explorer.model.claims import HashClaim, LinkClaim
from explorer.model.ledgers import PREVIOUS_HASH, HashPart

HASH_BYTES = 32
UNHASHED_IN_GENESIS = ("txsRoot", "receiptsRoot", "stateRoot", "gasUsed")
_SHORT = 65
_MILLISECONDS = 1000
MAX_TIME_US = 2**62


class HeaderFacts:
    """One header, put together as far as its fields are there."""

    __slots__ = ("algorithm", "form", "header", "missing", "number", "stated")

    def __init__(self, fields: Fields, number: int, state: LedgerState) -> None:
        """Find the rule and the hash function that give the stated hash.

        Raises:
            ReadError: ``field-malformed``.
        """
        self.number = number
        self.missing = ""
        self.stated = b""
        if fields.has("hash"):
            self.stated = fields.fixed("hash", HASH_BYTES)
        forms: list[HeaderForm] = []
        try:
            forms = header_forms(fields, is_third=state.is_third)
        except ReadError as error:
            if error.reason != FIELD_MISSING:
                raise
            self.missing = str(error)
        self.form, self.algorithm = _choose(fields, forms, self.stated, state)
        self.header = self.form.data() if self.form else b""

    @property
    def holds(self) -> bool:
        """Return whether the header has the hash that it states."""
        return bool(self.header) and digest(self.algorithm, self.header) == self.stated

    @property
    def block_hash(self) -> bytes:
        """Return the stated hash, or the computed one where none is stated."""
        return self.stated or (
            digest(self.algorithm, self.header) if self.header else b""
        )


def _choose(
    fields: Fields, forms: Sequence[HeaderForm], stated: bytes, state: LedgerState
) -> tuple[HeaderForm | None, HashAlgorithm]:
    """Return what gives the stated hash; else the likeliest."""
    algorithms = [HashAlgorithm.KECCAK256, HashAlgorithm.SM3]
    if state.algorithm is not None:
        algorithms = [state.algorithm]
    for form in forms:
        for algorithm in algorithms:
            if digest(algorithm, form.data()) == stated:
                return form, algorithm
    likely = state.algorithm or likely_algorithm(fields, is_third=state.is_third)
    return (forms[0] if forms else None), likely


def likely_algorithm(fields: Fields, *, is_third: bool) -> HashAlgorithm:
    """Return the hash function that goes with the genesis text or the signatures."""
    try:
        if fields.number("number") == 0:
            text = b"\n".join(extra_octets(fields, is_third=is_third))
            if read_config(text, fields.span()).is_sm:
                return HashAlgorithm.SM3
        for each in fields.objects("signatureList"):
            is_short = len(each.octets("signature")) == _SHORT
            return HashAlgorithm.KECCAK256 if is_short else HashAlgorithm.SM3
    except ReadError:
        pass
    return HashAlgorithm.KECCAK256


def claim_header(
    fields: Fields, facts: HeaderFacts, draft: Draft, state: LedgerState
) -> None:
    """Claim that the header has the stated hash; learn the hash function from it."""
    place = (facts.number, -1)
    span = fields.span()
    state.likely = facts.algorithm
    if facts.form is not None and facts.form.rule == "3.x-genesis":
        _demand_empty(fields, draft)
    if facts.missing or not facts.stated:
        name = facts.missing or "hash"
        draft.results.append(missing(specs.BLOCK_HASH, place, [span], name))
        return
    if facts.holds:
        state.algorithm = facts.algorithm
    elif _may_be_candidate(fields, state):
        draft.results.append(
            result(
                specs.BLOCK_HASH,
                Outcome.INCONCLUSIVE,
                "pre-release-rule",
                place,
                [fields.span("version")],
            )
        )
        state.is_candidate = True
        return
    _note_version(fields, state)
    index = draft.claim(
        HashClaim(
            specs.BLOCK_HASH,
            facts.number,
            -1,
            facts.algorithm,
            facts.header,
            facts.stated,
            span,
            fields.span("hash"),
            part="block header",
        )
    )
    if draft.wants_parts:
        draft.claim_parts[index] = draft.header_parts = header_parts(fields, facts)


def _demand_empty(fields: Fields, draft: Draft) -> None:
    """Answer for what the hash of a genesis block of 3.x does not cover."""
    stated = [name for name in UNHASHED_IN_GENESIS if fields.has(name)]
    filled = [name for name in stated if fields.text(name).strip("0x")]
    draft.passed[specs.GENESIS] += not filled
    for name in filled:
        place, spans = (0, -1), [fields.span(name)]
        reason = "genesis-not-empty"
        draft.results.append(
            result(specs.GENESIS, Outcome.FAILED, reason, place, spans, name)
        )


def _may_be_candidate(fields: Fields, state: LedgerState) -> bool:
    """Return whether a release candidate with a rule of its own made the block."""
    if not state.is_third or state.has_release:
        return False
    version = fields.number("version")
    return version < FIRST_RELEASE and version != RC4_VERSION


def _note_version(fields: Fields, state: LedgerState) -> None:
    if not state.is_third:
        return
    if fields.number("version") >= FIRST_RELEASE:
        state.has_release = True
    else:
        state.is_candidate = True


def header_parts(fields: Fields, facts: HeaderFacts) -> tuple[HashPart, ...]:
    """Return the pieces of the header with their places, for explaining."""
    if facts.form is None:
        return ()
    parent = "parentInfo" if fields.has("parentInfo") else "parentHash"
    field_of = {"parent number": parent, PREVIOUS_HASH: parent}
    return tuple(
        HashPart(name, data, _place(fields, field_of.get(name, name)))
        for name, data in facts.form.pieces
    )


def _place(fields: Fields, name: str) -> ByteSpan | Absent:
    return fields.span(name) if fields.has(name) else Absent.NOT_IN_FORMAT


def add_block(
    fields: Fields, facts: HeaderFacts, count: int, draft: Draft, state: LedgerState
) -> None:
    """Add the block and its link to the one before.

    Raises:
        ReadError: ``field-malformed``.
    """
    parent, parent_number = b"", -1
    try:
        parent, parent_number = parent_of(fields, is_third=state.is_third)
    except ReadError as error:
        if error.reason != FIELD_MISSING:
            raise
        place = (facts.number, -1)
        found = missing(specs.BLOCK_LINK, place, [fields.span()], str(error))
        draft.results.append(found)
    draft.blocks.append(
        Block(
            facts.number,
            fields.span(),
            facts.algorithm,
            facts.header,
            parent if facts.number else b"",
            count,
            time_of(fields),
            is_configuration=facts.number == 0,
            stated_hash=facts.stated,
        )
    )
    if parent:
        _link(fields, facts, parent, parent_number, draft, state)
    elif facts.number == 0:
        draft.results.append(
            result(
                specs.BLOCK_LINK,
                Outcome.NOT_APPLICABLE,
                "first-block",
                (0, -1),
                [fields.span()],
            )
        )


def time_of(fields: Fields) -> int | Absent:
    """Return the time in microseconds; milliseconds are written."""
    try:
        time_us = fields.number("timestamp") * _MILLISECONDS
    except ReadError:
        return Absent.NOT_IN_EXPORT
    return time_us if 0 < time_us < MAX_TIME_US else Absent.UNREADABLE


def _link(
    fields: Fields,
    facts: HeaderFacts,
    parent: bytes,
    parent_number: int,
    draft: Draft,
    state: LedgerState,
) -> None:
    name = "parentInfo" if state.is_third else "parentHash"
    declared_place = fields.span(name)
    if facts.number == 0:
        draft.results.append(
            result(
                specs.BLOCK_LINK,
                Outcome.NOT_APPLICABLE,
                "first-block",
                (0, -1),
                [declared_place],
            )
        )
        return
    if parent_number != facts.number - 1:
        draft.results.append(
            CheckResult(
                specs.BLOCK_NUMBER,
                Outcome.FAILED,
                "parent-number-differs",
                facts.number,
                expected=str(facts.number - 1),
                computed=str(parent_number),
                spans=(declared_place,),
            )
        )
    before = state.parent
    if before is None or before.number != facts.number - 1:
        _no_parent(facts, draft, state, fields, name)
    elif before.header:
        draft.claim(
            LinkClaim(
                specs.BLOCK_LINK,
                facts.number,
                facts.algorithm,
                before.header,
                parent,
                before.place,
                declared_place,
            )
        )
    else:
        _link_to_statement(facts, parent, before, draft, fields, name)


def _no_parent(
    facts: HeaderFacts, draft: Draft, state: LedgerState, fields: Fields, name: str
) -> None:
    """Answer for a block whose predecessor is not here: a beginning, or a gap."""
    place = (facts.number, -1)
    spans = [fields.span(name)]
    if state.is_first:
        reason, outcome = "parent-not-in-export", Outcome.NOT_APPLICABLE
        state.count("begins-later")
    else:
        reason, outcome = "parent-not-in-export", Outcome.INCONCLUSIVE
        number = Outcome.INCONCLUSIVE
        draft.results.append(
            result(specs.BLOCK_NUMBER, number, "blocks-missing", place, spans)
        )
    draft.results.append(result(specs.BLOCK_LINK, outcome, reason, place, spans))


def _link_to_statement(
    facts: HeaderFacts,
    parent: bytes,
    before: Parent,
    draft: Draft,
    fields: Fields,
    name: str,
) -> None:
    """Compare with the hash that the block before merely states."""
    spans = (fields.span(name), before.place)
    if before.stated_hash and before.stated_hash != parent:
        draft.results.append(
            CheckResult(
                specs.BLOCK_LINK,
                Outcome.FAILED,
                "parent-hash-mismatch",
                facts.number,
                expected=parent.hex(),
                computed=before.stated_hash.hex(),
                spans=spans,
            )
        )
        return
    reason = "parent-hash-only-stated" if before.stated_hash else "parent-unreadable"
    draft.results.append(
        result(
            specs.BLOCK_LINK, Outcome.INCONCLUSIVE, reason, (facts.number, -1), spans
        )
    )
