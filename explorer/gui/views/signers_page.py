"""Who signs, with which keys, and who authored what."""

from PySide6.QtCore import (
    QIdentityProxyModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from explorer.gui.design.controls import Button, ButtonKind, Card, Label, SectionHeader
from explorer.gui.design.marks import Mark
from explorer.gui.design.tables import CellRole, TableView
from explorer.gui.design.tokens import (
    HEIGHT_HEADER,
    HEIGHT_ROW,
    SPACE_L,
    SPACE_XXL,
    Role,
    Token,
)
from explorer.gui.translations import translate
from explorer.gui.viewmodels.case import CaseModel
from explorer.gui.viewmodels.signers import (
    SignersData,
    SignersModel,
    anchored_sentence,
    headline,
    signers_data,
)
from explorer.gui.viewmodels.wording import groups_of_four
from explorer.gui.views.author_dots import AuthorDots
from explorer.gui.views.page import Page

_AnyIndex = QModelIndex | QPersistentModelIndex
_FINGERPRINT, _CHOSEN = 3, 5
_MOST_ROWS = 14
"""Rows that the table shows before it scrolls."""


class _SignerCells(QIdentityProxyModel):
    """Adds to the model how its cells are painted."""

    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the model's text, or type and mark."""
        column = index.column()
        if role == CellRole.TYPE:
            mono = column == _FINGERPRINT
            return Role.MONO_SMALL if mono else Role.STRONG if not column else Role.BODY
        if role == CellRole.MARK and column == _CHOSEN:
            return Mark.ATTRIBUTED if super().data(index) else None
        if role == Qt.ItemDataRole.ToolTipRole and column == _FINGERPRINT:
            return groups_of_four(str(super().data(index)), 8)
        return super().data(index, role)


class SignersPage(Page):
    """Parties, keys and what they did."""

    trust_wanted = Signal()

    def title(self) -> str:
        """Return the name of the page."""
        return translate("Signers", "Signers")

    def show_case(self, case: CaseModel) -> None:
        """Build the page over ``case`` and follow it."""
        theme = self.theme
        self._case = case
        self._headline = Label(theme, "", Role.HEADLINE, wrap=True)
        self._lead = Label(theme, "", Role.BODY, Token.INK2, wrap=True)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QWidget()
        layout = QVBoxLayout(column)
        side, top = theme.whole_px(SPACE_XXL), theme.whole_px(20)
        layout.setContentsMargins(side, top, side, top)
        layout.setSpacing(theme.whole_px(SPACE_L))
        layout.addLayout(self._head())
        layout.addWidget(self._dots_card())
        layout.addWidget(self._table_card())
        layout.addStretch(1)
        scroll.setWidget(column)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        case.report_changed.connect(self._refresh)
        case.ledger_changed.connect(self._refresh)
        self._refresh()

    def _head(self) -> QHBoxLayout:
        theme = self.theme
        row = QHBoxLayout()
        texts = QVBoxLayout()
        texts.setSpacing(theme.whole_px(2))
        texts.addWidget(self._headline)
        texts.addWidget(self._lead)
        row.addLayout(texts, 1)
        trust = Button(theme, translate("Signers", "Choose what you trust…"))
        trust.clicked.connect(self.trust_wanted)
        row.addWidget(trust)
        return row

    def _dots_card(self) -> Card:
        theme = self.theme
        self._dots_frame = Card(theme)
        note = translate(
            "Signers",
            "entries by author and kind; the area of a dot is their number, a ring "
            "means only refused ones",
        )
        head = SectionHeader(theme, translate("Signers", "Who did what"), note)
        self._dots = AuthorDots(theme)
        self._dots_frame.body.addWidget(head)
        self._dots_frame.body.addWidget(self._dots)
        return self._dots_frame

    def _table_card(self) -> Card:
        theme = self.theme
        card = Card(theme)
        head = SectionHeader(theme, translate("Signers", "Keys and certificates"))
        copy = Button(
            theme, translate("Signers", "Copy the fingerprint"), ButtonKind.LINK
        )
        copy.clicked.connect(self._copy_fingerprint)
        head.add_action(copy)
        self._model = SignersModel(self)
        cells = _SignerCells(self)
        cells.setSourceModel(self._model)
        self._table = TableView(theme, HEIGHT_ROW)
        self._table.setModel(cells)
        self._table.set_widths((150, 190, 96, 0, 190, 110))
        self._table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._table.setAccessibleName(translate("Signers", "Keys and certificates"))
        card.body.addWidget(head)
        card.body.addWidget(self._table)
        return card

    def _refresh(self, _: object = None) -> None:
        ledger = self._case.ledger_report()
        if ledger is None:
            waiting = translate(
                "Signers", "Signers are known when the check has ended."
            )
            self._headline.setText(waiting)
            self._show(SignersData((), ()))
            self._headline.setText(waiting)
            self._lead.setText("")
            return
        number, parties = self._case.ledger, ledger.parties
        self._case.query.ask_rows(
            lambda reader: signers_data(reader, number, parties),
            self._show,
            owner=self,
            key="signers",
        )

    def _show(self, data: SignersData) -> None:
        self._headline.setText(headline(data.lines))
        self._lead.setText(anchored_sentence(data.lines) if data.lines else "")
        self._model.show(data.lines)
        self._dots.show_counts(data.authorship)
        self._dots_frame.setVisible(bool(data.authorship))
        rows = min(_MOST_ROWS, max(1, len(data.lines)))
        high = HEIGHT_HEADER + rows * HEIGHT_ROW + 4
        self._table.setFixedHeight(self.theme.whole_px(high))

    def _copy_fingerprint(self) -> None:
        line = self._model.line(self._table.currentIndex().row())
        if line is not None:
            QGuiApplication.clipboard().setText(line.party.fingerprint)
