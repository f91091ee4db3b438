"""Changes a data folder in one step: the new tables are checked as `load` checks them before they take effect."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from analysis import codebook
from analysis.codebook import Codebook
from analysis.errors import DisclosureError
from analysis.facts import descriptor, reading, tables, writing
from analysis.facts.writing import Row


def change(folder: Path, changed: Mapping[str, Iterable[Row]], book: Codebook) -> None:
    """Let `changed` take the place of these tables of `folder`; raises and changes nothing where they break a rule."""
    staged = writing.stage(folder, changed, book)
    try:
        if (folder / "datapackage.json").is_file():
            text = descriptor.describe(codebook.load("en"), descriptor.own(staged))
            (staged / "datapackage.json").write_text(text, encoding="utf-8")
        if (staged / "disclosures.csv").is_file():
            reading.load(staged).facts.collect()
        for name in changed:
            tables.read(staged / f"{name}.csv", book)
    except DisclosureError as error:
        writing.discard(staged)
        raise type(error)(error.where.replace(str(staged), str(folder)), error.what, error.fix) from error
    except BaseException:
        writing.discard(staged)
        raise
    writing.publish(folder, staged)


def append(folder: Path, table: str, new: Iterable[Row], book: Codebook) -> None:
    """Add rows at the end of a table of `folder`; what stands in it stays as it is."""
    writing.complete(folder)
    change(folder, {table: [*writing.rows(folder / f"{table}.csv"), *new]}, book)
