"""What a browser is, from what it calls itself, as far as people tell browsers apart."""

import re

_BROWSERS = (
    ("WeCom", r"wxwork/"),
    ("WeChat", r"MicroMessenger/"),
    ("DingTalk", r"DingTalk/"),
    ("Feishu", r"(?:Lark|Feishu)/"),
    ("Edge", r"Edg[A-Z]*/|Edg/"),
    ("Opera", r"OPR/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/"),
    ("Safari", r"Safari/"),
)
_SYSTEMS = (
    ("Android", r"Android"),
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("HarmonyOS", r"HarmonyOS|OpenHarmony"),
    ("Windows", r"Windows"),
    ("macOS", r"Mac OS X|Macintosh"),
    ("Linux", r"Linux|X11"),
)
"""Each is looked for before those that it also claims to be."""

_LONGEST = 40


def name_browser(agent: str) -> str:
    """Return names like `Chrome, Windows`; the beginning of what it says where it is none that is known."""
    found = [_first(names, agent) for names in (_BROWSERS, _SYSTEMS)]
    return ", ".join(filter(None, found)) or agent[:_LONGEST] or "?"


def _first(names: tuple[tuple[str, str], ...], agent: str) -> str | None:
    return next((name for name, pattern in names if re.search(pattern, agent)), None)
