from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from actions.reading.standing import CampaignStanding, UnitStanding, WindowStanding
from config.vocabulary import BlockerKind, Language, NoticeStatus, WindowStatus
from flows.progress_page import progress_page
from rules.gates import Blocker
from rules.progress import Tally

SHANGHAI = ZoneInfo("Asia/Shanghai")
BLOCKED = (Blocker(BlockerKind.SHARE_DONE, have=6, need=10), Blocker(BlockerKind.APPROVAL, have=0, need=1))
STANDING = CampaignStanding(
    campaign="trial",
    at=datetime(2009, 9, 30, 16, tzinfo=UTC),
    branches=703,
    members=9905,
    windows=(
        WindowStanding(
            "mobilization",
            "pilot",
            WindowStatus.HELD,
            datetime(2009, 9, 6, 16, tzinfo=UTC),
            datetime(2009, 9, 24, 16, tzinfo=UTC),
            Tally(total=12, done=6, in_time=5, waived=2, due=8, due_done=6, due_in_time=5),
            BLOCKED,
        ),
    ),
    units=(
        UnitStanding("U1", "安国|市", 6, Tally(total=6, done=6)),
        UnitStanding("U2", "清苑县", 13, Tally(total=6)),
    ),
    notices={status: 1_234 if status is NoticeStatus.SENT else 0 for status in NoticeStatus},
)


@pytest.mark.parametrize(
    ("language", "summary", "status", "shares", "blockers"),
    [
        pytest.param(
            Language.ZH,
            "2009-10-01 00:00：703 个支部，9,905 人；通知已发 1,234 条，待发 0 条。",
            "到期未结束",
            ["60.0%", "62.5%"],
            "已办结 6 项，须办结 10 项; 尚未批准",
            id="zh",
        ),
        pytest.param(
            Language.EN,
            "2009-10-01 00:00: 703 branches, 9,905 members; 1,234 notices sent, 0 planned.",
            "held",
            ["60.0 %", "62.5 %"],
            "6 tasks done, 10 needed; not approved yet",
            id="en",
        ),
    ],
)
def test_the_page_says_how_the_campaign_stands(
    language: Language, summary: str, status: str, shares: list[str], blockers: str
) -> None:
    page = progress_page(STANDING, language, SHANGHAI).splitlines()
    assert page[0] == "# trial"
    assert page[2] == summary
    days = ["2009-09-07 00:00", "2009-09-25 00:00"]
    cells = ["mobilization", "pilot", status, *days, "12", "6", "2", *shares, blockers]
    assert page[6].strip("| ").split(" | ") == cells


def test_the_unit_furthest_behind_comes_first_and_a_bar_in_a_name_breaks_no_table() -> None:
    page = progress_page(STANDING, Language.ZH, SHANGHAI).splitlines()
    assert page[-2:] == ["| 清苑县 | 13 | 6 | 0 | 0 | 0.0% |", r"| 安国\|市 | 6 | 6 | 6 | 0 | 100.0% |"]
