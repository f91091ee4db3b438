"""The words by which reports are read: patterns compile, and whatever an entry refers to exists."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator

import pytest

from analysis import codebook, paths
from analysis.codebook import Codebook, Label, Meaning, vocabulary
from analysis.reports import labels

BOOK = vocabulary()
YEARS = {"{year}": "2013", "{last}": "2012", "{next}": "2014"}
REASONS = {"no_meaning", "part", "repeated", "compared", "change", "cumulative", "other", "unrelated"}
DOUBTS = {
    *("title_year_differs", "year_unknown", "unit_unknown", "edition_differs", "row_unknown"),
    *("cell_noted", "cell_worded", "prose_differs", "conflicting"),
}
FORM_TABLES = {"二": "active", "三": "requests", "四": "disputes"}  # sections of the standard forms
SUMS = {"requests_refused", "requests_unavailable", "requests_not_processed"}  # cells of the form that only head others
OF_2021 = {"requests_other_outcome"}  # one row in 2019, the sum of three since 2021


def strings(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from strings(entry, f"{name}.{key}" if name else key)


def filled(pattern: str) -> str:
    for mark, year in YEARS.items():
        pattern = pattern.replace(mark, year)
    return pattern


PATTERNS = dict(strings(BOOK.words))
MEANINGS = [pytest.param(entry, id=f"{place}-{entry.indicator}") for place, entry in enumerate(BOOK.meanings)]
LABELS = [pytest.param(entry, id=f"{entry.table}-{entry.indicator}") for entry in BOOK.labels]


@pytest.mark.parametrize("name", PATTERNS)
def test_every_pattern_compiles(name: str) -> None:
    re.compile(filled(PATTERNS[name]))


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_names_no_years_but_those_that_are_filled_in(name: str) -> None:
    marks = set(re.findall(r"\{[a-z_]+\}", PATTERNS[name]))
    assert marks <= set(YEARS)


@pytest.mark.parametrize("entry", MEANINGS)
def test_every_meaning_is_an_indicator_or_none(entry: Meaning, zh: Codebook) -> None:
    assert entry.indicator in {"none", *zh.indicators}
    assert entry.before or entry.after
    re.compile(entry.before)
    re.compile(entry.after)


@pytest.mark.parametrize("entry", MEANINGS)
def test_every_meaning_has_measure_words_that_the_reader_finds(entry: Meaning) -> None:
    assert entry.measures
    assert set(entry.measures) <= set(BOOK.words["numbers"]["measures"])


@pytest.mark.parametrize("entry", MEANINGS)
def test_what_a_meaning_depends_on_exists(entry: Meaning, zh: Codebook) -> None:
    assert entry.topic in {"", *BOOK.words["topics"]}
    assert set(entry.editions) <= set(zh.editions)
    assert entry.status in zh.statuses


def test_a_noun_is_never_empty() -> None:
    for entry in BOOK.meanings:
        for pattern in (entry.before, entry.after):
            assert not pattern or not re.fullmatch(pattern, ""), entry


def test_every_group_of_measure_words_is_used() -> None:
    text = (paths.CODEBOOK / "meanings.toml").read_text(encoding="utf-8")
    used = {entry["measures"] for entry in tomllib.loads(text)["meaning"]}
    assert used == set(tomllib.loads(text)["measures"])


def test_every_topic_is_used_or_closes_another() -> None:
    used = {entry.topic for entry in BOOK.meanings}
    assert set(BOOK.words["topics"]) - used <= {"decoy", "reviews"}


def test_indicators_that_are_told_in_prose_alone_have_a_meaning(zh: Codebook) -> None:
    told = {entry.indicator for entry in BOOK.meanings}
    for name, entry in zh.indicators.items():
        if set(entry.cells.values()) == {"prose"}:
            assert name in told, name


@pytest.mark.parametrize("table", ["channels", "zero.nouns", "follows"])
def test_words_that_stand_for_an_indicator_name_one(table: str, zh: Codebook) -> None:
    entries: dict[str, str] = BOOK.words
    for step in table.split("."):
        entries = entries[step]  # type: ignore[assignment]
    assert set(entries) <= {"other", *zh.indicators}
    if table == "follows":
        assert set(entries.values()) <= set(zh.indicators)


def test_scopes_and_applicants_are_the_codebook_s(zh: Codebook) -> None:
    assert set(BOOK.words["scope"]) - {"others"} <= set(zh.terms["scope"])  # others are nobody's scope
    assert set(BOOK.words["tables"]["applicants"]) == set(zh.terms["applicant"])
    assert set(BOOK.words["tables"]["editions"]) <= set(zh.editions)
    qualifiers = {*BOOK.words["numbers"]["before"], *BOOK.words["numbers"]["after"]}
    assert qualifiers <= set(zh.terms["qualifier"])


@pytest.mark.parametrize("pair", re.findall("..", BOOK.words["characters"]["variants"]))
def test_variants_of_characters_come_in_pairs(pair: str) -> None:
    assert ord(pair[0]) in range(0x2E80, 0x2F00)
    assert ord(pair[1]) in range(0x4E00, 0xA000)


def test_no_variant_is_left_without_its_character() -> None:
    assert len(BOOK.words["characters"]["variants"]) % 2 == 0


@pytest.mark.parametrize("entry", LABELS)
def test_every_label_names_an_indicator_of_the_codebook(entry: Label, zh: Codebook) -> None:
    assert entry.indicator in zh.indicators
    assert entry.row or entry.column


@pytest.mark.parametrize("entry", LABELS)
def test_every_label_finds_its_own_entry(entry: Label) -> None:
    if entry.table == "active":
        found = [labels.cell("active", row, column) for row in entry.row for column in entry.column]
    elif entry.table == "disputes":
        found = [each for each in BOOK.labels if each.table == "disputes" and each.under == entry.under]
        found = [each for each in found if set(each.column) & set(entry.column)]
    else:
        found = [labels.row(entry.table, row, entry.under) for row in entry.row]
    assert {each and each.indicator for each in found} == {entry.indicator}


@pytest.mark.parametrize("table", ["requests", "disputes", "active", "statistics"])
def test_no_words_mean_two_things(table: str) -> None:
    printed = Counter(
        (row, column, entry.under)
        for entry in BOOK.labels
        if entry.table == table
        for row in entry.row or ("",)
        for column in entry.column or ("",)
    )
    assert [words for words, number in printed.items() if number > 1] == []


@pytest.mark.parametrize("edition", ["standard_2019", "standard_2021"])
def test_every_cell_of_the_standard_forms_has_its_labels(edition: str, zh: Codebook) -> None:
    known = {(entry.table, entry.indicator) for entry in BOOK.labels}
    for name, entry in zh.indicators.items():
        table = FORM_TABLES.get(entry.cells[edition][:1])
        if table and name not in SUMS and (name not in OF_2021 or edition != "standard_2021"):
            assert (table, name) in known, (name, entry.cells[edition])


def test_every_cell_of_the_statistical_table_has_its_label(zh: Codebook) -> None:
    known = {entry.indicator for entry in BOOK.labels if entry.table == "statistics"}
    for name, entry in zh.indicators.items():
        cell = entry.cells["statistical_2014"]
        if cell not in {"", "prose"} and "+" not in cell:
            assert name in known, (name, cell)


@pytest.mark.parametrize("entry", LABELS)
def test_every_label_stands_in_a_cell_of_some_form(entry: Label, zh: Codebook) -> None:
    cells = zh.indicators[entry.indicator].cells
    editions = ["statistical_2014"] if entry.table == "statistics" else ["standard_2019", "standard_2021"]
    assert any(cells[edition] not in {"", "prose"} for edition in editions)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "key", [*(f"count_{name}" for name in sorted(REASONS)), *(f"review_{name}" for name in sorted(DOUBTS))]
)
def test_every_reason_and_doubt_has_its_words(key: str, language: str) -> None:
    assert codebook.load(language).words[key]
