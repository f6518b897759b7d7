"""Recognising, opening, looking at one block, and what the end says."""

from pathlib import Path

import pytest

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.crypto.trust import TrustStore
from explorer.encodings.canonical_json import JsonValue
from explorer.formats import chain_jsonl
from explorer.formats.chain_jsonl.pipeline import ChainPipeline
from explorer.formats.opening import EvidenceFiles, ReadingOptions, open_evidence
from explorer.model.claims import HashClaim, LinkClaim, QuorumClaim, SignatureClaim
from explorer.model.ledgers import Batch, Field, Match
from tests.formats.chain_jsonl.chains import chain, lines_of, plan, trust_in
from tests.formats.chain_jsonl.conftest import Look

DATA = chain()


def opened(path: Path, data: bytes = DATA) -> tuple[EvidenceFiles, ChainPipeline]:
    path.write_bytes(data)
    files = open_evidence((path,))
    (pipeline,) = chain_jsonl.open_ledgers(files, ReadingOptions(TrustStore()))
    return files, pipeline


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (DATA, Match.STRUCTURE),
        (b"\xef\xbb\xbf" + DATA, Match.STRUCTURE),
        (b"".join(lines_of(DATA)[2:]), Match.STRUCTURE),
        (lines_of(DATA)[0], Match.STRUCTURE),
        (DATA.replace(b'{"chain"', b'{"chaim"', 1), Match.STRUCTURE),
        (b"", Match.NO),
        (b"{}\n", Match.NO),
        (b'{"chain":{', Match.NO),
        (b'{"type":"EPCISDocument"}\n', Match.NO),
        (b"\x00" * 100, Match.NO),
    ],
)
def test_chains_are_recognised_by_their_structure(
    data: bytes, match: Match, tmp_path: Path
) -> None:
    path = tmp_path / "any.name"
    path.write_bytes(data)
    with open_evidence((path,)) as files:
        assert chain_jsonl.probe(files) is match


def test_every_chain_of_a_folder_is_a_ledger(tmp_path: Path) -> None:
    (tmp_path / "one.jsonl").write_bytes(DATA)
    (tmp_path / "README.md").write_bytes(b"# no chain\n")
    (tmp_path / "two.jsonl").write_bytes(chain((0,)))
    with open_evidence((tmp_path,)) as files:
        found = chain_jsonl.open_ledgers(files, ReadingOptions(TrustStore()))
        assert [each.title for each in found] == ["Test chain", "Test chain"]


def test_the_title_is_that_of_the_header(tmp_path: Path) -> None:
    assert opened(tmp_path / "a", DATA)[1].title == "Test chain"
    assert opened(tmp_path / "b", b"".join(lines_of(DATA)[1:]))[1].title == "chain"


def test_only_the_block_signature_may_differ_between_copies() -> None:
    assert chain_jsonl.may_differ("signature", b"a", b"b")
    assert not chain_jsonl.may_differ("hash", b"a", b"b")
    assert not chain_jsonl.may_differ("entries/0/signature", b"a", b"b")


def flat(fields: tuple[Field, ...], path: str = "") -> dict[str, Field]:
    found: dict[str, Field] = {}
    for each in fields:
        name = f"{path}{each.name}"
        found[name] = each
        found.update(flat(each.children, f"{name}/"))
    return found


def test_the_detail_of_a_block_shows_every_field_in_its_place(tmp_path: Path) -> None:
    files, pipeline = opened(tmp_path / "a")
    lines = lines_of(DATA)
    start = len(b"".join(lines[:3]))
    span = ByteSpan(0, start, start + len(lines[3]) - 1)
    detail = pipeline.detail(2, span)
    assert (detail.block.height, detail.block.span) == (2, span)
    assert [each.id for each in detail.entries] == ["E1", "E2"]
    fields = flat(detail.fields)
    assert fields["block/height"].value == "2"
    assert fields["entries/1/entry/payload/what"].value == "梨"
    assert fields["entries"].value == "2"
    assert fields["block/count"].is_ours
    assert fields["entries/0/entry/payload"].is_ours
    assert not fields["entries/0/entry/payload/kg"].is_ours
    for name, each in fields.items():
        assert not isinstance(each.span, Absent)
        text = files.read(each.span).decode()
        if not each.children:
            assert text in {each.value, f'"{each.value}"', "[]", "{}"}, name
    kinds = [type(each) for each in detail.claims]
    assert kinds.count(HashClaim) == kinds.count(LinkClaim) == 1
    assert kinds.count(SignatureClaim) == 3
    assert kinds.count(QuorumClaim) == 1
    (link,) = (each for each in detail.claims if isinstance(each, LinkClaim))
    assert link.parent_header == lines[2][9 : lines[2].index(b',"entries"')]


def test_the_detail_of_block_0_is_linked_to_the_header(tmp_path: Path) -> None:
    _, pipeline = opened(tmp_path / "a")
    lines = lines_of(DATA)
    span = ByteSpan(0, len(lines[0]), len(lines[0]) + len(lines[1]) - 1)
    (link,) = (
        each for each in pipeline.detail(0, span).claims if isinstance(each, LinkClaim)
    )
    assert link.parent_header == lines[0][9:-2]


def test_the_detail_works_for_a_part_and_behind_damage(tmp_path: Path) -> None:
    lines = lines_of(DATA)
    part = lines[3]
    _, pipeline = opened(tmp_path / "a", part)
    detail = pipeline.detail(2, ByteSpan(0, 0, len(part) - 1))
    assert not any(isinstance(each, LinkClaim) for each in detail.claims)
    _, pipeline = opened(tmp_path / "b", b"{}\n" + part)
    detail = pipeline.detail(2, ByteSpan(0, 3, 2 + len(part)))
    assert isinstance(detail.claims[0], HashClaim)


def test_the_detail_does_without_a_line_before_that_is_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explorer.formats.chain_jsonl.pipeline.MAX_RECORD_BYTES", 2_048)
    lines = lines_of(chain((20, 1)))
    _, pipeline = opened(tmp_path / "a", b"".join(lines))
    start = len(lines[0]) + len(lines[1])
    detail = pipeline.detail(1, ByteSpan(0, start, start + len(lines[2]) - 1))
    assert not any(isinstance(each, LinkClaim) for each in detail.claims)


def test_a_first_line_without_end_gives_a_title_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = chain((1,)).replace(b"\n", b" ")
    assert opened(tmp_path / "a", data)[1].title == "chain"
    assert (
        opened(tmp_path / "b", lines_of(DATA)[0][:-1] + b"\n")[1].title == "Test chain"
    )
    monkeypatch.setattr("explorer.formats.chain_jsonl.pipeline.MAX_HEADER_BYTES", 10)
    assert opened(tmp_path / "c", data)[1].title == "chain"


def test_the_detail_of_another_block_is_refused(tmp_path: Path) -> None:
    _, pipeline = opened(tmp_path / "a")
    start = len(lines_of(DATA)[0])
    with pytest.raises(ReadError, match="no block 7 here") as caught:
        pipeline.detail(7, ByteSpan(0, start, start + len(lines_of(DATA)[1]) - 1))
    assert caught.value.reason == "not-this-block"
    with pytest.raises(ReadError):
        pipeline.detail(0, ByteSpan(0, 0, 100))


def test_a_batch_of_somebody_else_is_refused(tmp_path: Path) -> None:
    _, pipeline = opened(tmp_path / "a")
    with pytest.raises(TypeError, match="another pipeline"):
        pipeline.replay(next(iter(pipeline.read())), Batch((), (), ()), ())


def test_the_closing_names_the_parties(look: Look) -> None:
    closing = look(DATA, trust_in(plan(), ["beta"])).closing
    assert [
        (each.id, each.name, each.role, each.anchored) for each in closing.parties
    ] == [
        ("alpha", "alpha 甲", "tester", False),
        ("beta", "beta 甲", "tester", True),
    ]
    assert closing.uncovered == ("alpha",)
    assert not closing.is_fictional
    assert "hash of its last block" in closing.export_hint
    assert (
        look(
            DATA.replace(b'{"chain":{"created"', b'{"chain":{"create"')
        ).closing.parties
        == ()
    )


def test_entries_say_what_they_say(look: Look) -> None:
    event = {
        "type": "ObjectEvent",
        "eventTime": "2025-09-01T06:00:00+08:00",
        "bizStep": "shipping",
        "epcList": ["https://id.gs1.org/01/09520000001117/21/1"],
        "quantityList": [{"epcClass": "urn:x", "quantity": 1.5}],
    }
    plain = {"a": [1], "kg": 3, "label": "x" * 300, "ok": True}
    document = {"type": "EPCISDocument", "schemaVersion": "2.0"}
    data = chain((3,), payloads=(event, plain, document))  # type: ignore[arg-type]  # values of any JSON type
    seen = look(data)
    assert seen.faults() == []
    types = [each.documents[0].media_type for each in seen.contents]
    assert types == ["application/ld+json", "application/json", "application/ld+json"]
    summaries = [each.summary for each in seen.entries]
    assert (
        summaries[0] == "shipping · https://id.gs1.org/01/09520000001117/21/1 · urn:x"
    )
    assert summaries[1] == ("3 · " + "x" * 300)[:200]
    assert [each.author for each in seen.contents] == ["alpha", "beta", "alpha"]
    many: dict[str, JsonValue] = {f"k{number}": number for number in range(9)}
    (entry,) = look(chain((1,), payloads=[many])).entries
    assert entry.summary == "0 · 1 · 2 · 3 · 4 · 5"
    assert [each.kind for each in seen.entries] == ["note"] * 3
    assert {each.accepted for each in seen.contents} == {True}


def test_a_very_long_line_is_shown_as_one_field(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explorer.formats.chain_jsonl.fields.MAX_LISTED_BYTES", 100)
    _, pipeline = opened(tmp_path / "a")
    lines = lines_of(DATA)
    span = ByteSpan(0, len(lines[0]), len(lines[0]) + len(lines[1]) - 1)
    (field,) = pipeline.detail(0, span).fields
    assert (field.name, field.value) == ("line", f"{span.size_bytes} bytes")
