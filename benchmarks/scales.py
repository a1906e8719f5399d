"""How large the benchmarks are, and which of them are run at that size."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from benchmarks.benchmark import Benchmark
from benchmarks.completing import Completing
from benchmarks.delivery.folders import Folders
from benchmarks.delivery.mails import Mails, MailsByApprise
from benchmarks.delivery.webhooks import Webhooks, WebhooksByApprise
from benchmarks.importing.registry import Importing
from benchmarks.opening import Opening
from benchmarks.patrolling import FirstPatrol, Patrolling
from benchmarks.sweeping import Sweeping
from benchmarks.web.completing import CompletingOverHttp
from benchmarks.web.dashboards import PAGES, Dashboard


@dataclass(frozen=True, slots=True)
class Scale:
    """Sizes: `branches` of the city, `batch` of answers in one transaction, `rows` finished beside what is due."""

    branches: int
    batch: int
    rows: tuple[int, ...]
    national: int = 0


SCALES: Mapping[str, Scale] = {
    "quick": Scale(branches=60, batch=20, rows=(0, 600)),
    "city": Scale(branches=703, batch=300, rows=(0, 100_000)),
    "national": Scale(branches=703, batch=300, rows=(0, 700_000, 2_800_000), national=140_000),
}


def benchmarks(scale: str, rows: Iterable[int] | None = None) -> list[Benchmark]:
    """List the benchmarks of a scale; `rows` takes the place of the scale's own."""
    size = SCALES[scale]
    found: list[Benchmark] = [
        Opening(size.branches),
        Patrolling(size.branches),
        FirstPatrol(size.branches),
        *(
            Sweeping(size.branches, due=size.branches, finished=finished)
            for finished in (size.rows if rows is None else rows)
        ),
        Completing(size.branches, 1),
        Completing(size.branches, size.batch),
        CompletingOverHttp(size.branches),
        Importing(size.national or size.branches),
        Folders(size.branches),
        Mails(size.branches),
        MailsByApprise(size.branches),
        Webhooks(size.branches),
        WebhooksByApprise(size.branches),
        *(Dashboard(page, size.national or size.branches) for page in PAGES),
    ]
    if size.national:
        found += [
            Opening(size.national, "opening-national"),
            Sweeping(size.national, due=size.national // 25, finished=size.national * 15),
        ]
    return found
