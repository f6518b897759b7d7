import json
from pathlib import Path

from tests.cli.running import Runner


def test_lessons_are_listed(run: Runner) -> None:
    ran = run("lab", "lessons")
    assert ran.status == 0
    assert "one-digit" in ran.out


def test_a_lesson_becomes_a_page_and_a_handout(run: Runner, tmp_path: Path) -> None:
    page, paper = tmp_path / "page.html", tmp_path / "paper.html"
    assert run("lab", "page", "one-digit", "-o", page).status == 0
    assert "crypto.subtle" in page.read_text(encoding="utf-8")
    words = ("--handout", "--language", "zh", "-o", paper)
    assert run("lab", "page", "one-digit", *words).status == 0
    assert "教师提示" in paper.read_text(encoding="utf-8")
    assert run("lab", "page", "one-digit", "-o", page).status == 3  # it is there


def test_a_lesson_that_is_not_there(run: Runner, tmp_path: Path) -> None:
    ran = run("lab", "page", "none", "-o", tmp_path / "page.html")
    assert ran.status == 3
    assert "docs/lessons.md" in ran.err


def test_a_class_is_dealt_and_scored(run: Runner, tmp_path: Path) -> None:
    folder = tmp_path / "class"
    assert run("lab", "class", "--seats", "3", "--seed", "1", "-o", folder).status == 0
    answers = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    assert len(list(folder.glob("seat-*.jsonl"))) == 3
    assert run.verify(folder / "seat-001.jsonl").result["verdict"] == "failed"
    rows = [f"{n},{e['fault']},{e['block']}" for n, e in answers.items()]
    sheet = tmp_path / "filled.csv"
    sheet.write_text("\n".join(["seat,fault,block", *rows]), encoding="utf-8")
    ran = run("lab", "score", folder / "answers.json", sheet)
    assert ran.out.splitlines()[1:] == [f"{n},true,true,2" for n in (1, 2, 3)]
    assert run("lab", "score", sheet, sheet).status == 3


def test_a_table_becomes_a_chain(run: Runner, tmp_path: Path) -> None:
    table, chain = tmp_path / "mine.csv", tmp_path / "mine.jsonl"
    table.write_text("party,what\norchard,Harvest\n", encoding="utf-8")
    assert run("lab", "build", table, "-o", chain).status == 0
    assert run.verify(chain).result["verdict"] == "consistent"
    assert run("lab", "build", tmp_path / "none.csv", "-o", chain).status == 3


def test_answers_that_are_no_numbers_are_refused(run: Runner, tmp_path: Path) -> None:
    answers, sheet = tmp_path / "answers.json", tmp_path / "sheet.csv"
    answers.write_text('{"1":{"fault":"edited","block":Infinity}}', encoding="utf-8")
    sheet.write_text("1,edited,2\n", encoding="utf-8")
    assert run("lab", "score", answers, sheet).status == 3
