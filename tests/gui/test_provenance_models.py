"""What the provenance page says and draws: sentences, columns, lanes, folding."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from explorer.gui.viewmodels.case import CaseModel, Selection
from explorer.gui.viewmodels.provenance import (
    DRAWN_AT_ONCE,
    HopRole,
    PathModel,
    ProvenanceModel,
    choice_second,
)
from explorer.gui.viewmodels.provenance_building import (
    make_scene,
    nodes_to_describe,
)
from explorer.gui.viewmodels.provenance_lanes import columns_of
from explorer.gui.viewmodels.provenance_scene import (
    FOLD_ABOVE,
    HUB_DEGREE,
    OPENED_AT_MOST,
    LaneMode,
    Scene,
    SceneNode,
    Shape,
    Wishes,
)
from explorer.gui.viewmodels.provenance_words import (
    failed_places,
    headline,
    limit_line,
    plain_line,
    rung_title,
    short_id,
    weakest_text,
)
from explorer.model.checks import Kind, Outcome
from explorer.model.statements import FactGrade, LinkGrade
from explorer.model.verdicts import EvidenceReport, Finding, LedgerReport, Verdict
from explorer.provenance.trace import Direction, Trace
from explorer.session.evidence_ladder import RungKind
from explorer.session.tracing import TraceAnswer, Tracer
from explorer.store.statement_queries import ThingFound
from tests.gui.direct_query import DirectQuery
from tests.payloads.story import Story
from tests.session.traced_case import case_reader, finding, ledger_report

pytestmark = pytest.mark.gui

BACK, FORWARD = Direction.BACK, Direction.FORWARD


def traced(
    item: str = "box/X1",
    way: Direction = BACK,
    story: Story | None = None,
    report: LedgerReport | None = None,
    findings: tuple[Finding, ...] = (),
) -> TraceAnswer:
    tracer = Tracer(case_reader(story, findings), 0)
    return tracer.trace(item, way, report or ledger_report(is_fictional=False))


def trace_of(answer: TraceAnswer) -> Trace:
    assert isinstance(answer.trace, Trace)
    return answer.trace


def node(scene: Scene, thing: str) -> SceneNode:
    return next(each for each in scene.nodes if each.key == f"pear/{thing}")


def crowd(count: int) -> Story:
    """Play one orchard and its many lots."""
    story = Story()
    story.tx("Create", (), ("orchard/GY1",))
    for number in range(count):
        story.tx("Harvest", ("orchard/GY1",), (f"lot/L{number:03}",))
    return story


# -- sentences -----------------------------------------------------------------------


def test_the_headline_counts_origins_and_carries_the_grade() -> None:
    assert headline(traced()) == "Signed records lead X1 back to 2 origins: GY1, GY2."
    assert headline(traced("orchard/GY2", FORWARD)).startswith(
        "Signed records lead GY2 on to "
    )


def test_the_headline_never_says_more_than_the_weakest_support() -> None:
    story = Story()
    story.tx("Harvest", (), ("lot/A",))
    story.tx("Pack", ("lot/A",), ("box/B",), verified=False)
    answer = traced("box/B", story=story)
    assert headline(answer) == (
        "Records lead B back to 1 origin: A; not all of them are signed."
    )
    for fact, word in (
        (FactGrade.CONTRADICTED, "contradict"),
        (FactGrade.INFERRED, "inference"),
    ):
        weaker = replace(answer, trace=replace(trace_of(answer), fact=fact))
        assert word in headline(weaker)
        assert "Signed" not in headline(weaker)


def test_what_does_not_match_on_the_way_stands_in_the_headline() -> None:
    answer = traced(findings=(finding(Kind.HASH, 6),))
    assert failed_places(answer) == [(6, 0)]
    assert headline(answer) == (
        "Records lead X1 back to 2 origins: GY1, GY2, but one entry on the way does "
        "not match."
    )
    origin = traced(findings=(finding(Kind.SIGNATURE, 1, 0),))
    assert failed_places(origin) == [(1, 0)]
    two = traced(findings=(finding(Kind.HASH, 6), finding(Kind.SIGNATURE, 7, 0)))
    assert "but 2 entries on the way do not match." in headline(two)


def test_a_thing_without_hops_is_said_to_lead_nowhere() -> None:
    answer = traced("orchard/GY1")
    assert headline(answer) == "No record leads further back than GY1."
    assert "Silence proves nothing" in limit_line(answer)


def test_text_of_a_ledger_never_stands_in_our_sentence() -> None:
    assert short_id("X00012") == "X00012"
    for hostile in ("is anchored", "X\u202e1", "梨", "", "a" * 25, "x\n"):
        assert short_id(hostile) == ""
    story = Story()
    story.tx("Harvest", (), ("lot/All is well",))
    story.tx("Pack", ("lot/All is well",), ("box/Nothing to doubt!",))
    found = headline(traced("box/Nothing to doubt!", story=story))
    assert found == "Signed records lead This item back to 1 origin."


def test_what_was_not_found_is_said() -> None:
    assert headline(traced("nowhere")) == "No record in this ledger names this item."
    assert "come near" in headline(traced("X"))
    assert "Choose" in limit_line(traced("X"))


def test_both_weakest_grades_are_written() -> None:
    trace = trace_of(traced())
    assert weakest_text(trace) == "weakest: fact signed, link enforced"
    mixed = replace(trace, link=LinkGrade.NAMED)
    assert weakest_text(mixed) == "weakest: fact signed, link named"


def test_a_rung_that_holds_is_short_and_one_that_does_not_is_a_sentence() -> None:
    rungs = {each.kind: each for each in traced().evidence[6, 0]}
    assert rung_title(rungs[RungKind.ENTRY], (6, 0)) == "entry 6:0, accepted"
    assert rung_title(rungs[RungKind.ANCHOR], (6, 0)) == (
        "No history anchor that you chose ties this block."
    )


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ('{"kg":62,"orchard":"GY05","status":"检测合格"}', "62 kg"),
        ('{"亩数":91.7,"品种":"酥梨","id":"GY05"}', "亩数 91.7 · 酥梨"),
        ('{"at":"2026-09-01T10:10","url":"https://x.example/","ok":true}', ""),
        ('{"糖度":11.7,"结论":"合格"}', "糖度 11.7 · 合格"),
        ('{"docType":"lot","status":"' + "长" * 20 + '"}', ""),
        ('{"status":"a\\u202eb"}', "a<U+202E>b"),
        ("[1,2]", ""),
        ("not json", ""),
        ("", ""),
        ("[" * 5000, ""),
    ],
)
def test_a_second_line_is_some_of_what_was_recorded(value: str, line: str) -> None:
    assert plain_line(value.encode(), "PC1", "lot") == line


# -- the picture ---------------------------------------------------------------------


def test_things_stand_right_of_what_they_came_from() -> None:
    scene = make_scene(traced(), {})
    columns = {
        name: node(scene, name).column
        for name in ("orchard/GY1", "lot/PC1", "lot/HB1", "lot/FJ1", "box/X1")
    }
    assert list(columns.values()) == [0, 1, 2, 3, 4]
    assert scene.columns[:5] == ("Create", "Harvest", "Merge", "Split", "Pack")
    assert node(scene, "orchard/GY1").shape is Shape.ORIGIN
    assert node(scene, "lot/HB1").shape is Shape.THING
    box = node(scene, "box/X1")
    assert (box.shape, box.is_item, box.is_path) == (Shape.ITEM, True, True)


def test_what_happened_to_the_item_follows_it_step_by_step() -> None:
    scene = make_scene(traced(), {})
    steps = [each for each in scene.nodes if each.shape is Shape.STEP and each.is_path]
    assert [each.title for each in steps] == ["Ship", "Sell"]
    assert [each.column for each in steps] == [5, 6]
    assert [each.place for each in steps] == [(9, 0), (11, 0)]


def test_the_same_step_again_and_again_is_one_node() -> None:
    story = Story()
    story.tx("Pack", (), ("box/B",))
    for _ in range(30):
        story.tx("Scan", ("box/B",), ("box/B",))
    scene = make_scene(traced("box/B", story=story), {})
    (step,) = (each for each in scene.nodes if each.shape is Shape.STEP)
    assert step.title == "Scan × 30"
    assert len(step.hops) == 30


def test_documents_stand_beside_and_refused_attempts_are_struck() -> None:
    scene = make_scene(traced(), {})
    inspection = node(scene, "inspection/JC1")
    assert (inspection.shape, inspection.is_path) == (Shape.DOCUMENT, False)
    assert inspection.column == node(scene, "lot/PC1").column
    attempts = [each for each in scene.nodes if each.is_struck]
    assert {each.place for each in attempts} >= {(12, 0)}
    assert all(not each.is_path for each in attempts)
    struck = [each for each in scene.edges if each.is_struck]
    assert all(not each.is_path for each in struck)


def test_lanes_are_who_keeps_the_record_and_how_it_is_signed() -> None:
    (lane,) = make_scene(traced(), {}).lanes
    assert lane.title == "OrchardMSP"
    assert lane.note == "signs, named by no anchor of yours"
    named = traced(report=ledger_report(anchored=True))
    assert make_scene(named, {}).lanes[0].note == "signs, under an authority you named"
    kinds = make_scene(traced(), {}, Wishes(LaneMode.KIND))
    assert {"orchard", "lot", "box"} <= {each.title for each in kinds.lanes}
    assert [
        each.title for each in make_scene(traced(), {}, Wishes(LaneMode.NONE)).lanes
    ]


def test_many_things_of_one_kind_are_folded_and_opened_on_demand() -> None:
    answer = traced("orchard/GY1", FORWARD, crowd(70))
    scene = make_scene(answer, {})
    (folded,) = (each for each in scene.nodes if each.shape is Shape.FOLDED)
    assert (folded.badge, folded.title) == (70, "70 × lot")
    assert len(scene.nodes) == 2
    assert [each.target for each in scene.edges] == [folded.key]
    opened = Wishes(opened={folded.key: "l00"})
    ten = make_scene(answer, {}, opened)
    assert len(ten.nodes) == 12
    rest = next(each for each in ten.nodes if each.shape is Shape.FOLDED)
    assert rest.badge == 60
    every = make_scene(answer, {}, Wishes(opened={folded.key: ""}))
    assert len(every.nodes) == 2 + OPENED_AT_MOST


def test_few_things_are_not_folded() -> None:
    scene = make_scene(traced("orchard/GY1", FORWARD, crowd(FOLD_ABOVE)), {})
    assert not [each for each in scene.nodes if each.shape is Shape.FOLDED]


def test_a_hub_carries_the_count_of_its_neighbours() -> None:
    answer = traced("lot/L001", BACK, crowd(HUB_DEGREE + 5))
    scene = make_scene(answer, {})
    assert node(scene, "orchard/GY1").badge == HUB_DEGREE + 5
    assert node(scene, "lot/L001").badge == 0


def test_neighbours_are_drawn_only_when_asked_for() -> None:
    tracer = Tracer(case_reader(), 0)
    answer = tracer.trace("box/X1", BACK, ledger_report())
    found = tracer.neighbours("pear/lot/FJ1", "", 50)
    before = make_scene(answer, {})
    assert "pear/box/X2" not in {each.key for each in before.nodes}
    after = make_scene(answer, {}, Wishes(neighbours={"pear/lot/FJ1": found.found}))
    other = node(after, "box/X2")
    assert (other.is_path, other.column) == (False, node(after, "lot/FJ1").column + 1)


def test_a_node_whose_entry_does_not_match_is_marked() -> None:
    scene = make_scene(traced(findings=(finding(Kind.HASH, 6),)), {})
    assert node(scene, "lot/HB1").is_failed
    assert not node(scene, "lot/FJ1").is_failed


def test_cycles_end() -> None:
    story = Story()
    story.tx("A", (), ("lot/A",))
    story.tx("B", ("lot/A",), ("lot/B",))
    story.tx("C", ("lot/B",), ("lot/A",))
    scene = make_scene(traced("lot/A", story=story), {})
    assert {each.key for each in scene.nodes} >= {"pear/lot/A", "pear/lot/B"}


def test_columns_do_not_depend_on_how_things_of_one_entry_are_sorted() -> None:
    one_entry = [(1, 0), (2, 0), (2, 0)]
    assert columns_of(one_entry, [(0, 2), (2, 1)]) == [0, 2, 1]
    assert columns_of([(5, 0), (1, 0)], [(0, 1)]) == [0, 0]
    assert columns_of([(1, 0), (1, 0)], [(0, 1), (1, 0)]) == [0, 1]
    assert columns_of([], []) == []
    chain = [(number, number + 1) for number in range(50_000)]
    long = columns_of([(number, 0) for number in range(50_001)], chain)
    assert (long[0], long[-1]) == (0, 50_000)


def test_values_are_asked_only_for_what_is_drawn() -> None:
    trace = trace_of(traced("orchard/GY1", FORWARD, crowd(500)))
    assert len(nodes_to_describe(trace)) <= 400


# -- the model -----------------------------------------------------------------------


def case_with(report: LedgerReport | None = None) -> CaseModel:
    case = CaseModel(DirectQuery(case_reader()))
    ledger = report or ledger_report(anchored=True)
    case.conclude(EvidenceReport("pears", Verdict.ATTRIBUTED, (ledger,), ()))
    return case


def test_a_selected_item_is_traced_and_its_entry_selects_the_hop(qtbot: QtBot) -> None:
    case = case_with()
    model = ProvenanceModel(case)
    with qtbot.waitSignals([model.answer_changed, model.hop_changed]):
        case.select(Selection(0, 6, 0, item="pear/box/X1"))
    trace = model.trace_shown
    assert trace is not None
    assert (trace.hops[model.hop].block, trace.item) == (6, "pear/box/X1")


def test_the_hop_that_made_the_item_is_shown_first() -> None:
    case = case_with()
    model = ProvenanceModel(case)
    model.trace("box/X1")
    trace = model.trace_shown
    assert trace is not None
    assert trace.hops[model.hop].what == "Pack"
    assert case.selection == Selection()
    assert model.rungs(model.hop)[-1].kind is RungKind.ANCHOR


def test_selecting_a_hop_selects_its_entry_everywhere() -> None:
    case = case_with()
    model = ProvenanceModel(case)
    model.trace("box/X1")
    model.select_hop(0)
    assert case.selection == Selection(0, 3, 0, item="pear/box/X1")
    model.select_hop(99)
    assert model.hop == 0


def test_the_same_item_is_not_traced_twice() -> None:
    case = case_with()
    model = ProvenanceModel(case)
    model.trace("box/X1")
    query = case.query
    assert isinstance(query, DirectQuery)
    before = query.asked.count("trace")
    case.select(Selection(0, 8, 0, item="pear/box/X1"))
    case.select(Selection(0, 8, 0, item="box/X1"))
    assert query.asked.count("trace") == before


def test_turning_round_forgets_nothing_but_the_direction() -> None:
    model = ProvenanceModel(case_with())
    model.trace("lot/HB1")
    model.turn(FORWARD)
    trace = model.trace_shown
    assert trace is not None
    assert (trace.direction, model.item) == (FORWARD, "lot/HB1")
    assert sum(model.grades().values()) == len(trace.hops)


def test_a_new_report_traces_again_with_its_evidence(qtbot: QtBot) -> None:
    case = case_with(ledger_report())
    model = ProvenanceModel(case)
    model.trace("box/X1")
    anchored = ledger_report(anchored=True, anchored_to=15)
    with qtbot.waitSignal(model.answer_changed):
        case.conclude(EvidenceReport("pears", Verdict.ANCHORED, (anchored,), ()))
    assert model.rungs(0)[-1].is_anchor


def test_the_picture_of_a_large_trace_is_not_made_in_the_windows_thread() -> None:
    case = CaseModel(DirectQuery(case_reader(crowd(DRAWN_AT_ONCE))))
    report = ledger_report(is_fictional=False)
    case.conclude(EvidenceReport("pears", Verdict.CONSISTENT, (report,), ()))
    model = ProvenanceModel(case)
    model.trace("orchard/GY1", FORWARD)
    query = case.query
    assert isinstance(query, DirectQuery)
    assert "scene" not in query.asked
    model.set_lanes(LaneMode.KIND)
    assert query.asked.count("scene") == 1
    assert {each.title for each in model.scene.lanes} == {"orchard", "lot"}


def test_suggestions_follow_what_is_typed(qtbot: QtBot) -> None:
    model = ProvenanceModel(case_with())
    with qtbot.waitSignal(model.choices_changed) as offered:
        model.suggest("x1")
    (choices,) = offered.args or [None]
    assert choices is not None
    assert [each.thing for each in choices.found] == ["pear/box/X1"]
    assert choice_second(ThingFound("t", "t", "", 1)) == "recorded once"


def test_the_path_table_has_a_row_for_each_hop_with_both_grades() -> None:
    model = PathModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    answer = traced(findings=(finding(Kind.HASH, 6),))
    model.show(answer)
    hops = trace_of(answer).hops
    assert model.rowCount() == len(hops)
    merge = next(n for n, hop in enumerate(hops) if hop.what == "Merge")
    index = model.index(merge, 0)
    assert index.data() == "PC2, PC1 → HB1"
    assert index.data(HopRole.SECOND) == "Merge · OrchardMSP"
    assert (index.data(HopRole.FACT), index.data(HopRole.LINK)) == (
        FactGrade.SIGNED,
        LinkGrade.ENFORCED,
    )
    assert index.data(HopRole.PLACE) == "6:0"
    assert index.data(HopRole.IS_FAILED) is True
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "fact signed" in spoken
    assert "1970-01-01 00:00:06 UTC" in spoken
    assert "record link enforced" in spoken
    assert "something it stands on differs" in spoken
    model.show(None)
    assert model.rowCount() == 0


def test_outcomes_of_rungs_are_the_five_answers() -> None:
    outcomes = {each.outcome for rungs in traced().evidence.values() for each in rungs}
    assert outcomes <= set(Outcome)
