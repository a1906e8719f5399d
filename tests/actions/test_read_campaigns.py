from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.launch import launch
from actions.reading.campaigns import read_campaigns, read_definition, read_titles
from config.errors import Refusal
from config.vocabulary import CampaignStatus
from models.scope import Scope
from tests.factories import CAMPAIGN, LAUNCH_DAY, a_house, a_house_at_work, at, campaign_file


def test_a_house_without_campaigns_has_none(engine: Engine, tmp_path: Path) -> None:
    assert read_campaigns(a_house(engine, tmp_path / "home")) == ()


def test_campaigns_come_the_newest_first_with_the_windows_that_are_open(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home")
    second = campaign_file(tmp_path / "second", CAMPAIGN.replace("code: trial", "code: second"))
    launch(house, second, actor="b", now=at("2009-09-02 00:30"))
    newest, trial = read_campaigns(house)
    assert (newest.campaign, newest.open, newest.launched_on) == ("second", (), date(2009, 9, 2))
    assert (trial.campaign, trial.title.en, trial.status) == ("trial", "Trial", CampaignStatus.RUNNING)
    assert trial.open == ("mobilization/pilot", "mobilization/main")
    assert (trial.branches, trial.launched_at, trial.launched_by) == (6, LAUNCH_DAY, "test")


def test_whoever_sees_a_part_reads_the_campaigns_of_its_branches_and_counts_no_others(
    engine: Engine, tmp_path: Path
) -> None:
    house = a_house_at_work(engine, tmp_path / "home")
    second = CAMPAIGN.replace("code: trial", "code: second").replace("  - {code: main, starts: 2009-09-14}\n", "")
    launch(house, campaign_file(tmp_path / "second", second), actor="b", now=at("2009-09-02 00:30"))
    inside, outside = Scope(path="/R/U1/"), Scope(path="/R/U2/")
    assert [(each.campaign, each.branches) for each in read_campaigns(house, inside)] == [("second", 3), ("trial", 3)]
    assert [(each.campaign, each.branches) for each in read_campaigns(house, outside)] == [("trial", 3)]
    assert [title.campaign for title in read_titles(house, inside)] == ["second", "trial"]
    assert [title.campaign for title in read_titles(house, outside)] == ["trial"]
    assert len(read_titles(house)) == 2


def test_what_a_campaign_runs_by_is_its_own_copy(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home")
    (house.home / "campaign.yaml").unlink()
    assert [stage.code for stage in read_definition(house, "trial").stages][:2] == ["mobilization", "study"]
    with pytest.raises(Refusal, match="campaign nosuch: not launched here"):
        read_definition(house, "nosuch")
