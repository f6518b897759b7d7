"""``claim``: the sheet as text, as JSON and as a page; with and without a ledger."""

from pathlib import Path

from tests.cli.running import FABRIC, PEARS, STORE, Runner

BOX = "pear/box/X00012"


def test_a_sheet_as_text(run: Runner) -> None:
    ran = run("claim", "--item", "X00012", "--claim", "scans=5", STORE)
    assert ran.status == 0
    assert BOX in ran.out
    assert "Number of scans (claimed: 5): 3" in ran.out
    assert "the records say otherwise" in ran.out


def test_a_sheet_as_json_with_a_photo_and_a_code(run: Runner, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"not a picture")
    code = "https://trace.pear.example/q/X00012"
    words = ("--json", "--qr", code, "--photo", photo)
    trust = FABRIC / "trust_anchors"
    ran = run("claim", *words, "--trust", trust, "--claim", "by hand", STORE)
    (sheet,) = ran.json["sheets"]
    assert sheet["item"] == BOX
    assert sheet["computed"]["state"] == "attributed"
    assert sheet["exhibits"][0]["found"] == []
    assert sheet["exhibits"][0]["searched_entries"] == 525
    assert [each["standing"] for each in sheet["rows"] if each["claimed"]] == [
        "same",
        "silent",
    ]


def test_without_a_ledger_nothing_supports_it(run: Runner) -> None:
    ran = run("claim", "--claim", "origin=Licheng")
    assert ran.status == 0
    assert "nothing here supports it" in ran.out


def test_an_unknown_thing_has_its_own_status(run: Runner) -> None:
    ran = run("claim", "--item", "zzz999", STORE)
    assert ran.status == 3
    assert "No record of this ledger names it." in ran.out


def test_an_altered_ledger_keeps_its_status(run: Runner) -> None:
    altered = PEARS / "pears_one-digit.jsonl"
    ran = run("claim", "--qr", "(01)09520000001148(21)00001", altered)
    assert ran.status == 1
    assert "Entries do not match" in ran.out


def test_what_cannot_be_read_has_a_sheet_without_a_ledger(
    run: Runner, tmp_path: Path
) -> None:
    odd = tmp_path / "odd.bin"
    odd.write_bytes(b"\x00\x01")
    assert run("claim", "--item", "x", odd).status == 3


def test_a_page_is_written_in_the_language_asked_for(
    run: Runner, tmp_path: Path
) -> None:
    page = tmp_path / "sheet.html"
    ran = run("claim", "--item", BOX, "--language", "zh", "-o", page, STORE)
    assert ran.status == 0
    assert "各条记录彼此相符" in page.read_text("utf-8")
    assert run("claim", "-o", tmp_path / "no" / "x.html").status == 3


def test_a_missing_photo_is_told(run: Runner, tmp_path: Path) -> None:
    ran = run("claim", "--photo", tmp_path / "gone.jpg")
    assert ran.status == 3
    assert "gone.jpg" in ran.err
