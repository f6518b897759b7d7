"""The published schema and the typed lines name the same fields."""

import json
from pathlib import Path

import msgspec
import pytest

from explorer.formats.chain_jsonl.lines import (
    BlockHeader,
    BlockLine,
    ChainValue,
    EntryItem,
    EntryValue,
    PartyValue,
    RulesValue,
    TrailerValue,
)
from explorer.formats.chain_jsonl.specs import CHECKS

ROOT = Path(__file__).parents[3]
SCHEMA = json.loads(
    (ROOT / "resources/schemas/chain-jsonl.schema.json").read_text("utf-8")
)["$defs"]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("block", BlockHeader),
        ("blockLine", BlockLine),
        ("chain", ChainValue),
        ("item", EntryItem),
        ("entry", EntryValue),
        ("party", PartyValue),
        ("rules", RulesValue),
    ],
)
def test_fields_and_which_of_them_may_be_absent(
    name: str, line: type[msgspec.Struct]
) -> None:
    assert set(SCHEMA[name]["properties"]) == set(line.__struct_fields__)
    optional = len(line.__struct_defaults__)
    assert len(SCHEMA[name]["required"]) == len(line.__struct_fields__) - optional
    assert SCHEMA[name]["additionalProperties"] is False


def test_the_trailer_too() -> None:
    trailer = SCHEMA["trailerLine"]["properties"]["trailer"]
    assert trailer["required"] == list(TrailerValue.__struct_fields__)


def test_the_document_lists_every_check() -> None:
    text = (ROOT / "docs/formats/chain-jsonl.md").read_text("utf-8")
    for each in CHECKS:
        assert f"| `{each.id}` | {each.kind.value}" in text
        assert (f"| `{each.id}` | {each.kind.value}, core |" in text) == each.core
