"""The detail tree of one height, and what its hashes are made of."""

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.encodings.located_json import JsonNode
from explorer.formats.cometbft import checks
from explorer.formats.cometbft.index import Reference
from explorer.formats.cometbft.records import FIELD_NAMES, Height
from explorer.formats.opening import EvidenceFiles
from explorer.model.blocks import Block
from explorer.model.claims import Claim, TreeClaim
from explorer.model.ledgers import Field, HashPart

MAX_FIELDS = 200_000
"""Fields shown of one document."""


def document_field(files: EvidenceFiles, node: JsonNode, reference: Reference) -> Field:
    """Return an object of the export with everything in it, named by its file."""
    budget = [MAX_FIELDS]
    span = _span(node, reference)
    name = files.path(reference.source).name
    return Field(name, "", span, _children(node, reference, budget), is_ours=False)


def _children(
    node: JsonNode, reference: Reference, budget: list[int]
) -> tuple[Field, ...]:
    """Return the fields below a node; the depth is bounded by the parser."""
    named = list(node.members().items())
    named += [(str(number), each) for number, each in enumerate(node.items())]
    found: list[Field] = []
    for name, each in named:
        budget[0] -= 1
        if budget[0] < 0:
            break
        found.append(
            Field(
                name,
                _shown(each),
                _span(each, reference),
                _children(each, reference, budget),
                is_ours=False,
            )
        )
    return tuple(found)


def _shown(node: JsonNode) -> str:
    value = node.value
    if isinstance(value, dict | list):
        return f"{len(value)}" if isinstance(value, list) else ""
    if isinstance(value, bytes):
        return value.decode()
    return value if isinstance(value, str) else str(value).lower()


def _span(node: JsonNode, reference: Reference) -> ByteSpan:
    start = reference.start
    return ByteSpan(reference.source, start + node.start, start + node.end)


def header_parts(block: Block) -> tuple[HashPart, ...]:
    """Return what the topmost node of the header's tree is made of."""
    header = block.header
    return (
        HashPart("prefix of an inner node", header[:1], Absent.NOT_IN_FORMAT),
        HashPart("root of the first eight fields", header[1:33], Absent.NOT_IN_FORMAT),
        HashPart("root of the other six fields", header[33:], Absent.NOT_IN_FORMAT),
    )


def claim_parts(
    claims: list[Claim], here: Height
) -> tuple[tuple[int, tuple[HashPart, ...]], ...]:
    """Return the leaves of header hashes, each with the place of its field."""
    places = here.records[0].header.places
    return tuple(
        (
            index,
            tuple(
                HashPart(name, leaf, places.get(name, Absent.NOT_IN_EXPORT))
                for name, leaf in zip(FIELD_NAMES, claim.leaves, strict=True)
            ),
        )
        for index, claim in enumerate(claims)
        if isinstance(claim, TreeClaim) and claim.check == checks.HEADER_HASH
    )
