from explorer.provenance.rules import scan_pattern
from tests.provenance.event_stories import Tale, found


def scans(*places: str) -> Tale:
    tale = Tale()
    for number, where in enumerate(places):
        tale.scanned("x", at=24 * number, read_point=where)
    return tale


FAR = [f"geo:{north},100" for north in (20, 25, 30, 35, 40)]


def test_scanned_in_five_places() -> None:
    judged = scans(*FAR).judge(scan_pattern)
    assert found(judged) == [("scanned-in-many-places", (0, 1, 2, 3, 4))]
    assert found(scans(*FAR[:3]).judge(scan_pattern, scan_places=3))


def test_few_places_and_near_ones_are_in_order() -> None:
    assert found(scans(*FAR[:4]).judge(scan_pattern)) == []
    near = [f"geo:30.0{number},100" for number in range(8)]
    judged = scans(*near).judge(scan_pattern)
    assert (found(judged), judged.judged) == ([], 1)


def test_places_without_coordinates_are_counted() -> None:
    judged = scans(*FAR[:4], "somewhere").judge(scan_pattern)
    assert found(judged) == []
    assert judged.missing == {"coordinates": 1}
