"""A lesson as a page to print with notes for the teacher, and as a web page by itself.

The web page holds the chains of the lesson and works the hashes out itself, with the
browser's own SHA-256; it loads nothing. Signatures are left to the program, and so are
ledgers other than chain-jsonl with SHA-256.
"""

import json
from collections.abc import Iterator

from explorer.core.errors import LessonError
from explorer.core.resources import resource
from explorer.lab.acting import act, first_copies
from explorer.lab.bench import Copies
from explorer.lab.lesson_ledgers import lesson_ledger
from explorer.lab.lesson_states import BlockState, CopyState, Standing
from explorer.lab.lessons import Lesson, Step, Words
from explorer.reports.page import EMPTY, Html, ev, ev_mono, lines, ours, tag
from explorer.session.lab_lessons import LessonChecker

MAX_BLOCKS_PRINTED = 6
_BLOCK_LINE = b'\n{"block":'

_WORDS = {
    "block": Words("Block", "区块"),
    "holds": Words("Holds", "相符"),
    "failed": Words("Does not match", "不相符"),
    "open": Words("Could not be checked", "无法核验"),
    "rests-on-nothing": Words("Rests on nothing", "无所依托"),
    "rests": Words("Rests on nothing", "无所依托"),
    "previous": Words("previous hash", "前一哈希值"),
    "root": Words("root of the entries now", "记录现在的树根"),
    "stored": Words("stored hash", "写明的哈希值"),
    "computed": Words("computed hash", "算出的哈希值"),
    "again": Words("Start again", "重新开始"),
    "one": Words("Re-hash block", "重算区块"),
    "all": Words("Re-hash all", "全部重算"),
    "printed": Words("printed", "刊印的"),
    "agrees": Words("The anchor agrees", "外部依据相符"),
    "nothing": Words(
        "The anchor finds nothing to agree with", "外部依据找不到可比对之处"
    ),
    "differs": Words("The anchor still catches it", "外部依据仍能发现它"),
    "do": Words("Do:", "做什么："),
    "see": Words("See:", "看什么："),
    "teacher": Words("For the teacher:", "教师提示："),
    "limit": Words(
        "Fictional demonstration data. This page works out hashes, roots and links; "
        "signatures are checked by the program.",
        "虚构演示数据。本页计算哈希值、树根和链接；签名由程序核验。",
    ),
    "says": Words("The program, signatures included:", "程序连同签名的结论："),
    "copy": Words("Copy", "副本"),
    "verdict": Words("What the program says", "程序的结论"),
    "notes": Words("Notes", "笔记"),
    "consistent": Words("Self-consistent only", "仅内部一致"),
    "attributed": Words("Signed by the parties named", "由您指定的各方签名"),
    "anchored": Words("Agrees with the anchor", "与所选外部依据一致"),
    "indeterminate": Words("Could not be decided", "无法核验"),
    "unreadable": Words("Could not be read", "无法读取"),
}
_MARKS = {
    Standing.HOLDS: "✓",
    Standing.FAILED: "✕",
    Standing.OPEN: "?",
    Standing.RESTS_ON_NOTHING: "?",
}


def web_page(lesson: Lesson, language: str = "en") -> str:
    """Return a page that works by opening the file, without a network.

    Raises:
        LessonError: If a ledger of the lesson is of another format than chain-jsonl,
            or a line of a copy is damaged so that the page could not read it.
    """
    for copy, name in lesson.start.items():
        if not lesson_ledger(name).main_file.endswith(".jsonl"):
            message = f"a web page cannot work out the hashes of the ledger {name}"
            raise LessonError(message, lesson.name, 1, f"start.{copy}")
    data = json.dumps(_data(lesson, language), ensure_ascii=False)
    policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'"
    script = resource("lessons", "page.js").read_text(encoding="utf-8")
    style = resource("lessons", "page.css").read_text(encoding="utf-8")
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="{language}"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{ours(lesson.title.of(language))}</title>\n"
        f"<style>\n{style}</style></head>\n"
        '<body><div id="page"></div>\n'
        f'<script type="application/json" id="lesson">{_inside(data)}</script>\n'
        f"<script>\n{script}</script></body></html>\n"
    )


def handout(lesson: Lesson, language: str) -> str:
    """Return a page to print: each step with its words, states and room for notes.

    Raises:
        ExplorerError: If a step cannot be carried out.
    """
    checker = LessonChecker(lesson)
    parts = [
        tag("h1", ours(lesson.title.of(language))),
        tag("p", ours(lesson.about.of(language))),
    ]
    for number, (step, copies) in enumerate(_walk(lesson), 1):
        states = checker.state(step, copies).copies
        parts.append(_printed_step(lesson, number, step, states, language))
    parts.append(tag("p", ours(_WORDS["limit"].of(language))))
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{ours(lesson.title.of(language))}</title>\n<style>{_PRINT}</style>"
        f"</head>\n<body>{lines(*parts)}</body></html>\n"
    )


def _walk(lesson: Lesson) -> Iterator[tuple[Step, Copies]]:
    copies = first_copies(lesson)
    for number, step in enumerate(lesson.step):
        copies = act(lesson, number, copies)
        yield step, copies


def _data(lesson: Lesson, language: str) -> dict[str, object]:
    checker = LessonChecker(lesson)
    texts: list[str] = []
    steps: list[dict[str, object]] = []
    for step, copies in _walk(lesson):
        rows = []
        states = checker.state(step, copies).copies
        for copy, state in zip(step.rows, states, strict=True):
            text = _page_text(copies[copy].data, state, lesson.name)
            if text not in texts:
                texts.append(text)
            named = lesson.row[copy]
            rows.append(
                {
                    "copy": copy,
                    "title": _both(named.title),
                    "note": _both(named.note),
                    "text": texts.index(text),
                    "verdict": _both(_WORDS[state.verdict.value]),
                }
            )
        words = ("title", "say", "do", "see")
        spoken = {name: _both(getattr(step, name)) for name in words}
        steps.append({**spoken, "rows": rows, "anchor": step.anchor})
    return {
        "language": language,
        "words": {name: _both(words) for name, words in _WORDS.items()},
        "texts": texts,
        "steps": steps,
        "anchor": _printed_hash(lesson),
    }


def _page_text(data: bytes, state: CopyState, name: str) -> str:
    """Return a copy for the page, whose script reads only blocks that are whole."""
    text = data.decode(errors="replace")
    if data.count(_BLOCK_LINE) != len(state.blocks) or text.encode() != data:
        message = f"a web page cannot show the copy {state.copy}: a line is damaged"
        raise LessonError(message, name, 1, "step.action")
    return text


def _printed_hash(lesson: Lesson) -> dict[str, object]:
    copies = first_copies(lesson)
    step = lesson.step[0]
    bare = Step(step.title, step.say, step.do, step.see)
    (original,) = LessonChecker(lesson).state(bare, copies).copies
    last = original.blocks[-1]
    return {"height": last.height, "hash": last.computed_hash}


def _both(words: Words) -> dict[str, str]:
    return {"en": words.en, "zh": words.zh}


def _inside(data: str) -> str:
    """Return JSON that cannot end the element it stands in."""
    return data.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _printed_step(
    lesson: Lesson,
    number: int,
    step: Step,
    states: tuple[CopyState, ...],
    language: str,
) -> Html:
    def labelled(name: str, words: Words) -> Html:
        if not words.of(language):
            return EMPTY
        head = tag("strong", ours(_WORDS[name].of(language)))
        return tag("p", head, Html(" "), ours(words.of(language)), cls=name)

    head = tuple(
        tag("th", ours(_WORDS[name].of(language))) for name in ("copy", "verdict")
    )
    rows = [_printed_row(lesson, state, step.focus, language) for state in states]
    return tag(
        "section",
        tag("h2", ours(f"{number}. {step.title.of(language)}")),
        tag("p", ours(step.say.of(language)), cls="say"),
        labelled("do", step.do),
        labelled("see", step.see),
        tag("table", tag("tr", *head, tag("th")), *rows),
        labelled("teacher", step.teacher),
        tag("p", ours(_WORDS["notes"].of(language)), cls="notes"),
    )


def _printed_row(lesson: Lesson, state: CopyState, focus: int, language: str) -> Html:
    title = lesson.row[state.copy].title.of(language)
    verdict = _WORDS[state.verdict.value].of(language)
    shown = [each for each in state.blocks if each.height >= focus]
    blocks = [_printed_block(each) for each in shown[:MAX_BLOCKS_PRINTED]]
    cell = tag("td", *blocks)
    return tag("tr", tag("td", ours(title)), tag("td", ours(verdict)), cell)


def _printed_block(block: BlockState) -> Html:
    says = block.says[0] if block.says else ""
    return tag(
        "div",
        ours(f"{block.height} {_MARKS[block.standing]} "),
        ev(says),
        Html(" "),
        ev_mono(block.computed_hash[:16] + "…"),
    )


_PRINT = (
    "body{font:11pt/1.5 Inter,'Noto Sans SC',sans-serif;margin:2cm auto;max-width:18cm;"
    "color:#1b1a17;background:#fff}h1,h2,.say{font-family:'Noto Serif SC',serif}"
    "section{break-inside:avoid}table{border-collapse:collapse;width:100%}"
    "td,th{border-bottom:1px solid #e0dbd1;text-align:left;vertical-align:top;"
    "padding:4px 8px}.mono{font-family:'JetBrains Mono',monospace;font-size:9pt}"
    ".teacher{border-left:3px solid #1d4f86;padding-left:8px}"
    ".notes{color:#686359;border-bottom:1px dotted #8a8479;padding-bottom:2.5cm}"
)
