"""What every page of an edition shares: its frame, and a policy that lets it run its own script and reach nothing."""

from base64 import b64encode
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from analysis.codebook import Codebook

SHARED = "assets"  # folder of an edition that holds what its pages share


@dataclass(frozen=True)
class Asset:
    """A style sheet or script of ours: it stands in the page itself, or beside the pages of a web server."""

    kind: str  # "css" or "js"
    text: str

    @cached_property
    def file(self) -> str:
        """Its path in an edition: another text, another name, so that no browser keeps an old one."""
        return f"{SHARED}/{sha256(self.text.encode()).hexdigest()[:12]}.{self.kind}"

    @cached_property
    def digest(self) -> str:
        """As a content security policy names it."""
        return f"'sha256-{b64encode(sha256(self.text.encode()).digest()).decode()}'"

    @cached_property
    def inline(self) -> Markup:
        """Its text as it stands in a page; raises ValueError where that would end the element that holds it."""
        if "</s" in self.text.lower().replace("</svg", ""):
            raise ValueError("a script or style sheet of ours would end its own element")
        return Markup(self.text)  # noqa: S704 our own files, and libraries of ours


def style(*names: str) -> Asset:
    """The style sheets `names` of this package as one."""
    return Asset("css", "\n".join(own(name) for name in names))


@cache
def own(name: str) -> str:
    """The text of a file of this package."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def render(name: str, *, title: str, book: Codebook, css: Asset, script: Asset, shared: bool, **content: object) -> str:
    """The template `name` filled with `content`, everything escaped, sealed; printed, each sheet bears its `title`.

    With `shared`, style and script stand beside it.
    """
    printed = Asset("css", f"@page {{ @top-right {{ content: {_css_string(title)}; }} }}")
    page = _templates().get_template(name)
    about = {"title": title, "book": book, "word": book.word, "shared": shared}
    assets = {"css": css, "printed": printed, "script": script}
    return page.render(about | assets | content, policy=_policy(**assets, shared=shared))


@cache
def _templates() -> Environment:
    loader = PackageLoader("analysis", "dashboards")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _css_string(text: str) -> str:
    """`text` as a string of a style sheet: whatever is neither letter nor digit by its code."""
    return '"' + "".join(letter if letter.isalnum() else f"\\{ord(letter):06x}" for letter in text) + '"'


def _policy(css: Asset, printed: Asset, script: Asset, *, shared: bool) -> str:
    """Nothing but the page's own style and script, known by digest: no connection, no eval, no frame, no form."""
    served = "'self'"  # a web server's own files
    rules = {
        "default-src": "'none'",
        "script-src": served if shared else script.digest,
        "style-src": f"{served if shared else css.digest} {printed.digest}",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {allowed}" for name, allowed in rules.items())
