"""Small counts as they deserve: every count of every year as a dot and its number, every gap by its mark."""

from collections.abc import Iterable

import polars as pl

from analysis import wording
from analysis.charts.dots import dots
from analysis.charts.exhibit import Exhibit
from analysis.charts.tables import by_year, key, silence, since_first_figure
from analysis.charts.theme import top
from analysis.codebook import Codebook


def counts(rows: pl.DataFrame, book: Codebook, *, topic: str) -> Exhibit:
    """How often, year by year? Rows are metrics.leading of a panel: one count for each indicator and year."""
    shown = since_first_figure(rows)
    stated = rows.filter(pl.col("value").is_not_null())
    label = book.topics[topic].label
    if stated.is_empty():
        return Exhibit(topic=label, finding=silence(rows, rows["year"], book), book=book)
    return Exhibit(
        topic=label,
        finding=_finding(stated, book),
        book=book,
        statistic=book.word("counts_statistic"),
        charts=dots(
            shown,
            book,
            called=lambda row: book.label(row["indicator"]),
            reach=top(stated["value"]),
            label=wording.listed((book.label(name) for name in dict.fromkeys(rows["indicator"])), book),
        ),
        table=by_year(rows, book),
        notes=[*_changes(shown, book), *_no_cell(shown, book), *_scopes(stated, book), *key(shown, book)],
    )


def _finding(stated: pl.DataFrame, book: Codebook) -> str:
    latest = stated["year"].max()
    held = list(stated.filter(pl.col("year") == latest).iter_rows(named=True))
    said = [
        book.word("label_figure", label=book.label(row["indicator"]), figure=wording.figure_told(row, book))
        for row in held
    ]
    told = book.word("counts_finding", year=latest, figures=wording.clauses(said, book))
    return wording.bound(told, [{**row, "previous": None} for row in held], book)


def _changes(rows: pl.DataFrame, book: Codebook) -> list[wording.Sentence]:
    """What became of each count that has a figure: its last, beside the year before, in words."""
    held = rows.sort("year", maintain_order=True).group_by("indicator", maintain_order=True)
    order = list(dict.fromkeys(rows["indicator"]))
    said: dict[object, list[wording.Row]] = {
        name: list(of.iter_rows(named=True)) for (name,), of in held if of["value"].is_not_null().any()
    }
    return [wording.finding(said[name], book) for name in order if name in said]


def _no_cell(rows: pl.DataFrame, book: Codebook) -> list[str]:
    """For which years the form had no cell for a count and the text did not tell it either."""
    lacking = rows.filter(pl.col("status") == "not_found", pl.col("edition").is_not_null())
    years: dict[str, list[int]] = {}
    for name, year, edition in lacking.select("indicator", "year", "edition").sort("year").iter_rows():
        if not book.indicators[name].in_table(edition):
            years.setdefault(name, []).append(year)
    names: dict[str, list[str]] = {}
    for name in [each for each in dict.fromkeys(rows["indicator"]) if each in years]:
        names.setdefault(_spans(years[name], book), []).append(book.label(name))
    said = [book.word("in_brackets", text=wording.listed(labels, book), aside=spans) for spans, labels in names.items()]
    return [book.word("no_cell", labels=book.word("sentence_separator").join(said))] if said else []


def _spans(years: Iterable[int], book: Codebook) -> str:
    """Years as a list in which those that follow each other are one span."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return wording.listed((wording.period(run, book) for run in runs), book)


def _scopes(stated: pl.DataFrame, book: Codebook) -> list[str]:
    """Which counts are of several scopes, as their dots stand side by side."""
    notes: list[str] = []
    for (name,), of in stated.sort("year").group_by("indicator", maintain_order=True):
        years = {scope: of.filter(pl.col("scope") == scope)["year"].to_list() for scope in of["scope"].unique()}
        if len(years) > 1:
            said = [
                book.word("in_brackets", text=book.term("scope", scope), aside=_spans(held, book))
                for scope, held in sorted(years.items(), key=lambda each: each[1])
            ]
            notes.append(book.word("scopes_mixed", label=book.label(str(name)), scopes=wording.listed(said, book)))
    return notes
