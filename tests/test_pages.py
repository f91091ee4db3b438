"""What holds of every page: no gap reads 0, no share lacks its counts, no line crosses a gap, no number is loose.

The pages are those of the invented region, out of whose figures every zero was taken: a 0 on them stands for a gap.
"""

import csv
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, permutations, product
from operator import mul
from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode
from selectolax.lexbor import LexborHTMLParser, LexborNode

from analysis import codebook, demo, facts, notebooks, paths, wording
from analysis.charts import CHART
from analysis.charts.sparkline import EDGE, WIDTH
from analysis.dashboards import Dashboard, page
from analysis.facts import Disclosures

BOOK = codebook.load("zh")
YEARS = range(2008, 2026)
# Exhibits that count units, reports, cells and findings, of which there may be none.
COUNTING = [
    "weighed",
    "findings",
    "agreement",
    "gaps",
    "coverage",
    "levels",
    "ledger",
    "heat",
    "bands",
    "concentration",
]
NUMBER = re.compile(
    r"(?<![\d.])(\d+(?:\.\d+)?)(万(?!元)|亿)?(%)?(?![\d.]|项|个|份|格|处)"
)  # not what a page counts itself
ZERO = re.compile(
    r"(?<!分母为)(?<!只有)(?<![\d.作])0(?:\.0+)?(?![\d.年])(?!件（\d+−)"
)  # "不作0处理" says the contrary; 8−8 is a backlog
# Neither changes, nor how like two texts are, nor that shares may not add up.
SHARE = re.compile(r"(?<![−+<>\d.])(?<!相似度)(?<!重复（)(?<!不等于)(?<!超过)\d+(?:\.\d+)?%")
SIZE = {"": 1, "万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True)
class Page:
    """One page as it was run and as it reads."""

    dashboard: Dashboard
    run: NotebookNode
    tree: LexborHTMLParser

    def charts(self) -> Iterator[dict[str, Any]]:
        for cell in self.run.cells:
            for output in cell.get("outputs", []):
                if CHART in output.get("data", {}):
                    yield output["data"][CHART]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Disclosures:
    """An invented county with six units, none of whose figures is 0."""
    folder = tmp_path_factory.mktemp("pages") / "data"
    demo.make(folder, units=6, years=YEARS, seed=3)
    figures = folder / "disclosures.csv"
    with figures.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        kept = [row for row in reader if row["value"] not in {"0", "0.0"}]
        columns = list(reader.fieldnames or [])
    with figures.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)
    return facts.load(folder)


def plan(data: Disclosures) -> list[Dashboard]:
    """Every notebook, the yearly ones for a year of each generation of form."""
    units = ["demo", *data.below("demo")[1:3]]
    compared = [{"region": "demo", "year": 2025, "indicator": name} for name in ("published_items", "requests_refused")]
    yearly = [{"unit": unit, "year": year} for unit in units for year in _reported(data, unit)]
    series = [{"unit": unit} for unit in units]
    given = {"unit_comparison": compared, "yearly_dashboard": yearly, "data_quality": [{"unit": "demo", "year": 2025}]}
    return [Dashboard(name, entry) for name in notebooks.names() for entry in given.get(name, series)]


def _reported(data: Disclosures, unit: str) -> list[int]:
    held = data.reports_of([unit], list(YEARS))["year"].to_list()
    return sorted({max(year for year in held if year <= bound) for bound in (2013, 2019, 2025)})


@pytest.fixture(scope="module")
def pages(data: Disclosures) -> Iterator[list[Page]]:
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(2) as pool:
        patch.setenv(paths.DATA_VARIABLE, str(data.folder))
        yield list(pool.map(_page, plan(data)))


def _page(dashboard: Dashboard) -> Page:
    run = notebooks.run(dashboard.notebook, dashboard.parameters)
    html = page.render(run, notebook=dashboard.notebook).replace("<wbr>", "")  # a place to break a line is no text
    return Page(dashboard, run, LexborHTMLParser(html))


def sections(pages: list[Page]) -> Iterator[tuple[str, str, LexborNode]]:
    """Each section of each page: the page, the topic, the section."""
    for one in pages:
        for section in one.tree.css("section"):
            topic = section.css_first(".topic")
            yield one.dashboard.file, topic.text() if topic else "", section


def test_no_gap_reads_zero(pages: list[Page]) -> None:
    read = [
        (file, topic, text)
        for file, topic, section in sections(pages)
        if topic not in {BOOK.topics[name].label for name in COUNTING}
        for node in section.css("td, h2, .figure, .change, li")
        if (text := node.text(strip=True)) and ZERO.search(text) and not _is_difference(node)
    ]
    assert read == []


def _is_difference(node: LexborNode) -> bool:
    """Whether a cell stands in a row or column of differences, which may be 0 where no figure is."""
    if node.tag != "td" or node.parent is None:
        return False
    table = node.parent.parent.parent if node.parent.parent else None
    place = len(list(_before(node)))
    above = table.css("thead th")[place] if table else None
    heads = [head.text(strip=True) for head in (node.parent.css_first("th"), above) if head]
    return not _differences().isdisjoint(heads)


def _before(node: LexborNode) -> Iterator[LexborNode]:
    """The cells of a row before this one."""
    while (before := node.prev) is not None:
        node = before
        if node.tag in {"th", "td"}:
            yield node


@cache
def _differences() -> set[str]:
    signed = [
        name
        for name, metric in BOOK.metrics.items()
        if metric.difference or any(term.sign < 0 for term in metric.numerator)
    ]
    return {BOOK.word("flow_difference"), *map(BOOK.label, signed)}


def test_no_chart_draws_a_gap(pages: list[Page]) -> None:
    drawn = [
        (one.dashboard.file, chart["description"][:40], row)
        for one in pages
        for chart in one.charts()
        for rows in chart["datasets"].values()
        for row in rows
        if row.get("value") == 0 and _differences().isdisjoint({chart["title"]["text"]})
    ]
    assert drawn == []


def test_every_share_stands_with_counts(pages: list[Page]) -> None:
    bare = [
        (file, topic, text)
        for file, topic, section in sections(pages)
        for node in section.css("tbody tr, h2, li")
        if (text := node.text(separator=" ", strip=True)) and SHARE.search(text) and not _counted(text)
    ]
    assert bare == []


def _counted(text: str) -> bool:
    """Whether numbers that are neither percentages nor years stand beside."""
    return any(not percent and not 2000 <= float(digits) <= 2100 for digits, _, percent in NUMBER.findall(text))


def test_no_line_crosses_a_gap_or_a_break(pages: list[Page]) -> None:
    by_label = {entry.label: name for name, entry in BOOK.indicators.items()}
    lines = 0
    for one in pages:
        for chart in one.charts():
            title: dict[str, str] = chart.get("title", {})
            indicator = by_label.get(title.get("text", ""))
            changed = [entry.from_year for entry in BOOK.changes(indicator)] if indicator else []
            for years in _stretches(chart):
                lines += 1
                assert all(after - before == 1 for before, after in pairwise(years)), chart["description"][:60]
                assert not [year for year in changed if years[0] < year <= years[-1]], chart["description"][:60]
    assert lines


def _stretches(chart: dict[str, Any]) -> Iterator[list[int]]:
    """The years that each line of a chart joins."""
    inner: dict[str, Any] = chart.get("spec", chart)
    for layer in inner.get("layer", []):
        mark = layer["mark"]["type"] if isinstance(layer["mark"], dict) else layer["mark"]
        if mark != "line":
            continue
        named: dict[str, str] = layer.get("data") or inner.get("data") or chart["data"]
        rows = chart["datasets"][named["name"]]
        joined: dict[tuple[object, ...], list[int]] = {}
        for row in rows:
            if row["segment"] is None:
                continue
            joined.setdefault(tuple(row.get(name) for name in ("segment", "scope", "unit", "name")), []).append(
                row["year"]
            )
        yield from (sorted(years) for years in joined.values())


def test_no_small_line_of_a_card_crosses_a_gap(pages: list[Page]) -> None:
    drawn = 0
    for one in pages:
        for card in one.tree.css(".headlines svg.past"):
            first, last = (int(year) for year in re.findall(r"\d{4}", str(card.attributes["aria-label"]))[:2])
            step = (WIDTH - 2 * EDGE) / (last - first)
            for line in card.css("polyline"):
                xs = [float(point.split(",")[0]) for point in str(line.attributes["points"]).split()]
                drawn += len(xs) > 1
                assert all(after - before == pytest.approx(step, abs=0.3) for before, after in pairwise(xs))
    assert drawn


def test_every_number_of_a_bound_sentence_is_of_its_cells(pages: list[Page], data: Disclosures) -> None:
    loose = [
        (file, node.text(), node.attributes["title"])
        for file, topic, section in sections(pages)
        if topic != BOOK.topics["peers"].label and not file.startswith("unit_comparison")
        for node in section.css(".bound")
        if _loose(node.text(), str(node.attributes["title"]), data, str(node.attributes["data-cells"]))
    ]
    assert loose == []


@cache
def _held(folder: Path) -> dict[str, tuple[set[float], str]]:
    """Every value that a cell has or had, and where it stands, by the cell's id."""
    data = facts.load(folder)
    units, applicants = data.units["unit"].to_list(), list(BOOK.terms["applicant"])
    rows = facts.panel(data, BOOK, units=units, years=YEARS, indicators=list(BOOK.indicators), applicants=applicants)
    held: dict[str, tuple[set[float], str]] = {}
    for row in rows.iter_rows(named=True):
        stated: list[float | None] = [row["value"], row["printed"], row["first"], *(row["others"] or [])]
        before, place = held.get(wording.cell_id(row), (set[float](), ""))
        values = before | {value for value in stated if value is not None}
        held[wording.cell_id(row)] = values, place + (row["evidence"] or "")
    return held


def _loose(text: str, said: str, data: Disclosures, cells: str) -> list[str]:
    """The numbers of a text that are no figure of its cells, no sum, difference, share or change of them.

    `said`: what the page says that its numbers come from.
    """
    held = [_held(data.folder).get(cell, (set[float](), "")) for cell in cells.split()]
    values = sorted(value for of, _ in held for value in of)
    quoted = {float(digits) for _, place in held for digits, _, _ in NUMBER.findall(place)}
    quoted |= {abs(percent) for percent in data.own("growths")["percent"]}  # what reports say of their own growth
    rates = _rates(f"{text} {said}")
    single = {one / other for one, other in permutations(values, 2) if other}
    changes = {abs(one - other) / other for one, other in permutations(values, 2) if other}
    points = {abs(one - other) for one, other in permutations(rates, 2)}
    known = _sums(values) | quoted | {float(BOOK.minimum_cases)}
    return [
        digits + unit + percent
        for digits, unit, percent in NUMBER.findall(text)
        if not _is_known(float(digits) * SIZE[unit], known, rates | points | {100 * each for each in single | changes})
    ]


def _rates(text: str) -> set[float]:
    """The rates whose counts a text gives as 40/50, in percent or per hundred, and as they are."""
    counts = [(float(one), float(other)) for one, other in re.findall(r"(\d+)/(\d+)", text)]
    return {factor * one / other for one, other in counts for factor in (1, 100)}


def _sums(values: list[float]) -> set[float]:
    """What values add up to, or differ by: up to four however signed, more in pairs, all, or all but one; middles."""
    if len(values) <= 4:
        return {abs(sum(map(mul, signs, values))) for signs in product((-1, 0, 1), repeat=len(values))}
    pairs = {
        size for one, other in permutations(values, 2) for size in (one + other, (one + other) / 2, abs(one - other))
    }
    return {*values, sum(values), *(sum(values) - value for value in values), *pairs}


def _in_brief(known: set[float]) -> set[float]:
    """What a sentence shows of the large among the known: four digits."""
    return {float(f"{each:.4g}") for each in known if each >= 100_000}


def _is_known(number: float, known: set[float], rounded: set[float]) -> bool:
    exact = 2000 <= number <= 2100 or any(abs(number - each) < 1e-6 for each in known | _in_brief(known))
    return exact or any(abs(number - each) <= 0.051 for each in rounded)
