"""Digests into a folder of files, against as many files that are written bare."""

import os
from pathlib import Path

from benchmarks.bare import Bare
from benchmarks.delivery.digests import BODY, Digests


class Folders(Digests):
    """Each officer has a folder."""

    name = "folders"

    @property
    def job(self) -> str:
        return f"deliver {self._branches:,} digests to folders, against as many files"

    def address(self, number: int) -> str:
        return f"folder://O{number}"

    def bare(self, bare: Bare) -> object:
        for number in range(1, self._branches + 1):
            _write(bare.home / "messages" / f"O{number}" / "1.eml")
        return None


def _write(file: Path) -> None:
    file.parent.mkdir(parents=True)
    with file.open("wb") as handle:
        handle.write(BODY.encode())
        handle.flush()
        os.fsync(handle.fileno())
