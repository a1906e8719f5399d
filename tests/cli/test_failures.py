import sqlite3

import pytest
import typer
from sqlalchemy.exc import OperationalError

from cli.failures import BAD_CALL, COULD_NOT, INTERRUPTED, TRACEBACK, explain
from config.errors import Refusal, Unknown


@pytest.mark.parametrize(
    ("error", "line", "status"),
    [
        pytest.param(
            Refusal("branch X: not in the registry"), "branch X: not in the registry", COULD_NOT, id="refusal"
        ),
        pytest.param(typer.BadParameter("no zone"), "Invalid value: no zone", BAD_CALL, id="bad-call"),
        pytest.param(KeyboardInterrupt(), "interrupted", INTERRUPTED, id="ctrl-c"),
        pytest.param(typer.Exit(1), "", 1, id="said-already"),
        pytest.param(
            OperationalError("UPDATE x", {}, sqlite3.OperationalError("database is locked")),
            "the database is locked: another process has been writing for too long; try again",
            COULD_NOT,
            id="locked",
        ),
        pytest.param(
            OperationalError("UPDATE x", {}, sqlite3.OperationalError("disk I/O error")),
            "the database refused: disk I/O error",
            COULD_NOT,
            id="disk",
        ),
        pytest.param(
            ZeroDivisionError("division\nby zero"),
            f"unexpected ZeroDivisionError: division by zero (set {TRACEBACK}=1 to see where it arose)",
            COULD_NOT,
            id="bug",
        ),
    ],
)
def test_whatever_goes_wrong_is_one_line_and_a_status(
    error: BaseException, line: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLLCALL_LANGUAGE", "en")
    failure = explain(error)
    assert (failure.line, failure.status) == (line, status)


def test_what_goes_wrong_and_what_helps_are_said_in_the_language_of_the_settings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ROLLCALL_LANGUAGE", "zh")
    refusal = Unknown("officer {code}: unknown", hint="`rollcall officer list` shows who there is", code="L9")
    assert explain(refusal).line == "人员 L9：没有这个人；可用 `rollcall officer list` 查看已有的联络员"
    monkeypatch.setenv("ROLLCALL_LANGUAGE", "fr")
    assert explain(refusal).line == "officer L9: unknown; `rollcall officer list` shows who there is"


def test_where_an_unexpected_error_arose_is_shown_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TRACEBACK, "1")
    with pytest.raises(KeyError) as lost:
        {}["lost"]  # type: ignore[index]
    assert "test_failures.py" in explain(lost.value).line
