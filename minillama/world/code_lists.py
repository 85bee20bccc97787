"""Functions over a list of numbers, put together from a verb, a noun, a condition and a change of each number."""

from .choices import Menu, Pen
from .code_words import BESTS, CHANGES, CONDITIONS, COUNTS, EVERY, ITEMS, LISTS, NOUNS, SUMS, Phrase, Verb

_CONDITIONS = Menu(EVERY + CONDITIONS, [25] * len(EVERY) + [1] * len(CONDITIONS))
_CHANGES = Menu(CHANGES, [20] + [1] * (len(CHANGES) - 1))
_RESULTS = {"sum": SUMS, "list": LISTS, "count": COUNTS, "max": BESTS, "first": (), "last": LISTS}
# What a loop of each kind does with a hit, and the same function in one line.
_STEPS = {
    "sum": "{r} += {change}", "list": "{r}.append({change})", "count": "{r} += 1",
    "max": "{r} = max({r}, {x})", "first": "return {x}", "last": "{r} = {x}",
}  # fmt: skip
_LINES = {
    "sum": "sum({change} for {x} in {noun}{test})", "list": "[{change} for {x} in {noun}{test}]",
    "count": "sum(1 for {x} in {noun}{test})", "max": "max(({x} for {x} in {noun}{test}), default=0)",
    "first": "next(({x} for {x} in {noun}{test}), 0)", "last": "([0] + [{x} for {x} in {noun}{test}])[-1]",
}  # fmt: skip
_OR_ZERO = {"max": ", or 0", "first": ", or 0", "last": ", or 0"}


def write_list_function(pen: Pen, verb: Verb) -> str:
    """Write the rest of a function of which ``def`` and the verb are written already.

    Args:
        pen: what to write with.
        verb: what the function does.

    Returns:
        Its source, without the docstring.
    """
    noun = pen.pick(NOUNS, lambda noun: f'{noun}):\n    """')
    pen.pick(verb.words, lambda words: f"{words} {noun}")
    condition = pen.pick(_CONDITIONS, lambda phrase: phrase.words)
    change = CHANGES[0]
    if verb.kind in ("sum", "list"):
        change = pen.pick(_CHANGES, lambda phrase: phrase.words + '."""\n')
    else:
        pen.say(_OR_ZERO.get(verb.kind, "") + '."""\n')
    return f"def {verb.name}({noun}):\n" + _write_body(pen, verb.kind, noun, condition, change)


def _write_body(pen: Pen, kind: str, noun: str, condition: Phrase, change: Phrase) -> str:
    """Write a loop, or the same in one line. What it does was said by the docstring."""
    loops = [(name, f"    {name} = ") for name in _RESULTS[kind]] or [("", "    for ")]
    result, head = pen.pick([*loops, (None, "    return ")], lambda shape: shape[1])
    if result is None:
        test = f" if {condition.code}" if condition.code else ""
        tail = _LINES[kind].replace("{change}", change.code).replace("{noun}", noun).replace("{test}", test)
    else:
        start = "[]" if kind == "list" else "0"
        step = _STEPS[kind].replace("{change}", change.code).replace("{r}", result)
        test = f"        if {condition.code}:\n            " if condition.code else "        "
        tail = (f"{start}\n    for " if result else "") + f"{{x}} in {noun}:\n{test}{step}\n    return {result or 0}"
    before, _, after = tail.partition("{x} ")
    pen.say(before)
    item = pen.pick(ITEMS, lambda item: item + " ")
    after = after.replace("{x}", item)
    pen.say(after)
    return f"{head}{before}{item} {after}"
