"""What Rollcall stands on: the bounds of its dependencies, and the lock that every installation is made from."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

ROOT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
DECLARED = [Requirement(line) for line in PYPROJECT["project"]["dependencies"]]
FOR_TESTS = [Requirement(line) for line in PYPROJECT["dependency-groups"]["test"]]
LOCK = (ROOT / "requirements.lock").read_text()
PINS = {
    canonicalize_name(pin.name): pin
    for line in re.findall(r"^[a-z0-9].*?(?= \\$)", LOCK, flags=re.MULTILINE)
    for pin in [Requirement(line)]
}


def _name(requirement: Requirement) -> NormalizedName:
    return canonicalize_name(requirement.name)


@pytest.mark.parametrize(
    ("name", "works", "breaks"),
    [
        pytest.param("prefect", "3.8.8", "3.9.0", id="prefect stays 3.8"),
        pytest.param("fastapi", "0.154.0", "0.155.0", id="fastapi stays under 0.155"),
        pytest.param("sqlalchemy", "2.0.42", "2.1.0", id="sqlalchemy stays under 2.1"),
        pytest.param("sqlalchemy", "2.0.42", "2.1.0b1", id="sqlalchemy takes no preview of 2.1"),
        pytest.param("apprise", "1.13.1", "2.0.0", id="apprise stays under 2"),
        pytest.param("sqlmodel", "0.0.50", "0.0.49", id="sqlmodel gives aware instants"),
    ],
)
def test_what_is_known_to_break_is_out_of_bounds(name: str, works: str, breaks: str) -> None:
    [bound] = [requirement.specifier for requirement in DECLARED if _name(requirement) == name]
    assert bound.contains(works)
    assert not bound.contains(breaks, prereleases=True)


def test_every_upper_bound_says_why() -> None:
    lines = [line.strip() for line in (ROOT / "pyproject.toml").read_text().splitlines()]
    bounded = [number for number, line in enumerate(lines) if re.fullmatch(r'"[a-z][^"]*<\d[^"]*",', line)]
    assert len(bounded) == sum("<" in str(requirement.specifier) for requirement in [*DECLARED, *FOR_TESTS])
    assert [lines[number] for number in bounded if not lines[number - 1].startswith("# ")] == []


@pytest.mark.parametrize("requirement", [*DECLARED, *FOR_TESTS], ids=_name)
def test_what_is_declared_is_locked_and_installed_within_its_bounds(requirement: Requirement) -> None:
    [pin] = PINS[_name(requirement)].specifier
    assert pin.operator == "=="
    assert requirement.specifier.contains(pin.version)
    assert requirement.specifier.contains(version(requirement.name))


def test_what_is_installed_is_what_is_locked() -> None:
    locked = {name: pin for name, pin in PINS.items() if pin.marker is None or pin.marker.evaluate()}
    other = {name: version(name) for name, pin in locked.items() if not pin.specifier.contains(version(name))}
    assert other == {}


def test_everything_locked_has_hashes_and_no_address() -> None:
    entries = re.split(r"^(?=[a-z0-9])", LOCK, flags=re.MULTILINE)[1:]
    assert len(entries) == len(PINS)
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r"^.*(?:://| @ |--(?:extra-)?index-url|--find-links).*$", LOCK, flags=re.MULTILINE) == []
