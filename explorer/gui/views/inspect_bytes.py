"""The bytes of the block with what lies on them, and how the selected ones read.

Spans of the claim explained and of the field selected are lit and named; a click on a
byte tells it. Beside the bytes stands the inspector: the place, hex, base64, numbers
and text, who checks these bytes and what covers them.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.gui.canvases.byte_spans import (
    MAX_INSPECTED_BYTES,
    ByteRange,
    InspectedValue,
    LitSpan,
    SpanKind,
    inspected_values,
)
from explorer.gui.canvases.hex_view import BytesPane
from explorer.gui.design.controls import Label
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import SPACE_M, Role, Token
from explorer.gui.translations import translate
from explorer.gui.viewmodels.evidence_bytes import EvidenceBytes
from explorer.gui.viewmodels.field_words import our_name
from explorer.gui.viewmodels.fields import name_text
from explorer.gui.viewmodels.inspect import ClaimLine
from explorer.model.ledgers import Field
from explorer.session.explaining import Explanation

INSPECTOR_PX = 190
MAX_LISTED_CLAIMS = 4

_MONO = frozenset({"offset", "hex", "base64"})
_NUMBER_BYTES = {"u8": 1, "u16": 2, "u32": 4, "u64": 8}


class Inspector(QWidget):
    """How the selected bytes read, and who checks them."""

    def __init__(self, theme: Theme) -> None:
        """Show nothing yet."""
        super().__init__()
        self._theme = theme
        self._layout = QVBoxLayout(self)
        margin = theme.whole_px(SPACE_M)
        self._layout.setContentsMargins(margin, theme.whole_px(8), margin, margin)
        self._layout.setSpacing(theme.whole_px(1))
        self._layout.addStretch(1)
        self._made: list[Label] = []
        self.setAccessibleName(translate("Inspect", "Selected bytes"))

    def show_bytes(
        self, name: str, span: ByteSpan, data: bytes, claims: Sequence[ClaimLine]
    ) -> None:
        """Show how ``data``, which stands at ``span``, reads."""
        self._clear()
        size = span.size_bytes
        self._add(translate("Inspect", "selected"), name, Role.SMALL_STRONG)
        for each in inspected_values(data, span.start):
            if _is_wanted(each, size):
                mono = each.name in _MONO
                role = Role.MONO_SMALL if mono else Role.SMALL
                self._add(reading_word(each.name), each.text, role)
        own = [each.title for each in claims if each.declared_place() == span]
        around = [each.title for each in claims if each.declared_place() != span]
        self._add_claims(translate("Inspect", "declared value of"), own)
        self._add_claims(translate("Inspect", "covered by"), around)
        if not claims:
            words = translate("Inspect", "no hash or signature here")
            self._add(translate("Inspect", "covered by"), words, Role.SMALL)

    def _add_claims(self, head: str, titles: Sequence[str]) -> None:
        shown = list(dict.fromkeys(titles))[:MAX_LISTED_CLAIMS]
        if shown:
            self._add(head, "\n".join(shown), Role.SMALL)

    def _add(self, head: str, text: str, role: Role) -> None:
        for part, font, token in (
            (head, Role.TINY, Token.INK3),
            (text, role, Token.INK),
        ):
            label = Label(
                self._theme, breakable(part), font, token, wrap=True, selectable=True
            )
            self._layout.insertWidget(self._layout.count() - 1, label)
            self._made.append(label)
        self._made[-1].setContentsMargins(0, 0, 0, self._theme.whole_px(5))

    def _clear(self) -> None:
        for label in self._made:
            self._layout.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._made = []


def _is_wanted(value: InspectedValue, size: int) -> bool:
    """Leave out numbers of another length, and what stands there already."""
    length = _NUMBER_BYTES.get(value.name.partition("-")[0])
    is_short = value.name != "base64" or size <= MAX_INSPECTED_BYTES
    return value.name != "size" and is_short and length in {None, size}


def breakable(text: str) -> str:
    """Return a long run without spaces so that a label can break it every 20 signs."""
    words = [
        "\n".join(word[at : at + 20] for at in range(0, len(word), 20)) or word
        for word in text.split(" ")
    ]
    return " ".join(words)


def reading_word(name: str) -> str:
    """Return the word for one way to read bytes."""
    words = {
        "offset": translate("Inspect", "offset"),
        "hex": translate("Inspect", "hex"),
        "utf-8": translate("Inspect", "text (UTF-8)"),
        "u8": translate("Inspect", "number"),
        "u16-be": translate("Inspect", "number, first byte highest"),
        "u32-be": translate("Inspect", "number, first byte highest"),
        "u64-be": translate("Inspect", "number, first byte highest"),
        "u16-le": translate("Inspect", "number, first byte lowest"),
        "u32-le": translate("Inspect", "number, first byte lowest"),
        "u64-le": translate("Inspect", "number, first byte lowest"),
    }
    return words.get(name, name)


class BytesPanel(QWidget):
    """Bytes at the left, inspector at the right."""

    byte_chosen = Signal(object)
    """(source, offset) of the byte that the user chose."""

    def __init__(self, theme: Theme, feed: EvidenceBytes) -> None:
        """Show the bytes that ``feed`` reads."""
        super().__init__()
        self._feed = feed
        self._source = -1
        self._size_bytes = 0
        self._is_following = False
        self.pane = BytesPane(theme)
        self.inspector = Inspector(theme)
        scroll = QScrollArea()
        scroll.setWidget(self.inspector)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFixedWidth(theme.whole_px(INSPECTOR_PX))
        scroll.setObjectName("inspector")
        scroll.setStyleSheet(
            f"#inspector{{background:{theme.hex(Token.SURFACE)};"
            f"border-left:1px solid {theme.hex(Token.HAIR)}}}"
        )
        scroll.viewport().setAutoFillBackground(False)
        self.inspector.setAutoFillBackground(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.whole_px(6), 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.pane, 1)
        row.addWidget(scroll)
        self.pane.offset_selected.connect(self._choose)
        feed.arrived.connect(self.pane.refresh)

    def show_file(self, source: int, size_bytes: int) -> None:
        """Show a file of the evidence, if it is another one."""
        if (source, size_bytes) != (self._source, self._size_bytes):
            self._source, self._size_bytes = source, size_bytes
            self._feed.use(source, size_bytes)
            self.pane.show_source(size_bytes, self._feed.read)

    def light(self, selected: ByteSpan | None, linked: Sequence[LitSpan]) -> None:
        """Light the bytes selected and those that belong to them."""
        self._is_following = True
        self.pane.set_spans(tuple(linked))
        if selected is None or selected.source != self._source:
            self.pane.select(None)
        else:
            self.pane.select(ByteRange(selected.start, selected.end))
        self._is_following = False

    def go_to(self, offset: int) -> None:
        """Bring an offset into view."""
        self.pane.go_to(offset)

    def _choose(self, offset: int) -> None:
        if not self._is_following:
            self.byte_chosen.emit((self._source, offset))


def lit_spans(
    explanation: Explanation | None,
    line: ClaimLine | None,
    field: Field | None,
    source: int,
) -> tuple[LitSpan, ...]:
    """Return what is lit in one file, named: what is explained, and the field.

    A field is the loudest; the parts of the hash come next, then where it is declared.
    """
    found: list[LitSpan] = []
    for part in () if explanation is None else explanation.parts:
        name = our_name(part.name)
        found += _lit(part.place, SpanKind.LINKED, name, source)
    if line is not None:
        if not found:
            covered = translate("Inspect", "covered")
            found += _lit(line.shown.claim.place, SpanKind.LINKED, covered, source)
        declared = line.declared_place()
        if declared is not None:
            name = translate("Inspect", "declared value")
            found += _lit(declared, SpanKind.CONTEXT, name, source)
    if field is not None:
        name = name_text(field)
        chosen = _lit(field.span, SpanKind.SELECTED, name, source)
        places = {(each.start, each.end) for each in chosen}
        found = [each for each in found if (each.start, each.end) not in places]
        found += chosen
    return tuple(found)


def _lit(
    place: ByteSpan | Absent, kind: SpanKind, name: str, source: int
) -> list[LitSpan]:
    if isinstance(place, Absent) or place.source != source:
        return []
    return [LitSpan(place.start, place.end, kind, name)]
