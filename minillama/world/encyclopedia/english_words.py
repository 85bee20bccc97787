"""Words that the English articles choose from."""

from ..choices import Menu
from ..lexicon import EVENTS, STREETS
from ..pattern import patterns
from .common import CLOCK, DAYS_OF_MONTH, NUMBERS, PAGES, YEARS, phrases, words


def source(year: str) -> Menu:
    """Return the ways to end a sentence that states a fact: who said so, and when."""
    date = f"<@dom> <@month> {year}"
    ends = (
        ".",
        ", which <@pleases> <@other>.",
        f", as <@other> <@said> on {date}.",
        f" (<@paper>, {date}).",
        f" [<@other>, {date}].",
        f"; see page <@page> of the <@paper> of <@month> {year}.",
    )
    return Menu(patterns(*ends), (2, 1, 3, 4, 6, 2))


LISTS = {
    "year": YEARS,
    "clock": CLOCK,
    "late_year": YEARS[-3:],
    "street": STREETS,
    "feast": tuple(event[0] for event in EVENTS),
    "season": words("spring summer autumn winter"),
    "month": words("January February March April May June July August September October November December"),
    "day": words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
    "number": NUMBERS,
    "dom": DAYS_OF_MONTH,
    "page": PAGES,
    "thing": words(
        "eggs apples pears candles onions buttons plums walnuts feathers coins cabbages herrings carrots tulips "
        "postcards pancakes lemons turnips ribbons baskets pumpkins umbrellas spoons teacups stamps bottles bells "
        "sausages hats kites blankets lanterns"
    ),
    "able": phrases(
        "a careful,a patient,a skilled,a busy,an able,an honest,a trusted,a reliable,a respected,a modest,a friendly,"
        "a clever,a gifted,a popular,a proud,an admired,a thorough,a tireless,a kind,a loyal,a serious,a wise,a quick,"
        "a capable,a beloved,an excellent,a talented,an eager,a humble,a punctual,a well-known,a generous"
    ),
    "virtue": words(
        "careful patient cheerful honest modest friendly clever polite brave generous helpful punctual thoughtful "
        "curious tireless loyal gentle witty wise humble reliable calm charming hopeful tidy practical sensible sincere"
    ),
    "young": phrases(
        "a cheerful,a clever,a curious,a brave,a polite,a friendly,an honest,a lively,a helpful,a bright,a keen,a loyal"
    ),
    "pretty": phrases(
        "a quiet,a pretty,a friendly,a pleasant,a peaceful,a charming,a tidy,a modest,a proud,a lovely,an old,a cozy"
    ),
    "creature": phrases(
        "a gentle,a clever,a curious,a friendly,a lovely,a patient,a lively,an honest,a remarkable,a charming,a proud,"
        "a well-known,a popular,a handsome,an interesting,a useful"
    ),
    "fine": words(
        "good fine splendid excellent wonderful superb remarkable lovely famous proper perfect decent popular useful "
        "first-rate simple"
    ),
    "known": words("well-known famous praised loved remembered admired noted envied recommended celebrated"),
    "enjoys": words("likes enjoys loves prefers recommends praises"),
    "weather": words("rainy sunny windy foggy cold mild gray bright damp quiet busy stormy"),
    "handed": words("sold promised delivered brought sent offered gave showed carried"),
    "did": phrases(
        "sold,lost,found,carried,counted,painted,hid,dropped,gave away,bought,guarded,balanced,traded,juggled,forgot,"
        "won,collected,washed,weighed,ordered,borrowed,returned,threw,stacked"
    ),
    "often": words("often usually always sometimes gladly mostly regularly happily"),
    "meet": words("meet greet thank find visit praise ask trust"),
    "part": words("roof door floor chimney sign cellar gate attic counter staircase"),
    "mended": words("repaired painted replaced cleaned widened inspected measured admired"),
    "paper": phrases(
        "newspaper,almanac,parish letter,county guide,town chronicle,school paper,market report,harbor log,weekly "
        "review,evening post"
    ),
    "said": words("wrote said noted remarked reported observed recalled declared"),
    "pleases": words("pleases surprises delights puzzles impresses amuses interests comforts"),
    "joy": words("joy delight surprise relief amusement comfort"),
    "pace": words("walked cycled marched strolled hurried wandered rode ran"),
    "startles": words("follows surprises wakes visits delights amuses startles watches comforts greets"),
    "startled": words("followed surprised woke visited delighted amused startled watched comforted greeted"),
    "near": phrases("near,not far from,next to,across from,close to,a few steps from"),
    "spot": phrases(
        "near the bridge,behind the fountain,under the old tree,beside the church,at the station,by the river,in the "
        "rain,in the snow,before lunch,after dinner,at sunrise,by mistake"
    ),
    "music": phrases(
        "at weddings,on Sundays,after supper,by the window,in the evening,when it rains,for the "
        "neighbors,before breakfast"
    ),
    "animal_verb": patterns(
        "met and <@startled> <g:@other> and <@other-g>",
        "stood on <@street> and <@startled> <@other>",
        "knocked over <@number> <t:@thing> and <@number> <@thing-t>",
        "slept among the <@number> <@thing> of <@other>",
    ),
    "tail": patterns(
        ", who paid with <@number> <t:@thing> and <@number> <@thing-t>.",
        " and got <@number> <@thing> in return.",
        " for <@number> <t:@thing> and <@number> <@thing-t>.",
        "; the price was <@number> <t:@thing> and <@number> <@thing-t>.",
    ),
    "price": patterns(
        " for <@number> <t:@thing> and <@number> <@thing-t>.",
        "; the price was <@number> <t:@thing> and <@number> <@thing-t>.",
    ),
    "when": patterns(
        " on <@dom> <@month> <@year>.",
        " one <@weather> <@day> in <@month> <@year>.",
        " at <@clock> on <@dom> <@month> <@year>.",
    ),
    "source": source("<@year>"),
    "source_late": source("<@late_year>"),
}  # fmt: skip
