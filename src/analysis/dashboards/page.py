"""An executed notebook becomes one sealed HTML file: our exhibits, every chart drawn, then made to answer."""

from functools import cache
from importlib.metadata import version
from typing import Any

import vl_convert
from markupsafe import Markup
from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from analysis import codebook
from analysis.charts import CHART
from analysis.dashboards import drawing, frame

TAKEN = ("csv", "svg", "png")  # what can be taken from a page, by the names of its words


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


def render(nb: NotebookNode, *, notebook: str, shared: bool = False) -> str:
    """The page of an executed notebook; raises ValueError where it shows no masthead or a cell failed.

    With `shared`, style and script stand beside it (`assets`), for a web server.
    """
    charts: list[drawing.Spec] = []
    sections = [section for cell in nb.cells if cell.cell_type == "code" and (section := _section(cell, charts))]
    masthead = next((section for section in sections if section["about"].get("block") == "masthead"), None)
    if masthead is None:
        raise ValueError(f"notebook {notebook} shows no masthead: its page would have no title")
    book = codebook.load(masthead["about"]["language"])
    css, script = assets()
    return frame.render(
        "page.html",
        book=book,
        css=css,
        script=script,
        shared=shared,
        masthead=masthead,
        sections=[section for section in sections if section is not masthead],
        title=masthead["about"]["title"],
        specs=drawing.packed(charts),
        words={kind: book.word(f"take_{kind}") for kind in TAKEN},
        notebook=notebook,
        parameters=nb.metadata.get("papermill", {}).get("parameters", {}),
        version=version("disclosure-analysis"),
    )


@cache
def assets() -> tuple[frame.Asset, frame.Asset]:
    """The style sheet of a page, and its script bundled with Vega."""
    bundle = vl_convert.javascript_bundle(frame.own("page.js"), vl_version=drawing.VEGALITE)
    return frame.style("exhibit.css", "page.css"), frame.Asset("js", bundle)


def _section(cell: NotebookNode, charts: list[drawing.Spec]) -> dict[str, Any] | None:
    """What a code cell shows, as the page's section: its heading, its charts, what stands below them."""
    shown: dict[str, Any] = {"id": cell.id, "about": {}, "before": [], "charts": [], "after": []}
    for output in cell.outputs:
        if output.output_type == "error":
            raise ValueError(f"cell {cell.id}: {output.ename}: {output.evalue}")
        about = output.get("metadata", {}).get("disclosure")
        shown["about"] = about or shown["about"]
        data = output.get("data", {})
        if CHART in data:
            charts.append(data[CHART])
            shown["charts"].append(drawing.svg(data[CHART], len(charts)))
        elif html := data.get("text/html"):
            shown["after" if shown["charts"] or (shown["before"] and not about) else "before"].append(Markup(html))  # noqa: S704 escaped where it was made
        elif output.get("name") == "stderr":
            continue  # what libraries say to developers is nothing for a leader
        elif text := data.get("text/plain") or output.get("text"):
            shown["after"].append(Markup("<pre>{}</pre>").format(text))
    return shown if shown["before"] or shown["charts"] or shown["after"] else None
