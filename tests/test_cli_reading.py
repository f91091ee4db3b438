"""`disclosure read` and `disclosure ingest` as their users meet them."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

TEXT = """东山县人民政府2013年政府信息公开工作年度报告
一、概述
本报告统计期限为2013年1月1日至2013年12月31日。全县召开听证会5次，新闻发布会3次，制作宣传册200本。
"""


def disclosure(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "analysis.cli", *map(str, words)], capture_output=True, text=True, check=False
    )


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "reports" / "east.txt"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.parametrize("verb", ["read", "ingest"])
def test_the_verbs_explain_themselves(verb: str) -> None:
    told = disclosure(verb, "--help")
    assert told.returncode == 0
    assert "--year" in told.stdout


def test_a_report_is_shown_with_figures_evidence_and_counts_without_a_meaning(report: Path) -> None:
    told = disclosure("read", report)
    assert told.returncode == 0
    assert "东山县人民政府 · 2013 · 文字报告" in told.stdout
    assert "听证会次数" in told.stdout
    assert "5次" in told.stdout
    assert "“听证会5次”" in told.stdout
    assert "制作宣传册200本" in told.stdout


def test_labels_come_in_english_on_request(report: Path) -> None:
    assert "Public hearings" in disclosure("read", report, "--language", "en").stdout


def test_csv_and_json_are_for_other_programs(report: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(disclosure("read", report, "--format", "csv").stdout)))
    assert [(row["indicator"], row["scope"], row["value"]) for row in rows] == [
        ("hearings", "region", "5.0"),
        ("press_conferences", "region", "3.0"),
    ]
    (read,) = json.loads(disclosure("read", report, "--format", "json").stdout)
    assert (read["unit"], read["year"], len(read["figures"]), len(read["counts"])) == ("东山县人民政府", 2013, 2, 1)
    assert TEXT[read["figures"][0]["start"] : read["figures"][0]["end"]] == "听证会5次"


def test_one_bad_file_does_not_stop_the_rest(report: Path) -> None:
    (report.parent / "cut.pdf").write_bytes(b"%PDF-1.7 and no more")
    told = disclosure("read", report.parent, "--format", "json")
    assert told.returncode == 2
    assert "not read" in told.stderr
    assert "cut.pdf" in told.stderr
    assert "to fix" in told.stderr
    assert [read["file"] for read in json.loads(told.stdout)] == ["east.txt"]


def test_reading_writes_nothing_but_the_reviewer_s_page(report: Path, tmp_path: Path) -> None:
    before = sorted(path.name for path in report.parent.iterdir())
    page = tmp_path / "review.html"
    assert disclosure("read", report, "--review", page).returncode == 0
    assert "听证会5次" in page.read_text(encoding="utf-8")
    assert sorted(path.name for path in report.parent.iterdir()) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere.pdf"], "there is no such file"),
        (["{folder}", "--language", "fr"], "zh or en"),
        (["{folder}", "--review", "/nowhere/page.html"], "there is no such folder"),
        (["{folder}", "--year", "20133"], "is no reporting year"),
        (["{folder}", "--format", "xml"], "xml"),
    ],
)
def test_a_person_s_mistakes_end_with_2_and_the_next_step(words: list[str], said: str, report: Path) -> None:
    told = disclosure("read", *(word.format(folder=report.parent) for word in words))
    assert told.returncode != 0
    assert said in told.stderr + told.stdout
    assert "Traceback" not in told.stderr


def test_ingest_tells_what_became_of_every_file(report: Path, make_folder: Callable[..., Path]) -> None:
    folder = make_folder({"unit": "demo-west", "year": 2013, "indicator": "hearings", "value": 1})
    told = disclosure("ingest", report, "--data", folder)
    assert (told.returncode, told.stdout) == (
        0,
        f"added: demo-east-2013 (2 figures) from east.txt\n1 added, 0 revised, 0 unchanged, 0 refused: {folder}\n",
    )
    assert "0 added, 0 revised, 1 unchanged" in disclosure("ingest", report, "--data", folder).stdout


def test_an_unknown_unit_ends_with_2_and_names_the_way_to_add_it(
    report: Path, make_folder: Callable[..., Path]
) -> None:
    folder = make_folder({"unit": "demo-west", "year": 2013, "indicator": "hearings", "value": 1})
    report.write_text(TEXT.replace("东山县", "南湖县"), encoding="utf-8")
    told = disclosure("ingest", report, "--data", folder)
    assert told.returncode == 2
    assert "南湖县人民政府" in told.stderr
    assert "--new-unit" in told.stderr
    assert disclosure("ingest", report, "--data", folder, "--new-unit").returncode == 0


def test_the_data_package_names_the_tables_of_one_s_own(report: Path, make_folder: Callable[..., Path]) -> None:
    folder = make_folder({"unit": "demo-west", "year": 2013, "indicator": "hearings", "value": 1})
    disclosure("ingest", report, "--data", folder)
    assert disclosure("describe", "--data", folder).returncode == 0
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert {"revisions", "statements"} <= {resource["name"] for resource in package["resources"]}


def test_doubts_are_told_when_a_report_is_taken_up(report: Path, make_folder: Callable[..., Path]) -> None:
    folder = make_folder({"unit": "demo-west", "year": 2013, "indicator": "hearings", "value": 1})
    told = disclosure("ingest", report, "--data", folder, "--year", 2012)
    assert told.returncode == 0
    assert "? 报告写的是2013年，按指定的2012年读取" in told.stdout


def test_the_reviewer_s_page_is_not_written_over_a_report_or_a_folder(report: Path) -> None:
    before = report.read_bytes()
    assert "itself a report" in disclosure("read", report, "--review", report).stderr
    assert "is a folder" in disclosure("read", report, "--review", report.parent).stderr
    assert report.read_bytes() == before


def test_the_reviewer_s_page_is_written_over_nothing_but_itself(report: Path, tmp_path: Path) -> None:
    before = report.read_bytes()
    assert "itself a report" in disclosure("read", report.parent, "--review", report).stderr
    assert report.read_bytes() == before
    other = tmp_path / "units.csv"
    other.write_text("unit", encoding="utf-8")
    assert "is there already" in disclosure("read", report, "--review", other).stderr
    page = tmp_path / "page.html"
    assert [disclosure("read", report, "--review", page).returncode for _ in range(2)] == [0, 0]


def test_a_name_with_brackets_is_a_file_like_another(report: Path) -> None:
    path = report.rename(report.with_name("[bold]east.txt"))
    assert disclosure("read", path.name).returncode == 2  # not here, and said so
    assert "新闻发布会" in disclosure("read", path).stdout


def test_a_full_disk_is_told_without_a_traceback(report: Path) -> None:
    with Path("/dev/full").open("w") as full:
        told = subprocess.run(
            [sys.executable, "-m", "analysis.cli", "read", report, "--format", "json"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert told.returncode == 1
    assert "No space left" in told.stderr
    assert "Traceback" not in told.stderr
