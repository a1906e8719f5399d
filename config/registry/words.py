"""What offices write for the words of the vocabulary, in Chinese and in English."""

from collections.abc import Mapping
from enum import StrEnum

from config.spoken import IN_CHINESE
from config.vocabulary import BranchKind, BranchStatus, Grade, UnitLevel

_ALSO: Mapping[StrEnum, tuple[str, ...]] = {
    UnitLevel.NATION: ("国家", "中央", "national"),
    UnitLevel.PROVINCE: ("省级", "自治区", "直辖市", "provincial"),
    UnitLevel.CITY: ("市级", "地市", "地级市", "municipal"),
    UnitLevel.COUNTY: ("县级", "区", "县区", "区县", "县市区", "县级市", "district"),
    UnitLevel.TOWNSHIP: ("乡", "镇", "乡级", "街道", "town"),
    BranchKind.COMMITTEE: ("党委会", "基层党委"),
    BranchKind.BRANCH: ("党支部", "独立支部", "独立党支部"),
    BranchKind.JOINT_BRANCH: ("联合党支部", "joint branch"),
    BranchKind.YOUTH_LEAGUE: ("团支部", "共青团", "youth league"),
    BranchKind.WOMENS_COMMITTEE: ("妇联", "women's committee"),
    BranchStatus.PROSPECT: ("拟组建", "未组建"),
    BranchStatus.PREPARING: ("筹建", "筹备", "筹备中"),
    BranchStatus.ACTIVE: ("正常", "在册", "已组建", "运行中"),
    BranchStatus.DISSOLVED: ("撤销", "注销", "已注销", "关闭", "已关闭", "停产", "合并", "已合并", "closed", "merged"),
    Grade.GOOD: ("优秀", "先进", "较好", "a"),
    Grade.FAIR: ("合格", "中", "b"),
    Grade.WEAK: ("差", "较差", "薄弱", "不合格", "c"),
}


def words_of(vocabulary: type[StrEnum]) -> dict[str, str]:
    """Return what each word, in lower case, stands for."""
    chinese = IN_CHINESE.get(vocabulary, {})
    return {
        word.casefold(): member.value
        for member in vocabulary
        for word in (member.value, chinese.get(member, member.value), *_ALSO.get(member, ()))
    }
