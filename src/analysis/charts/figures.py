"""Figures as words and tables: the headlines of a year, the requests table as the form prints it, every figure held."""

from typing import Any

import polars as pl

from analysis import wording
from analysis.charts.exhibit import Cell, Exhibit, Table
from analysis.charts.sparkline import sparkline
from analysis.charts.tables import card, key, silence
from analysis.codebook import Codebook


def headlines(rows: pl.DataFrame, book: Codebook, *, topic: str, year: int) -> Exhibit:
    """What are the year's main figures on a topic? Rows of metrics.leading; core figures show their gaps too.

    The title tells as many as there are core figures. The units of metrics.with_existing stand beside their figure.
    """
    always = list(book.topics["core"].indicators)
    now = rows.filter(pl.col("year") == year, pl.col("value").is_not_null() | pl.col("indicator").is_in(always))
    stated_before = set(rows.filter(pl.col("year") < year, pl.col("value").is_not_null())["indicator"])
    years = sorted(rows["year"].unique())
    cards = [
        card(
            row,
            book,
            change=_moved(row, book, earlier=row["indicator"] in stated_before),
            whole=_existing(row, book) or _whole(row, now, book),
            past=sparkline(_past(rows, row), book, years=years),
        )
        for row in now.iter_rows(named=True)
    ]
    if not cards:
        silent = silence(rows.filter(pl.col("year") == year), [year], book)
        return Exhibit(topic=book.topics[topic].label, finding=silent, book=book)
    return Exhibit(
        topic=book.topics[topic].label,
        finding=_finding(now.head(len(always)), book, year),
        book=book,
        statistic=book.word("headline_statistic"),
        block="headlines",
        content={"cards": cards},
    )


def _finding(rows: pl.DataFrame, book: Codebook, year: int) -> str:
    """The first figures in one sentence, after them which of the first are gaps, and of which kind."""
    stated = rows.filter(pl.col("value").is_not_null()).to_dicts()
    told = [
        book.word("label_figure", label=wording.scoped(row, book), figure=wording.figure_told(row, book))
        for row in stated
    ]
    gaps = rows.filter(pl.col("value").is_null()).group_by("status", maintain_order=True).agg("indicator")
    lacking = [
        book.word(
            "headlines_gap",
            labels=wording.listed((book.label(name) for name in names), book),
            gap=book.statuses[status].label,
        )
        for status, names in gaps.iter_rows()
    ]
    figures = wording.listed(told, book)
    said = book.word("sentence_separator").join(text for text in (figures, *lacking) if text)
    return wording.bound(book.word("counts_finding", year=year, figures=said), stated, book)


def _moved(row: dict[str, Any], book: Codebook, *, earlier: bool) -> str:
    """What stands below a headline: its change, a status that is not simply reported, what else is stated."""
    if row["value"] is None:
        return ""
    others = [wording.counted(value, row["indicator"], book) for value in row["others"]]
    change = wording.change(row, book) if earlier else book.word("no_earlier")
    status = book.statuses[row["status"]].label
    said = [
        change,
        status if row["status"] != "reported" and status not in change else "",
        *[_also(other, row["indicator"], book) for other in row["beside"] if other["value"] is not None],
        *[book.word("also_in_report", figure=figure) for figure in others],
    ]
    return book.word("sentence_separator").join(text for text in said if text)


def _past(rows: pl.DataFrame, row: dict[str, Any]) -> pl.DataFrame:
    """The years of the same figure in the same scope."""
    return rows.filter(pl.col("indicator") == row["indicator"], pl.col("scope").eq_missing(pl.lit(row["scope"])))


def _existing(row: dict[str, Any], book: Codebook) -> str:
    """How many units the data list below, and of how many they hold the report, where that stands beside a figure."""
    if not row.get("existing"):
        return ""
    return book.word("units_below", units=row["existing"], reports=row["reporting"])


def _whole(row: dict[str, Any], now: pl.DataFrame, book: Codebook) -> str:
    """The whole of a part, where both stand among the headlines as plain figures, with the share where it is judged."""
    whole = book.indicators[row["indicator"]].part_of
    same = pl.col("scope").eq_missing(pl.lit(row["scope"]))
    plain = now.filter(same, status="reported", qualifier="exact")
    figures = dict(plain.select(pl.col("indicator").cast(pl.String), "value").iter_rows())
    if whole not in figures or figures.get(row["indicator"], figures[whole] + 1) > figures[whole]:
        return ""
    stated = wording.counted(wording.rounded(figures[whole], book, whole), whole, book)
    told = {"label": book.label(whole), "whole": stated, "minimum": book.minimum_cases}
    if figures[whole] < book.minimum_cases:
        return book.word("of_few", **told)
    return book.word("of_whole", **told, share=wording.percent(row["value"] / figures[whole] * 100))


def _also(other: dict[str, Any], indicator: str, book: Codebook) -> str:
    stated = other | {"indicator": indicator, "status": "reported"}
    return book.word("also_stated", figure=wording.figure(stated, book), scope=book.term("scope", other["scope"]))


def ledger(rows: pl.DataFrame, book: Codebook, *, year: int) -> Exhibit:
    """Which figures are held for `year`, and where do they stand? Rows of metrics.history."""
    totals = rows.filter(pl.col("applicant") == "total")
    now = totals.filter(
        pl.col("year") == year, pl.col("value").is_not_null() | pl.col("status").is_in(book.printed_gaps)
    )
    computed = now.filter(pl.col("method") == "computed").height
    stated = now["value"].count() - computed
    finding = book.word("ledger_finding" if now.height else "ledger_none", year=year, count=stated)
    beside = book.word("computed_beside", count=computed) if computed else ""
    return Exhibit(
        topic=book.topics["ledger"].label,
        finding=wording.clauses([finding, beside], book),
        book=book,
        statistic=book.word("ledger_statistic") if now.height else "",
        table=_ledger(now, book, year) if now.height else None,
        notes=key(now, book),
    )


def _ledger(now: pl.DataFrame, book: Codebook, year: int) -> Table:
    """A row for each figure; the columns of change and scope stand only where some figure has one."""
    rows = list(now.iter_rows(named=True))
    moved = [wording.change_short(row, book) if row["previous_status"] else "" for row in rows]
    scopes = [wording.scope(row["scope"], book) for row in rows]
    places = [book.word("in_brackets", text=row["evidence"], aside=book.term("method", row["method"])) for row in rows]
    asides = {"head_change": moved, "head_scope": scopes, "head_evidence": places}
    told = {head: texts for head, texts in asides.items() if any(texts)}
    lines = [
        [
            Cell(book.label(row["indicator"])),
            Cell(wording.figure_marked(row, book), "gap" if row["value"] is None else "number"),
            *[Cell(texts[at], "note") for texts in told.values()],
        ]
        for at, row in enumerate(rows)
    ]
    heads = [book.word(word) for word in ("head_indicator", "head_value", *told)]
    levels = [1 if book.indicators[row["indicator"]].part_of else 0 for row in rows]
    return Table(caption=book.word("year", year=year), heads=heads, rows=lines, levels=levels)


def request_table(rows: pl.DataFrame, book: Codebook, *, year: int) -> Exhibit:
    """The requests table of `year` as the form prints it, with the change of each total; a panel of all applicants."""
    held = rows.filter(pl.col("year") == year)
    names = [name for name in dict.fromkeys(held["indicator"]) if _in_form(held, name)]
    split = held.filter(pl.col("applicant") != "total", pl.col("method").is_not_null())
    if split.is_empty():
        edition = book.edition_of(year)
        why = "request_table_none" if edition and book.editions[edition].by_applicant else "request_table_not_in_form"
        return Exhibit(topic=book.topics["requests"].label, finding=book.word(why, year=year), book=book)
    totals = {row["indicator"]: row for row in held.filter(pl.col("applicant") == "total").iter_rows(named=True)}
    told = {name: wording.brief(totals[f"requests_{name}"], book) for name in ("received", "concluded")}
    said = {name: wording.figure(row, book) for name, row in told.items()}
    return Exhibit(
        topic=book.topics["requests"].label,
        finding=book.word("request_table_finding", year=year, **said),
        book=book,
        statistic=book.word("request_table_statistic"),
        table=_form(held, names, book, year),
        table_open=True,
        notes=key(held.filter(pl.col("indicator").is_in(names)), book),
    )


def _in_form(held: pl.DataFrame, name: str) -> bool:
    printed = pl.col("method").is_in(["table", "computed"]) | (pl.col("status") == "parts_missing")
    return held.filter(pl.col("indicator") == name, printed).height > 0


def _form(held: pl.DataFrame, names: list[str], book: Codebook, year: int) -> Table:
    """The form's rows and columns, and the change of each total where the year before is at hand."""
    columns = [*list(book.terms["applicant"])[1:], "total"]
    cells = {(row["indicator"], row["applicant"]): row for row in held.iter_rows(named=True)}
    compared = held["previous_status"].is_not_null().any()
    lines: list[list[Cell]] = []
    for name in names:
        moved = [Cell(wording.change_short(cells[name, "total"], book), "note")] if compared else []
        lines.append([Cell(book.label(name)), *[_cell(cells[name, column], book) for column in columns], *moved])
    heads = [book.word("head_indicator"), *[book.term("applicant", column) for column in columns]]
    heads += [book.word("head_change")] if compared else []
    levels = [_depth(name, book) for name in names]
    return Table(caption=book.word("year", year=year), heads=heads, rows=lines, levels=levels)


def _depth(name: str, book: Codebook) -> int:
    above = book.indicators[name].part_of
    return 1 + _depth(above, book) if above else 0


def _cell(row: dict[str, Any], book: Codebook) -> Cell:
    return Cell(wording.marked(row, book), "gap" if row["value"] is None else "number")
