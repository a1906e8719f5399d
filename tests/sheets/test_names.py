"""Names of files: as near to what is wanted as any disk takes them, and no two alike."""

import pytest

from sheets.names import FileNames

LONG = "支部" * 100


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("安国市 (130622)", "安国市 (130622).xlsx"),
        ("../../etc/passwd", "_.._etc_passwd.xlsx"),
        ('a\\b:c*d?e"f<g>h|i/j', "a_b_c_d_e_f_g_h_i_j.xlsx"),
        ("two\nlines\x00", "two_lines_.xlsx"),
        (" . .", "-.xlsx"),
        ("", "-.xlsx"),
        ("CON", "_CON.xlsx"),
        ("nul.2009", "_nul.2009.xlsx"),
        ("COM1", "_COM1.xlsx"),
        ("Console", "Console.xlsx"),
        ("=1+1", "=1+1.xlsx"),
        ("e\u0301", "é.xlsx"),
        (LONG, "支部" * 30 + ".xlsx"),
    ],
)
def test_a_name_is_one_that_every_disk_takes(wanted: str, name: str) -> None:
    assert FileNames(".xlsx").take(wanted) == name


def test_no_two_files_have_one_name_on_a_disk_that_knows_no_capitals() -> None:
    names = FileNames(".xlsx")
    taken = [names.take(wanted) for wanted in ("A", "a", "A", "b/c", "b:c", LONG, LONG)]
    assert taken[:5] == ["A.xlsx", "a 2.xlsx", "A 3.xlsx", "b_c.xlsx", "b_c 2.xlsx"]
    assert len(set(taken)) == len(taken)
    assert max(len(name.encode()) for name in taken) <= 190
