"""A campaign file on a page: checked, previewed, launched."""

from html import unescape

import httpx
import pytest

from actions.reading.channels import read_channels
from actions.switch_channel import disable_channel
from config.definition.file import load_sent, read_ready, ready_campaigns
from config.definition.writing import definition_text
from config.errors import CampaignFileError
from models.campaign import Campaign
from tests.factories import CAMPAIGN, at
from tests.records import every
from tests.web.forms import send
from tests.web.sites import Site, form_of

SECOND = CAMPAIGN.replace("code: trial", "code: second").replace("{zh: 试点, en: Trial}", "Second <b>")
RELATIVE = SECOND.replace("starts: 2009-09-07", "starts: 2 days after launch")
ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def previewed(browser: httpx.Client, text: str) -> dict[str, str]:
    """Check a text, and return what the form for launching it would send."""
    page = send(browser, "/launch", "/launch/check", text=text)
    assert page.status_code == 200, page.text
    digest = page.text.split('name="previewed" value="')[1].split('"')[0]
    return {
        "previewed": digest,
        "text": unescape(page.text.split('<textarea name="text"')[1].split(">\n", 1)[1].split("</textarea>")[0]),
    }


@ONE
def test_what_was_previewed_is_launched_and_twice_is_told(site: Site) -> None:
    with site.browser("coordinator") as browser:
        form = previewed(browser, SECOND)
        assert form["text"] == SECOND
        answer = send(browser, "/launch", "/launch", **form)
        assert (answer.status_code, answer.headers["location"]) == (303, "/campaigns/second")
        again = send(browser, "/launch", "/launch", **form)
        assert (again.status_code, "launched already" in again.text) == (422, True)
        assert "code: second" in browser.get("/campaigns/second/definition").text
    assert [(each.code, each.launched_by) for each in every(site.house, Campaign)][1:] == [("second", "coordinator")]


def test_the_plan_shows_windows_and_deadlines_by_wave_as_text(untouched: Site) -> None:
    with untouched.browser("coordinator") as browser:
        page = send(browser, "/launch", "/launch/check", text=SECOND).text
    for there in ("Second &lt;b&gt;", "Sep 7\u2009–\u200924, 2009", "5 workdays after open", "Sep 14, 2009"):
        assert there in page
    assert "<b>" not in page


@ONE
def test_the_plan_warns_of_officers_whom_no_channel_reaches(site: Site) -> None:
    channel, *_ = read_channels(site.house, officer="OU1-1")
    disable_channel(site.house, channel.channel, reason="left", actor="test", now=site.clock.now)
    with site.browser("coordinator") as browser:
        page = send(browser, "/launch", "/launch/check", text=SECOND).text
    assert '<p class="warned">no active channel reaches 1 of ' in page


@ONE
@pytest.mark.parametrize("changed", ["text", "day"])
def test_a_plan_that_is_another_by_now_is_shown_before_it_is_launched(site: Site, changed: str) -> None:
    site.clock.now = at("2009-09-15 23:59")
    with site.browser("coordinator") as browser:
        form = previewed(browser, RELATIVE)
        if changed == "text":
            form["text"] = RELATIVE.replace("14 workdays", "15 workdays")
        else:
            site.clock.now = at("2009-09-16 00:01")
        answer = send(browser, "/launch", "/launch", **form)
    assert (answer.status_code, "the plan is another" in answer.text) == (409, True)
    assert len(every(site.house, Campaign)) == 1


def test_faults_stand_beside_their_lines(untouched: Site) -> None:
    wrong = SECOND.replace("14 workdays", "14 worksdays").replace("units: [U1]", "units: [Atlantis]")
    line = 1 + SECOND[: SECOND.index("14 workdays")].count("\n")
    with untouched.browser("coordinator") as browser:
        answer = send(browser, "/launch", "/launch/check", text=wrong)
    assert answer.status_code == 422
    assert f'href="#line-{line}"' in answer.text
    assert f'<li id="line-{line}" class="faulty">' in answer.text
    assert "stages[0].lasts" in answer.text
    assert "14 worksdays" in unescape(answer.text.split('class="editor"')[1]), "nothing typed is lost"


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (SECOND.encode("gb18030"), "is not in UTF-8"),
        (b"\xff\xfe\0", "is not a text file"),
        (b"", "is empty"),
        (b"a: &x 1\nb: *x\n", "aliases such as"),
        (b"x: " + b"y" * (1024 * 1024), "is larger than 1,024 KiB"),
        (b"code: a\nextends: /etc/passwd\n", "extend these alone"),
        (b"code: a\nextends: ../../pyproject.toml\n", "extend these alone"),
    ],
)
def test_a_file_that_nothing_can_be_made_of_is_said(untouched: Site, sent: bytes, why: str) -> None:
    with untouched.browser("coordinator") as browser:
        token = form_of(browser.get("/launch").text)
        answer = browser.post("/launch/check", data={"csrf": token}, files={"file": ("my.yaml", sent)})
    assert answer.status_code == 422
    assert why in answer.text
    assert "root:" not in answer.text


@pytest.mark.parametrize("login", ["county", "group", "officer", "viewer"])
def test_only_a_coordinator_of_everything_launches(untouched: Site, login: str) -> None:
    with untouched.browser(login) as browser:
        assert browser.get("/launch").status_code == 403
        assert send(browser, "/", "/launch/check", text=SECOND).status_code == 403
        assert send(browser, "/", "/launch", text=SECOND).status_code == 403
    assert len(every(untouched.house, Campaign)) == 1


def test_a_ready_campaign_is_a_beginning(untouched: Site) -> None:
    with untouched.browser("coordinator") as browser:
        assert "code: quarterly-return" in browser.get("/launch", params={"ready": "quarterly-return"}).text
        for name in ("nosuch", "../../pyproject", "%00"):
            assert browser.get("/launch", params={"ready": name}).status_code == 404


@pytest.mark.parametrize("code", ready_campaigns())
def test_a_definition_is_written_as_the_file_that_it_could_have_come_from(code: str) -> None:
    definition = load_sent("sent.yaml", read_ready(code).encode()).definition
    assert load_sent("written.yaml", definition_text(definition).encode()).definition == definition


def test_what_is_sent_extends_a_ready_campaign_and_no_file() -> None:
    sent = load_sent("sent.yaml", b"code: mine\nextends: baoding-2009\n")
    assert (sent.definition.code, sent.definition.calendar) == ("mine", "CN")
    with pytest.raises(CampaignFileError, match=r"sent.yaml:2: extends: .*extend these alone"):
        load_sent("sent.yaml", b"code: mine\nextends: campaign.yaml\n")
