"""Writes the claim sheet to a file: HTML, PDF, the pictures of the journey.

Pictures keep the line styles and carry a footer of evidence digest, entries and time
(design, section 13). The evidence itself is never written to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMarginsF,
    QRectF,
    QSize,
    QSizeF,
)
from PySide6.QtGui import (
    QImage,
    QImageWriter,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)
from PySide6.QtSvg import QSvgGenerator

from explorer.core.errors import ExplorerError
from explorer.core.text import printable
from explorer.gui.canvases.journey_map import JourneyMap, paint_journey
from explorer.gui.canvases.time_ties import HEIGHT, TimeTies, paint_ties
from explorer.gui.design.painting import TextStyle, draw_paragraph
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import Role, Token
from explorer.gui.translations import current_language, translate
from explorer.gui.views.provenance_export import is_evidence
from explorer.model.claim_sheets import ClaimSheet
from explorer.model.verdicts import EvidenceReport
from explorer.reports.claim_html import claim_body, claim_page
from explorer.reports.claim_words import place_text, word
from explorer.reports.page import Html, ours, tag
from explorer.session.wording import translations_for

MAX_PLACES = 40
"""Entries named in a footer; the others are counted."""

_PICTURE = QSize(1200, 700)
_FOOTER = 54
_PAPER_STYLE = (
    "body{font-size:9pt} h1{font-size:17pt} h2{font-size:13pt} h3{font-size:11pt} "
    "h4{font-size:9pt} td,th{font-size:8pt;padding:3px 5px} .mono,code,pre"
    "{font-size:7pt} .quiet{color:#686359} .fiction{color:#785300} "
    "table{border-collapse:collapse} th{text-align:left;border-bottom:1px solid "
    "#8A8479} td{border-bottom:1px solid #E0DBD1}"
)


class SheetForm(StrEnum):
    """Kinds of files; the value is the ending."""

    PDF = "pdf"
    HTML = "html"
    PNG = "png"
    SVG = "svg"


@dataclass(frozen=True, slots=True)
class SheetExport:
    """What is written."""

    sheet: ClaimSheet
    report: EvidenceReport | None
    replies: Mapping[int, str]
    made_at: datetime


def form_words() -> dict[SheetForm, str]:
    """Return the name of each form."""
    return {
        SheetForm.PDF: translate("Claim", "Claim sheet (PDF)"),
        SheetForm.HTML: translate("Claim", "Claim sheet (HTML)"),
        SheetForm.PNG: translate("Claim", "Map and time line (PNG)"),
        SheetForm.SVG: translate("Claim", "Map and time line (SVG)"),
    }


def write_sheet(
    path: Path,
    form: SheetForm,
    exported: SheetExport,
    journey: JourneyMap,
    line: TimeTies,
) -> None:
    """Write the sheet or its pictures to a file.

    Raises:
        ExplorerError: If the file is part of the evidence, or cannot be written.
    """
    if is_evidence(path, exported.report):
        raise ExplorerError("this file is part of the evidence; choose another name")
    data = sheet_bytes(form, exported, journey, line)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise ExplorerError(f"{path} cannot be written: {error.strerror}") from error


def sheet_bytes(
    form: SheetForm, exported: SheetExport, journey: JourneyMap, line: TimeTies
) -> bytes:
    """Return the file's content."""
    language = current_language()
    if form is SheetForm.HTML:
        return claim_page(
            exported.sheet,
            language,
            exported.made_at,
            exported.replies,
            translations_for(language),
        )
    if form is SheetForm.PDF:
        return _pdf(exported, journey.theme)
    picture = _Picture(exported, journey, line)
    return picture.svg() if form is SheetForm.SVG else picture.png()


def footer_text(exported: SheetExport) -> str:
    """Return the lines at the foot of a picture or page."""
    sheet = exported.sheet
    words = [printable(sheet.item or sheet.asked, 120)]
    if sheet.evidence_digest:
        words.append(f"SHA-256 {sheet.evidence_digest}")
    places = [place_text(each.place.block, each.place.entry) for each in sheet.sources]
    if places:
        rest = len(places) - MAX_PLACES
        more = f" (+{rest})" if rest > 0 else ""
        shown = ", ".join(places[:MAX_PLACES]) + more
        words.append(f"{word('entries', current_language())} {shown}")
    words.append(f"{exported.made_at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC")
    if sheet.is_fictional:
        words.append(word("fiction", current_language()))
    return " · ".join(each for each in words if each)


def _pdf(exported: SheetExport, theme: Theme) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(word("title", current_language()))
    writer.setCreator("Provenance Explorer")
    margins = QMarginsF(2, 2, 2, 2)  # the document adds two centimetres
    layout = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        QPageLayout.Orientation.Portrait,
        margins,
        QPageLayout.Unit.Millimeter,
    )
    writer.setPageLayout(layout)
    document = QTextDocument()
    font = theme.font(Role.BODY)
    font.setPointSizeF(9)
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(_PAPER_STYLE)
    language = current_language()
    body = claim_body(
        exported.sheet,
        language,
        exported.made_at,
        exported.replies,
        translations_for(language),
    )
    body = Html(body.replace("<table", "<table width='100%' cellspacing='0'"))
    foot = tag("p", ours(footer_text(exported)), cls="quiet")
    document.setHtml(f"<html><body>{body}{foot}</body></html>")
    document.print_(writer)
    return _taken(buffer.data())


class _Picture:
    """Map above, time line below, footer last."""

    def __init__(
        self, exported: SheetExport, journey: JourneyMap, line: TimeTies
    ) -> None:
        self._footer = footer_text(exported)
        self._map, self._line = journey, line
        self._theme = journey.theme
        theme = self._theme
        self._foot = theme.whole_px(_FOOTER)
        high = _PICTURE.height() + theme.whole_px(HEIGHT) + self._foot
        self.size = QSize(_PICTURE.width(), high)

    def paint(self, painter: QPainter) -> None:
        theme, width = self._theme, float(self.size.width())
        room = QRectF(0, 0, width, self.size.height())
        painter.fillRect(room, theme.color(Token.SURFACE))
        view = self._map.view().resized(width, float(_PICTURE.height()))
        paint_journey(painter, theme, self._map.picture, self._map.paths, view)
        painter.save()
        painter.translate(theme.px(12), _PICTURE.height())
        paint_ties(painter, theme, self._line.ties, width - theme.px(24))
        painter.restore()
        foot = room.adjusted(12, room.height() - self._foot + 4, -12, -4)
        style = TextStyle(Role.TINY, Token.INK2)
        draw_paragraph(painter, theme, foot, self._footer, style)

    def png(self) -> bytes:
        image = QImage(self.size * 2, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(2)
        painter = QPainter(image)
        self.paint(painter)
        painter.end()
        image.setText("Footer", self._footer)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(image)
        return _taken(buffer.data())

    def svg(self) -> bytes:
        buffer = QBuffer()
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(self.size)
        generator.setViewBox(
            QRectF(0, 0, QSizeF(self.size).width(), self.size.height())
        )
        painter = QPainter(generator)
        self.paint(painter)
        painter.end()
        return _taken(buffer.data())


def _taken(data: QByteArray) -> bytes:
    return bytes(data.data())
