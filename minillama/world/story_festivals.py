"""Plots around a feast: something broken, a lost recipe, a storm, and a contest."""

from .story_plot import Plot

BROKEN = Plot(
    titles=("Broken {x=^WARE}", "Accident with the {x=^WARE}", "Cracked {x=^WARE}"),
    start="""
    {h} carried the {x} through {STREET}. It was for the feast, and {h.she} had promised {a PASSER} to bring it,
    because without {a x} there could be no [dance|parade|music|speech|prize]. {@who} But {a CRITTER}
    [jumped|ran|flew] between {h.hers} feet, {h} stumbled over {a ADJ} {THING}, and [crack|crash|bang], the {x}
    [broke|split] in {NUMBER} pieces.

    everybody in {h.street} was [busy|excited|in a hurry|up early]. {@who} {h} had [borrowed|rented|got] the {x} from
    {a PASSER} in {a WOOL} {CLOTHES}. "Take good care of it," {h.she} was told. {h} put it on {a ADJ} {THING}, and
    {h.pal} [sat|jumped|leaned] on it. Now the {x} had {NUMBER} cracks and [made|gave] a noise like {a CRITTER}.

    {h} wanted to play with the {x}, just once, before the feast. It belonged to {a PASSER} in {STREET}. {^h.animal}
    {h.animal.noise}, {h} turned around too fast, and the {x} fell out of {a ADJ} {THING} and down {NUMBER} steps.
    {@who}
    """,
    day="eve",
    tries="""
    glued it with [flour|honey|porridge|jam|chewing gum|candle wax] and tied {a ADJ} {CLOTHES} around it. It held for
    {NUMBER} [minutes|seconds]. Then {a CRITTER} [ate|licked off|stole] the glue, and the {x} fell apart again, right
    in front of {a PASSER}.

    hid the pieces in {a ADJ} {THING} behind the {SPOT} and hoped that nobody would ask. But {a PASSER}
    [found|saw|opened] it at {CLOCK} and {SAID}: "Whose {x} is this?" {h} turned {COLOR} in the face and felt {SAD}.

    offered {TREAT} and {NUMBER} {BITS} for another {x}. {^a PASSER} had only {a ADJ} {THING}, {a PASSER} had {a ADJ}
    {THING}, and the third only laughed.

    took {a ADJ} {THING} apart to get new [screws|boards|nails|strings]. But they were too
    [long|short|thick|weak|rusty], and now there were two broken things instead of one. {h} felt {SAD}.
    """,
    fixes=dict(
        smith="""{g} blew into the coals until they glowed {COLOR}. Then the hammer [sang|danced|rang]
        {NUMBER} times, and {g} put {a TINT} band around the {x}. "It was [weak|thin|cracked] here before,"
        {g.she} {SAID}. "Now this will be the strongest spot.\"""",
        carpenter="""{g} [stroked|tapped|smelled] the pieces, took the plane and made a new part out of {a
        ADJ} {THING}. The shavings [flew|fell|curled] like {CRITTERS}. {h} [held|pressed|counted] while the glue
        dried, and at {CLOCK} the {x} was whole.""",
        glassblower="""{g} took the blowpipe and blew a [bubble|drop] of {q=COLOR} glass, as thin as {a
        CRITTER}'s wing. It flowed into the cracks of the {x} and [filled|closed] them. In the light of the sun
        it now threw {q} spots on the wall.""",
        clockmaker="""Through the loupe {g} found {a TINT} pin, no bigger than {a CRITTER}'s tooth, that had
        [jumped|slipped|fallen] out. {g} pushed it back with [tweezers|a needle|one finger], {h} held {h.hers}
        breath, and the {x} clicked together again.""",
        weaver="""{g} laughed. "What is torn or cracked can be [bound|wrapped|covered]." On the loom
        {g.she} wove a band of {q=COLOR} and {COLOR-q} wool, {NUMBER} hands long. {h} wound it around the {x}
        until nothing [wobbled|rattled|squeaked] any more.""",
        bookbinder="""{g} [spread|painted|brushed] strong paste on strips of linen and pressed them over the
        cracks with the bone folder. "Books [fall|come] apart every {DAY}," {g.she} {SAID}, "and so do {x}s. Now
        wait until {CLOCK}.\"""",
        boatbuilder="""{g} cut a new piece with the adze and [sealed|smeared|filled] the joints with tar, as in
        a rowing boat. "Now it even floats," {g.she} {SPOKE} {SOFTLY}. It smelled of {SMELL}, but the {x} held.""",
    ),
    turn="""
    "What do I owe you?" asked {h}. "Come [on|every] {DAY} and [hold|carry|sort] my {BITS}," said {g}. {h} came, and
    learned what one can do with {a g.work.tool}, and was {GLAD}.

    {h} wanted to pay with {TREAT}, but {g} shook {g.hers} head. "[Tell|Show] the owner the truth. That is my price."
    So {h} {WENT} to {STREET} with the {x} and told everything. Nobody was angry, and {h} felt {GLAD}.

    "Every {g.trade} has broken something," {g} {SPOKE} {SOFTLY}, "and my first one was {a ADJ} {THING}." {h} laughed
    and felt {GLAD}. The mended {x} [smelled|reminded {h.her}] of {SMELL}.
    """,
    ends="""
    {e} began with {NUMBER} [drums|trumpets|flutes|bells], and {h} carried the {x} in front of everybody. {^a PASSER}
    in {a WOOL} {CLOTHES} [praised|admired] the mended spot most of all. Only {h.animal} had to stay away from it and
    ate {TREAT}.

    {h} sat at {e} beside {g}, the {g.trade}, with {DRINK} and {TREAT}. The {x} [shone|hung|stood] in the middle. "I
    was {SAD}," {h} {SAID}, "when I broke it. But I should have asked first."

    the {x} came home from {e} without one more crack. {h} put it on {a ADJ} {THING}, where neither {a CRITTER} nor
    {h.animal} could reach it, and {h.animal} {h.animal.noise} {SOFTLY}.
    """,
)

RECIPE = Plot(
    titles=("Recipe for {x=^FOOD}", "Secret of Grandmother's {x=^FOOD}"),
    start="""
    {h} looked for the recipe. {@who} For the feast, {n=NUMBER} guests wanted grandmother's {x}, but in the {ADJ}
    {y=THING} where the recipe [had always been|used to lie|belonged] there was only {t=a TINT} {k=TRINKET} and a
    smell of {SMELL}.

    the wind [blew|came] through the kitchen and took the recipe for grandmother's {x} from {a ADJ} {y=THING}. {h}
    {WENT} after it as far as the {SPOT}, but all that {h.she} found was {t=a TINT} {k=TRINKET}. {@who} And {n=NUMBER}
    guests were coming for {e}.

    {h.animal} had eaten the recipe. {@who} {h} saw the last corner of it vanish, right behind {a ADJ} {y=THING}, with
    {t=a TINT} {k=TRINKET} still tied to the string. And for {e}, {n=NUMBER} guests had asked for grandmother's {x}.
    """,
    day="eve",
    tries="""
    cooked from memory: a [cup|spoon|handful] of {SPICE}, {NUMBER} [drops|pinches|spoons] of {SPICE} and the rest of
    the {TREAT}. It turned {COLOR}. {^h.animal} took one bite, {h.animal.noise} and hid under {a ADJ} {THING}.

    asked {q=a PASSER} and {a PASSER-q} what was in it. The one said {SPICE}, the other said {SPICE}, and then they
    [quarreled|shouted|argued] until {CLOCK}. {h} put in both, and it tasted like {a ADJ} {CLOTHES}.

    baked {NUMBER} trial dishes, each with [more|less] {SPICE}. The first was [burnt|raw|salty], the second
    [hard|bitter|sour], and the last one [exploded|grew|climbed] out of the pot and over {a ADJ} {THING}. {h} felt
    {SAD}.
    """,
    fixes=dict(
        librarian="""{g} pulled out the card catalog, letter R, for recipes. Between {a ADJ} cookbook and a
        book about {CRITTERS} stuck a [thin|torn|yellow] sheet: grandmother had used it as a bookmark. "The
        secret is {s=SPICE}," read {h}.""",
        pharmacist="""{g} [smelled|scratched|licked] at the {t} {k}, ground a crumb from it in the mortar and
        closed both eyes. "{s=^SPICE}," {g.she} {SAID}. "Just {NUMBER} [grains|drops], no more. This is the
        medicine that your pot needs.\"""",
        baker="""{g} laid the rolling pin aside and laughed. "Your grandmother [sold|told|gave] it to me
        for {TREAT}, when I was young. Everything is as in other recipes, but at the end you add {s=SPICE}, and
        then you [stir|wait|sing] for {NUMBER} minutes.\"""",
        printer="""{g} looked through the letters beside the press. "I printed that recipe for {e},
        {NUMBER} years ago. Here is a proof." It was [crooked|pale|stained], but one line stood in
        [bold|red|large] letters: add {s=SPICE}.""",
        beekeeper="""{g} sent a little cloud from the smoker over the hives, so that the bees slept, and
        [scraped|took|broke] out a comb. "Your grandmother came every {DAY}. It was never sugar that she used.
        It was honey with {s=SPICE}.\"""",
        teacher="""{g} wrote everything that {h} remembered on the board with chalk, {NUMBER} lines, and
        then crossed out what [could not|did not] belong. One empty line was left. "What did the kitchen smell
        of?" asked {g}. "{s=^SPICE}!" {SAID} {h}.""",
    ),
    turn="""
    {h} {WENT} home, tied on {a WOOL} {CLOTHES} and added the {s}. The kitchen smelled as it did when grandmother sang
    in it, and {h} felt {GLAD}.

    They cooked it together at {CLOCK}, with {s}, in {a ADJ} {THING}, since every pot was [dirty|burnt|full]. {h}
    tasted, and it was as [soft|warm|round] as a memory. "That is it!" {h} {SPOKE} {SOFTLY}.

    With a bag of {s}, {h} {WENT} back and cooked until the windows were [white|wet|gray]. {^a PASSER} stopped at the
    door, {NUMBER} {CRITTERS} sat down on the sill, and {h} felt {GLAD}: it was the right smell.
    """,
    ends="""
    all {n} guests at {e} asked for more, and {a PASSER} in {a WOOL} {CLOTHES} even licked the plate. {h} wrote the
    recipe down again, and this time {h.she} kept it in {h.hers} head too. The {t} {k} lay beside it in the {y}.

    {h} gave a plate of {x} to {g}, the {g.trade}. "[More|A little more|Less] {s}," {g.she} {SAID}, and both laughed.
    In the {y} there was now a new recipe, held down by the {t} {k}, so that no wind could take it.

    the old recipe turned up: {h.animal} had slept on it. {h} laughed until {h.she} was {COLOR} in the face, ate {x}
    and drank {DRINK}. On the back stood in grandmother's hand: "When in doubt, take {s}."
    """,
)
