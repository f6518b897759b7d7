"""Lineage from transfers: a unique token is one thing, amounts flow between accounts.

A unique token gets a new version with each transfer, from the one that made it to its
holder now. Of an amount nobody can say which part went where: each account that took
part gets a new version, and the receiver's comes from the sender's. A transfer is
enforced where the ledger's own rules were checked for its entry, else it is named.

Left out: balances, which a partial export does not show, and what an asset is worth.
"""

from collections import Counter

from explorer.model.content import EntryContent, Transfer
from explorer.model.statements import Flow, LinkGrade, Statements, ThingVersion
from explorer.payloads.flows import Said, Version, said_by
from explorer.payloads.key_versions import act_of

UNIQUE_KIND = "token"
ACCOUNT_KIND = "account"
_SHOWN = 10
"""Characters of an address in a short name."""


class TransferLineage:
    """Turns transfers into statements; entries must come in order."""

    def __init__(self, unread: Counter[str]) -> None:
        """Count what does not fit in ``unread``, by reason."""
        self._unread = unread
        self._latest: dict[str, Version] = {}
        self._holders: dict[str, str] = {}

    def add(self, content: EntryContent) -> Statements:
        """Return what the transfers of this entry say; nothing if it has none."""
        if not content.transfers:
            return Statements()
        grade = LinkGrade.ENFORCED if content.enforced else LinkGrade.NAMED
        draft = _Draft(said_by(content, grade), self._latest)
        for each in content.transfers:
            if each.is_unique:
                self._token(draft, each)
            else:
                self._amount(draft, each)
        if content.accepted:
            self._latest.update(draft.made)
        return Statements(
            tuple(draft.things.values()),
            tuple(draft.flows),
            (act_of(content, draft.said),),
        )

    def _token(self, draft: "_Draft", transfer: Transfer) -> None:
        thing = token_id(transfer.asset)
        holder = self._holders.get(thing, transfer.source)
        if holder != transfer.source:
            self._unread["holder-mismatch"] += 1
        draft.touch(
            thing,
            _short(thing),
            thing.partition("/")[0],
            transfer.target.encode(),
            is_ended=not transfer.target,
        )
        if not draft.said.is_struck:
            self._holders[thing] = transfer.target

    def _amount(self, draft: "_Draft", transfer: Transfer) -> None:
        ends = [
            account_id(each, transfer.asset) if each else ""
            for each in (transfer.source, transfer.target)
        ]
        for thing, party in zip(ends, (transfer.source, transfer.target), strict=True):
            if thing:
                draft.touch(thing, party[:_SHOWN], ACCOUNT_KIND, b"", is_ended=False)
        if all(ends) and ends[0] != ends[1]:
            draft.lead(*ends)


class _Draft:
    """The statements of one entry while its transfers are read."""

    def __init__(self, said: Said, latest: dict[str, Version]) -> None:
        self.said = said
        self.things: dict[str, ThingVersion] = {}
        self.flows: list[Flow] = []
        self.made: dict[str, Version] = {}
        self._latest = latest
        self._told: set[tuple[str, str]] = set()

    def touch(
        self, thing: str, label: str, kind: str, value: bytes, *, is_ended: bool
    ) -> None:
        """Make this entry's version of a thing; a later transfer of it replaces it."""
        version = (thing, self.said.block, self.said.entry)
        before = self._latest.get(thing)
        if thing not in self.things and before is not None and before != version:
            self.flows.append(self.said.flow(before, version, "revision"))
        self.things[thing] = ThingVersion(*version, label, kind, is_ended, value)
        self.made[thing] = version

    def lead(self, source: str, target: str) -> None:
        """Lead what one account held into what the other holds now, once."""
        if (source, target) in self._told:
            return
        self._told.add((source, target))
        begin = self._latest.get(source, self.made[source])
        self.flows.append(self.said.flow(begin, self.made[target], "derivation"))


def _short(thing: str) -> str:
    """Return the number of a token, or the first digits of an address."""
    last = thing.rpartition("/")[2]
    return f"#{last}" if last.isdigit() else last[:_SHOWN]


def token_id(asset: str) -> str:
    """Return how a unique token is called as a thing: kind, contract, number."""
    name = asset.replace(" #", "/").replace(" ", "/")
    return f"{UNIQUE_KIND}/{name}" if name.startswith("0x") else name


def account_id(party: str, asset: str) -> str:
    """Return how an account's share of an asset is called as a thing."""
    return f"{ACCOUNT_KIND}/{party}/{asset.replace(' #', '/')}"
