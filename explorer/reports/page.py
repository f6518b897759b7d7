"""Building blocks of the HTML report: escaping, marks, style.

``Html`` is text that is already safe; only this module makes it from plain text. Text
of the evidence always goes through ``core.text.printable`` and stands in its own
``<span class="ev">`` in sans or mono, never in the serif that our own judgement uses,
so that evidence can neither make a tag nor look like a verdict. The page has no script
and a policy that forbids loading anything.
"""

from collections.abc import Sequence
from html import escape
from typing import Final, NewType

from explorer.core.text import printable

Html = NewType("Html", str)
"""HTML that is safe to put on the page."""

EMPTY: Final = Html("")


def ours(text: str) -> Html:
    """Return our own words, or what the user typed, escaped."""
    return Html(escape(printable(text)))


def ev(text: str) -> Html:
    """Return text of the evidence, visible as it is and set apart."""
    return Html(f'<span class="ev">{escape(printable(text))}</span>')


def ev_mono(text: str) -> Html:
    """Return a hash, path or value of the evidence in mono."""
    return Html(f'<span class="ev mono">{escape(printable(text))}</span>')


def command(text: str) -> Html:
    """Return a command line in full, however long; it may hold names of files."""
    shown = escape(printable(text, max(len(text), 1)))
    return tag("pre", Html(f'<span class="ev mono">{shown}</span>'))


def tag(name: str, *children: Html, cls: str = "") -> Html:
    """Return an element; ``name`` and ``cls`` are always literals of ours."""
    opening = f'<{name} class="{cls}">' if cls else f"<{name}>"
    return Html(f"{opening}{''.join(children)}</{name}>")


def lines(*children: Html) -> Html:
    """Return the parts one below the other in the file, empty ones left out."""
    return Html("\n".join(child for child in children if child))


def spaced(*children: Html) -> Html:
    """Return the parts with a space between, empty ones left out."""
    return Html(" ".join(child for child in children if child))


def table(
    head: tuple[Html, ...], rows: Sequence[tuple[Html, ...]], cls: str = ""
) -> Html:
    """Return a table with a head; every row has as many cells as the head."""
    out = [tag("tr", *(tag("th", cell) for cell in head))]
    for row in rows:
        cells = (tag("td", cell) for _, cell in zip(head, row, strict=True))
        out.append(tag("tr", *cells))
    return Html(tag("table", Html("\n"), lines(*out), Html("\n"), cls=cls))


def facts(rows: list[tuple[Html, Html]]) -> Html:
    """Return a list of names and values."""
    return tag(
        "dl", *(Html(tag("dt", name) + tag("dd", value)) for name, value in rows)
    )


def bullets(items: list[Html]) -> Html:
    """Return a list, one item a line."""
    return tag("ul", Html("\n"), lines(*(tag("li", item) for item in items)))


def grouped_hex(text: str) -> str:
    """Return hex in groups of four, for comparing by eye."""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def mark(kind: str, size: int = 14) -> Html:
    """Return the shape of an outcome or verdict (WINDOW, section 5), 16 px grid."""
    return Html(
        f'<svg class="mark" width="{size}" height="{size}" viewBox="0 0 16 16" '
        f'aria-hidden="true">{_MARKS[kind]}</svg>'
    )


_TICK = '<path d="M4.5 8.3l2.7 2.7 4.6-5.8" stroke="{on}" {pen}/>'
_PEN = 'fill="none" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"'
_QUESTION = "M6.1 6.4a2 2 0 1 1 2.9 1.8c-.7.4-1 .7-1 1.4M8 11.6v.1"
_OCTAGON = "M4.7 0h6.6L16 4.7v6.6L11.3 16H4.7L0 11.3V4.7z"


def _disc(colour: str) -> str:
    tick = _TICK.format(on="#FFFFFF", pen=_PEN)
    return f'<circle cx="8" cy="8" r="8" fill="{colour}"/>{tick}'


def _ring_tick(colour: str) -> str:
    tick = _TICK.format(on=colour, pen=_PEN)
    return f'<circle cx="8" cy="8" r="7" stroke="{colour}" {_PEN}/>{tick}'


_FAILED = (
    f'<path d="{_OCTAGON}" fill="#A3281C"/>'
    f'<path d="M5 5l6 6M11 5l-6 6" stroke="#FFFFFF" {_PEN}/>'
)
_OPEN = (
    '<path d="M8 0l8 8-8 8-8-8z" fill="#785300"/>'
    f'<path d="{_QUESTION}" stroke="#FFFFFF" {_PEN}/>'
)
_NOT_APPLICABLE = (
    f'<circle cx="8" cy="8" r="7" stroke="#686359" {_PEN}/>'
    f'<path d="M5 8h6" stroke="#686359" {_PEN}/>'
)
_BROKEN = (
    '<path d="M8 .5l8 15H0z" fill="#683A80"/>'
    f'<path d="M8 6v4.4M8 12.8v.1" stroke="#FFFFFF" {_PEN}/>'
)
_UNREADABLE = (
    f'<path d="M5 .9h6L15.1 5v6L11 15.1H5L.9 11V5z" stroke="#47433C" {_PEN}/>'
    f'<path d="M5 11l6-6" stroke="#47433C" {_PEN}/>'
)
_INCONSISTENT = (
    f'<rect x="1" y="1" width="14" height="14" rx="2.5" stroke="#785300" {_PEN}/>'
    f'<path d="M4.5 6.2h7M4.5 9.8h7M6.2 12.2l3.6-8.4" stroke="#785300" {_PEN}/>'
)

_MARKS: Final = {
    "passed": _disc("#47433C"),
    "failed": _FAILED,
    "inconclusive": _OPEN,
    "not-applicable": _NOT_APPLICABLE,
    "broken": _BROKEN,
    "inconsistent": _INCONSISTENT,
    "anchored": _disc("#24663C"),
    "attributed": _ring_tick("#1D4F86"),
    "consistent": _disc("#1B1A17"),
    "indeterminate": _OPEN,
    "unreadable": _UNREADABLE,
}

STYLE: Final = """
:root{--paper:#F8F6F1;--surface:#FFFFFF;--sunken:#F0EDE6;--hair:#E0DBD1;--edge:#8A8479;
--ink:#1B1A17;--ink2:#47433C;--ink3:#686359;--accent:#1D4F86;--accent-bg:#E4ECF5;
--ok:#24663C;--ok-bg:#E4F0E7;--fail:#A3281C;--fail-bg:#F9E7E3;--warn:#785300;
--warn-bg:#F7EDD3}
*{box-sizing:border-box}
body{margin:0 auto;max-width:960px;padding:32px;background:var(--paper);
color:var(--ink);font:400 13px/1.5 Inter,"Noto Sans SC","Noto Sans CJK SC",sans-serif;
font-variant-numeric:tabular-nums}
h1,h2,h3,.word{font-family:"Noto Serif SC","Noto Serif CJK SC",serif;font-weight:600}
h1{font-size:26px;margin:0 0 8px}
h2{font-size:22px;margin:40px 0 8px;border-top:1px solid var(--edge);padding-top:16px}
h3{font-size:18px;margin:24px 0 8px}
h4{font-size:13px;font-weight:600;margin:12px 0 4px}
p{margin:4px 0;max-width:75ch}
.ev{font-family:Inter,"Noto Sans SC","Noto Sans CJK SC",sans-serif;font-style:normal;
font-weight:400;font-size:12px;color:var(--ink);unicode-bidi:isolate;
overflow-wrap:anywhere}
.mono,code,pre{font-family:"JetBrains Mono","Noto Sans Mono CJK SC",monospace;
font-size:12px;font-feature-settings:"calt" 0;overflow-wrap:anywhere}
pre{background:var(--sunken);padding:8px 12px;margin:4px 0;white-space:pre-wrap}
.quiet{color:var(--ink3)}
.fiction{background:var(--warn-bg);color:var(--warn);padding:4px 12px;font-weight:600}
.band{border-radius:8px;padding:20px;margin:12px 0;background:var(--sunken)}
.band.anchored{background:var(--ok-bg)}
.band.attributed{background:var(--accent-bg)}
.band.failed{background:var(--fail-bg)}
.band.indeterminate{background:var(--warn-bg)}
.word{font-size:34px;line-height:1.2}
.anchored .word,.green{color:var(--ok)}
.attributed .word{color:var(--accent)}
.failed .word{color:var(--fail)}
.indeterminate .word{color:var(--warn)}
.lead{font-size:15px}
.pair{display:flex;gap:16px;margin:12px 0}
.pair>div,.card{flex:1;background:var(--surface);border:1px solid var(--hair);
border-radius:6px;padding:18px 20px}
.card{margin:8px 0;break-inside:avoid}
table{border-collapse:collapse;width:100%;background:var(--surface)}
th{font-size:11px;font-weight:600;text-align:left;color:var(--ink2);
border-bottom:1px solid var(--edge);padding:6px 8px}
td{border-bottom:1px solid var(--hair);padding:5px 8px;vertical-align:top}
tr{break-inside:avoid}
.counts th:nth-child(n+3),.counts td:nth-child(n+3){text-align:right}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:4px 0}
dt{color:var(--ink3)}
dd{margin:0}
ul{margin:4px 0;padding-left:20px}
.mark{vertical-align:-2px;margin-right:6px;flex:none}
.digest{margin-top:32px;color:var(--ink2)}
@page{margin:18mm}
@media print{body{background:#FFFFFF;padding:0;max-width:none}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""
"""The light theme of the window (WINDOW, sections 2 to 4), for screen and paper."""
