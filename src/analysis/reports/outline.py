"""Plain text -> its paragraphs, each with the number of its heading and whether it tells facts, problems or plans."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from analysis.codebook import vocabulary
from analysis.reports.characters import Plain

LONGEST_HEADING = 48


class Paragraph(NamedTuple):
    """Plain characters from `start` to before `end`; `kind` is fact, problem, measure or furniture (of the page).

    `section` is the heading's number ("一(二)1"), `topic` the words of the headings above; `is_heading`: it is no more
    than one of these.
    """

    start: int
    end: int
    kind: str
    section: str
    topic: str
    is_heading: bool


def paragraphs(text: Plain, year: int | None) -> Iterator[Paragraph]:
    """The paragraphs of `text` in order."""
    book = vocabulary()
    numbered = [book.pattern("sections", f"heading_{depth}") for depth in (1, 2, 3)]
    problem, measure = book.pattern("sections", "problem"), book.pattern("sections", "measure", year)
    numbers, heads, kinds = ["", "", ""], ["", "", ""], ["fact", "", ""]
    start = 0
    led = False  # over from problems to measures
    lead = book.pattern("sections", "lead")
    bare = book.pattern("sections", "heading_bare", year)
    furniture = book.pattern("heading", "furniture")
    for line in text.text.splitlines(keepends=True):
        end = start + len(line.rstrip("\n"))
        is_heading = False
        for depth, pattern in enumerate(numbered):
            if mark := pattern.match(line):
                head = re.split(r"[。；：，\n]", line[mark.end() :], maxsplit=1)[0]
                if depth == 2 and len(head) > LONGEST_HEADING:
                    break
                numbers[depth:] = [mark[0].rstrip("、.）").lstrip("（")] + [""] * (2 - depth)
                heads[depth:] = [head] + [""] * (2 - depth)
                kinds[depth:] = [_kind(head, problem, measure)] + [""] * (2 - depth)
                is_heading = (
                    depth < 2 and mark.end() + len(head) >= len(line.rstrip("\n：")) and not line.endswith("。")
                )
                break
        else:
            if bare.fullmatch(line.strip()):
                numbers, heads = ["", "", ""], [line.strip("\n："), "", ""]
                kinds, is_heading = [_kind(line, problem, measure), "", ""], True
        kind = next((kind for kind in reversed(kinds) if kind not in {"", "fact"}), "fact")
        if is_heading or kind == "fact":
            led = False
        led = led or (kind == "problem" and lead.match(line) is not None)
        kind = "measure" if led else kind
        kind = "furniture" if furniture.match(line) else kind
        if end > start:
            topic = "；".join(head for head in heads if head)
            yield Paragraph(start, end, kind, _number(numbers), topic, is_heading)
        start += len(line)


def _kind(head: str, problem: re.Pattern[str], measure: re.Pattern[str]) -> str:
    if len(head) > LONGEST_HEADING:
        return ""
    return "problem" if problem.search(head) else "measure" if measure.search(head) else "fact"


def _number(numbers: list[str]) -> str:
    first, second, third = numbers
    return first + (f"({second})" if second else "") + third
