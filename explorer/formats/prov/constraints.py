"""All constraints of PROV over the statements of one instance, in their order.

W3C PROV-CONSTRAINTS, section 7.1: definitions and inferences, then uniqueness, then
order, types and impossibility over the terms that became equal.
"""

from collections.abc import Sequence

from explorer.formats.prov.facts import Facts
from explorer.formats.prov.ordering import order_results
from explorer.formats.prov.typing import impossible_results, type_results
from explorer.formats.prov.uniqueness import unique_results
from explorer.model.checks import CheckResult
from explorer.model.prov import Statement


def constraint_results(
    statements: Sequence[tuple[int, Statement]],
) -> list[CheckResult]:
    """Return every failure among (position in the file, statement) of one instance."""
    facts = Facts(list(statements))
    return [
        *unique_results(facts),
        *order_results(facts),
        *type_results(facts),
        *impossible_results(facts),
    ]
