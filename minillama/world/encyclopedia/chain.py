"""Articles as chains of sentences: topic after topic in a fixed order, each told in one of several ways or skipped.

What can come next depends only on the sentence before, so that a small model can learn it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..choices import END, Menu, Pen
from ..facts import World
from ..pattern import Pattern

Groups = Sequence[Sequence[str]]
# "[a|b]" where a sentence starts, or "<a|b>" after nothing but words and forced names
_START = re.compile(r"(\s*|(?:[^<\[]|<\w[\w.]*!?>)*(?=<))[\[<]([^\]\[<>:@]*\|[^\]\[<>:@]*)[\]>](.*)", re.DOTALL)
_WEIGHT = 120
_NEEDED = re.compile(r"<(?:\w+:)?@?(\w+)(?:[.!]|\.\w+)*!?>")


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Articles about one kind of thing in one language.

    Args:
        subjects: of a world.
        title: of a subject; no two subjects share one, whatever their language and kind.
        names: what the sentences about a subject can refer to: words, people, lists of options.
        groups: sentences, topic after topic. ``[a|b]`` at the start of one stands for two sentences.
        lists: options that all subjects share.
        share: weight of the kind among all kinds.
    """

    subjects: Callable[[World], Sequence]
    title: Callable[[object], str]
    names: Callable[[World, object], Mapping[str, object]]
    groups: Groups
    lists: Mapping[str, object]
    share: int


class Step(NamedTuple):
    """A sentence in an article, its words up to the first choice, and the place where the article goes on."""

    text: str
    pattern: Pattern | None
    place: int


class Chain(NamedTuple):
    """What can come next at each place of the article on one subject, and the words for it."""

    steps: Sequence[Menu[Step]]
    names: dict[str, object]


class Sentence(NamedTuple):
    """A sentence: its text, its pattern, and its weight in a choice; the forms of one sentence share a weight."""

    text: str
    pattern: Pattern
    weight: int


_STOP = Step(END, None, -1)


def sentences(groups: Groups) -> list[list[Sentence]]:
    """Return the sentences of each group; a choice among words at the beginning is spelled out.

    So a reader can tell the sentences of a group apart by their beginnings.

    Example:
        >>> [sentence.text for sentence in sentences([[" [At dawn|At noon] <she> sings."]])[0]]
        [' At dawn <she> sings.', ' At noon <she> sings.']
        >>> [sentence.text for sentence in sentences([["<she!> <has|keeps> <a|no> cat."]])[0]]
        ['<she!> has <a|no> cat.', '<she!> keeps <a|no> cat.']
    """
    return [[sentence for text in group for sentence in _forms(text)] for group in groups]


def _forms(text: str) -> list[Sentence]:
    start = _START.fullmatch(text)
    words = start[2].split("|") if start else [""]
    texts = [start[1] + word + start[3] for word in words] if start else [text]
    return [Sentence(form, Pattern(form), max(1, round(_WEIGHT / len(words)))) for form in texts]


def applies(text: str, names: Mapping[str, object]) -> bool:
    """Tell whether the subject has all that a sentence needs.

    Example:
        >>> applies("<she> has <@pets> and <a|b>", {"she": "she", "pets": ("a cat",)}), applies("<pet.name>", {})
        (True, False)
    """
    return all(names.get(name) not in (None, ()) for name in _NEEDED.findall(text))


def make_chain(groups: Sequence[Sequence[Sentence]], names: dict[str, object]) -> Chain:
    """Return the article's choices for one subject.

    Args:
        groups: from :func:`sentences`; the first is never skipped.
        names: of the subject and its kind.
    """
    told = [[sentence for sentence in group if applies(sentence.text, names)] for group in groups]
    told = [group for group in told if group]
    return Chain([_menu(told, place, names) for place in range(len(told))], names)


def _menu(told: Sequence[Sequence[Sentence]], place: int, names: Mapping[str, object]) -> Menu[Step]:
    """Two times of three the next topic, one time the one after it; at the last two, stopping is possible."""
    last = len(told) - 1
    near, far = told[place], told[place + 1] if 0 < place < last else []
    n_near = sum(sentence.weight for sentence in near)
    n_far = sum(sentence.weight for sentence in far) or n_near
    steps = [Step(one.pattern.lead(names), one.pattern, place + 1) for one in near]
    steps += [Step(one.pattern.lead(names), one.pattern, place + 2) for one in far]
    weights = [2 * n_far * one.weight for one in near] + [n_near * one.weight for one in far]
    if 0 < place >= last - 1:
        steps.append(_STOP)
        weights.append(n_near * n_far)
    return Menu(steps, weights)


def _show(step: Step) -> str:
    return step.text


def write_chain(pen: Pen, chain: Chain) -> None:
    """Write one article."""
    place = 0
    while 0 <= place < len(chain.steps):
        step = pen.pick(chain.steps[place], _show)
        if step.pattern:
            step.pattern.write_rest(pen, chain.names)
        place = step.place
