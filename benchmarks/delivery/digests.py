"""A digest of five lines for every liaison officer, planned and waiting to be delivered."""

from abc import abstractmethod
from datetime import datetime, timedelta

from actions.house import House
from actions.open_window import open_window
from actions.plan_reminders import plan_reminders
from actions.registry.channels import add_channels, check_channel
from benchmarks.bare import Bare
from benchmarks.benchmark import InThisProcess
from benchmarks.city import found_city, settle
from flows.delivery import delivery
from models.database import transaction

SUBJECT = "5 项工作已逾期：学习活动"
BODY = "· 第1支部：学习，截止 2009年9月18日（星期五），已逾期 24 天\n" * 12


class Digests(InThisProcess):
    """Every liaison officer has one digest, and a channel to get it by."""

    def __init__(self, branches: int) -> None:
        self._branches = branches

    @abstractmethod
    def address(self, number: int) -> str:
        """Give the address of the officer of a number."""

    def prepare(self, house: House, bare: Bare) -> None:
        city = found_city(house, bare, self._branches)
        open_window(house, city.window_id, now=city.opens_at)
        numbers = range(1, self._branches + 1)
        with transaction(house.engine) as session:
            add_channels(
                session, house, [check_channel(house, f"O{number}", self.address(number)) for number in numbers]
            )
        with bare.transaction():
            bare.run("DELETE FROM officer WHERE role = 'group'")
        self._now = city.closes_at + timedelta(days=5, hours=11)
        plan_reminders(house, city.campaign, city.stage, now=self._now)
        settle(bare)

    def ours(self, house: House) -> object:
        report = delivery(house, self._clock)
        assert report.sent == self._branches, report
        return report

    def _clock(self) -> datetime:
        return self._now
