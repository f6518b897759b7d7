"""Answers of ``eth_getProof`` (EIP-1186) as a ledger of entries without blocks.

An answer names no block: its root is compared with the state roots of the blocks that
lie beside it. The account is put together from the values that the answer states, so a
changed value leads to another root.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.crypto.hashes import digest
from explorer.encodings.rlp import encode, from_int
from explorer.formats.ethereum import checks
from explorer.formats.ethereum.draft import Draft
from explorer.formats.ethereum.headers import EMPTY_ROOT
from explorer.formats.ethereum.json_documents import Document
from explorer.formats.ethereum.json_places import Node, parse_places
from explorer.formats.ethereum.json_values import Values
from explorer.formats.ethereum.proofs import path_of
from explorer.formats.ethereum.records import RawBlock
from explorer.formats.ethereum.remarks import EXPORT_HINT, PROOF_REMARK
from explorer.formats.ethereum.resolver import Item
from explorer.formats.opening import EvidenceFiles
from explorer.model.blocks import NO_BLOCK, Entry, Unreadable
from explorer.model.checks import CheckSpec, Outcome
from explorer.model.claims import ProofClaim
from explorer.model.ledgers import Batch, BlockDetail, Closing, Replayed

_STATE_ROOT = 3
Roots = Mapping[bytes, tuple[int, ByteSpan]]
"""State root → number and place of the block that names it."""
_EMPTY_CODE = digest(HashAlgorithm.KECCAK256, b"")
_EMPTY_ACCOUNT = encode([b"", b"", EMPTY_ROOT, _EMPTY_CODE])


class ProofPipeline:
    """All proofs of one evidence."""

    format = "ethereum"
    checks: tuple[CheckSpec, ...] = checks.CHECKS
    entry_unit = "proof"

    def __init__(
        self,
        files: EvidenceFiles,
        proofs: Sequence[Document],
        roots: Roots,
        title: str,
    ) -> None:
        """Read ``proofs`` when asked; ``roots`` are those of the blocks beside them."""
        self.title = title
        self._files = files
        self._proofs = proofs
        self._roots = roots

    def read(self) -> Iterator[Sequence[Document]]:
        """Yield all proofs at once."""
        yield self._proofs

    def resolve(self, parsed: Sequence[Document]) -> Batch:
        """Return entries and claims."""
        draft = Draft()
        for position, each in enumerate(parsed):
            data = self._files.read(each.span)
            try:
                root = parse_places(data, each.start)
                self._proof(draft, root, each.source, position)
            except ReadError as error:
                draft.damage.append(
                    Unreadable(
                        checks.FRAMING,
                        error.reason,
                        each.span,
                        NO_BLOCK,
                        str(error),
                        position,
                    )
                )
        total = sum(each.end - each.start for each in parsed)
        return draft.batch(total, total)

    def replay(
        self, parsed: Sequence[Document], batch: Batch, outcomes: Sequence[int]
    ) -> Replayed:
        """Return nothing: a proof moves nothing."""
        del parsed, batch, outcomes
        return Replayed()

    def finish(self) -> Closing:
        """Say what a proof does not show."""
        return Closing(not_checked=[PROOF_REMARK], export_hint=EXPORT_HINT)

    def detail(self, height: int, span: ByteSpan) -> BlockDetail:
        """Refuse: a proof belongs to no block.

        Raises:
            ReadError: Always.
        """
        raise ReadError(f"no block {height}", "block-malformed", span)

    def _proof(self, draft: Draft, root: Node, source: int, position: int) -> None:
        values = Values(source)
        address = values.data(root, "address", size=20)
        span = root.span(source)
        name = f"0x{address.hex()}"
        entry = Entry(NO_BLOCK, position, name, "account proof", "", span)
        draft.entries.append(entry)
        account = encode(
            [
                from_int(values.quantity(root, "nonce")),
                from_int(values.quantity(root, "balance")),
                values.data(root, "storageHash", size=32),
                values.data(root, "codeHash", size=32),
            ]
        )
        nodes = _nodes(values, root, "accountProof")
        state_root = digest(HashAlgorithm.KECCAK256, nodes[0]) if nodes else EMPTY_ROOT
        known = self._roots.get(state_root)
        place = known[1] if known is not None else span
        if known is None:
            _tell_unknown_root(draft, position, span, state_root)
        claim = (checks.ACCOUNT_PROOF, position, span, place)
        _claim(draft, claim, nodes, address, account, state_root)
        if not values.elements(root, "storageProof"):
            return
        storage_root = values.data(root, "storageHash", size=32)
        for each in values.elements(root, "storageProof"):
            key = _key(values, each)
            held = values.quantity(each, "value")
            value = encode(from_int(held)) if held else b""
            claim = (checks.STORAGE_PROOF, position, each.span(source), span)
            below = _nodes(values, each, "proof")
            _claim(draft, claim, below, key, value, storage_root)


def _tell_unknown_root(
    draft: Draft, position: int, span: ByteSpan, root: bytes
) -> None:
    draft.answer_entry(
        checks.ACCOUNT_PROOF,
        Outcome.INCONCLUSIVE,
        "proof-root-not-in-export",
        (NO_BLOCK, position),
        span,
        root.hex(),
    )


def _key(values: Values, node: Node) -> bytes:
    """Return a storage key; some nodes write it as a quantity."""
    found = node.get("key")
    if found is not None and isinstance(found.scalar, str) and len(found.scalar) == 66:
        return values.data(node, "key", size=32)
    return values.quantity(node, "key").to_bytes(32, "big")


def _nodes(values: Values, node: Node, name: str) -> list[bytes]:
    return [values.octets(each, name) for each in values.elements(node, name)]


def _claim(
    draft: Draft,
    where: tuple[str, int, ByteSpan, ByteSpan],
    nodes: list[bytes],
    key: bytes,
    value: bytes,
    root: bytes,
) -> None:
    check, position, place, declared_place = where
    try:
        path = path_of(nodes, key)
    except ReadError as error:
        draft.answer_entry(
            check,
            Outcome.FAILED,
            "proof-path-mismatch",
            (NO_BLOCK, position),
            place,
            str(error),
        )
        return
    is_nothing = not path.value
    stands_for_nothing = value in {b"", _EMPTY_ACCOUNT}
    # what the answer states must lead to the root
    start = path.start if is_nothing and stands_for_nothing else value
    draft.claim(
        ProofClaim(
            check,
            NO_BLOCK,
            position,
            start,
            path.steps,
            root,
            place,
            declared_place,
        )
    )


def roots_of(blocks: Iterable[Item]) -> Roots:
    """Return the state roots that blocks name."""
    found: dict[bytes, tuple[int, ByteSpan]] = {}
    for block in blocks:
        if isinstance(block, RawBlock) and block.header is not None:
            place = block.field_span(_STATE_ROOT)
            found[block.header.state_root] = (block.number, place)
    return found
