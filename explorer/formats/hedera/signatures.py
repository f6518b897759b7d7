"""Claims about what nodes signed: the hash of a file and of its metadata.

A signature over another hash than the file's never counts for the file. Where other
nodes signed this file, a node that signed another one is told, not blamed on the file.
"""

from pathlib import Path

from explorer.core.digests import HashAlgorithm
from explorer.crypto.hashes import digest
from explorer.formats.batching import BatchDraft
from explorer.formats.hedera import checks
from explorer.formats.hedera.book import BookShelf
from explorer.formats.hedera.hashing import file_bytes, metadata_bytes
from explorer.formats.hedera.records import (
    AddressBook,
    NodeKey,
    RecordFile,
    SignatureFile,
    Signed,
)
from explorer.model.checks import CheckResult, Outcome
from explorer.model.claims import (
    AuthorityClaim,
    HashClaim,
    QuorumClaim,
    SignatureClaim,
    Voter,
    Weighted,
)
from explorer.model.keys import SignatureScheme

_SHA384 = HashAlgorithm.SHA384
_NOBODY: frozenset[str] = frozenset()


class SignatureClaims:
    """Claims the signatures of one stream, file by file."""

    def __init__(self, shelf: BookShelf, *, has_signatures: bool) -> None:
        """Take keys from ``shelf``."""
        self._shelf = shelf
        self._has_signatures = has_signatures
        self.without_keys = 0
        self.unsigned = 0

    def claim(
        self,
        file: RecordFile,
        height: int,
        path: Path,
        signatures: list[SignatureFile],
        draft: BatchDraft,
    ) -> int:
        """Add the claims about one file's signatures; return the quorum's index.

        -1 if there is nothing to count.
        """
        if not signatures:
            self.unsigned += 1
            tell = draft.open if self._has_signatures else draft.skip
            tell(checks.QUORUM, "signatures-not-in-export", height, file.whole)
            return -1
        self._hashes(file, height, signatures, draft)
        book = self._shelf.near(path)
        if book is None:
            self.without_keys += 1
            reason = "key-not-in-evidence"
            draft.open(checks.SIGNATURE, reason, height, signatures[0].file.hash_place)
            return -1
        self._authorities(book, height, draft)
        return self._votes(file, height, book, signatures, draft)

    def _hashes(
        self,
        file: RecordFile,
        height: int,
        signatures: list[SignatureFile],
        draft: BatchDraft,
    ) -> None:
        covered, metadata = file_bytes(file), metadata_bytes(file)
        stated = [(checks.FILE_HASH, covered, each.file) for each in signatures]
        if metadata:
            stated += [
                (checks.METADATA_HASH, metadata, each.metadata)
                for each in signatures
                if each.metadata is not None
            ]
        for check, data, signed in stated:
            computed = digest(_SHA384, data)
            agreeing = any(
                part.hash == computed for name, _, part in stated if name == check
            )
            draft.claims.append(
                HashClaim(
                    check,
                    height,
                    -1,
                    _SHA384,
                    data,
                    signed.hash,
                    file.whole,
                    signed.hash_place,
                    decisive=not agreeing,
                    part="record file" if check == checks.FILE_HASH else "metadata",
                )
            )
            if agreeing and signed.hash != computed:
                draft.answer(_another_file(check, height, signed))

    def _authorities(self, book: AddressBook, height: int, draft: BatchDraft) -> None:
        """Claim once for each node that its key is the one the user named."""
        for node in book.nodes:
            if self._shelf.meet(node):
                draft.claims.append(
                    AuthorityClaim(
                        checks.AUTHORITY, height, node.node, (), (node.key,), node.place
                    )
                )

    def _votes(
        self,
        file: RecordFile,
        height: int,
        book: AddressBook,
        signatures: list[SignatureFile],
        draft: BatchDraft,
    ) -> int:
        computed = digest(_SHA384, file_bytes(file))
        keys = {each.node: each for each in book.nodes}
        voters: list[Voter] = []
        for each in signatures:
            node = keys.get(each.node)
            if node is None:
                reason = "key-not-in-evidence" if each.node else "node-not-named"
                place = each.file.signature_place
                draft.open(checks.SIGNATURE, reason, height, place, detail=each.node)
                continue
            claim = draft.claim(_signature(each.file, node, height, "file"))
            if each.metadata is not None:
                draft.claim(_signature(each.metadata, node, height, "metadata"))
            if each.file.hash == computed:
                anchored = self._shelf.is_anchored(node)
                voters.append(Voter(claim, node.node, _NOBODY, anchored))
        least = -(-len(keys) // 3)
        if len({each.node for each in signatures}) < least:
            draft.open(checks.QUORUM, "too-few-signature-files", height, file.whole)
            return -1
        return draft.claim(
            QuorumClaim(
                checks.QUORUM,
                height,
                -1,
                Weighted(least),
                tuple(voters),
                file.whole,
            )
        )


def _signature(signed: Signed, node: NodeKey, height: int, role: str) -> SignatureClaim:
    return SignatureClaim(
        checks.SIGNATURE,
        height,
        -1,
        SignatureScheme.RSA_PKCS1_SHA384,
        node.key,
        signed.hash,
        signed.signature,
        signed.hash_place,
        signed.signature_place,
        decisive=True,
        signer=node.node,
        role=role,
    )


def _another_file(check: str, height: int, signed: Signed) -> CheckResult:
    return CheckResult(
        check,
        Outcome.INCONCLUSIVE,
        "signed-another-file",
        height,
        spans=(signed.hash_place,),
        decisive=False,
    )
