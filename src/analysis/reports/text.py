"""Bytes -> text in the character set that holds them; copied web text -> lines and tables."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from charset_normalizer import from_bytes

from analysis.codebook import vocabulary
from analysis.reports import cells
from analysis.reports.document import Builder, Document

DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([a-zA-Z0-9_-]+)""", re.IGNORECASE)
MARKS = {BOM_UTF8: "utf-8-sig", BOM_UTF16_LE: "utf-16", BOM_UTF16_BE: "utf-16"}
LIKELY = ["gb18030", "big5", "utf_16_le", "utf_16_be"]
COLUMNS = re.compile(r"[\t|]")
HAN = re.compile(r"[\u4e00-\u9fff]")
SOUND = 100  # Chinese characters for each byte that is none: text in UTF-8 that was damaged a little


def decode(raw: bytes) -> str:
    """The text of `raw`: by its mark, as UTF-8, as declared, as likely; raises UnicodeError where none holds it."""
    for mark, name in MARKS.items():
        if raw.startswith(mark):
            return raw.decode(name)
    declared = DECLARED.search(raw[:4096])
    if (held := _held(raw, ["utf-8", _wider(declared[1].decode("ascii"))] if declared else ["utf-8"])) is not None:
        return held
    damaged = raw.decode("utf-8", "replace")
    if damaged.count("\ufffd") * SOUND <= len(HAN.findall(damaged)):
        return damaged
    if (held := _held(raw, ["gb18030"])) is not None:
        return held
    best = from_bytes(raw, cp_isolation=LIKELY).best()
    if best is None:
        raise UnicodeError
    return str(best)


def _held(raw: bytes, names: list[str]) -> str | None:
    """The text of `raw` in the first of the character sets `names` that holds it."""
    for name in names:
        try:
            return raw.decode(name)
        except (UnicodeError, LookupError):
            continue
    return None


def read(text: str) -> Document:
    """Lines of copied text; lines that a tab or a bar divides into cells, two and more together, are a table."""
    builder = Builder()
    rows: list[list[str]] = []
    for line in text.splitlines():
        row = [piece.strip() for piece in COLUMNS.split(line.strip("\r\n|"))]
        indented = not any(row[:-1]) and not cells.is_figure(row[-1])  # a paragraph behind tabs
        if len(row) > 1 and any(row) and not indented:
            rows.append(row)
            continue
        _flush(builder, rows)
        builder.line(line)
    _flush(builder, rows)
    return builder.document()


def _flush(builder: Builder, rows: list[list[str]]) -> None:
    if len(rows) > 1:
        builder.grid(rows)
    else:
        for row in rows:
            builder.line(" ".join(row))
    rows.clear()


def _wider(name: str) -> str:
    """The set that a page means which declares `name`: GB 2312 is written with characters of its successors."""
    return vocabulary().words["coding"]["wider"].get(name.lower(), name)
