"""The fictional pear chain: five parties, 59 records, 30 blocks, some of them empty.

Blocks are closed at 08:00 and 20:00 in Beijing; every fourth and the last one are
signed by their producer. ``pears-sm`` is the same story with SM3 and SM2.
"""

from datetime import UTC, datetime, timedelta
from typing import BinaryIO

from explorer.core.digests import HashAlgorithm
from explorer.encodings.canonical_json import canonical_bytes
from explorer.lab.chain_writer import ChainPlan, ChainWriter, LabParty
from explorer.lab.demonstration_keys import demonstration_key
from explorer.lab.pear_events import pear_events
from explorer.model.keys import SignatureScheme

FIRST_BLOCK = datetime(2025, 9, 1, 0, 0, tzinfo=UTC)
BLOCKS = 30
_STEP = timedelta(hours=12)

_ED25519, _P256, _SM2 = (
    SignatureScheme.ED25519,
    SignatureScheme.ECDSA_P256_SHA256,
    SignatureScheme.SM2_SM3,
)
PARTIES = (
    ("orchard", "云河谷梨业合作社 Yunhe Valley Pear Co-operative", "grower", _ED25519),
    ("lab", "正禾果品检测室 Zhenghe Fruit Laboratory", "laboratory", _ED25519),
    ("packer", "青屿分选包装厂 Qingyu Packing House", "packer", _P256),
    ("carrier", "北辰冷链车队 Beichen Cold Transport", "carrier", _P256),
    ("retailer", "半岛鲜果铺 Peninsula Fruit Shops", "retailer", _ED25519),
)
"""Id, name, role, scheme; all of them invented."""
_PRODUCERS = ("orchard", "packer", "retailer")


def seed_of(party: str, owner: str = "pears") -> str:
    """Return the text that a party's demonstration key follows from."""
    return f"{owner}/{party}"


def plan(*, chinese_algorithms: bool = False, owner: str = "pears") -> ChainPlan:
    """Return the header of the chain; another ``owner`` has other keys."""
    parties = tuple(
        LabParty(
            each,
            name,
            role,
            demonstration_key(
                _SM2 if chinese_algorithms else scheme, seed_of(each, owner)
            ),
        )
        for each, name, role, scheme in PARTIES
    )
    return ChainPlan(
        id="pears-sm-2025" if chinese_algorithms else "pears-2025",
        title="云河谷酥梨溯源链 Yunhe Valley pear chain (虚构演示数据)",
        hash=HashAlgorithm.SM3 if chinese_algorithms else HashAlgorithm.SHA256,
        created=FIRST_BLOCK,
        parties=parties,
        producers=_PRODUCERS,
        sign_every=4,
        note="虚构演示数据 fictional demonstration data; keys are not secret",
    )


def write_pears(out: BinaryIO, chain: ChainPlan) -> str:
    """Write the chain and return the hash of its last block in hex."""
    writer = ChainWriter(out, chain)
    waiting = pear_events()
    written = 0
    for height in range(BLOCKS):
        closed = FIRST_BLOCK + height * _STEP
        items: list[bytes] = []
        while waiting and waiting[0].at <= closed:
            event = waiting.pop(0)
            written += 1
            items.append(
                writer.item(
                    event.author,
                    f"E{written:04d}",
                    canonical_bytes(event.payload),
                    event.at.astimezone(UTC),
                    event.kind,
                )
            )
        writer.add_block(items, _PRODUCERS[height % len(_PRODUCERS)], closed)
    return writer.close()
