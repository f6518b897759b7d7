"""Every check of the family: intact, tampered, missing, damaged; reason and block."""

from collections.abc import Callable

import pytest

from explorer.core.spans import ByteSpan
from explorer.encodings.canonical_json import JsonValue
from explorer.formats.chain_jsonl import CHECKS
from explorer.lab.tampering import edit_block, rehash, remake
from explorer.model.checks import CheckResult, Outcome
from tests.formats.chain_jsonl.chains import (
    canonical_line,
    chain,
    decoded,
    lines_of,
    plan,
    trust_in,
)
from tests.formats.chain_jsonl.conftest import Look

CORE = {each.id for each in CHECKS if each.core}


def test_an_intact_chain_passes_every_check(look: Look) -> None:
    seen = look(chain(), trust_in(plan()))
    assert seen.faults() == []
    assert seen.results == []
    assert seen.passed == {
        "chain.line-framing": 7,
        "chain.canonical-json": 7,
        "chain.line-form": 7,
        "chain.block-number": 5,
        "chain.block-time": 5,
        "chain.block-link": 5,
        "chain.block-hash": 5,
        "chain.entries-root": 5,
        "chain.entry-count": 5,
        "chain.entry-id": 4,
        "chain.entry-author": 4,
        "chain.entry-signature": 4,
        "chain.producer": 5,
        "chain.block-signature": 3,
        "chain.block-quorum": 3,
        "chain.party-key": 2,
        "chain.trailer": 1,
    }
    assert set(seen.passed) == {each.id for each in CHECKS}
    assert seen.unattributed == set()
    assert seen.closing.uncovered == ()
    assert not seen.closing.is_partial


def test_sm3_and_sm2_are_checked_alike(look: Look) -> None:
    header = plan(sm=True)
    data = chain(header=header)
    assert look(data, trust_in(header)).faults() == []
    seen = look(edit_block(data, 2, b'"E2"', b'"E9"'))
    assert ("chain.entries-root", "root-mismatch", 2) in seen.faults()
    assert ("chain.entry-signature", "signature-mismatch", 2) in seen.faults()


def test_without_anchors_every_party_is_listed_as_uncovered(look: Look) -> None:
    seen = look(chain())
    assert seen.closing.uncovered == ("alpha", "beta")
    assert seen.reasons() == {"chain.party-key": {"authority-not-anchored"}}
    assert seen.unattributed == {0, 2, 4}


def test_an_anchor_for_one_party_attributes_only_its_blocks(look: Look) -> None:
    seen = look(chain(), trust_in(plan(), ["alpha"]))
    assert seen.closing.uncovered == ("beta",)
    assert seen.unattributed == {2, 4}  # E1 and E3 are beta's


EDITS: list[tuple[str, int, bytes, bytes, set[tuple[str, str]]]] = [
    (
        "payload",
        2,
        b'"id":"E1","payload":{"kg":12',
        b'"id":"E1","payload":{"kg":13',
        {
            ("chain.entries-root", "root-mismatch"),
            ("chain.entry-signature", "signature-mismatch"),
        },
    ),
    (
        "author",
        0,
        b'"author":"alpha"',
        b'"author":"alpho"',
        {
            ("chain.entries-root", "root-mismatch"),
            ("chain.entry-author", "author-not-listed"),
        },
    ),
    (
        "author swapped",
        0,
        b'"author":"alpha"',
        b'"author":"beta"',
        {
            ("chain.entries-root", "root-mismatch"),
            ("chain.entry-signature", "signature-malformed"),
        },
    ),
    (
        "id",
        4,
        b'"id":"E3"',
        b'"id":"E2"',
        {
            ("chain.entries-root", "root-mismatch"),
            ("chain.entry-signature", "signature-mismatch"),
            ("chain.entry-id", "entry-id-repeated"),
        },
    ),
    (
        "count",
        1,
        b'"count":0',
        b'"count":1',
        {
            ("chain.block-hash", "hash-mismatch"),
            ("chain.entry-count", "entry-count-differs"),
            ("chain.block-link", "parent-hash-mismatch"),
        },
    ),
    (
        "producer",
        1,
        b'"producer":"alpha"',
        b'"producer":"beta"',
        {
            ("chain.block-hash", "hash-mismatch"),
            ("chain.producer", "producer-not-listed"),
            ("chain.block-link", "parent-hash-mismatch"),
        },
    ),
    (
        "time",
        3,
        b'"time":"2025-09-01T00:30:00Z"',
        b'"time":"2025-09-01T00:10:00Z"',
        {
            ("chain.block-hash", "hash-mismatch"),
            ("chain.block-time", "time-goes-back"),
            ("chain.block-link", "parent-hash-mismatch"),
        },
    ),
]


@pytest.mark.parametrize(
    ("height", "old", "new", "expected"),
    [each[1:] for each in EDITS],
    ids=[each[0] for each in EDITS],
)
def test_an_edit_fails_at_its_own_block(
    height: int, old: bytes, new: bytes, expected: set[tuple[str, str]], look: Look
) -> None:
    seen = look(edit_block(chain(), height, old, new))
    assert {(check, reason) for check, reason, _ in seen.faults()} == expected
    for check, _, block in seen.faults():
        assert block == height + (check == "chain.block-link")


def test_a_wrong_declared_hash_stays_at_its_own_block(look: Look) -> None:
    lines = lines_of(chain())
    value = decoded(lines[2])
    value["hash"] = "00" * 32
    lines[2] = canonical_line(value)
    seen = look(b"".join(lines))
    assert seen.faults() == [("chain.block-hash", "hash-mismatch", 1)]
    (result,) = (each for each in seen.results if each.outcome is Outcome.FAILED)
    data = b"".join(lines)
    declared = result.spans[1]
    assert data[declared.start : declared.end] == b"0" * 64


def test_findings_point_at_the_bytes(look: Look) -> None:
    data = edit_block(chain(), 2, b'"id":"E1"', b'"id":"E7"')
    seen = look(data)
    found = {each.check: each for each in seen.results if each.block == 2}
    root = found["chain.entries-root"]
    leaves, declared = root.spans
    assert data[leaves.start : leaves.end].startswith(b'{"entry":{"author":"beta"')
    assert data[leaves.end :].startswith(b'],"hash"')
    assert data[declared.start : declared.end].decode() == root.expected
    signature = found["chain.entry-signature"]
    message, made = signature.spans
    assert data[message.start : message.end].startswith(b'{"author":"beta"')
    assert data[message.end :].startswith(b',"signature":"')
    assert data[made.end :].startswith(b'"}')
    assert signature.entry == 0


def test_the_header_line_is_linked_by_block_0(look: Look) -> None:
    data = chain().replace(b'"title":"Test chain"', b'"title":"Best chain"')
    assert look(data).faults() == [("chain.block-link", "parent-hash-mismatch", 0)]


def test_another_chain_id_breaks_every_signature(look: Look) -> None:
    data = rehash(chain().replace(b'"id":"test-chain"', b'"id":"test-chair"'))
    seen = look(data)
    failed = {(check, reason) for check, reason, _ in seen.faults()}
    assert failed == {
        ("chain.entry-signature", "signature-mismatch"),
        ("chain.block-quorum", "quorum-not-met"),
    }
    assert len(seen.faults()) == 4 + 3


def test_an_entry_moved_from_another_chain_is_refused(look: Look) -> None:
    foreign = lines_of(chain(header=plan(chain_id="other-chain")))
    lines = lines_of(chain())
    lines[1] = canonical_line(
        decoded(lines[1]) | {"entries": decoded(foreign[1])["entries"]}
    )
    seen = look(rehash(b"".join(lines)))
    assert ("chain.entry-signature", "signature-mismatch", 0) in seen.faults()


def test_recomputed_hashes_leave_the_signatures_wrong(look: Look) -> None:
    seen = look(rehash(edit_block(chain(), 2, b'"id":"E1"', b'"id":"E7"')))
    assert seen.faults() == [
        ("chain.entry-signature", "signature-mismatch", 2),
        ("chain.block-quorum", "quorum-not-met", 2),
        ("chain.block-quorum", "quorum-not-met", 4),
    ]


def test_remade_with_the_same_keys_only_the_hashes_tell(look: Look) -> None:
    header = plan()
    intact = chain(header=header)
    keys = {each.id: each.key for each in header.parties}
    data = remake(edit_block(intact, 2, b'"id":"E1"', b'"id":"E7"'), keys)
    seen, before = look(data, trust_in(header)), look(intact)
    assert seen.faults() == []
    assert seen.unattributed == set()
    assert [
        one == other for one, other in zip(seen.hashes, before.hashes, strict=True)
    ] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_remade_with_other_keys_differs_from_the_named_parties(look: Look) -> None:
    others = {each.id: each.key for each in plan(owner="somebody").parties}
    data = remake(chain(), others)
    assert look(data).faults() == []
    seen = look(data, trust_in(plan()))
    assert seen.faults() == [("chain.party-key", "authority-differs", -1)] * 2
    assert seen.closing.uncovered == ("alpha", "beta")
    assert seen.unattributed == {0, 2, 4}


def test_a_missing_demanded_entry_signature_fails(look: Look) -> None:
    lines = lines_of(chain())
    head, _, tail = lines[1].partition(b',"signature":"')
    lines[1] = head + tail[tail.index(b'"') + 1 :]
    seen = look(rehash(b"".join(lines)))
    assert ("chain.entry-signature", "signature-missing", 0) in seen.faults()
    assert 0 in seen.unattributed
    assert not seen.contents[0].author_verified
    assert seen.contents[1].author_verified


@pytest.mark.parametrize("rule", ["optional", "none"])
def test_an_undemanded_entry_signature_may_be_missing_but_not_wrong(
    rule: str, look: Look
) -> None:
    header = plan(entry_signatures=rule, every=0)
    lines = lines_of(chain(header=header))
    head, _, tail = lines[1].partition(b',"signature":"')
    lines[1] = head + tail[tail.index(b'"') + 1 :]
    seen = look(rehash(b"".join(lines)))
    assert seen.faults() == []
    codes = {each.code: each.detail for each in seen.closing.not_checked}
    assert codes["entries-unsigned"] == "1"
    wrong = rehash(edit_block(chain(header=header), 0, b'"kg":12', b'"kg":13'))
    assert look(wrong).faults() == [("chain.entry-signature", "signature-mismatch", 0)]


def without_block_signature(line: bytes) -> bytes:
    value = decoded(line)
    del value["signature"]
    return canonical_line(value)


def test_a_missing_demanded_block_signature_fails(look: Look) -> None:
    lines = lines_of(chain())
    lines[3] = without_block_signature(lines[3])
    seen = look(b"".join(lines))
    assert seen.faults() == [("chain.block-quorum", "quorum-not-met", 2)]
    assert seen.unattributed == {0, 2, 4}


def test_the_last_block_must_be_signed(look: Look) -> None:
    lines = lines_of(chain((1, 0, 1, 0)))
    lines[4] = without_block_signature(lines[4])
    assert look(b"".join(lines)).faults() == [
        ("chain.block-quorum", "last-block-not-signed", 3)
    ]


def test_a_block_signature_nobody_demands_must_hold_too(look: Look) -> None:
    lines = lines_of(chain((0, 0, 0, 0)))
    lines[2] = canonical_line(decoded(lines[2]) | {"signature": "ab" * 64})
    seen = look(b"".join(lines))
    assert seen.faults() == [("chain.block-quorum", "quorum-not-met", 1)]
    premise = [each for each in seen.results if each.check == "chain.block-signature"]
    assert [(each.block, each.decisive) for each in premise] == [(1, False)]


def test_a_chain_nobody_signs_is_attributed_to_nobody(look: Look) -> None:
    header = plan(every=0)
    seen = look(chain(header=header), trust_in(header))
    assert seen.faults() == []
    assert seen.unattributed == {0, 1, 2, 3, 4}
    assert "no-block-signatures" in {each.code for each in seen.closing.not_checked}


def test_high_s_is_refused(look: Look) -> None:
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    lines = lines_of(chain((1, 1)))
    _, _, tail = lines[2].partition(b',"signature":"')
    signature = bytes.fromhex(tail[: tail.index(b'"')].decode())
    r_size = signature[3]
    s = int.from_bytes(signature[6 + r_size :], "big")
    high = (order - s).to_bytes(33, "big")
    body = signature[2 : 4 + r_size] + b"\x02\x21" + high
    other = b"\x30" + bytes([len(body)]) + body
    data = b"".join(lines).replace(signature.hex().encode(), other.hex().encode())
    assert ("chain.entry-signature", "high-s", 1) in look(data).faults()


Change = Callable[[list[bytes]], list[bytes]]

STRUCTURAL: list[tuple[str, Change, list[tuple[str, str, int]]]] = [
    (
        "block deleted",
        lambda lines: [*lines[:3], *lines[4:]],
        [
            ("chain.block-number", "height-gap", 3),
            ("chain.trailer", "trailer-blocks-differ", -1),
            ("chain.trailer", "trailer-entries-differ", -1),
        ],
    ),
    (
        "block repeated",
        lambda lines: [*lines[:3], lines[2], *lines[3:]],
        [
            ("chain.block-number", "height-not-rising", 1),
            ("chain.trailer", "trailer-blocks-differ", -1),
        ],
    ),
    (
        "blocks swapped",
        lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]],
        [
            ("chain.block-number", "height-not-rising", 1),
            ("chain.block-number", "height-gap", 2),
        ],
    ),
    (
        "tail cut at a line end",
        lambda lines: lines[:-2],
        [("chain.trailer", "trailer-missing", -1)],
    ),
    (
        "last block cut, trailer kept",
        lambda lines: [*lines[:-2], lines[-1]],
        [
            ("chain.block-quorum", "last-block-not-signed", 3),
            ("chain.trailer", "trailer-blocks-differ", -1),
            ("chain.trailer", "trailer-entries-differ", -1),
            ("chain.trailer", "trailer-last-differs", -1),
        ],
    ),
    (
        "cut inside the last line",
        lambda lines: [*lines[:-1], lines[-1][:20]],
        [
            ("chain.line-framing", "cut-line", -1),
            ("chain.trailer", "trailer-missing", -1),
        ],
    ),
    (
        "cut inside a block",
        lambda lines: [*lines[:4], lines[4][:100]],
        [
            ("chain.line-framing", "cut-line", 3),
            ("chain.trailer", "trailer-missing", -1),
        ],
    ),
    (
        "line after the trailer",
        lambda lines: [*lines, lines[1]],
        [("chain.line-form", "after-trailer", -1)],
    ),
    (
        "two trailers",
        lambda lines: [*lines, lines[-1]],
        [("chain.line-form", "after-trailer", -1)],
    ),
    (
        "header repeated",
        lambda lines: [*lines[:2], lines[0], *lines[2:]],
        [("chain.line-form", "header-not-first", -1)],
    ),
    (
        "no final line feed",
        lambda lines: [*lines[:-1], lines[-1][:-1]],
        [("chain.line-framing", "no-final-line-feed", -1)],
    ),
    (
        "empty line",
        lambda lines: [*lines[:2], b"\n", *lines[2:]],
        [("chain.line-framing", "empty-line", -1)],
    ),
    (
        "byte order mark",
        lambda lines: [b"\xef\xbb\xbf" + lines[0], *lines[1:]],
        [("chain.line-framing", "byte-order-mark", -1)],
    ),
    (
        "carriage returns",
        lambda lines: [each[:-1] + b"\r\n" for each in lines],
        [("chain.line-framing", "carriage-return", -1)],
    ),
    (
        "entry inserted",
        lambda lines: [*lines[:2], lines[2].replace(b"[]", b"[1]"), *lines[3:]],
        [("chain.line-form", "wrong-form", 1)],
    ),
]


@pytest.mark.parametrize(
    ("change", "expected"),
    [each[1:] for each in STRUCTURAL],
    ids=[each[0] for each in STRUCTURAL],
)
def test_structural_changes_are_found_where_they_are(
    change: Change, expected: list[tuple[str, str, int]], look: Look
) -> None:
    seen = look(b"".join(change(lines_of(chain()))))
    assert sorted(seen.faults()) == sorted(expected)


def test_the_link_behind_a_gap_or_damage_is_open_not_passed(look: Look) -> None:
    lines = lines_of(chain())
    gap = look(b"".join([*lines[:3], *lines[4:]]))
    links = [each for each in gap.results if each.check == "chain.block-link"]
    assert [(each.reason, each.outcome, each.block) for each in links] == [
        ("parent-not-in-export", Outcome.INCONCLUSIVE, 3)
    ]
    damaged = look(b"".join([*lines[:3], b"{\n", *lines[4:]]))
    links = [each for each in damaged.results if each.check == "chain.block-link"]
    assert [each.reason for each in links] == ["parent-not-in-export"]
    assert damaged.faults() == [
        ("chain.line-framing", "not-json", -1),  # nothing says that it was a block
        ("chain.block-number", "height-gap", 3),
        ("chain.trailer", "trailer-blocks-differ", -1),
        ("chain.trailer", "trailer-entries-differ", -1),
    ]
    damaged = look(b"".join([*lines[:3], lines[3][:-9] + b"\n", *lines[4:]]))
    links = [each for each in damaged.results if each.check == "chain.block-link"]
    assert [(each.reason, each.outcome, each.block) for each in links] == [
        ("parent-unreadable", Outcome.INCONCLUSIVE, 3)
    ]
    assert damaged.faults() == [("chain.line-framing", "not-json", 2)]


def test_a_block_numbered_otherwise_is_read_in_its_place(look: Look) -> None:
    for new in (b'"height":1,', b'"height":7,', b'"height":900,'):
        seen = look(edit_block(chain(), 2, b'"height":2,', new))
        assert seen.faults()[0] == ("chain.block-number", "height-differs", 2)
        assert ("chain.block-hash", "hash-mismatch", 2) in seen.faults()
        assert ("chain.block-link", "parent-hash-mismatch", 3) in seen.faults()
        assert [each.height for each in seen.blocks] == [0, 1, 2, 3, 4]
        assert {each.block for each in seen.entries} == {0, 2, 4}


def test_block_0_numbered_otherwise_is_no_partial_export(look: Look) -> None:
    seen = look(edit_block(chain(), 0, b'"height":0,', b'"height":5,'))
    assert ("chain.block-number", "height-differs", 0) in seen.faults()
    assert not seen.closing.is_partial


def test_a_hash_that_is_wrong_in_the_trailer_alone(look: Look) -> None:
    lines = lines_of(chain())
    trailer = decoded(lines[-1])["trailer"]
    assert isinstance(trailer, dict)
    lines[-1] = canonical_line({"trailer": {**trailer, "last": "00" * 32}})
    assert look(b"".join(lines)).faults() == [
        ("chain.trailer", "trailer-last-differs", -1)
    ]


def test_too_many_parties_or_entries_are_refused(
    look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = "explorer.formats.chain_jsonl"
    monkeypatch.setattr(f"{package}.rules.MAX_CERTIFICATES", 1)
    damage = look(chain()).damage[0]
    assert (damage.reason, damage.detail) == ("wrong-form", "2 parties")
    monkeypatch.undo()
    monkeypatch.setattr(f"{package}.exact.MAX_ENTRIES_PER_BLOCK", 1)
    monkeypatch.setattr(f"{package}.reading.MAX_ENTRIES_PER_BLOCK", 1)
    fractions: list[dict[str, JsonValue]] = [{"kg": 1.5}]
    for data in (chain((1, 2)), chain((1, 2), payloads=fractions)):
        assert [(each.reason, each.block) for each in look(data).damage] == [
            ("too-many-entries", 1)
        ]


def test_a_part_without_header_is_read_with_remarks(look: Look) -> None:
    lines = lines_of(chain())
    seen = look(b"".join(lines[3:-1]))
    assert seen.faults() == [("chain.trailer", "trailer-missing", -1)]
    assert [each.height for each in seen.blocks] == [2, 3, 4]
    assert seen.closing.is_partial
    assert {each.code for each in seen.closing.not_checked} == {
        "header-not-in-export",
        "begins-later",
    }
    open_results = {
        (each.check, each.reason, each.outcome, each.detail)
        for each in seen.results
        if each.check != "chain.trailer"
    }
    assert open_results == {
        ("chain.block-link", "parent-not-in-export", Outcome.NOT_APPLICABLE, ""),
        (
            "chain.entry-signature",
            "header-not-in-export",
            Outcome.INCONCLUSIVE,
            "3 signatures",
        ),
        (
            "chain.block-signature",
            "header-not-in-export",
            Outcome.INCONCLUSIVE,
            "2 signatures",
        ),
    }
    assert seen.passed["chain.block-hash"] == 3
    assert seen.passed["chain.entry-signature"] == 0
    assert not any(each.author_verified for each in seen.contents)


def test_a_part_without_signatures_leaves_none_open(look: Look) -> None:
    seen = look(lines_of(chain())[2])
    assert {each.check for each in seen.results} == {
        "chain.block-link",
        "chain.trailer",
    }


def test_a_part_with_header_checks_signatures(look: Look) -> None:
    lines = lines_of(chain())
    trailer = decoded(lines[-1])["trailer"]
    assert isinstance(trailer, dict)
    end = canonical_line({"trailer": {**trailer, "blocks": 3, "entries": 3}})
    seen = look(b"".join([lines[0], *lines[3:-1], end]))
    assert seen.faults() == []
    assert seen.closing.is_partial
    assert seen.passed["chain.entry-signature"] == 3
    links = [each for each in seen.results if each.check == "chain.block-link"]
    assert [(each.outcome, each.block) for each in links] == [
        (Outcome.NOT_APPLICABLE, 2)
    ]


def test_a_header_alone_passes_no_core_check(look: Look) -> None:
    lines = lines_of(chain())
    for data in (lines[0], chain(())):
        seen = look(data)
        assert not CORE & set(seen.passed)
        assert seen.blocks == []
    assert look(lines[0]).faults() == [("chain.trailer", "trailer-missing", -1)]
    assert look(chain(())).faults() == []


HEADERS: list[tuple[bytes, bytes, str]] = [
    (b'"version":1', b'"version":2', "unsupported-version"),
    (b'"hash":"sha256"', b'"hash":"md5"', "unsupported-hash"),
    (b'"hash":"sha256"', b'"hash":"sha384"', "unsupported-hash"),
    (b'"scheme":"ed25519"', b'"scheme":"rsa"', "unsupported-scheme"),
    (b'"id":"beta"', b'"id":"alpha"', "party-repeated"),
    (b'"producers":["alpha"]', b'"producers":["gamma"]', "unknown-producer"),
    (b'"every":2', b'"every":0', "wrong-form"),
    (b'{"every":2}', b'"some"', "wrong-form"),
    (b'"parties":[', b'"parties":[1,', "wrong-form"),
    (b'"required"', b'"perhaps"', "wrong-form"),
    (b'"public_key":"04', b'"public_key":"', "wrong-hex"),
    (b'"created":"2025-09-01T00:00:00Z"', b'"created":"2025-09-01"', "wrong-time"),
    (b'"id":"test-chain"', b'"id":"test\\nchain"', "wrong-form"),
    (b'"title":"Test chain",', b"", "wrong-form"),
    (b'"title":"Test chain",', b'"title":"Test chain","ttl":1,', "wrong-form"),
]


@pytest.mark.parametrize(("old", "new", "reason"), HEADERS)
def test_a_header_of_another_form_is_refused(
    old: bytes, new: bytes, reason: str, look: Look
) -> None:
    data = chain()
    assert data.count(old) >= 1
    seen = look(data.replace(old, new, 1))
    assert (seen.damage[0].check, seen.damage[0].reason) == ("chain.line-form", reason)
    assert seen.damage[0].span == ByteSpan(
        0, 0, lines_of(data.replace(old, new, 1))[0].index(b"\n")
    )
    assert seen.passed["chain.entry-signature"] == 0
    if reason in {"unsupported-version", "unsupported-hash"}:
        assert seen.blocks == []
        assert {each.code for each in seen.closing.not_checked} == {"unread-tail"}


def test_a_key_that_is_no_point_proves_nothing(look: Look) -> None:
    header = lines_of(chain())[0]
    at = header.index(b'"public_key":"04') + len(b'"public_key":"')
    broken = header[: at + 2] + b"11" * 64 + header[at + 130 :]
    seen = look(rehash(b"".join([broken, *lines_of(chain())[1:]])))
    assert ("chain.entry-signature", "key-malformed", 2) in seen.faults()


def test_every_reason_is_declared_with_its_check(look: Look) -> None:
    declared = {each.id: {reason.code for reason in each.reasons} for each in CHECKS}
    changed = [b"".join(each[1](lines_of(chain()))) for each in STRUCTURAL]
    changed += [edit_block(chain(), *each[1:4]) for each in EDITS]
    generic = {
        "hash-mismatch",
        "parent-hash-mismatch",
        "root-mismatch",
        "quorum-not-met",
        "signature-mismatch",
        "signature-malformed",
        "authority-not-anchored",
    }
    for data in changed:
        for check, reasons in look(data).reasons().items():
            assert reasons <= declared[check] | generic


def test_results_cannot_be_mistaken_for_truth() -> None:
    with pytest.raises(TypeError):
        bool(CheckResult("chain.trailer", Outcome.FAILED, "trailer-missing"))
