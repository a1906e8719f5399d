"""Bring an installation to this version."""

from actions.house import House, upgrade_house
from actions.registry.channels import adopt_accounts
from config.settings import Settings
from models.database import transaction


def upgrade(settings: Settings) -> House:
    """Bring the database to this version's tables, and what is in it to what they mean; return the house.

    Harmless when repeated, and made good by a repetition when it was killed. Raises Refusal when the
    database is of a newer version.
    """
    house = upgrade_house(settings)
    with transaction(house.engine) as session:
        adopt_accounts(session, house)
    return house
