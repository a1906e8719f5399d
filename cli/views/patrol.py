"""What a patrol did."""

from collections.abc import Sequence

from cli.labels import Label
from cli.printing import console, table
from cli.shapes.campaigns import CampaignPatrolShape, PatrolShape
from config.vocabulary import Language
from flows.report import PatrolReport
from notifications.writing.wording import say_number


def patrol_shape(report: PatrolReport) -> PatrolShape:
    """Give the report as `patrol --json` prints it."""
    return PatrolShape(
        report.at,
        tuple(
            CampaignPatrolShape(
                campaign=campaign.campaign,
                opened=campaign.opened,
                closed=campaign.closed,
                held=campaign.held,
                notices=campaign.notices,
                cancelled=campaign.cancelled,
            )
            for campaign in report.campaigns
        ),
    )


def print_patrol(report: PatrolReport, language: Language) -> None:
    """Print the report as a table."""
    done = table(
        language,
        *(Label.CAMPAIGN, Label.OPENED, Label.CLOSED, Label.HELD),
        right=(Label.NOTICES, Label.CANCELLED),
    )
    for campaign in report.campaigns:
        done.add_row(
            campaign.campaign,
            _lines(campaign.opened),
            _lines(campaign.closed),
            _lines(campaign.held),
            say_number(campaign.notices),
            say_number(campaign.cancelled),
        )
    console().print(done)


def _lines(windows: Sequence[str]) -> str:
    return "\n".join(windows)
