"""Flags, commit hashes and state of small ledgers made for each rule."""

import hashlib
from pathlib import Path

import pytest

from explorer.encodings.protobuf import encode_bytes
from explorer.model.checks import Outcome
from tests.formats.fabric.driver import Run, run_all
from tests.formats.fabric.network import (
    Block,
    Call,
    Chain,
    Network,
    Signer,
    Writes,
    channel_reference,
    definition,
    envelope_of,
    n_out_of,
    of_each,
    put,
    range_query,
    role,
    signed_by,
    update_bytes,
)

FLAG = "fabric.validation-flag"
COMMIT = "fabric.commit-hash"
MISMATCH = "validation-flag-mismatch"


def replay(chain: Chain, folder: Path) -> Run:
    return run_all(chain.write(folder))[0]


def codes(run: Run) -> list[tuple[int, int, str, str]]:
    """(block, entry, recorded, computed) of every flag that does not agree."""
    return [
        (each.block, each.entry, each.expected, each.computed)
        for each in run.results
        if each.reason == MISMATCH
    ]


def test_a_genuine_ledger_has_no_failure(network: Network, tmp_path: Path) -> None:
    chain = network.chain()
    chain.add([network.call(1, put("lot/1")), network.call(2, put("lot/2"))])
    chain.add([network.call(3, put("lot/1", "w", read=(2, 0)))])
    run = replay(chain, tmp_path)
    assert run.faults == []
    assert run.passed[FLAG] == 5
    assert run.passed[COMMIT] == 3
    assert run.passed["fabric.block-quorum"] == 3
    assert run.passed["fabric.block-link"] == 3


def test_contents_carry_versions_values_and_author(
    network: Network, tmp_path: Path
) -> None:
    chain = network.chain()
    chain.add([network.call(1, put("lot/1"))])
    chain.add([network.call(2, put("lot/1", "w", read=(2, 0)))])
    content = replay(chain, tmp_path).contents[-1]
    assert [(each.key, each.version) for each in content.reads] == [("lot/1", (2, 0))]
    assert [(each.key, each.value) for each in content.writes] == [("lot/1", b"w")]
    assert content.author == "FarmMSP/farmer"
    assert content.kind == "Register"
    assert content.accepted
    assert content.enforced
    assert content.author_verified
    store = tmp_path / "chains" / "test-channel" / "blockfile_000000"
    span = content.writes[0].span
    assert store.read_bytes()[span.start : span.end] == b"w"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"wrong_signature": True}, "BAD_CREATOR_SIGNATURE"),
        ({"channel": "other-channel"}, "BAD_CREATOR_SIGNATURE"),
        ({"tx_id": "ab" * 32}, "BAD_PROPOSAL_TXID"),
        ({"proposal_hash": b"\x01" * 32}, "INVALID_ENDORSER_TRANSACTION"),
        ({"endorsers": []}, "ENDORSEMENT_POLICY_FAILURE"),
        ({"high_s_endorsement": True}, "ENDORSEMENT_POLICY_FAILURE"),
        ({"chaincode": "plum"}, "INVALID_CHAINCODE"),
    ],
)
def test_each_rule_gives_its_code(
    network: Network, tmp_path: Path, change: dict[str, object], code: str
) -> None:
    chain = network.chain()
    chain.add([network.call(1, put("lot/1"), **change)])
    assert codes(replay(chain, tmp_path)) == [(2, 0, "VALID", code)]


def test_refused_transactions_are_no_fault(network: Network, tmp_path: Path) -> None:
    chain = network.chain()
    chain.add(
        [
            network.call(1, put("lot/1"), wrong_signature=True),
            network.call(2, put("lot/2"), endorsers=[]),
        ],
        [4, 10],
    )
    run = replay(chain, tmp_path)
    assert run.faults == []
    assert [each.accepted for each in run.contents[-2:]] == [False, False]
    assert [each.refused for each in run.entries[-2:]] == [
        "BAD_CREATOR_SIGNATURE",
        "ENDORSEMENT_POLICY_FAILURE",
    ]


def test_read_conflicts_inside_and_across_blocks(
    network: Network, tmp_path: Path
) -> None:
    chain = network.chain()
    chain.add([network.call(1, put("lot/1"))])
    chain.add(
        [
            network.call(2, put("lot/1", "w", read=(2, 0))),
            network.call(3, put("lot/1", "x", read=(2, 0))),
            network.call(4, put("lot/2", "x", read=(2, 0))),
            network.call(5, put("lot/3")),
        ],
        [0, 11, 11, 0],
    )
    assert replay(chain, tmp_path).faults == []


def test_a_range_that_changed_is_a_phantom(network: Network, tmp_path: Path) -> None:
    chain = network.chain()
    chain.add([network.call(1, put("lot/1")), network.call(2, put("lot/3"))])
    seen = {"lot/1": (2, 0), "lot/3": (2, 1)}
    query = range_query("lot/", "lot/9", seen)
    first = Writes("pear", ranges=[query], writes={"count": b"2"})
    chain.add([network.call(3, first), network.call(4, put("lot/2"))])
    late = Writes("pear", ranges=[query], writes={"count": b"3"})
    chain.add([network.call(5, late)], [12])
    assert replay(chain, tmp_path).faults == []


def test_a_phantom_marked_valid_is_found(network: Network, tmp_path: Path) -> None:
    chain = network.chain()
    chain.add([network.call(1, put("lot/1"))])
    query = range_query("lot/", "lot/9", {})
    chain.add([network.call(2, Writes("pear", ranges=[query], writes={"n": b"0"}))])
    found = codes(replay(chain, tmp_path))
    assert found == [(3, 0, "VALID", "PHANTOM_READ_CONFLICT")]


def test_repeated_transactions(network: Network, tmp_path: Path) -> None:
    chain = network.chain()
    once = network.call(1, put("lot/1"))
    chain.add([once, once], [0, 9])
    chain.add([once], [9])
    assert replay(chain, tmp_path).faults == []


def test_one_flipped_flag_is_one_root_finding(network: Network, tmp_path: Path) -> None:
    chain = network.chain()
    chain.add([network.call(1, put("lot/1"))])
    chain.add(
        [
            network.call(2, put("lot/1", "w", read=(2, 0))),
            network.call(3, put("lot/1", "x", read=(2, 0))),
        ],
        [0, 11],
    )
    for number in range(4, 9):
        chain.add([network.call(number, put(f"lot/{number}"))])
    chain.add([network.call(20, put("lot/1", "y", read=(3, 0)))])
    chain.blocks[3].flags = b"\x00\x00"
    run = replay(chain, tmp_path)
    assert codes(run) == [(3, 1, "VALID", "MVCC_READ_CONFLICT")]
    assert run.faults == [(COMMIT, "commit-hash-mismatch", 3), (FLAG, MISMATCH, 3)]
    flag = next(each for each in run.results if each.reason == MISMATCH)
    store = (tmp_path / "chains/test-channel/blockfile_000000").read_bytes()
    assert flag.spans[0].size_bytes == 1
    assert store[flag.spans[0].start] == 0


def test_a_forger_who_redoes_all_commit_hashes_is_found_by_the_flag(
    network: Network, tmp_path: Path
) -> None:
    chain = network.chain()
    chain.add([network.call(1, put("lot/1"))])
    chain.add(
        [
            network.call(2, put("lot/1", "w", read=(2, 0))),
            network.call(3, put("lot/1", "x", read=(2, 0))),
        ],
        [0, 0],
    )
    chain.add([network.call(4, put("lot/1", "z", read=(3, 0)))])
    run = replay(chain, tmp_path)
    assert run.faults == [(FLAG, MISMATCH, 3)]
    later = [(each.reason, each.outcome) for each in run.results if each.block == 4]
    assert ("state-uncertain", Outcome.INCONCLUSIVE) in later


def test_one_altered_commit_hash_is_one_finding(
    network: Network, tmp_path: Path
) -> None:
    chain = network.chain()
    for number in range(1, 5):
        chain.add([network.call(number, put(f"lot/{number}"))])
    chain.blocks[3].commit_hash = hashlib.sha256(b"other").digest()
    assert replay(chain, tmp_path).faults == [(COMMIT, "commit-hash-mismatch", 3)]


def test_a_commit_hash_taken_away_is_missed(network: Network, tmp_path: Path) -> None:
    chain = network.chain()
    chain.add([network.call(1, put("lot/1"))])
    chain.add([network.call(2, put("lot/2"))])
    chain.blocks[2].commit_hash = b""
    assert replay(chain, tmp_path).faults == [(COMMIT, "commit-hash-missing", 2)]


def test_the_first_commit_hash_taken_away_is_missed(
    network: Network, tmp_path: Path
) -> None:
    chain = network.chain()
    chain.add([network.call(1, put("lot/1"))])
    chain.blocks[1].commit_hash = b""
    assert replay(chain, tmp_path).faults == [(COMMIT, "commit-hash-missing", 1)]


def test_flags_taken_away_are_missed(network: Network, tmp_path: Path) -> None:
    chain = network.chain()
    chain.add([network.call(1, put("lot/1"))])
    chain.blocks[2].flags = b""
    assert (FLAG, "flags-missing", 2) in replay(chain, tmp_path).faults


def test_more_flags_than_transactions(network: Network, tmp_path: Path) -> None:
    chain = network.chain()
    chain.add([network.call(1, put("lot/1"))])
    chain.blocks[2].flags = b"\x00\x00"
    assert (FLAG, "flags-count-mismatch", 2) in replay(chain, tmp_path).faults


def test_an_orderers_store_has_nothing_to_compare(
    network: Network, tmp_path: Path
) -> None:
    chain = network.chain()
    chain.add([network.call(1, put("lot/1"))])
    for block in chain.blocks:
        block.flags = block.commit_hash = b""
    run = replay(chain, tmp_path)
    assert run.faults == []
    assert run.contents[-1].accepted
    assert run.contents[-1].enforced
    remarks = {each.code for each in run.closing.not_checked}
    assert "fabric-orderer-store" in remarks


class TestEndorsementPolicies:
    """Each kind of policy, satisfied and not."""

    def test_a_principal_is_used_once(self, network: Network, tmp_path: Path) -> None:
        # Two signatures of farm peers are demanded; one peer that signs twice is one.
        farm = role("FarmMSP", 3)
        policy = encode_bytes(1, of_each(2, farm, farm))
        chain = network.chain(policy)
        twice = [network.farm_peer, network.farm_peer]
        chain.add([network.call(1, put("lot/1"), endorsers=twice)], [10])
        other = network.farm.signer("peer1.farm")
        chain.add([network.call(2, put("lot/1"), endorsers=[other, *twice])])
        assert replay(chain, tmp_path).faults == []

    def test_order_of_rules_decides_who_is_used(
        self, network: Network, tmp_path: Path
    ) -> None:
        # Greedy as in cauthdsl: the first rule takes the peer the second one needs.
        member, peer = role("FarmMSP", 0), role("FarmMSP", 3)
        greedy = envelope_of(n_out_of(2, signed_by(0), signed_by(1)), member, peer)
        chain = network.chain(encode_bytes(1, greedy))
        ends = [network.farm_peer, network.farmer]
        chain.add([network.call(1, put("lot/1"), endorsers=ends)], [10])
        chain.add([network.call(2, put("lot/1"), endorsers=ends[::-1])])
        assert replay(chain, tmp_path).faults == []

    def test_key_level_policy_overrides(self, network: Network, tmp_path: Path) -> None:
        chain = network.chain()
        shop_only = of_each(1, role("ShopMSP", 3))
        keyed = Writes("pear", writes={"box/1": b"v"}, metadata={"box/1": shop_only})
        chain.add([network.call(1, keyed)])
        shop, farm = [network.shop_peer], [network.farm_peer]
        chain.add(
            [
                network.call(2, Writes("pear", writes={"box/1": b"w"}), endorsers=farm),
                network.call(3, Writes("pear", writes={"box/1": b"x"}), endorsers=shop),
                network.call(4, Writes("pear", writes={"box/2": b"x"}), endorsers=shop),
            ],
            [10, 0, 10],
        )
        assert replay(chain, tmp_path).faults == []

    def test_a_key_whose_policy_changed_in_the_block(
        self, network: Network, tmp_path: Path
    ) -> None:
        chain = network.chain()
        chain.add([network.call(1, put("box/1"))])
        policy = of_each(1, role("ShopMSP", 3))
        keyed = Writes("pear", writes={"box/1": b"v"}, metadata={"box/1": policy})
        blind = Writes("pear", writes={"box/1": b"w"})
        chain.add([network.call(2, keyed), network.call(3, blind)], [0, 10])
        assert replay(chain, tmp_path).faults == []

    def test_collection_policy_overrides(
        self, network: Network, tmp_path: Path
    ) -> None:
        own = encode_bytes(1, of_each(1, role("FarmMSP", 3)))
        chain = network.chain(b"", secret=own, open=b"")
        key, value = hashlib.sha256(b"k").digest(), hashlib.sha256(b"v").digest()
        farm = [network.farm_peer]
        chain.add(
            [
                network.call(
                    number,
                    Writes("pear", hashed={name: {key: value}}),
                    endorsers=farm,
                )
                for number, name in enumerate(("secret", "open", "unknown"), 1)
            ],
            [0, 10, 10],
        )
        assert replay(chain, tmp_path).faults == []

    def test_an_implicit_collection_needs_its_organisation(
        self, network: Network, tmp_path: Path
    ) -> None:
        chain = network.chain()
        key, value = hashlib.sha256(b"k").digest(), hashlib.sha256(b"v").digest()
        writes = Writes("_lifecycle", hashed={"_implicit_org_ShopMSP": {key: value}})

        def approve(nonce: int, endorser: Signer) -> Call:
            return network.call(
                nonce, writes, chaincode="_lifecycle", endorsers=[endorser]
            )

        chain.add(
            [approve(1, network.farm_peer), approve(2, network.shop_peer)], [10, 0]
        )
        assert replay(chain, tmp_path).faults == []

    def test_a_new_definition_counts_from_the_next_block(
        self, network: Network, tmp_path: Path
    ) -> None:
        chain = network.chain()
        farm_only = encode_bytes(1, of_each(1, role("FarmMSP", 3)))
        define = network.define(farm_only, {})
        define.nonce = b"\x07" * 24
        farm = [network.farm_peer]
        chain.add([define, network.call(1, put("lot/1"), endorsers=farm)], [0, 10])
        chain.add([network.call(2, put("lot/1"), endorsers=farm)])
        assert replay(chain, tmp_path).faults == []

    def test_a_reference_to_no_policy_is_satisfied_by_nobody(
        self, network: Network, tmp_path: Path
    ) -> None:
        chain = network.chain(channel_reference("/Channel/Application/Nothing"))
        chain.add([network.call(1, put("lot/1"))], [10])
        assert replay(chain, tmp_path).faults == []

    def test_a_foreign_plugin_is_not_judged(
        self, network: Network, tmp_path: Path
    ) -> None:
        chain = network.chain()
        writes = definition("plum", b"policy")
        info = encode_bytes(2, encode_bytes(1, b"custom") + encode_bytes(2, b"x"))
        writes.writes["namespaces/fields/plum/ValidationInfo"] = info
        chain.add([network.call(1, writes, chaincode="_lifecycle")])
        call = Writes("plum", writes={"k": b"v"})
        chain.add([network.call(2, call, chaincode="plum")])
        run = replay(chain, tmp_path)
        assert run.faults == []
        assert [
            (each.block, each.outcome)
            for each in run.results
            if each.reason == "not-judged"
        ] == [(3, Outcome.INCONCLUSIVE)]


def test_private_keys_expire(network: Network, tmp_path: Path) -> None:
    chain = network.chain()
    policy = channel_reference("/Channel/Application/Endorsement")
    short = definition("pear", policy, {"secret": b""}, blocks_to_live=2)
    define = network.call(9, short, chaincode="_lifecycle")
    chain.add([define])  # block 2
    key, value = hashlib.sha256(b"k").digest(), hashlib.sha256(b"v").digest()
    chain.add([network.call(1, Writes("pear", hashed={"secret": {key: value}}))])

    def look(nonce: int, version: tuple[int, int] | None) -> Call:
        made = Writes("pear", hashed_reads={"secret": {key: version}})
        made.writes[f"n{nonce}"] = b"1"
        return network.call(nonce, made)

    chain.add([look(2, (3, 0))])  # block 4
    chain.add([look(3, (3, 0))])  # block 5
    chain.add([look(4, (3, 0))])  # block 6 = 3 + 2 + 1: still there before it
    chain.add([look(5, (3, 0)), look(6, None)], [11, 0])
    assert replay(chain, tmp_path).faults == []


def test_private_reads_conflict(network: Network, tmp_path: Path) -> None:
    chain = network.chain(b"", secret=b"")
    key = hashlib.sha256(b"k").digest()
    writes = Writes(
        "pear", hashed={"secret": {key: key}}, hashed_reads={"secret": {key: None}}
    )
    chain.add([network.call(1, writes), network.call(2, writes)], [0, 11])
    chain.add([network.call(3, writes)], [11])
    assert replay(chain, tmp_path).faults == []


def test_metadata_only_write_gives_a_new_version(
    network: Network, tmp_path: Path
) -> None:
    chain = network.chain()
    chain.add([network.call(1, put("box/1"))])
    keyed = Writes("pear", metadata={"box/1": of_each(1, role("FarmMSP", 3))})
    block = chain.add([network.call(2, keyed)])
    # The value stays, the version is new: worked out here by hand.
    made = Writes("pear", writes={"box/1": b"v"})
    _redo_commit(chain, block, made)
    chain.add([network.call(3, put("box/1", "w", read=(3, 0)))])
    assert replay(chain, tmp_path).faults == []


def _redo_commit(chain: Chain, block: Block, writes: Writes) -> None:
    head = bytes([len(block.flags)]) + block.flags
    updates = update_bytes(block.number, [(0, [writes])])
    before = chain.blocks[block.number - 1].commit_hash
    block.commit_hash = chain.commit = hashlib.sha256(head + updates + before).digest()


def test_flags_taken_out_everywhere(network: Network, tmp_path: Path) -> None:
    chain = network.chain()
    chain.add([network.call(2, put("lot/2"))])
    for block in chain.blocks:
        block.flags = b""
    run = replay(chain, tmp_path)
    found = [each for each in run.faults if each[0] == FLAG]
    assert found == [(FLAG, "flags-missing", height) for height in range(3)]
    assert all(each.code != "fabric-orderer-store" for each in run.closing.not_checked)


def test_the_first_commit_hashes_taken_out(network: Network, tmp_path: Path) -> None:
    chain = network.chain()
    for number in range(2, 5):
        chain.add([network.call(number, put(f"lot/{number}"))])
    for block in chain.blocks[1:3]:
        block.commit_hash = b""
    run = replay(chain, tmp_path)
    missing = [
        each.block for each in run.failed if each.reason == "commit-hash-missing"
    ]
    assert missing == [1, 2]
    reasons = {each.reason for each in run.closing.results}
    assert "commit-hash-not-recorded" not in reasons


def test_an_orderers_copy_among_a_peers_files_is_open(
    network: Network, tmp_path: Path
) -> None:
    chain = network.chain()
    chain.add([network.call(2, put("lot/2"))])
    chain.blocks[2].flags = chain.blocks[2].commit_hash = b""
    for number, block in enumerate(chain.blocks):
        (tmp_path / f"{number}.block").write_bytes(block.message())
    (run,) = run_all(tmp_path)
    assert run.faults == []
    found = {each.reason: each.outcome for each in run.results if each.block == 2}
    assert found["flags-missing"] is Outcome.INCONCLUSIVE
    assert found["commit-hash-missing"] is Outcome.INCONCLUSIVE


def test_orderers_and_peers_copies_are_ledgers_apart(
    network: Network, tmp_path: Path
) -> None:
    chain = network.chain()
    chain.add([network.call(2, put("lot/2"))])
    for number, block in enumerate(chain.blocks):
        (tmp_path / f"p{number}.block").write_bytes(block.message())
        block.flags = block.commit_hash = b""
        (tmp_path / f"o{number}.block").write_bytes(block.message())
    runs = run_all(tmp_path)
    assert [(run.faults, len(run.blocks)) for run in runs] == [([], 3), ([], 3)]
    assert all(each.outcome is not Outcome.INCONCLUSIVE for each in runs[0].results)
