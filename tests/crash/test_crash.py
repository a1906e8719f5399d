"""A smaller run of `make crash`."""

from pathlib import Path

from tests.crash.run import Plan, run


def test_nothing_is_lost_and_nothing_arrives_twice_but_what_was_in_flight(database: str, tmp_path: Path) -> None:
    result = run(database, tmp_path / "home", Plan(deliveries=300, kills=8, seed=20090916))
    assert result.is_kept, result
    assert (result.deliveries, result.kills) == (300, 8)
