"""What a transaction and its receipt say, as an entry and its content."""

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.formats.fisco.contracts import (
    DEPLOY,
    arguments_of,
    documents_of,
    summary_of,
)
from explorer.formats.fisco.receipt_claims import ReceiptFacts
from explorer.formats.fisco.state import LedgerState
from explorer.formats.fisco.tx_claims import TxFacts, TxPlace
from explorer.model.blocks import Entry
from explorer.model.content import Document, EntryContent


def say(
    facts: TxFacts,
    receipt: ReceiptFacts | None,
    where: TxPlace,
    span: ByteSpan,
    time_us: int | Absent,
    state: LedgerState,
) -> tuple[Entry, EntryContent]:
    """Return the entry, and its content with nothing verified yet."""
    kind, arguments, documents = _call(facts, receipt, span, state)
    documents += _events(facts, receipt, state)
    refused = _refused(receipt)
    author = f"0x{facts.sender}" if facts.sender else ""
    entry_id = f"0x{facts.hash.hex()}"
    entry = Entry(
        where.block,
        where.entry,
        entry_id,
        kind,
        author,
        span,
        time_us,
        refused,
        summary_of(arguments),
    )
    content = EntryContent(
        where.block,
        where.entry,
        entry_id,
        kind,
        author,
        author_verified=False,
        accepted=not refused,
        time_us=time_us,
        documents=tuple(documents),
        arguments=arguments,
    )
    return entry, content


def _call(
    facts: TxFacts, receipt: ReceiptFacts | None, span: ByteSpan, state: LedgerState
) -> tuple[str, tuple[str, ...], list[Document]]:
    if not facts.data and not facts.to:
        return "", (), []
    call = state.contracts.call(facts.to, facts.data, facts.algorithm)
    if call.name == DEPLOY:
        contract = receipt.contract if receipt is not None else ""
        state.contracts.deploy(facts.abi, contract)
        return DEPLOY, (f"0x{contract}",) if contract else (), []
    if not call.is_decoded:
        state.count("not-decoded")
    arguments = arguments_of(call.arguments)
    return call.name, arguments, documents_of(call.arguments, span)


def _events(
    facts: TxFacts, receipt: ReceiptFacts | None, state: LedgerState
) -> list[Document]:
    found: list[Document] = []
    for entry in receipt.logs if receipt is not None else ():
        event = state.contracts.event(entry, facts.algorithm)
        if event is not None:
            found += documents_of(event[1], entry.span, event[0])
    return found


def _refused(receipt: ReceiptFacts | None) -> str:
    if receipt is None or receipt.status <= 0:
        return ""
    return f"status {receipt.status}"
