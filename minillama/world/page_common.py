"""Sentences that fit into many kinds of pages: small events, what people say, how things end.

EVENT is a clause of the past; QUOTE_h and QUOTE_c are what an adult h or a child c says; CAME brings in a helper, s.
"""

RULES = {
    "EVENT": (
        "somebody left {j=a THING_Q} {THING_BY/j} {BY} the {LANDMARK}, and nobody [claimed|wanted|missed] it",
        "two {CROWD} [argued|sang|played cards|quarreled|danced] {BY} the {LANDMARK} {FOR_TIME}",
        "our {OFFICIAL} [slipped on the ice|fell into the fountain|missed the bus|lost a glove|fell asleep on the "
        "bus|got lost in the fog|locked the wrong door|won a goose|sang in the street|forgot the keys|broke a "
        "window]",
        "the power failed, and everyone [lit candles|went to bed|told stories|played cards|ate cold supper]",
        "one lost {ANIMAL} [walked into the church|sat on the bus|slept in the post office|crossed the market] and "
        "had to be [carried|led|chased|lured] out",
        "some {CROWD} painted the {j=LANDMARK_Q} {LANDMARK_BY/j} {COLOR} and got [into trouble|a medal|wet paint on "
        "their shoes]",
        "a parcel for the {j=OFFICIAL_Q} {OFFICIAL_BY/j} [fell off the cart|was lost|came a year late|arrived at "
        "the wrong house]",
        "half of the {j=CROWD_Q} {CROWD_BY/j} [caught a cold|missed the train|got soaked|lost their hats]",
        "an old [tree|wall|lamp post|chimney] fell over and blocked the way to the {j=LANDMARK_Q} {LANDMARK_BY/j}",
        "no bus came, and the {j=CROWD_Q} {CROWD_BY/j} [walked home|sang until it did|took a hay cart|stayed for "
        "supper]",
        "everybody was out to look at [the moon|a rainbow|a balloon|the flood|a strange ship|the first snow]",
        "many {CROWD} stood in line for {j=MEAL_Q} {MEAL_BY/j}",
        "there was no water {FOR_TIME}, and people drank {DRINK}",
        "workers dug a hole {BY} the {LANDMARK} and found {j=ODDS_Q} {ODDS_BY/j} in it",
        "his honor the mayor [dropped|lost|sat on|forgot] {j=a THING_Q} {THING_BY/j}",
        "three {CROWD} tried to catch a {COLOR} [balloon|hat|hen|kite|pig|goat] {FOR_TIME}",
    ),
    "CLOSE": (
        "Nobody was hurt[.|, and the {CROWD} went home {THEN}.|; only the {j=OFFICIAL_Q} {OFFICIAL_BY/j} lost a "
        "[hat|shoe|glove|button].]",
        "The {j=CROWD_Q} {CROWD_BY/j} [talked|laughed|argued|sang|wrote home] about it {FOR_TIME}.",
        "To celebrate, the {j=CROWD_Q} {CROWD_BY/j} shared {j=MEAL_Q} {MEAL_BY/j} and {DRINK}.",
        "Everyone who [helped|watched|came|stayed] got {DRINK} and {j=MEAL_Q} {MEAL_BY/j}.",
        "Our {j=OFFICIAL_Q} {OFFICIAL_BY/j} wants to [write a poem|give a speech|write a song|put up a sign|tell "
        "the children] about it.",
        "A [photograph|drawing|painting] of it now hangs in the [town hall|tea room|post office|barber shop|hotel].",
        "It was the [talk|joke|wonder|event|surprise] of the [week|month|day|season|year], said {j=a OFFICIAL_Q} "
        "{OFFICIAL_BY/j}.",
        "On {DAY}, the {j=CROWD_Q} {CROWD_BY/j} will meet again {BY} the {LANDMARK}.",
        "Only the {j=OFFICIAL_Q} {OFFICIAL_BY/j} [missed it|slept through it|saw nothing of it] and was {SORRY_OF}.",
        "So ended a [long|strange|lively|noisy|happy|busy|memorable|wet|short] {DAY}, and {j=CROWD_Q} {CROWD_BY/j} "
        "[walked|rode|went] home.",
        "What remains is [a good story|a scratch on the wall|a long bill|a puddle|a smell of smoke|a funny song] "
        "and {j=a THING_Q} {THING_BY/j} that nobody owns.",
        'Then the {j=OFFICIAL_Q} {OFFICIAL_BY/j} [said|cried|called]: "[Enough for today|To supper, everyone|Back '
        'to work|Home with you]!"',
        "By the way: {AGO} {@EVENT}.",
        "For once, even the {j=OFFICIAL_Q} {OFFICIAL_BY/j} was {GLAD_OF}.",
    ),
    "QUOTE_h": (
        '"I was {SORRY_OF} at first and {GLAD_OF} afterwards," {h.she} {TOLD} {THEN}.',
        '"What a [day|week|morning|surprise|story|mess|town|joke|relief|season]!" {h.she} {TOLD} {THEN}.',
        '"My {h.spouse.spouse_word} {h.spouse} will [laugh at me|never believe it|hear all about it|tell everyone|'
        'want to see it|need a chair|be {GLAD_OF}]," {h.she} {TOLD} {THEN}.',
        '"Things like that never happen at the {h.work}," {h.she} {TOLD} {THEN}.',
        '"I have been {a h.trade} for [ten|twelve|fifteen|twenty|eleven|eighteen] years, and this is the [best|'
        'worst|oddest|finest] yet," {h.she} {TOLD} {THEN}.',
        '"Next time I will bring {j=a THING_Q} {THING_BY/j}," {h.she} {TOLD} {THEN}.',
        '{h.She} said {HOW_SAID}: "[It could be worse|That is life|Let us not speak of it|I should have stayed in '
        "bed|My feet hurt|Is there any cake|Who would have thought|I will sleep well tonight|It was my turn|I have "
        'seen stranger things|Better late than never|Tomorrow is another day|Nobody is perfect|I need a chair]."',
        '"I only wanted to [go for a walk|buy some {PRODUCE}|fetch the mail|get home for supper|ask for the time]," '
        "{h.she} {TOLD} {THEN}.",
    ),
    "QUOTE_c": (
        '"I was {SORRY_OF} at first, but now I am {GLAD_OF}," {c.she} {TOLD} {THEN}.',
        '"My {c.sibling.brother} {c.sibling} will [be jealous|never believe it|laugh at me|want one too]," {c.she} '
        "{TOLD}.",
        '"May I do it again [tomorrow|next week|on {DAY}|after supper|right now|with my friends|every day]?" '
        "{c.she} asked {HOW_SAID}.",
        '"Please do not tell my mother," {c.she} {TOLD} {THEN}.',
        '"When I grow up, I want to be a [judge|doctor|poet|plumber|reporter|sailor|mayor|bus driver]," {c.she} '
        "{TOLD}.",
        '{c.She} said {HOW_SAID}: "[It was not my fault|That was easy|I am hungry|I knew it|It was fun]."',
    ),
    "CAME": (
        "Along came {s=ADULT-h-h.spouse:full}, the {s.trade}, with {SOME} {HANDY} {WARE/s.trade}.",
        "Just then {s=ADULT-h-h.spouse:full} [passed|cycled|walked|hurried] by on the way to the {s.work}.",
        "Luckily {s=ADULT-h-h.spouse:full} from {s.street} was [near|awake|there|watching] and knew what to do.",
        "Help came from {s=ADULT-h-h.spouse:full}, {a s.trade}, who [made tea first|took charge at once|brought a "
        "rope|had an idea].",
        "It was {s=ADULT-h-h.spouse:full} from the {s.work} who found the answer {THEN}.",
    ),
}
