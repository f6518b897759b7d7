"""Entries and claims of transactions: hashes, senders, rules.

A transaction holds no sender: its signature recovers to a key, whose address is the
sender (Yellow Paper, appendix F). Where the export states ``from``, that address must
have signed. Where it does not, the check shows that the signature recovers to some key,
and the sender is whoever holds it.
"""

from explorer.core.absent import Absent
from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.crypto.hashes import hash_function
from explorer.crypto.secp256k1 import address_of
from explorer.crypto.secp256k1_library import best_library
from explorer.encodings.rlp import decode_plain, encode
from explorer.formats.ethereum import checks
from explorer.formats.ethereum.body_rules import transaction_breaches
from explorer.formats.ethereum.draft import Draft, Plan
from explorer.formats.ethereum.forks import Fork, Network, Reach
from explorer.formats.ethereum.header_rules import Breach
from explorer.formats.ethereum.records import RawTransaction
from explorer.formats.ethereum.transactions import LEGACY, Transaction
from explorer.model.blocks import Entry, Unreadable
from explorer.model.checks import CheckResult, Outcome
from explorer.model.claims import HashClaim, SignatureClaim
from explorer.model.keys import KeyKind, PublicKey, SignatureScheme

NOBODY = bytes(20)
MAX_SENDERS = 1_000_000
"""Senders whose last nonce is remembered."""
_KECCAK = HashAlgorithm.KECCAK256
_keccak = hash_function(_KECCAK)
_SCHEME = SignatureScheme.SECP256K1_KECCAK256_ADDRESS


class SenderFinder:
    """Recovers addresses from signatures."""

    def __init__(self) -> None:
        """Use the fast library where it is installed."""
        self._recover = best_library().recover

    def address(self, message: bytes, signature: bytes) -> bytes:
        """Return whose signature (r, s, recovery id) over a message it is, or nothing.

        ``message`` is hashed here.
        """
        return self.address_of_digest(_keccak(message), signature)

    @staticmethod
    def digest(message: bytes) -> bytes:
        """Return Keccak-256 of a message."""
        return _keccak(message)

    def address_of_digest(self, digest: bytes, signature: bytes) -> bytes:
        """Return whose signature over a digest it is, or nothing."""
        if len(signature) != 65:
            return b""
        r = int.from_bytes(signature[:32], "big")
        s = int.from_bytes(signature[32:64], "big")
        try:
            return address_of(self._recover(digest, r, s, signature[64]))
        except ReadError:
            return b""


class TransactionClaims:
    """Makes entries and claims of the transactions of one block after the other."""

    def __init__(self, *, has_forks: bool) -> None:
        """Know no nonce yet; branches may use the same ones again."""
        self._find = SenderFinder()
        self._nonces: dict[bytes, int] | None = None if has_forks else {}

    def add(
        self, draft: Draft, plan: Plan, reach: Reach, network: Network, chain_id: int
    ) -> None:
        """Add everything about the transactions of a block."""
        raw, header = plan.raw, plan.raw.header
        for position, each in enumerate(raw.transactions):
            sender, claim = self._sender(draft, each, raw.number, position, reach)
            plan.senders.append(sender)
            plan.sender_claims.append(claim)
            draft.entries.append(_entry(plan, each, position, sender))
            _hash_claim(draft, each, raw.number, position)
            _stated(draft, plan, each, position)
            if each.tx is not None and header is not None:
                found = list(transaction_breaches(each.tx, header, reach, chain_id))
                found += self._nonce(sender, each.tx)
                draft.judge(
                    checks.BODY_RULES,
                    found,
                    raw.number,
                    each.span,
                    is_known=network.is_known,
                    entry=position,
                )
            elif each.fault:
                _fault(draft, each, raw.number, position, network)
        _missing(draft, plan)

    def _nonce(self, sender: bytes, tx: Transaction) -> list[Breach]:
        """Return whether a sender used a nonce again, as far as was read."""
        nonces = self._nonces
        if nonces is None or not sender:
            return []
        last = nonces.get(sender, -1)
        if last < 0 and len(nonces) >= MAX_SENDERS:
            return []
        nonces[sender] = max(last, tx.nonce)
        if tx.nonce > last:
            return []
        wanted = f"> {last}"
        return [Breach("nonce-repeated", wanted, str(tx.nonce), is_universal=True)]

    def _sender(
        self, draft: Draft, raw: RawTransaction, block: int, position: int, reach: Reach
    ) -> tuple[bytes, int]:
        tx = raw.tx
        if tx is None:
            return raw.declared_sender, -1
        signed, signature = tx.signed, tx.signature
        found = raw.declared_sender or self._find.address(signed, signature)
        if raw.declared_sender and _may_be_private(tx):
            signed = self._private_form(tx, raw.declared_sender)
        claim = SignatureClaim(
            checks.SENDER,
            block,
            position,
            _SCHEME,
            PublicKey(KeyKind.SECP256K1_ADDRESS, found or NOBODY),
            signed,
            signature,
            raw.hash_span or raw.span,
            raw.sender_span or raw.span,
            decisive=True,
            signer=f"0x{found.hex()}" if found else "",
            role="sender",
            low_s=reach.surely(Fork.HOMESTEAD),
        )
        return found, draft.claim(claim)

    def _private_form(self, tx: Transaction, sender: bytes) -> bytes:
        """Return what was signed; GoQuorum marks private transactions by ``v``.

        There 37 and 38 stand for 27 and 28, and nothing else names a chain.
        """
        if self._find.address(tx.signed, tx.signature) == sender:
            return tx.signed
        fields = decode_plain(tx.envelope)
        plain = encode(fields[:6]) if isinstance(fields, list) else tx.signed
        is_private = self._find.address(plain, tx.signature) == sender
        return plain if is_private else tx.signed


def _may_be_private(tx: Transaction) -> bool:
    return tx.type == LEGACY and tx.chain_id == 1 and len(tx.data) == 64


def _missing(draft: Draft, plan: Plan) -> None:
    """Tell once for a block what its transactions lack."""
    missing = [each for each in plan.raw.transactions if each.missing]
    if missing:
        first = missing[0]
        draft.answer(
            checks.SENDER,
            Outcome.INCONCLUSIVE,
            "transaction-incomplete",
            plan.raw.number,
            first.span,
            f"{first.missing} ({len(missing)})",
        )


def _fault(
    draft: Draft, raw: RawTransaction, block: int, position: int, network: Network
) -> None:
    if raw.fault == "transaction-type-unknown":
        breach = [Breach(raw.fault, "0 to 4", raw.envelope[:1].hex())]
        draft.judge(
            checks.BODY_RULES,
            breach,
            block,
            raw.span,
            is_known=network.is_known,
            entry=position,
        )
        draft.answer_entry(
            checks.SENDER,
            Outcome.INCONCLUSIVE,
            raw.fault,
            (block, position),
            raw.span,
        )
        return
    draft.damage.append(
        Unreadable(checks.FRAMING, raw.fault, raw.span, block, entry=position)
    )


def _hash_claim(draft: Draft, raw: RawTransaction, block: int, position: int) -> None:
    if not raw.declared_hash or not raw.envelope or raw.hash_span is None:
        return
    draft.claim(
        HashClaim(
            checks.TRANSACTION_HASH,
            block,
            position,
            _KECCAK,
            raw.envelope,
            raw.declared_hash,
            raw.hash_span,
            raw.hash_span,
            part="transaction",
        )
    )


def _stated(draft: Draft, plan: Plan, raw: RawTransaction, position: int) -> None:
    tx = raw.tx
    wanted: dict[str, int | bytes] = {
        "block number": plan.raw.number,
        "transaction index": position,
    }
    if plan.raw.declared_hash:
        wanted["block hash"] = plan.raw.declared_hash
    if tx is not None and tx.chain_id >= 0:
        wanted["chain id"] = tx.chain_id
    if tx is not None and tx.recovery >= 0:
        wanted["y parity"] = tx.recovery
    compare_stated(draft, raw.stated, wanted, plan.raw.number, position)


def compare_stated(
    draft: Draft,
    stated: object,
    wanted: dict[str, int | bytes],
    block: int,
    position: int,
) -> None:
    """Compare what an export states besides with what follows from the rest."""
    if not hasattr(stated, "items"):
        return
    for name, (value, place) in stated.items():
        expected = wanted.get(name)
        if expected is None or expected == value:
            draft.passed[checks.STATED] += expected is not None
            continue
        draft.results.append(
            CheckResult(
                checks.STATED,
                Outcome.FAILED,
                "stated-value-mismatch",
                block,
                position,
                _text(expected),
                _text(value),
                (place,),
                detail=name,
            )
        )


def _text(value: int | bytes) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


def _entry(plan: Plan, raw: RawTransaction, position: int, sender: bytes) -> Entry:
    name = raw.declared_hash or (_keccak(raw.envelope) if raw.envelope else b"")
    receipts = plan.raw.receipts
    refused = ""
    if receipts is not None and position < len(receipts.receipts):
        refused = "reverted" if receipts.receipts[position].has_failed else ""
    return Entry(
        plan.raw.number,
        position,
        f"0x{name.hex()}" if name else f"{plan.raw.number}/{position}",
        kind_of(raw.tx),
        f"0x{sender.hex()}" if sender else "",
        raw.span,
        time_of(plan.raw.time),
        refused,
        _summary(raw),
    )


def kind_of(tx: Transaction | None) -> str:
    """Return what a transaction does, as far as it shows without running code."""
    if tx is None:
        return "transaction"
    if not tx.to:
        return "create contract"
    if len(tx.data) >= 4:
        return f"call 0x{tx.data[:4].hex()}"
    return "transfer"


def _summary(raw: RawTransaction) -> str:
    to = raw.tx.to if raw.tx is not None else raw.to
    value = raw.tx.value if raw.tx is not None else raw.value
    target = f"→ 0x{to.hex()}" if to else "→ new contract"
    return f"{target}, {value} wei" if value else target


_MICROSECONDS = (
    (2**33, 1_000_000),
    (2**43, 1_000),
    (2**53, 1),
)
"""(below, microseconds in a unit): seconds, and milli- and microseconds of chains that
seal faster; nanoseconds (GoQuorum with Raft) are larger."""


def time_of(value: int) -> int | Absent:
    """Return a block's time in microseconds since 1970; a first block may have none."""
    if value <= 0:
        return Absent.NOT_IN_FORMAT
    for below, unit in _MICROSECONDS:
        if value < below:
            return value * unit
    return value // 1_000 if value < 2**63 else Absent.UNREADABLE
