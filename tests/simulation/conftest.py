"""The samples, each loaded once: whoever changes one puts it back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from actions.house import House, open_house
from config.settings import Settings
from simulation.samples.all import SAMPLES
from simulation.samples.baoding import play_baoding
from simulation.samples.loading import load_sample


def loaded(name: str, folder: Path) -> Iterator[House]:
    house = open_house(Settings(home=folder))
    assert load_sample(house, SAMPLES[name]())
    yield house
    house.engine.dispose()


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    yield from loaded("district", tmp_path_factory.mktemp("district"))


@pytest.fixture(scope="session")
def quanzhou(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    yield from loaded("quanzhou", tmp_path_factory.mktemp("quanzhou"))


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    yield from loaded("county", tmp_path_factory.mktemp("county"))


@pytest.fixture(scope="session")
def baoding(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = open_house(Settings(home=tmp_path_factory.mktemp("baoding")))
    assert play_baoding(house) == ("baoding-2009", True)
    yield house
    house.engine.dispose()
