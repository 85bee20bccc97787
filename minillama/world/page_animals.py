"""Short true stories about a child and an animal: a want, a mishap, a chase, an end."""

RULES = {
    "anecdote": (
        "A true story about {o=OWNER:full} and the {o.pet.species} {o.pet}\n{@A_STORY}",
        "Our pets: {o=OWNER:petname}, the {o.pet.color} {o.pet.species} of {o.full}\n{@A_STORY}",
        "What a {n=QUALITY} {x=THING} can do to a {m=BEAST} pet\n{@A_THING}",
        "Pet of the week is {o=OWNER:petname}, {a o.pet.color} {o.pet.species}\n{@A_PET} {@A_STORY}",
    ),
    "A_PET": (
        "It lives with {o.full}, who is {o.years}, on {o.street}, eats {FODDER/o.pet.species} and was {MOOD} "
        "{PAST}{@TAIL}",
        "Its owner is {o.full}, {o.years} years old; {o.mother}, the mother, is {a o.mother.trade}{@TAIL}",
        "On {o.street} everyone knows it and {o.full}, its owner, because {PAST} {@EVENT}.",
    ),
    "A_STORY": ("{@A_BEGIN} {@A_DEED} {@A_DEED2} {@A_NOISE}\n{@A_HUMAN} {@A_FIND} {@A_END}",),
    "A_BEGIN": (
        "It was {a NICE} {DAY}, and {o} was {MOOD} and {o.hobby} {BY} the {ASPECT} {LANDMARK}.",
        "{o} left the {ROOM} open {WHEN}, and {o.pet}, who was {GRUMPY}, {STEP/o.pet.species} out {MANNER}.",
        "All morning, {o.pet} had been {MOOD} and {MOOD}, so {o} took it to the {ASPECT} {LANDMARK}.",
        "Because {o.father}, the father, is {a o.father.trade}, {o.pet} knows the {o.father.work} and went there "
        "{MANNER} {PAST}{@TAIL}",
        "Nobody had fed {o.pet} {WHEN}, so it looked {MANNER} for {FODDER/o.pet.species} {BY} the {ASPECT} "
        "{LANDMARK}.",
        "When {o.mother}, who is {a o.mother.trade}, came home with {NUMBER} {QUALITY} {WARE/o.mother.trade}, "
        "{o.pet} was {MOOD}.",
    ),
    "A_DEED": (
        "First it {ACT/o.pet.species} {a QUALITY} {COLOR} {x=THING} of {a TRAIT} {OFFICIAL}.",
        "There it {ACT/o.pet.species} {NUMBER} {QUALITY} {COLOR} {ODDS} and {a TRAIT} {OFFICIAL}.",
        "Then it {STEP/o.pet.species} {ON} {a QUALITY} {FURNITURE} and ate {NUMBER} {FRESH} {PRODUCE}.",
        "In front of {TRAIT} {CROWD}, it {STEP/o.pet.species} {MANNER} into {a QUALITY} {COLOR} {THING}.",
        "A {BEAST} {WILD} crossed its way, and both {STEP/o.pet.species} {MANNER} past {a TRAIT} {OFFICIAL}.",
    ),
    "A_DEED2": (
        "The {TRAIT} {OFFICIAL} lost {a COLOR} {CLOTHES} and {NUMBER} {QUALITY} {ODDS}.",
        "Out of fear, {a TRAIT} {OFFICIAL} threw {a QUALITY} {COLOR} {THING} at it and hit {a BEAST} {WILD}.",
        "Of course {TRAIT} {CROWD} laughed {MANNER}, and {@EVENT}.",
        "So {NUMBER} {TRAIT} {CROWD} ran after it with {QUALITY} {COLOR} {ODDS}.",
        "Only {s=CHILD-o:full} from {s.street} was {GLAD} and offered it {NUMBER} {FRESH} {PRODUCE}.",
    ),
    "A_NOISE": (
        "It {SOUND/o.pet.species} {MANNER} and was {MOOD}.",
        "Frightened, it {SOUND/o.pet.species} {UNTIL}.",
        "Down by the {LANDMARK}, it {SOUND/o.pet.species} at {a TRAIT} {OFFICIAL} in {a COLOR} {CLOTHES}.",
        "Nobody knew that {a o.pet.species} could be so {MOOD} {WHEN}{@TAIL}",
    ),
    "A_HUMAN": (
        "{o} {MOVED} {MANNER} through {o.street} {UNTIL} and asked {TRAIT} {CROWD} and {a TRAIT} {OFFICIAL}.",
        'Poor {o} was {GRUMPY} and {SAID} {MANNER}: "{CALLING}!"',
        "With {o.hers} {o.sibling.brother} {o.sibling}, {o} looked {ON} every {FURNITURE} and {BY} the {ASPECT} "
        "{LANDMARK}.",
        "As {o.she} is only {o.years}, {o} asked {s=ADULT:full}, {a s.trade}, who was {MOOD}, and together they "
        "{MOVED} {MANNER}{@TAIL}",
    ),
    "A_FIND": (
        "At last it sat {ON} {a QUALITY} {COLOR} {FURNITURE}, {BY} {NUMBER} {TRAIT} {CROWD}, and "
        "{SOUND/o.pet.species}.",
        "For {FODDER/o.pet.species} and {FRESH} {PRODUCE} it {STEP/o.pet.species} back {MANNER}.",
        "In the end {a TRAIT} {OFFICIAL} {CARRIED} it home in {a QUALITY} {COLOR} {THING}.",
        "Luckily {a o.pet.color} {o.pet.species} is easy to see {BY} {a QUALITY} {COLOR} {FURNITURE}.",
        "It was {t=ADULT-o.mother-o.father:full}, the {t.trade}, who {FOUND} it between {NUMBER} {QUALITY} "
        "{WARE/t.trade}.",
    ),
    "A_END": (
        "Since then, {o.pet} may only go out {WHEN}, and {o} keeps {a QUALITY} {COLOR} {THING} ready.",
        "That evening, {o.pet} slept {UNTIL} beside {o}, who dreamed of {a BEAST} {COLOR} {WILD}.",
        "The {TRAIT} {OFFICIAL} got {NUMBER} {QUALITY} {ODDS} and {TASTE} {DISH} as a present.",
        "And {o.mother} and {o.father}, the parents? They were {MOOD} and then {GLAD}{@TAIL}",
        'Everyone {SAID} {MANNER}: "{CALLING}! That is {o.pet}!"',
    ),
    "A_THING": ("{@A_OWNED} {@A_DEED3} {@A_NOISE} {@A_HUMAN}\n{@A_FIND} {@PARENTS_o} {@A_END}",),
    "A_OWNED": (
        "It stood {ON} {a COLOR} {FURNITURE} until {o=OWNER:petname}, the {o.pet.color} {o.pet.species} of {o.full}, "
        "came {WHEN}.",
        "A present for {o=OWNER:full}, it was {COLOR} and {NICE}; only {o.pet}, the {o.pet.species}, was {GRUMPY} "
        "about it.",
        "When {o=OWNER:full}, {o.years} years old, {FOUND} it {BY} the {LANDMARK}, {o.pet} the {o.pet.species} was "
        "{MOOD}.",
    ),
    "A_DEED3": (
        "The {o.pet.species} {ACT/o.pet.species} the {x} {MANNER}, and {NUMBER} {QUALITY} {ODDS} fell out.",
        "At once it {ACT/o.pet.species} the {x}, then {a TRAIT} {OFFICIAL} and {a QUALITY} {COLOR} {THING-x}.",
        "With the {x} on its head, it {STEP/o.pet.species} {MANNER} past {NUMBER} {TRAIT} {CROWD}.",
        "It took the {x} for {a BEAST} {WILD} and {STEP/o.pet.species} {MANNER} to the {ASPECT} {LANDMARK}.",
    ),
}
