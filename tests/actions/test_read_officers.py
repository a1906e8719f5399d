from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.add_officer import NewOfficer, add_officer
from actions.house import House
from actions.reading.channels import read_channels
from actions.reading.officers import read_officers
from actions.switch_channel import disable_channel
from config.errors import Refusal
from config.seal import Seal
from config.vocabulary import ChannelStatus, OfficerRole
from models.database import transaction
from models.dialects import table_of
from models.officer import Channel
from tests.factories import LAUNCH_DAY, a_registered_house, at

NOW = at("2009-09-10 09:00")


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    return a_registered_house(engine, tmp_path / "home", branches=2)


def codes(house: House, **narrowed: str | bool) -> list[str]:
    return [officer.officer for officer in read_officers(house, now=NOW, **narrowed)]  # type: ignore[arg-type]


def test_officers_come_by_their_codes_with_what_they_answer_for(house: House) -> None:
    assert codes(house) == ["C", "G1", "G2", "OU1-1", "OU1-2", "OU2-1", "OU2-2"]
    officers = {officer.officer: officer for officer in read_officers(house, now=NOW)}
    assert (officers["OU1-1"].branches, officers["OU1-1"].unit) == (1, None)
    assert (officers["G1"].branches, officers["G1"].unit, officers["G1"].unit_name) == (0, "U1", "第1区")
    assert officers["C"].channels == ("folder",)


def test_officers_can_be_those_of_a_role_or_of_a_unit_and_all_below_it(house: House) -> None:
    assert codes(house, role=OfficerRole.GROUP) == ["G1", "G2"]
    assert codes(house, unit="U1") == ["G1", "OU1-1", "OU1-2"]
    assert codes(house, unit="第1区", role=OfficerRole.LIAISON) == ["OU1-1", "OU1-2"]
    assert codes(house, unit="R") == ["G1", "G2", "OU1-1", "OU1-2", "OU2-1", "OU2-2"]
    with pytest.raises(Refusal, match="unit X: not in the registry"):
        read_officers(house, now=NOW, unit="X")


def test_a_channel_that_is_disabled_reaches_nobody(house: House) -> None:
    with transaction(house.engine) as session:
        session.execute(table_of(Channel).update().values(status=ChannelStatus.DISABLED))
    assert {officer.channels for officer in read_officers(house, now=NOW)} == {()}


def test_officers_can_be_those_whom_nothing_reaches(house: House) -> None:
    add_officer(house, NewOfficer("N", "n", OfficerRole.COORDINATOR), actor="test", now=LAUNCH_DAY)
    (channel,) = read_channels(house, officer="OU1-1")
    disable_channel(house, channel.channel, reason="left", actor="test", now=LAUNCH_DAY)
    assert [found.officer for found in read_officers(house, now=NOW, unreached=True)] == ["N", "OU1-1"]
    assert codes(house, unreached=True, role=OfficerRole.LIAISON) == ["OU1-1"]


def test_a_phone_number_is_opened_with_the_key_of_the_house_alone(house: House) -> None:
    add_officer(house, NewOfficer("N", "n", OfficerRole.COORDINATOR, phone="139 1234"), actor="test", now=LAUNCH_DAY)
    assert [officer.phone for officer in read_officers(house, now=NOW) if officer.officer == "N"] == ["139 1234"]
    other = House(house.settings, house.engine, Seal("0" * 43 + "="))
    with pytest.raises(Refusal, match="key"):
        read_officers(other, now=NOW)
