import pytest

from explorer.core.absent import Absent
from explorer.crypto.trust import AnchorOrigin
from explorer.gui.canvases.band_states import AnchorTally, CheckingShown, StoppedShown
from explorer.gui.canvases.band_words import (
    anchors_line,
    checking_chip_word,
    checking_figures,
    chip_word,
    state_words,
)
from explorer.model.verdicts import Verdict


def test_while_checking_nothing_is_promised() -> None:
    words = state_words(CheckingShown(1, 4, 0, 9, 0, 7))
    assert words.word == "Checking"
    assert words.sentence.startswith("Nothing failed so far.")
    assert "there is no verdict" in words.limit


def test_a_failure_shows_at_once_and_says_that_checking_goes_on() -> None:
    words = state_words(CheckingShown(1, 4, 0, 9, 1, 7))
    assert words.word == "Does not match"
    assert words.sentence.startswith("One check does not match; still checking.")
    assert checking_chip_word(1) == "Does not match, still checking"


def test_stopping_does_not_hide_a_failure() -> None:
    assert state_words(StoppedShown(1, 4, 0)).word == "Stopped by you"
    failed = state_words(StoppedShown(1, 4, 3))
    assert failed.word == "Does not match"
    assert failed.sentence.startswith("3 checks do not match; then stopped by you.")
    assert failed.limit == "Nothing is said about the rest."


def test_rate_and_time_left_are_shown_only_when_known() -> None:
    known = checking_figures(CheckingShown(61, 100, 2_000_000, 9, 0, 7))
    assert known == [("61 %", "done"), ("2.0 MB/s", "rate"), ("9.0 s", "left")]
    unknown = checking_figures(CheckingShown(61, 100, 0, Absent.NOT_IN_EXPORT, 0, 7))
    assert unknown == [("61 %", "done")]


@pytest.mark.parametrize("origin", AnchorOrigin)
def test_every_origin_is_named(origin: AnchorOrigin) -> None:
    line = anchors_line((AnchorTally(is_history=False, origin=origin, count=4),))
    assert line.startswith("4 certificates or keys you chose, ")
    assert len(line.split(", ")[1]) > 5


def test_history_anchors_are_told_apart_from_keys() -> None:
    history = AnchorTally(is_history=True, origin=AnchorOrigin.PUBLISHED, count=1)
    keys = AnchorTally(is_history=False, origin=AnchorOrigin.SAME_SENDER, count=1)
    none = AnchorTally(is_history=False, origin=AnchorOrigin.PUBLISHED, count=0)
    assert anchors_line((history, keys, none)) == (
        "1 history anchor, published · "
        "1 certificate or key you chose, from the same sender"
    )


def test_each_verdict_has_its_own_word_and_only_one_is_anchored() -> None:
    words = {verdict: chip_word(verdict) for verdict in Verdict}
    assert len(set(words.values())) == len(Verdict)
    assert [v for v, word in words.items() if "nchored" in word] == [Verdict.ANCHORED]
