"""Tests of the trust store."""

import pytest

from explorer.core.absent import Absent
from explorer.crypto.sm2_sign import public_key_of
from explorer.crypto.trust import (
    AnchorKind,
    AnchorOrigin,
    HistoryAnchor,
    IdentityAnchor,
    TrustStore,
)
from explorer.model.keys import PublicKey

KEY, OTHER = public_key_of(1), public_key_of(2)


def _identity(
    key: PublicKey,
    organisation: str | Absent = Absent.NOT_IN_FORMAT,
    origin: AnchorOrigin = AnchorOrigin.UNSTATED,
    source: str = "given.pem",
) -> IdentityAnchor:
    absent = Absent.NOT_IN_FORMAT
    return IdentityAnchor(
        AnchorKind.KEY, organisation, absent, key, "label", origin, source
    )


def _history(height: int, block_hash: bytes = bytes(32)) -> HistoryAnchor:
    return HistoryAnchor(height, block_hash, AnchorOrigin.PUBLISHED, "label", "given")


def test_an_empty_store_trusts_nothing() -> None:
    store = TrustStore()
    assert store.anchors_for("OrchardMSP") == ()
    assert not store.covers_key(KEY)
    assert store.named_organisations() == ()


def test_anchors_of_an_organisation() -> None:
    mine, yours = _identity(KEY, "OrchardMSP"), _identity(OTHER, "PackerMSP")
    store = TrustStore((yours, mine, _identity(OTHER)))
    assert store.anchors_for("OrchardMSP") == (mine,)
    assert store.anchors_for("RetailMSP") == ()
    assert store.named_organisations() == ("OrchardMSP", "PackerMSP")


def test_no_organisation_can_be_named_so_that_it_matches_a_nameless_anchor() -> None:
    store = TrustStore((_identity(KEY),))
    assert store.anchors_for(str(Absent.NOT_IN_FORMAT)) == ()
    assert store.anchors_for("") == ()


def test_a_nameless_anchor_covers_its_key_everywhere() -> None:
    store = TrustStore((_identity(KEY),))
    assert store.covers_key(KEY)
    assert store.covers_key(KEY, "OrchardMSP")
    assert not store.covers_key(OTHER)


def test_a_named_anchor_covers_its_key_for_that_name_only() -> None:
    store = TrustStore((_identity(KEY, "OrchardMSP"),))
    assert store.covers_key(KEY, "OrchardMSP")
    assert not store.covers_key(KEY, "PackerMSP")
    assert not store.covers_key(KEY)


def test_merging_keeps_what_both_hold_once() -> None:
    one = TrustStore((_identity(KEY),), (_history(1),), ("sha1",), ("a",))
    two = TrustStore(
        (_identity(OTHER), _identity(KEY)), (_history(2),), ("md5", "sha1"), ("b",)
    )
    both = one.merge(two)
    assert both.identities == (_identity(KEY), _identity(OTHER))
    assert both.history == (_history(1), _history(2))
    assert both.refused_algorithms == ("sha1", "md5")
    assert both.sources == ("a", "b")
    assert one.merge(TrustStore()) == one


def test_the_fingerprint_depends_on_what_is_trusted_and_on_nothing_else() -> None:
    base = TrustStore((_identity(KEY), _identity(OTHER)), (_history(1),))
    swapped = TrustStore((_identity(OTHER), _identity(KEY)), (_history(1),))
    renamed = TrustStore(
        (_identity(KEY, source="elsewhere.pem"), _identity(OTHER)), (_history(1),)
    )
    assert base.fingerprint() == swapped.fingerprint() == renamed.fingerprint()
    assert len(base.fingerprint()) == 32


@pytest.mark.parametrize(
    "store",
    [
        TrustStore(),
        TrustStore((_identity(OTHER),)),
        TrustStore((_identity(KEY, "OrchardMSP"),)),
        TrustStore((_identity(KEY, origin=AnchorOrigin.PUBLISHED),)),
        TrustStore((_identity(KEY),), (_history(1),)),
        TrustStore((_identity(KEY),), refused_algorithms=("sha1",)),
    ],
)
def test_the_fingerprint_changes_with_what_is_trusted(store: TrustStore) -> None:
    assert store.fingerprint() != TrustStore((_identity(KEY),)).fingerprint()
