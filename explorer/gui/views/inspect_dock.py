"""Where the panel that explains a hash stands: beside the panes, or over them.

A pinned panel stands beside the panes if there is room; on a narrow page, or when it is
not pinned, it lies over them. Until the user opens or closes it, it is open where there
is room for it.
"""

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from explorer.gui.views.inspect_explain import PANEL_PX, ExplainPanel
from explorer.gui.views.page import Page

OVERLAY_BELOW_PX = 1124
"""A narrower page shows the panel over the panes (a window of some 1200 px)."""


class PanelDock(QObject):
    """Keeps the panel in its place."""

    placed = Signal()
    """The panel was opened, closed or moved."""

    def __init__(
        self, page: Page, panel: ExplainPanel, row: QHBoxLayout, panes: QWidget
    ) -> None:
        """Place ``panel`` at the end of ``row``, or over ``panes``."""
        super().__init__(page)
        self._page, self._panel, self._row, self._panes = page, panel, row, panes
        self._wish: bool | None = None
        self.is_pinned = True
        panel.setParent(page)
        panel.set_pinned(pinned=True)

    @property
    def is_open(self) -> bool:
        """Return whether the panel is shown."""
        return self._is_wide() if self._wish is None else self._wish

    def open(self, *, is_open: bool) -> None:
        """Show or hide the panel."""
        self._wish = is_open
        self.place()

    def pin(self, pinned: object) -> None:
        """Let the panel stand beside the panes, or lie over them."""
        self.is_pinned = bool(pinned)
        self.place()

    def place(self) -> None:
        """Put the panel where it belongs now."""
        panel, is_open = self._panel, self.is_open
        beside = self.is_pinned and self._is_wide()
        is_in_row = self._row.indexOf(panel) >= 0
        if beside and not is_in_row:
            self._row.addWidget(panel)
        elif not beside and is_in_row:
            self._row.removeWidget(panel)
        panel.setVisible(is_open)
        if is_open and not beside:
            self._lay_over()
        self.placed.emit()

    def _lay_over(self) -> None:
        page, panes = self._page, self._panes
        margins = self._row.contentsMargins()
        width = page.theme.whole_px(PANEL_PX)
        left = page.width() - margins.right() - width
        top = panes.mapTo(page, panes.rect().topLeft()).y()
        height = page.height() - top - margins.bottom()
        self._panel.setGeometry(QRect(left, top, width, height))
        self._panel.raise_()

    def _is_wide(self) -> bool:
        return self._page.width() >= self._page.theme.whole_px(OVERLAY_BELOW_PX)
