"""Flows of one entry: every input into every output, without squaring hostile counts.

W3C PROV-DM (30 April 2013), section 5.2.1 (derivation). An entry with *m* inputs and
*n* outputs says *m* times *n* derivations. Where that product is large, the same is
said with *m* + *n* flows through one node that stands for the entry itself; what can be
reached from what stays as it is.
"""

from collections.abc import Sequence

import msgspec

from explorer.model.content import EntryContent
from explorer.model.statements import FactGrade, Flow, LinkGrade, ThingVersion

GATHER_ABOVE = 4_096
"""Most pairs of one entry that are written one by one."""

GATHERED_KIND = "entry"
"""Kind of the node that stands for an entry with very many inputs and outputs."""

Version = tuple[str, int, int]
"""(thing, block, entry)."""


class Said(msgspec.Struct, frozen=True, gc=False):
    """Where something is said, and how well: the same for all flows of one entry."""

    block: int
    entry: int
    link: LinkGrade
    fact: FactGrade
    is_struck: bool

    def flow(self, source: Version, target: Version, relation: str) -> Flow:
        """Return a flow that this entry says."""
        return Flow(
            source,
            target,
            self.block,
            self.entry,
            relation,
            self.link,
            self.fact,
            self.is_struck,
        )


def said_by(content: EntryContent, link: LinkGrade) -> Said:
    """Return where ``content`` says things; a refused entry only names and attempts.

    A fact is signed when the author's signature was verified, otherwise only stated: no
    rule of a ledger enforces what happens to goods.
    """
    return Said(
        content.block,
        content.entry,
        link if content.accepted else LinkGrade.NAMED,
        FactGrade.SIGNED if content.author_verified else FactGrade.STATED,
        not content.accepted,
    )


def cross(
    said: Said,
    entry_id: str,
    inputs: Sequence[Version],
    outputs: Sequence[tuple[Version, str]],
) -> tuple[list[ThingVersion], list[Flow]]:
    """Return flows from each input to each (output, relation).

    Above ``GATHER_ABOVE`` pairs they pass through one thing that stands for the entry,
    which is returned too.
    """
    if len(inputs) * len(outputs) <= GATHER_ABOVE:
        return [], [
            said.flow(source, target, relation)
            for target, relation in outputs
            for source in inputs
            if source != target
        ]
    name = f"entry/{said.block}/{said.entry}"
    middle = (name, said.block, said.entry)
    gathered = ThingVersion(*middle, entry_id or name, GATHERED_KIND)
    flows = [said.flow(source, middle, "derivation") for source in inputs]
    flows += [said.flow(middle, target, relation) for target, relation in outputs]
    return [gathered], flows
