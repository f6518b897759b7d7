"""Whole chains: what is right passes, what is altered fails for its own reason."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.crypto.trust import TrustStore
from explorer.crypto.trust_files import anchors_from_json
from explorer.formats.fisco import open_ledgers
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.model.checks import Outcome
from explorer.model.claims import HashClaim
from explorer.model.content import EntryContent
from explorer.model.ledgers import PREVIOUS_HASH
from explorer.model.verdicts import Verdict
from tests.formats.fisco.writing import (
    Chain,
    Json,
    failures,
    ledger_of,
    made,
    reasons,
    verify,
    write,
)

KINDS = [(third, sm) for third in (False, True) for sm in (False, True)]


@pytest.mark.parametrize(("is_third", "is_sm"), KINDS)
def test_an_intact_chain_is_consistent(
    tmp_path: Path, is_third: bool, is_sm: bool
) -> None:
    chain = made(is_third=is_third, is_sm=is_sm)
    path = write(tmp_path, *chain.blocks, *chain.receipts)
    report = verify(path)
    assert report.verdict is Verdict.CONSISTENT, reasons(report)
    ledger = ledger_of(report)
    assert (ledger.blocks, ledger.entries, ledger.signatures) == (4, 5, 14)
    passed = {row.spec.id: row.count(Outcome.PASSED) for row in ledger.checks}
    assert passed["fisco.block-hash"] == 4
    assert passed["fisco.block-link"] == 3
    assert passed["fisco.block-quorum"] == 3
    assert passed["fisco.transaction-root"] == 4
    assert passed["fisco.receipt-root"] == 4
    assert passed["fisco.transaction-hash"] == 5
    assert passed["fisco.sealer-continuity"] == 3
    assert not ledger.findings


Edit = Callable[[Chain], None]


def _set(block: int, name: str, value: object) -> Edit:
    def edit(chain: Chain) -> None:
        chain.blocks[block][name] = value

    return edit


def _tx(name: str, value: object) -> Edit:
    def edit(chain: Chain) -> None:
        chain.blocks[2]["transactions"][1][name] = value

    return edit


def _drop(block: int, name: str) -> Edit:
    def edit(chain: Chain) -> None:
        del chain.blocks[block][name]

    return edit


def _remove_transaction(chain: Chain) -> None:
    del chain.blocks[2]["transactions"][1]


def _swap_transactions(chain: Chain) -> None:
    chain.blocks[2]["transactions"].reverse()


def _signers(*indices: int) -> Edit:
    def edit(chain: Chain) -> None:
        chain.seal(chain.blocks[3], indices)

    return edit


def _rename_signer(chain: Chain) -> None:
    chain.blocks[3]["signatureList"][0]["sealerIndex"] = 3


def _far_signer(chain: Chain) -> None:
    chain.blocks[3]["signatureList"][0]["sealerIndex"] = 9


def _rehash(chain: Chain) -> None:
    """Change the gas, then make hash and links right again, without the keys."""
    signatures = chain.blocks[3]["signatureList"]
    chain.blocks[3]["gasUsed"] = "24364"
    chain.seal(chain.blocks[3])
    chain.blocks[3]["signatureList"] = signatures


def _other_sealers(chain: Chain) -> None:
    chain.sealers = (21, 22, 23, 24)
    chain.blocks[3]["sealerList"] = chain.nodes()
    chain.seal(chain.blocks[3])


def _first_sealers(chain: Chain) -> None:
    other = Chain(sealers=(21, 22, 23, 24))
    other.blocks = chain.blocks[:1]
    other.add()
    chain.blocks = other.blocks


def _other_author(chain: Chain) -> None:
    transaction = chain.blocks[2]["transactions"][1]
    transaction["from"] = "0x" + "12" * 20


def _other_chain(chain: Chain) -> None:
    other = chain.call("box")
    other["groupID"] = "group1"
    chain.add(other)


def _cut(chain: Chain) -> None:
    del chain.blocks[2]


def _conflict(chain: Chain) -> None:
    again = json.loads(json.dumps(chain.blocks[3]))
    again["gasUsed"] = "1"
    chain.seal(again)
    chain.blocks.append(again)


def _receipt(name: str, value: object) -> Edit:
    def edit(chain: Chain) -> None:
        chain.receipts[2][name] = value

    return edit


FAULTS: list[tuple[Edit, tuple[str, str, int | None]]] = [
    (_set(2, "gasUsed", "1"), ("fisco.block-hash", "hash-mismatch", 2)),
    (_set(2, "hash", "0x" + "00" * 32), ("fisco.block-hash", "hash-mismatch", 2)),
    (
        _set(2, "hash", "0x" + "00" * 32),
        ("fisco.block-signature", "signature-mismatch", 2),
    ),
    (_set(1, "extraData", "0x01"), ("fisco.block-link", "parent-hash-mismatch", 2)),
    (_tx("input", "0x00"), ("fisco.transaction-hash", "hash-mismatch", 2)),
    (_tx("input", "0x00"), ("fisco.transaction-signature", "signature-mismatch", 2)),
    (_other_author, ("fisco.transaction-sender", "sender-differs", 2)),
    (_remove_transaction, ("fisco.transaction-root", "root-mismatch", 2)),
    (_swap_transactions, ("fisco.transaction-root", "root-mismatch", 2)),
    (_signers(0, 1), ("fisco.block-quorum", "quorum-not-met", 3)),
    (_signers(0, 1, 1), ("fisco.block-quorum", "quorum-not-met", 3)),
    (_signers(0, 1, 1), ("fisco.signer-is-sealer", "signer-repeated", 3)),
    (_rename_signer, ("fisco.block-signature", "signature-mismatch", 3)),
    (_far_signer, ("fisco.signer-is-sealer", "no-such-sealer", 3)),
    (_rehash, ("fisco.block-signature", "signature-mismatch", 3)),
    (_first_sealers, ("fisco.sealer-continuity", "not-of-genesis", 1)),
    (_other_chain, ("fisco.transaction-chain", "other-chain", 4)),
    (_conflict, ("fisco.block-number", "blocks-conflict", 3)),
    (_receipt("gasUsed", "1"), ("fisco.receipt-hash", "hash-mismatch", 2)),
    (
        _receipt("transactionHash", "0x" + "00" * 32),
        ("fisco.transaction-place", "not-in-its-block", 2),
    ),
    (_receipt("input", "0x00"), ("fisco.receipt-transaction", "receipt-differs", 2)),
    (_set(2, "timestamp", "later"), ("fisco.record-form", "field-malformed", 2)),
    (_tx("blockLimit", []), ("fisco.record-form", "field-malformed", 2)),
    (
        _set(2, "parentInfo", [{"blockNumber": 0, "blockHash": "0x" + "00" * 32}]),
        ("fisco.block-number", "parent-number-differs", 2),
    ),
]


@pytest.mark.parametrize(("edit", "wanted"), FAULTS)
def test_every_fault_is_found_for_its_own_reason(
    tmp_path: Path, edit: Edit, wanted: tuple[str, str, int | None]
) -> None:
    chain = made()
    edit(chain)
    report = verify(write(tmp_path, *chain.blocks, *chain.receipts))
    assert wanted in reasons(report)
    assert report.verdict is Verdict.FAILED
    assert all(each.places for each in failures(report))


def _lose_receipt(chain: Chain) -> None:
    del chain.receipts[2]


def _rename_key(chain: Chain) -> None:
    chain.blocks[3]["txsroot"] = chain.blocks[3].pop("txsRoot")


def _lose_of_seal(name: str) -> Edit:
    def edit(chain: Chain) -> None:
        del chain.blocks[2]["signatureList"][0][name]

    return edit


OPEN: list[tuple[Edit, tuple[str, str, int | None]]] = [
    (_drop(2, "stateRoot"), ("fisco.block-hash", "field-missing", 2)),
    (_drop(2, "hash"), ("fisco.block-hash", "field-missing", 2)),
    (_drop(2, "signatureList"), ("fisco.block-quorum", "field-missing", 2)),
    (_drop(2, "sealerList"), ("fisco.block-quorum", "field-missing", 2)),
    (_set(2, "signatureList", []), ("fisco.block-quorum", "no-signatures", 2)),
    (_drop(2, "parentInfo"), ("fisco.block-link", "field-missing", 2)),
    (_cut, ("fisco.block-link", "parent-not-in-export", 3)),
    (_cut, ("fisco.block-number", "blocks-missing", 3)),
    (_other_sealers, ("fisco.sealer-continuity", "change-not-explained", 3)),
    (_tx("blockLimit", None), ("fisco.transaction-hash", "field-missing", 2)),
    (_tx("hash", None), ("fisco.transaction-hash", "field-missing", 2)),
    (_tx("hash", None), ("fisco.transaction-root", "field-missing", 2)),
    (_tx("to", None), ("fisco.transaction-hash", "field-missing", 2)),
    (_lose_of_seal("sealerIndex"), ("fisco.block-quorum", "field-missing", 2)),
    (_lose_of_seal("signature"), ("fisco.block-quorum", "field-missing", 2)),
    (_tx("signature", ""), ("fisco.transaction-signature", "field-missing", 2)),
    (_tx("from", ""), ("fisco.transaction-sender", "field-missing", 2)),
    (_tx("type", 1), ("fisco.transaction-hash", "web3-transaction", 2)),
    (_tx("version", 7), ("fisco.transaction-hash", "unknown-version", 2)),
    (_receipt("version", 9), ("fisco.receipt-hash", "unknown-version", 2)),
    (_receipt("gasUsed", None), ("fisco.receipt-hash", "field-missing", 2)),
    (
        _drop(2, "transactions"),
        ("fisco.transaction-root", "transactions-not-in-export", None),
    ),
    (_lose_receipt, ("fisco.receipt-root", "receipts-incomplete", 2)),
    (_rename_key, ("fisco.record-form", "unknown-record", None)),
    (_drop(2, "number"), ("fisco.record-form", "unknown-record", None)),
]


@pytest.mark.parametrize(("edit", "wanted"), OPEN)
def test_what_is_missing_is_named_and_never_failed(
    tmp_path: Path, edit: Edit, wanted: tuple[str, str, int | None]
) -> None:
    chain = made()
    edit(chain)
    receipts = chain.receipts if "receipt" in wanted[0] else []
    report = verify(write(tmp_path, *chain.blocks, *receipts))
    assert wanted in reasons(report)
    assert report.verdict is Verdict.INDETERMINATE, reasons(report)


def test_the_missing_field_is_in_the_finding(tmp_path: Path) -> None:
    chain = made(is_third=False, is_sm=False)
    del chain.blocks[2]["dbHash"]
    ledger = ledger_of(verify(write(tmp_path, *chain.blocks)))
    found = {each.reason: each for each in ledger.findings}
    assert found["field-missing"].detail == "dbHash"
    assert found["parent-hash-only-stated"].block == 3
    assert ledger.verdict is Verdict.INDETERMINATE


def test_a_stated_hash_that_the_next_block_does_not_name_fails(tmp_path: Path) -> None:
    chain = made(is_third=False, is_sm=False)
    del chain.blocks[2]["dbHash"]
    chain.blocks[2]["hash"] = "0x" + "77" * 32
    report = verify(write(tmp_path, *chain.blocks))
    assert ("fisco.block-link", "parent-hash-mismatch", 3) in reasons(report)


def test_a_change_of_sealers_may_be_explained(tmp_path: Path) -> None:
    chain = made()
    chain.add(chain.transaction("0x" + "0" * 36 + "1003", b"\x01\x02\x03\x04"))
    chain.sealers = (11, 12, 13, 15)
    chain.add()
    report = verify(write(tmp_path, *chain.blocks))
    assert report.verdict is Verdict.CONSISTENT, reasons(report)


def test_a_root_of_2x_that_differs_may_be_of_an_older_rule(tmp_path: Path) -> None:
    """Until one root was computed by the rule of 2.2, a mismatch accuses nobody."""
    chain = made(is_third=False, is_sm=False)
    chain.blocks[2]["transactions"].reverse()
    for index, each in enumerate(chain.blocks[2]["transactions"]):
        each["transactionIndex"] = hex(index)
    alone = verify(write(tmp_path, chain.blocks[2]))
    assert ("fisco.transaction-root", "root-of-older-rule", 2) in reasons(alone)
    assert alone.verdict is Verdict.INDETERMINATE
    whole = verify(write(tmp_path, *chain.blocks))
    assert ("fisco.transaction-root", "root-mismatch", 2) in reasons(whole)
    assert whole.verdict is Verdict.FAILED


def test_candidates_of_a_release_are_not_judged_by_its_rules(tmp_path: Path) -> None:
    chain = made()
    block = chain.blocks[3]
    block["version"] = 1
    alone = verify(write(tmp_path, block))
    assert ("fisco.block-hash", "pre-release-rule", 3) in reasons(alone)
    assert alone.verdict is Verdict.INDETERMINATE
    after_release = verify(write(tmp_path, *chain.blocks))
    assert ("fisco.block-hash", "hash-mismatch", 3) in reasons(after_release)


@pytest.mark.parametrize(("is_third", "is_sm"), KINDS)
def test_named_sealers_attribute_the_chain(
    tmp_path: Path, is_third: bool, is_sm: bool
) -> None:
    chain = made(is_third=is_third, is_sm=is_sm)
    path = write(tmp_path, *chain.blocks)
    anchors = anchors_from_json(json.dumps(chain.nodes()).encode(), "sealers.json")
    assert verify(path, trust=TrustStore(anchors)).verdict is Verdict.ATTRIBUTED
    fewer = verify(path, trust=TrustStore(anchors[:2]))
    assert fewer.verdict is Verdict.CONSISTENT
    assert len(ledger_of(fewer).uncovered) == 2


def test_records_of_one_block_may_lie_in_several_files(tmp_path: Path) -> None:
    chain = made()
    folder = tmp_path / "export"
    folder.mkdir()
    for block in chain.blocks:
        header = {key: block[key] for key in block if key != "transactions"}
        bare = {key: block[key] for key in block if key != "signatureList"}
        bare["transactions"] = [each["hash"] for each in block["transactions"]]
        number = block["number"]
        write(folder, {"result": header}, name=f"header{number}.json")
        write(folder, {"code": 0, "data": bare}, name=f"block{number}.json")
        for index, each in enumerate(block["transactions"]):
            write(folder, each, name=f"tx{number}-{index}.json")
    for index, each in enumerate(chain.receipts):
        write(folder, each, name=f"receipt{index}.json")
    (folder / "notes.txt").write_text("nothing of a ledger")
    report = verify(folder)
    assert report.verdict is Verdict.CONSISTENT, reasons(report)
    ledger = ledger_of(report)
    assert (ledger.blocks, ledger.entries, ledger.signatures) == (4, 5, 14)


def test_damage_in_the_middle_hides_nothing_after_it(tmp_path: Path) -> None:
    chain = made()
    lines = [json.dumps(each) for each in chain.blocks]
    lines[2] = lines[2].replace('"sealer":', '"sealer"', 1)
    chain.blocks[3]["gasUsed"] = "1"
    lines[3] = json.dumps(chain.blocks[3])
    path = tmp_path / "chain.jsonl"
    path.write_text("\n".join(lines) + "\n")
    found = reasons(verify(path))
    assert ("fisco.json", "not-json", 2) in found
    assert ("fisco.block-hash", "hash-mismatch", 3) in found


def test_blocks_of_two_folders_are_two_ledgers(tmp_path: Path) -> None:
    one, two = made(), Chain(sealers=(31, 32, 33, 34))
    two.add()
    two.add(two.call("other"))
    for name, chain in (("group0", one), ("group1", two)):
        (tmp_path / name).mkdir()
        write(tmp_path / name, *chain.blocks)
    report = verify(tmp_path)
    assert [each.blocks for each in report.ledgers] == [4, 2]
    assert report.verdict is Verdict.CONSISTENT


def test_contents_are_decoded_and_who_said_them_is_proven(tmp_path: Path) -> None:
    chain = made()
    path = write(tmp_path, *chain.blocks, *chain.receipts)
    with open_evidence((path,)) as files:
        (pipeline,) = open_ledgers(files, ReadingOptions(TrustStore()))
        contents: list[EntryContent] = []
        for parsed in pipeline.read():
            batch = pipeline.resolve(parsed)
            outcomes = bytes(len(batch.claims))
            contents += pipeline.replay(parsed, batch, outcomes).contents
    first = contents[1]
    assert (contents[0].kind, first.kind) == ("deploy", "record")
    assert first.author_verified
    assert first.arguments[0] == "box-1"
    texts = [json.loads(each.data) for each in first.documents]
    assert texts[0]["item"] == "box-1"
    assert texts[1] == {"inputs": ["tree-1"], "outputs": ["box-1"]}
    assert texts[2] == {"item": "box"}
    assert first.documents[2].media_type == "application/json;event=Recorded"


@pytest.mark.parametrize("is_third", [False, True])
def test_a_block_is_shown_with_places_and_parts(tmp_path: Path, is_third: bool) -> None:
    chain = made(is_third=is_third)
    path = write(tmp_path, *chain.blocks, *chain.receipts)
    data = path.read_bytes()
    with open_evidence((path,)) as files:
        (pipeline,) = open_ledgers(files, ReadingOptions(TrustStore()))
        blocks = [
            block
            for parsed in pipeline.read()
            for block in pipeline.resolve(parsed).blocks
        ]
        detail = pipeline.detail(2, blocks[2].span)
        with pytest.raises(ReadError):
            pipeline.detail(2, ByteSpan(0, 0, 1))
    parts = detail.header_parts
    assert b"".join(each.data for each in parts) == detail.block.header
    previous = next(each for each in parts if each.name == PREVIOUS_HASH)
    assert previous.data == detail.block.declared_parent
    named = {each.name: each for each in detail.fields}
    span = named["hash"].span
    assert isinstance(span, ByteSpan)
    shown = chain.blocks[2]["hash"]
    assert data[span.start : span.end].decode() == f'"{shown}"'
    for index, pieces in detail.claim_parts:
        claim = detail.claims[index]
        assert isinstance(claim, HashClaim)
        assert b"".join(each.data for each in pieces) == claim.covered


def test_the_first_block_alone_is_not_signed(tmp_path: Path) -> None:
    chain = made()
    ledger = ledger_of(verify(write(tmp_path, chain.blocks[0])))
    assert ledger.verdict is Verdict.CONSISTENT
    config = tmp_path / "config.genesis"
    config.write_text("[consensus]\nnode.0=" + "ab" * 64 + ":1\n")
    report = verify(tmp_path)
    wanted = ("fisco.genesis-configuration", "configurations-differ", 0)
    assert wanted in reasons(report)


def test_the_configuration_names_the_cryptography(tmp_path: Path) -> None:
    chain = made()
    text = chain.genesis_text().replace("sm_crypto:1", "sm_crypto:0")
    chain.blocks[0]["extraData"] = "0x" + text.encode().hex()
    chain.seal(chain.blocks[0])
    wanted = ("fisco.genesis-configuration", "cryptography-differs", 0)
    assert wanted in reasons(verify(write(tmp_path, chain.blocks[0])))


def test_a_transaction_names_its_place(tmp_path: Path) -> None:
    chain = made(is_third=False)
    for name, value in (
        ("transactionIndex", "0x7"),
        ("blockNumber", "0x7"),
        ("blockHash", "0x" + "00" * 32),
    ):
        changed: list[Json] = json.loads(json.dumps(chain.blocks))
        changed[2]["transactions"][0][name] = value
        report = verify(write(tmp_path, *changed))
        assert reasons(report) == {("fisco.transaction-place", "place-differs", 2)}


def test_a_key_inside_a_signature_must_be_the_sealers(tmp_path: Path) -> None:
    chain = made(is_third=False)
    first = chain.blocks[3]["signatureList"][0]
    first["signature"] = first["signature"][:-128] + chain.nodes()[3]
    report = verify(write(tmp_path, *chain.blocks))
    assert ("fisco.block-signature", "other-key-inside", 3) in reasons(report)
