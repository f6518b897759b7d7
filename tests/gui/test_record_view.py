"""Records that do not fit together: in the list, in full, and on the way to entries."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from explorer.core.resources import resource
from explorer.gui.design.fonts import register_fonts
from explorer.gui.design.theme import Theme
from explorer.gui.viewmodels.case import CaseModel, PageName, Place, Visit
from explorer.gui.viewmodels.findings import FindingRole, FindingsModel
from explorer.gui.viewmodels.overview import record_lines_for
from explorer.gui.viewmodels.records import (
    RecordLine,
    RuleLine,
    SettingsLine,
    events_text,
    places_of,
    record_groups,
)
from explorer.gui.views.findings_page import FindingsPage
from explorer.model.blocks import NO_BLOCK
from explorer.model.checks import Severity
from explorer.model.claim_sheets import ClaimSheet
from explorer.model.verdicts import Inconsistency, RuleRow, Unjudged
from tests.gui.made_up import ledger, report
from tests.gui.opened_case import PEARS, opened

pytestmark = pytest.mark.gui

MASS = Inconsistency(
    "mass-balance",
    Severity.WARNING,
    "More came out of a process than went into it.",
    "/x/events.jsonld",
    (4, 7),
    ("LOT-1",),
    reason="process-exceeded",
    detail="12 kg > 10 kg",
    entries=((20, 1),),
    loose=(3,),
)
RULES = (
    RuleRow("mass-balance", "No more comes out.", 2, 5, (), (("tolerance", "0.02"),)),
    RuleRow(
        "impossible-travel",
        "Nothing travels too fast.",
        0,
        0,
        (Unjudged("place-missing", "A place has no coordinates.", 9),),
        (),
    ),
)
LEDGER = replace(ledger(), inconsistencies=(MASS, MASS), rules=RULES)


@pytest.fixture(scope="module")
def case() -> CaseModel:
    made = opened(PEARS)
    made.conclude(report(LEDGER))
    return made


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication, case: CaseModel) -> FindingsPage:
    del qapp
    made = FindingsPage(Theme(register_fonts(resource("fonts"))))
    qtbot.addWidget(made)
    made.show_case(case)
    made.resize(1200, 800)
    made.show()
    return made


def test_inconsistencies_stand_below_the_findings() -> None:
    groups = record_groups(LEDGER)
    assert [each.heading for each in groups] == [
        "Records that do not fit together · 2",
        "Rules that lacked a field · 1",
        "Rules about records",
    ]
    first, second, third = (group.lines[0] for group in groups)
    assert isinstance(first, RecordLine)
    assert first.where == "mass-balance · found 2 times"
    assert isinstance(second, RuleLine)
    assert second.where.endswith("cannot be judged 9 times: a field is missing")
    assert isinstance(third, SettingsLine)
    assert third.where == "2 rules, 1 found nothing"
    assert record_groups(ledger()) == []


def test_the_list_of_findings_holds_them() -> None:
    model = FindingsModel()
    model.show((), records=record_groups(LEDGER))
    assert model.rowCount() == 6
    row = model.row_of_rule("mass-balance")
    assert model.index(row, 0).data(FindingRole.MARK) == "inconsistent"
    assert model.row_of_rule("impossible-travel") == 3
    assert model.row_of_rule("other") == -1
    assert model.row_after(row, 1) == 3


def test_entries_and_events_are_named() -> None:
    found = places_of(MASS, 1, "event")
    assert found == [
        ("block 20, entry 1", Place(1, 20, 1, item="LOT-1")),
        ("event 3", Place(1, NO_BLOCK, 3, item="LOT-1")),
    ]
    assert events_text(MASS) == "events.jsonld: 4, 7"


def test_a_click_goes_to_the_entry(qtbot: QtBot, page: FindingsPage) -> None:
    page.go_to(Place(rule="mass-balance"))
    view = page._records
    assert view.isVisible()
    texts = [each.text() for each in view.findChildren(QLabel)]
    assert "tolerance = 0.02" in texts
    assert "12 kg > 10 kg" in texts
    button = next(
        each
        for each in view.findChildren(QPushButton)
        if each.text() == "block 20, entry 1"
    )
    with qtbot.waitSignal(page.visit_wanted) as caught:
        button.click()
    assert caught.args == [Visit(PageName.INSPECT, Place(0, 20, 1, item="LOT-1"))]


def test_the_headline_does_not_pass_over_them(
    page: FindingsPage, case: CaseModel
) -> None:
    case.conclude(report(replace(LEDGER, findings=())))
    expected = "No check failed, but records do not fit together."
    assert page._headline.text() == expected
    case.conclude(report(LEDGER))


def test_what_could_not_be_judged_is_shown(page: FindingsPage) -> None:
    page.go_to(Place(rule="impossible-travel"))
    texts = [each.text() for each in page._records.findChildren(QLabel)]
    assert "A place has no coordinates. (9 times)" in texts


def test_the_claim_sheet_names_those_about_its_thing() -> None:
    sheet = ClaimSheet("LOT-1", "LOT-1", "lot", "LOT-1", "pears")
    (line,) = record_lines_for(LEDGER, sheet)
    assert line.mark == "inconsistent"
    assert record_lines_for(LEDGER, replace(sheet, item="LOT-2")) == []
    assert record_lines_for(None, sheet) == []
