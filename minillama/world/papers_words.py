"""Words and patterns that all papers share: who writes, how, what was used, which books are cited."""

from .choices import END, Menu
from .common_words import DATES, DAYS, MONTHS, split
from .facts import NOW
from .pattern import patterns

WEATHER = split("rain,wind,snow,frost,fog,sunshine,thunder,hail,heat,calm air,clouds,storm")
METHODS = split(
    "proof,argument,method,computation,idea,derivation,answer,reasoning,count,check,result,rule,formula,procedure,"
    "sketch,estimate"
)
QUALITIES = split(
    "short,simple,direct,plain,old,exact,elementary,complete,easy,careful,honest,quick,known,modest,useful,classical,"
    "clear,elegant,slow,cheap,sound,neat,practical,brief"
)
MEANS = split(
    "whole numbers,sums,products,school arithmetic,a pencil,paper,patience,one page,a candle,two hands,an abacus,"
    "chalk,a ruler,common sense,a quiet hour,good light,squared paper,a cup of tea,counting,a notebook,a clear head,"
    "a long table,an eraser,division,subtraction,a list,a friend,beans for counting,time,a piece of string,"
    "ten fingers"
)
THINGS = split(
    "apples,jars,bells,loaves,boats,sacks,candles,lamps,goats,sheep,eggs,barrels,kites,books,boots,bowls,baskets,"
    "letters,stones,trees,hives,ropes,nets,wheels,doors,windows,chairs,cups,ladders,clocks,boxes,carts"
)
A_QUALITIES = tuple(("an " if word[0] in "aeio" or word == "honest" else "a ") + word for word in QUALITIES)
CROPS = split("apples,tulips,melons,carrots,onions,roses,beans,pumpkins,cabbages,turnips,daisies,lilies")
VERBS = split("counted,weighed,sold,moved,painted,cleaned,carried,stored,marked,loaded,repaired,found")
PLACES = split(
    "in the yard,on the roof,at the gate,in the cellar,by the well,near the bridge,behind the barn,on the pier,"
    "in the attic,under the oak,at the market,in the shed,on the hill,by the river,in the hall,at the school"
)
FIELDS = split(
    "bells,tides,numbers,candles,bridges,hay,clocks,mills,maps,snow,bees,roofs,stars,kites,roads,wells,boats,ice,"
    "seeds,sums,fractions,remainders,areas,averages,orchards,ladders,weights,coins,calendars,triangles,wheels,knots"
)
YEARS = tuple(range(1950, NOW))
PAGES = tuple(range(1, 100))
HEAD = (
    "<@tails>\n<p:@adults> <p.family> and <q:@adults-p> <q.family>, <@dates> <@months>\n"
    "Abstract. <@abstracts>\n"
    "Keywords: <k:@fields>, <l:@fields-k>, <m:@fields-k-l>, <@fields-k-l-m>\n"
)
TAILS = patterns(
    " in <@weather>", " with <m:@means> and <@means-m>", ": <@a_qualities> <@methods>",
    " on a <@days> in <@months>", "; seen <@places> in <@months>",
)  # fmt: skip
ABSTRACTS = patterns(
    "The <@methods> is <q:@qualities> and <@qualities-q>.",
    "Our <@methods> needs <m:@means> and <@means-m>.",
    "All we use is <m:@means>, <m2:@means-m> and <@means-m-m2>.",
    "It takes <@means>, but no <@methods> is <@qualities> without "
    "<days|hours|nights|weeks> of <work|thought|doubt|care>.",
    "An idea of <i:@adults> <i.family>, <i.work.trade>, was the start.",
    "We owe the <@methods> to <i:@adults> of the <i.work.place>, who likes <i.hobby>.",
    "We began in <@weather> in <@months> <@years>.",
    "This settles a bet of last <@days>, made in <@weather>.",
    "Nothing like it is known for <f:@fields>, <f2:@fields-f> or <@fields-f-f2>.",
)
_ENDINGS = patterns(
    "\nRemark. The <@methods> of <r:@adults> <r.family> from <r.street> is <q:@qualities>, ours is <@qualities-q>.",
    "\nExercise. Find <@a_qualities> <@methods> with <m:@means> and without <@means-m>.",
    "\nThanks. <r:@adults> of the <r.work.place> lent us <m:@means> and <@means-m>.",
    "\nQuestion. Is there <@a_qualities> <@methods> for <@fields> too?",
    "\nCheck. <r:@adults>, the <r.work.trade> of <r.street>, found the same last <@days>, in <@weather>.",
    "\nNote. We <measured|counted|worked|wrote> this <@places>, in <@weather>.",
    "\nOutlook. Next we study <f:@fields>, then <f2:@fields-f> and <@fields-f-f2>.",
    "\nData. The lists are kept by <r:@adults> at the <r.work.place> on <r.work.street>.",
)
REFERENCES, STOP = patterns("\nReferences\n", END)
AFTER_RESULT = Menu((*_ENDINGS, REFERENCES, STOP), [3] * len(_ENDINGS) + [36, 4])
AFTER_ENDING = Menu((REFERENCES, STOP), (4, 1))
CITATION = (
    "<c:@adults> <c.family>. <On|About|Notes on|A book of|Lectures on> <f:@fields> and <@fields-f>. "
    "<@years>, page <@pages>."
)
TABLES = {
    "methods": METHODS, "qualities": QUALITIES, "a_qualities": A_QUALITIES, "means": MEANS, "weather": WEATHER,
    "months": MONTHS, "dates": DATES, "days": DAYS, "years": YEARS, "fields": FIELDS, "places": PLACES,
    "pages": PAGES, "things": THINGS, "crops": CROPS, "sides": tuple(range(6, 21)), "few": tuple(range(2, 6)),
    "small": tuple(range(2, 10)), "to99": tuple(range(12, 100)), "to40": tuple(range(3, 41)),
    "to20": tuple(range(2, 21)), "hours": tuple(range(2, 7)), "verbs": VERBS, "after_result": AFTER_RESULT,
    "after_ending": AFTER_ENDING, "abstracts": ABSTRACTS, "tails": TAILS,
}  # fmt: skip
