"""The first blocks of Bitcoin, put together from public facts that their hashes prove.

Blocks 0 to 9, mined by the creator of Bitcoin, and block 170 with the first payment: 10
coins of block 9 to Hal Finney. Only times, nonces, keys and the signature of the
payment are written here; everything else follows, and a single wrong digit would give
other hashes. Written as ``getblock`` of Bitcoin Core prints blocks.
"""

import hashlib
import json
from dataclasses import dataclass

from explorer.core.digests import HashAlgorithm
from explorer.crypto.bitcoin_trees import merkle_root
from explorer.crypto.hashes import digest
from explorer.formats.opentimestamps.stamps import MAGIC

WORDS = b"The Times 03/Jan/2009 Chancellor on brink of second bailout for banks"
"""In the coinbase of the first block."""
BITS = "1d00ffff"
COINS = (50 * 100_000_000).to_bytes(8, "little")
BEFORE_170 = "000000002a22cfee1f2c846adbd12b3e183d4f97683f85dad08a79780a84bd55"
"""Hash of block 169, which is not in the sample."""
_SHA256 = b"\x08"
_BITCOIN = b"\x00" + bytes.fromhex("0588960d73d71901")


@dataclass(frozen=True, slots=True)
class _Facts:
    height: int
    time_s: int
    nonce: int
    extra: bytes
    """What the coinbase script pushes behind the target: a counter, or words."""
    key: str


_FACTS = (
    _Facts(
        0,
        1231006505,
        2083236893,
        b"\x01\x04\x45" + WORDS,
        "678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb6"
        "49f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5f",
    ),
    _Facts(
        1,
        1231469665,
        2573394689,
        b"\x01\x04",
        "96b538e853519c726a2c91e61ec11600ae1390813a627c66fb8be7947be63c52"
        "da7589379515d4e0a604f8141781e62294721166bf621e73a82cbf2342c858ee",
    ),
    _Facts(
        2,
        1231469744,
        1639830024,
        b"\x01\x0b",
        "7211a824f55b505228e4c3d5194c1fcfaa15a456abdf37f9b9d97a4040afc073"
        "dee6c89064984f03385237d92167c13e236446b417ab79a0fcae412ae3316b77",
    ),
    _Facts(
        3,
        1231470173,
        1844305925,
        b"\x01\x0e",
        "94b9d3e76c5b1629ecf97fff95d7a4bbdac87cc26099ada28066c6ff1eb91912"
        "23cd897194a08d0c2726c5747f1db49e8cf90e75dc3e3550ae9b30086f3cd5aa",
    ),
    _Facts(
        4,
        1231470988,
        2850094635,
        b"\x01\x1a",
        "184f32b212815c6e522e66686324030ff7e5bf08efb21f8b00614fb7690e1913"
        "1dd31304c54f37baa40db231c918106bb9fd43373e37ae31a0befc6ecaefb867",
    ),
    _Facts(
        5,
        1231471428,
        2011431709,
        b"\x01\x20",
        "56579536d150fbce94ee62b47db2ca43af0a730a0467ba55c79e2a7ec9ce4ad2"
        "97e35cdbb8e42a4643a60eef7c9abee2f5822f86b1da242d9c2301c431facfd8",
    ),
    _Facts(
        6,
        1231471789,
        2538380312,
        b"\x01\x23",
        "08ce279174b34c077c7b2043e3f3d45a588b85ef4ca466740f848ead7fb498f0"
        "a795c982552fdfa41616a7c0333a269d62108588e260fd5a48ac8e4dbf49e2bc",
    ),
    _Facts(
        7,
        1231472369,
        2258412857,
        b"\x01\x2b",
        "a59e64c774923d003fae7491b2a7f75d6b7aa3f35606a8ff1cf06cd3317d16a4"
        "1aa16928b1df1f631f31f28c7da35d4edad3603adb2338c4d4dd268f31530555",
    ),
    _Facts(
        8,
        1231472743,
        1716931356,
        b"\x01\x2c",
        "cc8d85f5e7933cb18f13b97d165e1189c1fb3e9c98b0dd5446b2a1989883ff9e"
        "740a8a75da99cc59a21016caf7a7afd3e4e9e7952983e18d1ff70529d62e0ba1",
    ),
    _Facts(
        9,
        1231473279,
        1397702696,
        b"\x01\x34",
        "11db93e1dcdb8a016b49840f8c53bc1eb68a382e97b1482ecad7b148a6909a5c"
        "b2e0eaddfb84ccf9744464f82e160bfa9b8b64f9d4c03f999b8643f656b412a3",
    ),
    _Facts(
        170,
        1231731025,
        1889418792,
        b"\x01\x02",
        "d46c4968bde02899d2aa0963367c7a6ce34eec332b32e42e5f3407e052d64ac6"
        "25da6f0718e7b302140434bd725706957c092db53805b821a85b23a7ac61725b",
    ),
)
_FINNEY = (
    "ae1a62fe09c5f51b13905f07f06b99a2f7159b2225f374cd378d71302fa28414"
    "e7aab37397f554a7df5f142c21c1b7303b8a0626f1baded5c72a704f7e6cd84c"
)
_SIGNATURE = (
    "304402204e45e16932b8af514961a1d3a1a25fdf3f4f7732e9d624c6c61548ab5fb8cd41"
    "0220181522ec8eca07de4860a4acdd12909d831cc56cbbac4622082221a8768d1d0901"
)


def first_blocks() -> str:
    """Return the blocks, one JSON text on each line."""
    lines: list[str] = []
    parent = "00" * 32
    coinbases: dict[int, bytes] = {}
    for facts in _FACTS:
        coinbases[facts.height] = _coinbase(facts)
        body = [coinbases[facts.height]]
        if facts.height == 170:
            parent = BEFORE_170
            body.append(_payment(coinbases[9]))
        parent, line = _block(facts, parent, body)
        lines.append(line)
    return "\n".join(lines) + "\n"


def first_transaction() -> bytes:
    """Return the transaction of the first block."""
    return _coinbase(_FACTS[0])


def first_header() -> bytes:
    """Return the header of the first block."""
    root = _hashed(first_transaction())
    return _header(_FACTS[0], "00" * 32, root)


def first_proof() -> bytes:
    """Return a time stamp of the first transaction, made by nobody but the block.

    The id of the only transaction of a block is the root in its header: two hashes lead
    from the bytes to it.
    """
    found = hashlib.sha256(first_transaction()).digest()
    height = b"\x01\x00"
    return MAGIC + b"\x01" + _SHA256 + found + _SHA256 + _BITCOIN + height


def _coinbase(facts: _Facts) -> bytes:
    script = bytes.fromhex("04ffff001d") + facts.extra
    return b"".join(
        (
            bytes.fromhex("0100000001"),
            bytes(32),
            b"\xff" * 4,
            bytes((len(script),)),
            script,
            b"\xff" * 4,
            b"\x01",
            COINS,
            _output_script(facts.key),
            bytes(4),
        )
    )


def _output_script(key: str) -> bytes:
    """Return a script of its length, for a key without its leading 04."""
    return b"\x43\x41\x04" + bytes.fromhex(key) + b"\xac"


def _payment(made: bytes) -> bytes:
    """Return the payment of 10 coins, with 40 as change."""
    coin = 100_000_000
    script = bytes((len(_SIGNATURE) // 2,)) + bytes.fromhex(_SIGNATURE)
    parts = [bytes.fromhex("0100000001"), _hashed(made), bytes(4)]
    parts += [bytes((len(script),)), script, b"\xff" * 4, b"\x02"]
    for amount, key in ((10 * coin, _FINNEY), (40 * coin, _FACTS[9].key)):
        parts += [amount.to_bytes(8, "little"), _output_script(key)]
    return b"".join([*parts, bytes(4)])


def _block(facts: _Facts, parent: str, body: list[bytes]) -> tuple[str, str]:
    ids = [_hashed(each) for each in body]
    root = merkle_root(ids, HashAlgorithm.SHA256D)
    name = _hashed(_header(facts, parent, root))[::-1].hex()
    fields: dict[str, object] = {
        "hash": name,
        "height": facts.height,
        "version": 1,
        "merkleroot": root[::-1].hex(),
        "time": facts.time_s,
        "nonce": facts.nonce,
        "bits": BITS,
        "nTx": len(body),
        "previousblockhash": parent,
        "tx": [
            {"txid": txid[::-1].hex(), "hex": each.hex()}
            for txid, each in zip(ids, body, strict=True)
        ],
    }
    if not facts.height:
        del fields["previousblockhash"]
    return name, json.dumps(fields)


def _header(facts: _Facts, parent: str, root: bytes) -> bytes:
    return b"".join(
        (
            (1).to_bytes(4, "little"),
            bytes.fromhex(parent)[::-1],
            root,
            facts.time_s.to_bytes(4, "little"),
            bytes.fromhex(BITS)[::-1],
            facts.nonce.to_bytes(4, "little"),
        )
    )


def _hashed(data: bytes) -> bytes:
    return digest(HashAlgorithm.SHA256D, data)
