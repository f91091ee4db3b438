import csv
from pathlib import Path

import polars as pl
import pytest

from analysis.codebook import Codebook
from analysis.errors import BadData, Missing
from analysis.facts import tables

HEADER = "unit,name,name_en,level,parent,note\n"
DEMO = "demo,示例市,Demo City,city,,\n"
TYPO = "east,东山县,East County,cuonty,,\n"
KNOWN = {"units.unit": pl.Series(["demo"]), "reports.report": pl.Series(["demo-2024"])}
GOOD = {
    "units": {"unit": "demo", "name": "示例市", "name_en": "Demo City", "level": "city"},
    "reports": {"report": "demo-2024", "unit": "demo", "year": "2024", "coverage": "full"},
    "disclosures": {
        **{"unit": "demo", "year": "2024", "indicator": "hearings", "applicant": "total", "scope": "own"},
        **{"value": "5", "status": "reported", "qualifier": "exact", "source": "demo-2024", "evidence": "一"},
        "method": "table",
    },
}
NUMBER = "is not a plain number (no unit, no thousands separator)"
COUNT = (
    "The figure in the indicator's unit; empty where there is none, never 0 for it: "
    "a plain number (no unit, no thousands separator) from 0"
)
YEAR = "Reporting year: a whole number from 2000 to 2100"
DATE = "Date of publication, as exact as it is known; pattern "
URL = "Address of the report; empty where it was not recorded; pattern "


def write(
    folder: Path, table: str, rows: list[dict[str, str]], book: Codebook, quoting: int = csv.QUOTE_MINIMAL
) -> Path:
    path = folder / f"{table}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [column.column for column in book.table(table)], quoting=quoting)
        writer.writeheader()
        writer.writerows(rows)
    return path


def refused(path: Path, book: Codebook) -> BadData:
    with pytest.raises(BadData) as caught:
        tables.read(path, book, known=KNOWN)
    return caught.value


@pytest.mark.parametrize(
    ("table", "column", "found", "what", "fix"),
    [
        ("disclosures", "indicator", "hearing", "'hearing' is no indicator of the codebook", "did you mean hearings?"),
        ("disclosures", "year", "20133", "'20133' is above 2100", YEAR),
        ("disclosures", "year", "1999", "'1999' is below 2000", YEAR),
        ("disclosures", "year", "abc", "'abc' is not a whole number", YEAR),
        ("disclosures", "year", "2024.5", "'2024.5' is not a whole number", YEAR),
        ("disclosures", "value", "4,566", f"'4,566' {NUMBER}", COUNT),
        ("disclosures", "value", "12件", f"'12件' {NUMBER}", COUNT),
        ("disclosures", "value", "nan", f"'nan' {NUMBER}", COUNT),
        ("disclosures", "value", "inf", f"'inf' {NUMBER}", COUNT),
        ("disclosures", "value", "-3", "'-3' is below 0", COUNT),
        ("disclosures", "evidence", "", "the value is missing", "give it: Where in the report: section, cell or words"),
        ("disclosures", "unit", "demos", "'demos' is not known", "add it to units.csv, or mend the spelling"),
        ("disclosures", "source", "demo-23", "'demo-23' is not known", "add it to reports.csv, or mend the spelling"),
        ("reports", "published_on", "2025-1-3", "'2025-1-3' is not written as it must be", DATE),
        ("reports", "published_on", "2025-13-45", "'2025-13-45' is not written as it must be", DATE),
        ("reports", "url", "javascript:alert(1)", "'javascript:alert(1)' is not written as it must be", URL),
        ("units", "unit", "Demo_2", "'Demo_2' is not written as it must be", "Stable id: lower-case ASCII, "),
    ],
)
def test_a_wrong_value_is_refused_with_its_line_column_and_remedy(
    tmp_path: Path, zh: Codebook, table: str, column: str, found: str, what: str, fix: str
) -> None:
    second = {"reports": {"report": "demo-2023"}, "units": {"unit": "demo-two"}}.get(table, {})
    path = write(tmp_path, table, [GOOD[table], {**GOOD[table], **second, column: found}], zh)
    error = refused(path, zh)
    assert (error.where, error.what) == (f"{path} line 3, column '{column}'", what)
    assert error.fix == fix or (fix.endswith(("pattern ", ", ")) and error.fix.startswith(fix))


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("unit,name,name_en,level,parent", "the header has no 'note'"),
        ("unit,name,name_en,level,parent,note,rank", "the header has unknown 'rank'"),
        ("unit,name,name_en,levle,parent,note", "the header has unknown 'levle', no 'level'"),
        ("name,unit,name_en,level,parent,note", "the header has the columns in another order"),
        ("", "the header has no 'unit', 'name', 'name_en', 'level', 'parent', 'note'"),
    ],
)
def test_a_wrong_header_is_refused(tmp_path: Path, zh: Codebook, header: str, what: str) -> None:
    path = tmp_path / "units.csv"
    path.write_text(header, encoding="utf-8")
    error = refused(path, zh)
    assert (error.where, error.what) == (f"{path} line 1", what)
    assert error.fix == "the header is: unit,name,name_en,level,parent,note"


def test_an_id_in_two_rows_is_refused_at_both(tmp_path: Path, zh: Codebook) -> None:
    path = write(tmp_path, "units", [GOOD["units"], GOOD["units"]], zh)
    error = refused(path, zh)
    assert (error.where, error.what) == (f"{path} line 2, column 'unit'", "'demo' stands in more than one row")
    assert error.fix == "keep one row for each\n  also   : line 3, column 'unit': 'demo' stands in more than one row"


def test_several_faults_are_listed_and_the_rest_counted(tmp_path: Path, zh: Codebook) -> None:
    path = write(tmp_path, "disclosures", [{**GOOD["disclosures"], "value": f"{n}件"} for n in range(7)], zh)
    error = refused(path, zh)
    also = [f"\n  also   : line {n + 2}, column 'value': '{n}件' {NUMBER}" for n in range(1, 5)]
    assert error.where == f"{path} line 2, column 'value'"
    assert error.fix == COUNT + "".join(also) + "\n  also   : and 2 more"


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        (DEMO + TYPO, 3),
        ('demo,"示\n例\n市",Demo City,city,,"a\nb"\n' + TYPO, 6),
        ("\n" + DEMO, 2),
        ((DEMO + TYPO).replace("\n", "\r\n"), 3),
    ],
)
def test_the_line_named_is_the_line_of_the_file(tmp_path: Path, zh: Codebook, rows: str, line: int) -> None:
    path = tmp_path / "units.csv"
    path.write_text(HEADER + rows, encoding="utf-8", newline="")
    assert refused(path, zh).where.startswith(f"{path} line {line}, column ")


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        (DEMO + "east,东山县,East County,county,,,surplus\n", 3),
        ('demo,"一,二,三,四,五,六,七",Demo City,city,,\n' + "east,东山县,East County,county,,,surplus\n", 3),
        ('demo,"示\n例市",Demo City,city,,\n' + "east,东山县,East County,county,,,surplus\n", 4),
        (DEMO + 'east,"东山县,East County,county,,\n', 3),
    ],
)
def test_a_row_that_is_no_row_is_refused_with_its_line(tmp_path: Path, zh: Codebook, rows: str, line: int) -> None:
    path = tmp_path / "units.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    error = refused(path, zh)
    assert error.where == f"{path} line {line}"
    assert error.what.startswith("this is not a table of 6 columns (")
    assert error.fix == "write a value that holds a comma in double quotes"


def test_chinese_text_that_is_not_utf8_is_refused_with_its_line(tmp_path: Path, zh: Codebook) -> None:
    path = tmp_path / "units.csv"
    path.write_bytes((HEADER + DEMO).encode() + "east,东山县,East County,county,,\n".encode("gbk"))
    error = refused(path, zh)
    assert (error.where, error.what) == (f"{path} line 3", "this is not UTF-8 text")
    assert error.fix == "save the file as UTF-8 (in Excel: 'CSV UTF-8')"


def test_a_file_that_is_not_there_is_missing(tmp_path: Path, zh: Codebook) -> None:
    with pytest.raises(Missing) as caught:
        tables.read(tmp_path / "units.csv", zh)
    assert (caught.value.where, caught.value.what) == (str(tmp_path / "units.csv"), "there is no such file")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_byte_order_mark_changes_nothing(tmp_path: Path, zh: Codebook, encoding: str) -> None:
    path = tmp_path / "units.csv"
    path.write_text(HEADER + DEMO, encoding=encoding)
    assert tables.read(path, zh).rows() == [("demo", "示例市", "Demo City", "city", None, None)]


@pytest.mark.parametrize("table", ["units", "disclosures"])
def test_quotes_around_every_value_change_nothing(tmp_path: Path, zh: Codebook, table: str) -> None:
    row = {**GOOD[table]} | ({"value": "", "status": "blank"} if table == "disclosures" else {})
    plain = tables.read(write(tmp_path, table, [row], zh), zh, known=KNOWN)
    quoted = tables.read(write(tmp_path, table, [row], zh, csv.QUOTE_ALL), zh, known=KNOWN)
    assert quoted.equals(plain)


def test_a_required_value_of_quotes_alone_is_missing(tmp_path: Path, zh: Codebook) -> None:
    path = tmp_path / "units.csv"
    path.write_text(HEADER + 'demo,"",Demo City,city,,\n', encoding="utf-8")
    assert refused(path, zh).what == "the value is missing"


def test_closed_lists_sort_as_the_codebook_orders_them(zh: Codebook) -> None:
    schema = tables.schema(zh, "disclosures")
    assert schema["indicator"] == pl.Enum(list(zh.indicators))
    assert (schema["unit"], schema["year"], schema["value"]) == (pl.String, pl.Int16, pl.Float64)
