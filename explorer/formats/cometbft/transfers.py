"""Who received what, from the events that applications of the Cosmos SDK report.

Events are not covered by any hash of the chain: ``last_results_hash`` covers code, data
and gas only. Read are coins (``transfer``, ``coinbase``, ``burn``), the SDK's tokens
(``cosmos.nft.v1beta1``) and contracts of the cw20 and cw721 kinds. Before CometBFT 0.37
names and values are base64.
"""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from explorer.core.spans import ByteSpan
from explorer.formats.cometbft.records import Event
from explorer.model.content import Transfer

_COIN = re.compile(r"(\d{1,80})([A-Za-z][A-Za-z0-9/:._-]{0,127})", re.ASCII)
_NUMBER = re.compile(r"\d{1,80}", re.ASCII)
_KNOWN = frozenset(
    {"sender", "recipient", "receiver", "amount", "minter", "burner", "class_id", "id"}
    | {"owner", "_contract_address", "action", "token_id", "from", "to"}
)
MAX_COINS = 100

Attributes = Mapping[str, str]


def transfers_of(events: tuple[Event, ...]) -> tuple[Transfer, ...]:
    """Return the transfers that events report, in their order."""
    found: list[Transfer] = []
    for event in events:
        read = _READERS.get(event.kind)
        if read is not None:
            found += read(_plain(event.attributes), event.span)
    return tuple(found)


def _plain(pairs: tuple[tuple[str, str], ...]) -> Attributes:
    """Return the first value of each name; base64 is undone where it was used."""
    if not any(name in _KNOWN for name, _ in pairs):
        pairs = tuple((_decoded(name), _decoded(value)) for name, value in pairs)
    found: dict[str, str] = {}
    for name, value in pairs:
        found.setdefault(name, value)
    return found


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode()
    except (binascii.Error, ValueError):
        return ""


def _coins(names: tuple[str, str]) -> Callable[[Attributes, ByteSpan], list[Transfer]]:
    """Return a reader of amounts from one named account to another."""

    def read(attributes: Attributes, span: ByteSpan) -> list[Transfer]:
        source = attributes.get(names[0], "") if names[0] else ""
        target = attributes.get(names[1], "") if names[1] else ""
        found = [
            _COIN.fullmatch(each)
            for each in attributes.get("amount", "").split(",")[:MAX_COINS]
        ]
        return [
            Transfer(each[2], int(each[1]), source, target, is_unique=False, span=span)
            for each in found
            if each is not None and (source or target)
        ]

    return read


def _token(names: tuple[str, str]) -> Callable[[Attributes, ByteSpan], list[Transfer]]:
    """Return a reader of one token of the SDK; its values are quoted."""

    def read(attributes: Attributes, span: ByteSpan) -> list[Transfer]:
        value = {name: text.strip('"') for name, text in attributes.items()}
        source = value.get(names[0], "") if names[0] else ""
        target = value.get(names[1], "") if names[1] else ""
        if not (value.get("id") and (source or target)):
            return []
        name = f"{value.get('class_id', '')}/{value['id']}"
        return [Transfer(name, 1, source, target, is_unique=True, span=span)]

    return read


def _contract(attributes: Attributes, span: ByteSpan) -> list[Transfer]:
    """Read cw721 (``transfer_nft``, ``send_nft``) and cw20 (``transfer``, ``send``)."""
    contract, action = attributes.get("_contract_address", ""), attributes.get("action")
    if action in {"transfer_nft", "send_nft"} and attributes.get("token_id"):
        name = f"{contract}/{attributes['token_id']}"
        source, target = attributes.get("sender", ""), attributes.get("recipient", "")
        return [Transfer(name, 1, source, target, is_unique=True, span=span)]
    amount = attributes.get("amount", "")
    if action in {"transfer", "send"} and _NUMBER.fullmatch(amount):
        source, target = attributes.get("from", ""), attributes.get("to", "")
        return [
            Transfer(contract, int(amount), source, target, is_unique=False, span=span)
        ]
    return []


_READERS: Mapping[str, Callable[[Attributes, ByteSpan], list[Transfer]]] = (
    MappingProxyType(
        {
            "transfer": _coins(("sender", "recipient")),
            "coinbase": _coins(("", "minter")),
            "burn": _coins(("burner", "")),
            "cosmos.nft.v1beta1.EventSend": _token(("sender", "receiver")),
            "cosmos.nft.v1beta1.EventMint": _token(("", "owner")),
            "cosmos.nft.v1beta1.EventBurn": _token(("owner", "")),
            "wasm": _contract,
        }
    )
)
