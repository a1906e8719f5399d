"""Whether the sums of a return keep the rules of its tasks."""

from collections.abc import Iterator

from sqlmodel import Session

from actions.assignments.figures import in_units
from actions.returns.making import Steps
from actions.returns.place import ReturnPlace
from actions.returns.versions import figures_passed_before
from actions.rulebook import Rulebook
from config.said import Said
from rules.consistency import broken_rules, say_broken


def find_faults(
    session: Session, rulebook: Rulebook, place: ReturnPlace, figures: Steps, *, incomplete: bool = False
) -> Iterator[tuple[str, Said]]:
    """Find the figures that break a rule, and say how; of one that is `incomplete` nothing is held against before."""
    specs, numbers = place.spec.figures, place.numbers(figures)
    passed = figures_passed_before(session, rulebook.campaign_id, place.period.follows, place.unit.id)
    before = {code: in_units(specs[code], value) for code, value in passed.items() if code in specs}
    rules = [rule for task in place.spec.tasks for rule in task.rules if not (incomplete and rule.looks_back)]
    for broken in broken_rules(rules, numbers, before):
        yield broken.code, say_broken(broken, specs, numbers)
