"""The ways in which people are reached."""

from collections.abc import Iterable
from datetime import datetime

from actions.reading.channels import ChannelState
from actions.reading.stored import say_stored
from cli.labels import Label
from cli.printing import console, table
from cli.shapes.people import ChannelShape, TrialShape
from config.said import Said
from config.spoken import say
from config.vocabulary import Language
from notifications.channels.message import Verdict


def channel_shapes(channels: Iterable[ChannelState]) -> tuple[ChannelShape, ...]:
    """Give the channels as `channel list --json` prints them."""
    return tuple(
        ChannelShape(
            channel=channel.channel,
            officer=channel.officer,
            service=channel.service,
            rank=channel.rank,
            status=channel.status,
            on_doubt=channel.on_doubt,
            acceptance_verified=channel.is_verified,
            disabled_at=channel.disabled_at,
            disabled_reason=channel.disabled_reason,
            rate_count=channel.rate_count,
            rate_seconds=channel.rate_seconds,
            paused_until=channel.paused_until,
            paused_reason=channel.paused_reason,
        )
        for channel in channels
    )


def print_channels(channels: Iterable[ChannelState], language: Language, *, now: datetime) -> None:
    """Print the channels as a table, with what holds them up at `now`."""
    listed = table(
        language,
        *(Label.CHANNEL, Label.OFFICER, Label.SERVICE, Label.STATUS, Label.ON_DOUBT),
    )
    for channel in channels:
        status = [say(channel.status, language), say_stored(channel.disabled_reason or "", language)]
        if channel.paused_until and channel.paused_until > now:
            status += [f"{Label.PAUSED.of(language)} {channel.paused_until:%Y-%m-%d %H:%M}Z"]
            status.append(say_stored(channel.paused_reason or "", language))
        service = channel.service if channel.is_verified else f"{channel.service}\n{Label.UNVERIFIED.of(language)}"
        listed.add_row(
            str(channel.channel),
            f"{channel.officer_name} ({channel.officer})",
            service,
            "\n".join(filter(None, status)),
            say(channel.on_doubt, language),
        )
    console().print(listed)


def trial_shape(channel: int, verdict: Verdict) -> TrialShape:
    """Give the outcome of a trial as `channel test --json` prints it."""
    return TrialShape(channel, verdict.outcome, verdict.detail, verdict.receipt)


def trial_line(channel: int, verdict: Verdict, language: Language) -> Said:
    """Say in a line what the provider answered, in its own words."""
    return Said(
        "channel {number}: {outcome}: {detail}{receipt}",
        number=channel,
        outcome=verdict.outcome,
        detail=say_stored(verdict.detail, language),
        receipt=f" ({verdict.receipt})" if verdict.receipt else "",
    )
