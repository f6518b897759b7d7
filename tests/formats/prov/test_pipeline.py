from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.core.tasks import NullContext
from explorer.crypto.trust import TrustStore
from explorer.encodings.prov import names
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.formats.prov import may_differ, open_ledgers, pipeline, probe
from explorer.model.blocks import NO_BLOCK
from explorer.model.ledgers import Match
from explorer.model.verdicts import EvidenceReport, Verdict
from explorer.session.engine import Engine
from explorer.session.options import VerifyOptions
from explorer.store.schema import create_case

GOOD = """document
prefix ex <http://example.org/>
entity(ex:lot, [prov:label="Lot 1"])
activity(ex:pack, 2026-09-01T10:00:00Z, -)
used(ex:pack, ex:lot, 2026-09-01T10:00:00Z)
bundle ex:b
  entity(ex:box)
endBundle
endDocument
"""


def verify(folder: Path, data: bytes, name: str = "a.provn") -> EvidenceReport:
    path = folder / name
    path.write_bytes(data)
    options = VerifyOptions(TrustStore(), keep_statements=True)
    return Engine(None).verify((path,), options, create_case(None), NullContext())


def failures(report: EvidenceReport) -> list[tuple[str, str]]:
    return [
        (each.check, each.reason)
        for ledger in report.ledgers
        for each in ledger.findings
    ]


def test_a_valid_document_is_indeterminate(tmp_path: Path) -> None:
    report = verify(tmp_path, GOOD.encode())
    (ledger,) = report.ledgers
    assert report.verdict is Verdict.INDETERMINATE
    assert (ledger.format, ledger.blocks, ledger.entries) == ("prov", 0, 4)
    assert not failures(report)
    assert {each.code for each in ledger.not_checked} >= {"prov-nobody-signed"}
    assert sum(sum(row.counts.values()) for row in ledger.checks) == 1 + 5 * 4


def test_a_contradiction_fails_with_its_place(tmp_path: Path) -> None:
    text = GOOD.replace("bundle", "used(ex:lot, ex:pack, -)\nbundle", 1)
    report = verify(tmp_path, text.encode())
    assert report.verdict is Verdict.FAILED
    assert ("prov.types", "c55-entity-and-activity") in failures(report)
    (finding, *_) = report.ledgers[0].findings
    assert finding.places


def test_a_flaw_of_one_statement_fails_its_check(tmp_path: Path) -> None:
    text = GOOD.replace(
        "used(ex:pack, ex:lot,", "wasAttributedTo(ex:lot,-) used(ex:p, -,"
    )
    report = verify(tmp_path, text.encode())
    assert ("prov.statement-form", "argument-missing") in failures(report)
    assert report.ledgers[0].entries == 5


def test_extensions_are_noted_and_fail_nothing(tmp_path: Path) -> None:
    text = GOOD.replace("bundle", "ex:mine(ex:lot)\nbundle", 1)
    report = verify(tmp_path, text.encode())
    assert report.verdict is Verdict.INDETERMINATE


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.json", b'{"entity": {"ex:a": "b"}, "prefix": {}'),
        ("a.xml", b'<prov:document xmlns:prov="http://www.w3.org/ns/prov#"><a></b>'),
        ("a.provn", b"document\xff"),
    ],
)
def test_what_cannot_be_read_is_unreadable(
    tmp_path: Path, name: str, data: bytes
) -> None:
    report = verify(tmp_path, data, name)
    assert report.verdict is Verdict.UNREADABLE


def test_several_files_are_several_ledgers(tmp_path: Path) -> None:
    (tmp_path / "a.provn").write_text(GOOD)
    (tmp_path / "b.json").write_text('{"entity": {"ex:a": {}}}')
    (tmp_path / "c.txt").write_text("x")
    with open_evidence((tmp_path,)) as files:
        assert probe(files) is Match.STRUCTURE
        ledgers = open_ledgers(files, ReadingOptions(TrustStore()))
        assert [each.title for each in ledgers] == ["a.provn", "b.json"]
        with pytest.raises(ReadError):
            ledgers[0].detail(0, ByteSpan(0, 0, 1))
        (parsed,) = ledgers[0].read()
        batch = ledgers[0].resolve(parsed)
        assert [each.position for each in batch.entries] == [0, 1, 2, 3]
        assert {each.block for each in batch.entries} == {NO_BLOCK}
        assert batch.entries[0].summary == 'entity(ex:lot, [prov:label="Lot 1"])'
    assert not may_differ("", b"", b"")


@given(st.binary(max_size=80))
def test_no_bytes_make_the_family_raise(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("prov")
    verify(folder, b"document " + data)


def test_files_over_the_limit_are_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "MAX_RECORD_BYTES", 20)
    report = verify(tmp_path, GOOD.encode())
    assert ("prov.document-form", "too-long") in failures(report)


def test_too_many_statements_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "MAX_STATEMENTS", 1)
    report = verify(tmp_path, GOOD.encode())
    assert ("prov.document-form", "too-many-statements") in failures(report)
