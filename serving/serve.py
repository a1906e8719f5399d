"""The embedded default: the pages, Prefect's server and the runner of our deployments, as one command."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial

from actions.house import open_house
from config.errors import Refusal
from config.said import Said, joined
from config.settings import Settings
from config.vocabulary import ServeRole
from serving.engine import Engine
from serving.lock import only_one
from serving.pages import Pages
from serving.place import find_place, find_web_port
from serving.prefect_api import PrefectApi
from serving.progress import Echo, Teller
from serving.signals import StopRequest, stop_signals
from serving.start import Child, Family, start_family
from serving.stop import drain, stop_family
from serving.watch import ChildDied, StopAsked, TooSlow, watch

LAST_LINES = 8


def serve(settings: Settings, echo: Echo, role: ServeRole = ServeRole.ALL) -> int:
    """Serve until Ctrl-C, SIGTERM or the death of a child; return the exit status.

    The role says whether that is the pages, Prefect's server and the runner, or all three. The status is 0 when a
    stop was asked for, 1 when a child died or did not come up. No process is left behind, whichever it was; when
    serve itself is killed, its guard ends the others within seconds. With PREFECT_API_URL set, the runner is started
    against that server. An empty home is set up.
    Raises Refusal when the home is being served already in this role, a port is taken or the operator's server does
    not answer. Called in the main thread, since it takes the signals.
    """
    if os.name != "posix":
        raise Refusal("rollcall serve needs Linux or macOS (on Windows, WSL); every other command works here")
    open_house(settings).engine.dispose()
    teller = Teller(echo, settings.language)
    with only_one(settings.home, role), stop_signals() as stop:
        port = find_web_port(settings) if ServeRole.WEB in role.parts else None
        place = find_place(settings) if ServeRole.ENGINE in role.parts else None
        with _family(settings, teller) as family, ExitStack() as opened:
            wait = partial(watch, family, stop.asked)
            pages = None if port is None else Pages(settings, port, family, wait, teller)
            engine = None
            if place is not None:
                api = opened.enter_context(PrefectApi(place.api_url, is_own=place.port is not None))
                engine = Engine(settings, place, api, family, wait, teller)
            return _Service(family, pages, engine, stop, teller).run()


@contextmanager
def _family(settings: Settings, teller: Teller) -> Iterator[Family]:
    family = start_family(settings.home.absolute())
    try:
        yield family
    finally:
        with teller.waiting(Said("stopping")):
            stop_family(family)


@dataclass(frozen=True, slots=True)
class _Service:
    """One serve from its first child to the last; the pages come up first, since they are there at once."""

    family: Family
    pages: Pages | None
    engine: Engine | None
    stop: StopRequest
    teller: Teller

    def run(self) -> int:
        try:
            self._start()
            self._watch()
        except StopAsked:
            return 0
        except ChildDied as death:
            manner = _manner(death.child)
            self.teller.tell(Said("the {child} ended by itself ({manner})", child=death.child.name, manner=manner))
            self._show_last_words(death.child)
        except TooSlow:
            newest = self.family.children[-1]
            self.teller.tell(Said("the {child} did not come up", child=newest.name))
            self._show_last_words(newest)
        return 1

    def _start(self) -> None:
        where = []
        if self.pages is not None:
            self.pages.start()
            where.append(Said("its pages are at {address}", address=self.pages.address))
        if self.engine is not None:
            self.engine.start()
            where.append(Said("its runs can be seen at {address}", address=self.engine.place.page))
        self.teller.tell(Said("Rollcall is running; {where} (Ctrl-C stops it)", where=joined(", ", where)))

    def _watch(self) -> None:
        look: Callable[[], None] = self.engine.make_reaper().look if self.engine else lambda: None

        def never() -> bool:
            look()
            return False

        try:
            watch(self.family, self.stop.asked, never)
        except StopAsked:
            if self.engine is not None:
                with self.teller.waiting(Said("letting runs under way finish; Ctrl-C again cuts them off")):
                    drain(self.engine.is_busy, self.stop.urgent.is_set)
            raise

    def _show_last_words(self, child: Child) -> None:
        if child.log is None:
            return
        with child.log.open(encoding="utf-8", errors="replace") as log:
            lines = deque(log, maxlen=LAST_LINES)
        for line in lines:
            self.teller.echo(f"  {line.rstrip()}")
        self.teller.tell(Said("more in {file}", file=child.log))


def _manner(child: Child) -> Said:
    status = child.process.returncode
    if status >= 0:
        return Said("exit status {status}", status=status)
    return Said("killed by {signal}", signal=signal.Signals(-status).name)
