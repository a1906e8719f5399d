"""Workers are killed over and over while they deliver, and what arrived is counted where it arrived.

`python -m tests.crash` ends with one line for each database, and with 1 when the promise is broken: nothing is lost,
everything comes to an end, and a message arrives twice only where its send was in flight when a worker was killed.
"""
