"""What one cell of a notebook shows: a finding, the statistic, charts, the table behind them, notes."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from typing import Any, NamedTuple

import altair as alt
from IPython.display import display  # pyright: ignore[reportUnknownVariableType]
from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from analysis.codebook import Codebook
from analysis.wording import Basis, Sentence

Drawing = alt.LayerChart | alt.FacetChart

# nbformat accepts it, JupyterLab draws it; 'vegalite.v6.json', which altair emits, papermill cannot save.
CHART = "application/vnd.vegalite.v5+json"
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"  # as CHART says; what we draw is the same in 5 and 6


COLUMNS = 7  # of a table that half a page has room for
PRINTED = 12  # of one that a sheet of A4 has room for; a wider one is shown in blocks
OPEN_TO = 20  # rows; a longer table is opened by who wants it, and in print


class Cell(NamedTuple):
    """One cell of a table; `kind` is "number", "gap", "text", "short" (a word that does not break) or "note"."""

    text: str
    kind: str = "text"


@dataclass(frozen=True)
class Table:
    """The figures behind an exhibit: column heads, and rows whose first cell heads the row; `level` indents it."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    levels: Sequence[int] = ()

    @property
    def wide(self) -> bool:
        """Whether it needs the whole width of a page, or more."""
        return len(self.heads) > COLUMNS

    def blocks(self) -> "list[Table]":
        """The table as it is shown: in as many even blocks of columns as needed, each beside the first column."""
        others = len(self.heads) - 1
        if others < PRINTED:
            return [self]
        width = math.ceil(others / math.ceil(others / (PRINTED - 1)))
        return [self._block(first, first + width) for first in range(1, others + 1, width)]

    def _block(self, first: int, after: int) -> "Table":
        """The first column beside those from `first` on, up to `after`."""
        rows = [[row[0], *row[first:after]] for row in self.rows]
        return replace(self, heads=[self.heads[0], *self.heads[first:after]], rows=rows)

    def indented(self) -> list[tuple[int, Sequence[Cell]]]:
        """Each row with how far it is indented."""
        return list(zip(self.levels or [0] * len(self.rows), self.rows, strict=True))


@dataclass(frozen=True)
class Exhibit:
    """A finding and what shows it; displays itself in JupyterLab and is taken apart by the page."""

    topic: str
    finding: str
    book: Codebook
    statistic: str = ""
    charts: Sequence[Drawing] = ()
    table: Table | None = None
    table_open: bool | None = None  # None: open where no chart or a single one stands beside it, if it is short
    notes: Sequence[str] = ()
    block: str = ""  # which other block of the template stands in it, and
    content: Mapping[str, Any] = field(default_factory=dict[str, Any])  # what that block shows

    def _ipython_display_(self) -> None:
        display({"text/html": self._html("head")}, metadata={"disclosure": self._about()}, raw=True)
        for chart in self.charts:
            spec = chart.to_dict() | {"$schema": SCHEMA}
            display({CHART: spec, "text/plain": spec["description"]}, raw=True)
        if self.table or self.notes:
            display({"text/html": self._html("foot")}, raw=True)

    def _about(self) -> dict[str, Any]:
        """What page and workbook must know of this exhibit: what it says, or only that there is nothing."""
        silent = not (self.charts or self.table or self.notes or self.block)
        aside = self.book.word("list_separator").join([self.topic, *self.content.get("facts", [])[:1]])
        title = self.book.word("in_brackets", text=self.finding, aside=aside)
        return {
            "topic": self.topic,
            "beside": self._beside,
            "block": self.block,
            "silent": silent,
            "language": self.book.language,
            "title": title,
            "finding": self.finding,
            "statistic": self.statistic,
            "table": self.table and asdict(self.table),
            "notes": [*self.content.get("facts", ()), *self.notes],
        }

    @property
    def opened(self) -> bool:
        """Whether the table is shown at once."""
        if self.table_open is not None or not self.table:
            return bool(self.table_open)
        return (self._beside or not self.charts) and len(self.table.rows) <= OPEN_TO

    @property
    def _beside(self) -> bool:
        """Whether the table has room beside its one chart."""
        return len(self.charts) == 1 and (self.table is None or not self.table.wide)

    def _html(self, part: str) -> str:
        return _template().render(part=part, exhibit=self, word=self.book.word, basis=_basis).strip()


@cache
def _template() -> Template:
    loader = PackageLoader("analysis", "charts")
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).get_template("exhibit.html")


def _basis(text: str) -> Sequence[Basis]:
    """What the numbers of a text come from; nothing for a text that holds none."""
    return text.basis if isinstance(text, Sentence) else ()
