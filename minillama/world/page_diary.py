"""Diaries of children and adults, in the first person: a day, a worry, a small joy."""

RULES = {
    "diary": (
        "Dear diary,\n{@DIARY}",
        "My diary, {MONTH} 1962\n{@DIARY}",
        "Secret notebook, {DAY}\n{@DIARY}",
    ),
    "DIARY": (
        "My name is {c=CHILD:full}, I am {c.years}, and today I was {MOOD}. {@D_CHILD}",
        "This is {c=CHILD:full} writing {ON} the {QUALITY} {FURNITURE} at home on {c.street}. {@D_CHILD}",
        "I, {h=ADULT:full}, {a h.trade}, was {MOOD} today. {@D_ADULT}",
        "Tonight I, {h=ADULT:full} from {h.street}, write {MANNER} in the {ROOM}. {@D_ADULT}",
    ),
    "D_CHILD": (
        "{@D_SCHOOL} {@D_PARENT} {@D_SIBLING}\n{LATER}, I {FOUND} {a QUALITY} {COLOR} {x=THING} {BY} the {ASPECT} "
        "{LANDMARK}. {@D_KEEP} {@D_MY} {@D_END}",
    ),
    "D_SCHOOL": (
        "At school, {t=ADULT:full} from the {t.work} showed us {NUMBER} {QUALITY} {WARE/t.trade}.",
        "In class I drew {a BEAST} {COLOR} {WILD} and the teacher was {MOOD}.",
        "On the way to school I stepped on {NUMBER} {QUALITY} {ODDS} and lost {a QUALITY} {COLOR} {THING}.",
        "For lunch there was {TASTE} {DISH}, and I ate {MANNER}.",
        "The {w=WEATHER} came {WHEN}, and {HAPPENED/w}.",
        "During the break, {f=CHILD-c:full} {CARRIED} {a QUALITY} {COLOR} {THING} to the {ASPECT} {LANDMARK}.",
        "My friend {f=CHILD-c:full} told me a secret about the {TRAIT} {OFFICIAL} and {a QUALITY} {COLOR} {THING}.",
    ),
    "D_PARENT": (
        "My mother {c.mother} is {a c.mother.trade}; she {MADE/c.mother.trade} {NUMBER} {QUALITY} "
        "{WARE/c.mother.trade} {WHEN}.",
        "My father {c.father} is {a c.father.trade}; he {MADE/c.father.trade} {NUMBER} {QUALITY} "
        "{WARE/c.father.trade} {WHEN}.",
        "At the {c.mother.work}, where my mother {c.mother} works, the {MACHINE/c.mother.trade} made a {BAD} "
        "noise{@TAIL}",
        "At the {c.father.work}, where my father {c.father} works, I counted {QUALITY} {WARE/c.father.trade}{@TAIL}",
        "My parents, {c.mother} and {c.father}, were {MOOD}, because the {TRAIT} {OFFICIAL} sat {ON} our {FURNITURE} "
        "{UNTIL}.",
    ),
    "D_SIBLING": (
        "My {c.sibling.brother} {c.sibling} laughed {MANNER} at my {CLOTHES}.",
        "My {c.sibling.brother} {c.sibling} spent {SPAN} {c.sibling.hobby}{@TAIL}",
        "I shared my {TASTE} {DISH} with {c.sibling}, my {c.sibling.brother}, who was {MOOD}.",
        "Because {c.sibling} was {GRUMPY}, I gave my {c.sibling.brother} {NUMBER} {QUALITY} {ODDS}.",
    ),
    "D_KEEP": (
        "It was under {NUMBER} {QUALITY} {ODDS} and smelled of {FRESH} {PRODUCE}.",
        "I hid the {x} {ON} the {QUALITY} {FURNITURE}, so that nobody can take it.",
        "The {TRAIT} {OFFICIAL} wanted the {x} back, so I {CARRIED} it there {MANNER}.",
        "When I shook it, {NUMBER} {QUALITY} {ODDS} fell out. {^CALLING}!",
        "I traded the {x} for {a QUALITY} {COLOR} {THING-x} and am {MOOD} about it.",
    ),
    "D_MY": (
        "I like {c.hobby} best, and {PAST} I did it {UNTIL}{@TAIL}",
        "If only I could spend {SPAN} {c.hobby}!",
        "Nobody understands {c.hobby} as I do, not even the {TRAIT} {OFFICIAL}{@TAIL}",
        "Tomorrow I want to go back to {c.hobby} and forget about the {THING}{@TAIL}",
    ),
    "D_END": (
        "Now I am {MOOD} and hear {a BEAST} {WILD} {BY} the {ASPECT} {LANDMARK}.",
        "Good night, diary. I will dream of {a BEAST} {COLOR} {WILD}.",
        "The lamp in the {ROOM} is going out, so I stop here {MANNER}{@TAIL}",
        "Tomorrow will be {NICE}, or at least not {BAD}.",
        "I will write more on {DAY}, if the {TRAIT} {OFFICIAL} is not {GRUMPY}.",
        "What {a NICE} day, and what {a BAD} evening!",
        "Nobody may read this, or I will be {GRUMPY} {UNTIL}{@TAIL}",
    ),
    "D_ADULT": ("{@D_WORK} {@D_CUSTOMER} {@D_SPOUSE}\n{LATER}, {@D_WALK} {@D_KID} {@D_FREE} {@D_END}",),
    "D_WORK": (
        "At the {h.work} we {MADE/h.trade} {NUMBER} {QUALITY} {WARE/h.trade} {WHEN}.",
        "My {h.work.tool} was {QUALITY} and the {MACHINE/h.trade} stood still {UNTIL}.",
        "On the way to the {h.work} on {h.work.street} I {FOUND} {a QUALITY} {COLOR} {THING}.",
        "Somebody left {NUMBER} {QUALITY} {ODDS} in the {MACHINE/h.trade} at the {h.work}, and I was {GRUMPY}.",
        "The {w=WEATHER} reached the {h.work} {WHEN}, and {HAPPENED/w}{@TAIL}",
    ),
    "D_CUSTOMER": (
        "Then the {TRAIT} {OFFICIAL} came for {NUMBER} {QUALITY} {WARE/h.trade} and talked about {FRESH} {PRODUCE} "
        "{UNTIL}.",
        "A visit by {s=ADULT-h:full}, the {s.trade}, cost me {SPAN}; {s.she} wanted {h.work.goods} for {NUMBER} "
        "{QUALITY} {WARE/s.trade}.",
        "The {TRAIT} {CROWD} wanted our {h.work.goods} and were {MOOD} when there were none.",
        "I sold the {h.work.goods} to {s=ADULT-h:full} from {s.street}, who paid with {NUMBER} {QUALITY} {ODDS}.",
        "At noon {s=ADULT-h:full} from the {s.work} brought me {TASTE} {DISH}.",
    ),
    "D_SPOUSE": (
        "My {h.spouse.spouse_word} {h.spouse} was {MOOD} when I came home to {h.street}{@TAIL}",
        "At home, {h.spouse}, my {h.spouse.spouse_word}, had {MADE/h.spouse.trade} {WARE/h.spouse.trade} "
        "{UNTIL}{@TAIL}",
        "Supper was {TASTE} {DISH}, and {h.spouse}, my {h.spouse.spouse_word}, ate {MANNER}.",
    ),
    "D_WALK": (
        "we went for a walk, and {BY} the {ASPECT} {LANDMARK} {a BEAST} {COLOR} {WILD} {FOUND} us.",
        "I walked to the {ASPECT} {LANDMARK} and met {NUMBER} {MOOD} {CROWD}.",
        "the {TRAIT} {OFFICIAL} knocked and brought back my {THING}, all {COLOR} and {QUALITY}.",
        "there was {a BAD} noise {BY} the {ASPECT} {LANDMARK}: it was only {a BEAST} {WILD}.",
    ),
    "D_KID": (
        "Our {h.elder.son} {h.elder} and {h.elder.hers} {h.elder.pet.species} {h.elder.pet} were {MOOD}{@TAIL}",
        "The {h.elder.pet.species} of our {h.elder.son} {h.elder} {ACT/h.elder.pet.species} {a QUALITY} {COLOR} "
        "{THING}.",
        "Our {h.younger.son} {h.younger} spent {SPAN} {h.younger.hobby}{@TAIL}",
        "Both children, {h.elder} and {h.younger}, asked {MANNER} for {FRESH} {PRODUCE}.",
    ),
    "D_FREE": (
        "I still found {SPAN} for {h.hobby}{@TAIL}",
        "I like {h.hobby}, but today I lost my {GEAR/h.hobby} {BY} the {ASPECT} {LANDMARK}.",
        "I dreamed of {h.hobby} {UNTIL}{@TAIL}",
        "My love of {h.hobby} made me {MOOD} once more{@TAIL}",
    ),
}
