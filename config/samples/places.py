"""The units of the sample: 保定市 and its 25 county-level units in 2009, with their codes of that year (GB/T 2260).

The units, the 13 branches of 清苑县, the 703 in all and the enterprises under `named` are published; how the other 690
spread over the units is made up, and so is the industry that prevails in each.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of the sample: how many branches it has, whose names begin with `prefix` where they are invented.

    `named` are published enterprises, each with its industry where the name tells it: the unit's first branches.
    """

    code: str
    name: str
    prefix: str
    branches: int
    industry: str
    named: tuple[tuple[str, str], ...] = ()


CITY = Place("130600", "保定市", "保定", 1, "汽车制造", (("长城汽车", "汽车制造"),))

COUNTIES = (
    Place("130602", "新市区", "保定", 52, "电子电器", (("中画美凯", ""),)),
    Place("130603", "北市区", "保定", 42, "商贸物流"),
    Place("130604", "南市区", "保定", 40, "机械制造"),
    Place("130621", "满城县", "满城", 27, "造纸印刷"),
    Place("130622", "清苑县", "清苑", 13, "机械制造"),
    Place("130623", "涞水县", "涞水", 16, "建筑材料"),
    Place("130624", "阜平县", "阜平", 9, "农业种植"),
    Place("130625", "徐水县", "徐水", 38, "食品酿造"),
    Place("130626", "定兴县", "定兴", 26, "食品酿造"),
    Place("130627", "唐县", "唐县", 18, "机械制造"),
    Place("130628", "高阳县", "高阳", 34, "纺织服装"),
    Place("130629", "容城县", "容城", 27, "纺织服装", (("鑫森制衣", "纺织服装"),)),
    Place("130630", "涞源县", "涞源", 15, "建筑材料"),
    Place("130631", "望都县", "望都", 14, "食品酿造"),
    Place("130632", "安新县", "安新", 25, "箱包皮革"),
    Place("130633", "易县", "易县", 20, "石雕工艺"),
    Place("130634", "曲阳县", "曲阳", 20, "石雕工艺", (("大理石雕刻总公司", "石雕工艺"), ("太行防腐装饰", "建筑装饰"))),
    Place("130635", "蠡县", "蠡县", 28, "箱包皮革"),
    Place("130636", "顺平县", "顺平", 15, "化工塑料"),
    Place("130637", "博野县", "博野", 12, "化工塑料"),
    Place("130638", "雄县", "雄县", 23, "化工塑料"),
    Place("130681", "涿州市", "涿州", 56, "商贸物流"),
    Place("130682", "定州市", "定州", 54, "机械制造"),
    Place("130683", "安国市", "安国", 32, "医药药材"),
    Place("130684", "高碑店市", "高碑店", 46, "箱包皮革"),
)

PLACES = (CITY, *COUNTIES)
