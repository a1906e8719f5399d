"""How a service of our own becomes one of Apprise's, so that its addresses are written like all others."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from urllib.parse import unquote

from apprise import AppriseAsset, NotifyBase

from config.errors import Refusal
from notifications.channels.dingtalk import open_dingtalk
from notifications.channels.feishu import open_feishu, open_lark
from notifications.channels.folder import open_folder
from notifications.channels.journal import open_journal
from notifications.channels.mail.sender import open_mail
from notifications.channels.message import Sender
from notifications.channels.parts import check_parameters
from notifications.channels.site import Site
from notifications.channels.sms.twilio import open_twilio
from notifications.channels.webhook import open_webhook
from notifications.channels.wecom.app import open_wecom_app
from notifications.channels.wecom.robot import open_wecom_robot

Open = Callable[[Site, Mapping[str, Any]], Sender]
"""Open a service at a site, with the parts of the address as Apprise takes it apart."""

OWN: Mapping[str, Open] = {
    "dingtalk": open_dingtalk,
    "feishu": open_feishu,
    "folder": open_folder,
    "json": partial(open_webhook, "json"),
    "jsons": partial(open_webhook, "jsons"),
    "lark": open_lark,
    "log": open_journal,
    "mailto": partial(open_mail, "mailto"),
    "mailtos": partial(open_mail, "mailtos"),
    "twilio": open_twilio,
    "wechat": open_wecom_app,
    "wecombot": open_wecom_robot,
}

# What an address says: SERVICE://USER:PASSWORD@HOST/PATH?PARAMETERS. Of a sign too many Apprise drops the rest.
WHOLE = re.compile(r"([^:/?#]+)://([^:@/?#]*(:[^:@/?#]*)?@)?[^@/?#]*(/[^?#]*)?(\?.*)?", re.DOTALL)


class SiteAsset(AppriseAsset):
    """What Apprise hands to every service it opens: here also the site that it is opened at."""

    app_id = "Rollcall"
    app_desc = "Rollcall"
    app_url = ""
    image_url_mask = ""
    image_url_logo = ""

    def __init__(self, site: Site) -> None:
        super().__init__(http_redirects=False)
        self.site = site


class OwnPlugin(NotifyBase):  # type: ignore[no-untyped-call]  # its hook for subclasses has no types
    """Stand for each of our services in Apprise's list; what is sent goes past Apprise, to `sender`.

    Raises Refusal where the service does not take the address.
    """

    def __init__(self, *, schema: str, asset: SiteAsset, **parts: Any) -> None:
        super().__init__(schema=schema, asset=asset, **parts)  # type: ignore[no-untyped-call]
        self.sender = open_parts(schema, asset.site, parts)

    @staticmethod
    def parse_url(url: str, *_: Any, **__: Any) -> dict[str, Any] | None:
        """Take an address apart the way Apprise does; a person's name is no host to be looked up.

        Raises Refusal where a part of it would be lost.
        """
        if not WHOLE.fullmatch(url):
            scheme = url.partition(":")[0].lower()
            raise Refusal(
                "channel {scheme}://…: a sign too many; within a part of it, @ is %40, : is %3A and # is %23",
                scheme=scheme,
            )
        check_parameters(url)
        return NotifyBase.parse_url(url, verify_host=False)


def open_own(scheme: str, url: str, site: Site) -> Sender | None:
    """Open an address of one of our services; None where it is none, Refusal where the service does not take it.

    As the plugin does, which it does not make: that takes longer than to take the address apart.
    """
    parts = OwnPlugin.parse_url(url)
    return None if parts is None else open_parts(scheme, site, parts)


def open_parts(scheme: str, site: Site, parts: Mapping[str, Any]) -> Sender:
    """Open an address of one of our services that was taken apart; Apprise leaves the host as it is written."""
    return OWN[scheme](site, {**parts, "host": unquote(str(parts.get("host") or ""))})
