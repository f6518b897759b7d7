"""What the transactions of a block claim together: root, witnesses, ids, size.

Bitcoin Core 29, ``src/validation.cpp``, ``CheckBlock`` and ``CheckWitnessMalleation``;
BIP-141 (commitment to the witnesses). Blocks set aside are checked no further.
"""

from explorer.core.digests import HashAlgorithm
from explorer.formats.bitcoin import checks
from explorer.formats.bitcoin.arranging import Placed
from explorer.formats.bitcoin.draft import Draft
from explorer.formats.bitcoin.networks import Network
from explorer.formats.bitcoin.parsing import wtxid_of
from explorer.formats.bitcoin.records import HEADER_BYTES, RawBlock, shown
from explorer.formats.bitcoin.transactions import broken_rule
from explorer.model.blocks import Entry
from explorer.model.checks import CheckResult, Outcome
from explorer.model.claims import HashClaim, TreeClaim, TreeRule

MAX_WEIGHT = 4_000_000
"""Four times the bytes without witnesses, plus the bytes of the witnesses (BIP-141)."""
SHA256D = HashAlgorithm.SHA256D
_COMMITMENT = bytes.fromhex("6a24aa21a9ed")


class Bodies:
    """Claims what lies behind the headers of blocks."""

    def __init__(self, network: Network) -> None:
        """Count what is not there."""
        self._network = network
        self.headers_only = 0
        self.without_witness = 0

    def add(self, placed: Placed, raw: RawBlock, draft: Draft) -> None:
        """Take one block; its spending is followed elsewhere."""
        height = placed.height
        leaves = tuple(each.txid for each in raw.transactions)
        if not raw.has_body:
            leaves = raw.declared.txids
        if leaves:
            self._claim_root(height, raw, leaves, draft)
        elif not raw.has_body:
            self.headers_only += raw.damage is None
        elif raw.damage is None:
            draft.fail(checks.RULES, "no-transactions", height, raw.span)
        if not raw.has_body:
            if not placed.is_aside:
                self._name_entries(height, raw, draft)
            return
        self._claim_ids(height, raw, draft)
        self._claim_witnesses(placed, raw, draft)
        self._check_size(height, raw, draft)
        if placed.is_aside:
            self._check_aside(height, raw, draft)

    def _claim_root(
        self, height: int, raw: RawBlock, leaves: tuple[bytes, ...], draft: Draft
    ) -> None:
        place = raw.places.span(HEADER_BYTES, max(len(raw.data), HEADER_BYTES))
        if not raw.has_body:
            place = raw.declared.ids_place or place
        draft.claims.append(
            TreeClaim(
                checks.ROOT,
                height,
                TreeRule.BITCOIN,
                SHA256D,
                leaves,
                raw.data[36:68],
                place,
                raw.places.span(36, 68),
            )
        )
        if len(set(leaves)) < len(leaves):
            draft.fail(checks.DISTINCT, "transaction-repeated", height, place)
        else:
            draft.passed[checks.DISTINCT] += 1

    def _claim_ids(self, height: int, raw: RawBlock, draft: Draft) -> None:
        declared = raw.declared
        txids = declared.txids or (b"",) * len(raw.transactions)
        wtxids = declared.wtxids or (b"",) * len(raw.transactions)
        if not (declared.txids or declared.wtxids):
            return
        triples = zip(raw.transactions, txids, wtxids, strict=False)
        for position, (each, txid, wtxid) in enumerate(triples):
            data = raw.data
            whole = data[each.start : each.end]
            covered = whole
            if each.witnesses:
                covered = data[each.start : each.start + 4]
                covered += data[each.inputs_start : each.outputs_end]
                covered += data[each.end - 4 : each.end]
            place = raw.places.span(each.start, each.end)
            for part, bytes_, stated in (
                ("transaction", covered, txid),
                ("transaction with witness", whole, wtxid),
            ):
                if stated:
                    draft.claims.append(
                        HashClaim(
                            checks.TRANSACTION_ID,
                            height,
                            position,
                            SHA256D,
                            bytes_,
                            stated,
                            place,
                            place,
                            part=part,
                        )
                    )

    def _claim_witnesses(self, placed: Placed, raw: RawBlock, draft: Draft) -> None:
        """Claim the commitment where it counts (BIP-141)."""
        transactions = raw.transactions
        has_witness = any(each.witnesses for each in transactions)
        is_active = not placed.is_guessed and (
            placed.height >= self._network.segwit_height
        )
        if not transactions or not (has_witness or is_active):
            return
        found = _commitment_of(raw)
        place = raw.places.span(HEADER_BYTES, len(raw.data))
        if found is None:
            if has_witness:
                reason = "witness-not-committed"
                draft.fail(checks.WITNESS, reason, placed.height, place)
            return
        items = transactions[0].witnesses[0] if transactions[0].witnesses else []
        start, end = items[0] if len(items) == 1 else (0, 0)
        if end - start != 32:
            outcome = Outcome.FAILED if has_witness else Outcome.INCONCLUSIVE
            self.without_witness += not has_witness
            draft.answer(
                CheckResult(
                    checks.WITNESS,
                    outcome,
                    "witness-value-missing",
                    placed.height,
                    spans=(place,),
                )
            )
            return
        leaves = [bytes(32)]
        leaves += [wtxid_of(raw.data, each) for each in transactions[1:]]
        leaves.append(raw.data[start:end])
        draft.claims.append(
            TreeClaim(
                checks.WITNESS,
                placed.height,
                TreeRule.BITCOIN_WITNESS,
                SHA256D,
                tuple(leaves),
                raw.data[found : found + 32],
                place,
                raw.places.span(found, found + 32),
            )
        )

    def _check_size(self, height: int, raw: RawBlock, draft: Draft) -> None:
        """Check the weight; before witnesses it is the limit of one million bytes."""
        witnesses = sum(
            2 + each.end - 4 - each.outputs_end
            for each in raw.transactions
            if each.witnesses
        )
        weight = 4 * len(raw.data) - 3 * witnesses
        if weight > MAX_WEIGHT:
            draft.fail(
                checks.RULES,
                "block-too-large",
                height,
                raw.span,
                values=(f"<= {MAX_WEIGHT}", f"{weight}"),
            )

    def _check_aside(self, height: int, raw: RawBlock, draft: Draft) -> None:
        for position, each in enumerate(raw.transactions):
            reason = broken_rule(raw.data, each, is_first=not position)
            if reason:
                place = raw.places.span(each.start, each.end)
                draft.fail(checks.RULES, reason, height, place, entry=position)
            else:
                draft.passed[checks.RULES] += 1

    def _name_entries(self, height: int, raw: RawBlock, draft: Draft) -> None:
        """Add the transactions of which only the id is known."""
        for position, txid in enumerate(raw.declared.txids):
            kind = "payment" if position else "coinbase"
            draft.entries.append(
                Entry(height, position, shown(txid), kind, "", raw.span)
            )


def _commitment_of(raw: RawBlock) -> int | None:
    """Return where the commitment's 32 bytes stand: of the last output that has one."""
    for _, start, end in reversed(raw.transactions[0].outputs):
        if end - start >= 38 and raw.data[start : start + 6] == _COMMITMENT:
            return start + 6
    return None
