"""What the cells of the forms were called before and after each change, and how far their figures may be compared."""

import polars as pl

from analysis import wording
from analysis.charts.exhibit import Cell, Exhibit, Table
from analysis.codebook import Codebook, Comparability, Edition, vocabulary

NAMED_TERMS = 2  # a longer sum goes by its own name


def crosswalk(rows: pl.DataFrame, book: Codebook, *, topic: str) -> Exhibit:
    """What were the cells called in each form, and may their figures be compared? Rows of a panel.

    Only indicators with figures whose cells or definitions changed between the first and the last year with a figure.
    """
    stated = rows.filter(pl.col("value").is_not_null())
    years = sorted(stated["year"].unique()) or sorted(rows["year"].unique())
    forms = [
        form
        for form in book.editions.values()
        if form.from_year <= years[-1] and (form.to_year or years[-1]) >= years[0]
    ]
    names = [
        name for name in dict.fromkeys(stated.sort("indicator")["indicator"]) if _touched(name, years, forms, book)
    ]
    label = book.topics[topic].label
    if not names:
        return Exhibit(topic=label, finding=book.word("crosswalk_none", period=wording.period(years, book)), book=book)
    return Exhibit(
        topic=label,
        finding=_finding(names, years, book),
        book=book,
        statistic=book.word("crosswalk_statistic"),
        table=_table(names, years, forms, book),
    )


def _changes(name: str, years: list[int], book: Codebook) -> list[Comparability]:
    return [entry for entry in book.changes(name) if years[0] < entry.from_year <= years[-1]]


def _touched(name: str, years: list[int], forms: list[Edition], book: Codebook) -> bool:
    """Whether an indicator counts otherwise in some of the years, or some of the forms have no place for it."""
    places = [bool(book.indicators[name].cells.get(form.edition) or _terms(name, form.edition, book)) for form in forms]
    return bool(_changes(name, years, book)) or (any(places) and not all(places))


def _terms(name: str, edition: str, book: Codebook) -> list[str]:
    """The indicators whose sum a form gives in place of `name`; none where it prints it or lacks them."""
    sums = [rule for rule in book.identities.values() if rule.fills and edition in rule.editions]
    return [term.indicator for rule in sums if rule.left[0].indicator == name for term in rule.right]


def _finding(names: list[str], years: list[int], book: Codebook) -> str:
    degrees = [{entry.degree for entry in _changes(name, years, book)} for name in names]
    broken = sum("break" in held for held in degrees)
    near = sum("near" in held and "break" not in held for held in degrees)
    told = {"count": len(names), "broken": broken, "near": near, "apart": len(names) - broken - near}
    return book.word("crosswalk_finding", **told)


def _table(names: list[str], years: list[int], forms: list[Edition], book: Codebook) -> Table:
    lines = [
        [
            Cell(book.label(name)),
            *[_place(name, form.edition, book) for form in forms],
            Cell(_comparable(name, years, book), "note"),
        ]
        for name in names
    ]
    heads = [book.word("head_indicator"), *[form.label for form in forms], book.word("head_comparable")]
    return Table(caption=wording.period(years, book), heads=heads, rows=lines)


def _place(name: str, edition: str, book: Codebook) -> Cell:
    """The words printed beside an indicator's cell in a form, with the cell's number; or that there is none."""
    cell, terms = book.indicators[name].cells.get(edition, ""), _terms(name, edition, book)
    if not cell and not terms:
        return Cell(book.statuses["not_applicable"].label, "note")
    if not terms and not book.indicators[name].in_table(edition):
        return Cell(book.term("method", "prose"), "note")
    printed = _printed(name, edition, book)
    if not printed and len(terms) <= NAMED_TERMS:
        printed = " + ".join(_printed(term, edition, book) or book.label(term) for term in terms)
    printed = printed or book.label(name)
    return Cell(book.word("in_brackets", text=printed, aside=cell) if cell else printed, "note")


def _printed(name: str, edition: str, book: Codebook) -> str:
    """The first spelling of an indicator's row or column in the tables of a form; '' where it has none of its own."""
    of_statistics = not book.editions[edition].by_applicant
    spellings = [
        label.row or label.column
        for label in vocabulary().labels
        if label.indicator == name and (label.table == "statistics") == of_statistics
    ]
    return spellings[0][0] if spellings else ""


def _comparable(name: str, years: list[int], book: Codebook) -> str:
    said = [
        book.word("crosswalk_change", year=entry.from_year, degree=book.term("degree", entry.degree), note=entry.note)
        for entry in _changes(name, years, book)
    ]
    return book.word("sentence_separator").join(said) or book.word("crosswalk_apart")
