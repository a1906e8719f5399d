"""Messages to send, and addresses of peers."""

from email.message import EmailMessage

from notifications.channels.message import Message, Verdict
from notifications.channels.opening import open_channel
from notifications.channels.site import Site
from tests.factories import at

MESSAGE = Message(
    key="rollcall-17",
    to="联络员， 张三",
    subject="3 项工作已逾期，1 项即将到期：保定市学习实践活动" * 2,
    body="张三，您好！\n\n.开头的点\n· 清苑县第一支部：现状调查\n" + "长" * 400 + "\n",
    dated=at("2009-09-16 08:30"),
    html="<p>张三，您好！</p>\n<ul><li>清苑县第一支部：现状调查</li></ul>\n",
)


def mail_address(port: int, *, scheme: str = "mailto", login: str = "rollcall", more: str = "") -> str:
    """The address of a person at a peer."""
    parameters = f"smtp=localhost&to=li%40example.org&from=rollcall%40example.com{more}"
    return f"{scheme}://{login}@example.com:{port}?{parameters}"


def send(site: Site, address: str, message: Message = MESSAGE) -> Verdict:
    """Open a channel and send a message."""
    return open_channel(address, site).send(message)


def text_of(part: EmailMessage) -> str:
    """Read the text of a mail, or of a part of one, with the line ends that people's programs have."""
    return str(part.get_content()).replace("\r\n", "\n")
