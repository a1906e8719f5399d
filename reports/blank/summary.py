"""The template of the report of a campaign."""

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from config.definition.text import Text
from config.vocabulary import Language
from reports.blank.page import blank_page
from reports.blank.table import spreading_table, table_of


class SummaryTemplate:
    """The template in one language, section by section; headings are left out where nothing stands below them."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._document = blank_page(language)

    def write(self) -> Document:
        """Write all sections in their order on paper."""
        self._begin()
        self._figures()
        self._asked()
        self._stages()
        self._work()
        self._problems()
        self._charts()
        self._overrides()
        self._tables()
        self._exemplars()
        self._open_problems()
        self._end()
        return self._document

    def _begin(self) -> None:
        self._document.add_paragraph("{{ title }}", "Title")
        self._document.add_paragraph(self._say("总结报告", "Summary report"), "Subtitle")
        self._tag("if note")
        self._document.add_paragraph("{{ note }}", "Note")
        self._tag("endif")
        self._tag("if unit")
        self._document.add_paragraph(self._say("单位：{{ unit }}", "Unit: {{ unit }}"), "Note")
        self._tag("endif")
        self._tag("if period")
        self._document.add_paragraph(self._say("统计期间：{{ period }}", "Figures of the days: {{ period }}"), "Note")
        self._tag("endif")
        self._document.add_paragraph(
            self._say(
                "活动自{{ first_day }}开始，各阶段安排至{{ last_day }}。"
                "以下数字均由活动过程中登记的台账和填报汇总得出，出处见所附表格的“出处”一页。",
                "The campaign began on {{ first_day }}, and its stages run to {{ last_day }}. All figures below are "
                "added up from what was recorded and answered on the way; where each comes from stands on the page "
                "“Sources” of the workbook that goes with this report.",
            )
        )

    def _figures(self) -> None:
        self._tag("if groups")
        self._head("主要数据", "Figures")
        self._tag("for group in groups")
        self._document.add_paragraph("{{ group.title }}", "Heading 2")
        titles = (self._say("项目", "Figure"), self._say("数量", "Number"))
        table_of(self._document, titles, "group.rows", ("{{ row.name }}", "{{ row.figure }}#"), (11.8, 4))
        self._tag("endfor")
        self._tag("endif")

    def _asked(self) -> None:
        self._tag("if asked")
        self._head("支部填报数据", "What branches answered")
        titles = (
            self._say("阶段", "Stage"),
            self._say("任务", "Task"),
            self._say("项目", "Figure"),
            self._say("合计", "Total"),
            self._say("填报支部数", "Branches"),
        )
        tags = ("{{ row.stage }}", "{{ row.task }}", "{{ row.name }}", "{{ row.total }}#", "{{ row.branches }}#")
        table_of(self._document, titles, "asked", tags, (2.6, 4.2, 5.0, 2.0, 2.0))
        self._tag("endif")

    def _stages(self) -> None:
        self._head("阶段进展", "Stages")
        self._as_of()
        titles = (
            self._say("阶段", "Stage"),
            self._say("批次", "Wave"),
            self._say("开始", "First day"),
            self._say("截止", "Last day"),
            self._say("状态", "Status"),
            self._say("已办结", "Done"),
            self._say("应办", "Wanted"),
            self._say("办结率", "Share"),
            self._say("逾期", "Overdue"),
        )
        tags = (
            "{{ row.title }}",
            "{{ row.wave }}",
            "{{ row.first_day }}",
            "{{ row.last_day }}",
            "{{ row.status }}",
            "{{ row.done }}#",
            "{{ row.wanted }}#",
            "{{ row.share }}#",
            "{{ row.overdue }}#",
        )
        table_of(self._document, titles, "stages", tags, (2.1, 2.0, 2.2, 2.2, 1.4, 1.5, 1.35, 1.6, 1.45))
        self._tag("for row in stages")
        self._tag("if row.blockers")
        said = self._say(
            "{{ row.title }}（{{ row.wave }}）：{{ row.blockers | join('；') }}。",
            "{{ row.title }}, {{ row.wave }}: {{ row.blockers | join('; ') }}.",
        )
        self._below(said)
        self._tag("endif")
        self._tag("endfor")

    def _as_of(self) -> None:
        """Say of which day the work is told, and what a campaign that is over was answered since."""
        self._tag("if ended_on")
        self._document.add_paragraph(
            self._say(
                "活动已于{{ ended_on }}结束，办结情况以当日为准。",
                "The campaign ended on {{ ended_on }}; work is told as it stood that day.",
            )
        )
        self._tag("if answers_late")
        self._document.add_paragraph(
            self._say(
                "此后又收到或更正填报{{ answers_late }}项，不改变办结情况，其数据已计入支部填报数据。",
                "Answers given or corrected since: {{ answers_late }}. They change nothing in what follows here; the "
                "figures in them are counted in what branches answered.",
            )
        )
        self._tag("endif")
        self._tag("else")
        self._document.add_paragraph(self._say("办结情况截至{{ as_of }}。", "Work as it stands on {{ as_of }}."))
        self._tag("endif")

    def _work(self) -> None:
        self._tag("if work_by_unit")
        self._document.add_paragraph(self._say("任务办结（按单位）", "Work by unit"), "Heading 2")
        titles = (
            self._say("单位", "Unit"),
            self._say("已办结", "Done"),
            self._say("应办", "Wanted"),
            self._say("办结率", "Share"),
            self._say("逾期", "Overdue"),
        )
        tags = ("{{ row.name }}", "{{ row.done }}#", "{{ row.wanted }}#", "{{ row.share }}#", "{{ row.overdue }}#")
        table_of(self._document, titles, "work_by_unit", tags, (5.4, 2.6, 2.6, 2.6, 2.6))
        self._tag("endif")

    def _problems(self) -> None:
        self._tag("if problems_by_unit")
        self._head("问题整改", "Problems")
        self._tag("if solved_late")
        self._document.add_paragraph(
            self._say(
                "其中{{ solved_late }}个问题在活动结束后解决。",
                "Of the problems solved, {{ solved_late }} were solved after the campaign had ended.",
            )
        )
        self._tag("endif")
        self._problem_table("按单位", "By unit", "problems_by_unit", self._say("单位", "Unit"))
        self._problem_table("按类别", "By category", "problems_by_category", self._say("类别", "Category"))
        self._tag("endif")

    def _problem_table(self, zh: str, en: str, rows: str, first: str) -> None:
        self._document.add_paragraph(self._say(zh, en), "Heading 2")
        titles = (
            first,
            self._say("查找", "Found"),
            self._say("已解决", "Solved"),
            self._say("未解决", "Open"),
            self._say("解决率", "Share solved"),
        )
        tags = ("{{ row.name }}", "{{ row.found }}#", "{{ row.solved }}#", "{{ row.open }}#", "{{ row.share }}#")
        table_of(self._document, titles, rows, tags, (5.4, 2.6, 2.6, 2.6, 2.6))

    def _more(self, name: str, zh: str) -> None:
        """Add a line that counts what a list does not name."""
        number = f"{{{{ {name} }}}}"
        self._tag(f"if {name}")
        self._below(self._say(zh.format(n=number), f"{number} more stand in the workbook."))
        self._tag("endif")

    def _exemplars(self) -> None:
        self._tag("if exemplars")
        self._head("典型", "Exemplars")
        titles = (
            self._say("单位", "Unit"),
            self._say("支部", "Branch"),
            self._say("名称", "Name"),
            self._say("级别", "Level"),
            self._say("类别", "Category"),
            self._say("宣传方式", "Made known by"),
        )
        tags = tuple(f"{{{{ row.{column} }}}}" for column in ("unit", "branch", "name", "level", "category", "ways"))
        table_of(self._document, titles, "exemplars", tags, (1.7, 4.4, 3.7, 1.4, 1.8, 2.8))
        self._more("exemplars_left", "另有典型{n}个，见所附表格。")
        self._tag("endif")

    def _open_problems(self) -> None:
        self._tag("if open_problems")
        self._head("未解决的问题", "Open problems")
        titles = (
            self._say("编号", "No."),
            self._say("单位", "Unit"),
            self._say("支部", "Branch"),
            self._say("问题", "Problem"),
            self._say("类别", "Category"),
            self._say("责任人", "Owner"),
            self._say("整改期限", "Due"),
        )
        columns = ("number", "unit", "branch", "title", "category", "owner", "last_day")
        tags = tuple(f"{{{{ row.{column} }}}}" for column in columns)
        table_of(self._document, titles, "open_problems", tags, (1.2, 1.7, 3.2, 3.5, 1.9, 1.9, 2.4))
        self._more("open_problems_left", "另有未解决的问题{n}个，见所附表格。")
        self._tag("endif")

    def _charts(self) -> None:
        self._tag("if charts")
        self._head("图示", "Charts")
        self._tag("for chart in charts")
        self._document.add_paragraph("{{ chart.title }}", "Heading 2")
        picture = self._document.add_paragraph("{{ chart.picture }}", "Cell")
        picture.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._tag("endfor")
        self._tag("endif")

    def _tables(self) -> None:
        self._tag("if tables")
        self._head("各单位情况", "Unit by unit")
        self._tag("for table in tables")
        self._document.add_paragraph("{{ table.title }}", "Heading 2")
        spreading_table(self._document, self._say("单位", "Unit"), "table")
        self._tag("endfor")
        self._tag("endif")

    def _overrides(self) -> None:
        self._tag("if overrides")
        self._head("经批准放行的关口", "Gates that were let go")
        titles = (
            self._say("阶段", "Stage"),
            self._say("批次", "Wave"),
            self._say("日期", "Day"),
            self._say("批准人", "By"),
            self._say("理由", "Reason"),
        )
        tags = tuple(f"{{{{ row.{column} }}}}" for column in ("title", "wave", "on", "by", "reason"))
        table_of(self._document, titles, "overrides", tags, (2.4, 2.1, 2.4, 2.8, 6.1))
        self._tag("endif")

    def _end(self) -> None:
        closing = self._document.add_paragraph("{{ written_on }}", "Note")
        closing.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def _below(self, text: str) -> None:
        """Add a paragraph that stands clear of the table above it."""
        self._document.add_paragraph(text).paragraph_format.space_before = Pt(6)

    def _head(self, zh: str, en: str) -> None:
        self._document.add_paragraph(self._say(zh, en), "Heading 1")

    def _tag(self, tag: str) -> None:
        """Add a paragraph that steers, and leaves no trace."""
        self._document.add_paragraph(f"{{%p {tag} %}}", "Cell")

    def _say(self, zh: str, en: str) -> str:
        return Text(zh=zh, en=en).of(self._language)
