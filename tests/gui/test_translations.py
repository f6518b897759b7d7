"""Chinese for everything: sentences that come as values, and texts of the window."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from explorer.checks.reasons import SENTENCES
from explorer.core.resources import resource
from explorer.gui.translations import Translations, sentence, translate
from explorer.provenance.rules.engine import RULES
from explorer.reports.words import Language
from explorer.session.anchoring import HISTORY_CHECK
from explorer.session.catalogue import FAMILIES
from explorer.session.wording import translations_for

pytestmark = pytest.mark.gui

CODE = Path(__file__).resolve().parents[2] / "explorer"
CATALOGUE = resource("translations", "window_zh.ts")
_NAMES = re.compile("REMARK|SENTENCE|HINT")
_HOLES = re.compile(r"\{\d*\}")


def _literal(node: ast.expr | None) -> str:
    try:
        value = ast.literal_eval(node) if node is not None else ""
    except ValueError:
        return ""
    return value if isinstance(value, str) else ""


def _static_sentences() -> Iterator[str]:
    """Yield sentences of remarks, hints and advice, as they stand in the code."""
    for path in sorted(CODE.rglob("*.py")):
        if "gui" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            yield from _sentences_in(node)


def _sentences_in(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Call(func=ast.Name(id="Remark"), args=[_, sentence, *_]):
            yield _literal(sentence)
        case ast.FunctionDef(name="advice"):
            for each in ast.walk(node):
                if isinstance(each, ast.Return):
                    yield _literal(each.value)
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if _NAMES.search(
            name
        ):
            yield from _texts_below(value)
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            if _NAMES.search(name):
                yield from _texts_below(value)


def _texts_below(node: ast.expr) -> Iterator[str]:
    yield _literal(node)
    for each in ast.walk(node):
        if isinstance(each, ast.Dict):
            yield from (_literal(value) for value in each.values)


def _wanted() -> set[str]:
    wanted = set(SENTENCES.values()) | set(_static_sentences())
    for spec in (HISTORY_CHECK, *(c for family in FAMILIES for c in family.checks)):
        wanted |= {spec.title, *(reason.sentence for reason in spec.reasons)}
    for rule, _ in RULES:
        wanted |= {rule.title, *(each.sentence for each in rule.reasons)}
        wanted |= {each.sentence for each in rule.missing}
    return wanted - {""}


def test_each_sentence_of_checks_and_remarks_has_its_chinese() -> None:
    chinese = translations_for(Language.ZH)
    assert sorted(each for each in _wanted() if not chinese.get(each)) == []


def test_no_sentence_is_left_in_english() -> None:
    chinese = translations_for(Language.ZH)
    names = {"Hyperledger Fabric"}
    same = [each for each in chinese if chinese[each] == each]
    assert set(same) <= names
    assert not [text for text in chinese.values() if "篡改" in text]


def test_no_sentence_is_listed_twice() -> None:
    seen: set[str] = set()

    def refuse(pairs: list[tuple[str, str]]) -> dict[str, str]:
        keys = [key for key, _ in pairs]
        assert len(keys) == len(set(keys))
        assert seen.isdisjoint(keys)
        seen.update(keys)
        return dict(pairs)

    for path in resource("translations", "sentences").glob("*.zh.json"):
        assert json.loads(path.read_text("utf-8"), object_pairs_hook=refuse)


def _messages() -> Iterator[tuple[str, str, str, str]]:
    for context in ET.parse(CATALOGUE).getroot().iter("context"):  # noqa: S314 - ours
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            source = message.findtext("source", "")
            state = translation.get("type", "")
            yield name, source, translation.text or "", state


def test_each_text_of_the_window_has_its_chinese() -> None:
    missing = [
        (context, source)
        for context, source, chinese, state in _messages()
        if not chinese or state == "unfinished"
    ]
    assert missing == []


def test_chinese_texts_have_the_same_holes() -> None:
    wrong = [
        source
        for _, source, chinese, _ in _messages()
        if sorted(_HOLES.findall(source)) != sorted(_HOLES.findall(chinese))
    ]
    assert wrong == []


def test_the_catalogue_holds_every_text_of_the_code() -> None:
    known = {(context, source) for context, source, _, _ in _messages()}
    used = set()
    for path in sorted((CODE / "gui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "translate":
                context, text, *_ = map(_literal, node.args)
                used.add((context, text))
    used -= {("", "")}
    assert sorted(each for each in used if all(each) and each not in known) == []


def test_the_window_changes_its_language_and_back(
    qtbot: QtBot, qapp: QCoreApplication
) -> None:
    del qtbot
    translations = Translations(qapp)
    hash_sentence = SENTENCES["hash-mismatch"]
    translations.use(Language.ZH)
    assert translate("Rail", "Findings") == "发现"
    assert sentence(hash_sentence) == "这些字节的哈希与声明的哈希不一致。"
    assert sentence("Unheard of.") == "Unheard of."
    translations.use(Language.EN)
    assert translate("Rail", "Findings") == "Findings"
    assert sentence(hash_sentence) == hash_sentence
