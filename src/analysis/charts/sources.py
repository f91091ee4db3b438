"""The reports that the figures of a page come from, each with its address."""

from collections.abc import Mapping

import polars as pl

from analysis.charts.exhibit import Exhibit
from analysis.codebook import Codebook

FEW = 20  # reports; of more, as a region has, the page lists those of its last year and the year before
SHOWN_SOURCES = 200  # addresses: nobody reads more at the end of a page


def sources(reports: pl.DataFrame, book: Codebook, *, names: Mapping[str, str]) -> Exhibit:
    """Which reports do the figures come from? Each with its address, its date and how much of it was taken up.

    `names` of the units by id. Of many reports the latest, each with its address alone.
    """
    many = reports.height > FEW
    latest = reports.filter(pl.col("year") >= pl.col("year").max() - 1) if many else reports
    shown = latest.sort("year", descending=True, maintain_order=True).head(SHOWN_SOURCES)
    entries = [_source(row, book, names[row["unit"]], short=many) for row in shown.iter_rows(named=True)]
    rest = reports.height - len(entries)
    finding = book.word("sources_finding", count=reports.height) if entries else book.word("sources_none")
    return Exhibit(
        topic=book.topics["sources"].label,
        finding=finding,
        book=book,
        block="sources",
        content={"sources": entries},
        notes=[book.word("sources_more", count=rest)] if rest else [],
    )


def _source(row: dict[str, str | int | None], book: Codebook, name: str, *, short: bool) -> dict[str, str | None]:
    title = str(row["title"]) if row["title"] else book.word("no_title", unit=name, year=row["year"])
    edition = [book.editions[str(row["edition"])].label] if row["edition"] else []
    published = (
        f"{book.word('head_published_on')}{book.word('colon')}{row['published_on'] or book.word('not_recorded')}"
    )
    taken = f"{book.word('head_coverage')}{book.word('colon')}{book.term('coverage', str(row['coverage']))}"
    note = ([] if short else [*edition, published, taken]) + ([] if row["url"] else [book.word("no_url")])
    return {
        "title": title,
        "url": str(row["url"]) if row["url"] else None,
        "note": book.word("sentence_separator").join(note),
    }
