"""Endorsement policies: do the endorsers that signed satisfy every rule that applies?

``core/common/validation/statebased`` (``v20.go``, ``validator_keylevel.go``),
``core/policy/application.go`` and ``core/chaincode/lifecycle`` of Fabric 3.1. For each
namespace written, and always for the chaincode called: a key's own policy, else its
collection's, else the chaincode's. A key whose policy was changed by an earlier
transaction of the same block may not be written. Left out: policies before
application capability V2_0, and plugins other than the default.
"""

from collections.abc import Callable, Sequence

import msgspec

from explorer.core.errors import ReadError
from explorer.crypto.policies import satisfied
from explorer.encodings.protobuf import content, merged, scan, text
from explorer.formats.fabric.lifecycle import SPACE, Definition, Definitions
from explorer.formats.fabric.plans import Epoch
from explorer.formats.fabric.policies import REJECT
from explorer.formats.fabric.rwsets import Space
from explorer.formats.fabric.state import WorldState
from explorer.model.claims import Rule, Voter

VALID = 0
ENDORSEMENT_POLICY_FAILURE = 10
INVALID_CHAINCODE = 25
NOT_JUDGED = -1
"""Depends on rules that this program does not judge by."""

VALIDATION_PARAMETER = "VALIDATION_PARAMETER"
_IMPLICIT = "_implicit_org_"
_MAX_REMEMBERED = 10_000

KeyName = tuple[str, str, bytes]
"""Namespace, collection (empty for public keys) and key."""


class Judged(msgspec.Struct, frozen=True, gc=False):
    """The answer for one transaction."""

    code: int
    is_attributed: bool = True
    """Whether every policy held with anchored endorsers alone."""
    others: frozenset[int] = frozenset()
    """Codes that a peer may give as well: namespaces are judged in no fixed order."""


class EndorsementJudge:
    """Judges transactions by the policies in force; answers are remembered."""

    def __init__(self, state: WorldState, definitions: Definitions) -> None:
        """Take key-level policies from ``state``, the others from ``definitions``."""
        self._state = state
        self._definitions = definitions
        self._epoch: Epoch | None = None
        self._rules: dict[bytes, Rule] = {}
        self._answers: dict[tuple[int, tuple[str, ...]], tuple[bool, bool]] = {}

    def judge(
        self,
        epoch: Epoch,
        called: str,
        spaces: Sequence[Space],
        voters: Callable[[], tuple[Voter, ...]],
        changed: set[KeyName],
    ) -> Judged:
        """Return the code for a transaction's endorsements.

        ``voters`` gives those whose signatures hold, each once; it is asked when all
        rules are read. ``changed`` holds the keys whose metadata earlier transactions
        of the block write.
        """
        if self._epoch is not epoch:
            self._epoch = epoch
            self._rules.clear()
            self._answers.clear()
        demands = self._all_demands(epoch, called, spaces, changed)
        signers = voters()
        codes: list[int] = []
        is_attributed = True
        for demand in demands:
            if isinstance(demand, int):
                codes.append(demand)
                continue
            for rule in demand:
                holds, anchored = self._holds(rule, signers)
                is_attributed = is_attributed and anchored
                if not holds:
                    codes.append(ENDORSEMENT_POLICY_FAILURE)
                    break
        if not codes:
            return Judged(VALID, is_attributed)
        if NOT_JUDGED in codes:
            return Judged(NOT_JUDGED, is_attributed)
        return Judged(codes[0], is_attributed, frozenset(codes[1:]))

    def _all_demands(
        self,
        epoch: Epoch,
        called: str,
        spaces: Sequence[Space],
        changed: set[KeyName],
    ) -> list[list[Rule] | int]:
        written = [space for space in spaces if space.writes or space.has_writes()]
        if len(written) == 1 and written[0].name == called:
            return [self._demands(epoch, called, written[0], changed)]
        by_name = {space.name: space for space in written}
        return [
            self._demands(epoch, name, by_name.get(name), changed)
            for name in sorted({called, *by_name})
        ]

    def _demands(
        self, epoch: Epoch, name: str, space: Space | None, changed: set[KeyName]
    ) -> list[Rule] | int:
        """Return the rules that a namespace demands, or the code that refuses it."""
        definition = None
        if name == SPACE:
            default = epoch.config.lifecycle_rule()
        else:
            definition = self._definitions.get(name)
            if definition is not None and not definition.is_judged:
                return NOT_JUDGED
            if definition is None or not definition.policy:
                return INVALID_CHAINCODE
            default = self._rule(epoch, definition.policy)
        if space is None:
            return [default]
        rules: list[Rule] = []
        for collection, keys in _written(space):
            part: Rule | None = default
            if collection and keys:
                part = self._part(epoch, definition, default, collection)
            found = self._key_rules(
                epoch, (space.name, collection), keys, changed, part
            )
            if found is None:
                return ENDORSEMENT_POLICY_FAILURE
            rules.extend(found)
        return rules or [default]

    def _key_rules(
        self,
        epoch: Epoch,
        where: tuple[str, str],
        keys: list[bytes],
        changed: set[KeyName],
        default: Rule | None,
    ) -> list[Rule] | None:
        """Return the rules of keys in one place, ``None`` if nothing can satisfy."""
        space, collection = where
        own = self._state.public(space)
        if collection:
            own = self._state.hashed(space, collection)
        rules: list[Rule] = []
        needs_default = False
        for key in keys:
            if changed and (space, collection, key) in changed:
                return None
            known = own.get(key)
            metadata = None if known is None else known.metadata
            policy = metadata.get(VALIDATION_PARAMETER) if metadata else None
            if policy:
                rules.append(self._key_rule(epoch, policy))
            else:
                needs_default = True
        if needs_default:
            if default is None:
                return None
            rules.append(default)
        return rules

    def _part(
        self,
        epoch: Epoch,
        definition: Definition | None,
        default: Rule,
        name: str,
    ) -> Rule | None:
        """Return the rule of a collection, ``None`` if there is no such collection."""
        if name.startswith(_IMPLICIT):
            return epoch.config.organisation_rule(name.removeprefix(_IMPLICIT))
        if definition is None or name not in definition.collections:
            return None
        policy = definition.collections[name].policy
        return self._rule(epoch, policy) if policy else default

    def _rule(self, epoch: Epoch, policy: bytes) -> Rule:
        """Return the rule of an ``ApplicationPolicy``."""
        known = self._rules.get(policy)
        if known is None:
            known = _remember(self._rules, policy, _application_rule(epoch, policy))
        return known

    def _key_rule(self, epoch: Epoch, envelope: bytes) -> Rule:
        """Return the rule of a key's own ``SignaturePolicyEnvelope``."""
        name = b"key " + envelope
        known = self._rules.get(name)
        if known is None:
            rule = epoch.config.reader.signature_rule(envelope)
            known = _remember(self._rules, name, rule)
        return known

    def _holds(self, rule: Rule, voters: tuple[Voter, ...]) -> tuple[bool, bool]:
        """Return whether the rule holds, and whether with anchored voters alone."""
        name = id(rule), tuple([voter.identity for voter in voters])
        known = self._answers.get(name)
        if known is None:
            anchored = [voter for voter in voters if voter.anchored]
            holds = satisfied(rule, voters)
            with_anchored = bool(anchored) and satisfied(rule, anchored)
            known = holds, holds and with_anchored
            if len(self._answers) >= _MAX_REMEMBERED:
                self._answers.clear()
            self._answers[name] = known
        return known


def _remember(rules: dict[bytes, Rule], name: bytes, rule: Rule) -> Rule:
    rules[name] = rule
    return rule


def _written(space: Space) -> list[tuple[str, list[bytes]]]:
    """Return (collection, keys) of all that is written, in the peer's order."""
    public = [each.key for each in space.writes]
    public += [each.key for each in space.metadata]
    found = [("", public)]
    for part in space.collections:
        keys = [each.key for each in part.writes]
        keys += [each.key for each in part.metadata]
        found.append((part.name, keys))
    return found


def _application_rule(epoch: Epoch, policy: bytes) -> Rule:
    try:
        fields = scan(policy, 0, len(policy))
        if not fields:
            return REJECT
        if fields[-1][0] == 0x0A:
            envelope = merged(policy, fields, 0x0A)
            return epoch.config.reader.signature_rule(envelope)
        if fields[-1][0] == 0x12 and content(policy, fields, 0x12):
            return epoch.config.rule(text(policy, fields, 0x12)) or REJECT
    except ReadError:
        return REJECT
    return REJECT
