"""Taking reports up: all or nothing, twice is once, a new version keeps the old on record, a person's figure stays."""

import csv
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from analysis import facts, reports
from analysis.codebook import Codebook
from analysis.errors import BadData, BadParameter, Missing, Unknown
from analysis.facts import writing
from analysis.facts.ingest import Outcome, ingest

TITLE = "东山县人民政府{year}年政府信息公开工作年度报告"
TEXT = """{title}
一、概述
本报告统计期限为{year}年1月1日至{year}年12月31日。全县召开听证会{hearings}次，新闻发布会3次。
二、存在的主要问题及改进
一是公开不够及时；二是解读不够通俗。
下一步，加强培训。
"""

Folder = Callable[..., Path]


@pytest.fixture
def folder(make_folder: Folder) -> Path:
    return make_folder({"unit": "demo-west", "year": 2013, "indicator": "hearings", "value": 1})


@pytest.fixture
def report(tmp_path: Path) -> Callable[..., reports.Reading]:
    def write(*, year: int = 2013, hearings: int = 5, title: str = TITLE, name: str = "east.txt") -> reports.Reading:
        path = tmp_path / name
        path.write_text(TEXT.format(title=title.format(year=year), year=year, hearings=hearings), encoding="utf-8")
        return reports.read(path)

    return write


def hearings(folder: Path, unit: str = "demo-east") -> list[float]:
    rows = facts.load(folder).facts.filter(pl.col("unit") == unit, pl.col("indicator").cast(pl.String) == "hearings")
    return rows.collect()["value"].to_list()


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def results(outcomes: list[Outcome]) -> list[str]:
    return [outcome.result for outcome in outcomes]


def test_a_report_is_added_with_its_figures_its_hash_and_its_statements(
    folder: Path, report: Callable[..., reports.Reading], zh: Codebook
) -> None:
    read = report()
    outcomes = ingest([read], folder, zh)
    assert results(outcomes) == ["added"]
    assert hearings(folder) == [5]
    row = next(row for row in table(folder, "reports") if row["unit"] == "demo-east")
    assert (row["report"], row["sha256"], row["coverage"]) == ("demo-east-2013", read.sha256, "full")
    assert [(row["kind"], row["text"]) for row in table(folder, "statements")] == [
        ("problem", "公开不够及时；"),
        ("problem", "解读不够通俗。"),
        ("measure", "下一步，加强培训。"),
    ]


def test_evidence_leads_back_into_the_report(
    folder: Path, report: Callable[..., reports.Reading], zh: Codebook
) -> None:
    ingest([report()], folder, zh)
    row = next(row for row in table(folder, "disclosures") if row["indicator"] == "press_conferences")
    start, end = row["evidence"].rpartition("[")[2].rstrip("]").split("-")
    assert report().document.text[int(start) : int(end)] == "新闻发布会3次"


def test_the_same_file_twice_changes_nothing(
    folder: Path, report: Callable[..., reports.Reading], zh: Codebook
) -> None:
    ingest([report()], folder, zh)
    before = files(folder)
    assert results(ingest([report()], folder, zh)) == ["unchanged"]
    assert files(folder) == before


def test_a_new_version_is_a_revision_whose_earlier_figures_stay_on_record(
    folder: Path, report: Callable[..., reports.Reading], zh: Codebook
) -> None:
    first = report()
    ingest([first], folder, zh)
    assert results(ingest([report(hearings=6)], folder, zh)) == ["revised"]
    assert hearings(folder) == [6]
    (kept,) = [row for row in table(folder, "revisions") if row["indicator"] == "hearings"]
    assert (kept["value"], kept["sha256"]) == ("5", first.sha256)
    assert kept["replaced_on"]
    assert not [row for row in table(folder, "revisions") if row["indicator"] == "press_conferences"]  # unchanged


def test_a_figure_typed_by_hand_is_never_overwritten(
    make_folder: Folder, report: Callable[..., reports.Reading], zh: Codebook
) -> None:
    typed = {
        "unit": "demo-east",
        "year": 2013,
        "indicator": "hearings",
        "scope": "region",
        "value": 4,
        "method": "hand",
    }
    folder = make_folder(typed)
    (outcome,) = ingest([report()], folder, zh)
    assert hearings(folder) == [4]
    assert outcome.kept == ("听证会次数 4 (全地区); the report: 5 (全地区)",)


def test_a_correction_stays_and_is_reported_stale_when_the_report_changes(
    make_folder: Folder, report: Callable[..., reports.Reading], zh: Codebook
) -> None:
    folder = make_folder({"unit": "demo-west", "year": 2013, "indicator": "hearings", "value": 1})
    ingest([report()], folder, zh)
    correction = "demo-east,2013,hearings,total,region,demo-east-2013,5,7,misprint,a clerk,2026-01-01\n"
    with (folder / "corrections.csv").open("a", encoding="utf-8") as file:
        file.write(correction)
    assert hearings(folder) == [7]
    ingest([report(hearings=6)], folder, zh)
    assert hearings(folder) == [6]
    assert facts.load(folder).stale_corrections.height == 1
    assert correction in (folder / "corrections.csv").read_text(encoding="utf-8")


def test_one_report_that_is_refused_does_not_keep_the_others_out(
    folder: Path, report: Callable[..., reports.Reading], zh: Codebook
) -> None:
    unknown = report(title="无名县人民政府{year}年政府信息公开年度报告", name="unknown.txt")
    outcomes = ingest([unknown, report()], folder, zh)
    assert results(outcomes) == ["refused", "added"]
    assert isinstance(outcomes[0].error, Unknown)
    assert "--new-unit" in str(outcomes[0].error)


def test_an_unknown_unit_is_added_only_when_asked_for(
    folder: Path, report: Callable[..., reports.Reading], zh: Codebook
) -> None:
    unknown = report(title="东山县教育局{year}年政府信息公开年度报告")
    assert results(ingest([unknown], folder, zh)) == ["refused"]
    assert results(ingest([unknown], folder, zh, add_units=True, parent="demo-east")) == ["added"]
    (row,) = [row for row in table(folder, "units") if row["name"] == "东山县教育局"]
    assert (row["unit"], row["level"], row["parent"]) == ("demo-east-jiaoyuju", "department", "demo-east")
    assert hearings(folder, "demo-east-jiaoyuju") == [5]


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("青石镇人民政府", "township"),
        ("白沙市人民政府", "city"),
        ("云岭县", "county"),
        ("水利局", "department"),
        ("南岭自治区人民政府", "province"),
        ("青石地区", "city"),
    ],
)
def test_the_rank_of_a_new_unit_follows_from_its_name(
    name: str, level: str, folder: Path, report: Callable[..., reports.Reading], zh: Codebook
) -> None:
    ingest([report(title=name + "{year}年政府信息公开年度报告")], folder, zh, add_units=True)
    assert {row["name"]: row["level"] for row in table(folder, "units")}[name] == level


def test_a_unit_is_known_with_and_without_the_word_for_its_government(
    folder: Path, report: Callable[..., reports.Reading], zh: Codebook
) -> None:
    assert results(ingest([report(title="东山县{year}年政府信息公开年度报告")], folder, zh)) == ["added"]


def test_the_caller_can_say_whose_report_it_is(
    folder: Path, report: Callable[..., reports.Reading], zh: Codebook
) -> None:
    unknown = report(title="{year}年政府信息公开年度报告")
    assert results(ingest([unknown], folder, zh)) == ["refused"]
    assert results(ingest([unknown], folder, zh, unit="demo-east")) == ["added"]


@pytest.mark.parametrize(("words", "error"), [({"unit": "demo-eest"}, Unknown), ({"parent": "nowhere"}, BadParameter)])
def test_ids_that_are_unknown_are_refused_with_the_nearest(
    words: dict[str, str], error: type, folder: Path, report: Callable[..., reports.Reading], zh: Codebook
) -> None:
    unknown = report(title="无名县人民政府{year}年政府信息公开年度报告")
    (outcome,) = ingest([unknown], folder, zh, add_units="parent" in words, **words)  # pyright: ignore[reportArgumentType]
    assert isinstance(outcome.error, error)


def test_two_files_of_one_report_in_one_run_are_not_joined(
    folder: Path, report: Callable[..., reports.Reading], zh: Codebook
) -> None:
    outcomes = ingest([report(), report(hearings=6, name="again.txt")], folder, zh)
    assert results(outcomes) == ["added", "refused"]
    assert "east.txt" in str(outcomes[1].error)
    assert hearings(folder) == [5]


def test_a_folder_without_figures_is_refused(
    tmp_path: Path, report: Callable[..., reports.Reading], zh: Codebook
) -> None:
    with pytest.raises(Missing, match="add to"):
        ingest([report()], tmp_path / "nothing", zh)


@pytest.mark.parametrize("step", range(6))
def test_an_interruption_at_any_step_leaves_the_old_tables_or_the_new_ones(
    step: int,
    folder: Path,
    report: Callable[..., reports.Reading],
    zh: Codebook,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The moves of the tables are cut off after `step` of them; the next load finds a whole state."""
    before = files(folder)
    moves: list[Path] = []
    move = Path.replace

    def cut_off(self: Path, target: Path) -> Path:
        if len(moves) == step:
            raise KeyboardInterrupt
        moves.append(self)
        return move(self, target)

    monkeypatch.setattr(Path, "replace", cut_off)
    with pytest.raises(KeyboardInterrupt):
        ingest([report()], folder, zh)
    monkeypatch.undo()
    assert hearings(folder) == [5]  # it was decided, so it is completed
    assert set(files(folder)) == set(before) | {"revisions.csv", "statements.csv", "growths.csv"}
    assert not list(folder.glob(".*"))


def test_an_interruption_before_the_decision_changes_nothing(
    folder: Path, report: Callable[..., reports.Reading], zh: Codebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(folder)

    def cut_off(*_: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(writing, "publish", cut_off)
    with pytest.raises(KeyboardInterrupt):
        ingest([report()], folder, zh)
    assert files(folder) == before
    assert hearings(folder) == []


def test_a_run_that_is_killed_leaves_the_data_as_they_were(folder: Path, tmp_path: Path) -> None:
    """Kills the command outright while it waits right before its decision."""
    (tmp_path / "east.txt").write_text(
        TEXT.format(title=TITLE.format(year=2013), year=2013, hearings=5), encoding="utf-8"
    )
    before = files(folder)
    wait = (
        "import sys, time\nfrom analysis.facts import writing\n"
        "def publish(folder, staged):\n    print('staged', flush=True)\n    time.sleep(60)\n"
        "writing.publish = publish\nfrom analysis.cli import main\n"
        f"sys.argv = ['disclosure', 'ingest', {str(tmp_path / 'east.txt')!r}, '--data', {str(folder)!r}]\nmain()\n"
    )
    run = subprocess.Popen([sys.executable, "-c", wait], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    assert run.stdout.readline() == "staged\n"
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    run.stdout.close()
    assert files(folder) == before
    assert hearings(folder) == []
    again = subprocess.run(
        [sys.executable, "-m", "analysis.cli", "ingest", str(tmp_path / "east.txt"), "--data", str(folder)], check=True
    )
    assert again.returncode == 0
    assert hearings(folder) == [5]
    assert not list(folder.glob(".*"))


def test_a_report_that_names_another_unit_is_not_taken_for_the_one_asked_for(
    folder: Path, report: Callable[..., reports.Reading], zh: Codebook
) -> None:
    (outcome,) = ingest([report()], folder, zh, unit="demo-west")
    assert outcome.result == "refused"
    assert "东山县人民政府 (demo-east)" in str(outcome.error)
    assert hearings(folder, "demo-west") == [1]


def test_tables_that_excel_has_marked_as_utf_8_are_read(
    folder: Path, report: Callable[..., reports.Reading], zh: Codebook
) -> None:
    for path in folder.glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert results(ingest([report()], folder, zh)) == ["added"]
    assert hearings(folder) == [5]


def test_figures_in_parquet_are_not_touched(folder: Path, report: Callable[..., reports.Reading], zh: Codebook) -> None:
    (folder / "disclosures.csv").rename(folder / "disclosures.parquet")
    with pytest.raises(Missing, match="Parquet"):
        ingest([report()], folder, zh)


def test_a_figure_typed_with_another_scope_stays_and_is_told(
    make_folder: Folder, report: Callable[..., reports.Reading], zh: Codebook
) -> None:
    folder = make_folder({"unit": "demo-east", "year": 2013, "indicator": "hearings", "value": 7, "method": "hand"})
    (outcome,) = ingest([report()], folder, zh)
    assert sorted(hearings(folder)) == [5, 7]
    assert outcome.kept == ("听证会次数 7 (未注明范围); the report: 5 (全地区)",)


def test_a_page_without_figures_wipes_no_report(
    folder: Path, report: Callable[..., reports.Reading], zh: Codebook, tmp_path: Path
) -> None:
    ingest([report()], folder, zh)
    before = files(folder)
    lost = tmp_path / "404.html"
    lost.write_text("<title>东山县人民政府2013年政府信息公开年度报告</title><body><p>您访问的页面不存在。</p>", "utf-8")
    (outcome,) = ingest([reports.read(lost)], folder, zh)
    assert "no figure for 2013 could be read" in str(outcome.error)
    assert files(folder) == before


def test_a_version_with_far_fewer_figures_is_doubtful(folder: Path, zh: Codebook, tmp_path: Path) -> None:
    title = TITLE.format(year=2013)
    whole, cut = tmp_path / "whole.txt", tmp_path / "cut.txt"
    whole.write_text(f"{title}\n举办新闻发布会3次，召开听证会5次，收到申请9件。", encoding="utf-8")
    cut.write_text(f"{title}\n举办新闻发布会3次。", encoding="utf-8")
    ingest([reports.read(whole)], folder, zh)
    (outcome,) = ingest([reports.read(cut)], folder, zh)
    (doubt,) = outcome.doubts
    assert (doubt.doubt, doubt.values) == ("figures_lost", {"before": "3", "now": "1"})


def test_a_name_that_the_unit_does_not_have_in_the_data_is_doubtful(
    folder: Path, report: Callable[..., reports.Reading], zh: Codebook
) -> None:
    (outcome,) = ingest([report(title="旧名县{year}年政府信息公开年度报告")], folder, zh, unit="demo-east")
    assert outcome.result == "added"
    assert [(doubt.doubt, doubt.values["stated"]) for doubt in outcome.doubts] == [("unit_given", "旧名县")]


def test_two_new_units_do_not_share_an_id(folder: Path, report: Callable[..., reports.Reading], zh: Codebook) -> None:
    new = [report(title=name + "{year}年政府信息公开年度报告", name=f"{name}.txt") for name in ("甲县", "乙县")]
    first, second = ingest(new, folder, zh, unit="demo-new", add_units=True)
    assert (first.result, second.result) == ("added", "refused")
    assert "'demo-new' is the id of 甲县" in str(second.error)


def test_a_parent_tells_units_of_one_name_apart(
    folder: Path, report: Callable[..., reports.Reading], zh: Codebook
) -> None:
    bureau = "教育局{year}年政府信息公开年度报告"
    for parent in ("demo-east", "demo-west"):
        assert results(ingest([report(title=bureau)], folder, zh, add_units=True, parent=parent)) == ["added"]
    assert hearings(folder, "demo-west-jiaoyuju") == hearings(folder, "demo-east-jiaoyuju") == [5]
    (outcome,) = ingest([report(title=bureau, hearings=6)], folder, zh)
    assert "demo-east-jiaoyuju, demo-west-jiaoyuju" in str(outcome.error)


def test_copies_of_one_file_are_taken_up_once(
    folder: Path, report: Callable[..., reports.Reading], zh: Codebook
) -> None:
    assert results(ingest([report(), report(name="copy.txt")], folder, zh)) == ["added", "unchanged"]


def test_what_another_report_states_otherwise_is_marked_and_kept(
    make_folder: Folder, report: Callable[..., reports.Reading], zh: Codebook
) -> None:
    later = {"unit": "demo-east", "year": 2013, "indicator": "hearings", "scope": "region", "value": 4}
    other = {"unit": "demo-east", "year": 2014, "report": "demo-east-2014"}
    folder = make_folder({**later, "source": "demo-east-2014"}, reports=[other])
    assert results(ingest([report()], folder, zh)) == ["revised"]
    assert sorted(hearings(folder)) == [4, 5]
    held = [row["status"] for row in table(folder, "disclosures") if row["indicator"] == "hearings"]
    assert held == ["conflicting", "conflicting"]


def test_a_table_that_excel_has_marked_keeps_its_mark(
    folder: Path, report: Callable[..., reports.Reading], zh: Codebook
) -> None:
    path = folder / "units.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    ingest([report()], folder, zh)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert not (folder / "reports.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("units", lambda raw: raw.decode("utf-8").encode("gbk")),
        ("disclosures", lambda raw: raw.replace(b"\n", b",\n")),
        ("disclosures", lambda _: b""),
        ("reports", lambda raw: raw.replace(b"title", b"titel", 1)),
    ],
)
def test_a_table_that_is_amiss_is_named_and_left_as_it_is(
    name: str,
    spoil: Callable[[bytes], bytes],
    folder: Path,
    report: Callable[..., reports.Reading],
    zh: Codebook,
) -> None:
    path = folder / f"{name}.csv"
    path.write_bytes(spoil(path.read_bytes()))
    before = files(folder)
    with pytest.raises(BadData, match=str(path)):
        ingest([report()], folder, zh)
    assert files(folder) == before


def test_the_description_of_the_folder_names_the_new_tables(
    folder: Path, report: Callable[..., reports.Reading], zh: Codebook
) -> None:
    package = folder / "datapackage.json"
    package.write_text("{}", encoding="utf-8")
    ingest([report()], folder, zh)
    assert {"revisions", "statements", "growths"} <= {
        table["name"] for table in json.loads(package.read_text("utf-8"))["resources"]
    }


def test_the_growth_that_a_report_tells_is_kept_beside_its_figures(folder: Path, zh: Codebook, tmp_path: Path) -> None:
    path = tmp_path / "growth.txt"
    path.write_text(f"{TITLE.format(year=2013)}\n召开听证会5次，同比增长25%。", encoding="utf-8")
    ingest([reports.read(path)], folder, zh)
    (row,) = table(folder, "growths")
    assert (row["source"], row["indicator"], row["percent"]) == ("demo-east-2013", "hearings", "25")
    assert row["evidence"].startswith("“听证会5次，同比增长25%” [")
