from explorer.provenance.rules import offset_mismatch
from tests.provenance.event_stories import Tale, found


def test_zones_that_differ_are_told_together() -> None:
    tale = Tale()
    for written, zone in ((-240, -300), (480, 480), (-240, -300), (330, 480)):
        tale.seen("x", written_zone_minutes=written, zone_minutes=zone)
    judged = tale.judge(offset_mismatch)
    assert found(judged) == [("zones-differ", (0, 2)), ("zones-differ", (3,))]
    assert [each.detail for each in judged.found] == [
        "-04:00 ≠ -05:00", "+05:30 ≠ +08:00"
    ]  # fmt: skip


def test_utc_and_what_is_not_stated_say_nothing() -> None:
    tale = Tale()
    tale.seen("x", written_zone_minutes=0, zone_minutes=480)
    tale.seen("x", zone_minutes=480)
    tale.seen("x", written_zone_minutes=480)
    judged = tale.judge(offset_mismatch)
    assert (found(judged), judged.judged) == ([], 0)
