"""The layers of the house: every room is under the import contract, and the contract bites."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
CONTRACT = TOOLS["importlinter"]
# A small house in order; the cases below put one line too many into it.
HOUSE = {
    "cli/main.py": "import serving.start",
    "serving/start.py": "import flows.patrol",
    "simulation/play.py": "import flows.patrol",
    "flows/patrol.py": "import actions.launch",
    "flows/deployments.py": "import prefect\nimport flows.patrol",
    "actions/launch.py": "import notifications.channels\nimport models.unit\nimport rules.gates",
    "notifications/channels/mail.py": "import apprise",
    "models/unit.py": "import config.settings",
    "rules/gates.py": "import config.settings",
    "config/settings.py": "",
}


def _broken_contracts(house: Path, rooms: dict[str, str]) -> set[str]:
    """Build a house of these rooms, and return the ids of the project's own contracts that it breaks."""
    (house / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    for room in [*CONTRACT["root_packages"], "notifications/channels"]:
        (house / room).mkdir()
        (house / room / "__init__.py").touch()
    for file, text in rooms.items():
        (house / file).write_text(text)
    checked = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache", "--no-logo"],
        cwd=house,
        env=os.environ | {"COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    verdicts = dict(re.findall(r"^(.+?) +(KEPT|BROKEN)$", checked.stdout, flags=re.MULTILINE))
    assert verdicts.keys() == {rule["name"] for rule in CONTRACT["contracts"]}, checked.stdout + checked.stderr
    broken = {rule["id"] for rule in CONTRACT["contracts"] if verdicts[rule["name"]] == "BROKEN"}
    assert checked.returncode == bool(broken)
    return broken


def test_every_room_is_built_typed_and_under_the_contract() -> None:
    rooms = {file.parent.name for file in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    [layers] = [rule["layers"] for rule in CONTRACT["contracts"] if rule["id"] == "layers"]
    assert set(CONTRACT["root_packages"]) == rooms
    assert set(re.findall(r"\w+", " ".join(layers))) == rooms
    assert set(TOOLS["mypy"]["packages"]) == rooms | {"benchmarks"}
    assert set(TOOLS["hatch"]["build"]["targets"]["wheel"]["packages"]) == rooms


def test_a_house_in_order_breaks_no_contract(tmp_path: Path) -> None:
    assert _broken_contracts(tmp_path, HOUSE) == set()


@pytest.mark.parametrize(
    ("contract", "file", "line"),
    [
        pytest.param("layers", "config/settings.py", "import rules.gates", id="an arrow upwards"),
        pytest.param("layers", "actions/launch.py", "import flows.patrol", id="an action that calls a flow"),
        pytest.param("layers", "models/unit.py", "import rules.gates", id="models that know the rules"),
        pytest.param("layers", "rules/gates.py", "import models.unit", id="rules that know the models"),
        pytest.param("layers", "serving/start.py", "import cli.main", id="serving that calls the command line"),
        pytest.param("prefect", "flows/patrol.py", "import prefect", id="prefect in another flow"),
        pytest.param("prefect", "simulation/play.py", "def late():\n    import prefect", id="prefect imported late"),
        pytest.param("prompt", "serving/start.py", "import prefect", id="prefect behind the command line"),
        pytest.param("deployments", "serving/start.py", "import flows.deployments", id="deployments imported"),
        pytest.param("deployments", "flows/patrol.py", "import flows.deployments", id="deployments imported next door"),
        pytest.param("apprise", "notifications/outbox.py", "import apprise", id="apprise beside the channels"),
        pytest.param("pure", "rules/gates.py", "import sqlalchemy", id="rules that know a database"),
        pytest.param("pure", "rules/gates.py", "import jinja2", id="rules that know a page"),
    ],
)
def test_a_line_in_the_wrong_room_breaks_its_contract(tmp_path: Path, contract: str, file: str, line: str) -> None:
    rooms = HOUSE | {file: f"{HOUSE.get(file, '')}\n{line}\n"}
    assert contract in _broken_contracts(tmp_path, rooms)
