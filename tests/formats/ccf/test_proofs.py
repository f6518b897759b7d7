"""Receipts in JSON and COSE, and snapshots with their receipts."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.crypto.trust import TrustStore
from explorer.formats.ccf import checks, open_ledgers, probe, receipts
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.model.ledgers import Match
from tests.formats.ccf.ledger import Holder, Ledger, orchard, root_of, sha256
from tests.formats.ccf.test_ledger import trust_of
from tests.formats.running import Ran, run_all


@pytest.fixture
def ledger() -> Ledger:
    return orchard()


def run(folder: Path, data: bytes, ledger: Ledger | None, name: str = "r.json") -> Ran:
    (folder / name).write_bytes(data)
    trust = None if ledger is None else trust_of(ledger.service)
    (ran,) = run_all(open_ledgers, folder, trust)
    return ran


def test_a_receipt(tmp_path: Path, ledger: Ledger) -> None:
    data = json.dumps(ledger.receipt(3)).encode()
    ran = run(tmp_path, data, ledger)
    assert (ran.faults, ran.open, ran.skipped) == ([], [], [])
    assert ran.passed[checks.RECEIPT] == 1
    assert ran.passed[checks.NODE_SIGNATURE] == 1
    assert ran.passed[checks.ENDORSEMENT] == 1
    assert ran.entries[0].summary == "ce:2.1:secret"
    assert ran.blocks == []


def test_a_receipt_with_its_root_stated(tmp_path: Path, ledger: Ledger) -> None:
    receipt = {**ledger.receipt(3), "root": root_of(ledger.leaves).hex()}
    ran = run(tmp_path, json.dumps({"receipt": receipt}).encode(), ledger)
    assert ran.faults == []
    assert ran.passed[checks.RECEIPT] == 2
    receipt["root"] = "00" * 32
    ran = run(tmp_path, json.dumps(receipt).encode(), ledger)
    assert ran.faults == [(checks.RECEIPT, "path-leads-elsewhere", -1)]


def test_a_leaf_alone(tmp_path: Path, ledger: Ledger) -> None:
    receipt = ledger.receipt(3)
    del receipt["leaf_components"]
    receipt["leaf"] = ledger.leaves[3].hex()
    ran = run(tmp_path, json.dumps(receipt).encode(), ledger)
    assert ran.faults == []
    assert ran.passed[checks.RECEIPT] == 1


def test_the_service_may_be_unknown(tmp_path: Path, ledger: Ledger) -> None:
    ran = run(tmp_path, json.dumps(ledger.receipt(3)).encode(), None)
    assert ran.skipped == [(checks.ENDORSEMENT, "service-unknown", -1)]
    assert ran.remarks == {"ccf-service-certificate"}


def test_a_certificate_beside_it_serves(tmp_path: Path, ledger: Ledger) -> None:
    (tmp_path / "service.pem").write_text(ledger.service.pem)
    (tmp_path / "broken.pem").write_text("-----BEGIN X-----")
    ran = run(tmp_path, json.dumps(ledger.receipt(3)).encode(), None)
    assert ran.faults == []
    assert ran.passed[checks.ENDORSEMENT] == 1


def test_an_older_identity_endorsed_by_the_new_one(
    tmp_path: Path, ledger: Ledger
) -> None:
    old = ledger.service
    new = Holder(21, "New Service")
    crossed = Holder(
        1, "Orchard Service", new, is_ca=True
    )  # the old key under the new identity
    receipt = ledger.receipt(3)
    receipt["service_endorsements"] = [crossed.pem, "broken"]
    (tmp_path / "r.json").write_text(json.dumps(receipt))
    (ran,) = run_all(open_ledgers, tmp_path, trust_of(new))
    assert old.id == crossed.id
    assert ran.faults == []
    assert ran.passed[checks.ENDORSEMENT] == 1


def _change(name: str, value: object) -> Callable[[dict[str, Any]], None]:
    def change(receipt: dict[str, Any]) -> None:
        receipt[name] = value

    return change


@pytest.mark.parametrize(
    ("change", "check", "reason"),
    [
        (_change("proof", []), checks.NODE_SIGNATURE, "signature-mismatch"),
        (_change("node_id", "00" * 32), checks.NODE_ID, "hash-mismatch"),
        (_change("signature", "%"), checks.RECEIPT_FORM, "receipt-malformed"),
        (_change("proof", [{"up": "00"}]), checks.RECEIPT_FORM, "receipt-malformed"),
        (_change("proof", "x"), checks.RECEIPT_FORM, "receipt-malformed"),
        (_change("leaf_components", {}), checks.RECEIPT_FORM, "receipt-malformed"),
        (_change("root", "x"), checks.RECEIPT_FORM, "receipt-malformed"),
    ],
)
def test_receipts_that_are_wrong(
    tmp_path: Path,
    ledger: Ledger,
    change: Callable[[dict[str, Any]], None],
    check: str,
    reason: str,
) -> None:
    receipt = ledger.receipt(3)
    change(receipt)
    ran = run(tmp_path, json.dumps(receipt).encode(), ledger)
    assert ran.faults == [(check, reason, -1)]
    assert ran.passed[checks.RECEIPT] == 0 or check == checks.NODE_ID


def test_a_receipt_without_a_certificate(tmp_path: Path, ledger: Ledger) -> None:
    receipt = {**ledger.receipt(3), "cert": ""}
    ran = run(tmp_path, json.dumps(receipt).encode(), ledger)
    assert ran.open == [(checks.NODE_SIGNATURE, "node-unknown", -1)]


def test_a_receipt_in_cose(tmp_path: Path, ledger: Ledger) -> None:
    data = ledger.cose_receipt(3)
    ran = run(tmp_path, data, ledger, "r.cose")
    assert (ran.faults, ran.open) == ([], [])
    assert ran.passed[checks.RECEIPT] == ran.passed[checks.SERVICE_SIGNATURE] == 1
    unknown = run(tmp_path, data, None, "r.cose")
    assert unknown.open == [(checks.SERVICE_SIGNATURE, "service-unknown", -1)]
    flipped = data.replace(sha256(ledger.entries[2]), bytes(32))
    ran = run(tmp_path, flipped, ledger, "r.cose")
    assert ran.faults == [(checks.SERVICE_SIGNATURE, "signature-mismatch", -1)]


def test_cose_of_another_algorithm(tmp_path: Path, ledger: Ledger) -> None:
    proof = cbor2.dumps({1: [bytes(32), "ce", bytes(32)], 2: []})
    message = ledger.service.sign_cose(b"x", {1: -8}, {396: {-1: [proof]}})
    ran = run(tmp_path, message, ledger, "r.cose")
    assert ran.open == [(checks.SERVICE_SIGNATURE, "key-kind-not-supported", -1)]


@pytest.mark.parametrize(
    "proofs",
    [
        {},
        {-1: 5},
        {-1: [cbor2.dumps([])]},
        {-1: [b"\xff"]},
        {-1: [cbor2.dumps({1: [b"", ""], 2: []})]},
        {-1: [cbor2.dumps({1: [b"", 5, b""], 2: []})]},
        {-1: [cbor2.dumps({1: ["", "", b""], 2: []})]},
        {-1: [cbor2.dumps({1: [b"", "", b""], 2: [[1, b""]]})]},
        {-1: [cbor2.dumps({1: [b"", "", b""], 2: [[True]]})]},
    ],
)
def test_cose_that_is_no_receipt(ledger: Ledger, proofs: dict[object, object]) -> None:
    message = ledger.service.sign_cose(b"x", {}, {396: proofs})
    with pytest.raises(ReadError) as caught:
        receipts.read_cose_receipt(message)
    assert caught.value.reason == "receipt-malformed"


def snapshot(ledger: Ledger) -> bytes:
    """Return a snapshot at entry 9 with the receipt of an entry that vouches for it."""
    entry = ledger.entries[8]
    evidence = "ce:2.10:secret"
    written = sha256(b"snapshot evidence")
    leaf = sha256(written + sha256(evidence.encode()) + sha256(entry))
    receipt = {
        **ledger.receipt(3),
        "proof": [],
        "leaf_components": {
            "claims_digest": sha256(entry).hex(),
            "commit_evidence": evidence,
            "write_set_digest": written.hex(),
        },
    }
    signature = ledger.node.sign_digest(leaf)
    receipt["signature"] = base64.b64encode(signature).decode()
    return entry + json.dumps(receipt).encode()


def test_a_snapshot(tmp_path: Path, ledger: Ledger) -> None:
    name = "snapshot_9_10.committed"
    ran = run(tmp_path, snapshot(ledger), ledger, name)
    assert ran.faults == []
    assert ran.passed[checks.SNAPSHOT] == 1
    data = bytearray(snapshot(ledger))
    data[60] ^= 1
    ran = run(tmp_path, bytes(data), ledger, name)
    assert ran.faults == [(checks.SNAPSHOT, "hash-mismatch", -1)]
    ran = run(tmp_path, ledger.entries[8], ledger, name)
    assert ran.open == [(checks.SNAPSHOT, "receipt-missing", -1)]


def test_receipts_have_no_blocks(tmp_path: Path, ledger: Ledger) -> None:
    path = tmp_path / "r.json"
    path.write_text(json.dumps(ledger.receipt(3)))
    with open_evidence((path,)) as files:
        assert probe(files) is Match.STRUCTURE
        (found,) = open_ledgers(files, ReadingOptions(TrustStore()))
        with pytest.raises(ReadError, match="no entry"):
            found.detail(3, ByteSpan(0, 0, 1))


@given(st.binary(max_size=80))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    for read in (receipts.read_json_receipt, receipts.read_cose_receipt):
        with pytest.raises(ReadError):
            read(data)


def test_a_real_snapshot_and_ledgers(corpora: Path) -> None:
    folder = corpora / "ccf" / "eol_service"
    ledger, proofs = run_all(open_ledgers, folder)
    assert ledger.faults == proofs.faults == []
    assert ledger.passed[checks.ROOT] == 85
    assert ledger.passed[checks.NODE_SIGNATURE] == 85
    assert ledger.passed[checks.MEMBER_SIGNATURE] == 92
    assert proofs.passed[checks.SNAPSHOT] == 1
    (other,) = run_all(open_ledgers, corpora / "ccf" / "acme_containing_service")
    assert other.faults == []
    assert other.passed[checks.SERVICE_SIGNATURE] == 8
