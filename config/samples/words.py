"""The words that the invented enterprises of the sample are named with."""

from config.samples.draws import draw

_FIRST = "澜砚岫朔沐珑霁昀芃栩翊弘峻旻皓嵘煜钧铄禾淇泓漠穹筠简葳蔚屹溪"
_SECOND = "谷澄岑屿桥舟帆垣野垚岚嶂洲陌庐楹檐砻畦圃渚汀湄埠原樾柯枫筑辰"

TRADES = {
    "机械制造": ("机械", "铸造", "轴承", "阀门", "泵业"),
    "汽车制造": ("汽配", "车灯", "滤清器"),
    "电子电器": ("电子", "电器", "电缆", "变压器"),
    "纺织服装": ("纺织", "制衣", "针织", "毛巾"),
    "箱包皮革": ("箱包", "皮具", "制鞋", "裘皮"),
    "建筑材料": ("建材", "门窗", "水泥制品", "矿业"),
    "建筑装饰": ("建筑", "装饰", "置业"),
    "石雕工艺": ("石雕", "石艺", "石材"),
    "医药药材": ("药业", "中药材", "饮片"),
    "食品酿造": ("食品", "面业", "乳品", "酿造"),
    "化工塑料": ("化工", "塑业", "包装", "橡胶"),
    "造纸印刷": ("纸业", "印务", "彩印"),
    "商贸物流": ("商贸", "物流", "百货", "酒店"),
    "农业种植": ("农业", "种业", "养殖"),
}
"""What enterprises of each industry call their trade."""

FORMS = ("有限公司", "有限公司", "有限公司", "有限责任公司", "实业公司")
"""The legal forms that invented names end with, the usual one three times as likely."""


def invent_words(seed: str) -> list[str]:
    """Return 900 words of two characters, no two alike, in an order that follows from the seed."""
    words = [first + second for first in _FIRST for second in _SECOND]
    return sorted(words, key=lambda word: draw(seed, "word", word))
