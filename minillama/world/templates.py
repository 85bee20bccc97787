"""Templates: sentences with gaps, compiled into choices and forced words.

In a template, ``{THING}`` chooses a word of the list THING; ``{x=THING}`` also remembers it, and ``{x}`` writes it
again. ``{a THING}`` puts "a" or "an" before it, ``{^THING}`` begins it with a capital, ``{y=THING-x}`` leaves out what
x is, if anything. ``{TOOL/x}`` chooses from the list that the table TOOL has for x, ``{h=ADULT:full}`` chooses someone
of the cast and writes the full name; ``{h.mother.trade}`` writes a fact. ``[one|another]`` chooses one of several
templates, with weights as in ``[3*one|another]``; ``{@RULE}`` does the same with a named list of them. What an
alternative writes before its first gap must tell it from the others.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from operator import attrgetter, itemgetter

from .choices import Menu, Pen
from .proof import require_distinct
from .wording import capital, capital_with_article, with_article

Scope = dict
Op = Callable[[Pen, Scope], None]
CAST = ""  # the name under which a scope holds the cast

_GAP = re.compile(
    r"(?:(?P<bind>[a-z]\w*)=)?(?P<capital>\^)?(?P<article>a )?(?P<rule>@)?(?P<name>[A-Za-z]\w*(?:\.\w+)*)"
    r"(?:/(?P<key>[a-z][\w.]*))?(?P<minus>(?:-[a-z][\w.]*)*)(?::(?P<show>\w+))?"
)
_WEIGHT = re.compile(r"(\d+)\*")


_SHAPES = {(False, False): str, (True, False): capital, (False, True): with_article, (True, True): capital_with_article}


class _Forced:
    """Writes a remembered word or a fact."""

    def __init__(self, path: str, shape: Callable[[str], str]) -> None:
        self._first, *self._rest = path.split(".")
        self._shape = shape

    def text(self, scope: Scope) -> str:
        value = find(scope, self._first, self._rest)
        return self._shape(value if isinstance(value, str) else value["name"])

    def __call__(self, pen: Pen, scope: Scope) -> None:
        pen.say(self.text(scope))


def find(scope: Scope, first: str, rest: Sequence[str]) -> str | Mapping:
    """Follow a path of names through nested mappings."""
    value = scope[first]
    for name in rest:
        value = value[name]
    return value


class _Alternative:
    """One way to go on: what it writes at once, and the rest."""

    def __init__(self, ops: list[str | Op]) -> None:
        n = next((i for i, op in enumerate(ops) if not isinstance(op, str | _Forced)), len(ops))
        self.lead, self.rest = ops[:n], ops[n:]
        self.text = "".join(self.lead) if all(isinstance(op, str) for op in self.lead) else ""

    def show(self, scope: Scope) -> str:
        return self.text or "".join(op if isinstance(op, str) else op.text(scope) for op in self.lead)


def _run(ops: Sequence[str | Op], pen: Pen, scope: Scope) -> None:
    for op in ops:
        if isinstance(op, str):
            pen.say(op)
        else:
            op(pen, scope)


class Grammar:
    """Word lists and templates that refer to each other by name.

    Args:
        words: name to a list of words, or to a table from a word to such a list; names in capitals.
        rules: name to templates.

    Raises:
        ValueError: if the words of a list cannot be told apart, or a template is malformed.

    Example:
        >>> from random import Random
        >>> from minillama.world.choices import DrawingPen
        >>> grammar = Grammar({"PET": ("cat", "owl")}, {"tale": ("I saw {a x=PET}. The {x} saw me.",)})
        Traceback (most recent call last):
        ...
        ValueError: 'a x=PET' is no gap; write it as in {x=^a LIST/key-y:show} or {@RULE}
        >>> grammar = Grammar({"PET": ("cat", "owl")}, {"tale": ("I saw {x=a PET}. The {x} saw me.",)})
        >>> pen = DrawingPen(Random(0))
        >>> grammar.write("tale", pen, {})
        >>> pen.text(), pen.bits
        ('I saw an owl. The owl saw me.', 1.0)
    """

    def __init__(self, words: Mapping[str, Sequence[str] | Mapping], rules: Mapping[str, Sequence[str]]) -> None:
        self._words = words
        for word_list in words.values():
            for options in word_list.values() if isinstance(word_list, Mapping) else [word_list]:
                require_distinct(options)
        self._rules: dict[str, list[Op]] = {name: [] for name in rules}
        for name, templates in rules.items():
            self._rules[name] += self._alternatives([self._compile(text) for text in templates], templates)

    def write(self, rule: str, pen: Pen, cast: Mapping[str, Sequence]) -> None:
        """Write a text.

        Args:
            rule: which templates.
            pen: what to write with.
            cast: name in capitals to people, places, ... as nested mappings with a "name" each.
        """
        _run(self._rules[rule], pen, {CAST: cast})

    def _compile(self, template: str) -> list[str | Op]:
        weight = _WEIGHT.match(template)
        return self._sequence(template, weight.end() if weight else 0, stops="")[0]

    def _sequence(self, text: str, start: int, stops: str) -> tuple[list[str | Op], int]:
        """Compile up to the end, or to one of the characters that end an alternative of what is around."""
        ops, i = [], start
        while i < len(text) and text[i] not in stops:
            if text[i] == "{":
                end = text.index("}", i)
                ops.append(self._gap(text[i + 1 : end]))
                i = end + 1
            elif text[i] == "[":
                inner, i = self._bracket(text, i)
                ops += inner
            else:
                end = next((k for k in range(i, len(text)) if text[k] in "{[" + stops), len(text))
                ops.append(text[i:end])
                i = end
        return ops, i

    def _bracket(self, text: str, i: int) -> tuple[list[Op], int]:
        parts, texts = [], []
        while text[i] != "]":
            weight = _WEIGHT.match(text, i + 1)
            start = weight.end() if weight else i + 1
            ops, end = self._sequence(text, start, stops="|]")
            parts.append(ops)
            texts.append(text[i + 1 : end])
            i = end
            if i == len(text):
                raise ValueError(f"a bracket is not closed in {text!r}")
        return self._alternatives(parts, texts), i + 1

    def _alternatives(self, parts: list[list[str | Op]], texts: Sequence[str]) -> list[str | Op]:
        if len(parts) == 1:
            return parts[0]
        ways = [_Alternative(ops) for ops in parts]
        for way, text in zip(ways, texts, strict=True):
            if not way.lead:
                raise ValueError(f"an alternative must begin with a word, not with a choice: {text!r}")
        if all(way.text for way in ways):
            require_distinct([way.text for way in ways])
        weights = [int(found[1]) if (found := _WEIGHT.match(text)) else 1 for text in texts]
        options = tuple(ways) if set(weights) == {1} else Menu(ways, weights)
        return [partial(_choose_way, options, all(way.text for way in ways))]

    def _gap(self, text: str) -> Op:
        found = _GAP.fullmatch(text)
        if not found:
            raise ValueError(f"{text!r} is no gap; write it as in {{x=^a LIST/key-y:show}} or {{@RULE}}")
        shape = _SHAPES[found["capital"] is not None, found["article"] is not None]
        name, bind = found["name"], found["bind"] or "_"
        minus = tuple(found["minus"].split("-")[1:])
        if found["rule"]:
            return partial(_run, self._rules[name]) if name in self._rules else _missing(name)
        if not name[0].isupper():
            return _Forced(name, shape)
        if name not in self._words:
            return partial(_choose_cast, name, itemgetter(found["show"] or "name"), bind, minus)
        if found["key"]:
            path = found["key"].split(".")
            return partial(_choose_entry, self._words[name], path, shape, bind, minus)
        return partial(_choose_word, tuple(self._words[name]), shape, bind, minus)


def _values(scope: Scope, paths: Sequence[str]) -> list:
    """What is remembered under some paths; a path that leads nowhere leaves nothing out."""
    return [_find_or_none(scope, *path.split(".")) for path in paths]


def _find_or_none(scope: Scope, first: str, *rest: str) -> str | Mapping | None:
    try:
        return find(scope, first, rest)
    except KeyError:
        return None


def _missing(name: str) -> Op:
    raise ValueError(f"there is no rule {name!r}; add it to the rules or correct the name")


def _choose_way(options: Sequence[_Alternative], static: bool, pen: Pen, scope: Scope) -> None:
    show = attrgetter("text") if static else lambda way: way.show(scope)
    _run(pen.pick(options, show).rest, pen, scope)


def _choose_word(options: tuple, shape: Callable, bind: str, minus: tuple, pen: Pen, scope: Scope) -> None:
    if minus:
        left_out = _values(scope, minus)
        options = [option for option in options if option not in left_out]
    scope[bind] = pen.pick(options, shape)


def _choose_entry(
    table: Mapping, path: Sequence[str], shape: Callable, bind: str, minus: tuple, pen: Pen, scope: Scope
) -> None:
    key = find(scope, path[0], path[1:])
    _choose_word(table[key if isinstance(key, str) else key["name"]], shape, bind, minus, pen, scope)


def _choose_cast(name: str, show: Callable, bind: str, minus: tuple, pen: Pen, scope: Scope) -> None:
    options = scope[CAST][name]
    if minus:
        left_out = _values(scope, minus)
        options = [option for option in options if all(option is not one for one in left_out)]
    scope[bind] = pen.pick(options, show)
