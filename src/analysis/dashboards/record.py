"""The run record, run.json: what lies in an edition, enough for its index whatever data a later run reads."""

import json
from collections.abc import Mapping
from pathlib import Path

from analysis.dashboards.plan import Dashboard
from analysis.errors import BadData
from analysis.facts import Disclosures

FILE = "run.json"

Entry = Mapping[str, object]


def entry(dashboard: Dashboard, data: Disclosures, folder: Path, *, error: str) -> Entry:
    """What the record keeps of a dashboard that was built into `folder`, or failed with `error`."""
    language = str(dashboard.parameters.get("language", "zh"))
    unit = data.unit(dashboard.unit)
    return {
        "file": dashboard.file,
        "notebook": dashboard.notebook,
        "unit": dashboard.unit,
        "name": unit.named(language),
        "level": unit.level,
        "invented": unit.invented,
        "above": data.unit(unit.parent).named(language) if unit.parent else "",
        "year": dashboard.year,
        "language": language,
        "parameters": dict(dashboard.parameters),
        "error": error,
        "page": (folder / dashboard.file).is_file(),
    }


def text(held: Mapping[str, Entry]) -> str:
    """The record as it is written: entries by the names of their pages."""
    return json.dumps(dict(sorted(held.items())), ensure_ascii=False, indent=1) + "\n"


def read(folder: Path) -> dict[str, Entry]:
    """What earlier runs wrote into `folder`, of what still lies there; raises BadData for a foreign file."""
    path = folder / FILE
    try:
        held: dict[str, Entry] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        return {name: kept for name, kept in held.items() if (folder / name).is_file() and kept["language"]}
    except (ValueError, LookupError, AttributeError, TypeError) as error:
        raise BadData(str(path), "this is not the record of an edition", "remove the file, and build again") from error
