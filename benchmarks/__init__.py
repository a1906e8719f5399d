"""Side-by-side measurements: what a job costs here, and what the bare statements cost that do the same.

`python -m benchmarks --help` says how to run them. Nothing in them asserts a time: machines differ, ratios much less.
"""
