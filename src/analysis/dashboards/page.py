"""An executed notebook becomes one sealed HTML file: our exhibits, every chart drawn as SVG, no script, no link out."""

import re
from functools import cache
from importlib.metadata import version
from itertools import count
from pathlib import Path
from typing import Any

import vl_convert
from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup, escape
from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from analysis import codebook
from analysis.charts import CHART

VEGALITE = "6.4"


class PageExporter(Exporter):
    """Exports an executed notebook of the suite as one offline page: `jupyter nbconvert --to disclosure`."""

    export_from_notebook = "Disclosure page"
    file_extension = ".html"
    output_mimetype = "text/html"

    def from_notebook_node(  # pyright: ignore[reportIncompatibleMethodOverride] the base class returns no text yet
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: object
    ) -> tuple[str, dict[str, Any]]:
        """The page's text and nbconvert's resources."""
        copy, resources = super().from_notebook_node(nb, resources, **kw)
        return render(copy, notebook=resources.get("metadata", {}).get("name", "")), resources


def render(nb: NotebookNode, *, notebook: str) -> str:
    """The page of an executed notebook; raises ValueError where it shows no masthead or a cell failed."""
    numbers = count(1)
    sections = [section for cell in nb.cells if cell.cell_type == "code" and (section := _section(cell, numbers))]
    masthead = next((section for section in sections if section["about"].get("block") == "masthead"), None)
    if masthead is None:
        raise ValueError(f"notebook {notebook} shows no masthead: its page would have no title")
    book = codebook.load(masthead["about"]["language"])
    return template("page.html").render(
        book=book,
        word=book.word,
        masthead=masthead,
        sections=[section for section in sections if section is not masthead],
        title=masthead["about"]["title"],
        css=css("exhibit.css", "page.css"),
        notebook=notebook,
        parameters=nb.metadata.get("papermill", {}).get("parameters", {}),
        version=version("disclosure-analysis"),
    )


@cache
def template(name: str) -> Template:
    """A template of this package, escaping everything."""
    loader = PackageLoader("analysis", "dashboards")
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).get_template(name)


@cache
def css(*names: str) -> Markup:
    """The style sheets named, as they stand in a page."""
    return Markup("\n".join((Path(__file__).parent / name).read_text(encoding="utf-8") for name in names))  # noqa: S704 our own files


def _section(cell: NotebookNode, numbers: "count[int]") -> dict[str, Any] | None:
    """What a code cell shows, as the page's section: its heading, its charts, what stands below them."""
    shown: dict[str, Any] = {"id": cell.id, "about": {}, "before": [], "charts": [], "after": []}
    for output in cell.outputs:
        if output.output_type == "error":
            raise ValueError(f"cell {cell.id}: {output.ename}: {output.evalue}")
        about = output.get("metadata", {}).get("disclosure")
        shown["about"] = about or shown["about"]
        data = output.get("data", {})
        if CHART in data:
            shown["charts"].append(_svg(data[CHART], next(numbers)))
        elif html := data.get("text/html"):
            shown["after" if shown["charts"] or (shown["before"] and not about) else "before"].append(Markup(html))  # noqa: S704 escaped where it was made
        elif output.get("name") == "stderr":
            continue  # what libraries say to developers is nothing for a leader
        elif text := data.get("text/plain") or output.get("text"):
            shown["after"].append(Markup("<pre>{}</pre>").format(text))
    return shown if shown["before"] or shown["charts"] or shown["after"] else None


def _svg(spec: dict[str, Any], number: int) -> Markup:
    """The chart drawn: a figure with a text alternative, its ids its own among all drawings of the page."""
    drawn = vl_convert.vegalite_to_svg(spec, vl_version=VEGALITE)
    drawn = _slim(drawn)
    drawn = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>chart-{number}-", drawn)
    label = escape(spec["description"])
    return Markup(drawn.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1))  # noqa: S704 drawn by Vega, which escapes


def _slim(drawn: str) -> str:
    """A drawing without what Vega repeats: the one font of all its texts, digits that no screen can show."""
    fonts = set(re.findall(r' font-family="([^"]*)"', drawn))
    if len(fonts) == 1:
        drawn = re.sub(r' font-family="[^"]*"', "", drawn).replace("<svg ", f'<svg font-family="{fonts.pop()}" ', 1)
    return re.sub(r' (?:d|transform)="[^"]*"', lambda found: re.sub(r"(\.\d\d)\d+", r"\1", found[0]), drawn)
