"""Render every control and canvas to PNG files, to be looked at.

``python -m tests.gui.design.render_gallery OUT`` writes light and dark, English and
Chinese, and one at scale 1.29. Names of firms, ids and hashes are made up.
"""

import argparse
import hashlib
import json
import os
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Qt, QTranslator
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from explorer.core.absent import Absent
from explorer.core.resources import resource
from explorer.crypto.trust import AnchorOrigin
from explorer.gui.canvases.band_states import (
    AnchorTally,
    BandState,
    CheckingShown,
    Figure,
    StoppedShown,
    VerdictShown,
)
from explorer.gui.canvases.byte_spans import ByteRange, LitSpan, SpanKind
from explorer.gui.canvases.chain_strip import ChainStrip
from explorer.gui.canvases.hash_figure import (
    HashFigure,
    HashPart,
    HashPicture,
    PartRole,
)
from explorer.gui.canvases.hex_view import BytesPane
from explorer.gui.canvases.strip_data import BlockStatus, StripBlocks, StripEvent
from explorer.gui.canvases.verdict_band import VerdictBand
from explorer.gui.canvases.verdict_chip import VerdictChip
from explorer.gui.design.controls import (
    Button,
    ButtonKind,
    Card,
    Chip,
    FilterChip,
    Label,
    LineEdit,
    SectionHeader,
)
from explorer.gui.design.fonts import FontFamilies, register_fonts
from explorer.gui.design.grades import GradeKey, grade_help, grade_word
from explorer.gui.design.icons import Icon, IconView
from explorer.gui.design.marks import Mark, MarkView, mark_word
from explorer.gui.design.style import AppStyle
from explorer.gui.design.tables import CellRole, TableView, TreeView
from explorer.gui.design.theme import PROJECTOR_SCALE, Theme
from explorer.gui.design.tokens import DARK, LIGHT, Palette, Role, Token
from explorer.model.statements import FactGrade
from explorer.model.verdicts import Verdict
from explorer.reports.words import Language, verdict_words

CHINESE: dict[str, dict[str, str]] = json.loads(
    Path(__file__).with_name("chinese.json").read_text("utf-8")
)


class ListTranslator(QTranslator):
    """Gives the Chinese of ``chinese.json``."""

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        return False

    def translate(
        self,
        context: str,
        sourceText: str,  # noqa: N803 - the name that Qt gives it
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str | None:
        del disambiguation, n
        return CHINESE.get(context, {}).get(sourceText)


def made_up_strip(blocks: int = 194) -> StripBlocks:
    rng = np.random.default_rng(3)
    entries = np.where(np.arange(blocks) % 60 < 30, 3, 1) + rng.integers(0, 2, blocks)
    refused = np.zeros(blocks, np.uint32)
    refused[[34, 36, 37, 38, 120 % blocks]] = (1, 1, 1, 1, 2)
    counts = np.maximum(entries, refused).astype(np.uint32)
    status = np.full(blocks, BlockStatus.PASSED, np.uint8)
    is_config = np.zeros(blocks, np.bool_)
    is_config[[0, min(158, blocks - 1)]] = True
    return StripBlocks(
        np.arange(blocks, dtype=np.int64), counts, refused, status, is_config
    )


def with_status(blocks: StripBlocks, failed: list[int], front: int) -> StripBlocks:
    status = blocks.status.copy()
    status[failed] = BlockStatus.FAILED
    status[front:] = BlockStatus.UNCHECKED
    return StripBlocks(
        blocks.heights, blocks.entries, blocks.refused, status, blocks.is_config
    )


def made_up_bytes() -> bytes:
    text = '{"机构":"青禾县检测中心","结论":"合格","kg":"1433","报告号":"LAB-0003"}'
    head = bytes.fromhex("0a20") + hashlib.sha256(b"data").digest()
    link = bytes.fromhex("1220") + hashlib.sha256(b"link").digest()
    return head + link + bytes((0x1A, 0x55)) + text.encode() + bytes(range(160))


def band_states(language: Language) -> list[BandState]:
    is_zh = language is Language.ZH
    labels = (
        ("区块", "记录", "签名", "项不通过")
        if is_zh
        else ("blocks", "entries", "signatures", "failed checks")
    )
    numbers = (194, 524, 1836, 0)
    figures = tuple(map(Figure, numbers, labels))
    note = (
        "可向对方索要账本末端的区块哈希，并注明来源。"
        if is_zh
        else "Ask the other side for the hash of the last block, from another source."
    )
    keys = AnchorTally(False, AnchorOrigin.FROM_PARTY, 4)
    history = AnchorTally(True, AnchorOrigin.PUBLISHED, 1)
    ties = {
        Verdict.ANCHORED: (keys, history),
        Verdict.ATTRIBUTED: (AnchorTally(False, AnchorOrigin.SAME_SENDER, 4),),
    }
    shown: list[BandState] = [
        VerdictShown(
            verdict,
            verdict_words(verdict, language),
            figures,
            ties.get(verdict, ()),
            note if verdict in {Verdict.CONSISTENT, Verdict.ATTRIBUTED} else "",
            "pear-trace",
        )
        for verdict in reversed(Verdict)
    ]
    shown.append(CheckingShown(61 << 20, 100 << 20, 9 << 20, 9, 0, 245_501))
    shown.append(
        CheckingShown(61 << 20, 100 << 20, 0, Absent.NOT_IN_EXPORT, 2, 245_501)
    )
    shown.append(StoppedShown(61 << 20, 100 << 20, 1))
    return shown


class Sheet(QWidget):
    """A page that things are put on from top to bottom."""

    def __init__(self, theme: Theme, width: int) -> None:
        super().__init__()
        self.setFixedWidth(theme.whole_px(width))
        self.setAutoFillBackground(True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 24, 24, 24)
        self.column.setSpacing(14)
        self.theme = theme

    def row(self, *widgets: QWidget, stretch: bool = True) -> None:
        row = QHBoxLayout()
        row.setSpacing(14)
        for widget in widgets:
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        if stretch:
            row.addStretch(1)
        self.column.addLayout(row)


def bands_sheet(theme: Theme) -> Sheet:
    sheet = Sheet(theme, 1240)
    chips = []
    for verdict in Verdict:
        chip = VerdictChip(theme)
        chip.show_verdict(verdict)
        chips.append(chip)
    checking = VerdictChip(theme)
    checking.show_checking(0)
    sheet.row(*chips[:4])
    sheet.row(*chips[4:], checking)
    for state in band_states(theme.language):
        band = VerdictBand(theme, state)
        if isinstance(state, VerdictShown) and state.verdict is Verdict.FAILED:
            band.set_actions(Button(theme, "Go to block 20", ButtonKind.PRIMARY))
        sheet.column.addWidget(band)
    return sheet


def strips_sheet(theme: Theme) -> Sheet:
    sheet = Sheet(theme, 1240)
    blocks = made_up_strip()
    hero = ChainStrip(theme)
    hero.show_blocks(blocks)
    hero.set_events((StripEvent(153, "recall RC-1"), StripEvent(158, "configuration")))
    hero.select(42)
    hero.set_range(60, 80)
    tampered = ChainStrip(theme)
    tampered.show_blocks(with_status(made_up_strip(70), [20, 44, 45], 70))
    filling = ChainStrip(theme)
    filling.show_blocks(with_status(made_up_strip(9000), [3000, 3004, 3500], 5400))
    ruler = ChainStrip(theme, compact=True)
    ruler.show_blocks(with_status(made_up_strip(), [20, 90], 140))
    ruler.select(101)
    ruler.set_range(30, 56)
    for strip in (hero, tampered, filling):
        card = Card(theme)
        card.body.addWidget(SectionHeader(theme, "The chain", "one column is a block"))
        card.body.addWidget(strip)
        sheet.column.addWidget(card)
    sheet.column.addWidget(ruler)
    return sheet


def bytes_sheet(theme: Theme) -> Sheet:
    sheet = Sheet(theme, 1240)
    data = made_up_bytes()
    pane = BytesPane(theme)
    pane.setFixedHeight(theme.whole_px(21 * 14 + 8))
    pane.show_source(len(data), lambda offset, length: data[offset : offset + length])
    pane.set_spans(
        (
            LitSpan(2, 34, SpanKind.SELECTED, "data hash"),
            LitSpan(36, 68, SpanKind.LINKED, "previous hash"),
            LitSpan(70, 170, SpanKind.CONTEXT, "entry 0, hashed"),
            LitSpan(131, 132, SpanKind.CHANGED, "differs", "was 33"),
            LitSpan(176, 200, SpanKind.UNCOVERED, "covered by no check"),
        )
    )
    pane.select(ByteRange(72, 78))
    sheet.column.addWidget(pane)
    row = QHBoxLayout()
    for picture in hash_pictures():
        card = Card(theme)
        card.setFixedWidth(theme.whole_px(380))
        figure = HashFigure(theme)
        figure.show_picture(picture)
        card.body.addWidget(figure)
        card.body.addStretch(1)
        row.addWidget(card)
    row.addStretch(1)
    sheet.column.addLayout(row)
    return sheet


def hash_pictures() -> list[HashPicture]:
    good = hashlib.sha256(b"block 30").hexdigest()
    other = good[:9] + "0f" + good[11:40] + "a1" + good[42:]
    parts = (
        HashPart("number", "30", 3),
        HashPart("previous hash", "b0225ff8…2262", 34, PartRole.LINKED),
        HashPart("data hash", "2127e61b…0604", 36, PartRole.CHOSEN),
    )
    many = tuple(HashPart(f"entry {n}", f"e{n}a0…77", 4960) for n in range(40))
    return [
        HashPicture(parts, "SHA-256", 73, good, good, "declared by block 31"),
        HashPicture(many, "SM3", 198_400, other, good, "declared in the header"),
        HashPicture(parts[:1], "SHA-256", 3, good, Absent.NOT_IN_EXPORT, "declared"),
    ]


def language_sheet(theme: Theme) -> Sheet:
    sheet = Sheet(theme, 1240)
    sheet.column.addWidget(Label(theme, "设计语言 The language", Role.DISPLAY))
    marks = [
        each
        for mark in Mark
        for each in (
            MarkView(theme, mark, 18, Token.PAPER),
            Label(theme, mark_word(mark), Role.SMALL),
        )
    ]
    sheet.row(*marks[:12])
    sheet.row(*marks[12:])
    for grade in FactGrade:
        key = GradeKey(theme, grade, Token.PAPER)
        word = Label(theme, grade_word(grade), Role.STRONG)
        sheet.row(key, word, Label(theme, grade_help(grade), Role.SMALL, Token.INK2))
    icons = [IconView(theme, icon, 22) for icon in Icon]
    sheet.row(*icons[:22])
    sheet.row(*icons[22:])
    toggled = FilterChip(theme, "checked", checkable=True)
    toggled.setChecked(True)
    off = Button(theme, "Disabled")
    off.setEnabled(False)
    sheet.row(
        Button(theme, "Trace an item…", ButtonKind.PRIMARY),
        Button(theme, "Report…"),
        Button(theme, "All checks", ButtonKind.LINK),
        Button(theme, icon=Icon.FIT, name="Fit"),
        Button(theme, "Undo", icon=Icon.UNDO),
        off,
        Chip(theme, "a chip"),
        FilterChip(theme, "Refused by the network"),
        FilterChip(theme, "kg", checkable=True),
        toggled,
    )
    edit = LineEdit(theme, "Find a hash, height, id or word", icon=Icon.SEARCH)
    edit.setFixedWidth(theme.whole_px(300))
    mono = LineEdit(theme, "filter", mono=True)
    mono.setText('block >= 28 and lab.result contains "合格"')
    sheet.row(edit, mono, stretch=False)
    sheet.row(_table(theme), _tree(theme), stretch=False)
    return sheet


def _table(theme: Theme) -> TableView:
    digest = "c860a490ab00112233445566778899aabb"
    rows = (
        ("33", Mark.TICK, "inspect", FactGrade.SIGNED),
        ("34", Mark.FAILED, "检测", FactGrade.STATED),
        ("34", Mark.REFUSED, "inspect", FactGrade.ENFORCED),
        ("1 204", Mark.INCONCLUSIVE, "merge", FactGrade.CONTRADICTED),
    )
    model = QStandardItemModel(0, 4)
    model.setHorizontalHeaderLabels(["Block", "What", "Hash", "Grade"])
    for height, mark, what, grade in rows:
        items = [QStandardItem(text) for text in (height, what, digest, "")]
        items[0].setData(mark.value, CellRole.MARK)
        items[1].setData(mark is Mark.REFUSED, CellRole.STRIKE)
        items[2].setData(Role.MONO_SMALL.value, CellRole.TYPE)
        items[3].setData(grade.value, CellRole.GRADE)
        model.appendRow(items)
    view = TableView(theme)
    model.setParent(view)
    view.setModel(model)
    view.set_widths((110, 110, 0, 80))
    view.selectRow(1)
    view.setFixedHeight(theme.whole_px(150))
    return view


def _tree(theme: Theme) -> TreeView:
    model = QStandardItemModel()
    block = QStandardItem("Block 30")
    for name, value in (
        ("number", "30"),
        ("data hash", "2127e61b730215"),
        ("机构", "青禾县检测中心"),
    ):
        block.appendRow([QStandardItem(name), QStandardItem(value)])
    inner = QStandardItem("writes")
    inner.appendRow([QStandardItem("结论"), QStandardItem("合格")])
    block.appendRow([inner, QStandardItem("1")])
    model.appendRow([block, QStandardItem("15 929 bytes")])
    view = TreeView(theme)
    model.setParent(view)
    view.setModel(model)
    view.expand(model.index(0, 0))
    view.setCurrentIndex(block.child(1, 0).index())
    view.setFixedHeight(theme.whole_px(150))
    return view


SHEETS = (language_sheet, bands_sheet, strips_sheet, bytes_sheet)


def render(
    application: QApplication, families: FontFamilies, out: Path, look: "Look"
) -> None:
    translator = ListTranslator()
    if look.language is Language.ZH:
        application.installTranslator(translator)
    theme = Theme(families)
    theme.set_palette(look.palette)
    theme.set_language(look.language)
    theme.set_scale(look.scale)
    owner = AppStyle(application, theme)
    for make in SHEETS:
        sheet = make(theme)
        sheet.column.addStretch(1)
        sheet.show()
        application.processEvents()
        name = f"{look.name}-{make.__name__.removesuffix('_sheet')}.png"
        sheet.grab().save(str(out / name))
        sheet.close()
        sheet.deleteLater()
    application.removeTranslator(translator)
    QObject.deleteLater(owner)


class Look:
    """One way to render."""

    def __init__(self, palette: Palette, language: Language, scale: float) -> None:
        self.palette, self.language, self.scale = palette, language, scale
        size = "" if scale == 1 else "-large"
        self.name = f"{palette.name}-{language.value}{size}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    families = register_fonts(resource("fonts"))
    looks = [Look(each, lang, 1.0) for each in (LIGHT, DARK) for lang in Language]
    looks.append(Look(LIGHT, Language.ZH, PROJECTOR_SCALE))
    for look in looks:
        render(application, families, out, look)


if __name__ == "__main__":
    main()
