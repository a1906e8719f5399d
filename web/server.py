"""Serve the pages: the process that `rollcall serve` starts beside the engine."""

import logging
import sys
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from threading import Thread

import uvicorn

from actions.house import open_house
from config.errors import Refusal
from config.settings import Settings
from web.app import create_app
from web.charts.curve import warm_up
from web.watching import LOG

IDLE_SECONDS = 15
"""How long a connection stays open between two requests."""

STOP_SECONDS = 10
"""How long requests under way may take when the server is to stop."""

LOG_BYTES = 10_000_000
LOGS = 5
"""How many full logs of requests are kept beside the one that is written."""


def serve(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM; requests under way are answered first. Refusal when the home cannot be opened."""
    house = open_house(settings)
    _keep_logs(house.home)
    app = create_app(house, lambda: datetime.now(UTC))
    Thread(target=warm_up, name="charts", daemon=True).start()
    try:
        uvicorn.run(
            app,
            host=settings.web_host,
            port=settings.web_port,
            server_header=False,
            proxy_headers=False,  # the application believes the proxies in the settings, and no other
            access_log=False,  # ours says who asked, and no keys
            log_config=None,
            timeout_keep_alive=IDLE_SECONDS,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
    finally:
        house.engine.dispose()


def _keep_logs(home: Path) -> None:
    """Write a line for each request into a file that does not grow for ever, and what goes wrong to standard error."""
    logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    folder = home / "logs"
    folder.mkdir(exist_ok=True)
    LOG.addHandler(RotatingFileHandler(folder / "access.log", maxBytes=LOG_BYTES, backupCount=LOGS, encoding="utf-8"))
    LOG.setLevel(logging.INFO)
    LOG.propagate = False


def main() -> int:
    """Serve by the environment; what cannot be done is said in one line, with status 1."""
    try:
        serve(Settings.load())
    except Refusal as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
