"""What charts answer a pointer: one text in the codebook's words, and the series that stands out."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pytest
from balanced import OUTCOMES, TERMS, stated
from drawn import drawn, fact, history

from analysis import charts, metrics
from analysis.charts import Exhibit
from analysis.charts.answering import FAINT
from analysis.codebook import Codebook
from analysis.dashboards import drawing
from analysis.facts import Disclosures

MakeData = Callable[..., Disclosures]
YEARS = (2021, 2022, 2023)
TOOLTIP = {"field": "told", "type": "nominal"}
LATIN = re.compile(r"[A-Za-z_]{3,}")


@pytest.fixture
def data(make_data: MakeData) -> Disclosures:
    """Three years of requests that balance, figures of two scopes, and counts with a gap and an approximation."""
    balanced = [
        row for year in YEARS for row in stated(year, {name: 40 * size for name, size in (TERMS | OUTCOMES).items()})
    ]
    scopes = [fact(year, "published_items", year, scope=scope) for year in YEARS for scope in ("own", "region")]
    hearings = [fact(2021, "hearings", 3, qualifier="approx"), fact(2022, "hearings", None, status="blank")]
    return make_data(*balanced, *scopes, *hearings, fact(2023, "hearings", 0))


def several(data: Disclosures, book: Codebook) -> dict[str, Exhibit]:
    """The exhibits whose charts hold several series."""
    past = metrics.history(data, book, unit="demo", years=YEARS, indicators=book.by_group("requests"))
    parts = metrics.parts(past, book, wholes=["requests_concluded"])
    return {
        "composition": charts.composition(parts, book, topic="outcomes"),
        "flow": charts.flow(metrics.flow(past, book), book, topic="flow"),
        "over_time": charts.over_time(history(data, book, YEARS, "published_items"), book, topic="past"),
    }


def single(data: Disclosures, book: Codebook) -> dict[str, Exhibit]:
    """Exhibits whose charts hold one series."""
    past = metrics.history(data, book, unit="demo", years=YEARS, indicators=book.by_group("requests"))
    parts = metrics.parts(past, book, wholes=["requests_concluded"])
    rates = metrics.rates(past, book, metrics=book.metrics_of("rates"))
    return {
        "structure": charts.structure(parts, book, year=2023, topic="outcomes"),
        "rates": charts.rates(rates, book, topic="rates"),
        "counts": charts.counts(history(data, book, YEARS, "hearings"), book, topic="meetings"),
        "changes": charts.changes(metrics.notable(past, book, year=2023), book, year=2023),
    }


def specs(exhibits: Mapping[str, Exhibit]) -> list[dict[str, Any]]:
    return [chart.to_dict() for exhibit in exhibits.values() for chart in exhibit.charts]


def layers(spec: Mapping[str, Any]) -> Sequence[dict[str, Any]]:
    return spec["layer"]


def told(spec: Mapping[str, Any]) -> Iterator[str]:
    """Every text that the marks of a chart tell."""
    for layer in layers(spec):
        if "tooltip" in layer["encoding"]:
            rows = spec["datasets"][layer.get("data", spec.get("data", {}))["name"]]
            yield from (row["told"] for row in rows)


def test_every_tooltip_is_one_text_of_the_frame_s_own(data: Disclosures, book: Codebook) -> None:
    every = specs(several(data, book)) + specs(single(data, book))
    given = [layer["encoding"]["tooltip"] for spec in every for layer in layers(spec) if "tooltip" in layer["encoding"]]
    assert len(given) > 20
    assert all(tooltip == TOOLTIP for tooltip in given)


def test_no_tooltip_of_a_chinese_chart_holds_a_word_of_the_code(data: Disclosures, zh: Codebook) -> None:
    texts = [text for spec in specs(several(data, zh)) + specs(single(data, zh)) for text in told(spec)]
    assert len(texts) > 50
    assert [text for text in texts if not text or LATIN.search(text) or "None" in text] == []


def test_each_mark_tells_its_year_its_exact_figure_and_what_its_marks_say(data: Disclosures, zh: Codebook) -> None:
    exhibit = charts.counts(history(data, zh, YEARS, "hearings"), zh, topic="meetings")
    (chart,) = specs({"": exhibit})
    assert set(told(chart)) == {
        "2021年听证会次数：约3次",
        "2022年听证会次数：填报为空",
        "2023年听证会次数：0次",
    }


def test_a_slice_tells_its_share_with_both_counts(data: Disclosures, zh: Codebook) -> None:
    share = {row["label"]: row["told"] for row in drawn(several(data, zh)["composition"], "bar") if row["year"] == 2023}
    granted, whole = 40 * OUTCOMES["requests_granted"], 40 * TERMS["requests_concluded"]
    assert share["予以公开"] == f"2023年予以公开{granted}件，占办理结果总计（{whole}件）的{granted / whole:.1%}"


def test_charts_of_several_series_answer_by_series(data: Disclosures, zh: Codebook) -> None:
    fields = {
        name: {tuple(each["select"]["fields"]) for spec in specs({name: exhibit}) for each in spec.get("params", [])}
        for name, exhibit in several(data, zh).items()
    }
    assert fields == {"composition": {("label",)}, "flow": {("label",)}, "over_time": {("scope",)}}


def test_a_chart_of_one_series_has_nothing_to_answer_with(data: Disclosures, zh: Codebook) -> None:
    assert [spec["params"] for spec in specs(single(data, zh)) if "params" in spec] == []


def test_the_field_that_answers_is_that_of_the_legend(data: Disclosures, zh: Codebook) -> None:
    for spec in specs(several(data, zh)):
        bound = [each["select"]["fields"][0] for each in spec.get("params", []) if each.get("bind") == "legend"]
        shown = {
            channel["field"]
            for layer in layers(spec)
            for name, channel in layer["encoding"].items()
            if name in {"color", "fill", "stroke", "strokeDash"} and channel.get("legend", {}) and "field" in channel
        }
        assert set(bound) <= shown


def still(spec: Mapping[str, Any]) -> dict[str, Any]:
    """A chart without its answers."""
    bare = json.loads(json.dumps({name: part for name, part in spec.items() if name != "params"}))
    for layer in layers(bare):
        for name, channel in list(layer["encoding"].items()):
            if name == "opacity":
                del layer["encoding"][name]
            elif "pointed" in json.dumps(channel):
                layer["encoding"][name] = {key: held for key, held in channel["condition"].items() if key != "test"}
    return bare


def test_untouched_a_chart_is_drawn_as_if_it_could_not_answer(data: Disclosures, zh: Codebook) -> None:
    for spec in specs(several(data, zh)):
        assert _plainly(drawing.svg(spec, 1)) == _plainly(drawing.svg(still(spec), 1))


def _plainly(svg: str) -> str:
    """A drawing without the words that change nothing."""
    return re.sub(r' (?:fill-|stroke-)?opacity="1"', "", svg)


def test_what_does_not_stand_out_is_faint_but_there() -> None:
    assert 0.25 <= FAINT < 0.5


def test_names_and_views_do_not_count_up(data: Disclosures, zh: Codebook) -> None:
    assert specs(several(data, zh)) == specs(several(data, zh))
    names = {(each["name"], *each["views"]) for spec in specs(several(data, zh)) for each in spec.get("params", [])}
    assert names == {("pointed", "series"), ("kept", "series")}


DIGEST = """
import hashlib, json, sys
import polars as pl, altair as alt
from analysis.charts.answering import TOLD, answering
frame = pl.DataFrame({"a": [1, 2], "series": ["x", "y"], "told": ["t", "u"]})
bars = alt.Chart(frame).mark_bar().encode(alt.X("a:Q"), alt.Color("series:N"), TOLD)
[alt.selection_point() for _ in range(int(sys.argv[1]))]
drawn = alt.layer(*answering([bars], by="series", legend=True)).to_dict()
print(hashlib.sha256(json.dumps(drawn, sort_keys=False).encode()).hexdigest())
"""


def test_a_spec_is_the_same_in_every_process(monkeypatch: pytest.MonkeyPatch) -> None:
    made: set[str] = set()
    for seed in ("1", "2"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        run = subprocess.run([sys.executable, "-c", DIGEST, seed], capture_output=True, text=True, check=True)
        made.add(run.stdout)
    assert len(made) == 1
