"""Each check fails for its own reason, at its own block, on a chain made here."""

import base64
import copy
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.crypto.trees import inclusion_path, leaf_hash
from explorer.crypto.trust import TrustStore
from explorer.formats.cometbft import checks, open_ledgers, probe
from explorer.formats.cometbft.anchors import anchors_from_validators
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.model.content import Transfer
from explorer.model.ledgers import Match
from tests.formats.cometbft.chain import (
    Chain,
    CurveSigner,
    Json,
    Made,
    Signer,
    envelope,
    id_of,
    sign,
    text64,
    write,
)
from tests.formats.cometbft.conftest import Runner
from tests.formats.running import run_all


def test_an_intact_chain(chain: Chain, run: Runner) -> None:
    ran = run(chain.replies(), show=[2])
    assert ran.faults == []
    assert ran.open == []
    assert ran.title == "orchard-1"
    assert [each.height for each in ran.blocks] == [1, 2, 3, 4]
    for check, count in {
        checks.LINK: 3,
        checks.HEADER_HASH: 8,
        checks.PART_SET: 8,
        checks.DATA_HASH: 4,
        checks.LAST_COMMIT_HASH: 4,
        checks.EVIDENCE_HASH: 4,
        checks.RESULTS_HASH: 3,
        checks.VALIDATORS_HASH: 4,
        checks.SIGNATURE: 15,
        checks.QUORUM: 4,
        checks.HEIGHT: 3,
        checks.ADDRESS: 4,
    }.items():
        assert ran.passed[check] == count, check
    assert ran.skipped[0] == (checks.LINK, "first-block", 1)
    assert "cometbft-partial-export" not in ran.remarks
    assert len(ran.closing.parties) == 4


def test_what_transactions_say(chain: Chain, run: Runner) -> None:
    ran = run(chain.replies())
    first, second, third = ran.contents[1:4]
    assert first.entry_id == hashlib.sha256(b"a=1").hexdigest().upper()
    assert not second.accepted
    assert [_plain(each) for each in third.transfers] == [
        ("pear", 5, "alice", "bob"),
        ("apple", 7, "alice", "bob"),
    ]
    assert ran.blocks[1].refused_count == 1
    assert "cometbft-events" in ran.remarks


def _plain(each: Transfer) -> tuple[str, int, str, str]:
    return each.asset, each.amount, each.source, each.target


def test_the_detail_explains_every_claim(chain: Chain, run: Runner) -> None:
    detail = run(chain.replies(), show=[2]).details[2]
    assert detail.block.height == 2
    assert b"".join(each.data for each in detail.header_parts) == detail.block.header
    names = {each.name for each in detail.fields}
    assert names == {"004.json", "005.json", "006.json", "007.json"}
    index, parts = detail.claim_parts[0]
    claim = detail.claims[index]
    assert [each.name for each in parts][:2] == ["version", "chain_id"]
    assert tuple(each.data for each in parts) == claim.leaves  # type: ignore[union-attr]
    assert {each.check for each in detail.claims} >= {checks.LINK, checks.SIGNATURE}


def _set_header(name: str, value: object) -> Callable[[Made], None]:
    def change(made: Made) -> None:
        made.block["block"]["header"][name] = value

    return change


def _flip_tx(made: Made) -> None:
    made.block["block"]["data"]["txs"][0] = text64(b"forged")


def _last_vote(made: Made) -> None:
    made.block["block"]["last_commit"]["signatures"][0]["timestamp"] = (
        "2024-05-01T00:00:09Z"
    )


def _parts(name: str, value: object) -> Callable[[Made], None]:
    def change(made: Made) -> None:
        made.block["block_id"]["parts"][name] = value

    return change


def _evidence(made: Made) -> None:
    made.block["block"]["evidence"]["evidence"] = [{"type": "new", "value": {}}]


def _last_id(made: Made) -> None:
    made.block["block"]["last_commit"]["block_id"]["parts"]["total"] = 2


def _commit_height(made: Made) -> None:
    made.commit["height"] = "9"


def _power(made: Made) -> None:
    made.validators["validators"][0]["voting_power"] = "11"


def _address(made: Made) -> None:
    made.validators["validators"][0]["address"] = "00" * 20


def _vote(name: str, value: object, index: int = 0) -> Callable[[Made], None]:
    def change(made: Made) -> None:
        made.commit["signatures"][index][name] = value

    return change


def _repeat(made: Made) -> None:
    made.commit["signatures"][1] = made.commit["signatures"][0]


def _one_less(made: Made) -> None:
    made.commit["signatures"].pop()


def _gas(made: Made) -> None:
    made.results["txs_results"][0]["gas_used"] = "91"


@pytest.mark.parametrize(
    ("change", "check", "reason"),
    [
        (_set_header("app_hash", "00"), checks.HEADER_HASH, "root-mismatch"),
        (_set_header("time", "2024-05-01T00:00:00Z"), checks.HEIGHT, "time-goes-back"),
        (_set_header("validators_hash", 7), checks.FORM, "record-malformed"),
        (_set_header("height", "x"), checks.FORM, "record-malformed"),
        (_flip_tx, checks.DATA_HASH, "root-mismatch"),
        (_last_vote, checks.LAST_COMMIT_HASH, "root-mismatch"),
        (_parts("hash", "00" * 32), checks.PART_SET, "root-mismatch"),
        (_parts("total", 2), checks.PART_SET, "part-count-differs"),
        (_last_id, checks.BLOCK_ID, "last-commit-differs"),
        (_commit_height, checks.BLOCK_ID, "commit-for-other-height"),
        (_power, checks.VALIDATORS_HASH, "root-mismatch"),
        (_vote("validator_address", "AB" * 20), checks.MEMBERS, "signer-outside-set"),
        (_repeat, checks.MEMBERS, "signer-repeated"),
        (_one_less, checks.MEMBERS, "commit-size-differs"),
        (_vote("block_id_flag", 7), checks.MEMBERS, "vote-malformed"),
        (_vote("block_id_flag", 1), checks.MEMBERS, "vote-malformed"),
        (
            _vote("signature", text64(bytes(64))),
            checks.SIGNATURE,
            "signature-malformed",
        ),
        (_vote("block_id_flag", 3), checks.SIGNATURE, "signature-mismatch"),
        (_gas, checks.RESULTS_HASH, "root-mismatch"),
        (
            _set_header("proposer_address", "AB" * 20),
            checks.MEMBERS,
            "proposer-outside-set",
        ),
    ],
)
def test_each_change_has_its_reason(
    chain: Chain,
    run: Runner,
    change: Callable[[Made], None],
    check: str,
    reason: str,
) -> None:
    change(chain.made[1])
    ran = run(chain.replies())
    found = [each for each in ran.faults if each[:2] == (check, reason)]
    assert found, ran.faults
    assert check == checks.FORM or found[0][2] == 2
    spans = [each.spans for each in ran.results if each.reason == reason]
    assert check == checks.FORM or all(spans)


def test_the_next_block_shows_another_header_too(chain: Chain, run: Runner) -> None:
    made = chain.made[1]
    made.block["block"]["header"]["app_hash"] = "00"
    made.block["block_id"] = id_of(made.block["block"])
    faults = run(chain.replies()).faults
    assert (checks.LINK, "parent-hash-mismatch", 3) in faults


def test_an_address_that_is_not_the_keys(chain: Chain, run: Runner) -> None:
    _address(chain.made[0])
    faults = run(chain.made[0].replies()).faults
    assert faults == [(checks.ADDRESS, "address-not-of-key", 1)]


def test_parts_are_named_the_same_by_the_next_block(chain: Chain, run: Runner) -> None:
    for each in chain.made[:2]:  # headers alone, as /blockchain returns them
        each.block["block"] = {"header": each.block["block"]["header"]}
        del each.commit["signatures"]
    chain.made[0].block["block_id"]["parts"]["total"] = 3
    metas = [
        {"block_id": each.block["block_id"], "header": each.block["block"]["header"]}
        for each in chain.made[:2]
    ]
    ran = run([envelope({"last_height": "2", "block_metas": metas})])
    assert ran.faults == [(checks.BLOCK_ID, "parts-differ", 2)]


def test_too_few_votes(run: Runner) -> None:
    chain = Chain()
    chain.grow(nil=[0, 1])
    assert run(chain.replies()).faults == [(checks.QUORUM, "quorum-not-met", 1)]


def test_two_thirds_are_not_enough(run: Runner) -> None:
    chain = Chain([Signer(each) for each in (1, 2, 3)])
    chain.grow(nil=[0])
    assert run(chain.replies()).faults == [(checks.QUORUM, "quorum-not-met", 1)]


def test_two_blocks_of_one_height(chain: Chain, run: Runner) -> None:
    other = copy.deepcopy(chain.made[1])
    other.block["block"]["header"]["app_hash"] = "AA"
    other.block["block_id"] = id_of(other.block["block"])
    ran = run([*chain.replies(), envelope(other.block)])
    assert ran.faults == [(checks.HEIGHT, "blocks-conflict", 2)]


def test_a_set_that_was_not_announced(run: Runner) -> None:
    chain = Chain()
    chain.grow()
    chain.signers = [Signer(each) for each in (1, 2, 3, 9)]
    chain.grow()
    faults = run(chain.replies()).faults
    assert faults == [(checks.NEXT_VALIDATORS, "announced-others", 2)]


def test_a_set_that_changes_as_announced(run: Runner) -> None:
    chain = Chain()
    chain.grow(following=[Signer(each) for each in (1, 2, 3, 9)])
    chain.grow()
    ran = run(chain.replies())
    assert ran.faults == []
    assert ran.blocks[0].is_configuration
    assert len(ran.closing.parties) == 5


def test_votes_without_validators(chain: Chain, run: Runner) -> None:
    documents = [envelope({"signed_header": chain.made[1].signed_header()})]
    ran = run(documents)
    assert ran.open == [(checks.SIGNATURE, "validators-not-in-export", 2)]
    assert (checks.VALIDATORS_HASH, "validators-not-in-export", 2) in ran.skipped
    assert "cometbft-validators-missing" in ran.remarks
    assert "cometbft-partial-export" in ran.remarks


def test_validators_of_another_height_serve_by_their_hash(
    chain: Chain, run: Runner
) -> None:
    documents = [
        envelope(chain.made[0].validators),
        envelope(chain.made[0].block),
        *(envelope({"signed_header": each.signed_header()}) for each in chain.made),
    ]
    ran = run(documents)
    assert ran.faults == []
    assert ran.passed[checks.QUORUM] == 4


def test_validators_in_pages(chain: Chain, run: Runner) -> None:
    made = chain.made[0]
    members = made.validators["validators"]
    pages = [
        envelope({**made.validators, "validators": part, "count": str(len(part))})
        for part in (members[:3], members[3:])
    ]
    commit = envelope({"signed_header": made.signed_header()})
    assert run([commit, *pages]).passed[checks.QUORUM] == 1
    assert run([commit, pages[0]]).passed[checks.QUORUM] == 1  # files of before remain


def test_an_unfinished_set_is_not_used(chain: Chain, tmp_path: Path) -> None:
    made = chain.made[0]
    page = {**made.validators, "validators": made.validators["validators"][:3]}
    commit = envelope({"signed_header": made.signed_header()})
    folder = write(tmp_path / "pages", [commit, envelope(page)])
    (ran,) = run_all(open_ledgers, folder)
    assert ran.open == [(checks.SIGNATURE, "validators-not-in-export", 1)]


def test_the_votes_inside_the_next_block_serve(chain: Chain, run: Runner) -> None:
    documents = [envelope(each.block) for each in chain.made]
    ran = run([*documents, envelope(chain.made[0].validators)])
    assert ran.faults == []
    assert ran.passed[checks.QUORUM] == 3  # the last block has nobody behind it


def test_kinds_of_key_that_are_not_known(chain: Chain, run: Runner) -> None:
    made = chain.made[0]
    made.validators["validators"][0]["pub_key"]["type"] = "tendermint/PubKeyNew"
    ran = run(made.replies())
    reason = "key-kind-not-supported"
    assert (checks.VALIDATORS_HASH, reason, 1) in ran.open


def test_validators_with_secp256k1_keys(run: Runner) -> None:
    chain = Chain([Signer(1), CurveSigner(2), CurveSigner(3)])
    made = chain.grow()
    reply = json.dumps(envelope(made.validators)).encode()
    ran = run(made.replies(), TrustStore(anchors_from_validators(reply, "x")))
    assert ran.faults == ran.open == []
    assert ran.passed[checks.SIGNATURE] == ran.passed[checks.ADDRESS] == 3
    assert ran.unattributed == set()
    made.commit["signatures"][1]["signature"] = text64(bytes(70))
    faults = run(made.replies()).faults
    assert faults[0] == (checks.SIGNATURE, "signature-malformed", 1)


def test_a_celestia_block_is_recognised(run: Runner) -> None:
    for name, told in (("mocha-4", "skipped"), ("other", "open")):
        chain = Chain(name=name)
        made = chain.grow([b"blob"])
        made.block["block"]["data"]["square_size"] = "1"
        made.block["block"]["data"]["txs"] = []
        ran = run([envelope(made.block)])
        answer = (checks.DATA_HASH, "celestia-data-root", 1)
        assert answer in getattr(ran, told)
        assert "cometbft-celestia" in ran.remarks


def test_evidence_of_a_new_kind(chain: Chain, run: Runner) -> None:
    _evidence(chain.made[0])
    ran = run([envelope(chain.made[0].block)])
    assert ran.open == [(checks.EVIDENCE_HASH, "evidence-not-rehashable", 1)]


def test_results_without_the_block_behind(chain: Chain, run: Runner) -> None:
    ran = run(chain.made[0].replies())
    reason = "next-block-not-in-export"
    assert (checks.RESULTS_HASH, reason, 1) in ran.skipped


def test_headers_that_nothing_names(chain: Chain, run: Runner) -> None:
    block = {"block": chain.made[0].block["block"]}
    event = envelope({"data": {"type": "NewBlock", "value": block}})
    ran = run([event])
    assert ran.faults == []
    assert (checks.HEADER_HASH, "no-block-id", 1) in ran.skipped


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"result":{"block":{"header":{"validators_hash":', "json-malformed"),
        (b'{"validators_hash":1,"validators_hash":2}', "duplicate-key"),
        (b'{"validators_hash":"\xff"}', "not-utf-8"),
        (b'{"validators_hash":' + b"[" * 70 + b"]" * 70 + b"}", "too-deep"),
    ],
)
def test_damaged_documents(chain: Chain, run: Runner, data: bytes, reason: str) -> None:
    ran = run([*chain.replies(), data])
    assert ran.faults == [(checks.FRAMING, reason, -1)]
    assert len(ran.blocks) == 4


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_many_replies_in_one_file(chain: Chain, tmp_path: Path, mark: str) -> None:
    path = tmp_path / "all.json"
    text = "\n".join(json.dumps(each, indent=1) for each in chain.replies())
    path.write_text(mark + text, "utf-8")
    (ran,) = run_all(open_ledgers, path)
    assert ran.faults == []
    assert ran.passed[checks.QUORUM] == 4


def test_the_gateways_dialect(chain: Chain, run: Runner) -> None:
    made = chain.made[1]

    def gateway(value: object, name: str = "") -> object:
        if isinstance(value, dict):
            renamed = {"parts": "part_set_header"}
            return {
                renamed.get(key, key): gateway(each, key) for key, each in value.items()
            }
        if isinstance(value, list):
            return [gateway(each, name) for each in value]
        is_hex = name.endswith(("hash", "address"))
        if isinstance(value, str) and is_hex:
            return text64(bytes.fromhex(value))
        flags = {1: "ABSENT", 2: "COMMIT", 3: "NIL"}
        if name == "block_id_flag" and isinstance(value, int):
            return f"BLOCK_ID_FLAG_{flags[value]}"
        return value

    ran = run([gateway(made.block), envelope(made.validators)])
    assert ran.faults == []
    assert ran.passed[checks.HEADER_HASH] == 1
    assert ran.passed[checks.LAST_COMMIT_HASH] == 1


def test_anchors_make_it_attributed(chain: Chain, run: Runner) -> None:
    reply = json.dumps(envelope(chain.made[0].validators)).encode()
    anchors = anchors_from_validators(reply, "validators.json")
    assert len(anchors) == 4
    ran = run(chain.replies(), TrustStore(anchors))
    assert ran.unattributed == set()
    assert ran.passed[checks.AUTHORITY] == 4
    assert all(each.anchored for each in ran.closing.parties)
    few = run(chain.replies(), TrustStore(anchors[:2]))
    assert few.unattributed == {1, 2, 3, 4}
    blocks = [envelope(each.block) for each in chain.made]
    linked = run(
        [*blocks, envelope({"signed_header": chain.made[3].signed_header()})],
        TrustStore(anchors),
    )
    assert linked.unattributed == set()


def test_json_without_keys_gives_no_anchor() -> None:
    assert anchors_from_validators(b"[1", "x") == ()
    assert (
        anchors_from_validators(b'{"pub_key":{"type":"x","value":"AA=="}}', "x") == ()
    )
    key = b'{"pub_key":{"type":"tendermint/PubKeyEd25519","value":"A"}}'
    assert anchors_from_validators(key, "x") == ()


def _search(made: Made, index: int) -> Json:
    txs = [base64.b64decode(each) for each in made.block["block"]["data"]["txs"]]
    hashes = [hashlib.sha256(tx).digest() for tx in txs]
    return {
        "hash": hashes[index].hex().upper(),
        "height": made.results["height"],
        "index": index,
        "tx": text64(txs[index]),
        "tx_result": made.results["txs_results"][index],
        "proof": {
            "root_hash": made.block["block"]["header"]["data_hash"],
            "data": text64(txs[index]),
            "proof": {
                "total": str(len(txs)),
                "index": str(index),
                "leaf_hash": text64(leaf_hash(hashes[index])),
                "aunts": [text64(each) for each in inclusion_path(hashes, index)],
            },
        },
    }


def test_searched_transactions_alone(chain: Chain, run: Runner) -> None:
    found = [_search(chain.made[1], index) for index in range(3)]
    ran = run([envelope({"txs": found, "total_count": "3"})])
    assert ran.faults == []
    assert ran.passed[checks.TX_PROOF] == 3
    assert [each.block for each in ran.entries] == [-1, -1, -1]
    assert (checks.TX_PROOF, "block-not-in-export", -1) in ran.skipped
    assert ran.contents[2].transfers[0].amount == 5


def test_searched_transactions_beside_their_block(chain: Chain, run: Runner) -> None:
    found = [_search(chain.made[1], index) for index in range(3)]
    ran = run([envelope({"txs": found}), *chain.replies()])
    assert ran.faults == []
    assert ran.passed[checks.TX_PROOF] == 6
    assert len(ran.entries) == 5


def _other_root(tx: Json) -> None:
    tx["proof"]["root_hash"] = "00" * 32


def _other_leaf(tx: Json) -> None:
    tx["proof"]["proof"]["leaf_hash"] = text64(bytes(32))


def _no_path(tx: Json) -> None:
    tx["proof"]["proof"]["aunts"] = []


def _other_hash(tx: Json) -> None:
    tx["hash"] = "00" * 32


def _other_index(tx: Json) -> None:
    tx["index"] = 0


@pytest.mark.parametrize(
    ("change", "check", "reason"),
    [
        (_other_root, checks.TX_PROOF, "root-not-of-block"),
        (_other_root, checks.TX_PROOF, "path-leads-elsewhere"),
        (_other_leaf, checks.TX_PROOF, "leaf-differs"),
        (_no_path, checks.TX_PROOF, "proof-malformed"),
        (_other_hash, checks.TX_HASH, "hash-mismatch"),
        (_other_index, checks.TX_HASH, "transaction-differs"),
    ],
)
def test_searched_transactions_that_are_wrong(
    chain: Chain,
    run: Runner,
    change: Callable[[Json], None],
    check: str,
    reason: str,
) -> None:
    found = _search(chain.made[1], 2)
    change(found)
    ran = run([envelope(found), *chain.replies()])
    assert (check, reason, 2) in ran.faults


def test_a_gap_is_crossed_by_a_third_of_the_known(run: Runner) -> None:
    chain = Chain()
    for _ in range(4):
        chain.grow()
    light = [
        {
            "signed_header": each.signed_header(),
            "validator_set": {"validators": each.validators["validators"]},
            "next_validator_set": {"validators": each.validators["validators"]},
        }
        for each in (chain.made[0], chain.made[3])
    ]
    ran = run(light)
    assert ran.faults == []
    assert ran.passed[checks.LIGHT_STEP] == 1
    assert (checks.LINK, "parent-not-in-export", 4) in ran.skipped
    other = Chain([Signer(each) for each in (5, 6, 7)])
    stranger = other.grow(height=9)
    light[1] = {
        "signed_header": stranger.signed_header(),
        "validator_set": {"validators": stranger.validators["validators"]},
    }
    ran = run(light)
    assert (checks.LIGHT_STEP, "not-enough-trust", 9) in ran.skipped


def test_two_chains_are_two_ledgers(chain: Chain, tmp_path: Path) -> None:
    other = Chain(name="other")
    other.grow()
    documents = [*chain.replies(), *other.replies()]
    folder = write(tmp_path / "two", documents)
    first, second = run_all(open_ledgers, folder)
    assert (first.title, second.title) == ("orchard-1", "other")
    assert "cometbft-unassigned" in first.remarks
    assert first.faults == second.faults == []


def test_a_resigned_commit_still_needs_the_block(chain: Chain, run: Runner) -> None:
    made = chain.made[1]
    made.commit["block_id"] = {"hash": "AA" * 32, "parts": {"total": 1, "hash": ""}}
    made.commit = sign("orchard-1", made.commit, chain.signers)
    faults = run(chain.replies()).faults
    assert (checks.HEADER_HASH, "root-mismatch", 2) in faults


def test_other_files_are_not_recognised(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    for data, match in (
        (b"no json", Match.NO),
        (b'{"a": 1}', Match.NO),
        (b'{"validators_hash": 1}', Match.STRUCTURE),
    ):
        path.write_bytes(data)
        with open_evidence((path,)) as files:
            assert probe(files) is match


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(st.data())
def test_no_change_of_bytes_makes_the_reader_raise(
    original: Chain, tmp_path: Path, data: st.DataObject
) -> None:
    made = original.made[1]
    text = json.dumps(data.draw(st.sampled_from(made.replies()))).encode()
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 12)))
    changed = text[:start] + data.draw(st.binary(max_size=4)) + text[end:]
    path = tmp_path / "x.json"
    path.write_bytes(changed)
    with open_evidence((path,)) as files:
        for pipeline in open_ledgers(files, ReadingOptions(TrustStore())):
            for parsed in pipeline.read():
                pipeline.resolve(parsed)  # type: ignore[arg-type]
            pipeline.finish()
