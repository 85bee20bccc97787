"""Notices: for sale, wanted, lost, found, shop news, thanks, help."""

RULES = {
    "notice": (
        "For sale: {q=a QUALITY} {COLOR} {x=THING}. {@S_SALE}",
        "Wanted: {q=a QUALITY} {x=THING}. {@S_WANTED}",
        "Lost: {@S_LOST}",
        "Found {BY} the {ASPECT} {LANDMARK}: {q=a QUALITY} {COLOR} {x=THING}. {@S_FOUND}",
        "Shop news: {@S_SHOP}",
        "Thank you, {OFFICIAL}! {@S_THANKS}",
        "Help needed {BY} the {ASPECT} {LANDMARK}: {@S_HELP}",
    ),
    "S_SALE": (
        "It belongs to {h=ADULT:full} of {h.street}, who {FOUND} it {PAST} and now has no room for it. {@S_WHY} "
        "{@WORK_h}\n{@S_STATE} {@S_PRICE} {@S_MEET} {@FREE_h}",
    ),
    "S_WHY": (
        "Our {ROOM} is full of {QUALITY} {COLOR} {ODDS}, and {h.hers} {h.spouse.spouse_word} {h.spouse} is {GRUMPY}.",
        "The money is for {a QUALITY} {COLOR} {THING-x}.",
        "{h.Hers} {h.elder.son} {h.elder} would rather have {a QUALITY} {COLOR} {THING-x}.",
        "The {h.elder.pet.species} of {h.hers} {h.elder.son} {h.elder} {ACT/h.elder.pet.species} it {PAST}{@TAIL}",
    ),
    "S_STATE": (
        "The {x} is a little {QUALITY}, but works well {WHEN}{@TAIL}",
        "It was cleaned {MANNER} and smells of {FRESH} {PRODUCE}.",
        "Only the lower half is {COLOR}; a tin of paint and {SPAN} will help{@TAIL}",
        "It was used only once, when the {TRAIT} {CROWD} came {PAST}.",
        "Please do not ask why there are {ODDS} in it{@TAIL}",
    ),
    "S_PRICE": (
        "Price: {NUMBER} coins, or {NUMBER} {QUALITY} {COLOR} {ODDS}.",
        "It costs no more than {NUMBER} {FRESH} {PRODUCE} and a cup of {DRINK}.",
        "{h.She} would trade it for {a QUALITY} {COLOR} {THING-x} or {NUMBER} {QUALITY} {WARE/h.trade}.",
        "The {TRAIT} {OFFICIAL} offered {NUMBER} coins; who offers more?",
    ),
    "S_MEET": (
        "Come {WHEN} and knock {MANNER}.",
        "Ask for it at the {h.work} on {h.work.street}, best {WHEN}{@TAIL}",
        "You can see it {BY} the {ASPECT} {LANDMARK} on {DAY}, {WHEN}.",
        "Leave a note {ON} the {QUALITY} {FURNITURE} at the {h.work}.",
    ),
    "S_WANTED": (
        "{h=ADULT:full}, {a h.trade}, needs it {WHEN} on {DAY}. {@S_NEED} {@WORK_h}\n{@S_PRICE} {@S_MEET} {@KIN_h} "
        "{@S_OFFER}",
    ),
    "S_NEED": (
        "Our last one fell {ON} the {QUALITY} {FURNITURE} and is {QUALITY} now.",
        "The {TRAIT} {OFFICIAL} took the last one {PAST} and was {MOOD} about it.",
        "It is for the {MACHINE/h.trade}, which has been {BAD} since {DAY}{@TAIL}",
        "Without it, {NUMBER} {QUALITY} {WARE/h.trade} must wait {UNTIL}.",
    ),
    "S_OFFER": (
        "It may be {COLOR} or {QUALITY}, but not {COLOR} and {QUALITY}.",
        "Please bring no {ODDS}; there are enough of them in the {ROOM}{@TAIL}",
        "Whoever brings it may taste {h.hers} {TASTE} {DISH} with {DRINK}.",
        "Every offer makes {h.her} {GLAD}, except {BAD} ones.",
    ),
    "S_LOST": (
        "our pet {o=OWNER:petname}, {a o.pet.color} {o.pet.species}. {@S_PET} {@S_SEEN}\n{@S_REWARD} {@PARENTS_o} "
        "{@S_BACK}",
        "my {COLOR} {x=THING} with {NUMBER} {QUALITY} {y=ODDS} in it, {PAST}, {BY} the {ASPECT} {LANDMARK}. I am {c=CHILD:full} "
        "from {c.street}, {c.years} years old. {@D_PARENT} {@S_DEAR}\n{@D_SIBLING} {@S_THING} {@S_COIN}",
    ),
    "S_PET": (
        "It belongs to {o.full}, {o.years} years old, of {o.street}, who has been {GRUMPY} since {DAY}{@TAIL}",
        "Its owner is {o.full} from {o.street}, who left the {ROOM} open {WHEN}{@TAIL}",
        '{o.full} from {o.street} misses it and {SAID}: "{CALLING}!"',
    ),
    "S_SEEN": (
        "It was last seen {BY} the {ASPECT} {LANDMARK}, where it {ACT/o.pet.species} {a QUALITY} {COLOR} {THING}.",
        "Someone saw it {PAST}, as it {STEP/o.pet.species} {MANNER} past the {ASPECT} {LANDMARK}.",
        "The {TRAIT} {OFFICIAL} heard how it {SOUND/o.pet.species} {BY} the {ASPECT} {LANDMARK} {PAST}.",
    ),
    "S_REWARD": (
        "Reward: {NUMBER} {QUALITY} {COLOR} {ODDS} and {a QUALITY} {COLOR} {THING}.",
        "Whoever brings it home gets {TASTE} {DISH} with {DRINK}.",
        "The finder may spend {SPAN} {o.hobby} with {o}{@TAIL}",
    ),
    "S_BACK": (
        'It comes if you call "{o.pet}" {MANNER} and show it {FODDER/o.pet.species}{@TAIL}',
        "Careful: it {ACT/o.pet.species} the {TRAIT} {OFFICIAL} {PAST}.",
        "Do not feed it {DISH}, only {FODDER/o.pet.species}{@TAIL}",
    ),
    "S_DEAR": (
        "It was a present from {s=ADULT:full}, {a s.trade}, and is dear to me{@TAIL}",
        "Without it, I cannot think of {c.hobby}, which I like most{@TAIL}",
        "It is {QUALITY}, but I was {GLAD} with it.",
    ),
    "S_THING": (
        "You know it at once: the {x} is {QUALITY} and smells of {FRESH} {PRODUCE}.",
        "If you shake the {x}, the {y} make {a BAD} sound{@TAIL}",
        "Look {ON} the {QUALITY} {FURNITURE}, please, and {BY} the {ASPECT} {LANDMARK}.",
    ),
    "S_COIN": (
        "You may keep the {y}, but bring me the {x} on {DAY}!",
        "I give {NUMBER} {QUALITY} {ODDS-y} for it, and {TASTE} {DISH} with {DRINK}.",
        "I will be {MOOD} and wait {BY} the {ASPECT} {LANDMARK} {UNTIL}.",
    ),
    "S_FOUND": (
        "It lay there {PAST} with {NUMBER} {QUALITY} {y=ODDS} under it. The finder is {h=ADULT:full}, {a h.trade}. "
        "{@HOME_h} {@S_KEEPS}\n{@WORK_h} {@S_PROOF} {@S_MEET}",
    ),
    "S_KEEPS": (
        "{h.Hers} {h.spouse.spouse_word} {h.spouse} would like to keep the {x}, but {h} is {MOOD} about it{@TAIL}",
        "Now it stands {ON} the {QUALITY} {FURNITURE} and makes {h.her} {GRUMPY}.",
        'The {TRAIT} {OFFICIAL} did not want it, and the {TRAIT} {CROWD} only {SAID}: "{CALLING}!"',
    ),
    "S_PROOF": (
        "To get it back, tell us {MANNER} what is written on the {x}{@TAIL}",
        "We only ask for {NUMBER} {FRESH} {PRODUCE} and {a GLAD} face.",
        "If nobody comes until {DAY}, it goes to the {TRAIT} {OFFICIAL}.",
    ),
    "S_SHOP": (
        "the {k=WORK} on {k.street} has {NUMBER} {QUALITY} {WARE/k.trade} and {k.goods} [this week|since "
        "{DAY}|again|for {SEASON}]. {@S_OLD} {@S_NEW}\n{@S_STAFF} {@S_GIFT}",
    ),
    "S_OLD": (
        "Our house was built in {k.built} and smells of {FRESH} {PRODUCE} {WHEN}.",
        "The {MACHINE/k.trade} was {QUALITY} {PAST}, but works again.",
        "We had to close {PAST}, because {a BEAST} {WILD} sat {ON} the {QUALITY} {FURNITURE} {UNTIL}.",
    ),
    "S_NEW": (
        "The {TRAIT} {CROWD} asked for {COLOR} {WARE/k.trade}, and here they are.",
        "Whoever buys {NUMBER} gets {a QUALITY} {COLOR} {THING} on top.",
        "Come {WHEN}, when the {TRAIT} {CROWD} are still asleep.",
        "We take coins, {FRESH} {PRODUCE} and, {WHEN}, even {ODDS}.",
    ),
    "S_STAFF": (
        "Our friend {h=ADULT:full} from the {h.work} says it is {NICE}. {@FREE_h}",
        "First to buy was {h=ADULT:full}, the {h.trade}, who was {MOOD}. {@HOME_h}",
        "Next door, {h=ADULT:full} {FOUND} {a QUALITY} {COLOR} {THING} and left it with us. {@KIN_h}",
    ),
    "S_GIFT": (
        "Children get {NUMBER} {QUALITY} {ODDS} and a cup of {DRINK}.",
        "Please wipe your boots; {PAST} we {FOUND} {ODDS} {ON} the {QUALITY} {FURNITURE}.",
        "For {f=FEAST} in {f.month} we will close {WHEN}{@TAIL}",
        "Dogs must wait {BY} the {ASPECT} {LANDMARK}, and so must the {TRAIT} {OFFICIAL}.",
    ),
    "S_THANKS": (
        "You helped me {PAST}, when I lost {a QUALITY} {COLOR} {x=THING} {BY} the {ASPECT} {LANDMARK}. "
        "{@S_THANK}\n{@S_CAKE} {@S_SIGN}",
    ),
    "S_THANK": (
        "It had {NUMBER} {QUALITY} {ODDS} in it, and I was {GRUMPY} {UNTIL}. You came {MANNER} and {CARRIED} it home.",
        "At first, {NUMBER} {TRAIT} {CROWD} walked past it, but you stopped and {FOUND} it {ON} {a COLOR} "
        "{FURNITURE}.",
        "The {w=WEATHER} came, and {HAPPENED/w}, but you looked for it {UNTIL}{@TAIL}",
    ),
    "S_CAKE": (
        "There is {TASTE} {DISH} for you {ON} the {QUALITY} {FURNITURE}, and {DRINK} as well.",
        "I would like to give you {NUMBER} {FRESH} {PRODUCE} and {a QUALITY} {COLOR} {THING-x}.",
        "Come {WHEN} on {DAY}; the {TRAIT} {CROWD} are {MOOD} and the {ROOM} is warm.",
    ),
    "S_SIGN": (
        "Yours {MANNER}, {h=ADULT:full}, {h.trade} at the {h.work} on {h.work.street}",
        "Greetings from {h=ADULT:full} and {h.hers} {h.spouse.spouse_word} {h.spouse}, {h.street}",
        "Signed {WHEN} by {c=CHILD:full}, {c.years} years old, {c.son} of {c.mother} and {c.father}",
    ),
    "S_HELP": (
        "the {TRAIT} {OFFICIAL} and {NUMBER} {TRAIT} {CROWD} want to paint the {l=LANDMARK} {COLOR} on {DAY}. "
        "{@S_BRING} {@S_TEAM}\n{@S_RAIN} {@CLOSE}",
    ),
    "S_BRING": (
        "Bring {a QUALITY} {COLOR} {THING}, {NUMBER} {QUALITY} {ODDS} and {a CLOTHES} that may turn {COLOR}.",
        "You need no more than {a QUALITY} {THING} and {SPAN}.",
        "Who has {a QUALITY} {COLOR} {THING} should not hide it {ON} the {QUALITY} {FURNITURE}.",
    ),
    "S_TEAM": (
        "So far, {h=ADULT:full} and {s=ADULT-h:full} will help: {h.she} is {a h.trade}, {s.she} is {a s.trade}. "
        "{@HOME_h}",
        "Our first helper was {h=ADULT:full} from the {h.work}. {@WORK_h} {@FREE_h}",
        "Even {c=CHILD:full}, who is only {c.years}, will carry {NUMBER} {QUALITY} {ODDS}. {@PARENTS_c}",
    ),
    "S_RAIN": (
        "If there is {w=WEATHER}, we take {WEAR/w} and go on{@TAIL}",
        "Afterwards there is {DISH} {BY} the {ASPECT} {LANDMARK-l}, with {DRINK}.",
        "Last time, {a BEAST} {WILD} {FOUND} the paint and was {COLOR} {UNTIL}.",
    ),
}
