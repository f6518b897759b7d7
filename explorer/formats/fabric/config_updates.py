"""Configuration blocks: is the new configuration what its update makes of the old?

``common/configtx/validator.go`` and ``update.go`` of Fabric 3.1: the sequence goes up
by one, the update's read set has the versions in force, every element that changes goes
up by one version and is signed for as its present ``mod_policy`` demands, and the
result is the configuration in the block. Left out: the first configuration, which
nothing precedes.
"""

from dataclasses import dataclass

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.encodings.protobuf import scan, scan_map
from explorer.formats.fabric import checks
from explorer.formats.fabric.config import (
    ChannelConfig,
    Element,
    Group,
    Path,
    elements,
    parse_config,
    parse_group,
)
from explorer.formats.fabric.draft import Draft
from explorer.formats.fabric.identities import IdentityBook
from explorer.formats.fabric.plans import BlockPlan, Epoch
from explorer.formats.fabric.transactions import Transaction
from explorer.model.checks import CheckResult, Outcome
from explorer.model.claims import QuorumClaim, Rule, SignatureClaim, Voter

Name = tuple[str, Path, str]
Elements = dict[Name, Element]
Place = tuple[int, int]
MAX_ADMIN_SIGNATURES = 10_000


@dataclass(frozen=True, slots=True)
class _Update:
    """A ``ConfigUpdate`` with those who signed it."""

    channel: str
    read_set: Elements
    write_set: Elements
    signed: bytes
    signatures: tuple[tuple[Place, Place], ...]
    """Header and signature of each."""
    place: Place


def read_config(plan: BlockPlan, tx: Transaction) -> tuple[ChannelConfig, Place]:
    """Return the configuration in a configuration transaction, and its update's place.

    Raises:
        ReadError: If it cannot be read.
    """
    data = plan.raw.data
    fields = scan_map(data, *tx.content)
    if 0x0A not in fields:
        raise ReadError("a configuration transaction without configuration")
    config = parse_config(data, fields[0x0A], plan.height)
    return config, fields.get(0x12, (0, 0))


class ConfigUpdates:
    """Judges configuration blocks against the configuration before them."""

    def __init__(self, book: IdentityBook) -> None:
        """Take signers from ``book``."""
        self._book = book

    def claim(
        self,
        plan: BlockPlan,
        channel: str,
        config: ChannelConfig,
        update_place: Place,
        draft: Draft,
    ) -> None:
        """Add answers and claims about one configuration block."""
        if plan.height == 0:
            return
        if not plan.raw.can_rehash or plan.epoch is None:
            reason = "configuration-not-in-evidence"
            if not plan.raw.can_rehash:
                reason = "json-not-rehashable"
            draft.results.append(_content(plan, reason, Outcome.INCONCLUSIVE))
            return
        before = plan.epoch.config
        try:
            update = _read_update(plan.raw.data, update_place)
        except ReadError as error:
            draft.results.append(_content(plan, "update-malformed", detail=str(error)))
            return
        old = elements(before.root)
        delta = _delta(update)
        faults = list(_faults(update, channel, old, delta))
        if config.sequence != before.sequence + 1:
            detail = f"{config.sequence} after {before.sequence}"
            faults.append(("sequence-mismatch", detail))
        if _result_differs(old, delta, elements(config.root)):
            faults.append(("result-mismatch", ""))
        draft.results += [_content(plan, code, detail=each) for code, each in faults]
        if not faults:
            draft.passed[checks.CONFIG_CONTENT] += 1
        self._policies(plan, plan.epoch, update, (old, delta), draft)

    def _policies(
        self,
        plan: BlockPlan,
        epoch: Epoch,
        update: _Update,
        sets: tuple[Elements, Elements],
        draft: Draft,
    ) -> None:
        """Claim that the signers of the update satisfy the policy of each change."""
        old, delta = sets
        voters, is_judged = self._voters(plan, epoch, update, draft)
        place = plan.raw.span(*update.place)
        rules: dict[str, Rule | None] = {}
        for name in delta:
            if name in old:
                path, rule = _mod_policy(epoch.config, old[name])
                rules.setdefault(path, rule)
        for path, rule in rules.items():
            if rule is None or not is_judged:
                outcome = Outcome.FAILED if rule is None else Outcome.INCONCLUSIVE
                reason = "policy-missing" if rule is None else "signer-not-judged"
                draft.results.append(
                    CheckResult(
                        checks.CONFIG_UPDATE,
                        outcome,
                        reason,
                        plan.height,
                        0,
                        spans=(place,),
                        detail=path,
                    )
                )
                continue
            draft.claim(
                QuorumClaim(checks.CONFIG_UPDATE, plan.height, 0, rule, voters, place)
            )

    def _voters(
        self, plan: BlockPlan, epoch: Epoch, update: _Update, draft: Draft
    ) -> tuple[tuple[Voter, ...], bool]:
        raw = plan.raw
        data = raw.data
        voters: list[Voter] = []
        is_judged = True
        for header, signature in update.signatures[:MAX_ADMIN_SIGNATURES]:
            try:
                first, last = scan_map(data, *header).get(0x0A, (0, 0))
            except ReadError:
                continue
            identity = self._book.identity(
                data[first:last], raw.span(first, last), "administrator"
            )
            standing = epoch.membership.standing(identity)
            is_judged = is_judged and standing.is_judged
            if isinstance(identity.scheme, Absent) or isinstance(identity.key, Absent):
                continue
            claim = draft.claim(
                SignatureClaim(
                    checks.CONFIG_UPDATE,
                    plan.height,
                    0,
                    identity.scheme,
                    identity.key,
                    data[slice(*header)] + update.signed,
                    data[slice(*signature)],
                    raw.span(*update.place),
                    raw.span(*signature),
                    decisive=False,
                    signer=identity.party,
                    role="administrator",
                    low_s=True,
                )
            )
            voters.append(
                Voter(claim, identity.key_id, standing.principals, standing.is_anchored)
            )
        return tuple(voters), is_judged


def _content(
    plan: BlockPlan,
    reason: str,
    outcome: Outcome = Outcome.FAILED,
    detail: str = "",
) -> CheckResult:
    places = plan.raw.envelopes
    place = plan.raw.span(*places[0]) if places else plan.raw.whole
    return CheckResult(
        checks.CONFIG_CONTENT,
        outcome,
        reason,
        plan.height,
        0,
        spans=(place,),
        detail=detail,
    )


def _read_update(data: bytes, envelope: Place) -> _Update:
    """Read ``ConfigEnvelope.last_update``: envelope, payload, update, signatures."""
    payload = scan_map(data, *envelope).get(0x0A, (0, 0))
    body = scan_map(data, *payload).get(0x12, (0, 0))
    update: Place = (0, 0)
    signatures: list[tuple[Place, Place]] = []
    for tag, first, last in scan(data, *body):
        if tag == 0x0A:
            update = (first, last)
        elif tag == 0x12:
            fields = scan_map(data, first, last)
            signatures.append((fields.get(0x0A, (0, 0)), fields.get(0x12, (0, 0))))
    fields = scan_map(data, *update)
    first, last = fields.get(0x0A, (0, 0))
    try:
        channel = data[first:last].decode()
    except UnicodeDecodeError as error:
        raise ReadError("a channel name is not UTF-8") from error
    empty = Group(0, "", {}, {}, {})
    sets = [
        elements(parse_group(data, fields[tag]) if tag in fields else empty)
        for tag in (0x12, 0x1A)
    ]
    signed = data[slice(*update)]
    return _Update(channel, sets[0], sets[1], signed, tuple(signatures), update)


def _delta(update: _Update) -> Elements:
    """Return what the write set changes: elements with another version than read."""
    return {
        name: each
        for name, each in update.write_set.items()
        if name not in update.read_set or update.read_set[name].version != each.version
    }


def _faults(
    update: _Update, channel: str, old: Elements, delta: Elements
) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if update.channel != channel:
        found.append(("update-other-channel", update.channel))
    for name, each in update.read_set.items():
        if name not in old or old[name].version != each.version:
            found.append(("update-stale", _shown(each)))
            break
    if not delta:
        found.append(("update-without-effect", ""))
    for name, each in delta.items():
        wanted = old[name].version + 1 if name in old else 0
        if each.version != wanted:
            found.append(("version-mismatch", _shown(each)))
            break
    return found


def _shown(element: Element) -> str:
    return f"{element.kind} /{'/'.join((*element.path, element.key))}"


def _result_differs(old: Elements, delta: Elements, new: Elements) -> bool:
    """Return whether old configuration and changes do not make the new one.

    Elements that no group names any more are gone, as in ``configMapToConfig``.
    """
    made = {**old, **delta}
    reached: Elements = {}
    root = next((each for each in new.values() if not each.path), None)
    pending: list[Name] = [root.name] if root is not None else []
    while pending:
        name = pending.pop()
        each = made.get(name)
        if each is None:
            return True
        reached[name] = each
        inside = (*each.path, each.key)
        for member in each.members:
            kind, _, key = member.partition(" ")
            pending.append((kind, inside, key))
    return reached != new


def _mod_policy(config: ChannelConfig, element: Element) -> tuple[str, Rule | None]:
    """Return path and rule of the policy for changing an element that exists."""
    named = element.mod_policy
    if named.startswith("/"):
        return named, config.rule(named)
    inside = element.path[1:]
    if element.kind == "group" and element.path:
        inside = (*inside, element.key)
    parts = tuple(named.split("/"))
    path = (*inside, *parts[:-1])
    shown = "/" + "/".join(("Channel", *path, parts[-1]))
    return shown, config.rule_at(path, parts[-1])
