"""`rollcall channel`: how people are reached."""

import sys
from typing import Annotated

import typer

from cli.opening import actor, clock, house_at, instant
from cli.options import AsJson, At, By, Home, Reason
from cli.printing import print_json, tell
from cli.values import parse_number
from config.said import Said
from config.vocabulary import ChannelStatus, OnDoubt

FROM_STANDARD_INPUT = "-"

app = typer.Typer(help="Add, list, test and disable the ways in which people are reached.")

Number = Annotated[
    int,
    typer.Argument(metavar="CHANNEL", parser=parse_number, help="The channel's number, as `channel list` shows it."),
]
Officer = Annotated[str, typer.Argument(metavar="OFFICER", help="The officer's code.")]
Url = Annotated[
    str,
    typer.Argument(
        metavar="URL", help="The address in Apprise's form, kept sealed; - reads it from standard input instead."
    ),
]
Doubt = Annotated[
    OnDoubt | None,
    typer.Option(
        "--on-doubt", help="What becomes of a message that may have arrived; as its service has it where not given."
    ),
]
First = Annotated[bool, typer.Option("--first", help="Try it before the channels that the officer has.")]
OneOfficer = Annotated[str | None, typer.Option("--officer", "-o", metavar="CODE", help="Those of this officer alone.")]
OneStatus = Annotated[ChannelStatus | None, typer.Option("--status", help="Those that stand like this alone.")]


@app.command()
def add(
    officer: Officer,
    url: Url,
    on_doubt: Doubt = None,
    first: First = False,
    home: Home = None,
    at: At = None,
    by: By = None,
) -> None:
    """Give an officer one more way to be reached.

    Example: rollcall channel add L0163 wecombot://693a91f6-7xxx
    """
    from actions.add_channel import Address, add_channel

    said = sys.stdin.readline().strip() if url == FROM_STANDARD_INPUT else url
    with house_at(home) as house:
        address = Address(officer, said, on_doubt, first)
        number = add_channel(house, address, actor=actor(by), now=instant(at))
    tell(Said("channel {number} added for officer {officer}", number=number, officer=officer))


@app.command(name="list")
def list_channels(
    officer: OneOfficer = None, status: OneStatus = None, home: Home = None, as_json: AsJson = False, at: At = None
) -> None:
    """List channels by officer, in the order in which they are tried; addresses are not shown.

    Example: rollcall channel list --status disabled
    """
    from actions.reading.channels import read_channels
    from cli.views.channels import channel_shapes, print_channels

    with house_at(home) as house:
        channels, language = read_channels(house, officer=officer, status=status), house.settings.language
    if as_json:
        print_json(channel_shapes(channels))
    else:
        print_channels(channels, language, now=instant(at))


@app.command(name="test")
def try_out(channel: Number, home: Home = None, as_json: AsJson = False, at: At = None, by: By = None) -> None:
    """Send a test message, and say what the provider answered; exit status 1 unless it was accepted.

    Example: rollcall channel test 12
    """
    from actions.try_channel import try_channel
    from cli.views.channels import trial_line, trial_shape
    from config.vocabulary import Outcome

    with house_at(home) as house:
        verdict = try_channel(house, channel, actor=actor(by), clock=clock(at))
    if as_json:
        print_json(trial_shape(channel, verdict))
    else:
        tell(trial_line(channel, verdict, house.settings.language))
    if verdict.outcome is not Outcome.ACCEPTED:
        raise typer.Exit(1)


@app.command()
def disable(channel: Number, reason: Reason, home: Home = None, at: At = None, by: By = None) -> None:
    """Send nothing through a channel any more; messages that wait for it go by the officer's next one.

    Example: rollcall channel disable 12 --reason "has left the company"
    """
    from actions.switch_channel import disable_channel

    with house_at(home) as house:
        disable_channel(house, channel, reason=reason, actor=actor(by), now=instant(at))
    tell(Said("channel {number}: disabled", number=channel))


@app.command()
def enable(channel: Number, home: Home = None, at: At = None, by: By = None) -> None:
    """Take a disabled channel up again.

    Example: rollcall channel enable 12
    """
    from actions.switch_channel import enable_channel

    with house_at(home) as house:
        enable_channel(house, channel, actor=actor(by), now=instant(at))
    tell(Said("channel {number}: active again", number=channel))
