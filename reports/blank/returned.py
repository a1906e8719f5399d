"""The template of a return."""

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from config.definition.text import Text
from config.vocabulary import Language
from reports.blank.page import blank_page
from reports.blank.table import spreading_table, table_of


def return_template(language: Language) -> Document:
    """Write the template in one language."""
    document = blank_page(language)

    def either(zh: str, en: str) -> str:
        return Text(zh=zh, en=en).of(language)

    def line_if(name: str, text: str) -> None:
        document.add_paragraph(f"{{%p if {name} %}}", "Cell")
        document.add_paragraph(text, "Note")
        document.add_paragraph("{%p endif %}", "Cell")

    document.add_paragraph("{{ campaign }}", "Title")
    document.add_paragraph("{{ stage }}", "Subtitle")
    line_if("note", "{{ note }}")
    document.add_paragraph(either("填报单位：{{ unit }}", "Unit: {{ unit }}"), "Note")
    document.add_paragraph(either("统计期间：{{ period }}", "Figures of the days: {{ period }}"), "Note")
    document.add_paragraph(
        either(
            "状态：{{ status }}{% if version %}（第{{ version }}版）{% endif %}",
            "Status: {{ status }}{% if version %} (version {{ version }}){% endif %}",
        ),
        "Note",
    )
    line_if("reason", either("理由：{{ reason }}", "Reason: {{ reason }}"))
    line_if("missing", either("尚缺{{ missing }}项填报。", "{{ missing }} answers are missing."))
    titles = (
        either("项目", "Figure"),
        either("上期", "Period before"),
        either("台账", "Ledgers"),
        either("本期", "This period"),
    )
    tags = ("{{ row.name }}", "{{ row.before }}#", "{{ row.recorded }}#", "{{ row.value }}#")
    table_of(document, titles, "rows", tags, (7.4, 2.8, 2.8, 2.8))
    document.add_paragraph("{%p if parts.columns %}", "Cell")
    document.add_paragraph(either("各部分数据", "What each part brings"), "Heading 1")
    spreading_table(document, either("项目", "Figure"), "parts")
    document.add_paragraph("{%p endif %}", "Cell")
    document.add_paragraph("{%p if passed_on %}", "Cell")
    closing = document.add_paragraph(
        either("上报人：{{ passed_by }}　{{ passed_on }}", "Passed on by {{ passed_by }}, {{ passed_on }}"), "Note"
    )
    closing.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph("{%p endif %}", "Cell")
    return document
