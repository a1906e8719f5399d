"""How the flows are deployed; that they run is shown in tests/serving."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule

from config.settings import Settings
from config.vocabulary import StageKind
from flows.deployments import STAGE_RUNS, TAG, make_deployments
from flows.patrol import STAGE_FLOWS


def test_every_kind_of_stage_has_a_run_named_after_it() -> None:
    assert set(STAGE_RUNS) == set(STAGE_FLOWS) == set(StageKind)
    assert {run.name for run in STAGE_RUNS.values()} == set(StageKind)


def test_two_rounds_never_overlap_and_the_later_gives_way(tmp_path: Path) -> None:
    for deployment in make_deployments(Settings(home=tmp_path)):
        assert deployment.tags == [TAG]
        if deployment.name in {"patrol", "delivery"}:
            assert deployment.concurrency_limit == 1
            assert deployment.concurrency_options
            assert deployment.concurrency_options.collision_strategy == "CANCEL_NEW"
            assert deployment.schedules
        else:
            assert not deployment.schedules


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        pytest.param(60, CronSchedule(cron="0 * * * *", timezone="Asia/Shanghai"), id="hourly"),
        pytest.param(20, CronSchedule(cron="0,20,40 * * * *", timezone="Asia/Shanghai"), id="a third of an hour"),
        pytest.param(45, timedelta(minutes=45), id="no part of an hour"),
        pytest.param(1440, timedelta(days=1), id="daily, from local midnight"),
    ],
)
def test_the_patrol_goes_round_as_often_as_set(
    tmp_path: Path, minutes: int, expected: CronSchedule | timedelta
) -> None:
    (deployment, *_) = make_deployments(Settings(home=tmp_path, patrol_every_minutes=minutes))
    assert deployment.schedules
    schedule = deployment.schedules[0].schedule
    if isinstance(expected, timedelta):
        assert isinstance(schedule, IntervalSchedule)
        assert schedule.interval == expected
        assert schedule.anchor_date.astimezone(UTC) == datetime(1999, 12, 31, 16, tzinfo=UTC)
    else:
        assert schedule == expected
