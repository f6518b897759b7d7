"""Draws every view in both languages and both themes, for people to look at.

``python -m tests.gui.screenshots out/screenshots`` opens the Fabric sample (and an
altered copy of it) without a screen and saves one PNG for each view. Nothing is
compared: a person looks for overlaps, cut text and missing characters.
"""

import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from explorer.core.resources import samples_folder
from explorer.crypto.trust import AnchorOrigin, HistoryAnchor, TrustStore
from explorer.gui.application import make_application, make_window
from explorer.gui.translations import LanguageChoice
from explorer.gui.viewmodels.case import PageName, Phase, Place, Visit
from explorer.gui.viewmodels.preferences import ThemeChoice
from explorer.gui.views.claim_page import ClaimPage
from explorer.gui.views.main_window import MainWindow
from explorer.model.claim_sheets import Sayer, Topic, TypedClaim
from explorer.session.options import VerifyOptions
from explorer.session.trust_reading import load_trust

FABRIC = samples_folder() / "fabric-pear-trace"
CHANGED_BYTE = 355_000
"""Offset of the byte that the altered copy changes, inside a transaction."""

GRADE_BYTE = 700829
"""Offset of a byte of the grade of the lot from which the item was packed."""

ITEM = "pear/box/X00012"
SIZE = (1440, 900)
LEAST_ROUNDS = 25
"""Rounds of events in which even nested layouts settle."""
LANGUAGES = (LanguageChoice.EN, LanguageChoice.ZH)
THEMES = (ThemeChoice.LIGHT, ThemeChoice.DARK)
TAUGHT = (
    ("one-digit", 2),
    ("one-digit", 4),
    ("one-digit", 5),
    ("keys", 5),
    ("copies", 2),
)
"""Lessons and steps that are shot."""
LOG = logging.getLogger("screenshots")


class Photographer:
    """Drives one window and saves what it shows."""

    def __init__(self, out: Path, state: Path) -> None:
        """Save pictures to ``out``; settings and case files go to ``state``."""
        self._out, self._state = out, state
        self._application: QApplication = make_application()
        self.window: MainWindow = make_window(
            self._application, state / "settings.ini", state / "cases"
        )
        self.window.resize(*SIZE)
        self.window.show()
        self.window.setFocus()

    def turn(self, seconds: float) -> None:
        """Let the window work, long enough on a busy computer too."""
        end, rounds = time.monotonic() + seconds, 0
        while time.monotonic() < end or rounds < LEAST_ROUNDS:
            self._application.processEvents()
            time.sleep(0.005)
            rounds += 1

    def open(self, *paths: Path, trust: TrustStore | None = None) -> None:
        """Open evidence and wait for its verdict."""
        self.window.open_paths(paths)
        self.wait()
        if trust is not None:
            options = VerifyOptions(trust, keep_statements=True)
            self.window.judge_again(options)
            self.wait()

    def wait(self) -> None:
        """Wait until the check has ended, and a little for answers."""
        while self.window.case.phase is Phase.CHECKING:
            self.turn(0.02)
        self.turn(0.6)

    def save(self, name: str, widget: QWidget | None = None) -> None:
        """Save a picture of the window, or of ``widget``."""
        self.turn(0.15)
        path = self._out / f"{name}.png"
        (widget or self.window).grab().save(str(path))
        LOG.info("%s", path)

    def in_all_looks(self, name: str, shoot: Callable[[str], None]) -> None:
        """Call ``shoot`` with a name for each language and theme."""
        for language in LANGUAGES:
            for theme in THEMES:
                self.window.look.choose_language(language)
                self.window.look.choose_theme(theme)
                self.turn(0.35)
                shoot(f"{name}-{language.value}-{theme.value}")
        self.window.look.choose_language(LanguageChoice.EN)
        self.window.look.choose_theme(ThemeChoice.LIGHT)
        self.turn(0.2)

    def dialog(self, name: str, open_it: Callable[[], None]) -> None:
        """Save a dialog and close it."""
        open_it()
        self.turn(0.8)
        for widget in self._application.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                self.save(name, widget)
                widget.reject()
        self.turn(0.1)


def altered_copy(folder: Path, *, at: int = CHANGED_BYTE) -> Path:
    """Return a copy of the sample's block file with one changed byte."""
    source = next((FABRIC / "ledgersData").rglob("blockfile_000000"))
    data = bytearray(source.read_bytes())
    data[at] ^= 1
    target = folder / "altered" / source.name
    target.parent.mkdir(parents=True)
    target.write_bytes(data)
    return target


def shoot_all(out: Path, state: Path) -> None:
    """Save all pictures."""
    photographer = Photographer(out, state)
    window = photographer.window
    photographer.in_all_looks("1-start", photographer.save)
    photographer.open(FABRIC / "ledgersData")
    photographer.in_all_looks("2-overview-consistent", photographer.save)
    _shoot_dialogs(photographer)
    photographer.open(FABRIC / "ledgersData", trust=_trust(window))
    pages: Sequence[tuple[str, Visit]] = (
        ("3-overview-anchored", Visit(PageName.OVERVIEW)),
        ("4-inspect", Visit(PageName.INSPECT, Place(0, 30, 0))),
        ("5-explain", Visit(PageName.INSPECT, Place(0, 31, explain=True))),
        ("6-provenance", Visit(PageName.PROVENANCE, Place(item=ITEM))),
        ("7-signers", Visit(PageName.SIGNERS)),
    )
    for name, visit in pages:
        window.visit(visit)
        photographer.turn(1.0)
        photographer.in_all_looks(name, photographer.save)
    _shoot_claim(photographer)
    photographer.open(altered_copy(state))
    photographer.in_all_looks("8-overview-altered", photographer.save)
    window.visit(Visit(PageName.FINDINGS))
    photographer.in_all_looks("9-findings-altered", photographer.save)
    _shoot_sizes(photographer)
    window.resize(*SIZE)
    _shoot_altered_claim(photographer, state)
    window.close_evidence()
    _shoot_claim_alone(photographer, state)
    _shoot_lessons(photographer)
    window.close()


def shoot_claims(out: Path, state: Path) -> None:
    """Save the pictures of the claim page alone."""
    photographer = Photographer(out, state)
    window = photographer.window
    _shoot_claim_alone(photographer, state)
    photographer.open(FABRIC / "ledgersData")
    photographer.open(FABRIC / "ledgersData", trust=_trust(window))
    _shoot_claim(photographer)
    photographer.open(altered_copy(state))
    _shoot_altered_claim(photographer, state)
    window.close()


def shoot_lessons(out: Path, state: Path) -> None:
    """Save the pictures of the Teach page alone."""
    photographer = Photographer(out, state)
    _shoot_lessons(photographer)
    photographer.window.close()


def _shoot_lessons(photographer: Photographer) -> None:
    """Shoot the steps that matter, in the usual and the projector size."""
    window = photographer.window
    window.open_lessons()
    photographer.turn(0.6)
    for lesson, step in TAUGHT:
        page = window.lessons_page()
        page.model.choose(next(e for e in page.model.lessons if e.name == lesson))
        photographer.turn(0.4)
        page.model.go_to(step - 1)
        photographer.turn(1.2)
        photographer.in_all_looks(f"teach-{lesson}-{step}", photographer.save)
    window.resize(1920, 1080)
    window.look.choose_scale(1.29)
    photographer.save("projector-teach")
    window.resize(1000, 760)
    window.look.choose_scale(1.0)
    photographer.turn(0.3)
    photographer.save("narrow-teach")
    window.resize(*SIZE)


def _shoot_altered_claim(photographer: Photographer, state: Path) -> None:
    """Shoot the sheet when another entry was altered, and when one of its own was."""
    window = photographer.window
    window.visit(Visit(PageName.CLAIM, Place(item=ITEM)))
    photographer.turn(1.0)
    photographer.in_all_looks("claim-elsewhere", photographer.save)
    photographer.open(altered_copy(state / "graded", at=GRADE_BYTE))
    window.visit(Visit(PageName.CLAIM, Place(item=ITEM)))
    photographer.turn(1.0)
    photographer.in_all_looks("claim-altered", photographer.save)


def _shoot_claim(photographer: Photographer) -> None:
    """Shoot the claim page of the ledger that is open: what is seen first, and all."""
    window = photographer.window
    window.visit(Visit(PageName.CLAIM, Place(item=ITEM)))
    photographer.turn(1.0)
    page = window.page
    if isinstance(page, ClaimPage):
        page.model.add_claim(TypedClaim(Topic.SCANS, "5", Sayer.PAGE))
        page.model.add_claim(TypedClaim(Topic.CERTIFIED, "A-0815", Sayer.LABEL))
    photographer.turn(0.6)
    photographer.in_all_looks("claim-ledger", photographer.save)
    window.resize(SIZE[0], 2200)
    photographer.in_all_looks("claim-whole", photographer.save)
    window.resize(1000, 760)
    photographer.save("claim-narrow")
    window.resize(*SIZE)


def _shoot_claim_alone(photographer: Photographer, state: Path) -> None:
    """Shoot the claim page without any ledger: a pasted address, claims, a document."""
    window = photographer.window
    window.check_claim()
    photographer.turn(0.4)
    photographer.save("claim-empty")
    report = state / "report.pdf"
    report.write_bytes(b"%PDF-1.4 (fictional)")
    window.check_claim([report])
    page = window.claim_alone()
    page.model.check("http://tr\u0430ce.pear.example/q/X00012")
    page.model.add_claim(TypedClaim(Topic.ORIGIN, "梨川县", Sayer.SELLER))
    page.model.add_claim(TypedClaim(Topic.FREE, "picked by hand", Sayer.LABEL))
    photographer.turn(0.8)
    photographer.in_all_looks("claim-alone", photographer.save)


def _shoot_dialogs(photographer: Photographer) -> None:
    window = photographer.window

    def shoot(name: str) -> None:
        photographer.dialog(f"{name}-trust", window.open_trust)
        photographer.dialog(f"{name}-report", window.open_report)
        photographer.dialog(f"{name}-legend", window.open_legend)
        photographer.dialog(f"{name}-palette", window.open_palette)
        photographer.dialog(f"{name}-note", window.add_note)
        photographer.dialog(f"{name}-notes", window.open_notes)
        photographer.dialog(f"{name}-reconcile", window.open_reconcile)

    photographer.in_all_looks("dialog", shoot)


def _shoot_sizes(photographer: Photographer) -> None:
    window = photographer.window
    window.resize(1000, 760)
    photographer.save("narrow-findings")
    window.visit(Visit(PageName.OVERVIEW))
    photographer.save("narrow-overview")
    window.resize(1920, 1080)
    window.look.choose_scale(1.29)
    photographer.save("projector-overview")
    window.look.choose_scale(2.0)
    photographer.save("double-overview")
    window.look.choose_scale(1.0)


def _trust(window: MainWindow) -> TrustStore:
    report = window.case.report
    if report is None:
        raise SystemExit("the sample could not be opened")
    ledger = report.ledgers[0]
    store = load_trust([FABRIC / "trust_anchors"])
    printed = HistoryAnchor(
        ledger.last or 0,
        bytes.fromhex(ledger.last_hash),
        AnchorOrigin.PUBLISHED,
        "printed hash",
        "",
    )
    from_party = tuple(
        replace(each, origin=AnchorOrigin.FROM_PARTY) for each in store.identities
    )
    return replace(store, identities=from_party, history=(printed,))


def main(words: Sequence[str]) -> None:
    """Save the pictures to the folder named, ``out/screenshots`` by default.

    With ``claim`` or ``teach`` as second word only those of that page.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    out = Path(words[0] if words else "out/screenshots")
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as state:
        if words[1:] == ["claim"]:
            shoot_claims(out, Path(state))
        elif words[1:] == ["teach"]:
            shoot_lessons(out, Path(state))
        else:
            shoot_all(out, Path(state))


if __name__ == "__main__":
    main(sys.argv[1:])
