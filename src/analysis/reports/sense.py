"""What each count of a sentence means: at most one thing, or nothing and a reason."""

import re
from functools import cache

from analysis.codebook import Meaning, load, vocabulary
from analysis.reports import context, meaning
from analysis.reports.numbers import Number
from analysis.reports.sentence import Found, Sentence

DISPUTES = ("reviews", "lawsuits")


def read(sentence: Sentence, number: Number, until: int) -> tuple[list[Found], str]:
    """What `number` means, or nothing and the reason; the next count begins at `until`."""
    reason = _of_another_time(sentence, number, until)
    if reason:
        sentence.pass_over(number, reason)
        return [], reason
    if _is_unrelated(sentence, number):
        return [], "unrelated"
    found = _nouns(sentence, number, until)
    if found and found[-1].meaning.indicator in DISPUTES and _says("narrower", sentence.text[number.end :]):
        sentence.take(number, found, [], _whole(found[-1].meaning))
        return [], "unrelated"
    allowed = [entry for entry in (_allowed(sentence, number, entry) for entry in found) if entry]
    sentence.take(number, found, allowed, _whole(found[-1].meaning) if found else None)
    return allowed, "part" if found and not allowed else "no_meaning"


def is_total(sentence: Sentence, number: Number) -> bool:
    """Whether a count sums up those before it: "8, ... 5, in all 13"."""
    whole = sentence.whole
    return whole is not None and number.measure in whole.measures and _says("total", sentence.side(number))


def _of_another_time(sentence: Sentence, number: Number, until: int) -> str:
    """Why a count is no figure of the reporting year; "" where it is one."""
    before = sentence.text[: number.start]
    apart = context.of_years_apart(before, sentence.counts, sentence.year)
    sentence.counts += 1
    if apart is not None:
        return "" if apart else "other"
    if context.is_planned(before[-40:]):
        return "plan"
    when = context.period(before, sentence.clause(number), sentence.year)
    new = sentence.passed == "cumulative" and context.is_part(sentence.group(number))
    if when == "this" and not new and context.is_change(before, sentence.text[number.end : until]):
        return "change"
    return {"this": "", "rate": "some"}.get(when, when)


def _is_unrelated(sentence: Sentence, number: Number) -> bool:
    """Whether a count stands beside the figures of disclosure, sorts papers, or tells a price or a waiver."""
    start = sentence.text.rfind("；", 0, number.start) + 1
    papers = vocabulary().pattern("sense", "sorted").search(sentence.text, start)
    behind = re.split("[；。]", sentence.text[number.end :], maxsplit=1)[0]
    waived = _says("waived", sentence.text[: number.start])
    return waived or _says("unrelated", behind) or (papers is not None and papers.start() < number.start)


def _nouns(sentence: Sentence, number: Number, until: int) -> list[Found]:
    """The things that a count counts: to its left back to the count before, then to its right, then by its place."""
    if sentence.waiting:
        return [Found(sentence.waiting.pop(0), number.start, number.end)]
    side = sentence.side(number)
    if sentence.last and sentence.last.indicator in DISPUTES and _says("narrowed", side):
        return [Found(sentence.last, sentence.begin, number.end)]
    spoken = sentence.topics(number.start)
    if noun := meaning.left(side, number.measure, spoken, sentence.edition):
        found = _joined(sentence, number, noun, side)
    else:
        found = _to_the_right(sentence, number, until)
        for other in (_again, _channel, _follower, _subject):
            found = found or other(sentence, number, side)
    return [entry for entry in found if entry.meaning.indicator != "none"]


def _joined(sentence: Sentence, number: Number, noun: meaning.Noun, side: str) -> list[Found]:
    """The noun to the left with those joined to it: each is counted, or they take turns, or none is counted alone."""
    if _names_several_channels(side, noun):
        return [_located(sentence, number, noun, side)._replace(meaning=_first("published_items"))]
    spoken = sentence.topics(number.start)
    nouns = [*meaning.joined(side, noun, number.measure, spoken, sentence.edition), noun]
    words, gap = vocabulary().words["sense"], side[noun.start :]
    if len(nouns) > 1 and words["apart"] in gap:
        sentence.waiting = [other.meaning for other in nouns[1:]]
        nouns = nouns[:1]
    elif len(nouns) > 1 and words["each"] not in gap and number.value:
        return []  # one count of several things together
    return [_located(sentence, number, other, side) for other in nouns]


def _names_several_channels(side: str, noun: meaning.Noun) -> bool:
    """Whether items were published through this channel and others before it: "by website, Weibo and WeChat"."""
    apart = vocabulary().words["sense"]["apart"] in side[noun.start :]
    channel = noun.meaning.indicator.startswith("published_items_") and not apart
    return channel and _says("items", side[noun.start : noun.end]) and len(context.channels(side)) > 1


def _to_the_right(sentence: Sentence, number: Number, until: int) -> list[Found]:
    behind = sentence.behind(number)
    spoken = sentence.topics(min(until, number.end + len(behind)))
    noun = meaning.right(behind, number.measure, spoken, sentence.edition)
    return [Found(noun.meaning, number.start, number.end + noun.end)] if noun else []


def _again(sentence: Sentence, number: Number, side: str) -> list[Found]:
    """The thing that the count before counted, where this one is their sum, or says no more than whose it is."""
    if sentence.whole and is_total(sentence, number):
        return [Found(sentence.whole, sentence.begin, number.end)]
    last = sentence.last
    same = last is not None and number.measure in last.measures and _says("again", side)
    return [Found(last, sentence.begin, number.end)] if same and last else []


def _channel(sentence: Sentence, number: Number, side: str) -> list[Found]:
    """The channel that a part of the published items went through: "..., 171 of them on the website"."""
    last = sentence.last
    if last is None or not last.indicator.startswith("published_items") or number.measure not in last.measures:
        return []
    named = context.channels(side)
    if len(named) != 1 or not _says("published", side):
        return []
    name = next(iter(named))
    return [Found(_first("published_items_other" if name == "other" else name), sentence.begin, number.end)]


def _follower(sentence: Sentence, number: Number, side: str) -> list[Found]:
    """What a count means by the one right before it: people behind trainings."""
    name = vocabulary().words["follows"].get(sentence.last.indicator) if sentence.last else None
    follower = _first(name) if name else None
    if follower and number.measure in follower.measures and meaning.is_filling(side):
        return [Found(follower, sentence.begin, number.end)]
    return []


def _subject(sentence: Sentence, number: Number, side: str) -> list[Found]:
    """The thing that opens the clause before, where only filling words follow that clause."""
    noun = meaning.subject(side, number.measure, sentence.topics(number.start), sentence.edition)
    return [_located(sentence, number, noun, side)] if noun else []


def _located(sentence: Sentence, number: Number, noun: meaning.Noun, side: str) -> Found:
    """A noun of the left side, found again in the sentence."""
    start = sentence.text.rfind(side[noun.start : noun.end], 0, number.start)
    return Found(noun.meaning, start if start >= 0 else sentence.clause(number), number.end)


def _allowed(sentence: Sentence, number: Number, found: Found) -> Found | None:
    """`found` with its channel, or None where the count is only part of what it names or holds more."""
    indicator = found.meaning.indicator
    portal = sentence.scope(number) == "portal"
    if indicator == "published_items_website" and portal:
        return found._replace(meaning=_first("published_items"))
    part = _is_part(sentence, number, found.meaning)
    if indicator == "published_items":
        found_part = part and sentence.passed not in {"cumulative", "other"}
        return found if portal and not found_part else _by_channel(sentence, number, found, part=found_part)
    if indicator == "requests_received" and (_includes_carried(sentence, number) or _is_of_dispute(sentence, found)):
        return None
    given = {name for name, _ in sentence.given}
    newly = _says("newly", sentence.text[: found.start]) and not found.meaning.part
    return None if (part or newly) and indicator in given else found


def _is_part(sentence: Sentence, number: Number, of: Meaning) -> bool:
    """Whether a count is a nameless part of another: not one that is counted by itself, nor one of another scope."""
    own = sentence.scope(number) == "own" and (of.indicator, "region") in sentence.given
    return context.is_part(sentence.group(number)) and not of.part and not own


def _includes_carried(sentence: Sentence, number: Number) -> bool:
    """Whether a count of requests is said to include those carried in."""
    book = vocabulary()
    before = book.pattern("carried", "includes_received").search(sentence.group(number))
    return before is not None or book.pattern("carried", "included").search(sentence.text[number.end :]) is not None


def _is_of_dispute(sentence: Sentence, found: Found) -> bool:
    """Whether what was received, by the verb alone, goes on about the reviews or lawsuits counted before."""
    last = sentence.last.indicator if sentence.last else ""
    named = vocabulary().pattern("topics", "requests").search(sentence.text[found.start : found.end])
    return last.startswith(DISPUTES) and named is None


def _by_channel(sentence: Sentence, number: Number, found: Found, *, part: bool) -> Found | None:
    """Published items: one channel named means that channel, several or none the total."""
    start = max(sentence.meant, sentence.text.rfind("；", 0, number.start) + 1)
    side = sentence.text[start : number.start]
    named = context.channels(side)
    if len(named) == 1:
        name = next(iter(named))
        return None if name == "other" else found._replace(meaning=_first(name))
    return None if part or _says("subordinate", side) else found


def _whole(part: Meaning) -> Meaning | None:
    """What counts like `part` and others add up to: the same, or what it is part of; None where it is of neither."""
    if not part.part:
        return part
    whole = load().indicators[part.indicator].part_of
    return _first(whole) if whole else None


@cache
def _first(indicator: str) -> Meaning:
    return next(entry for entry in vocabulary().meanings if entry.indicator == indicator)


def _says(name: str, text: str) -> bool:
    return vocabulary().pattern("sense", name).search(text) is not None
