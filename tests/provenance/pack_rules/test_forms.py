"""Each form: what fits, what does not, and with which record that shows."""

import json

import pytest

from explorer.core.spans import ByteSpan
from explorer.model.content import Document, EntryContent
from explorer.payloads.packs.reading import read_pack
from explorer.provenance.pack_rules import base
from explorer.provenance.pack_rules.engine import PackJudge

SPAN = ByteSpan(0, 0, 1)
HOUR = 3_600_000_000
HEAD = """version = 1
name = "t"
title = "T"
title_zh = "T"
activity = "payload.do"
[[field]]
name = "n"
path = "n"
kind = "number"
label = "n"
label_zh = "n"
[[rule]]
id = "conservation"
code = "it"
message = "m"
message_zh = "m"
"""
Row = tuple[str, str, dict[str, object]]


def judged(rule: str, *rows: Row, together: int = 1) -> PackJudge:
    """Judge rows of (author, activity, other fields); each is a block."""
    judge = PackJudge(read_pack((HEAD + rule).encode(), "t.toml"), "path")
    for at, (author, do, more) in enumerate(rows):
        data = json.dumps({"do": do, "c": "C1", **more}).encode()
        document = Document("application/json", data, SPAN)
        content = EntryContent(
            at // together,
            at % together,
            f"E{at}",
            "kind",
            author,
            True,
            more.get("accepted") is not False,
            at * HOUR,
            documents=(document,),
        )
        judge.take([content])
    judge.finish()
    return judge


def found(judge: PackJudge) -> list[tuple[int, ...]]:
    return [each.events for each in judge.found]


MATCH = """form = "match"
key = ["payload.c"]
when = 'activity == "y"'
"""
LATEST = """define = "exists(n)"
latest = true
needed = false
demand = "n == earlier.n"
"""
CASES: list[tuple[str, str, list[Row], list[tuple[int, ...]]]] = [
    (
        "condition",
        'form = "condition"\ndemand = "n <= 5"',
        [("a", "x", {"n": 5}), ("a", "x", {"n": 6}), ("a", "x", {})],
        [(1,)],
    ),
    (
        "order",
        'form = "order"\nkey = ["payload.c"]\nsteps = ["x", "y", "z"]',
        [("a", "x", {}), ("a", "z", {}), ("a", "y", {}), ("a", "w", {})],
        [(1, 2)],
    ),
    (
        "steps",
        'form = "steps"\nkey = ["payload.c"]\nsteps = ["x", "y", "z"]',
        [("a", "x", {}), ("a", "z", {}), ("a", "z", {})],
        [(0, 1)],
    ),
    (
        "steps complete",
        'form = "steps"\nkey = ["payload.c"]\nsteps = ["x", "y", "z"]\nfinal = ["y"]',
        [("a", "x", {}), ("a", "y", {}), ("a", "z", {})],
        [],
    ),
    (
        "separate",
        'form = "separate"\nkey = ["payload.c"]\nsteps = ["x", "y"]',
        [("a", "x", {}), ("a", "x", {}), ("b", "y", {}), ("a", "y", {})],
        [(1, 3)],
    ),
    (
        "sum",
        'form = "sum"\nkey = ["payload.c"]\nmost = "10"\n[[rule.change]]\nadd = "n"',
        [("a", "x", {"n": 6}), ("a", "x", {"n": 5}), ("a", "x", {"n": 1})],
        [(0, 1)],
    ),
    (
        "sum equals",
        'form = "sum"\nequals = "payload.is"\n[[rule.change]]\nadd = "n"',
        [
            ("a", "x", {"n": 6, "is": 6}),
            ("a", "x", {"n": 1, "is": 9}),
            ("a", "x", {"n": 1, "is": 8}),
            ("a", "x", {"n": 1, "is": 10}),
        ],
        [(0, 1), (0, 1, 2, 3)],
    ),
    (
        "unique",
        'form = "unique"\nkey = ["n"]\nfree = \'activity == "free"\'',
        [
            ("a", "x", {"n": 1}),
            ("a", "free", {"n": 1}),
            ("a", "x", {"n": 1}),
            ("a", "x", {"n": 1}),
        ],
        [(2, 3)],
    ),
    (
        "unique but the same",
        'form = "unique"\nkey = ["n"]\nsame = "entry.author"',
        [("a", "x", {"n": 1}), ("a", "x", {"n": 1}), ("b", "x", {"n": 1})],
        [(0, 2)],
    ),
    (
        "match",
        MATCH + 'define = \'activity == "x"\'\ndemand = "n == earlier.n"',
        [("a", "y", {"n": 1}), ("a", "x", {"n": 1}), ("a", "y", {"n": 2})],
        [(0,), (1, 2)],
    ),
    (
        "match the latest",
        MATCH + LATEST,
        [("a", "y", {"n": 1}), ("a", "x", {"n": 2}), ("a", "y", {"n": 2})],
        [],
    ),
    (
        "match forbidden",
        MATCH + "define = 'activity == \"x\"'\nforbidden = true",
        [("a", "y", {}), ("a", "x", {}), ("a", "y", {})],
        [(1, 2)],
    ),
    (
        "status",
        'form = "status"\nkey = ["payload.c"]\nmoves = { "" = ["x"], x = ["y"] }',
        [("a", "x", {}), ("a", "w", {}), ("a", "x", {}), ("a", "y", {})],
        [(0, 2)],
    ),
    (
        "burst",
        'form = "burst"\nkey = ["payload.c"]\nmost = "2"\nwithin = "150 min"',
        [("a", "x", {})] * 4,
        [(0, 1, 2)],
    ),
    (
        "burst of different values",
        'form = "burst"\nkey = ["entry.author"]\nmost = "1"\ndistinct = "n"',
        [("a", "x", {"n": 1}), ("a", "x", {"n": 1}), ("a", "x", {"n": 2})],
        [(0, 2)],
    ),
    (
        "refused entries are not judged",
        'form = "condition"\ndemand = "n <= 5"',
        [("a", "x", {"n": 9, "accepted": False})],
        [],
    ),
]


@pytest.mark.parametrize(
    ("rule", "rows", "wanted"),
    [each[1:] for each in CASES],
    ids=[each[0] for each in CASES],
)
def test_a_form(rule: str, rows: list[Row], wanted: list[tuple[int, ...]]) -> None:
    assert found(judged(rule, *rows)) == wanted


def test_a_sum_can_wait_for_the_end_of_a_block() -> None:
    rule = 'form = "sum"\nat = "height"\nequals = "0"\n[[rule.change]]\nadd = "n"'
    rows: list[Row] = [("a", "x", {"n": each}) for each in (5, -5, 3, -2, 1, -1)]
    judge = judged(rule, *rows, together=2)
    assert found(judge) == [(0, 1, 2, 3)]
    (alert,) = judge.found
    assert alert.known_at is not None
    assert (alert.known_at.block, alert.known_at.entry) == (1, 1)


def test_what_cannot_be_judged_is_counted() -> None:
    judge = judged(
        'form = "condition"\ndemand = "n <= 5"', ("a", "x", {}), ("a", "x", {"n": 1})
    )
    (row,) = judge.rows()
    assert (row.found, row.judged) == (0, 1)
    assert [(each.code, each.count) for each in row.unjudged] == [("field-missing", 1)]


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "MAX_KEYS", 1)
    rows: list[Row] = [("a", "x", {"n": each}) for each in (1, 2, 2)]
    judge = judged('form = "unique"\nkey = ["n"]', *rows)
    assert found(judge) == []
    (row,) = judge.rows()
    assert [(each.code, each.count) for each in row.unjudged] == [("too-many-cases", 2)]
