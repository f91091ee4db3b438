"""Every measure is complete, refers to what exists, and stands for every part that it should."""

import pytest

from analysis.codebook import Codebook

PAGES = {
    "rates", "outcomes", "refusal_grounds", "applicants", "channels_of_requests", "channel_shares",
    "documents_turnover", "attendance", "resources", "oversight",
}  # fmt: skip


def test_every_measure_has_a_label_a_formula_a_known_unit_and_a_known_topic(book: Codebook) -> None:
    for name, entry in book.metrics.items():
        assert entry.label, name
        assert entry.note, name
        assert "{" not in entry.label + entry.note, name
        assert entry.unit in book.terms["measure"], name
        assert entry.topic in book.topics, name
        assert entry.cases in {"numerator", "denominator"}, name
    assert len({entry.label for entry in book.metrics.values()}) == len(book.metrics)


def test_every_measure_has_numerator_and_denominator_of_known_terms(zh: Codebook) -> None:
    for name, entry in zh.metrics.items():
        assert entry.numerator, name
        assert entry.denominator, name
        assert {term.indicator for term in entry.terms} <= set(zh.indicators), name
        assert {term.applicant for term in entry.terms} <= set(zh.terms["applicant"]), name


@pytest.mark.parametrize(
    ("topic", "whole", "count"),
    [
        ("outcomes", "requests_concluded", 7),
        ("refusal_grounds", "requests_refused", 12),
        ("channels_of_requests", "requests_received", 4),
        ("channel_shares", "published_items", 5),
    ],
)
def test_one_entry_stands_for_the_share_of_every_part(zh: Codebook, topic: str, whole: str, count: int) -> None:
    parts = zh.parts(whole)
    assert len(parts) == count
    assert zh.metrics_of(topic) == [f"{part}_share" for part in parts]
    for part in parts:
        share = zh.metrics[f"{part}_share"]
        assert [term.indicator for term in share.terms] == [part, whole]
        assert (share.whole, share.adds_up) == (whole, topic == "channel_shares")
        assert zh.label(part) in share.label


def test_the_form_of_2021_has_eight_grounds_of_refusal_among_them(zh: Codebook) -> None:
    grounds = [zh.metrics[name].numerator[0].indicator for name in zh.metrics_of("refusal_grounds")]
    assert len([name for name in grounds if zh.indicators[name].in_table("standard_2021")]) == 8


def test_each_of_the_six_kinds_of_applicant_has_its_share(zh: Codebook) -> None:
    kinds = [kind for kind in zh.terms["applicant"] if kind != "total"]
    assert len(kinds) == 6
    assert zh.metrics_of("applicants") == [f"{kind}_share" for kind in kinds]
    for kind in kinds:
        terms = zh.metrics[f"{kind}_share"].terms
        assert [(term.indicator, term.applicant) for term in terms] == [
            ("requests_received", kind),
            ("requests_received", "total"),
        ]


def test_every_measure_is_of_a_page_and_the_topics_divide_them(zh: Codebook) -> None:
    assert {entry.topic for entry in zh.metrics.values()} == PAGES
    assert zh.metrics_of(*PAGES) == list(zh.metrics)
    assert zh.metrics_of("core") == []


@pytest.mark.parametrize(
    ("metric", "factor", "change", "difference"),
    [
        ("substantive_disclosure", 100, "points", False),
        ("disputes_per_hundred", 100, "points", False),
        ("documents_turnover", 100, "points", False),
        ("requests_per_staff", 1, "percent", False),
        ("fees_per_request", 1, "percent", False),
        ("backlog_change", 1, "", True),
        ("backlog_growth", 100, "", False),
    ],
)
def test_a_share_changes_in_points_a_ratio_in_percent_and_a_change_not_at_all(
    zh: Codebook, metric: str, factor: int, change: str, difference: bool
) -> None:
    entry = zh.metrics[metric]
    assert (entry.factor, entry.change, entry.difference) == (factor, change, difference)


def test_a_share_of_the_backlog_is_told_by_both_stocks(zh: Codebook) -> None:
    change = zh.metrics["backlog_change"]
    assert [term.indicator for term in change.terms] == ["requests_carried_out", "requests_carried_in"]
