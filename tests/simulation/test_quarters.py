"""A year of quarters played to its end: what simulated branches answer keeps the rules of the form."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from actions.house import House, open_house
from config.definition.consistency import FigureRule
from config.definition.figures import FigureSpec
from config.definition.file import find_campaign, load_definition
from config.definition.tasks import TaskSpec
from config.errors import Refusal
from config.settings import Settings
from config.vocabulary import AssignmentStatus, CampaignStatus, WindowStatus
from models.assignment import Assignment, FigureValue
from models.campaign import Campaign, Stage, Task
from models.returned import UnitReturn
from models.window import Window
from simulation.consistency import keep_rules
from simulation.play import play
from tests.factories import at, imported, registry_rows
from tests.records import every

CODE = "quarterly-return"
FOUNDED = ("founded_branches", "founded_unions", "founded_youth_leagues", "founded_womens_committees")


@pytest.fixture
def played(home: Path) -> Iterator[House]:
    """A home in which six branches of two units have played the year."""
    house = open_house(Settings(home=home))
    assert not imported(house, *registry_rows(2, 3)[1:], now=at("2027-02-01 09:00")).rejected
    play(house, load_definition(find_campaign(CODE)), until=at("2028-02-15 18:00"), watch=lambda _: None)
    yield house
    house.engine.dispose()


def answered(house: House) -> dict[int, dict[str, dict[str, int]]]:
    """What branches answered, by branch and stage."""
    stages = {stage.id: stage.code for stage in every(house, Stage)}
    stage_of = {task.id: stages[task.stage_id] for task in every(house, Task)}
    works = {work.id: work for work in every(house, Assignment)}
    found: defaultdict[int, defaultdict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for value in every(house, FigureValue):
        work = works[value.assignment_id]
        found[work.branch_id][stage_of[work.task_id]][value.code] = value.value
    return {branch: dict(sorted(said.items())) for branch, said in found.items()}


def test_a_year_of_quarters_is_played_to_its_end(played: House) -> None:
    (campaign,) = every(played, Campaign)
    assert campaign.status is CampaignStatus.ENDED
    assert {window.status for window in every(played, Window)} == {WindowStatus.CLOSED}
    assert {work.status for work in every(played, Assignment)} == {AssignmentStatus.DONE}
    standing = [(each.version, each.missing, each.replaced_at) for each in every(played, UnitReturn)]
    assert standing == [(1, 0, None)] * 3 * 4, "three units pass four quarters on"
    for quarters in answered(played).values():
        assert [*quarters] == ["q1", "q2", "q3", "q4"]
        for said in quarters.values():
            assert said["organisations"] == 1 == said["committees"] + said["branches"] + said["joint_branches"]
            assert said["members"] <= said["employees"]
        for said in (quarters["q1"], quarters["q2"], quarters["q3"]):
            assert said["reached_founded"] >= sum(said[code] for code in FOUNDED)
        reached = [said["reached_founded"] for said in quarters.values()]
        assert reached == sorted(reached)


def a_task(*rules: str, **most: int) -> TaskSpec:
    figures = tuple(FigureSpec(code=code, maximum=most.get(code)) for code in ("whole", "part", "other"))
    said = {"code": "t", "title": {"zh": "t", "en": "t"}, "due": "close", "figures": figures, "rules": rules}
    return TaskSpec.model_validate(said)


INVENTED = {"whole": 5, "part": 3, "other": 4}
MENDED = {
    "a total takes the sum of its parts": (a_task("whole = part + other"), {"whole": 7, "part": 3, "other": 4}),
    "wherever it stands": (a_task("part + other = whole"), {"whole": 7, "part": 3, "other": 4}),
    "parts give way to a total that cannot": (
        a_task("whole = part + other", whole=6),
        {"whole": 6, "part": 2, "other": 4},
    ),
    "what is too much is lowered": (a_task("part + other <= whole"), {"whole": 5, "part": 1, "other": 4}),
    "what is too little is raised": (a_task("part >= other"), {"whole": 5, "part": 4, "other": 4}),
    "what cannot fall does not": (a_task("part never falls"), {"whole": 5, "part": 9, "other": 4}),
    "a rule that another one broke is kept again": (
        a_task("whole = part + other", "part never falls"),
        {"whole": 13, "part": 9, "other": 4},
    ),
    "what keeps them stays": (a_task("part <= whole"), INVENTED),
}


@pytest.mark.parametrize(("task", "expected"), MENDED.values(), ids=MENDED.keys())
def test_figures_are_changed_until_they_keep_the_rules(task: TaskSpec, expected: dict[str, int]) -> None:
    assert keep_rules(task, INVENTED, {"part": 9}) == expected


def test_rules_that_no_figures_keep_are_named() -> None:
    with pytest.raises(Refusal, match="no figures were found that keep part never falls"):
        keep_rules(a_task("part never falls", part=8), INVENTED, {"part": 9})
    assert str(FigureRule.parse("part never falls")) == "part never falls"
