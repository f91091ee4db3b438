"""Reads one table of the data folder strictly: what breaks a rule of the codebook is refused with line and column."""

import csv
import io
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import polars as pl

from analysis.codebook import Codebook, Column
from analysis.errors import BadData, Missing, nearest

TYPES = {"string": pl.String, "integer": pl.Int16, "number": pl.Float64}
SHOWN_FAULTS = 5


def schema(book: Codebook, table: str) -> pl.Schema:
    """Columns of `table` and their types; closed lists are enums, so that they sort as the form does."""
    return pl.Schema({column.column: _dtype(column, book) for column in book.table(table)})


def read(path: Path, book: Codebook, *, known: Mapping[str, pl.Series] | None = None) -> pl.DataFrame:
    """The rows of the CSV file `path`, typed; `known` holds the ids ("units.unit", ...) that columns may refer to.

    Raises BadData with file, line, column, value and what would be right; Missing where there is no such file.
    """
    table = path.stem
    text = _text(path, book.table(table))
    faults = [fault for column in book.table(table) for fault in _faults(text, column, book, known or {})]
    if faults:
        raise _refusal(path, text, faults)
    return text.select(pl.col(column.column).cast(_dtype(column, book)) for column in book.table(table))


def refuse(path: Path, row: int, column: str, what: str, fix: str) -> BadData:
    """The error for one row (counted from 0) of a table that was read in file order."""
    text = pl.read_csv(path, infer_schema=False)
    return BadData(f"{path} line {_line(text, row)}, column '{column}'", what, fix)


def _dtype(column: Column, book: Codebook) -> pl.DataType:
    return pl.Enum(book.lists[column.one_of]) if column.one_of else TYPES[column.type]()


def _text(path: Path, columns: list[Column]) -> pl.DataFrame:
    if not path.is_file():
        raise Missing(
            str(path), "there is no such file", "name the folder of the figures with --data, or restore the file"
        )
    try:
        text = pl.read_csv(path, infer_schema=False, raise_if_empty=False)
    except pl.exceptions.ComputeError as error:
        raise _unreadable(path, error) from error
    expected = [column.column for column in columns]
    text = text.with_columns(pl.all().replace("", None))
    if text.columns != expected:
        odd = [name for name in text.columns if name not in expected]
        lacking = [name for name in expected if name not in text.columns]
        what = f"the header has {_listed(odd, 'unknown')}{_listed(lacking, 'no')}the columns in another order"
        raise BadData(
            f"{path} line 1",
            what.removesuffix("the columns in another order").rstrip(", ") if odd or lacking else what,
            f"the header is: {','.join(expected)}",
        )
    return text


def _listed(names: list[str], word: str) -> str:
    return f"{word} {', '.join(map(repr, names))}, " if names else ""


def _unreadable(path: Path, error: Exception) -> BadData:
    raw = path.read_bytes()
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as bad:
        line = raw.count(b"\n", 0, bad.start) + 1
        return BadData(
            f"{path} line {line}", "this is not UTF-8 text", "save the file as UTF-8 (in Excel: 'CSV UTF-8')"
        )
    most = raw.split(b"\n", 1)[0].count(b",")
    reader, line = csv.reader(io.StringIO(raw.decode("utf-8"), newline=""), strict=True), 1
    with suppress(csv.Error):  # a quote that is never closed: `line` is where its row begins
        for row in reader:
            if len(row) > most + 1:
                break
            line = reader.line_num + 1
    return BadData(
        f"{path} line {line}",
        f"this is not a table of {most + 1} columns ({str(error).splitlines()[0]})",
        "write a value that holds a comma in double quotes",
    )


Rule = tuple[pl.Expr, str, str]
Fault = tuple[int, str, str, str]  # row, column, what is wrong, what would be right


def _faults(text: pl.DataFrame, column: Column, book: Codebook, known: Mapping[str, pl.Series]) -> Iterator[Fault]:
    """The rows of `text` whose value in `column` breaks one of its rules, each named once."""
    seen: set[int] = set()
    value = pl.col(column.column)
    for wrong, what, right in rules(column, book, known):
        rows = text.with_row_index("row").filter(wrong).select("row", value)
        for row, found in rows.iter_rows():
            if row not in seen:
                seen.add(row)
                yield row, column.column, what.format(found), right or nearest_of(found, column, book)


def rules(column: Column, book: Codebook, known: Mapping[str, pl.Series]) -> Iterator[Rule]:
    """Each rule of a column: which rows break it, what is wrong with them, what would be right."""
    value = pl.col(column.column)
    if column.required:
        yield value.is_null(), "the value is missing", f"give it: {column.description}"
    if column.type != "string":
        yield from _number_rules(column)
    if column.one_of:
        yield ~value.is_in(book.lists[column.one_of]), f"'{{}}' is no {column.one_of} of the codebook", ""
    if column.pattern:
        written = f"{column.description}; pattern {column.pattern}"
        yield ~value.str.contains(column.pattern), "'{}' is not written as it must be", written
    if column.unique:
        yield value.is_duplicated() & value.is_not_null(), "'{}' stands in more than one row", "keep one row for each"
    if column.refers_to in known:
        table = column.refers_to.partition(".")[0]
        unknown = ~value.is_in(known[column.refers_to].implode())
        yield unknown, "'{}' is not known", f"add it to {table}.csv, or mend the spelling"


def _number_rules(column: Column) -> Iterator[Rule]:
    number = pl.col(column.column).cast(TYPES[column.type], strict=False)
    yield (
        pl.col(column.column).is_not_null() & (number.is_null() | ~number.is_finite()),
        f"'{{}}' is not {_article(column.type)}",
        _range(column),
    )
    if column.minimum is not None:
        yield number < column.minimum, f"'{{}}' is below {column.minimum:g}", _range(column)
    if column.maximum is not None:
        yield number > column.maximum, f"'{{}}' is above {column.maximum:g}", _range(column)


def nearest_of(found: str, column: Column, book: Codebook) -> str:
    """What a person who wrote `found` may have meant, of the closed list that `column` draws on."""
    terms = book.lists[column.one_of]
    return nearest(found, terms) or f"one of: {', '.join(terms[:12])}"


def _article(kind: str) -> str:
    return "a whole number" if kind == "integer" else "a plain number (no unit, no thousands separator)"


def _range(column: Column) -> str:
    bounds = [f"from {column.minimum:g}"] if column.minimum is not None else []
    bounds += [f"to {column.maximum:g}"] if column.maximum is not None else []
    return f"{column.description}: {_article(column.type)} {' '.join(bounds)}".rstrip()


def _line(text: pl.DataFrame, row: int) -> int:
    """The file's line on which a row begins: quoted values may hold line breaks."""
    breaks = text.head(row).select(pl.all().str.count_matches("\n")).sum().row(0)
    return row + 2 + sum(count or 0 for count in breaks)


def _refusal(path: Path, text: pl.DataFrame, faults: list[Fault]) -> BadData:
    row, column, what, right = faults[0]
    more = [f"line {_line(text, row)}, column '{name}': {wrong}" for row, name, wrong, _ in faults[1:SHOWN_FAULTS]]
    if len(faults) > SHOWN_FAULTS:
        more.append(f"and {len(faults) - SHOWN_FAULTS} more")
    also = "".join(f"\n  also   : {item}" for item in more)
    return BadData(f"{path} line {_line(text, row)}, column '{column}'", what, right + also)
