# ruff: noqa: ANN401 - fields of events are passed on as they are
from typing import Any

import pytest

from explorer.core.absent import Absent
from explorer.model.master_data import ReferenceData
from explorer.provenance.rules import expired_certificate
from tests.provenance.event_stories import DAY, START, Tale, certificate, found


def tale(at: float = 0, **fields: Any) -> Tale:
    story = Tale()
    story.reference = ReferenceData(
        (),
        (certificate("GAP-1", "https://id.gs1.org/414/1", START - DAY, START + DAY),),
    )
    story.made(
        "x",
        at=at,
        certifications=("urn:cert:GAP-1",),
        **{"read_point": "https://id.gs1.org/414/1"} | fields,
    )
    return story


@pytest.mark.parametrize(
    ("hours", "count"), [(0, 0), (24, 0), (25, 1), (-24, 0), (-25, 1)]
)
def test_validity(hours: float, count: int) -> None:
    judged = tale(hours).judge(expired_certificate)
    assert found(judged) == [("not-valid-then", (0,))] * count
    assert judged.judged == 1


def test_what_is_said_about_it() -> None:
    (one,) = tale(25).judge(expired_certificate).found
    assert one.items == ("x", "urn:cert:GAP-1")
    assert one.detail == "2026-09-22 15:13Z > 2026-09-22 14:13Z"


def test_somebody_elses_certificate() -> None:
    judged = tale(read_point="https://id.gs1.org/414/2").judge(expired_certificate)
    assert found(judged) == [("other-holder", (0,))]


def test_the_holder_may_be_named_in_another_way() -> None:
    assert found(tale(location="urn:x:1").judge(expired_certificate)) == []
    assert found(tale(read_point="").judge(expired_certificate)) == []


def test_what_cannot_be_judged() -> None:
    story = tale()
    story.reference = ReferenceData()
    assert story.judge(expired_certificate).missing == {"certificate-unknown": 1}
    absent = Absent.NOT_IN_EXPORT
    story.reference = ReferenceData((), (certificate("GAP-1", "", absent, absent),))
    assert story.judge(expired_certificate).missing == {"certificate-validity": 1}
    timeless = tale(event_time_us=absent)
    assert timeless.judge(expired_certificate).missing == {"event-time": 1}
