"""CCF ledgers made here: intact, and each fault with its own reason at its entry."""

import json
import random
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.crypto.trust import AnchorKind, AnchorOrigin, IdentityAnchor, TrustStore
from explorer.crypto.trust_files import anchors_from_pem
from explorer.formats.ccf import checks, may_differ, open_ledgers, pipeline, probe
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.model.claims import HashClaim
from explorer.model.ledgers import Field, Match
from tests.formats.ccf.ledger import (
    ONE,
    Holder,
    Ledger,
    chunk_bytes,
    entry_bytes,
    orchard,
    public_bytes,
    quoted,
    root_of,
    sha256,
)
from tests.formats.running import Ran, run_all


def run(folder: Path, trust: TrustStore | None = None, *show: int) -> Ran:
    ran, *_ = run_all(open_ledgers, folder, trust, show=show)
    return ran


def trust_of(*holders: Holder) -> TrustStore:
    anchors: list[IdentityAnchor] = []
    for each in holders:
        anchors += anchors_from_pem(each.pem.encode(), Absent.NOT_IN_FORMAT, "x")
    return TrustStore(tuple(anchors))


def test_an_intact_ledger(tmp_path: Path) -> None:
    ledger = orchard()
    ran = run(ledger.write(tmp_path / "orchard" / "ledger", 2, 6), None, 3, 6, 8)
    assert ran.title == "orchard"
    assert (ran.faults, ran.open) == ([], [])
    assert [each.height for each in ran.blocks] == list(range(1, 13))
    for check, count in {
        checks.FRAMING: 12,
        checks.POSITIONS: 3,
        checks.SEQNO: 12,
        checks.ROOT: 4,
        checks.NODE_SIGNATURE: 4,
        checks.SERVICE_SIGNATURE: 4,
        checks.NODE_ID: 1,
        checks.ENDORSEMENT: 1,
        checks.MEMBER_SIGNATURE: 1,
    }.items():
        assert ran.passed[check] == count, check
    assert ran.blocks[5].time_us == 1_700_000_006_000_000
    assert sha256(ran.blocks[4].header) == root_of(ledger.leaves[:6])
    assert "ccf-private-tables" in ran.remarks
    roles = [each.role for each in ran.closing.parties]
    assert roles == ["service", "node", "member"]


def test_what_entries_say(tmp_path: Path) -> None:
    ran = run(orchard().write(tmp_path))
    kinds = [each.kind for each in ran.entries]
    assert kinds[:5] == [
        "governance",
        "signature",
        "application",
        "governance",
        "governance",
    ]
    said = {each.entry_id: each for each in ran.contents}
    write = said["2.3"].writes[0]
    assert (write.space, write.key, write.value) == (
        "public:records",
        "lot/1",
        b"picked",
    )
    assert said["2.4"].writes[0].is_delete
    assert said["2.5"].author_verified
    assert "2.6" not in said
    assert "2.11" not in said


def test_the_detail_has_every_byte(tmp_path: Path) -> None:
    ran = run(orchard().write(tmp_path), None, 3, 4, 6, 8)
    detail = ran.details[6]
    root = next(
        each
        for each in detail.claims
        if isinstance(each, HashClaim) and each.check == checks.ROOT
    )
    parts = dict(detail.claim_parts)[detail.claims.index(root)]
    assert b"".join(each.data for each in parts) == root.covered
    assert b"".join(e.data for e in detail.header_parts) == detail.block.header
    (table,) = [
        each for each in _below(ran.details[3].fields) if each.value == "picked"
    ]
    assert isinstance(table.span, ByteSpan)
    assert table.span.size_bytes == len("picked")
    assert "removed" in [each.value for each in _below(ran.details[4].fields)]
    assert ran.details[8].fields[-1].name == "private part"


def _below(fields: tuple[Field, ...]) -> list[Field]:
    found = list(fields)
    for each in fields:
        found += _below(each.children)
    return found


def test_the_detail_of_a_long_ledger_takes_the_tree_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "MAX_REREAD", 2)
    ran = run(orchard().write(tmp_path, 2, 6), None, 7, 9)
    assert ran.details[7].block.header == ran.blocks[6].header
    assert ran.details[9].block.header == ran.blocks[8].header


def test_no_block_at_a_wrong_place(tmp_path: Path) -> None:
    orchard().write(tmp_path)
    with open_evidence((tmp_path,)) as files:
        (found,) = open_ledgers(files, ReadingOptions(TrustStore()))
        for span in (ByteSpan(0, 0, 4), ByteSpan(0, 8, 3000)):
            with pytest.raises(ReadError, match="no entry 7"):
                found.detail(7, span)


def test_anchors_make_it_attributed(tmp_path: Path) -> None:
    ledger = orchard()
    folder = ledger.write(tmp_path)
    ran = run(folder, trust_of(ledger.service))
    assert ran.unattributed == set()
    assert ran.closing.uncovered == ()
    assert ran.passed[checks.AUTHORITY] == 1
    other = run(folder, trust_of(Holder(9, "Other Service")))
    assert other.unattributed == set(range(1, 13))
    assert other.closing.uncovered


def test_an_unsigned_tail_is_said(tmp_path: Path) -> None:
    ledger = orchard()
    ledger.record("lot/3", "picked")
    ran = run(ledger.write(tmp_path), trust_of(ledger.service))
    assert ran.faults == []
    assert "ccf-unsigned-tail" in ran.remarks
    assert ran.unattributed == {13}


def _flip(at: int) -> Callable[[Ledger], None]:
    def change(ledger: Ledger) -> None:
        entry = bytearray(ledger.entries[at - 1])
        entry[10] ^= 1  # in the authentication tag, which nothing reads
        ledger.entries[at - 1] = bytes(entry)

    return change


def test_another_entry_is_found_where_it_is(tmp_path: Path) -> None:
    ledger = orchard()
    _flip(8)(ledger)
    ran = run(ledger.write(tmp_path))
    assert ran.faults == [
        (checks.LEAF, "leaf-differs", 8),
        (checks.ROOT, "hash-mismatch", 9),
    ]
    assert ran.passed[checks.ROOT] == 3
    (leaf,) = [each for each in ran.results if each.check == checks.LEAF]
    assert leaf.spans[0].size_bytes == len(ledger.entries[7])


def test_without_a_stated_tree_only_the_first_bad_root_fails(tmp_path: Path) -> None:
    ledger = Ledger()
    ledger.begin()
    for _ in range(3):
        ledger.record("a", "b")
        ledger.sign(with_tree=False)
    _flip(2)(ledger)
    ran = run(ledger.write(tmp_path))
    assert ran.faults == [(checks.ROOT, "hash-mismatch", 3)]
    assert [each for each in ran.skipped if each[0] == checks.ROOT] == [
        (checks.ROOT, "follows-bad-root", 5),
        (checks.ROOT, "follows-bad-root", 7),
    ]


def test_a_tree_that_was_not_signed_is_not_taken(tmp_path: Path) -> None:
    ledger = orchard()
    changed = bytearray(ledger.entries[5])
    at = changed.index(b"public:ccf.internal.tree") + 90
    changed[at] ^= 1
    ledger.entries[5] = bytes(changed)
    _flip(3)(ledger)
    ran = run(ledger.write(tmp_path))
    assert (checks.ROOT, "hash-mismatch", 6) in ran.faults
    assert (checks.ROOT, "follows-bad-root", 9) in ran.skipped


def test_a_ledger_that_begins_later(tmp_path: Path) -> None:
    ledger = orchard()
    ledger.write(tmp_path, 2, 6)
    (tmp_path / "ledger_1-2.committed").unlink()
    ran = run(tmp_path, trust_of(ledger.service))
    assert ran.faults == []
    assert ran.passed[checks.ROOT] == 3
    assert ran.passed[checks.SERVICE_SIGNATURE] == 3
    assert "ccf-partial-ledger" in ran.remarks
    assert (checks.MEMBER_SIGNATURE, "member-unknown", 5) in ran.skipped
    assert ran.closing.is_partial


def test_missing_entries_in_the_middle(tmp_path: Path) -> None:
    ledger = orchard()
    ledger.write(tmp_path, 2, 6, 9)
    (tmp_path / "ledger_3-6.committed").unlink()
    ran = run(tmp_path)
    assert ran.faults == [(checks.SEQNO, "entries-missing", 7)]
    assert ran.passed[checks.ROOT] == 3


def test_a_beginning_without_a_tree(tmp_path: Path) -> None:
    ledger = Ledger()
    ledger.begin()
    ledger.sign(with_tree=False)
    ledger.record("a", "b")
    ledger.sign(with_tree=False)
    ledger.write(tmp_path, 2)
    (tmp_path / "ledger_1-2.committed").unlink()
    ran = run(tmp_path)
    assert (checks.ROOT, "tree-not-in-export", 4) in ran.skipped
    assert (checks.ENDORSEMENT, "service-unknown", 4) in ran.open


def test_entries_that_repeat_or_go_back(tmp_path: Path) -> None:
    ledger = orchard()
    ledger.write(tmp_path, 2, 6)
    data = chunk_bytes(ledger.entries[5:])
    (tmp_path / "ledger_6-12.committed").write_bytes(data)
    (tmp_path / "ledger_7").unlink()
    ran = run(tmp_path)
    assert (checks.SEQNO, "entry-repeated", 6) in ran.faults


def test_a_view_that_goes_back(tmp_path: Path) -> None:
    ledger = orchard()
    ledger.view = 1
    ledger.record("a", "b")
    assert run(ledger.write(tmp_path)).faults == [(checks.SEQNO, "view-goes-back", 13)]


def test_a_table_of_positions_that_is_wrong(tmp_path: Path) -> None:
    ledger = orchard()
    path = ledger.write(tmp_path, 2) / "ledger_1-2.committed"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    assert run(tmp_path).faults == [(checks.POSITIONS, "positions-differ", 2)]


def test_a_name_that_states_other_numbers(tmp_path: Path) -> None:
    ledger = orchard()
    path = ledger.write(tmp_path, 2) / "ledger_1-2.committed"
    path.rename(tmp_path / "ledger_1-3.committed")
    assert run(tmp_path).faults == [(checks.POSITIONS, "range-differs", 2)]


def test_a_table_outside_the_file(tmp_path: Path) -> None:
    ledger = orchard()
    path = ledger.write(tmp_path) / "ledger_1"
    data = bytearray(path.read_bytes())
    data[:8] = struct.pack("<Q", 10**9)
    path.write_bytes(data)
    assert run(tmp_path).faults[0] == (checks.FRAMING, "header-malformed", -1)


@pytest.mark.parametrize(
    ("cut", "reason"), [(5, "truncated"), (20, "truncated"), (-3, "truncated")]
)
def test_a_file_that_is_cut_off(tmp_path: Path, cut: int, reason: str) -> None:
    ledger = orchard()
    path = ledger.write(tmp_path, 2) / "ledger_3"
    path.write_bytes(path.read_bytes()[:cut])
    ran = run(tmp_path)
    assert ran.faults[0][:2] == (checks.FRAMING, reason)
    assert len(ran.blocks) >= 2


def test_an_entry_of_another_version(tmp_path: Path) -> None:
    ledger = orchard()
    ledger.entries[2] = b"\x07" + ledger.entries[2][1:]
    ran = run(ledger.write(tmp_path))
    assert ran.faults == [(checks.FRAMING, "entry-malformed", 3)]


def test_an_entry_whose_public_part_is_too_long(tmp_path: Path) -> None:
    ledger = orchard()
    entry = bytearray(ledger.entries[2])
    entry[36:44] = struct.pack("<Q", 10**6)
    ledger.entries[2] = bytes(entry)
    ran = run(ledger.write(tmp_path))
    assert ran.faults[0] == (checks.FRAMING, "entry-malformed", 3)
    assert ran.entries[-1].block == 12


def test_an_entry_beyond_the_limit(tmp_path: Path) -> None:
    ledger = orchard()
    entry = bytearray(ledger.entries[2])
    entry[2:8] = (2**40).to_bytes(6, "little")
    ledger.entries[2] = bytes(entry)
    ran = run(ledger.write(tmp_path))
    assert ran.faults == [(checks.FRAMING, "entry-too-long", 3)]


@pytest.mark.parametrize(
    "public",
    [
        b"\x04",
        struct.pack("<Bq", 9, 3) + bytes(80),
        public_bytes(3, {})[:-4],
        public_bytes(3, {}) + struct.pack("<QQQ", 0, 0, 1),
        public_bytes(3, {}) + struct.pack("<Q", 0) + struct.pack("<QQQQ", 0, 0, 9, 9),
        public_bytes(3, {}) + struct.pack("<Q", 0) + struct.pack("<QQQQ", 0, 0, 0, 9),
        public_bytes(3, {}) + struct.pack("<Q", 99),
    ],
)
def test_a_public_part_that_cannot_be_read(tmp_path: Path, public: bytes) -> None:
    ledger = orchard()
    ledger.entries[2] = entry_bytes(3, 2, public)
    ran = run(ledger.write(tmp_path), None, 3)
    assert ran.faults[0] == (checks.ENTRY, "public-malformed", 3)
    assert len(ran.blocks) == 12
    assert ran.entries[2].kind == "unreadable"


def test_an_entry_with_two_numbers(tmp_path: Path) -> None:
    ledger = orchard()
    ledger.entries[2] = entry_bytes(3, 2, public_bytes(33, {}))
    ran = run(ledger.write(tmp_path))
    assert ran.faults[0] == (checks.ENTRY, "version-differs", 3)


def _signed(**changes: object) -> Ledger:
    ledger = Ledger()
    ledger.begin()
    ledger.sign(True, **changes)
    return ledger


@pytest.mark.parametrize(
    ("changes", "check", "reason"),
    [
        ({"seqno": "9"}, checks.SIGNATURE_FORM, "names-other-entry"),
        ({"view": "9"}, checks.SIGNATURE_FORM, "names-other-entry"),
        ({"sig": "%"}, checks.SIGNATURE_FORM, "signature-unreadable"),
        ({"root": "xx"}, checks.SIGNATURE_FORM, "signature-unreadable"),
        ({"sig": "AAAA"}, checks.NODE_SIGNATURE, "signature-malformed"),
        ({"root": "00" * 32}, checks.NODE_SIGNATURE, "signature-mismatch"),
        ({"node": "00" * 32}, checks.NODE_ID, "hash-mismatch"),
        ({"node": "zz"}, checks.NODE_ID, "hash-mismatch"),
    ],
)
def test_signatures_that_are_wrong(
    tmp_path: Path, changes: dict[str, object], check: str, reason: str
) -> None:
    ran = run(_signed(**changes).write(tmp_path))
    assert (check, reason, 2) in ran.faults


def test_a_node_that_nobody_knows(tmp_path: Path) -> None:
    ran = run(_signed(node="00" * 32, cert="").write(tmp_path))
    assert ran.open == [(checks.NODE_SIGNATURE, "node-unknown", 2)]


def test_a_node_that_the_service_did_not_endorse(tmp_path: Path) -> None:
    ledger = Ledger()
    ledger.node = Holder(5, "CCF Node", Holder(6, "Orchard Service"))
    ledger.begin()
    ledger.sign()
    faults = run(ledger.write(tmp_path)).faults
    assert faults == [(checks.ENDORSEMENT, "issuer-signature-mismatch", 2)]


@pytest.mark.parametrize(
    ("info", "faults"),
    [
        (b'{"status":"Pending"}', [(checks.NODE_ID, "node-not-trusted", 3)]),
        (None, [(checks.NODE_ID, "node-not-trusted", 3)]),
        (b'{"status":"Retired"}', []),
    ],
)
def test_whether_a_node_may_sign(
    tmp_path: Path, info: bytes | None, faults: list[tuple[str, str, int]]
) -> None:
    ledger = Ledger()
    ledger.begin()
    rows: dict[bytes, bytes | None] = {ledger.node.id.encode(): info}
    ledger.append({"public:ccf.gov.nodes.info": rows})
    ledger.sign()
    assert run(ledger.write(tmp_path)).faults == faults


def test_certificates_inside_the_node_info_as_in_ccf_1(tmp_path: Path) -> None:
    ledger = Ledger(has_cose=False)
    info = json.dumps({"cert": ledger.node.pem, "status": "TRUSTED"}).encode()
    service = json.dumps({"cert": ledger.service.pem}).encode()
    ledger.append(
        {
            "public:ccf.gov.service.info": {ONE: service},
            "public:ccf.gov.nodes.info": {ledger.node.id.encode(): info},
            "public:ccf.gov.history": {b"m": b"{}"},
        },
        kind=0,
    )
    ledger.sign(cert="")
    ran = run(ledger.write(tmp_path))
    assert ran.faults == []
    assert ran.passed[checks.NODE_SIGNATURE] == 1
    assert "ccf-old-governance" in ran.remarks


def _cose_entry(ledger: Ledger, cose: bytes) -> None:
    ledger.append({"public:ccf.internal.cose_signatures": {ONE: cose}})


def test_only_the_service_signs(tmp_path: Path) -> None:
    ledger = Ledger()
    ledger.begin()
    _cose_entry(ledger, quoted(ledger.service.sign_cose(root_of(ledger.leaves), {})))
    ran = run(ledger.write(tmp_path))
    assert ran.faults == []
    assert ran.passed[checks.SERVICE_SIGNATURE] == 1


def test_service_signatures_that_are_wrong(tmp_path: Path) -> None:
    ledger = Ledger()
    ledger.begin()
    service = ledger.service
    _cose_entry(ledger, b"\x01")
    _cose_entry(ledger, b'"%"')
    _cose_entry(ledger, quoted(service.sign_cose(b"other root", {})))
    other: dict[object, object] = {"ccf.v1": {"txid": "9.9"}}
    root = root_of(ledger.leaves)
    _cose_entry(ledger, quoted(service.sign_cose(root, other)))
    stranger = Holder(8, "Stranger").sign_cose(root_of(ledger.leaves), {})
    _cose_entry(ledger, quoted(stranger))
    unknown = service.sign_cose(root_of(ledger.leaves), {1: -8})
    _cose_entry(ledger, quoted(unknown))
    ran = run(ledger.write(tmp_path))
    assert ran.faults == [
        (checks.SIGNATURE_FORM, "cose-unreadable", 2),
        (checks.SIGNATURE_FORM, "cose-unreadable", 3),
        (checks.SIGNATURE_FORM, "names-other-entry", 5),
        (checks.SERVICE_SIGNATURE, "signature-mismatch", 4),
    ]
    assert ran.open == [
        (checks.SERVICE_SIGNATURE, "service-unknown", 6),
        (checks.SERVICE_SIGNATURE, "key-kind-not-supported", 7),
    ]


def test_requests_of_members(tmp_path: Path) -> None:
    ledger = Ledger()
    ledger.begin()
    member = ledger.member
    request = member.sign_cose(b"ack", {}, detached=False)
    text = json.loads(quoted(request))
    ack = json.dumps({"state_digest": "", "cose_sign1_req": text}).encode()
    table = "public:ccf.gov.members.acks"
    ledger.append({table: {member.id.encode(): ack}})
    ledger.append({table: {member.id.encode(): b'{"state_digest":""}'}})
    ledger.append({table: {b"stranger": ack}})
    ledger.append({"public:ccf.gov.cose_history": {member.id.encode(): b"\x01"}})
    odd = member.sign_cose(b"ack", {1: -8}, detached=False)
    ledger.append({"public:ccf.gov.cose_history": {member.id.encode(): quoted(odd)}})
    forged = Holder(8, "x").sign_cose(b"ack", {}, detached=False)
    ledger.append({"public:ccf.gov.cose_history": {member.id.encode(): quoted(forged)}})
    ran = run(ledger.write(tmp_path))
    assert ran.passed[checks.MEMBER_SIGNATURE] == 1
    assert ran.faults == [
        (checks.SIGNATURE_FORM, "cose-unreadable", 5),
        (checks.MEMBER_SIGNATURE, "signature-mismatch", 7),
    ]
    assert ran.open == [
        (checks.MEMBER_SIGNATURE, "member-unknown", 4),
        (checks.MEMBER_SIGNATURE, "key-kind-not-supported", 6),
    ]


def test_a_service_that_was_renewed(tmp_path: Path) -> None:
    ledger = orchard()
    ledger.service = Holder(11, "Orchard Service")
    ledger.node = Holder(12, "CCF Node", ledger.service)
    ledger.view = 4
    ledger.begin()
    ledger.sign()
    ran = run(ledger.write(tmp_path), trust_of(ledger.service))
    assert ran.faults == []
    assert "ccf-service-renewed" in ran.remarks
    assert ran.unattributed == set()


def test_folders_of_one_node_are_one_ledger(tmp_path: Path) -> None:
    ledger = orchard()
    ledger.write(tmp_path / "main", 6)
    ledger.write(tmp_path / "old", 6)
    (tmp_path / "main" / "ledger_1-6.committed").unlink()
    ran, *others = run_all(open_ledgers, tmp_path)
    assert others == []
    assert ran.faults == []
    assert len(ran.blocks) == 12


def test_two_services_are_two_ledgers(tmp_path: Path) -> None:
    orchard().write(tmp_path / "a")
    other = Ledger(view=3)
    other.begin()
    other.sign()
    other.write(tmp_path / "b")
    assert [len(each.blocks) for each in run_all(open_ledgers, tmp_path)] == [12, 2]


def test_an_open_copy_of_a_finished_chunk_is_left_out(tmp_path: Path) -> None:
    ledger = orchard()
    ledger.write(tmp_path, 6)
    data = chunk_bytes(ledger.entries[:3], is_open=True)
    (tmp_path / "ledger_1").write_bytes(data)
    ran = run(tmp_path)
    assert ran.faults == []
    assert len(ran.blocks) == 12


def test_what_is_recognised(tmp_path: Path) -> None:
    for name, data, match in (
        ("ledger_1", b"", Match.POSSIBLE),
        ("notes.txt", b"hello" * 30, Match.NO),
        ("any", chunk_bytes(orchard().entries[:2]), Match.STRUCTURE),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        with open_evidence((path,)) as files:
            assert probe(files) is match
    assert not may_differ("header", b"a", b"b")


def test_an_empty_chunk_is_told(tmp_path: Path) -> None:
    orchard().write(tmp_path, 6)
    (tmp_path / "ledger_13").write_bytes(b"")
    ran = run(tmp_path)
    assert ran.faults[-1] == (checks.FRAMING, "truncated", -1)


def test_an_unused_origin_changes_nothing(tmp_path: Path) -> None:
    ledger = orchard()
    (anchor,) = trust_of(ledger.service).identities
    assert anchor.kind is AnchorKind.CA
    assert anchor.origin is AnchorOrigin.UNSTATED
    assert run(ledger.write(tmp_path), TrustStore((anchor,))).faults == []


def test_changed_bits_are_found(tmp_path: Path) -> None:
    ledger = orchard()
    path = ledger.write(tmp_path, 12) / "ledger_1-12.committed"
    data = bytearray(path.read_bytes())
    last = data.index(ledger.entries[11])
    chosen = random.Random(3)  # noqa: S311 - repeatable, nothing secret
    for _ in range(60):
        at, bit = chosen.randrange(last), chosen.randrange(8)
        data[at] ^= 1 << bit
        path.write_bytes(data)
        found = run_all(open_ledgers, tmp_path)
        assert any(each.faults for each in found), (at, bit)
        data[at] ^= 1 << bit


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.data())
def test_no_change_of_bytes_makes_the_reader_raise(
    tmp_path: Path, data: st.DataObject
) -> None:
    whole = _WHOLE
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 12)))
    changed = whole[:start] + data.draw(st.binary(max_size=12)) + whole[end:]
    path = tmp_path / "ledger_1-12.committed"
    path.write_bytes(changed)
    with open_evidence((path,)) as files:
        for found in open_ledgers(files, ReadingOptions(TrustStore())):
            for parsed in found.read():
                found.resolve(parsed)  # type: ignore[arg-type]
            found.finish()


_WHOLE = chunk_bytes(orchard().entries)
