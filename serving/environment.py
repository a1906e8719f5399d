"""The environment that the children run in: one home, one address, nothing sent out, tuned."""

import os
import sysconfig
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from config.settings import Settings
from serving.place import Place

HEARTBEAT_SECONDS = 30

TUNED: Mapping[str, str] = MappingProxyType(
    {
        # Marking runs late at once makes SQLite answer "database is locked" as soon as runs queue.
        "PREFECT_SERVER_SERVICES_LATE_RUNS_AFTER_SECONDS": "900",
        "PREFECT_SERVER_SERVICES_LATE_RUNS_LOOP_SECONDS": "60",
        # One transaction for a hundred events instead of one each.
        "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "100",
        "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "100",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
        # In memory, a lease that outlives the server holds its concurrency slot for ever.
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
        # By itself Prefect keeps every run for ever: some three hundred deliveries a day.
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(30 * 24 * 3600),
        # The shortest that Prefect takes; a run that falls silent is found by it.
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": str(HEARTBEAT_SECONDS),
    }
)

QUIET: Mapping[str, str] = MappingProxyType(
    {
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    }
)


def prefect_folder(settings: Settings) -> Path:
    """Return the folder that Prefect keeps its database, leases and profiles in, apart from any other Prefect's."""
    return settings.home.absolute() / "prefect"


def children_environment(settings: Settings, place: Place) -> dict[str, str]:
    """Return the whole environment of the children, and through them of every flow run.

    What the operator has set among the tuned and the quiet settings stands. Prefect's folder is in our home,
    unless the server is the operator's: then his own folder and profile stay in use.
    """
    own_folder = {} if place.port is None else {"PREFECT_HOME": str(prefect_folder(settings))}
    return {
        **TUNED,
        **QUIET,
        **_ours(settings),
        **own_folder,
        "PREFECT_API_URL": place.api_url,
        # Both spellings are read, by one library or another: nothing stands between us and our own machine.
        "NO_PROXY": _no_proxy(place),
        "no_proxy": _no_proxy(place),
    }


def web_environment(settings: Settings, port: int) -> dict[str, str]:
    """Return the whole environment of the process that serves the pages."""
    return {**_ours(settings), "ROLLCALL_WEB_PORT": str(port)}


def _ours(settings: Settings) -> dict[str, str]:
    """Return our own environment, with what was decided here in place of what it said."""
    web_url = {} if settings.web_url is None else {"ROLLCALL_WEB_URL": settings.web_url}
    return {
        **os.environ,
        **web_url,
        "ROLLCALL_HOME": str(settings.home.absolute()),
        "PYTHONPATH": _module_path(),
        "PYTHONUNBUFFERED": "1",
    }


def _module_path() -> str:
    """Return where our modules are, for a house that is not installed; the children run in a folder of their own."""
    house = Path(__file__).parents[1]
    given = os.environ.get("PYTHONPATH", "")
    if house.resolve() == Path(sysconfig.get_path("purelib")).resolve():
        return given
    return os.pathsep.join(part for part in (str(house), given) if part)


def _no_proxy(place: Place) -> str:
    given = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
    own = None if place.port is None else urlsplit(place.api_url).hostname
    return ",".join(part for part in (given, own) if part)
