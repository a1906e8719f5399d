"""Links in messages: whom they were signed for, until when, and what is refused."""

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest

from config.errors import Refusal
from config.seal import Seal
from notifications.links import LASTS, LinkClaim, Pages, check_expiry, hide_links, read_link, sign_link
from tests.factories import SHANGHAI

KEY, ANOTHER = "A" * 43 + "=", "B" * 42 + "A="
NOW = datetime(2009, 9, 16, 0, 30, tzinfo=UTC)
SECRET = Seal(KEY).derive("links")
CLAIM = LinkClaim("O-1", 3, NOW + LASTS)


@pytest.mark.parametrize(
    "claim", [CLAIM, LinkClaim("O-1", 0, NOW + LASTS, "U1-1"), LinkClaim("联络员", 2**31, NOW + LASTS, "支部")]
)
def test_a_link_says_what_was_signed(claim: LinkClaim) -> None:
    token = sign_link(SECRET, claim)
    assert open_link(SECRET, token, NOW) == claim
    assert quote(token, safe="") == token
    assert len(token) < 150


def open_link(secret: bytes, token: str, now: datetime) -> LinkClaim:
    """What a token claims while it is good."""
    claim = read_link(secret, token)
    check_expiry(claim, now, SHANGHAI)
    return claim


def test_the_same_claim_is_the_same_link() -> None:
    assert sign_link(SECRET, CLAIM) == sign_link(SECRET, CLAIM)
    others = [LinkClaim("O-2", 3, NOW + LASTS), LinkClaim("O-1", 4, NOW + LASTS), LinkClaim("O-1", 3, NOW)]
    assert len({sign_link(SECRET, claim) for claim in (CLAIM, *others, LinkClaim("O-1", 3, NOW + LASTS, "B"))}) == 5


def test_the_epoch_comes_back_so_that_an_old_one_can_be_told() -> None:
    before = sign_link(SECRET, CLAIM)
    assert open_link(SECRET, before, NOW).epoch == 3
    assert open_link(SECRET, sign_link(SECRET, LinkClaim("O-1", 4, NOW + LASTS)), NOW).epoch == 4


def test_a_link_is_good_until_its_expiry() -> None:
    token = sign_link(SECRET, CLAIM)
    assert open_link(SECRET, token, CLAIM.expires_at - timedelta(microseconds=1)) == CLAIM
    with pytest.raises(Refusal, match=r"^link: expired on 2009-10-16; your next message brings a new one$"):
        open_link(SECRET, token, CLAIM.expires_at)


TOKEN = sign_link(SECRET, CLAIM)


@pytest.mark.parametrize(
    "token",
    [
        "",
        "x",
        TOKEN[:-1],
        TOKEN[1:],
        TOKEN + "A",
        TOKEN.swapcase(),
        TOKEN.split(".")[0],
        sign_link(SECRET, LinkClaim("O-2", 3, NOW + LASTS)).split(".")[0] + "." + TOKEN.split(".")[1],
        sign_link(Seal(ANOTHER).derive("links"), CLAIM),
        sign_link(Seal(KEY).derive("other"), CLAIM),
        "\ud800",
        "链接",
    ],
)
def test_what_was_tampered_with_or_signed_by_others_is_refused(token: str) -> None:
    with pytest.raises(
        Refusal, match=r"^link: not one of ours, or not all of it; open the one in your latest message$"
    ):
        open_link(SECRET, token, NOW)


def test_a_link_leads_to_the_pages_and_hides_its_secret() -> None:
    pages = Pages("https://rollcall.example/base", SECRET)
    link = pages.link_to("O-1", 3, NOW)
    assert link == f"https://rollcall.example/base/l/{TOKEN}"
    token = pages.link_to("O-1", 3, NOW, "U1-1").rpartition("/")[2]
    assert open_link(SECRET, token, NOW) == LinkClaim("O-1", 3, NOW + LASTS, "U1-1")
    assert repr(SECRET) not in repr(pages)


def test_each_purpose_has_a_key_of_its_own_the_same_every_time() -> None:
    seal = Seal(KEY)
    assert seal.derive("links") == Seal(KEY).derive("links")
    assert len({seal.derive("links"), seal.derive("other"), Seal(ANOTHER).derive("links")}) == 3
    assert len(seal.derive("links")) == 32


def test_whoever_reads_what_others_were_told_is_not_handed_their_link() -> None:
    link = Pages("https://rollcall.example", SECRET).link_to("zhang-san", 0, NOW)
    text = f"记录：{link} 。\n<{link}>"
    hidden = "https://rollcall.example/l/…"
    assert hide_links(text) == f"记录：{hidden} 。\n<{hidden}>"
    assert hide_links("nothing /l/ to hide") == "nothing /l/ to hide"
