"""A requests table of one year in which what came in is what was concluded and stays open."""

TERMS: dict[str, float] = {
    "requests_received": 8, "requests_carried_in": 1, "requests_concluded": 7, "requests_carried_out": 2,
}  # fmt: skip
OUTCOMES: dict[str, float] = {
    "requests_granted": 4, "requests_granted_in_part": 0, "requests_refused": 1, "requests_unavailable": 2,
    "requests_not_processed": 0, "requests_other_outcome": 0,
}  # fmt: skip


def stated(year: int, values: dict[str, float], **said: object) -> list[dict[str, object]]:
    """The figures of `year`, by indicator; `said` alters what is plain of each."""
    return [{"unit": "demo", "year": year, "indicator": name, "value": value, **said} for name, value in values.items()]
