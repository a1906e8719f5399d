"""Returns over the API: read, passed on under a key, corrected on condition."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.factories import at
from tests.returns.houses import a_house_with_returns, answer_quarter
from tests.web.api.programs import a_program
from tests.web.sites import Site, a_site, with_users

LIST = "/campaigns/returns/returns/q1"
FIRST = f"{LIST}/U1"
ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def quarter(engine: Engine, tmp_path: Path) -> Iterator[Site]:
    """U1 has answered the first quarter."""
    house = with_users(a_house_with_returns(engine, tmp_path / "home", opened=2))
    for branch in ("U1-1", "U1-2"):
        answer_quarter(house, branch, (1, 2, 0), trained=10, dues="0.35")
    with a_site(house, at("2027-04-20 10:00")) as site:
        yield site


@ONE
def test_a_return_is_passed_on_once_under_its_key_and_corrected_on_condition(quarter: Site) -> None:
    with a_program(quarter, "group") as program:
        key = {"Idempotency-Key": "one"}
        passed = program.post(f"{FIRST}/pass-on", json={}, headers=key)
        again = program.post(f"{FIRST}/pass-on", json={}, headers=key)
        assert (passed.status_code, again.headers["Idempotency-Replayed"]) == (200, "true")
        figures = {"organisations": 6, "committees": 2, "branches": 4, "joint": 0, "trained": 20, "dues": 0.7}
        assert (passed.json()["status"], passed.json()["version"], passed.json()["figures"]) == (
            "passed_on",
            1,
            figures,
        )
        wrong = {"branch": "U1-1", "task": "training", "figures": {"trained": 9}, "reason": "counted twice"}
        tag = {"If-Match": passed.headers["ETag"]}
        corrected = program.post(f"{FIRST}/correct", json=wrong, headers=tag)
        assert (corrected.json()["status"], corrected.json()["figures"]["trained"]) == ("outdated", 19)
        assert program.post(f"{FIRST}/correct", json=wrong, headers=tag).status_code == 412
        program.post(f"{FIRST}/pass-on", json={})
        versions = program.get(FIRST).json()["versions"]
        assert [(each["version"], each["reason"], each["figures"]["trained"]) for each in versions] == [
            (1, None, 20),
            (2, "counted twice", 19),
        ]
        assert program.get(FIRST, params={"version": 1}).json()["figures"] == figures


@ONE
def test_what_cannot_be_passed_on_or_corrected_is_told(quarter: Site) -> None:
    with a_program(quarter, "coordinator") as program:
        missing = program.post(f"{LIST}/U2/pass-on", json={})
        assert (missing.status_code, missing.json()["detail"].startswith("第2区: 4 are missing in q1")) == (422, True)
        half = program.post(f"{FIRST}/correct", json={"branch": "U1-1", "reason": "wrong"})
        assert (half.status_code, half.json()["detail"].startswith("name the branch and the task")) == (422, True)
        assert [line["status"] for line in program.get(LIST).json()["items"]] == ["open"] * 3
        late = {"incomplete": True, "reason": "flooded"}
        assert program.post(f"{LIST}/U2/pass-on", json=late).json()["versions"][0]["missing"] == 4
        assert program.post(f"{LIST}/U2/correct", json={"reason": "one more"}).json()["status"] == "outdated"


@ONE
def test_what_was_answered_before_is_proposed(quarter: Site) -> None:
    with a_program(quarter, "officer") as program:
        asked = {"stage": "q2", "task": "organisation", "branch": "U1-1"}
        (found,) = program.get("/assignments", params=asked).json()["items"]
        proposed = program.get(f"/assignments/{found['assignment']}/proposals").json()["items"]
        assert [(each["figure"], each["value"], each["source"]) for each in proposed] == [
            ("organisations", 3, "last"),
            ("committees", 1, "last"),
            ("branches", 2, "last"),
            ("joint", 0, "last"),
        ]


@ONE
def test_an_answer_is_told_every_rule_that_it_breaks_where_its_figures_stand(quarter: Site) -> None:
    quarter.clock.now = at("2027-07-05 10:00")
    with a_program(quarter, "coordinator") as program:
        there = program.get("/assignments", params={"branch": "U1-1", "stage": "q2"}).json()["items"]
        (organisation,) = [work["assignment"] for work in there if work["task"] == "organisation"]
        figures = {"organisations": 7, "committees": 0, "branches": 2, "joint": 0}
        refused = program.post(f"/assignments/{organisation}/complete", json={"figures": figures}).json()
    assert refused["errors"] == [
        {
            "place": "body.figures.organisations",
            "message": "Organisations 7 must equal Committees 0 + Branches 2 + Joint branches 0 = 2",
        },
        {"place": "body.figures.committees", "message": "Committees 0 was 1 before, and cannot fall"},
    ]
    assert all(fault["message"] in refused["detail"] for fault in refused["errors"])
