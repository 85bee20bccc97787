"""Guides that can be followed: what one needs, the steps in their order, a warning, somebody who knows how to do it."""

RULES = {
    "howto": (
        "How to paint {q=a WORN} {x=FURN} {z=COLOR}\n{@H_PAINT}",
        "How to look after {m=a PET_NATURE} {y=PETKIND}\n{@H_PET}",
        "How to build {m=a SIZE} {z=COLOR} kite for {DAY}\n{@H_KITE}",
        "How to clean {m=a METALLIC} {x=METAL}\n{@H_CLEAN}",
        "How to grow {y=SEEDLING} {BY} the {n=SPOT}\n{@H_GROW}",
        "How to become a good {k=WORK:trade} in {A_TIME}\n{@H_TRADE}",
        "How to pack for {DAY} in {v=VILLAGE}\n{@H_PACK}",
    ),
    "H_PAINT": (
        "You need {SOME} sheets of sandpaper, {a POT} of {z} paint, {a BRUSH} and {a RAG}. {@H_PLACE} {@H_SAND} "
        "{@H_COAT}\n{@H_DRY} {@H_EXPERT} {@H_SLIP} {@H_PROUD}",
        "Buy {a POT} of {z} paint, {SOME} sheets of sandpaper, {a BRUSH}, {a RAG} and {TREAT} for yourself. "
        "{@H_PLACE} {@H_SAND} {@H_COAT}\n{@H_SLIP} {@H_DRY} {@H_EXPERT} {@H_PROUD}",
    ),
    "H_PLACE": (
        "Carry the {x} into the {AREA}, open the [window|door|shutters], and put on {u=a CLOTHES_Q} {CLOTHES_BY/u} "
        "that nobody will miss.",
        "Begin {COMING}, when it is [dry|light|not too hot|quiet], and spread [newspapers|an old sheet|a "
        "tablecloth|sacks] under the {x}.",
        "Move the {x} away from the {FURNITURE}, and tell the {CROWD} [not to touch it|to stay away|to walk around "
        "it].",
    ),
    "H_SAND": (
        "Wash it with [warm|soapy|clean] water, let it dry {AS_LONG}, and sand it [lightly|well|twice|with the grain] "
        "for {MINUTES} minutes.",
        "Sand it for {MINUTES} minutes, [wipe off|brush off|blow away] the dust with {a RAG}, and fill every "
        "[hole|crack|scratch].",
        "Take off all [knobs|screws|old paint|loose parts], put them in {a VESSEL}, and sand the rest for {MINUTES} "
        "minutes.",
    ),
    "H_COAT": (
        "Stir the paint for {FEW} minutes, then brush it on [thinly|in long strokes|from top to bottom|with the "
        "grain], the [legs|edges|corners|back] first.",
        "Use little paint: a [thin|light] coat {COMING} and another one {MINUTES} hours later [look|are|do] better "
        "than one thick coat.",
        "Begin with the [back|legs|bottom|inside], finish with the top, and [count|catch|stop] the drops.",
    ),
    "H_DRY": (
        "Let it dry {AS_LONG}, far from {w=CROWD_Q} {CROWD_BY/w} and {w2=ANIMAL_Q} {ANIMAL_BY/w2} hair.",
        "While it dries {AS_LONG}, wash {a BRUSH} with [soap|turpentine|hot water] and drink {DRINK}.",
        "Hang up a sign: WET PAINT. Even so, {w=a OFFICIAL_Q} {OFFICIAL_BY/w} will [test|touch|try] it with one "
        "finger.",
    ),
    "H_EXPERT": (
        "We [learned|know|have] this from {s=ADULT:full}, {a s.trade} from {s.street}, who did it {AGO} and needed "
        "{A_TIME}.",
        "Our neighbor {s=PERSON:full}, who likes {s.hobby}, tried it {AGO} and needed {A_TIME}.",
        "In a hurry? At the {s=WORK} on {s.street} they do it for {FEW} coins; ask {COMING}.",
        "When {s=ADULT:full}, {a s.trade}, did it {AGO}, {MISHAP/s.trade} on the same day, and it took {A_TIME}.",
        "My friend {s=ADULT:full} from the {s.work} showed it to {t=CHILD:full} {AGO}.",
    ),
    "H_SLIP": (
        "Do not [hurry|rush|stop halfway]: {w=a OFFICIAL_Q} {OFFICIAL_BY/w} did {AGO} and had to start again {THEN}.",
        "If [it drips|you spill some|something goes wrong], take {a RAG} at once, not {u=a CLOTHES_Q} {CLOTHES_BY/u}, "
        "as I did {AGO}.",
        "Keep {o=OWNER:petname}, the {o.pet.species} of {o.full}, away: {AGO} it {DEED/o.pet.species}.",
        "Shut the door, or {w=a ANIMAL_Q} {ANIMAL_BY/w} comes in, as it did {AGO}.",
    ),
    "H_PROUD": (
        "When all is done, drink {DRINK}, eat {TREAT}, and show it to {w=CROWD_Q} {CROWD_BY/w}.",
        "Now [sit down|rest|lean back] {AS_LONG} and be {GLAD_OF}; have {MEAL} for supper.",
        "If it turned out [well|nicely|better than hoped], tell everyone; if not, say it was {PERSON:full}.",
        "Your {CROWD} will be {GLAD_OF}, and {w=a OFFICIAL_Q} {OFFICIAL_BY/w} will ask for one, too.",
    ),
    "H_PET": ("{@H_FEED} {@H_BED} {@H_SIGN}\n{@H_OWNER} {@H_OUTING} {@H_FRIEND}",),
    "H_FEED": (
        "Give it [fresh|clean|plenty of] {u=FODDER/y} {EACH}, a little {FODDER/y-u} as a treat, and {a VESSEL} of "
        "water.",
        "The {y} eats {FODDER/y} {EACH}; {MEAL} and {TREAT} are for people only.",
        "A {y} needs {SOME} [handfuls|small portions|bites] of {FODDER/y} a day, at the same hour, {EACH}.",
    ),
    "H_BED": (
        "Let it sleep in {a VESSEL} with {q2=a CLOTHES_Q} {CLOTHES_BY/q2} in it, {BY} {q3=a FURNITURE_Q} "
        "{FURNITURE_BY/q3}.",
        "For the night it needs a [dry|warm|quiet|safe] corner in the {AREA}, away from the {FURNITURE}.",
        "Clean its [bed|home|corner] {EACH} with [warm water|a brush|soap|a broom], for about {MINUTES} minutes.",
    ),
    "H_SIGN": (
        "If it has {SOUND/y} all night, it may be {SORRY_OF}: [look|listen|feel] carefully and call {w=a OFFICIAL_Q} "
        "veterinarian.",
        "When ours {SOUND/y} {AGO}, it only wanted {FODDER/y}; {MINUTES} minutes later it was {GLAD_OF}.",
        "One that {STEP/y} through the {AREA} {AGO} and then {SOUND/y} was simply {GLAD_OF}.",
    ),
    "H_OWNER": (
        "Ask {o=OWNER:full}, {o.years} years old, whose {o.pet.species} {o.pet} {DEED/o.pet.species} {AGO}.",
        "The best teacher is {o=OWNER:full} of {o.street}, who has {a o.pet.color} {o.pet.species} called {o.pet}; "
        "{AGO} it {DEED/o.pet.species}.",
        "Do not be surprised: {AGO} {o=OWNER:petname}, the {o.pet.species} of {o.full}, {DEED/o.pet.species}.",
    ),
    "H_OUTING": (
        "Take it to the {j=LANDMARK_Q} {LANDMARK_BY/j} {EACH}, and bring {FODDER/y}, {a RAG} and {q2=a THING_Q} "
        "{THING_BY/q2}.",
        "Never leave it alone {BY} the {LANDMARK}: {AGO} one {DEED/y}.",
        "Keep it away from {j=PRODUCE_Q} {PRODUCE_BY/j}, {ODDS} and the {FURNITURE}: {AGO} one {DEED/y}.",
    ),
    "H_FRIEND": (
        "After {A_TIME} it will [follow|know|trust|greet] you and come when you [call|whistle|sing|clap].",
        "Should it ever be lost, look first {HIDEOUT/y}, and call {PERSON:full}.",
        "Most of all it needs {A_TIME} of love, {u=EACH} and {EACH-u}.",
    ),
    "H_KITE": (
        "You need {FEW} [thin|light|straight|bamboo] sticks, a sheet of {z} paper, {SOME} [yards|feet|arm lengths] of "
        "string, glue and {j=ODDS_Q} {ODDS_BY/j} for the tail. {@K_CROSS} {@K_PAPER} {@K_TAIL}\n{@K_FLY} {@H_EXPERT} "
        "{@K_WARN} {@H_PROUD}",
    ),
    "K_CROSS": (
        "Lay the [longer|shorter|stronger] stick across the other, tie them [firmly|crosswise|with a good knot], and "
        "let the glue dry {AS_LONG}.",
        "Tie the sticks into a cross, [wind|pull|wrap] the string around them {SOME} times, and put glue on the knot.",
    ),
    "K_PAPER": (
        "Run a string around the {FEW} ends, [lay|put|press] it on the {z} paper, cut around it, and fold the edge "
        "over the string.",
        "Cut the {z} paper {FEW} fingers wider than the frame, fold the edge [over|inward|around the string], and "
        "glue it [carefully|thinly|down].",
    ),
    "K_TAIL": (
        "For the tail, tie {SOME} [strips|ribbons|bows] of {u=COLOR} and {COLOR-u} [cloth|paper|wool] to a string.",
        "The tail must be {FEW} times as long as the kite; {COLOR} [bows|rags|feathers] look [best|well|merry].",
        "Paint {a ANIMAL} or {a METAL} on it, tie on the tail, and [wait|rest|let it dry] {AS_LONG}.",
    ),
    "K_FLY": (
        "Take it to the {j=LANDMARK_Q} {LANDMARK_BY/j} {COMING}, stand with your back to the wind, and [let "
        "go|run|give it string] when you feel a pull.",
        "Fly it {BY} the {j=LANDMARK} {COMING}; if it [spins|dives|leans], make the tail {FEW} hands longer.",
    ),
    "K_WARN": (
        "Stay away from [trees|wires|chimneys|the railway]: {AGO} the one of {u=CHILD:full} came down {BY} the {SPOT}.",
        "The best day for it is {f=FEAST} in {f.month}, when everyone is at {f.place}.",
        "In a storm stay at home: {AGO} the wind took one as far as {v=VILLAGE}, {v.kilometers} kilometers to the "
        "{v.direction}.",
    ),
    "H_CLEAN": (
        "You need {CLEANER}, {a RAG}, {a BRUSH}, {a VESSEL} of [warm|hot|cold] water and {MINUTES} minutes. {@C_SOAK} "
        "{@C_RUB} {@C_RINSE}\n{@H_EXPERT} {@C_WHY} {@H_SLIP} {@H_PROUD}",
        "Have {u=CLEANER}, {CLEANER-u}, {a RAG} and {MINUTES} minutes at hand. {@C_SOAK} {@C_RUB} "
        "{@C_RINSE}\n{@C_WHY} {@H_EXPERT} {@H_SLIP} {@H_PROUD}",
    ),
    "C_SOAK": (
        "First [brush|wipe|blow] off the dust, and lay the {x} in [warm|hot|soapy] water {AS_LONG}.",
        "Put the {x} on [a cloth|a board|newspaper|an old plate] in the {AREA} and look for [cracks|rust|a name|loose "
        "parts].",
        "Begin {COMING}, in good light, and [dust|wipe|brush] the {x} all over.",
    ),
    "C_RUB": (
        "Then rub it with {CLEANER} for {MINUTES} minutes, in [small circles|long strokes|one direction], until the "
        "rag is [black|gray|green].",
        "Mix {u=CLEANER} with {CLEANER-u}, put it on {a RAG}, and [rub|polish] for {MINUTES} minutes.",
        "Where it is [dark|spotted|stained], use {a BRUSH} and {CLEANER}, and be [patient|gentle|careful].",
    ),
    "C_RINSE": (
        "Rinse it [well|twice|with clear water], dry it at once, and [polish|rub] it with {a RAG} until you see your "
        "[nose|face|teeth].",
        "Dry it {AS_LONG} [by the stove|in the sun|on the window sill], then [polish|rub] it with a drop of oil.",
    ),
    "C_WHY": (
        "It is worth it: {AGO} {s2=ADULT:full} of {s2.street} found {a METALLIC} {METAL} {BY} the {SPOT}, and it was "
        "silver.",
        "A clean {x} is a good present for {f=FEAST} in {f.month}, better than {TREAT}.",
        "Mine lay {BY} {q3=a FURNITURE_Q} {FURNITURE_BY/q3} in the {AREA}, next to {q4=a THING_Q} {THING_BY/q4}.",
    ),
    "H_GROW": (
        "You need {SOME} [seeds|good seeds], {SOME} [pots|cups|jars|tins], a bag of [earth|garden soil|compost] and "
        "{q2=a THING_Q} {THING_BY/q2} to keep off {j=ANIMAL_Q} {ANIMAL_BY/j} visitors. {@G_SOW} {@G_WATER} "
        "{@G_PLANT}\n{@G_EAT} {@H_EXPERT} {@G_HARVEST}",
    ),
    "G_SOW": (
        "In {MONTH}, fill the pots, press in {FEW} seeds each, one [finger|thumb|knuckle] deep, and cover them "
        "[lightly|with soil|with glass].",
        "Soak the seeds {AS_LONG}, sow them in {MONTH}, {FEW} to a pot, and put the pots on the [window sill|stove "
        "shelf|stairs|table].",
    ),
    "G_WATER": (
        "Water them {EACH}, with [rain water|a spoon|a small can|a cup], and turn the pots [toward the light|every "
        "{FEW} days].",
        "Keep them [moist|damp|warm], never wet, and [talk|sing|whistle] to them {EACH}; it does no harm.",
        "After {MINUTES} days you will see [a green tip|the first leaves|some leaves]; pull out the "
        "[weakest|smallest] ones.",
    ),
    "G_PLANT": (
        "When they are as high as {a POT}, plant them {BY} the {n}, {FEW} [feet|hands|steps] apart.",
        "In {MONTH} they go outside: dig a hole {BY} the {n}, add [compost|old manure|ashes], and press the soil down.",
    ),
    "G_EAT": (
        "Against [snails|birds|frost|greenfly] I use [eggshells|old curtains|coffee grounds|ashes|soap water] and "
        "{u=ODDS_Q} {ODDS_BY/u} on a string.",
        "Thieves come, too, so [count them|stay awake|hang up a bell]: {AGO} {o=OWNER:petname}, the {o.pet.species} "
        "of {o.full}, ate {SOME}.",
    ),
    "G_HARVEST": (
        "In {MONTH} you can pick {SOME} a day and eat them with {MEAL}.",
        "Pick them {COMING}, give {SOME} to {PERSON:full}, and cook the rest with {j=PRODUCE_Q} {PRODUCE_BY/j}.",
        "At {f=FEAST} in {f.month} you may [show them|sell them|win a prize]; until then, [wait|water|hope].",
    ),
    "H_TRADE": ("{@T_LEARN} {@T_WORK} {@T_TEACHER}\n{@T_BAD} {@T_DAY} {@T_END}",),
    "T_LEARN": (
        "You learn it at the {k} on {k.street}, where work begins {EACH}; bring {u=a CLOTHES_Q} {CLOTHES_BY/u} and "
        "{MEAL}.",
        "Buy a good {k.tool}, put on {u=a CLOTHES_Q} {CLOTHES_BY/u}, and go to the {k} on {k.street} {COMING}.",
        "In the {k}, which was built in {k.built}, ask for {a k.tool} and {SOME} [old|broken|cheap|spare] "
        "{WARE/k.trade} to practice on.",
    ),
    "T_WORK": (
        "For {A_TIME} you only watch how {WARE/k.trade} and {k.goods} are made, and [sweep|make tea|carry water] "
        "{EACH}.",
        "Whoever has {MADE/k.trade} {SOME} {WARE/k.trade} without {FEW} mistakes may touch the {MACHINE/k.trade}.",
        "Keep the {k.tool} [clean|dry|in its place], and never lend it to {w=a OFFICIAL_Q} {OFFICIAL_BY/w}.",
    ),
    "T_TEACHER": (
        "Watch {h=ADULT:full}, {a h.trade}, whose first {DAY} at the {h.work} went badly: {MISHAP/h.trade}.",
        "Talk to {h=ADULT:full} of {h.street}, {h.trade} for many years, who once got an order for {ORDER/h.trade}.",
        "My neighbor {h=PERSON:full}, who likes {h.hobby}, tried it {AGO} and gave up {THEN}.",
    ),
    "T_BAD": (
        "Some days are hard: {MISHAP/k.trade} {AGO}, and again {THEN}, and {w=a OFFICIAL_Q} {OFFICIAL_BY/w} wanted "
        "{ORDER/k.trade}.",
        "Stay {GLAD_OF} when {w=CROWD_Q} {CROWD_BY/w} ask for {ORDER/k.trade} and want it {COMING}.",
        "You must not despair when {MISHAP/k.trade}; eat {MEAL} and begin again {COMING}.",
    ),
    "T_DAY": (
        "After {A_TIME} you make your first {k.goods}, [crooked|uneven|plain|heavy], but your own.",
        "One {DAY}, {w=CROWD_Q} {CROWD_BY/w} will pay {SOME} coins for your {k.goods}, and you will be {GLAD_OF}.",
        "Then comes the day when {TRIUMPH/k.trade}, and {w=a OFFICIAL_Q} {OFFICIAL_BY/w} [nods|smiles|claps].",
    ),
    "T_END": (
        "From that {DAY} on you are {a k.trade}, and you may [sleep|whistle|sing] {EACH}.",
        "If it does not work, [ask again|try once more|rest] {COMING}, or become {w=a OFFICIAL_Q} {OFFICIAL_BY/w}.",
        "Good {k.goods} need {A_TIME}, {DRINK} and [patience|luck|steady hands|a warm room].",
    ),
}
