"""A web page -> the report in it: menus and furniture left out, tables with their spans spread."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from analysis.codebook import vocabulary
from analysis.reports.document import LAYOUT_CELL, MOST_ROWS, WIDEST_SPAN, Builder, Document, cell

DROPPED = {"script", "style", "noscript", "template", "nav", "iframe", "svg", "select", "button", "object", "-comment"}
BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "center", "div", "dl", "dt", "fieldset", "figure"),
    *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section"),
    *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
}
HOLDERS = {"article", "body", "center", "div", "form", "main", "section", "table", "tbody", "td", "tr"}
NAMING = ("ArticleTitle", "ContentSource", "SiteName", "PubDate")
MAIN_SHARE = 0.7  # of a holder's own text: a child with so much of it is the report, its siblings are furniture
BYLINE = 120  # characters: a longer text that holds a date is no byline
DATE = re.compile(r"20\d\d\D{1,2}\d{1,2}\D{1,2}\d{1,2}")
WIDEST_ROW = 120
DEEPEST = 200
DEEPEST_MARKUP = 5_000
NESTING = re.compile(
    r"<(/?)(?:div|span|table|font|section|article|center|blockquote|ul|ol|b|i|em|strong|u|a)\b", re.IGNORECASE
)


def read(markup: str) -> Document:
    """The report that the page `markup` holds; raises ValueError where elements are nested beyond all sense."""
    if _depth(markup) > DEEPEST_MARKUP:
        raise ValueError("its elements are nested thousands deep")
    tree = LexborHTMLParser(markup)
    root = tree.body or tree.root
    builder = Builder()
    if root is None:
        return builder.document()
    walk = _Walk(builder)
    walk.block(_main(root), 0)
    walk.close()
    return builder.document(head=tuple(dict.fromkeys([*_named(tree), *_near(root)])))


def _depth(markup: str) -> int:
    """How deep elements are nested that must be closed; the parser's time grows with the square of it."""
    depth = deepest = 0
    for match in NESTING.finditer(markup):
        depth = max(depth - 1, 0) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _named(tree: LexborHTMLParser) -> Iterator[str]:
    """What the page's metadata, title and headlines name."""
    for name in NAMING:
        for node in tree.css(f"meta[name='{name}' i]"):
            if content := (node.attributes.get("content") or "").strip():
                yield f"{name}: {content}"
    for node in tree.css("title, h1, h2, h3"):
        if text := node.text().strip():
            yield text


def _near(root: LexborNode) -> Iterator[str]:
    """Short lines anywhere on the page that hold a date or read as a report's title."""
    page = Builder()
    walk = _Walk(page, grids=False)
    walk.block(root, 0)
    walk.close()
    title = vocabulary().pattern("heading", "title")
    for line in page.document().text.split("\n"):
        if len(line) < BYLINE and (DATE.search(line) or title.search("".join(line.split()))):
            yield line


def _main(root: LexborNode) -> LexborNode:
    """The innermost element that still holds most of the text that is no link."""
    weights: dict[int, int] = {}
    _weigh(root, 0, weights)
    node = root
    while True:
        holders = [child for child in node.iter() if child.tag in HOLDERS and child.mem_id in weights]
        heaviest = max(holders, key=lambda child: weights[child.mem_id], default=None)
        if heaviest is None or weights[heaviest.mem_id] < weights[node.mem_id] * MAIN_SHARE or _is_grid(heaviest):
            return node if node.tag not in {"table", "tbody", "tr"} else root
        node = heaviest


def _weigh(node: LexborNode, depth: int, weights: dict[int, int]) -> int:
    """How many characters below `node` are no link, noted for every element on the way."""
    weight = 0
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            weight += len((child.text_content or "").strip())
        elif child.tag not in DROPPED and child.tag != "a" and depth < DEEPEST:
            weight += _weigh(child, depth + 1, weights)
    weights[node.mem_id] = weight
    return weight


def _is_grid(node: LexborNode) -> bool:
    """Whether a table holds figures, not the page: no table in it, no cell as long as a text, more than one column."""
    if node.tag != "table" or len(node.css("table")) > 1:  # a node's own tag is among those it finds
        return False
    boxes = node.css("td, th")
    if len(boxes) < 2 or len(boxes) <= len(node.css("tr")):
        return False
    return max(len(box.text().strip()) for box in boxes) < LAYOUT_CELL


class _Walk:
    """Goes through the elements in order; a line ends where a block begins or ends."""

    def __init__(self, builder: Builder, *, grids: bool = True) -> None:
        self._builder = builder
        self._grids = grids
        self._line: list[str] = []

    def close(self) -> None:
        self._builder.line(" ".join("".join(self._line).split()))
        self._line = []

    def block(self, node: LexborNode, depth: int) -> None:
        """Add what `node` holds; what is nested deeper than any page was made to be stays out."""
        if depth > DEEPEST:
            return
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag == "-text":
                self._line.append(child.text_content or "")
            elif tag == "br":
                self.close()
            elif tag == "table" and self._grids and _is_grid(child):
                self.close()
                self._builder.grid(_rows(child))
            elif tag not in DROPPED and not _hidden(child):
                self._element(child, tag, depth)

    def _element(self, child: LexborNode, tag: str, depth: int) -> None:
        if tag in BLOCKS:
            self.close()
        self.block(child, depth + 1)
        if tag in BLOCKS and tag != "dt":  # a term goes on with what is said of it
            self.close()


def _hidden(node: LexborNode) -> bool:
    style = node.attributes.get("style") or ""
    return "display:none" in style.replace(" ", "").lower()


def _rows(table: LexborNode) -> list[list[str]]:
    """The cells of a table, those that span rows or columns repeated in each."""
    rows: list[list[str]] = []
    below: dict[int, tuple[str, int]] = {}  # column -> text and rows that a cell above still reaches down
    for line in table.css("tr")[:MOST_ROWS]:
        row: list[str] = []
        boxes = [box for box in line.iter() if box.tag in {"td", "th"}]
        for box in boxes:
            _fill(row, below)
            text = _printed(box)
            down = _span(box, "rowspan")
            for _ in range(min(_span(box, "colspan"), WIDEST_ROW - len(row))):
                if down > 1:
                    below[len(row)] = (text, down - 1)
                row.append(text)
        _fill(row, below)
        if boxes:
            rows.append(row)
    return rows


def _printed(box: LexborNode) -> str:
    """What stands in a cell, which may have lines."""
    if box.css_first("br, p, div, li") is None:
        return "".join(box.text().split())
    lines = Builder()
    walk = _Walk(lines, grids=False)
    walk.block(box, 0)
    walk.close()
    return cell(lines.document().text)


def _fill(row: list[str], below: dict[int, tuple[str, int]]) -> None:
    """Add the cells that reach down from above into the places next in `row`."""
    while len(row) in below:
        text, left = below.pop(len(row))
        if left > 1:
            below[len(row)] = (text, left - 1)
        row.append(text)


def _span(box: LexborNode, name: str) -> int:
    digits = (box.attributes.get(name) or "").strip()
    return min(int(digits), WIDEST_SPAN) if digits.isascii() and digits.isdigit() and int(digits[:6]) > 0 else 1
