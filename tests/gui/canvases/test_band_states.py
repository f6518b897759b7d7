from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.absent import Absent
from explorer.gui.canvases.band_states import (
    CheckingShown,
    Figure,
    VerdictShown,
    guarded_id,
    is_short_id,
)
from explorer.model.verdicts import Verdict
from explorer.reports.words import Language, verdict_words

WORDS = verdict_words(Verdict.CONSISTENT, Language.EN)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a" * 25,
        "X00012 is anchored",
        "Anchored!",
        "已锚定",
        "a\n",
        "a\u202eb",
        "<b>ok</b>",
    ],
)
def test_text_of_a_file_cannot_stand_beside_a_verdict(text: str) -> None:
    with pytest.raises(ValueError, match="short id"):
        guarded_id(text)
    assert not is_short_id(text)
    if text:
        with pytest.raises(ValueError, match="short id"):
            VerdictShown(Verdict.CONSISTENT, WORDS, subject=text)
        with pytest.raises(ValueError, match="short id"):
            CheckingShown(0, 1, 0, Absent.NOT_IN_EXPORT, 0, 0, text)


@given(st.text(max_size=40))
def test_only_harmless_characters_pass(text: str) -> None:
    allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"
    fits = 1 <= len(text) <= 24 and all(each in allowed for each in text)
    assert is_short_id(text) is fits


def test_a_figure_is_a_whole_number() -> None:
    with pytest.raises(TypeError, match="whole number"):
        Figure(cast("int", "all"), "blocks")


def test_counts_are_not_negative() -> None:
    with pytest.raises(ValueError, match="negative"):
        CheckingShown(0, 1, 0, 3, -1, 0)


@pytest.mark.parametrize(
    ("done", "total", "share"), [(0, 0, 0.0), (1, 4, 0.25), (9, 4, 1.0)]
)
def test_the_share_stays_between_nothing_and_all(
    done: int, total: int, share: float
) -> None:
    assert CheckingShown(done, total, 0, 0, 0, 0).share == share
