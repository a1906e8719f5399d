"""`python -m benchmarks.first_patrol URL HOME INSTANT`: one patrol, and what it took beyond the imports, as JSON."""

import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from actions.house import open_house
from benchmarks.clock import measure
from config.settings import Settings
from flows.patrol import patrol


def main(url: str, home: str, instant: str) -> None:
    """Open the house and go on patrol."""
    settings = Settings(home=Path(home), database_url=url)
    now = datetime.fromisoformat(instant)
    print(json.dumps(asdict(measure(lambda: patrol(open_house(settings), now), url))))


if __name__ == "__main__":
    main(*sys.argv[1:])
