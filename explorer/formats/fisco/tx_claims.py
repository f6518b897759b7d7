"""Claims about one transaction: its hash, its signature, its sender, its place.

A recovered key alone proves nothing, since every signature yields some key: the claim
is that the recovered address is the sender's. With SM2 the key stands beside the
signature, and the sender's address must be its hash.
"""

from dataclasses import dataclass, field

from explorer.core.absent import Absent
from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.crypto.hashes import digest
from explorer.formats.fisco import specs
from explorer.formats.fisco.drafting import Draft
from explorer.formats.fisco.fields import FIELD_MISSING, Fields
from explorer.formats.fisco.specs import missing, result
from explorer.formats.fisco.state import LedgerState
from explorer.formats.fisco.transactions import (
    ADDRESS_BYTES,
    Piece,
    Preimage,
    TxSignature,
    is_third_transaction,
    preimages,
    signature_of,
)
from explorer.model.checks import CheckResult, Outcome
from explorer.model.claims import HashClaim, SignatureClaim
from explorer.model.keys import KeyKind, PublicKey, SignatureScheme
from explorer.model.ledgers import HashPart

HASH_BYTES = 32
_POINT_MARK = b"\x04"


@dataclass(slots=True)
class TxFacts:
    """One transaction as far as it could be read."""

    hash: bytes
    """As stated; empty if it is not."""
    sender: str = ""
    """Address in lower case without ``0x``; empty if it is not stated."""
    to: str = ""
    data: bytes = b""
    abi: str = ""
    algorithm: HashAlgorithm = HashAlgorithm.KECCAK256
    claims: list[int] = field(default_factory=list)
    """What must hold for the sender to have said it."""
    is_proven: bool = False
    """Whether there is a hash and a signature to check."""


@dataclass(frozen=True, slots=True)
class TxPlace:
    """Where a transaction stands in its ledger."""

    block: int
    """-1 if it belongs to none."""
    entry: int
    block_hash: bytes = b""

    @property
    def pair(self) -> tuple[int, int]:
        """Return block and entry, as results have them."""
        return self.block, self.entry


def claim_transaction(
    fields: Fields, where: TxPlace, draft: Draft, state: LedgerState
) -> TxFacts:
    """Make the claims of one transaction.

    Raises:
        ReadError: ``field-malformed``.
    """
    facts = TxFacts(
        fields.fixed("hash", HASH_BYTES) if fields.has("hash") else b"",
        _address(fields, "from"),
        _address(fields, "to"),
        fields.octets("input") if fields.has("input") else b"",
        fields.text("abi") if fields.has("abi") else "",
        state.hash_function(),
    )
    signature = _signature(fields, where, draft)
    if state.algorithm is None and signature is not None:
        facts.algorithm = signature.algorithm
    preimage = _claim_hash(fields, facts, where, draft, state)
    if signature is not None and preimage is not None:
        _claim_signature(fields, facts, signature, preimage, where, draft)
    _check_place(fields, where, draft)
    _check_chain(fields, where, draft, state)
    return facts


def _address(fields: Fields, name: str) -> str:
    text = fields.text(name).lower() if fields.has(name) else ""
    return text.removeprefix("0x")


def _signature(fields: Fields, where: TxPlace, draft: Draft) -> TxSignature | None:
    try:
        return signature_of(fields)
    except ReadError as error:
        if error.reason != FIELD_MISSING:
            raise
        draft.results.append(
            missing(
                specs.TRANSACTION_SIGNATURE, where.pair, [fields.span()], str(error)
            )
        )
        return None


def _claim_hash(
    fields: Fields, facts: TxFacts, where: TxPlace, draft: Draft, state: LedgerState
) -> Preimage | None:
    """Claim the hash under the reading of the fields that gives it, if one does."""
    spans = [fields.span()]
    try:
        readings = preimages(fields)
        fields.need("hash")
    except ReadError as error:
        if error.reason == "field-malformed":
            raise
        draft.results.append(
            result(
                specs.TRANSACTION_HASH,
                Outcome.INCONCLUSIVE,
                error.reason,
                where.pair,
                spans,
                str(error),
            )
        )
        return None
    chosen, algorithm = _choose(readings, facts, state)
    if chosen is None and state.is_candidate:
        reason = "pre-release-rule"
        outcome = Outcome.INCONCLUSIVE
        draft.results.append(
            result(specs.TRANSACTION_HASH, outcome, reason, where.pair, spans)
        )
        return None
    if chosen is None and not fields.has("to"):
        draft.results.append(missing(specs.TRANSACTION_HASH, where.pair, spans, "to"))
        return None
    facts.algorithm = algorithm
    if chosen is not None:
        state.likely = algorithm
    preimage = chosen or readings[0]
    index = draft.claim(
        HashClaim(
            specs.TRANSACTION_HASH,
            where.block,
            where.entry,
            algorithm,
            preimage.hashed_data(),
            facts.hash,
            fields.span(),
            fields.span("hash"),
            part="transaction",
        )
    )
    if draft.wants_parts:
        draft.claim_parts[index] = parts_of(fields, preimage.hashed)
    facts.claims.append(index)
    return preimage


def _choose(
    readings: list[Preimage], facts: TxFacts, state: LedgerState
) -> tuple[Preimage | None, HashAlgorithm]:
    algorithms = [facts.algorithm]
    if state.algorithm is None:
        algorithms += [each for each in _BOTH if each is not facts.algorithm]
    for algorithm in algorithms:
        for each in readings:
            if digest(algorithm, each.hashed_data()) == facts.hash:
                return each, algorithm
    return None, facts.algorithm


_BOTH = (HashAlgorithm.KECCAK256, HashAlgorithm.SM3)


def parts_of(fields: Fields, pieces: tuple[Piece, ...]) -> tuple[HashPart, ...]:
    """Return pieces with their places, for explaining."""
    return tuple(
        HashPart(
            name,
            data,
            fields.span(name) if fields.has(name) else Absent.NOT_IN_FORMAT,
        )
        for name, data in pieces
    )


def _claim_signature(
    fields: Fields,
    facts: TxFacts,
    signature: TxSignature,
    preimage: Preimage,
    where: TxPlace,
    draft: Draft,
) -> None:
    sender = _sender(facts)
    if signature.key:
        key = PublicKey(KeyKind.SM2, _POINT_MARK + signature.key)
        message = digest(HashAlgorithm.SM3, preimage.signed_data())
        scheme, octets = SignatureScheme.SM2_SM3, signature.numbers
        _check_sender(fields, signature.key, sender, where, draft)
    elif not sender:
        span = [fields.span()]
        draft.results.append(
            missing(specs.TRANSACTION_SIGNATURE, where.pair, span, "from")
        )
        return
    else:
        key = PublicKey(KeyKind.SECP256K1_ADDRESS, sender)
        message = preimage.signed_data()
        scheme = SignatureScheme.SECP256K1_KECCAK256_ADDRESS
        octets = signature.numbers + bytes((signature.recovery & 0xFF,))
    facts.claims.append(
        draft.claim(
            SignatureClaim(
                specs.TRANSACTION_SIGNATURE,
                where.block,
                where.entry,
                scheme,
                key,
                message,
                octets,
                fields.span(),
                signature.place,
                decisive=True,
                signer=facts.sender,
                role="sender",
            )
        )
    )
    facts.is_proven = bool(sender)


def _sender(facts: TxFacts) -> bytes:
    try:
        octets = bytes.fromhex(facts.sender)
    except ValueError:
        raise ReadError("from: no address", "field-malformed") from None
    if len(octets) not in {0, ADDRESS_BYTES}:
        raise ReadError("from: no address", "field-malformed")
    return octets


def _check_sender(
    fields: Fields, key: bytes, sender: bytes, where: TxPlace, draft: Draft
) -> None:
    if not sender:
        span = [fields.span()]
        draft.results.append(missing(specs.SENDER, where.pair, span, "from"))
        return
    address = digest(HashAlgorithm.SM3, key)[-ADDRESS_BYTES:]
    if address == sender:
        draft.passed[specs.SENDER] += 1
        return
    draft.results.append(
        CheckResult(
            specs.SENDER,
            Outcome.FAILED,
            "sender-differs",
            where.block,
            where.entry,
            expected=address.hex(),
            computed=sender.hex(),
            spans=(fields.span("from"), fields.span("signature")),
        )
    )


def _check_place(fields: Fields, where: TxPlace, draft: Draft) -> None:
    """Compare what a transaction of 2.x says about its place with where it stands."""
    if where.block < 0:
        return
    stated: list[tuple[str, object, object]] = []
    if fields.has("blockNumber"):
        stated.append(("blockNumber", fields.number("blockNumber"), where.block))
    if fields.has("transactionIndex") and where.entry >= 0:
        index = fields.number("transactionIndex")
        stated.append(("transactionIndex", index, where.entry))
    if fields.has("blockHash") and where.block_hash:
        stated.append(("blockHash", fields.octets("blockHash"), where.block_hash))
    for name, declared, real in stated:
        if declared == real:
            draft.passed[specs.TRANSACTION_PLACE] += 1
            continue
        draft.results.append(
            CheckResult(
                specs.TRANSACTION_PLACE,
                Outcome.FAILED,
                "place-differs",
                where.block,
                where.entry,
                expected=_shown(real),
                computed=_shown(declared),
                spans=(fields.span(name),),
                detail=name,
            )
        )


def _shown(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


def _check_chain(
    fields: Fields, where: TxPlace, draft: Draft, state: LedgerState
) -> None:
    """Demand that all transactions were made for one chain and group."""
    names = ("chainID", "groupID") if is_third_transaction(fields) else _NAMES2
    if not all(fields.has(each) for each in names):
        return
    found = (fields.text(names[0]), fields.text(names[1]))
    if state.chain is None:
        state.chain = found
    if found == state.chain:
        draft.passed[specs.TRANSACTION_CHAIN] += 1
        return
    draft.results.append(
        CheckResult(
            specs.TRANSACTION_CHAIN,
            Outcome.FAILED,
            "other-chain",
            where.block,
            where.entry,
            expected=" / ".join(state.chain),
            computed=" / ".join(found),
            spans=tuple(fields.span(each) for each in names),
        )
    )


_NAMES2 = ("chainId", "groupId")
