"""Ledgers over the API: listed with their columns, written once, corrected on condition, struck, added up."""

import pytest

from config.vocabulary import LedgerCode
from tests.web.api.programs import a_program
from tests.web.sites import Site

VISITS = "/campaigns/trial/ledgers/visits"
VISIT = {"day": "2009-09-14", "branch": "U1-1", "way": "lecture", "persons": 3}
STANDS = {**VISIT, "officer": None, "findings": None}


def test_the_ledgers_say_what_an_entry_of_theirs_says(site: Site) -> None:
    with a_program(site, "viewer") as program:
        ledgers = {ledger["ledger"]: ledger for ledger in program.get("/ledgers").json()["items"]}
    assert set(ledgers) == set(LedgerCode)
    columns = {column["code"]: column for column in ledgers["visits"]["columns"]}
    assert list(columns) == ["day", "branch", "officer", "way", "persons", "findings"]
    assert (columns["way"]["choices"], columns["persons"]["least"]) == (["lecture", "report", "files", "members"], 1)


def test_an_entry_is_written_once_under_its_key(site: Site) -> None:
    with a_program(site, "officer") as program:
        key = {"Idempotency-Key": "one"}
        first = program.post(VISITS, json={"entry": VISIT}, headers=key)
        again = program.post(VISITS, json={"entry": VISIT}, headers=key)
        assert (first.status_code, first.json()["number"], first.json()["entry"]) == (201, 1, STANDS)
        assert again.headers["Idempotency-Replayed"] == "true"
        assert [item["number"] for item in program.get(VISITS).json()["items"]] == [1]


def test_an_entry_is_corrected_on_condition_of_what_was_read_and_struck(site: Site) -> None:
    with a_program(site, "coordinator") as program:
        written = program.post(VISITS, json={"entry": VISIT})
        tag, corrected = written.headers["ETag"], {"entry": {**VISIT, "persons": 4}, "reason": "miscounted"}
        done = program.post(f"{VISITS}/1/amend", json=corrected, headers={"If-Match": tag})
        assert (done.status_code, done.json()["entry"]["persons"]) == (200, 4)
        late = program.post(f"{VISITS}/1/strike", json={"reason": "twice"}, headers={"If-Match": tag})
        assert late.status_code == 412
        assert program.get(f"{VISITS}/1", headers={"If-None-Match": done.headers["ETag"]}).status_code == 304
        assert program.post(f"{VISITS}/1/strike", json={"reason": "twice"}).json()["struck"]
        assert program.get(VISITS).json()["items"] == []
        assert len(program.get(VISITS, params={"with_struck": True}).json()["items"]) == 1


REFUSED = {
    "what a column cannot take": ({**VISIT, "persons": 0}, 422, "persons: must be at least 1, not 0"),
    "a column nobody knows": ({**VISIT, "colour": 1}, 422, "colour: no such column"),
    "a branch of another unit": ({**VISIT, "branch": "U2-1"}, 404, "branch U2-1: not in the registry"),
}


@pytest.mark.parametrize(("entry", "status", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_an_entry_that_cannot_be_taken(site: Site, entry: dict[str, object], status: int, said: str) -> None:
    with a_program(site, "officer") as program:
        refused = program.post(VISITS, json={"entry": entry})
        assert refused.status_code == status
        assert said in refused.json()["detail"]


def test_what_is_said_of_a_unit_is_not_for_an_officers_token(site: Site) -> None:
    entry = {"day": "2009-09-10", "unit": "U1", "topic": "t", "audience": "members", "persons": 4}
    with a_program(site, "officer") as program:
        assert program.post("/campaigns/trial/ledgers/training", json={"entry": entry}).status_code == 403
    with a_program(site, "county") as program:
        assert program.post("/campaigns/trial/ledgers/training", json={"entry": entry}).status_code == 201
        figures = {item["measure"]: item["value"] for item in program.get("/campaigns/trial/figures").json()["items"]}
        assert figures["people_trained"] == 4
        before = program.get("/campaigns/trial/figures", params={"until": "2009-09-09"}).json()["items"]
        assert {item["measure"]: item["value"] for item in before}["people_trained"] == 0


COUNTS = {"sole_traders": 0, "employees": 900, "members": 90, "enterprises_with_members": 9}
ORGANISATIONS = {"committees": 0, "branches": 9, "joint_branches": 0}


def test_coverage_comes_with_what_does_not_agree(site: Site) -> None:
    with a_program(site, "coordinator") as program:
        for unit, enterprises in (("R", 400), ("U1", 150)):
            entry = {"day": "2009-09-10", "unit": unit, "enterprises": enterprises, **COUNTS, **ORGANISATIONS}
            assert program.post("/campaigns/trial/ledgers/coverage", json={"entry": entry}).status_code == 201
        found = program.get("/campaigns/trial/coverage").json()
    assert [(item["unit"], item["enterprises"], item["share"]) for item in found["items"]] == [("U1", 150, 0.06)]
    assert found["disagreements"] == [{"number": 1, "unit": "R", "column": "enterprises", "said": 400, "below": 150}]


def test_prospects_come_page_by_page(site: Site) -> None:
    prospect = {"day": "2009-09-10", "unit": "U1", "kind": "branch", "status": "prospect", "full_members": 3}
    with a_program(site, "coordinator") as program:
        for name, employees in (("甲厂", 99), ("乙厂", 100)):
            entry = {**prospect, "enterprise": name, "employees": employees}
            assert program.post("/campaigns/trial/ledgers/foundations", json={"entry": entry}).status_code == 201
        first = program.get("/campaigns/trial/prospects", params={"limit": 1}).json()
        rest = program.get("/campaigns/trial/prospects", params={"limit": 1, "cursor": first["next"]}).json()
        twice = {**prospect, "enterprise": "甲厂", "employees": 99}
        refused = program.post("/campaigns/trial/ledgers/foundations", json={"entry": twice})
    assert [(item["enterprise"], item["first"]) for item in first["items"] + rest["items"]] == [
        ("乙厂", True),
        ("甲厂", False),
    ]
    assert rest["next"] is None
    assert (refused.status_code, refused.json()["detail"]) == (422, "enterprise: stands in entry 1; correct that one")


def test_problems_are_shared_out_by_unit_and_category(site: Site) -> None:
    with a_program(site, "coordinator") as program:
        program.post("/campaigns/trial/problems", json={"branch": "U1-1", "title": "漏雨", "category": "房屋"})
        (share,) = program.get("/campaigns/trial/problem-shares").json()["items"]
    assert (share["unit"], share["category"], share["found"], share["share"]) == ("U1", "房屋", 1, 0.0)
