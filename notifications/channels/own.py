"""How a service of our own becomes one of Apprise's, so that its addresses are written like all others."""

from collections.abc import Callable, Mapping
from typing import Any

from apprise import AppriseAsset, NotifyBase

from notifications.channels.folder import open_folder
from notifications.channels.journal import open_journal
from notifications.channels.message import Sender
from notifications.channels.site import Site

Open = Callable[[Site, Mapping[str, Any]], Sender]
"""Open a service at a site, with the parts of the address as Apprise takes it apart."""

OWN: Mapping[str, Open] = {"folder": open_folder, "log": open_journal}


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
        self.sender = OWN[schema](asset.site, parts | {"host": self.host})

    @staticmethod
    def parse_url(url: str, *_: Any, **__: Any) -> dict[str, Any] | None:
        """Take an address apart the way Apprise does; a person's name is no host to be looked up."""
        return NotifyBase.parse_url(url, verify_host=False)
