"""One function per question: a frame in, an exhibit out (a finding, charts with alt text, the table behind them)."""

from analysis.charts.bands import bands
from analysis.charts.changes import changes
from analysis.charts.composition import composition
from analysis.charts.concentration import concentration
from analysis.charts.counts import counts
from analysis.charts.crosswalk import crosswalk
from analysis.charts.doubts_among import doubts_among
from analysis.charts.drivers import drivers
from analysis.charts.exhibit import CHART, Exhibit
from analysis.charts.figures import headlines, ledger, request_table
from analysis.charts.flow import flow
from analysis.charts.heat import heat
from analysis.charts.levels import levels
from analysis.charts.margins import about, doubts, masthead
from analysis.charts.measures import measures
from analysis.charts.multiples import multiples
from analysis.charts.over_time import over_time
from analysis.charts.oversight import oversight
from analysis.charts.quality import agreement, coverage, findings, gaps, weighed
from analysis.charts.ranking import ranking
from analysis.charts.rates import rates
from analysis.charts.rates_by_unit import rates_by_unit
from analysis.charts.sources import sources
from analysis.charts.standing import standing
from analysis.charts.statements import statements
from analysis.charts.structure import structure

__all__ = [
    "CHART",
    "Exhibit",
    "about",
    "agreement",
    "bands",
    "changes",
    "composition",
    "concentration",
    "counts",
    "coverage",
    "crosswalk",
    "doubts",
    "doubts_among",
    "drivers",
    "findings",
    "flow",
    "gaps",
    "headlines",
    "heat",
    "ledger",
    "levels",
    "masthead",
    "measures",
    "multiples",
    "over_time",
    "oversight",
    "ranking",
    "rates",
    "rates_by_unit",
    "request_table",
    "sources",
    "standing",
    "statements",
    "structure",
    "weighed",
]
