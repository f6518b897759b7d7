"""What a transaction of the Cosmos SDK says, as far as one look tells.

``cosmos.tx.v1beta1.TxRaw`` and ``TxBody``; of the messages only the plain transfers of
coins and tokens are opened. Other applications have their own transactions, which stay
bytes. Left out: signatures (what is signed holds the account's number, which is not in
the block).
"""

import re
from dataclasses import dataclass

from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.encodings.protobuf import content, scan, text
from explorer.model.content import Transfer

_TYPE = re.compile(r"/[a-z0-9_.]{1,120}\.([A-Za-z0-9]{1,80})\Z", re.ASCII)
MAX_MESSAGES = 1_000
MAX_AMOUNT_DIGITS = 80


@dataclass(frozen=True, slots=True)
class Told:
    """What a transaction says."""

    kind: str
    author: str
    summary: str
    transfers: tuple[Transfer, ...]


_NOTHING = Told("transaction", "", "", ())


def told_by(tx: bytes, span: ByteSpan) -> Told:
    """Return what a transaction says; little if it is of an unknown kind."""
    try:
        raw = scan(tx, 0, len(tx))
        body = content(tx, raw, 0x0A)
        messages = [
            body[each[1] : each[2]]
            for each in scan(body, 0, len(body))
            if each[0] == 0x0A
        ]
        if not messages or len(messages) > MAX_MESSAGES:
            return _NOTHING
        return _told(messages, span)
    except ReadError:
        return _NOTHING


def _told(messages: list[bytes], span: ByteSpan) -> Told:
    names: list[str] = []
    author = ""
    transfers: list[Transfer] = []
    for message in messages:
        fields = scan(message, 0, len(message))
        type_url = text(message, fields, 0x0A)
        named = _TYPE.match(type_url)
        if named is None:
            return _NOTHING
        names.append(named[1])
        value = content(message, fields, 0x12)
        if type_url == "/cosmos.bank.v1beta1.MsgSend":
            sender, found = _coins(value, span)
        elif type_url == "/cosmos.nft.v1beta1.MsgSend":
            sender, found = _token(value, span)
        else:
            continue
        author = author or sender
        transfers += found
    summary = ", ".join(
        f"{each.amount} {each.asset} {each.source} → {each.target}"
        for each in transfers[:3]
    )
    return Told("+".join(dict.fromkeys(names)), author, summary[:200], tuple(transfers))


def _coins(value: bytes, span: ByteSpan) -> tuple[str, list[Transfer]]:
    fields = scan(value, 0, len(value))
    source, target = text(value, fields, 0x0A), text(value, fields, 0x12)
    transfers: list[Transfer] = []
    for each in fields:
        if each[0] != 0x1A:
            continue
        coin = value[each[1] : each[2]]
        inner = scan(coin, 0, len(coin))
        digits = text(coin, inner, 0x12)
        if digits.isascii() and digits.isdigit() and len(digits) <= MAX_AMOUNT_DIGITS:
            asset, amount = text(coin, inner, 0x0A), int(digits)
            transfers.append(
                Transfer(asset, amount, source, target, is_unique=False, span=span)
            )
    return source, transfers


def _token(value: bytes, span: ByteSpan) -> tuple[str, list[Transfer]]:
    fields = scan(value, 0, len(value))
    name = f"{text(value, fields, 0x0A)}/{text(value, fields, 0x12)}"
    source, target = text(value, fields, 0x1A), text(value, fields, 0x22)
    return source, [Transfer(name, 1, source, target, is_unique=True, span=span)]
