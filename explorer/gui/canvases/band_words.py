"""The sentences of the verdict band and its chip, each from our own catalogue."""

from explorer.core.absent import Absent
from explorer.crypto.trust import AnchorOrigin
from explorer.gui.canvases.band_states import (
    AnchorTally,
    BandState,
    CheckingShown,
    StoppedShown,
)
from explorer.gui.translations import translate
from explorer.gui.viewmodels.wording import counted, duration_text, grouped, size_text
from explorer.model.verdicts import Verdict
from explorer.reports.words import VerdictWords

SEPARATOR = " · "


def chip_word(verdict: Verdict) -> str:
    """Return the short word of a verdict."""
    words = {
        Verdict.FAILED: translate("Verdict", "Does not match"),
        Verdict.UNREADABLE: translate("Verdict", "Could not be read"),
        Verdict.INDETERMINATE: translate("Verdict", "Could not be determined"),
        Verdict.CONSISTENT: translate("Verdict", "Self-consistent only"),
        Verdict.ATTRIBUTED: translate("Verdict", "Signed by parties you named"),
        Verdict.ANCHORED: translate("Verdict", "Anchored"),
    }
    return words[verdict]


def checking_chip_word(failed: int) -> str:
    """Return what the chip says while checking; never in green."""
    if failed:
        return translate("Verdict", "Does not match, still checking")
    return translate("Verdict", "Checking… nothing failed so far")


def state_words(state: BandState) -> VerdictWords:
    """Return the three texts of the band."""
    if isinstance(state, CheckingShown):
        return _checking_words(state)
    if isinstance(state, StoppedShown):
        return _stopped_words(state)
    return state.words


def _checking_words(state: CheckingShown) -> VerdictWords:
    limit = translate(
        "Verdict",
        "You can already look at everything that was read. If you stop, what was "
        "checked stays, and there is no verdict.",
    )
    read = translate("Verdict", "{0} of {1} read, {2} answers given.").format(
        size_text(state.done_bytes),
        size_text(state.total_bytes),
        grouped(state.answered),
    )
    if not state.failed:
        word = translate("Verdict", "Checking")
        quiet = translate("Verdict", "Nothing failed so far.")
        return VerdictWords(word, _joined(quiet, read), limit)
    sentence = counted(
        state.failed,
        translate("Verdict", "One check does not match; still checking."),
        translate("Verdict", "{0} checks do not match; still checking."),
    )
    word = translate("Verdict", "Does not match")
    return VerdictWords(word, _joined(sentence, read), limit)


def _stopped_words(state: StoppedShown) -> VerdictWords:
    read = translate("Verdict", "{0} of {1} were read and checked.").format(
        size_text(state.done_bytes), size_text(state.total_bytes)
    )
    limit = translate("Verdict", "Nothing is said about the rest.")
    stopped = translate("Verdict", "Stopped by you")
    if not state.failed:
        return VerdictWords(stopped, read, limit)
    sentence = counted(
        state.failed,
        translate("Verdict", "One check does not match; then stopped by you."),
        translate("Verdict", "{0} checks do not match; then stopped by you."),
    )
    word = translate("Verdict", "Does not match")
    return VerdictWords(word, _joined(sentence, read), limit)


def _joined(first: str, second: str) -> str:
    """Put two sentences behind each other as the language does."""
    return translate("Verdict", "{0} {1}").format(first, second)


def checking_figures(state: CheckingShown) -> list[tuple[str, str]]:
    """Return number and label of share done, rate and time left."""
    figures = [(f"{state.share * 100:.0f} %", translate("Verdict", "done"))]
    if state.rate_bytes > 0:
        rate = translate("Verdict", "{0}/s").format(size_text(state.rate_bytes))
        figures.append((rate, translate("Verdict", "rate")))
    if not isinstance(state.remaining_s, Absent):
        left = duration_text(float(state.remaining_s))
        figures.append((left, translate("Verdict", "left")))
    return figures


def anchors_line(anchors: tuple[AnchorTally, ...]) -> str:
    """Return what the ledger was compared with and where each anchor came from."""
    parts = [_anchor_words(each) for each in anchors if each.count]
    return SEPARATOR.join(parts)


def _anchor_words(tally: AnchorTally) -> str:
    if tally.is_history:
        what = counted(
            tally.count,
            translate("Verdict", "1 history anchor"),
            translate("Verdict", "{0} history anchors"),
        )
    else:
        what = counted(
            tally.count,
            translate("Verdict", "1 certificate or key you chose"),
            translate("Verdict", "{0} certificates or keys you chose"),
        )
    origins = {
        AnchorOrigin.INSIDE_EVIDENCE: translate("Verdict", "found inside the evidence"),
        AnchorOrigin.SAME_SENDER: translate("Verdict", "from the same sender"),
        AnchorOrigin.FROM_PARTY: translate("Verdict", "from the party itself"),
        AnchorOrigin.PUBLISHED: translate("Verdict", "published"),
        AnchorOrigin.UNSTATED: translate("Verdict", "origin not stated"),
    }
    joined = translate("Verdict", "{0}, {1}")
    return joined.format(what, origins[tally.origin])
