import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from explorer.core.errors import ExplorerError
from explorer.lab.table_chain import MAX_TABLE_BYTES, chain_from_table
from explorer.session.lab_checking import verify_copy

TABLE = (
    "party,role,id,kind,time,what,weight_kg\n"
    "云河梨园,grower,H1,harvest,2025-09-01T06:00:00Z,Harvest,1433\n"
    "packer,packer,P1,pack,2025-09-02T06:00:00+08:00,Packed,5\n"
)


def _workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in TABLE.splitlines():
        sheet.append(line.split(","))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("data", [TABLE.encode(), TABLE.encode("gb18030"), _workbook()])
def test_a_table_becomes_a_chain_that_holds(data: bytes) -> None:
    report = verify_copy({"mine.jsonl": chain_from_table(data, "mine")})
    (ledger,) = report.ledgers
    assert report.verdict.value == "consistent"
    assert (ledger.blocks, ledger.entries, ledger.signatures) == (2, 2, 4)
    assert ledger.is_fictional


def test_keys_are_labelled_and_numbers_stay_numbers() -> None:
    chain = chain_from_table(TABLE.encode(), "mine")
    assert chain.count("演示密钥 demonstration key".encode()) == 2
    assert b'"weight_kg":1433' in chain
    assert b'"id":"party-1"' in chain
    assert chain_from_table(TABLE.encode(), "other") != chain


def test_rows_without_id_and_time_get_them() -> None:
    chain = chain_from_table(b"party,what\na,one\na,two\n", "a name with spaces")
    assert verify_copy({"mine.jsonl": chain}).verdict.value == "consistent"
    assert b'"id":"R2"' in chain


def test_made_up_party_names_avoid_those_that_are_there() -> None:
    chain = chain_from_table("party,kg,,\n云河梨园,1,,\nparty-1,2\n".encode(), "mine")
    assert b'"id":"party-2"' in chain
    assert verify_copy({"mine.jsonl": chain}).verdict.value == "consistent"


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("who,what\na,b\n", "one is party"),
        ("party,party\na,b\n", "each once"),
        ("party,what\n", "no record"),
        ("party,what\n,b\n", "row 2: there is no party"),
        ("party,time\na,soon\n", "row 2: soon is no"),
        ("party,id\na,1\na,1\n", "two rows"),
        ('party,what\na,"b\n', "row 2: quote"),
        ("party,kg\na,1,433\n", "row 2: cell 3 stands under no column"),
        ("party,,\na,x,\n", "row 2: cell 2 stands under no column"),
        ("party,time\na,0001-01-01T00:00+14:00\n", "row 2: the time is out of range"),
        ("party,time\na,9999-12-31T23:30\na,\n", "row 3: the time is out of range"),
        ("", "one is party"),
        ("party\n" + "\n".join(f"p{n}" for n in range(101)), "more than 100 parties"),
        ("party\n" + "a\n" * 10_001, "more than 10000 records"),
    ],
)
def test_what_does_not_fit_is_named(table: str, message: str) -> None:
    with pytest.raises(ExplorerError, match=message):
        chain_from_table(table.encode(), "mine")


def test_a_table_has_a_size() -> None:
    with pytest.raises(ExplorerError, match="over"):
        chain_from_table(b"x" * (MAX_TABLE_BYTES + 1), "mine")


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    try:
        chain_from_table(b"party,what\n" + data, "mine")
    except ExplorerError:
        return
