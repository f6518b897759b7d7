"""Trust material from files, folders, profiles and the command line."""

import base64
import json
from pathlib import Path

import pytest

from explorer.core.absent import Absent
from explorer.core.errors import TrustError
from explorer.crypto.public_keys import spki_of
from explorer.crypto.trust import AnchorOrigin
from explorer.model.keys import KeyKind, PublicKey
from explorer.session.trust_reading import checkpoint, load_trust
from tests.checks.claims import Signer
from tests.formats.hedera.stream import address_book


def pem_of(key: PublicKey) -> bytes:
    body = base64.b64encode(spki_of(key)).decode()
    return f"-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n".encode()


def test_a_bare_key_matches_whoever_has_it(tmp_path: Path) -> None:
    key = Signer().key
    (tmp_path / "key.pem").write_bytes(pem_of(key))
    store = load_trust([tmp_path / "key.pem"])
    assert store.covers_key(key, "anybody")
    assert not store.covers_key(Signer().key)
    assert store.named_organisations() == ()


def test_a_list_of_keys_names_their_owners(tmp_path: Path) -> None:
    key = Signer().key
    path = tmp_path / "keys.json"
    member = {"party": "orchard", "algorithm": "ed25519", "public_key": key.raw.hex()}
    path.write_text(json.dumps([member]))
    store = load_trust([path])
    assert store.named_organisations() == ("orchard",)
    assert store.covers_key(key, "orchard")
    assert not store.covers_key(key, "packer")


def test_a_profile_refers_to_files_beside_it(tmp_path: Path) -> None:
    key = Signer().key
    (tmp_path / "orchard.pem").write_bytes(pem_of(key))
    (tmp_path / "trust.toml").write_text(
        "schema = 1\n[[anchor]]\nkind = 'identity'\norganisation = 'orchard'\n"
        "file = 'orchard.pem'\norigin = 'published'\n"
    )
    (anchor,) = load_trust([tmp_path / "trust.toml"]).identities
    assert (anchor.organisation, anchor.origin) == ("orchard", AnchorOrigin.PUBLISHED)
    assert anchor.key == PublicKey(KeyKind.ED25519, key.raw)


def test_tls_certificates_of_an_msp_are_no_signing_authorities(corpora: Path) -> None:
    store = load_trust([corpora / "fabric" / "trust_anchors"])
    assert store.named_organisations() == (
        "OrchardMSP",
        "OrdererMSP",
        "PackerMSP",
        "RetailMSP",
    )
    assert len(store.identities) == 4
    assert not any(isinstance(each.certificate, Absent) for each in store.identities)


def test_what_cannot_be_understood_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "odd.pem").write_text("no PEM at all")
    with pytest.raises(TrustError, match=r"odd\.pem"):
        load_trust([tmp_path / "odd.pem"])
    with pytest.raises(TrustError, match="missing"):
        load_trust([tmp_path / "missing"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(TrustError, match="no certificate"):
        load_trust([tmp_path / "empty"])


def test_a_checkpoint_is_a_height_and_a_hash() -> None:
    found = checkpoint("193=0x" + "ab" * 32)
    assert (found.height, found.block_hash) == (193, b"\xab" * 32)


@pytest.mark.parametrize(
    "text",
    ["193", "=ab", "-1=" + "ab" * 32, "x=" + "ab" * 32, "1=xyz", "1=abcd", "²=ab"],
)
def test_anything_else_is_no_checkpoint(text: str) -> None:
    with pytest.raises(TrustError) as caught:
        checkpoint(text)
    assert "HEIGHT=HASH" in caught.value.advice()


def test_validators_and_address_books_are_anchors(tmp_path: Path) -> None:
    key = Signer().key
    value = base64.b64encode(key.raw).decode()
    member = {"pub_key": {"type": "tendermint/PubKeyEd25519", "value": value}}
    validators = tmp_path / "validators.json"
    validators.write_text(json.dumps({"result": {"validators": [member]}}))
    assert load_trust([validators]).covers_key(key, "ANY ADDRESS")
    book = tmp_path / "book.bin"
    book.write_bytes(address_book((3, 4)))
    assert load_trust([book]).named_organisations() == ("0.0.3", "0.0.4")


def test_the_profile_of_the_program_counts_only_when_chosen() -> None:
    store = load_trust([Path("bundled:bitcoin-main")])
    assert store.history[0].height == 0
    assert {each.ledger for each in store.history} == {"bitcoin main"}
    assert not load_trust([]).history
    with pytest.raises(TrustError):
        load_trust([Path("bundled:nothing")])
