"""Documents that must say what the code says. ``UPDATE_DOCS=1`` rewrites them."""

import os
from collections.abc import Iterator
from pathlib import Path

from explorer.checks.reasons import SENTENCES
from explorer.model.checks import CheckSpec
from explorer.session.anchoring import HISTORY_CHECK
from explorer.session.catalogue import FAMILIES

DOCS = Path(__file__).resolve().parents[1] / "docs"


def checks_page() -> str:
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Checks and reason codes"
    yield ""
    yield "Ids and codes are stable; sentences may change. *Core* checks are needed"
    yield "for a verdict better than `indeterminate`. This page is kept equal to the"
    yield "code by `tests/test_documents.py`."
    yield ""
    yield "## Reasons shared by all families"
    yield ""
    yield from _table((code, text) for code, text in SENTENCES.items())
    for family in FAMILIES:
        yield ""
        yield f"## {family.title}"
        yield ""
        yield f"Format: {family.reference}"
        for spec in family.checks:
            yield from _check(spec)
    yield ""
    yield "## Anchors"
    yield from _check(HISTORY_CHECK)


def _check(spec: CheckSpec) -> Iterator[str]:
    core = ", core" if spec.core else ""
    yield ""
    yield f"### `{spec.id}` ({spec.kind.value}{core})"
    yield ""
    yield f"{spec.title}."
    if spec.reasons:
        yield ""
        yield from _table((each.code, each.sentence) for each in spec.reasons)


def _table(rows: Iterator[tuple[str, str]]) -> Iterator[str]:
    yield "| reason | says |"
    yield "|---|---|"
    for code, sentence in rows:
        yield f"| `{code}` | {sentence} |"


def test_the_page_of_checks_is_up_to_date() -> None:
    path = DOCS / "checks.md"
    if os.environ.get("UPDATE_DOCS"):
        path.write_text(checks_page(), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == checks_page()


def test_codes_are_kebab_case_and_ids_belong_to_their_family() -> None:
    for family in FAMILIES:
        ids = [spec.id for spec in family.checks]
        assert len(set(ids)) == len(ids)
        for spec in family.checks:
            prefix = "chain." if family.name == "chain-jsonl" else f"{family.name}."
            assert spec.id.startswith(prefix)
            for reason in spec.reasons:
                assert reason.code == reason.code.lower().replace("_", "-")
                assert reason.sentence.endswith(".")


WITHOUT_HASHES = frozenset({"prov", "table"})
"""Documents in which nothing can be computed again: indeterminate at best."""


def test_every_family_has_a_core_check() -> None:
    for family in FAMILIES:
        has_core = any(spec.core for spec in family.checks)
        assert has_core is (family.name not in WITHOUT_HASHES)
