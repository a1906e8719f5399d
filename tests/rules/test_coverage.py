"""Counts of units above and below: which count, and which do not agree."""

import pytest

from rules.coverage import Count, Disagreement, counting, find_disagreements

CITY, COUNTY, TOWN, OTHER = "/R/", "/R/U1/", "/R/U1/T1/", "/R/U2/"


def a_count(path: str, enterprises: int, *, alone: bool = False) -> Count:
    return Count(path, alone, {"enterprises": enterprises})


CASES = {
    "one alone": ([a_count(CITY, 9)], 9, []),
    "those below count": ([a_count(CITY, 9), a_count(COUNTY, 4), a_count(OTHER, 5)], 9, []),
    "an upper one that says else is told": (
        [a_count(CITY, 10), a_count(COUNTY, 4), a_count(OTHER, 5)],
        9,
        [Disagreement(CITY, "enterprises", 10, 9)],
    ),
    "a unit by itself is added": ([a_count(CITY, 2, alone=True), a_count(COUNTY, 4)], 6, []),
    "the lowest count through all levels": (
        [a_count(CITY, 9), a_count(COUNTY, 5), a_count(TOWN, 3)],
        3,
        [Disagreement(CITY, "enterprises", 9, 3), Disagreement(COUNTY, "enterprises", 5, 3)],
    ),
    "a unit by itself is part of the sum that one above is held against": (
        [a_count(CITY, 9), a_count(COUNTY, 5, alone=True), a_count(TOWN, 3)],
        8,
        [Disagreement(CITY, "enterprises", 9, 8)],
    ),
    "a level without a count is no matter": ([a_count(CITY, 3), a_count(TOWN, 3)], 3, []),
    "those beside are not below": ([a_count("/R/U1/", 3), a_count("/R/U10/", 4)], 7, []),
}


@pytest.mark.parametrize(("counts", "total", "disagreeing"), CASES.values(), ids=CASES.keys())
def test_nothing_is_counted_twice_and_what_does_not_agree_is_told(
    counts: list[Count], total: int, disagreeing: list[Disagreement]
) -> None:
    assert sum(count.numbers["enterprises"] for count in counting(counts)) == total
    assert [*find_disagreements(counts)] == disagreeing
