"""Notices about what was lost or found."""

RULES = {
    "S_LOST": (
        "our pet {o=OWNER:petname}, {a o.pet.color} {o.pet.species}. {@S_PET} {@S_SEEN} {@S_KNOWN}\n{@S_REWARD} "
        "{@PARENTS_o} {@S_BACK}",
        "my {q=THING_Q} {x=THING_BY/q}, {AGO}, {BY} the {LANDMARK}. I am {c=CHILD:full} from {c.street}, {c.years} "
        "years old. {@S_HOW} {@S_DEAR}\n{@S_MINE} {@S_THING} {@S_COIN}",
    ),
    "S_PET": (
        "It belongs to {o.full}, {o.years} years old, of {o.street}, who has been {SORRY_OF} since {DAY}.",
        "Its owner is {o.full} from {o.street}, who left the [door|window|gate|hatch] open {THEN}.",
        '{o.full} from {o.street} misses it and [says|writes]: "[Come home|I am sorry|Who has seen it|It was my '
        'fault]."',
    ),
    "S_SEEN": (
        "It was last seen {BY} the {j=LANDMARK_Q} {LANDMARK_BY/j}, where it {DEED/o.pet.species} {AGO}.",
        "Someone saw it {AGO}, as it {STEP/o.pet.species} past the {j=LANDMARK_Q} {LANDMARK_BY/j}.",
        "The {j=OFFICIAL_Q} {OFFICIAL_BY/j} heard how something {SOUND/o.pet.species} {BY} the {LANDMARK} {AGO}.",
    ),
    "S_KNOWN": (
        "You know it by its [red ribbon|crooked ear|white spot|tiny bell|sad eyes|loud voice|funny walk|torn ear|"
        "proud look|blue collar|short tail|round belly].",
        "It once {DEED/o.pet.species}, so people know it.",
        "It is [shy|friendly|gentle|stubborn|curious] and [afraid of|fond of|used to] {CROWD}.",
        "It sleeps {OFTEN} and [wakes up|gets up] hungry.",
    ),
    "S_REWARD": (
        "Reward: {REWARD} and {j=a THING_Q} {THING_BY/j}.",
        "Whoever brings it home gets {REWARD}.",
        "The finder may spend {A_TIME} {o.hobby} with {o}.",
        "We cannot pay much, but {o} will give you {REWARD}.",
    ),
    "S_BACK": (
        'It comes if you call "{o.pet}" {HOW_SAID} and show it {FODDER/o.pet.species}.',
        "Careful: when it is {SORRY_OF}, it runs away.",
        "Do not feed it {MEAL}, only {FODDER/o.pet.species}.",
        "Please look [under the stairs|in the cellar|behind the shed|in the attic|in the garden] {COMING}.",
        "Without it, the house is [too quiet|empty|no fun], [say|write|find] {o.mother} and {o.father}, the parents.",
    ),
    "S_HOW": (
        "I was on the way [home|to school|to my grandmother|to the bakery], and {j=a ANIMAL_Q} {ANIMAL_BY/j} made "
        "me [laugh|run|stop].",
        "I had put it down for a moment to [tie my shoes|look at the ducks|eat a roll|help {j=a OFFICIAL_Q} "
        "{OFFICIAL_BY/j}].",
        "My {c.sibling.brother} {c.sibling} says I [dream too much|left it on the bus|should look under my bed].",
        "Perhaps it fell [from my bag|out of my pocket|off the cart|from my arm] when I ran from the rain.",
    ),
    "S_DEAR": (
        "It was a present from {s=ADULT-c.mother-c.father:full}, {a s.trade}, and is dear to me.",
        "Without it, I cannot think of {c.hobby}, which I like most.",
        "It is only {THING_IS/x}, but I was {GLAD_OF} with it.",
        "I had saved up for it {FOR_TIME}, and now I am {SORRY_OF}.",
    ),
    "S_MINE": (
        "My mother {c.mother}, {a c.mother.trade}, [does not know yet|says it will turn up|was {SORRY_OF}|lit a "
        "candle].",
        "My father {c.father}, {a c.father.trade}, [searched|looked everywhere|asked around] {FOR_TIME}.",
        "At the {c.father.work}, where my father {c.father} works, you can leave it {COMING}.",
        "My parents, {c.mother} and {c.father}, [will thank you|will cook for you|offer {SOME} coins].",
    ),
    "S_THING": (
        "You know it at once: the {x} has [my name on it|a blue spot|a small crack|a red ribbon|a picture of a fox|"
        "two holes|a stain of jam|a number inside].",
        "Please look {BY} the {j=LANDMARK_Q} {LANDMARK_BY/j} and [in your bags|under your bench|behind your door].",
        "Somebody saw {j=a ANIMAL_Q} {ANIMAL_BY/j} with it {THEN}.",
        "Do not [wash|open|shake|paint] it, please; it is {THING_IS/x}.",
    ),
    "S_COIN": (
        "Bring me the {x} on {DAY}, and I will [sing for you|share my cake|be your friend|do your homework].",
        "I give {SOME} {j=ODDS_Q} {ODDS_BY/j} for it, or {REWARD}.",
        "I will wait {BY} the {LANDMARK} on {DAY} {AS_LONG}.",
        "Whoever has it: I am not [angry|cross|strong], only {SORRY_OF}.",
    ),
    "S_FOUND": (
        "It lay there {AGO}, [under a bench|in the grass|in a puddle|behind a cart|among the leaves]. The finder is "
        "{h=ADULT:full}, {a h.trade}. {@HOME_h} {@S_KEEPS}\n{@WORK_h} {@S_PROOF} {@S_MEET}",
    ),
    "S_KEEPS": (
        "{h.Hers} {h.spouse.spouse_word} {h.spouse} would like to keep the {x}, but {h} [is honest|says no|feels "
        "sorry for the owner].",
        "Now it stands on {j=a FURNITURE_Q} {FURNITURE_BY/j} and [waits|is in the way|makes {h.her} nervous|looks "
        "lonely].",
        "The {j=OFFICIAL_Q} {OFFICIAL_BY/j} did not want it, and {SOME} {j=CROWD_Q} {CROWD_BY/j} only [shrugged|"
        "laughed|shook their heads].",
        "It seems {THING_IS/x} and must be dear to [somebody|a child|its owner|an old lady].",
    ),
    "S_PROOF": (
        "To get it back, tell us what is [written on it|missing|painted inside|inside|under it].",
        "We only ask for {REWARD}.",
        "If nobody comes before {DAY}, it goes to [a museum|a poor family|the night school|a school].",
        "So far, {SOME} {j=CROWD_Q} {CROWD_BY/j} have asked for it, but [none knew its color|they all wanted to pay|"
        "none could prove it].",
    ),
}
