"""How far figures can be trusted: what does not hold, text beside tables, who has reported when."""

from collections import Counter
from collections.abc import Mapping, Sequence

import altair as alt
import polars as pl

from analysis import wording
from analysis.charts.answering import TOLD
from analysis.charts.exhibit import Cell, Drawing, Exhibit, Table
from analysis.charts.names import distinct, stretches
from analysis.charts.tables import upright
from analysis.charts.theme import ACCENT, BAR, INK, MUTED, PAPER, TINT, label_axis, room
from analysis.checks import Finding
from analysis.codebook import Codebook

STEP = 20  # pixels of one unit
COLUMN, NARROW_COLUMN = 30, 18  # pixels of one year
WIDE_YEARS = 6  # more years are labelled by their last two digits
LABEL_ROOM = 200
SHOWN_UNITS = 102  # three plots of a page; more units leave a map that nobody can read
SHOWN_FINDINGS = 60
FILLS = {"full": ACCENT, "tables": BAR, "selected": TINT, "missing": PAPER}


def weighed(findings: pl.DataFrame, told: Sequence[Finding], book: Codebook, *, year: int) -> Exhibit:
    """Do the figures of `year` agree? Rows of checks.run, and those of them that do not hold, in words."""
    counts = dict(findings.group_by("verdict").len().iter_rows())
    graves = Counter(finding.severity for finding in told if finding.standing != "accepted")
    said = [
        book.word("weighed_count", count=graves[name], severity=book.term("severity", name))
        for name in book.terms["severity"]
        if graves[name]
    ]
    silent = "weighed_accepted" if counts.get("fail") else "weighed_none" if counts.get("pass") else "weighed_unknown"
    key = "weighed_finding" if said else silent
    rules = [name for name in book.rules if name in set(findings["rule"])]
    return Exhibit(
        topic=book.topics["weighed"].label,
        finding=book.word(key, year=year, counts=wording.listed(said, book)),
        book=book,
        statistic=book.word("weighed_statistic", **{name: counts.get(name, 0) for name in book.terms["verdict"]}),
        table=_by_rule(findings, rules, book, year) if rules else None,
        table_open=False,
    )


def _by_rule(findings: pl.DataFrame, rules: Sequence[str], book: Codebook, year: int) -> Table:
    counts = {(rule, verdict): count for rule, verdict, count in findings.group_by("rule", "verdict").len().iter_rows()}
    verdicts = list(book.terms["verdict"])
    lines = [
        [Cell(book.rules[rule].label), *[Cell(str(counts.get((rule, name), 0)), "number") for name in verdicts]]
        for rule in rules
    ]
    heads = [book.word("head_rule"), *[book.term("verdict", name) for name in verdicts]]
    return Table(caption=book.word("year", year=year), heads=heads, rows=lines)


def findings(told: Sequence[Finding], book: Codebook, *, names: Mapping[str, str], year: int) -> Exhibit:
    """What does not hold, the gravest first, with what a person said of it; `names` of the units by id."""
    shown = told[:SHOWN_FINDINGS]
    several = len({finding.unit for finding in told}) > 1
    heads = [*(["head_unit"] if several else []), "head_said", "head_severity", "head_standing"]
    lines = [
        [
            *([Cell(names[finding.unit])] if several else []),
            Cell(finding.text),
            Cell(book.term("severity", finding.severity), "short"),
            Cell(wording.clauses([book.term("standing", finding.standing), finding.reason], book), "note"),
        ]
        for finding in shown
    ]
    rest = len(told) - len(shown)
    notices = sum(finding.severity == "notice" for finding in told)
    key = "findings_finding" if len(told) > notices else "findings_notices" if notices else "findings_none"
    return Exhibit(
        topic=book.topics["findings"].label,
        finding=book.word(key, year=year, count=len(told) - notices, notices=notices),
        book=book,
        table=Table(book.word("year", year=year), [book.word(head) for head in heads], lines) if lines else None,
        notes=[book.word("findings_more", count=rest)] if rest else [],
    )


def agreement(told: Sequence[Finding], book: Codebook, *, names: Mapping[str, str], year: int) -> Exhibit:
    """Does the text say what the table says? Findings of the rule "prose_table", those that hold among them."""
    apart = [finding for finding in told if finding.verdict == "fail"]
    lines = [
        [
            Cell(wording.clauses([names[finding.unit], book.label(finding.indicator)], book)),
            Cell(_number(finding.left, book), "gap" if finding.left is None else "number"),
            Cell(_number(finding.right, book), "number"),
            Cell(book.word(f"agreement_{finding.verdict}"), "note"),
        ]
        for finding in [each for each in told if each.verdict != "pass"][:SHOWN_FINDINGS]
    ]
    same = sum(finding.verdict == "pass" for finding in told)
    key = "agreement_none" if not told else "agreement_finding" if apart else "agreement_all"
    heads = [book.word(head) for head in ("head_indicator", "head_table", "head_prose", "head_agreement")]
    return Exhibit(
        topic=book.topics["agreement"].label,
        finding=book.word(key, year=year, count=len(told), apart=len(apart)),
        book=book,
        table=Table(book.word("year", year=year), heads, lines) if lines else None,
        notes=[book.word("agreement_same", count=same)] if lines and same else [],
    )


def gaps(rows: pl.DataFrame, book: Codebook, *, names: Mapping[str, str], year: int) -> Exhibit:
    """Which figures are missing, and in what way? A panel of all indicators of the units named, of one year."""
    reported = rows.filter(~pl.col("status").is_in(["report_missing", "not_applicable"]))
    missing = reported.filter(pl.col("value").is_null())
    lines: list[list[Cell]] = []
    for status, entry in book.statuses.items():
        held = missing.filter(pl.col("status") == status)
        labels = [book.label(name) for name in dict.fromkeys(held["indicator"])] if len(names) == 1 else []
        if held.height:
            shown = [Cell(str(held.height), "number"), Cell(wording.listed(labels, book), "note")]
            lines.append([Cell(f"{entry.mark} {entry.label}"), *shown[: 2 if labels else 1]])
    heads = ["head_gap", "head_count", *(["head_which"] if lines and len(lines[0]) > 2 else [])]
    key = "gaps_finding" if lines else "gaps_none" if reported.height else "gaps_unreported"
    stated = reported.height - missing.height
    return Exhibit(
        topic=book.topics["gaps"].label,
        finding=book.word(key, year=year, count=stated, missing=missing.height),
        book=book,
        table=Table(book.word("year", year=year), [book.word(head) for head in heads], lines) if lines else None,
        table_open=False,
    )


def coverage(reports: pl.DataFrame, book: Codebook, *, names: Mapping[str, str], years: Sequence[int]) -> Exhibit:
    """Who has reported when, and how much of each report was taken up? `names` of all units asked about, by id."""
    held = {(unit, year): coverage for unit, year, coverage in reports.select("unit", "year", "coverage").iter_rows()}
    latest = years[-1]
    silent = [unit for unit in names if (unit, latest) not in held]
    known = {unit for unit, _ in held}
    shown = [unit for unit in names if unit in known] if len(names) > SHOWN_UNITS else list(names)
    key = "coverage_finding" if silent else "coverage_all"
    names = distinct(names, book)
    drawn = bool(held) and len(shown) <= SHOWN_UNITS
    missing = wording.listed((names[unit] for unit in silent[:SHOWN_UNITS]), book)
    return Exhibit(
        topic=book.topics["coverage"].label,
        finding=book.word(key, year=latest, count=len(names) - len(silent), all=len(names), missing=len(silent)),
        book=book,
        statistic=book.word("coverage_statistic") if drawn else "",
        charts=[_map(units, names, years, held, book) for units in stretches(shown)] if drawn else [],
        table=_counted(names, years, held, book) if held else None,
        table_open=not drawn,
        notes=[book.word("coverage_silent", year=latest, units=missing)] if silent and len(names) > 1 else [],
    )


def _map(
    units: Sequence[str],
    names: Mapping[str, str],
    years: Sequence[int],
    held: Mapping[tuple[str, int], str],
    book: Codebook,
) -> Drawing:
    cells = [(unit, year, held.get((unit, year), "missing")) for unit in units for year in years]
    cells.sort(key=lambda cell: list(FILLS).index(cell[2]))  # a page draws neighbours of one look as one shape
    words = {name: term.label for name, term in book.terms["coverage"].items()}
    words["missing"] = book.statuses["report_missing"].label
    frame = pl.DataFrame(
        {
            "unit": [names[unit] for unit, _, _ in cells],
            "year": [str(year) for _, year, _ in cells],
            "kind": [words[kind] for _, _, kind in cells],
            "told": [
                book.word("figure_of_unit", year=year, unit=names[unit], figure=words[kind])
                for unit, year, kind in cells
            ],
            "mark": [book.statuses["report_missing"].mark if kind == "missing" else "" for _, _, kind in cells],
        }
    )
    order = [names[unit] for unit in units]
    wide = room(order, limit=LABEL_ROOM)
    left = label_axis(wide, limit=LABEL_ROOM)
    many = len(years) > WIDE_YEARS
    short = "slice(datum.label, 2)" if many else alt.Undefined
    above = alt.Axis(title=None, domain=False, ticks=False, labelAngle=0, orient="top", labelExpr=short)
    x = alt.X("year:O", axis=above, scale=alt.Scale(paddingInner=0.15))
    y = alt.Y("unit:N", axis=left, sort=order, scale=alt.Scale(paddingInner=0.2))
    scale = alt.Scale(domain=[words[name] for name in FILLS], range=list(FILLS.values()))
    box = alt.Chart(frame).mark_rect(stroke=MUTED, strokeWidth=0.5)
    mark = alt.Chart(frame).mark_text(color=INK, fontSize=11)
    return alt.layer(
        box.encode(x, y, alt.Color("kind:N", scale=scale, legend=alt.Legend(columns=2)), TOLD),
        mark.encode(x, y, alt.Text("mark:N"), TOLD),
        width=(NARROW_COLUMN if many else COLUMN) * len(years),
        height=STEP * len(units),
        description=_described(units, names, years, held, book),
    )


def _described(
    units: Sequence[str],
    names: Mapping[str, str],
    years: Sequence[int],
    held: Mapping[tuple[str, int], str],
    book: Codebook,
) -> str:
    said = [
        names[unit]
        + book.word("colon")
        + (wording.listed((str(year) for year in years if (unit, year) in held), book) or book.word("never"))
        for unit in units
    ]
    return book.word(
        "alt_coverage", period=wording.period(years, book), units=book.word("sentence_separator").join(said)
    )


def _counted(
    names: Mapping[str, str], years: Sequence[int], held: Mapping[tuple[str, int], str], book: Codebook
) -> Table:
    """How many reports of each kind each year has."""
    kinds = {name: term.label for name, term in book.terms["coverage"].items()}
    lines = [
        [
            Cell(label),
            *[Cell(str(sum(held.get((unit, year)) == kind for unit in names)), "number") for year in years],
        ]
        for kind, label in kinds.items()
    ]
    silent = [Cell(str(sum((unit, year) not in held for unit in names)), "number") for year in years]
    lines.append([Cell(book.statuses["report_missing"].label), *silent])
    heads = [book.word("head_coverage"), *[book.word("year", year=year) for year in years]]
    return upright(Table(caption=wording.period(years, book), heads=heads, rows=lines), book)


def _number(value: float | None, book: Codebook) -> str:
    return book.word("printed_none") if value is None else wording.number(value, book)
