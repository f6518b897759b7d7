"""Claims about who sealed a block: signatures, quorum, continuity of the sealers.

2.x: ``libconsensus/pbft`` of FISCO BCOS 2.11; 3.x: ``bcos-pbft`` of 3.6. The signature
is made over the block hash itself. Nodes count a signature by the index it states and
do not look whether an index stands there twice; here every sealer counts once. Enough
is the total weight less ⌊(total - 1) / 3⌋.
"""

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.core.limits import MAX_SIGNATURES_PER_BLOCK
from explorer.core.spans import ByteSpan
from explorer.crypto.secp256k1 import address_of
from explorer.encodings.json_places import Node
from explorer.formats.fisco import specs
from explorer.formats.fisco.block_claims import HeaderFacts
from explorer.formats.fisco.drafting import Draft
from explorer.formats.fisco.fields import FIELD_MISSING, Fields
from explorer.formats.fisco.genesis import GenesisConfig, read_config
from explorer.formats.fisco.headers import (
    extra_octets,
    sealers_of,
    weights_of,
)
from explorer.formats.fisco.specs import missing, result
from explorer.formats.fisco.state import LedgerState
from explorer.model.checks import CheckResult, Outcome
from explorer.model.claims import (
    AuthorityClaim,
    QuorumClaim,
    SignatureClaim,
    Voter,
    Weighted,
)
from explorer.model.keys import KeyKind, PublicKey, SignatureScheme

_LONG = 128
_SHORT = 65
_POINT = 64
_EFFECT_BLOCKS = 2
"""A change of sealers takes effect at most so many blocks after its transaction."""


def claim_seals(
    fields: Fields,
    signed: Fields,
    facts: HeaderFacts,
    draft: Draft,
    state: LedgerState,
) -> None:
    """Claim signatures, quorum and continuity of one block.

    ``signed`` is the record of it that has the signatures, often the same.

    Raises:
        ReadError: ``field-malformed``.
    """
    number = facts.number
    if number == 0:
        _begin_with_genesis(fields, draft, state)
    try:
        sealers = sealers_of(fields)
        weights = weights_of(fields, len(sealers), is_third=state.is_third)
    except ReadError as error:
        if error.reason != FIELD_MISSING:
            raise
        span = [fields.span()]
        draft.results.append(missing(specs.QUORUM, (number, -1), span, str(error)))
        draft.unsigned.append(number)
        return
    _claim_continuity(fields, tuple(sealers), number, draft, state)
    _name_sealers(fields, sealers, draft, state)
    if number == 0:
        draft.results.append(
            result(
                specs.QUORUM,
                Outcome.NOT_APPLICABLE,
                "genesis-unsigned",
                (0, -1),
                [fields.span()],
            )
        )
        return
    _claim_quorum(signed, facts, sealers, weights, draft, state)


def _claim_quorum(
    fields: Fields,
    facts: HeaderFacts,
    sealers: list[bytes],
    weights: list[int],
    draft: Draft,
    state: LedgerState,
) -> None:
    place = (facts.number, -1)
    if not fields.has("signatureList"):
        draft.unsigned.append(facts.number)
        draft.results.append(
            missing(specs.QUORUM, place, [fields.span()], "signatureList")
        )
        return
    signatures = fields.items("signatureList")
    lacking = _lacking(fields, signatures)
    if lacking:
        span = [fields.span("signatureList")]
        draft.results.append(missing(specs.QUORUM, place, span, lacking))
        return
    if not signatures:
        draft.unsigned.append(facts.number)
        span = [fields.span("signatureList")]
        outcome = Outcome.INCONCLUSIVE
        draft.results.append(
            result(specs.QUORUM, outcome, "no-signatures", place, span)
        )
        return
    voters: list[Voter] = []
    for node in signatures[:MAX_SIGNATURES_PER_BLOCK]:
        each = fields.inside(node, "signatureList")
        voter = _claim_signature(each, facts, sealers, draft, state)
        if voter is not None:
            is_repeated = any(voter[0] == known.identity for known in voters)
            if is_repeated:
                _report_repeated(each, facts.number, voter[0], draft)
            index = voter[1]
            key = state.node_key(sealers[index])
            voters.append(
                Voter(
                    voter[2],
                    voter[0],
                    frozenset(),
                    state.trust.covers_key(key, voter[0]),
                    weights[index],
                )
            )
    total = sum(weights)
    least = total - (total - 1) // 3 if total else 1
    draft.claim(
        QuorumClaim(
            specs.QUORUM,
            facts.number,
            -1,
            Weighted(least),
            tuple(voters),
            fields.span("signatureList"),
        )
    )


def _lacking(fields: Fields, signatures: list[Node]) -> str:
    """Return the member that an element of the list of signatures lacks."""
    for node in signatures[:MAX_SIGNATURES_PER_BLOCK]:
        each = fields.inside(node, "signatureList")
        if not (each.has("sealerIndex") or each.has("index")):
            return "sealerIndex"
        if not each.has("signature"):
            return "signature"
    return ""


def _claim_signature(
    each: Fields,
    facts: HeaderFacts,
    sealers: list[bytes],
    draft: Draft,
    state: LedgerState,
) -> tuple[str, int, int] | None:
    """Return (identity, index of the sealer, claim), or ``None`` for no sealer."""
    name = "sealerIndex" if each.has("sealerIndex") else "index"
    index = each.number(name)
    place = (facts.number, -1)
    if index >= len(sealers):
        draft.results.append(
            result(
                specs.SEALER,
                Outcome.FAILED,
                "no-such-sealer",
                place,
                [each.span(name)],
                str(index),
            )
        )
        return None
    draft.passed[specs.SEALER] += 1
    node = sealers[index]
    octets = each.octets("signature")
    signature_place = each.span("signature")
    if len(octets) == _LONG:
        if octets[_POINT:] != node:
            draft.results.append(
                CheckResult(
                    specs.BLOCK_SIGNATURE,
                    Outcome.FAILED,
                    "other-key-inside",
                    facts.number,
                    expected=node.hex(),
                    computed=octets[_POINT:].hex(),
                    spans=(signature_place,),
                )
            )
        octets = octets[:_POINT]
    scheme, key, octets = _scheme_of(node, octets, state)
    claim = draft.claim(
        SignatureClaim(
            specs.BLOCK_SIGNATURE,
            facts.number,
            -1,
            scheme,
            key,
            facts.block_hash,
            octets,
            each.span(),
            signature_place,
            decisive=True,
            signer=node.hex(),
            role="sealer",
        )
    )
    return node.hex(), index, claim


def _scheme_of(
    node: bytes, octets: bytes, state: LedgerState
) -> tuple[SignatureScheme, PublicKey, bytes]:
    """Return how a signature is verified; one of 65 bytes must yield the very key."""
    if state.hash_function() is HashAlgorithm.SM3:
        return SignatureScheme.SM2_SM3, state.node_key(node), octets
    point = b"\x04" + node
    if len(octets) != _SHORT:
        key = PublicKey(KeyKind.SECP256K1, point)
        return SignatureScheme.SECP256K1_DIGEST, key, octets
    v = octets[-1]
    octets = octets[:-1] + bytes((v - 27 if v >= 27 else v,))
    address = PublicKey(KeyKind.SECP256K1_ADDRESS, address_of(point))
    return SignatureScheme.SECP256K1_DIGEST_ADDRESS, address, octets


def _report_repeated(each: Fields, number: int, node: str, draft: Draft) -> None:
    draft.results.append(
        CheckResult(
            specs.SEALER,
            Outcome.FAILED,
            "signer-repeated",
            number,
            spans=(each.span(),),
            decisive=False,
            detail=node,
        )
    )


def _name_sealers(
    fields: Fields, sealers: list[bytes], draft: Draft, state: LedgerState
) -> None:
    """Claim of every sealer seen for the first time that the user named its key."""
    span = fields.span("sealerList")
    for node in sealers:
        if node not in state.all_sealers:
            state.all_sealers[node] = span
            keys = (state.node_key(node),)
            draft.claim(
                AuthorityClaim(specs.SEALER_KEY, -1, node.hex(), (), keys, span)
            )


def _begin_with_genesis(fields: Fields, draft: Draft, state: LedgerState) -> None:
    """Take the configuration from block 0 and compare it with what is known."""
    try:
        octets = b"\n".join(extra_octets(fields, is_third=state.is_third))
    except ReadError:
        return
    span = fields.span("extraData")
    config = read_config(octets, span)
    if not config.nodes:
        return
    other = state.genesis
    if other is not None and set(other.nodes) != set(config.nodes):
        draft.results.append(
            result(
                specs.GENESIS,
                Outcome.FAILED,
                "configurations-differ",
                (0, -1),
                [span, other.span],
            )
        )
    else:
        draft.passed[specs.GENESIS] += 1
    state.genesis = config
    if config.is_sm is not None:
        _compare_cryptography(config, draft, state)
    if config.chain and config.group:
        state.chain = (config.chain, config.group)


def _compare_cryptography(
    config: GenesisConfig, draft: Draft, state: LedgerState
) -> None:
    is_sm = state.hash_function() is HashAlgorithm.SM3
    if state.algorithm is None or is_sm == config.is_sm:
        draft.passed[specs.GENESIS] += 1
        return
    draft.results.append(
        result(
            specs.GENESIS,
            Outcome.FAILED,
            "cryptography-differs",
            (0, -1),
            [config.span],
        )
    )


def _claim_continuity(
    fields: Fields,
    sealers: tuple[bytes, ...],
    number: int,
    draft: Draft,
    state: LedgerState,
) -> None:
    """Compare the sealers with those before; 0 has none of its own in 3.x."""
    if number == 0 and not sealers:
        return
    span: ByteSpan = fields.span("sealerList")
    if number == 1 and state.genesis is not None:
        _compare_genesis(state.genesis, sealers, span, draft)
    elif state.sealers and number == state.sealers_height + 1:
        is_explained = 0 < number - state.consensus_call <= _EFFECT_BLOCKS
        if set(state.sealers) == set(sealers) or is_explained:
            draft.passed[specs.CONTINUITY] += 1
        else:
            draft.results.append(
                result(
                    specs.CONTINUITY,
                    Outcome.INCONCLUSIVE,
                    "change-not-explained",
                    (number, -1),
                    [span],
                )
            )
    state.sealers, state.sealers_height = sealers, number


def _compare_genesis(
    config: GenesisConfig, sealers: tuple[bytes, ...], span: ByteSpan, draft: Draft
) -> None:
    named, seen = set(config.nodes), set(sealers)
    if named == seen or (config.rotates and seen <= named):
        draft.passed[specs.CONTINUITY] += 1
        return
    draft.results.append(
        CheckResult(
            specs.CONTINUITY,
            Outcome.FAILED,
            "not-of-genesis",
            1,
            expected=" ".join(sorted(each.hex() for each in named))[:2000],
            computed=" ".join(sorted(each.hex() for each in seen))[:2000],
            spans=(span, config.span),
        )
    )
