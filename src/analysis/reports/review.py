"""What was read beside what it was read from: one offline page on which a person checks every figure."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from analysis import wording
from analysis.codebook import Codebook
from analysis.reports import telling
from analysis.reports.entries import Doubt, Figure, Reading
from analysis.reports.marks import Mark, draw

Held = list[tuple[Mark, Figure]]


def page(readings: Sequence[Reading], failures: Sequence[tuple[str, str]], book: Codebook) -> str:
    """One offline page of the `readings`, each beside its report; `failures` are files with why they were not read."""
    sections = [_section(f"r{number}", reading, book) for number, reading in enumerate(readings, 1)]
    return _template().render(
        book=book, word=book.word, scope=wording.scope, css=_css(), sections=sections, failures=failures
    )


@cache
def _template() -> Template:
    loader = PackageLoader("analysis", "reports")
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).get_template("review.html")


@cache
def _css() -> Markup:
    return Markup(Path(__file__).with_suffix(".css").read_text(encoding="utf-8"))  # noqa: S704 our own file


def _section(prefix: str, reading: Reading, book: Codebook) -> dict[str, Any]:
    """All that the page shows of one file; `drawn` is its text and tables with every entry marked."""
    figures = [
        (Mark(f"{prefix}-f{number}", "figure", telling.called(entry, book), entry.place), entry)
        for number, entry in enumerate(reading.figures, 1)
    ]
    counts = [
        (Mark(f"{prefix}-c{number}", "count", book.word(f"count_{entry.reason}"), entry.place), entry)
        for number, entry in enumerate(reading.counts, 1)
    ]
    statements = [
        (Mark(f"{prefix}-s{number}", entry.kind, book.word(f"review_{entry.kind}", number=number), entry.place), entry)
        for number, entry in enumerate(reading.statements, 1)
    ]
    reasons = dict.fromkeys(["no_meaning", *sorted(entry.reason for entry in reading.counts)])
    groups = [_group(name, figures, book) for name in book.terms["group"]]
    return {
        "id": prefix,
        "reading": reading,
        "title": reading.title or reading.file,
        "drawn": draw(prefix, reading.document, [mark for mark, _ in [*figures, *counts, *statements]]),
        "doubts": [_doubt(doubt, figures, book) for doubt in reading.doubts],
        "counts": {
            reason: held for reason in reasons if (held := [pair for pair in counts if pair[1].reason == reason])
        },
        "groups": [group for group in groups if group["lines"] or group["split"]],
        "statements": statements,
    }


def _doubt(doubt: Doubt, figures: Held, book: Codebook) -> tuple[str, list[Mark]]:
    """The text of a doubt, and the marks of the figures that it is about."""
    about = doubt.values
    concerned = [
        mark
        for mark, figure in figures
        if figure.indicator == about.get("label")
        and (figure.section == about["cell"] if "cell" in about else figure.applicant == "total")
    ]
    return telling.doubt(doubt, book), concerned


def _group(name: str, figures: Held, book: Codebook) -> dict[str, Any]:
    """The figures of one group in the form's order: one a line, or a line of all applicants for an indicator."""
    order = {indicator: place for place, indicator in enumerate(book.by_group(name))}
    by_key = defaultdict[tuple[int, str, str], Held](list)
    for mark, figure in figures:
        if figure.indicator in order:
            by_key[order[figure.indicator], figure.scope, figure.method].append((mark, figure))
    lines: list[tuple[Mark, Figure, str]] = []
    split: list[dict[str, Any]] = []
    for key in sorted(by_key, key=lambda key: key[0]):
        if all(figure.applicant == "total" for _, figure in by_key[key]):
            lines += [(mark, figure, telling.value(figure, book)) for mark, figure in by_key[key]]
        else:
            split.append(_split(by_key[key], book))
    return {"name": name, "label": book.term("group", name), "lines": lines, "split": split}


def _split(held: Held, book: Codebook) -> dict[str, Any]:
    """One indicator for every kind of applicant, the total first."""
    first = held[0][1]
    cells = [
        [(mark, telling.value(figure, book, short=True)) for mark, figure in held if figure.applicant == applicant]
        for applicant in book.terms["applicant"]
    ]
    return {"figure": first, "section": first.section.partition(" ")[0], "cells": cells}
