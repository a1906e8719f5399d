from pathlib import Path

import pytest

from tests.cli.terminal import Rollcall

AT = ("--at", "2009-09-14T12:00+08:00")


@pytest.mark.usefixtures("in_chinese")
def test_the_audit_record_is_shown_the_newest_first(rollcall: Rollcall, registered: Path) -> None:
    rollcall("silence", "add", "-b", "U2-1", "--until", "2009-09-16", "--reason", "flood", "--by", "李", *AT)
    (event,) = rollcall("audit", "--kind", "silence.added", "--json").json
    assert event.pop("event") > 1
    assert event == {
        "at": "2009-09-14T04:00:00Z",
        "actor": "李",
        "kind": "silence.added",
        "campaign": None,
        "branch": "U2-1",
        "subject": "silence 1",
        "before": {},
        "after": {"of": "U2-1", "starts_at": "2009-09-14 04:00:00+00:00", "ends_at": "2009-09-16 16:00:00+00:00"},
        "reason": "flood",
    }
    table = rollcall("audit", "--limit", "1")
    assert "设置静默" in table.out
    assert table.complaint == "以上为最新 1 条；用 --limit 显示更多"


def test_what_the_record_cannot_be_asked_for_is_said(rollcall: Rollcall, registered: Path) -> None:
    assert rollcall("audit", "--branch", "nosuch").complaint == "branch nosuch: not in the registry"
    assert "'nosuch' is not one of" in rollcall("audit", "--kind", "nosuch").complaint
