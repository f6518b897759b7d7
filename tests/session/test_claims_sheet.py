"""Claim sheets of the sample ledgers: what is said, by whom, and the silences."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.core.absent import Absent
from explorer.model.claim_sheets import (
    AfterEntry,
    EntryPlace,
    PlaceOrigin,
    Sayer,
    Standing,
    Topic,
    TypedClaim,
)
from explorer.model.statements import FactGrade, LinkGrade
from explorer.session.claims_desk import check_without_ledger, default_name
from explorer.session.claims_hosts import HostWarning
from explorer.session.claims_questions import EXPORTS
from explorer.session.claims_rows import SheetAsk
from explorer.session.claims_sheet import evidence_digest
from tests.session.claim_cases import (
    BOX,
    CODE,
    FABRIC,
    FABRIC_TIP,
    PEARS,
    ClaimCase,
    altered_grade,
    claim_case,
    row,
)


@pytest.fixture(scope="module")
def fabric() -> Iterator[ClaimCase]:
    with claim_case(FABRIC / "ledgersData") as case:
        yield case


@pytest.fixture(scope="module")
def pears() -> Iterator[ClaimCase]:
    with claim_case(PEARS) as case:
        yield case


def places(*pairs: tuple[int, int]) -> tuple[EntryPlace, ...]:
    return tuple(EntryPlace(*pair) for pair in pairs)


# -- rows -----------------------------------------------------------------------------


def test_the_box_comes_from_two_orchards_through_enforced_links(
    fabric: ClaimCase,
) -> None:
    made = row(fabric.check(BOX).sheet, Topic.MADE_OF)
    assert [each.label for each in made.says] == ["GY03", "GY05"]
    assert (made.fact, made.link) == (FactGrade.SIGNED, LinkGrade.ENFORCED)
    assert made.supports == places((6, 2), (6, 3), (42, 0), (49, 0), (59, 0))


def test_what_is_said_of_a_lot_is_not_said_of_the_box(fabric: ClaimCase) -> None:
    sheet = fabric.check(BOX).sheet
    assert {each.text for each in row(sheet, Topic.QUANTITY).says} == {"10"}
    origins = [each.text for each in row(sheet, Topic.ORIGIN).says]
    assert "梨川县麦田坡镇" in origins
    assert row(sheet, Topic.QUALITY).supports == places((49, 0))


def test_a_recall_stands_against_passed_inspections(fabric: ClaimCase) -> None:
    lab = row(fabric.check(BOX).sheet, Topic.INSPECTED)
    assert lab.supports == places((7, 2), (9, 0))
    assert lab.contradicts == places((153, 0))
    assert lab.fact is FactGrade.CONTRADICTED


def test_only_the_newest_count_of_scans_is_told(fabric: ClaimCase) -> None:
    scans = row(fabric.check(BOX).sheet, Topic.SCANS)
    assert [each.text for each in scans.says] == ["3"]
    assert scans.supports == places((149, 0))


def test_no_fact_about_the_world_is_better_than_signed(fabric: ClaimCase) -> None:
    grades = {each.fact for each in fabric.check(BOX).sheet.rows}
    assert FactGrade.ENFORCED not in grades


def test_the_ledger_is_silent_on_certificate_treatment_and_shares(
    fabric: ClaimCase,
) -> None:
    sheet = fabric.check(BOX).sheet
    assert sheet.silent == (Topic.CERTIFIED, Topic.TREATED, Topic.SHARES)


# -- typed claims ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("topic", "text", "standing", "fact"),
    [
        (Topic.VARIETY, "酥梨", Standing.SAME, FactGrade.SIGNED),
        (Topic.ORIGIN, "Dangshan", Standing.OTHER, FactGrade.SIGNED),
        (Topic.SCANS, "5", Standing.DIFFERS, FactGrade.CONTRADICTED),
        (Topic.SCANS, "3", Standing.SAME, FactGrade.SIGNED),
        (Topic.CERTIFIED, "organic", Standing.SILENT, Absent.NOT_IN_EXPORT),
        (Topic.FREE, "孙小雪", Standing.SILENT, Absent.NOT_IN_EXPORT),
        (Topic.FREE, "泡沫网套", Standing.SAME, FactGrade.SIGNED),
        (Topic.MADE_OF, "GY03", Standing.SAME, FactGrade.SIGNED),
        (Topic.MADE_OF, "GY99", Standing.OTHER, FactGrade.SIGNED),
    ],
)
def test_a_typed_claim_is_compared_and_never_interpreted(
    fabric: ClaimCase,
    topic: Topic,
    text: str,
    standing: Standing,
    fact: FactGrade | Absent,
) -> None:
    claim = TypedClaim(topic, text, Sayer.LABEL)
    found = row(fabric.check(BOX, claim).sheet, topic, text)
    assert (found.standing, found.fact, found.sayer) == (standing, fact, Sayer.LABEL)


def test_entries_that_give_another_number_stand_against_the_claim(
    fabric: ClaimCase,
) -> None:
    found = row(fabric.check(BOX, TypedClaim(Topic.SCANS, "5")).sheet, Topic.SCANS, "5")
    assert (found.supports, found.contradicts) == ((), places((149, 0)))


# -- codes ----------------------------------------------------------------------------


def test_the_recorded_code_finds_its_thing_and_is_the_same(fabric: ClaimCase) -> None:
    checked = fabric.check(CODE)
    assert checked.sheet.item == BOX
    assert row(checked.sheet, Topic.CODE, CODE).standing is Standing.SAME
    assert checked.code.address is not None
    assert checked.code.address.warnings == ()


@pytest.mark.parametrize(
    ("host", "warning"),
    [
        ("trace.pear.examp1e", HostWarning.LOOKS_LIKE),
        ("shop.example", HostWarning.OTHER_HOST),
    ],
)
def test_a_code_on_another_host_contradicts_the_record(
    fabric: ClaimCase, host: str, warning: HostWarning
) -> None:
    text = f"https://{host}/q/X00012"
    checked = fabric.check(text)
    assert checked.sheet.item == BOX
    found = row(checked.sheet, Topic.CODE, text)
    assert (found.standing, found.contradicts) == (Standing.DIFFERS, places((59, 0)))
    assert checked.code.address is not None
    assert checked.code.address.warnings == (warning,)


def test_an_id_that_is_printed_inside_a_record_finds_its_thing(
    fabric: ClaimCase,
) -> None:
    assert fabric.check("QR-LC26-X00012").sheet.item == BOX


def test_several_things_are_given_back_to_choose_from(fabric: ClaimCase) -> None:
    sheet = fabric.check("X0001").sheet
    assert sheet.item == ""
    assert BOX in sheet.candidates
    assert sheet.ledger == "pear-trace"


def test_what_no_record_names_is_said_so(fabric: ClaimCase) -> None:
    claim = TypedClaim(Topic.ORIGIN, "梨川县")
    sheet = fabric.check("https://x.example/zzz999", claim).sheet
    assert (sheet.item, sheet.candidates) == ("", ())
    assert row(sheet, Topic.ORIGIN, "梨川县").standing is Standing.SILENT
    assert sheet.computed.state is AfterEntry.NOTHING


def test_an_element_string_finds_a_thing_named_by_digital_link(
    pears: ClaimCase,
) -> None:
    sheet = pears.check("(01)09520000001148(21)00001").sheet
    assert sheet.item == "https://id.gs1.org/01/09520000001148/21/00001"


def test_the_same_serial_of_another_product_is_not_taken_for_it(
    pears: ClaimCase,
) -> None:
    sheet = pears.check("(01)09999999999994(21)00001").sheet
    assert sheet.item == ""
    assert sheet.candidates == ("https://id.gs1.org/01/09520000001148/21/00001",)


# -- events read again from the evidence ----------------------------------------------


def test_events_give_fields_times_delays_and_documents(pears: ClaimCase) -> None:
    sheet = pears.check("(01)09520000001148(21)00001").sheet
    assert [each.text for each in row(sheet, Topic.VARIETY).says] == [
        "云河酥梨 Yunhe crisp pear",
        "云河酥梨 Yunhe crisp pear",
    ]
    assert row(sheet, Topic.TEMPERATURE).says[0].text == "3.4 CEL"
    harvest = sheet.source_of(EntryPlace(1, 0))
    assert harvest is not None
    assert harvest.delay_us == 11 * 3_600_000_000
    assert sheet.not_computed.documents > 0


def test_hands_are_told_in_order_signers_and_merely_named(fabric: ClaimCase) -> None:
    hands = [(each.name, each.is_signer) for each in fabric.check(BOX).sheet.hands]
    assert hands == [
        ("OrchardMSP", True),
        ("PackerMSP", True),
        ("梨川果业合作社", False),
        ("云岭冷运", False),
        ("RetailMSP", True),
        ("青禾鲜铺 二号店", False),
        ("消费者", False),
    ]


def test_coordinates_come_from_the_data_alone(fabric: ClaimCase) -> None:
    found = {each.name: each for each in fabric.check(BOX).sheet.places}
    assert found["云泊市"].origin is PlaceOrigin.DATA
    assert (found["云泊市"].latitude, found["云泊市"].longitude) == (31.15, 117.35)
    assert found["合作社3号冷库"].origin is PlaceOrigin.NONE


def test_a_day_counts_from_its_end(fabric: ClaimCase) -> None:
    source = fabric.check(BOX).sheet.source_of(EntryPlace(6, 2))
    assert source is not None
    assert not isinstance(source.happened, Absent)
    assert source.happened.is_day
    assert isinstance(source.delay_us, Absent)  # recorded on the same day


def test_a_record_made_weeks_later_has_its_delay(fabric: ClaimCase) -> None:
    sheet = fabric.check("pear/lot/PE2026070").sheet
    late = sheet.source_of(EntryPlace(192, 0))
    assert late is not None
    assert not isinstance(late.delay_us, Absent)
    assert late.delay_us // 86_400_000_000 >= 26


# -- the two blocks -------------------------------------------------------------------


def test_without_trust_the_entries_only_hold_together(fabric: ClaimCase) -> None:
    computed = fabric.check(BOX).sheet.computed
    assert computed.state is AfterEntry.CONSISTENT
    assert (computed.entries, computed.signed, computed.unmatched) == (16, 16, 0)
    assert computed.ask


def test_keys_attribute_and_a_printed_hash_anchors() -> None:
    store, anchors = FABRIC / "ledgersData", FABRIC / "trust_anchors"
    with claim_case(store, anchors) as case:
        assert case.check(BOX).sheet.computed.state is AfterEntry.ATTRIBUTED
    with claim_case(store, tip=FABRIC_TIP) as case:
        computed = case.check(BOX).sheet.computed
        assert (computed.state, computed.anchored_height) == (AfterEntry.ANCHORED, 193)


def test_an_altered_entry_of_the_sheet_is_told(tmp_path: Path) -> None:
    with claim_case(altered_grade(tmp_path)) as case:
        sheet = case.check(BOX).sheet
    assert sheet.computed.state is AfterEntry.UNMATCHED
    assert sheet.computed.unmatched > 0
    lot = sheet.source_of(EntryPlace(49, 0))
    assert lot is not None
    assert lot.is_unmatched


def test_an_alteration_elsewhere_does_not_touch_the_sheet(tmp_path: Path) -> None:
    with claim_case(altered_grade(tmp_path)) as case:
        computed = case.check("pear/box/X00040").sheet.computed
    assert computed.state is AfterEntry.ELSEWHERE
    assert computed.unmatched == 0


def test_it_rests_on_signers_and_names_those_who_did_not_sign(
    fabric: ClaimCase,
) -> None:
    block = fabric.check(BOX).sheet.not_computed
    assert set(block.signers) == {"OrchardMSP", "PackerMSP", "RetailMSP"}
    assert "云岭冷运" in block.named_only


# -- without a ledger, questions ------------------------------------------------------


def test_without_a_ledger_nothing_supports_a_claim() -> None:
    claims = (TypedClaim(Topic.ORIGIN, "梨川县"), TypedClaim(Topic.FREE, "by hand"))
    sheet = check_without_ledger(SheetAsk("X1", claims)).sheet
    assert {each.standing for each in sheet.rows} == {Standing.UNSUPPORTED}
    assert sheet.computed.state is AfterEntry.NOTHING
    assert not sheet.has_ledger
    platforms = {each.platform for each in sheet.questions}
    assert {platform for platform, _ in EXPORTS.values()} <= platforms
    codes = [each.code for each in sheet.questions]
    assert codes[0] == "which-ledger"
    assert "free-claims" in codes
    assert codes[-1] == "one-box"


def test_with_a_ledger_silences_become_questions(fabric: ClaimCase) -> None:
    sheet = fabric.check(BOX).sheet
    asked = {each.topic for each in sheet.questions if each.code == "which-record"}
    assert asked == {Topic.CERTIFIED, Topic.TREATED, Topic.SHARES}
    copies = [each for each in sheet.questions if each.code == "other-copy"]
    assert "peer channel fetch" in copies[0].command
    assert not any(each.platform for each in sheet.questions)


def test_the_digest_of_one_file_is_the_files_own(fabric: ClaimCase) -> None:
    digest = evidence_digest(fabric.report)
    assert digest == fabric.report.sources[0].sha256
    assert fabric.check(BOX).sheet.evidence_digest == digest


def test_a_file_name_holds_nothing_odd(fabric: ClaimCase) -> None:
    assert default_name(fabric.check(BOX).sheet, "pdf") == "claim-X00012.pdf"
    assert default_name(check_without_ledger(SheetAsk()).sheet, "html") == (
        "claim-sheet.html"
    )
