"""Bytes by what protects them."""

import pytest
from pytestqt.qtbot import QtBot

from explorer.gui.messages import Covered
from explorer.gui.viewmodels.protection import Protection, shares, summary
from explorer.session.coverage import FRAMING, HASH, REPLAY, SIGNATURE

pytestmark = pytest.mark.gui


def test_the_firmest_protection_counts(qtbot: QtBot) -> None:
    del qtbot
    covered = Covered(
        1,
        (
            (0, 4),
            (HASH, 10),
            (HASH | SIGNATURE | FRAMING, 1000),
            (SIGNATURE | FRAMING, 20),
            (REPLAY, 3),
            (FRAMING, 7),
            (HASH | REPLAY, 5),
        ),
    )
    assert [(each.protection, each.size_bytes) for each in shares(covered)] == [
        (Protection.HASH_AND_SIGNATURE, 1000),
        (Protection.HASH, 15),
        (Protection.SIGNATURE, 20),
        (Protection.REPLAY, 3),
        (Protection.FRAMING, 7),
        (Protection.NOTHING, 4),
    ]
    assert summary(covered) == "1\u202f045 of 1\u202f049 bytes"


def test_nothing_is_said_where_nothing_is_known() -> None:
    assert shares(Covered(1, ())) == []
