"""Documents that must say what the code says. ``UPDATE_DOCS=1`` rewrites them."""

import dataclasses
import os
from collections.abc import Iterator
from pathlib import Path

from explorer.checks.reasons import SENTENCES
from explorer.model.checks import CheckSpec
from explorer.provenance.rules.base import RuleSpec, Settings
from explorer.provenance.rules.engine import NOT_ANSWERED, RULES, setting_text
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


def rules_page() -> str:
    return "\n".join(_rule_lines()) + "\n"


def _rule_lines() -> Iterator[str]:
    yield "# Inconsistency rules"
    yield ""
    yield "Where records about things do not fit one another. A rule says"
    yield "*inconsistent*, lists events and items, and never says why; it never changes"
    yield "a verdict. Times are event times in UTC. Events that a ledger refused, that"
    yield "an error declaration makes void, or that only repeat another are left out."
    yield "*Cannot be judged* is an answer of its own. Every tolerance stands in the"
    yield "report with its value. This page is kept equal to the code by"
    yield "`tests/test_documents.py`."
    yield ""
    yield f"Not answered here: {', '.join(f'`{each}`' for each in NOT_ANSWERED)} (they"
    yield "need receivables, caps and balances: domain-packs.md judges them). Round"
    yield "minutes and digit statistics are no rules: they accuse honest records too."
    yield ""
    yield "## Tolerances"
    yield ""
    yield "| setting | default |"
    yield "|---|---|"
    for each in dataclasses.fields(Settings):
        yield f"| `{each.name}` | {setting_text(getattr(Settings(), each.name))} |"
    for spec, _ in RULES:
        yield from _rule(spec)


def _rule(spec: RuleSpec) -> Iterator[str]:
    yield ""
    yield f"## `{spec.id}`"
    yield ""
    yield f"{spec.title}."
    yield ""
    yield f"**Rule.** {spec.rule}"
    yield ""
    yield f"**Reads** {spec.needs}."
    if spec.settings:
        yield ""
        yield f"**Tolerances** {', '.join(f'`{each}`' for each in spec.settings)}."
    yield ""
    yield "| reason | severity | says |"
    yield "|---|---|---|"
    for reason in spec.reasons:
        yield f"| `{reason.code}` | {reason.severity.value} | {reason.sentence} |"
    if spec.missing:
        yield ""
        yield "| cannot be judged | says |"
        yield "|---|---|"
        for missing in spec.missing:
            yield f"| `{missing.code}` | {missing.sentence} |"


def test_the_page_of_rules_is_up_to_date() -> None:
    path = DOCS / "rules.md"
    if os.environ.get("UPDATE_DOCS"):
        path.write_text(rules_page(), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == rules_page()


def test_the_page_of_checks_is_up_to_date() -> None:
    path = DOCS / "checks.md"
    if os.environ.get("UPDATE_DOCS"):
        path.write_text(checks_page(), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == checks_page()


PREFIXES = {"chain-jsonl": "chain"}
"""Families whose checks begin with another word than their name."""


def test_codes_are_kebab_case_and_ids_belong_to_their_family() -> None:
    for family in FAMILIES:
        ids = [spec.id for spec in family.checks]
        assert len(set(ids)) == len(ids)
        for spec in family.checks:
            prefix = PREFIXES.get(family.name, family.name)
            assert spec.id.startswith(f"{prefix}.")
            for reason in spec.reasons:
                assert reason.code == reason.code.lower().replace("_", "-")
                assert reason.sentence.endswith(".")


WITHOUT_HASHES = frozenset({"prov", "table"})
"""Documents in which nothing can be computed again: indeterminate at best."""


def test_every_family_has_a_core_check() -> None:
    for family in FAMILIES:
        has_core = any(spec.core for spec in family.checks)
        assert has_core is (family.name not in WITHOUT_HASHES)
