"""What the pages of the report's workbook, and their columns, are called: on the pages and among the sources."""

from config.definition.text import Text
from config.vocabulary import Language

EVERYTHING = {Language.ZH: "合计", Language.EN: "Total"}
"""What the last row of a table is called, which has all of it."""

FIGURES = Text(zh="主要数据", en="Figures")
ASKED = Text(zh="支部填报数据", en="What branches answered")
STAGES = Text(zh="阶段进展", en="Stages")
BY_UNIT = Text(zh="问题（按单位）", en="Problems by unit")
BY_CATEGORY = Text(zh="问题（按类别）", en="Problems by category")
WORK_BY_UNIT = Text(zh="任务办结（按单位）", en="Work by unit")
OPEN_PROBLEMS = Text(zh="未解决的问题", en="Open problems")
EXEMPLARS = Text(zh="典型", en="Exemplars")

DONE, WANTED = Text(zh="已办结", en="Done"), Text(zh="应办", en="Wanted")
SHARE, LATE = Text(zh="办结率", en="Share"), Text(zh="逾期", en="Overdue")
GATE = Text(zh="关口情况", en="Gate")
FOUND, SOLVED = Text(zh="查找", en="Found"), Text(zh="已解决", en="Solved")
OPEN, SHARE_SOLVED = Text(zh="未解决", en="Open"), Text(zh="解决率", en="Share solved")
UNIT, BRANCH = Text(zh="单位", en="Unit"), Text(zh="支部", en="Branch")
CATEGORY = Text(zh="类别", en="Category")
STAGE, WAVE = Text(zh="阶段", en="Stage"), Text(zh="批次", en="Wave")
TOTAL, BRANCHES = Text(zh="合计", en="Total"), Text(zh="填报支部数", en="Branches")
ABOUT = Text(zh="说明", en="About")
AS_OF = Text(zh="任务办结情况截至", en="Work as of")
LATE_ANSWERS = Text(zh="活动结束后收到或更正的填报", en="Answers given or corrected after the end")
SOLVED_LATE = Text(zh="活动结束后解决的问题", en="Problems solved after the end")
HOW_MANY = Text(zh="合计", en="How many")
