"""Benchmarks: each prints ratios to the primitives measured in the same run."""
