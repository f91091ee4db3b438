"""The rows of one report in every table of the data folder."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from analysis.demo.telling import PUBLISHED, Figure, Writer
from analysis.demo.world import COUNTY, Place, World

Row = Mapping[str, object]
TABLES: tuple[str, ...] = ("units", "reports", "disclosures", "corrections", "revisions", "statements", "growths")


def unit(place: Place, world: World) -> Row:
    """The row of a unit in units.csv."""
    return {**vars(place), "note": world.book.word("invented")}


def report(writer: Writer) -> Row:
    """The row of a report in reports.csv."""
    place, world, rng, year = writer.place, writer.world, writer.rng, writer.year
    rates = world.rates
    tables = writer.form.edition != next(iter(world.book.editions)) and rng.random() < rates["tables"]
    coverage = "selected" if rng.random() < rates["selected"] else "tables" if tables else "full"
    named = year - 1 if "wrong_title" in writer.wanted else year
    return {
        "report": writer.source,
        "unit": place.unit,
        "year": year,
        "title": world.words["title"].format(name=place.name, year=named),
        "edition": writer.form.edition,
        "publisher": place.name,
        "published_on": None if rng.random() < rates["undated"] else _published_on(writer),
        "url": None if rng.random() < rates["unaddressed"] else f"https://demo.example/{place.unit}/{year}.html",
        "sha256": None,
        "coverage": coverage if place.unit != COUNTY else "full",
    }


def _published_on(writer: Writer) -> str:
    """A day in the weeks before the legal day, or after it."""
    rng, world = writer.rng, writer.world
    legal = [day for since, day in world.due.items() if writer.year >= int(since)][-1]
    late = rng.random() < world.rates["late"]
    days = rng.randint(5, 60) if late else -rng.randint(0, 25)
    return (date.fromisoformat(f"{writer.year + 1}-{legal}") + timedelta(days)).isoformat()


def disclosures(stated: Sequence[Figure], writer: Writer) -> list[Row]:
    """The rows of figures in disclosures.csv."""
    return [
        {"unit": writer.place.unit, "year": writer.year, "source": writer.source, **each._asdict()} for each in stated
    ]


def estimated(value: int, writer: Writer) -> Row:
    """How many requests the year before had, which is without a report, as this one tells it."""
    said = writer.world.words["from_next"].format(year=writer.year, value=value + 3, more=3)
    figure = Figure("requests_received", "total", "unstated", value, "estimated", "exact", said, "prose")
    return {**disclosures([figure], writer)[0], "year": writer.year - 1}


def corrections(stated: Sequence[Figure], true: int, writer: Writer) -> list[Row]:
    """What a figure of publication with a 0 too many should be."""
    printed, words = published(stated), writer.world.words
    if not true or printed != true * 10:
        return []
    figure = next(each for each in stated if each.indicator == PUBLISHED)
    told = {"reason": words["reason"], "by": words["by"], "on": date(writer.year + 1, 6, 15).isoformat()}
    return [{**disclosures([figure], writer)[0], "printed": printed, "corrected": true, **told}]


def revisions(stated: Sequence[Figure], writer: Writer) -> list[Row]:
    """What an earlier version of the report said of one figure of its tables."""
    held = [each for each in stated if each.method == "table" and each.applicant == "total" and each.value]
    if not held:
        return []
    rng, chosen = writer.rng, writer.rng.choice(held)
    earlier = chosen._replace(value=(chosen.value or 0) + rng.randint(1, 4), status="reported")
    replaced = date(writer.year + 1, 5, 1) + timedelta(rng.randint(0, 90))
    return [{**disclosures([earlier], writer)[0], "sha256": None, "replaced_on": replaced.isoformat()}]


def growths(now: int | None, last: int | None, writer: Writer) -> list[Row]:
    """By how many percent more was published than in the year before, where both reports say it exactly."""
    if not now or not last or not writer.retells:
        return []
    wrong = 11 if "growth_error" in writer.wanted else 0
    percent, words = round((now - last) / last * 100 + wrong, 1), writer.world.words
    evidence = words["growth" if percent >= 0 else "decline"].format(percent=abs(percent))
    cell = {"source": writer.source, "indicator": PUBLISHED, "scope": "unstated"}
    return [{**cell, "percent": percent, "evidence": evidence}]


def published(stated: Sequence[Figure]) -> int | None:
    """How much was published, where a report says it exactly."""
    wanted = (PUBLISHED, "unstated", "exact", "reported")
    held = (each.value for each in stated if (each.indicator, each.scope, each.qualifier, each.status) == wanted)
    return next(held, None)


def said(writer: Writer) -> list[tuple[str, str]]:
    """The problems and measures that a report names: kind and text."""
    texts = writer.world.statements
    return [(kind, text) for kind, known in texts.items() for text in writer.rng.sample(known, 3)]


def statements(told: Sequence[tuple[str, str]], writer: Writer) -> list[Row]:
    """Their rows in statements.csv."""
    evidence = writer.world.words["statements"]
    return [
        {"source": writer.source, "number": number, "kind": kind, "text": text, "evidence": evidence}
        for number, (kind, text) in enumerate(told, 1)
    ]
