"""Writes the path traced to a file: DOT, GraphML, PROV-JSON, or the picture.

Pictures keep the line styles and carry a footer of evidence digest, entries and time
(design, section 13). The evidence itself is never written to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
from PySide6.QtGui import QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator

from explorer.core.errors import ExplorerError
from explorer.core.text import printable
from explorer.gui.canvases.provenance_surface import GraphSurface
from explorer.gui.translations import translate
from explorer.model.verdicts import EvidenceReport
from explorer.provenance.trace import Trace
from explorer.reports.graph_files import to_dot, to_graphml, to_prov_json

MAX_PLACES = 40
"""Entries named in a footer; the others are counted."""


class ExportForm(StrEnum):
    """Kinds of files; the value is the ending."""

    DOT = "dot"
    GRAPHML = "graphml"
    PROV_JSON = "json"
    PNG = "png"
    SVG = "svg"


_WRITERS = {
    ExportForm.DOT: to_dot,
    ExportForm.GRAPHML: to_graphml,
    ExportForm.PROV_JSON: to_prov_json,
}


@dataclass(frozen=True, slots=True)
class Exported:
    """What is exported."""

    trace: Trace
    report: EvidenceReport | None
    is_fictional: bool
    made_at: datetime


def form_words() -> dict[ExportForm, str]:
    """Return the name of each form."""
    return {
        ExportForm.DOT: translate("Provenance", "Graphviz graph (DOT)"),
        ExportForm.GRAPHML: translate("Provenance", "GraphML"),
        ExportForm.PROV_JSON: translate("Provenance", "W3C PROV (PROV-JSON)"),
        ExportForm.PNG: translate("Provenance", "Picture (PNG)"),
        ExportForm.SVG: translate("Provenance", "Drawing (SVG)"),
    }


def write_export(
    path: Path, form: ExportForm, exported: Exported, surface: GraphSurface
) -> None:
    """Write the path to a file.

    Raises:
        ExplorerError: If the file is part of the evidence, or cannot be written.
    """
    if is_evidence(path, exported.report):
        raise ExplorerError("this file is part of the evidence; choose another name")
    data = export_bytes(form, exported, surface)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise ExplorerError(f"{path} cannot be written: {error.strerror}") from error


def is_evidence(path: Path, report: EvidenceReport | None) -> bool:
    """Return whether a file is one of those that were verified."""
    if report is None:
        return False
    wanted = path.resolve()
    return any(Path(each.source.path).resolve() == wanted for each in report.sources)


def export_bytes(form: ExportForm, exported: Exported, surface: GraphSurface) -> bytes:
    """Return the file's content."""
    writer = _WRITERS.get(form)
    if writer is not None:
        text = writer(exported.trace, is_fictional=exported.is_fictional)
        return text.encode()
    footer = footer_text(exported)
    return _svg(surface, footer) if form is ExportForm.SVG else _png(surface, footer)


def footer_text(exported: Exported) -> str:
    """Return the line at the foot of a picture."""
    words = [printable(exported.trace.item, 80)]
    if exported.report is not None and exported.report.sources:
        first, rest = exported.report.sources[0], len(exported.report.sources) - 1
        name = printable(Path(first.source.path).name, 40)
        more = f" (+{rest})" if rest else ""
        words.append(f"{name}{more} SHA-256 {first.sha256}")
    words.append(_places(exported.trace))
    words.append(f"{exported.made_at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC")
    if exported.is_fictional:
        words.append(translate("Provenance", "fictional demonstration data"))
    return " · ".join(each for each in words if each)


def _places(trace: Trace) -> str:
    places = list(dict.fromkeys(f"{hop.block}:{hop.entry}" for hop in trace.hops))
    if not places:
        return ""
    shown = ", ".join(places[:MAX_PLACES])
    rest = len(places) - MAX_PLACES
    more = f" (+{rest})" if rest > 0 else ""
    return translate("Provenance", "entries {0}").format(shown + more)


def _png(surface: GraphSurface, footer: str) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    writer.write(surface.export_image(footer))
    return _taken(buffer.data())


def _svg(surface: GraphSurface, footer: str) -> bytes:
    buffer = QBuffer()
    size = surface.export_size()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size.toSize())
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    painter = QPainter(generator)
    surface.paint_to(painter, size, footer)
    painter.end()
    return _taken(buffer.data())


def _taken(data: QByteArray) -> bytes:
    return bytes(data.data())


def suggested_name(trace: Trace, forms: Sequence[str] = ()) -> str:
    """Return a file name made of the item's short name, safe on every system."""
    label = next((each.label for each in trace.things if each.is_item), "") or "trace"
    safe = "".join(each if each.isalnum() else "-" for each in label)[:40].strip("-")
    return ".".join([safe or "trace", *forms])
