"""The API held against its own OpenAPI document: no answer that is not in it, and no 5xx."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks
from urllib3.util import connection as sockets

from actions.add_problem import Finding, add_problems
from actions.enter import enter
from actions.plan_reminders import plan_reminders
from config.vocabulary import LedgerCode
from notifications.channels.stock import _connect as connect_unguarded
from tests.ledgers.entries import an_entry
from tests.web.api.programs import API, a_program, a_token
from tests.web.sites import NOW, Site


@pytest.fixture(autouse=True)
def _on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Schemathesis asks through urllib3, to whose connections a sender of another test may have put its guard."""
    monkeypatch.setattr(sockets, "create_connection", connect_unguarded)


ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
THERE = {
    "assignment": 2,
    "branch": "U1-1",
    "campaign": "trial",
    "notice": 1,
    "stage": "mobilization",
    "unit": "U1",
    "ledger": "visits",
    "number": 1,
}
"""Things that the trial has, by what addresses call them."""
LEDGER, PROBLEMS = "/campaigns/{campaign}/ledgers/{ledger}", "/campaigns/{campaign}/problems"
RETURNS = "/campaigns/{campaign}/returns/{stage}"
FEW = settings(
    max_examples=8,
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


def _statuses(site: Site, mode: GenerationMode, headers: Mapping[str, str], *, there: bool) -> dict[str, set[int]]:
    """Ask every operation, check each answer, and return which statuses there were."""
    document = schemathesis.openapi.from_url(f"{site.address}{API}/openapi.json")
    seen: defaultdict[str, set[int]] = defaultdict(set)
    for found in document.get_all_operations():
        operation = found.ok()
        named = {name: value for name, value in THERE.items() if f"{{{name}}}" in operation.path} if there else None

        @FEW
        @given(operation.as_strategy(generation_mode=mode, path_parameters=named))
        def ask(case: Any) -> None:
            answer = case.call(headers=headers)
            seen[case.operation.label].add(answer.status_code)
            case.validate_response(answer, checks=CHECKS)

        ask()
    return dict(seen)


@ONE
def test_what_is_asked_as_the_document_says_is_answered_as_it_says(site: Site) -> None:
    plan_reminders(site.house, "trial", "mobilization", now=NOW)
    add_problems(site.house, "trial", [Finding("U1-1", "found", NOW, "test")])
    enter(site.house, "trial", [an_entry(LedgerCode.VISITS)], actor="test", now=NOW)
    shown = {"Authorization": f"Bearer {a_token(site, 'coordinator')}"}
    seen = _statuses(site, GenerationMode.POSITIVE, shown, there=True)
    # Days that can be granted, notices that stopped, what an entry says, and the bytes of a workbook, are not
    # found by chance; and the trial has no quarter to pass on.
    by_chance = ("/extend", "/requests", "/retry", "/amend", "/verify", "POST " + LEDGER, "POST " + PROBLEMS)
    by_chance += ("/visits", "/answers", "/answers/check")
    by_chance += (RETURNS, RETURNS + "/{unit}", "/pass-on", "/correct")
    assert {name for name, statuses in seen.items() if 200 not in statuses and not name.endswith(by_chance)} == set()


@ONE
@pytest.mark.parametrize("mode", GenerationMode)
def test_whatever_is_asked_is_answered_as_the_document_says(site: Site, mode: GenerationMode) -> None:
    shown = {"Authorization": f"Bearer {a_token(site, 'coordinator')}"}
    assert _statuses(site, mode, shown, there=mode is GenerationMode.NEGATIVE)


@ONE
def test_without_a_token_nothing_is_told(site: Site) -> None:
    seen = _statuses(site, GenerationMode.POSITIVE, {}, there=True)
    assert {name: statuses for name, statuses in seen.items() if statuses != {401}} == {}


@ONE
def test_every_example_is_as_its_schema_says(site: Site) -> None:
    with a_program(site, "viewer") as program:
        document = program.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    examples = list(_examples(document["components"]["schemas"]))
    assert {name for name, _, _ in examples} >= {"Assignment", "Answer", "NoticeDetail", "Problem", "Error", "Entry"}
    for _, schema, example in examples:
        jsonschema.validate(example, schema | {"components": document["components"]})


def _examples(schemas: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any], Any]]:
    for name, schema in schemas.items():
        for example in schema.get("examples", ()):
            yield name, schema, example
