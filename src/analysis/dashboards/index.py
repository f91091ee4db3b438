"""The first page of an edition: every dashboard by unit, failures named."""

from collections.abc import Iterable, Mapping
from typing import Any

from analysis import codebook
from analysis.codebook import Codebook
from analysis.dashboards import frame


def file(language: str) -> str:
    """Name of the index in a language."""
    return "index.html" if language == "zh" else f"index-{language}.html"


def render(entries: Iterable[Mapping[str, Any]], *, language: str) -> str:
    """The index page over the `entries` of a run record, by level and unit."""
    book = codebook.load(language)
    units: dict[str, list[Mapping[str, Any]]] = {}
    for entry in sorted(entries, key=_place):
        units.setdefault(entry["unit"], []).append(entry)
    groups = {
        term.label: [_row(held, book) for held in units.values() if held[0]["level"] == level]
        for level, term in book.terms["level"].items()
    }
    return frame.render(
        "index.html",
        book=book,
        css=frame.style("exhibit.css", "page.css"),
        script=frame.Asset("js", frame.own("index.js")),
        shared=False,
        groups=[(level, rows) for level, rows in groups.items() if rows],
        dashboards=sum(len(held) for held in units.values()),
        units=len(units),
    )


def _place(entry: Mapping[str, Any]) -> tuple[str, bool, str, int]:
    """By unit, the yearly dashboards first and the latest of them foremost."""
    return entry["unit"], entry["notebook"] != "yearly_dashboard", entry["notebook"], -(entry["year"] or 0)


def _row(entries: list[Mapping[str, Any]], book: Codebook) -> tuple[str, list[str], list[dict[str, str]]]:
    """A unit's name, the region that it belongs to and whether it is invented, and the links to its dashboards."""
    first = entries[0]
    notes = [first["above"], book.word("invented") if first.get("invented") else ""]
    return first["name"], [note for note in notes if note], [_link(entry, book) for entry in entries]


def _link(entry: Mapping[str, Any], book: Codebook) -> dict[str, str]:
    year = book.word("year", year=entry["year"]) if entry["year"] else ""
    label = f"{book.word(entry['notebook'])} {year}".strip()
    chosen = entry.get("parameters", {})
    about = [book.term("level", chosen["level"])] if chosen.get("level") else []
    about += [book.label(chosen["indicator"])] if chosen.get("indicator") else []
    if about:
        label = book.word("in_brackets", text=label, aside=book.word("list_separator").join(about))
    return {"label": label, "file": entry["file"] if entry["page"] else "", "error": entry["error"]}
