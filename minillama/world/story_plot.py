"""What a plot consists of, and how its parts become the chapters of a story."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .lexicon import TRADES
from .story_variation import varied

_BRACKET = re.compile(r'(?P<before>"?)\[(?P<options>[^\[\]]*)\](?P<after>.*)')

NEAR = "{h} {WENT} to the"
FAR = "Then a [light|lamp|torch|fire] [shone|appeared|blinked|moved] at the"


@dataclass(frozen=True, kw_only=True)
class Plot:
    """The parts of a story as templates; alternatives are parted by empty lines.

    Args:
        titles: what follows "and the" in the title.
        start: chapter 1: the hero, the thing that matters, and the trouble.
        tries: what the hero tries in vain and why; each begins after the hero's name.
        fixes: trade to how someone of that trade helps.
        turn: what comes of the help.
        ends: what became of everybody; begins after "That evening".
        day: the rule that begins chapter 1.
        far: whether the helper comes from far away, instead of being asked at work.
        rules: more templates that only this plot needs.
    """

    titles: Sequence[str]
    start: str
    tries: str
    fixes: Mapping[str, str]
    turn: str
    ends: str
    day: str = "day"
    far: bool = False
    rules: Mapping[str, Sequence[str]] = field(default_factory=dict)


def alternatives(text: str) -> tuple[str, ...]:
    """Return the templates of a text: parted by empty lines, each put on one line.

    A template that begins with a bracket becomes several, since a reader must see at once which one it is.

    Example:
        >>> alternatives("It rained, and the boat leaked.\\n\\n[The sun|A lamp]\\nshone.")
        ('It rained, and the boat leaked.', 'The sun shone.', 'A lamp shone.')
    """
    found = []
    for part in text.strip().split("\n\n"):
        template = " ".join(part.split())
        bracket = _BRACKET.fullmatch(template)
        options = bracket["options"].split("|") if bracket else ()
        found += [bracket["before"] + option + bracket["after"] for option in options] or [template]
    return tuple(varied(template) for template in found)


def rules_of(name: str, plot: Plot) -> dict[str, Sequence[str]]:
    """Return the rules of a plot; the rule of its own name writes all after the title."""
    try_, end = f"{{h}} {{@{name}_try}}", f"{{@{name}_end}}"
    help_ = f"Chapter N: {{@help_title}}\n{{@{name}_help}}{{@closeN}} {end}"
    two = f"\n{try_}\n{help_.replace('N', '2')}"
    three = f"\nChapter 2: {{@try_title}}\n{try_} {{@scene}}\n{help_.replace('N', '3')}"
    return {
        f"{name}_start": alternatives(plot.start),
        f"{name}_try": alternatives(plot.tries),
        f"{name}_fix": [_visit(trade, text, plot.far) for trade, text in plot.fixes.items()],
        f"{name}_turn": alternatives(plot.turn),
        f"{name}_end": alternatives(plot.ends),
        f"{name}_help": [f"{FAR if plot.far else NEAR} {{@{name}_fix}} {{@{name}_turn}}"],
        name: [f"\nChapter 1: {{@first_title}}\n{{@{plot.day}}}, {{@{name}_start}} {{@scene}}[{two}|{three}]"],
        **plot.rules,
    }


def _visit(trade: str, text: str, far: bool) -> str:
    """Who helps at which workplace, and how."""
    place = next(place for name, place, _, _ in TRADES if name == trade)
    person = "{g=" + trade.upper().replace(" ", "_") + "-h.mother-h.father:full}"
    fix = alternatives(text)[0]
    if far:
        return f"{place}, where {person}, {{a g.trade}}, had [seen|heard|noticed|watched] {{@them}}. {fix}"
    return f"{place}. {{@way}} There {person} {{@busy}}. {{@talk}} {fix}"
