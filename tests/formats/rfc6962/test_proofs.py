"""Tests of Merkle proofs in JSON: public vectors, forms, and damage."""

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.core.spans import ByteSpan
from explorer.crypto.trees import (
    consistency_proof,
    inclusion_path,
    leaf_hash,
    tree_hash,
)
from explorer.crypto.trust import TrustStore
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.formats.rfc6962 import may_differ, open_ledgers, pipeline, probe, reading
from explorer.model.ledgers import Match
from explorer.model.verdicts import LedgerReport, Verdict
from tests.formats.bitcoin.making import verified

LEAVES = [bytes((each,)) * 3 for each in range(7)]
ROOT = tree_hash(LEAVES)


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _inclusion(**changes: object) -> dict[str, object]:
    proof: dict[str, object] = {
        "leafIdx": 2,
        "treeSize": 7,
        "root": _text(ROOT),
        "leafHash": _text(leaf_hash(LEAVES[2])),
        "proof": [_text(each) for each in inclusion_path(LEAVES, 2)],
    }
    return proof | changes


def _consistency(**changes: object) -> dict[str, object]:
    proof: dict[str, object] = {
        "size1": 3,
        "size2": 7,
        "root1": tree_hash(LEAVES[:3]).hex(),
        "root2": ROOT.hex(),
        "proof": [each.hex() for each in consistency_proof(LEAVES, 3)],
    }
    return proof | changes


def _ledger(folder: Path, *values: object) -> LedgerReport:
    path = folder / "proof.json"
    path.write_text("\n".join(json.dumps(each) for each in values))
    (ledger,) = verified(path).ledgers
    return ledger


def _reasons(ledger: LedgerReport) -> set[str]:
    return {each.reason for each in ledger.findings}


def test_proofs_that_hold(tmp_path: Path) -> None:
    ledger = _ledger(tmp_path, _inclusion(), _consistency())
    assert ledger.verdict is Verdict.CONSISTENT
    assert (ledger.entries, ledger.blocks) == (2, 0)
    assert _reasons(ledger) == set()
    assert [each.code for each in ledger.not_checked] == ["root-not-tied"]


def test_other_names_and_the_leaf_itself(tmp_path: Path) -> None:
    log = {
        "logIndex": "2",
        "treeSize": 7,
        "rootHash": ROOT.hex(),
        "hashes": [each.hex() for each in inclusion_path(LEAVES, 2)],
        "leaf": _text(LEAVES[2]),
    }
    assert _ledger(tmp_path, log).verdict is Verdict.CONSISTENT
    assert _ledger(tmp_path, [log, log]).entries == 2


@pytest.mark.parametrize(
    ("proof", "reason"),
    [
        (_inclusion(root=_text(bytes(32))), "path-leads-elsewhere"),
        (_inclusion(leafIdx=3), "path-leads-elsewhere"),
        (_inclusion(leafIdx=9), "index-out-of-range"),
        (_inclusion(treeSize=9), "path-length"),
        (_inclusion(proof=[_text(b"x")] * 3), "node-size"),
        (_inclusion(end=3, start=1), "index-out-of-range"),
        (_consistency(root2=bytes(32).hex()), "root-mismatch"),
        (_consistency(proof=[]), "path-length"),
        (_consistency(size1=9), "index-out-of-range"),
        (_inclusion(leafIdx="two"), "malformed"),
        (_inclusion(leafIdx=-1), "malformed"),
        (_inclusion(leafIdx=True), "malformed"),
        (_inclusion(proof="x"), "malformed"),
        (_inclusion(root=7), "malformed"),
        (_inclusion(root="!"), "malformed"),
    ],
)
def test_proofs_that_do_not_hold(
    tmp_path: Path, proof: dict[str, object], reason: str
) -> None:
    ledger = _ledger(tmp_path, _inclusion(), proof)
    assert ledger.verdict is Verdict.FAILED
    assert _reasons(ledger) == {reason}
    assert [each.entry for each in ledger.findings] == [1]


def test_an_empty_part_proves_nothing(tmp_path: Path) -> None:
    empty = {
        "start": 2,
        "end": 2,
        "size": 7,
        "root1": tree_hash([]).hex(),
        "root2": ROOT.hex(),
        "proof": None,
    }
    ledger = _ledger(tmp_path, empty)
    assert ledger.verdict is Verdict.INDETERMINATE
    assert _reasons(ledger) == {"nothing-proven"}


def test_texts_that_are_no_proofs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(_inclusion()) + "\n{broken")
    (ledger,) = verified(path).ledgers
    assert (ledger.verdict, _reasons(ledger)) == (Verdict.UNREADABLE, {"not-json"})
    path.write_text(json.dumps([_inclusion(), 7]))
    (ledger,) = verified(path).ledgers
    assert _reasons(ledger) == {"malformed"}
    monkeypatch.setattr(pipeline, "MAX_RECORD_BYTES", 10)
    (ledger,) = verified(path).ledgers
    assert _reasons(ledger) == {"too-long"}
    monkeypatch.setattr(pipeline, "MAX_RECORD_BYTES", 10_000)
    monkeypatch.setattr(reading, "MAX_RECORD_BYTES", 10)
    (ledger,) = verified(path).ledgers
    assert _reasons(ledger) == {"too-long"}


def test_recognition_and_detail(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps([_inclusion(), _consistency()]))
    with open_evidence((path,)) as files:
        assert probe(files) is Match.STRUCTURE
        (found,) = open_ledgers(files, ReadingOptions(TrustStore()))
        detail = found.detail(-1, ByteSpan(0, 0, 0))
        assert [each.name for each in detail.fields] == ["proof 0", "proof 1"]
        assert len(detail.claims) == 1
    for text in ("[1, 2]", '{"proof": []}', "pears", ""):
        path.write_text(text)
        with open_evidence((path,)) as files:
            assert probe(files) is Match.NO
    assert not may_differ("", b"", b"")


def test_all_public_vectors(corpora: Path) -> None:
    files = sorted((corpora / "rfc6962").glob("*__*.json"))
    assert len(files) >= 177
    wrong = []
    for path in files:
        must_fail = json.loads(path.read_bytes())["wantErr"]
        verdict = verified(path).verdict
        if (verdict in {Verdict.FAILED, Verdict.UNREADABLE}) is not must_fail:
            wrong.append((path.name, verdict))
    assert wrong == []


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=50),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=50)
@given(st.sampled_from(sorted(_inclusion() | _consistency())), _VALUES, st.binary())
def test_no_values_make_the_reader_raise(
    tmp_path_factory: pytest.TempPathFactory, name: str, value: object, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "x.json"
    bodies = [json.dumps(_inclusion() | {name: value}).encode()]
    bodies += [json.dumps(_consistency() | {name: value}).encode(), bodies[0] + data]
    for body in bodies:
        path.write_bytes(body)
        with open_evidence((path,)) as files:
            for found in open_ledgers(files, ReadingOptions(TrustStore())):
                for parsed in found.read():
                    found.resolve(parsed)
                found.finish()
