"""The true figures of one unit, year after year: every sum holds, and what is open at a year's end begins the next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import exp
from random import Random

from analysis.demo.world import COUNTY, Form, Place, World

Values = dict[tuple[str, str], int]  # by indicator and applicant; what is not there, a unit does not have: 0 in a table
FIRST = 2008  # the year of the sizes in demo.toml
DOCUMENTS = "normative_documents"


@dataclass
class Course:
    """How a unit goes on: the mean of each figure, its drift, the requests still open and the documents in force."""

    means: dict[str, float]
    rng: Random
    world: World
    plan: Mapping[int, Sequence[str]]  # what shall be wrong in each year
    drift: dict[str, float] = field(default_factory=dict[str, float])
    pending: dict[str, int] = field(default_factory=lambda: {"total": 0})
    in_force: int = 0


def history(place: Place, world: World, rng: Random, plan: Mapping[int, Sequence[str]]) -> Iterator[tuple[int, Values]]:
    """Each year of `world` with all figures of `place`; `plan`: what shall be wrong in each."""
    size = exp(rng.gauss(0, 0.4)) if place.parent == COUNTY else exp(rng.gauss(0, 0.15))
    means = {
        name: model[place.level] * size * exp(rng.gauss(0, 0.2))
        for name, model in world.figures.items()
        if place.level in model
    }
    course = Course(means, rng, world, plan, in_force=round(means[f"{DOCUMENTS}_issued"] * 8))
    for year in world.years:
        yield year, _year(course, year)


def _year(course: Course, year: int) -> Values:
    values: Values = {}
    world, form = course.world, course.world.forms[year]
    for name in course.means:
        _spread(values, course, form, name, "total", _count(course, name, year))
    for name, model in world.parts.items():
        whole = values.get((world.book.indicators[name].part_of, "total"))
        if whole is not None and year >= model.get("since", FIRST):
            values[name, "total"] = _share(course.rng, whole, model["share"])
    _documents(values, course)
    _requests(values, course, form, year)
    for name, parts in form.sums.items():
        if (name, "total") not in values:
            values[name, "total"] = sum(values.get((part, "total"), 0) for part in parts)
    return values


def _count(course: Course, name: str, year: int) -> int:
    """A figure about its mean, which grows and drifts."""
    mean, model = course.means[name], course.world.figures[name]
    if model.get("steady"):
        course.drift.setdefault(name, max(1.0, round(mean)))
        course.drift[name] += course.rng.choice((-1, 1)) if course.rng.random() < 0.1 and course.drift[name] > 1 else 0
        return round(course.drift[name])
    drift = 0.7 * course.drift.get(name, 0.0) + course.rng.gauss(0, 0.08)
    course.drift[name] = drift
    return _random_count(course.rng, mean * model.get("growth", 1.0) ** (year - FIRST) * exp(drift))


def _random_count(rng: Random, mean: float) -> int:
    """How often something happened that happens `mean` times in the long run."""
    if mean > 30:
        return round(rng.gauss(mean, mean**0.5))
    limit, left, number = exp(-mean), rng.random(), 0
    while left > limit:
        left *= rng.random()
        number += 1
    return number


def _share(rng: Random, whole: int, share: float) -> int:
    if whole < 200:
        return sum(rng.random() < share for _ in range(whole))
    return min(whole, round(whole * share * exp(rng.gauss(0, 0.05))))


def _spread(values: Values, course: Course, form: Form, name: str, applicant: str, total: int) -> None:
    """Set a figure, and all parts that it falls apart into."""
    values[name, applicant] = total
    parts = form.wholes.get(name, ()) if total else ()
    for part, number in zip(parts, _split(course, total, parts), strict=True):
        _spread(values, course, form, part, applicant, number)


def _split(course: Course, total: int, parts: Sequence[str]) -> list[int]:
    """`total` cases, each of which is one of `parts`."""
    if not parts:
        return []
    weights = list(accumulate(course.world.weights.get(part, 1.0) for part in parts))
    counts = dict.fromkeys(parts, 0)
    for part in course.rng.choices(parts, cum_weights=weights, k=total):
        counts[part] += 1
    return list(counts.values())


def _documents(values: Values, course: Course) -> None:
    """Documents in force: last year's, those issued, less those repealed."""
    repealed = min(course.in_force, values.get((f"{DOCUMENTS}_repealed", "total"), 0))
    course.in_force += values.get((f"{DOCUMENTS}_issued", "total"), 0) - repealed
    values[f"{DOCUMENTS}_repealed", "total"] = repealed
    values[f"{DOCUMENTS}_in_force", "total"] = course.in_force


def _requests(values: Values, course: Course, form: Form, year: int) -> None:
    """What came in and was open is what was concluded and stays open, in every column of applicants."""
    received = {"total": values.get(("requests_received", "total"), 0)}
    if form.applicants:
        received = dict(zip(form.applicants, _split(course, received["total"], form.applicants), strict=True))
        if "total" in course.pending:
            left = _split(course, course.pending["total"], form.applicants)
            course.pending = dict(zip(form.applicants, left, strict=True))
        if "carry_over" in course.plan[year]:
            course.pending["natural_person"] += 1
    for applicant, number in received.items():
        carried_in = course.pending[applicant]
        course.pending[applicant] = carried_out = _share(course.rng, number + carried_in, course.world.rates["open"])
        concluded = number + carried_in - carried_out
        values["requests_received", applicant] = number
        values["requests_carried_in", applicant] = carried_in
        values["requests_carried_out", applicant] = carried_out
        _spread(values, course, form, "requests_concluded", applicant, concluded)
        if not form.applicants:
            _spread(values, course, form, "requests_closed", applicant, concluded)
    if form.applicants:
        _add_up(values, form)


def _add_up(values: Values, form: Form) -> None:
    """The column of totals: the sum of the kinds of applicant."""
    totals = dict.fromkeys(form.split, 0)
    for (name, applicant), number in values.items():
        if applicant != "total":
            totals[name] += number
    values.update({(name, "total"): total for name, total in totals.items()})
