"""A page on paper: a Chromium of this machine prints it, offline, and what it printed is read back before it counts."""

import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from unicodedata import normalize

import pypdfium2
from selectolax.lexbor import LexborHTMLParser

from analysis.dashboards.frame import Asset
from analysis.errors import Missing

VARIABLE = "DISCLOSURE_BROWSER"  # names a browser that lies elsewhere than on the PATH
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
SECONDS = 180  # of one page, which takes one or two alone; many are printed at a time
OFFLINE = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)
CHARSET = '<meta charset="utf-8">'
SILENCED = f'{CHARSET}<meta http-equiv="Content-Security-Policy" content="script-src \'none\'">'
UNPRINTED = "nav, .skip, summary, script, style"  # what page.css hides on paper, and what is no text
MOMENT = re.compile(rb"/(?:Creation|Mod)Date \(D:[^)]*\)")
NODE = re.compile(rb"\(node\d{8}\)")  # the browser counts the elements of a table over all that it has ever shown
CHINESE = re.compile(r"[\u3400-\u9fff]")
ALIKE = 4  # so many times more characters than sizes of them are boxes: what is written has more sizes than characters
_pdfium = Lock()  # the library is not made for two threads at a time


def browser() -> str:
    """The browser that prints: the one that $DISCLOSURE_BROWSER names, else the first found; raises Missing."""
    given = os.environ.get(VARIABLE)
    found = next(filter(None, map(shutil.which, [given] if given else BROWSERS)), None)
    if found is None:
        where, what = ("--pdf", "no Chromium, Chrome or Edge is found on this machine, and one of them prints")
        if given:
            where, what = f"${VARIABLE}", f"'{given}' is no program"
        fix = f"install Chromium, or name the program in ${VARIABLE}, or build without --pdf"
        raise Missing(where, what, fix)
    return found


def pdf(html: str, browser: str, *, beside: Iterable[Asset] = ()) -> bytes:
    """The page `html` printed by `browser`, the same page the same bytes; raises Missing where signs of it are lost.

    `beside`: the style sheets that the page links. Its script is not run: paper does not answer.
    """
    with TemporaryDirectory(prefix="disclosure-", ignore_cleanup_errors=True) as private:
        folder = Path(private)
        for asset in beside:
            (folder / asset.file).parent.mkdir(exist_ok=True)
            (folder / asset.file).write_text(asset.text, encoding="utf-8")
        (folder / "page.html").write_text(html.replace(CHARSET, SILENCED, 1), encoding="utf-8")
        printed = _printed(browser, folder)
    with _pdfium:
        _refuse_loss(html, printed)
    return _lasting(printed)


def _printed(browser: str, folder: Path) -> bytes:
    out = folder / "page.pdf"
    words = [f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={out}", (folder / "page.html").as_uri()]
    command = [browser, *OFFLINE, *_unboxed(), *words]
    quiet = subprocess.DEVNULL
    try:
        code = subprocess.run(command, stdout=quiet, stderr=quiet, timeout=SECONDS, check=False).returncode  # noqa: S603 our own words
        how = f"it ended with {code}"
    except subprocess.TimeoutExpired:
        how = f"it took more than {SECONDS} seconds"
    if not out.is_file() or not (printed := out.read_bytes()).rstrip().endswith(b"%%EOF"):
        raise Missing(
            browser, f"it printed no page: {how}", f"see that it opens a page, or name another in ${VARIABLE}"
        )
    return printed


def _unboxed() -> list[str]:
    """Chromium refuses to run as root in its sandbox, as in most containers; it opens nothing but our own page."""
    return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []


def _refuse_loss(html: str, printed: bytes) -> None:
    """Raise Missing where the PDF lacks a sign of the page, or shows boxes in place of Chinese, as without a font."""
    told, sizes = _read(printed)
    lost = _signs(visible(html)) - told
    drawn = [sign for sign in told if CHINESE.match(sign)]
    if lost or len(drawn) > ALIKE * len(sizes):
        some = "".join(sign for sign, _ in (lost or told).most_common(8))
        fix = "install a font that has them (for Chinese: apt install fonts-noto-cjk), or a newer browser; build again"
        raise Missing("the fonts of this machine", f"signs of the page would be lost in print: {some}", fix)


def _read(printed: bytes) -> tuple[Counter[str], set[tuple[float, ...]]]:
    """The signs of a PDF, and the sizes in which its Chinese characters are drawn."""
    told, sizes = Counter[str](), set[tuple[float, ...]]()
    with pypdfium2.PdfDocument(printed) as document:
        for sheet in document:
            text = sheet.get_textpage()
            told += _signs(text.get_text_range())
            for number in range(text.count_chars()):
                if CHINESE.match(text.get_text_range(number, 1)):
                    left, bottom, right, top = text.get_charbox(number)  # pyright: ignore
                    sizes.add((round(right - left, 2), round(top - bottom, 2)))  # pyright: ignore
    return told, sizes


def visible(html: str) -> str:
    """The text of a page that stands on paper."""
    page = LexborHTMLParser(html)
    for node in page.css(UNPRINTED):
        node.decompose()
    return page.body.text() if page.body else ""


def _signs(text: str) -> Counter[str]:
    """How often each letter, digit and Chinese character stands in a text, whatever its form and order."""
    return Counter(sign for sign in normalize("NFKC", text) if sign.isalnum())


def _lasting(printed: bytes) -> bytes:
    """`printed` without what changes from run to run, every byte in its place: the moment, and numbers of elements."""
    known = sorted(set(NODE.findall(printed)))
    numbers = {name: b"(node%08d)" % number for number, name in enumerate(known)}
    named = NODE.sub(lambda match: numbers[match[0]], printed)
    return MOMENT.sub(lambda match: b" " * len(match[0]), named)
