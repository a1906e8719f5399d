"""Bulletins: what is told of a period, in plain sentences."""

import pytest

from config.vocabulary import Language, Measure
from reports.bulletin import draft_body, headline_of
from tests.reports.values import happenings, named

M = Measure
TOLD = {
    "more than before": (
        {M.VISITS: (120, 100)},
        "2009年10月1日至2009年10月31日，指导走访120人次，比上期增加20。",
        (
            "From 1 October 2009 to 31 October 2009, "
            "120 person-times of guidance visits were made, 20 more than in the period before."
        ),
    ),
    "fewer than before": (
        {M.PROBLEMS_SOLVED: (1, 4)},
        "2009年10月1日至2009年10月31日，解决问题1个，比上期减少3。",
        "From 1 October 2009 to 31 October 2009, 1 problem was solved, 3 fewer than in the period before.",
    ),
    "as many as before": (
        {M.MEETINGS: (2, 2)},
        "2009年10月1日至2009年10月31日，召开会议2次，与上期持平。",
        "From 1 October 2009 to 31 October 2009, 2 meetings were held, as many as in the period before.",
    ),
    "nothing at all was recorded before": (
        {M.MEETINGS: (2, 0), M.VISITS: (1, 0)},
        "2009年10月1日至2009年10月31日，召开会议2次；指导走访1人次。",
        "From 1 October 2009 to 31 October 2009, 2 meetings were held; 1 person-time of guidance visits was made.",
    ),
    "what did not happen is not told": (
        {M.MEETINGS: (0, 5)},
        "2009年10月1日至2009年10月31日，本期没有新的登记。",
        "From 1 October 2009 to 31 October 2009, nothing was recorded in this period.",
    ),
    "a paragraph for each subject": (
        {M.TRAINING_SESSIONS: (1, 0), M.PEOPLE_TRAINED: (1_200, 0), M.NEW_MEMBERS: (3, 3)},
        (
            "2009年10月1日至2009年10月31日，举办培训1期，比上期增加1；培训1,200人次，比上期增加1,200。\n"
            "新发展党员3名，与上期持平。"
        ),
        (
            "From 1 October 2009 to 31 October 2009, 1 training session was held, 1 more than in the period before; "
            "1,200 person-times of training were given, 1,200 more than in the period before.\n"
            "3 members were won, as many as in the period before."
        ),
    ),
    "how branches are graded at the end": (
        {M.GRADED_GOOD: (3, 0), M.GRADED_WEAK: (1, 0)},
        "2009年10月1日至2009年10月31日，至期末，已评级支部4个，其中好的3个、一般的0个、后进的1个，好的占75.0%。",
        (
            "From 1 October 2009 to 31 October 2009, at the end 4 branches were graded: 3 as good, 0 as fair, "
            "1 as weak; 75.0 % are good."
        ),
    ),
}


@pytest.mark.parametrize(("changes", "zh", "en"), TOLD.values(), ids=TOLD.keys())
def test_a_period_is_told(changes: dict[Measure, tuple[int, int]], zh: str, en: str) -> None:
    assert draft_body(happenings(changes), Language.ZH) == zh
    assert draft_body(happenings(changes), Language.EN) == en


def test_some_are_named_and_the_others_counted() -> None:
    few = draft_body(happenings({M.EXEMPLARS: (2, 2)}, exemplars=named(2)), Language.ZH)
    assert few.endswith("\n本期选树的典型：典型1（支部1）、典型2（支部2）。")
    many = happenings({M.EXEMPLARS: (10, 10)}, solved=named(10))
    assert draft_body(many, Language.ZH).endswith("、典型8（支部8）等10个。")
    assert draft_body(many, Language.EN).endswith("; 典型8 (支部8); and 2 more.")


def test_an_issue_without_a_headline_is_called_by_its_period() -> None:
    assert headline_of(happenings({}), Language.ZH) == "清苑县工作情况（2009年10月1日至2009年10月31日）"
