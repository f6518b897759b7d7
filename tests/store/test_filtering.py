"""Filters compiled to SQL give the rows that working each row out gives."""

import random
import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.core.tasks import NullContext
from explorer.crypto.trust import TrustStore
from explorer.expressions.checking import understood
from explorer.expressions.errors import ExpressionError
from explorer.expressions.evaluating import holds
from explorer.expressions.fields import FieldKind
from explorer.expressions.values import Value
from explorer.session.engine import Engine
from explorer.session.options import VerifyOptions
from explorer.store.filter_fields import ROW_FIELDS, ROW_SCHEMA
from explorer.store.filtering import matching_rows, value_from_sql
from explorer.store.schema import create_case
from explorer.store.writer import CaseWriter
from tests.cli.running import PEARS


@pytest.fixture(scope="module")
def case() -> Iterator[sqlite3.Connection]:
    database = create_case(None)
    options = VerifyOptions(TrustStore(), keep_statements=True)
    path = PEARS / "pears_one-digit.jsonl"
    Engine(None).verify((path,), options, database, NullContext())
    CaseWriter(database).index_words()
    yield database
    database.close()


def nobody(direction: str, item: str) -> list[tuple[int, int]]:
    del direction, item
    return []


def records(database: sqlite3.Connection) -> dict[int, dict[str, Value]]:
    """Return the fields of every row, read one by one."""
    found: dict[int, dict[str, Value]] = {}
    for table, own in (
        ("entry e LEFT JOIN block b ON b.height=e.block", "e"),
        ("block b", "b"),
    ):
        for name, known in ROW_FIELDS.items():
            sql = known.entry_sql if own == "e" else known.block_sql
            if known.text and sql:
                sql = f"(SELECT group_concat({known.text},char(31)) FROM {sql})"  # noqa: S608
            query = f"SELECT {own}.row,{sql or 'NULL'} FROM {table}"  # noqa: S608
            for row, stored in database.execute(query):
                value = value_from_sql(known.field.kind, stored)
                if known.field.kind is FieldKind.TEXTS:
                    has = bool(sql)
                    value = (
                        tuple(str(stored or "").split("\x1f"))
                        if stored
                        else ()
                        if has
                        else None
                    )
                found.setdefault(row, {})[name] = value
    return found


CONDITIONS = (
    "check.failed",
    "entry.accepted",
    'signer == "orchard"',
    'entry.kind contains "harv"',
    'entry.kind in {"harvest", "ship"}',
    'entry.id matches "E00[12]"',
    "block.height in 3..9",
    "block.height > entry.position + 5",
    "block.height / 2 == 3",
    "block.height * 2 < 9",
    "block.entries > 2",
    "entry.time == 2025-09-02",
    "entry.time != 2025-09-02",
    "time < 2025-09-05T12:00",
    "time in 2025-09-02..2025-09-04",
    "block.time - entry.time > 3 h",
    'check.reason == "root-mismatch"',
    'check.reason != "root-mismatch"',
    'check.kind contains "sig"',
    'check.id matches "entry"',
    'item contains "H0"',
    'fact == "signed"',
    "exists(entry.refused)",
    "exists(item)",
    'entry.refused == "x"',
    "length(entry.id) == 5",
    'lower(entry.author) == "lab"',
    "block.height > 2.5",
    "-block.height > -4",
    "block.configuration == false",
)


@pytest.mark.parametrize("text", CONDITIONS)
def test_sql_and_evaluator_agree(case: sqlite3.Connection, text: str) -> None:
    _compare(case, text)


def test_most_conditions_choose_some_rows_and_not_all(case: sqlite3.Connection) -> None:
    total = len(records(case))
    counts = [matching_rows(case, 0, each, nobody).size for each in CONDITIONS]
    assert sum(0 < each < total for each in counts) > len(counts) * 0.8


@settings(max_examples=40)
@given(st.integers(0, 2**32))
def test_joined_conditions_agree(case: sqlite3.Connection, seed: int) -> None:
    chosen = random.Random(seed)  # noqa: S311 - a test
    text = chosen.choice(CONDITIONS)
    for _ in range(chosen.randrange(1, 5)):
        joint = chosen.choice((" and ", " or ", " and not "))
        text = f"({text}){joint}({chosen.choice(CONDITIONS)})"
    _compare(case, text)


def _compare(case: sqlite3.Connection, text: str) -> None:
    node = understood(text, ROW_SCHEMA)
    expected = [
        row for row, fields in sorted(records(case).items()) if holds(node, fields.get)
    ]
    assert matching_rows(case, 0, text, nobody).tolist() == expected


def test_words_are_found(case: sqlite3.Connection) -> None:
    found = matching_rows(case, 0, 'words("harvest")', nobody)
    assert found.size


def test_traced_entries_are_chosen(case: sqlite3.Connection) -> None:
    found = matching_rows(
        case, 0, 'trace("origins", "x")', lambda *_: [(1, 0), (1, 1), (99, 0)]
    )
    assert found.size == 2


@pytest.mark.parametrize("text", ['trace("up", "x")', "trace(entry.id, entry.id)"])
def test_wrong_calls_are_refused(case: sqlite3.Connection, text: str) -> None:
    with pytest.raises(ExpressionError):
        matching_rows(case, 0, text, nobody)


@pytest.mark.parametrize(
    "text", ["'\\ud800' == entry.id", 'entry.id == "\ud800"', 'entry.id == "\0"']
)
def test_odd_texts_match_nothing(case: sqlite3.Connection, text: str) -> None:
    assert matching_rows(case, 0, text, nobody).size == 0


def test_huge_numbers_are_compared_exactly(case: sqlite3.Connection) -> None:
    assert matching_rows(case, 0, f"block.height < {10**30}", nobody).size
    assert not matching_rows(case, 0, f"block.height > {10**30}", nobody).size
