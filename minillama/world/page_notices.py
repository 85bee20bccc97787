"""Notices: for sale, wanted, lost, found, shop news, thanks, help."""

RULES = {
    "notice": (
        "For sale, number {BOX}: {q=a THING_Q} {x=THING_BY/q}. {@S_SALE}",
        "Wanted, number {BOX}: {q=a THING_Q} {x=THING_BY/q}. {@S_WANTED}",
        "Lost, number {BOX}: {@S_LOST}",
        "Found {THEN} {BY} the {LANDMARK}: {q=a THING_Q} {x=THING_BY/q}. {@S_FOUND}",
        "Shop news for {MONTH}: {@S_SHOP}",
        "Thank you, {OFFICIAL}! {@S_THANKS}",
        "Help needed {BY} the {LANDMARK}: {@S_HELP}",
    ),
    "S_SALE": (
        "It belongs to {h=ADULT:full} of {h.street}, who [bought|won|inherited|was given|found|swapped hens for] it "
        "{AGO}. {@S_WHY} {@WORK_h}\n{@S_STATE} {@S_PRICE} {@S_MEET} {@FREE_h}",
    ),
    "S_WHY": (
        "Now there is no room for it, because {h.hers} {h.spouse.spouse_word} {h.spouse} [bought another one|wants "
        "a piano|has bought {SOME} chairs|keeps {PRODUCE} there].",
        "The money is for [a trip to {VILLAGE}|a new roof|{a h.work.tool}|a birthday present|a winter coat|piano "
        "lessons].",
        "{h.Hers} {h.elder.son} {h.elder} would rather have {j=a THING_Q} {THING_BY/j-x}.",
        "The {h.elder.pet.species} of {h.hers} {h.elder.son} {h.elder} [is afraid of it|sleeps in it|takes it for "
        "an enemy|hides behind it].",
        "Nobody in the {h.family} family has used it since [the spring|the wedding|the war|the flood|the move].",
        "It reminds {h.her} too much of [an old love|a long winter|school|a rainy holiday|an uncle].",
    ),
    "S_STATE": (
        "The {x} is {THING_IS/x}, but [it has never failed|it works well|nobody sees that|that is part of its charm].",
        "It was cleaned {HOW_DONE} and smells of [soap|lemons|lavender|fresh paint|pine oil|apples|tea|new leather|"
        "roses|vinegar].",
        "One corner is a little [scratched|crooked|worn|faded]; [a bit of paint|some glue|a nail|an hour of work] "
        "will help.",
        "It was used only [once|twice|on Sundays|in summer], when {SOME} {j=CROWD_Q} {CROWD_BY/j} came for supper.",
        "Three {CROWD} have tried it and were {GLAD_OF}.",
    ),
    "S_PRICE": (
        "Price: {SOME} coins, [or the best offer|and not one less|or a fair exchange|to be paid at once|half of it "
        "now].",
        "It costs {SOME} coins; for {CROWD} it is [cheaper|half the price|free on {DAY}].",
        "{h.She} would also [trade|exchange] it for {j=a THING_Q} {THING_BY/j-x} or {REWARD}.",
        "The {j=OFFICIAL_Q} {OFFICIAL_BY/j} has offered {SOME} coins; who offers more?",
        "Whoever pays {SOME} coins gets {REWARD} as well.",
    ),
    "S_MEET": (
        "Come {COMING} and [knock twice|ring the bell|call loudly|ask for {h}|use the back door].",
        "Ask for it at the {h.work} on {h.work.street}, best {COMING}.",
        "You can see it {BY} the {j=LANDMARK_Q} {LANDMARK_BY/j} on {DAY}.",
        "Leave a [note|letter|card] at the {h.work}, and {h} will [write back|come by|answer] {COMING}.",
        "Please do not come [before breakfast|during supper|at night|in muddy boots]; {h} is {SORRY_OF} then.",
    ),
    "S_WANTED": (
        "{h=ADULT:full}, {a h.trade} from {h.street}, needs one by {DAY}. {@S_NEED} {@WORK_h}\n{@S_OFFER} {@S_PAY} "
        "{@S_MEET} {@KIN_h}",
    ),
    "S_NEED": (
        "The last one [fell off a cart|was stolen|sank in the lake|went up in flames|got lost on the train] {AGO}.",
        "Our {j=OFFICIAL_Q} {OFFICIAL_BY/j} borrowed it {AGO} and never brought it back.",
        "It is for {h.hers} {h.younger.son} {h.younger}, who is {h.younger.years} and has [wished for one|talked of "
        "nothing else|been saving up] {FOR_TIME}.",
        "A customer ordered {ORDER/h.trade}, and without it {h.she} cannot [begin|finish|deliver].",
        "It is a surprise for {h.hers} {h.spouse.spouse_word} {h.spouse}, who likes {h.spouse.hobby}.",
    ),
    "S_OFFER": (
        "It may be {THING_IS/x}, but it must [work|be clean|hold|be complete|be in one piece].",
        "Color and age do not matter; it only has to [fit into a cupboard|last a year|please the family].",
        "Please bring no [toys|copies|empty boxes|broken ones]; there are enough of them already.",
        "A {h.trade} knows quality, so [be honest|no tricks|show it in daylight], please.",
    ),
    "S_PAY": (
        "Whoever brings it gets {SOME} coins or {REWARD}.",
        "In return, {h.she} offers {SOME} {HANDY} {WARE/h.trade}.",
        "{h.She} pays {SOME} coins and [adds|offers|promises] {j=MEAL_Q} {MEAL_BY/j} with {DRINK}.",
        "For a good one, {h.she} would give {REWARD}.",
    ),
    "S_SHOP": (
        "the {k=WORK} on {k.street} has {SOME} {HANDY} {WARE/k.trade} [this week|since {DAY}|again|for the "
        "{SEASON}]. {@S_OLD} {@S_NEW} {@S_TALK}\n{@S_STAFF} {@S_GIFT}",
    ),
    "S_OLD": (
        "The {MACHINE/k.trade} broke down {AGO}, but [works again|hums like new|was repaired in {A_TIME}].",
        "We had to close {AGO}, because {MISHAP/k.trade}.",
        "We make {k.goods} in a house of {k.built}, which [smells of fresh paint|has a new roof|has new windows|is "
        "warm at last].",
        "Business was [slow|good|wild] {AGO}, when {SOME} {CROWD} [came in|stood in line|got lost in our cellar].",
    ),
    "S_NEW": (
        "New: {HANDY} {WARE/k.trade} in {COLOR}, as the {j=CROWD_Q} {CROWD_BY/j} [asked|wished|begged].",
        "Whoever buys {SOME} gets {REWARD} on top.",
        "Come {COMING}, when [there is no line|everything is fresh|the owner is in a good mood|prices are low].",
        "We also take [special orders|strange wishes|orders by mail]: {AGO} somebody wanted {ORDER/k.trade}.",
    ),
    "S_TALK": (
        "Our {j=OFFICIAL_Q} {OFFICIAL_BY/j} [bought|ordered|tried] {SOME} and was {GLAD_OF}.",
        "Even {CROWD} from {VILLAGE} come here {OFTEN}.",
        "A customer from {VILLAGE} [cried with joy|bought everything|wrote a song about us|came back twice] {AGO}.",
        "Please wipe your boots; {AGO} we had to sweep {FOR_TIME}.",
    ),
    "S_STAFF": (
        "First to buy was {h=ADULT:full}, the {h.trade}, who was {GLAD_OF}. {@HOME_h}",
        "Next door, {h=ADULT:full} from the {h.work} [envies us|sends us customers|wishes us luck]. {@FREE_h}",
        "Our best customer is {h=ADULT:full} of {h.street}, who comes {OFTEN}. {@KIN_h}",
    ),
    "S_GIFT": (
        "Children get {DRINK} and [a balloon|a biscuit|a paper boat|a pencil|a smile|an apple|a paper hat|a lemon "
        "drop|a funny story].",
        "For {f=FEAST} in {f.month} we will [close early|stay open|serve {f.dish}|have a stand on {f.place}].",
        "Dogs must wait outside, and so must [umbrellas|wet boots|singing guests|the tax collector].",
        "Pay [now|later|in coins|on {DAY}], smile, and come again {COMING}.",
    ),
    "S_THANKS": (
        "You helped me {AGO}, when I lost {q=a THING_Q} {x=THING_BY/q} {BY} the {j=LANDMARK_Q} {LANDMARK_BY/j}. "
        "{@S_THANK} {@S_THANK2}\n{@S_CAKE} {@S_SIGN}",
        "When I slipped and fell {BY} the {LANDMARK} {AGO}, you [stopped|ran over|jumped off your bicycle] and "
        "[helped me up|carried me home|called a doctor]. {@S_BAG} {@S_FELL}\n{@S_CAKE} {@S_SIGN}",
    ),
    "S_BAG": (
        "That day I had {SOME} {j=ODDS_Q} {ODDS_BY/j} and {j=a THING_Q} {THING_BY/j} to carry, which was too much.",
        "It was {THEN}, and I [looked at|waved to|ran after|thought of] {j=a ANIMAL_Q} {ANIMAL_BY/j} instead of the "
        "stones.",
        "My {j=CLOTHES_Q} {CLOTHES_BY/j} [got torn|was full of mud|flew off], and {SOME} {j=CROWD_Q} {CROWD_BY/j} "
        "laughed.",
        "The street was wet, and {j=a FURNITURE_Q} {FURNITURE_BY/j} stood in the way, of all things.",
    ),
    "S_FELL": (
        "My [knee|foot|nose|hat|elbow] is well again, after {A_TIME} in bed with {DRINK}.",
        "I had {SOME} {PRODUCE} in my bag, and you picked up every one of them.",
        "The {j=CROWD_Q} {CROWD_BY/j} only [laughed|stared|walked by], but you [were kind|did not|knew what to do].",
        "I was {SORRY_OF}, and you [told me a joke|sang to me|gave me your scarf|held my hand] {FOR_TIME}.",
    ),
    "S_THANK": (
        "I was {SORRY_OF} {FOR_TIME}, and then you came and {BROUGHT} it to my door.",
        "At first, {SOME} {j=CROWD_Q} {CROWD_BY/j} walked past it, but you [stopped|turned back|got off the bus] "
        "and picked it up.",
        "The {w=WEATHER} came, and {HAPPENED/w}, but you looked for it {FOR_TIME}.",
    ),
    "S_THANK2": (
        "It is [the only thing|all] I have from my [grandmother|uncle|old teacher|first love], you see.",
        "You even [cleaned it|mended it|wrapped it in paper|put a ribbon on it].",
        "You would not take a single coin and [went away {HOW_MOVED}|only smiled|blushed].",
    ),
    "S_CAKE": (
        "There is {j=MEAL_Q} {MEAL_BY/j} for you [on the table|in the oven|on the stove|in the pantry], and {DRINK} "
        "as well.",
        "As a small thank you, I have {REWARD} for you.",
        "Come {COMING}, and I will [cook|bake|play|sing] for you.",
        "May you always find [a seat|good weather|a warm stove|what you lose].",
    ),
    "S_SIGN": (
        "Yours [truly|gratefully|sincerely|ever], {h=ADULT:full}, {h.trade} at the {h.work} on {h.work.street}",
        "Greetings from {h=ADULT:full} and {h.hers} {h.spouse.spouse_word} {h.spouse}, {h.street}",
        "Signed by {c=CHILD:full}, {c.years} years old, {c.son} of {c.mother} and {c.father}",
    ),
    "S_HELP": (
        "the {j=OFFICIAL_Q} {OFFICIAL_BY/j} and {SOME} {j=CROWD_Q} {CROWD_BY/j} want to [paint|clean|mend|sweep] "
        "the {l=LANDMARK} on {DAY}. {@S_NEEDED} {@S_BRING} {@S_TEAM}\n{@S_RAIN} {@S_AFTER}",
    ),
    "S_NEEDED": (
        "It has been a sad sight since [the storm|the flood|the fair|the fire] {AGO}.",
        "The {j=CROWD_Q} {CROWD_BY/j} [complained|wrote a letter|signed a list] {AGO}, and they were right.",
        "Soon there will be {f=FEAST}, and [guests|visitors] from {VILLAGE} will come.",
        "Nobody has done it for [ten|twenty|thirty|forty] years, [it seems|says the mayor|and it shows].",
    ),
    "S_BRING": (
        "Bring {j=a THING_Q} {THING_BY/j} and [old clothes|good boots|gloves|a good mood|a friend].",
        "You need no more than {A_TIME} and [a brush|two hands|strong arms|a bucket].",
        "Who has a [ladder|cart|long brush|wheelbarrow|tin of {COLOR} paint] should bring it {COMING}.",
        "We still need [paint|nails|boards|rope|soap] and somebody who [cooks|sings|counts|can climb].",
    ),
    "S_TEAM": (
        "So far, {h=ADULT:full}, {a h.trade}, and {s=ADULT-h-h.spouse:full}, {a s.trade}, want to help. {@HOME_h}",
        "Our first helper was {h=ADULT:full} from the {h.work}. {@WORK_h} {@FREE_h}",
        "Even {c=CHILD:full}, who is only {c.years}, will [carry water|hold the ladder|bring lemonade]. {@PARENTS_c}",
    ),
    "S_RAIN": (
        "If there is {w=WEATHER}, we take {WEAR/w} and go on.",
        "Last time, {j=a ANIMAL_Q} {ANIMAL_BY/j} [fell into the paint|stole a brush|slept in the bucket] and was "
        "{COLOR} {FOR_TIME}.",
        "Should it rain, we [meet|wait|sing] in the [tea room|hay barn|church|school] {AS_LONG}.",
    ),
    "S_AFTER": (
        "Afterwards there is {j=MEAL_Q} {MEAL_BY/j} {BY} the {LANDMARK}, with {DRINK}.",
        "The most hard-working helper gets {REWARD}.",
        "When all is done, {p=PLAYER:full} will play the {p.instrument}, and we will dance {AS_LONG}.",
        "Those who only watch must [wash up|pay {SOME} coins|carry the ladder home|sing].",
    ),
}
