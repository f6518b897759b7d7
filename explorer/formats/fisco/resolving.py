"""Turns records into blocks, entries and claims, in the order of the blocks.

Of several records about one block the one that holds most is used; the others must have
the same hash, and may lend it their signatures.
"""

from collections.abc import Callable, Sequence

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.encodings.json_places import Node, Shape
from explorer.formats.fisco import specs
from explorer.formats.fisco.block_claims import HeaderFacts, add_block, claim_header
from explorer.formats.fisco.drafting import Draft, EntryPlan
from explorer.formats.fisco.entry_claims import EntrySource, claim_entries, damage
from explorer.formats.fisco.fields import FIELD_MALFORMED, Fields, octets_of
from explorer.formats.fisco.proof_claims import (
    RECEIPT,
    TRANSACTION,
    Leaf,
    claim_proof,
    index_of,
)
from explorer.formats.fisco.receipt_claims import ReceiptFacts, claim_receipt
from explorer.formats.fisco.saying import say
from explorer.formats.fisco.sealing import claim_seals
from explorer.formats.fisco.specs import result
from explorer.formats.fisco.state import BlockRoots, LedgerState, Parent
from explorer.formats.fisco.tx_claims import TxFacts, TxPlace, claim_transaction
from explorer.model.blocks import NO_BLOCK
from explorer.model.checks import CheckResult, Outcome

HASH_BYTES = 32
Lookup = Callable[[str], Fields | None]
"""Hash as text → transaction or receipt of it that stands elsewhere."""


class Resolver:
    """Makes the claims of one ledger."""

    def __init__(
        self, state: LedgerState, transaction: Lookup, receipt: Lookup
    ) -> None:
        """Find what stands outside of its block with the two look-ups."""
        self.state = state
        self._transaction = transaction
        self._receipt = receipt
        self.listed: set[bytes] = set()
        """Hashes of transactions that some block lists."""
        self._complete: set[int] = set()
        """Blocks that list their transactions, if records stand alone."""
        self._loose = 0

    def block(self, number: int, records: Sequence[Fields], draft: Draft) -> None:
        """Add one block, given by one or more records of it, the fullest first."""
        main = records[0]
        where = TxPlace(number, -1)
        try:
            facts = HeaderFacts(main, number, self.state)
            sources = self._sources(main)
            claim_header(main, facts, draft, self.state)
            add_block(main, facts, len(sources), draft, self.state)
            self._keep_roots(main, number)
        except ReadError as error:
            damage(error, main.span(), where, draft)
            self.lost(number, main.span())
            return
        signed = self._signed(records, facts, draft)
        try:
            claim_seals(main, signed, facts, draft, self.state)
        except ReadError as error:
            damage(error, signed.span(), where, draft)
        try:
            claim_entries(main, facts, sources, draft, self.state)
        except ReadError as error:
            damage(error, main.span(), where, draft)
        for check in (specs.JSON_FORM, specs.RECORD_FORM, specs.BLOCK_NUMBER):
            draft.passed[check] += 1
        self.state.parent = Parent(number, facts.header, facts.stated, main.span())
        self.state.is_first = False

    def lost(self, number: int, span: ByteSpan) -> None:
        """Note that the block at this height could not be read."""
        self.state.parent = Parent(number, b"", b"", span)
        self.state.is_first = False
        self.state.sealers = ()

    def _sources(self, fields: Fields) -> list[EntrySource]:
        if not fields.has("transactions"):
            return []
        if self.state.has_loose:
            self._complete.add(fields.number("number"))
        return [self._source(fields, each) for each in fields.items("transactions")]

    def _source(self, block: Fields, node: Node) -> EntrySource:
        own: Fields | None = None
        if node.shape is Shape.OBJECT:
            own = block.inside(node, "transactions")
            name = "value" if own.has("value") and not own.has("hash") else "hash"
            tx_hash = own.fixed(name, HASH_BYTES) if own.has(name) else b""
            own = None if name == "value" else own
        else:
            tx_hash = octets_of(node, "transactions")
            if len(tx_hash) != HASH_BYTES:
                raise ReadError("transactions: no hash", FIELD_MALFORMED)
        key = tx_hash.hex()
        if self.state.has_loose:
            self.listed.add(tx_hash)
            return EntrySource(
                tx_hash,
                block.place(node),
                own or self._transaction(key),
                self._receipt(key),
            )
        return EntrySource(tx_hash, block.place(node), own, None)

    def _keep_roots(self, fields: Fields, number: int) -> None:
        name = "txsRoot" if self.state.is_third else "transactionsRoot"
        if fields.has(name) and fields.has("receiptsRoot"):
            roots = BlockRoots(
                (fields.fixed(name, HASH_BYTES), fields.span(name)),
                (fields.fixed("receiptsRoot", HASH_BYTES), fields.span("receiptsRoot")),
            )
            self.state.keep_roots(number, roots)

    def _signed(
        self, records: Sequence[Fields], facts: HeaderFacts, draft: Draft
    ) -> Fields:
        """Compare the other records; return the first one that has signatures."""
        for other in records[1:]:
            try:
                own = HeaderFacts(other, facts.number, self.state)
                if own.block_hash == facts.block_hash:
                    claim_header(other, own, draft, self.state)
                    continue
            except ReadError as error:
                damage(error, other.span(), TxPlace(facts.number, -1), draft)
                continue
            draft.results.append(
                CheckResult(
                    specs.BLOCK_NUMBER,
                    Outcome.FAILED,
                    "blocks-conflict",
                    facts.number,
                    expected=facts.block_hash.hex(),
                    computed=own.block_hash.hex(),
                    spans=(records[0].span(), other.span()),
                )
            )
        with_list = [each for each in records if each.has("signatureList")]
        return with_list[0] if with_list else records[0]

    def loose(self, fields: Fields, *, is_pair: bool, draft: Draft) -> None:
        """Add a transaction, receipt or proof that stands alone."""
        number = self._number(fields, is_pair=is_pair)
        where = TxPlace(number, -1)
        try:
            facts, receipt = self._loose_claims(fields, where, draft, is_pair=is_pair)
        except ReadError as error:
            damage(error, fields.span(), where, draft)
            return
        draft.passed[specs.JSON_FORM] += 1
        draft.passed[specs.RECORD_FORM] += 1
        if facts is None or facts.hash in self.listed:
            return
        if number in self._complete and facts.hash:
            place, spans = (number, -1), [fields.span()]
            reason = "not-in-its-block"
            draft.results.append(
                result(specs.TRANSACTION_PLACE, Outcome.FAILED, reason, place, spans)
            )
        here = TxPlace(NO_BLOCK, self._loose)
        self._loose += 1
        span = fields.span()
        no_time = Absent.NOT_IN_EXPORT
        entry, content = say(facts, receipt, here, span, no_time, self.state)
        draft.entries.append(entry)
        claims = tuple(facts.claims) if facts.is_proven else ()
        draft.plans.append(EntryPlan(content, claims, ()))

    def _number(self, fields: Fields, *, is_pair: bool) -> int:
        """Return the block that a record names, if it is in the evidence."""
        holder = fields
        if is_pair:
            for name in ("transaction", "transactionReceipt"):
                if fields.has(name) and fields.need(name).shape is Shape.OBJECT:
                    holder = fields.inside(fields.need(name), name)
        try:
            number = holder.number("blockNumber")
        except ReadError:
            return NO_BLOCK
        return number if number in self.state.roots else NO_BLOCK

    def _loose_claims(
        self, fields: Fields, where: TxPlace, draft: Draft, *, is_pair: bool
    ) -> tuple[TxFacts | None, ReceiptFacts | None]:
        """Make the claims of a record alone.

        Raises:
            ReadError: ``field-malformed``.
        """
        state = self.state
        if is_pair and fields.has("transactionReceipt"):
            receipt = fields.inside(fields.need("transactionReceipt"), "receipt")
            own = claim_receipt(receipt, None, where, draft, state)
            leaf = Leaf(own.hash, index_of(receipt))
            claim_proof(fields, RECEIPT, leaf, where, draft, state)
            tx_hash = b""
            if receipt.has("transactionHash"):
                tx_hash = receipt.fixed("transactionHash", HASH_BYTES)
            return TxFacts(tx_hash), own
        if is_pair:
            transaction = fields.inside(fields.need("transaction"), "transaction")
            facts = claim_transaction(transaction, where, draft, state)
            leaf = Leaf(facts.hash, index_of(transaction))
            claim_proof(fields, TRANSACTION, leaf, where, draft, state)
            return facts, None
        name = "transactionHash" if fields.has("transactionHash") else "hash"
        if fields.has(name) and fields.octets(name) in self.listed:
            return None, None  # it was used with its block
        if name == "transactionHash":
            found = claim_receipt(fields, None, where, draft, state)
            return TxFacts(fields.fixed(name, HASH_BYTES)), found
        facts = claim_transaction(fields, where, draft, state)
        leaf = Leaf(facts.hash, index_of(fields))
        claim_proof(fields, TRANSACTION, leaf, where, draft, state)
        return facts, None
