"""The run record, run.json: what lies in an edition, enough for its index whatever data a later run reads."""

import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from analysis import codebook, notebooks
from analysis.dashboards.headline import headline
from analysis.dashboards.plan import Dashboard
from analysis.errors import BadData, BadParameter
from analysis.facts import Disclosures

FILE = "run.json"
PAGE = re.compile(r"[a-z0-9_-]+\.html")
COMPANIONS = ("pdf", "xlsx")  # what may lie beside a page, under its name
CLOCK = "SOURCE_DATE_EPOCH"  # what a build is to take for now, in seconds, as reproducible-builds.org defines it

Entry = Mapping[str, object]


def today() -> date:
    """The day of a run, in UTC: of $SOURCE_DATE_EPOCH where it is set, else of the clock."""
    given = os.environ.get(CLOCK)
    try:
        return (datetime.fromtimestamp(int(given), UTC) if given else datetime.now(UTC)).date()
    except (ValueError, OverflowError, OSError) as error:
        raise BadParameter(
            f"${CLOCK}", f"'{given}' is no moment", "give whole seconds since 1970, or unset it"
        ) from error


def after(
    held: Mapping[str, Entry], built: Sequence[tuple[Dashboard, str]], data: Disclosures, folder: Path, *, on: date
) -> dict[str, Entry]:
    """The record after a run `on` a day: the entries `held` before it, and those `built`, each with its error or ''.

    `state`: "new" where the run before had no such page or another one, else "same"; "failed" where the last attempt
    did; "kept" where this run did not try. `made_on` is the day of the run that made the page as it lies there.
    """

    @cache
    def about(unit: str, language: str) -> Entry:
        return _unit(data, unit, language)

    tried = {
        entry.file: {**_entry(entry, about), **_made(entry.file, held, folder, error, on)} for entry, error in built
    }
    kept = {name: {**entry, "state": "failed" if entry["error"] else "kept"} for name, entry in held.items()}
    return {
        name: {
            **entry,
            "companions": [kind for kind in COMPANIONS if (folder / name).with_suffix(f".{kind}").is_file()],
        }
        for name, entry in {**kept, **tried}.items()
    }


def _entry(dashboard: Dashboard, about: Callable[[str, str], Entry]) -> dict[str, object]:
    language = str(dashboard.parameters.get("language", "zh"))
    return {
        "file": dashboard.file,
        "notebook": dashboard.notebook,
        "year": dashboard.year,
        "language": language,
        "parameters": dict(dashboard.parameters),
        **about(dashboard.unit, language),
    }


def _unit(data: Disclosures, unit: str, language: str) -> Entry:
    """Who a unit is: its names, the regions that it lies in from the nearest, its main figure."""
    own = region = data.unit(unit)
    within: list[tuple[str, str]] = []
    while region.parent:
        region = data.unit(region.parent)
        within.append((region.unit, region.named(language)))
    return {
        "unit": unit,
        "name": own.named(language),
        "names": [own.name, own.name_en],
        "level": own.level,
        "invented": own.invented,
        "within": within,
        "headline": headline(data, unit, language),
    }


def _made(name: str, held: Mapping[str, Entry], folder: Path, error: str, on: date) -> dict[str, object]:
    """How a page came out of a run, beside what the run before knew of it."""
    before, path = held.get(name, {}), folder / name
    if error:
        same = {of: before.get(of, "") for of in ("sha256", "made_on")}
        return {"error": error, "page": path.is_file(), "state": "failed", **same}
    digest = sha256(path.read_bytes()).hexdigest()
    other = bool(held) and before.get("sha256") != digest
    return {"error": "", "page": True, "state": "new" if other else "same", "sha256": digest, "made_on": str(on)}


def text(held: Mapping[str, Entry]) -> str:
    """The record as it is written: an entry a line, by the names of their pages."""
    lines = (f"{json.dumps(name)}: {json.dumps(entry, ensure_ascii=False)}" for name, entry in sorted(held.items()))
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _known(entry: Entry) -> bool:
    """Whether the index has words for an entry."""
    known = [
        ("notebook", notebooks.names()),
        ("level", codebook.load().terms["level"]),
        ("language", codebook.LANGUAGES),
    ]
    return all(entry[name] in held for name, held in known) and {"unit", "name", "year", "parameters"} <= set(entry)


def read(folder: Path) -> dict[str, Entry]:
    """What earlier runs wrote into `folder`, of what still lies there; raises BadData for a foreign file."""
    path = folder / FILE
    try:
        held: dict[str, Entry] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        if odd := [name for name, kept in held.items() if not PAGE.fullmatch(name) or kept["file"] != name]:
            raise ValueError(f"'{odd[0]}' is not the name of a page")
        if any(not _known(kept) for kept in held.values()):
            raise ValueError("an entry is of no notebook, level or language")
        return {name: kept for name, kept in held.items() if (folder / name).is_file() and kept["language"]}
    except (ValueError, LookupError, AttributeError, TypeError) as error:
        raise BadData(str(path), "this is not the record of an edition", "remove the file, and build again") from error
