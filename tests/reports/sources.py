"""The page of sources of a workbook, held against the database that it names."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine

from reports.sources import Source


def sources_in(content: bytes) -> list[Source]:
    """The lines of the last page of a workbook."""
    page = load_workbook(BytesIO(content)).worksheets[-1]
    return [Source(*row) for row in page.iter_rows(min_row=2, values_only=True)]


def check_sources(engine: Engine, content: bytes) -> list[str]:
    """Run the SQL of every number, which has to give it and nothing else; return the names of the numbers."""
    lines = [line for line in sources_in(content) if line.value is not None]
    with engine.connect() as connection:
        for line in lines:
            answer = connection.exec_driver_sql(line.sql.replace("%", "%%")).tuples().all()
            assert [[*map(float, row)] for row in answer] == [[pytest.approx(line.value)]], line
    return [line.number for line in lines]
