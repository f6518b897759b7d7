import pytest

from explorer.encodings.epcis.documents import read_document
from explorer.encodings.epcis.nodes import Damage, EventTree, Item
from explorer.encodings.epcis.wide_xml import wide_codec
from tests.encodings.epcis.written import EVENT, trees, xml_document, xml_event


def written(encoding: str, events: int = 40) -> bytes:
    head = f'<?xml version="1.0" encoding="{encoding}"?>\n<!-- 砀山酥梨 -->'
    many = [xml_event({**EVENT, "eventID": f"梨{each}"}) for each in range(events)]
    return xml_document(*many, head=head).decode().encode(encoding)


def read(data: bytes) -> list[Item]:
    return list(read_document(lambda: iter((data[:77], data[77:]))))


@pytest.mark.parametrize("encoding", ["GB18030", "gbk", "GB2312"])
def test_events_stand_in_the_bytes_of_the_file(encoding: str) -> None:
    data = written(encoding)
    found = [each for each in read(data) if isinstance(each, EventTree)]
    assert len(found) == 40
    for number, each in enumerate(found):
        own = data[each.start : each.end].decode(encoding)
        assert own.startswith("<ObjectEvent>")
        assert own.endswith("</ObjectEvent>")
        assert f"梨{number}<" in own
        assert not each.context.is_utf_8
    (same,) = trees(written("utf-8", 1))
    assert found[0].fields == same.fields


def test_bytes_in_another_encoding_are_damage() -> None:
    data = written("gbk") + b"\xff\xff"
    (damage, _) = read(data)
    assert isinstance(damage, Damage)
    assert damage.reason == "encoding-unknown"
    assert damage.start == len(data) - 2


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        (b'<?xml version="1.0" encoding="GB2312"?>', "gb18030"),
        (b"\n<?xml version='1.0' encoding = 'Big5'?>", "big5"),
        (b'<?xml version="1.0" encoding="UTF-8"?>', ""),
        (b'<?xml version="1.0" encoding="nonsense"?>', ""),
        (b'<?xml version="1.0" encoding="rot13"?>', ""),
        (b"<EPCISDocument>", ""),
    ],
)
def test_which_encodings_are_decoded(head: bytes, codec: str) -> None:
    assert wide_codec(head) == codec
