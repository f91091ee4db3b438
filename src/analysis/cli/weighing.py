"""Verbs that weigh: what is wrong with the figures, what a person says of it, and what changed between editions."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from analysis import paths
from analysis.cli.app import Data, Language, app, complain, use
from analysis.cli.rows import Format, print_rows
from analysis.errors import BadParameter, nearest

if TYPE_CHECKING:
    import polars as pl

    from analysis.checks import Finding
    from analysis.codebook import Codebook
    from analysis.facts import Disclosures

Reason = Annotated[str | None, Parameter(help="Why; kept beside it.")]
By = Annotated[str | None, Parameter(help="Who says so: a person or an office; kept beside it.")]
COLUMNS = ("finding", "rule", "severity", "verdict", "standing", "unit", "year", "indicator", "applicant", "scope")
SIDES = ("left", "right", "difference", "text", "cells", "evidence", "reason")


@Parameter(name="*")
@dataclass(frozen=True)
class Wanted:
    """Which findings to show."""

    unit: Annotated[
        list[str] | None, Parameter(help="Unit id, may be repeated; with the units below it, if it has any.")
    ] = None
    year: Annotated[int | None, Parameter(help="Reporting year; default: all.")] = None
    rule: Annotated[list[str] | None, Parameter(help="Rule id (carry_over), may be repeated; default: all.")] = None
    verdict: Annotated[
        list[Literal["fail", "unknown", "pass"]] | None, Parameter(help="May be repeated; default: fail.")
    ] = None
    accepted: Annotated[bool, Parameter(help="Show also what a person has accepted.")] = False


@Parameter(name="*")
@dataclass(frozen=True)
class Judgement:
    """What a person says of findings."""

    accept: Annotated[list[str] | None, Parameter(help="Id of a finding to accept, may be repeated.")] = None
    reopen: Annotated[list[str] | None, Parameter(help="Id of a finding to take up again, may be repeated.")] = None
    reason: Reason = None
    by: By = None


@app.command
def check(
    *,
    wanted: Wanted = Wanted(),
    judgement: Judgement = Judgement(),
    format_: Format = "table",
    language: Language = "zh",
    data: Data = None,
) -> None:
    """Weigh the figures: sums, carry-over, text against table, abrupt changes, missing reports.

    A missing term gives "unknown", never "fail". What a person accepts stays accepted until one of its figures changes.
    """
    from analysis import checks, codebook, facts

    use(data)
    book = codebook.load(language)
    held = facts.load()
    units = [below for name in wanted.unit or [] for below in held.below(name)] or None
    _refuse_unknown(wanted.rule, book)
    if wanted.year is not None:
        held.refuse_year("--year", wanted.year)
    findings = checks.run(held, book, units=units, years=None if wanted.year is None else [wanted.year])
    if judgement.accept or judgement.reopen:
        _judge(findings, judgement, held, book)
        return
    counts = findings.group_by("verdict").len()
    chosen = findings.filter(findings["verdict"].is_in(wanted.verdict or ["fail"]))
    if wanted.rule:
        chosen = chosen.filter(chosen["rule"].is_in(wanted.rule))
    told = checks.told(chosen, held, book)
    shown = [finding for finding in told if wanted.accepted or finding.standing != "accepted"]
    if format_ == "table":
        _show(shown, held, book)
        _summary(dict(counts.iter_rows()), len(told) - len(shown), held)
    else:
        print_rows([_row(finding) for finding in shown], format_, (*COLUMNS, *SIDES))


@app.command
def correct(
    cell: Annotated[str, Parameter(help="Figure: unit-year/indicator[@applicant][/scope].")],
    /,
    *,
    to: Annotated[float, Parameter(help="What it should be, in the indicator's unit.")],
    reason: Reason = None,
    by: By = None,
    data: Data = None,
) -> None:
    """Correct a published figure: corrections.csv keeps what was printed, and pages mark what was corrected."""
    from analysis import codebook, facts

    use(data)
    why, who = _said(reason, by)
    row = facts.correct(facts.load(), cell, to, codebook.load(), reason=why, by=who)
    print(f"{cell}: {row['printed'] or '-'} -> {row['corrected']} ({paths.data() / 'corrections.csv'})")


def _refuse_unknown(rule: list[str] | None, book: "Codebook") -> None:
    for name in rule or []:
        if name not in book.rules:
            fix = nearest(name, list(book.rules)) or f"one of: {', '.join(book.rules)}"
            raise BadParameter("--rule", f"there is no rule '{name}'", fix)


def _judge(findings: "pl.DataFrame", judgement: Judgement, held: "Disclosures", book: "Codebook") -> None:
    from analysis import checks

    reason, by = _said(judgement.reason, judgement.by)
    told = checks.told(findings.filter(findings["verdict"] == "fail"), held, book)
    said = dict.fromkeys(judgement.accept or [], "accepted") | dict.fromkeys(judgement.reopen or [], "reopened")
    checks.judge(told, said, held, book, reason=reason, by=by)
    for name, each in said.items():
        print(f"{each}: {name} ({paths.data() / 'verdicts.csv'})")


def _said(reason: str | None, by: str | None) -> tuple[str, str]:
    if not reason or not reason.strip():
        raise BadParameter("--reason", "a change to the record needs a reason", 'give one: --reason "…"')
    if not by or not by.strip():
        raise BadParameter("--by", "a change to the record needs somebody who answers for it", 'give one: --by "…"')
    return reason.strip(), by.strip()


def _row(finding: "Finding") -> dict[str, Any]:
    cells = "; ".join(map(str, finding.weighed))
    evidence = "; ".join(dict.fromkeys(weighed.evidence for weighed in finding.weighed if weighed.evidence))
    return {
        **{name: getattr(finding, name) for name in (*COLUMNS, *SIDES) if name not in {"cells", "evidence"}},
        "cells": cells,
        "evidence": evidence,
    }


def _show(findings: Sequence["Finding"], held: "Disclosures", book: "Codebook") -> None:
    """Print what each finding says of whom, and below it the id that --accept takes."""
    from rich.console import Console
    from rich.text import Text

    from analysis import wording

    names = held.names(held.units["unit"], book.language)
    styles = {"error": "red", "discrepancy": "yellow", "notice": ""}
    console = Console(highlight=False, soft_wrap=True)
    for finding in findings:
        standing = book.term("standing", finding.standing) if finding.standing != "open" else ""
        grave = finding.severity if finding.verdict == "fail" else finding.verdict
        kind = "severity" if finding.verdict == "fail" else "verdict"
        marks = wording.clauses([book.term(kind, grave), standing], book)
        console.print(Text(marks, style=styles.get(grave, "dim")), Text(names[finding.unit]), Text(finding.text))
        console.print(Text(f"  {finding.finding}", style="dim"))


def _summary(counts: Mapping[str, int], accepted: int, held: "Disclosures") -> None:
    from analysis import wording

    told = ", ".join(f"{counts.get(name, 0)} {name}" for name in ("fail", "unknown", "pass"))
    print(f"{told}; {accepted} accepted", file=sys.stderr)
    for row in held.stale_corrections.iter_rows(named=True):
        expected = wording.plain(row["printed"]) or "a blank cell"
        complain(f"stale correction: {wording.cell_id(row)}: {row['source']} no longer prints {expected}")
