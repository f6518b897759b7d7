"""Names of things made from the keys of a state database.

Hyperledger Fabric 2.5, ``CreateCompositeKey`` of the chaincode interface: a composite
key is U+0000, the object type, U+0000, then each attribute followed by U+0000. Plain
keys are often written as ``kind/number`` by convention; nothing in a ledger says so,
and a key without a slash is taken whole. Other conventions are left to mapping
profiles.
"""

_SEPARATOR = "\x00"


def thing_id(space: str, key: str) -> str:
    """Return the identifier of a thing: ``space/key``, different for different keys.

    A composite key reads ``space//type/attribute``. Two keys never share an identifier:
    slashes inside the parts of a composite key, and a slash or percent sign that begins
    a plain key, are written as ``%2F`` and ``%25``.
    """
    name = _composite(key) if key.startswith(_SEPARATOR) else _plain(key)
    return f"{space.replace('%', '%25').replace('/', '%2F')}/{name}" if space else name


def kind_and_label(key: str) -> tuple[str, str]:
    """Return (kind, short name): ``lot/HB1`` gives ``lot`` and ``HB1``.

    Without a slash the kind is empty and the name is the whole key.
    """
    if key.startswith(_SEPARATOR):
        parts = key.strip(_SEPARATOR).split(_SEPARATOR)
        return (parts[0], "/".join(parts[1:])) if len(parts) > 1 else ("", parts[0])
    kind, slash, label = key.partition("/")
    return (kind, label) if slash and kind and label else ("", key)


def _plain(key: str) -> str:
    if key[:1] in {"/", "%"}:
        return ("%2F" if key[0] == "/" else "%25") + key[1:]
    return key


def _composite(key: str) -> str:
    body = key[1:].removesuffix(_SEPARATOR)
    ended = "" if key.endswith(_SEPARATOR) and len(key) > 1 else "%00"
    escaped = body.replace("%", "%25").replace("/", "%2F")
    return "/" + escaped.replace(_SEPARATOR, "/") + ended
