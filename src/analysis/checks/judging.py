"""Takes down what a person says of findings; a judgement holds as long as the figures that it judged."""

from collections.abc import Mapping, Sequence
from datetime import date

from analysis.checks.telling import Finding
from analysis.codebook import Codebook
from analysis.errors import Unknown, nearest
from analysis.facts import Disclosures, append


def judge(
    findings: Sequence[Finding],
    judgements: Mapping[str, str],
    data: Disclosures,
    book: Codebook,
    *,
    reason: str,
    by: str,
) -> None:
    """Append to verdicts.csv what `judgements` says of findings, by id: "accepted" or "reopened".

    Raises Unknown, and writes nothing, where one of the ids is none of `findings`.
    """
    known = {finding.finding: finding for finding in findings}
    for name in judgements:
        if name not in known:
            fix = nearest(name, list(known)) or "the ids stand below the findings of: disclosure check"
            raise Unknown(f"finding '{name}'", "there is no such finding", fix)
    said = {"reason": reason, "by": by, "on": date.today().isoformat()}
    rows = [
        {"finding": name, "judged": known[name].judged, "judgement": judgement} | said
        for name, judgement in judgements.items()
    ]
    append(data.folder, "verdicts", rows, book)
