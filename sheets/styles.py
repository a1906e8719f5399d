"""How cells of a workbook look: each look is made once for a workbook."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from config.vocabulary import Language

DAY, MOMENT, WHOLE, AMOUNT, SHARE, TEXT = (
    "yyyy-mm-dd",
    "yyyy-mm-dd hh:mm",
    "#,##0",
    "#,##0.00",
    "0.0%",
    "@",
)
"""How values are shown; what is shown as text stays text when somebody types it again."""


class Look(Enum):
    """What a cell looks like."""

    TITLE = auto()
    SUBTITLE = auto()
    HEADER = auto()
    LABEL = auto()
    TEXT = auto()
    PLAIN = auto()
    CENTER = auto()
    NUMBER = auto()
    SETTLED = auto()
    LATE = auto()
    NOT_ASKED = auto()
    ANSWER = auto()
    ANSWER_CENTER = auto()
    ANSWER_WORDS = auto()
    STEP = auto()
    STEP_NUMBER = auto()
    LINK = auto()


_FONTS = {Language.ZH: "Microsoft YaHei", Language.EN: "Calibri"}
_DARK, _LINE, _SOFT = "#1F4E79", "#BFC7D1", "#6B7280"
_CELL = {"border": 1, "border_color": _LINE, "valign": "vcenter", "font_size": 10}
_INDENTED = {**_CELL, "indent": 1}
_CENTERED = {**_CELL, "align": "center"}
_UNLOCKED = {"bg_color": "#FFF7CC", "locked": False}
_LOOKS: Mapping[Look, Mapping[str, Any]] = {
    Look.TITLE: {"bold": True, "font_size": 16, "font_color": _DARK, "valign": "vcenter"},
    Look.SUBTITLE: {"font_size": 10, "font_color": _SOFT, "valign": "vcenter"},
    Look.HEADER: {**_CENTERED, "bold": True, "font_color": "#FFFFFF", "bg_color": _DARK, "text_wrap": True},
    Look.LABEL: {**_INDENTED, "bold": True, "bg_color": "#EEF2F7"},
    Look.TEXT: {**_INDENTED, "text_wrap": True},
    Look.PLAIN: _CELL,
    Look.CENTER: _CENTERED,
    Look.NUMBER: {**_INDENTED, "align": "right"},
    Look.SETTLED: {**_CENTERED, "font_color": "#2E7D32", "bg_color": "#EDF7ED"},
    Look.LATE: {**_CENTERED, "font_color": "#B3261E", "bold": True},
    Look.NOT_ASKED: {**_CENTERED, "font_color": "#9CA3AF", "bg_color": "#F1F3F5"},
    Look.ANSWER: {**_INDENTED, **_UNLOCKED, "align": "right"},
    Look.ANSWER_CENTER: {**_CENTERED, **_UNLOCKED},
    Look.ANSWER_WORDS: {**_INDENTED, **_UNLOCKED, "text_wrap": True},
    Look.STEP: {"text_wrap": True, "valign": "top", "indent": 1, "font_size": 11},
    Look.STEP_NUMBER: {"align": "right", "valign": "top", "font_size": 11, "font_color": _SOFT},
    Look.LINK: {**_INDENTED, "font_color": "#1A56A6", "underline": 1},
}
_RULE = {"top": 2, "top_color": "#8896A8"}
_WARNING = {"bg_color": "#F9D0CD"}
_UNSAID = {"italic": True, "font_color": "#6B7280"}


@dataclass(slots=True)
class Styles:
    """The looks of one workbook."""

    workbook: Workbook
    language: Language
    _made: dict[tuple[Look, str, bool], Format] = field(default_factory=dict)

    def of(self, look: Look, shown_as: str = TEXT, *, ruled: bool = False) -> Format:
        """Return a look for values that are shown in a way; `ruled` has a line above it."""
        key = (look, shown_as, ruled)
        if key not in self._made:
            named = {"font_name": _FONTS[self.language], "num_format": shown_as}
            self._made[key] = self.workbook.add_format({**_LOOKS[look], **(_RULE if ruled else {}), **named})
        return self._made[key]

    def warning(self) -> Format:
        """Return what is laid over a cell that lacks something."""
        return self.workbook.add_format(_WARNING)

    def unsaid(self) -> Format:
        """Return what is laid over a figure that is proposed, and that nobody has said yet."""
        return self.workbook.add_format(_UNSAID)
