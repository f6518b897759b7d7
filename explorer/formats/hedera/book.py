"""Whose key verifies a signature: address books of the evidence, else of the user.

A node's account names it. Of several books in the evidence the one nearest to the
record file counts, because copies of different networks may lie side by side.
"""

from pathlib import Path

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.crypto.public_keys import key_fingerprint
from explorer.crypto.trust import AnchorKind, AnchorOrigin, IdentityAnchor, TrustStore
from explorer.formats.hedera.messages import read_address_book
from explorer.formats.hedera.records import AddressBook, NodeKey
from explorer.formats.opening import EvidenceFiles
from explorer.model.keys import KeyKind
from explorer.model.ledgers import Party


def anchors_from_address_book(
    data: bytes, source: str, origin: AnchorOrigin = AnchorOrigin.UNSTATED
) -> tuple[IdentityAnchor, ...]:
    """Return an anchor for each node of an address book; none if it is no such file."""
    try:
        book = read_address_book(data, 0)
    except ReadError:
        return ()
    return tuple(
        IdentityAnchor(
            AnchorKind.KEY,
            each.node,
            Absent.NOT_IN_FORMAT,
            each.key,
            f"node {each.node}",
            origin,
            source,
        )
        for each in book.nodes
    )


class BookShelf:
    """The address books at hand."""

    def __init__(
        self, files: EvidenceFiles, books: list[AddressBook], trust: TrustStore
    ) -> None:
        """Prefer the books of the evidence; they are compared with ``trust``."""
        self._files = files
        self._books = books
        self._trust = trust
        self._parties: dict[str, Party] = {}
        self._mine = _book_of(trust)

    def near(self, path: Path) -> AddressBook | None:
        """Return the book for a record file; ``None`` if there is none at all."""
        best, most = self._mine, -1
        for book in self._books:
            folder = self._files.path(book.source).parent
            shared = _shared(folder, path.parent)
            if shared > most:
                best, most = book, shared
        return best

    def is_anchored(self, node: NodeKey) -> bool:
        """Return whether the user named this key for this node."""
        return self._trust.covers_key(node.key, node.node)

    def meet(self, node: NodeKey) -> bool:
        """Remember a node as a party; return whether it is a new one."""
        fingerprint = key_fingerprint(node.key).hex()
        if node.node in self._parties:
            return False
        self._parties[node.node] = Party(
            node.node,
            f"node {node.node}",
            node.node,
            "node",
            node.key,
            Absent.NOT_IN_FORMAT,
            fingerprint,
            node.place,
            anchored=self.is_anchored(node),
        )
        return True

    def parties(self) -> tuple[Party, ...]:
        """Return the nodes met."""
        return tuple(self._parties.values())


def _book_of(trust: TrustStore) -> AddressBook | None:
    """Return the user's own anchors as a book, if they name nodes with RSA keys."""
    nodes = tuple(
        NodeKey(each.organisation, each.key, ByteSpan(-1, 0, 0))
        for each in trust.identities
        if not isinstance(each.organisation, Absent) and each.key.kind is KeyKind.RSA
    )
    return AddressBook(nodes, -1) if nodes else None


def _shared(one: Path, other: Path) -> int:
    """Return how many leading folders two paths share."""
    count = 0
    for left, right in zip(one.parts, other.parts, strict=False):
        if left != right:
            break
        count += 1
    return count
