"""Parts of the claim page: the code asked about, the two blocks, silences, exhibits."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from explorer.core.absent import Absent
from explorer.core.text import printable
from explorer.gui.design.controls import (
    Button,
    ButtonKind,
    Card,
    Chip,
    ElidedLabel,
    Hairline,
    Label,
    LineEdit,
    Overline,
    SectionHeader,
)
from explorer.gui.design.icons import Icon, IconView
from explorer.gui.design.marks import Mark, MarkView
from explorer.gui.design.painting import ELIDE_MIDDLE, TextStyle
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import (
    SPACE_L,
    SPACE_M,
    SPACE_S,
    SPACE_XS,
    Role,
    Token,
)
from explorer.gui.translations import current_language, sentence, translate
from explorer.gui.viewmodels.wording import breakable, time_text
from explorer.gui.views.layouts import FlowLayout
from explorer.model.claim_sheets import (
    AfterEntry,
    ClaimSheet,
    Exhibit,
    Question,
    Topic,
)
from explorer.reports.claim_words import (
    after_text,
    after_title,
    before_text,
    exhibit_text,
    question_text,
    topic_word,
    word,
)
from explorer.session.claims_codes import CodeKind, CodeRead
from explorer.session.claims_hosts import HostWarning

_AFTER_MARKS: Mapping[AfterEntry, Mark] = {
    AfterEntry.NOTHING: Mark.NOT_APPLICABLE,
    AfterEntry.CHECKING: Mark.CHECKING,
    AfterEntry.UNMATCHED: Mark.FAILED,
    AfterEntry.ELSEWHERE: Mark.FAILED,
    AfterEntry.OPEN: Mark.INCONCLUSIVE,
    AfterEntry.CONSISTENT: Mark.PASSED,
    AfterEntry.ATTRIBUTED: Mark.ATTRIBUTED,
    AfterEntry.ANCHORED: Mark.ANCHORED,
}
_AFTER_GROUNDS: Mapping[AfterEntry, Token] = {
    AfterEntry.UNMATCHED: Token.FAIL_BG,
    AfterEntry.ELSEWHERE: Token.FAIL_BG,
    AfterEntry.OPEN: Token.WARN_BG,
    AfterEntry.ATTRIBUTED: Token.ACCENT_BG,
    AfterEntry.ANCHORED: Token.OK_BG,
}


def warning_text(warning: HostWarning) -> str:
    """Return what is odd about an address."""
    texts = {
        HostWarning.NOT_HTTPS: translate("Claim", "not https"),
        HostWarning.MIXED_SCRIPTS: translate("Claim", "letters of several scripts"),
        HostWarning.PUNYCODE: translate("Claim", "coded host name (xn--)"),
        HostWarning.LOOKS_LIKE: translate(
            "Claim", "looks like the host in the records, but is another"
        ),
        HostWarning.OTHER_HOST: translate(
            "Claim", "another host than the records name"
        ),
        HostWarning.NUMERIC: translate("Claim", "a number instead of a host name"),
        HostWarning.HIDDEN: translate("Claim", "hidden characters"),
        HostWarning.LOGIN: translate("Claim", "a name before the host (@)"),
        HostWarning.PORT: translate("Claim", "unusual port"),
        HostWarning.SHORTENER: translate("Claim", "short link: hides where it leads"),
        HostWarning.UNREADABLE: translate("Claim", "not a readable address"),
    }
    return texts[warning]


def kind_text(kind: CodeKind) -> str:
    """Return what a code is."""
    texts = {
        CodeKind.ADDRESS: translate("Claim", "address"),
        CodeKind.DIGITAL_LINK: translate("Claim", "GS1 Digital Link"),
        CodeKind.ELEMENT_STRING: translate("Claim", "GS1 element string"),
        CodeKind.EPC: translate("Claim", "EPC"),
        CodeKind.PLAIN: translate("Claim", "plain text"),
    }
    return texts[kind]


class CodeBar(Card):
    """Where a code is pasted or a photo chosen; shows the address, never opens it."""

    check_wanted = Signal(str)
    photo_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        """Show nothing yet."""
        super().__init__(theme, padding=(16, 12))
        self._look = theme
        self.field = LineEdit(
            theme,
            translate("Claim", "Paste a code, an address or an id"),
            icon=Icon.QR,
            mono=True,
        )
        self.field.returnPressed.connect(self._ask)
        check = Button(theme, translate("Claim", "Look it up"))
        check.clicked.connect(self._ask)
        photo = Button(theme, translate("Claim", "Photo or document…"))
        photo.clicked.connect(self.photo_wanted)
        row = QHBoxLayout()
        row.setSpacing(theme.whole_px(SPACE_S))
        row.addWidget(self.field, 1)
        row.addWidget(check)
        row.addWidget(photo)
        self.body.addLayout(row)
        self._address = ElidedLabel(
            theme, "", TextStyle(Role.MONO, Token.INK2, elide=ELIDE_MIDDLE)
        )
        self._note = Label(theme, "", Role.SMALL, Token.INK3, wrap=True)
        self._warnings = QWidget()
        self._flow = FlowLayout(theme.whole_px(SPACE_XS), self._warnings)
        self._flow.setContentsMargins(0, 0, 0, 0)
        for widget in (self._address, self._note, self._warnings):
            self.body.addWidget(widget)
        self.show_code(None, "")

    def show_code(self, code: CodeRead | None, asked: str) -> None:
        """Show what was asked, and what is odd about its address."""
        if self.field.text() != asked and not self.field.hasFocus():
            self.field.setText(asked)
        address = None if code is None else code.address
        has_address = address is not None
        self._address.setVisible(has_address)
        is_plain = code is None or code.kind is CodeKind.PLAIN
        self._note.setVisible(not is_plain)
        if code is not None:
            note = kind_text(code.kind)
            if has_address:
                note += f" · {word('address', current_language())}"
            self._note.setText(note)
        if address is not None:
            forms = (address.host, address.host_unicode, address.host_ascii)
            shown = dict.fromkeys(printable(each, 120) for each in forms if each)
            both = " = ".join(shown)
            self._address.set_text(translate("Claim", "host: {0}").format(both))
        warnings = () if address is None else address.warnings
        told = [warning_text(each) for each in warnings]
        if code is not None and code.is_misspelt:
            told.append(
                translate("Claim", "not a right GS1 code: a digit does not fit")
            )
        self._show_warnings(told)

    def _show_warnings(self, warnings: Sequence[str]) -> None:
        while item := self._flow.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for each in warnings:
            chip = Chip(self._look, f"! {each}", Token.WARN, Token.WARN_BG)
            self._flow.addWidget(chip)
        self._warnings.setVisible(bool(warnings))

    def _ask(self) -> None:
        self.check_wanted.emit(self.field.text())


class TwoBlocks(QWidget):
    """Side by side and never merged: what is computed here, and what is not."""

    def __init__(self, theme: Theme) -> None:
        """Show nothing yet."""
        super().__init__()
        self._look = theme
        self._left = Card(theme, Token.SUNKEN, None, padding=(16, 14))
        self._right = Card(theme, Token.SUNKEN, None, padding=(16, 14))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.whole_px(SPACE_M))
        row.addWidget(self._left, 1)
        row.addWidget(self._right, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_sheet(self, sheet: ClaimSheet) -> None:
        """Show both blocks of a sheet."""
        language = current_language()
        state = sheet.computed.state
        ground = _AFTER_GROUNDS.get(state, Token.SUNKEN)
        self._left.set_ground(ground)
        texts = [after_text(sheet.computed, language)]
        if sheet.computed.ask and state is not AfterEntry.ANCHORED:
            texts.append(sentence(sheet.computed.ask))
        self._fill(
            self._left,
            word("computed", language),
            (_AFTER_MARKS[state], ground),
            after_title(sheet.computed, language),
            texts,
        )
        self._fill(
            self._right,
            word("not-computed", language),
            (Mark.NOT_APPLICABLE, Token.SUNKEN),
            word("before", language),
            [before_text(sheet, language), word("one-box", language)],
        )

    def _fill(
        self,
        card: Card,
        over: str,
        mark: tuple[Mark, Token],
        title: str,
        texts: Sequence[str],
    ) -> None:
        theme = self._look
        _empty(card.body)
        card.body.addWidget(Overline(theme, over))
        row = QHBoxLayout()
        row.setSpacing(theme.whole_px(SPACE_S))
        row.addWidget(
            MarkView(theme, mark[0], 22, mark[1]), 0, Qt.AlignmentFlag.AlignTop
        )
        row.addWidget(Label(theme, title, Role.TITLE, wrap=True), 1)
        card.body.addLayout(row)
        for number, text in enumerate(texts):
            role = Role.BODY if not number else Role.SMALL
            token = Token.INK if not number else Token.INK2
            card.body.addWidget(Label(theme, breakable(text), role, token, wrap=True))
        card.body.addStretch(1)


class Silences(QWidget):
    """What the ledger says nothing about."""

    def __init__(self, theme: Theme) -> None:
        """Show nothing yet."""
        super().__init__()
        self._look = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.whole_px(SPACE_L))
        self._grid.setVerticalSpacing(theme.whole_px(SPACE_XS))

    def show_topics(self, topics: Sequence[Topic]) -> None:
        """Show these topics, in two columns."""
        theme, language = self._look, current_language()
        _empty(self._grid)
        self.setVisible(bool(topics))
        over = Overline(theme, word("silent", language))
        self._grid.addWidget(over, 0, 0, 1, 4)
        for number, topic in enumerate(topics):
            line, column = 1 + number // 2, 2 * (number % 2)
            self._grid.addWidget(MarkView(theme, Mark.NOT_APPLICABLE, 14), line, column)
            text = topic_word(topic, language)
            self._grid.addWidget(Label(theme, text, Role.BODY), line, column + 1)
        last = 2 + (len(topics) + 1) // 2
        note = Label(theme, word("silence", language), Role.SMALL, Token.INK3)
        self._grid.addWidget(note, last, 0, 1, 4)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)


class ExhibitsCard(Card):
    """Documents and photos, their hashes, and what the search for them showed."""

    add_wanted = Signal()
    forget_wanted = Signal(str)
    """SHA-256 of the exhibit."""
    open_wanted = Signal(object)
    """``EntryPlace``"""

    def __init__(self, theme: Theme) -> None:
        """Show none yet."""
        super().__init__(theme)
        self._look = theme
        head = SectionHeader(theme, word("exhibits", current_language()))
        add = Button(theme, translate("Claim", "Compare a document…"), ButtonKind.LINK)
        add.clicked.connect(self.add_wanted)
        head.add_action(add)
        self.body.addWidget(head)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.whole_px(SPACE_S))
        self.body.addLayout(self._list)
        self.body.addStretch(1)

    def show_exhibits(self, exhibits: Sequence[Exhibit], *, has_ledger: bool) -> None:
        """Show these exhibits."""
        theme = self._look
        _empty(self._list)
        if not exhibits:
            text = translate(
                "Claim",
                "Drop a photo, a report or a saved page anywhere on the window: it is "
                "hashed here, never changed.",
            )
            self._list.addWidget(Label(theme, text, Role.SMALL, Token.INK3, wrap=True))
        for number, each in enumerate(exhibits):
            if number:
                self._list.addWidget(Hairline(theme))
            self._list.addWidget(self._exhibit(each, has_ledger=has_ledger))

    def _exhibit(self, exhibit: Exhibit, *, has_ledger: bool) -> QWidget:
        theme, language = self._look, current_language()
        widget = QWidget()
        grid = QGridLayout(widget)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.whole_px(SPACE_S))
        grid.setVerticalSpacing(theme.whole_px(2))
        grid.setColumnStretch(1, 1)
        grid.addWidget(IconView(theme, Icon.FILE, 20), 0, 0, 2, 1)
        name = TextStyle(Role.STRONG)
        grid.addWidget(ElidedLabel(theme, printable(exhibit.name, 120), name), 0, 1)
        mono = TextStyle(Role.MONO_SMALL, Token.INK3, elide=ELIDE_MIDDLE)
        digest = ElidedLabel(theme, f"SHA-256 {exhibit.sha256}", mono)
        tip = f"SHA-256 {exhibit.sha256}\nSHA-512 {exhibit.sha512}\nSM3 {exhibit.sm3}"
        digest.setToolTip(tip)
        grid.addWidget(digest, 1, 1)
        moment = f"{exhibit.captured_at:%Y-%m-%d %H:%M} UTC"
        when = f"{word('captured', language)}: {moment}"
        grid.addWidget(Label(theme, when, Role.TINY, Token.INK3), 0, 2)
        forget = Button(theme, translate("Claim", "Remove"), ButtonKind.LINK)
        forget.clicked.connect(lambda: self.forget_wanted.emit(exhibit.sha256))
        grid.addWidget(forget, 1, 2, Qt.AlignmentFlag.AlignRight)
        self._add_result(grid, exhibit, has_ledger=has_ledger)
        return widget

    def _add_result(
        self, grid: QGridLayout, exhibit: Exhibit, *, has_ledger: bool
    ) -> None:
        theme, language = self._look, current_language()
        found = () if isinstance(exhibit.found, Absent) else exhibit.found
        when = time_text(found[0].recorded_us) if found else ""
        text = exhibit_text(exhibit, language, when)
        if isinstance(exhibit.found, Absent) and has_ledger:
            text = word("not-yet", language)
        mark = Mark.PASSED if found else Mark.NOT_APPLICABLE
        grid.addWidget(MarkView(theme, mark, 14), 2, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Label(theme, text, Role.BODY, wrap=True), 2, 1)
        place = found[0].place if found else Absent.NOT_IN_FORMAT
        if not isinstance(place, Absent):
            show = Button(theme, translate("Claim", "Open entry"), ButtonKind.LINK)
            show.clicked.connect(lambda: self.open_wanted.emit(place))
            grid.addWidget(show, 2, 2, Qt.AlignmentFlag.AlignRight)
        if exhibit.codes:
            code = printable(" · ".join(exhibit.codes[:3]), 200)
            style = TextStyle(Role.MONO_SMALL, Token.INK2, elide=ELIDE_MIDDLE)
            grid.addWidget(IconView(theme, Icon.QR, 16), 3, 0)
            grid.addWidget(ElidedLabel(theme, code, style), 3, 1, 1, 2)


def question_key(question: Question) -> str:
    """Return under which key the reply to a question is kept."""
    topic = "" if isinstance(question.topic, Absent) else question.topic.value
    return f"{question.code}/{topic}/{question.platform}"


class QuestionsCard(Card):
    """Questions to the brand, with room for the reply."""

    replied = Signal(str, str)
    """Key of the question, and the reply."""

    def __init__(self, theme: Theme) -> None:
        """Show none yet."""
        super().__init__(theme)
        self._look = theme
        self._shown: tuple[Question, ...] = ()
        head = SectionHeader(theme, word("questions", current_language()))
        copy = Button(theme, translate("Claim", "Copy all"), ButtonKind.LINK)
        copy.clicked.connect(self._copy)
        head.add_action(copy)
        self.body.addWidget(head)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.whole_px(SPACE_S))
        self.body.addLayout(self._list)

    def show_questions(
        self, questions: tuple[Question, ...], replies: Mapping[str, str]
    ) -> None:
        """Show these questions with the replies typed so far."""
        if questions == self._shown and self._list.count():
            return
        self._shown = questions
        _empty(self._list)
        number = 0
        for is_platform, each in groupby(questions, lambda one: bool(one.platform)):
            group = list(each)
            if is_platform:
                self._list.addWidget(self._platforms(group))
                continue
            for question in group:
                number += 1
                self._list.addWidget(self._question(number, question, replies))
        self.setVisible(bool(questions))

    def _platforms(self, questions: Sequence[Question]) -> QWidget:
        """Return how each platform exports, in one paragraph."""
        lines = [question_text(questions[0], current_language())]
        lines += [f"{each.platform}: {each.command}" for each in questions]
        words = "\n".join(each.removesuffix(": ") for each in lines)
        role, token = Role.SMALL, Token.INK2
        return Label(self._look, words, role, token, wrap=True, selectable=True)

    def _question(
        self, number: int, question: Question, replies: Mapping[str, str]
    ) -> QWidget:
        theme, key = self._look, question_key(question)
        widget = QWidget()
        column = QVBoxLayout(widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.whole_px(SPACE_XS))
        text = f"{number}. {question_text(question, current_language())}"
        column.addWidget(Label(theme, text, Role.BODY, wrap=True))
        if question.command:
            words = breakable(sentence(question.command))
            role, token = Role.MONO_SMALL, Token.INK2
            command = Label(theme, words, role, token, wrap=True, selectable=True)
            column.addWidget(command)
        reply = LineEdit(theme, word("reply", current_language()))
        reply.setText(replies.get(key, ""))
        reply.textEdited.connect(lambda words: self.replied.emit(key, words))
        column.addWidget(reply)
        return widget

    def _copy(self) -> None:
        language, lines, number = current_language(), [], 0
        for each in self._shown:
            if each.platform:
                lines.append(f"   {each.platform}: {each.command}")
                continue
            number += 1
            lines.append(f"{number}. {question_text(each, language)}")
            if each.command:
                lines.append(f"   {sentence(each.command)}")
        QGuiApplication.clipboard().setText("\n".join(lines))


def _empty(layout: QVBoxLayout | QGridLayout | QHBoxLayout) -> None:
    """Remove everything from a layout, inner layouts too."""
    while item := layout.takeAt(0):
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, QVBoxLayout | QGridLayout | QHBoxLayout):
            _empty(inner)
