"""Runs every benchmark: ``python -m benchmarks [NAME...]``."""

import importlib
import pkgutil
import sys

import benchmarks

if __name__ == "__main__":
    wanted = sys.argv[1:]
    for module in pkgutil.iter_modules(benchmarks.__path__):
        if module.name in {"__main__", "measuring"}:
            continue
        if not wanted or module.name in wanted:
            importlib.import_module(f"benchmarks.{module.name}").main()
