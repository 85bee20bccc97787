"""Stories about animals: a pet that runs away and is found, a wild animal that wants what people have."""

RULES = {
    "anecdote": (
        "A true story about {o=OWNER:full} and the {o.pet.species} {o.pet}\n{@A_STORY}",
        "Our pets: {o=OWNER:petname}, the {o.pet.color} {o.pet.species} of {o.full}\n{@A_STORY}",
        "What {n=a THING_Q} {x=THING_BY/n} may do to {m=a PET_NATURE} pet\n{@A_THING}",
        "Pet of the week is {o=OWNER:petname}, {a o.pet.color} {o.pet.species}\n{@A_PET} {@A_STORY}",
    ),
    "A_PET": (
        "It lives with {o.full}, who is {o.years}, on {o.street} and [eats|loves|steals] {FODDER/o.pet.species}.",
        "Its owner is {o.full}, {o.years} years old; {o.mother}, the mother, is {a o.mother.trade}.",
        "On {o.street} {w=CROWD_Q} {CROWD_BY/w} know it and {o.full}, its owner.",
    ),
    "A_STORY": ("{@A_BEGIN} {@A_DEED} {@A_FUSS} {@A_GONE}\n{@A_SEEK} {@A_FOUND} {@A_END}",),
    "A_BEGIN": (
        "We saw it {AGO}: {o} was {o.hobby} {BY} the {LANDMARK}, while {o.pet} watched.",
        "It began {AGO}, when {o} left the {AREA} open {FOR_TIME}, and {o.pet} {STEP/o.pet.species} out.",
        "It all started because {o.father}, the father, is {a o.father.trade}: {o.pet} went along to the "
        "{o.father.work} {AGO}.",
        "It happened {AGO}: nobody had fed {o.pet} {THEN}, and on the table stood {a VESSEL} full of {PRODUCE}.",
        "One {DAY} in {MONTH}, {o.mother}, the mother, {a o.mother.trade}, brought home {SOME} {WARE/o.mother.trade}.",
        "In {MONTH} the {w=WEATHER} came: {HAPPENED/w}, and {o.pet} was [restless|bored|wide awake|hungry].",
    ),
    "A_DEED": (
        "First {o.pet} {DEED/o.pet.species}, {THEN}, before the eyes of {w=a OFFICIAL_Q} {OFFICIAL_BY/w}.",
        "Then it {STEP/o.pet.species} through the {AREA} with {w=a CLOTHES_Q} {CLOTHES_BY/w} on its head and "
        "{DEED/o.pet.species}.",
        "Suddenly {w=a ANIMAL_Q} {ANIMAL_BY/w} appeared, and {o.pet} {STEP/o.pet.species} after it, past the "
        "{LANDMARK}.",
        "Nobody was looking when it {DEED/o.pet.species} {THEN}.",
        "Out of {a VESSEL} {BY} the {LANDMARK} it ate {SOME} {PRODUCE} and all the {TREAT} of {w=CROWD_Q} "
        "{CROWD_BY/w}.",
    ),
    "A_FUSS": (
        "Somebody, {w=a OFFICIAL_Q} {OFFICIAL_BY/w}, lost {w=a CLOTHES_Q} {CLOTHES_BY/w} in the chase.",
        "Of course {w=CROWD_Q} {CROWD_BY/w} laughed {FOR_TIME}, but {w=a OFFICIAL_Q} {OFFICIAL_BY/w} was {SORRY_OF}.",
        "Only {s=CHILD-o-o.sibling:full} from {s.street} was {GLAD_OF} and offered it {FODDER/o.pet.species}.",
        "Startled, {s=ADULT-o.mother-o.father:full}, the {s.trade}, dropped {SOME} {WARE/s.trade} {BY} the {LANDMARK}.",
        "It {SOUND/o.pet.species} so loudly that {w=CROWD_Q} {CROWD_BY/w} looked out of {SOME} windows.",
    ),
    "A_GONE": (
        "Then it {SOUND/o.pet.species} once, {STEP/o.pet.species} round the corner {BY} the {LANDMARK}, and was gone "
        "{FOR_TIME}.",
        "Frightened by the noise, it {STEP/o.pet.species} toward the {LANDMARK}, {THEN}, and nobody saw it again "
        "{FOR_TIME}.",
        "Before anyone could [catch|stop|hold] it, it was past the {LANDMARK}, and {FOR_TIME} nobody saw it.",
    ),
    "A_SEEK": (
        "Poor {o} was {SORRY_OF}, ran down {o.street}, and asked {w=CROWD_Q} {CROWD_BY/w} and {w=a OFFICIAL_Q} "
        "{OFFICIAL_BY/w}.",
        "With {o.hers} {o.sibling.brother} {o.sibling}, {o} looked into {a VESSEL}, under {w=a FURNITURE_Q} "
        "{FURNITURE_BY/w} and {BY} the {LANDMARK}.",
        "As {o.she} is only {o.years}, {o} asked {t=ADULT-o.mother-o.father:full}, {a t.trade}, to help, and they "
        "searched {FOR_TIME}.",
        "At the {k=WORK} on {k.street} {o} put up a note: {REWARD} for whoever finds {o.pet}.",
        "For once {o} forgot {o.hobby} and [walked|called|searched] {FOR_TIME}, with {FODDER/o.pet.species} in {a "
        "VESSEL}.",
    ),
    "A_FOUND": (
        "At last, {THEN}, it was found {HIDEOUT/o.pet.species}, and it {SOUND/o.pet.species}.",
        "It was {f=ADULT-o.mother-o.father:full}, the {f.trade}, who saw it {HIDEOUT/o.pet.species} {THEN}.",
        "In the end {w=a OFFICIAL_Q} {OFFICIAL_BY/w} brought it home in {a VESSEL}; it had been "
        "{HIDEOUT/o.pet.species}.",
        "For a little {FODDER/o.pet.species}, {o.pet} came out of hiding {THEN}: it had sat {HIDEOUT/o.pet.species}.",
        "And where was it? There was {f=CHILD-o-o.sibling:full}, who had found it {HIDEOUT/o.pet.species}, beside "
        "{w=a THING_Q} {THING_BY/w}.",
    ),
    "A_END": (
        "Since then, {o.pet} may go out only {EACH}, and {o} keeps {w=a THING_Q} {THING_BY/w} ready.",
        "That night {o.pet} slept in {a VESSEL} beside {o}, who dreamed of {w=a ANIMAL_Q} {ANIMAL_BY/w}.",
        "Our {OFFICIAL} got {MEAL} and {TREAT} for the trouble, and everyone was {GLAD_OF}.",
        "The parents, {o.mother} and {o.father}, were {SORRY_OF} at first and {GLAD_OF} after {MEAL}.",
        "Now {w=CROWD_Q} {CROWD_BY/w} greet it {EACH} and bring it {FODDER/o.pet.species}.",
        "On {DAY} {o} took {TREAT} to everyone who had helped, {SOME} people in all.",
    ),
    "A_THING": ("{@A_OWNED} {@A_PLAY} {@A_FUSS} {@A_GONE}\n{@A_SEEK} {@A_FOUND} {@A_END}",),
    "A_OWNED": (
        "It stood {BY} {w=a FURNITURE_Q} {FURNITURE_BY/w} until {o=OWNER:petname}, the {o.pet.color} {o.pet.species} "
        "of {o.full}, came {THEN}.",
        "A present for {o=OWNER:full}, it lay in the {AREA} {FOR_TIME}; then {o.pet}, the {o.pet.species}, saw it.",
        "When {o=OWNER:full}, {o.years} years old, brought it home {AGO}, {o.pet} the {o.pet.species} was "
        "[curious|suspicious|wide awake].",
    ),
    "A_PLAY": (
        "The {o.pet.species} took the {x} for {w=a ANIMAL_Q} {ANIMAL_BY/w} and {STEP/o.pet.species} away {THEN}.",
        "At first it only {SOUND/o.pet.species} at the {x} {FOR_TIME}; then it {DEED/o.pet.species}.",
        "With the {x} in tow, it {STEP/o.pet.species} past {w=CROWD_Q} {CROWD_BY/w} and {DEED/o.pet.species}.",
        "The {x} fell down {THEN}, and out of fear it {DEED/o.pet.species}.",
    ),
    "B_ANIMAL": (
        "It had {SOME} {u=ODDS_Q} {ODDS_BY/u} and no friends. {@A_WISH} {@A_TRY} {@A_FAIL}\n{@A_HELP} {@A_THEN} "
        "{@A_LAST}",
    ),
    "A_WISH": (
        "More than anything it wished for {u=a CLOTHES_Q} {x=CLOTHES_BY/u}, like that of {u=a OFFICIAL_Q} "
        "{OFFICIAL_BY/u}.",
        "Every {DAY} it looked through a window at {u=a FURNITURE_Q} {x=FURNITURE_BY/u} and {TREAT}, and felt "
        "{SORRY_OF}.",
        "In winter it was cold, and it wished for {u=a THING_Q} {x=THING_BY/u} from the {h=WORK} on {h.street}.",
        "It had only one wish: {TREAT}, just once, on {u=a CLOTHES_Q} {x=CLOTHES_BY/u} in the grass.",
    ),
    "A_TRY": (
        "So {THEN} it [crept|sneaked|slipped|climbed] into the {AREA} and hid [under|behind] {u=a FURNITURE_Q} "
        "{FURNITURE_BY/u}.",
        "It asked {u=a ANIMAL_Q} {i=ANIMAL_BY/u-a}, which only laughed and said: ask the {OFFICIAL}.",
        "It brought {u=ODDS_Q} {ODDS_BY/u} to the market to pay with, and sat down {BY} the {LANDMARK}.",
        "To please people, it [collected|carried|sorted] {j=PRODUCE_Q} {PRODUCE_BY/j} {FOR_TIME} and left them {BY} "
        "the {LANDMARK}.",
    ),
    "A_FAIL": (
        "But {u=a OFFICIAL_Q} {OFFICIAL_BY/u} came with {u=a THING_Q} {THING_BY/u} and [chased|drove|sent] it away "
        "{THEN}.",
        "Alas, the {w=WEATHER} came: {HAPPENED/w}, and it had to hide in {a VESSEL} {FOR_TIME}.",
        "Yet {u=CROWD_Q} {CROWD_BY/u} [laughed|pointed|shouted], and it ran back {BY} the {LANDMARK-l} and was "
        "{SORRY_OF}.",
        "However, {o=OWNER:petname}, the {o.pet.species} of {o.full}, saw it, {SOUND/o.pet.species}, and "
        "{STEP/o.pet.species} after it.",
    ),
    "A_HELP": (
        "It was {c=CHILD:full} from {c.street} who helped: {c.she} was {c.hobby} there, stopped, and gave it {TREAT}.",
        "Only {e=ADULT:full}, the {e.trade}, understood, and left it {u=a CLOTHES_Q} {CLOTHES_BY/u} and some {MEAL} "
        "{THEN}.",
        "Then {p=PLAYER:full}, who plays the {p.instrument}, sat down beside it and played {FOR_TIME}.",
        "By luck it found {z=a METALLIC} {y=METAL} that {e=ADULT:full}, the {e.trade}, had lost {SOME} days before.",
    ),
    "A_THEN": (
        "The next {DAY} the {x} lay [ready|waiting|folded|alone] {b} the {l}, with {TREAT} on top, and the {a} was "
        "{GLAD_OF}.",
        "So the {a} got its {x} after all and gave {SOME} {ODDS} for it.",
        "From then on the {a} came {EACH}, and {u=CROWD_Q} {CROWD_BY/u} brought {j=PRODUCE_Q} {PRODUCE_BY/j}.",
    ),
    "A_LAST": (
        "Since then the {a} [sleeps|sits|sings|waits] {b} the {l} {EACH}, and nobody drives it away.",
        "If you meet it there {EACH}, say hello and share your {TREAT}.",
        "A friend, thought the {a}, is better than {SOME} {ODDS}.",
        "And the {x}? It kept the {a} warm for {SOME} winters.",
    ),
}
