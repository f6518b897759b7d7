"""The use case "check a claim": from a code, an id or typed claims to a claim sheet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.model.claim_sheets import ClaimSheet, Topic
from explorer.model.verdicts import EvidenceReport, LedgerReport
from explorer.provenance.items import Found, ItemAnswer
from explorer.provenance.trace import Direction
from explorer.session.claims_codes import CodeRead, read_code
from explorer.session.claims_records import Gathered, gather
from explorer.session.claims_rows import SheetAsk
from explorer.session.claims_sheet import (
    bare_sheet,
    make_sheet,
    sheet_without_item,
)
from explorer.session.tracing import TraceAnswer, Tracer
from explorer.store.queries import CaseReader

ReadSpan = Callable[[ByteSpan], bytes]


@dataclass(frozen=True, slots=True)
class Checked:
    """A sheet with the code it was asked by."""

    sheet: ClaimSheet
    code: CodeRead
    """With warnings about its address, compared with what the records name."""


def check_without_ledger(ask: SheetAsk) -> Checked:
    """Return the sheet of claims that no ledger is open for."""
    return Checked(bare_sheet(ask), read_code(_code_of(ask)))


def check_claim(
    ask: SheetAsk,
    reader: CaseReader,
    tracer: Tracer,
    ledger: LedgerReport | None,
    evidence: EvidenceReport | None,
    read: ReadSpan,
) -> Checked:
    """Return the sheet about the thing that a code or id names in one ledger."""
    text = _code_of(ask)
    code = read_code(text)
    found, as_asked = _find(tracer, code)
    if not found.thing:
        if ledger is None or evidence is None:
            bare = bare_sheet(ask)
            return Checked(replace(bare, candidates=found.candidates), code)
        none = Absent.NOT_IN_EXPORT
        answer = TraceAnswer(0, text, found, none, {}, ledger.is_fictional)
        return Checked(sheet_without_item(ask, answer, ledger, evidence), code)
    answer = tracer.trace(found.thing, Direction.BACK, ledger)
    if isinstance(answer.trace, Absent):  # it was just found there
        return Checked(bare_sheet(ask), code)
    gathered = gather(reader, tracer, answer, answer.trace, read)
    wanted = replace(ask, asked=ask.asked or as_asked)
    sheet = make_sheet(wanted, answer, gathered, ledger, evidence)
    return Checked(sheet, read_code(text, recorded_hosts(gathered)))


def recorded_hosts(found: Gathered) -> list[str]:
    """Return the hosts of the addresses that records of the thing name as its code."""
    hosts: dict[str, None] = {}
    for saying in found.of_topic(Topic.CODE):
        address = read_code(saying.text).address
        if address is not None and address.host:
            hosts[address.host] = None
    return list(hosts)


def _code_of(ask: SheetAsk) -> str:
    """Return what was asked, else the first code of an attached photo."""
    codes = [code for each in ask.exhibits for code in each.codes]
    return ask.asked or (codes[0] if codes else "")


def _find(tracer: Tracer, code: CodeRead) -> tuple[ItemAnswer, str]:
    """Return the thing that a code names; several are given back to choose from."""
    near: dict[str, None] = {}
    for text in code.candidates:
        recording = tracer.recording(text) if len(text) > 3 else ()
        own = _shortest_only(recording)
        if text == code.text and own:
            return ItemAnswer(Found.EXACT, own), text
        answer = tracer.find(text)
        if answer.thing:
            return answer, text
        near |= dict.fromkeys(answer.candidates)
    for text in code.hints:
        answer = tracer.find(text)
        named = (answer.thing,) if answer.thing else answer.candidates
        near |= dict.fromkeys(named)
    found = Found.AMBIGUOUS if near else Found.UNKNOWN
    return ItemAnswer(found, "", tuple(near)[:50]), ""


def _shortest_only(things: Sequence[str]) -> str:
    """Return the one thing whose records hold the code; nothing if there are more."""
    return things[0] if len(things) == 1 else ""


def default_name(sheet: ClaimSheet, ending: str) -> str:
    """Return a file name for a sheet."""
    kept = "".join(c for c in sheet.label if c.isalnum() or c in "-_")[:40]
    return f"claim-{kept or 'sheet'}.{ending}"
