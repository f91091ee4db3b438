"""Which unit of the data a report is about; ids for units that are new."""

import re

from analysis.codebook import vocabulary
from analysis.errors import BadParameter, Unknown, nearest
from analysis.facts.writing import Row
from analysis.reports import Reading


def unit_id(entry: Reading, units: list[Row], unit: str | None, parent: str | None, *, add: bool) -> str:
    """The id of the unit that `entry` reports on; with `add` a unit that is not known is added to `units`.

    With `parent` only units below it are meant. Raises Unknown where the report names none, the data know none of that
    name, or several, or it is another's report.
    """
    known = {row["unit"]: row for row in units}
    _refuse_unknown(parent, known)
    below = [row for row in units if parent in {None, row["parent"]}]
    same = [row["unit"] for row in below if is_called(entry.unit, row["name"])]
    if unit in known:
        _refuse_another(entry, known[unit], same, add=add)
        return unit
    if unit is not None and not add:
        raise Unknown(f"unit '{unit}'", "there is no such unit in the data", _help(unit, list(known)))
    if entry.unit is None:
        fix = "add the unit to units.csv, and name its id with --unit" if add else "name the unit with --unit"
        raise Unknown(entry.file, "the file does not say whose report it is", fix)
    if same and unit is None:
        return _only(same, entry)
    if not add:
        names = [row["name"] for row in units]
        fix = f"{nearest(entry.unit, names)} name it with --unit, or add it with --new-unit".lstrip()
        raise Unknown(entry.file, f"the data know no unit called {entry.unit}", fix)
    return _added(entry.unit, units, known, unit, parent)


def _refuse_unknown(parent: str | None, known: dict[str, Row]) -> None:
    if parent is not None and parent not in known:
        raise BadParameter("--parent", f"there is no unit '{parent}' in the data", _help(parent, list(known)))


def _only(same: list[str], entry: Reading) -> str:
    if len(same) > 1:
        raise Unknown(entry.file, f"several units are called {entry.unit}", f"name one with --unit: {', '.join(same)}")
    return same[0]


def _refuse_another(entry: Reading, given: Row, same: list[str], *, add: bool) -> None:
    """Raise where the report names another unit of the data than the one `given`, or one that was to be added."""
    if same and given["unit"] not in same:
        what = f"the file says that it is the report of {entry.unit} ({', '.join(same)}), not of {given['unit']}"
        raise Unknown(entry.file, what, "leave out --unit, or check that this is the right file")
    if add and entry.unit and not is_called(entry.unit, given["name"]):
        what = f"it is the report of {entry.unit}, and '{given['unit']}' is the id of {given['name']}"
        raise Unknown(entry.file, what, "leave out --unit, so that each new unit gets an id of its own")


def _added(name: str, units: list[Row], known: dict[str, Row], unit: str | None, parent: str | None) -> str:
    new = unit or _slug(name, known.get(parent or ""))
    if new in known:
        raise Unknown(f"unit '{new}'", f"the id of {name} is taken by {known[new]['name']}", "name another with --unit")
    row = {"unit": new, "name": name, "name_en": name, "level": _level(name), "parent": parent or "", "note": ""}
    units.append(row)
    return new


def _slug(name: str, parent: Row | None) -> str:
    """An id in letters: that of the parent, and the name as it is spoken, without the parent's own."""
    from pypinyin import Style, lazy_pinyin

    rest = name
    for above in _names(parent["name"]) if parent else []:
        rest = rest.removeprefix(above) or name
    spoken = "".join(lazy_pinyin(rest, style=Style.NORMAL, errors="ignore"))
    slug = re.sub("[^a-z0-9]", "", spoken.lower()) or "unit"
    return f"{parent['unit']}-{slug}" if parent else slug


def is_called(printed: str | None, name: str) -> bool:
    """Whether a unit called `name` may be printed so."""
    return printed in _names(name)


def _names(name: str) -> list[str]:
    """The ways in which a unit is called: with and without the words for a people's government."""
    government = vocabulary().words["heading"]["government"]
    return [name, name.removesuffix(government), name + government]


def _level(name: str) -> str:
    """The rank that the end of a name tells, the longest that fits; a department where it tells none."""
    place = name.removesuffix(vocabulary().words["heading"]["government"])
    levels = vocabulary().words["heading"]["levels"]
    ends = {word: level for level, words in levels.items() for word in words.split("|") if place.endswith(word)}
    return ends[max(ends, key=len)] if ends else "department"


def _help(word: str, known: list[str]) -> str:
    return nearest(word, known) or "the ids are in the first column of units.csv"
