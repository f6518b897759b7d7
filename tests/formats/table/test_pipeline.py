import io
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.core.tasks import NullContext
from explorer.crypto.trust import TrustStore
from explorer.encodings.profile_files import read_profile
from explorer.formats.opening import ReadingOptions, open_evidence
from explorer.formats.table import may_differ, open_ledgers, probe
from explorer.model.events import EventKind, Quantity, TraceEvent
from explorer.model.ledgers import Match
from explorer.model.profiles import Profile
from explorer.model.verdicts import EvidenceReport, Verdict
from explorer.session.engine import Engine
from explorer.session.options import VerifyOptions
from explorer.store.schema import create_case

HEAD = (
    "Event ID,CTE,TLC,Quantity,UOM,Date,Location,Input TLC,Input Quantity,Input UOM\n"
)
FSMA = HEAD + (
    "E1,Harvesting,L1,100.50,lb,2026-09-01,Farm A,,,\n"
    "E2,Harvesting,L2,50,lb,2026-09-01,Farm B,,,\n"
    "E3,Transformation,N1,140,lb,2026-09-03,Plant,L1,100,lb\n"
    "E4,Shipping,N1,140,lb,3/4/2026,,,,\n"
    "E3,Transformation,N1,140,lb,2026-09-03,Plant,L2,50,lb\n"
)


class Seen:
    """What one verification showed."""

    def __init__(self, path: Path, profiles: tuple[Profile, ...] = ()) -> None:
        self.events: list[TraceEvent] = []
        options = VerifyOptions(
            TrustStore(),
            keep_statements=True,
            profiles=profiles,
            on_events=self.events.extend,
        )
        self.report: EvidenceReport = Engine(None).verify(
            (path,), options, create_case(None), NullContext()
        )

    def codes(self) -> set[str]:
        return {r.code for each in self.report.ledgers for r in each.not_checked}

    def reasons(self) -> set[str]:
        return {f.reason for each in self.report.ledgers for f in each.findings}


def written(folder: Path, data: bytes | str, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_a_sortable_spreadsheet_is_recognised_and_grouped(tmp_path: Path) -> None:
    seen = Seen(written(tmp_path, FSMA))
    (ledger,) = seen.report.ledgers
    assert (ledger.format, ledger.blocks, ledger.entries) == ("table", 0, 4)
    assert ledger.verdict is Verdict.INDETERMINATE
    assert [each.step for each in seen.events] == [
        *("commissioning", "commissioning", "commissioning", "shipping")
    ]
    made = seen.events[2]
    assert made.kind is EventKind.TRANSFORMATION
    assert made.declared_id == "E3"
    assert made.input_quantities == (
        Quantity("L1", Decimal(100), "LBR"),
        Quantity("L2", Decimal(50), "LBR"),
    )
    assert made.output_quantities == (Quantity("N1", Decimal(140), "LBR"),)
    assert str(seen.events[0].quantities[0].amount) == "100.50"
    assert isinstance(made.entry, Absent)
    assert made.place.position == 2


def test_ambiguous_dates_are_told_and_not_guessed(tmp_path: Path) -> None:
    seen = Seen(written(tmp_path, FSMA))
    assert seen.events[3].event_time_us is Absent.UNREADABLE
    (remark,) = [
        each
        for each in seen.report.ledgers[0].not_checked
        if each.code == "mapping-flaws"
    ]
    assert "time-ambiguous (time) ×1, first at 3: 3/4/2026" in remark.detail


def test_each_worksheet_may_be_one_kind_of_event(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Receiving"
    sheet.append(["Records of 2026"])
    sheet.append(["Traceability Lot Code", "Quantity", "UOM", "Date Received"])
    sheet.append(["L1", 0.1, "kg", "2026-09-01"])
    other = book.create_sheet("Notes")
    other.append(["nothing here"])
    stream = io.BytesIO()
    book.save(stream)
    seen = Seen(written(tmp_path, stream.getvalue(), "a.xlsx"))
    (event,) = seen.events
    assert event.step == "receiving"
    assert event.quantities == (Quantity("L1", Decimal("0.1"), "KGM"),)
    assert "table-formulas" in seen.codes()


def test_a_table_that_no_profile_knows_is_listed(tmp_path: Path) -> None:
    seen = Seen(written(tmp_path, "x,y\n1,2\n3,4\n"))
    assert seen.report.ledgers[0].entries == 2
    assert not seen.events
    assert "table-no-profile" in seen.codes()


def test_a_profile_of_the_user_reads_any_table(tmp_path: Path) -> None:
    text = (
        'version = 1\nname = "mine"\n[table]\nencoding = "gb18030"\n'
        'delimiter = ";"\n[[event]]\nof = "rows"\nkind = "observation"\n'
        'things = ["{箱号}"]\ntime = { value = "{日}", forms = ["DD/MM/YYYY"], '
        'zone = "+08:00" }\n'
    )
    profile = read_profile(text.encode(), "mine.toml")
    data = "箱号;日\nX1;3/4/2026\n".encode("gb18030")
    seen = Seen(written(tmp_path, data), (profile,))
    (event,) = seen.events
    assert event.things == ("X1",)
    assert event.event_time_us == 1775145600000000
    assert not event.flaws


def test_gs1_identifiers_are_brought_to_one_form(tmp_path: Path) -> None:
    seen = Seen(written(tmp_path, "Lot,Date\n(01)09520000001117(10)H01,2026-09-01\n"))
    (event,) = seen.events
    assert event.quantities[0].thing == "https://id.gs1.org/01/09520000001117/10/H01"
    assert event.spellings[0][1] == "(01)09520000001117(10)H01"


def test_guessed_encodings_are_told(tmp_path: Path) -> None:
    data = "批次,日期\nA,2026-09-01\n".encode("gb18030")
    assert "table-encoding-guessed" in Seen(written(tmp_path, data)).codes()


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (FSMA + '"x" y,1\n', "a.csv", "text-behind-quote"),
        (FSMA + 'a,"x\n', "a.csv", "quote-not-closed"),
        (FSMA + "1,2,3,4,5,6,7,8,9,10,11\n", "a.csv", "cells-without-column"),
        ("1,2\n3,4\n", "a.csv", "no-headings"),
        (b"PK\x03\x04 broken", "a.xlsx", "not-a-workbook"),
    ],
)
def test_damage_is_told(
    tmp_path: Path, data: str | bytes, name: str, reason: str
) -> None:
    assert reason in Seen(written(tmp_path, data, name)).reasons()


def test_what_is_taken_for_a_table(tmp_path: Path) -> None:
    def match(name: str, data: bytes) -> Match:
        with open_evidence((written(tmp_path, data, name),)) as files:
            return probe(files)

    assert match("a.csv", b"a,b\n") is Match.POSSIBLE
    assert match("a.txt", b"a;b\n1;2\n") is Match.POSSIBLE
    assert match("a.txt", b"Hello, world.\nThis is prose.\n") is Match.NO
    assert match("a.txt", b"Hello, world") is Match.NO
    assert match("a.csv", b"alone\n") is Match.NO
    assert match("a.csv", b'{"a":1,"b":2}') is Match.NO
    assert match("a.json", b"a,b\n") is Match.NO
    assert match("a.csv", "批,次\n".encode()[:-2] * 1) is Match.POSSIBLE
    assert match("a.zip", b"PK\x03\x04") is Match.NO
    assert not may_differ("", b"", b"")


def test_there_are_no_blocks_to_show(tmp_path: Path) -> None:
    with open_evidence((written(tmp_path, FSMA),)) as files:
        (ledger,) = open_ledgers(files, ReadingOptions(TrustStore()))
        with pytest.raises(ReadError):
            ledger.detail(0, ByteSpan(0, 0, 1))


@given(st.binary(max_size=80))
def test_no_bytes_make_the_family_raise(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("table")
    Seen(written(folder, HEAD.encode() + data))
