"""Sentences that state what is true of a person: forced words, with choices of how to say it and of a small event.

They speak of the person whom a template calls ``h``; ``about`` rewrites them for another letter. WORK and KIN are for
adults, PARENTS for children.
"""

import re

_HERO = re.compile(r"\bh(?=\.)")
_FACTS = {
    "WORK": (
        "{h.She} works at the {h.work} on {h.work.street} and {MADE/h.trade} {SOME} {HANDY} {WARE/h.trade} {AGO}.",
        "{h.She} is {a h.trade} and makes {h.work.goods}, [mostly|usually|chiefly|often] for "
        "{j=CROWD_Q} {CROWD_BY/j} from {VILLAGE}.",
        "One {j=OFFICIAL_Q} {OFFICIAL_BY/j} came to the {h.work} {AGO} and [wanted|ordered|asked for] {ORDER/h.trade}; "
        "{h.she} needed {A_TIME} for it.",
        "Not everything goes well at the {h.work}, where {h.she} works: {AGO} {MISHAP/h.trade}, and {SOME} "
        "{j=CROWD_Q} {CROWD_BY/j} had to wait.",
        "It had been a [hard|bad|long|strange|busy] day at the {h.work}: {MISHAP/h.trade}, and the {MACHINE/h.trade} "
        "[stood still|rattled|made strange noises|needed repair] {FOR_TIME}.",
        "{h.Hers} place of work is the {h.work}, built in {h.work.built}, where they {MADE/h.trade} {SOME} {HANDY} "
        "{WARE/h.trade} {AGO}.",
        "People know {h.her} as the {h.trade} from the {h.work}, and {j=CROWD_Q} {CROWD_BY/j} come {OFTEN} to buy "
        "{WARE/h.trade}.",
        "As {a h.trade}, {h.she} {MADE/h.trade} {SOME} {HANDY} {WARE/h.trade} {AGO}, [which took|all in|and needed] "
        "{A_TIME}.",
        "Like every {h.trade}, {h.she} has {a h.work.tool}, but {AGO} {h.she} [left it|dropped it|lost it] {BY} the "
        "{j=LANDMARK_Q} {LANDMARK_BY/j} and was {SORRY_OF}.",
        "At the {h.work}, [the|only the] {MACHINE/h.trade} gives {h.her} trouble: {AGO} it [stopped|stood still|"
        "squeaked|"
        "smoked] {FOR_TIME}.",
    ),
    "HOME": (
        "{h.She} lives on {h.street}, where {AGO} {@EVENT}.",
        "{h.Hers} home is on {h.street}, and {OFTEN} {h.she} [sits at the window|waters the flowers|talks to the "
        "neighbors|sweeps the steps|reads on the stairs|feeds the birds].",
        "Born in {h.village}, {h.she} now lives on {h.street} and [feels at home|is happy|has many friends|likes "
        "the quiet|never wants to leave|knows everyone] there.",
        "{h.She} comes from {h.village} beside {h.village.beside} and still [dreams of|talks of|misses|paints] the "
        "{SIGHT/h.village}.",
        "In {h.village}, where {h.she} was born, {h.she} bought {SOUVENIR/h.village} and {j=a THING_Q} {THING_BY/j} "
        "{AGO}.",
        "The {h.family} family lives on {h.street} and had {SOME} {j=CROWD_Q} {CROWD_BY/j} as guests {AGO}.",
        "From {h.hers} window on {h.street}, {h.she} [saw|watched|heard|greeted] {SOME} {j=CROWD_Q} {CROWD_BY/j} "
        "{THEN}.",
        "On {h.street}, where {h.she} lives, {j=CROWD_Q} {CROWD_BY/j} [wave|nod|call hello|smile] when {h.she} "
        "[comes home|goes to work|"
        "opens the window|takes a walk].",
    ),
    "FREE": (
        "In {h.hers} free time {h.she} likes {h.hobby}, [best|mostly|usually|sometimes even] {OFTEN}.",
        "{h.Hers} great love is {h.hobby}, but {AGO} {h.she} [lost|broke|forgot|mislaid] {h.hers} {GEAR/h.hobby} "
        "{BY} the {LANDMARK}.",
        "When nobody needs {h.her}, {h.she} is [happiest|busy|usually found|always] {h.hobby}.",
        "{h.She} spent {A_TIME} {h.hobby} {AGO} and was {GLAD_OF} about it.",
        "Nothing makes {h.her} so [happy|calm|proud|cheerful|content] as {h.hobby}, except perhaps {j=MEAL_Q} "
        "{MEAL_BY/j}.",
        "{h.She} likes {h.hobby} and never [lends out|forgets|gives away|loses sight of] {h.hers} {GEAR/h.hobby}, "
        "not even for {j=a OFFICIAL_Q} {OFFICIAL_BY/j}.",
    ),
    "KIN": (
        "{h.Hers} {h.spouse.spouse_word} {h.spouse} is {a h.spouse.trade} and {MADE/h.spouse.trade} {SOME} "
        "{WARE/h.spouse.trade} {AGO}.",
        "{h.She} and {h.hers} {h.spouse.spouse_word} {h.spouse} have two children, {h.elder} and {h.younger}, who "
        "were {GLAD_OF} when they heard of it {THEN}.",
        "{h.Hers} {h.elder.son} {h.elder} has {a h.elder.pet.color} {h.elder.pet.species} called {h.elder.pet}, "
        "which {DEED/h.elder.pet.species} {AGO}.",
        "{h.Hers} {h.younger.son} {h.younger} is {h.younger.years} years old, likes {h.younger.hobby} and got {j=a "
        "THING_Q} {THING_BY/j} {AGO}.",
        "{h.Hers} {h.spouse.spouse_word} {h.spouse}, who likes {h.spouse.hobby}, [laughed about it|"
        "knew nothing of it|came to help|heard it {THEN}|waited with {DRINK}|brought {j=MEAL_Q} {MEAL_BY/j}].",
        "{h.Hers} {h.elder.son} {h.elder}, who likes {h.elder.hobby}, [missed it all|told the whole school|wants to "
        "write it down|was {SORRY_OF} about it].",
        "At home, {h.spouse} and the children {h.elder} and {h.younger} waited {FOR_TIME} with {j=MEAL_Q} {MEAL_BY/j}.",
    ),
    "PARENTS": (
        "{h.Hers} mother {h.mother} is {a h.mother.trade} and {MADE/h.mother.trade} {SOME} {HANDY} "
        "{WARE/h.mother.trade} {AGO}.",
        "{h.Hers} father {h.father} is {a h.father.trade} and {MADE/h.father.trade} {SOME} {HANDY} "
        "{WARE/h.father.trade} {AGO}.",
        "{h.Hers} father {h.father} works at the {h.father.work}, where {AGO} {MISHAP/h.father.trade}, and {SOME} "
        "{CROWD} had to wait.",
        "{h.Hers} mother {h.mother} works at the {h.mother.work}, where {AGO} {MISHAP/h.mother.trade}, and {SOME} "
        "{CROWD} had to wait.",
        "{h.Hers} {h.sibling.brother} {h.sibling} likes {h.sibling.hobby} and wants {j=a THING_Q} {THING_BY/j} for "
        "a birthday present.",
        "{h.Hers} parents, {h.mother} and {h.father}, were {GLAD_OF} when they heard of it {THEN}.",
        "{h.She} is {h.years} years old, and {AGO} {h.hers} {h.sibling.brother} {h.sibling} gave {h.her} {j=a THING_Q} "
        "{THING_BY/j}.",
        "{h.Hers} mother {h.mother}, {a h.mother.trade}, [laughed|sighed|smiled|shook her head] when she heard of it.",
    ),
}


def about(letter: str) -> dict[str, tuple[str, ...]]:
    """Return the rules for a person who is remembered under a letter.

    Example:
        >>> about("c")["FREE_c"][2]
        'When nobody needs {c.her}, {c.she} is [happiest|busy|usually found|always] {c.hobby}.'
    """
    return {f"{name}_{letter}": tuple(_HERO.sub(letter, text) for text in texts) for name, texts in _FACTS.items()}


RULES = {name: texts for letter in "hcso" for name, texts in about(letter).items()}
