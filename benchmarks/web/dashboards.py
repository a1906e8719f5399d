"""Pages about a campaign: the time that the server takes for one, beside the one sum that it cannot do without."""

import asyncio
from http import HTTPStatus

import httpx

from actions.add_user import NewUser, add_user
from actions.house import House
from benchmarks.bare import Bare
from benchmarks.benchmark import Benchmark
from benchmarks.clock import Spent, measure, median_of
from benchmarks.web.nation import LAUNCHED_AT, NOW, found_nation
from config.vocabulary import UserRole
from web.app import create_app

PAGES = {
    "campaigns": "/",
    "campaign": "/campaigns/nation",
    "province": "/campaigns/nation/units/P0",
    "county": "/campaigns/nation/units/X0",
    "window": "/campaigns/nation/windows/rectification/all",
    "overdue": "/campaigns/nation/overdue?by=branch",
    "overdue-units": "/campaigns/nation/overdue?by=unit",
    "overdue-officers": "/campaigns/nation/overdue?by=officer",
}
REQUESTS = 20
TASKS = 20
PASSWORD = "correct horse battery"
SUM = (
    "SELECT window_id, sum(total), sum(done), sum(in_time), sum(waived), "
    "sum(CASE WHEN due_at <= ? THEN total - waived - done ELSE 0 END) FROM counter GROUP BY window_id"
)


class Dashboard(Benchmark):
    """A page, asked for over and over by a coordinator who sees everything: the median of a run is told."""

    def __init__(self, page: str, branches: int) -> None:
        self.name = f"page-{page}"
        self._page, self._branches = page, branches

    @property
    def job(self) -> str:
        return f"show the page {self._page}, {self._branches * TASKS:,} assignments"

    def prepare(self, house: House, bare: Bare) -> None:
        found_nation(house, bare, self._branches)
        coordinator = NewUser("coordinator", "协调人", UserRole.COORDINATOR, PASSWORD)
        add_user(house, coordinator, actor="benchmark", now=LAUNCHED_AT)

    def ours(self, house: House) -> object:
        with asyncio.Runner() as runner, Visit(runner, house) as visit:
            return visit.ask(PAGES[self._page])

    def bare(self, bare: Bare) -> object:
        return bare.run(SUM, bare.instant(NOW))

    def measure_ours(self, house: House, url: str) -> Spent:
        with asyncio.Runner() as runner, Visit(runner, house) as visit:
            return median_of([measure(lambda: visit.ask(PAGES[self._page]), url) for _ in range(REQUESTS)])

    def measure_bare(self, bare: Bare, url: str) -> Spent:
        return median_of([measure(lambda: self.bare(bare), url) for _ in range(REQUESTS)])


class Visit:
    """A coordinator who is logged in, in this process and without a network between."""

    def __init__(self, runner: asyncio.Runner, house: House) -> None:
        transport = httpx.ASGITransport(create_app(house, lambda: NOW))
        self._runner = runner
        self._client = httpx.AsyncClient(transport=transport, base_url="http://benchmark", trust_env=False)

    def __enter__(self) -> "Visit":
        form = {"login": "coordinator", "password": PASSWORD}
        answer = self._runner.run(self._client.post("/login", data=form))
        if answer.status_code != HTTPStatus.SEE_OTHER:
            raise RuntimeError(answer.text)
        return self

    def __exit__(self, *_: object) -> None:
        self._runner.run(self._client.aclose())

    def ask(self, address: str) -> int:
        """Read a page; return how long it is."""
        answer = self._runner.run(self._client.get(address))
        if answer.status_code != HTTPStatus.OK:
            raise RuntimeError(answer.text)
        return len(answer.content)
