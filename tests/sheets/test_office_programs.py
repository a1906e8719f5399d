"""What LibreOffice makes of a sheet and saves again is read as the sheet itself."""

import shutil
import subprocess
from pathlib import Path

import pytest

from config.registry import read_registry
from tests.registries import told
from tests.sheets.offices import ROWS, TITLED_AND_MERGED, book, save_xlsx

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
@pytest.mark.parametrize("made", [book(*ROWS), TITLED_AND_MERGED], ids=["plain", "titled-and-merged"])
def test_a_sheet_that_libreoffice_has_saved_again_is_read_the_same(tmp_path: Path, kind: str, made: object) -> None:
    file = save_xlsx(tmp_path / "a.xlsx", made)
    saved = tmp_path / "saved"
    command = [OFFICE, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", saved, file], check=True, capture_output=True, timeout=120)
    assert told(read_registry(saved / f"a.{kind}")) == told(read_registry(file))
