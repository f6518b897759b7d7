from decimal import Decimal

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.encodings.epcis.master_data import (
    companion_records,
    is_companion,
    master_data_of,
)
from explorer.encodings.epcis.nodes import Vocabulary
from explorer.model.events import EventPlace
from explorer.model.master_data import CertificateRecord, MasterData, StepRoles
from tests.encodings.epcis.written import document, items

PLACE = EventPlace(0, 0, ByteSpan(0, 0, 9))
ELEMENT = {
    "id": "urn:epc:id:sgln:9520000.00001.0",
    "attributes": [
        {"id": "urn:epcglobal:cbv:mda#descriptionShort", "attribute": "Orchard"},
        {"id": "urn:epcglobal:cbv:mda:latitude", "attribute": "34.44"},
        {"id": "https://gs1.org/voc/longitude", "attribute": 116.35},
        {"id": "urn:epcglobal:cbv:mda:address", "attribute": {"street": "S"}},
    ],
    "children": ["urn:epc:id:sgln:9520000.00001.1"],
}


def test_an_element_of_a_vocabulary() -> None:
    header = {
        "epcisMasterData": {
            "vocabularyList": [
                {
                    "type": "urn:epcglobal:epcis:vtype:BusinessLocation",
                    "vocabularyElementList": [ELEMENT],
                }
            ]
        }
    }
    (element,) = [
        each
        for each in items(document(epcisHeader=header))
        if isinstance(each, Vocabulary)
    ]
    found = master_data_of(element, PLACE)
    assert found.id == "https://id.gs1.org/414/9520000000011"
    assert found.declared_id == ELEMENT["id"]
    assert (found.kind, found.name) == ("place", "Orchard")
    assert (found.latitude, found.longitude) == (Decimal("34.44"), Decimal("116.35"))
    assert found.children == ("https://id.gs1.org/414/9520000000011/254/1",)
    address = found.attributes[3]
    assert address.children[0].children[0].value == "S"


def test_a_companion_file() -> None:
    values: dict[str, object] = {
        "places": {
            "9520000000011": ["Orchard", "34.4", "116.3", "grower"],
            "p2": {"name": "Shop", "role": "retailer"},
            "p3": 7,
        },
        "certificates": {
            "GAP-1": {
                "holder": "9520000000011",
                "validFrom": "1970-01-01",
                "validUntil": "1970-01-01",
            },
            "no": 3,
        },
        "roles": {"commissioning": ["grower"], "packing": "packer"},
    }
    assert is_companion(values)
    assert not is_companion({**values, "x": 1})
    assert not is_companion({})
    orchard, shop, certificate, roles = companion_records(values, PLACE)
    assert isinstance(orchard, MasterData)
    assert orchard.id == "https://id.gs1.org/414/9520000000011"
    assert (orchard.role, orchard.latitude) == ("grower", Decimal("34.4"))
    assert isinstance(shop, MasterData)
    assert shop.latitude is Absent.NOT_IN_EXPORT
    day = 24 * 3_600 * 1_000_000
    assert certificate == CertificateRecord("GAP-1", orchard.id, 0, day - 1, PLACE)
    assert roles == StepRoles("commissioning", ("grower",), PLACE)


def test_other_shapes_are_passed_over() -> None:
    values = {"places": [1], "certificates": {"a": {"validUntil": "x"}}}
    (certificate,) = companion_records(values, PLACE)
    assert isinstance(certificate, CertificateRecord)
    assert certificate.valid_until_us is Absent.UNREADABLE
    assert certificate.valid_from_us is Absent.NOT_IN_EXPORT
