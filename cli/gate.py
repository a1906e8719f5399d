"""`rollcall gate`: what lets a window close."""

import typer

from cli.opening import actor, house_at, instant
from cli.options import At, By, CampaignCode, Home, Reason, WindowName
from cli.printing import tell
from config.said import Said

app = typer.Typer(help="Approve a gate, or override it.")


@app.command()
def approve(campaign: CampaignCode, window: WindowName, home: Home = None, at: At = None, by: By = None) -> None:
    """Approve the gate of a window that asks for it; the next patrol closes it when nothing else is in the way.

    Example: rollcall gate approve --campaign baoding-2009 --window analysis/pilot --by 王主任
    """
    from actions.approve_gate import approve_gate

    with house_at(home) as house:
        approved = approve_gate(house, campaign, window, actor=actor(by), now=instant(at))
    told = Said("approved") if approved else Said("was approved already")
    tell(Said("gate {window}: {told}", window=window, told=told))


@app.command()
def override(
    campaign: CampaignCode, window: WindowName, reason: Reason, home: Home = None, at: At = None, by: By = None
) -> None:
    """Let a window close with its reasons on record, though never before its planned close.

    Example: rollcall gate override --campaign baoding-2009 --window analysis/pilot --reason "agreed on 12 November"
    """
    from actions.override_gate import override_gate

    with house_at(home) as house:
        overridden = override_gate(house, campaign, window, reason=reason, actor=actor(by), now=instant(at))
    told = Said("overridden") if overridden else Said("was overridden already")
    tell(Said("gate {window}: {told}", window=window, told=told))
