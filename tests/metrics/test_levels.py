from collections.abc import Callable

import pytest

from analysis import metrics
from analysis.codebook import Codebook
from analysis.facts import Disclosures

MakeData = Callable[..., Disclosures]
Row = dict[str, object]


def units() -> list[Row]:
    """A city, six counties below it, a department of the city and one of a county."""
    counties = [{"unit": f"county-{at}", "level": "county", "parent": "city"} for at in range(6)]
    offices = [{"unit": f"{of}-law", "level": "department", "parent": of} for of in ("city", "county-0")]
    every = [{"unit": "city", "level": "city"}, *counties, *offices]
    return [{**each, "name": each["unit"], "name_en": each["unit"]} for each in every]


def figure(unit: str, value: float | str, **said: object) -> Row:
    return {"unit": unit, "year": 2021, "indicator": "published_items", "value": value, **said}


def spread(data: Disclosures, book: Codebook, units: list[str] | None = None) -> list[Row]:
    rows = metrics.levels(data, book, units=units, year=2021, indicator="published_items")
    return metrics.by_level(rows, book).to_dicts()


def counties(*values: float, **said: object) -> list[Row]:
    return [figure(f"county-{at}", value, **said) for at, value in enumerate(values)]


def test_a_level_tells_its_units_its_reports_and_its_figures(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*counties(10, 20, 30, 40, 100), figure("city", 7), units=units())
    city, county, *departments = spread(data, zh)
    assert (city["level"], city["units"], city["reporting"], city["stated"]) == ("city", 1, 1, 1)
    assert (county["level"], county["units"], county["reporting"], county["stated"]) == ("county", 6, 5, 5)
    sizes = [county[name] for name in ("lowest", "lower", "middle", "upper", "highest", "total")]
    assert sizes == [10, 20, 30, 40, 100, 200]
    assert [(row["level"], row["parent_level"], row["stated"]) for row in departments] == [
        ("department", "city", 0),
        ("department", "county", 0),
    ]


def test_a_field_smaller_than_the_smallest_has_no_quartiles(make_data: MakeData, zh: Codebook) -> None:
    county = spread(make_data(*counties(10, 20, 30, 40), units=units()), zh)[1]
    assert (county["stated"], county["lowest"], county["highest"], county["total"]) == (4, 10, 40, 100)
    assert (county["lower"], county["middle"], county["upper"]) == (None, None, None)


@pytest.mark.parametrize(
    "said",
    [
        {"qualifier": "approx"}, {"qualifier": "at_least"}, {"status": "definition_differs"},
        {"status": "conflicting"}, {"value": "", "status": "blank"},
    ],
)  # fmt: skip
def test_only_exact_figures_are_counted_among_others(make_data: MakeData, zh: Codebook, said: Row) -> None:
    data = make_data(*counties(10, 20), {**figure("county-2", 900), **said}, units=units())
    county = spread(data, zh)[1]
    assert (county["reporting"], county["stated"], county["highest"], county["total"]) == (3, 2, 20, 30)


def test_scopes_are_never_counted_together(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*counties(10, 20, scope="own"), figure("county-2", 900, scope="region"), units=units())
    found = [row for row in spread(data, zh) if row["level"] == "county"]
    assert [(row["scope"], row["stated"], row["total"], row["reporting"]) for row in found] == [
        ("own", 2, 30, 3),
        ("region", 1, 900, 3),
    ]


def test_only_the_units_asked_for_are_counted(make_data: MakeData, zh: Codebook) -> None:
    data = make_data(*counties(10, 20), figure("city", 7), units=units())
    found = spread(data, zh, units=data.below("county-0")[1:])
    assert [(row["level"], row["units"], row["reporting"]) for row in found] == [("department", 1, 0)]
    assert spread(data, zh, units=[]) == []


def test_a_zero_is_a_figure(make_data: MakeData, zh: Codebook) -> None:
    county = spread(make_data(*counties(0, 0, 0, 0, 5), units=units()), zh)[1]
    assert (county["stated"], county["lowest"], county["middle"], county["total"]) == (5, 0, 0, 5)
