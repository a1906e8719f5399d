"""`python -m benchmarks`: run them, and print one table."""

from benchmarks.command import main

main()
