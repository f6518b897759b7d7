"""The networks of Bitcoin: their magic bytes, limits and heights.

Bitcoin Core 29, ``src/kernel/chainparams.cpp``: facts of the network, not code. Signet
has other magic bytes for each challenge; those here are of the public one.
"""

from dataclasses import dataclass

COIN = 100_000_000
"""Smallest units of one bitcoin."""
MAX_MONEY = 21_000_000 * COIN
TARGET_SPACING_S = 600
RETARGET_BLOCKS = 2_016
TARGET_TIMESPAN_S = RETARGET_BLOCKS * TARGET_SPACING_S


@dataclass(frozen=True, slots=True)
class Network:
    """What differs from network to network."""

    name: str
    """As ``getblockchaininfo`` calls it."""
    magic: bytes
    genesis: bytes
    """Hash of the first block, in the order the hash function produced it."""
    limit: int
    """The easiest target."""
    key_prefix: bytes
    """First byte of an address made from a key."""
    script_prefix: bytes
    """First byte of an address made from a script."""
    witness_prefix: str
    halving_blocks: int
    coinbase_height: int
    """From here on the coinbase states the height (BIP-34)."""
    segwit_height: int
    """From here on witnesses are committed to (BIP-141)."""
    retargets: bool = True
    has_easy_blocks: bool = False
    """After 20 minutes without a block, one of the easiest target is allowed."""
    keeps_base: bool = False
    """A new target starts from the first block of the period (BIP-94)."""
    unchecked: frozenset[bytes] = frozenset()
    """Hashes of blocks that break a script rule made later and are valid."""


def _hash(shown: str) -> bytes:
    return bytes.fromhex(shown)[::-1]


_EASY = 0xFFFF << 208
MAIN = Network(
    "main",
    bytes.fromhex("f9beb4d9"),
    _hash("000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"),
    _EASY,
    b"\x00",
    b"\x05",
    "bc",
    210_000,
    227_931,
    481_824,
    unchecked=frozenset(
        {
            _hash("00000000000002dc756eebf4f49723ed8d30cc28a5f108eb94b1ba88ac4f9c22"),
            _hash("0000000000000000000f14c35b2d841e986ab5441de8c585d5ffe55ea1e395ad"),
        }
    ),
)
TESTNET3 = Network(
    "test",
    bytes.fromhex("0b110907"),
    _hash("000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943"),
    _EASY,
    b"\x6f",
    b"\xc4",
    "tb",
    210_000,
    21_111,
    834_624,
    has_easy_blocks=True,
    unchecked=frozenset(
        {_hash("00000000dd30457c001f4095d208cc1296b0eed002427aa599874af7a432b105")}
    ),
)
TESTNET4 = Network(
    "testnet4",
    bytes.fromhex("1c163f28"),
    _hash("00000000da84f2bafbbc53dee25a72ae507ff4914b867c565be350b0da8bf043"),
    _EASY,
    b"\x6f",
    b"\xc4",
    "tb",
    210_000,
    1,
    1,
    has_easy_blocks=True,
    keeps_base=True,
)
SIGNET = Network(
    "signet",
    bytes.fromhex("0a03cf40"),
    _hash("00000008819873e925422c1ff0f99f7cc9bbb232af63a077a480a3633bee1ef6"),
    0x377AE << 216,
    b"\x6f",
    b"\xc4",
    "tb",
    210_000,
    1,
    1,
)
REGTEST = Network(
    "regtest",
    bytes.fromhex("fabfb5da"),
    _hash("0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206"),
    0x7FFFFF << 232,
    b"\x6f",
    b"\xc4",
    "bcrt",
    150,
    1,
    0,
    retargets=False,
)
NETWORKS = (MAIN, TESTNET3, TESTNET4, SIGNET, REGTEST)
BY_MAGIC = {each.magic: each for each in NETWORKS}

_NAMES = {
    **{each.name: each for each in NETWORKS},
    "mainnet": MAIN,
    "bitcoin": MAIN,
    "testnet": TESTNET3,
    "testnet3": TESTNET3,
}


def network_named(name: str) -> Network | None:
    """Return the network of a name that the user gave."""
    return _NAMES.get(name.lower())


def subsidy(network: Network, height: int) -> int:
    """Return the new money of a block, in the smallest unit."""
    halvings = height // network.halving_blocks
    return 50 * COIN >> halvings if halvings < 64 else 0
