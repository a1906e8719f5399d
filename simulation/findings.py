"""The problems that branches of the simulation find with themselves, in invented sentences."""

from dataclasses import dataclass

from config.samples.draws import draw


@dataclass(frozen=True, slots=True)
class SimulatedProblem:
    """A problem that a branch records: days count from the opening of its analysis, then from when it was found.

    `owner` is a post, not a person. `solved_after_days` is None for a problem that outlasts the campaign.
    """

    title: str
    owner: str
    category: str
    found_after_days: int
    solved_after_days: int | None


# How many of a thousand branches find at most 0, 1, 2, ... problems: 1.88 a branch, 1,320 over 703 of them.
_AT_MOST = (220, 454, 674, 834, 942, 1000)

_TITLES = (
    ("上班时间难以集中学习", "支部书记", "学习教育"),
    ("倒班职工参加活动少", "组织委员", "学习教育"),
    ("党员流动后联系中断", "组织委员", "党员管理"),
    ("外出务工党员长期未参加组织生活", "组织委员", "党员管理"),
    ("企业负责人对支部工作关心不够", "企业负责人", "支部与企业"),
    ("活动场所与车间混用", "行政主管", "条件保障"),
    ("学习资料陈旧、数量不足", "宣传委员", "条件保障"),
    ("活动经费没有列入企业预算", "企业负责人", "条件保障"),
    ("组织生活记录不完整", "支部书记", "组织生活"),
    ("入党积极分子培养缺少计划", "组织委员", "党员管理"),
    ("一线岗位党员偏少", "组织委员", "党员管理"),
    ("党员示范岗流于形式", "宣传委员", "党员管理"),
    ("对职工意见答复不及时", "工会主席", "职工服务"),
    ("职工食堂卫生反映较多", "行政主管", "职工服务"),
    ("夜班通勤不便", "行政主管", "职工服务"),
    ("新员工安全培训时间不足", "安全主管", "职工服务"),
    ("车间通风降尘设施老化", "安全主管", "职工服务"),
    ("劳动合同续签拖延", "工会主席", "职工服务"),
    ("加班调休落实不到位", "工会主席", "职工服务"),
    ("困难职工帮扶没有台账", "工会主席", "职工服务"),
    ("支部与管理层沟通没有固定渠道", "支部书记", "支部与企业"),
    ("支部委员分工不清", "支部书记", "组织生活"),
    ("年度计划与生产经营结合不紧", "支部书记", "支部与企业"),
    ("联合支部各企业步调不一", "支部书记", "支部与企业"),
    ("技术骨干中党员比例低", "组织委员", "党员管理"),
    ("党费收缴时间不固定", "组织委员", "组织生活"),
    ("公示栏更新慢", "宣传委员", "组织生活"),
    ("节能降耗建议征集后无回音", "生产主管", "支部与企业"),
    ("产品质量攻关缺少带头人", "生产主管", "支部与企业"),
    ("订单减少后职工思想波动大", "支部书记", "职工服务"),
)


def count_problems(*key: str | int) -> int:
    """Return how many problems the branch of this key finds; none at all for a fifth of them."""
    place = draw(*key, "problems") * 1000
    return next(count for count, limit in enumerate(_AT_MOST) if place < limit)


def name_problem(number: int, *key: str | int) -> tuple[str, str, str]:
    """Return the title, the owner and the category of a branch's problem; those of one branch have different titles."""
    first = int(draw(*key, "title") * len(_TITLES))
    return _TITLES[(first + 7 * number) % len(_TITLES)]
