"""Tests of whole proofs, with and without the header that they end in.

The one real header at hand is the first of all. Its root is the id of one transaction,
so a proof about that transaction's single SHA-256 has one step: hash it again.
"""

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.core.errors import ReadError, TrustError
from explorer.core.spans import ByteSpan
from explorer.crypto.trust import TrustStore
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.formats.opentimestamps import (
    anchoring,
    family,
    may_differ,
    open_ledgers,
    pipeline,
    probe,
    stamps,
)
from explorer.formats.opentimestamps.stamps import MAGIC, read_stamp
from explorer.model.checks import Outcome
from explorer.model.ledgers import Match
from explorer.model.verdicts import LedgerReport, Verdict
from explorer.session.trust_reading import load_trust
from tests.formats.bitcoin.making import verified
from tests.formats.opentimestamps.making import (
    FORK,
    GENESIS,
    HEXLIFY,
    LITECOIN,
    REVERSE,
    RIPEMD160,
    SHA1,
    SHA256,
    append,
    bitcoin,
    counted,
    double,
    easy_header,
    genesis_transaction,
    leb,
    ledger_of,
    pending,
    prepend,
    proof,
    sha256,
)

TARGET = genesis_transaction()
GOOD = proof(sha256(TARGET), SHA256 + bitcoin(0))


def _reasons(ledger: LedgerReport) -> set[tuple[str, str]]:
    return {(each.reason, each.outcome.word) for each in ledger.findings}


def _write(folder: Path, data: bytes, target: bytes = TARGET) -> Path:
    (folder / "deed.bin").write_bytes(target)
    path = folder / "deed.bin.ots"
    path.write_bytes(data)
    return path


def test_the_header_that_proves_it_is_that_of_the_first_block() -> None:
    assert double(TARGET) == GENESIS[36:68]
    assert double(GENESIS)[::-1].hex().startswith("000000000019d668")


def test_without_a_header_the_root_is_said(tmp_path: Path) -> None:
    ledger = ledger_of(_write(tmp_path, GOOD))
    assert ledger.verdict is Verdict.INDETERMINATE
    assert _reasons(ledger) == {("header-not-given", "inconclusive")}
    said = {each.code: each.detail for each in ledger.not_checked}
    root = "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"
    assert said["block-must-have-root"] == f"block 0 = {root}"
    assert ledger.entries == 1


@pytest.mark.parametrize(
    "form", ["header", "hex", "json", "lines", "answer", "block", "inside"]
)
def test_with_the_header_in_any_form(tmp_path: Path, form: str) -> None:
    fields = {
        "version": 1,
        "merkleroot": GENESIS[36:68][::-1].hex(),
        "time": int.from_bytes(GENESIS[68:72], "little"),
        "nonce": int.from_bytes(GENESIS[76:80], "little"),
        "bits": "1d00ffff",
        "height": 0,
    }
    text = json.dumps(fields)
    data = {
        "header": GENESIS,
        "hex": GENESIS.hex().encode() + b"\n",
        "json": text.encode(),
        "lines": f"{text}\n{text}\n".encode(),
        "answer": f'{{"result": {text}}}'.encode(),
        "block": GENESIS + b"\x01" + TARGET,
        "inside": bytes(5_000_000) + GENESIS,
    }[form]
    _write(tmp_path, GOOD)
    (tmp_path / "headers").write_bytes(data)
    ledger = ledger_of(tmp_path)
    assert ledger.verdict is Verdict.CONSISTENT, _reasons(ledger)
    passed = {row.spec.id: row.count(Outcome.PASSED) for row in ledger.checks}
    assert passed["opentimestamps.bitcoin-anchor"] == 1
    assert passed["opentimestamps.header-work"] == 1
    assert passed["opentimestamps.target-digest"] == 1
    said = {each.code: each.detail for each in ledger.not_checked}
    assert said["existed-before"] == "2009-01-03T18:15:05Z (block 0)"
    assert said["header-work"] == "2^32 hashes (block 0)"


def test_another_file_and_no_file(tmp_path: Path) -> None:
    path = _write(tmp_path, GOOD, TARGET + b"!")
    ledger = ledger_of(path)
    assert ("hash-mismatch", "failed") in _reasons(ledger)
    assert ledger.verdict is Verdict.FAILED
    (tmp_path / "deed.bin").unlink()
    assert ("target-not-given", "inconclusive") in _reasons(ledger_of(path))


def test_a_changed_path_leads_elsewhere(tmp_path: Path) -> None:
    """With one header given, the path must lead to its root."""
    _write(tmp_path, proof(sha256(TARGET), append(b"x") + SHA256 + bitcoin(0)))
    (tmp_path / "header").write_bytes(GENESIS)
    ledger = ledger_of(tmp_path)
    assert ("path-leads-elsewhere", "failed") in _reasons(ledger)


def test_a_header_of_another_height(tmp_path: Path) -> None:
    _write(tmp_path, proof(sha256(TARGET), SHA256 + bitcoin(7)))
    fields = {
        "version": 1,
        "merkleroot": GENESIS[36:68][::-1].hex(),
        "time": int.from_bytes(GENESIS[68:72], "little"),
        "nonce": int.from_bytes(GENESIS[76:80], "little"),
        "bits": "1d00ffff",
        "height": 0,
    }
    (tmp_path / "header.json").write_text(json.dumps(fields))
    assert ("header-height-differs", "failed") in _reasons(ledger_of(tmp_path))


def test_headers_without_work_of_bitcoin(tmp_path: Path) -> None:
    root = sha256(sha256(TARGET))
    _write(tmp_path, GOOD)
    (tmp_path / "header").write_bytes(easy_header(root))
    ledger = ledger_of(tmp_path)
    assert ("target-too-easy", "failed") in _reasons(ledger)
    unworked = GENESIS[:76] + bytes(4)
    (tmp_path / "header").write_bytes(unworked)
    assert _reasons(ledger_of(tmp_path)) == {("root-not-in-headers", "inconclusive")}


def test_pending_and_other_chains(tmp_path: Path) -> None:
    tree = FORK + pending("https://calendar.example") + FORK + b"\x00" + LITECOIN
    tree += counted(leb(5)) + b"\x00" + b"unknown!" + counted(b"xyz")
    path = _write(tmp_path, proof(sha256(TARGET), tree))
    ledger = ledger_of(path)
    assert ledger.verdict is Verdict.INDETERMINATE
    assert _reasons(ledger) == {
        ("pending", "inconclusive"),
        ("other-chain", "inconclusive"),
        ("unknown-attestation", "inconclusive"),
    }
    assert ledger.entries == 3


def test_one_path_that_holds_is_enough(tmp_path: Path) -> None:
    tree = FORK + pending("https://calendar.example") + SHA256 + bitcoin(0)
    _write(tmp_path, proof(sha256(TARGET), tree))
    (tmp_path / "header").write_bytes(GENESIS)
    ledger = ledger_of(tmp_path)
    assert ledger.verdict is Verdict.CONSISTENT
    assert _reasons(ledger) == {("pending", "inconclusive")}


def test_two_proofs_that_contradict_each_other(tmp_path: Path) -> None:
    (tmp_path / "a.ots").write_bytes(proof(sha256(b"a"), SHA256 + bitcoin(358_391)))
    (tmp_path / "b.ots").write_bytes(proof(sha256(b"b"), SHA256 + bitcoin(358_391)))
    report = verified(tmp_path)
    assert len(report.ledgers) == 2
    for ledger in report.ledgers:
        assert ledger.verdict is Verdict.FAILED
        assert ("contradicts-other-proof", "failed") in _reasons(ledger)
    (tmp_path / "b.ots").write_bytes(proof(sha256(b"b"), SHA256 + bitcoin(358_392)))
    verdicts = {each.verdict for each in verified(tmp_path).ledgers}
    assert verdicts == {Verdict.INDETERMINATE}


def test_every_operation(tmp_path: Path) -> None:
    tree = append(b"end") + prepend(b"front") + SHA1 + RIPEMD160 + REVERSE + HEXLIFY
    tree += b"\x67" + append(b"x") + bitcoin(5)
    stamp = read_stamp(proof(sha256(TARGET), tree))
    (one,) = stamp.attestations
    assert [each.name for each in one.steps] == [
        "append",
        "prepend",
        "sha1",
        "ripemd160",
        "reverse",
        "hexlify",
        "keccak256",
        "append",
    ]
    assert one.message.endswith(b"x")
    assert len(one.start) == 40
    ledger = ledger_of(_write(tmp_path, proof(sha256(TARGET), tree)))
    said = {each.code: each.detail for each in ledger.not_checked}
    assert said["weak-steps"] == "ripemd160, sha1"


def test_weak_digests_of_files_are_said(tmp_path: Path) -> None:
    found = hashlib.sha1(TARGET).digest()  # noqa: S324 - what the proof is about
    ledger = ledger_of(_write(tmp_path, proof(found, bitcoin(5), SHA1)))
    assert ("weak-digest", "inconclusive") in _reasons(ledger)


def test_long_targets_are_hashed_piece_by_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "MAX_TARGET_IN_MEMORY", 10)
    path = _write(tmp_path, GOOD)
    assert _reasons(ledger_of(path)) == {("header-not-given", "inconclusive")}
    path = _write(tmp_path, GOOD, b"another file")
    assert ("hash-mismatch", "failed") in _reasons(ledger_of(path))
    found = hashlib.sha1(TARGET).digest()  # noqa: S324 - what the proof is about
    path = _write(tmp_path, proof(found, bitcoin(5), SHA1))
    assert ("target-too-long", "inconclusive") in _reasons(ledger_of(path))


DIGEST = sha256(b"x")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (MAGIC, "truncated"),
        (MAGIC + b"\x02\x08" + DIGEST, "unsupported-version"),
        (MAGIC + b"\x01\x99" + DIGEST, "unsupported-operation"),
        (proof(DIGEST, b""), "truncated"),
        (proof(DIGEST, b"\x77"), "unsupported-operation"),
        (proof(DIGEST, bitcoin(1) + b"\x00"), "trailing-bytes"),
        (proof(DIGEST, append(b"")), "malformed"),
        (proof(DIGEST, b"\xf0" + leb(5000)), "malformed"),
        (proof(DIGEST, b"\xf0" + b"\xff" * 10), "malformed"),
        (proof(DIGEST, b"\x00" + LITECOIN + counted(leb(1) + b"x")), "malformed"),
        (proof(DIGEST, b"\x00" + LITECOIN + leb(9000)), "malformed"),
        (proof(DIGEST, append(b"x" * 4000) * 2), "too-large"),
        (proof(DIGEST, SHA256 * 300 + bitcoin(1)), "too-large"),
        (proof(DIGEST, FORK), "truncated"),
    ],
)
def test_proofs_that_are_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "x.ots"
    path.write_bytes(data)
    ledger = ledger_of(path)
    assert ledger.verdict is Verdict.UNREADABLE
    assert _reasons(ledger) == {(reason, "failed")}


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = proof(DIGEST, (FORK + bitcoin(1)) * 20 + bitcoin(1))
    assert len(read_stamp(many).attestations) == 21
    monkeypatch.setattr(stamps, "MAX_ITEMS", 10)
    with pytest.raises(ReadError, match="too many"):
        read_stamp(many)
    monkeypatch.setattr(family, "MAX_STAMP_BYTES", 10)
    path = tmp_path / "x.ots"
    path.write_bytes(many)
    assert _reasons(ledger_of(path)) == {("too-long", "failed")}
    with pytest.raises(ReadError, match="no OpenTimestamps"):
        read_stamp(b"pears")


def test_recognition_and_detail(tmp_path: Path) -> None:
    path = _write(tmp_path, GOOD)
    (tmp_path / "empty.ots").write_bytes(b"x")
    for name, match in (("deed.bin.ots", 3), ("empty.ots", 1), ("deed.bin", 0)):
        with open_evidence((tmp_path / name,)) as files:
            assert probe(files) is Match(match)
    assert not may_differ("", b"", b"")
    with open_evidence((path,)) as files:
        (found,) = open_ledgers(files, ReadingOptions(TrustStore()))
        detail = found.detail(-1, ByteSpan(0, 0, 0))
        names = [each.name for each in detail.fields]
        assert names == ["hash function", "digest", "path 0"]
        inside = [each.name for each in detail.fields[2].children]
        assert inside == ["sha256", "value", "attestation"]


def _stamped(folder: Path, text: str, *, header: bytes = b"") -> Path:
    """Write a stamped list of blocks.

    No real header leads from a list of ours, so one with hardly any work stands for it.
    """
    target = folder / "last.txt"
    target.write_text(text)
    root = sha256(sha256(text.encode()))
    path = folder / "last.txt.ots"
    path.write_bytes(proof(sha256(text.encode()), SHA256 + bitcoin(800_000)))
    made = header or easy_header(root)
    (folder / "last.txt.ots.header").write_text(made.hex())
    return path


def test_a_time_stamp_as_history_anchor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _stamped(tmp_path, f"193={'ab' * 32}\n\n7=0x{'cd' * 32}\n")
    with pytest.raises(TrustError, match="800000 = "):
        load_trust([path])  # its header has no work of Bitcoin
    monkeypatch.setattr(anchoring, "EASIEST", 1 << 256)
    store = load_trust([path])
    assert [(each.height, each.block_hash.hex()) for each in store.history] == [
        (193, "ab" * 32),
        (7, "cd" * 32),
    ]
    assert "1970-01-01T00:00:01Z (Bitcoin block 800000)" in store.history[0].label
    profile = tmp_path / "trust.toml"
    profile.write_text(
        'schema = 1\n[[anchor]]\nkind = "history"\nfile = "last.txt.ots"\n'
        'origin = "published"\nledger = "pear-trace"\nlabel = "stamped"\n'
    )
    (first, _) = load_trust([profile]).history
    assert (first.origin, first.ledger, first.label) == (
        "published",
        "pear-trace",
        "stamped",
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("other target", "about another file"),
        ("pending", "pending"),
        ("no header", "give the header"),
        ("no list", "not HEIGHT=HASH"),
        ("empty list", "lists no block"),
        ("broken header", "give the header"),
        ("broken proof", "truncated|ends inside"),
    ],
)
def test_time_stamps_that_anchor_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str, words: str
) -> None:
    monkeypatch.setattr(anchoring, "EASIEST", 1 << 256)
    text = {"no list": "pears", "empty list": "\n"}.get(change, f"193={'ab' * 32}")
    path = _stamped(tmp_path, text)
    if change == "other target":
        (tmp_path / "last.txt").write_text("x")
    if change == "pending":
        path.write_bytes(proof(sha256(text.encode()), pending("https://x")))
    if change == "no header":
        (tmp_path / "last.txt.ots.header").unlink()
    if change == "broken header":
        (tmp_path / "last.txt.ots.header").write_text("z" * 160)
    if change == "broken proof":
        path.write_bytes(MAGIC + b"\x01")
    with pytest.raises(TrustError, match=words):
        load_trust([path])


@settings(max_examples=40)
@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_raise(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "x.ots"
    for body in (data, MAGIC + b"\x01\x08" + data, GOOD[:80] + data):
        path.write_bytes(body)
        with open_evidence((path,)) as files:
            for found in open_ledgers(files, ReadingOptions(TrustStore())):
                for parsed in found.read():
                    found.resolve(parsed)
                found.finish()


def test_public_examples(corpora: Path) -> None:
    folder = corpora / "opentimestamps"
    ledger = ledger_of(folder / "hello-world.txt.ots")
    said = {each.code: each.detail for each in ledger.not_checked}
    root = "8a1b66ecb7cbd07d8139a7e7d7f2c41aab1f5009b8364aaf61d03ad245e47e00"
    assert said["block-must-have-root"] == f"block 358391 = {root}"
    for name in ("incomplete", "merkle1", "merkle2", "two-calendars"):
        ledger = ledger_of(folder / f"{name}.txt.ots")
        assert {reason for reason, _ in _reasons(ledger)} == {"pending"}
        passed = {row.spec.id: row.count(Outcome.PASSED) for row in ledger.checks}
        assert passed["opentimestamps.target-digest"] == 1
    bad = ledger_of(folder / "invalid" / "bad-major-version.ots")
    assert bad.verdict is Verdict.UNREADABLE
