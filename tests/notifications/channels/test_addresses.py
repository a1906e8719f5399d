"""Addresses of channels: what is opened, what is refused, and that nothing of it is told to anybody."""

import logging
import logging.config
import subprocess
import sys
from pathlib import Path

import pytest

from config.errors import Refusal
from notifications.channels.opening import open_channel
from notifications.channels.site import Site

SECRET = "topsecret"
SITE = Site(Path("/nowhere"))


@pytest.mark.parametrize(
    ("address", "service"),
    [
        ("folder://zhang-san", "folder"),
        ("folder://张三", "folder"),
        ("folder://%E5%BC%A0%E4%B8%89", "folder"),
        ("folder://阿依·古丽", "folder"),
        ("FOLDER://L0001", "folder"),
        ("log://", "log"),
        ("json://192.0.2.1/hook", "json"),
        ("mailto://user:word@example.com", "mailto"),
        ("form://192.0.2.1/hook", "form"),
    ],
)
def test_an_address_names_its_service(tmp_path: Path, address: str, service: str) -> None:
    assert open_channel(address, Site(tmp_path)).service == service


@pytest.mark.parametrize(
    ("address", "says"),
    [
        (SECRET, "not an address"),
        ("", "not an address"),
        (f"nosuch://{SECRET}", "channel nosuch://…: no such service"),
        (f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={SECRET}", "robot of WeCom is written wecombot://KEY"),
        (f"http://hooks.example.org/{SECRET}", "a webhook json://HOST/PATH"),
        (f"json://{SECRET},json://other", "one address"),
        (f"json://{SECRET} json://other", "one address"),
        (f"json://{SECRET}\njson://other", "one address"),
        (f"json://{SECRET}\x00", "one address"),
        (f"json://{SECRET}/{'x' * 1_000}", "longer than 1000 characters"),
        ("json://", "the host is missing"),
        ("form://", "not complete"),
        (f"tgram://{SECRET}", "not complete, or not right for this service"),
        (f"folder://a@b:{SECRET}@c", "a sign too many"),
        ("folder://a?x=1&X=2", "a parameter is given twice"),
        ("folder://", "a person's name"),
        ("folder://..", "a person's name"),
        ("folder://.hidden", "a person's name"),
        ("folder://../../etc", "takes no path"),
        ("folder://a/../../etc", "takes no path"),
        ("folder://..%2F..%2Fetc", "a person's name"),
        ("folder://a%2Fb", "a person's name"),
        ("folder://a%00b", "a person's name"),
        (f"folder://{'x' * 81}", "a person's name"),
        (f"folder://u:{SECRET}@a", "takes no password and no user"),
        ("folder://a:80", "takes no port"),
        ("folder://a?format=html", "it knows none at all"),
        ("log://a", "log:// and no more"),
        ("log:///a", "log:// and no more"),
    ],
)
def test_a_bad_address_is_refused_in_one_line_without_it(
    address: str, says: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(Refusal) as refused:
        open_channel(address, SITE)
    line = str(refused.value)
    assert says in line
    assert "\n" not in line
    told = capfd.readouterr()
    assert SECRET not in line + told.out + told.err + caplog.text


def test_what_is_logged_about_addresses_stays_off_when_logging_is_set_up_anew(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Refusal):
        open_channel(f"tgram://{SECRET}", SITE)
    logging.config.dictConfig({"version": 1, "disable_existing_loggers": False})
    with caplog.at_level(logging.DEBUG), pytest.raises(Refusal):
        open_channel(f"tgram://{SECRET}", SITE)
    told = capfd.readouterr()
    assert SECRET not in told.out + told.err + caplog.text


def test_apprise_is_loaded_at_the_first_address_and_not_before() -> None:
    program = """
import sys
import actions.deliver, flows.delivery, notifications.writing.summary, notifications.writing.wording
assert "apprise" not in sys.modules
from pathlib import Path
from notifications.channels.opening import open_channel
from notifications.channels.site import Site
open_channel("log://", Site(Path()))
assert "apprise" in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[3])
