"""Checks that evaluation material does not stand in training documents.

Three questions, from exact to approximate. Does a document change when a secret changes? Then it depends on it,
however it says so. Does it name a stranger, or state a taste that was to stay untold? Does it share 13 words with a
held-out text, the rule of GPT-3?

Source: Brown et al., 2020, arXiv:2005.14165, appendix C: overlaps of N words, N between 8 and 13, without case and
punctuation.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from random import Random
from typing import NamedTuple

from . import lexicon
from .choices import DrawingPen, Pen
from .facts import Person, World

N_WORDS = 13
MIN_WORDS = 8
_WORD = re.compile(r"\w+")
_CHOICES = {"food": lexicon.FOODS, "instrument": lexicon.INSTRUMENTS}
_NAME = r"(\b[A-Z]\w+)(?: [A-Z]\w+)?"
_PLAYED = "|".join(lexicon.INSTRUMENTS)
_TASTES = {
    "food": re.compile(rf"{_NAME}'s favorite (?:food|dish|meal)|favorite (?:food|dish|meal) of {_NAME}"),
    "instrument": re.compile(rf"{_NAME} (?:\w+ )?plays the (?:{_PLAYED})\b|{_NAME}'s instrument is the"),
}


class Overlap(NamedTuple):
    """A run of words that a document shares with a held-out text.

    Args:
        document: its number in the stream.
        held_out: number of the held-out text.
        words: what they share, in lower case.
    """

    document: int
    held_out: int
    words: str


def normalized(text: str) -> list[str]:
    """Return the words of a text in lower case, without punctuation.

    Args:
        text: any text.

    Example:
        >>> normalized("Mill Lane, 1957: «El molino»!")
        ['mill', 'lane', '1957', 'el', 'molino']
    """
    return _WORD.findall(text.lower())


def overlaps(documents: Iterable[str], held_out: Sequence[str], n_words: int = N_WORDS) -> Iterator[Overlap]:
    """Yield the first run of words that each document shares with a held-out text.

    Args:
        documents: training texts; a stream of any length, read once.
        held_out: evaluation texts. One of 8 to n_words - 1 words counts as a single run; shorter ones are left out,
            since common phrases would match them by chance.
        n_words: length of a run, 8 or more.

    Yields:
        One overlap for each contaminated document.

    Raises:
        ValueError: if runs are so short that chance would match them.

    Example:
        >>> text = "the miller of the town grinds wheat from dawn to dusk on every day but Sunday"
        >>> [found.document for found in overlaps(["nothing", "Yes, " + text.upper()], [text])]
        [1]
    """
    if n_words < MIN_WORDS:
        raise ValueError(f"n_words must be {MIN_WORDS} or more so that chance matches nothing, got {n_words}")
    runs = _runs(held_out, n_words)
    for number, document in enumerate(documents):
        found = _shared(normalized(document), runs)
        if found:
            yield Overlap(number, *found)


def _runs(texts: Sequence[str], n_words: int) -> dict[int, dict[str, int]]:
    """Return length to run of words to number of the text."""
    runs: dict[int, dict[str, int]] = {}
    for number, text in enumerate(texts):
        words = normalized(text)
        length = min(n_words, len(words))
        if length >= MIN_WORDS:
            for run in _windows(words, length):
                runs.setdefault(length, {}).setdefault(run, number)
    return runs


def _windows(words: Sequence[str], length: int) -> Iterator[str]:
    return (" ".join(words[start : start + length]) for start in range(len(words) - length + 1))


def _shared(words: Sequence[str], runs: dict[int, dict[str, int]]) -> tuple[int, str] | None:
    for length, known in runs.items():
        for run in _windows(words, length):
            if run in known:
                return known[run], run
    return None


def strangers_named(text: str, world: World) -> list[str]:
    """Return the first and last names of strangers in a text.

    Args:
        text: a document.
        world: whose strangers.
    """
    return _stranger_pattern(world).findall(text)


@lru_cache(maxsize=4)
def _stranger_pattern(world: World) -> re.Pattern:
    names = dict.fromkeys(name for person in world.strangers for name in (person.name, person.family))
    return re.compile(rf"\b(?:{'|'.join(names)})\b")


def untold_stated(text: str, world: World) -> list[tuple[str, str]]:
    """Return untold facts that a text openly states, with the person's name.

    It knows the plain English ways to say so; :func:`documents_that_know` needs no words and misses nothing.

    Args:
        text: a document.
        world: what is true.

    Returns:
        Pairs (first name, attribute) as in ``world.untold``.
    """
    stated = (
        (found[1] or found[2], attribute) for attribute, taste in _TASTES.items() for found in taste.finditer(text)
    )
    return [secret for secret in stated if secret in world.untold]


def with_other_secrets(world: World, shift: int = 1) -> World:
    """Return the same town with other untold tastes, and without strangers.

    Args:
        world: what is true.
        shift: which other taste: so many places further in the lexicon, 1 to 9.

    Raises:
        ValueError: if the shift would change nothing.
    """
    if not 1 <= shift < len(lexicon.INSTRUMENTS):
        raise ValueError(f"shift must be from 1 to {len(lexicon.INSTRUMENTS) - 1} to change every taste, got {shift}")

    def other(person: Person) -> Person:
        tastes = {}
        for attribute, choices in _CHOICES.items():
            if (person.name, attribute) in world.untold:
                old = choices.index(getattr(person, attribute))
                tastes[attribute] = choices[(old + shift) % len(choices)]
        return replace(person, **tastes)

    return replace(
        world, adults=tuple(map(other, world.adults)), children=tuple(map(other, world.children)), strangers=()
    )


def documents_that_know(
    write: Callable[[Pen, World], object], world: World, numbers: Iterable[int], shift: int = 1
) -> list[int]:
    """Return the documents that depend on a secret: those that change when only secrets change.

    It proves more than a search for words could: a document that is the same whatever the secrets are holds no
    information about them.

    Args:
        write: writes one document.
        world: what is true.
        numbers: seeds of the documents.
        shift: as in :func:`with_other_secrets`.

    Returns:
        The numbers of those that know.
    """
    changed = with_other_secrets(world, shift)
    return [number for number in numbers if _text(write, world, number) != _text(write, changed, number)]


def _text(write: Callable[[Pen, World], object], world: World, number: int) -> str:
    pen = DrawingPen(Random(f"secret {number}"))
    write(pen, world)
    return pen.text()
