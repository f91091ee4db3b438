"""Readings as plain rows and as JSON, for terminals, tables and other programs."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from analysis.codebook import Codebook
from analysis.reports import telling
from analysis.reports.entries import Figure, Reading

COLUMNS = (
    *("file", "unit", "year", "edition", "indicator", "applicant", "scope", "value", "status", "qualifier"),
    *("method", "section", "quote", "start", "end", "grid", "row", "column"),
)


def rows(reading: Reading) -> Iterator[dict[str, Any]]:
    """One row for each figure, with the columns COLUMNS; None where a column does not apply."""
    for figure in reading.figures:
        about = {"file": reading.file, "unit": reading.unit, "year": reading.year, "edition": reading.edition}
        held = about | _flat(figure)
        yield {name: held.get(name) for name in COLUMNS}


def as_json(readings: Sequence[Reading], book: Codebook) -> str:
    """Everything that was read, but for the text itself."""
    return json.dumps([_whole(reading, book) for reading in readings], ensure_ascii=False, indent=2)


def _whole(reading: Reading, book: Codebook) -> dict[str, Any]:
    named = ("file", "sha256", "title", "unit", "year", "edition", "published_on")
    return {name: getattr(reading, name) for name in named} | {
        "figures": [_flat(figure) for figure in reading.figures],
        "counts": [asdict(count) | {"place": count.place._asdict()} for count in reading.counts],
        "statements": [asdict(entry) | {"place": entry.place._asdict()} for entry in reading.statements],
        "growths": [asdict(entry) | {"place": entry.place._asdict()} for entry in reading.growths],
        "doubts": [{"doubt": doubt.doubt, "text": telling.doubt(doubt, book)} for doubt in reading.doubts],
    }


def _flat(figure: Figure) -> dict[str, Any]:
    held = asdict(figure)
    del held["place"]
    return held | figure.place._asdict()
