"""A document is read and held against what it says."""

import time
from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import NamedTuple

from golden import Case, Told, dense

from analysis import reports
from analysis.errors import BadReport


class Matched(NamedTuple):
    """Golden figures against read ones: the same, the same thing told differently, missed, and false."""

    same: list[Told]
    differing: list[tuple[Told, Told]]
    missed: list[Told]
    false: list[Told]


@dataclass
class Judged:
    """How one document was read; `refused` says why it was not, `crashed` whether that was no named error."""

    case: Case
    seconds: float = 0.0
    refused: str = ""
    crashed: bool = False
    head: tuple[str, ...] = ()
    cells: Matched = field(default_factory=lambda: Matched([], [], [], []))
    prose: Matched = field(default_factory=lambda: Matched([], [], [], []))
    statements: set[tuple[str, str]] = field(default_factory=set)


def judge(case: Case) -> Judged:
    """Read the document of `case` and hold it against what it says."""
    judged, started = Judged(case), time.perf_counter()
    reading = None
    try:
        reading = reports.read(case.path)
    except BadReport as error:
        judged.refused = str(error)
    except Exception as error:  # a crash is a result too
        judged.refused, judged.crashed = f"{type(error).__name__}: {error}", True
    judged.seconds = time.perf_counter() - started
    found = [_read(figure) for figure in reading.figures] if reading else []
    for method in ("table", "prose"):
        gold = [told for told in case.figures or [] if told.method == method]
        got = [told for told in found if told.method == method]
        if method == "table":
            judged.cells = matched(gold, got, lambda told: told[:6], lambda told: told[:2])
        else:
            judged.prose = matched(gold, got, lambda told: (told[0], *told[2:6]), lambda told: (told[0], told.value))
    if reading:
        head = (reading.unit, reading.year, reading.edition, reading.published_on)
        judged.head = tuple(str(part or "") for part in head)
        judged.statements = {(said.kind, dense(said.text)) for said in reading.statements}
    return judged


def _read(figure: reports.Figure) -> Told:
    return Told(
        figure.indicator,
        figure.applicant,
        figure.scope,
        figure.value,
        figure.status,
        figure.qualifier,
        figure.method,
        figure.quote,
    )


def matched(
    gold: list[Told], got: list[Told], strictly: Callable[[Told], Hashable], loosely: Callable[[Told], Hashable]
) -> Matched:
    """Each golden figure with at most one that was read: those equal strictly first, then those equal loosely."""
    same, missed, rest = _paired(gold, got, strictly)
    differing, missed, false = _paired(missed, rest, loosely)
    return Matched([told for told, _ in same], differing, missed, false)


def _paired(
    gold: list[Told], got: list[Told], key: Callable[[Told], Hashable]
) -> tuple[list[tuple[Told, Told]], list[Told], list[Told]]:
    waiting: dict[Hashable, list[Told]] = defaultdict(list)
    for told in got:
        waiting[key(told)].append(told)
    pairs: list[tuple[Told, Told]] = []
    missed: list[Told] = []
    for told in gold:
        if waiting[key(told)]:
            pairs.append((told, waiting[key(told)].pop(0)))
        else:
            missed.append(told)
    return pairs, missed, [told for rest in waiting.values() for told in rest]
