"""The sentence that says of which model on what data: a fine-tuned version of … on the … dataset.

It stands in the Trainer's own words, and in what people make of them: they name the model instead of "this", leave
words out, say what it is for behind a name, and go on about the data.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from tui.cards.writers.layout import name_of, unlinked

TUNED_HINT, SCRATCH_HINT = "uned ", "from scratch"
"""What is in every such sentence, one or the other: other lines need no closer look."""

_LOOKED_AT = 2_000
"""Characters of a line in which the sentence is sought."""

_MARKS = "*_`\"'“” "
_TUNED = re.compile(
    r"(?P<subject>.{1,120}?)(?: is)?(?: an?| the)? fine-? ?tuned(?: on (?P<data>.{1,200}?))?"
    r" (?:version|variant|checkpoint) of ",
    re.IGNORECASE,
)
_THIS = re.compile(r"(?:This|It)(?: [\w-]{1,30}){0,3}|The model", re.IGNORECASE)
_FROM_SCRATCH = "This model was trained from scratch"
_SENTENCE_END = re.compile(r"\.\s+(?=[A-Z])|\.\s*$")
_FULL_STOP = re.compile(r"\.(?:\s|$)")
_ON = re.compile(r" on ")
_ARTICLE = re.compile(r"(?:the|an?|our) ")
_LINK = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<url>[^)]*)\)")
_LINKED_LIST = re.compile(r"\[\[(?P<items>[^\]]*)\]\]\([^)]*\)")
_HUB = re.compile(
    r"https?://(?:www\.)?huggingface\.co/(?!(?:blog|datasets|docs|papers|spaces)/)([\w.-]+/[\w.-]+|\w+[\d_-][\w.-]*)/?"
)
"""The page of a model; those that are older than their owners are known by a name like ``bert-base``."""

_ADJECTIVE = r"(?:base|existing|language|large|original|pre-?trained)"
_KIND = re.compile(rf"(?:{_ADJECTIVE} )*(?:(?:model|version) )?(?=[\w`\"*\[])", re.IGNORECASE)
_A_MODEL = r"(?: (?:base|language|pre-?trained))* (?:model|checkpoint|architecture|encoder)"
_MODEL = re.compile(rf"{_A_MODEL}(?=[ ,.]|$)")
_PURPOSE = re.compile(
    rf" ?,| \(| [–—-] |{_A_MODEL}\b"
    r"| (?:adapted|based|by|fine-?tuned|for|from|in|specifically|that|to|trained|using|which|with)\b"
)
_UNNAMED = re.compile(
    rf"(?:$|(?:{_ADJECTIVE}|model|adapted|another|fine-?tuned|for|my|our|same|that|this|trained|which)(?:[ .,]|$))",
    re.IGNORECASE,
)
"""How the words begin by which people mean a model that they do not name."""

_NO_BASE = re.compile(
    r"(?:custom|it|n/?a|no|none|not applicable|not available|the model|this|we)(?=[ .,:;]|$)|-?$", re.IGNORECASE
)
"""How a line begins that asks for the base model and gets a sentence, or that there is none."""

_ASIDE = re.compile(r" \([^()]{1,100}\)(?= )")
_DATASET_END = re.compile(
    r" datasets?(?:(?=\.\s+[A-Z]|\.?\s*$|[:;(])|(?= [(-])|(?=,(?!.{0,300}\bdatasets?\b))"
    r"|(?=, (?:collect|compris|consist|contain|from|that|where|which))"
    r"|(?=,? and (?:achiev|evaluated|it |reach|tested|then |was ))"
    r"|(?= (?:available|by|collected|contain|consist|created|for|from|in|of|on|provided|that|to|used|using)\w*)"
    r"|(?= (?:which|with)))"
)
_LATER_DATASET = re.compile(
    r"(?:,? (?:(?:that|which) (?:is|was) )?(?:further )?(?:adapted|fine-?tuned|trained))?"
    r"(?: (?:for|to|using|with) [^,.;]{1,100}?)?"
    r" on (?:the |an? |our )?(?P<phrase>[^\s,;]+(?: [^\s,;]+){0,3}?) datasets?\b"
)
"""The data of which the sentence tells behind what the model is for, by a name of a few words."""

_ANY = frozenset("custom different in-house internal large many multiple new own private several small various".split())
"""What datasets are called that have no name: what else is said of them tells them from others."""

_UNNAMED_DATA = frozenset({"data", "dataset", "same", "same data", "training", "training data"})
_DESCRIBED = re.compile(r"\b(?:approximately|from|multiple|of|several)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the sentence says."""

    rest: str
    """What the line says besides, which stays prose."""

    base_model: str | None = None
    is_certain: bool = True
    """Whether a link or a bare name names the model, not words of which the first are its name."""

    from_scratch: bool = False
    dataset: str | None = None


def sentence(line: str, names: Container[str] = ()) -> Sentence | None:
    """Read the sentence that a line begins with; None where it begins with another.

    `names` are the casefolded names by which it may call the card's model.
    """
    text, beyond = line.strip()[:_LOOKED_AT], line.strip()[_LOOKED_AT:]
    base, certain, data = None, True, None
    from_scratch = text.startswith(_FROM_SCRATCH)
    if from_scratch:
        rest = text.removeprefix(_FROM_SCRATCH)
    elif (opening := _TUNED.match(text)) and _is_own(opening["subject"], names):
        base, certain, rest = _base_model(text[opening.end() :])
        data = opening["data"]
        if not base and not certain:  # what follows may be the other model's
            return Sentence(rest + beyond, is_certain=False)
    else:
        return None
    if data is None:
        data, rest = _data(rest)
    dataset = None if data is None or data.casefold() in _UNNAMED_DATA else name_of(data)
    return Sentence(rest.removeprefix(".") + beyond, name_of(base or ""), certain, from_scratch, dataset)


def stated(value: str) -> Sentence:
    """What a line says that asks for the base model alone: a name, a link, or that there was none."""
    if "from scratch" in value.casefold():
        return Sentence("", from_scratch=True)
    if _NO_BASE.match(value):
        return Sentence(value)
    if hub := _HUB.fullmatch(value.strip("<> ")):
        return Sentence("", hub[1])
    is_bracketed = value.startswith("[") and value.endswith("]")
    base, certain, rest = _base_model(value.strip("[]") if is_bracketed else value)
    return Sentence(rest, name_of(base), certain)


def _is_own(subject: str, names: Container[str]) -> bool:
    """Whether the words in front of the verb mean the card's model."""
    bare = unlinked(subject).strip(_MARKS)
    return _THIS.fullmatch(bare) is not None or bare.casefold() in names


def _base_model(text: str) -> tuple[str, bool, str]:
    """(base model, whether that is certain, rest) of the sentence from the model on."""
    text = text[_end_of(_ARTICLE, text) :]
    text = text[_end_of(_KIND, text) :]
    ends = [found.start() for found in (_FULL_STOP.search(text), _ON.search(text)) if found]
    end = min(ends, default=len(text))
    link = _LINK.match(text.lstrip(_MARKS)) or _LINK.search(text, 0, end)
    if link:
        name, rest = _linked(link), link.string[link.end() :]
        if rest.startswith(" and ["):  # an encoder and a decoder
            second, _, rest = _base_model(rest.removeprefix(" and "))
            return f"{name} and {second}", True, rest
        return name, True, _without_model(rest.lstrip("*_`\"'"))
    if _UNNAMED.match(text.lstrip(_MARKS)):
        return "", False, text
    cut = _PURPOSE.search(text, 0, end)
    name, rest = (text[: cut.start()], _without_model(text[cut.start() :])) if cut else (text[:end], text[end:])
    certain = cut is None or len(rest) == len(text) - end or "/" in name or text[:1] in _MARKS
    return name.strip(_MARKS), certain, rest


def _end_of(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.match(text)
    return found.end() if found else 0


def _without_model(text: str) -> str:
    """The text without the word that says that the name before it is a model's."""
    return text[_end_of(_MODEL, text) :]


def _linked(link: re.Match[str]) -> str:
    """The name that a link gives: the Hub's own where the words leave its owner out."""
    text = link["text"].strip(_MARKS)
    hub = _HUB.fullmatch(link["url"])
    is_other = hub and "/" not in text and ("/" in hub[1] or not re.search(r"[_-]", text))
    return hub[1] if hub and is_other else text


def _data(text: str) -> tuple[str | None, str]:
    """(dataset, rest) of the sentence behind the model."""
    if aside := _ASIDE.match(text):
        dataset, rest = _data(text[aside.end() :])
        return dataset, aside[0] + rest
    if text.startswith(" on "):
        return _dataset(text.removeprefix(" on "))
    end = _SENTENCE_END.search(text)
    if later := _LATER_DATASET.match(text, 0, end.start() if end else len(text)):
        phrase = None if later["phrase"].casefold() in _ANY or _DESCRIBED.search(later["phrase"]) else later["phrase"]
        return phrase, text[: later.start()] + text[later.end() :]
    return None, text


def _dataset(text: str) -> tuple[str, str]:
    """(dataset, rest) of the sentence from the dataset on."""
    text = text[_end_of(_ARTICLE, text) :]
    sentence_end = _SENTENCE_END.search(text)
    named = _DATASET_END.search(text)
    is_last = named and sentence_end and named.end() == sentence_end.start()
    if named and not is_last and text[: named.start()].casefold() in _ANY:
        named = None
    ends = [found for found in (named, sentence_end) if found]
    end = min(ends, key=lambda found: found.start(), default=None)
    phrase, rest = (text[: end.start()].strip(), text[end.end() :]) if end else (text.strip(), "")
    if link := _LINKED_LIST.fullmatch(phrase):  # trl prints several as a Python list
        return ", ".join(item.strip(" '\"") for item in link["items"].split(",")), rest
    if link := _LINK.fullmatch(phrase):
        return link["text"].removesuffix(" dataset"), rest
    return phrase, rest
