"""Campaign files for tests: a small one that is right, and ways to spoil it."""

from pathlib import Path

import pytest

from config.definition.file import load_definition
from config.errors import CampaignFileError

SMALL = """\
code: small
title: {zh: 小, en: Small}
timezone: Asia/Shanghai
calendar: CN
waves:
  - {code: pilot, starts: 2009-09-07, units: [安国市]}
  - {code: main, starts: 2009-09-14}
reminders:
  rungs:
    - {at: due, to: [liaison]}
figures:
  - {code: members, title: {zh: 党员, en: Members}}
stages:
  - code: mobilization
    opens: wave
    lasts: 14 workdays
    gate: {done: 95%}
    tasks:
      - {code: survey, title: Survey, due: 5 workdays after open, figures: [members, visitors]}
  - code: study
    opens: after mobilization
    lasts: 20 days
    tasks:
      - {code: lecture, title: Lecture, due: close}
"""


def spoiled(old: str, new: str) -> str:
    """Give the small campaign with one passage, which must be in it, changed."""
    assert SMALL.count(old) == 1, old
    return SMALL.replace(old, new)


def saved(folder: Path, text: str | bytes, name: str = "small.yaml") -> Path:
    """Save a campaign file."""
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def faults_of(file: Path) -> list[str]:
    """Load a file that has faults; give their lines, without the folder."""
    with pytest.raises(CampaignFileError) as refused:
        load_definition(file)
    lines = str(refused.value).splitlines()
    assert lines == [str(fault) for fault in refused.value.faults]
    return [line.removeprefix(f"{file.parent}/") for line in lines]
