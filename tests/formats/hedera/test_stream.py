"""Hedera record streams made here: intact in every version, and each fault."""

import gzip
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.crypto.trust import TrustStore
from explorer.encodings.protobuf import encode_bytes, encode_integer
from explorer.formats.hedera import checks, files, may_differ, open_ledgers, probe
from explorer.formats.hedera.book import anchors_from_address_book
from explorer.formats.hedera.messages import account
from explorer.formats.hedera.resolver import time_of
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.model.ledgers import Match
from tests.formats.hedera.stream import (
    Made,
    Said,
    Stream,
    address_book,
    amounts,
    entity,
    make,
    orchard,
    sha384,
    spki,
)
from tests.formats.running import Ran, run_all


def run(folder: Path, trust: TrustStore | None = None, *show: int) -> Ran:
    (ran,) = run_all(open_ledgers, folder, trust, show=show)
    return ran


def trust_of(nodes: tuple[int, ...]) -> TrustStore:
    return TrustStore(anchors_from_address_book(address_book(nodes), "book"))


@pytest.mark.parametrize("version", [1, 2, 5, 6])
@pytest.mark.parametrize("packed", [False, True])
def test_an_intact_stream(tmp_path: Path, version: int, packed: bool) -> None:
    stream = orchard(version)
    ran = run(stream.write(tmp_path, packed=packed), None, *range(110))
    assert (ran.faults, ran.open) == ([], [])
    assert ran.passed[checks.LINK] == 2
    assert ran.passed[checks.FILE_HASH] == 12
    assert ran.passed[checks.QUORUM] == 3
    assert ran.passed[checks.SIGNATURE] == (24 if version > 4 else 12)
    assert ran.passed[checks.RUNNING] == (3 if version > 4 else 0)
    assert ran.passed[checks.METADATA_HASH] == (12 if version > 4 else 0)
    assert ran.blocks[0].height == (100 if version == 6 else 0)
    hashes = [sha384(each.header) for each in ran.blocks]
    assert hashes == [each.end for each in stream.made]
    assert ran.entries[0].id == "0.0.5@1700000000.000000007"
    assert len(ran.closing.parties) == 4
    middle = ran.details[ran.blocks[1].height]
    assert checks.LINK in {each.check for each in middle.claims}
    parts = b"".join(each.data for each in middle.header_parts)
    assert parts == (b"" if version == 1 else middle.block.header)
    assert len(middle.claim_parts) == (1 if version > 4 else 0)
    names = {each.name for each in middle.fields}
    assert {"head", "records", "signature of 0.0.3"} <= names


def test_versions_follow_each_other(tmp_path: Path) -> None:
    stream = Stream()
    for version in (1, 2, 2, 5, 5, 6, 6):
        stream.grow(version)
    ran = run(stream.write(tmp_path))
    assert ran.faults == []
    assert ran.passed[checks.LINK] == 6
    assert [each.height for each in ran.blocks] == list(range(100, 107))


def test_what_transactions_say(tmp_path: Path) -> None:
    token = encode_bytes(1, entity(77))
    moved = token + b"".join(
        encode_bytes(2, each)
        for each in (
            encode_bytes(1, entity(5)) + encode_integer(2, 3),
            encode_bytes(1, entity(6)) + encode_integer(2, 4),
        )
    )
    unique = token + encode_bytes(
        3,
        encode_bytes(1, entity(0)) + encode_bytes(2, entity(8)) + encode_integer(3, 12),
    )
    message = encode_bytes(1, entity(55)) + encode_bytes(2, b'{"lot": 1}')
    stream = Stream()
    stream.grow(
        5,
        Said(0, tokens=encode_bytes(11, moved) + encode_bytes(11, unique)),
        Said(1, hbar=((5, -7), (6, -3), (9, 10))),
        Said(2, kind=27, body=message, hbar=((5, -1),), way="bytes"),
        Said(3, status=10, way="plain", kind=99),
        Said(4, hbar=((7, 5),), kind=27, body=encode_bytes(2, b"\x01")),
    )
    ran = run(stream.write(tmp_path))
    assert ran.faults == []
    first, second, third, fourth, last = ran.contents
    assert _moves(first) == [
        ("tinybar", 10, "0.0.5", "0.0.6", False),
        ("0.0.77", 2, "0.0.5", "0.0.6", False),
        ("0.0.77/12", 1, "", "0.0.8", True),
    ]
    pool = f"transaction/{second.entry_id}"
    assert _moves(second) == [
        ("tinybar", 7, "0.0.5", pool, False),
        ("tinybar", 3, "0.0.6", pool, False),
        ("tinybar", 10, pool, "0.0.9", False),
    ]
    assert (third.writes[0].key, third.writes[0].value) == ("0.0.55", b'{"lot": 1}')
    assert third.documents[0].media_type == "application/json"
    assert _moves(third) == [("tinybar", 1, "0.0.5", "", False)]
    assert not fourth.accepted
    assert fourth.kind == "transaction"
    assert _moves(last) == [("tinybar", 5, "", "0.0.7", False)]
    assert last.documents == ()
    assert ran.blocks[0].refused_count == 1


def _moves(content: object) -> list[tuple[str, int, str, str, bool]]:
    transfers = content.transfers  # type: ignore[attr-defined]
    return [(e.asset, e.amount, e.source, e.target, e.is_unique) for e in transfers]


def test_a_record_that_cannot_be_decoded(tmp_path: Path) -> None:
    stream = Stream()
    broken = Said(0, tokens=b"\xff")
    stream.grow(5, broken)
    ran = run(stream.write(tmp_path))
    assert ran.faults == []
    assert ran.entries[0].kind == "unreadable"


def test_anchors_make_it_attributed(tmp_path: Path) -> None:
    folder = orchard(6).write(tmp_path)
    ran = run(folder, trust_of((3, 4, 5, 6)))
    assert ran.passed[checks.AUTHORITY] == 4
    assert ran.unattributed == set()
    few = run(folder, trust_of((3,)))
    assert few.unattributed == {100, 101, 102}
    other = address_book((3,)).replace(spki(3).hex().encode(), spki(4).hex().encode())
    wrong = TrustStore(anchors_from_address_book(other, "book"))
    assert run(folder, wrong).faults == [(checks.AUTHORITY, "authority-differs", 100)]


def test_the_users_book_serves_where_the_evidence_has_none(tmp_path: Path) -> None:
    folder = orchard(5).write(tmp_path, book=False)
    ran = run(folder, trust_of((3, 4, 5, 6)))
    assert ran.faults == ran.open == []
    assert ran.passed[checks.QUORUM] == 3
    without = run(folder)
    reason = "key-not-in-evidence"
    assert without.open == [(checks.SIGNATURE, reason, height) for height in range(3)]
    assert "hedera-no-address-book" in without.remarks


def test_a_later_signed_file_vouches_for_linked_ones(tmp_path: Path) -> None:
    stream = orchard(5)
    folder = stream.write(tmp_path)
    for path in folder.rglob(f"{stream.made[0].time}.rcd_sig"):
        path.unlink()
    ran = run(folder, trust_of((3, 4, 5, 6)))
    assert ran.open == [(checks.QUORUM, "signatures-not-in-export", 0)]
    assert ran.unattributed == set()


def test_files_without_any_signature(tmp_path: Path) -> None:
    folder = orchard(5).write(tmp_path)
    for path in folder.rglob("*.rcd_sig"):
        path.unlink()
    ran = run(folder, trust_of((3, 4, 5, 6)))
    assert ran.open == []
    assert len([e for e in ran.skipped if e[0] == checks.QUORUM]) == 3
    assert ran.unattributed == {0, 1, 2}
    assert "hedera-unsigned-files" in ran.remarks


def test_a_third_is_enough_and_less_is_not(tmp_path: Path) -> None:
    stream = orchard(5)
    folder = stream.write(tmp_path)
    for node in (4, 5):
        for path in (folder / f"record0.0.{node}").glob("*.rcd_sig"):
            path.unlink()
    assert run(folder).faults == []
    _sign_otherwise(folder / "record0.0.6")
    reason = "quorum-not-met"
    found = run(folder).faults
    assert [e for e in found if e[0] == checks.QUORUM] == [
        (checks.QUORUM, reason, n) for n in range(3)
    ]


def _sign_otherwise(folder: Path) -> None:
    for path in folder.glob("*.rcd_sig"):
        data = bytearray(path.read_bytes())
        data[130] ^= 1
        path.write_bytes(bytes(data))


def test_files_of_too_few_nodes_are_no_fault(tmp_path: Path) -> None:
    """Whoever copies the folder of one node has its signatures only."""
    folder = orchard(5).write(tmp_path)
    for node in (4, 5, 6):
        for path in (folder / f"record0.0.{node}").glob("*.rcd_sig"):
            path.unlink()
    ran = run(folder, trust_of((3, 4, 5, 6)))
    assert ran.faults == []
    reason = "too-few-signature-files"
    assert [e for e in ran.open if e[0] == checks.QUORUM] == [
        (checks.QUORUM, reason, n) for n in range(3)
    ]
    assert ran.unattributed == {0, 1, 2}


def _all_copies(folder: Path, made: Made, data: bytes) -> None:
    for path in folder.rglob(f"{made.time}.rcd"):
        path.write_bytes(data)


def test_a_changed_file_was_signed_by_nobody(tmp_path: Path) -> None:
    stream = orchard(5)
    folder = stream.write(tmp_path)
    made = stream.made[1]
    changed = bytearray(made.data)
    changed[-100] ^= 1  # inside the transaction
    _all_copies(folder, made, bytes(changed))
    faults = run(folder).faults
    assert (checks.RUNNING, "hash-mismatch", 1) in faults
    assert (checks.FILE_HASH, "hash-mismatch", 1) in faults
    assert (checks.QUORUM, "quorum-not-met", 1) in faults
    assert (checks.LINK, "parent-hash-mismatch", 2) in faults
    assert min(each[2] for each in faults) == 1


def test_copies_that_differ(tmp_path: Path) -> None:
    stream = orchard(5)
    folder = stream.write(tmp_path)
    other = make(5, bytes(48), [Said(0, status=11)])
    path = folder / "record0.0.6" / f"{stream.made[0].time}.rcd"
    path.write_bytes(other.data)
    faults = run(folder).faults
    assert faults == [(checks.NUMBER, "copies-differ", 0)]


def test_a_node_that_signed_another_file(tmp_path: Path) -> None:
    stream = orchard(5)
    folder = stream.write(tmp_path)
    made = stream.made[0]
    path = folder / "record0.0.6" / f"{made.time}.rcd_sig"
    path.write_bytes(made.signature(6, sha384(b"another")))
    ran = run(folder)
    assert ran.faults == []
    assert ran.open == [(checks.FILE_HASH, "signed-another-file", 0)]
    assert ran.passed[checks.QUORUM] == 3


def test_a_signature_with_another_key(tmp_path: Path) -> None:
    stream = orchard(5)
    folder = stream.write(tmp_path)
    made = stream.made[0]
    path = folder / "record0.0.6" / f"{made.time}.rcd_sig"
    path.write_bytes(made.signature(6, key=4))
    faults = run(folder).faults
    assert faults == [(checks.SIGNATURE, "signature-mismatch", 0)] * 2


def test_signatures_of_unknown_nodes(tmp_path: Path) -> None:
    stream = orchard(5)
    folder = stream.write(tmp_path)
    made = stream.made[0]
    below = folder / "record0.0.99"
    below.mkdir()
    (below / f"{made.time}.rcd_sig").write_bytes(made.signature(6))
    (folder / f"{made.time}.rcd_sig").write_bytes(made.signature(6))
    ran = run(folder)
    assert sorted(each[1] for each in ran.open) == [
        "key-not-in-evidence",
        "node-not-named",
    ]


def _missing_middle(seconds: tuple[int, ...], version: int, folder: Path) -> Ran:
    stream = Stream()
    for second in seconds:
        stream.grow(version, second=second)
    del stream.made[1]
    return run(stream.write(folder))


def test_a_file_missing_in_the_middle(tmp_path: Path) -> None:
    five = _missing_middle((0, 5, 10), 5, tmp_path / "5")
    assert five.faults == [(checks.LINK, "parent-hash-mismatch", 1)]
    six = _missing_middle((0, 5, 10), 6, tmp_path / "6")
    assert six.faults == [(checks.NUMBER, "files-missing", 102)]


@pytest.mark.parametrize("version", [5, 6])
def test_a_long_pause_is_a_part_left_out(tmp_path: Path, version: int) -> None:
    ran = _missing_middle((0, 60, 120), version, tmp_path)
    assert ran.faults == []
    assert "hedera-gaps" in ran.remarks
    assert [each[1] for each in ran.skipped if each[0] == checks.LINK] == [
        "first-file",
        "parent-not-in-export",
    ]


def test_a_number_that_repeats(tmp_path: Path) -> None:
    stream = Stream()
    stream.grow(6)
    stream.number = 100
    stream.grow(6)
    faults = run(stream.write(tmp_path)).faults
    assert faults == [(checks.NUMBER, "number-repeated", 101)]


def test_a_file_without_records(tmp_path: Path) -> None:
    stream = Stream()
    stream.made.append(make(5, bytes(48), []))
    ran = run(stream.write(tmp_path))
    assert (checks.RUNNING, "no-records", 0) in ran.skipped


def test_sidecars(tmp_path: Path) -> None:
    stream = Stream()
    stream.grow(6, sidecars=[b"sidecar one", b"sidecar two"])
    folder = stream.write(tmp_path)
    name = stream.made[0].time
    below = folder / "sidecar"
    below.mkdir()
    (below / f"{name}_01.rcd.gz").write_bytes(gzip.compress(b"sidecar one"))
    ran = run(folder)
    assert ran.faults == []
    assert ran.passed[checks.SIDECAR] == 1
    assert (checks.SIDECAR, "sidecar-not-in-export", 100) in ran.skipped
    (below / f"{name}_02.rcd").write_bytes(b"forged")
    assert run(folder).faults == [(checks.SIDECAR, "hash-mismatch", 100)]
    (below / f"{name}_02.rcd").write_bytes(b"\x1f\x8bforged")
    assert run(folder).faults == [(checks.FRAMING, "gzip-damaged", -1)]


@pytest.mark.parametrize(
    ("version", "change", "reason"),
    [
        (2, lambda d: d[:-1], "truncated"),
        (2, lambda d: d[:40], "truncated"),
        (2, lambda d: d[:8] + b"\x05" + d[9:], "record-malformed"),
        (2, lambda d: d + b"\x07", "record-malformed"),
        (2, lambda d: d + b"\x02\xff\xff\xff\xff", "record-malformed"),
        (5, lambda d: d[:-1], "truncated"),
        (5, lambda d: d[:30], "truncated"),
        (5, lambda d: d + b"\x00", "trailing-bytes"),
        (5, lambda d: d[:16] + b"\x00\x00\x00\x02" + d[20:], "record-malformed"),
        (5, lambda d: d[:20] + b"\x00" + d[21:], "record-malformed"),
        (5, lambda d: d[:96] + b"\x00\x00\x00\x02" + d[100:], "record-malformed"),
        (6, lambda d: d[:-1], "record-malformed"),
        (6, lambda d: d[:4] + b"\x0a\x00" + d[4:40], "record-malformed"),
        (6, lambda d: b"\x00\x00\x00\x09" + d[4:], "version-unknown"),
        (6, lambda d: b"", "truncated"),
    ],
)
def test_damaged_record_files(
    tmp_path: Path, version: int, change: Callable[[bytes], bytes], reason: str
) -> None:
    stream = orchard(version)
    folder = stream.write(tmp_path)
    made = stream.made[1]
    _all_copies(folder, made, change(made.data))
    ran = run(folder)
    height = ran.blocks[0].height + 1
    assert (checks.FRAMING, reason, height) in ran.faults
    assert len(ran.blocks) == 2
    assert (checks.LINK, "parent-unreadable", ran.blocks[1].height) in ran.skipped


@pytest.mark.parametrize("version", [2, 5, 6])
@pytest.mark.parametrize("cut", [0, 1, 30, 60, 100, 300, -1])
def test_damaged_signature_files(tmp_path: Path, version: int, cut: int) -> None:
    stream = orchard(version)
    folder = stream.write(tmp_path)
    made = stream.made[0]
    path = folder / "record0.0.6" / f"{made.time}.rcd_sig"
    data = made.signature(6)
    path.write_bytes(data[:cut] if cut >= 0 else data + b"\x01")
    ran = run(folder)
    assert ran.faults == [(checks.SIGNATURE_FILE, "signature-malformed", -1)]


@pytest.mark.parametrize(("at", "version"), [(1, 5), (8, 5), (80, 5), (95, 5), (49, 2)])
def test_signature_files_with_another_class(
    tmp_path: Path, at: int, version: int
) -> None:
    stream = orchard(version)
    folder = stream.write(tmp_path)
    made = stream.made[0]
    data = bytearray(made.signature(6))
    data[at] ^= 0x40
    path = folder / "record0.0.6" / f"{made.time}.rcd_sig"
    path.write_bytes(data)
    assert run(folder).faults == [(checks.SIGNATURE_FILE, "signature-malformed", -1)]


def test_compressed_files_that_are_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = orchard(6)
    folder = stream.write(tmp_path, packed=True)
    paths = list(folder.rglob(f"{stream.made[1].time}.rcd.gz"))
    good = paths[0].read_bytes()
    for data, reason in (
        (good[:40] + b"\xff\xff" + good[42:], "gzip-damaged"),
        (good[:-4], "gzip-damaged"),
        (good + b"more", "gzip-damaged"),
        (gzip.compress(bytes(10**6)), "too-long"),
    ):
        for path in paths:
            path.write_bytes(data)
        with monkeypatch.context() as patch:
            patch.setattr(files.unpacked, "__defaults__", (10**5,))
            assert (checks.FRAMING, reason, 101) in run(folder).faults, reason


def test_where_compressed_data_begins() -> None:
    plain = gzip.compress(b"x")
    named = plain[:3] + b"\x1e" + plain[4:10] + b"\x02\x00ab" + b"n\0" + b"c\0" + b"hh"
    assert files._packed_at(plain) == 10
    assert files._packed_at(named) == len(named)
    assert files._packed_at(b"plain") == -1


def test_one_folder_for_one_file_as_block_nodes_keep_it(tmp_path: Path) -> None:
    made = orchard(5).made[0]
    below = tmp_path / made.time
    below.mkdir()
    (below / f"{made.time}.rcd").write_bytes(made.data)
    (below / "address_book.bin").write_bytes(address_book((3, 4, 5)))
    for node in (3, 4, 5):
        (below / f"node_0.0.{node}.rcd_sig").write_bytes(made.signature(node))
    ran = run(tmp_path)
    assert ran.faults == []
    assert ran.passed[checks.QUORUM] == 1
    stray = tmp_path / "stray"
    stray.mkdir()
    (stray / "node_0.0.9.rcd_sig").write_bytes(made.signature(3))
    assert "hedera-loose-signatures" in run(tmp_path).remarks


def test_the_nearest_address_book_counts(tmp_path: Path) -> None:
    stream = orchard(5)
    stream.write(tmp_path / "a")
    other = tmp_path / "b"
    other.mkdir()
    (other / "book.bin").write_bytes(address_book((4, 5)))
    (other / "broken.bin").write_bytes(b"\x0a\x02\x08\x01")
    (other / "odd.bin").write_bytes(b"\x0a\xff")
    ran = run(tmp_path)
    assert ran.faults == []
    assert ran.passed[checks.QUORUM] == 3


def test_keys_that_are_no_rsa_keys() -> None:
    for text in (b"zz", b"00", b"3000"):
        node = encode_bytes(3, b"0.0.3") + encode_bytes(4, text)
        assert anchors_from_address_book(encode_bytes(1, node), "x") == ()
    by_account = encode_bytes(4, spki(3).hex().encode()) + encode_bytes(6, entity(9))
    (anchor,) = anchors_from_address_book(encode_bytes(1, by_account), "x")
    assert anchor.organisation == "0.0.9"
    assert anchors_from_address_book(encode_bytes(2, by_account), "x") == ()


def test_accounts_as_text() -> None:
    assert account(entity(3), (0, 2)) == "0.0.3"
    assert account(encode_bytes(4, b"\xab"), (0, 3)) == "0.0.ab"


def test_times_of_names() -> None:
    assert time_of("2023-11-14T22_13_20.5Z") == 1_700_000_000_500_000
    assert time_of("x") is Absent.NOT_IN_FORMAT
    assert time_of("2023-13-14T22_13_20Z") is Absent.UNREADABLE


def test_what_is_recognised(tmp_path: Path) -> None:
    made = orchard(5).made[0]
    for name, data, match in (
        ("any.bin", made.data, Match.STRUCTURE),
        ("x.rcd_sig", made.signature(3), Match.POSSIBLE),
        ("x.rcd.gz", gzip.compress(orchard(6).made[0].data), Match.STRUCTURE),
        ("x.rcd", orchard(2).made[0].data, Match.STRUCTURE),
        ("x.bin", b"\x1f\x8bxx", Match.NO),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        with open_evidence((path,)) as opened:
            assert probe(opened) is match, name
    assert may_differ("signature of 0.0.3", b"", b"x")
    assert not may_differ("head/version", b"", b"x")


def test_a_file_under_any_name(tmp_path: Path) -> None:
    (tmp_path / "any.bin").write_bytes(orchard(5).made[0].data)
    ran = run(tmp_path)
    assert ran.faults == []
    assert ran.blocks[0].time_us == 1_700_000_000_000_000


def test_only_signatures_make_no_ledger(tmp_path: Path) -> None:
    (tmp_path / "x.rcd_sig").write_bytes(orchard(5).made[0].signature(3))
    assert run_all(open_ledgers, tmp_path) == []


def test_no_block_elsewhere(tmp_path: Path) -> None:
    stream = orchard(5)
    folder = stream.write(tmp_path)
    _all_copies(folder, stream.made[1], b"")
    with open_evidence((folder,)) as opened:
        (found,) = open_ledgers(opened, ReadingOptions(TrustStore()))
        for source, message in ((0, "no file"), (3, "cannot be read")):
            with pytest.raises(ReadError, match=message):
                found.detail(1, ByteSpan(source, 0, 1))


def test_changed_bits_are_found(tmp_path: Path) -> None:
    stream = orchard(5)
    folder = stream.write(tmp_path)
    path = folder / "record0.0.3" / f"{stream.made[1].time}.rcd"
    signature = path.with_suffix(".rcd_sig")
    chosen = random.Random(5)  # noqa: S311 - repeatable, nothing secret
    for target in (path, signature):
        data = bytearray(target.read_bytes())
        for _ in range(20):
            at, bit = chosen.randrange(len(data)), chosen.randrange(8)
            data[at] ^= 1 << bit
            if target == path:
                _all_copies(folder, stream.made[1], bytes(data))
            else:
                target.write_bytes(data)
            assert run(folder).faults, (target.name, at, bit)
            data[at] ^= 1 << bit
        if target == path:
            _all_copies(folder, stream.made[1], bytes(data))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.data())
def test_no_change_of_bytes_makes_the_reader_raise(
    tmp_path: Path, data: st.DataObject
) -> None:
    made = orchard(data.draw(st.sampled_from([2, 5, 6]))).made[0]
    is_record = data.draw(st.booleans())
    whole = made.data if is_record else made.signature(3)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 12)))
    changed = whole[:start] + data.draw(st.binary(max_size=12)) + whole[end:]
    (tmp_path / f"{made.time}.rcd").write_bytes(changed if is_record else made.data)
    name = f"{made.time}.rcd_sig"
    (tmp_path / name).write_bytes(made.signature(3) if is_record else changed)
    with open_evidence((tmp_path,)) as opened:
        for found in open_ledgers(opened, ReadingOptions(TrustStore())):
            for parsed in found.read():
                found.resolve(parsed)
            found.finish()


def test_real_streams(corpora: Path) -> None:
    folder = corpora / "hedera"
    ran = run(folder / "example-v5")
    assert ran.faults == ran.open == []
    assert ran.passed[checks.SIGNATURE] == 24
    for version in (2, 5, 6):
        name = "test-v6-sidecar-4n.bin" if version == 6 else "testnet"
        book = (folder / "addressbook" / name).read_bytes()
        trust = TrustStore(anchors_from_address_book(book, name))
        ran = run(folder / f"mirror-v{version}", trust)
        assert ran.faults == ran.open == []
        assert ran.passed[checks.FILE_HASH] == 8
        assert ran.passed[checks.LINK] == 1
        assert ran.unattributed == set()


def test_amounts_helper_is_protobuf() -> None:
    assert amounts({5: -1}) == bytes.fromhex("0a060a0218051001")
