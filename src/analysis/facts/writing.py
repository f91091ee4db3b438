"""Writes a data folder in one step: a run that is killed leaves the old tables or the new ones, never a mixture."""

import csv
import os
import shutil
from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import mkdtemp

from analysis.codebook import Codebook
from analysis.errors import Missing

PENDING = ".pending"  # its presence is the decision: what it holds takes the place of the tables
STAGING = ".staging-"

Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    """The rows of a CSV table as text, so that what is not changed is written again as it was; none without a file."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:  # Excel marks UTF-8 so
        return list(csv.DictReader(file))


def stage(folder: Path, tables: Mapping[str, Iterable[Row]], book: Codebook) -> Path:
    """A folder beside the tables of `folder` that holds them as they shall be; nothing is changed yet."""
    for left in folder.glob(f"{STAGING}*"):  # by a run that was killed
        discard(left)
    try:
        staged = Path(mkdtemp(prefix=STAGING, dir=folder))
    except OSError as error:
        what = f"nothing can be written here ({error.strerror})"
        raise Missing(
            str(folder), what, "give yourself the right to write, or name another folder with --data"
        ) from error
    try:
        for path in folder.glob("*.csv"):
            if path.stem not in tables:
                shutil.copyfile(path, staged / path.name)
        for name, held in tables.items():
            _write(staged / f"{name}.csv", held, [column.column for column in book.table(name)], folder)
    except BaseException:
        discard(staged)
        raise
    return staged


def _write(path: Path, held: Iterable[Row], columns: list[str], folder: Path) -> None:
    """Write a table so that it lies on the disk; marked as UTF-8, as Excel needs it, where that of `folder` is."""
    before = folder / path.name
    marked = before.is_file() and before.read_bytes()[:3] == BOM_UTF8
    with path.open("w", encoding="utf-8-sig" if marked else "utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(held)
        file.flush()
        os.fsync(file.fileno())


def publish(folder: Path, staged: Path) -> None:
    """Let the tables in `staged` take the place of those in `folder`, all of them or, if this is killed, none."""
    staged.rename(folder / PENDING)
    complete(folder)


def discard(staged: Path) -> None:
    """Forget what was staged."""
    shutil.rmtree(staged, ignore_errors=True)


def complete(folder: Path) -> None:
    """Finish what an interrupted run had decided."""
    pending = folder / PENDING
    if pending.is_dir():
        for path in pending.iterdir():
            path.replace(folder / path.name)
        pending.rmdir()
