"""Reviews of a meal or an outing, and letters to the editor."""

RULES = {
    "review": (
        "Review: {q=MEAL_Q} {d=MEAL_BY/q} {BY} the {l=LANDMARK}\n{@V_MEAL}",
        "Tested for you: {q=a THING_Q} {x=THING_BY/q}\n{@V_THING}",
        "Was it worth it? A day in {v=VILLAGE}\n{@V_TRIP}",
        "Three stars for {h=ADULT:full}\n{@V_WORK}",
    ),
    "V_MEAL": (
        "The {j=OFFICIAL_Q} {OFFICIAL_BY/j} and I came {AGO} and were {SORRY_OF}. {@V_SEAT} {@V_FOOD} "
        "{@V_GUEST}\n{@V_BILL} {@V_FAVORITE} {@V_SUM}",
        "I went there {AGO} with {j=a OFFICIAL_Q} {OFFICIAL_BY/j} and {SOME} {CROWD}. {@V_SEAT} {@V_FOOD} "
        "{@V_FAVORITE}\n{@V_GUEST} {@V_BILL} {@V_SUM}",
    ),
    "V_SEAT": (
        "Our table stood between {SOME} {j=CROWD_Q} {CROWD_BY/j} and {j=a FURNITURE_Q} {FURNITURE_BY/j}.",
        "We waited {FOR_TIME} next to {SOME} {CROWD}, who [sang|quarreled|whispered|slept|told jokes].",
        "The waiter, a [young|tall|cheerful|tired|polite|nervous|bald|proud|silent|left-handed] man in {j=a "
        "CLOTHES_Q} {CLOTHES_BY/j}, [forgot us|smiled at us|walked past us|took our hats] {FOR_TIME}.",
        "I sat on a [wobbly|wooden|tiny|painted] stool by the [window|door|stove|stairs], where it was [warm|cold|"
        "loud|dark|pleasant].",
        "There was only one free table, and {j=a OFFICIAL_Q} {OFFICIAL_BY/j} [already sat|slept|played chess] at it.",
    ),
    "V_FOOD": (
        "The {d} came after {A_TIME}, [too hot|a little cold|just right|beautifully served], with {j=PRODUCE_Q} "
        "{PRODUCE_BY/j}.",
        "First there was {j=MEAL_Q} {MEAL_BY/j-d}, then the {d}, and each was better than [at home|last time|it "
        "looked|expected].",
        "I found a [button|hair|coin|pebble|bee] in the {d}, but it was [excellent|delicious|very good|quite tasty] "
        "all the same.",
        "With the {d} came {j=PRODUCE_Q} {PRODUCE_BY/j} and {DRINK}, [on {a COLOR} plate|in {COLOR} bowls|fresh "
        "from the garden].",
        "The cook had used too much [salt|pepper|butter|garlic|vinegar] for the {d} and was {SORRY_OF} about it.",
    ),
    "V_GUEST": (
        "Behind us, {SOME} {j=CROWD_Q} {CROWD_BY/j} [sang|argued|laughed|slept] {FOR_TIME}.",
        "One {j=ANIMAL_Q} {ANIMAL_BY/j} came in and [ate|stole|sniffed at] the {PRODUCE} of {j=a OFFICIAL_Q} "
        "{OFFICIAL_BY/j}.",
        'At the door, {j=a OFFICIAL_Q} {OFFICIAL_BY/j} {TOLD}: "[Never again|See you tomorrow|That was good|Where '
        'is my hat]!"',
        "Two {CROWD} quarreled about {j=a THING_Q} {THING_BY/j} {FOR_TIME}.",
        "Suddenly the lights went out, and {SOME} {CROWD} [sang|screamed|giggled|lit matches] {FOR_TIME}.",
    ),
    "V_BILL": (
        "All this cost {SOME} coins and {A_TIME} of my life.",
        "I paid {SOME} coins, and the owner gave me {REWARD} as a present.",
        "They wanted {SOME} coins; I [paid|laughed|coughed|counted twice] and left {HOW_MOVED}.",
        "The bill said {SOME} coins, but {j=a OFFICIAL_Q} {OFFICIAL_BY/j} [paid for us|had paid already|found a "
        "mistake].",
    ),
    "V_FAVORITE": (
        "At the next table, {e=EATER:full} had {e.food}, {e.hers} favorite food, and [hummed|smiled|said nothing] "
        "{FOR_TIME}.",
        "My neighbor {e=EATER:full} wants nothing but {e.food}, {e.hers} favorite food, {OFTEN}.",
        "Even {e=EATER:full} of {e.street}, whose favorite food is {e.food}, [asked for more|licked the plate|came "
        "back] {AGO}.",
        "Send {e=EATER:full} there only for {e.food}, {e.hers} favorite food; the rest is [too spicy|too fine|"
        "wasted] on {e.her}.",
    ),
    "V_SUM": (
        "In short: [good|perfect|too loud|too far|just right|made] for {j=CROWD_Q} {CROWD_BY/j}.",
        "I will come back {COMING} with {SOME} {j=CROWD_Q} {CROWD_BY/j}.",
        "My verdict: {FEW} [stars|smiles|points] out of [six|seven|ten].",
        "Go there {COMING}, [be patient|take your time|bring a friend|wear a warm coat], and greet the {OFFICIAL} "
        "from me.",
        "Never again, unless {j=a OFFICIAL_Q} {OFFICIAL_BY/j} pays for me.",
        "All in all, I went home {GLAD_OF}, and that was worth {A_TIME}.",
    ),
    "V_THING": (
        "I bought {a q} {x} {AGO} from {h=ADULT:full}, {a h.trade} from {h.street}, for {SOME} coins. {@V_USE} "
        "{@V_TEST} {@WORK_h}\n{@V_BROKE} {@V_ADVICE} {@V_SUM}",
        "My aunt won {a q} {x} {AGO} and gave it to {h=ADULT:full}, the {h.trade}, who gave it to me. {@V_TEST} "
        "{@V_USE} {@HOME_h}\n{@V_ADVICE} {@V_BROKE} {@V_SUM}",
    ),
    "V_USE": (
        "The {x} is {THING_IS/x} and stands beside {j=a FURNITURE_Q} {FURNITURE_BY/j}.",
        "On the box I read: [lasts|guaranteed|no repairs|pure joy] for [a year|a lifetime|a month|the whole family].",
        "It came with {SOME} {j=ODDS_Q} {ODDS_BY/j}, which I gave to {j=a OFFICIAL_Q} {OFFICIAL_BY/j}.",
        "At home it looks [smaller|better|older|prettier|bigger] than in the [shop|catalog|window|dark].",
        "Its smell of [soap|smoke|lavender|glue|fish|paint] went away after {A_TIME} in the garden.",
    ),
    "V_TEST": (
        "I used it {FOR_TIME}, and {SOME} {j=CROWD_Q} {CROWD_BY/j} [watched|clapped|asked where I got it|wanted one "
        "too].",
        "When I tried it {BY} the {j=LANDMARK_Q} {LANDMARK_BY/j}, {j=a ANIMAL_Q} {ANIMAL_BY/j} [ran away|came "
        "closer|sat on it].",
        "My test lasted {A_TIME}, [in the rain|at home|in the garden|with both hands|without a break].",
        "I lent it to {j=a OFFICIAL_Q} {OFFICIAL_BY/j} {FOR_TIME}, and it came back [dented|dirty|late|cleaner than "
        "before|in a box|with a note].",
    ),
    "V_BROKE": (
        "After {A_TIME} the {x} [fell down|squeaked|lost its color|needed repair], and I was {SORRY_OF}.",
        "Then {j=a OFFICIAL_Q} {OFFICIAL_BY/j} sat on the {x} {FOR_TIME}, and now it is [flat|bent|in two pieces|a "
        "little wider].",
        'My neighbor [asked|called|wrote]: "[How much was it|Is that new|I had one like that|May I borrow it]?"',
        "It broke {THEN}, but {s=ADULT-h:full}, the {s.trade}, mended it in {A_TIME}.",
        "So far it has survived [the rain|two falls|my children|a party|a move] and {SOME} {CROWD}.",
    ),
    "V_ADVICE": (
        "Keep it away from [water|children|the stove|the sun|goats], and [clean|turn|oil|check] it {OFTEN}.",
        "For {SOME} coins it is [a bargain|too dear|a fair price|nearly free].",
        "Ask {h} for a [new|smaller|bigger|better] one.",
        "As a present for {j=a OFFICIAL_Q} {OFFICIAL_BY/j} it would be [perfect|too much|a good joke].",
    ),
    "V_TRIP": (
        "{v} lies {v.kilometers} kilometers to the {v.direction}, beside {v.beside}. {@V_ROAD} {@V_SIGHT} "
        "{@V_BUY}\n{@V_MET} {@V_SUM}",
        "People go to {v} for {v.known}, and {AGO} so did I, with {j=a OFFICIAL_Q} {OFFICIAL_BY/j}. {@V_ROAD} "
        "{@V_MET}\n{@V_SIGHT} {@V_BUY} {@V_SUM}",
    ),
    "V_ROAD": (
        "On the bus, {SOME} {j=CROWD_Q} {CROWD_BY/j} [sang|slept|ate onions|played cards|quarreled] {FOR_TIME}.",
        "Our road was [bumpy|steep|muddy|long|crooked], and {j=a THING_Q} {THING_BY/j} fell [from the roof|on my "
        "foot|out of the window].",
        "We {WALKED} there {HOW_MOVED}, with {j=PRODUCE_Q} {PRODUCE_BY/j} and {DRINK} in the bag.",
        "The {w=WEATHER} came {THEN}, {HAPPENED/w}, and of course we had no {WEAR/w}.",
        "Our driver, {j=a OFFICIAL_Q} {OFFICIAL_BY/j} on other days, [got lost|knew every tree|stopped for a "
        "{ANIMAL}] {THEN}.",
    ),
    "V_SIGHT": (
        "Near {v}, we saw {SIGHT/v} and {j=a OFFICIAL_Q} {OFFICIAL_BY/j} who [painted|counted|photographed|admired] "
        "them.",
        "The {SIGHT/v} were [closed|lovely|smaller than I thought|worth the way|full of {CROWD}], and we stayed "
        "{FOR_TIME}.",
        "Among the {SIGHT/v}, {j=a ANIMAL_Q} {ANIMAL_BY/j} [slept|hid|sang|waited for crumbs] {FOR_TIME}.",
        "For the {SIGHT/v} you need {A_TIME} and [good shoes|a hat|patience|a guide|a map].",
    ),
    "V_BUY": (
        "I bought {SOUVENIR/v} and {j=a THING_Q} {THING_BY/j} for {SOME} coins.",
        "For {SOME} coins I got {SOUVENIR/v}, {j=MEAL_Q} {MEAL_BY/j} and {DRINK}.",
        "One {j=OFFICIAL_Q} {OFFICIAL_BY/j} sold us {SOUVENIR/v} {THEN}, [too dear|very cheap|with a long story].",
        "We tried {SOUVENIR/v} and {DRINK} {BY} the {LANDMARK} and were {GLAD_OF}.",
    ),
    "V_MET": (
        "There I met {h=PERSON:full} from {h.street}, who likes {h.hobby} and had come with {SOME} {j=CROWD_Q} "
        "{CROWD_BY/j}.",
        "In {v}, {j=a OFFICIAL_Q} {OFFICIAL_BY/j} asked me about {h=ADULT:full}, the {h.trade} from the {h.work}.",
        "Of its {v.inhabitants} inhabitants, {SOME} {CROWD} looked at my {j=CLOTHES_Q} {CLOTHES_BY/j} {FOR_TIME}.",
        "Two {CROWD} showed us the way to the {LANDMARK}, [for nothing|in exchange for a song|and told jokes].",
    ),
    "V_WORK": (
        "{h.She} is {a h.trade} at the {h.work} on {h.work.street}, where I bought {SOME} {HANDY} {WARE/h.trade} "
        "{AGO}. {@V_SHOP} {@V_GOODS} {@V_ASKED}\n{@FREE_h} {@KIN_h} {@V_SUM}",
    ),
    "V_SHOP": (
        "The house from {h.work.built} is [cold|cozy|tidy|small|bright|noisy|narrow|dusty|warm|charming], and {AGO} "
        "{MISHAP/h.trade} there.",
        "Inside, {j=a ANIMAL_Q} {ANIMAL_BY/j} sat on {j=a FURNITURE_Q} {FURNITURE_BY/j} and [slept|watched us|"
        "looked proud].",
        "I waited {FOR_TIME} between {j=a OFFICIAL_Q} {OFFICIAL_BY/j} and {SOME} {WARE/h.trade}.",
        "While {h.she} looked for {h.hers} {h.work.tool}, {SOME} {CROWD} [came in|asked for the price|sang a song].",
    ),
    "V_GOODS": (
        "Those {WARE/h.trade} are [good|well made|beautiful|worth it|solid|a joy], but {h.hers} {h.work.goods} are "
        "[better still|even more famous|too dear for me].",
        "For the {h.work.goods} I paid {SOME} coins and [was {GLAD_OF}|got a smile as well|would have paid more].",
        "When I complained {HOW_SAID}, {h.she} [laughed|made new ones|listened] {FOR_TIME}.",
        "One of them broke {THEN}, but {h.she} [repaired it|gave me two others|paid it back] and added {REWARD}.",
    ),
    "V_ASKED": (
        "I had asked for {ORDER/h.trade}, and {h.she} needed only {A_TIME}.",
        'Asked about {ORDER/h.trade}, {h.she} {TOLD}: "[Why not|Nothing easier|With pleasure|Let me think|My '
        'favorite|Again|For whom|Not before {DAY}|I have done worse]!"',
        "A man before me wanted {ORDER/h.trade}, and {h.she} [said yes|nodded|made a drawing|shook hands|began to "
        "measure|asked for my pencil] at once.",
        "Next week {h.she} will try {ORDER/h.trade}, and {SOME} {CROWD} want to watch.",
    ),
    "letter": (
        "Dear editor,\n{@L_CAUSE}",
        "To the editor, on {DAY}\n{@L_CAUSE}",
        "Letter of {a SORRY_OF} reader\n{@L_CAUSE}",
    ),
    "L_CAUSE": (
        "The {j=OFFICIAL_Q} {OFFICIAL_BY/j} wants to put {j=a THING_Q} {x=THING_BY/j} {BY} the {l=LANDMARK}. "
        "{@L_AGAINST} {@L_BODY}",
        "Every {DAY}, {j=CROWD_Q} {CROWD_BY/j} leave {j=ODDS_Q} {x=ODDS_BY/j} {BY} the {l=LANDMARK}. {@L_AGAINST} "
        "{@L_BODY}",
        "Some {CROWD} painted {j=a THING_Q} {x=THING_BY/j} {COLOR} {AGO} and left it {BY} the {l=LANDMARK}. "
        "{@L_AGAINST} {@L_BODY}",
        "Nobody cares about the {j=THING_Q} {x=THING_BY/j} {BY} the {l=LANDMARK}. {@L_AGAINST} {@L_BODY}",
    ),
    "L_AGAINST": (
        "That is [bad|a shame|no joke|dangerous] and makes {j=CROWD_Q} {CROWD_BY/j} {SORRY_OF}.",
        "I think it is [funny|nice|useful|a good idea], but {SOME} {CROWD} are {SORRY_OF} about it.",
        "Because of this, {SOME} {j=CROWD_Q} {CROWD_BY/j} [lost their way|stayed away|complained|moved out] {AGO}.",
        "First I was {GLAD_OF}, but now I am {SORRY_OF}.",
        "Who will pay for it, the {j=OFFICIAL_Q} {OFFICIAL_BY/j} or the {CROWD}?",
    ),
    "L_BODY": ("{@L_STORY} {@L_WITNESS}\n{@L_IDEA} {@L_IDEA2} {@L_SIGN}",),
    "L_STORY": (
        "My {j=CLOTHES_Q} {CLOTHES_BY/j} [got torn|was ruined|turned {COLOR}] there {AGO}.",
        "Only {AGO}, {j=a OFFICIAL_Q} {OFFICIAL_BY/j} [fell|stumbled|tripped] there and lost {SOME} {ODDS}.",
        "When the {w=WEATHER} came {AGO}, {HAPPENED/w}, and I [waited|stood|sat] there alone {FOR_TIME}.",
        "In my youth there was a [green|stone|wide|wooden] bench {BY} the {l}, and {CROWD} [sang|danced|met|ate "
        "{PRODUCE}] there.",
        "Has the mayor ever sat {BY} the {l} {FOR_TIME}? I have, with {SOME} {j=CROWD_Q} {CROWD_BY/j}.",
    ),
    "L_WITNESS": (
        "Nobody suffers more than {s=PLAYER:full}, who plays the {s.instrument} {OFTEN} and needs quiet.",
        'My neighbor {s=ADULT:full}, {a s.trade}, saw it all and {TOLD}: "[Enough|Not again|What next|Poor town]!"',
        "Ask {s=ADULT:full} from the {s.work}, who dropped {SOME} {HANDY} {WARE/s.trade} there {AGO}.",
        "Little {s=CHILD:full} of {s.street}, {s.years} years old, was {s.hobby} there {AGO} and [got hurt|ran home|"
        "cried].",
        "Poor {o=OWNER:petname}, the {o.pet.color} {o.pet.species} of {o.full}, {SOUND/o.pet.species} {FOR_TIME} "
        "when it came by.",
    ),
    "L_IDEA": (
        "Why not put a [long|green|stone|wooden] bench there, with {SOME} {FLOWER}?",
        "Instead, the {j=OFFICIAL_Q} {OFFICIAL_BY/j} should plant {COLOR} {FLOWER} {BY} the {LANDMARK-l}.",
        "My idea: {SOME} {j=CROWD_Q} {CROWD_BY/j}, {j=a THING_Q} {THING_BY/j} and {A_TIME} would do.",
        "Let us ask the {CROWD} of {v=VILLAGE}; they have {v.known} and [no such trouble|better manners|a wise mayor].",
    ),
    "L_IDEA2": (
        "It need not cost more than {SOME} coins and {DRINK} for {j=CROWD_Q} {CROWD_BY/j}.",
        "If nothing happens by {DAY}, I will [sit|sing|protest|sleep] there {AS_LONG} with {j=a THING_Q} {THING_BY/j}.",
        "Then even the {j=OFFICIAL_Q} {OFFICIAL_BY/j} would be {GLAD_OF}.",
        "Do it before {f=FEAST} in {f.month}, when {j=CROWD_Q} {CROWD_BY/j} come to {f.place}!",
    ),
    "L_SIGN": (
        "Yours [truly|sincerely|faithfully|in hope], {h=ADULT-s:full}, {h.trade}, {h.street}",
        "With [kind|angry|sad|warm] greetings, {h=ADULT-s:full} and {h.hers} {h.spouse.spouse_word} {h.spouse}, "
        "{h.street}",
        "In haste, {h=ADULT-s:full} from the {h.work} on {h.work.street}",
        "Written {THEN} by {h=ADULT-s:full}, [worried|proud|tired|sleepless|patient] parent of {h.elder} and "
        "{h.younger}",
    ),
}
