"""The words of a verdict, shared by the window, the HTML report and the terminal.

Each verdict has a word, one sentence and what it does not say; the limit stands next to
the verdict, never elsewhere. Only ``anchored`` may say that something is unaltered
after entry, and only up to the anchored block.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from explorer.model.checks import Outcome
from explorer.model.verdicts import EvidenceReport, Finding, LedgerReport, Verdict


class Language(StrEnum):
    """Languages of reports."""

    EN = "en"
    ZH = "zh"


Translations = Mapping[str, str]
"""English sentence of a check, reason or remark → the same in the report's language."""

NO_TRANSLATIONS: Final[Translations] = MappingProxyType({})
"""For English, and for callers that have none."""


@dataclass(frozen=True, slots=True)
class VerdictWords:
    """What a verdict says, and what it does not."""

    word: str
    sentence: str
    limit: str
    """What the verdict does not say."""


_EN = {
    Verdict.FAILED: VerdictWords(
        "Does not match",
        "At least one check that decides about this ledger does not match.",
        "It does not say who changed what, or with what intent. What other checks "
        "showed still stands.",
    ),
    Verdict.UNREADABLE: VerdictWords(
        "Could not be read",
        "Nothing in this evidence could be read, so nothing was checked.",
        "It says nothing about the ledger from which this evidence came.",
    ),
    Verdict.INDETERMINATE: VerdictWords(
        "Could not be determined",
        "Nothing failed, but something that must be checked could not be.",
        "It is neither a confirmation nor a fault.",
    ),
    Verdict.CONSISTENT: VerdictWords(
        "Self-consistent only",
        "The parts fit each other. Whoever made this file could have made all of it.",
        "It does not show who made it, nor when, nor that nothing was changed since.",
    ),
    Verdict.ATTRIBUTED: VerdictWords(
        "Signed by the parties you named",
        "The parts fit each other, and the signatures that the rules demand were "
        "counted using only keys you named: not altered by anyone without these keys.",
        "The holders of these keys together could still have made all of it anew. It "
        "does not say whether the records were true when they were entered.",
    ),
    Verdict.ANCHORED: VerdictWords(
        "Agrees with the outside anchors you chose",
        "The parts fit each other, and every block covered is tied to a history anchor "
        "you chose: unaltered after entry{upto}.",
        "It does not say whether the records were true when they were entered.",
    ),
}

_ZH = {
    Verdict.FAILED: VerdictWords(
        "核验不通过",
        "至少有一项对此账本起决定作用的检查不一致。",
        "不说明由谁改动、改动了什么或出于何种意图；其他检查的结果仍然有效。",
    ),
    Verdict.UNREADABLE: VerdictWords(
        "无法读取",
        "此证据中没有任何内容可以读取，因此未作任何检查。",
        "对此证据所来自的账本不作任何说明。",
    ),
    Verdict.INDETERMINATE: VerdictWords(
        "无法核验",
        "没有检查不通过，但有必须检查的内容无法检查。",
        "既不是确认，也不是缺陷。",
    ),
    Verdict.CONSISTENT: VerdictWords(
        "仅内部一致",
        "各部分彼此相符。制作此文件的人可以制作其中的全部内容。",
        "不说明由谁制作、何时制作，也不说明此后没有改动。",
    ),
    Verdict.ATTRIBUTED: VerdictWords(
        "由您指定的各方签名",
        "各部分彼此相符，且规则所要求的签名仅以您指定的密钥计数："
        "没有这些密钥的人未作改动。",
        "这些密钥的持有者仍可共同重新制作全部内容。不说明记录在上链前是否属实。",
    ),
    Verdict.ANCHORED: VerdictWords(
        "与所选外部依据一致",
        "各部分彼此相符，且所覆盖的每个区块都与您选定的历史依据相连："
        "上链后未改动{upto}。",
        "不说明记录在上链前是否属实。",
    ),
}

_ALSO_ATTRIBUTED = {
    Language.EN: " Besides, it is signed by the parties you named.",
    Language.ZH: "此外，由您指定的各方签名。",
}
_TAIL = {
    Language.EN: " Blocks after {height} are not tied to an anchor.",
    Language.ZH: "区块 {height} 之后的区块未与依据相连。",
}
_UPTO = {Language.EN: ", up to block {height}", Language.ZH: "（至区块 {height}）"}

_PREMISE_WORDS = {
    Language.EN: "Premise that does not hold",
    Language.ZH: "不成立的前提",
}
_OUTCOMES = {
    Outcome.PASSED: ("Passed", "通过"),
    Outcome.FAILED: ("Failed", "不通过"),
    Outcome.INCONCLUSIVE: ("Inconclusive", "无法核验"),
    Outcome.NOT_APPLICABLE: ("Not applicable", "不适用"),
    Outcome.BROKEN: ("Our own defect", "程序缺陷"),
}


def verdict_words(verdict: Verdict, language: Language) -> VerdictWords:
    """Return the words of a verdict without any number in them."""
    words = (_ZH if language is Language.ZH else _EN)[verdict]
    return VerdictWords(words.word, words.sentence.replace("{upto}", ""), words.limit)


def ledger_words(ledger: LedgerReport, language: Language) -> VerdictWords:
    """Return the words for one ledger, with the block up to which they hold."""
    words = (_ZH if language is Language.ZH else _EN)[ledger.verdict]
    anchored = ledger.anchored_to
    if ledger.verdict is not Verdict.ANCHORED or anchored is None:
        return verdict_words(ledger.verdict, language)
    upto = _UPTO[language].format(height=anchored.height)
    sentence = words.sentence.replace("{upto}", upto)
    if ledger.attributed:
        sentence += _ALSO_ATTRIBUTED[language]
    limit = words.limit
    if ledger.last is not None and ledger.last > anchored.height:
        limit += _TAIL[language].format(height=anchored.height)
    return VerdictWords(words.word, sentence, limit)


def evidence_words(report: EvidenceReport, language: Language) -> VerdictWords:
    """Return the words for a whole evidence, whose verdict is that of its worst."""
    if len(report.ledgers) == 1 and report.ledgers[0].verdict is report.verdict:
        return ledger_words(report.ledgers[0], language)
    return verdict_words(report.verdict, language)


def finding_word(finding: Finding, language: Language) -> str:
    """Return the outcome of a finding; a premise that does not hold is called so."""
    if finding.outcome is Outcome.NOT_APPLICABLE:
        return _PREMISE_WORDS[language]
    return outcome_word(finding.outcome, language)


def outcome_word(outcome: Outcome, language: Language) -> str:
    """Return the word for the answer of a check."""
    return _OUTCOMES[outcome][language is Language.ZH]


def translated(sentence: str, translations: Translations) -> str:
    """Return the translation of one of our static sentences, or the sentence."""
    return translations.get(sentence, sentence)


def concrete(sentence: str, detail: str) -> str:
    """Return a sentence with the value that makes it concrete; for plain exports."""
    return f"{sentence} ({detail})" if detail else sentence
