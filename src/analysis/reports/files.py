"""A published file -> a document: the format is told by the content, not by the name."""

import email
import email.policy
import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from analysis.errors import BadReport, Missing
from analysis.reports import html, legacy, text
from analysis.reports.document import Document

MOST_BYTES = 64 * 2**20
MOST_UNPACKED = 32 * 2**20
MOST_MEDIA = 256 * 2**20
MOST_CHARACTERS = 500_000  # of text: the longest report has a tenth of them
SUFFIXES = {
    *(".html", ".htm", ".shtml", ".mht", ".mhtml", ".txt", ".pdf", ".docx", ".xlsx", ".doc", ".rtf", ".wps"),
    *(".xls", ".ofd"),  # cannot be read: their errors say what to do
}
REVIEW = b'<meta name="generator" content="disclosure-analysis review">'
MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|p|table|meta|span)\b", re.IGNORECASE)
SAMPLE = 4096  # bytes
BINARY = re.compile(rb"[\x01-\x08\x0e-\x1a\x7f]")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]")


class Opened(NamedTuple):
    """A document and the SHA-256 of the file that holds it."""

    document: Document
    sha256: str


def find(places: list[Path]) -> list[Path]:
    """The files at `places`, those in folders by their suffix and in order of name; raises Missing."""
    found: list[Path] = []
    for place in places:
        if place.is_dir():
            inside = sorted(path for path in place.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
            if not inside:
                kinds = ", ".join(sorted(SUFFIXES))
                raise Missing(str(place), "there is no report in this folder", f"reports are files of {kinds}")
            found += inside
        elif place.is_file():
            found.append(place)
        else:
            what = "it is no file" if place.exists() else "there is no such file"
            raise Missing(str(place), what, "check the path, or name the folder of the reports")
    return list(dict.fromkeys(found))


def is_review(path: Path) -> bool:
    """Whether the file at `path` is a reviewer's page."""
    with path.open("rb") as file:
        return REVIEW in file.read(SAMPLE)


def open_file(path: Path) -> Opened:
    """The document in the file at `path`; raises BadReport where it cannot be read as a report."""
    where = str(path)
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            what = f"the file has {size / 2**20:.0f} MB; no report has more than {MOST_BYTES // 2**20} MB"
            raise BadReport(where, what, "check that this is the report")
        raw = path.read_bytes()
    except OSError as error:
        raise BadReport(where, f"the file cannot be read ({error.strerror})", "check its rights") from error
    held = document(raw, where)
    if len(held.text) > MOST_CHARACTERS:
        what = f"its text has {len(held.text):,} characters; no report has more than {MOST_CHARACTERS:,}"
        raise BadReport(where, what, "cut the report out of it")
    return Opened(held, hashlib.sha256(raw).hexdigest())


def document(raw: bytes, where: str) -> Document:
    """The document in `raw`; `where` names it in errors."""
    if not raw.strip():
        raise BadReport(where, "the file is empty", "fetch it again")
    if raw.startswith(b"%PDF") or b"%PDF-" in raw[:1024]:
        from analysis.reports import pdf

        return _guarded(where, "PDF", lambda: pdf.read(raw, where))
    if raw.startswith(b"PK\x03\x04"):
        return _office(raw, where)
    if raw.startswith(b"{\\rtf"):
        return _office(legacy.to_docx(raw, where), where)
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        if "Workbook".encode("utf-16-le") in raw:
            raise BadReport(where, "this is a workbook of before 2007 (.xls)", "save it as .xlsx and read that file")
        return _office(legacy.to_docx(raw, where), where)
    return _words(_page(raw), where)


def _page(raw: bytes) -> bytes:
    """The page in a web archive (.mht); other bytes as they are."""
    if b"mime-version:" not in raw[:SAMPLE].lower():
        return raw
    for part in email.message_from_bytes(raw, policy=email.policy.compat32).walk():
        if part.get_content_type() == "text/html":
            held = part.get_payload(decode=True)
            return held if isinstance(held, bytes) else raw
    return raw


def _words(raw: bytes, where: str) -> Document:
    if not raw.startswith(tuple(text.MARKS)) and len(BINARY.findall(raw[:SAMPLE])) > SAMPLE // 100:
        raise _no_report(where)
    try:
        decoded = text.decode(raw)
    except UnicodeError as error:
        what = "its characters are in no known set (UTF-8, GB18030, Big5, UTF-16)"
        raise BadReport(where, what, "save the page again as UTF-8") from error
    if len(CONTROL.findall(decoded)) > len(decoded) // 50:
        raise _no_report(where)
    if REVIEW in raw[:SAMPLE]:
        raise BadReport(where, "this is a page that --review wrote, not a report", "read the report itself")
    if MARKUP.search(decoded[:20000]):
        return _guarded(where, "web page", lambda: html.read(decoded))
    return text.read(decoded)


def _no_report(where: str) -> BadReport:
    what = "this is neither a web page, PDF, Word file, workbook nor text (a picture? a program?)"
    return BadReport(where, what, "take the report as HTML, PDF, DOCX, XLSX or TXT; pictures need OCR first")


def _office(raw: bytes, where: str) -> Document:
    """A DOCX or XLSX file; both are ZIP archives, which may unpack to more than a machine holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = {entry.filename: entry.file_size for entry in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise BadReport(where, "the file is cut short or damaged", "fetch it again") from error
    size = sum(size for name, size in names.items() if name.endswith((".xml", ".rels")))
    if size > MOST_UNPACKED or sum(names.values()) > MOST_MEDIA:
        what = f"it unpacks to {max(size, sum(names.values())) / 2**20:.0f} MB; no report does"
        raise BadReport(where, what, "do not open it; ask where it comes from")
    if "word/document.xml" in names:
        from analysis.reports import docx

        return _guarded(where, "Word file", lambda: docx.read(raw))
    if "xl/workbook.xml" in names:
        return _workbook(raw, where)
    raise BadReport(where, "this archive is neither a Word file nor a workbook", "unpack it and read the files in it")


def _workbook(raw: bytes, where: str) -> Document:
    from analysis.reports import xlsx

    return _guarded(where, "workbook", lambda: xlsx.read(raw))


def _guarded(where: str, kind: str, read: Callable[[], Document]) -> Document:
    """What `read` gives; whatever a library cannot make sense of becomes an error that names the file."""
    try:
        return read()
    except (BadReport, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of a library in Rust is no Exception
        what = f"this {kind} is damaged or not what it seems ({type(error).__name__}: {error})"
        raise BadReport(where, what[:300], "open it in its program, save it again, and read that file") from error
