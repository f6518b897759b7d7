"""Seals of validators: Clique, IBFT 1, IBFT 2 and QBFT."""

from pathlib import Path

import pytest

from explorer.core.absent import Absent
from explorer.crypto.trust import AnchorKind, AnchorOrigin, IdentityAnchor, TrustStore
from explorer.encodings.rlp import decode_plain, encode, from_int
from explorer.formats.ethereum import checks
from explorer.formats.ethereum.sealing import (
    older_quorum_of,
    quorum_of,
    recent_limit,
)
from explorer.lab.ethereum_writer import BFT_MIX_HASH, Account, account
from explorer.model.keys import KeyKind, PublicKey
from tests.formats.ethereum.chains import (
    ALICE,
    BOB,
    CAROL,
    DAVE,
    VALIDATORS,
    Made,
    bft_chain,
    bft_seal,
    child,
    clique_child,
    clique_genesis,
    genesis,
    work_chain,
    write,
)
from tests.formats.ethereum.driving import run_one

EVE = account("eve")
ORDERED = tuple(sorted(VALIDATORS, key=lambda each: each.address))
BFT = ["ibft1", "ibft2", "qbft"]


def trust(
    *accounts: Account, organisation: str | Absent = Absent.NOT_IN_FORMAT
) -> TrustStore:
    return TrustStore(
        tuple(
            IdentityAnchor(
                AnchorKind.KEY,
                organisation,
                Absent.NOT_IN_FORMAT,
                PublicKey(KeyKind.SECP256K1_ADDRESS, each.address),
                "validator",
                AnchorOrigin.PUBLISHED,
                "validators.json",
            )
            for each in accounts
        )
    )


def next_sealed(chain: list[Made], kind: str, **how: object) -> Made:
    proposer = how.get("proposer", ALICE)
    assert isinstance(proposer, Account)
    miner = bytes(20) if kind == "ibft1" else proposer.address
    made = child(chain[-1], miner=miner, extra=b"", mix=BFT_MIX_HASH)
    return bft_seal(made, kind, **how)  # type: ignore[arg-type] # passed on


@pytest.mark.parametrize("kind", BFT)
def test_an_intact_chain_counts_every_seal(kind: str, tmp_path: Path) -> None:
    run = run_one(write(tmp_path, bft_chain(kind, 3)))
    assert run.faults == run.open == []
    assert run.passed[checks.COMMITTED_SEAL] == 12
    assert run.passed[checks.QUORUM] == 3
    assert run.passed[checks.PROPOSER_SEAL] == (3 if kind == "ibft1" else 0)
    assert run.passed[checks.VALIDATORS] == 3
    assert {each.role for each in run.closing.parties} == {"validator"}


@pytest.mark.parametrize("kind", BFT)
def test_too_few_seals_are_no_quorum(kind: str, tmp_path: Path) -> None:
    chain = bft_chain(kind, 1)
    chain.append(next_sealed(chain, kind, committers=[ALICE, BOB]))
    run = run_one(write(tmp_path, chain))
    assert run.faults == [(checks.QUORUM, "quorum-not-met", 2)]


@pytest.mark.parametrize("kind", BFT)
def test_three_of_four_are_enough(kind: str, tmp_path: Path) -> None:
    chain = bft_chain(kind, 1)
    chain.append(next_sealed(chain, kind, committers=[ALICE, BOB, DAVE]))
    assert run_one(write(tmp_path, chain)).faults == []


@pytest.mark.parametrize("kind", BFT)
def test_one_validator_counts_once(kind: str, tmp_path: Path) -> None:
    chain = bft_chain(kind, 1)
    chain.append(next_sealed(chain, kind, committers=[ALICE, BOB, BOB]))
    run = run_one(write(tmp_path, chain))
    assert run.faults == [
        (checks.COMMITTED_SEAL, "seal-repeated", 2),
        (checks.QUORUM, "quorum-not-met", 2),
    ]


@pytest.mark.parametrize("kind", BFT)
def test_a_stranger_does_not_count(kind: str, tmp_path: Path) -> None:
    chain = bft_chain(kind, 1)
    chain.append(next_sealed(chain, kind, committers=[ALICE, BOB, EVE]))
    run = run_one(write(tmp_path, chain))
    assert run.faults == [
        (checks.COMMITTED_SEAL, "seal-by-no-validator", 2),
        (checks.QUORUM, "quorum-not-met", 2),
    ]


@pytest.mark.parametrize("kind", BFT)
def test_the_proposer_is_a_validator(kind: str, tmp_path: Path) -> None:
    chain = bft_chain(kind, 1)
    chain.append(next_sealed(chain, kind, proposer=EVE))
    run = run_one(write(tmp_path, chain))
    assert run.faults == [(checks.QUORUM, "proposer-not-validator", 2)]


@pytest.mark.parametrize("kind", BFT)
def test_validators_do_not_change_without_votes(kind: str, tmp_path: Path) -> None:
    chain = bft_chain(kind, 1)
    others = (ALICE, BOB, CAROL, EVE)
    chain.append(next_sealed(chain, kind, validators=others))
    run = run_one(write(tmp_path, chain))
    assert run.faults == []
    assert run.open == [(checks.VALIDATORS, "validators-not-voted", 2)]


def voted_chain(kind: str, votes: int) -> list[Made]:
    chain = bft_chain(kind, 1)
    for voter in VALIDATORS[:votes]:
        made = child(chain[-1], miner=voter.address, extra=b"")
        vote = [EVE.address, b"\xff"]
        if kind == "ibft1":
            made = child(chain[-1], miner=EVE.address, extra=b"", nonce=b"\xff" * 8)
            chain.append(bft_seal(made, kind, proposer=voter))
        else:
            chain.append(bft_seal(made, kind, proposer=voter, vote=vote))
    wider = (*VALIDATORS, EVE)
    made = child(
        chain[-1],
        miner=bytes(20) if kind == "ibft1" else ALICE.address,
        extra=b"",
        nonce=bytes(8),
    )
    chain.append(bft_seal(made, kind, wider))
    return chain


@pytest.mark.parametrize("kind", BFT)
def test_more_than_half_may_add_a_validator(kind: str, tmp_path: Path) -> None:
    run = run_one(write(tmp_path, voted_chain(kind, 3)))
    assert run.faults == run.open == []
    run = run_one(write(tmp_path, voted_chain(kind, 2)))
    assert run.open == [(checks.VALIDATORS, "validators-not-voted", 4)]


def test_ibft1_may_have_used_the_older_quorum(tmp_path: Path) -> None:
    five = (*VALIDATORS, EVE)
    chain = bft_chain("ibft1", 1, five)
    chain.append(next_sealed(chain, "ibft1", validators=five, committers=five[:3]))
    run = run_one(write(tmp_path, chain))
    assert run.faults == []
    assert run.open == [(checks.QUORUM, "quorum-of-older-rule", 2)]


def test_validators_of_a_contract_are_not_in_blocks(tmp_path: Path) -> None:
    first = bft_seal(genesis(difficulty=1, mix=BFT_MIX_HASH), "qbft", ())
    made = child(first, miner=ALICE.address, extra=b"")
    chain = [first, bft_seal(made, "qbft", (), committers=VALIDATORS)]
    run = run_one(write(tmp_path, chain))
    assert run.faults == []
    assert run.open == [(checks.QUORUM, "validators-not-in-export", 1)]
    assert run.passed[checks.COMMITTED_SEAL] == 4


@pytest.mark.parametrize("kind", BFT)
def test_a_seal_that_is_gone_is_missed(kind: str, tmp_path: Path) -> None:
    chain = bft_chain(kind, 2)
    chain.append(child(chain[-1], mix=bytes(32)))
    run = run_one(write(tmp_path, chain))
    assert (checks.PROPOSER_SEAL, "seal-malformed", 3) in run.faults


def test_extra_data_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    first = genesis(difficulty=1, mix=BFT_MIX_HASH, extra=bytes(40))
    run = run_one(write(tmp_path, [first]))
    assert run.faults == [(checks.PROPOSER_SEAL, "seal-malformed", 0)]


@pytest.mark.parametrize("kind", BFT)
def test_two_sealed_blocks_of_one_height_are_told(kind: str, tmp_path: Path) -> None:
    chain = bft_chain(kind, 2)
    made = child(chain[1], miner=ALICE.address, extra=b"", time=1_600_000_000)
    if kind == "ibft1":
        made.values["miner"] = bytes(20)
    chain.append(bft_seal(made, kind))
    run = run_one(write(tmp_path, chain))
    assert run.faults == []
    assert run.open == [(checks.QUORUM, "sealed-twice", 2)]


@pytest.mark.parametrize("kind", BFT)
def test_named_validators_attribute_the_chain(kind: str, tmp_path: Path) -> None:
    path = write(tmp_path, bft_chain(kind, 2))
    run = run_one(path, trust=trust(*VALIDATORS))
    assert run.unattributed == []
    assert run.authorities == 1
    run = run_one(path, trust=trust(ALICE, BOB))
    assert sorted(set(run.unattributed)) == [0, 1, 2] or 1 in run.unattributed
    run = run_one(path, trust=trust(EVE))
    assert run.authorities == 0


def test_another_set_than_the_named_one_fails(tmp_path: Path) -> None:
    path = write(tmp_path, bft_chain("qbft", 1))
    named = trust(ALICE, BOB, EVE, organisation="validators")
    run = run_one(path, trust=named)
    assert run.faults == [(checks.AUTHORITY, "authority-differs", 0)]


def clique_chain(count: int = 6) -> list[Made]:
    chain = [clique_genesis()]
    for number in range(1, count + 1):
        chain.append(clique_child(chain[-1], ORDERED[number % 4]))
    return chain


def test_a_clique_chain_holds(tmp_path: Path) -> None:
    run = run_one(write(tmp_path, clique_chain()), trust=trust(*VALIDATORS))
    assert run.faults == run.open == []
    assert run.passed[checks.PROPOSER_SEAL] == 6
    assert run.passed[checks.QUORUM] == 6
    assert run.unattributed == []


def test_a_clique_stranger_is_refused(tmp_path: Path) -> None:
    chain = clique_chain(2)
    chain.append(clique_child(chain[-1], EVE))
    run = run_one(write(tmp_path, chain))
    assert run.faults == [(checks.QUORUM, "quorum-not-met", 3)]


def test_a_clique_signer_waits(tmp_path: Path) -> None:
    chain = clique_chain(2)
    chain.append(clique_child(chain[-1], ORDERED[1]))
    run = run_one(write(tmp_path, chain))
    assert run.faults == [(checks.QUORUM, "signer-recent", 3)]


def test_clique_difficulty_tells_the_turn(tmp_path: Path) -> None:
    chain = clique_chain(2)
    chain.append(clique_child(chain[-1], ORDERED[3], difficulty=1))
    run = run_one(write(tmp_path, chain))
    assert run.faults == [(checks.VALIDATORS, "turn-mismatch", 3)]


def test_clique_signers_vote_others_in_and_out(tmp_path: Path) -> None:
    chain = [clique_genesis()]
    for number in (1, 2, 3):
        chain.append(clique_child(chain[-1], ORDERED[number % 4], vote=(EVE, True)))
    wider = (*VALIDATORS, EVE)
    chain.append(clique_child(chain[-1], EVE, signers=wider))
    listed = clique_child(chain[-1], ORDERED[0], signers=wider, checkpoint=wider)
    run = run_one(write(tmp_path, [*chain, listed]))
    assert run.faults == run.open == []
    wrong = clique_child(chain[-1], ORDERED[0], signers=wider, checkpoint=VALIDATORS)
    run = run_one(write(tmp_path, [*chain, wrong]))
    assert run.faults == [(checks.VALIDATORS, "checkpoint-mismatch", 5)]


def test_a_clique_export_from_the_middle_names_no_signers(tmp_path: Path) -> None:
    run = run_one(write(tmp_path, clique_chain()[2:]))
    assert run.faults == []
    assert {reason for _, reason, _ in run.open} == {"validators-not-in-export"}


def test_a_damaged_clique_seal_fails(tmp_path: Path) -> None:
    chain = clique_chain(2)
    extra = chain[-1].values["extra"]
    assert isinstance(extra, bytes)
    chain[-1].values["extra"] = extra[:-65] + bytes(65)
    run = run_one(write(tmp_path, chain))
    assert (checks.PROPOSER_SEAL, "signature-malformed", 2) in run.faults


def test_work_chains_have_no_seals(tmp_path: Path) -> None:
    run = run_one(write(tmp_path, work_chain()))
    assert run.passed[checks.QUORUM] == 0
    assert run.closing.parties == []


def test_quorums() -> None:
    assert [quorum_of(each) for each in range(1, 8)] == [1, 2, 2, 3, 4, 4, 5]
    assert [older_quorum_of(each) for each in (1, 4, 5, 7)] == [1, 3, 3, 5]
    assert [recent_limit(each) for each in (1, 2, 3, 4)] == [1, 2, 2, 3]


def test_real_seals_hold(corpora: Path) -> None:
    folder = corpora / "ethereum"
    run = run_one(folder / "ethereum-bft" / "ibft1-101.rlp")
    assert run.faults == run.open == []
    assert run.passed[checks.COMMITTED_SEAL] == 400
    assert run.passed[checks.PROPOSER_SEAL] == 100
    run = run_one(folder / "ethereum-bft" / "ibft2-header.hex")
    assert run.passed[checks.QUORUM] == 1
    run = run_one(folder / "ethereum-rlp" / "clique-5.rlp")
    assert run.passed[checks.QUORUM] == 4


@pytest.mark.parametrize("chain_id", [0, 56])
def test_engines_that_came_from_clique_are_left_open(
    chain_id: int, tmp_path: Path
) -> None:
    chain = [clique_genesis()]
    for number in (1, 2):
        signer = EVE
        made = child(chain[-1], difficulty=2, extra=bytes(32), miner=signer.address)
        fields = decode_plain(made.header)
        assert isinstance(fields, list)
        signed = encode([from_int(chain_id), *fields]) if chain_id else made.header
        made.values["extra"] = bytes(32) + signer.sign(signed)
        chain.append(made)
        assert number
    run = run_one(write(tmp_path, chain))
    assert run.faults == []
    assert (checks.QUORUM, "validators-not-in-export", 1) in run.open
    assert "ethereum-foreign-seals" in {e.code for e in run.closing.not_checked}
