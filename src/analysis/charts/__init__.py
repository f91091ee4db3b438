"""One function per question: a frame in, an exhibit out (a finding, charts with alt text, the table behind them)."""

from analysis.charts.composition import composition
from analysis.charts.counts import counts
from analysis.charts.exhibit import CHART, Exhibit
from analysis.charts.figures import headlines, ledger, request_table
from analysis.charts.margins import doubts, masthead, sources
from analysis.charts.over_time import over_time
from analysis.charts.quality import agreement, coverage, findings, gaps, weighed
from analysis.charts.rates import rates
from analysis.charts.standing import standing
from analysis.charts.structure import structure

__all__ = [
    "CHART",
    "Exhibit",
    "agreement",
    "composition",
    "counts",
    "coverage",
    "doubts",
    "findings",
    "gaps",
    "headlines",
    "ledger",
    "masthead",
    "over_time",
    "rates",
    "request_table",
    "sources",
    "standing",
    "structure",
    "weighed",
]
