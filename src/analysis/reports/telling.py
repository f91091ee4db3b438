"""A figure or a doubt in the words of the codebook."""

from analysis import wording
from analysis.codebook import Codebook
from analysis.reports.entries import Doubt, Figure


def doubt(entry: Doubt, book: Codebook) -> str:
    """A doubt in words, the ids among its values replaced by their labels."""
    values = {name: _label(name, value, book) for name, value in entry.values.items()}
    return book.word(f"review_{entry.doubt}", **values)


def called(figure: Figure, book: Codebook) -> str:
    """A figure with its name: "Requests received (Companies): 12 cases"."""
    return book.word("label_figure", label=name(figure, book), figure=value(figure, book))


def name(figure: Figure, book: Codebook) -> str:
    """What a figure counts: its indicator, and the kind of applicant where it is not the total."""
    label = book.label(figure.indicator)
    if figure.applicant == "total":
        return label
    return book.word("labelled_applicant", label=label, applicant=book.term("applicant", figure.applicant))


def value(figure: Figure, book: Codebook, *, short: bool = False) -> str:
    """The value with measure word and marks, in plain digits to compare with the report, or the gap; `short`: bare."""
    status = book.statuses[figure.status]
    if figure.status == "worded":
        return figure.quote if short else book.word("review_worded", text=figure.quote)
    if figure.value is None:
        return status.mark if short else status.label
    number = wording.plain(figure.value)
    if short:
        return f"{status.mark}{book.terms['qualifier'][figure.qualifier].mark}{number}"
    text = book.word("counted", number=number, unit=book.unit_of(figure.indicator, of=figure.value)).strip()
    return f"{status.mark} {text if figure.qualifier == 'exact' else book.word(figure.qualifier, figure=text)}".strip()


def _label(key: str, value: str, book: Codebook) -> str:
    if key == "label":
        return book.label(value) if value in book.indicators else value
    return book.editions[value].label if key == "found" else value
