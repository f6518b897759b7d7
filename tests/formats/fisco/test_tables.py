"""Tests of Data-Export's tables: what they hold is checked, what they lack is named."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.formats.fisco.tables import cut_rows, is_table
from explorer.formats.opening import open_evidence
from explorer.model.verdicts import Verdict
from tests.formats.fisco.writing import Chain, Json, ledger_of, made, reasons, verify

COLUMNS = {
    "pk_id": "",
    "block_hash": "hash",
    "block_height": "number",
    "block_time_stamp": "",
    "db_hash": "dbHash",
    "extra_data": "extraData",
    "gas_limit": "gasLimit",
    "gas_used": "gasUsed",
    "logs_bloom": "logsBloom",
    "parent_hash": "parentHash",
    "receipts_root": "receiptsRoot",
    "sealer": "sealer",
    "sealer_list": "sealerList",
    "signature_list": "signatureList",
    "state_root": "stateRoot",
    "transaction_list": "transactions",
    "transactions_root": "transactionsRoot",
}
SECOND = "2020-11-09 16:56:45.58400"


def rows(chain: Chain, time: str = SECOND) -> list[list[str]]:
    found = []
    for block in chain.blocks:
        number = int(block["number"], 16)
        row = []
        for column, name in COLUMNS.items():
            value = block.get(name, "")
            if column == "pk_id":
                value = str(number + 1)
            elif column == "block_time_stamp":
                value = f"2020-11-09 16:56:45.{584 + number}000" if time else ""
            elif column == "block_height":
                value = str(number)
            is_text = isinstance(value, str)
            row.append(value if is_text else json.dumps(value))
        found.append(row)
    return found


def as_csv(table: list[list[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(table)
    return out.getvalue()


def as_sql(table: list[list[str]], *, named: bool) -> str:
    def quoted(text: str) -> str:
        escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace('"', '\\"')
        return f"'{escaped}'"

    names = ", ".join(f"`{each}`" for each in COLUMNS)
    create = "CREATE TABLE `block_raw_data` (\n" + "".join(
        f"  `{each}` varchar(255) DEFAULT NULL,\n" for each in COLUMNS
    )
    head = f" ({names})" if named else ""
    values = ",".join(
        "(" + ",".join([row[0], *map(quoted, row[1:])]) + ")" for row in table
    )
    prefix = "" if named else create + "  PRIMARY KEY (`pk_id`)\n) ENGINE=InnoDB;\n"
    return "".join(
        (prefix, "INSERT INTO `block_raw_data`", head, f" VALUES {values};\n")
    )


@pytest.mark.parametrize("form", ["csv", "named", "created"])
def test_blocks_of_a_table_are_checked(tmp_path: Path, form: str) -> None:
    chain = made(is_third=False, is_sm=False)
    table = rows(chain)
    text = as_csv(table) if form == "csv" else as_sql(table, named=form == "named")
    path = tmp_path / "block_raw_data.sql"
    path.write_text(text)
    report = verify(path)
    ledger = ledger_of(report)
    assert (ledger.blocks, ledger.entries) == (4, 5)
    assert report.verdict is Verdict.CONSISTENT, reasons(report)


def test_a_changed_cell_leaves_no_time_that_fits(tmp_path: Path) -> None:
    chain = made(is_third=False)
    table = rows(chain)
    table[2][6] = "0x1"
    path = tmp_path / "block_raw_data.csv"
    path.write_text(as_csv(table))
    report = verify(path)
    assert report.verdict is Verdict.INDETERMINATE
    found = {each.check: each for each in ledger_of(report).findings}
    assert found["fisco.block-hash"].reason == "field-missing"
    assert found["fisco.block-hash"].detail == "timestamp"


def test_transactions_of_a_table_name_what_they_lack(tmp_path: Path) -> None:
    chain = made(is_third=False)
    values: Json = chain.blocks[3]["transactions"][0]
    lines = [
        "tx_hash,block_hash,block_height,from,to,gas,gas_price,input,nonce,value",
        ",".join(
            str(values[each])
            for each in (
                "hash",
                "blockHash",
                "blockNumber",
                "from",
                "to",
                "gas",
                "gasPrice",
                "input",
                "nonce",
                "value",
            )
        ),
    ]
    (tmp_path / "tx_raw_data.csv").write_text("\n".join(lines) + "\n")
    report = verify(tmp_path)
    found = {each.check: each for each in ledger_of(report).findings}
    assert found["fisco.transaction-hash"].detail == "signature"
    assert report.verdict is Verdict.INDETERMINATE


def test_rows_of_another_shape_are_damage(tmp_path: Path) -> None:
    table = rows(made(is_third=False))
    path = tmp_path / "blocks.csv"
    path.write_text(as_csv(table[:2]) + "1,2,3\n" + 'a"b,c\n')
    report = verify(path)
    assert ("fisco.json", "table-malformed", None) in reasons(report)
    sql = as_sql(table[:1], named=True).replace(");", "), (1, 2);")
    path.write_text(sql)
    assert ("fisco.json", "table-malformed", None) in reasons(verify(path))


def test_broken_json_in_a_cell_is_damage(tmp_path: Path) -> None:
    table = rows(made(is_third=False))
    table[2][13] = "[{"
    path = tmp_path / "blocks.csv"
    path.write_text(as_csv(table))
    assert ("fisco.json", "truncated", 2) in reasons(verify(path))


def test_other_tables_are_none() -> None:
    assert not is_table(b"name,age,town,size\nA,1,B,2\n")
    assert not is_table(b"tx_hash,a,b,c,d\n")
    assert not is_table(b'{"a": "INSERT INTO users VALUES (1)"}')


@given(st.binary(max_size=80))
def test_no_bytes_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    for head in (
        b"block_hash,block_height,parent_hash,a\n",
        b"INSERT INTO `block_raw_data` (`block_hash`,`block_height`) VALUES ",
    ):
        path = tmp_path_factory.getbasetemp() / "table"
        path.write_bytes(head + data)
        with open_evidence((path,)) as files:
            for place in cut_rows(files, 0, head + data):
                assert place.span.end <= len(head + data)
