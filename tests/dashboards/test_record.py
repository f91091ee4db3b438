import json
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from analysis import codebook
from analysis.dashboards import Dashboard, headline, record
from analysis.errors import BadData, BadParameter
from analysis.facts import Disclosures

FIRST, SECOND = date(2026, 11, 20), date(2026, 11, 23)
EAST = Dashboard("yearly_dashboard", {"unit": "demo-east", "year": 2021})
SERIES = Dashboard("publication_volume", {"unit": "demo-east"})
WEST = Dashboard("yearly_dashboard", {"unit": "demo-west", "year": 2021})


def figures(indicator: str, values: dict[int, float], **said: object) -> list[dict[str, object]]:
    plain = {"unit": "demo-east", "indicator": indicator}
    return [plain | {"year": year, "value": value} | said for year, value in values.items()]


@pytest.fixture
def data(make_data: Callable[..., Disclosures]) -> Disclosures:
    return make_data(
        *figures("hearings", {2020: 3, 2021: 5}), {**figures("hearings", {2021: 4})[0], "unit": "demo-west"}
    )


def run(
    folder: Path, data: Disclosures, pages: dict[str, str], *failed: Dashboard, on: date = FIRST
) -> dict[str, record.Entry]:
    """The record after a run that wrote `pages` (by file) into `folder` and failed at others."""
    held = record.read(folder)
    known = {dashboard.file: dashboard for dashboard in (EAST, SERIES, WEST)}
    for name, page in pages.items():
        (folder / name).write_text(page, encoding="utf-8")
    built = [(known[name], "") for name in pages] + [(dashboard, "the kernel died") for dashboard in failed]
    renewed = record.after(held, built, data, folder, on=on)
    (folder / record.FILE).write_text(record.text(renewed), encoding="utf-8")
    return renewed


def states(held: dict[str, record.Entry]) -> dict[str, object]:
    return {name: entry["state"] for name, entry in held.items()}


def test_nothing_is_new_in_the_first_run_of_an_edition(data: Disclosures, tmp_path: Path) -> None:
    held = run(tmp_path, data, {EAST.file: "one", WEST.file: "one"})
    assert states(held) == {EAST.file: "same", WEST.file: "same"}


def test_a_page_is_new_where_the_run_before_had_none_or_another(data: Disclosures, tmp_path: Path) -> None:
    run(tmp_path, data, {EAST.file: "one", WEST.file: "one"})
    held = run(tmp_path, data, {EAST.file: "one", WEST.file: "two", SERIES.file: "one"}, on=SECOND)
    assert states(held) == {EAST.file: "same", WEST.file: "new", SERIES.file: "new"}
    assert {entry["made_on"] for entry in held.values()} == {"2026-11-23"}
    assert held[WEST.file]["sha256"] == sha256(b"two").hexdigest()


def test_what_a_run_did_not_try_is_kept_with_the_day_that_it_was_made(data: Disclosures, tmp_path: Path) -> None:
    run(tmp_path, data, {EAST.file: "one", WEST.file: "one"})
    held = run(tmp_path, data, {WEST.file: "one"}, on=SECOND)
    assert (held[EAST.file]["state"], held[EAST.file]["made_on"]) == ("kept", "2026-11-20")
    assert (held[WEST.file]["state"], held[WEST.file]["made_on"]) == ("same", "2026-11-23")


def test_a_failure_keeps_the_day_of_the_page_that_stays_and_has_none_without_one(
    data: Disclosures, tmp_path: Path
) -> None:
    run(tmp_path, data, {EAST.file: "one"})
    held = run(tmp_path, data, {}, EAST, WEST, on=SECOND)
    assert states(held) == {EAST.file: "failed", WEST.file: "failed"}
    assert [(entry["page"], entry["made_on"]) for entry in held.values()] == [(True, "2026-11-20"), (False, "")]
    assert {entry["error"] for entry in held.values()} == {"the kernel died"}


def test_a_failure_stays_one_until_it_is_tried_again(data: Disclosures, tmp_path: Path) -> None:
    run(tmp_path, data, {EAST.file: "one", WEST.file: "one"})
    run(tmp_path, data, {}, EAST, on=SECOND)
    assert states(run(tmp_path, data, {WEST.file: "one"}, on=SECOND))[EAST.file] == "failed"
    mended = run(tmp_path, data, {EAST.file: "one"}, on=SECOND)[EAST.file]
    assert (mended["state"], mended["error"], mended["made_on"]) == ("same", "", "2026-11-23")


def test_what_lies_beside_a_page_is_looked_up_for_every_page(data: Disclosures, tmp_path: Path) -> None:
    run(tmp_path, data, {EAST.file: "one"})
    for kind in ("pdf", "xlsx", "csv"):
        (tmp_path / EAST.file).with_suffix(f".{kind}").touch()
    held = run(tmp_path, data, {WEST.file: "one"}, on=SECOND)
    assert [held[each.file]["companions"] for each in (EAST, WEST)] == [["pdf", "xlsx"], []]


def test_a_unit_is_known_by_its_names_and_the_regions_from_the_nearest(data: Disclosures, tmp_path: Path) -> None:
    entry = run(tmp_path, data, {EAST.file: "one"})[EAST.file]
    assert entry["names"] == ["东山县", "East County"]
    assert entry["within"] == [("demo", "示例市")]
    assert entry["invented"] is True


def test_a_unit_is_looked_at_once_however_many_dashboards_it_has(
    data: Disclosures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def once(_: Disclosures, unit: str, language: str) -> dict[str, object]:
        asked.append(f"{unit} {language}")
        return {}

    monkeypatch.setattr(record, "headline", once)
    run(tmp_path, data, {EAST.file: "one", SERIES.file: "one", WEST.file: "one"})
    assert sorted(asked) == ["demo-east zh", "demo-west zh"]


def test_a_record_is_read_as_it_was_written_an_entry_a_line(data: Disclosures, tmp_path: Path) -> None:
    held = run(tmp_path, data, {WEST.file: "one", EAST.file: "one"})
    text = (tmp_path / record.FILE).read_text(encoding="utf-8")
    assert len(text.splitlines()) == 2 + len(held)
    assert record.read(tmp_path) == json.loads(text) == json.loads(json.dumps(held))
    assert list(json.loads(text)) == sorted(held)
    (tmp_path / EAST.file).unlink()
    assert list(record.read(tmp_path)) == [WEST.file]


@pytest.mark.parametrize(
    "text",
    [
        '{"../other.html": {"file": "../other.html", "language": "zh"}}',
        '{"javascript:alert(1)": {"file": "javascript:alert(1)", "language": "zh"}}',
        '{"one.html": {"file": "two.html", "language": "zh"}}',
        '{"one.html": {}}',
        '{"one.html": {"file": "one.html", "notebook": "gone", "level": "county", "language": "zh"}}',
        '{"one.html": {"file": "one.html", "notebook": "request_trends", "level": "moon", "language": "zh"}}',
        '{"one.html": {"file": "one.html", "notebook": "request_trends", "level": "county", "language": "xx"}}',
        "[]",
        "{",
    ],
)
def test_a_record_that_names_no_page_of_ours_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "one.html").touch()
    (tmp_path / record.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(BadData, match="not the record of an edition"):
        record.read(tmp_path)


def test_the_day_of_a_run_can_be_given_and_is_that_of_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(record.CLOCK, "1795564799")
    assert record.today() == date(2026, 11, 24)
    monkeypatch.setenv(record.CLOCK, "yesterday")
    with pytest.raises(BadParameter, match="'yesterday' is no moment"):
        record.today()
    monkeypatch.delenv(record.CLOCK)
    assert record.today() >= date(2026, 1, 1)


# -- the figure that the index shows of a unit


def test_the_first_main_figure_that_two_years_state_is_shown(make_data: Callable[..., Disclosures]) -> None:
    told = headline.headline(
        make_data(*figures("published_items", {2021: 900}), *figures("hearings", {2020: 3, 2021: 5})), "demo-east", "zh"
    )
    assert (told["label"], told["figure"], told["year"]) == ("听证会次数", "5次", 2021)
    assert len(told["past"]["dots"]) == 2
    assert len(told["past"]["lines"]) == 1


def test_a_gap_is_not_joined_and_what_is_not_exact_is_hollow(make_data: Callable[..., Disclosures]) -> None:
    exact, about = figures("hearings", {2020: 3, 2022: 5}), figures("hearings", {2023: 6}, qualifier="approx")
    reports = [{"unit": "demo-east", "year": 2021}]
    told = headline.headline(make_data(*exact, *about, reports=reports), "demo-east", "zh")
    assert told["figure"] == "约6次"
    assert [len(line.split()) for line in told["past"]["lines"]] == [1, 2]
    assert [hollow for _, _, hollow in told["past"]["dots"]] == [False, False, True]


def test_figures_of_different_scope_are_not_one_past(make_data: Callable[..., Disclosures]) -> None:
    own, region = figures("hearings", {2020: 3}, scope="own"), figures("hearings", {2021: 50}, scope="region")
    assert headline.headline(make_data(*own, *region), "demo-east", "zh") == {}


def test_a_unit_without_report_or_with_one_year_has_no_past(make_data: Callable[..., Disclosures]) -> None:
    held = make_data(*figures("hearings", {2021: 5}))
    assert [headline.headline(held, unit, "zh") for unit in ("demo-east", "demo-west", "demo")] == [{}, {}, {}]


def test_the_headline_is_told_in_the_language_asked_for(data: Disclosures) -> None:
    assert headline.headline(data, "demo-east", "en")["label"] == codebook.load("en").label("hearings")
