"""The few errors that a person can cause and fix: each says where, what, and the next step."""

from difflib import get_close_matches


class DisclosureError(Exception):
    """Something a person can mend; the command ends with exit code 2."""

    def __init__(self, where: str, what: str, fix: str) -> None:
        """Keep `where` it is, `what` is wrong and how to `fix` it."""
        super().__init__(f"{where}: {what}\n  to fix: {fix}")
        self.where = where
        self.what = what
        self.fix = fix


class BadData(DisclosureError):
    """A file of figures cannot be read as what it should be."""


class BadReport(DisclosureError):
    """A published file cannot be read as a report."""


class Unknown(DisclosureError):
    """A name that a person gave is not in the data or the codebook."""


class BadParameter(DisclosureError):
    """A notebook was given a parameter that it does not declare, or of another type."""


class Missing(DisclosureError):
    """A file or folder that the work needs is not there."""


def nearest(word: str, known: list[str], limit: int = 3) -> str:
    """A question that names the known words most like `word`, for the next step of a message; '' if none is."""
    close = get_close_matches(word, known, n=limit, cutoff=0.5) or [name for name in known if word in name][:limit]
    return f"did you mean {', '.join(close)}?" if close else ""
