"""Files of EPCIS events: read, hashed, and verified as a whole.

The events are made up: lots are harvested, shipped, received, packed and sold, each
event with the id that is its hash. Beside them stands the cost of the primitives on the
same bytes: the parser of the standard library, and SHA-256 over the texts. Goal: 10,000
events read and hashed in less than 2 s. ``EVENTS=1000000`` measures another number.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from xml.parsers import expat

from benchmarks.measuring import median_s, once_s, say
from explorer.core.digests import HashAlgorithm
from explorer.crypto.trust import TrustStore
from explorer.encodings.epcis.documents import read_document
from explorer.encodings.epcis.event_ids import EventTexts, written_id
from explorer.encodings.epcis.json_tree import context_of, event_tree
from explorer.encodings.epcis.nodes import EventTree
from explorer.session.engine import Engine
from explorer.session.options import VerifyOptions
from explorer.store.schema import create_case

EVENTS = int(os.environ.get("EVENTS", "10000"))
CHUNK_BYTES = 4 * 2**20
STEPS = ("commissioning", "shipping", "receiving", "inspecting", "retail_selling")
CONTEXT = [
    "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
    {"example": "https://example.org/pears/"},
]


class Quiet:
    """A task context that nobody watches."""

    def step(self, done: int, total: int) -> None:
        """Ignore it."""


def main() -> None:
    """Print one line for each form of file."""
    with tempfile.TemporaryDirectory() as folder:
        for name, write in (("events.jsonld", write_json), ("events.xml", write_xml)):
            path = Path(folder, name)
            write(path)
            measure(path)


def measure(path: Path) -> None:
    """Print what reading, hashing and verifying one file costs."""
    runs = 3 if EVENTS <= 20_000 else 1
    primitives = median_s(partial(parse_plainly, path), runs)
    texts = [text for _, text in hashed(path)] if EVENTS <= 20_000 else []
    digests = once_s(lambda: [hashlib.sha256(text).digest() for text in texts])
    both = median_s(lambda: sum(1 for _ in hashed(path)), runs)
    whole = median_s(partial(verify, path), runs)
    say(
        f"{path.name}: {EVENTS:,} events, {path.stat().st_size / 1e6:.1f} MB; "
        f"standard parser {primitives:.2f} s, SHA-256 {digests:.2f} s; "
        f"read and hashed {both:.2f} s ({both / (primitives + digests):.1f} times); "
        f"verified with case file, statements and rules {whole:.2f} s"
    )


def parse_plainly(path: Path) -> None:
    """Parse a file with the standard library and keep nothing."""
    if path.suffix == ".xml":
        with path.open("rb") as file:
            expat.ParserCreate().ParseFile(file)
    else:
        json.loads(path.read_bytes())


def hashed(path: Path) -> Iterator[tuple[bytes, bytes]]:
    """Yield (hash, text) of each event."""
    texts = EventTexts()
    for item in read_document(partial(chunks, path)):
        if isinstance(item, EventTree):
            text = texts.canonical(item)
            yield hashlib.sha256(text).digest(), text


def chunks(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file piece by piece."""
    with path.open("rb") as file:
        while data := file.read(CHUNK_BYTES):
            yield data


def verify(path: Path) -> None:
    """Verify a file as the command line does, with its statements."""
    options = VerifyOptions(trust=TrustStore(), keep_statements=True)
    Engine(None).verify([path], options, create_case(None), Quiet())


def events() -> Iterator[dict[str, object]]:
    """Yield the events with their ids."""
    texts, context = EventTexts(), context_of(CONTEXT)
    for number in range(EVENTS):
        value = event(number)
        text = texts.canonical(event_tree(value, context, 0, 0))
        digest = hashlib.sha256(text).digest()
        yield value | {"eventID": written_id(HashAlgorithm.SHA256, digest)}


def event(number: int) -> dict[str, object]:
    """Return one event of a lot's history."""
    lot, step = divmod(number, len(STEPS))
    day, hour = 1 + lot % 28, 6 + step
    here = f"https://id.gs1.org/414/95200{lot % 90:02}{step:06}"
    value: dict[str, object] = {
        "type": "ObjectEvent",
        "eventTime": f"2026-{1 + lot // 28 % 12:02}-{day:02}T{hour:02}:00:00+08:00",
        "eventTimeZoneOffset": "+08:00",
        "action": "ADD" if step == 0 else "OBSERVE",
        "bizStep": STEPS[step],
        "disposition": "in_transit",
        "quantityList": [
            {
                "epcClass": f"https://id.gs1.org/01/09520000000011/10/L{lot}",
                "quantity": str(1_000 + lot % 500),
                "uom": "KGM",
            }
        ],
        "readPoint": {"id": here},
        "bizLocation": {"id": here},
        "example:weather": "晴 sunny",
    }
    if step in {1, 2}:
        value["sourceList"] = [{"type": "possessing_party", "source": here}]
    return value


def write_json(path: Path) -> None:
    """Write the events as one JSON document."""
    head = {"@context": CONTEXT, "type": "EPCISDocument", "schemaVersion": "2.0"}
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(head)[:-1] + ', "epcisBody": {"eventList": [\n')
        for number, value in enumerate(events()):
            file.write(",\n" if number else "")
            file.write(json.dumps(value, ensure_ascii=False))
        file.write("\n]}}")


def write_xml(path: Path) -> None:
    """Write the events as one XML document."""
    with path.open("w", encoding="utf-8") as file:
        file.write(
            '<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" '
            'xmlns:example="https://example.org/pears/" schemaVersion="2.0">'
            "<EPCISBody><EventList>\n"
        )
        for value in events():
            file.write(xml_of(value) + "\n")
        file.write("</EventList></EPCISBody></epcis:EPCISDocument>")


def xml_of(value: dict[str, object]) -> str:
    """Return an event in XML."""
    fields = "".join(field(name, each) for name, each in value.items())
    kind = value["type"]
    return f"<{kind}>{fields}</{kind}>"


def field(name: str, value: object) -> str:
    """Return one field in XML."""
    match name, value:
        case "type", _:
            return ""
        case "quantityList", [dict() as quantity]:
            inner = "".join(f"<{k}>{v}</{k}>" for k, v in quantity.items())
            inner = f"<quantityElement>{inner}</quantityElement>"
            return f"<quantityList>{inner}</quantityList>"
        case "sourceList", [dict() as source]:
            kind = f"urn:epcglobal:cbv:sdt:{source['type']}"
            inner = f'<source type="{kind}">{source["source"]}</source>'
            return f"<sourceList>{inner}</sourceList>"
        case (("bizStep" | "disposition"), _):
            part = "bizstep" if name == "bizStep" else "disp"
            return f"<{name}>urn:epcglobal:cbv:{part}:{value}</{name}>"
        case _, {"id": place}:
            return f"<{name}><id>{place}</id></{name}>"
        case _:
            return f"<{name}>{value}</{name}>"
