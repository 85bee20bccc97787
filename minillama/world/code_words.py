"""Words of the code: nouns for lists of numbers, what can be done with them, and conditions in English and Python."""

from dataclasses import dataclass

from .choices import Menu
from .common_words import DAYS, MONTHS, split
from .facts import NOW
from .pattern import patterns


@dataclass(frozen=True, kw_only=True, eq=False)
class Verb:
    """What a function does with a list of numbers.

    Args:
        name: its name.
        words: ways to say it, before the noun.
        kind: which body it gets.
    """

    name: str
    words: tuple[str, ...]
    kind: str

    @property
    def start(self) -> str:
        """How its source begins."""
        return f"def {self.name}("


@dataclass(frozen=True, kw_only=True, eq=False)
class Phrase:
    """English words and the Python that says the same of a variable ``{x}``."""

    words: str
    code: str


def _verbs(kind: str, names: str, words: str) -> list[Verb]:
    return [Verb(name=name, words=tuple(words.split("|")), kind=kind) for name in names.split()]


VERBS = tuple(
    _verbs(
        "sum", "total add summed sum_of all_in plus_all",
        "Add up the|Add the|Sum the|Total of the|Sum of the|Return the sum of the",
    )
    + _verbs(
        "count", "count tally how_many n_of count_up",
        "Count the|Tell the number of the|Tell how many there are of the|Number of the",
    )
    + _verbs(
        "max", "largest highest peak maximum tallest",
        "Find the largest of the|Largest of the|Return the greatest of the|Pick the highest of the",
    )
    + _verbs(
        "list", "keep choose pick_out sift select new_list",
        "List the|Keep the|Collect the|Make a list of the|Return a list of the|Choose the",
    )
    + _verbs(
        "first", "first_hit find_first next_one",
        "Find the first of the|First of the|Return the first of the|Look for the first of the",
    )
    + _verbs("last", "last_hit final latest", "Find the last of the|Last of the|Return the final one of the")
)  # fmt: skip
NOUNS = split(
    "prices ages weights lengths scores distances hours widths heights pages steps sizes depths speeds marks points "
    "wages debts rents fees miles levels days years sums counts rates tides costs shares gains grades degrees orders "
    "dates rows"
)
ITEMS = split("x n one item value number k y z it part entry v")
SUMS = split("total result amount answer so_far together out s t")
LISTS = split("kept result found out answer chosen good these rest")
COUNTS = split("count seen hits n_found so_far result c answer")
BESTS = split("best top result so_far answer record high")

EVERY = tuple(Phrase(words=words, code="") for words in (" given", " in the list", " of one week", " on the table"))
CONDITIONS = tuple(
    Phrase(words=words.format(k=k), code=code.format(x="{x}", k=k))
    for k in range(10, 70)
    for words, code in (
        (" above {k}", "{x} > {k}"), (" over {k}", "{x} > {k}"),
        (" below {k}", "{x} < {k}"), (" under {k}", "{x} < {k}"),
        (" from {k} on", "{x} >= {k}"), (" up to {k}", "{x} <= {k}"), (" other than {k}", "{x} != {k}"),
    )
) + tuple(
    Phrase(words=f" that can be divided by {k}", code="{x} % " + f"{k} == 0") for k in range(2, 10)
) + tuple(
    Phrase(words=f" between {k} and {k + width}", code=f"{k} <= " + "{x}" + f" <= {k + width}")
    for k in range(5, 60) for width in (10, 15, 20, 30)
) + (
    Phrase(words=" that are odd", code="{x} % 2 == 1"),
    Phrase(words=" that are even", code="{x} % 2 == 0"),
)  # fmt: skip
CHANGES = (Phrase(words="", code="{x}"),) + tuple(
    Phrase(words=words.format(k=k), code=code.format(x="{x}", k=k))
    for k in range(1, 11)
    for words, code in ((", each plus {k}", "{x} + {k}"), (", {k} more for each", "{x} + {k}"))
) + tuple(
    Phrase(words=words.format(k=k), code=code.format(x="{x}", k=k))
    for k in range(2, 6)
    for words, code in ((", each times {k}", "{k} * {x}"), (", each taken {k} times", "{k} * {x}"))
) + (Phrase(words=", each squared", code="{x} * {x}"), Phrase(words=", each doubled", code="2 * {x}"))  # fmt: skip

WORDS = split(
    "bread honey lamp river bell mill boat kite goose apple stone wheel spoon table candle garden winter summer "
    "butter letter paper needle barrel basket ribbon pepper potato carrot onion cheese bottle copper silver window "
    "ladder hammer kettle button pocket mirror violin banana level radar noon otter melon salad tomato rabbit puddle "
    "pebble meadow forest sunset harbor market orchard lantern pumpkin feather blanket cellar rope anchor ballad "
    "beacon beetle bonnet branch bridge canvas castle cherry chimney circle corner cotton cradle dinner dragon "
    "engine fiddle finger flower ginger hollow island jacket jewel jungle kitten lemon linen magnet marble minute "
    "napkin ocean parcel pencil petal picnic plum quill raven saddle sailor shadow shovel shower singer sparrow "
    "spider square string tailor temple thread timber tunnel turnip velvet village walnut whistle willow"
)
# Words that can have a price.
GOODS = split(
    "bread honey lamp kite apple spoon table candle butter letter paper needle barrel basket ribbon pepper potato "
    "carrot onion cheese bottle kettle button mirror violin banana melon salad tomato ladder hammer lantern pumpkin "
    "feather blanket rope bonnet jacket lemon linen magnet marble napkin pencil shovel stamp thread wool flour sugar "
    "salt cocoa chair broom plum cherry walnut ginger turnip velvet saddle whistle quill fiddle cradle canvas"
)
# The first lines of a module, and remarks.
HEADER = (
    '"""<@adjectives> <tools|helpers|sums|functions|programs|scripts|notes|tricks|examples|exercises|tests|steps> '
    "<for|of|from> the <w:@works> on <w.street>, <@months> <@years><@authors>"
)
AUTHORS = Menu(
    patterns(
        '."""\n\n\n',
        ', <made|written|tested|kept|typed|begun> by <p:@adults> <p.family>, <p.work.trade>."""\n\n\n',
        ".\n\n<Thanks to|Made for|Asked for by|Checked by|A gift for|An idea of> <p:@adults> of the <p.work.place>, "
        'who likes <p.hobby>."""\n\n\n',
    ),
    (8, 2, 1),
)
ADJECTIVES = split(
    "Little Small Handy Simple Useful Plain Short Quick Neat Tiny First Early Good Honest Clever Easy New Old Rough "
    "Daily Weekly Careful Sunday Evening Morning Basic Common"
)
REASONS = ("rain", "sun", "snow", "wind", "fog", "storm", "frost", "market", "holiday", "fair")
WHEN = tuple(f"  # {day}, {reason}" for day in DAYS for reason in REASONS)
WORDS_OF_HEADERS = {
    "adjectives": ADJECTIVES,
    "authors": AUTHORS,
    "months": MONTHS,
    "years": tuple(range(1960, NOW + 1)),
}
