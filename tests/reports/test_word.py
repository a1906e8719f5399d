"""Word documents: what a template may name, what it is refused for, and what comes out of it."""

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.table import Table

from config.definition.text import Text
from config.errors import Refusal
from config.vocabulary import Language, Measure
from reports.blank.table import FIRST_SHARE
from reports.blank.writing import BLANKS
from reports.facts import facts_of
from reports.issue import write_issue_document
from reports.report import Exemplars, FigureRow, OpenProblems, UnitRow, UnitTable
from reports.summary import write_summary_document
from reports.word import MOST_BYTES, TEMPLATES, write_word
from tests.reports.values import AN_EXEMPLAR, NOTHING_ASKED, WRITTEN_AT, a_bulletin, a_report, problems
from tests.reports.words import words_of


def template(folder: Path, *paragraphs: str) -> Path:
    """A template of an office's own."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    file = folder / "own.docx"
    document.save(str(file))
    return file


def filled(folder: Path, *paragraphs: str) -> list[str]:
    facts = facts_of(a_report(), Language.ZH)
    return words_of(write_word(template(folder, *paragraphs), facts, written_at=WRITTEN_AT))


def parts_of(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist() if not name.startswith("docProps/")}


@pytest.mark.parametrize("name", BLANKS)
def test_the_templates_that_come_along_are_those_that_are_made(name: str) -> None:
    assert parts_of((TEMPLATES / name).read_bytes()) == parts_of(BLANKS[name]()), "run python -m reports.blank"


SECTIONS = {
    Language.ZH: [
        "学习活动",
        "示例数据",
        "指导人次|6,327",
        "查找问题数|1,320",
        "问题解决率|67.7%",
        "学习|集中学习|到会人次|9,100|700",
        "学习|集中学习|经费（元）|12,345.50|690",
        "活动已于2010年1月22日结束，办结情况以当日为准。",
        "此后又收到或更正填报2项，不改变办结情况，其数据已计入支部填报数据。",
        "动员|全面推开|2009-09-14|2009-09-30|已结束|97|100|97.0%|3",
        "动员（全面推开）：已办结 97 项，须办结 98 项。",
        "雄县|37|40|92.5%|3",
        "合计|97|100|97.0%|3",
        "其中5个问题在活动结束后解决。",
        "清苑县|1,000|700|300|70.0%",
        "合计|1,320|894|426|67.7%",
        "未分类|20|0|20|0.0%",
        "动员|全面推开|2009-10-08|王主任|水灾",
        "雄县|320|194",
        "合计|1,320|894",
        "支部填报数据：学习",
        "单位|到会人次|经费（元）",
        "清苑县|9,000|12,345.50",
        "合计|9,100|12,345.50",
        "雄县|企业支部|夜校|市|做法|刊发事迹、现场观摩",
        "7|雄县|企业支部|没有活动场所|职工服务|李主任|2010-01-08",
        "9|雄县|企业支部|没有报刊|未分类||",
        "2010年1月25日",
    ],
    Language.EN: [
        "Study",
        "Sample data",
        "Problems found|1,320",
        "Share of problems solved|67.7 %",
        "Study|Study sessions|Cost (yuan)|12,345.50|690",
        "The campaign ended on 22 January 2010; work is told as it stood that day.",
        "Mobilization|main|2009-09-14|2009-09-30|closed|97|100|97.0 %|3",
        "Total|97|100|97.0 %|3",
        "Of the problems solved, 5 were solved after the campaign had ended.",
        "Total|1,320|894|426|67.7 %",
        "No category|20|0|20|0.0 %",
        "雄县|企业支部|夜校|city|practice|story published, shown on site",
        "7|雄县|企业支部|没有活动场所|职工服务|李主任|2010-01-08",
        "25 January 2010",
    ],
}


@pytest.mark.parametrize("language", Language)
def test_the_report_says_all_of_it_in_its_order(language: Language) -> None:
    words = words_of(write_summary_document(a_report(), language, written_at=WRITTEN_AT))
    found = [words.index(said) for said in SECTIONS[language]]
    assert found == sorted(found)


@pytest.mark.parametrize("language", Language)
def test_headings_of_what_is_not_there_are_left_out(language: Language) -> None:
    nothing = {"open_problems": OpenProblems((), ""), "exemplars": Exemplars((), ""), "problems_by_unit": problems()}
    bare = a_report(figures=(), tables=(), asked=NOTHING_ASKED, overrides=(), note=None, **nothing)
    words = words_of(write_summary_document(bare, language, written_at=WRITTEN_AT))
    left_out = {"主要数据", "支部填报数据", "问题整改", "典型", "图示", "各单位情况"}
    left_out |= {"Figures", "What branches answered", "Problems", "Exemplars", "Charts"}
    assert not left_out & {*words}


def test_a_document_names_the_first_of_long_lists_and_counts_the_others() -> None:
    exemplars = Exemplars((AN_EXEMPLAR,) * 1_712, "")
    (first, _) = a_report().open_problems.rows
    open_problems = OpenProblems((first,) * 201, "")
    long = a_report(exemplars=exemplars, open_problems=open_problems)
    words = words_of(write_summary_document(long, Language.ZH, written_at=WRITTEN_AT))
    assert sum(line.startswith("雄县|企业支部|夜校") for line in words) == 500
    assert sum(line.startswith("7|雄县|企业支部") for line in words) == 200
    assert {"另有典型1,212个，见所附表格。", "另有未解决的问题1个，见所附表格。"} <= {*words}


@pytest.mark.parametrize("columns", [1, 2, 4, 7])
def test_names_of_units_have_their_share_of_a_table_however_many_columns_it_has(columns: int) -> None:
    measures = tuple(Measure)[:columns]
    some = (1,) * columns
    rows = (UnitRow("清苑县", some, ("",) * columns), UnitRow("雄县", some, ("",) * columns))
    report = a_report(tables=(UnitTable(measures, rows, some, ("",) * columns),))
    document = docx.Document(BytesIO(write_summary_document(report, Language.ZH, written_at=WRITTEN_AT)))
    (table,) = (table for table in document.tables if last_row(table) == ["合计", *"1" * columns])
    first, *others = (column.width for column in table.columns)
    assert first / (first + sum(others)) == pytest.approx(FIRST_SHARE / 100, abs=0.001)
    assert max(others) - min(others) <= 1


def test_a_table_that_goes_on_says_so() -> None:
    (table,) = a_report().tables
    words = words_of(write_summary_document(a_report(tables=(table, table)), Language.ZH, written_at=WRITTEN_AT))
    assert [word for word in words if word.startswith("问题与建议")] == ["问题与建议", "问题与建议", "问题与建议（续）"]


def last_row(table: Table) -> list[str]:
    return [cell.text for cell in table.rows[-1].cells]


def test_every_font_is_named_for_chinese_too() -> None:
    styles = docx.Document(BytesIO(write_summary_document(a_report(), Language.ZH, written_at=WRITTEN_AT))).styles
    attribute = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia"
    fonts = {
        name: styles[name].element.rPr.rFonts.get(attribute)
        for name in ("Normal", "Title", "Heading 1", "Heading 2", "Cell")
    }
    assert fonts == {"Normal": "仿宋", "Title": "黑体", "Heading 1": "黑体", "Heading 2": "楷体", "Cell": "宋体"}


def test_the_same_report_is_the_same_file() -> None:
    first, second = (write_summary_document(a_report(), Language.ZH, written_at=WRITTEN_AT) for _ in range(2))
    assert first == second


def test_charts_are_drawn_for_what_is_there() -> None:
    document = docx.Document(BytesIO(write_summary_document(a_report(), Language.EN, written_at=WRITTEN_AT)))
    assert len(document.inline_shapes) == 1, "problems by unit, and no visits by unit"


TEXTS = {
    "markup": "<b>&amp;</b> & <w:p/>",
    "a tag of the template": "{{ title }} {% for %}",
    "a formula": '=HYPERLINK("http://example.org")',
    "what XML cannot hold": "a\x00b\x0bc\ufffe",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_text_stands_as_it_is(text: str) -> None:
    report = a_report(title=Text.same(text))
    words = words_of(write_summary_document(report, Language.EN, written_at=WRITTEN_AT))
    assert words[0] == text.replace("\x00", "").replace("\x0b", "").replace("\ufffe", "")


def test_an_office_may_put_its_own_template_in_place(tmp_path: Path) -> None:
    words = filled(
        tmp_path,
        "{{ title }}：走访{{ figures.visits }}人次，会议{{ figures.meetings }}次",
        "{%p for row in problems_by_unit %}",
        "{{ row.name }}未解决{{ row.open }}个",
        "{%p endfor %}",
    )
    assert words == ["学习活动：走访6,327人次，会议0次", "清苑县未解决300个", "雄县未解决126个", "合计未解决426个"]


def test_a_name_that_is_not_there_is_found_in_tables_and_at_the_foot_of_the_page(tmp_path: Path) -> None:
    for place in ("table", "footer"):
        document = docx.Document()
        if place == "table":
            document.add_table(1, 1).cell(0, 0).text = "截至 {{ writen_on }}"
        else:
            document.sections[0].footer.paragraphs[0].text = "截至 {{ writen_on }}"
        document.save(str(tmp_path / "own.docx"))
        with pytest.raises(Refusal) as refusal:
            write_word(tmp_path / "own.docx", facts_of(a_report(), Language.ZH), written_at=WRITTEN_AT)
        assert str(refusal.value).endswith("writen_on, in “{{ writen_on }}”; did you mean written_on?")


REFUSED = {
    "a name that is not there": (
        "第一段 {{ titel }}",
        "names what is not there: titel, in “{{ titel }}”; did you mean title?",
    ),
    "a figure that is not there": (
        "{{ figures.vists }}",
        "names what is not there: vists, in “{{ figures.vists }}”; did you mean visits?",
    ),
    "a column that is not there": (
        "{% for row in stages %}{{ row.titel }}{% endfor %}",
        "names what is not there: titel, in “{% for row in stages %}{{ row.titel }}{% endfor %}”; did you mean title?",
    ),
    "what nothing there is like": (
        "{{ zzz }}",
        "names what is not there: zzz, in “{{ zzz }}”; docs/operations.md lists what may be named",
    ),
    "a filter that there is not": ("{{ title | shout }}", "No filter named 'shout'. File"),
    "the way to Python": ("{{ title.__class__.__mro__ }}", "access to attribute '__class__' of 'str' object is unsafe"),
    "the way around": ('{{ title|attr("__class__") }}', "access to attribute '__class__' of 'str' object is unsafe"),
    "an endless list": ("{% for n in range(10 ** 9) %}{% endfor %}", "Range too big"),
    "a tag that does not end": ("{% if title %}", "Unexpected end of template"),
    "what cannot be added": ("{{ title + 1 }}", "can only concatenate str"),
}


@pytest.mark.parametrize(("paragraph", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_a_template_that_is_wrong_is_refused_in_one_line(tmp_path: Path, paragraph: str, why: str) -> None:
    with pytest.raises(Refusal) as refusal:
        filled(tmp_path, paragraph)
    said = str(refusal.value)
    assert said.startswith(f"template {tmp_path / 'own.docx'}: ")
    assert why in said
    assert "\n" not in said


def test_what_is_no_word_document_is_refused(tmp_path: Path) -> None:
    text, bomb, other = (tmp_path / name for name in ("text.docx", "bomb.docx", "zip.docx"))
    text.write_text("not a document")
    with zipfile.ZipFile(other, "w") as package:
        package.writestr("readme.txt", "no document either")
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", bytes(MOST_BYTES + 1))
    said = {
        tmp_path / "nowhere.docx": "there is no such file",
        tmp_path: "is no Word document (.docx)",
        text: "is no Word document (.docx)",
        other: "is no Word document (.docx)",
        bomb: "is larger than a template may be",
    }
    for file, why in said.items():
        with pytest.raises(Refusal) as refusal:
            write_word(file, {}, written_at=WRITTEN_AT)
        assert str(refusal.value) == f"template {file}: {why}"


def test_a_bulletin_has_its_head_and_its_paragraphs() -> None:
    words = words_of(write_issue_document(a_bulletin(), Language.ZH, written_at=WRITTEN_AT))
    assert words == ["清苑县简报", "第3期", "清苑县指导组\t2009年11月2日", "十月工作情况", "第一段。", "第二段。"]
    draft = words_of(write_issue_document(a_bulletin(is_draft=True), Language.EN, written_at=WRITTEN_AT))
    assert draft[:2] == ["Bulletin of 清苑县", "Issue 3 (draft)"]


def test_a_figure_that_is_not_empty_stands_in_the_report() -> None:
    figures = tuple(FigureRow(measure, 7_000 + place, "") for place, measure in enumerate(Measure))
    words = words_of(write_summary_document(a_report(figures=figures), Language.ZH, written_at=WRITTEN_AT))
    there = {word.rpartition("|")[2] for word in words}
    assert {f"{figure.value:,}" for figure in figures} <= there
