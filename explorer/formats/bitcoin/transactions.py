"""What the transactions of a block claim: rules, spending, signatures, contents.

Bitcoin Core 29, ``src/consensus/tx_check.cpp`` (rules), ``src/consensus/tx_verify.cpp``
(values). Outputs are known from the blocks before, or from what an export or a file
beside it states; an input whose output is known from neither is counted, not judged.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from explorer.core.spans import ByteSpan
from explorer.crypto.secp256k1_library import Secp256k1Library
from explorer.formats.bitcoin import checks
from explorer.formats.bitcoin.contents import Teller
from explorer.formats.bitcoin.draft import Draft, Said
from explorer.formats.bitcoin.networks import MAX_MONEY, Network
from explorer.formats.bitcoin.outputs import Outputs
from explorer.formats.bitcoin.parsing import outpoint_of
from explorer.formats.bitcoin.records import (
    NULL_OUTPOINT,
    RawBlock,
    Spent,
    Transaction,
)
from explorer.formats.bitcoin.scripts import OP_RETURN
from explorer.formats.bitcoin.sighash import SignedTransaction
from explorer.formats.bitcoin.spending import InputJudge
from explorer.model.checks import CheckResult, Outcome
from explorer.model.claims import SignatureClaim

COINBASE_MATURITY = 100


@dataclass(slots=True)
class Counts:
    """What could not be judged, for the remarks at the end."""

    inputs: int = 0
    unknown: int = 0
    """Inputs whose output is not in the evidence."""
    open_scripts: int = 0
    """Inputs whose script has a form that is not judged."""
    rewards_open: int = 0
    """Blocks whose fees are not known."""


class TransactionReader:
    """Turns the transactions of one block after the other into claims."""

    def __init__(
        self, network: Network, library: Secp256k1Library, *, with_contents: bool
    ) -> None:
        """Begin with no output known."""
        self._with_contents = with_contents
        self.outputs = Outputs()
        self.counts = Counts()
        self.has_all = False
        """Whether every block from the first on was read: outputs must be known."""
        self._network = network
        self._teller = Teller(network)
        self._judge = InputJudge(library)

    def read(
        self, raw: RawBlock, height: int, spent: Sequence[Spent | None], draft: Draft
    ) -> int | None:
        """Take one block; return the fees, ``None`` if some are not known.

        ``spent`` is what the export says about the inputs, empty if nothing.
        """
        fees: int | None = 0
        is_judged = raw.hash not in self._network.unchecked
        at = 0
        for position, transaction in enumerate(raw.transactions):
            one = _Block(raw, height, position, transaction, draft)
            self._check_rules(one)
            stated: Sequence[Spent | None] = ()
            if position:
                stated = spent[at : at + len(transaction.inputs)]
                at += len(transaction.inputs)
            fee = self._spend(one, stated, is_judged=is_judged)
            fees = None if fee is None or fees is None else fees + fee
        return fees

    def _check_rules(self, one: "_Block") -> None:
        reason = broken_rule(one.raw.data, one.transaction, is_first=not one.position)
        if reason:
            one.fail(checks.RULES, reason)
        else:
            one.draft.passed[checks.RULES] += 1

    def _spend(
        self, one: "_Block", stated: Sequence[Spent | None], *, is_judged: bool
    ) -> int | None:
        spent = self._spent_outputs(one, stated) if one.position else []
        self._add_outputs(one)
        first = len(one.draft.claims)
        is_signed = bool(one.position) and is_judged
        if is_signed:
            is_signed = self._add_signatures(one, spent)
        is_exact = None not in spent
        self._say(one, spent, first, is_signed=is_signed, is_exact=is_exact)
        if not one.position:
            return 0
        if not is_exact:
            return None
        return self._fee(one, [each for each in spent if each is not None])

    def _spent_outputs(
        self, one: "_Block", stated: Sequence[Spent | None]
    ) -> list[Spent | None]:
        found: list[Spent | None] = []
        data, counts = one.raw.data, self.counts
        for index, entry in enumerate(one.transaction.inputs):
            outpoint = outpoint_of(data, entry)
            counts.inputs += 1
            known = self.outputs.take(outpoint)
            told = stated[index] if index < len(stated) else None
            if self.outputs.was_spent(outpoint):
                one.fail(checks.SPENT, "output-spent-twice", entry)
            elif known is not None:
                self._check_known(one, entry, known, told)
            elif self.has_all and not self.outputs.forgotten:
                one.fail(checks.SPENT, "output-unknown", entry)
            spent = known or told
            counts.unknown += spent is None
            found.append(spent)
        return found

    def _check_known(
        self,
        one: "_Block",
        entry: tuple[int, int, int],
        known: Spent,
        told: Spent | None,
    ) -> None:
        is_young = one.height - known.block < COINBASE_MATURITY
        if known.entry == 0 and is_young:
            self._note_young(one, entry)
        elif told and (told.value, told.script) != (known.value, known.script):
            one.fail(checks.SPENT, "output-differs", entry)
        else:
            one.draft.passed[checks.SPENT] += 1

    @staticmethod
    def _note_young(one: "_Block", entry: tuple[int, int, int]) -> None:
        """Warn of new coins that are spent early: private set-ups allow it."""
        one.draft.answer(
            CheckResult(
                checks.SPENT,
                Outcome.INCONCLUSIVE,
                "output-not-mature",
                one.height,
                one.position,
                spans=(one.raw.places.span(entry[0], entry[2] + 4),),
                decisive=False,
            )
        )

    def _add_outputs(self, one: "_Block") -> None:
        if one.raw.hash == self._network.genesis:
            return  # the first coins of all can never be spent
        data, txid = one.raw.data, one.transaction.txid
        at = (one.height, one.position)
        add = self.outputs.add
        for number, (value, start, end) in enumerate(one.transaction.outputs):
            if start == end or data[start] != OP_RETURN:
                outpoint = txid + number.to_bytes(4, "little")
                add(outpoint, value, data[start:end], at)

    def _add_signatures(self, one: "_Block", spent: Sequence[Spent | None]) -> bool:
        """Add a claim for each signature; return whether every input has one."""
        signed = SignedTransaction(one.raw.data, one.transaction)
        draft, counts, is_whole = one.draft, self.counts, True
        span = one.span
        for index, entry in enumerate(one.transaction.inputs):
            if spent[index] is None:
                is_whole = False
                continue
            judged = self._judge.judge(signed, index, spent)
            if judged.is_open:
                counts.open_scripts += 1
                is_whole = False
                continue
            if judged.fault:
                one.fail(checks.OWNER, judged.fault, entry)
                is_whole = False
                continue
            draft.passed[checks.OWNER] += 1
            for each in judged.signings:
                draft.claims.append(
                    SignatureClaim(
                        checks.SIGNATURE,
                        one.height,
                        one.position,
                        each.scheme,
                        each.key,
                        each.message,
                        each.signature,
                        span,
                        one.raw.places.span(*each.place),
                        decisive=True,
                        signer=f"input {index}",
                        role="spender",
                    )
                )
        return is_whole

    def _fee(self, one: "_Block", spent: Sequence[Spent]) -> int:
        taken = sum(each.value for each in spent)
        paid = sum(value for value, _, _ in one.transaction.outputs)
        if paid > taken:
            values = f"<= {taken}", f"{paid}"
            one.fail(checks.VALUE, "value-created", values=values)
        else:
            one.draft.passed[checks.VALUE] += 1
        return max(taken - paid, 0)

    def _say(
        self,
        one: "_Block",
        spent: Sequence[Spent | None],
        first: int,
        *,
        is_signed: bool,
        is_exact: bool,
    ) -> None:
        raw, transaction, tell = one.raw, one.transaction, self._teller
        summary = tell.summary(raw, transaction)
        at = (one.height, one.position)
        entry = tell.entry(raw, at, transaction, spent, summary)
        draft = one.draft
        draft.entries.append(entry)
        if not self._with_contents:
            return
        reads = tell.reads(raw, transaction, spent)
        writes = tell.writes(raw, transaction)
        last = len(draft.claims)
        draft.said.append(Said(entry, first, last, is_signed, is_exact, reads, writes))


@dataclass(frozen=True, slots=True)
class _Block:
    """One transaction with its block, its place and where answers go."""

    raw: RawBlock
    height: int
    position: int
    transaction: Transaction
    draft: Draft

    @property
    def span(self) -> ByteSpan:
        """Return where the transaction stands."""
        transaction = self.transaction
        return self.raw.places.span(transaction.start, transaction.end)

    def fail(
        self,
        check: str,
        reason: str,
        entry: tuple[int, int, int] | None = None,
        values: tuple[str, str] = ("", ""),
    ) -> None:
        """Take a failure of the transaction, or of one of its inputs."""
        span = self.span
        if entry is not None:
            span = self.raw.places.span(entry[0], entry[2] + 4)
        self.draft.fail(
            check,
            reason,
            self.height,
            span,
            entry=self.position,
            values=values,
        )


def broken_rule(data: bytes, transaction: Transaction, *, is_first: bool) -> str:
    """Return the reason why a transaction breaks a rule of its own, or nothing."""
    inputs, outputs = transaction.inputs, transaction.outputs
    if not inputs or not outputs:
        return "no-inputs-or-outputs"
    total = 0
    for value, _, _ in outputs:
        total += value
        if not 0 <= value <= MAX_MONEY or total > MAX_MONEY:
            return "amount-out-of-range"
    return _broken_input_rule(data, transaction, is_first=is_first)


def _broken_input_rule(data: bytes, transaction: Transaction, *, is_first: bool) -> str:
    inputs = transaction.inputs
    outpoints = [data[at : at + 36] for at, _, _ in inputs]
    makes_coins = len(outpoints) == 1 and outpoints[0] == NULL_OUTPOINT
    if is_first:
        size = inputs[0][2] - inputs[0][1]
        if not makes_coins:
            return "coinbase-missing"
        return "" if 2 <= size <= 100 else "coinbase-script-size"
    if makes_coins:
        return "coinbase-repeated"
    if len(set(outpoints)) < len(outpoints):
        return "input-repeated"
    return "input-of-nothing" if NULL_OUTPOINT in outpoints else ""
