"""Claims about the newest block: the root of its entries, and who signed it.

docs/formats/chain-jsonl.md version 1, section 3, point 3, and section 4.
"""

from explorer.core.spans import ByteSpan
from explorer.formats.chain_jsonl import specs
from explorer.formats.chain_jsonl.drafting import Draft
from explorer.formats.chain_jsonl.lines import BlockLine
from explorer.formats.chain_jsonl.rules import ChainRules, octets_of
from explorer.model.checks import CheckResult, Outcome
from explorer.model.claims import (
    QuorumClaim,
    SignatureClaim,
    TreeClaim,
    TreeRule,
    Voter,
)

_ROOT = b'"entries_root":"'
_ENTRIES = len(b',"entries":[')
_CLOSING = len(b'"}')


def claim_root(record: BlockLine, place: ByteSpan, out: Draft) -> None:
    """Claim that the items have the declared root; ``place`` is the block's value."""
    block, source = out.blocks[-1], place.source
    at = place.start + block.header.index(_ROOT) + len(_ROOT)
    root = record.block.entries_root
    leaves = tuple(bytes(each) for each in record.entries)
    first = place.end + _ENTRIES
    size = sum(map(len, leaves)) + max(len(leaves) - 1, 0)
    out.claims.append(
        TreeClaim(
            specs.ENTRIES_ROOT,
            block.height,
            TreeRule.RFC9162,
            block.algorithm,
            leaves,
            octets_of(root, block.algorithm.digest_size),
            ByteSpan(source, first, first + size),
            ByteSpan(source, at, at + len(root.encode())),
        )
    )


def claim_signature(
    record: BlockLine, place: ByteSpan, rules: ChainRules, out: Draft
) -> None:
    """Claim the producer's signature where there is or must be one."""
    text, name = record.signature, record.block.producer
    block = out.blocks[-1]
    if name in rules.producers:
        out.passed[specs.PRODUCER] += 1
    else:
        _report_producer(name, block.height, place, out)
    if not text and not (rules.every and block.height % rules.every == 0):
        return
    voters: tuple[Voter, ...] = ()
    signer = rules.signers.get(name)
    if signer and text:
        end = block.span.end - _CLOSING
        voters = (Voter(len(out.claims), name, signer.principals, signer.anchored),)
        out.claims.append(
            SignatureClaim(
                specs.BLOCK_SIGNATURE,
                block.height,
                -1,
                signer.scheme,
                signer.key,
                rules.block_prefix + block.header,
                octets_of(text, 0),
                place,
                ByteSpan(place.source, end - len(text), end),
                decisive=False,
                signer=name,
                role="producer",
                low_s=signer.low_s,
            )
        )
    out.claims.append(
        QuorumClaim(specs.BLOCK_QUORUM, block.height, -1, rules.quorum, voters, place)
    )


def _report_producer(name: str, height: int, place: ByteSpan, out: Draft) -> None:
    out.report(
        CheckResult(
            specs.PRODUCER,
            Outcome.FAILED,
            "producer-not-listed",
            height,
            spans=(place,),
            detail=name,
        )
    )
