import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis import dashboards, facts, notebooks, paths
from analysis.dashboards import Dashboard
from analysis.errors import BadData, BadParameter, Unknown
from analysis.facts import Disclosures

FIGURES: list[dict[str, object]] = [
    {"unit": "demo-east", "year": 2013, "indicator": "hearings", "value": 5},
    {"unit": "demo-east", "year": 2015, "indicator": "hearings", "value": 6},
    {"unit": "demo-west", "year": 2014, "indicator": "reviews", "value": 1},
]


def files(plan: list[Dashboard]) -> list[str]:
    return [entry.file for entry in plan]


def test_a_unit_gets_every_notebook_of_its_latest_year(make_data: Callable[..., Disclosures]) -> None:
    plan = dashboards.of_units(make_data(*FIGURES), ["demo-east"])
    assert files(plan) == [
        "data_quality-demo-east-2015.html",
        "hearings_and_press_conferences-demo-east.html",
        "publication_volume-demo-east.html",
        "request_trends-demo-east.html",
        "yearly_dashboard-demo-east-2015.html",
    ]


def test_a_year_is_that_of_the_dashboard_and_the_end_of_the_series(make_data: Callable[..., Disclosures]) -> None:
    plan = dashboards.of_units(
        make_data(*FIGURES), ["demo-east"], year=2013, names=["yearly_dashboard", "request_trends"]
    )
    assert [entry.parameters for entry in plan] == [
        {"unit": "demo-east", "year": 2013},
        {"unit": "demo-east", "until": 2013},
    ]


def test_languages_multiply_the_plan_and_tell_the_files_apart(make_data: Callable[..., Disclosures]) -> None:
    plan = dashboards.of_units(make_data(*FIGURES), ["demo-west"], names=["request_trends"], languages=["zh", "en"])
    assert files(plan) == ["request_trends-demo-west.html", "request_trends-demo-west-en.html"]


def test_pages_that_differ_in_anything_differ_in_name() -> None:
    unit = {"unit": "demo"}
    chosen = [
        unit,
        {**unit, "since": 2019},
        {**unit, "until": 2019},
        {**unit, "peers": "none"},
        {**unit, "language": "en"},
    ]
    names = files([Dashboard("request_trends", parameters) for parameters in chosen])
    assert names[1] == "request_trends-demo-since-2019.html"
    assert len(set(names)) == len(chosen)


def test_everything_is_each_year_of_each_unit_and_each_series_once(make_data: Callable[..., Disclosures]) -> None:
    plan = dashboards.everything(make_data(*FIGURES), names=["yearly_dashboard", "request_trends"])
    assert files(plan) == [
        "yearly_dashboard-demo-east-2013.html",
        "yearly_dashboard-demo-east-2015.html",
        "yearly_dashboard-demo-west-2014.html",
        "request_trends-demo-east.html",
        "request_trends-demo-west.html",
    ]


def test_a_region_without_a_report_of_its_own_gets_the_quality_of_the_units_below(
    make_data: Callable[..., Disclosures],
) -> None:
    plan = dashboards.of_units(make_data(*FIGURES), ["demo"])
    assert plan == [Dashboard("data_quality", {"unit": "demo", "year": 2015})]


BESIDE: list[dict[str, object]] = [*FIGURES, {"unit": "demo-west", "year": 2013, "indicator": "hearings", "value": 2}]


def test_a_region_with_units_to_compare_gets_their_comparison_in_the_last_year_that_has_two(
    make_data: Callable[..., Disclosures],
) -> None:
    plan = dashboards.of_units(make_data(*BESIDE), ["demo"])
    assert plan == [
        Dashboard("data_quality", {"unit": "demo", "year": 2015}),
        Dashboard("unit_comparison", {"region": "demo", "year": 2013}),
    ]
    assert (plan[1].unit, plan[1].year, plan[1].file) == ("demo", 2013, "unit_comparison-demo-2013.html")


def test_a_region_is_compared_in_the_year_asked_for(make_data: Callable[..., Disclosures]) -> None:
    (entry,) = dashboards.of_units(make_data(*BESIDE), ["demo"], year=2014, names=["unit_comparison"])
    assert entry.parameters == {"region": "demo", "year": 2014}


def test_a_unit_without_units_below_it_cannot_be_compared(make_data: Callable[..., Disclosures]) -> None:
    with pytest.raises(Unknown, match="fewer than 2 units below it reported"):
        dashboards.of_units(make_data(*BESIDE), ["demo-east"], names=["unit_comparison"])


def test_everything_compares_each_region_in_each_year_that_has_two_reports(
    make_data: Callable[..., Disclosures],
) -> None:
    plan = dashboards.everything(make_data(*BESIDE), names=["unit_comparison"], languages=["zh", "en"])
    assert files(plan) == ["unit_comparison-demo-2013.html", "unit_comparison-demo-2013-en.html"]


def test_the_defaults_that_a_file_name_leaves_out_are_those_of_the_notebook() -> None:
    usual = {name: entry.default for name, entry in notebooks.parameters("unit_comparison").items()}
    chosen = {"region": "demo", "year": 2013, "level": usual["level"], "indicator": usual["indicator"]}
    assert Dashboard("unit_comparison", chosen).file == "unit_comparison-demo-2013.html"
    other = Dashboard("unit_comparison", {**chosen, "level": "county", "indicator": "hearings"})
    assert other.file == "unit_comparison-demo-2013-level-county-indicator-hearings.html"


def test_an_unknown_unit_is_refused(make_data: Callable[..., Disclosures]) -> None:
    with pytest.raises(Unknown, match="demo-east"):
        dashboards.of_units(make_data(*FIGURES), ["demo-eest"])


def test_the_featured_dashboards_fit_notebooks_and_data_and_anhua_is_first() -> None:
    plan = dashboards.featured(facts.load(paths.ROOT / "data"))
    assert plan[0] == Dashboard("yearly_dashboard", {"unit": "hunan-yiyang-anhua", "year": 2013})
    assert len(plan) == 46
    assert len(set(files(plan))) == 46


@pytest.fixture
def featured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[Dashboard]]:
    """The plan of a dashboards.toml with the text given, over the real notebooks and figures."""

    def plan(text: str) -> list[Dashboard]:
        for name in notebooks.names():
            (tmp_path / f"{name}.ipynb").write_bytes((paths.ROOT / "notebooks" / f"{name}.ipynb").read_bytes())
        (tmp_path / "dashboards.toml").write_text(text, encoding="utf-8")
        monkeypatch.setattr(paths, "NOTEBOOKS", tmp_path)
        return dashboards.featured(facts.load(paths.ROOT / "data"))

    return plan


@pytest.mark.parametrize(
    ("text", "error", "what"),
    [
        ('yearly_dashbord = [{ unit = "jiangsu-suqian" }]', Unknown, "did you mean yearly_dashboard"),
        ('request_trends = [{ unti = "jiangsu-suqian" }]', BadParameter, "did you mean until, unit"),
        ('request_trends = [{ unit = "jiangsu-suqian", since = [2019] }]', BadParameter, "is not of type int"),
        ('request_trends = [{ unit = "jiangsu-suqian", since = true }]', BadParameter, "is not of type int"),
        ('request_trends = [{ unit = "jiangsu-suqian", peers = "no" }]', BadParameter, "level, parent, none"),
        ('request_trends = { unit = "jiangsu-suqian" }', BadData, "not a list of entries"),
        ("request_trends = [{ since = 2019 }]", BadData, "an entry names no unit"),
        ('request_trends = [{ unit = "jiangsu-suquian" }, { unit = "jiangsu-suqian" }]', Unknown, "jiangsu-suqian"),
        ("request_trends = [", BadData, "this is not TOML"),
        ("unit_comparison = [{ year = 2011 }]", BadData, "an entry names no region"),
        ('unit_comparison = [{ region = "hunan-hengyan" }, { region = "hunan" }]', Unknown, "hunan-hengyang"),
        ('unit_comparison = [{ region = "hunan", level = "conty" }]', BadParameter, "did you mean county"),
        ('unit_comparison = [{ region = "hunan", indicator = "reveiws" }]', BadParameter, "did you mean reviews"),
    ],
)
def test_a_wrong_entry_is_refused(
    featured: Callable[[str], list[Dashboard]], text: str, error: type[Exception], what: str
) -> None:
    with pytest.raises(error, match=what):
        featured(text)


def test_the_featured_plan_is_readable_as_toml() -> None:
    entries = tomllib.loads((paths.ROOT / "notebooks" / "dashboards.toml").read_text(encoding="utf-8"))
    assert set(entries) == set(notebooks.names())
