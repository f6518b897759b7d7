"""The case file: what is written is what is read, page by page."""

from pathlib import Path

from explorer.core.absent import Absent
from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.model.blocks import Block, Entry
from explorer.model.checks import Kind, Outcome, Severity
from explorer.model.evidence import Evidence, Source
from explorer.model.statements import (
    FactGrade,
    Flow,
    LinkGrade,
    Statements,
    ThingVersion,
)
from explorer.model.verdicts import Finding, Place
from explorer.store.bigrams import query_of, words_of
from explorer.store.queries import CaseReader
from explorer.store.schema import add_indexes, create_case, open_case
from explorer.store.writer import CaseWriter


def block(height: int, entries: int = 0, time_us: int | Absent = 7) -> Block:
    span = ByteSpan(0, height * 100, height * 100 + 90)
    header = b"header %d" % height
    parent = b"parent %d" % height
    return Block(
        height,
        span,
        HashAlgorithm.SHA256,
        header,
        parent,
        entries,
        time_us,
        entries // 2,
    )


def entry(block: int, position: int) -> Entry:
    start = block * 100 + position * 10
    return Entry(
        block,
        position,
        f"id-{block}-{position}",
        "harvest",
        "OrchardMSP",
        ByteSpan(0, start, start + 9),
        summary=f"砀山酥梨 lot/PC{block}",
    )


def filled(path: Path | None = None) -> CaseReader:
    database = create_case(path)
    writer = CaseWriter(database)
    writer.add_evidence(Evidence("p", (Source(0, "p/blocks", 500, 1),)))
    writer.begin_ledger("fabric", "pear-trace", "transaction")
    hashes = [bytes([height]) * 32 for height in range(3)]
    entries = [entry(0, 0), entry(0, 1), entry(2, 0)]
    blocks = [block(0, 2), block(1, time_us=Absent.NOT_IN_FORMAT), block(2, 1)]
    writer.add_blocks(blocks, hashes, entries, {1: int(Outcome.FAILED)})
    old, new = ("lot/A", 0, 0), ("lot/A", 2, 0)
    things = tuple(
        ThingVersion(*key, "A", "lot", value="特级".encode()) for key in (old, new, old)
    )
    flow = Flow(old, new, 2, 0, "revision", LinkGrade.ENFORCED, FactGrade.SIGNED)
    stray = Flow(("lot/B", 0, 0), new, 2, 0, "derivation", *_grades())
    writer.add_statements(Statements(things, (flow, stray)))
    writer.set_digests(["ab" * 32])
    writer.index_words()
    add_indexes(database)
    return CaseReader(database)


def _grades() -> tuple[LinkGrade, FactGrade]:
    return LinkGrade.NAMED, FactGrade.STATED


def test_blocks_and_their_entries_share_one_numbering() -> None:
    reader = filled()
    assert reader.row_count() == 6
    rows = reader.rows(0, 10)
    assert [(row.height, row.position) for row in rows] == [
        (0, -1),
        (0, 0),
        (0, 1),
        (1, -1),
        (2, -1),
        (2, 0),
    ]
    assert reader.rows(2, 2) == rows[2:4]
    assert rows[0].id == "00" * 32
    assert rows[3].status == Outcome.FAILED
    assert rows[3].time_us is Absent.NOT_IN_FORMAT
    assert rows[5].span == ByteSpan(0, 200, 209)


def test_what_a_block_says_of_its_entries_does_not_disturb_the_numbering() -> None:
    database = create_case(None)
    writer = CaseWriter(database)
    writer.begin_ledger("fabric", "t", "transaction")
    hashes = [bytes(32)] * 3
    lying = [block(5, 9), block(5, 0), block(6, 0)]
    writer.add_blocks(lying, hashes, [entry(5, 0), entry(6, 0), entry(6, 1)], {})
    rows = CaseReader(database).rows(0, 10)
    assert [(row.row, row.height, row.position) for row in rows] == [
        (0, 5, -1),
        (1, 5, 0),
        (2, 5, -1),
        (3, 6, -1),
        (4, 6, 0),
        (5, 6, 1),
    ]


def test_the_strip_has_one_number_per_block() -> None:
    strip = filled().strip(0)
    assert strip.heights.tolist() == [0, 1, 2]
    assert strip.entries.tolist() == [2, 0, 1]
    assert strip.refused.tolist() == [1, 0, 0]
    assert strip.statuses.tolist() == [0, 1, 0]


def test_search_finds_heights_hashes_ids_and_chinese_words() -> None:
    reader = filled()
    heights = {row.height for row in reader.rows_by_number(reader.find("2"))}
    assert 2 in heights
    assert reader.find("01" * 32) == [3]
    assert reader.find("010101") == [3]
    assert reader.find("id-2-0")[0] == 5
    assert reader.find("酥梨") == [1, 2, 5]
    assert reader.find("特级") == [1, 5]
    assert reader.find("orch") == [1, 2, 5]
    assert reader.find("no such word") == []
    for odd in ('"', "*", "a AND", "NEAR(", "", " ", "'; DROP TABLE block;--"):
        reader.find(odd)


def test_statements_become_a_graph_without_stray_ends() -> None:
    graph = filled().graph(0)
    assert graph.node_count == 2
    assert graph.sources.tolist() == [0]
    assert graph.targets.tolist() == [1]
    assert not graph.struck.any()


def test_findings_come_back_whole() -> None:
    database = create_case(None)
    writer = CaseWriter(database)
    writer.begin_ledger("fabric", "t", "transaction")
    finding = Finding(
        "t.hash",
        Kind.HASH,
        Outcome.FAILED,
        Severity.ERROR,
        "hash-mismatch",
        20,
        None,
        None,
        "does not match",
        "aa",
        "bb",
        "detail",
        (Place("中文/blocks", 1, 2),),
        0,
        True,
    )
    writer.add_findings([finding])
    assert CaseReader(database).findings(0) == [finding]
    assert CaseReader(database).findings(1) == []


def test_another_connection_reads_what_is_committed_and_writes_nothing(
    tmp_path: Path,
) -> None:
    path = tmp_path / "案件 1.sqlite"
    filled(path)
    reader = CaseReader(open_case(path))
    assert reader.row_count() == 6
    assert reader.sources() == [("p/blocks", 500, "ab" * 32)]
    assert reader.ledgers() == [(0, "fabric", "pear-trace", "transaction")]
    assert reader.block_row(0, 2) == reader.rows(4, 1)[0]
    assert reader.block_row(0, 9) is None
    assert [row.position for row in reader.entries_of(0, 0)] == [0, 1]


def test_words_of_chinese_are_single_signs_and_pairs() -> None:
    assert words_of("砀山梨lot 5") == "砀 山 梨 砀山 山梨 lot 5"
    assert query_of("砀山梨") == '"砀山" AND "山梨"'
    assert query_of("梨 Lot") == '"梨" AND "lot"*'
    assert query_of("()*\"'") == ""
