"""Tiny tales: someone wants something, something comes in between, and in the end there is a lesson, or none."""

RULES = {
    "tale": (
        "Once there was {t=a TRAIT} {a=OFFICIAL} who wanted {q=a QUALITY} {x=THING}. {@B_WANT}",
        "There once lived {t=a BEAST} {a=WILD} {BY} the {l=LANDMARK}. {@B_WILD}",
        "One {DAY} in {SEASON}, {h=ADULT:full} lost {q=a QUALITY} {x=THING}. {@B_LOST}",
        "In {v=VILLAGE}, people tell of {q=a QUALITY} {COLOR} {x=THING}. {@B_MAGIC}",
        "Long ago, {t=a TRAIT} {a=OFFICIAL} and {u=a BEAST} {w=WILD} made a bet. {@B_BET}",
        "Because {c=CHILD:full} was {m=MOOD}, everything went differently. {@B_CHAIN}",
    ),
    "B_WANT": (
        "It had to be {COLOR}, with {NUMBER} {QUALITY} {ODDS} on it. {@B_ASK} {@B_TRADE} {@B_RAIN}\n{@B_TURN} "
        "{@B_AFTER} {@B_MORAL}",
    ),
    "B_ASK": (
        "So the {a} {MOVED} {MANNER} to {h=ADULT:full} the {h.trade} at the {h.work} and asked for one {MANNER}.",
        "Neither the {TRAIT} {CROWD} {BY} the {LANDMARK} nor {a TRAIT} {OFFICIAL-a} had one.",
        "For {SPAN} the {a} looked {BY} the {ASPECT} {LANDMARK} and {ON} every {COLOR} {FURNITURE}.",
        "At the market, one cost {NUMBER} coins, but the {a} had only {NUMBER} {QUALITY} {ODDS}.",
    ),
    "B_TRADE": (
        "For {NUMBER} {FRESH} {PRODUCE} the {a} got {y=a QUALITY} {THING-x}, and for that {a COLOR} {CLOTHES}.",
        'One {BEAST} {WILD} {SAID} {MANNER}: "I give you one for {NUMBER} {FRESH} {PRODUCE}."',
        "At night the {a} dreamed of {a BEAST} {COLOR} {WILD} that sat {ON} the {x} {UNTIL}.",
        "Then {a TRAIT} neighbor gave the {a} {a QUALITY} {COLOR} {THING-x} and {SAID} it was {a x}.",
    ),
    "B_RAIN": (
        "But then came the {w=WEATHER}: {HAPPENED/w}, and the {a} was {GRUMPY} {UNTIL}{@TAIL}",
        "On the way home, {@EVENT}, and the {a} fell {MANNER} into {a COLOR} {THING-x}.",
        "Nobody believed it, least of all {TRAIT} {CROWD} with {QUALITY} {COLOR} {ODDS}.",
    ),
    "B_TURN": (
        "In the end, there it stood {ON} {a QUALITY} {COLOR} {FURNITURE}: {a q} {x}, {NICE} and {COLOR}!",
        "At last {a TRAIT} child brought the {x}; it had lain {BY} the {ASPECT} {LANDMARK} {UNTIL}.",
        "When the {a} stopped looking, {a BEAST} {WILD} {CARRIED} the {x} {MANNER} through the {ROOM}.",
    ),
    "B_AFTER": (
        "The {a} held the {x} {UNTIL}, was {GLAD}, and gave it {WHEN} to {TRAIT} {CROWD}.",
        "Now that the {a} had it, {a QUALITY} {COLOR} {THING-x} seemed much more {NICE}.",
        "From that {DAY} on, the {a} slept {ON} {a QUALITY} {FURNITURE} with the {x} in one hand{@TAIL}",
    ),
    "B_MORAL": (
        "So it goes with {TRAIT} people: {MOOD} {WHEN}, {MOOD} {WHEN}.",
        "Who is {GRUMPY} {WHEN} should eat {FRESH} {PRODUCE} first.",
        "Lesson: never trust {a BEAST} {WILD} with {QUALITY} {ODDS}.",
        "And if nobody has moved it, it still stands {BY} the {ASPECT} {LANDMARK}.",
        "The moral? {^a QUALITY} {THING} is no {FURNITURE}.",
        "Some say it was {a TRAIT} {OFFICIAL}; I say it was {a BEAST} {WILD}.",
    ),
    "B_WILD": (
        "The {a} was {MOOD} and {MOOD} and owned {NUMBER} {QUALITY} {COLOR} {ODDS}. {@W_WISH} {@W_TRY} "
        "{@W_FAIL}\n{@W_HELP} {@W_THEN} {@W_MORAL}",
    ),
    "W_WISH": (
        "More than anything, it wished for {a QUALITY} {COLOR} {x=THING}, like that of {TRAIT} {CROWD}.",
        "Every {DAY} {WHEN}, it looked {MANNER} at {a QUALITY} {COLOR} {x=THING} in the window of {a TRAIT} "
        "{OFFICIAL}.",
        "It had {a QUALITY} {COLOR} {x=THING}, but wanted to be {a TRAIT} {OFFICIAL}.",
    ),
    "W_TRY": (
        "One day it {MOVED} {MANNER} into the {ROOM} and sat {ON} {a QUALITY} {FURNITURE} {UNTIL}.",
        "So it put on {a COLOR} {CLOTHES} and {MOVED} {MANNER} past {NUMBER} {TRAIT} {CROWD}.",
        "It asked {b=a BEAST} {WILD-a}, which only laughed {MANNER} and ate {FRESH} {PRODUCE}.",
        "To practice, it {CARRIED} {a QUALITY} {THING-x} from the {ASPECT} {LANDMARK} to the {LANDMARK-l}.",
    ),
    "W_FAIL": (
        'But {a TRAIT} {OFFICIAL} came with {a QUALITY} {COLOR} {THING-x} and {SAID} {MANNER}: "{CALLING}!"',
        "However, the {w=WEATHER} came, {HAPPENED/w}, and the {a} was {GRUMPY} {UNTIL}{@TAIL}",
        "Unfortunately {@EVENT}, and the {a} had to hide {ON} {a COLOR} {FURNITURE}.",
    ),
    "W_HELP": (
        "It was {c=CHILD:full} from {c.street} who helped: {c.she} was {c.hobby} there and gave it {NUMBER} {FRESH} "
        "{PRODUCE}{@TAIL}",
        "Only {h=ADULT:full}, the {h.trade}, was {GLAD} and lent it {h.hers} {h.work.tool} {UNTIL}{@TAIL}",
        "Then {o=OWNER:petname}, {a o.pet.color} {o.pet.species}, {STEP/o.pet.species} by and {ACT/o.pet.species} "
        "the {x}{@TAIL}",
    ),
    "W_THEN": (
        "So the {a} got what it wanted and gave {TRAIT} {CROWD} {NUMBER} {QUALITY} {ODDS} for it.",
        "After {SPAN} the {a} was {GLAD}, {BY} the {ASPECT} {LANDMARK} and with {TASTE} {DISH}.",
        "The {x} turned {COLOR}, the {TRAIT} {OFFICIAL} turned {MOOD}, and the {a} {MOVED} home {MANNER}.",
    ),
    "W_MORAL": (
        "Since then it is {MOOD} {WHEN}, and nobody knows why{@TAIL}",
        "If you hear it {BY} the {LANDMARK-l} {WHEN}, say hello {MANNER}.",
        "Even {a BEAST} {a} can be {GLAD}, if {TRAIT} {CROWD} let it.",
    ),
    "B_LOST": (
        "As {a h.trade}, {h.she} needed it for {NUMBER} {QUALITY} {WARE/h.trade}, so {h.she} was {GRUMPY}. {@L_SEEK} "
        "{@L_CLUE} {@L_MEET}\n{@L_FIND} {@L_WHY} {@B_MORAL}",
    ),
    "L_SEEK": (
        "{h.She} {MOVED} {MANNER} through the {h.work} and looked {ON} {a QUALITY} {COLOR} {FURNITURE}.",
        "On {h.street}, where {h.she} lives, {h.she} asked {TRAIT} {CROWD} and {a TRAIT} {OFFICIAL} {UNTIL}.",
        "With {h.hers} {h.work.tool} {h.she} dug {MANNER} {BY} the {ASPECT} {LANDMARK} {UNTIL}.",
    ),
    "L_CLUE": (
        "There lay {NUMBER} {QUALITY} {COLOR} {ODDS}, which led {MANNER} to the {ASPECT} {LANDMARK}.",
        "All {h.she} {FOUND} was {a BEAST} {WILD} {ON} {a QUALITY} {FURNITURE} and {FRESH} {PRODUCE}.",
        "Instead of the {x}, {h.she} {FOUND} {a QUALITY} {COLOR} {y=THING-x} {BY} the {LANDMARK}.",
    ),
    "L_MEET": (
        'Then {a TRAIT} {OFFICIAL} in {a COLOR} {CLOTHES} {SAID} {MANNER}: "{CALLING}! I saw {a BEAST} {WILD}."',
        "Even {h.spouse}, {h.hers} {h.spouse.spouse_word}, {a h.spouse.trade}, could only be {MOOD} about it{@TAIL}",
        "Meanwhile {h.hers} {h.elder.son} {h.elder} was {h.elder.hobby} and {SAID} nothing {UNTIL}{@TAIL}",
    ),
    "L_FIND": (
        "{h.She} came home {WHEN}, and there stood the {x}, {ON} {a QUALITY} {COLOR} {FURNITURE} in the {ROOM}.",
        "At last {h.she} {FOUND} the {x} under {a BEAST} {COLOR} {WILD}, which was {MOOD}.",
        "Finally {TRAIT} {CROWD} {CARRIED} the {x} {MANNER} to {h.street}, with {TASTE} {DISH} in it.",
    ),
    "L_WHY": (
        "{h.Hers} {h.younger.son} {h.younger} had lent it to {a TRAIT} {OFFICIAL} for {NUMBER} {QUALITY} {ODDS}.",
        "The {h.elder.pet.species} {h.elder.pet} had hidden it there, because it smelled of "
        "{FODDER/h.elder.pet.species}{@TAIL}",
        "It had never been away; {h.she} had been {MOOD} and {h.hobby} {UNTIL}{@TAIL}",
    ),
    "B_MAGIC": (
        "Whoever touched the {x} {WHEN} became {MOOD} {UNTIL}. First {t=a TRAIT} {a=OFFICIAL} {@M_FIRST} "
        "{@M_SECOND}\n{@M_THIRD} {@M_WHERE} {@B_MORAL}",
    ),
    "M_FIRST": (
        "tried it, {MOVED} {MANNER} to {v.beside} and sang of {a BEAST} {WILD}.",
        "sat down on it and turned {COLOR}, from the {CLOTHES} to the {ODDS}.",
        "took it home, and at once {@EVENT}.",
    ),
    "M_SECOND": (
        "Then {TRAIT} {CROWD} wanted it and paid with {NUMBER} {QUALITY} {ODDS}, {SIGHT/v} and {SOUVENIR/v}.",
        'The next was {b=a BEAST} {WILD}, which {FOUND} it {WHEN} and {SAID} clearly: "{CALLING}!"',
        "After that {h=ADULT:full}, who was born in {h.village}, filled it {MANNER} with {DRINK} and {FRESH} "
        "{PRODUCE}.",
    ),
    "M_THIRD": (
        "But the {a} came back {WHEN}, {GRUMPY} and in {a COLOR} {CLOTHES}, and hid it {BY} the {ASPECT} {LANDMARK}.",
        "In the {w=WEATHER}, {HAPPENED/w}, and the {x} broke into {NUMBER} {QUALITY} {ODDS}.",
        "When {c=CHILD:full}, who likes {c.hobby}, laughed {MANNER} at it, the {x} became {QUALITY} and {COLOR}.",
    ),
    "M_WHERE": (
        "Today it stands {ON} {a QUALITY} {COLOR} {FURNITURE}, {v.kilometers} kilometers away, and {TRAIT} {CROWD} "
        "greet it {MANNER}.",
        "Only {v.inhabitants} people know where it is, and {a BEAST} {WILD}.",
        "People say that {WHEN}, beside {v.beside}, it can be heard {UNTIL}{@TAIL}",
    ),
    "B_BET": (
        "Who could hold {a QUALITY} {COLOR} {x=THING} {UNTIL}? The prize was {NUMBER} {QUALITY} {y=ODDS}. {@X_START} "
        "{@X_TRICK} {@X_CROWD}\n{@X_END} {@X_PRIZE} {@B_MORAL}",
    ),
    "X_START": (
        "The {a} went first, {MOVED} {MANNER} to the {ASPECT} {LANDMARK} and was {MOOD} {UNTIL}.",
        "First the {w} climbed {MANNER} {ON} {a QUALITY} {COLOR} {FURNITURE} with the {x}.",
        "At {DAY} noon they met {BY} the {ASPECT} {LANDMARK}, the {a} {MOOD}, the {w} {MOOD}.",
    ),
    "X_TRICK": (
        "The {w} had rubbed the {x} with {FRESH} {PRODUCE}, so that it was {QUALITY}.",
        "To win, the {a} had glued {NUMBER} {QUALITY} {ODDS-y} to one {CLOTHES}.",
        "But {a TRAIT} {OFFICIAL-a} told the {w} {MANNER} of {a BEAST} {COLOR} {WILD-w}.",
    ),
    "X_CROWD": (
        'All {CROWD} {SAID} {MANNER}: "{CALLING}!" and ate {TASTE} {DISH}.',
        "Among those who watched was {h=PERSON:full} from {h.street}, {MOOD} as always when not {h.hobby}{@TAIL}",
        "While they waited, {@EVENT}.",
    ),
    "X_END": (
        "After {SPAN} the {x} fell {ON} {a QUALITY} {COLOR} {FURNITURE}, and the {a} was {MOOD}.",
        "Then the {o=WEATHER} came, {HAPPENED/o}, and both ran {MANNER} into the {ROOM}{@TAIL}",
        "At last the {w} sneezed, and {a QUALITY} {THING-x} fell on the {a}{@TAIL}",
    ),
    "X_PRIZE": (
        "They shared the {y} and {TASTE} {DISH} {BY} the {ASPECT} {LANDMARK}.",
        "The {w} won, but gave the {y} {MANNER} to {TRAIT} {CROWD}.",
        "The {a} won, and the {w} got {NUMBER} {FRESH} {PRODUCE} and {a COLOR} {CLOTHES}.",
    ),
    "B_CHAIN": (
        "{c.She} kicked {a QUALITY} {COLOR} {x=THING}, which hit {a TRAIT} {a=OFFICIAL}. {@K_ONE} {@K_TWO} "
        "{@K_THREE}\n{@K_BACK} {@PARENTS_c} {@K_END}",
    ),
    "K_ONE": (
        "The {a} dropped {NUMBER} {QUALITY} {ODDS}, and {TRAIT} {CROWD} slipped on them {MANNER}.",
        "Startled, the {a} threw {a COLOR} {CLOTHES} over {b=a BEAST} {WILD}, which {MOVED} {MANNER} away.",
        "So the {a} cried out {MANNER}, and {a QUALITY} {FURNITURE} fell from the cart of {a TRAIT} {OFFICIAL-a}.",
    ),
    "K_TWO": (
        "That woke {o=OWNER:petname}, {a o.pet.color} {o.pet.species}, which {SOUND/o.pet.species} {MANNER} and "
        "{ACT/o.pet.species} {a QUALITY} {THING-x}.",
        "Because of the noise, {h=ADULT:full} at the {h.work} dropped {NUMBER} {QUALITY} {COLOR} {WARE/h.trade}.",
        "This made {h=ADULT:full}, {a h.trade}, so {MOOD} that the {MACHINE/h.trade} stood still {UNTIL}.",
    ),
    "K_THREE": (
        "So the {TRAIT} {CROWD} got no {DISH}, and {@EVENT}.",
        "Therefore the bus to {v=VILLAGE} left {MANNER} without its driver, full of {TRAIT} {CROWD} and {FRESH} {PRODUCE}.",
        "And so {a BEAST} {WILD} slept {ON} {a QUALITY} {COLOR} {FURNITURE} in the {ROOM} of {a TRAIT} {OFFICIAL-a}.",
    ),
    "K_BACK": (
        "In the end, the {a} brought the {x} back {MANNER}, {COLOR} and {QUALITY}.",
        "At last, the {x} lay {BY} the {ASPECT} {LANDMARK}, and {c} was {MOOD}.",
        'When the {a} stood at the door on {c.street}, {c.she} only {SAID}: "{CALLING}!"',
    ),
    "K_END": (
        "Next time {c.she} will kick {a QUALITY} {THING-x}, {MANNER} and {WHEN}.",
        "Now {c} is {GLAD} and {c.hobby} again, far from {TRAIT} {CROWD}.",
        "All this because somebody was {m} {WHEN}{@TAIL}",
    ),
}
