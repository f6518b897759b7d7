import re

import pytest

from explorer.core.text import printable
from explorer.model.checks import Outcome
from explorer.model.verdicts import Verdict
from explorer.reports.page import (
    STYLE,
    command,
    ev,
    ev_mono,
    grouped_hex,
    lines,
    mark,
    ours,
    spaced,
    table,
    tag,
)


def test_evidence_is_escaped_and_set_apart() -> None:
    assert ev("<b>&\"'\u202e") == (
        '<span class="ev">&lt;b&gt;&amp;&quot;&#x27;&lt;U+202E&gt;</span>'
    )
    assert ev_mono("a").startswith('<span class="ev mono">')
    assert ours("<b>") == "&lt;b&gt;"


def test_hostile_texts_make_no_tag(hostile_texts: tuple[str, ...]) -> None:
    for text in hostile_texts:
        inner = ev(text).removeprefix('<span class="ev">').removesuffix("</span>")
        assert "<" not in inner
        assert '"' not in inner
        assert printable(inner, len(inner)) == inner


def test_every_outcome_and_verdict_has_a_shape() -> None:
    kinds = [outcome.word for outcome in Outcome] + [each.value for each in Verdict]
    shapes = {kind: re.sub("#[0-9A-F]{6}", "", mark(kind)) for kind in kinds}
    outcomes = {shapes[outcome.word] for outcome in Outcome}
    assert len(outcomes) == len(Outcome)  # told apart without colour
    assert "#24663C" in mark("anchored")
    green = [kind for kind in kinds if "#24663C" in mark(kind)]
    assert green == ["anchored"]


def test_table_refuses_a_short_row() -> None:
    head = (ours("a"), ours("b"))
    assert "<th>a</th><th>b</th>" in table(head, [(ours("1"), ours("2"))])
    with pytest.raises(ValueError, match="zip"):
        table(head, [(ours("1"),)])


def test_a_command_is_never_cut() -> None:
    assert command("x" * 9_000 + "<") == (
        f'<pre><span class="ev mono">{"x" * 9_000}&lt;</span></pre>'
    )


def test_small_parts() -> None:
    assert grouped_hex("a3a3b") == "a3a3 b"
    assert lines(ours("a"), ours(""), ours("b")) == "a\nb"
    assert spaced(ours("a"), ours("")) == "a"
    assert tag("p", ours("<"), cls="x") == '<p class="x">&lt;</p>'


def test_evidence_never_wears_the_serif_of_a_verdict() -> None:
    rule = STYLE[STYLE.index("\n.ev{") : STYLE.index("\n.mono")]
    assert "sans-serif" in rule
    assert "isolate" in rule
    assert "url(" not in STYLE
    assert "@import" not in STYLE
