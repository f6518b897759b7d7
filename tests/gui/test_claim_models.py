"""The claim page's model and cells, without a page."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import segno
from pytestqt.qtbot import QtBot

from explorer.core.absent import Absent
from explorer.gui.messages import Failure
from explorer.gui.viewmodels.case import CaseModel, Selection
from explorer.gui.viewmodels.claim_cells import (
    claim_rows,
    hand_rows,
    map_places,
    party_name,
    place_rows,
    ties,
    time_rows,
    unplaced,
)
from explorer.gui.viewmodels.claims import ClaimModel, Draft, placed
from explorer.model.claim_sheets import (
    EntryPlace,
    JourneyPlace,
    PlaceOrigin,
    Standing,
    Topic,
    TypedClaim,
)
from explorer.model.statements import FactGrade
from explorer.session.outlines import KnownPlace
from explorer.store.queries import CaseReader
from explorer.store.schema import create_case
from tests.gui.direct_query import DirectQuery
from tests.gui.opened_case import FABRIC, opened
from tests.reports.claim_sheets import sheet

pytestmark = pytest.mark.gui

BOX = "pear/box/X00012"
CODE = "https://trace.pear.example/q/X00012"
HOSTILE = "Anchored\u202egnp<b>x</b>\u0007"


@pytest.fixture(scope="module")
def case() -> Iterator[CaseModel]:
    made = opened(FABRIC / "ledgersData")
    yield made
    assert isinstance(made.query, DirectQuery)
    assert made.query.shower is not None
    made.query.shower.close()


@pytest.fixture
def model(case: CaseModel, qtbot: QtBot) -> ClaimModel:
    del qtbot
    return ClaimModel(case)


@pytest.fixture
def alone(qtbot: QtBot) -> ClaimModel:
    """Return a model without any ledger."""
    del qtbot
    return ClaimModel(CaseModel(DirectQuery(CaseReader(create_case(None)))))


def test_a_code_leads_to_the_sheet_of_its_thing(model: ClaimModel) -> None:
    model.check(CODE)
    assert model.sheet.item == BOX
    assert model.code.address is not None
    assert not model.is_busy


def test_a_place_of_the_window_is_followed_once(model: ClaimModel) -> None:
    model.follow(Selection(item=BOX))
    before = model.sheet
    model.follow(Selection(item=BOX))
    assert model.sheet is before
    model.follow(Selection())
    assert model.sheet is before


def test_claims_are_added_and_taken_back(model: ClaimModel) -> None:
    model.check(BOX)
    claim = TypedClaim(Topic.SCANS, "5")
    model.add_claim(claim)
    model.add_claim(TypedClaim(Topic.FREE, "   "))
    assert model.draft.claims == (claim,)
    assert any(each.standing is Standing.DIFFERS for each in model.sheet.rows)
    model.remove_claim(claim)
    assert not any(each.claimed for each in model.sheet.rows)


def test_a_photo_is_hashed_read_and_looked_for(
    model: ClaimModel, tmp_path: Path
) -> None:
    photo = tmp_path / "photo.png"
    segno.make(CODE).save(str(photo), scale=6)
    model.attach([photo])
    (exhibit,) = model.sheet.exhibits
    assert exhibit.codes == (CODE,)
    assert exhibit.found == ()
    assert exhibit.searched_entries == 525
    assert model.sheet.item == BOX
    model.attach([photo])
    assert len(model.sheet.exhibits) == 1
    model.forget_exhibit(exhibit.sha256)
    assert not model.sheet.exhibits


def test_a_file_that_is_gone_is_told(model: ClaimModel, tmp_path: Path) -> None:
    told: list[str] = []
    model.told.connect(told.append)
    model.attach([tmp_path / "gone.pdf"])
    assert told
    assert "gone.pdf" in told[0]


def test_a_document_without_code_keeps_what_was_asked(
    model: ClaimModel, tmp_path: Path
) -> None:
    report = tmp_path / "report.pdf"
    report.write_bytes(b"%PDF")
    model.check(BOX)
    model.attach([report])
    assert model.sheet.item == BOX
    assert model.sheet.exhibits[0].codes == ()


def test_without_a_ledger_claims_stand_alone(alone: ClaimModel, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(b"<html>")
    alone.check("http://x.example/q/1")
    alone.add_claim(TypedClaim(Topic.ORIGIN, "Licheng"))
    alone.attach([page])
    assert alone.sheet.rows[0].standing is Standing.UNSUPPORTED
    assert isinstance(alone.sheet.exhibits[0].found, Absent)
    assert alone.sheet.questions
    assert alone.code.address is not None


def test_a_draft_goes_on_with_a_ledger(alone: ClaimModel, model: ClaimModel) -> None:
    alone.check(CODE)
    alone.add_claim(TypedClaim(Topic.VARIETY, "酥梨"))
    alone.reply("which-ledger//", "pear-trace")
    model.recall(alone.draft)
    assert model.sheet.item == BOX
    same = [each for each in model.sheet.rows if each.claimed == "酥梨"]
    assert same[0].standing is Standing.SAME
    assert model.draft.replies == {"which-ledger//": "pear-trace"}


def test_a_failure_of_the_query_is_passed_on(case: CaseModel, qtbot: QtBot) -> None:
    del qtbot
    model = ClaimModel(case)
    failures: list[Failure] = []
    model.failed.connect(failures.append)
    model._fail(Failure("gone"))
    assert failures == [Failure("gone")]


def test_the_users_list_places_what_the_data_does_not() -> None:
    absent = Absent.NOT_IN_FORMAT
    store = JourneyPlace(
        "Store", "", PlaceOrigin.NONE, absent, absent, EntryPlace(1, 0)
    )
    farm = JourneyPlace("Farm", "", PlaceOrigin.DATA, 1.0, 2.0, EntryPlace(0, 0))
    known = (KnownPlace("Store", 31.0, 117.0), KnownPlace("Farm", 9.0, 9.0))
    found = placed((farm, store), known)
    assert [each.origin for each in found] == [PlaceOrigin.DATA, PlaceOrigin.LIST]
    assert (found[0].latitude, found[1].latitude) == (1.0, 31.0)


def test_the_model_places_by_its_list(model: ClaimModel) -> None:
    model.check(BOX)
    model.set_places((KnownPlace("合作社3号冷库", 33.0, 117.0),))
    by_name = {each.name: each for each in model.places()}
    assert by_name["合作社3号冷库"].origin is PlaceOrigin.LIST
    model.set_outline(None)


# -- cells ----------------------------------------------------------------------------


def test_a_row_says_claim_record_signer_grade_and_entries(model: ClaimModel) -> None:
    model.recall(Draft(BOX, (TypedClaim(Topic.SCANS, "5"),)))
    row = next(r for r in claim_rows(model.sheet) if r.cells[0].text == "5")
    claim, says, who, grade, entries = row.cells
    assert claim.second == "Number of scans · said by the seller"
    assert (says.text, says.second) == ("3", "the records say otherwise")
    assert says.is_against
    assert (who.text, who.second) == ("RetailMSP", "signed")
    assert (grade.grade, grade.text) == (FactGrade.CONTRADICTED, "Contradicted")
    assert entries.text == "149:0"
    assert row.entry == EntryPlace(149, 0)


def test_silence_and_no_ledger_have_their_words(
    model: ClaimModel, alone: ClaimModel
) -> None:
    claim = TypedClaim(Topic.CERTIFIED, "organic")
    model.recall(Draft(BOX, (claim,)))
    silent = next(r for r in claim_rows(model.sheet) if r.cells[0].text == "organic")
    assert silent.cells[3].text == "Silent"
    assert silent.entry is None
    alone.add_claim(claim)
    assert claim_rows(alone.sheet)[0].cells[3].text == "Unsupported"


def test_long_lists_are_counted_and_whole_in_the_tip(model: ClaimModel) -> None:
    model.check(BOX)
    made = next(r for r in claim_rows(model.sheet) if r.cells[0].text == "Made of")
    assert made.cells[4].text == "6:2, 6:3 +3"
    assert made.cells[4].tip == "6:2, 6:3, 42:0, 49:0, 59:0"
    assert made.cells[2].text == "OrchardMSP +1"


def test_hands_places_and_times(model: ClaimModel) -> None:
    model.check(BOX)
    hands = hand_rows(model.sheet)
    assert hands[0].cells[1].text == "signed"
    assert hands[2].cells[1].text == "named, did not sign"
    assert hands[2].cells[1].second == "named by PackerMSP"
    rows = place_rows(model.places())
    assert rows[0].cells[1].text == "33.123, 116.9"
    assert [each.name for each in map_places(model.places())] == [
        "梨川县麦田坡镇",
        "梨川县鹭眠镇",
        "云泊市",
    ]
    assert "合作社3号冷库" in unplaced(model.places())
    times = time_rows(model.sheet)
    assert times[2].cells[1].text == "2026-09-01"
    assert any(each.is_against for each in ties(model.sheet))


def test_gs1_names_are_short() -> None:
    assert party_name("https://id.gs1.org/414/9520000000011") == "place 9520000000011"
    assert party_name("Cold Carrier") == "Cold Carrier"


def test_text_of_a_ledger_cannot_imitate_or_reorder() -> None:
    made = sheet(HOSTILE)
    cells = [
        cell
        for row in (*claim_rows(made), *hand_rows(made), *place_rows(made.places))
        for cell in row.cells
    ]
    for cell in cells:
        assert "\u202e" not in cell.text + cell.second
        assert "\x07" not in cell.text + cell.second


def test_the_moment_of_attaching_is_aware(alone: ClaimModel, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"x")
    alone.attach([path])
    moment = alone.sheet.exhibits[0].captured_at
    assert moment.tzinfo is UTC
    assert abs((datetime.now(UTC) - moment).total_seconds()) < 60
