"""Serve the pages: the process that `rollcall serve` starts beside the engine."""

from datetime import UTC, datetime
from threading import Thread

import uvicorn

from actions.house import open_house
from config.settings import Settings
from web.app import create_app
from web.charts.curve import warm_up


def serve(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM; requests under way are answered first. Refusal when the home cannot be opened."""
    house = open_house(settings)
    app = create_app(house, lambda: datetime.now(UTC))
    Thread(target=warm_up, name="charts", daemon=True).start()
    try:
        uvicorn.run(
            app,
            host=settings.web_host,
            port=settings.web_port,
            server_header=False,
            proxy_headers=False,  # the application believes the proxies in the settings, and no other
            log_config=None,
        )
    finally:
        house.engine.dispose()


if __name__ == "__main__":
    serve(Settings.load())
