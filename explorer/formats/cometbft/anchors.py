"""Validators that the user names: any JSON with their keys serves as identity anchors.

The reply of ``/validators``, a genesis document, plain lists: whatever has ``pub_key``
objects with a type and a value. They match by key, because a validator's address is
made of his key.
"""

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.crypto.trust import AnchorKind, AnchorOrigin, IdentityAnchor
from explorer.encodings.located_json import JsonNode, parse_located
from explorer.formats.cometbft.parsing import base64_bytes, key_kind
from explorer.formats.cometbft.sets import key_from
from explorer.model.keys import PublicKey

MAX_ANCHORS = 10_000


def anchors_from_validators(
    data: bytes, source: str, origin: AnchorOrigin = AnchorOrigin.UNSTATED
) -> tuple[IdentityAnchor, ...]:
    """Return an anchor for each validator's key; none if the JSON has no such key."""
    try:
        root = parse_located(data)
    except ReadError:
        return ()
    found: dict[bytes, IdentityAnchor] = {}
    stack: list[JsonNode] = [root]
    while stack and len(found) < MAX_ANCHORS:
        node = stack.pop()
        key = _key(node.get("pub_key"))
        if key is not None:
            label = node.get("name").text() or node.get("address").text()
            found[key.raw] = IdentityAnchor(
                AnchorKind.KEY,
                Absent.NOT_IN_FORMAT,
                Absent.NOT_IN_FORMAT,
                key,
                label or "validator",
                origin,
                source,
            )
        stack.extend(reversed([*node.members().values(), *node.items()]))
    return tuple(found.values())


def _key(node: JsonNode) -> PublicKey | None:
    kind, value = key_kind(node)
    try:
        return key_from(kind, base64_bytes(value))
    except ReadError:
        return None
