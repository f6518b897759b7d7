"""Real ledgers of a throw-away network, genuine and altered, where they are at hand."""

import json
from pathlib import Path
from random import Random

import pytest

from explorer.core.absent import Absent
from explorer.crypto.certificates import parse_certificate
from explorer.crypto.trust import (
    AnchorKind,
    AnchorOrigin,
    IdentityAnchor,
    TrustStore,
)
from explorer.formats.fabric.family import CHECKS, open_ledgers, probe
from explorer.formats.fabric.json_reader import block_from_json
from explorer.formats.fabric.records import RawBlock
from explorer.formats.fabric.store_reader import StoreReader
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.model.checks import Outcome
from explorer.model.ledgers import Field, Match
from tests.formats.fabric.driver import Remembered, Run, run_all

FLIPS = 300
FLIPPED_BLOCKS = 20


def trust_of(corpora: Path) -> TrustStore:
    found = []
    for path in sorted(corpora.glob("trust_anchors/*/cacerts/*.pem")):
        certificate = parse_certificate(path.read_bytes())
        assert not isinstance(certificate.public_key, Absent)
        found.append(
            IdentityAnchor(
                AnchorKind.CA,
                path.parts[-3],
                certificate,
                certificate.public_key,
                path.name,
                AnchorOrigin.FROM_PARTY,
                path.name,
            )
        )
    return TrustStore(tuple(found))


@pytest.fixture(scope="module")
def orchard(corpora: Path) -> Run:
    return run_all(corpora / "raw_peer_Orchard", trust_of(corpora))[0]


def test_a_peers_store(orchard: Run, corpora: Path) -> None:
    assert orchard.faults == []
    assert (len(orchard.blocks), len(orchard.entries)) == (194, 525)
    passed = orchard.passed
    assert passed["fabric.block-link"] == 193
    assert passed["fabric.data-hash"] == 194
    assert passed["fabric.block-quorum"] == 193
    assert passed["fabric.validation-flag"] == 525
    assert passed["fabric.commit-hash"] == 193
    assert passed["fabric.organisation-authority"] == 4
    assert passed["fabric.config-content"] == 2
    assert orchard.unattributed == []
    assert list(orchard.closing.uncovered) == []
    facts = json.loads((corpora / "facts.json").read_text())
    refused = [
        [each.block, each.position, each.refused, each.id[:12]]
        for each in orchard.entries
        if each.refused
    ]
    assert refused == facts["invalid"]


def test_every_reason_is_listed(orchard: Run) -> None:
    listed = {spec.id: {each.code for each in spec.reasons} for spec in CHECKS}
    generic = {
        "hash-mismatch",
        "signature-mismatch",
        "authority-not-anchored",
    }
    for each in orchard.results:
        assert each.reason in listed[each.check] | generic


def test_an_orderers_store(corpora: Path) -> None:
    run = run_all(corpora / "raw_orderer_o1")[0]
    assert run.faults == []
    assert len(run.blocks) == 194
    assert sum(each.accepted for each in run.contents) == 507


def test_a_store_begun_from_a_snapshot(corpora: Path) -> None:
    run = run_all(corpora / "raw_peer_RetailB_from_snapshot")[0]
    assert run.faults == []
    assert len(run.blocks) == 9
    assert run.passed["fabric.block-link"] == 8
    assert run.passed["fabric.snapshot-link"] == 1
    assert run.passed["fabric.commit-hash"] == 8


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("_base", []),
        (
            "tx_value_byte",
            [
                ("fabric.commit-hash", "commit-hash-mismatch", 20),
                ("fabric.data-hash", "hash-mismatch", 20),
                ("fabric.validation-flag", "validation-flag-mismatch", 20),
            ],
        ),
        (
            "prev_hash_byte",
            [
                ("fabric.block-link", "parent-hash-mismatch", 20),
                ("fabric.block-quorum", "quorum-not-met", 20),
                ("fabric.block-link", "parent-hash-mismatch", 21),
            ],
        ),
        ("orderer_sig_byte", [("fabric.block-quorum", "quorum-not-met", 20)]),
        (
            "flag_invalid_to_valid",
            [
                ("fabric.commit-hash", "commit-hash-mismatch", 34),
                ("fabric.validation-flag", "validation-flag-mismatch", 34),
            ],
        ),
        ("commit_hash_byte", [("fabric.commit-hash", "commit-hash-mismatch", 20)]),
        (
            "txs_glued",
            [
                ("fabric.canonical-envelope", "envelope-not-canonical", 20),
                ("fabric.commit-hash", "commit-hash-mismatch", 20),
                ("fabric.validation-flag", "flags-count-mismatch", 20),
            ],
        ),
        ("truncated", [("fabric.block-framing", "truncated", 69)]),
    ],
)
def test_altered_stores(
    corpora: Path, name: str, wanted: list[tuple[str, str, int]]
) -> None:
    assert run_all(corpora / "tampered" / name)[0].faults == wanted


def test_a_value_changed_and_everything_relinked(corpora: Path) -> None:
    faults = run_all(corpora / "tampered" / "value_relinked")[0].faults
    assert faults[:3] == [
        ("fabric.block-quorum", "quorum-not-met", 20),
        ("fabric.commit-hash", "commit-hash-mismatch", 20),
        ("fabric.validation-flag", "validation-flag-mismatch", 20),
    ]
    assert {each[:2] for each in faults[3:]} == {
        ("fabric.block-quorum", "quorum-not-met")
    }
    assert len(faults) == 52


def test_a_block_of_another_channel(corpora: Path) -> None:
    run = run_all(corpora / "tampered" / "foreign_block")[0]
    found = {(each.check, each.reason) for each in run.failed if each.block == 20}
    assert found >= {
        ("fabric.block-link", "parent-hash-mismatch"),
        ("fabric.block-quorum", "quorum-not-met"),
        ("fabric.channel-id", "other-channel"),
        ("fabric.validation-flag", "validation-flag-mismatch"),
    }
    assert run.failed[0].block == 20


def test_json_gives_the_very_bytes(corpora: Path) -> None:
    exact = lossy = 0
    for path in sorted((corpora / "json").glob("*.json")):
        data, has_maps = block_from_json(path.read_bytes())
        original = (corpora / "blocks" / f"{path.stem}.block").read_bytes()
        assert len(data) == len(original)
        if has_maps:
            lossy += 1
        else:
            exact += 1
            assert data == original
    assert (exact, lossy) == (20, 3)


def test_single_blocks_and_json(corpora: Path) -> None:
    for folder in ("blocks", "json"):
        runs = run_all(corpora / folder)
        assert [run.faults for run in runs] == [[], []]
        assert [len(run.blocks) for run in runs] == [18, 4]


def test_a_configuration_block_in_json_is_never_failed(corpora: Path) -> None:
    run = run_all(corpora / "json" / "pear-trace_config.json")[0]
    assert run.faults == []
    found = {(each.check, each.reason): each.outcome for each in run.results}
    assert found["fabric.data-hash", "json-not-rehashable"] is Outcome.INCONCLUSIVE
    codes = {each.code for each in run.closing.not_checked}
    assert "fabric-json-configuration" in codes


def test_only_fabric_is_recognised(corpora: Path) -> None:
    for folder in ("raw_peer_Orchard", "blocks", "json"):
        with open_evidence((corpora / folder,)) as files:
            assert probe(files) is Match.STRUCTURE
    for folder in ("ethereum", "fisco", "ccf", "prov-json", "epcis-docs"):
        with open_evidence((corpora.parent / folder,)) as files:
            assert probe(files) is Match.NO


def test_the_detail_tree_reaches_keys_and_values(corpora: Path) -> None:
    path = corpora / "raw_peer_Orchard"
    with open_evidence((path,)) as files:
        pipeline = open_ledgers(files, ReadingOptions(TrustStore()))[0]
        blocks = [
            each for each in StoreReader(files, [0]) if isinstance(each, RawBlock)
        ]
        detail = pipeline.detail(60, blocks[60].whole)
        fields = list(_all(detail.fields))
        write = next(
            each for each in fields if each.name == "writes" and "X00016" in each.value
        )
        value = next(each for each in write.children if each.name == "value")
        assert not isinstance(value.span, Absent)
        assert b"X00016" in files.read(value.span)
        assert '"docType":"box"' in value.value
    names = {each.name for each in fields}
    assert {"previous hash", "validation flags", "proposal_hash", "args"} <= names
    assert "unreadable" not in names
    assert detail.block.height == 60
    assert {type(each).__name__ for each in detail.claims} >= {
        "HashClaim",
        "SignatureClaim",
    }


def _all(fields: tuple[Field, ...]) -> list[Field]:
    found: list[Field] = []
    for each in fields:
        found.append(each)
        found += _all(each.children)
    return found


@pytest.mark.slow
def test_a_flipped_bit_anywhere_is_found_at_its_block(
    corpora: Path, tmp_path: Path
) -> None:
    source = next((corpora / "raw_peer_Orchard").rglob("blockfile_000000"))
    with open_evidence((source,)) as files:
        blocks = [
            each for each in StoreReader(files, [0]) if isinstance(each, RawBlock)
        ]
    blocks = blocks[:FLIPPED_BLOCKS]
    data = source.read_bytes()[: blocks[-1].whole.end]
    outside = [
        at
        for block in blocks
        for at in range(block.whole.start, block.whole.end)
        if not any(
            block.base + start <= at < block.base + end
            for start, end in block.envelopes
        )
    ]
    random = Random(20261122)  # noqa: S311  # a fixed sample, nothing secret
    target = tmp_path / "blockfile_000000"
    service = Remembered()
    for number in range(FLIPS):
        at = random.choice(outside) if number % 2 else random.randrange(len(data))
        altered = bytearray(data)
        altered[at] ^= 1 << random.randrange(8)
        target.write_bytes(altered)
        owner = next(block.number for block in blocks if at < block.whole.end)
        failed = run_all(tmp_path, service=service)[0].failed
        assert [each.block for each in failed[:1]] == [owner], at
