"""Tests of what inputs need: published vectors, and refusals one by one."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.crypto.secp256k1_library import best_library
from explorer.crypto.signatures import SignatureVerifier
from explorer.encodings.der import encode_signature
from explorer.formats.bitcoin.parsing import (
    outpoint_of,
    read_size,
    read_transactions,
    sequence_of,
)
from explorer.formats.bitcoin.records import Spent
from explorer.formats.bitcoin.sighash import (
    SINGLE_WITHOUT_OUTPUT,
    SignedTransaction,
    legacy_preimage,
)
from explorer.formats.bitcoin.spending import InputJudge, loose_signature
from tests.formats.bitcoin.making import (
    Input,
    high,
    key_of,
    multisig,
    p2pk,
    p2pkh,
    p2tr,
    p2wpkh,
    push,
    serialise,
    sha256d,
    sign,
)

JUDGE = InputJudge(best_library())
OUTPOINT = b"\x07" * 32 + bytes(4)


def _answer(data: bytes, index: int, spent: list[Spent | None]) -> str:
    (transaction,), _ = read_transactions(data, 0, 1)
    judged = JUDGE.judge(SignedTransaction(data, transaction), index, spent)
    if judged.is_open:
        return "open"
    if judged.fault:
        return judged.fault
    verifier = SignatureVerifier()
    answers = {
        verifier.verify(each.scheme, each.key, each.message, each.signature)
        for each in judged.signings
    }
    return ", ".join(sorted(answers))


def _of(inputs: list[Input], outputs: int = 2, index: int = 0) -> str:
    data = sign(inputs, [(each, b"\x51") for each in range(outputs)])
    return _answer(data, index, [each.spent for each in inputs])


@pytest.mark.parametrize("hash_type", [1, 2, 3, 0x81, 0x82, 0x83])
@pytest.mark.parametrize("script", [p2pkh(5), p2wpkh(5), p2tr(5)])
def test_every_type_of_signature(script: bytes, hash_type: int) -> None:
    inputs = [
        Input(OUTPOINT, 9, script, [5], hash_type=hash_type),
        Input(b"\x08" * 36, 3, p2pkh(6), [6], sequence=bytes(4)),
    ]
    assert _of(inputs) == "signature-valid"
    assert _of(list(reversed(inputs)), index=1) == "signature-valid"


def test_single_without_an_output_of_its_own() -> None:
    inputs = [
        Input(b"\x08" * 36, 3, p2pkh(6), [6]),
        Input(OUTPOINT, 9, p2pkh(5), [5], hash_type=3),
    ]
    assert _of(inputs, outputs=1, index=1) == "signature-valid"
    inputs[1].script = p2wpkh(5)
    assert _of(inputs, outputs=1, index=1) == "signature-valid"
    inputs[1].script = p2tr(5)
    inputs[1].witness = [bytes(64) + b"\x03"]
    data = serialise(inputs, [(1, b"\x51")])
    answer = _answer(data, 1, [each.spent for each in inputs])
    assert answer == "signature-type-forbidden"


def test_the_amount_is_signed_only_with_witnesses() -> None:
    for script, wanted in (
        (p2pkh(5), "signature-valid"),
        (p2wpkh(5), "signature-mismatch"),
        (p2tr(5), "signature-mismatch"),
    ):
        one = Input(OUTPOINT, 9, script, [5], hash_type=1)
        data = sign([one], [(1, b"\x51")])
        assert _answer(data, 0, [Spent(8, script, -1, -1)]) == wanted


def test_a_high_s_and_loose_der_are_taken() -> None:
    one = Input(OUTPOINT, 9, p2pk(5), [5])
    sign([one], [(1, b"\x51")])
    signature = one.script_sig[1:]
    one.script_sig = push(high(signature))
    data = serialise([one], [(1, b"\x51")])
    assert _answer(data, 0, [one.spent]) == "signature-valid"
    padded = bytearray(signature)
    padded[1] = 0x81
    padded.insert(2, signature[1])
    one.script_sig = push(bytes(padded))
    data = serialise([one], [(1, b"\x51")])
    assert _answer(data, 0, [one.spent]) == "signature-valid"


def test_values_below_the_signature_are_left_aside() -> None:
    one = Input(OUTPOINT, 9, p2pkh(5), [5])
    sign([one], [(1, b"\x51")])
    one.script_sig = b"\x51" + one.script_sig
    data = serialise([one], [(1, b"\x51")])
    assert _answer(data, 0, [one.spent]) == "signature-valid"


def test_scripts_that_do_more_than_push_are_open() -> None:
    one = Input(OUTPOINT, 9, p2pkh(5), script_sig=b"\x76")
    data = serialise([one], [(1, b"\x51")])
    assert _answer(data, 0, [one.spent]) == "open"
    assert _answer(data, 0, [None]) == "open"


def test_multisig_in_another_order_fails() -> None:
    script = multisig(2, (5, 6, 7))
    assert _of([Input(OUTPOINT, 9, script, [5, 7])]) == "signature-valid"
    answer = _of([Input(OUTPOINT, 9, script, [7, 5])])
    assert "signature-mismatch" in answer
    assert "signature-mismatch" in _of([Input(OUTPOINT, 9, script, [5, 5])])
    assert _of([Input(OUTPOINT, 9, script, [5])]) == "signature-missing"
    one = Input(OUTPOINT, 9, script, script_sig=b"\x00\x00\x00")
    data = serialise([one], [(1, b"\x51")])
    assert _answer(data, 0, [one.spent]) == "signature-missing"


def test_keys_that_are_no_points() -> None:
    bad = b"\x02" + (5).to_bytes(32, "big")
    for script in (push(bad) + b"\xac", b"\x51" + push(bad) + b"\x51\xae"):
        one = Input(OUTPOINT, 9, script, [5])
        data = sign([one], [(1, b"\x51")])
        assert _answer(data, 0, [one.spent]) == "key-malformed"


def test_taproot_with_an_annex_and_without_all_amounts() -> None:
    one = Input(OUTPOINT, 9, p2tr(5), [5], hash_type=0)
    other = Input(b"\x08" * 36, 3, p2pkh(6), [6])
    data = sign([one, other], [(1, b"\x51")])
    assert _answer(data, 0, [one.spent, other.spent]) == "signature-valid"
    assert _answer(data, 0, [one.spent, None]) == "open"
    one.witness = [*one.witness, b"\x50annex"]
    data = serialise([one, other], [(1, b"\x51")])
    assert _answer(data, 0, [one.spent, other.spent]) == "signature-mismatch"
    for items, wanted in (
        ([], "signature-missing"),
        ([b"a", b"b"], "open"),
        ([bytes(63)], "signature-type-forbidden"),
        ([bytes(65)], "signature-type-forbidden"),
        ([bytes(64) + b"\x04"], "signature-type-forbidden"),
    ):
        one.witness = list(items)
        data = serialise([one, other], [(1, b"\x51")])
        assert _answer(data, 0, [one.spent, other.spent]) == wanted


def test_witness_programs_of_the_future_are_open() -> None:
    one = Input(OUTPOINT, 9, b"\x52\x20" + bytes(32))
    data = serialise([one], [(1, b"\x51")])
    assert _answer(data, 0, [one.spent]) == "open"


def test_very_long_preimages_are_handed_on_as_digests() -> None:
    inputs = [
        Input(OUTPOINT[:32] + bytes((n, 1, 0, 0)), 9, p2pkh(5)) for n in range(256)
    ]
    inputs *= 2
    data = serialise(inputs, [(1, b"\x51")])
    (transaction,), _ = read_transactions(data, 0, 1)
    signed = SignedTransaction(data, transaction)
    preimage = legacy_preimage(signed, 0, p2pkh(5), 1)
    assert preimage is not None
    one = Input(OUTPOINT, 9, p2pkh(5), [5])
    sign([one], [(1, b"\x51")])
    inputs[0] = Input(inputs[0].outpoint, 9, p2pkh(5), script_sig=one.script_sig)
    data = serialise(inputs, [(1, b"\x51")])
    (transaction,), _ = read_transactions(data, 0, 1)
    spent: list[Spent | None] = [each.spent for each in inputs]
    judged = JUDGE.judge(SignedTransaction(data, transaction), 0, spent)
    assert judged.signings[0].message == sha256d(preimage)


@given(st.integers(1, 1 << 256), st.integers(1, 1 << 256))
def test_signatures_in_der(r: int, s: int) -> None:
    found = loose_signature(encode_signature(r, s))
    if max(r, s) < 1 << 256:
        assert found == r.to_bytes(32, "big") + s.to_bytes(32, "big")
    else:
        assert found == bytes(64)


@given(st.binary(max_size=80))
def test_any_bytes_give_64(data: bytes) -> None:
    assert len(loose_signature(data)) == 64
    assert len(loose_signature(b"\x30" + data)) == 64


def test_published_hashes_before_witnesses(corpora: Path) -> None:
    path = corpora / "bitcoin" / "bitcoin-vectors" / "sighash-tests.json"
    rows = json.loads(path.read_text())[1:]
    assert len(rows) == 500
    for raw, script, index, hash_type, wanted in rows:
        data = bytes.fromhex(raw)
        (transaction,), _ = read_transactions(data, 0, 1)
        signed = SignedTransaction(data, transaction)
        found = legacy_preimage(signed, index, bytes.fromhex(script), hash_type)
        hashed = SINGLE_WITHOUT_OUTPUT if found is None else sha256d(found)
        assert hashed[::-1].hex() == wanted


def test_published_spends_of_taproot(corpora: Path) -> None:
    path = corpora / "bitcoin" / "bitcoin-vectors" / "taproot-ref-sample.json"
    answers: Counter[tuple[str, str]] = Counter()
    for case in json.loads(path.read_text()):
        for side in ("success", "failure"):
            if side in case:
                answers[side, _case_answer(case, side)] += 1
    valid = {answer for side, answer in answers if side == "success"}
    refused = {answer for side, answer in answers if side == "failure"}
    assert valid == {"open", "signature-valid"}
    assert "signature-valid" not in refused
    assert answers["success", "signature-valid"] == 11
    assert (
        sum(answers.values()) - answers["success", "open"] - answers["failure", "open"]
        == 21
    )


def _case_answer(case: dict[str, object], side: str) -> str:
    given = case[side]
    assert isinstance(given, dict)
    prevouts, index = case["prevouts"], case["index"]
    assert isinstance(prevouts, list)
    spent: list[Spent | None] = []
    for text in prevouts:
        raw = bytes.fromhex(text)
        size, at = read_size(raw, 8)
        value = int.from_bytes(raw[:8], "little")
        spent.append(Spent(value, raw[at : at + size], -1, -1))
    data = bytes.fromhex(str(case["tx"]))
    (transaction,), _ = read_transactions(data, 0, 1)
    inputs = [
        Input(outpoint_of(data, e), 0, b"", sequence=sequence_of(data, e))
        for e in transaction.inputs
    ]
    one = inputs[int(str(index))]
    one.script_sig = bytes.fromhex(given["scriptSig"])
    one.witness = [bytes.fromhex(each) for each in given["witness"]]
    outputs = [(value, data[a:b]) for value, a, b in transaction.outputs]
    version = int.from_bytes(data[:4], "little", signed=True)
    rebuilt = serialise(inputs, outputs, version=version)[:-4] + data[-4:]
    return _answer(rebuilt, int(str(index)), spent)


def test_keys_are_written_in_full() -> None:
    assert len(key_of(5)) == 33
