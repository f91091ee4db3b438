"""The first page of an edition: every dashboard by unit, failures named."""

from collections.abc import Iterable, Mapping
from typing import Any

from analysis import codebook
from analysis.dashboards.page import css, template
from analysis.facts import Disclosures, Unit

FILES = {"zh": "index.html", "en": "index-en.html"}


def render(entries: Iterable[Mapping[str, Any]], data: Disclosures, *, language: str) -> str:
    """The index page over the `entries` of a run record, by level and unit."""
    book = codebook.load(language)
    units: dict[str, list[Mapping[str, Any]]] = {}
    for entry in sorted(
        entries, key=lambda entry: (entry["notebook"] != "yearly_dashboard", entry["notebook"], -(entry["year"] or 0))
    ):
        units.setdefault(entry["unit"], []).append(entry)
    known = [data.unit(unit) for unit in units]
    groups = [
        (term.label, [_row(unit, units[unit.unit], data, book) for unit in known if unit.level == level])
        for level, term in book.terms["level"].items()
    ]
    return template("index.html").render(
        book=book,
        word=book.word,
        css=css("exhibit.css", "page.css"),
        groups=[group for group in groups if group[1]],
        dashboards=sum(len(held) for held in units.values()),
        units=len(units),
    )


def _row(
    unit: Unit, entries: list[Mapping[str, Any]], data: Disclosures, book: codebook.Codebook
) -> tuple[str, str, list[dict[str, str]]]:
    """A unit's name, the region that it belongs to, and the links to its dashboards."""
    above = data.unit(unit.parent).named(book.language) if unit.parent else ""
    return unit.named(book.language), above, [_link(entry, book) for entry in entries]


def _link(entry: Mapping[str, Any], book: codebook.Codebook) -> dict[str, str]:
    year = book.word("year", year=entry["year"]) if entry["year"] else ""
    return {
        "label": f"{book.word(entry['notebook'])} {year}".strip(),
        "file": entry["file"] if entry["page"] else "",
        "error": entry["error"],
    }
