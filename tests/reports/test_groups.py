"""Every measure has its place on paper."""

from collections import Counter

from config.vocabulary import Language, Measure
from reports.groups import GROUPS, name_of


def test_every_measure_stands_in_one_group() -> None:
    assert Counter(measure for group in GROUPS for measure in group.measures) == Counter(Measure)


def test_names_begin_large_in_english() -> None:
    assert name_of(Measure.VISITS, Language.ZH) == "指导人次"
    assert name_of(Measure.OFFICERS, Language.EN) == "Liaison officers"
