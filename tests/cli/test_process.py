"""The command as a process of its own: what it loads, how it ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.terminal import count
from tests.factories import HEADER, registry_row

ROOT = Path(__file__).parents[2]
COMMAND = "import sys; from cli.main import main; sys.exit(main())"
LOADED = (
    "import sys; from cli.main import main; status = main();"
    " print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr); sys.exit(status)"
)
HEAVY = {"prefect", "apprise", "fastapi", "uvicorn", "jinja2"}


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "ROLLCALL_LANGUAGE": "en", **more}


def run(code: str, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=environment(**more))


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["--help"], id="help"),
        pytest.param(["campaign", "status", "trial"], id="status"),
        pytest.param(["campaign", "status", "trial", "--json"], id="status-json"),
        pytest.param(["task", "list", "-c", "trial", "-b", "U1-1"], id="task-list"),
    ],
)
def test_prompt_commands_load_nothing_heavy(at_work: Path, arguments: Sequence[str]) -> None:
    answered = run(LOADED, *arguments)
    assert answered.returncode == 0, answered.stderr
    loaded = set(answered.stderr.splitlines()[-1].split())
    assert not loaded & HEAVY
    assert "typer" in loaded


def test_help_loads_no_database(at_work: Path) -> None:
    loaded = set(run(LOADED, "--help").stderr.split())
    assert not loaded & {"sqlalchemy", "sqlmodel", "pydantic_settings", "holidays", "alembic", "pendulum"}


def test_what_a_process_writes_may_point_to_tables_it_does_not_look_at(at_work: Path) -> None:
    """A process that has just begun knows no more tables than were imported: this one, all of them."""
    written = run(COMMAND, "channel", "disable", "1", "--reason", "moved away")
    assert (written.returncode, written.stdout, written.stderr) == (0, "channel 1: disabled\n", "")


def test_a_refusal_leaves_with_one_line_and_status_1(at_work: Path) -> None:
    answered = run(COMMAND, "task", "list", "--campaign", "trial", "--branch", "nosuch")
    assert (answered.returncode, answered.stdout) == (1, "")
    assert answered.stderr == "branch nosuch: not in the registry\n"


def test_a_bad_call_leaves_with_one_line_and_status_2(at_work: Path) -> None:
    answered = run(COMMAND, "patrol", "--at", "2009-09-07T00:00")
    assert (answered.returncode, answered.stdout) == (2, "")
    assert len(answered.stderr.splitlines()) == 1


def test_ctrl_c_leaves_with_one_line_and_status_130(at_work: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "registry.csv"
    os.mkfifo(pipe)
    command = [sys.executable, "-c", COMMAND, "registry", "import", str(pipe)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()
    ) as process:
        writer = _opened_by_reader(pipe)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        os.close(writer)
    assert (process.returncode, out, err) == (130, "", "interrupted\n")


def _opened_by_reader(pipe: Path) -> int:
    """Wait until the other side reads from the pipe."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.05)
    raise AssertionError("nobody opened the pipe")


def test_a_reader_that_has_seen_enough_is_no_trouble(at_work: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, "campaign", "schema"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_a_terminal_without_chinese_still_gets_its_answer(at_work: Path) -> None:
    answered = run(COMMAND, "campaign", "status", "trial", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert answered.returncode == 0, answered.stderr
    assert "mobilization/pilot" in answered.stdout


def test_an_answer_that_is_not_shown_on_a_terminal_has_no_colours(at_work: Path) -> None:
    assert "\x1b" not in run(COMMAND, "campaign", "status", "trial").stdout


def test_what_takes_its_time_shows_a_bar_on_a_terminal_and_leaves_the_answer_clean(
    registered: Path, tmp_path: Path
) -> None:
    file = tmp_path / "registry.csv"
    file.write_text("\n".join([HEADER, registry_row(1, 9)]), encoding="utf-8")
    terminal, other_end = os.openpty()
    command = [sys.executable, "-c", COMMAND, "registry", "import", str(file), "--yes"]
    shown = environment(TERM="xterm")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=other_end, text=True, env=shown) as process:
        os.close(other_end)
        seen = _shown_on(terminal)
        out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert out.startswith("1 branches new, 0 changed, 0 unchanged\n")
    assert "Reading" in seen
    assert "Importing" in seen
    assert seen.endswith("\x1b[2K")  # wiped away when it is over


@pytest.mark.parametrize(("answer", "status", "branches"), [("y", 0, 7), ("n", 1, 6), ("", 1, 6)])
def test_whoever_sits_at_a_terminal_is_asked_before_a_registry_is_imported(
    registered: Path, tmp_path: Path, answer: str, status: int, branches: int
) -> None:
    file = tmp_path / "registry.csv"
    file.write_text("\n".join([HEADER, registry_row(1, 9)]), encoding="utf-8")
    terminal, other_end = os.openpty()
    os.write(terminal, f"{answer}\n".encode())
    command = [sys.executable, "-c", COMMAND, "registry", "import", str(file)]
    done = subprocess.run(
        command, stdin=other_end, capture_output=True, text=True, timeout=60, check=False, env=environment()
    )
    os.close(terminal)
    os.close(other_end)
    assert (done.returncode, "Import this?" in done.stderr) == (status, True)
    assert done.stdout.startswith("1 branches new, 0 changed, 0 unchanged\n")
    assert ("imported" in done.stdout) is (status == 0)
    assert count(registered, "SELECT count(*) FROM branch") == branches


def _shown_on(terminal: int) -> str:
    """Read all that is shown on a terminal until nobody writes to it any more."""
    shown = b""
    with suppress(OSError), os.fdopen(terminal, "rb", buffering=0) as screen:
        while more := screen.read(4_096):
            shown += more
    return shown.decode()
