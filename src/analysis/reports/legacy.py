"""A Word file of before 2007 (.doc, .wps) -> a DOCX file, by LibreOffice where it is installed."""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.errors import BadReport

SECONDS = 120


def to_docx(raw: bytes, where: str) -> bytes:
    """The same text as a DOCX file; raises BadReport where LibreOffice is missing or cannot read it."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise BadReport(
            where,
            "this is a Word file of before 2007 (.doc, .rtf), which only LibreOffice opens",
            "install LibreOffice, or save the file as .docx or PDF",
        )
    with TemporaryDirectory(prefix="disclosure-") as folder:
        source = Path(folder) / "report.doc"
        source.write_bytes(raw)
        for _ in range(2):  # a fresh profile's first conversion may write nothing
            _convert(office, source)
            if (made := source.with_suffix(".docx")).is_file():
                return made.read_bytes()
    raise BadReport(where, "LibreOffice cannot read this Word file", "open it and save it as .docx or PDF")


def _convert(office: str, source: Path) -> None:
    profile = f"-env:UserInstallation={(source.parent / 'profile').as_uri()}"
    words = [office, profile, "--headless", "--convert-to", "docx", "--outdir", str(source.parent), str(source)]
    try:
        subprocess.run(words, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 our own words
    except subprocess.TimeoutExpired:
        return
