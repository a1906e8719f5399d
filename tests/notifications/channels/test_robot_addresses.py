"""Addresses of the five Chinese services: Apprise's own shapes, and nothing that would be lost on the way."""

import logging
from pathlib import Path

import pytest

from config.errors import Refusal
from notifications.channels.opening import open_channel
from notifications.channels.site import Site

SECRET = "topsecret"
SITE = Site(Path("/nowhere"))


@pytest.mark.parametrize(
    ("address", "account"),
    [
        ("wecombot://5f0C-7a_52", "5f0C-7a_52"),
        ("WeComBot://5f0C-7a_52/", "5f0C-7a_52"),
        ("wechat://ww12:s%2Fe%40c@1000002/@zhang.san", "ww12/1000002"),
        ("wechat://ww12:secret@1000002/zhangsan/%2312/+7/", "ww12/1000002"),
        ("dingtalk://7d3aA9", "7d3aA9"),
        ("dingtalk://%53EC2f0c@7d3aA9/", "7d3aA9"),
        ("feishu://5d0c-7A_52", "5d0c-7A_52"),
        ("feishu://s%40%3A%2F%25@5d0c-7A_52", "5d0c-7A_52"),
        ("lark://secret@5d0c", "5d0c"),
    ],
)
def test_an_address_is_one_account(address: str, account: str) -> None:
    sender = open_channel(address, SITE)
    assert sender.service == address.partition(":")[0].lower()
    assert sender.account == account


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("wecombot://", "the robot's key"),
        (f"wecombot://{SECRET}.", "the robot's key"),
        (f"wecombot://{SECRET}%2F..", "the robot's key"),
        (f"wecombot://{SECRET}%0A", "the robot's key"),
        (f"wecombot://{SECRET}%26x=1", "the robot's key"),
        (f"wecombot://{SECRET}/more", "takes no path"),
        (f"wecombot://{SECRET}@key", "takes no user"),
        (f"wecombot://{SECRET}:80", "takes no port"),
        (f"wecombot://key?key={SECRET}", "it knows none at all"),
        (f"wecombot://key?format={SECRET}", "it knows none at all"),
        (f"wecombot://{SECRET}#more", "a sign too many"),
        (f"wechat://ww12:{SECRET}@x/@u", "wechat://CORPID:SECRET@AGENTID/@USER"),
        (f"wechat://{SECRET}@1/@u", "wechat://CORPID:SECRET@AGENTID/@USER"),
        (f"wechat://:{SECRET}@1/@u", "wechat://CORPID:SECRET@AGENTID/@USER"),
        (f"wechat://ww12:{SECRET}@/@u", "wechat://CORPID:SECRET@AGENTID/@USER"),
        (f"wechat://ww12:{SECRET}@1", "at least one"),
        (f"wechat://ww12:{SECRET}@1/", "at least one"),
        (f"wechat://ww12:{SECRET}@1/%23x", "at least one"),
        (f"wechat://ww12:{SECRET}@1/@u/..", "at least one"),
        (f"wechat://ww12:{SECRET}@1/@u%7Cv", "at least one"),
        (f"wechat://ww12:{SECRET}@1/@all", "@all is everyone"),
        (f"wechat://ww12:{SECRET}@1/@u/all", "@all is everyone"),
        (f"wechat://ww12:{SECRET}@1/@u?to=@v", "it knows none at all"),
        (f"wechat://ww12:{SECRET}:more@1/@u", "a sign too many"),
        (f"wechat://ww12:{SECRET}@more@1/@u", "a sign too many"),
        ("dingtalk://", "dingtalk://SECRET@TOKEN"),
        (f"dingtalk://{SECRET}@to-ken", "dingtalk://SECRET@TOKEN"),
        (f"dingtalk://{SECRET}%0A@token", "dingtalk://SECRET@TOKEN"),
        (f"dingtalk://{SECRET}:more@token", "takes no password"),
        (f"dingtalk://{SECRET}@token/13800000000", "takes no path"),
        (f"dingtalk://token?secret={SECRET}", "it knows none at all"),
        ("feishu://", "feishu://SECRET@TOKEN"),
        (f"feishu://{SECRET}@to.ken", "feishu://SECRET@TOKEN"),
        (f"feishu://{SECRET}@..%2F..", "feishu://SECRET@TOKEN"),
        (f"feishu://{SECRET}:more@token", "takes no password"),
        (f"feishu://{SECRET}@token/more", "takes no path"),
        (f"lark://{SECRET}@", "lark://SECRET@TOKEN"),
        (f"lark://token?token={SECRET}", "it knows none at all"),
    ],
)
def test_a_bad_address_is_refused_in_one_line_without_it(
    address: str, says: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(Refusal) as refused:
        open_channel(address, SITE)
    line = str(refused.value)
    assert line.startswith(f"channel {address.partition(':')[0]}://…: ")
    assert says in line
    assert "\n" not in line
    told = capfd.readouterr()
    assert SECRET not in line + told.out + told.err + caplog.text


@pytest.mark.parametrize(
    "address",
    [f"wecombot://{SECRET}", f"wechat://ww12:{SECRET}@1/@u", f"dingtalk://{SECRET}@{SECRET}", f"lark://a@{SECRET}"],
)
def test_a_sender_does_not_show_its_secrets(address: str) -> None:
    assert SECRET not in repr(open_channel(address, SITE))
