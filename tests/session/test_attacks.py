"""Attacks on the verifier, from path to verdict: what it must never say, drop or do.

Each test was once a way to deceive, stop or confuse it; one that still is says so.
"""

import copy
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from explorer.core.errors import TrustError
from explorer.encodings.canonical_json import canonical_bytes, parse_json
from explorer.main import main
from explorer.session.trust_reading import load_trust
from tests.formats.fabric.network import (
    CHANNEL,
    Block,
    Chain,
    Group,
    Network,
    Org,
    Signer,
    channel_group,
    channel_reference,
    envelope_of,
    n_out_of,
    new_authority,
    new_network,
    put,
    raft_signature,
    role,
    signature_policy,
    signed_by,
)

PEARS = Path(__file__).resolve().parents[2] / "sample_chains" / "pears"
INTACT, KEYS = PEARS / "pears.jsonl", PEARS / "pears.keys.json"
TIP = "29=5d9cf3023efa84b4782e466b617ddba0ea32724ca98c61a69bed87a921b29f16"


def still(reason: str) -> pytest.MarkDecorator:
    """Mark an attack that still works; the mark goes when the defect goes."""
    return pytest.mark.xfail(strict=True, reason=reason)


@dataclass(frozen=True, slots=True)
class Said:
    """What one run printed."""

    status: int
    out: str
    err: str

    @property
    def result(self) -> dict[str, Any]:
        (result,) = json.loads(self.out)["results"]
        assert isinstance(result, dict)
        return result

    @property
    def failures(self) -> list[tuple[str, str, int | None]]:
        """(check, reason, block) of every finding that failed."""
        return [
            (each["check"], each["reason"], each["block"])
            for each in self.result["findings"]
            if each["outcome"] == "failed"
        ]


class Program:
    """Runs the program in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: str | Path) -> Said:
        self._capsys.readouterr()
        status = main([str(word) for word in words])
        printed = self._capsys.readouterr()
        return Said(status, printed.out, printed.err)

    def verify(self, *words: str | Path) -> Said:
        return self("verify", "--json", "--jobs", "1", *words)


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(capsys)


@pytest.fixture(scope="module")
def network() -> Network:
    return new_network()


@pytest.fixture
def trust(network: Network, tmp_path: Path) -> Path:
    """Return a folder with the authorities of all three organisations."""
    return trusting(tmp_path / "trust", network.farm, network.shop, network.order)


def trusting(folder: Path, *organisations: Org) -> Path:
    for each in organisations:
        place = folder / each.msp_id / "cacerts"
        place.mkdir(parents=True)
        (place / "ca.pem").write_bytes(each.authority.pem)
    return folder


def grown(network: Network, blocks: int = 6) -> Chain:
    """Return an honest ledger of so many blocks."""
    chain = network.chain()
    for number in range(2, blocks):
        chain.add([network.call(number, put(f"k{number}"))])
    return chain


def single_files(folder: Path, blocks: Sequence[Block]) -> Path:
    folder.mkdir()
    for number, block in enumerate(blocks):
        (folder / f"{number:03}.block").write_bytes(block.message())
    return folder


def defined(network: Network, group: Group, orderer: Signer) -> Chain:
    """Return a ledger under ``group``: the configuration and one block."""
    chain = Chain(group, orderer)
    policy = channel_reference("/Channel/Application/Endorsement")
    chain.add([network.define(policy, {})])
    return chain


def copied_configuration(network: Network) -> Block:
    """Return a first block that nobody signed, with the true authorities in it."""
    group = channel_group([network.farm, network.shop], [network.order])
    group.values["Made"] = (0, b"up")
    return Chain(group).blocks[0]


def pear_lines() -> list[bytes]:
    return INTACT.read_bytes().splitlines(keepends=True)


# ---- said to be better than it is -------------------------------------------


def test_a_first_block_that_nobody_signed_is_not_attributed(
    network: Network, trust: Path, tmp_path: Path, program: Program
) -> None:
    chain = Chain(channel_group([network.farm, network.shop], [network.order]))
    said = program.verify("--trust", trust, chain.write(tmp_path / "store"))
    assert said.result["signatures"] == 0
    assert (said.result["verdict"], said.result["attributed"]) == ("consistent", False)


def test_a_made_up_first_block_beside_true_ones_is_not_attributed(
    network: Network, trust: Path, tmp_path: Path, program: Program
) -> None:
    blocks = [copied_configuration(network), *grown(network).blocks[2:]]
    folder = single_files(tmp_path / "blocks", blocks)
    assert not program.verify("--trust", trust, folder).result["attributed"]


def test_a_block_rule_that_demands_nobody_attributes_nothing(
    network: Network, trust: Path, tmp_path: Path, program: Program
) -> None:
    nobody = envelope_of(n_out_of(0, signed_by(0)), role("OrderMSP", 0))
    peers, policy = [network.farm, network.shop], signature_policy(nobody)
    group = channel_group(peers, [network.order], block_policy=policy)
    store = defined(network, group, network.farmer).write(tmp_path / "store")
    assert not program.verify("--trust", trust, store).result["attributed"]


@pytest.mark.parametrize("way", ["same", "link", "symlink", "below"])
def test_the_evidence_is_no_independent_copy_of_itself(
    way: str, tmp_path: Path, program: Program
) -> None:
    evidence = tmp_path / "evidence"
    evidence.mkdir()
    file, other = evidence / "a.jsonl", tmp_path / "b.jsonl"
    shutil.copyfile(INTACT, file)
    if way == "link":
        os.link(file, other)
    elif way == "symlink":
        other.symlink_to(file)
    path = evidence if way == "below" else file
    copied = other if way in {"link", "symlink"} else file
    said = program.verify("--copy", copied, path)
    assert said.result["anchored_to"] is None


def test_a_changed_header_of_a_partial_export_is_told(
    program: Program, tmp_path: Path
) -> None:
    header, *_, trailer = (parse_json(line) for line in pear_lines())
    assert isinstance(header, dict)
    assert isinstance(trailer, dict)
    chain, ending = header["chain"], trailer["trailer"]
    assert isinstance(chain, dict)
    assert isinstance(ending, dict)
    blocks = pear_lines()[6:-1]
    chain["title"] = "Another title"
    ending["blocks"] = len(blocks)
    ending["entries"] = sum(line.count(b'"entry":{') for line in blocks)
    file = tmp_path / "part.jsonl"
    ends = [canonical_bytes(each) + b"\n" for each in (header, trailer)]
    file.write_bytes(b"".join([ends[0], *blocks, ends[1]]))
    said = program.verify("--trust", KEYS, "--checkpoint", TIP, file)
    assert not said.failures
    assert any("header" in each for each in said.result["not_checked"])


def test_a_broken_link_unties_what_is_below_it(
    program: Program, tmp_path: Path
) -> None:
    other = (PEARS / "pears_rehashed.jsonl").read_bytes().splitlines(keepends=True)
    file = tmp_path / "joined.jsonl"
    file.write_bytes(b"".join([*other[:10], *pear_lines()[10:]]))
    said = program.verify("--checkpoint", TIP, file)
    assert ("chain.block-link", "parent-hash-mismatch", 9) in said.failures
    assert said.result["anchored_to"] is None


def test_nothing_is_not_attributed(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "header.jsonl"
    file.write_bytes(pear_lines()[0])
    assert not program.verify("--trust", KEYS, file).result["attributed"]


# ---- said to be worse, or less certain, than it is ---------------------------


def test_an_unsigned_tail_cannot_name_a_configuration_that_never_was(
    network: Network, tmp_path: Path, program: Program
) -> None:
    chain = grown(network)
    chain.last_config, chain.orderer = 99_999, None
    chain.add([network.call(50, put("z"))])
    said = program.verify(chain.write(tmp_path / "store"))
    assert said.status == 1
    assert {block for _, _, block in said.failures} == {6}


def test_an_unsigned_tail_does_not_escape_by_dropping_its_flags(
    network: Network, tmp_path: Path, program: Program
) -> None:
    *blocks, last = grown(network).blocks
    made = copy.copy(last)
    made.signatures, made.flags, made.commit_hash = [], b"", b""
    said = program.verify(single_files(tmp_path / "blocks", [*blocks, made]))
    assert said.status == 1
    assert ("fabric.block-quorum", "quorum-not-met", 5) in said.failures


def test_flags_that_were_taken_out_everywhere_are_missed(
    network: Network, tmp_path: Path, program: Program
) -> None:
    chain = grown(network)
    for block in chain.blocks:
        block.flags = b""
    said = program.verify(chain.write(tmp_path / "store"))
    assert ("fabric.validation-flag", "flags-missing") in {
        each[:2] for each in said.failures
    }


def test_a_copy_of_another_channel_contradicts_nothing(
    network: Network, tmp_path: Path, program: Program
) -> None:
    ours = grown(network).write(tmp_path / "ours")
    real = PEARS.parent / "fabric-pear-trace" / "ledgersData"
    said = program.verify("--copy", real, ours)
    assert not said.failures
    assert "copy-shares-nothing" in {f["reason"] for f in said.result["findings"]}


def test_an_authority_that_is_not_in_use_yet_does_no_harm(
    network: Network, trust: Path, tmp_path: Path, program: Program
) -> None:
    later = new_authority("ca.Order.2")
    (trust / "OrderMSP" / "cacerts" / "later.pem").write_bytes(later.pem)
    said = program.verify("--trust", trust, grown(network).write(tmp_path / "store"))
    assert not said.failures
    assert said.result["verdict"] == "attributed"


def test_an_intermediate_may_speak_for_its_organisation(
    network: Network, tmp_path: Path, program: Program
) -> None:
    middle = network.order.authority.intermediate("ica.Order")
    order = copy.copy(network.order)
    order.intermediates = [middle]
    folder = trusting(tmp_path / "trust", network.farm, network.shop)
    place = folder / order.msp_id / "intermediatecerts"
    place.mkdir(parents=True)
    (place / "ica.pem").write_bytes(middle.pem)
    group = channel_group([network.farm, network.shop], [order])
    orderer = order.signer("orderer1", "orderer", issuer=middle)
    store = defined(network, group, orderer).write(tmp_path / "store")
    assert not program.verify("--trust", folder, store).failures


# ---- the fault at the wrong place -------------------------------------------


def test_swapped_files_give_no_blocks_above_the_last(
    network: Network, tmp_path: Path, program: Program
) -> None:
    blocks = grown(network, 12).blocks
    store = grown(network, 2).write(tmp_path / "store")
    target = store / "chains" / CHANNEL
    for number, part in enumerate((blocks[:4], blocks[8:], blocks[4:8])):
        data = b"".join(each.record() for each in part)
        (target / f"blockfile_00000{number}").write_bytes(data)
    said = program.verify(store)
    assert said.status == 1
    assert said.result["last"] == 11
    assert {block for _, _, block in said.failures} <= set(range(4, 12))


def test_an_inserted_byte_does_not_hide_the_block_behind_it(
    network: Network, tmp_path: Path, program: Program
) -> None:
    store = grown(network).write(tmp_path / "store")
    file = store / "chains" / CHANNEL / "blockfile_000000"
    file.write_bytes(b"\x00" + file.read_bytes())
    said = program.verify(store)
    assert [each[0] for each in said.failures] == ["fabric.block-framing"]
    assert said.result["blocks"] == 6


# ---- crashes, silence, harm -------------------------------------------------


@pytest.mark.parametrize("number", [2**63, 2**64 - 1])
def test_a_huge_block_number_does_not_stop_the_program(
    number: int, network: Network, tmp_path: Path, program: Program
) -> None:
    first, *_, last = grown(network).blocks
    block = copy.copy(last)
    block.number = number
    block.signatures = [raft_signature(block, network.orderer)]
    said = program.verify(single_files(tmp_path / "blocks", [first, block]))
    assert said.result["blocks"] == 2


def test_a_file_name_that_is_not_utf_8_does_not_stop_the_program(
    tmp_path: Path, program: Program
) -> None:
    shutil.copyfile(INTACT, os.fsencode(tmp_path) + b"/\xff\xed.jsonl")
    said = program.verify(tmp_path)
    assert said.result["verdict"] == "consistent"


def test_a_huge_height_is_wrong_usage(tmp_path: Path, program: Program) -> None:
    digits = "9" * 5_000
    assert program.verify("--checkpoint", f"{digits}={'00' * 32}", INTACT).status == 3
    profile = tmp_path / "profile.toml"
    profile.write_text(f"schema = {digits}\n")
    assert program.verify("--trust", profile, INTACT).status == 3


def test_a_pipe_is_no_trust_material(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = tmp_path / "pipe.pem"
    os.mkfifo(pipe)

    def read_bytes(path: Path) -> bytes:
        raise AssertionError(f"{path} was read")

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    with pytest.raises(TrustError):
        load_trust([pipe])


def test_a_report_never_replaces_evidence(
    network: Network, tmp_path: Path, program: Program
) -> None:
    folder = single_files(tmp_path / "blocks", grown(network).blocks)
    file = folder / "003.block"
    before = file.read_bytes()
    target = tmp_path / "report.json"
    target.symlink_to(file)
    assert program("report", "--jobs", "1", folder, "-o", target).status == 3
    assert file.read_bytes() == before


@pytest.mark.parametrize("name", ["other.jsonl", "damaged.json"])
def test_a_file_that_nobody_read_is_told(
    name: str, network: Network, tmp_path: Path, program: Program
) -> None:
    folder = single_files(tmp_path / "blocks", grown(network).blocks)
    altered = PEARS / "pears_rehashed.jsonl"
    data = altered.read_bytes() if name == "other.jsonl" else b'\xef\xbb\xbf{"data":{}}'
    (folder / name).write_bytes(data)
    said = program.verify(folder)
    told = [
        *said.result["not_checked"],
        *(f["message"] for f in said.result["findings"]),
    ]
    assert any(name in each for each in told)


def test_a_copy_that_is_not_there_is_told(tmp_path: Path, program: Program) -> None:
    said = program.verify("--copy", tmp_path / "nowhere", INTACT)
    assert "copy-shares-nothing" not in said.out


@pytest.mark.parametrize(
    "text",
    [
        'schema = 1\n[policy]\nrefuse_algorithms = ["SHA-256"]\n',
        (
            'schema = 1\n[[anchor]]\nkind = "history"\nheight = 29\n'
            'hash = "5d9cf3023efa84b4782e466b617ddba0ea32724c"\n'
        ),
    ],
    ids=["misspelt algorithm", "cut hash"],
)
def test_a_profile_that_cannot_do_what_it_says_is_refused(
    text: str, tmp_path: Path
) -> None:
    profile = tmp_path / "profile.toml"
    profile.write_text(text)
    with pytest.raises(TrustError):
        load_trust([profile])


def test_an_anchor_of_another_ledger_is_listed(
    tmp_path: Path, program: Program
) -> None:
    height, _, value = TIP.partition("=")
    profile = tmp_path / "profile.toml"
    profile.write_text(
        f'schema = 1\n[[anchor]]\nkind = "history"\nheight = {height}\n'
        f'hash = "{value}"\nledger = "pears 2025"\n'
    )
    assert "pears 2025" in program.verify("--trust", profile, INTACT).out


def test_an_error_shows_control_characters(program: Program, tmp_path: Path) -> None:
    header, *rest = pear_lines()
    value = parse_json(header)
    assert isinstance(value, dict)
    assert isinstance(value["chain"], dict)
    value["chain"]["title"] = "\x1b[2J anchored \u202e"
    file = tmp_path / "title.jsonl"
    file.write_bytes(b"".join([canonical_bytes(value) + b"\n", *rest]))
    said = program("show", file, "99")
    assert said.status == 3
    assert "\x1b" not in said.err
    assert "\u202e" not in said.err


def test_an_authority_beside_the_named_one_fails(
    network: Network, trust: Path, tmp_path: Path, program: Program
) -> None:
    stranger = new_authority("ca.Order")
    order = Org("Order", network.order.authority, extra_roots=[stranger.pem])
    group = channel_group([network.farm, network.shop], [order])
    orderer = order.signer("orderer9", "orderer", issuer=stranger)
    store = defined(network, group, orderer).write(tmp_path / "store")
    said = program.verify("--trust", trust, store)
    assert said.failures[0] == (
        "fabric.organisation-authority",
        "authority-differs",
        0,
    )
