"""Small chains for tests, whole or put together from parts."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from explorer.core.absent import Absent
from explorer.core.digests import HashAlgorithm
from explorer.crypto.trust import AnchorKind, AnchorOrigin, IdentityAnchor, TrustStore
from explorer.encodings.canonical_json import JsonValue, canonical_bytes, parse_json
from explorer.lab.chain_writer import ChainPlan, ChainWriter, LabParty
from explorer.lab.demonstration_keys import demonstration_key
from explorer.model.keys import SignatureScheme

START = datetime(2025, 9, 1, tzinfo=UTC)
STEP = timedelta(minutes=10)
SCHEMES = (SignatureScheme.ED25519, SignatureScheme.ECDSA_P256_SHA256)


def parties(owner: str = "tests", *, sm2: bool = False) -> tuple[LabParty, ...]:
    """Return two parties, the first of which produces blocks."""
    schemes = (SignatureScheme.SM2_SM3,) * 2 if sm2 else SCHEMES
    return tuple(
        LabParty(
            name, f"{name} 甲", "tester", demonstration_key(scheme, f"{owner}/{name}")
        )
        for name, scheme in zip(("alpha", "beta"), schemes, strict=True)
    )


def plan(
    *,
    owner: str = "tests",
    every: int = 2,
    entry_signatures: str = "required",
    sm: bool = False,
    chain_id: str = "test-chain",
    producers: tuple[str, ...] = ("alpha",),
) -> ChainPlan:
    """Return the header of a chain of two parties."""
    return ChainPlan(
        id=chain_id,
        title="Test chain",
        hash=HashAlgorithm.SM3 if sm else HashAlgorithm.SHA256,
        created=START,
        parties=parties(owner, sm2=sm),
        producers=producers,
        sign_every=every,
        entry_signatures=entry_signatures,
        is_fictional=False,
    )


def chain(
    sizes: Sequence[int] = (1, 0, 2, 0, 1),
    header: ChainPlan | None = None,
    payloads: Sequence[dict[str, JsonValue]] = ({"kg": 12, "what": "梨"},),
) -> bytes:
    """Return a chain whose blocks hold so many entries, by both parties in turn."""
    header = header or plan()
    out = io.BytesIO()
    writer = ChainWriter(out, header)
    written = 0
    for height, size in enumerate(sizes):
        time = START + height * STEP
        items: list[bytes] = []
        for _ in range(size):
            author = header.parties[written % 2].id
            payload = canonical_bytes(payloads[written % len(payloads)])
            items.append(writer.item(author, f"E{written}", payload, time, "note"))
            written += 1
        writer.add_block(items, header.producers[0], time)
    writer.close()
    return out.getvalue()


def lines_of(data: bytes) -> list[bytes]:
    """Return the lines of a whole file, line feeds kept; block h is line h + 1."""
    return data.splitlines(keepends=True)


def trust_in(header: ChainPlan, names: Sequence[str] = ("alpha", "beta")) -> TrustStore:
    """Return identity anchors for the keys that the plan's parties really have."""
    return TrustStore(
        tuple(
            IdentityAnchor(
                AnchorKind.KEY,
                each.id,
                Absent.NOT_IN_FORMAT,
                each.key.public_key,
                each.id,
                AnchorOrigin.FROM_PARTY,
                "tests",
            )
            for each in header.parties
            if each.id in names
        )
    )


def canonical_line(value: JsonValue) -> bytes:
    """Return a canonical line of any value."""
    return canonical_bytes(value) + b"\n"


def decoded(line: bytes) -> dict[str, JsonValue]:
    """Return the value of a line, to be changed and written again."""
    value = parse_json(line)
    assert isinstance(value, dict)
    return value
