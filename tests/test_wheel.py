"""The wheel stands alone: installed with no more than it declares, it runs from any folder."""

import fnmatch
import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
from collections.abc import Iterable
from importlib.metadata import Distribution, PathDistribution, distribution
from pathlib import Path
from zipfile import Path as ZipPath
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PROGRAMS = Path(sys.executable).parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
ROOMS = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]

LOGIN_PAGE = """
import re, sys
from datetime import UTC, datetime
from pathlib import Path
from fastapi.testclient import TestClient
from actions.house import open_house
from config.settings import Settings
from web.app import create_app

browser = TestClient(create_app(open_house(Settings(home=Path(sys.argv[1]))), lambda: datetime.now(UTC)))
page = browser.get("/login", headers={"Accept-Language": "zh-CN"})
print(page.status_code, re.search("<h1[^>]*>([^<]*)", page.text)[1].strip())
sheet = browser.get(re.search('href="([^"]*[.]css)"', page.text)[1])
print(sheet.status_code, sheet.headers["content-type"].split()[0])
"""

pytestmark = pytest.mark.xdist_group("wheel")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    _run(PROGRAMS / "hatchling", "build", "--target", "wheel", "--directory", folder, cwd=ROOT)
    [wheel] = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and what it declares, linked from this one, so that nothing is fetched."""
    environment = tmp_path_factory.mktemp("empty") / "venv"
    venv.create(environment, symlinks=True)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(environment)}))
    [metadata] = [entry for entry in ZipPath(wheel).iterdir() if entry.name.endswith(".dist-info")]
    for needed in _find_needed(PathDistribution(metadata).requires or []):
        _link(needed, packages)
    python = environment / "bin" / "python"
    _run(PROGRAMS / "uv", "pip", "install", "--quiet", "--offline", "--no-deps", "--python", python, wheel)
    _run(PROGRAMS / "uv", "pip", "check", "--quiet", "--python", python)
    return environment


def test_the_wheel_holds_every_file_of_the_rooms_and_nothing_else(wheel: Path) -> None:
    packed = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    there = {
        file.relative_to(ROOT).as_posix()
        for room in ROOMS
        for file in (ROOT / room).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert packed == there


@pytest.mark.parametrize(
    "kind",
    [
        "config/campaigns/*.yaml",
        "config/samples/*.csv",
        "config/samples/*.yaml",
        "reports/templates/*.docx",
        "models/migrations/env.py",
        "models/migrations/versions/*.py",
        "notifications/writing/templates/*",
        "web/templates/*.html",
        "web/static/*.css",
        "web/static/*.js",
        "config/locales/*/LC_MESSAGES/*.po",
        "rollcall-*.dist-info/licenses/LICENSE",
    ],
)
def test_the_wheel_carries_what_it_reads(wheel: Path, kind: str) -> None:
    assert fnmatch.filter(ZipFile(wheel).namelist(), kind) != []


def test_its_command_explains_itself(environment: Path, tmp_path: Path) -> None:
    assert "demo" in _run(environment / "bin" / "rollcall", "--help", cwd=tmp_path)


def test_it_plays_the_demo_from_any_folder(environment: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    told = _run(environment / "bin" / "rollcall", "demo", "--home", tmp_path / "home", "--no-serve", cwd=elsewhere)
    assert "703" in told
    assert [*elsewhere.iterdir()] == []


def test_its_pages_find_what_they_are_made_of_from_any_folder(environment: Path, tmp_path: Path) -> None:
    told = _run(environment / "bin" / "python", "-c", LOGIN_PAGE, tmp_path / "home", cwd=tmp_path)
    assert told.split() == ["200", "登录", "200", "text/css;"]


def _find_needed(declared: Iterable[str]) -> Iterable[Distribution]:
    """Return the installed distributions that the requirements lead to, directly and through one another."""
    needed: dict[str, Distribution] = {}
    followed: set[tuple[str, str]] = set()
    waiting = [(line, "") for line in declared]
    while waiting:
        line, extra = waiting.pop()
        requirement = Requirement(line)
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        found = distribution(requirement.name)
        needed[found.name] = found
        asked = {(found.name, wanted) for wanted in ("", *requirement.extras)}
        waiting += [(each, wanted) for _, wanted in asked - followed for each in found.requires or []]
        followed |= asked
    return needed.values()


def _link(installed: Distribution, packages: Path) -> None:
    for file in installed.files or []:
        if ".." in file.parts:
            continue  # a script, not a module
        target = packages / file
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(str(file.locate()), target)
        except OSError:  # another file system
            shutil.copy2(str(file.locate()), target)


def _run(*command: str | Path, cwd: Path | None = None) -> str:
    """Run a command that must succeed, and return what it prints."""
    ran = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=180)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout
