"""Sentences with choices in them, written as short patterns: "The <old|new> mill of <who:@people>."

    <a|b|c>      one of these; the plain text that follows is written together with it
    <x:a|b>      the same, remembered as x
    <x:@list>    one of names["list"], remembered as x; <y:@list-x> is another than x
    <x>          what is remembered as x; <x.work.place> its attribute; <x!> with a capital first letter

A list of patterns may stand for ``@list`` too. Then a reader tells them apart by what each begins with.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import attrgetter, itemgetter

from .choices import Pen

SLOT = re.compile(r"<([^\s=<>][^<>]*)>")
_shown = itemgetter(1)


def text_of(value: object) -> str:
    """Return how a value is written: people and villages by name, workplaces by place, all else as it prints."""
    if isinstance(value, str):
        return value
    name = getattr(value, "name", None) or getattr(value, "place", None)
    return name if isinstance(name, str) else str(value)


class Pattern:
    """A text with slots; see the module's docstring.

    Args:
        text: the pattern.

    Example:
        >>> from random import Random
        >>> from minillama.world.choices import DrawingPen
        >>> Pattern("<n:@numbers> eggs<|, no more>: <n> in all.").write(DrawingPen(Random(1)), {"numbers": (2, 12)})
        '2 eggs, no more: 2 in all.'
    """

    def __init__(self, text: str) -> None:
        parts = SLOT.split(text)
        self.steps = [_Text(parts[0])] if parts[0] else []
        for slot, tail in zip(parts[1::2], parts[2::2], strict=True):
            if ":" in slot or "|" in slot or slot.startswith("@"):
                self.steps.append(_pick_step(slot, tail))
            else:
                self.steps += [_Reference(slot), *([_Text(tail)] if tail else [])]
        choices = [i for i, step in enumerate(self.steps) if not isinstance(step, _Text | _Reference)]
        self.n_forced = choices[0] if choices else len(self.steps)

    def lead(self, names: Mapping[str, object]) -> str:
        """Return what is written before the first choice."""
        return "".join([step.text(names) for step in self.steps[: self.n_forced]])

    def write(self, pen: Pen, names: dict[str, object]) -> str:
        """Write the pattern and remember its named choices in ``names``.

        Returns:
            What was written.
        """
        lead = self.lead(names)
        pen.say(lead)
        return lead + self.write_rest(pen, names)

    def write_rest(self, pen: Pen, names: dict[str, object]) -> str:
        """Write what follows the lead."""
        return "".join([step.write(pen, names) for step in self.steps[self.n_forced :]])


def tell(pen: Pen, text: str, names: dict[str, object]) -> str:
    """Write a pattern given as text; each is taken apart only once."""
    return _pattern(text).write(pen, names)


def patterns(*texts: str) -> tuple[Pattern, ...]:
    """Return several patterns, to be chosen from."""
    return tuple(Pattern(text) for text in texts)


@lru_cache(maxsize=4096)
def _pattern(text: str) -> Pattern:
    return Pattern(text)


class _Text:
    def __init__(self, text: str) -> None:
        self._text = text

    def text(self, names: Mapping[str, object]) -> str:
        return self._text

    def write(self, pen: Pen, names: dict[str, object]) -> str:
        pen.say(self._text)
        return self._text


class _Reference:
    def __init__(self, slot: str) -> None:
        self._key, _, path = slot.rstrip("!").partition(".")
        self._follow = attrgetter(path) if path else None
        self._capital = slot.endswith("!")

    def text(self, names: Mapping[str, object]) -> str:
        value = names[self._key]
        text = text_of(self._follow(value) if self._follow else value)
        return text[:1].upper() + text[1:] if self._capital else text

    def write(self, pen: Pen, names: dict[str, object]) -> str:
        text = self.text(names)
        pen.say(text)
        return text


class _FixedPick:
    """Options that stand in the pattern itself."""

    def __init__(self, key: str, options: Sequence[str], tail: str) -> None:
        self._key = key
        self._options = tuple((option, option + tail) for option in options)

    def write(self, pen: Pen, names: dict[str, object]) -> str:
        option, text = pen.pick(self._options, _shown)
        if self._key:
            names[self._key] = option
        return text


class _ListPick:
    """Options from a list that the names give."""

    def __init__(self, key: str, source: str, tail: str) -> None:
        self._key, self._tail = key, tail
        self._source, *self._without = source.split("-")

    def write(self, pen: Pen, names: dict[str, object]) -> str:
        options, tail = names[self._source], self._tail
        if isinstance(options[0], Pattern):
            chosen = pen.pick(options, lambda pattern: pattern.lead(names))
            lead = chosen.lead(names)
            rest = chosen.write_rest(pen, names)
            pen.say(tail)
            if self._key:
                names[self._key] = chosen
            return lead + rest + tail
        if self._without:
            for other in [names[key] for key in self._without]:
                options = [option for option in options if option is not other]
        value = pen.pick(options, lambda option: text_of(option) + tail)
        if self._key:
            names[self._key] = value
        return text_of(value) + tail


def _pick_step(slot: str, tail: str) -> _FixedPick | _ListPick:
    key, colon, choices = slot.partition(":")
    if not key.isidentifier() or not colon or choices.startswith(" "):
        key, choices = "", slot
    return _ListPick(key, choices[1:], tail) if choices.startswith("@") else _FixedPick(key, choices.split("|"), tail)
