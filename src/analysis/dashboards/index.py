"""The first page of an edition: every dashboard by unit and by year, what is new, what is earlier, what failed."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Any

from analysis import codebook
from analysis.codebook import Codebook
from analysis.dashboards import frame

Entry = Mapping[str, Any]

STATES = ("new", "failed", "kept")  # those that the index names; what is "same" needs no word
# What records of earlier versions do not say.
UNSAID: Entry = {"made_on": "", "companions": [], "names": [], "within": [], "headline": {}}
USUAL = {"since": 0, "until": 0, "peers": "level", "level": "", "indicator": ""}  # needs no word beside a link


def file(language: str) -> str:
    """Name of the index in a language."""
    return "index.html" if language == "zh" else f"index-{language}.html"


def render(entries: Iterable[Entry], *, language: str) -> str:
    """The index page over the `entries` of a run record: by level and unit, and once more by year."""
    book = codebook.load(language)
    pages: list[Entry] = sorted(map(_known, entries), key=_place)
    rows = [_row(list(held), book) for _, held in groupby(pages, lambda entry: entry["unit"])]
    return frame.render(
        "index.html",
        title=book.word("index_title"),
        book=book,
        css=frame.style("exhibit.css", "page.css", "index.css"),
        script=frame.Asset("js", frame.own("index.js")),
        shared=False,
        dashboards=len(pages),
        units=len(rows),
        states=_states(pages, book),
        choices=_choices(pages, book),
        levels=_by_level(rows, book),
        years=_by_year(pages, book),
    )


def _known(entry: Entry) -> Entry:
    """An entry with all that the index tells, also one of an earlier record."""
    return {**UNSAID, "state": "failed" if entry["error"] else "same", **entry}


def _place(entry: Entry) -> tuple[str, bool, bool, str, int, str]:
    """By unit, the yearly dashboards first, then those over the years; of each the latest foremost."""
    yearly, year = entry["notebook"] == "yearly_dashboard", entry["year"] or 0
    return entry["unit"], not yearly, bool(year), entry["notebook"], -year, entry["file"]


def _states(pages: list[Entry], book: Codebook) -> list[str]:
    """How many dashboards are in each state that the index names, in words."""
    held = Counter(entry["state"] for entry in pages)
    return [book.word("index_count", label=book.word(f"index_{of}"), count=held[of]) for of in STATES if held[of]]


def _choices(pages: list[Entry], book: Codebook) -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be filtered by, each with its codes and words; only where it tells dashboards apart."""
    levels = [(name, book.term("level", name)) for name in book.terms["level"] if _any(pages, "level", name)]
    years = sorted({entry["year"] for entry in pages if entry["year"]}, reverse=True)
    chosen = {
        "level": levels if len(levels) > 1 else [],
        "region": _regions(pages, book),
        "year": [(str(year), book.word("year", year=year)) for year in years] if len(years) > 1 else [],
        "state": [(name, book.word(f"index_{name}")) for name in STATES if _any(pages, "state", name)],
    }
    return [(name, options) for name, options in chosen.items() if options]


def _any(pages: list[Entry], name: str, value: str) -> bool:
    return any(entry[name] == value for entry in pages)


def _regions(pages: list[Entry], book: Codebook) -> list[tuple[str, str]]:
    """The regions that hold units, each after the one above it, under its full name; none where there is but one."""
    full = {
        entry["within"][at][0]: book.word("index_within").join(name for _, name in reversed(entry["within"][at:]))
        for entry in pages
        for at in range(len(entry["within"]))
    }
    return sorted(full.items()) if len(full) > 1 else []


def _by_level(rows: list[dict[str, Any]], book: Codebook) -> list[tuple[str, list[dict[str, Any]]]]:
    held = [(term.label, [row for row in rows if row["level"] == level]) for level, term in book.terms["level"].items()]
    return [(label, found) for label, found in held if found]


def _row(pages: list[Entry], book: Codebook) -> dict[str, Any]:
    """A unit: who it is, what finds it, its main figure, the links to its dashboards under what they are of."""
    told = max(pages, key=lambda entry: entry["made_on"])  # what the latest run knew of it
    regions = book.word("index_within").join(name for _, name in reversed(told["within"]))
    groups: dict[str, list[dict[str, Any]]] = {}
    for entry in pages:
        groups.setdefault(entry["notebook"] if entry["year"] else "index_topics", []).append(_link(entry, book))
    return {
        "unit": told["unit"],
        "name": told["name"],
        "level": told["level"],
        "notes": [note for note in (regions, book.word("invented") if told.get("invented") else "") if note],
        "found_by": " ".join([told["name"], *told["names"], told["unit"], regions]),
        "within": " ".join([told["unit"], *[region for region, _ in told["within"]]]),
        "headline": told["headline"],
        "groups": [(book.word(name), links) for name, links in groups.items()],
    }


def _link(entry: Entry, book: Codebook) -> dict[str, Any]:
    """A dashboard among those of its unit, and what lies beside its page."""
    name = book.word(entry["notebook"])
    year = book.word("year", year=entry["year"]) if entry["year"] else ""
    label = _told(year or name, _asides(entry, book), book)
    stem = entry["file"].removesuffix(".html")
    kinds: list[str] = entry["companions"] if entry["page"] else []
    beside = [{"kind": kind.upper(), "file": f"{stem}.{kind}", "label": f"{label} {kind.upper()}"} for kind in kinds]
    return _shown(entry, label, book) | {"year": entry["year"] or "", "error": entry["error"], "beside": beside}


def _shown(entry: Entry, label: str, book: Codebook) -> dict[str, Any]:
    """A dashboard by its `label`, with its page where it has one and what state that is in."""
    state = entry["state"] if entry["state"] in STATES else ""
    page = entry["file"] if entry["page"] else ""
    return {"label": label, "file": page, "state": state, "said": _state(entry, state, book)}


def _state(entry: Entry, state: str, book: Codebook) -> str:
    """The state of a page in words, with the day that it was made where it is not of the latest run."""
    if state == "failed":
        said = book.word("failed_kept" if entry["page"] else "failed")
        return _told(said, [entry["made_on"]] if entry["page"] and entry["made_on"] else [], book)
    if state == "kept" and entry["made_on"]:
        return book.word("index_made_on", date=entry["made_on"])
    return book.word(f"index_{state}") if state else ""


def _asides(entry: Entry, book: Codebook) -> list[str]:
    """What was chosen otherwise than by default, in words."""
    given = {name: value for name, value in entry["parameters"].items() if value != USUAL.get(name, value)}
    said: dict[str, Callable[[], str]] = {
        "level": lambda: book.term("level", given["level"]),
        "indicator": lambda: book.label(given["indicator"]),
        "since": lambda: book.word("index_since", year=given["since"]),
        "until": lambda: book.word("index_until", year=given["until"]),
        "peers": lambda: book.word(f"index_peers_{given['peers']}"),
    }
    return [tell() for name, tell in said.items() if name in given]


def _told(text: str, asides: list[str], book: Codebook) -> str:
    return book.word("in_brackets", text=text, aside=book.word("list_separator").join(asides)) if asides else text


def _by_year(pages: list[Entry], book: Codebook) -> list[tuple[int, list[tuple[str, list[dict[str, Any]]]]]]:
    """The years from the latest; in each the yearly dashboards by level, then the others by what they are of."""
    names = Counter({entry["unit"]: entry["name"] for entry in pages}.values())
    years: dict[int, dict[str, list[dict[str, Any]]]] = {}
    for entry in sorted(pages, key=lambda entry: _rank(entry, book)):
        if entry["year"]:
            yearly = entry["notebook"] == "yearly_dashboard"
            group = book.term("level", entry["level"]) if yearly else book.word(entry["notebook"])
            held = years.setdefault(entry["year"], {}).setdefault(group, [])
            held.append(_of_year(entry, book, alone=names[entry["name"]] == 1))
    return [(year, list(groups.items())) for year, groups in sorted(years.items(), reverse=True)]


def _rank(entry: Entry, book: Codebook) -> tuple[bool, str, int]:
    yearly, levels = entry["notebook"] == "yearly_dashboard", list(book.terms["level"])
    return not yearly, "" if yearly else entry["notebook"], levels.index(entry["level"])


def _of_year(entry: Entry, book: Codebook, *, alone: bool) -> dict[str, Any]:
    """A dashboard by the name of its unit, with its region where it is not `alone` with that name."""
    region = [] if alone else [name for _, name in entry["within"][:1]]
    label = _told(entry["name"], [*region, *_asides(entry, book)], book)
    return _shown(entry, label, book) | {"unit": entry["unit"], "beside": []}
