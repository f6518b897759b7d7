"""Findings by cause: parts, headline, navigation."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from explorer.gui.viewmodels.findings import (
    Cause,
    FindingRole,
    FindingsModel,
    cause_of,
    does_not_show,
    grouped_findings,
    headline,
    shows,
)
from explorer.model.checks import Kind, Outcome
from tests.gui.made_up import failed_ledger, finding

pytestmark = pytest.mark.gui


@pytest.fixture
def model(qtbot: QtBot) -> FindingsModel:
    del qtbot
    model = FindingsModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(failed_ledger().findings)
    return model


def _texts(model: FindingsModel) -> list[str]:
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def test_parts_come_in_their_order_with_counts(model: FindingsModel) -> None:
    headings = [
        model.index(row).data()
        for row in range(model.rowCount())
        if model.index(row).data(FindingRole.IS_HEADING)
    ]
    assert headings == [
        "Root cause · 1",
        "Follows from it · 2",
        "Could not be checked · 1",
        "Good to know · 1",
    ]


def test_findings_that_say_the_same_are_one_line(model: FindingsModel) -> None:
    line = model.line(3)
    assert line is not None
    assert [each.block for each in line.findings] == [21, 22]
    assert line.where == "2 places, the first is block 21"


def test_headings_cannot_be_chosen(model: FindingsModel) -> None:
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsSelectable
    assert model.flags(model.index(1)) & Qt.ItemFlag.ItemIsSelectable


def test_next_goes_round_and_passes_headings_over(model: FindingsModel) -> None:
    rows, row = [], -1
    for _ in range(5):
        row = model.row_after(row, 1)
        rows.append(row)
    assert rows == [1, 3, 5, 7, 1]
    assert model.row_after(1, -1) == 7


def test_next_in_an_empty_list_is_nowhere() -> None:
    assert FindingsModel().row_after(-1, 1) == -1


def test_a_finding_is_found_by_its_place(model: FindingsModel) -> None:
    assert model.row_at(22, None) == 3
    assert model.row_at(22, 7) == -1
    assert model.row_of(failed_ledger().findings[0]) == 1


def test_one_cause_is_named_with_its_block() -> None:
    assert (
        headline(failed_ledger().findings)
        == "One place, block 20, explains all 3 failures."
    )


def test_several_causes_are_counted() -> None:
    found = [finding(20), finding(40, cause=1), finding(41, cause=1, is_root=False)]
    assert headline(found) == "2 places explain all 3 failures."


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ([], "Nothing was found that needs your attention."),
        ([Outcome.NOT_APPLICABLE], "Nothing failed. Some things are good to know."),
        ([Outcome.INCONCLUSIVE], "Nothing failed. One thing could not be checked."),
        ([Outcome.BROKEN] * 2, "Nothing failed. 2 things could not be checked."),
    ],
)
def test_without_failure_the_headline_says_what_is_open(
    outcomes: list[Outcome], expected: str
) -> None:
    found = [finding(1, outcome=each, cause=-1) for each in outcomes]
    assert headline(found) == expected


def test_each_outcome_has_its_part() -> None:
    root = finding()
    assert [
        cause_of(root),
        cause_of(replace(root, is_root=False)),
        cause_of(replace(root, outcome=Outcome.INCONCLUSIVE)),
        cause_of(replace(root, outcome=Outcome.BROKEN)),
        cause_of(replace(root, outcome=Outcome.NOT_APPLICABLE)),
    ] == [Cause.ROOT, Cause.FOLLOWS, Cause.OPEN, Cause.OPEN, Cause.NOTE]


def test_causes_are_not_mixed_in_a_line() -> None:
    lines = grouped_findings([finding(20), finding(40, cause=1)])[0].lines
    assert [each.findings[0].block for each in lines] == [20, 40]


def test_every_kind_says_what_it_shows_and_never_accuses() -> None:
    texts = [shows(kind) for kind in Kind]
    texts += [does_not_show(finding(outcome=outcome)) for outcome in Outcome]
    assert all(texts)
    assert not [each for each in texts if "tamper" in each or "fraud" in each]
