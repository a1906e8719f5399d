"""The words over columns and beside numbers, in Chinese and in English."""

from collections.abc import Mapping
from enum import Enum, StrEnum

from config.vocabulary import (
    CampaignStatus,
    ChannelStatus,
    Language,
    NoticeStatus,
    OfficerRole,
    OnDoubt,
    ProblemStatus,
    Standing,
)


class Label(Enum):
    """A word as it stands in a table."""

    ABOUT = "事项", "About"
    ASSIGNMENTS = "任务数", "Tasks"
    AWAY = "外出 → 代理", "Away → deputy"
    BRANCH = "支部", "Branch"
    BRANCHES = "支部数", "Branches"
    CAMPAIGN = "活动", "Campaign"
    CANCELLED = "撤销", "Cancelled"
    CHANNEL = "渠道", "Channel"
    CHANNELS = "渠道", "Channels"
    CLOSED = "结束", "Closed"
    DAY = "日期", "Day"
    DAYS = "起止日期", "Days"
    DONE = "已办结", "Done"
    DROPPED = "撤下", "Dropped"
    ENDS = "止", "Until"
    EXTENSION = "延期至", "Extended until"
    FIGURES = "数据", "Figures"
    FIRST_DAY = "首日", "First day"
    HELD = "暂缓", "Held"
    IN_FORCE = "生效中", "In force"
    IN_TIME = "按时率", "In time"
    LAST_DAY = "截止日", "Last day"
    LAUNCHED = "启动", "Launched"
    LINES = "条目", "Lines"
    MEMBERS = "成员", "Members"
    NAME = "名称", "Name"
    NOTICE = "通知", "Notice"
    NOTICES = "通知数", "Notices"
    NUMBER = "编号", "No."
    OFFICER = "人员", "Officer"
    ON_DOUBT = "不确定时", "On doubt"
    OPENED = "开启", "Opened"
    OVERDUE = "逾期", "Overdue"
    OWNER = "责任人", "Owner"
    PAUSED = "暂停至", "paused until"
    PHONE = "电话", "Phone"
    PROBLEM = "问题", "Problem"
    RATE = "完成率", "Done, %"
    REACHED = "提醒节点", "Reached"
    REASON = "原因", "Reason"
    ROLE = "角色", "Role"
    SECTION = "部分", "Section"
    SERVICE = "服务", "Service"
    SILENCED = "静默范围", "Silenced"
    STAGE = "阶段", "Stage"
    STARTS = "起", "From"
    STATUS = "状态", "Status"
    TASK = "任务", "Task"
    UNIT = "单位", "Unit"
    UNVERIFIED = "送达未核实", "acceptance not verified"
    WAIVED = "免办", "Waived"
    WINDOW = "窗口", "Window"
    WINDOWS = "进行中", "Open"

    def of(self, language: Language) -> str:
        """Give the word in one language."""
        zh, en = self.value
        return str(zh if language is Language.ZH else en)


# By the vocabulary first: words of two vocabularies that are spelled alike are equal.
IN_CHINESE: Mapping[type[StrEnum], Mapping[str, str]] = {
    Standing: {
        Standing.OPEN: "办理中",
        Standing.UPCOMING: "将到期",
        Standing.DUE: "今日到期",
        Standing.OVERDUE: "已逾期",
        Standing.DONE: "已办结",
        Standing.WAIVED: "已免办",
    },
    CampaignStatus: {CampaignStatus.RUNNING: "进行中", CampaignStatus.ENDED: "已结束"},
    ProblemStatus: {ProblemStatus.OPEN: "未解决", ProblemStatus.SOLVED: "已解决"},
    NoticeStatus: {
        NoticeStatus.PLANNED: "待发送",
        NoticeStatus.SENDING: "发送中",
        NoticeStatus.SENT: "已发送",
        NoticeStatus.HELD: "待人工处理",
        NoticeStatus.DEAD: "发送失败",
        NoticeStatus.CANCELLED: "已撤销",
    },
    ChannelStatus: {ChannelStatus.ACTIVE: "启用", ChannelStatus.DISABLED: "停用"},
    OnDoubt: {OnDoubt.REPEAT: "重发", OnDoubt.HOLD: "待人工处理"},
    OfficerRole: {OfficerRole.LIAISON: "联络员", OfficerRole.GROUP: "指导小组", OfficerRole.COORDINATOR: "协调人"},
}


def say(word: StrEnum, language: Language) -> str:
    """Say a word of the vocabulary; one without Chinese is said as it is stored."""
    return IN_CHINESE.get(type(word), {}).get(word, word.value) if language is Language.ZH else word.value
