"""The sections in which a report shows its figures: what belongs together on paper."""

from dataclasses import dataclass

from config.definition.text import Text
from config.spoken import spell_out
from config.vocabulary import Language, Measure


@dataclass(frozen=True, slots=True)
class Group:
    """Figures under one heading."""

    title: Text
    measures: tuple[Measure, ...]


GROUPS = (
    Group(
        Text(zh="参加情况", en="Who takes part"),
        (Measure.BRANCHES, Measure.MEMBERS, Measure.EMPLOYEES, Measure.OFFICERS, Measure.CONTACTS),
    ),
    Group(
        Text(zh="培训与指导", en="Training and guidance"),
        (
            Measure.TRAINING_SESSIONS,
            Measure.PEOPLE_TRAINED,
            Measure.VISITS,
            Measure.VISITS_LECTURE,
            Measure.VISITS_REPORT,
            Measure.VISITS_FILES,
            Measure.VISITS_MEMBERS,
        ),
    ),
    Group(
        Text(zh="典型", en="Exemplars"),
        (Measure.EXEMPLARS, Measure.STORIES_PUBLISHED, Measure.TOLD_ON_TOUR, Measure.SHOWN_ON_SITE),
    ),
    Group(
        Text(zh="问题与建议", en="Problems and suggestions"),
        (
            Measure.PROBLEMS_FOUND,
            Measure.PROBLEMS_SOLVED,
            Measure.PROBLEMS_VERIFIED,
            Measure.SUGGESTIONS_MADE,
            Measure.SUGGESTIONS_ADOPTED,
            Measure.SUGGESTIONS_EFFECTIVE,
        ),
    ),
    Group(
        Text(zh="组织覆盖", en="Coverage"),
        (
            Measure.COUNTIES,
            Measure.TOWNSHIPS,
            Measure.BUSINESSES,
            Measure.ENTERPRISES,
            Measure.SOLE_TRADERS,
            Measure.ENTERPRISES_WITH_MEMBERS,
            Measure.EMPLOYEES_COUNTED,
            Measure.MEMBERS_COUNTED,
            Measure.ORGANISATIONS,
            Measure.COMMITTEES,
            Measure.SINGLE_BRANCHES,
            Measure.JOINT_BRANCHES,
            Measure.LOCAL_ORGANISATIONS,
            Measure.GRASSROOTS_ORGANISATIONS,
            Measure.INDUSTRY_ORGANISATIONS,
            Measure.ORGANISATION_MEMBERS,
        ),
    ),
    Group(
        Text(zh="组建与发展", en="Foundations and growth"),
        (
            Measure.FOUNDED,
            Measure.FOUNDED_BRANCHES,
            Measure.FOUNDED_FIRST,
            Measure.FOUNDED_ASSOCIATION_BRANCHES,
            Measure.FOUNDED_UNIONS,
            Measure.FOUNDED_YOUTH_LEAGUES,
            Measure.FOUNDED_WOMENS_COMMITTEES,
            Measure.BEING_FOUNDED,
            Measure.PROSPECTS,
            Measure.PROSPECTS_FIRST,
            Measure.ENTERPRISES_LOOKED_AFTER,
            Measure.ENTERPRISE_OFFICERS,
            Measure.NEW_MEMBERS,
            Measure.ACTIVISTS,
        ),
    ),
    Group(
        Text(zh="评级", en="Grading"),
        (Measure.GRADED, Measure.GRADED_GOOD, Measure.GRADED_FAIR, Measure.GRADED_WEAK),
    ),
    Group(
        Text(zh="会议、调查与简报", en="Meetings, surveys, bulletins"),
        (
            Measure.MEETINGS,
            Measure.MEETINGS_DEPARTMENTS,
            Measure.MEETINGS_ENTERPRISES,
            Measure.MEETINGS_GROUP,
            Measure.MEETING_PARTIES,
            Measure.ENTERPRISES_AT_MEETINGS,
            Measure.SURVEYS,
            Measure.SURVEYORS,
            Measure.ORGANISATIONS_SURVEYED,
            Measure.SURVEY_DAYS,
            Measure.BULLETINS,
        ),
    ),
)
"""Every measure stands in one of them, in the order in which it is shown."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share that two measures make, shown below the group that both stand in."""

    title: Text
    part: Measure
    whole: Measure


RATIOS = (
    Ratio(Text(zh="问题解决率", en="Share of problems solved"), Measure.PROBLEMS_SOLVED, Measure.PROBLEMS_FOUND),
    Ratio(Text(zh="组织覆盖率", en="Organisations to enterprises"), Measure.ORGANISATIONS, Measure.ENTERPRISES),
)


def name_of(measure: Measure, language: Language) -> str:
    """Say a measure as it begins a row or heads a column."""
    said = spell_out(measure, language)
    return said[:1].upper() + said[1:]
