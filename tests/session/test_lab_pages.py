"""Handouts and web pages of lessons; the latter run in a browser where there is one."""

import os
import re
import shutil
import subprocess
from html import escape
from pathlib import Path

import pytest
from msgspec.structs import replace

from explorer.core.errors import LessonError
from explorer.lab.lesson_states import Standing
from explorer.lab.lessons import Action, Doing
from explorer.session.lab_lessons import LessonChecker, shipped_lessons
from explorer.session.lab_pages import handout, web_page
from tests.session.lesson_walk import walk

LESSONS = {each.name: each for each in shipped_lessons()}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_COPY = Action(Doing.COPY, "edited", source="original")
_IN_PAGE = {
    Standing.HOLDS: "holds",
    Standing.FAILED: "failed",
    Standing.RESTS_ON_NOTHING: "rests",
}


def _dom(page: Path, where: str, profile: Path) -> str:
    """Return what a browser without a network makes of a page."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        pytest.skip("no Chromium on this machine")
    flags = (
        "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
        "--disable-background-networking --disable-component-update --disable-sync "
        "--proxy-server=127.0.0.1:9 --virtual-time-budget=4000 --dump-dom"
    )
    words = [browser, *flags.split(), f"--user-data-dir={profile}"]
    done = subprocess.run(
        [*words, f"{page.as_uri()}#{where}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={**os.environ, "DBUS_SESSION_BUS_ADDRESS": "disabled:"},
    )
    assert 'data-done="yes"' in done.stdout
    return done.stdout


def _standings(dom: str, copy: str) -> list[str]:
    section = dom.split(f'data-copy="{copy}"', 1)[1].split("</section>", 1)[0]
    return re.findall(r'data-standing="(\w+)"', section)


def _saved(tmp_path: Path, name: str = "one-digit", more: str = "") -> Path:
    path = tmp_path / "lesson.html"
    text = web_page(LESSONS[name]).replace("</body>", f"{more}</body>")
    path.write_text(text, encoding="utf-8")
    return path


def test_the_page_in_a_browser_says_what_the_program_says(tmp_path: Path) -> None:
    page, lesson = _saved(tmp_path), LESSONS["one-digit"]
    checker = LessonChecker(lesson)
    for number, step, copies in walk(lesson):
        language = ("en", "zh")[number % 2]
        where = f"step={number + 1}&lang={language}"
        dom = _dom(page, where, tmp_path / "profile")
        state = checker.state(step, copies)
        assert step.say.of(language) in dom
        for each in state.copies:
            assert _standings(dom, each.copy) == [
                _IN_PAGE[block.standing] for block in each.blocks
            ]
            for block in each.blocks:
                assert block.computed_hash[:16] in dom
        if state.anchor is not None:
            assert f'data-agrees="{"yes" if state.anchor.agrees else "no"}"' in dom


def test_an_edit_in_the_page_breaks_and_rehashing_mends(tmp_path: Path) -> None:
    change = "edit('edited', 4, {name: 'weight_kg', old: 2894}, '1')"
    script = f"<script>setTimeout(async () => {{ await goTo(1); await {change}; "
    edited = _saved(tmp_path, more=script + "}, 500)</script>")
    dom = _dom(edited, "step=2", tmp_path / "profile")
    assert _standings(dom, "edited")[1:4] == ["failed", "rests", "failed"]
    mended = script + "await rehash('edited', null); }, 500)</script>"
    dom = _dom(_saved(tmp_path, more=mended), "step=2", tmp_path / "profile")
    assert _standings(dom, "edited") == ["holds"] * 6


def test_the_page_repeats_what_the_program_says_of_signatures(tmp_path: Path) -> None:
    dom = _dom(_saved(tmp_path, "keys"), "step=2", tmp_path / "profile")
    assert _standings(dom, "edited") == ["holds"] * 6  # hashes alone
    verdicts = re.findall(r'data-verdict="([^"]+)"', dom)
    assert verdicts == ["Signed by the parties named", "Does not match"]


@pytest.mark.parametrize("name", ["one-digit", "keys", "copies", "garbage"])
def test_the_page_stands_alone(name: str) -> None:
    text = web_page(LESSONS[name])
    assert "default-src 'none'" in text
    assert not re.search(r"""(src|href)\s*=|https?://(?!id\.gs1)|url\(""", text)
    assert text.count("<script") == 2


def test_words_of_a_lesson_cannot_end_the_script() -> None:
    lesson = LESSONS["one-digit"]
    text = web_page(lesson)
    inside = text.split('id="lesson">', 1)[1].split("</script>", 1)[0]
    assert "<" not in inside


@pytest.mark.parametrize("name", ["trees", "work"])
def test_ledgers_of_other_formats_have_no_page(name: str) -> None:
    with pytest.raises(LessonError, match="a web page cannot"):
        web_page(LESSONS[name])


@pytest.mark.parametrize(
    "action",
    [
        Action(Doing.BYTES, "edited", offset=2, old="63", new="ff"),
        Action(Doing.EDIT, "edited", block=1, old='"entries":[', new='"entries":'),
    ],
)
def test_a_line_that_the_page_cannot_read_is_refused(action: Action) -> None:
    lesson = LESSONS["one-digit"]
    steps = (lesson.step[0], replace(lesson.step[1], action=(_COPY, action)))
    with pytest.raises(LessonError, match="the copy edited: a line is damaged"):
        web_page(replace(lesson, step=steps))


def test_an_early_copy_is_not_called_caught(tmp_path: Path) -> None:
    dom = _dom(_saved(tmp_path, "pledged-twice"), "step=4", tmp_path / "profile")
    assert 'data-agrees="open"' in dom
    assert "The anchor finds nothing to agree with" in dom
    assert (
        "The anchor still catches it"
        not in dom.split('id="page"')[1].split("<script")[0]
    )


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", [each for each in LESSONS if each != "real-ledger"])
def test_a_handout_has_every_step_with_notes(name: str, language: str) -> None:
    lesson = LESSONS[name]
    text = handout(lesson, language)
    for step in lesson.step:
        for words in (step.title, step.do, step.see):
            assert escape(words.of(language)) in text
    assert text.count("<section>") == len(lesson.step)
    assert "<script" not in text
