"""Findings -> what a person reads and judges: an id, a sentence, the figures weighed, where the judgement stands."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import polars as pl

from analysis import wording
from analysis.checks import findings
from analysis.codebook import Addend, Codebook
from analysis.facts import KEY, PRECEDENCE, Disclosures

BARE = {"title_year"}  # rules whose sides are no counts of the indicator
Row = dict[str, Any]


@dataclass(frozen=True)
class Weighed:
    """A figure that a rule looked at: what it counts, its year, and as it stands (None: there is none)."""

    indicator: str
    applicant: str
    year: int
    value: float | None
    evidence: str

    def __str__(self) -> str:
        """`indicator[@applicant] year = value`, as a judgement keeps it."""
        column = f"@{self.applicant}" if self.applicant != "total" else ""
        return f"{self.indicator}{column} {self.year} = {wording.plain(self.value)}"


@dataclass(frozen=True)
class Finding:
    """One finding with all that a person needs to judge it.

    `finding`: its id, the same in every run. `seen`: what was weighed beside single figures: a title, or a digest of
    texts or of all figures. `standing`: open, accepted, or outdated (accepted when other figures were weighed);
    `reason`: of the last judgement.
    """

    finding: str
    rule: str
    severity: str
    verdict: str
    unit: str
    year: int
    indicator: str
    applicant: str
    scope: str
    left: float | None
    right: float | None
    weighed: tuple[Weighed, ...]
    text: wording.Sentence
    seen: str = ""
    standing: str = "open"
    reason: str = ""

    @property
    def difference(self) -> float | None:
        """How much more the left side is than the right one; None where one is missing."""
        return None if self.left is None or self.right is None else self.left - self.right

    @property
    def judged(self) -> str:
        """The figures as a judgement keeps them: another text means other figures."""
        sides = f"{wording.plain(self.left)} / {wording.plain(self.right)}"
        return "; ".join([sides, *map(str, self.weighed), *([self.seen] if self.seen else [])])


def told(
    found: pl.DataFrame, data: Disclosures, book: Codebook, *, verdict: str | None = None, rule: str | None = None
) -> list[Finding]:
    """The rows of `run` (those of a verdict, of a rule) as findings, the gravest first."""
    for column, value in {"verdict": verdict, "rule": rule}.items():
        found = found if value is None else found.filter(pl.col(column) == value)
    rows = found.with_columns(pl.col("left", "right").round(wording.DECIMALS)).to_dicts()  # sums of binary fractions
    figures = _figures(rows, data, book)
    last = {row["finding"]: row for row in data.own("verdicts").iter_rows(named=True)}
    grave = list(book.terms["severity"])
    statements = cache(lambda: data.own("statements"))  # read once, and only if a finding is about them
    made = [_finding(row, figures, last, _seen(row, data, statements), book) for row in rows]
    return sorted(made, key=lambda each: (grave.index(each.severity), each.unit, each.year, each.finding))


def against(data: Disclosures, book: Codebook, *, units: Sequence[str], years: Sequence[int]) -> list[Finding]:
    """What does not hold among the figures of `units` in `years`: the doubts of a page."""
    return told(findings.run(data, book, units=units, years=years), data, book, verdict="fail")


def _seen(row: Row, data: Disclosures, statements: Callable[[], pl.DataFrame]) -> str:
    """What rules on whole reports weigh, in short."""
    years = [row["year"] - 1, row["year"]]
    if row["rule"] == "title_year":
        return str(data.reports_of([row["unit"]], years[1:])["title"].item())
    if row["rule"] == "unchanged_statements":
        sources = data.reports_of([row["unit"]], years)["report"]
        held = statements().filter(pl.col("source").is_in(sources.implode()))
        return _digest(held.sort("source", "number")["text"])
    if row["rule"] == "unchanged_figures":
        held = data.facts.filter(pl.col("unit") == row["unit"], pl.col("year").is_in(years))
        return _digest(held.select(pl.format("{} {} {} {}", "year", *KEY[2:4], "value")).collect().to_series().sort())
    return ""


def _digest(texts: pl.Series) -> str:
    return hashlib.sha256("\n".join(texts.drop_nulls()).encode()).hexdigest()[:12]


def _finding(row: Row, figures: dict[tuple[Any, ...], Row], last: dict[str, Row], seen: str, book: Codebook) -> Finding:
    name = finding_id(row)
    weighed = tuple(_weighed(row, figures, book))
    severity = book.rules[row["rule"]].severity
    text = wording.Sentence(_text(row, weighed, book), [_basis(row, each, book) for each in weighed])
    made = Finding(finding=name, severity=severity, weighed=weighed, text=text, seen=seen, **row)
    judged = last.get(name)
    if judged is None or judged["judgement"] == "reopened":
        return made
    standing = "accepted" if judged["judged"] == made.judged else "outdated"
    return replace(made, standing=standing, reason=judged["reason"])


def finding_id(row: Row) -> str:
    """`rule/unit-year[/indicator[@applicant]][/scope]`."""
    return f"{row['rule']}/{wording.cell_id(row)}"


def _basis(row: Row, weighed: Weighed, book: Codebook) -> wording.Basis:
    """The cell of a figure that a rule looked at, and what stands in it."""
    cell = {**row, "year": weighed.year, "indicator": weighed.indicator, "applicant": weighed.applicant}
    said = book.word("year_label", year=weighed.year, label=book.label(weighed.indicator))
    told = f"{said}{book.word('colon')}{_number(weighed.value, weighed.indicator, book)}"
    place = book.word("in_brackets", text=told, aside=weighed.evidence) if weighed.evidence else told
    return wording.Basis(wording.cell_id(cell), place)


def _figures(rows: list[Row], data: Disclosures, book: Codebook) -> dict[tuple[Any, ...], Row]:
    """The facts that findings weigh, by cell and by whether the text tells them; the first of several methods."""
    types = data.facts.collect_schema()
    wanted = {cell for row in rows for cell, _ in _cells(row, book)}
    cells = pl.LazyFrame(list(wanted), {name: types[name] for name in KEY}, orient="row")
    held = data.facts.join(cells, on=KEY, how="semi").select(*KEY, "value", "evidence", "method", "status").collect()
    usable = pl.col("value").is_not_null() & (pl.col("status") != "definition_differs")
    by_cell: dict[tuple[Any, ...], Row] = {}
    for name in reversed(PRECEDENCE):
        for row in held.filter(pl.col("method") == name, usable).iter_rows(named=True):
            by_cell[*(row[column] for column in KEY), name == "prose"] = row
    for row in held.filter(~usable).iter_rows(named=True):
        by_cell.setdefault((*(row[column] for column in KEY), row["method"] == "prose"), row | {"value": None})
    return by_cell


def _weighed(row: Row, figures: dict[tuple[Any, ...], Row], book: Codebook) -> Iterator[Weighed]:
    filled = {rule.left[0].indicator for rule in book.identities.values() if rule.fills}
    for cell, told in _cells(row, book):
        _, year, indicator, applicant, _ = cell
        kinds = [told] if row["rule"] == "prose_table" else [told, not told]
        facts = [fact for kind in kinds if (fact := figures.get((*cell, kind)))]
        fact = next((fact for fact in facts if fact["value"] is not None), facts[0] if facts else None)
        if fact or indicator not in filled:
            value, evidence = (fact["value"], fact["evidence"]) if fact else (None, "")
            yield Weighed(indicator, applicant, year, value, evidence)


def _cells(row: Row, book: Codebook) -> Iterator[tuple[tuple[str, int, str, str, str], bool]]:
    """The cells that a finding weighs, by KEY, and whether the text's figure is meant: the table's else goes first."""
    if row["rule"] == "prose_table":
        cell = (row["unit"], row["year"], row["indicator"], "total")
        yield (*cell, "unstated"), False
        yield (*cell, row["scope"]), True
        return
    for term in _terms(row, book):
        applicant = term.applicant if row["rule"] in {"request_applicants", "rate_in_range"} else row["applicant"]
        year = row["year"] - term.before
        for name in (term.indicator, *_parts(term.indicator, year, book)):
            yield (row["unit"], year, name, applicant, row["scope"]), False


def _parts(indicator: str, year: int, book: Codebook) -> list[str]:
    """The parts whose sum stands for `indicator` where the form of the year prints no such total."""
    edition = book.edition_of(year)
    rules = [rule for rule in book.identities.values() if rule.fills and edition in rule.editions]
    return [part.indicator for rule in rules if rule.left[0].indicator == indicator for part in rule.right]


def _terms(row: Row, book: Codebook) -> list[Addend]:
    """What a rule weighs, in its order."""
    rule, name = row["rule"], row["indicator"]
    if rule in book.identities:
        identity = book.identities[rule]
        terms = [*identity.left, *identity.right]
        return [Addend(name, term.applicant, 1) if term.indicator == "*" else term for term in terms]
    if rule == "rate_in_range":
        return [*book.metrics[name].numerator, *book.metrics[name].denominator]
    if rule == "part_within_whole":
        return [Addend(name, "total", 1), Addend(book.indicators[name].part_of, "total", 1)]
    if rule in {"jump", "stated_growth"}:
        return [Addend(name, "total", 1, 1), Addend(name, "total", 1)]
    return [Addend(name, "total", 1)] if name else []


def _text(row: Row, weighed: Sequence[Weighed], book: Codebook) -> str:
    rule, name = row["rule"], row["indicator"]
    label = book.label(name) if name else ""
    if row["applicant"] != "total":
        label = book.word("labelled_applicant", label=label, applicant=book.term("applicant", row["applicant"]))
    said = {
        "rule": book.rules[rule].label,
        "label": label,
        "year": row["year"],
        "last": row["year"] - 1,
        "left": _side(row, "left", book),
        "right": _side(row, "right", book),
        "figures": wording.listed((_number(each.value, each.indicator, book) for each in weighed), book),
        "difference": _number(_difference(row), name, book),
        "whole": book.label(book.indicators[name].part_of) if rule == "part_within_whole" else "",
        "scope": wording.scope(row["scope"], book) or "",
    }
    key = "sum" if rule in book.identities else rule
    return book.word(f"finding_{key}" if row["verdict"] == "fail" else f"finding_{row['verdict']}", **said)


def _side(row: Row, side: str, book: Codebook) -> str:
    """A side of a rule in its unit: a count of the indicator, a percentage, or a bare number."""
    if row["rule"] == "stated_growth" and row[side] is not None:
        return wording.percent(row[side], signed=True)
    bare = row["rule"] in BARE or (row["rule"] == "units_covered" and side == "right")
    return _number(row[side], "" if bare else row["indicator"], book)


def _difference(row: Row) -> float | None:
    return None if row["left"] is None or row["right"] is None else abs(row["left"] - row["right"])


def _number(value: float | None, name: str, book: Codebook) -> str:
    if value is None:
        return book.word("printed_none")
    return wording.counted(value, name, book) if name in book.indicators else wording.plain(value)
