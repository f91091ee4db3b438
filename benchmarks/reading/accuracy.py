"""How much of what reports say is read, and how much is read that they do not say.

python benchmarks/reading/accuracy.py [--set fresh] [--all]

It measures and always ends with 0; what must hold is tested in tests/reports. The words are explained in
benchmarks/README.md.
"""

import argparse
import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from golden import Told, cases
from judging import Judged, Matched, judge
from rich.console import Console
from rich.table import Table

KEY = ("published_items", "hearings", "press_conferences", "requests_received", "reviews", "lawsuits")
HEAD = ("unit", "year", "edition", "date")
console = Console(width=132)


@dataclass
class Score:
    """Sums over figures in prose."""

    gold: int = 0
    right: int = 0
    false: int = 0
    strict_gold: int = 0
    strict_right: int = 0
    strict_got: int = 0

    def row(self) -> list[str]:
        """The sums and their shares, as columns of a table."""
        return [
            *map(str, (self.gold, self.right, self.gold - self.right, self.false)),
            share(self.right, self.right + self.false),
            share(self.right, self.gold),
            share(self.strict_right, self.strict_got),
            share(self.strict_right, self.strict_gold),
        ]


def prose_scores(judged: Iterable[Judged]) -> dict[str, Score]:
    """The sums of prose for each indicator."""
    scores: dict[str, Score] = defaultdict(Score)
    for one in judged:
        told = one.prose
        for gold in [*told.same, *(gold for gold, _ in told.differing)]:
            scores[gold.indicator].right += 1
            scores[gold.indicator].gold += 1
        for gold in told.missed:
            scores[gold.indicator].gold += 1
        for got in told.false:
            scores[got.indicator].false += 1
        if one.case.noted:
            _add_strict(scores, told)
    return scores


def _add_strict(scores: dict[str, Score], told: Matched) -> None:
    for gold in told.same:
        scores[gold.indicator].strict_right += 1
    for gold in [*told.same, *(gold for gold, _ in told.differing), *told.missed]:
        scores[gold.indicator].strict_gold += 1
    for got in [*told.same, *(got for _, got in told.differing), *told.false]:
        scores[got.indicator].strict_got += 1


def summed(scores: Iterable[Score]) -> Score:
    """One score of all."""
    total = Score()
    for score in scores:
        for name, value in vars(score).items():
            setattr(total, name, getattr(total, name) + value)
    return total


def share(part: int, whole: int) -> str:
    """A share in percent, rounded down so that 100 means all."""
    return f"{part * 1000 // whole / 10:.1f}" if whole else "–"


def table(title: str, names: str, rows: Iterable[list[str]], *, words: int = 1) -> None:
    """Print `rows` under the column `names`; all but the first `words` columns are numbers."""
    shown = Table(title=title, title_justify="left", title_style="bold")
    for place, name in enumerate(names.split("|")):
        shown.add_column(name, justify="left" if place < words else "right", no_wrap=place < words)
    for row in rows:
        shown.add_row(*row)
    console.print(shown)


def show_sets(judged: list[Judged]) -> None:
    """One line for each set: documents, cells, prose of the key indicators and of all, time."""
    names = list(dict.fromkeys(one.case.set_name for one in judged))
    rows: list[list[str]] = []
    for name in names:
        part = [one for one in judged if one.case.set_name == name]
        scores = prose_scores(part)
        key, every = summed(scores[indicator] for indicator in KEY).row(), summed(scores.values()).row()
        wrongly = sum(bool(one.refused) != (one.case.figures is None) for one in part)
        cells, gold = sum(len(one.cells.same) for one in part), sum(_gold(one.cells) for one in part)
        seconds = f"{sum(one.seconds for one in part):.1f}"
        rows.append([name, str(len(part)), str(wrongly), share(cells, gold), *key[4:6], *every[4:], seconds])
    columns = "Set|files|wrongly refused or read|cells right|six key: precision|recall|all: precision|recall|"
    columns += "strict precision|strict recall|s"
    table("Sets of documents; cells, and figures of the six key and of all indicators in prose (%)", columns, rows)


def _gold(cells: Matched) -> int:
    return len(cells.same) + len(cells.differing) + len(cells.missed)


def show_cells(judged: list[Judged]) -> None:
    """Cells of tables by edition and format."""
    sums: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in judged:
        if one.case.figures is not None and (_gold(one.cells) or one.cells.false):
            kind = (one.case.head[2], one.case.path.suffix.lstrip("."))
            same, differing, missed, false = map(len, one.cells)
            for group in (kind, ("all", "")):
                sums[group].update(
                    documents=1, cells=_gold(one.cells), right=same, wrong=differing, missed=missed, false=false
                )
    order = sorted(sums, key=lambda group: (group[0] == "all", group))
    names = ("documents", "cells", "right", "wrong", "missed", "false")
    rows = [
        [*group, *(str(sums[group][name]) for name in names), share(sums[group]["right"], sums[group]["cells"])]
        for group in order
    ]
    table("Cells of tables", "Edition|format|" + "|".join(names) + "|right %", rows, words=2)


def show_prose(judged: list[Judged]) -> None:
    """Figures in prose by indicator, the key indicators first."""
    scores = prose_scores(judged)
    others = sorted(set(scores) - set(KEY), key=lambda name: -scores[name].gold)
    rows = [
        *([name, *scores[name].row()] for name in KEY),
        ["the six key indicators", *summed(scores[name] for name in KEY).row()],
        *([name, *scores[name].row()] for name in others),
        ["all indicators", *summed(scores.values()).row()],
    ]
    columns = "Indicator|figures|right|missed|false|precision|recall|strict precision|strict recall"
    table("Figures in prose (%)", columns, rows)


def show_heads(judged: list[Judged]) -> None:
    """Unit, year, edition and date of the documents that may be read, and the statements found."""
    readable = [one for one in judged if one.case.figures is not None]
    rows: list[list[str]] = []
    for place, name in enumerate(HEAD):
        right = sum(one.head[place : place + 1] == one.case.head[place : place + 1] for one in readable)
        rows.append([name, str(len(readable)), str(right), str(len(readable) - right), "", share(right, len(readable))])
    noted = [(one.statements, one.case.statements) for one in readable if one.case.statements is not None]
    gold, found = sum(len(each) for _, each in noted), sum(len(got & each) for got, each in noted)
    false = sum(len(got - each) for got, each in noted)
    rows.append(["statements", str(gold), str(found), str(gold - found), str(false), share(found, gold)])
    table("Heads of documents, and statements", "What|noted|right|missed or wrong|false|right %", rows)


def show_slips(judged: list[Judged], *, every: bool) -> None:
    """Every document wrongly refused or read, every wrong head, every slip of the key indicators or of all."""
    console.print("Slips" if every else "Slips in the six key indicators", style="bold")
    count = 0
    for one in judged:
        for line in _slips(one, every=every):
            console.print(f"{one.case.path.name}: {line}", markup=False, highlight=False, soft_wrap=True)
            count += 1
    console.print(f"{count} in all")


def _slips(one: Judged, *, every: bool) -> Iterator[str]:
    if one.crashed or (one.refused and one.case.figures is not None):
        yield f"{'crashed' if one.crashed else 'wrongly refused'}: {one.refused}"
    elif one.case.figures is None and not one.refused:
        yield "read, but there is no golden file: it should be refused"
    for name, gold, got in zip(HEAD, one.case.head, one.head, strict=False):
        if gold != got:
            yield f"{name} {got or 'none'}, should be {gold or 'none'}"
    for told in (one.cells, one.prose):
        yield from _figure_slips(told, strict=one.case.noted or told is one.cells, every=every)
    if every and one.case.statements is not None:
        yield from (f"missed {kind} “{text}”" for kind, text in sorted(one.case.statements - one.statements))
        yield from (f"false {kind} “{text}”" for kind, text in sorted(one.statements - one.case.statements))


def _figure_slips(told: Matched, *, strict: bool, every: bool) -> Iterator[str]:
    def shown(figure: Told) -> bool:
        return every or figure.indicator in KEY

    for figure in filter(shown, told.missed):
        yield f"missed {figure.shown()}"
    for figure in filter(shown, told.false):
        yield f"false {figure.shown()} “{figure.quote}”"
    for gold, got in told.differing:
        if strict and shown(gold):
            yield f"differs {got.shown()}, should be {gold.shown()} “{got.quote}”"


def show_expected(judged: list[Judged]) -> None:
    """Documents of which it is known that they are not read fully, counted apart."""
    if not judged:
        return
    rows = [
        [
            one.case.path.name,
            *map(str, (_gold(one.cells), len(one.cells.same), _gold(one.prose), len(one.prose.same))),
            one.refused or one.case.expected_failure,
        ]
        for one in judged
    ]
    table("Failures that are expected, in no other table", "File|cells|right|prose|strictly right|why", rows)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--set", dest="set_name", help="one index file of tests/reports/documents, or: real")
    parser.add_argument("--all", action="store_true", help="list the slips of all indicators and of statements")
    arguments = parser.parse_args()
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    chosen = [case for case in cases() if arguments.set_name in {None, case.set_name}]
    if not chosen:
        console.print(f"There is no set {arguments.set_name}.", style="red")
        return
    judged = [judge(case) for case in chosen]
    usual = [one for one in judged if not one.case.expected_failure]
    show_sets(usual)
    show_cells(usual)
    show_prose(usual)
    show_heads(usual)
    show_slips(usual, every=arguments.all)
    show_expected([one for one in judged if one.case.expected_failure])


if __name__ == "__main__":
    main()
