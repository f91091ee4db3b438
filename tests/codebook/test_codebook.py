"""Every entry of the codebook is complete, and everything that it refers to exists."""

import csv
import string
import tomllib

import pytest

from analysis import codebook, paths
from analysis.codebook import Addend, Codebook
from analysis.errors import Unknown

CSV = sorted(path.name for path in paths.CODEBOOK.glob("*.csv"))
TOML = sorted(path.name for path in paths.CODEBOOK.glob("*.toml"))
MAY_BE_EMPTY = {"note", "mark", "part_of", "sdmx", "to_year"}


def rows(name: str) -> list[dict[str, str]]:
    with (paths.CODEBOOK / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_an_unknown_language_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Unknown, match="take zh or en"):
        codebook.load("fr")


@pytest.mark.parametrize("name", [name for name in CSV if name not in ("tables.csv", "forms.csv", "labels.csv")])
def test_every_label_stands_in_both_languages(name: str) -> None:
    for row in rows(name):
        for column, value in row.items():
            base = column.removesuffix("_zh").removesuffix("_en")
            unsaid = row.get("list") == "measure" and column == "label_en"  # in English the label says what is counted
            assert value or base in MAY_BE_EMPTY or unsaid, (name, row, column)
            if base == "note":
                assert bool(row["note_zh"]) == bool(row["note_en"]), row


@pytest.mark.parametrize("name", ["identities.toml", "metrics.toml", "topics.toml"])
def test_every_toml_entry_is_labelled_in_both_languages(name: str) -> None:
    for key, entry in tomllib.loads((paths.CODEBOOK / name).read_text(encoding="utf-8")).items():
        assert entry["label_zh"], key
        assert entry["label_en"], key


def test_every_text_has_the_same_placeholders_in_both_languages() -> None:
    for key, texts in tomllib.loads((paths.CODEBOOK / "wording.toml").read_text(encoding="utf-8")).items():
        assert set(texts) == {"zh", "en"}, key
        named = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in texts.values()]
        assert named[0] == named[1], key


def test_there_are_the_indicators_of_the_forms_and_three_that_only_reports_tell(zh: Codebook) -> None:
    assert len(zh.indicators) == 109 + 3
    assert {"requests_closed", "lawsuits_pending", "published_policy_documents"} <= set(zh.indicators)
    assert {row["indicator"] for row in rows("forms.csv")} == set(zh.indicators)


def test_every_indicator_belongs_somewhere(zh: Codebook) -> None:
    for name, entry in zh.indicators.items():
        assert entry.group in zh.terms["group"], name
        assert entry.unit in zh.terms["measure"], name
        assert entry.kind in zh.terms["kind"], name
        assert entry.part_of in {"", *zh.indicators}, name
        assert set(entry.cells) == set(zh.editions), name
        assert any(entry.cells.values()), f"{name} stands in no edition"


def test_no_indicator_is_a_part_of_itself(zh: Codebook) -> None:
    for name in zh.indicators:
        above, seen = zh.indicators[name].part_of, {name}
        while above:
            assert above not in seen
            seen.add(above)
            above = zh.indicators[above].part_of


def test_hearings_have_no_cell_in_any_form(zh: Codebook) -> None:
    assert set(zh.indicators["hearings"].cells.values()) == {"prose"}


@pytest.mark.parametrize(
    ("year", "edition"),
    [
        (2007, None),
        (2008, "narrative_2008"),
        (2013, "narrative_2008"),
        (2014, "statistical_2014"),
        (2018, "statistical_2014"),
        (2019, "standard_2019"),
        (2020, "standard_2019"),
        (2021, "standard_2021"),
    ],
)
def test_each_year_has_the_form_that_was_in_force(zh: Codebook, year: int, edition: str | None) -> None:
    assert zh.edition_of(year) == edition


def test_the_editions_follow_each_other_without_a_gap(zh: Codebook) -> None:
    editions = list(zh.editions.values())
    assert [entry.to_year for entry in editions[:-1]] == [entry.from_year - 1 for entry in editions[1:]]
    assert editions[-1].to_year is None


def test_every_term_of_identities_and_metrics_exists(zh: Codebook) -> None:
    identities = [term for entry in zh.identities.values() for term in [*entry.left, *entry.right]]
    metrics = [term for entry in zh.metrics.values() for term in [*entry.numerator, *entry.denominator]]
    for term in [*identities, *metrics]:
        assert term.indicator in {"*", *zh.indicators}, term
        assert term.applicant in zh.terms["applicant"], term


def test_every_identity_holds_in_editions_that_print_its_terms(zh: Codebook) -> None:
    for name, rule in zh.identities.items():
        for edition in rule.editions:
            printed = [*rule.right, *([] if rule.fills else rule.left)]
            for term in printed:
                if (
                    term.indicator != "*"
                    and term.indicator in zh.indicators
                    and not _filled(zh, term.indicator, edition)
                ):
                    assert zh.indicators[term.indicator].cells[edition] not in ("", "prose"), (name, edition, term)


def _filled(book: Codebook, indicator: str, edition: str) -> bool:
    rules = [rule for rule in book.identities.values() if rule.fills and edition in rule.editions]
    return indicator in {rule.left[0].indicator for rule in rules}


def test_every_metric_counts_in_a_known_unit(zh: Codebook) -> None:
    assert {entry.unit for entry in zh.metrics.values()} <= set(zh.terms["measure"])


def test_pending_cases_do_not_count_in_the_review_correction_rate(zh: Codebook) -> None:
    assert "reviews_pending" not in {term.indicator for term in zh.metrics["review_correction"].denominator}


def test_every_topic_lists_known_indicators_once(zh: Codebook) -> None:
    for topic in zh.topics.values():
        assert set(topic.indicators) <= set(zh.indicators), topic.topic
        assert len(set(topic.indicators)) == len(topic.indicators), topic.topic


def test_every_break_of_comparability_is_of_a_known_indicator_and_degree(zh: Codebook) -> None:
    for entry in zh.comparability:
        assert entry.indicator in zh.indicators
        assert entry.degree in zh.terms["degree"]


def test_the_grounds_of_refusal_break_in_2019(zh: Codebook) -> None:
    assert [(entry.from_year, entry.degree) for entry in zh.changes("requests_refused")] == [(2019, "break")]


def test_every_column_draws_on_a_known_list_and_table(zh: Codebook) -> None:
    fields = {f"{column.table}.{column.column}" for column in zh.columns}
    for column in zh.columns:
        assert column.one_of in {"", *zh.lists}, column
        assert column.refers_to in {"", *fields}, column
        assert column.description, column


def test_marks_are_distinct_so_that_a_reader_can_tell_them_apart(zh: Codebook) -> None:
    terms = [term for name in ("qualifier", "method") for term in zh.terms[name].values()]
    marks = [entry.mark for entry in [*zh.statuses.values(), *terms] if entry.mark]
    assert len(set(marks)) == len(marks)


@pytest.mark.parametrize(
    ("text", "addend"),
    [
        ("requests_received", Addend("requests_received", "total", 1)),
        ("-fees_collected", Addend("fees_collected", "total", -1)),
        ("requests_received@company", Addend("requests_received", "company", 1)),
    ],
)
def test_an_addend_is_read_as_it_is_written(text: str, addend: Addend) -> None:
    assert Addend.parse(text) == addend
