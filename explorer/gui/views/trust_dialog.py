"""Choosing what to trust: found here with full fingerprints, files, a hash, a copy.

Section 16 of the design ("A Trust panel"). Ticking says "I compared this fingerprint
with …": the origin is part of the anchor, and the verdict repeats it.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from explorer.core.errors import TrustError
from explorer.core.text import printable
from explorer.crypto.trust import AnchorKind, AnchorOrigin, TrustStore
from explorer.gui.design.controls import (
    Button,
    ButtonKind,
    Card,
    EditState,
    Hairline,
    Label,
    LineEdit,
    SectionHeader,
)
from explorer.gui.design.icons import Icon, IconView
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import SPACE_M, SPACE_S, Role, Token
from explorer.gui.messages import Failure
from explorer.gui.translations import sentence, translate
from explorer.gui.viewmodels.case import CaseModel
from explorer.gui.viewmodels.overview import origin_text
from explorer.gui.viewmodels.trust import (
    FoundAuthority,
    TrustLine,
    TrustModel,
    found_authorities,
    read_trust,
)
from explorer.gui.viewmodels.wording import groups_of_four
from explorer.gui.views.choices import CheckBox, ComboBox
from explorer.gui.views.lines import clear_layout
from explorer.session.options import VerifyOptions

_ORIGINS = (
    AnchorOrigin.UNSTATED,
    AnchorOrigin.PUBLISHED,
    AnchorOrigin.FROM_PARTY,
    AnchorOrigin.SAME_SENDER,
    AnchorOrigin.INSIDE_EVIDENCE,
)


class OriginBox(ComboBox):
    """Where the comparison value comes from."""

    def __init__(self, theme: Theme) -> None:
        """Offer all origins; nothing is stated at first."""
        super().__init__(theme)
        self.setAccessibleName(translate("Trust", "Where it comes from"))
        words = {
            AnchorOrigin.UNSTATED: translate("Trust", "I trust this because…"),
            AnchorOrigin.PUBLISHED: translate(
                "Trust", "it is published, and I compared"
            ),
            AnchorOrigin.FROM_PARTY: translate(
                "Trust", "the party itself gave it to me"
            ),
            AnchorOrigin.SAME_SENDER: translate(
                "Trust", "it came from the sender of this file"
            ),
            AnchorOrigin.INSIDE_EVIDENCE: translate(
                "Trust", "it stands in this file (shows nothing new)"
            ),
        }
        for origin in _ORIGINS:
            self.addItem(words[origin], origin)

    def origin(self) -> AnchorOrigin:
        """Return the chosen origin."""
        return AnchorOrigin(self.currentData())

    def choose(self, origin: AnchorOrigin) -> None:
        """Choose an origin."""
        self.setCurrentIndex(_ORIGINS.index(origin))


class FoundRow(QWidget):
    """An authority that the evidence names, to be ticked."""

    def __init__(self, theme: Theme, found: FoundAuthority, model: TrustModel) -> None:
        """Show ``found``; ticking changes ``model``."""
        super().__init__()
        self._found, self._model = found, model
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.whole_px(8), 0, theme.whole_px(8))
        layout.setSpacing(theme.whole_px(4))
        name = printable(found.organisation or found.label, 80)
        self.tick = CheckBox(theme, name)
        self.tick.setChecked(model.is_trusted(found))
        self.origin = OriginBox(theme)
        self.origin.choose(model.origin_of(found))
        head = QHBoxLayout()
        head.addWidget(self.tick, 1)
        head.addWidget(self.origin)
        layout.addLayout(head)
        kind = (
            translate("Trust", "certificate authority")
            if found.kind is AnchorKind.CA
            else translate("Trust", "single key")
        )
        second = f"{kind} · {printable(found.label, 160)}"
        layout.addWidget(Label(theme, second, Role.SMALL, Token.INK3, wrap=True))
        hexes = groups_of_four(found.fingerprint, 8)
        layout.addWidget(Label(theme, hexes, Role.MONO, selectable=True))
        self.tick.toggled.connect(self._apply)
        self.origin.currentIndexChanged.connect(self._apply_origin)

    def _apply(self, _: object = None) -> None:
        if self.tick.isChecked():
            self._model.trust(self._found, self.origin.origin())
        else:
            self._model.distrust(self._found)

    def _apply_origin(self, _: object = None) -> None:
        if self.tick.isChecked():
            self._apply()


class TrustDialog(QDialog):
    """Edits a ``TrustModel`` and hands its options back."""

    judge_wanted = Signal(object)
    """``VerifyOptions``: judge again with these."""

    def __init__(self, theme: Theme, case: CaseModel, parent: QWidget) -> None:
        """Begin with what the case was judged with."""
        super().__init__(parent)
        self._theme, self._case = theme, case
        options = case.options
        if options is None:
            options = VerifyOptions(TrustStore())
        self.model = TrustModel(options, self)
        self.setWindowTitle(translate("Trust", "What you trust"))
        self.resize(theme.whole_px(860), theme.whole_px(720))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._contents())
        outer.addWidget(scroll, 1)
        outer.addWidget(Hairline(theme))
        outer.addLayout(self._foot())
        self.model.changed.connect(self._show_chosen)
        self._show_chosen()
        self._ask_found()

    # -- parts ----------------------------------------------------------------------

    def _contents(self) -> QWidget:
        theme = self._theme
        widget = QWidget()
        layout = QVBoxLayout(widget)
        side = theme.whole_px(24)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(theme.whole_px(SPACE_M))
        title = translate("Trust", "What do you trust, and why?")
        layout.addWidget(Label(theme, title, Role.HEADLINE, wrap=True))
        lead = translate(
            "Trust",
            "Certificates and keys say who signed; a hash or a copy from elsewhere "
            "says what existed. An anchor is only as independent as the way it came "
            "to you.",
        )
        layout.addWidget(Label(theme, lead, Role.BODY, Token.INK2, wrap=True))
        layout.addWidget(self._chosen_card())
        layout.addWidget(self._found_card())
        layout.addWidget(self._files_card())
        layout.addWidget(self._hash_card())
        layout.addStretch(1)
        return widget

    def _chosen_card(self) -> Card:
        card = Card(self._theme)
        card.body.addWidget(SectionHeader(self._theme, translate("Trust", "Chosen")))
        self._chosen = QVBoxLayout()
        self._chosen.setSpacing(self._theme.whole_px(2))
        card.body.addLayout(self._chosen)
        return card

    def _found_card(self) -> Card:
        theme, card = self._theme, Card(self._theme)
        note = translate("Trust", "compare each fingerprint with one from elsewhere")
        title = translate("Trust", "Found in this evidence")
        card.body.addWidget(SectionHeader(theme, title, note))
        self._found = QVBoxLayout()
        self._found.setSpacing(0)
        self._found.addWidget(self._quiet(translate("Trust", "Looking…")))
        card.body.addLayout(self._found)
        return card

    def _files_card(self) -> Card:
        theme, card = self._theme, Card(self._theme)
        title = translate("Trust", "From a file, a folder or another copy")
        card.body.addWidget(SectionHeader(theme, title))
        self._file_origin = OriginBox(theme)
        self._said = self._quiet("")
        row = QHBoxLayout()
        row.setSpacing(theme.whole_px(SPACE_S))
        for words, slot in (
            (translate("Trust", "Add file…"), self._add_file),
            (translate("Trust", "Add folder…"), self._add_folder),
            (translate("Trust", "Add a copy of the ledger…"), self._add_copy),
        ):
            button = Button(theme, words)
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._file_origin)
        card.body.addLayout(row)
        card.body.addWidget(self._said)
        return card

    def _hash_card(self) -> Card:
        theme, card = self._theme, Card(self._theme)
        title = translate("Trust", "A hash that was printed or said")
        card.body.addWidget(SectionHeader(theme, title))
        self._height = LineEdit(theme, translate("Trust", "Height"))
        self._height.setMaximumWidth(theme.whole_px(120))
        self._hash = LineEdit(
            theme, translate("Trust", "Hash of the block in hex"), mono=True
        )
        self._hash_origin = OriginBox(theme)
        add = Button(theme, translate("Trust", "Add"))
        add.clicked.connect(self._add_hash)
        row = QHBoxLayout()
        row.setSpacing(theme.whole_px(SPACE_S))
        row.addWidget(self._height)
        row.addWidget(self._hash, 1)
        row.addWidget(self._hash_origin)
        row.addWidget(add)
        card.body.addLayout(row)
        self._hash_said = self._quiet("")
        card.body.addWidget(self._hash_said)
        return card

    def _foot(self) -> QHBoxLayout:
        theme = self._theme
        row = QHBoxLayout()
        side, low = theme.whole_px(24), theme.whole_px(12)
        row.setContentsMargins(side, low, side, low)
        row.setSpacing(theme.whole_px(SPACE_S))
        close = Button(theme, translate("Trust", "Close"))
        close.clicked.connect(self.reject)
        judge = translate("Trust", "Judge again")
        self._judge = Button(theme, judge, ButtonKind.PRIMARY)
        self._judge.clicked.connect(self.judge_again)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(self._judge)
        return row

    def _quiet(self, text: str) -> Label:
        return Label(self._theme, text, Role.SMALL, Token.INK3, wrap=True)

    # -- what was found ---------------------------------------------------------------

    def _ask_found(self) -> None:
        case, ledger = self._case, self._case.ledger
        report = case.ledger_report()
        parties = report.parties if report is not None else ()
        name = report.format if report is not None else ""
        is_asked = case.query.ask(
            lambda _, shower: found_authorities(shower.files, name, ledger, parties),
            self._show_found,
            owner=self,
            key="found",
            failed=lambda _: self._show_found([]),
        )
        if not is_asked:
            self._show_found([])

    def _show_found(self, found: Sequence[FoundAuthority]) -> None:
        clear_layout(self._found)
        for number, each in enumerate(found):
            if number:
                self._found.addWidget(Hairline(self._theme))
            self._found.addWidget(FoundRow(self._theme, each, self.model))
        if not found:
            words = translate("Trust", "This evidence names no authority and no key.")
            self._found.addWidget(self._quiet(words))

    # -- what is chosen ---------------------------------------------------------------

    def _show_chosen(self) -> None:
        clear_layout(self._chosen)
        lines = self.model.lines()
        for line in lines:
            self._chosen.addWidget(self._chosen_row(line))
        if not lines:
            words = translate(
                "Trust", "Nothing yet: the best verdict is “self-consistent only”."
            )
            self._chosen.addWidget(self._quiet(words))
        self._judge.setEnabled(self.model.is_changed())

    def _chosen_row(self, line: TrustLine) -> QWidget:
        theme = self._theme
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, theme.whole_px(4), 0, theme.whole_px(4))
        row.setSpacing(theme.whole_px(10))
        token = Token.OK if line.is_history else Token.ACCENT
        row.addWidget(IconView(theme, Icon.ANCHOR, 18, token))
        texts = QVBoxLayout()
        texts.setSpacing(theme.whole_px(1))
        texts.addWidget(Label(theme, _title(line), Role.BODY, wrap=True))
        parts = (origin_text(line.origin.value), printable(line.source, 120))
        second = " · ".join(part for part in parts if part)
        texts.addWidget(self._quiet(second))
        row.addLayout(texts, 1)
        remove = Button(theme, translate("Trust", "Remove"), ButtonKind.LINK)
        remove.clicked.connect(lambda: self._remove(line))
        row.addWidget(remove)
        return widget

    def _remove(self, line: TrustLine) -> None:
        self.model.remove(line.key)
        self._ask_found()

    # -- adding -----------------------------------------------------------------------

    def _add_file(self) -> None:
        title = translate("Trust", "Certificates, keys or a trust profile")
        name, _ = QFileDialog.getOpenFileName(self, title)
        if name:
            self.add_path(Path(name))

    def _add_folder(self) -> None:
        title = translate("Trust", "A folder of certificates")
        name = QFileDialog.getExistingDirectory(self, title)
        if name:
            self.add_path(Path(name))

    def _add_copy(self) -> None:
        title = translate("Trust", "Another copy of this ledger")
        name, _ = QFileDialog.getOpenFileName(self, title)
        if name:
            self.model.add_copy(Path(name))

    def add_path(self, path: Path) -> None:
        """Read trust material in the query thread and add it."""
        self._said.set_token(Token.INK3)
        self._said.setText(translate("Trust", "Reading…"))
        self._case.query.run(
            lambda: read_trust(path),
            self._take_store,
            owner=self,
            key="trust-file",
            failed=self._refuse,
        )

    def _take_store(self, store: TrustStore) -> None:
        new = self.model.add_store(store, self._file_origin.origin())
        self._said.set_token(Token.INK3)
        self._said.setText(translate("Trust", "{0} anchors added").format(new))

    def _refuse(self, failure: Failure) -> None:
        self._said.set_token(Token.FAIL)
        problem = printable(failure.problem, 400)
        self._said.setText(f"{problem} {sentence(failure.advice)}")

    def _add_hash(self) -> None:
        ledger = self._case.ledger_report()
        several = self._case.report is not None and len(self._case.report.ledgers) > 1
        title = ledger.title if ledger is not None and several else ""
        try:
            self.model.add_printed_hash(
                self._height.text().strip(),
                self._hash.text(),
                self._hash_origin.origin(),
                title,
            )
        except TrustError as error:
            self._hash.set_state(EditState.WRONG)
            self._hash_said.set_token(Token.FAIL)
            self._hash_said.setText(printable(str(error), 300))
            return
        self._hash.set_state(EditState.PLAIN)
        self._hash_said.setText("")
        self._hash.clear()

    def judge_again(self) -> None:
        """Hand the options back and close."""
        self.judge_wanted.emit(self.model.options())
        self.accept()


def _title(line: TrustLine) -> str:
    if line.is_history:
        return translate("Trust", "Block {0} = {1}").format(
            line.title, line.fingerprint
        )
    if not line.fingerprint:
        return translate("Trust", "Copy: {0}").format(printable(line.title, 80))
    return f"{printable(line.title, 80)}  {line.fingerprint[:32]}…"
