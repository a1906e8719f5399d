"""Completing work over HTTP: sixteen browsers send the form of one assignment after another."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from actions.access.secrets import digest_of
from actions.add_user import NewUser, add_user
from actions.assignments.seen import fingerprint
from actions.house import House
from actions.open_window import open_window
from benchmarks.bare import Bare
from benchmarks.benchmark import Benchmark
from benchmarks.city import found_city, settle
from benchmarks.clock import Spent, measure
from benchmarks.grounds import KEY
from benchmarks.web.bare_app import make_bare
from benchmarks.web.clients import Form, p99, send_all
from benchmarks.web.our_app import LOGIN, PASSWORD, log_in, make_ours
from benchmarks.web.serving import Served, serving
from config.vocabulary import AssignmentStatus, UserRole

CLIENTS = 16
SESSIONS = "4"
SECRET = "a secret of no secrecy"


class CompletingOverHttp(Benchmark):
    """The first task of the campaign, and the last ones to warm up, answered by branch after branch."""

    name = "completing-http"
    outcome = (
        "SELECT a.branch_id, a.status, a.done_at, a.done_by, a.next_reminder_at, f.code, f.value, c.done, c.in_time, "
        "(SELECT count(*) FROM event e WHERE e.branch_id = a.branch_id) FROM assignment a "
        "JOIN figurevalue f ON f.assignment_id = a.id "
        "JOIN counter c ON c.unit_id = a.unit_id AND c.task_id = a.task_id ORDER BY 1"
    )

    def __init__(self, branches: int) -> None:
        """Take the branches that there are; a seventh of them warm up."""
        self._warm_up = branches // 7
        self.times = branches - self._warm_up

    @property
    def job(self) -> str:
        return f"complete one over HTTP, {CLIENTS} clients"

    def prepare(self, house: House, bare: Bare) -> None:
        self._city = city = found_city(house, bare, self._warm_up + self.times)
        open_window(house, city.window_id, now=city.opens_at)
        self._now = city.opens_at + timedelta(hours=10)
        add_user(house, NewUser(LOGIN, LOGIN, UserRole.COORDINATOR, PASSWORD), actor="benchmark", now=self._now)
        bare.run(
            "INSERT INTO login (user_id, digest, agent, started_at, seen_at, ends_at) "
            "SELECT id, ?, 'benchmark', added_at, added_at, ? FROM \"user\"",
            digest_of(SECRET),
            bare.instant(self._now + timedelta(days=1)),
        )
        settle(bare)

    def measure_ours(self, house: House, url: str) -> Spent:
        with serving(partial(make_ours, url, house.home, KEY, self._now)) as served:
            return self._measure(served, url, [log_in(served.port) for _ in range(CLIENTS)])

    def measure_bare(self, bare: Bare, url: str) -> Spent:  # noqa: ARG002 - opens its own
        with serving(partial(make_bare, url, self._now)) as served:
            return self._measure(served, url, [(f"rollcall={SECRET}", {})] * CLIENTS)

    def _measure(self, served: Served, url: str, browsers: Sequence[tuple[str, dict[str, str]]]) -> Spent:
        send_all(served.port, self._forms(browsers, range(self._warm_up)))
        forms = self._forms(browsers, range(self._warm_up, self._warm_up + self.times))
        took: list[float] = []
        spent = measure(lambda: took.extend(send_all(served.port, forms)), url, served.cpu)
        return Spent(spent.wall, spent.cpu, p99(took))

    def _forms(self, browsers: Sequence[tuple[str, dict[str, str]]], branches: range) -> list[list[Form]]:
        """Hand out the branches to the browsers."""
        city = self._city
        seen = fingerprint(AssignmentStatus.OPEN, None, city.tasks[0].due_at, 0)
        task = f"tasks/{city.stage}/{city.tasks[0].code}"
        return [
            [
                Form(
                    f"/campaigns/{city.campaign}/branches/B{number + 1}/{task}/complete",
                    cookie,
                    {**fields, "figure-sessions": SESSIONS, "seen": seen},
                )
                for number in branches[place :: len(browsers)]
            ]
            for place, (cookie, fields) in enumerate(browsers)
        ]
