"""What the window remembers: choices, recent evidence, damaged settings."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from explorer.gui.translations import LanguageChoice
from explorer.gui.viewmodels.preferences import (
    MAX_RECENT,
    Preferences,
    ThemeChoice,
)
from explorer.gui.viewmodels.wording import ago_text
from explorer.model.verdicts import EvidenceReport, Verdict
from tests.gui.made_up import report

pytestmark = pytest.mark.gui


@pytest.fixture
def preferences(qtbot: QtBot, tmp_path: Path) -> Preferences:
    del qtbot
    return Preferences(tmp_path / "settings.ini")


def test_choices_survive_a_restart(preferences: Preferences, tmp_path: Path) -> None:
    preferences.theme = ThemeChoice.DARK
    preferences.language = LanguageChoice.ZH
    preferences.scale = 1.29
    again = Preferences(tmp_path / "settings.ini")
    assert (again.theme, again.language) == (ThemeChoice.DARK, LanguageChoice.ZH)
    assert again.scale == 1.29


def test_damaged_settings_fall_back(tmp_path: Path, qtbot: QtBot) -> None:
    del qtbot
    path = tmp_path / "settings.ini"
    path.write_text('[General]\ntheme=pink\nlanguage=7\nscale=huge\nrecent="[{]"\n')
    damaged = Preferences(path)
    assert damaged.theme is ThemeChoice.SYSTEM
    assert damaged.language is LanguageChoice.SYSTEM
    assert (damaged.scale, damaged.recent()) == (1.0, [])


def test_the_last_evidence_comes_first_and_once(preferences: Preferences) -> None:
    for name in ("a", "b", "a"):
        preferences.remember((Path(f"/evidence/{name}"),), report())
    recent = preferences.recent()
    assert [each.paths for each in recent] == [("/evidence/a",), ("/evidence/b",)]
    assert (recent[0].title, recent[0].blocks) == ("pears", 70)
    assert recent[0].verdict is Verdict.CONSISTENT


def test_unreadable_evidence_is_remembered_by_its_name(
    preferences: Preferences,
) -> None:
    unreadable = EvidenceReport("x", Verdict.UNREADABLE, (), (), problem="no")
    preferences.remember((Path("/evidence/thing.bin"),), unreadable)
    assert preferences.recent()[0].title == "thing.bin"


def test_the_list_is_bounded_and_can_be_emptied(preferences: Preferences) -> None:
    for number in range(MAX_RECENT + 3):
        preferences.remember((Path(f"/e/{number}"),), report())
    assert len(preferences.recent()) == MAX_RECENT
    preferences.forget((f"/e/{MAX_RECENT + 2}",))
    assert len(preferences.recent()) == MAX_RECENT - 1
    preferences.forget_all()
    assert preferences.recent() == []


def test_how_long_ago_is_said_in_days() -> None:
    now = datetime(2026, 9, 10, 12, tzinfo=UTC)
    days = [ago_text(now - timedelta(days=each), now) for each in (0, 1, 3)]
    assert days == ["today", "yesterday", "3 days ago"]
