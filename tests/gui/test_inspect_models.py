"""The models of Inspect: paging, marks, search, fields and their bytes, claims."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from explorer.core.absent import Absent
from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.crypto.hashes import digest
from explorer.gui.viewmodels.case import CaseModel, Selection
from explorer.gui.viewmodels.field_words import our_name
from explorer.gui.viewmodels.fields import (
    FieldColumn,
    FieldRole,
    FieldsModel,
    json_parts,
)
from explorer.gui.viewmodels.inspect import InspectModel, claim_lines
from explorer.gui.viewmodels.inspect_words import (
    does_not_protect,
    explain_lead,
    explain_title,
    joined_bytes,
    protects,
    rests_on,
)
from explorer.gui.viewmodels.rows import (
    KEPT_PAGES,
    PAGE_ROWS,
    Column,
    RowRole,
    RowsModel,
    faults_of,
    refusal_text,
)
from explorer.model.blocks import Block
from explorer.model.checks import CheckSpec, Kind, Outcome
from explorer.model.claims import Claim, HashClaim
from explorer.model.ledgers import BlockDetail, Field, HashPart
from explorer.session.explaining import explain, explain_block
from explorer.session.showing import ShownBlock, ShownClaim
from explorer.store.queries import CaseReader
from tests.gui.direct_query import DirectQuery
from tests.payloads.story import Story
from tests.session.traced_case import BLOCK_HASH, case_reader, finding, ledger_report

pytestmark = pytest.mark.gui

DISPLAY = Qt.ItemDataRole.DisplayRole
PLACE = ByteSpan(0, 0, 10)


def case_of(reader: CaseReader | None = None) -> CaseModel:
    return CaseModel(DirectQuery(case_reader() if reader is None else reader))


def shown_rows(qtbot: QtBot, case: CaseModel) -> RowsModel:
    model = RowsModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_case(case)
    if model.rowCount():
        with qtbot.waitSignal(model.loaded, timeout=60_000):
            model.row_at(0)
    return model


def text(model: RowsModel, line: int, column: Column) -> object:
    return model.index(line, column).data(DISPLAY)


def long_case(blocks: int) -> CaseReader:
    story = Story()
    for number in range(blocks - 1):
        story.tx("Note", (), (f"lot/{number}",))
    return case_reader(story)


# -- the list ------------------------------------------------------------------------


def test_blocks_and_entries_stand_under_one_another(qtbot: QtBot) -> None:
    model = shown_rows(qtbot, case_of())
    assert model.rowCount() == 32
    assert [text(model, 12, each) for each in Column] == [
        "6",
        "block",
        "1 entry",
        "06060606…0606",
        "",
    ]
    assert text(model, 13, Column.HEIGHT) == "6:0"
    assert text(model, 13, Column.KIND) == "Merge"
    assert text(model, 13, Column.ID) == "tx6"
    assert model.index(13, 0).data(RowRole.IS_BLOCK) is False


def test_only_the_pages_in_view_are_read(qtbot: QtBot) -> None:
    reader = long_case(3 * PAGE_ROWS)
    case = case_of(reader)
    model = shown_rows(qtbot, case)
    query = case.query
    assert isinstance(query, DirectQuery)
    assert model.rowCount() == 6 * PAGE_ROWS
    assert query.asked.count("") == 1
    far = 5 * PAGE_ROWS + 3
    assert model.row_at(far) is None
    with qtbot.waitSignal(model.loaded, timeout=60_000):
        model.row_at(far)
    row = model.row_at(far)
    assert row is not None
    assert row.row == far
    assert query.asked.count("") == 2


def test_old_pages_are_let_go(qtbot: QtBot) -> None:
    model = shown_rows(qtbot, case_of(long_case(200)))
    for page in range(KEPT_PAGES + 3):
        model._pages[page + 100] = []
    with qtbot.waitSignal(model.loaded, timeout=60_000):
        model.row_at(PAGE_ROWS)
    assert len(model._pages) <= KEPT_PAGES


def test_a_growing_case_adds_rows_and_reads_the_last_page_again(qtbot: QtBot) -> None:
    case = case_of(long_case(20))
    model = shown_rows(qtbot, case)
    assert model.rowCount() == 40
    assert isinstance(case.query, DirectQuery)
    case.query.reader = long_case(30)
    case.rows_changed.emit()
    assert model.rowCount() == 60
    with qtbot.waitSignal(model.loaded, timeout=60_000):
        model.row_at(0)
    assert text(model, 59, Column.HEIGHT) == "29:0"


def test_a_page_that_was_asked_for_another_list_is_not_shown(qtbot: QtBot) -> None:
    model = shown_rows(qtbot, case_of())
    take = model._taking(0, model._era)
    model.show_only([3, 1])
    take([])
    assert model._pages == {}


def test_only_chosen_rows_can_be_shown(qtbot: QtBot) -> None:
    model = shown_rows(qtbot, case_of())
    model.show_only([13, 5])
    assert model.is_narrowed
    with qtbot.waitSignal(model.loaded, timeout=60_000):
        model.row_at(0)
    assert [text(model, line, Column.HEIGHT) for line in (0, 1)] == ["2:0", "6:0"]
    assert (model.line_of(13), model.line_of(12)) == (1, -1)
    assert model.number_at(1) == 13
    model.show_only(None)
    assert model.rowCount() == 32


def test_rows_of_another_ledger_are_not_shown(qtbot: QtBot) -> None:
    case = case_of(case_reader(ledgers=2))
    model = shown_rows(qtbot, case)
    assert model.rowCount() == 0
    case.show_ledger(1)
    assert model.rowCount() == 32


def test_a_refused_entry_says_why_in_plain_words(qtbot: QtBot) -> None:
    model = shown_rows(qtbot, case_of())
    index = model.index(25, Column.WHAT)
    assert index.data(RowRole.IS_STRUCK) is True
    reason = "something it had read was changed before"
    assert index.data(RowRole.REASON) == f"{reason} (MVCC_READ_CONFLICT)"
    assert model.index(25, 0).data(RowRole.MARK) == "not-applicable"
    tip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert tip == f"refused by the network: {reason} (MVCC_READ_CONFLICT)"
    assert refusal_text("X\u202e") == "X<U+202E>"


def test_an_entry_passes_only_if_nothing_was_found_against_it_or_its_block(
    qtbot: QtBot,
) -> None:
    case = case_of()
    case.report = None
    model = shown_rows(qtbot, case)
    bad = (finding(Kind.SIGNATURE, 6, 0), finding(Kind.HASH, 7))
    model._faults = faults_of(bad)
    assert model.index(13, 0).data(RowRole.MARK) == "failed"
    assert model.index(15, 0).data(RowRole.MARK) == ""
    assert model.index(17, 0).data(RowRole.MARK) == "passed"
    spoken = model.index(13, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "6:0, failed"


def test_the_worst_of_several_findings_counts() -> None:
    doubt = finding(Kind.HASH, 6, 0, Outcome.INCONCLUSIVE)
    note = finding(Kind.LINK, 0, None, Outcome.NOT_APPLICABLE)
    found = faults_of([finding(Kind.HASH, 6, 0), doubt, note])
    assert found == {(6, 0): Outcome.FAILED}


# -- search --------------------------------------------------------------------------


def test_search_finds_height_hash_id_and_words_and_goes_round(qtbot: QtBot) -> None:
    case = case_of()
    model = InspectModel(case)
    with qtbot.waitSignal(model.hits_changed):
        model.search(" 6 ")
    assert list(model.hits) == [12]
    model.search(BLOCK_HASH[6].hex())
    assert list(model.hits) == [12]
    model.search("tx6")
    assert list(model.hits) == [13]
    model.search("harvest")
    assert len(model.hits) == 4
    seen = [model.next_hit() for _ in range(5)]
    assert seen == [*model.hits, model.hits[0]]
    assert model.next_hit(-1) == model.hits[-1]
    model.search("")
    assert model.next_hit() is None
    assert not model.hits


def test_search_keeps_to_the_ledger_shown() -> None:
    case = case_of(case_reader(ledgers=2))
    model = InspectModel(case)
    model.search("6")
    assert model.hits == ()


# -- fields --------------------------------------------------------------------------


def fields() -> tuple[Field, ...]:
    inner = (
        Field("机构", "安\u202e全", ByteSpan(0, 20, 30), is_ours=False),
        Field("hash", "ab" * 32, ByteSpan(0, 30, 62)),
    )
    rest = Field("rest", "", Absent.NOT_IN_FORMAT)
    return (
        Field("number", "30", ByteSpan(0, 0, 4)),
        Field("entry", "2", ByteSpan(0, 10, 70), inner),
        rest,
    )


def tree(marks: dict[tuple[int, int, int], str] | None = None) -> FieldsModel:
    model = FieldsModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(fields(), marks or {})
    return model


def test_a_byte_selects_the_innermost_field() -> None:
    model = tree()
    for offset, name in ((2, "number"), (25, "机构"), (30, "hash"), (15, "entry")):
        field = model.field_at(model.index_at(0, offset))
        assert field is not None
        assert field.name == name
    assert not model.index_at(0, 5).isValid()
    assert not model.index_at(1, 2).isValid()


def test_a_span_selects_its_field_or_the_one_around_it() -> None:
    model = tree()
    exact = model.field_at(model.index_of_span(ByteSpan(0, 30, 62)))
    around = model.field_at(model.index_of_span(ByteSpan(0, 25, 35)))
    assert exact is not None
    assert around is not None
    assert (exact.name, around.name) == ("hash", "entry")


def test_names_of_the_file_are_shown_as_they_are_and_made_printable() -> None:
    model = tree({(0, 30, 62): "failed"})
    entry = model.index(1, 0)
    name, value = model.index(0, 0, entry), model.index(0, 1, entry)
    assert name.data(DISPLAY) == "机构"
    assert name.data(FieldRole.IS_OURS) is False
    assert value.data(DISPLAY) == "安<U+202E>全"
    hashed = model.index(1, FieldColumn.VALUE, entry)
    assert hashed.data(FieldRole.IS_HEX) is True
    assert hashed.data(FieldRole.MARK) == "failed"
    assert value.data(FieldRole.MARK) == ""


def test_names_of_ours_are_words_and_keep_their_number() -> None:
    assert our_name("entries_root") == "entries root"
    assert our_name("transaction 12") == "transaction 12"
    assert our_name("channel_header") == "channel_header"
    assert our_name("x\u202e") == "x<U+202E>"


def test_nodes_are_made_when_their_parent_is_opened() -> None:
    many = tuple(Field(f"f{n}", "", ByteSpan(0, n, n + 1)) for n in range(1000))
    model = FieldsModel()
    model.show((Field("all", "", ByteSpan(0, 0, 1000), many),), {})
    assert len(model._nodes) == 1
    assert model.hasChildren(model.index(0, 0))
    assert model.rowCount(model.index(0, 0)) == 1000
    assert model.parent(model.index(7, 0, model.index(0, 0))) == model.index(0, 0)
    assert model.parent(QModelIndex()) == QModelIndex()


def test_a_value_that_is_json_opens_with_the_names_of_the_file() -> None:
    model = FieldsModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    value = '{"机构":"检测中心","kg":62,"list":[1,{"a":"b"}]}'
    around = ByteSpan(0, 10, 90)
    model.show((Field("value", value, around), Field("x", "{no", around)), {})
    top = model.index(0, 0)
    assert model.hasChildren(top)
    names = [model.index(row, 0, top).data(DISPLAY) for row in range(3)]
    values = [model.index(row, 1, top).data(DISPLAY) for row in range(3)]
    assert names == ["机构", "kg", "list"]
    assert values == ["检测中心", "62", '[1,{"a":"b"}]']
    part = model.index(0, 0, top)
    assert part.data(FieldRole.IS_OURS) is False
    assert model.bytes_of(part) == around
    assert model.index_at(0, 20) == top
    assert not model.hasChildren(model.index(1, 0))
    assert json_parts("[" * 5_000) == ()
    assert json_parts('{"a":' + "1" * 70_000 + "}") == ()


def test_of_several_fields_of_the_same_bytes_the_innermost_is_selected() -> None:
    span = ByteSpan(0, 10, 20)
    inner = Field("transaction 0", "", span, (Field("id", "1", ByteSpan(0, 12, 14)),))
    model = FieldsModel()
    model.show((Field("data", "1", span, (inner,)),), {})
    found = model.field_at(model.index_of_span(span))
    assert found is not None
    assert found.name == "transaction 0"


# -- claims --------------------------------------------------------------------------


def hash_claim(
    block: int, entry: int, declared_at: ByteSpan, place: ByteSpan
) -> HashClaim:
    covered = b"covered bytes"
    return HashClaim(
        "test.hash",
        block,
        entry,
        HashAlgorithm.SHA256,
        covered,
        digest(HashAlgorithm.SHA256, covered),
        place,
        declared_at,
        part="data",
    )


def shown_block(*claims: Claim, outcome: Outcome = Outcome.PASSED) -> ShownBlock:
    spec = CheckSpec("test.hash", Kind.HASH, "Hashes equal", ())
    block = Block(30, PLACE, HashAlgorithm.SHA256, b"header", b"", 1)
    shown = tuple(
        ShownClaim(spec, each, outcome, "", spec.title, explain(each, (), "f", b""))
        for each in claims
    )
    detail = BlockDetail(block, (), fields(), claims)
    return ShownBlock("test", "pears", detail, b"\1" * 32, shown, ("f",))


def test_claims_about_a_field_come_closest_first() -> None:
    declared = ByteSpan(0, 30, 62)
    wide = hash_claim(30, -1, ByteSpan(0, 200, 232), ByteSpan(0, 0, 100))
    near = hash_claim(30, 0, ByteSpan(0, 240, 272), ByteSpan(0, 20, 62))
    own = hash_claim(30, 0, declared, ByteSpan(0, 300, 400))
    other = hash_claim(30, 0, ByteSpan(1, 30, 62), ByteSpan(1, 0, 100))
    model = InspectModel(case_of())
    model.claims = claim_lines(shown_block(wide, near, own, other))
    found = [line.index for line in model.claims_at(declared)]
    assert found == [2, 1, 0]
    assert model.claims_at(ByteSpan(0, 500, 501)) == []


def test_a_declared_value_carries_the_worst_mark_of_its_claims() -> None:
    declared = ByteSpan(0, 30, 62)
    model = InspectModel(case_of())
    good = claim_lines(shown_block(hash_claim(1, 0, declared, PLACE)))
    bad = claim_lines(
        shown_block(hash_claim(1, 0, declared, PLACE), outcome=Outcome.FAILED)
    )
    model.claims = (*bad, *good)
    assert model.marks() == {(0, 30, 62): "failed"}
    model.claims = (*good, *bad)
    assert model.marks() == {(0, 30, 62): "failed"}


def test_the_list_of_claims_says_outcome_and_place() -> None:
    line = claim_lines(shown_block(hash_claim(30, 2, PLACE, PLACE)))[0]
    assert (line.mark, line.title, line.where) == (
        "passed",
        "Hashes equal",
        "entry 2 · data",
    )


# -- explanations --------------------------------------------------------------------


def test_a_block_hash_is_explained_with_what_the_next_block_declares() -> None:
    block = Block(30, PLACE, HashAlgorithm.SHA256, b"headerrest", b"", 1)
    parts = (HashPart("a", b"header", PLACE), HashPart("b", b"rest", PLACE))
    detail = BlockDetail(block, (), (), (), parts)
    own = digest(HashAlgorithm.SHA256, b"headerrest")
    same = explain_block(detail, own, "f", b"other")
    assert (same.agrees, same.what, same.size_bytes) == (True, "block", 10)
    assert joined_bytes(same) == b"headerrest"
    assert explain_block(detail, b"\0" * 32, "f", b"").agrees is False
    alone = explain_block(detail, b"", "f", b"")
    assert (alone.agrees, alone.declared) == (None, "")
    assert "2 parts" in explain_lead(same)
    assert "next block" in explain_lead(same)
    assert "next block" not in explain_lead(alone)
    assert rests_on(same, 193) == "163 later blocks are chained to it."
    assert rests_on(alone, 30).startswith("No later block")


def test_an_explanation_says_what_it_leaves_open() -> None:
    explanation = explain(hash_claim(30, 0, PLACE, PLACE), (), "f", b"")
    assert explanation is not None
    assert explain_title(explanation) == "Explain this hash"
    assert "13 bytes" in protects(explanation)
    assert "Who wrote it" in does_not_protect(explanation)


def test_the_selection_leads_to_a_row(qtbot: QtBot) -> None:
    case = case_of()
    model = InspectModel(case)
    with qtbot.waitSignal(model.row_found) as found:
        case.select(Selection(0, 6, 0))
    assert found.args == [13]
    assert ledger_report().blocks == 16
