"""The full enforcement ledger with its pack, beside the plain verification.

Goals: exactly the planted 228 alerts, at most 1.5 times the processor time of the same
verification by an empty pack, at most 500 MB. Processor time of all processes is
compared, because other work on the machine stretches the clock.
"""

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measuring import say
from explorer.lab.samples import write_sample

MOST_TIMES, MOST_MB, ALERTS = 1.5, 500, 228

_EMPTY = """version = 1
name = "empty"
title = "Empty"
title_zh = "空"
of = "arguments"
[[rule]]
id = "step-order"
code = "nothing"
form = "condition"
demand = "true"
message = "Nothing."
message_zh = "无。"
"""


def main() -> None:
    """Write the ledger once and verify it with and without its pack."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_sample("enforcement", Path(folder), full=True)
        empty = Path(folder) / "empty.toml"
        empty.write_text(_EMPTY, encoding="utf-8")
        plain, _, plain_mb = _verified(path, "--pack", str(empty))
        packed, found, packed_mb = _verified(path)
    if found != ALERTS:
        raise SystemExit(f"{found} alerts instead of {ALERTS}")
    ratio = packed / plain
    say(f"enforcement --full: {found} alerts")
    say(f"  plain {plain:.2f} s of processor time, {plain_mb:.0f} MB")
    say(f"  with the pack {packed:.2f} s ({ratio:.2f} x), {packed_mb:.0f} MB")
    if ratio > MOST_TIMES or packed_mb > MOST_MB:
        raise SystemExit("above the goal")


def _verified(path: Path, *words: str) -> tuple[float, int, float]:
    """Return processor time, alerts and the most memory of one process so far."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "explorer", "verify", "--json", *words, str(path)]
    done = subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    (result,) = json.loads(done.stdout)["results"]
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, len(result["inconsistencies"]), after.ru_maxrss / 1024


if __name__ == "__main__":
    main()
