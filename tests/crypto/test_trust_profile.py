"""Tests of trust profiles, and that their page shows one that can be read."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.absent import Absent
from explorer.core.errors import TrustError
from explorer.crypto import trust_profile
from explorer.crypto.public_keys import spki_of
from explorer.crypto.sm2_sign import public_key_of
from explorer.crypto.trust import AnchorOrigin, HistoryAnchor
from explorer.crypto.trust_profile import FileReference, profile_from_toml
from explorer.encodings.pem import encode_pem
from tests.crypto.conftest import Maker

PAGE = Path(__file__).parents[2] / "docs" / "trust-profile.md"
KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
HASH = "ab" * 32


def test_the_example_of_the_page() -> None:
    example = PAGE.read_text().split("```toml\n")[1].split("```")[0]
    profile = profile_from_toml(example.encode(), "profile.toml")
    store = profile.store
    assert store.refused_algorithms == ("rsa-pkcs1-sha256",)
    assert store.named_organisations() == ("inspection-office",)
    assert store.sources == ("profile.toml",)
    assert [each.height for each in store.history] == [193]
    assert [each.path for each in profile.files] == ["orchard/ca.pem"]


def test_a_profile_without_anchors() -> None:
    profile = profile_from_toml(b"schema = 1", "empty.toml")
    assert profile.store.identities == ()
    assert profile.files == ()


def test_every_field_of_an_identity(maker: Maker) -> None:
    ca = maker.certificate("CA", is_ca=True)
    pem = encode_pem("CERTIFICATE", ca.der).decode()
    bare = encode_pem("PUBLIC KEY", spki_of(public_key_of(5))).decode()
    text = f'''
schema = 1
[[anchor]]
kind = "identity"
organisation = "OrchardMSP"
pem = """{pem}"""
origin = "from-party"
vouched_by = "the secretary"
label = "orchard"
[[anchor]]
kind = "identity"
pem = """{bare}{pem}"""
[[anchor]]
kind = "identity"
key = "{KEY}"
algorithm = "ed25519"
vouched_by = "me"
[[anchor]]
kind = "identity"
key = """{bare}"""
organisation = "office"
'''
    anchors = profile_from_toml(text.encode(), "p.toml").store.identities
    assert [each.organisation for each in anchors] == [
        "OrchardMSP",
        Absent.NOT_IN_FORMAT,
        Absent.NOT_IN_FORMAT,
        Absent.NOT_IN_FORMAT,
        "office",
    ]
    assert [each.label for each in anchors] == [
        "orchard",
        "p.toml",
        "CA",
        "ed25519 key",
        "office",
    ]
    assert anchors[0].certificate == ca
    assert anchors[0].origin is AnchorOrigin.FROM_PARTY
    assert anchors[0].vouched_by == "the secretary"
    assert anchors[3].vouched_by == "me"
    assert anchors[3].origin is AnchorOrigin.UNSTATED


def test_every_field_of_a_history_anchor() -> None:
    text = f"""
schema = 1
[[anchor]]
kind = "history"
height = 5
hash = "0x{HASH}"
ledger = "pear-trace"
origin = "same-sender"
vouched_by = "the sender"
label = "printed"
[[anchor]]
kind = "history"
height = 0
hash = "{HASH}"
"""
    found = profile_from_toml(text.encode(), "p.toml").store.history
    assert found == (
        HistoryAnchor(
            height=5,
            block_hash=bytes.fromhex(HASH),
            origin=AnchorOrigin.SAME_SENDER,
            label="printed",
            source="p.toml",
            ledger="pear-trace",
            vouched_by="the sender",
        ),
        HistoryAnchor(
            0, bytes.fromhex(HASH), AnchorOrigin.UNSTATED, "block 0", "p.toml"
        ),
    )


def test_files_are_handed_back_to_be_read() -> None:
    text = b"""
schema = 1
[[anchor]]
kind = "identity"
organisation = "OrchardMSP"
file = "orchard/ca.pem"
origin = "published"
vouched_by = "the register"
label = "orchard"
[[anchor]]
kind = "identity"
file = "others"
"""
    assert profile_from_toml(text, "p.toml").files == (
        FileReference(
            "orchard/ca.pem",
            "OrchardMSP",
            AnchorOrigin.PUBLISHED,
            "the register",
            "orchard",
        ),
        FileReference("others", Absent.NOT_IN_FORMAT, AnchorOrigin.UNSTATED, "", ""),
    )


def _anchor(fields: str) -> bytes:
    return f"schema = 1\n[[anchor]]\n{fields}".encode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "missing required field `schema`"),
        (b"schema = 2", "schema 2 instead of 1"),
        (b"schema = '1'", "Expected `int`"),
        (b"schema = 1\nschema = 1", "not TOML.*overwrite"),
        (b"schema = 1\nx = = 1\n", "not TOML.*line 2, column 5"),
        (b"\xff", "not TOML"),
        (b"x = " + b"[" * 50_000, "not TOML"),
        (b"schema = 1\ncheckpoints = []", "unknown field `checkpoints`"),
        (b"schema = 1\n[policy]\nrefuse = []", "unknown field `refuse`.*policy"),
        (_anchor("height = 1"), "missing required field `kind`.*anchor"),
        (_anchor("kind = 'guess'"), "Invalid value 'guess'.*anchor"),
        (_anchor("kind = 'identity'\nkye = 'x'"), "unknown field `kye`.*anchor"),
        (_anchor("kind = 'identity'\norigin = 'me'"), "Invalid enum value 'me'"),
        (_anchor("kind = 'identity'"), "anchor 1: exactly one of"),
        (
            _anchor("kind = 'identity'\npem = 'x'\nfile = 'y'"),
            "anchor 1: exactly one of",
        ),
        (
            _anchor("kind = 'identity'\nfile = 'y'\nalgorithm = 'p256'"),
            "anchor 1: algorithm belongs to key only",
        ),
        (_anchor("kind = 'identity'\npem = 'x'"), "anchor 1: .*no certificate"),
        (_anchor("kind = 'identity'\nkey = 'ab'"), "anchor 1: algorithm '' is not"),
        (
            _anchor("kind = 'identity'\nkey = 'ab'\nalgorithm = 'p256'"),
            "anchor 1: not a point",
        ),
        (_anchor("kind = 'history'\nheight = 1"), "missing required field `hash`"),
        (
            _anchor(f"kind = 'history'\nheight = -1\nhash = '{HASH}'"),
            "anchor 1: field height",
        ),
        (
            _anchor("kind = 'history'\nheight = 1\nhash = 'xyz'"),
            "anchor 1: field hash is not hex",
        ),
        (
            _anchor("kind = 'history'\nheight = 1\nhash = 'abcd'"),
            "anchor 1: field hash has 2 bytes",
        ),
        (
            _anchor(f"kind = 'history'\nheight = 1\nhash = '{'ab' * 65}'"),
            "anchor 1: field hash has 65 bytes",
        ),
    ],
)
def test_profiles_that_are_refused(data: bytes, words: str) -> None:
    with pytest.raises(TrustError, match=f"^p.toml.*{words}"):
        profile_from_toml(data, "p.toml")


def test_a_profile_over_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trust_profile, "MAX_TRUST_FILE_BYTES", 5)
    with pytest.raises(TrustError, match="over 5 bytes"):
        profile_from_toml(b"schema = 1", "p.toml")


@given(st.binary(max_size=60))
def test_no_bytes_make_anything_but_a_trust_error(data: bytes) -> None:
    for each in (data, b"schema = 1\n" + data):
        try:
            profile = profile_from_toml(each, "p.toml")
        except TrustError:
            continue
        assert profile.store.identities == ()
