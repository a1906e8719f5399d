"""`rollcall patrol`: take all campaigns on to now."""

from cli.opening import house_at, instant
from cli.options import AsJson, At, Home
from cli.printing import print_json
from cli.progress import working
from config.said import Said


def patrol(home: Home = None, as_json: AsJson = False, at: At = None) -> None:
    """Open what is due, do the stages' own work, plan reminders, try the gates. Repeated, it changes nothing.

    Example: rollcall patrol --at 2009-09-25T00:00+08:00
    """
    from cli.views.patrol import patrol_shape, print_patrol
    from flows.patrol import patrol as go_round

    with house_at(home) as house:
        with working(Said("On patrol")):
            report = go_round(house, instant(at))
        language = house.settings.language
    if as_json:
        print_json(patrol_shape(report))
    else:
        print_patrol(report, language)
