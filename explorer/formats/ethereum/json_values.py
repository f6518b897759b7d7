"""Values of Ethereum's JSON-RPC: quantities, data, addresses; strict and with places.

Execution API specification, "Hex value encoding": ``0x`` and digits without leading
zeros for a quantity, whole bytes for data. Plain JSON integers are taken as quantities,
since libraries write them. Hex digits in two cases within one record are noted, because
no tool writes them so; addresses may have the mixed case of EIP-55.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.crypto.hashes import digest
from explorer.formats.ethereum.json_places import Node

_QUANTITY = re.compile(r"0x(?:0|[1-9a-fA-F][0-9a-fA-F]{0,63})\Z")
_DATA = re.compile(r"0x(?:[0-9a-fA-F]{2})*\Z")
_UPPER = re.compile(r"[A-F]")
_LOWER = re.compile(r"[a-f]")
MAX_QUANTITY = 2**256 - 1


class MissingError(ReadError):
    """A field that is needed is not in the export; the message names it."""


class Values:
    """Takes values out of one JSON object and remembers which places were used."""

    def __init__(self, source: int) -> None:
        """Read objects of one file."""
        self.source = source
        self.used: list[tuple[int, int]] = []
        self._upper: Node | None = None
        self._has_lower = False
        self._bad_address: Node | None = None

    def mixed_case(self) -> ByteSpan | None:
        """Return where digits of both cases, or a false address case, stand."""
        found = self._bad_address
        if found is None and self._upper is not None and self._has_lower:
            found = self._upper
        return None if found is None else found.span(self.source)

    def quantity(self, owner: Node, *names: str, is_needed: bool = True) -> int:
        """Return a number under the first of ``names`` that is there.

        Where it ``is_needed`` its name counts as covered, too: it would be missed.

        Raises:
            MissingError: If none is there.
            ReadError: ``json-malformed`` if it is no number.
        """
        node = self._take(owner, names, is_needed=is_needed)
        value = node.scalar
        if isinstance(value, int) and not isinstance(value, bool):
            number = value
        elif isinstance(value, str) and _QUANTITY.match(value):
            self._note_case(value, node)
            number = int(value, 16)
        else:
            raise ReadError(f"{names[0]} is no quantity", "json-malformed")
        if not 0 <= number <= MAX_QUANTITY:
            raise ReadError(f"{names[0]} is out of range", "json-malformed")
        return number

    def data(
        self, owner: Node, *names: str, size: int = -1, is_needed: bool = True
    ) -> bytes:
        """Return bytes under the first of ``names`` that is there.

        Raises:
            MissingError: If none is there.
            ReadError: ``json-malformed`` if it is not hex of ``size`` bytes.
        """
        node = self._take(owner, names, is_needed=is_needed)
        return self.octets(node, names[0], size)

    def octets(self, node: Node, name: str, size: int = -1) -> bytes:
        """Return the bytes that a node holds in hex.

        Raises:
            ReadError: ``json-malformed`` if it is not hex of ``size`` bytes.
        """
        value = node.scalar
        if not isinstance(value, str) or not _DATA.match(value):
            raise ReadError(f"{name} is not hex", "json-malformed")
        found = bytes.fromhex(value[2:])
        if size >= 0 and len(found) != size:
            raise ReadError(f"{name} has {len(found)} bytes", "json-malformed")
        if size == 20:
            self._note_address(value, node)
        else:
            self._note_case(value, node)
        return found

    def elements(self, owner: Node, name: str) -> Sequence[Node]:
        """Return the members of a list.

        Raises:
            MissingError: If it is not there.
            ReadError: ``json-malformed`` if it is no list.
        """
        node = owner.get(name)
        if node is None:
            raise MissingError(name, "field-missing")
        if node.elements is None:
            raise ReadError(f"{name} is no list", "json-malformed")
        return node.elements

    def use(self, node: Node) -> None:
        """Remember that the bytes of ``node`` go into a hash."""
        self.used.append((node.start, node.end))

    def stated(
        self, owner: Node, names: Mapping[str, str]
    ) -> Mapping[str, tuple[int | bytes, ByteSpan]]:
        """Return what ``owner`` states besides: our name → (value, place).

        ``names`` maps names in the file to ours; values are numbers or hashes.
        """
        found: dict[str, tuple[int | bytes, ByteSpan]] = {}
        for name, ours in names.items():
            node = owner.get(name)
            if node is None:
                continue
            is_hash = isinstance(node.scalar, str) and len(node.scalar) == 66
            read = self.data if is_hash else self.quantity
            value = read(owner, name, is_needed=False)
            found[ours] = (value, node.span(self.source))
        return MappingProxyType(found)

    def _take(self, owner: Node, names: Sequence[str], *, is_needed: bool) -> Node:
        for name in names:
            node = owner.get(name)
            if node is not None:
                is_only = is_needed and len(names) == 1
                self.used.append(
                    (node.start if is_only else node.value_start, node.end)
                )
                return node
        raise MissingError(names[0], "field-missing")

    def _note_case(self, text: str, node: Node) -> None:
        if self._upper is None and _UPPER.search(text):
            self._upper = node
        if not self._has_lower:
            self._has_lower = _LOWER.search(text) is not None

    def _note_address(self, text: str, node: Node) -> None:
        digits = text[2:]
        if digits in {digits.lower(), digits.upper()}:
            return
        if checksummed(digits) != digits:
            self._bad_address = node


def checksummed(digits: str) -> str:
    """Return the digits of an address in the mixed case of EIP-55."""
    plain = digits.lower()
    hashed = digest(HashAlgorithm.KECCAK256, plain.encode()).hex()
    return "".join(
        each.upper() if nibble > "7" else each
        for each, nibble in zip(plain, hashed, strict=False)
    )


def joined(
    places: Sequence[tuple[int, int]], data: bytes, base: int
) -> list[tuple[int, int]]:
    """Return places in order, with those joined that only commas and spaces part."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(set(places)):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif found and not data[found[-1][1] - base : start - base].strip(b", \t\r\n"):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found
