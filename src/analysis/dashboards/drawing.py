"""A chart as a page holds it: drawn for everyone as SVG, and packed for the script that makes it answer."""

import gzip
import json
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, fromstring, register_namespace, tostring

import vl_convert
from markupsafe import Markup

VEGALITE = "6.4"
SVG = "http://www.w3.org/2000/svg"
register_namespace("", SVG)
IDLE = {"class", "role", "pointer-events", "version", "font-family"}  # of no use to a still picture in a page
UNSAID = {("opacity", "1"), ("transform", "translate(0,0)"), ("display", "inline")}  # saying it changes nothing
HANDED_DOWN = ("fill", "stroke", "stroke-width", "font-size", "font-weight", "text-anchor")
MOVED = re.compile(r"translate\((?P<x>[^,]+),(?P<y>[^,]+)\)")
OWN = {f"{{{SVG}}}path": "d", f"{{{SVG}}}text": "x"}  # what tells neighbours of one look apart
SEEN_THROUGH = {"opacity", "fill-opacity", "transform"}  # shapes that may show one another are not made one
IN_TAG = r"(?=[^<>]*>)"  # not in a text, where ElementTree leaves quotes as they are
FRACTION = re.compile(r"-?\d*\.\d+(e-?\d+)?")

Spec = Mapping[str, Any]


def svg(spec: Spec, number: int) -> Markup:
    """The chart drawn: a picture with a text alternative, its ids its own among all drawings of the page."""
    root = fromstring(vl_convert.vegalite_to_svg(dict(spec), vl_version=VEGALITE))  # noqa: S314 drawn on the line itself
    _slim(root)
    root.attrib |= {"role": "img", "aria-label": spec["description"]}
    drawn = tostring(root, encoding="unicode")
    for place, name in enumerate(re.findall(rf' id="([^"]+)"{IN_TAG}', drawn)):  # Vega numbers them while it runs
        used = rf'( id="|url\(#|href="#){re.escape(name)}(?=[")]){IN_TAG}'
        drawn = re.sub(used, rf"\g<1>chart-{number}-{place}", drawn)
    return Markup(drawn)  # noqa: S704 ElementTree escapes


def packed(specs: Sequence[Spec]) -> str:
    """All charts of a page as gzip in base64, the configuration that they share said once.

    Whatever they tell stands readable in the page too: in the drawings, the alternatives and the tables.
    """
    config: Mapping[str, Any] = specs[0]["config"] if specs else {}
    if any(spec["config"] != config for spec in specs):
        raise ValueError("the charts of a page differ in their configuration: charts/theme.py is to hold all of it")
    own = [{name: part for name, part in spec.items() if name not in {"config", "$schema"}} for spec in specs]
    text = json.dumps({"config": config, "specs": own}, ensure_ascii=False, separators=(",", ":"))
    return b64encode(gzip.compress(text.encode(), mtime=0)).decode()


def _slim(element: Element) -> None:
    """Take from a drawing what Vega wrote for its own use: names, empty shapes, groups of nothing, endless digits."""
    _plain(element)
    for child in list(element):
        _slim(child)
    element[:] = _joined(kept for child in element for kept in _kept(child))
    for name in HANDED_DOWN:
        said = {child.get(name) for child in element}
        if len(element) > 1 and len(said) == 1 and None not in said and name not in element.attrib:
            element.set(name, str(said.pop()))
            for child in element:
                del child.attrib[name]


def _joined(elements: Iterable[Element]) -> list[Element]:
    """The elements in their order, neighbours of one look as one: shapes as one path, letters as one text."""
    joined: list[Element] = []
    for element in elements:
        own = OWN.get(element.tag, "")
        if joined and own and _alike(joined[-1], element, own):
            joined[-1].set(own, f"{joined[-1].attrib[own]} {element.attrib[own]}")
            joined[-1].text = (joined[-1].text or "") + (element.text or "") or None
        else:
            joined.append(element)
    return joined


def _alike(before: Element, element: Element, own: str) -> bool:
    """Whether two elements can be one: they look the same, and a text has one letter for each of its places."""
    looks = [{**each.attrib, own: each.tag} for each in (before, element)]
    lettered = all(len(each.text or "") == len(each.get("x", "").split()) for each in (before, element))
    return looks[0] == looks[1] and lettered and not SEEN_THROUGH & set(looks[0])


def _plain(element: Element) -> None:
    """Leave an element the attributes that can be seen, and say them shortly."""
    for name, said in list(element.items()):
        if name in IDLE or name.startswith("aria-") or (name, said) in UNSAID:
            del element.attrib[name]
        elif "opacity" not in name:
            element.set(name, FRACTION.sub(_tenths, said))
    place = MOVED.fullmatch(element.get("transform", ""))
    if element.tag == f"{{{SVG}}}text" and place and not len(element):
        del element.attrib["transform"]
        element.attrib |= place.groupdict()


def _tenths(found: re.Match[str]) -> str:
    """A number as exact as a screen shows it."""
    return f"{round(float(found[0]), 1) + 0:g}"


def _kept(element: Element) -> list[Element]:
    """What of an element stays: nothing of an empty one, the children of a group that says nothing itself."""
    if element.tag == f"{{{SVG}}}g" and not element.attrib:
        return list(element)
    empty = element.tag in {f"{{{SVG}}}g", f"{{{SVG}}}text"} and not len(element) and not element.text
    unseen = element.tag == f"{{{SVG}}}path" and not {"fill", "stroke"} & set(element.attrib)
    return [] if empty or unseen else [element]
