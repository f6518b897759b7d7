"""The configuration a chain began with: which nodes seal, which algorithms are used.

3.x: the extra data of block 0 is this text; the file ``config.genesis`` holds the same.
2.x: ``group.N.genesis``; the extra data of block 0 lists the same node ids.
"""

import re

import msgspec

from explorer.core.spans import ByteSpan

MAX_NODES = 10_000
_NODE = re.compile(
    r"(?m)^\s*node\.[0-9]{1,5}\s*[=:]\s*([0-9a-fA-F]{128})(?:\s*[,:]\s*([0-9]{1,18}))?"
)
_ANY_NODE = re.compile(r"(?<![0-9a-fA-F])([0-9a-fA-F]{128})(?![0-9a-fA-F])")
_SETTING = re.compile(r"(?m)^\s*([A-Za-z_]{1,40})\s*[=:]\s*([^\r\n]{0,200}?)\s*$")
_ON = frozenset({"1", "true"})


class GenesisConfig(msgspec.Struct, frozen=True):
    """What a configuration says."""

    nodes: tuple[bytes, ...]
    """Ids of the first sealers, 64 bytes each."""
    weights: tuple[int, ...]
    chain: str
    group: str
    consensus: str
    is_sm: bool | None
    """``None``: it does not say."""
    span: ByteSpan

    @property
    def rotates(self) -> bool:
        """Return whether only some of the sealers seal at a time."""
        return "rpbft" in self.consensus.lower()


def read_config(text: bytes, span: ByteSpan) -> GenesisConfig:
    """Return what a configuration text says; whatever it does not say is empty."""
    decoded = text.decode(errors="replace")
    found = _NODE.findall(decoded)[:MAX_NODES]
    if not found:
        found = [(each, "") for each in _ANY_NODE.findall(decoded)[:MAX_NODES]]
    settings: dict[str, str] = dict(_SETTING.findall(decoded))
    crypto = settings.get("sm_crypto")
    return GenesisConfig(
        tuple(bytes.fromhex(node) for node, _ in found),
        tuple(int(weight or "1") for _, weight in found),
        settings.get("chainID", settings.get("chain_id", "")),
        settings.get("groupID", settings.get("group_id", "")),
        settings.get("consensus_type", ""),
        None if crypto is None else crypto.lower() in _ON,
        span,
    )
