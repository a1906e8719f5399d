"""Figures in the form that Prometheus reads."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from threading import Lock

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import DatabaseError

from actions.house import House
from actions.reading.gauges import Gauges, read_gauges

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
KEPT = timedelta(seconds=10)
"""How long the figures of the database are told again before they are read anew, however often one asks."""

QUANTILES = (0.5, 0.9, 0.99)
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The figures of one process: requests as they were counted, and how the installation stands as it is read."""

    def __init__(self, house: House) -> None:
        self._registry = CollectorRegistry()
        self._standing = _Standing(house)
        self._registry.register(self._standing)
        self._requests = Counter(
            "rollcall_http_requests",
            "Requests by route, method and status.",
            ("route", "method", "status"),
            registry=self._registry,
        )
        self._took = Histogram(
            "rollcall_http_request_seconds",
            "Time until a request was answered.",
            ("route", "method"),
            buckets=SECONDS,
            registry=self._registry,
        )
        self._failed = Counter(
            "rollcall_failed_logins", "Logins that were refused or throttled.", registry=self._registry
        )

    def count(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request; `route` is its template, so that there are few of them."""
        self._requests.labels(route, method, status).inc()
        self._took.labels(route, method).observe(seconds)

    def count_failed_login(self) -> None:
        """Count a login that was refused."""
        self._failed.inc()

    def write(self, now: datetime) -> bytes:
        """Write all figures as text; those of the database are at most 10 seconds old."""
        self._standing.refresh(now)
        return generate_latest(self._registry)


class _Standing(Collector):
    """How the installation stands, read from the database when somebody asks."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._lock = Lock()
        self._read_at: datetime | None = None
        self._gauges: Gauges | None = None

    def refresh(self, now: datetime) -> None:
        with self._lock:
            if self._read_at is None or not self._read_at <= now < self._read_at + KEPT:
                try:
                    self._gauges = read_gauges(self._house, now=now)
                except DatabaseError:
                    self._gauges = None
                self._read_at = now

    def collect(self) -> Iterable[Metric]:
        found = self._gauges
        yield _one("rollcall_database_up", "Whether the database answers.", float(found is not None))
        if found is None:
            return
        assignments = [((code, status.value), count) for (code, status), count in found.assignments.items()]
        overdue = [((code,), count) for code, count in found.overdue.items()]
        notices = [((status.value,), count) for status, count in found.notices.items()]
        deliveries = [((status.value,), count) for status, count in found.deliveries.items()]
        latencies = [((str(part),), _quantile(found.latencies, part)) for part in QUANTILES if found.latencies]
        yield _by("campaign status", "rollcall_assignments", "Assignments of running campaigns.", assignments)
        yield _by("campaign", "rollcall_assignments_overdue", "Open ones that are past their deadline.", overdue)
        yield _by("status", "rollcall_notices", "Notices; sent and cancelled ones of the last 24 hours.", notices)
        yield _by("status", "rollcall_deliveries", "Deliveries that are not settled, or dead.", deliveries)
        yield _one(
            "rollcall_notice_oldest_wait_seconds",
            "Since when the planned notice that waits longest could have gone.",
            found.oldest_wait.total_seconds(),
        )
        yield _one("rollcall_deliveries_lately", "Messages accepted in the last 15 minutes.", len(found.latencies))
        yield _by(
            "quantile",
            "rollcall_delivery_latency_seconds",
            "From when a message could go until it was accepted, over the last 15 minutes.",
            latencies,
        )


def _one(name: str, what: str, value: float) -> Metric:
    return GaugeMetricFamily(name, what, value=value)


def _by(labels: str, name: str, what: str, values: Iterable[tuple[Sequence[str], float]]) -> Metric:
    family = GaugeMetricFamily(name, what, labels=labels.split())
    for key, value in values:
        family.add_metric(key, value)
    return family


def _quantile(ascending: Sequence[timedelta], part: float) -> float:
    """Return the value below which a part of them lies, by the nearest rank."""
    return ascending[min(int(len(ascending) * part), len(ascending) - 1)].total_seconds()
