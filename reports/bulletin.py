"""A bulletin: a numbered issue on what happened in a unit between two days, as plain values and in plain sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from config.definition.text import Text
from config.vocabulary import Language, Measure
from notifications.writing.wording import say_counted, say_day, say_number, say_share

NAMED = 8
"""So many exemplars and problems are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a measure came to in the period, and in the period of the same length before it, each with its SQL."""

    value: int
    before: int
    source: str
    source_before: str


@dataclass(frozen=True, slots=True)
class Named:
    """Something that is told by its name, and whose it is."""

    name: str
    branch: str


@dataclass(frozen=True, slots=True)
class Happenings:
    """What happened in a unit from `since` through `until`: what a bulletin is drafted from."""

    unit: str
    since: date
    until: date
    changes: Mapping[Measure, Change]
    exemplars: tuple[Named, ...]
    solved: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Bulletin:
    """An issue on the days from `since` through `until`; a draft bears the number that it would have today."""

    campaign: Text
    note: Text | None
    unit: str
    issue: int
    issuer: str
    day: date
    since: date
    until: date
    headline: str
    body: str
    is_draft: bool

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body, paragraph by paragraph."""
        return tuple(line.strip() for line in self.body.splitlines() if line.strip())


@dataclass(frozen=True, slots=True)
class _Told:
    """How a measure is told: in Chinese, and in English of one and of many."""

    measure: Measure
    zh: str
    one: str
    many: str

    def of(self, number: int, language: Language) -> str:
        if language is Language.ZH:
            return self.zh.format(n=say_number(number))
        return say_counted(number, self.one, self.many)


_TOLD: Sequence[Sequence[_Told]] = (
    (
        _Told(Measure.MEETINGS, "召开会议{n}次", "meeting was held", "meetings were held"),
        _Told(Measure.TRAINING_SESSIONS, "举办培训{n}期", "training session was held", "training sessions were held"),
        _Told(
            Measure.PEOPLE_TRAINED,
            "培训{n}人次",
            "person-time of training was given",
            "person-times of training were given",
        ),
        _Told(
            Measure.VISITS,
            "指导走访{n}人次",
            "person-time of guidance visits was made",
            "person-times of guidance visits were made",
        ),
    ),
    (
        _Told(Measure.PROBLEMS_FOUND, "查找问题{n}个", "problem was found", "problems were found"),
        _Told(Measure.PROBLEMS_SOLVED, "解决问题{n}个", "problem was solved", "problems were solved"),
        _Told(Measure.SUGGESTIONS_MADE, "收到职工建议{n}条", "suggestion was made", "suggestions were made"),
        _Told(Measure.SUGGESTIONS_ADOPTED, "采纳{n}条", "was adopted", "were adopted"),
        _Told(Measure.SUGGESTIONS_EFFECTIVE, "见效{n}条", "took effect", "took effect"),
    ),
    (
        _Told(Measure.EXEMPLARS, "选树典型{n}个", "exemplar was picked", "exemplars were picked"),
        _Told(Measure.FOUNDED, "新组建组织{n}个", "organisation was founded", "organisations were founded"),
        _Told(Measure.NEW_MEMBERS, "新发展党员{n}名", "member was won", "members were won"),
        _Told(Measure.ACTIVISTS, "新增入党积极分子{n}名", "activist was won", "activists were won"),
    ),
)
"""What happened, in the order of paragraphs; the change against the period before is told with each."""
GRADES: Sequence[tuple[Measure, Text]] = (
    (Measure.GRADED_GOOD, Text(zh="好的{n}个", en="{n} as good")),
    (Measure.GRADED_FAIR, Text(zh="一般的{n}个", en="{n} as fair")),
    (Measure.GRADED_WEAK, Text(zh="后进的{n}个", en="{n} as weak")),
)
ASKED = (*(told.measure for paragraph in _TOLD for told in paragraph), *(measure for measure, _ in GRADES))
"""The measures that a bulletin tells of."""


def headline_of(happenings: Happenings, language: Language) -> str:
    """Return what an issue is called for which nobody wrote a headline."""
    first, last = say_day(happenings.since, language), say_day(happenings.until, language)
    if language is Language.ZH:
        return f"{happenings.unit}工作情况（{first}至{last}）"
    return f"{happenings.unit}: what was done from {first} to {last}"


def draft_body(happenings: Happenings, language: Language) -> str:
    """Tell what happened in plain sentences, a paragraph a line; of what did not happen nothing is told.

    Where nothing at all was recorded in the period before, as before the beginning, nothing is compared with it.
    """
    paragraphs = [*_paragraphs(happenings, language)]
    if not paragraphs:
        paragraphs = ["本期没有新的登记。" if language is Language.ZH else "Nothing was recorded in this period."]
    first, last = say_day(happenings.since, language), say_day(happenings.until, language)
    opening = f"{first}至{last}，" if language is Language.ZH else f"From {first} to {last}, "
    return "\n".join([opening + _lower(paragraphs[0]), *paragraphs[1:]])


def _paragraphs(happenings: Happenings, language: Language) -> Iterator[str]:
    is_compared = any(happenings.changes[told.measure].before for paragraph in _TOLD for told in paragraph)
    for paragraph in _TOLD:
        told = [
            _sentence(each, happenings.changes[each.measure], language, is_compared=is_compared)
            for each in paragraph
            if happenings.changes[each.measure].value
        ]
        if told:
            yield _joined(told, language)
    if happenings.exemplars:
        heading = "本期选树的典型：" if language is Language.ZH else "Exemplars of this period: "
        yield heading + _list(happenings.exemplars, language)
    if happenings.solved:
        heading = "本期解决的问题：" if language is Language.ZH else "Problems solved in this period: "
        yield heading + _list(happenings.solved, language)
    yield from _standing(happenings, language)


def _sentence(told: _Told, change: Change, language: Language, *, is_compared: bool) -> str:
    said = told.of(change.value, language)
    if not is_compared:
        return said
    difference = change.value - change.before
    number = say_number(abs(difference))
    if language is Language.ZH:
        compared = f"增加{number}" if difference > 0 else f"减少{number}" if difference else ""
        return f"{said}，{f'比上期{compared}' if compared else '与上期持平'}"
    if not difference:
        return f"{said}, as many as in the period before"
    return f"{said}, {number} {'more' if difference > 0 else 'fewer'} than in the period before"


def _standing(happenings: Happenings, language: Language) -> Iterator[str]:
    """Tell how branches are graded at the end of the period."""
    graded = sum(happenings.changes[measure].value for measure, _ in GRADES)
    if not graded:
        return
    told = [words.of(language).format(n=say_number(happenings.changes[measure].value)) for measure, words in GRADES]
    good = say_share(happenings.changes[Measure.GRADED_GOOD].value / graded, language)
    if language is Language.ZH:
        yield f"至期末，已评级支部{say_number(graded)}个，其中{'、'.join(told)}，好的占{good}。"
    else:
        yield f"At the end {say_number(graded)} branches were graded: {', '.join(told)}; {good} are good."


def _list(found: Sequence[Named], language: Language) -> str:
    if language is Language.ZH:
        names = "、".join(f"{each.name}（{each.branch}）" for each in found[:NAMED])
        return f"{names}等{len(found)}个。" if len(found) > NAMED else f"{names}。"
    names = "; ".join(f"{each.name} ({each.branch})" for each in found[:NAMED])
    return f"{names}; and {len(found) - NAMED} more." if len(found) > NAMED else f"{names}."


def _joined(told: Sequence[str], language: Language) -> str:
    if language is Language.ZH:
        return "；".join(told) + "。"
    text = "; ".join(told) + "."
    return text[0].upper() + text[1:]


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]
