"""Takes down what a person says of findings; a judgement holds as long as the figures that it judged."""

from collections.abc import Sequence
from datetime import date

from analysis.checks.telling import Finding
from analysis.codebook import Codebook
from analysis.errors import Unknown, nearest
from analysis.facts import Disclosures, append


def judge(
    findings: Sequence[Finding],
    named: Sequence[str],
    judgement: str,
    data: Disclosures,
    book: Codebook,
    *,
    reason: str,
    by: str,
) -> None:
    """Append to verdicts.csv that the findings `named` are "accepted" or "reopened"; raises Unknown for other ids."""
    known = {finding.finding: finding for finding in findings}
    for name in named:
        if name not in known:
            fix = nearest(name, list(known)) or "the ids stand below the findings of: disclosure check"
            raise Unknown(f"finding '{name}'", "there is no such finding", fix)
    today = date.today().isoformat()
    rows = [
        {"finding": name, "judged": known[name].judged, "judgement": judgement, "reason": reason, "by": by, "on": today}
        for name in named
    ]
    append(data.folder, "verdicts", rows, book)
