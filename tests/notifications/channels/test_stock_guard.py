"""Stock services of Apprise are held to the same bounds as our own: whom they reach, and what an address may say."""

import inspect
import sys
from pathlib import Path

import pytest
import requests
from apprise import NotifyBase

from config.errors import Refusal
from config.vocabulary import Outcome
from notifications.channels.message import Message, account_refused
from notifications.channels.opening import open_channel
from notifications.channels.own import OWN
from notifications.channels.site import Site
from notifications.channels.stock import FILES, UNGUARDED, StockSender
from notifications.channels.workshop import SERVICES
from tests.factories import at
from tests.peers.server import LOOPBACK, Answer, Request, serving

MESSAGE = Message("rollcall-17", "张三", "主题", "正文", at("2009-09-16 08:30"))
TOKEN = "AbcdefghijklmnO"
CLOSED, OPEN = Site(Path("/nowhere")), Site(Path("/nowhere"), (LOOPBACK,))


def _gotify(host: str, site: Site, query: str = "") -> StockSender:
    sender = open_channel(f"gotify://{host}/{TOKEN}{query}", site)
    assert isinstance(sender, StockSender)
    return sender


@pytest.mark.parametrize(
    "host", ["127.0.0.1:{port}", "0x7f000001:{port}", "localhost:{port}", "[::ffff:7f00:1]:{port}"]
)
def test_nothing_is_sent_to_an_address_that_is_not_public(host: str) -> None:
    asked: list[Request] = []

    def respond(request: Request) -> Answer:
        asked.append(request)
        return Answer.of({"id": 1})

    with serving(respond) as origin:
        sender = _gotify(host.format(port=origin.rpartition(":")[2]), CLOSED)
        with pytest.raises(Refusal, match="not public"):
            sender.check()
        verdict = sender.send(MESSAGE)
    assert verdict == account_refused(verdict.detail)
    assert "not public" in verdict.detail
    assert asked == []


def test_what_reached_one_server_and_was_kept_from_another_may_have_arrived(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def notify(_: NotifyBase, *__: object, **___: object) -> bool:
        requests.post(f"{origin}/first", timeout=1)
        with pytest.raises(requests.ConnectionError):
            requests.post("http://169.254.169.254/second", timeout=1)
        return False

    with serving(lambda _: Answer.of({"id": 1})) as origin:
        sender = _gotify(origin.removeprefix("http://"), OPEN)
        monkeypatch.setattr(type(sender.plugin), "notify", notify)
        assert sender.send(MESSAGE).outcome is Outcome.AMBIGUOUS


@pytest.mark.parametrize(
    ("address", "account"),
    [
        (f"gotify://192.0.2.1:8080/{TOKEN}", "192.0.2.1:8080"),
        (f"gotify://192.0.2.1/{TOKEN}", "192.0.2.1:"),
        ("discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js", None),
    ],
)
def test_the_account_is_the_server_where_the_address_names_one(address: str, account: str | None) -> None:
    assert open_channel(address, CLOSED).account == account


def test_what_the_operator_allows_is_reached() -> None:
    with serving(lambda _: Answer.of({"id": 1})) as origin:
        sender = _gotify(origin.removeprefix("http://"), OPEN)
        sender.check()
        assert sender.send(MESSAGE).outcome is Outcome.ACCEPTED


def test_a_redirect_is_not_followed() -> None:
    paths: list[str] = []

    def respond(request: Request) -> Answer:
        paths.append(request.path)
        return Answer(302, headers={"Location": "/elsewhere"})

    with serving(respond) as origin:
        verdict = _gotify(origin.removeprefix("http://"), OPEN).send(MESSAGE)
    assert verdict.outcome is Outcome.AMBIGUOUS
    assert "/elsewhere" not in paths


def test_no_proxy_goes_where_nobody_can_check(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def respond(request: Request) -> Answer:
        asked.append(request.path)
        return Answer.of({"id": 1})

    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with serving(respond) as proxy, serving(lambda _: Answer.of({"id": 1})) as origin:
        monkeypatch.setenv("http_proxy", proxy)
        verdict = _gotify(origin.removeprefix("http://"), OPEN).send(MESSAGE)
        refused = _gotify("169.254.169.254", OPEN).send(MESSAGE)
    assert verdict.outcome is Outcome.ACCEPTED
    assert "not public" in refused.detail
    assert asked == []


@pytest.mark.parametrize("query", ["?redirect=yes", "?verify=no", "?nosuch=1", "?+X-Header=1", "?-x=1", "?:x=1"])
def test_a_parameter_that_is_unknown_or_would_undo_a_check_is_refused(query: str) -> None:
    with pytest.raises(Refusal, match="a parameter that this service does not know") as refused:
        _gotify("192.0.2.1", CLOSED, query)
    assert TOKEN not in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js?template={file}",
        "fcm://project/device?keyfile={file}&mode=oauth2",
        "guilded://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js?Template={file}",
        "slack://TEBST0BL2/ABCDEFGHI/ABCDEFGHIJKLMNOPQRSTUVWX/?template=file://{file}",
        "tgram://123456789:AAAAAAbcdefghij_klmnopqrstuvwAAAAAA/12315544/?template={file}",
        "vapid://li@example.org/device?keyfile={file}",
        "vapid://li@example.org/device?subfile={file}",
        "workflow://example.org/abcdef/ghijkl?template={file}",
        "workflows://example.org/abcdef/ghijkl?template=http://192.0.2.1/{file}",
    ],
)
def test_no_address_has_a_file_read_and_sent(address: str, tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"content": "what is nobody\'s business"}')
    with pytest.raises(Refusal, match="may not be given here") as refused:
        open_channel(address.format(file=file), CLOSED)
    assert str(file) not in str(refused.value)


def test_every_service_that_reads_files_is_known() -> None:
    reading = {
        scheme for scheme in SERVICES.schemas() if scheme not in OWN and "AppriseAttachment(asset=" in _source(scheme)
    }
    assert reading <= FILES.keys()


def test_a_parameter_that_the_service_knows_is_taken() -> None:
    assert _gotify("192.0.2.1", CLOSED, "?priority=high").service == "gotify"


@pytest.mark.parametrize("address", ["syslog://", "mqtt://192.0.2.1/topic", "irc://192.0.2.1/#topic"])
def test_a_service_that_nobody_can_check_needs_the_operators_word(address: str) -> None:
    scheme = address.partition("://")[0]
    with pytest.raises(Refusal, match=f"ROLLCALL_SERVICES={scheme}"):
        open_channel(address, CLOSED)


def test_an_operator_can_allow_such_a_service() -> None:
    assert open_channel("syslog://", Site(Path("/nowhere"), services=frozenset({"syslog"}))).service == "syslog"


def test_every_other_service_goes_to_the_network_by_requests_alone() -> None:
    unseen = [
        scheme
        for scheme in SERVICES.schemas()
        if scheme not in UNGUARDED and scheme not in OWN and "requests." not in _source(scheme)
    ]
    assert unseen == []


def _source(scheme: str) -> str:
    bases = (
        base
        for base in SERVICES[scheme].__mro__
        if base.__module__.startswith("apprise.plugins.") and base is not NotifyBase
    )
    return "\n".join(inspect.getsource(sys.modules[base.__module__]) for base in bases)
