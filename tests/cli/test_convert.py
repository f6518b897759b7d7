"""``convert`` and the PROV forms of ``trace``."""

from pathlib import Path

import pytest

from explorer.encodings.prov.notations import Notation, notation_of, read_prov
from explorer.formats.prov.constraints import constraint_results
from tests.cli.running import STORE, Runner

TEXT = "document\nprefix ex <http://e/>\nentity(ex:a)\nendDocument\n"


@pytest.mark.parametrize("notation", list(Notation))
def test_a_document_is_written_in_another_notation(
    run: Runner, tmp_path: Path, notation: Notation
) -> None:
    path = tmp_path / "a.provn"
    path.write_text(TEXT)
    ran = run("convert", "--to", notation.value, path)
    assert ran.status == 0
    assert notation_of(ran.out.encode(), is_whole=True) is notation
    output = tmp_path / "b"
    assert run("convert", "--to", notation.value, "-o", output, path).status == 0
    assert output.read_text() == ran.out


def test_what_could_not_be_read_is_told(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "a.provn"
    path.write_text(TEXT.replace("entity", "foo(ex:b)\nentity"))
    ran = run("convert", "--to", "prov-json", path)
    assert ran.status == 3
    assert "unknown-record foo" in ran.err
    assert '"ex:a"' in ran.out
    assert run("convert", "--to", "prov-json", "-o", path, path).status == 3
    assert run("convert", "--to", "prov-json", STORE).status == 3


def test_a_trace_is_a_valid_prov_n_document(run: Runner) -> None:
    ran = run("trace", "--prov-n", STORE, "--item", "box/X00012")
    assert ran.status == 0
    document = read_prov(ran.out.encode(), Notation.N)
    assert not document.flaws
    statements = list(enumerate(document.top.statements))
    assert constraint_results(statements) == []
