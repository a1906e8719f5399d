"""Delivering: a digest for every branch goes through the outbox into a folder of files."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from actions.house import House
from actions.open_window import open_window
from actions.plan_reminders import plan_reminders
from benchmarks.bare import Bare
from benchmarks.benchmark import Benchmark
from benchmarks.city import found_city, settle
from flows.delivery import delivery

LETTER = ("第1支部：学习，截止 2009年9月18日（星期五），已逾期 24 天\n" * 12).encode()


class Delivering(Benchmark):
    """Every liaison officer has one digest of five lines, and a folder to get it in."""

    name = "delivery"
    outcome = ""

    def __init__(self, branches: int) -> None:
        self._branches = branches

    @property
    def job(self) -> str:
        return f"deliver {self._branches:,} digests to folders, against as many files"

    def prepare(self, house: House, bare: Bare) -> None:
        city = found_city(house, bare, self._branches)
        open_window(house, city.window_id, now=city.opens_at)
        with bare.transaction():
            bare.run_many(
                "INSERT INTO channel (officer_id, service, address, fingerprint, rank, status) "
                "VALUES (?, 'folder', ?, 'x', 0, 'active')",
                [(number, house.seal.close(f"folder://O{number}")) for number in range(1, self._branches + 1)],
            )
            bare.run("DELETE FROM officer WHERE role = 'group'")
        self._now = city.closes_at + timedelta(days=5, hours=11)
        plan_reminders(house, city.campaign, city.stage, now=self._now)
        settle(bare)

    def ours(self, house: House) -> object:
        report = delivery(house, self._clock)
        assert report.sent == self._branches
        return report

    def bare(self, bare: Bare) -> object:
        for number in range(1, self._branches + 1):
            _write(bare.home / "messages" / f"O{number}" / "1.eml")
        return None

    def _clock(self) -> datetime:
        return self._now


def _write(file: Path) -> None:
    file.parent.mkdir(parents=True)
    with file.open("wb") as handle:
        handle.write(LETTER)
        handle.flush()
        os.fsync(handle.fileno())
