"""An invented region whose names, titles, places and addresses try to break out of a page."""

import csv
from collections.abc import Callable
from pathlib import Path

from analysis import demo

RUN = "window.hacked=1"
TEXTS = [
    f"<script>{RUN}</script>",
    f'"><img src=x onerror="{RUN};alert(2)">',
    f"</script></style></svg><svg onload={RUN}>",
    f"'-{RUN}-'`${{{RUN}}}`",
    "{{7*7}}{% raise %}]]><!--",
    "=HYPERLINK(1)&cmd|A0",
    "+1-2\u202etxt.exe",
    "@SUM(1)",
    "＝SUM(1)",
    "\u200b=SUM(1)",
    f"-1'><a href=javascript:{RUN}>",
]
ADDRESSES = [
    f'https://demo.example/"onclick="{RUN}"><script>{RUN}</script>',
    f"https://demo.example/'><img/src=x/onerror={RUN}>",
    "https://demo.example/</a></ul>",
]  # one that begins otherwise is refused when it is loaded
WORDS = {
    "units": ("name", "name_en", "note"),
    "reports": ("title", "publisher"),
    "disclosures": ("evidence",),
    "statements": ("text", "evidence"),
    "growths": ("evidence",),
}


def make(folder: Path) -> Path:
    """The data folder `folder`, made: each of its words begins with one of the hostile texts, each in its turn."""
    demo.make(folder, units=10, years=range(2019, 2026), seed=5)
    for table, columns in WORDS.items():
        _rewrite(folder / f"{table}.csv", lambda row, at, columns=columns: {
            name: f"{TEXTS[(at + place) % len(TEXTS)]}{row[name]}" for place, name in enumerate(columns) if name in row
        })  # fmt: skip
    _rewrite(folder / "reports.csv", lambda _, at: {"url": ADDRESSES[at % len(ADDRESSES)]})
    return folder


def _rewrite(path: Path, change: Callable[[dict[str, str], int], dict[str, str]]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows, columns = list(reader), list(reader.fieldnames or [])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row | change(row, at) for at, row in enumerate(rows))
