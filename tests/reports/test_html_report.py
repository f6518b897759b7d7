import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from html.parser import HTMLParser
from pathlib import Path

import pytest

from explorer.core.absent import Absent
from explorer.core.limits import MAX_FINDINGS_PRINTED
from explorer.core.text import printable
from explorer.model.ledgers import Remark
from explorer.model.verdicts import (
    AnchoredRange,
    AnchorUse,
    EvidenceReport,
    Finding,
    Inconsistency,
    LedgerReport,
    Place,
    SourceDigest,
    Verdict,
)
from explorer.reports.case import CaseHeader, HtmlOptions, RunFacts
from explorer.reports.html_report import html_report
from explorer.reports.words import Language

HEADER = CaseHeader(case="2026-17", examiner="L. Example", notes="Seen <twice>.")
RUN = RunFacts("3.11.9", "46.0.0", command="provenance-explorer verify pears.jsonl")
MADE = datetime(2026, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=8)))
OPTIONS = HtmlOptions(made_at=MADE)
VOID = {"br", "meta", "path", "circle", "rect"}


class Page(HTMLParser):
    """The tags of a page, and the text of evidence spans and verdict words."""

    def __init__(self, data: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.stack: list[tuple[str, str]] = []
        self.evidence: list[str] = []
        self.words: list[str] = []
        self.text = ""
        self.comments: list[str] = []
        self.feed(data.decode("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))
        kind = dict(attrs).get("class") or ""
        if kind.startswith("ev"):
            self.evidence.append("")
        if kind == "word":
            self.words.append("")
        if tag not in VOID:
            self.stack.append((tag, kind))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))

    def handle_endtag(self, tag: str) -> None:
        opened, _ = self.stack.pop()
        assert opened == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        kinds = [kind for _, kind in self.stack]
        if any(kind.startswith("ev") for kind in kinds):
            assert "word" not in kinds
            self.evidence[-1] += data
        elif "word" in kinds:
            self.words[-1] += data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def _page(*reports: EvidenceReport, options: HtmlOptions = OPTIONS) -> Page:
    return Page(html_report(reports, HEADER, RUN, options))


@pytest.mark.parametrize("language", list(Language))
def test_failed_report_matches_golden(
    language: Language,
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
    inconsistency: Inconsistency,
    golden: Callable[[bytes, str], None],
) -> None:
    report = make_evidence(make_ledger(), inconsistencies=(inconsistency,))
    options = HtmlOptions(
        language,
        MADE,
        timezone(timedelta(hours=8)) if language is Language.ZH else UTC,
        {"The hash of the bytes does not match.": "这些字节的哈希不一致。"}
        if language is Language.ZH
        else {},
        {2: "openssl dgst -sha256 -verify key.pem -signature s record"},
    )
    golden(html_report([report], HEADER, RUN, options), f"failed.{language}.html")


def test_inconsistent_records_stand_behind_what_the_verdict_rests_on(
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
    inconsistency: Inconsistency,
) -> None:
    report = make_evidence(make_ledger(), inconsistencies=(inconsistency,))
    text = _page(report).text
    order = ("Tied to", "Checked here", "Not checked", "Inconsistent records")
    assert sorted(order, key=text.rindex) == list(order)


def test_anchored_report_matches_golden(
    anchored_ledger: LedgerReport,
    make_evidence: Callable[..., EvidenceReport],
    golden: Callable[[bytes, str], None],
) -> None:
    report = make_evidence(anchored_ledger)
    golden(html_report([report], HEADER, RUN, OPTIONS), "anchored.en.html")


def test_unreadable_report_matches_golden(
    unreadable: EvidenceReport, golden: Callable[[bytes, str], None]
) -> None:
    golden(html_report([unreadable], HEADER, RUN, OPTIONS), "unreadable.en.html")


def test_the_page_is_well_formed_and_loads_nothing(
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
) -> None:
    page = _page(make_evidence(make_ledger()))
    assert page.stack == []
    assert page.comments == []
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "link", "img", "iframe", "a", "object", "base"}
    attributes = {name for _, attrs in page.tags for name, _ in attrs}
    assert not attributes & {"href", "src", "style", "onclick", "onload"}


def test_the_last_line_holds_the_digest_of_all_above(
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
) -> None:
    data = html_report([make_evidence(make_ledger())], HEADER, RUN, OPTIONS)
    above, _, last = data.removesuffix(b"\n").rpartition(b"\n")
    assert hashlib.sha256(above + b"\n").hexdigest().encode() in last
    assert b"\r" not in data


def _everywhere(
    ledger: LedgerReport, report: EvidenceReport, text: str
) -> EvidenceReport:
    """Put ``text`` into every place that evidence can fill, paths aside."""
    hostile = replace(
        ledger,
        title=text,
        anchors=tuple(
            AnchorUse(use.kind, text, use.origin, text, use.agrees)
            for use in ledger.anchors
        ),
        anchored_to=AnchoredRange(7, text, text, "published"),
        last_hash=text,
        findings=tuple(
            replace(each, detail=text, expected=text, computed=text, entry_id=text)
            for each in ledger.findings
        ),
        not_checked=(Remark("x", "A sentence.", text),),
        parties=tuple(
            replace(each, name=text, organisation=text, role=text, fingerprint=text)
            for each in ledger.parties
        ),
        uncovered=(text,),
        verdict_reasons=(Remark("x", "A sentence.", text),),
        export_hint=text,
    )
    odd = replace(report.inconsistencies[0], message=text, path=text, items=(text,))
    return replace(report, path=text, ledgers=(hostile,), inconsistencies=(odd,))


def test_hostile_texts_stay_text(
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
    inconsistency: Inconsistency,
    hostile_texts: tuple[str, ...],
) -> None:
    ledger = make_ledger()
    report = make_evidence(ledger, inconsistencies=(inconsistency,))
    plain = _page(_everywhere(ledger, report, "plain"))
    assert len(hostile_texts) >= 55
    for text in hostile_texts:
        page = _page(_everywhere(ledger, report, text))
        assert page.tags == plain.tags, text
        assert page.words == ["Does not match"]
        assert page.evidence.count(printable(text)) >= 20, text
        assert page.comments == []


def test_hostile_paths_and_problems_stay_text(
    make_finding: Callable[..., Finding],
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
    hostile_texts: tuple[str, ...],
) -> None:
    base = make_evidence()
    known = {tag for tag, _ in _page(make_evidence(make_ledger())).tags}
    for text in hostile_texts:
        finding = make_finding(places=(Place(text, 1, 3),))
        source = replace(base.sources[0].source, path=text)
        broken = make_evidence(problem=text, problem_reason=text, advice=text)
        report = make_evidence(
            make_ledger(findings=(finding,)),
            sources=(SourceDigest(source, text, unchanged=True),),
        )
        page = _page(report, broken)
        assert {tag for tag, _ in page.tags} <= known
        assert page.evidence.count(printable(text)) >= 3
        assert page.words == ["Does not match", "Could not be read"]


def test_the_case_header_is_escaped(
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
    hostile_texts: tuple[str, ...],
) -> None:
    report = make_evidence(make_ledger())
    plain = Page(html_report([report], CaseHeader("x", "x"), RUN, OPTIONS))
    for text in hostile_texts:
        header = CaseHeader(text, text)
        page = Page(html_report([report], header, RUN, OPTIONS))
        assert page.tags == plain.tags


@pytest.mark.parametrize("verdict", list(Verdict))
def test_only_anchored_says_unaltered(
    verdict: Verdict,
    make_evidence: Callable[..., EvidenceReport],
    anchored_ledger: LedgerReport,
) -> None:
    tied = anchored_ledger.anchored_to if verdict is Verdict.ANCHORED else None
    ledger = replace(anchored_ledger, verdict=verdict, anchored_to=tied)
    for language in Language:
        options = replace(OPTIONS, language=language)
        page = _page(make_evidence(ledger), options=options)
        text = page.text.lower()
        said = "unaltered after entry" in text or "上链后未改动" in text
        assert said is (verdict is Verdict.ANCHORED)
        asked = "ask the other side" in text or "向对方索取" in text
        assert asked is (verdict is not Verdict.ANCHORED)


def test_findings_stand_under_their_cause(
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
) -> None:
    first, second, *others = make_ledger().findings
    mixed = make_ledger(findings=(*others, second, first))
    text = _page(make_evidence(mixed)).text
    places = [
        text.index(heading)
        for heading in (
            "Root cause (our inference)",
            "Follows from it",
            "Could not be checked",
            "Good to know",
        )
    ]
    assert places == sorted(places)
    assert "4. Failed: The hash of the bytes" in text
    assert "3. Failed: The block declares another" in text


def test_given_commands_replace_generic_ones(
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
) -> None:
    report = make_evidence(make_ledger())
    options = replace(OPTIONS, repeat={4: "openssl one", 7: "openssl two"})
    page = _page(report, report, options=options)
    assert page.evidence.count("openssl one") == 1
    assert page.evidence.count("openssl two") == 1
    generic = "tail -c +4101 -- case/pears.jsonl | head -c 142 | sha256sum"
    assert page.evidence.count(generic) == 1  # number 0; number 4 was replaced


def test_findings_beyond_the_limit_are_counted(
    make_finding: Callable[..., Finding],
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
) -> None:
    many = tuple(make_finding() for _ in range(MAX_FINDINGS_PRINTED + 3))
    page = _page(make_evidence(make_ledger(findings=many)))
    assert "3 more findings are not printed here" in page.text


def test_empty_ledger_says_so(
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
) -> None:
    bare = make_ledger(
        verdict=Verdict.INDETERMINATE,
        anchors=(),
        blocks=0,
        entries=0,
        first=None,
        last=None,
        last_hash="",
        checks=(),
        findings=(),
        not_checked=(),
        parties=(),
        uncovered=(),
        verdict_reasons=(),
    )
    text = _page(make_evidence(bare)).text
    assert "Nothing was checked." in text
    assert "No anchor from outside the evidence took part." in text
    assert "not the same as nothing being wrong" in text


def test_several_ledgers_have_their_own_bands(
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
    anchored_ledger: LedgerReport,
) -> None:
    page = _page(make_evidence(anchored_ledger, make_ledger(title="second")))
    assert page.words == [
        "Does not match",
        "Agrees with the outside anchors you chose",
        "Does not match",
    ]
    both = make_evidence(anchored_ledger, replace(anchored_ledger, title="b"))
    assert "See each ledger below." in _page(both).text


def test_what_is_not_known_is_said(
    make_finding: Callable[..., Finding],
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
) -> None:
    nowhere = make_finding(block=None, entry=None, entry_id=None, places=())
    only_bytes = make_finding(block=None, entry=None, entry_id=None)
    ledger = make_ledger(
        findings=(nowhere, only_bytes),
        first_time_us=Absent.NOT_IN_FORMAT,
        last_time_us=Absent.UNREADABLE,
    )
    data = html_report([make_evidence(ledger)], HEADER, RunFacts(), HtmlOptions())
    shown = data.decode()
    assert "<dt>Place</dt><dd>not recorded</dd>" in shown
    assert '<dt>Place</dt><dd><span class="ev mono">case/pears.jsonl</span>' in shown
    assert "<dt>Declared times</dt><dd>not recorded<br>not recorded</dd>" in shown
    assert '<h3>To repeat all of it</h3>\n<p class="quiet">not recorded</p>' in shown
    made = '<dt>Report made at</dt><dd><span class="quiet">not recorded</span></dd>'
    assert made in shown


def test_a_changed_source_is_loud(
    make_ledger: Callable[..., LedgerReport],
    make_evidence: Callable[..., EvidenceReport],
) -> None:
    text = _page(make_evidence(make_ledger())).text
    assert "NO: changed while it was read" in text


def test_time_needs_a_zone() -> None:
    naive = MADE.replace(tzinfo=None)
    with pytest.raises(ValueError, match="zone"):
        html_report([], HEADER, RUN, HtmlOptions(made_at=naive))


_SCRIPT = """
import importlib.util, sys
from datetime import UTC, datetime
spec = importlib.util.spec_from_file_location("samples", sys.argv[1])
samples = importlib.util.module_from_spec(spec)
spec.loader.exec_module(samples)
from explorer.reports.case import CaseHeader, HtmlOptions, RunFacts
from explorer.reports.html_report import html_report
from explorer.reports.json_report import document_text
from explorer.reports.text_report import TextOptions, text_report
report = samples._evidence(samples._ledger(), samples._ledger(title="b"))
options = HtmlOptions(made_at=datetime(2026, 3, 1, tzinfo=UTC))
page = html_report([report], CaseHeader("c"), RunFacts(), options)
out = page + document_text([report]).encode()
sys.stdout.buffer.write(out + text_report([report], TextOptions()).encode())
"""


@pytest.mark.slow
def test_same_bytes_under_other_seed_zone_and_locale() -> None:
    samples = Path(__file__).with_name("conftest.py")
    answers = []
    for seed, zone, locale in (
        ("1", "UTC", "C"),
        ("2", "Asia/Shanghai", "de_DE.UTF-8"),
    ):
        settings = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        run = subprocess.run(
            [sys.executable, "-c", _SCRIPT, str(samples)],
            env={**os.environ, **settings},
            capture_output=True,
            check=True,
            cwd=Path(__file__).parents[2],
        )
        answers.append(run.stdout)
    assert answers[0] == answers[1]
    assert len(answers[0]) > 10_000
