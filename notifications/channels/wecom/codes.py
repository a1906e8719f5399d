"""The numbers that WeCom answers with, to robots and apps alike.

Source: WeCom's developer centre, "全局错误码" (developer.work.weixin.qq.com/document/path/90313).
"""

from notifications.channels.wire.answers import ACCEPTED, BUSY, DEAD, THROTTLED, CodeBook

TOKEN_INVALID, TOKEN_EXPIRED = 40014, 42001

WECOM = CodeBook(
    code="errcode",
    words="errmsg",
    meanings={
        0: ACCEPTED,
        -1: BUSY,
        TOKEN_EXPIRED: BUSY,
        45009: THROTTLED,  # more often than the interface may be called
        45033: THROTTLED,  # more calls at once than it takes
        40001: DEAD,  # the secret
        40003: DEAD,  # the member
        40013: DEAD,  # the corporation
        TOKEN_INVALID: DEAD,
        40056: DEAD,  # the app
        40091: DEAD,  # the secret
        48002: DEAD,  # the app may not call this
        60011: DEAD,  # the app may not reach these members
        60020: DEAD,  # not from this IP
        60111: DEAD,  # no such member
        81013: DEAD,  # none of the members, departments and tags exists or may be reached
        93000: DEAD,  # the robot's key
        93004: DEAD,  # the robot is disabled
        93008: DEAD,  # the robot is not in the group any more
        301002: DEAD,  # the secret is not this app's
    },
)
