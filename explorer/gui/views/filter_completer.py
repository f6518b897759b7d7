"""The list of what could stand at the caret of the filter line."""

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from explorer.expressions.completing import completions
from explorer.expressions.meaning import is_meant_as_expression
from explorer.store.filter_fields import ROW_SCHEMA

MAX_SHOWN = 8
"""Lines of the list before it scrolls."""


class FilterCompleter(QCompleter):
    """Offers fields, signs and known values; Tab or Enter takes one.

    Words that are looked for are left alone: the list opens for an expression, or with
    Ctrl+Space.
    """

    def __init__(self, edit: QLineEdit) -> None:
        """Complete what is typed in ``edit``."""
        super().__init__(edit)
        self._edit = edit
        self._start = 0
        self._lines = QStringListModel(self)
        self.setModel(self._lines)
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setMaxVisibleItems(MAX_SHOWN)
        self.setWidget(edit)
        self.activated.connect(self.take)
        edit.textEdited.connect(self._offer)

    def offer_all(self) -> None:
        """Open the list, whatever is typed."""
        text, caret = self._edit.text(), self._edit.cursorPosition()
        found = completions(text, caret, ROW_SCHEMA)
        if not found:
            self._close()
            return
        self._start = found[0].start
        self._lines.setStringList([each.text for each in found])
        area = self._edit.cursorRect()
        area.setWidth(self._edit.width() // 3)
        self.complete(area)

    def _offer(self, text: str) -> None:
        word = text[: self._edit.cursorPosition()].rpartition(" ")[2]
        is_field = "." in word and any(n.startswith(word) for n in ROW_SCHEMA.fields)
        if is_field or is_meant_as_expression(text, ROW_SCHEMA):
            self.offer_all()
        else:
            self._close()

    def _close(self) -> None:
        popup = self.popup()
        if popup is not None:
            popup.hide()

    def take(self, chosen: str) -> None:
        """Put what was chosen in the place of the word at the caret."""
        text, caret = self._edit.text(), self._edit.cursorPosition()
        self._edit.setText(text[: self._start] + chosen + text[caret:])
        self._edit.setCursorPosition(self._start + len(chosen))
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._edit.textEdited.emit(self._edit.text())
