"""The words of the evidence bar and of the status line."""

from pathlib import Path

from explorer.core.text import printable
from explorer.gui.translations import translate
from explorer.gui.viewmodels.case import CaseModel, Phase
from explorer.gui.viewmodels.wording import (
    counted,
    duration_text,
    short_hash,
    size_text,
    unit_text,
)


def evidence_name(case: CaseModel) -> str:
    """Return what the open ledger calls itself, or the name of its file."""
    ledger = case.ledger_report()
    if ledger is not None and ledger.title:
        return printable(ledger.title, 60)
    return printable(case.paths[0].name, 60) if case.paths else ""


def evidence_facts(case: CaseModel) -> str:
    """Return file name, size and digest, as far as they are known."""
    if not case.paths:
        return ""
    names = [printable(path.name, 60) for path in case.paths]
    parts = [" + ".join(names[:2]) + ("…" if len(names) > 2 else "")]
    sources = case.report.sources if case.report is not None else ()
    if sources:
        parts.append(size_text(sum(each.source.size_bytes for each in sources)))
    if len(sources) == 1:
        name = printable(Path(sources[0].source.path).name, 60)
        parts[0] = name
        parts.append(f"SHA-256 {short_hash(sources[0].sha256)}")
    elif sources:
        parts.append(
            counted(
                len(sources),
                translate("Bars", "1 file"),
                translate("Bars", "{0} files"),
            )
        )
    return "·  " + " · ".join(parts)


def status_text(case: CaseModel) -> str:
    """Return the words of the status line."""
    words = {
        Phase.EMPTY: translate("Bars", "Ready  ·  No evidence open"),
        Phase.STOPPED: translate("Bars", "Stopped; what was read can be looked at"),
        Phase.BROKEN: translate("Bars", "The check could not be finished"),
    }
    if case.phase is Phase.CHECKING:
        return _checking_text(case)
    return words.get(case.phase) or _done_text(case)


def _checking_text(case: CaseModel) -> str:
    progress = case.progress
    if progress is None or not progress.total_bytes:
        return translate("Bars", "Reading…")
    share = 100 * progress.done_bytes // progress.total_bytes
    return translate("Bars", "Checking: {0} %  ·  {1} of {2}").format(
        share, size_text(progress.done_bytes), size_text(progress.total_bytes)
    )


def _done_text(case: CaseModel) -> str:
    report, ledger = case.report, case.ledger_report()
    if report is None or ledger is None:
        return translate("Bars", "Nothing could be read")
    anchors = len(ledger.anchors)
    blocks = counted(
        ledger.blocks, translate("Bars", "1 block"), translate("Bars", "{0} blocks")
    )
    parts = (
        *([blocks] if ledger.blocks or not ledger.entries else []),
        unit_text(ledger.entry_unit, ledger.entries),
        translate("Bars", "Trust: {0}").format(
            translate("Bars", "nothing chosen")
            if not anchors
            else counted(
                anchors,
                translate("Bars", "1 anchor chosen by you"),
                translate("Bars", "{0} anchors chosen by you"),
            )
        ),
        translate("Bars", "Checked in {0}").format(duration_text(report.took_s)),
    )
    return "  ·  ".join(parts)
