"""What is wrong with reports: errors of arithmetic and typing, texts that differ from tables, cells without figures."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from random import Random

from analysis.demo.telling import PUBLISHED, Figure, Writer, rough
from analysis.demo.world import COUNTY, Place, World
from analysis.errors import Unknown

RECEIVED = "requests_received"
TOTALS = {RECEIVED, "requests_concluded", "reviews"}  # of which sums are known
Figures = Sequence[Figure]
Change = Callable[[Figures, Writer], list[Figure]]


def planned(place: Place, world: World, rng: Random) -> dict[int, list[str]]:
    """What shall be wrong with the report of each year: the county's as the codebook names it, others at its rates.

    Raises Unknown where the codebook names what is not in FLAWS.
    """
    if strange := sorted({*world.flaws, *world.county} - {*FLAWS}):
        raise Unknown(
            "codebook/demo.toml", f"nothing makes the flaw '{strange[0]}'", "enter it in FLAWS of demo/flaws.py"
        )
    if place.unit == COUNTY:
        return {year: [name for name, held in world.county.items() if year in held] for year in world.years}
    habit = [name for name in ("zeros_blank", "zeros_dash") if rng.random() < world.rates[name]][:1]
    return {year: _drawn(world, rng) + habit for year in world.years}


def _drawn(world: World, rng: Random) -> list[str]:
    """What is wrong with one report; what has a 0 too many may have been corrected."""
    names = [name for name, rate in world.flaws.items() if rng.random() < rate]
    corrected = "tenfold" in names and rng.random() < world.rates["corrected"]
    return [*names, "corrected"] if corrected else names


def spoiled(figures: Figures, writer: Writer) -> list[Figure]:
    """`figures` with those of the flaws wanted of `writer` that are possible in them."""
    held = list(figures)
    for change in map(FLAWS.get, writer.wanted):
        if callable(change):
            held = change(held, writer)
    return held


def _one(
    figures: Figures, writer: Writer, wanted: Callable[[Figure], bool], change: Callable[[Figure], Figure]
) -> list[Figure]:
    """`figures` with one of those `wanted` changed, where there is one; the text does not tell that figure then."""
    places = [place for place, figure in enumerate(figures) if figure.method == "table" and wanted(figure)]
    if not places:
        return list(figures)
    chosen = writer.rng.choice(places)
    name = figures[chosen].indicator
    changed = [change(figure) if place == chosen else figure for place, figure in enumerate(figures)]
    return [each for each in changed if each.method == "table" or each.indicator != name]


def _total(figure: Figure, least: int) -> bool:
    return figure.applicant == "total" and figure.indicator in TOTALS and (figure.value or 0) >= least


def _sum_error(figures: Figures, writer: Writer) -> list[Figure]:
    """A total that its parts do not add up to."""
    more = writer.rng.choice((1, 2, 10))
    return _one(figures, writer, lambda each: _total(each, 1), lambda each: _more(each, more))


def _more(figure: Figure, more: int) -> Figure:
    return figure._replace(value=(figure.value or 0) + more)


def _swapped_digits(figures: Figures, writer: Writer) -> list[Figure]:
    """54 for 45."""
    return _one(
        figures,
        writer,
        lambda each: each.indicator == RECEIVED and _total(each, 12) and _swapped(each.value) != each.value,
        lambda each: each._replace(value=_swapped(each.value)),
    )


def _swapped(value: int | None) -> int:
    digits = str(value)
    return int(digits[:-2] + digits[-1] + digits[-2])


def _tenfold(figures: Figures, _: Writer) -> list[Figure]:
    """One 0 too many, wherever the report says how much was published."""
    told = [each for each in figures if each.indicator == PUBLISHED]
    possible = all(each.scope == "unstated" and each.qualifier == "exact" and (each.value or 0) > 30 for each in told)
    return [
        each._replace(value=each.value * 10) if possible and each in told and each.value else each for each in figures
    ]


def _hidden_blank(figures: Figures, writer: Writer) -> list[Figure]:
    """A blank cell that the sums prove to hold something."""
    return _one(
        figures,
        writer,
        lambda each: each.indicator == "requests_granted" and bool(each.value),
        lambda each: each._replace(value=None, status="blank"),
    )


def _kept_documents(figures: Figures, writer: Writer) -> list[Figure]:
    """More documents in force than last year's and this year's make."""
    rule = writer.world.book.identities["normative_documents_kept"]
    if writer.form.edition not in rule.editions:
        return list(figures)
    return _one(figures, writer, lambda each: each.indicator == rule.left[0].indicator, lambda each: _more(each, 3))


def _torn(figures: Figures, writer: Writer) -> list[Figure]:
    """A total that the text gives otherwise than the table: both are kept, marked as conflicting."""
    more = writer.rng.choice((1, 2, 3))
    changed = _one(figures, writer, lambda each: _total(each, 2), lambda each: each._replace(status="conflicting"))
    torn = [each for each in changed if each.status == "conflicting"]
    told = [writer.prose(each.indicator, (each.value or 0) + more) for each in torn]
    return [*changed, *[each._replace(status="conflicting") for each in told]]


def _since_2008(figures: Figures, writer: Writer) -> list[Figure]:
    """What was published since 2008 instead of in the year, where only the text tells it."""
    held = list(figures)
    for place, each in enumerate(figures):
        if each.indicator == PUBLISHED and each.scope == "unstated" and PUBLISHED in writer.form.told and each.value:
            value = rough(each.value * (writer.year - 2006), "approx")
            said = writer.world.words["since_2008"].format(section=writer.section, value=value)
            held[place] = each._replace(value=value, status="definition_differs", evidence=said)
    return held


def _empty(figures: Figures, _: Writer, *, status: str) -> list[Figure]:
    """Nothing, or a dash, in the cells that should hold 0."""
    return [
        each._replace(value=None, status=status) if each.method == "table" and each.value == 0 else each
        for each in figures
    ]


# Every flaw that demo.toml may name: what it does to the figures of a report, or else the module that asks for it.
FLAWS: Mapping[str, Change | str] = {
    "sum_error": _sum_error,
    "swapped_digits": _swapped_digits,
    "tenfold": _tenfold,
    "torn": _torn,
    "hidden_blank": _hidden_blank,
    "kept_documents": _kept_documents,
    "other_definition": _since_2008,
    "zeros_blank": partial(_empty, status="blank"),
    "zeros_dash": partial(_empty, status="worded"),
    "carry_over": "history",
    "scopes": "telling",
    "forgets": "telling",
    "approx": "telling",
    "at_least": "telling",
    "wrong_title": "tables",
    "growth_error": "tables",
    "missing": "chapters",
    "estimated": "chapters",
    "corrected": "chapters",
    "revised": "chapters",
    "same_statements": "chapters",
    "checked_all": "making",
}
