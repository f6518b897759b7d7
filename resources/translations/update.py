"""Brings ``window_zh.ts`` up to date with the code and compiles it to ``window_zh.qm``.

Run it after changing a text of the window: new texts appear in the ``.ts`` file as
unfinished; write their Chinese there and run it again. Needs the tools that come with
PySide6.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CODE = HERE.parents[1] / "explorer" / "gui"
CATALOGUE = HERE / "window_zh.ts"


def _run(tool: str, *arguments: str) -> None:
    program = Path(sys.executable).with_name(f"pyside6-{tool}")
    subprocess.run([str(program), *arguments], check=True)  # noqa: S603 - own tools


def update() -> None:
    """Collect the texts of all modules of the window, then compile."""
    modules = sorted(str(path) for path in CODE.rglob("*.py"))
    # Locations would change with every line of code; texts that are gone go, too.
    options = ("-locations", "none", "-no-obsolete", "-source-language", "en")
    target = ("-target-language", "zh_CN", "-ts", str(CATALOGUE))
    _run("lupdate", *modules, *options, *target)
    _run("lrelease", str(CATALOGUE), "-qm", str(CATALOGUE.with_suffix(".qm")))


if __name__ == "__main__":
    update()
