"""The list of campaigns."""

from collections.abc import Iterable

from actions.reading.campaigns import CampaignState
from cli.labels import Label
from cli.printing import console, table
from cli.shapes.campaigns import CampaignShape
from config.spoken import say
from config.vocabulary import Language
from notifications.writing.wording import say_number


def campaign_shapes(campaigns: Iterable[CampaignState], language: Language) -> tuple[CampaignShape, ...]:
    """Give the campaigns as `campaign list --json` prints them."""
    return tuple(
        CampaignShape(
            campaign=campaign.campaign,
            title=campaign.title.of(language),
            status=campaign.status,
            revision=campaign.revision,
            branches=campaign.branches,
            open=campaign.open,
            launched_at=campaign.launched_at,
            launched_by=campaign.launched_by,
            ended_at=campaign.ended_at,
        )
        for campaign in campaigns
    )


def print_campaigns(campaigns: Iterable[CampaignState], language: Language) -> None:
    """Print the campaigns as a table."""
    listed = table(language, *(Label.CAMPAIGN, Label.STATUS, Label.LAUNCHED, Label.WINDOWS), right=(Label.BRANCHES,))
    for campaign in campaigns:
        listed.add_row(
            f"{campaign.title.of(language)}\n{campaign.campaign}",
            say(campaign.status, language),
            str(campaign.launched_on),
            "\n".join(campaign.open),
            say_number(campaign.branches),
        )
    console().print(listed)
