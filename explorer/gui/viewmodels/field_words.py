"""Words for the names that our readers give to fields, parts of hashes and signers.

Readers name fields in English or as the schema of the format does. Names that people
meet often are put into the language of the window; others stay as they are.
"""

import re

from explorer.core.text import printable
from explorer.gui.translations import translate

MAX_NAME_CHARACTERS = 240

_NUMBERED = re.compile(r"(.+) (\d+)\Z")


def our_name(name: str) -> str:
    """Return a name of ours in the language of the window, with its number if any."""
    numbered = _NUMBERED.match(name)
    if numbered is None:
        return _words().get(name, printable(name, MAX_NAME_CHARACTERS))
    base = _words().get(numbered[1], printable(numbered[1], MAX_NAME_CHARACTERS))
    return f"{base} {numbered[2]}"


def _words() -> dict[str, str]:
    return {
        "administrator": translate("Fields", "administrator"),
        "author": translate("Fields", "author"),
        "block": translate("Fields", "block"),
        "bytes": translate("Fields", "bytes"),
        "certificate": translate("Fields", "certificate"),
        "commit hash": translate("Fields", "commit hash"),
        "count": translate("Fields", "count"),
        "creator": translate("Fields", "creator"),
        "data": translate("Fields", "data"),
        "data hash": translate("Fields", "data hash"),
        "encoding": translate("Fields", "encoding"),
        "endorsement": translate("Fields", "endorsement"),
        "endorsements": translate("Fields", "endorsements"),
        "endorser": translate("Fields", "endorser"),
        "entries": translate("Fields", "entries"),
        "entries_root": translate("Fields", "entries root"),
        "entry": translate("Fields", "entry"),
        "hash": translate("Fields", "hash"),
        "header": translate("Fields", "header"),
        "header of the block before": translate("Fields", "header of the block before"),
        "height": translate("Fields", "height"),
        "last configuration": translate("Fields", "last configuration"),
        "leaf": translate("Fields", "leaf"),
        "line": translate("Fields", "line"),
        "metadata": translate("Fields", "metadata"),
        "number": translate("Fields", "number"),
        "orderer": translate("Fields", "orderer"),
        "orderer signatures": translate("Fields", "orderer signatures"),
        "payload": translate("Fields", "payload"),
        "previous": translate("Fields", "previous hash"),
        "previous hash": translate("Fields", "previous hash"),
        "producer": translate("Fields", "producer"),
        "proposal": translate("Fields", "proposal"),
        "reads": translate("Fields", "reads"),
        "rules": translate("Fields", "rules"),
        "signature": translate("Fields", "signature"),
        "signatures": translate("Fields", "signatures"),
        "signed bytes": translate("Fields", "signed bytes"),
        "time": translate("Fields", "time"),
        "timestamp": translate("Fields", "time"),
        "transaction": translate("Fields", "transaction"),
        "transaction number": translate("Fields", "transaction number"),
        "validation flags": translate("Fields", "validation flags"),
        "value": translate("Fields", "value"),
        "version": translate("Fields", "version"),
        "writes": translate("Fields", "writes"),
        **_bitcoin_words(),
    }


def _bitcoin_words() -> dict[str, str]:
    return {
        "address": translate("Fields", "address"),
        "amount": translate("Fields", "amount"),
        "attestation": translate("Fields", "attestation"),
        "digest": translate("Fields", "digest"),
        "hash function": translate("Fields", "hash function"),
        "index": translate("Fields", "index"),
        "input": translate("Fields", "input"),
        "kind": translate("Fields", "kind"),
        "later root": translate("Fields", "later root"),
        "leaves": translate("Fields", "leaves"),
        "lock time": translate("Fields", "lock time"),
        "merkle root": translate("Fields", "Merkle root"),
        "node": translate("Fields", "node"),
        "nonce": translate("Fields", "nonce"),
        "output": translate("Fields", "output"),
        "path": translate("Fields", "path"),
        "proof": translate("Fields", "proof"),
        "root": translate("Fields", "root"),
        "script": translate("Fields", "script"),
        "sequence": translate("Fields", "sequence"),
        "size": translate("Fields", "size"),
        "spent output": translate("Fields", "spent output"),
        "spent transaction": translate("Fields", "spent transaction"),
        "start of the path": translate("Fields", "start of the path"),
        "target": translate("Fields", "target"),
        "transactions": translate("Fields", "transactions"),
        "witness item": translate("Fields", "witness item"),
        "witness marker": translate("Fields", "witness marker"),
    }
