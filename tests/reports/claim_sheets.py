"""A made-up claim sheet, for the words, the page and the text."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from explorer.core.absent import Absent
from explorer.model.claim_sheets import (
    AfterEntry,
    ClaimRow,
    ClaimSheet,
    Computed,
    EntryPlace,
    EventTime,
    Exhibit,
    FoundHash,
    Hand,
    JourneyPlace,
    NotComputed,
    PlaceOrigin,
    Question,
    Sayer,
    Saying,
    Source,
    Standing,
    Topic,
)
from explorer.model.statements import FactGrade

MADE = datetime(2026, 9, 30, 12, tzinfo=UTC)
DAY_US = 86_400_000_000
HARVEST, RECALL = EntryPlace(6, 2), EntryPlace(153, 0)


def source(place: EntryPlace, **changes: Any) -> Source:  # noqa: ANN401 - fields by name
    made = Source(
        place,
        "tx",
        "Harvest",
        "Orchard/user",
        "Orchard",
        FactGrade.SIGNED,
        20 * DAY_US,
        EventTime(9 * DAY_US, is_day=True),
    )
    values = {name: getattr(made, name) for name in made.__struct_fields__}
    return Source(**(values | changes))


def exhibit(**changes: Any) -> Exhibit:  # noqa: ANN401 - fields by name
    made = Exhibit("report.pdf", 7, "ab" * 32, "cd" * 64, "ef" * 32, MADE)
    return replace(made, **changes)


def sheet(text: str = "酥梨", **changes: Any) -> ClaimSheet:  # noqa: ANN401
    """Return a sheet of every part; ``text`` is what a record says."""
    saying = Saying(text, "品种", "pear/box/1", "1", HARVEST)
    found = FoundHash(HARVEST, 6, "sha256", "hex", 0)
    made = ClaimSheet(
        "pear/box/1",
        "1",
        "box",
        "https://trace.example/1",
        "pears",
        (
            ClaimRow(
                Topic.VARIETY, text, Sayer.SELLER, Standing.SAME, (saying,), (HARVEST,),
                (), FactGrade.SIGNED,
            ),
            ClaimRow(
                Topic.INSPECTED, "", Absent.NOT_IN_FORMAT, Standing.RECORDED, (saying,),
                (HARVEST,), (RECALL,), FactGrade.CONTRADICTED,
            ),
        ),
        (Topic.CERTIFIED,),
        Computed(AfterEntry.ANCHORED, 2, 2, 1, 0, 193, "12" * 32),
        NotComputed(("Orchard",), (text,), 1),
        (source(HARVEST), source(RECALL, what="Recall", fact=FactGrade.STATED)),
        (Hand("Orchard", "", True, "Orchard", HARVEST),
         Hand(text, "holder", False, "Orchard", HARVEST)),
        (JourneyPlace("A", "Harvest", PlaceOrigin.DATA, 33.1, 116.9, HARVEST),
         JourneyPlace(text, "Store", PlaceOrigin.NONE, Absent.NOT_IN_FORMAT,
                      Absent.NOT_IN_FORMAT, HARVEST)),
        (exhibit(found=(found,), searched_entries=9),),
        (Question("which-record", Topic.CERTIFIED),
         Question("platform", Absent.NOT_IN_FORMAT, "geth export", "Ethereum")),
        (),
        "34" * 32,
        is_fictional=True,
    )  # fmt: skip
    return replace(made, **changes)
