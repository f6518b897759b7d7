"""Reason codes of the generic checks, one sentence each.

A family's own reasons stand in its ``CheckSpec``; these are shared by all families.
"""

from collections.abc import Mapping
from types import MappingProxyType

_SENTENCES = {
    "hash-mismatch": "The hash of the bytes does not match the declared one.",
    "parent-hash-mismatch": (
        "The block does not follow the one before: it declares another parent hash."
    ),
    "root-mismatch": "The tree root computed from the entries does not match.",
    "path-leads-elsewhere": "The path of the proof does not lead to the declared root.",
    "signature-mismatch": "The signature does not belong to these bytes and this key.",
    "signature-malformed": "The signature is not encoded as its scheme demands.",
    "high-s": "The signature has the larger of two possible values, which is refused.",
    "weak-key": "The key is too weak to prove anything.",
    "key-malformed": "The public key is not a valid point or number of its scheme.",
    "key-scheme-mismatch": "The key does not fit the signature scheme.",
    "unsupported-scheme": "This signature scheme cannot be checked here.",
    "verifier-disagreement": "Two signature libraries disagree on this signature.",
    "issuer-unknown": "The certificate was not issued by an authority in force.",
    "issuer-signature-mismatch": "The issuer's signature on the certificate is wrong.",
    "issuer-not-ca": "The certificate's issuer is not a certificate authority.",
    "expired": "The certificate had expired at the time judged.",
    "not-yet-valid": "The certificate was not yet valid at the time judged.",
    "revoked": "The certificate had been revoked.",
    "chain-too-long": "The chain of certificates is longer than the limit.",
    "unsupported-key": "The certificate holds a kind of key that cannot be used here.",
    "certificate-malformed": "The certificate cannot be read.",
    "authority-differs": (
        "The ledger names other authorities for this organisation than those you named."
    ),
    "authority-not-anchored": "None of your anchors covers this organisation.",
    "quorum-not-met": "The signatures that hold are not the ones the rules demand.",
    "work-not-done": "The hash is above the target: the work was not done.",
    "algorithm-refused": "Your trust profile lets this algorithm prove nothing.",
    "check-broken": "The check itself failed; this is a defect of this program.",
}

SENTENCES: Mapping[str, str] = MappingProxyType(_SENTENCES)
"""Reason code → sentence."""
