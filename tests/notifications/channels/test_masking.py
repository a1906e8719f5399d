"""What a provider says is kept without the secrets of the address that it was said to."""

import pytest

from config.vocabulary import Outcome
from notifications.channels.message import Verdict
from notifications.channels.wire.masking import masked, secrets_of


@pytest.mark.parametrize(
    ("address", "said", "kept"),
    [
        ("mailto://chen:s3cret%21@mail.test", "535 chen s3cret! at mail.test", "535 … … at mail.test"),
        ("mailto://chen:s3cret%21@mail.test", "535 s3cret%21", "535 …"),
        ("mailtos://u:p@mail.test?to=zhang%40a.test", "550 <zhang@a.test> unknown", "550 <…> unknown"),
        ("mailtos://u:p@mail.test?to=a%40a.test,bo%40b.test", "550 bo@b.test unknown", "550 … unknown"),
        ("jsons://hook.test/a1b2c3d4/zzzz", "404 /a1b2c3d4/zzzz at hook.test", "404 /… at hook.test"),
        ("jsons://hook.test/a1b2c3d4/zzzz", "no such key: a1b2c3d4", "no such key: …"),
        ("jsons://hook.test/?secret=top+secret", "bad top secret", "bad …"),
        ("wecombot://693A91F6-7XXX", "invalid key=693a91f6-7xxx", "invalid key=…"),
        ("dingtalk://SECxyz99@token123/13800000000", "SECxyz99 token123 13800000000", "… … …"),
        ("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdn", "T1JJ3T3L2/A1BRTD4JD", "…/…"),
        ("xmls://10.0.0.5:8443/longer-key/longer", "longer-key and longer", "… and …"),
        ("jsons://hook.test/send", "sending failed, resend, Sender", "sending failed, resend, Sender"),
        ("jsons://hook.test/send", "404 /send, key_send2: Send", "404 /…, key_…2: …"),
        (
            "jsons://hook.test/send",
            "%2Fsend%2fsend%3F a\\nsend \\u002fsend\\x2fsend",
            "%2F…%2f…%3F a\\n… \\u002f…\\x2f…",
        ),
        ("jsons://hook.test/send", "c2VuZA== xc2VuZA==x 无法send到", "… x…x 无法…到"),
        ("jsons://hook.test/send", "%2sending /2fsending", "%2sending /2fsending"),
        ("jsons://hook.test/secretly", "secretlyness", "…ness"),
        ("jsons://hook.test/s3nd", "s3nding", "…ing"),
        ("mailto://abc:xyz@mail.test", "the abc of xyz", "the abc of xyz"),
        ("mailto://a%2Bb.c:long-er@mail.test", "a+b.c aXbYc", "… aXbYc"),
        ("folder://zhang-san", "cannot write messages/zhang-san/1.eml", "cannot write messages/zhang-san/1.eml"),
        ("log://", "written", "written"),
        ("nonsense", "said", "said"),
    ],
)
def test_secrets_are_taken_out(address: str, said: str, kept: str) -> None:
    refused = Verdict(Outcome.PERMANENT, said, receipt=said, is_channel_dead=True)
    verdict = masked(refused, secrets_of(address))
    assert (verdict.detail, verdict.receipt, verdict.is_channel_dead) == (kept, kept, True)


def test_no_receipt_stays_none() -> None:
    assert masked(Verdict(Outcome.ACCEPTED, "ok"), secrets_of("wecombot://693A91F6")).receipt is None


def test_a_login_is_known_in_base64() -> None:
    said = Verdict(Outcome.PERMANENT, "bad: cGFzc3dvcmQ=")
    assert masked(said, ["password"]).detail == "bad: …"
