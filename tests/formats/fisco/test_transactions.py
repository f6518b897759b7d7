"""Which bytes a transaction's hash covers, by generation and version."""

import pytest

from explorer.core.errors import ReadError
from explorer.encodings.rlp import decode_plain
from explorer.formats.fisco.receipts import receipt_pieces, status_of
from explorer.formats.fisco.transactions import preimages, signature_of
from tests.formats.fisco.writing import Json, fields_of, made


def third(**more: object) -> Json:
    return {**made().blocks[3]["transactions"][0], **more}


FEES = {
    "version": 1,
    "value": "0x1",
    "gasPrice": "0x2",
    "gasLimit": 7,
    "maxFeePerGas": "",
    "maxPriorityFeePerGas": "",
}


def test_versions_add_fields_at_the_end() -> None:
    plain = preimages(fields_of(third()))[0].hashed_data()
    first = preimages(fields_of(third(**FEES)))[0].hashed_data()
    assert first[4:] == plain[4:] + b"0x10x2" + (7).to_bytes(8, "big")
    second = third(**FEES) | {"version": 2, "extension": "0xabcd"}
    assert preimages(fields_of(second))[0].hashed_data()[4:] == first[4:] + b"\xab\xcd"
    with pytest.raises(ReadError) as caught:
        preimages(fields_of(third(version=1)))
    assert (caught.value.reason, str(caught.value)) == ("field-missing", "value")


def test_both_readings_of_the_nonce() -> None:
    readings = preimages(fields_of(third(nonce="abcd")))
    assert len(readings) == 2
    assert b"abcd" in readings[0].hashed_data()
    assert b"\xab\xcd" in readings[1].hashed_data()
    assert len(preimages(fields_of(third(nonce="abc")))) == 1


def test_deployments_of_2x_have_an_empty_target() -> None:
    chain = made(is_third=False, is_sm=False)
    deploy = chain.blocks[1]["transactions"][0]
    targets: set[object] = set()
    for each in preimages(fields_of(deploy)):
        content = decode_plain(each.hashed_data())
        assert isinstance(content, list)
        assert isinstance(content[4], bytes)
        assert len(content) == 13
        targets.add(content[4])
    assert targets == {b"", bytes(20)}


@pytest.mark.parametrize(
    "signature",
    [
        "0x00",
        "0x" + "11" * 66,
        {"r": "0x1", "s": hex(1 << 256), "v": "0x0"},
        {"r": "0x1"},
    ],
)
def test_signatures_of_another_form(signature: object) -> None:
    with pytest.raises(ReadError):
        signature_of(fields_of(third(signature=signature)))


def test_recovery_ids_with_and_without_27() -> None:
    for v, wanted in ((0, 0), (1, 1), (27, 0), (28, 1)):
        text = "0x" + "11" * 64 + f"{v:02x}"
        assert signature_of(fields_of(third(signature=text))).recovery == wanted


def test_numbers_out_of_range() -> None:
    with pytest.raises(ReadError) as caught:
        preimages(fields_of(third(blockLimit=2**63)))
    assert caught.value.reason == "field-malformed"


def test_receipts_by_version() -> None:
    receipt = made().receipts[0]
    plain = b"".join(each for _, each in receipt_pieces(fields_of(receipt)))
    newer = {**receipt, "version": 1, "effectiveGasPrice": "0x5"}
    pieces = dict(receipt_pieces(fields_of(newer)))
    assert pieces["effectiveGasPrice"] == b"0x5"
    assert len(b"".join(pieces.values())) == len(plain) + 3
    for name, value in (("blockNumber", 2**63), ("status", 2**32)):
        with pytest.raises(ReadError):
            receipt_pieces(fields_of({**receipt, name: value}))
    second = made(is_third=False).receipts[0]
    with_gas = receipt_pieces(fields_of({**second, "remainGas": "0x1"}))
    assert dict(with_gas)["remainGas"] == b"\x01"
    assert status_of(fields_of({})) == status_of(fields_of({"status": "x"})) == -1
