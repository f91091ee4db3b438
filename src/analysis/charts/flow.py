"""Do the requests that came in equal those that went out? Two stacks on one scale, and each year's pair."""

from typing import Any

import polars as pl

from analysis import wording
from analysis.charts import parts
from analysis.charts.exhibit import Cell, Exhibit, Table
from analysis.charts.flow_of_year import called, flow_of_year
from analysis.charts.flow_over_years import flow_over_years
from analysis.charts.tables import key, silence, upright
from analysis.codebook import Codebook
from analysis.metrics.flow import BALANCE
from analysis.wording import Sentence

Row = dict[str, Any]


def flow(rows: pl.DataFrame, book: Codebook, *, topic: str) -> Exhibit:
    """Do the requests carried in and received equal those concluded and carried out? Rows of metrics.flow.

    The latest year that has a side to draw stands by itself; all years from the first such stand beside it.
    """
    terms = rows.filter(pl.col("indicator").cast(pl.String) == pl.col("term"))
    label = book.topics[topic].label
    stated = terms.filter(pl.col("value").is_not_null())
    if stated.is_empty():
        return Exhibit(topic=label, finding=silence(terms, terms["year"], book), book=book)
    drawn = sorted(terms.filter(pl.col("total").is_not_null())["year"].unique())
    latest = rows.filter(pl.col("year") == (drawn or [0])[-1])
    since = terms.filter(pl.col("year") >= min(drawn, default=min(stated["year"])))
    return Exhibit(
        topic=label,
        finding=_finding(terms, max(stated["year"]), book),
        book=book,
        statistic=book.word("flow_statistic") if drawn else "",
        charts=[
            *([flow_of_year(latest, book, topic=topic)] if drawn else []),
            *([flow_over_years(since, book, topic=topic)] if len(drawn) > 1 else []),
        ],
        table=_table(terms, book) if drawn else None,
        notes=[
            *(key(pl.concat([since, latest]), book) if drawn else []),
            *parts.scopes(terms.filter(pl.col("total").is_not_null()), book),
            *_judged(terms, book),
            *_odd(terms, max(stated["year"]), book),
            *_lacking_years(terms, max(stated["year"]), book),
            *_not_in_form(terms, book),
        ],
    )


def _of(terms: pl.DataFrame, year: int) -> dict[str, Row]:
    return {row["term"]: row for row in terms.filter(pl.col("year") == year).iter_rows(named=True)}


def _cited(rows: pl.DataFrame) -> list[Row]:
    """The stated rows, whose changes no sentence here tells."""
    return [row | {"previous": None} for row in rows.filter(pl.col("value").is_not_null()).iter_rows(named=True)]


def _finding(terms: pl.DataFrame, year: int, book: Codebook) -> Sentence:
    """Whether the latest year balances; where that cannot be told, what is lacking and the last year that can be."""
    now = terms.filter(pl.col("year") == year)
    known = terms.filter(pl.col("apart").is_not_null())["year"].to_list()
    if year in known:
        return wording.bound(_weighed(_of(terms, year), year, book), _cited(now), book)
    stated = [
        book.word("label_figure", label=called(row, book), figure=wording.figure(row, book))
        for row in now.filter(pl.col("value").is_not_null()).iter_rows(named=True)
    ]
    told = {"stated": wording.listed(stated, book), "missing": _lacking(now, book)}
    said = [book.word("flow_unknown", year=year, **told)]
    cited = now
    if known:
        said.append(_weighed(_of(terms, max(known)), max(known), book))
        cited = pl.concat([now, terms.filter(pl.col("year") == max(known))])
    return wording.bound(book.word("sentence_separator").join(said), _cited(cited), book)


def _weighed(of: dict[str, Row], year: int, book: Codebook) -> str:
    """That both sides of a year are equal, or by how much they are not."""
    first = of["requests_concluded"]
    told = {
        "year": year,
        "entered": wording.counted(of["requests_received"]["total"], "requests_received", book),
        "concluded": wording.figure(first, book),
        "left": wording.figure(of["requests_carried_out"], book),
    }
    said = book.word("flow_balanced", **told)
    if first["apart"]:
        told["gone"] = wording.counted(first["total"], "requests_concluded", book)
        told["difference"] = wording.counted(abs(first["apart"]), "requests_concluded", book)
        said = book.word("flow_apart", **told)
    scope = wording.scope(first["scope"], book)
    return book.word("in_brackets", text=said, aside=scope) if scope else said


def _lacking(rows: pl.DataFrame, book: Codebook) -> str:
    """The terms that cannot be used, each with the reason."""
    return wording.listed(
        (
            book.word("silent_labels", labels=called(row, book), status=_why(row, book))
            for row in rows.filter(~pl.col("usable")).iter_rows(named=True)
        ),
        book,
    )


def _why(row: Row, book: Codebook) -> str:
    if row["value"] is None or row["status"] != "reported":
        return book.statuses[row["status"]].label
    if row["qualifier"] != "exact":
        return book.term("qualifier", row["qualifier"])
    return book.word("other_scope_short")


def _judged(terms: pl.DataFrame, book: Codebook) -> list[Sentence]:
    """In how many of the years that can be weighed both sides are equal; nothing for a single one."""
    known = terms.filter(pl.col("apart").is_not_null())
    years = known["year"].unique().to_list()
    if len(years) < 2:
        return []
    equal = known.filter(pl.col("apart") == 0)["year"].n_unique()
    said = book.word("flow_judged", period=wording.period(years, book), count=len(years), equal=equal)
    return [wording.bound(said + book.word("full_stop"), _cited(known), book)]


def _odd(terms: pl.DataFrame, latest: int, book: Codebook) -> list[Sentence]:
    """The years before the latest whose sides differ."""
    odd = terms.filter(pl.col("apart") != 0, pl.col("year") < latest)
    return [
        wording.bound(_weighed(_of(odd, year), year, book) + book.word("full_stop"), _cited(of), book)
        for (year,), of in odd.group_by("year", maintain_order=True)
        if isinstance(year, int)
    ]


def _lacking_years(terms: pl.DataFrame, latest: int, book: Codebook) -> list[str]:
    """What the years lack whose form would let weigh them; the finding tells it of the latest."""
    held = terms.filter(
        pl.col("apart").is_null(),
        pl.col("year") != latest,
        pl.col("edition").is_in(book.identities[BALANCE].editions),
        pl.col("value").is_not_null().any().over("year"),
    )
    return [
        book.word("flow_last", year=year, missing=_lacking(of, book)) + book.word("full_stop")
        for (year,), of in held.group_by("year", maintain_order=True)
    ]


def _not_in_form(terms: pl.DataFrame, book: Codebook) -> list[str]:
    """The years whose form has no cells for some terms, and what the reports say of these all the same."""
    before = [form for form in book.editions if form not in book.identities[BALANCE].editions]
    names = [name for name in dict.fromkeys(terms["term"]) if not any(map(book.indicators[name].in_table, before))]
    without = terms.filter(pl.col("edition").is_in(before), pl.col("term").is_in(names), pl.col("value").is_null())
    if without.is_empty():
        return []
    labels = dict.fromkeys(called(row, book) for row in without.iter_rows(named=True))
    told = {
        "period": wording.period(without["year"], book),
        "labels": wording.listed(labels, book),
        "statuses": wording.listed((book.statuses[name].label for name in dict.fromkeys(without["status"])), book),
    }
    return [book.word("flow_not_in_form", **told) + book.word("full_stop")]


def _table(terms: pl.DataFrame, book: Codebook) -> Table:
    """A row for each term, below each side its total, at the end the difference; a column for each year reported."""
    years = sorted(terms.filter(pl.col("status") != "report_missing")["year"].unique())
    by_year = [_of(terms, year) for year in years]
    lines: list[list[Cell]] = []
    for side, head in (("in", "flow_entered"), ("out", "flow_gone")):
        names = dict.fromkeys(terms.filter(pl.col("side") == side)["term"])
        lines += [[Cell(book.label(name)), *[_figure(of[name], book) for of in by_year]] for name in names]
        first = next(iter(names))
        lines.append([Cell(book.word(head)), *[_number(of[first]["total"], book) for of in by_year]])
    lines.append([Cell(book.word("flow_difference")), *[_number(of[first]["apart"], book) for of in by_year]])
    heads = [book.word("head_indicator"), *[book.word("year", year=year) for year in years]]
    return upright(Table(wording.period(years, book), heads, lines, levels=[1, 1, 0, 1, 1, 0, 0]), book)


def _figure(row: Row, book: Codebook) -> Cell:
    return Cell(wording.marked(row, book), "gap" if row["value"] is None else "number")


def _number(value: float | None, book: Codebook) -> Cell:
    return Cell(book.word("not_computed"), "gap") if value is None else Cell(wording.number(value, book), "number")
