"""What coordinators do on the pages, in a real Chromium and in both languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine

from actions.complete import complete
from config.vocabulary import DeliveryStatus, Language, WindowStatus
from flows.delivery import delivery
from flows.gate import GateTry, try_gate_now
from models.assignment import Extension
from models.campaign import Campaign
from models.notice import Delivery
from tests.factories import CAMPAIGN, answer, at
from tests.notifications.factories import About, a_notice, set_channel
from tests.peers.server import Answer
from tests.peers.webhook import a_webhook
from tests.records import every, window_of
from tests.web.browsing import a_coordinator
from tests.web.sites import NOW, Site, a_gated_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
    pytest.mark.parametrize("language", [Language.ZH, Language.EN]),
]

SECOND = CAMPAIGN.replace("code: trial", "code: second").replace("{zh: 试点, en: Trial}", "{zh: 二期, en: Second}")
WRONG = SECOND.replace("lasts: 14 workdays", "lasts: 14 worksdays")
LINE = 1 + WRONG[: WRONG.index("worksdays")].count("\n")


@dataclass(frozen=True, slots=True)
class Words:
    """What the pages say in one language, as far as somebody who steers has to find it."""

    file: str
    check: str
    line: str
    text: str
    launch: str
    second: str
    approve: str
    window_closed: str
    send_again: str
    planned_again: str
    accepted: str


WORDS = {
    Language.ZH: Words(
        file="或选择文件",
        check="检查并显示计划",
        line="第 {} 行",
        text="YAML 文本",
        launch="启动该活动",
        second="二期",
        approve="批准关口",
        window_closed="窗口已结束",
        send_again="重发",
        planned_again="已重新列入计划",
        accepted="已受理",
    ),
    Language.EN: Words(
        file="Or a file",
        check="Check and show the plan",
        line="line {}",
        text="Text in YAML",
        launch="Launch this campaign",
        second="Second",
        approve="Approve the gate",
        window_closed="the window has closed",
        send_again="Send again",
        planned_again="planned again",
        accepted="accepted",
    ),
}


@pytest.fixture
def gated(engine: Engine, tmp_path: Path) -> Iterator[Site]:
    """The trial after the planned close of the pilot, whose gate waits for nothing but an approval."""
    with a_gated_site(engine, tmp_path / "home") as site:
        complete(site.house, "trial", [answer(f"U1-{number}", "training") for number in (1, 2, 3)])
        site.clock.now = at("2009-09-25 09:00")
        assert try_gate_now(site.house, "trial", "mobilization/pilot", now=site.clock.now) is GateTry.HELD
        yield site


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_file_is_uploaded_its_fault_followed_and_the_campaign_launched(
    site: Site, chromium: "Browser", language: Language, scripts: bool
) -> None:
    words = WORDS[language]
    with a_coordinator(chromium, site, language, scripts=scripts) as page:
        page.goto("/launch")
        page.get_by_label(words.file).set_input_files(
            {"name": "second.yaml", "mimeType": "application/yaml", "buffer": WRONG.encode()}
        )
        page.get_by_role("button", name=words.check).click()
        page.get_by_role("link", name=words.line.format(LINE), exact=True).click()
        faulty = page.locator(":target")
        assert "worksdays" in faulty.locator("code").first.inner_text()
        assert faulty.locator(".problem").is_visible()
        page.get_by_label(words.text).fill(SECOND)
        page.get_by_role("button", name=words.check).click()
        page.get_by_role("button", name=words.launch).click()
        page.get_by_role("heading", name=words.second, exact=True).wait_for()
    assert [(each.code, each.launched_by) for each in every(site.house, Campaign)][1:] == [("second", "coordinator")]


def test_a_gate_is_found_from_the_campaign_and_approved(gated: Site, chromium: "Browser", language: Language) -> None:
    words = WORDS[language]
    with a_coordinator(chromium, gated, language) as page:
        page.goto("/campaigns/trial")
        page.locator("section", has=page.locator("#next")).locator("li a").first.click()
        page.get_by_role("button", name=words.approve, exact=True).click()
        page.get_by_text(words.window_closed).wait_for()
        assert page.get_by_role("button", name=words.approve, exact=True).count() == 0
    window = window_of(gated.house, "mobilization/pilot")
    assert (window.status, window.approved_by) == (WindowStatus.CLOSED, "coordinator")


def test_a_dead_delivery_is_sent_again_and_arrives(site: Site, chromium: "Browser", language: Language) -> None:
    words, answers = WORDS[language], [Answer(422, b"no such room"), Answer.of({"id": "r-2"})]
    with a_webhook(lambda _: answers.pop(0)) as webhook:
        set_channel(site.house, "OU1-1", webhook.address)
        opens, closes = at("2009-09-15 08:30"), at("2009-09-15 18:00")
        number = a_notice(site.house, "OU1-1", [About("U1-1")], sends_from=opens, sends_until=closes)
        delivery(site.house, lambda: NOW)
        with a_coordinator(chromium, site, language) as page:
            page.goto("/notices?status=dead")
            page.locator(f'a[href="/notices/{number}"]').click()
            page.locator(".steps").get_by_text("no such room").wait_for()
            page.get_by_role("button", name=words.send_again).click()
            page.get_by_text(words.planned_again).wait_for()
            delivery(site.house, lambda: NOW)
            page.goto(f"/notices/{number}")
            assert page.locator(".steps .badge.good").inner_text() == words.accepted
            assert page.get_by_role("button", name=words.send_again).count() == 0
    assert [each.status for each in every(site.house, Delivery)] == [DeliveryStatus.SENT]


@pytest.mark.parametrize("everywhere", [False, True])
def test_from_a_window_one_wave_is_extended_or_all(
    gated: Site, chromium: "Browser", language: Language, everywhere: bool
) -> None:
    with a_coordinator(chromium, gated, language) as page:
        page.goto("/campaigns/trial/windows/mobilization/pilot")
        form = page.locator('form[action$="/extend"]')
        page.locator("details", has=form).locator("summary").click()
        for name, value in (("of", "R"), ("until", "2009-10-30"), ("reason", "flood")):
            form.locator(f"[name={name}]").fill(value)
        form.locator("[name=everywhere]").set_checked(everywhere)
        form.locator("button").click()
        page.locator(".told").wait_for()
    (granted,) = every(gated.house, Extension)
    assert (granted.wave_id is None) is everywhere
