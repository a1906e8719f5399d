"""Returns as the forms that are handed up: a Word document and a workbook."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine

from actions.correct_return import Correction, correct_return
from actions.enter import enter
from actions.house import House
from actions.pass_on import pass_on
from actions.reading.report.returned import read_form
from config.errors import Unknown
from config.vocabulary import Language, LedgerCode, ReturnStatus
from reports.form import write_form_document, write_form_workbook
from tests.ledgers.entries import an_entry
from tests.reports.sources import check_sources
from tests.reports.words import words_of
from tests.returns.houses import CODE, PASSED, a_house_with_returns, answer_quarter, open_quarter


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    """A house in which both branches of U1 have answered the first quarter, and one of U2."""
    house = a_house_with_returns(engine, tmp_path / "home")
    answer_quarter(house, "U1-1", (1, 2, 0), 5, dues="1200.50")
    answer_quarter(house, "U1-2", (0, 1, 0), 7)
    answer_quarter(house, "U2-1", (0, 1, 1), 3)
    return house


def test_what_would_be_passed_on_is_read_with_what_is_missing(house: House) -> None:
    form = read_form(house, CODE, "q1", "U2")
    assert (form.status, form.version, form.missing, form.passed_by) == (ReturnStatus.OPEN, None, 2, None)
    assert {row.name(Language.ZH): row.value for row in form.rows} == {
        "党组织": 2,
        "党委": 0,
        "支部": 1,
        "联合支部": 1,
        "培训人次（人次）": 3,
    } | {"党费（元）": form.rows[-1].value}


@pytest.mark.parametrize("language", Language)
def test_what_was_passed_on_is_written_as_a_document(house: House, language: Language) -> None:
    pass_on(house, CODE, "q1", "U1", actor="王", now=PASSED)
    form = read_form(house, CODE, "q1", "U1")
    assert (form.version, form.passed_on) == (1, date(2027, 4, 20))
    words = words_of(write_form_document(form, language, written_at=PASSED))
    if language is Language.ZH:
        said = ["季报", "第一季度", "填报单位：第1区", "状态：已上报（第1版）", "党组织|||4", "党费（元）|||1,200.50"]
        assert words[-1] == "上报人：王　2027年4月20日"
    else:
        said = ["Returns", "Quarter 1", "Unit: 第1区", "Status: passed on (version 1)", "Organisations|||4"]
        assert words[-1] == "Passed on by 王, 20 April 2027"
    assert [line for line in said if line not in words] == []


def test_numbers_of_the_workbook_are_numbers(house: House) -> None:
    content = write_form_workbook(read_form(house, CODE, "q1", "U1"), Language.ZH, written_at=PASSED)
    rows = [*load_workbook(BytesIO(content))["报表"].iter_rows(values_only=True)]
    assert rows[0] == ("项目", "上期", "台账", "本期", "本级支部")
    assert (rows[1][0], rows[1][3], rows[1][4]) == ("党组织", 4, 4)
    assert rows[-1][3] == 1200.5


def test_every_number_is_what_its_sql_gives(house: House) -> None:
    def told(unit: str, **more: int) -> list[str]:
        form = read_form(house, CODE, "q1", unit, **more)
        return check_sources(house.engine, write_form_workbook(form, Language.EN, written_at=PASSED))

    session = an_entry(LedgerCode.TRAINING, "2027-02-10", "U1", persons=9)
    enter(house, CODE, [session], actor="test", now=PASSED)
    assert {"Dues (yuan): Own branches", "People trained (person-times): Ledgers"} <= {*told("U1")}
    pass_on(house, CODE, "q1", "U1", actor="王", now=PASSED)
    assert "Organisations: 第1区" in told("R"), "what would be passed on now"
    pass_on(house, CODE, "q1", "R", incomplete=True, reason="late", actor="王", now=PASSED)
    wrong = Correction("U1-1", "q1", "training", {"trained": 4})
    correct_return(house, CODE, wrong, reason="wrong", actor="王", now=PASSED)
    assert {"Dues (yuan): 第1区", "Dues (yuan): This period", "Dues (yuan): Own branches"} <= {*told("R", version=1)}


def test_the_period_before_has_its_source_too(house: House) -> None:
    pass_on(house, CODE, "q1", "U1", actor="王", now=PASSED)
    open_quarter(house, "q2")
    form = read_form(house, CODE, "q2", "U1")
    content = write_form_workbook(form, Language.EN, written_at=PASSED)
    assert "Dues (yuan): Period before" in check_sources(house.engine, content)


def test_a_version_that_never_was_is_not_there(house: House) -> None:
    with pytest.raises(Unknown):
        read_form(house, CODE, "q1", "U1", version=2)
