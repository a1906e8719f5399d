"""The words on a sheet of answers, in Chinese and in English."""

from enum import Enum

from config.vocabulary import Language


class Word(Enum):
    """What stands on the sheet beside what the campaign says."""

    ABOUT = "填表说明", "How to fill it in"
    FOR = "填报范围", "For"
    EVERYTHING = "全部单位", "All units"
    MADE_ON = "导出时间", "Made on"
    TABLES = "各表", "Sheets"
    BRANCH = "支部编码", "Branch code"
    BRANCH_NAME = "支部", "Branch"
    UNIT = "单位", "Unit"
    TASK = "任务", "Task"
    LAST_DAY = "截止日", "Last day"
    STATUS = "状态", "Status"
    DONE = "是否完成", "Done?"
    NOTE = "备注", "Note"
    YES = "已完成", "done"
    NO = "—", "—"
    NOT_ASKED = "·", "·"
    EVIDENCE = "（需在网页上传材料）", " (add a file on its page)"
    WINDOW = "{first}至{last}", "{first} to {last}"
    PAGE = "第 &P 页，共 &N 页", "Page &P of &N"
    CHOOSE = "请选择“已完成”，或留“—”", "Choose done, or leave —"
    WRONG_CHOICE = "只能选“已完成”或“—”。", "Only done or — can stand here."
    WHOLE = "整数", "whole number"
    AMOUNT = "最多两位小数", "two decimals"
    AT_LEAST = "≥ {least}", "≥ {least}"
    AT_MOST = "≤ {most}", "≤ {most}"
    BETWEEN = "{least}–{most}", "{least}–{most}"
    LONGEST_NOTE = "最多 {most} 字。", "At most {most} characters."
    WRONG = "不能填写", "Cannot be taken"
    NOTHING_OPEN = "目前没有可填报的任务。", "Nothing is open to be answered now."

    def of(self, language: Language) -> str:
        """Give the words in one language."""
        zh, en = self.value
        return str(zh if language is Language.ZH else en)


STEPS: dict[Language, tuple[str, ...]] = {
    Language.ZH: (
        "每个阶段一张表，每行是一个支部的一项任务。只填黄色单元格，其他单元格已锁定。",
        "任务完成后，在“是否完成”一栏选“已完成”，并填写该行要求的数据；“·”表示该任务不要求这项数据。",
        "没有做完的保留“—”，以后可以再填。已办结的行显示当时填报的内容，不能在此修改。",
        "请勿增删列或改动编码，表内隐藏的行和列用于核对。",
        "填好后交回文件：在活动页面打开“填报表”上传，或运行 rollcall answers import。写入之前会先列出全部变化。",
        "同一任务若已有人填报，系统不会覆盖，而是把两边的内容并排列出。",
    ),
    Language.EN: (
        "There is a sheet for each stage, and a row for each task of a branch. Yellow cells are to be filled in.",
        "When a task is done, choose done in the column Done?, and give the figures that its row asks for.",
        "Leave — where a task is not done yet; it can be handed in later. What is done already is not changed here.",
        "Do not add or remove columns, or change codes; rows and columns that are hidden are for checking.",
        "Hand the file in on the campaign's page, or with rollcall answers import; you first see what it would change.",
        "Where somebody else was first, nothing is overwritten: both answers are shown side by side.",
    ),
}
"""What the first sheet tells whoever fills the others in."""

PROPOSED: dict[Language, str] = {
    Language.ZH: "灰色斜体数据取自上期填报或台账，仅供参考：核对或改正后，在“是否完成”一栏选“已完成”才算填报。",
    Language.EN: "Figures in grey italics come from the last period or the ledgers: check them; they count once you "
    "choose done.",
}
"""What it tells beside where figures are proposed."""
