import json
import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import Settings
from serving.environment import children_environment, prefect_folder
from serving.place import Place

OWN = Place("http://127.0.0.1:4200/api", "127.0.0.1", 4200)
FOREIGN = Place("https://prefect.example/api")

# What Prefect itself makes of the environment: a setting that it renames or drops must not go unnoticed.
READ = """
import json
from prefect.settings import get_current_settings
settings = get_current_settings()
server, services = settings.server, settings.server.services
print(json.dumps({
    "home": str(settings.home),
    "api": settings.api.url,
    "heartbeat": settings.flows.heartbeat_frequency,
    "late after": services.late_runs.after_seconds.total_seconds(),
    "late loop": services.late_runs.loop_seconds,
    "events": [services.event_persister.batch_size, services.event_persister.read_batch_size],
    "task runs": [services.task_run_recorder.batch_size, services.task_run_recorder.read_batch_size],
    "leases": server.concurrency.lease_storage.rpartition(".")[2],
    "vacuum": [sorted(services.db_vacuum.enabled_vacuum_types), services.db_vacuum.retention_period.days],
    "analytics": server.analytics_enabled,
    "promotion": server.ui.show_promotional_content,
    "resource metrics": settings.telemetry.enable_resource_metrics,
}))
"""


def test_prefect_takes_every_setting_it_is_given(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    environment = children_environment(settings, OWN)
    read = subprocess.run([sys.executable, "-c", READ], env=environment, capture_output=True, check=True)
    assert json.loads(read.stdout) == {
        "home": str(prefect_folder(settings)),
        "api": OWN.api_url,
        "heartbeat": 30,
        "late after": 900,
        "late loop": 60,
        "events": [100, 100],
        "task runs": [100, 100],
        "leases": "filesystem",
        "vacuum": [["events", "flow_runs", "orphans"], 30],
        "analytics": False,
        "promotion": False,
        "resource metrics": False,
    }


@pytest.mark.parametrize(
    ("place", "name", "given", "expected"),
    [
        pytest.param(
            OWN, "PREFECT_SERVER_SERVICES_LATE_RUNS_LOOP_SECONDS", "7", "7", id="the operator's tuning stands"
        ),
        pytest.param(OWN, "PREFECT_HOME", "/elsewhere", "{home}/prefect", id="our server has a folder of its own"),
        pytest.param(FOREIGN, "PREFECT_HOME", "/elsewhere", "/elsewhere", id="the operator's server keeps his folder"),
        pytest.param(OWN, "NO_PROXY", "intranet", "intranet,127.0.0.1", id="no proxy before our own server"),
        pytest.param(FOREIGN, "NO_PROXY", "intranet", "intranet", id="his proxy stays before the operator's"),
        pytest.param(OWN, "ROLLCALL_HOME", "/elsewhere", "{home}", id="--home reaches the flows"),
    ],
)
def test_what_the_children_see(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: Place, name: str, given: str, expected: str
) -> None:
    monkeypatch.setenv(name, given)
    assert children_environment(Settings(home=tmp_path), place)[name] == expected.format(home=tmp_path)
