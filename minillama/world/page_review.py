"""Reviews of a meal or an outing, and letters to the editor."""

RULES = {
    "review": (
        "Review: {TASTE} {d=DISH} {BY} the {l=LANDMARK}\n{@V_MEAL}",
        "Tested for you: {q=a QUALITY} {x=THING}\n{@V_THING}",
        "Was it worth it? A day in {v=VILLAGE}\n{@V_TRIP}",
        "Three stars for {h=ADULT:full}\n{@V_WORK}",
    ),
    "V_MEAL": (
        "The {TRAIT} {OFFICIAL} and I came {WHEN} and were {MOOD}. {@V_SEAT} {@V_FOOD} {@V_GUEST}\n{@V_BILL} "
        "{@V_FAVORITE} {@V_SUM}",
        "I went there {PAST} with {a TRAIT} {OFFICIAL}, {MOOD} and {GRUMPY}. {@V_FOOD} {@V_SEAT} "
        "{@V_FAVORITE}\n{@V_GUEST} {@V_BILL} {@V_SUM}",
    ),
    "V_SEAT": (
        "Our table was {a QUALITY} {COLOR} {FURNITURE} between {TRAIT} {CROWD} and {a BEAST} {WILD}.",
        "We waited {UNTIL} next to {NUMBER} {TRAIT} {CROWD} with {QUALITY} {COLOR} {ODDS}.",
        "The waiter, {a TRAIT} {k=OFFICIAL} in {a COLOR} {CLOTHES}, {MOVED} {MANNER} past us {UNTIL}.",
        "I sat {ON} {a QUALITY} {FURNITURE}, so that the {COLOR} {CLOTHES} of {a TRAIT} {OFFICIAL} hung over my "
        "plate.",
    ),
    "V_FOOD": (
        "The {d} came after {SPAN}, {TASTE}, {TASTE} and with {NUMBER} {FRESH} {PRODUCE}.",
        "First there was {TASTE} {DISH-d} with {FRESH} {PRODUCE}, then the {d}, {TASTE} and {COLOR}.",
        "I found {NUMBER} {QUALITY} {ODDS} in the {d}, but it was {TASTE} and {NICE}.",
        "With the {d} came {FRESH} {PRODUCE} and {DRINK}, served {MANNER} {ON} {a COLOR} {THING}.",
    ),
    "V_GUEST": (
        "Behind us, {@EVENT}.",
        "One {BEAST} {COLOR} {WILD} {MOVED} in and ate the {FRESH} {PRODUCE} of {a TRAIT} {OFFICIAL}.",
        'The {TRAIT} {CROWD} {SAID} {MANNER}: "{CALLING}!" and left with {NUMBER} {ODDS}.',
        "Two {TRAIT} {CROWD} quarreled {MANNER} about {a QUALITY} {COLOR} {THING}.",
    ),
    "V_BILL": (
        "All this cost {NUMBER} coins, {a QUALITY} {COLOR} {THING} and {SPAN} of my life.",
        "I paid with {NUMBER} {QUALITY} {ODDS}, and the {TRAIT} {OFFICIAL} was {MOOD}.",
        "They wanted {NUMBER} coins; I left {NUMBER} {FRESH} {PRODUCE} and {MOVED} away {MANNER}.",
    ),
    "V_FAVORITE": (
        "At the next table, {e=EATER:full} had {e.food}, {e.hers} favorite food, and was {GLAD} {UNTIL}{@TAIL}",
        "My neighbor {e=EATER:full} wants nothing but {e.food}, {e.hers} favorite food, {WHEN} and {WHEN}{@TAIL}",
        "Even {e=EATER:full} of {e.street}, whose favorite food is {e.food}, ate it {MANNER} {PAST}.",
        "Send {e=EATER:full} there only for {e.food}, {e.hers} favorite food, and with {TRAIT} {CROWD}.",
    ),
    "V_SUM": (
        "In short: {NICE} for {TRAIT} {CROWD}, {BAD} for {a GRUMPY} {OFFICIAL}.",
        "I will come back {WHEN} with {TRAIT} {CROWD} and {a QUALITY} {COLOR} {THING}.",
        "My verdict: {TASTE}, {NICE} and only a little {BAD}.",
        "Go there {WHEN}, be {GLAD}, and do not sit {BY} the {QUALITY} {FURNITURE}.",
        "Never again, unless {a TRAIT} {OFFICIAL} pays with {NUMBER} {QUALITY} {ODDS}.",
    ),
    "V_THING": (
        "I bought {a q} {x} {PAST} from {h=ADULT:full}, {a h.trade} from {h.street}, for {NUMBER} {QUALITY} {ODDS}. "
        "{@V_USE} {@WORK_h} {@V_TEST}\n{@V_BROKE} {@FREE_h} {@V_SUM}",
        "My aunt won {a q} {x} {PAST} and gave it to {h=ADULT:full}, the {h.trade}, who gave it to me. {@V_TEST} "
        "{@V_USE} {@HOME_h}\n{@WORK_h} {@V_BROKE} {@V_SUM}",
    ),
    "V_USE": (
        "The {x} is {COLOR} and {QUALITY} and stands {ON} {a QUALITY} {FURNITURE} in the {ROOM}.",
        "On the box stood: {NICE} for {TRAIT} {CROWD}, {SPAN} of joy.",
        "It came with {NUMBER} {QUALITY} {COLOR} {ODDS}, which I gave to {a TRAIT} {OFFICIAL}.",
        "In the {ROOM} it looked {NICE}, {BY} the {LANDMARK} only {BAD} and {QUALITY}.",
    ),
    "V_TEST": (
        "I used it {WHEN} {UNTIL}, and {a BEAST} {WILD} {MOVED} {MANNER} away.",
        "When I tried it {BY} the {ASPECT} {LANDMARK}, {@EVENT}.",
        "My test: {NUMBER} {FRESH} {PRODUCE}, {a TRAIT} {OFFICIAL} and {a QUALITY} {COLOR} {THING-x}.",
        "Under it, {NUMBER} {QUALITY} {ODDS} and {a BEAST} {WILD} stayed dry in the {w=WEATHER}.",
    ),
    "V_BROKE": (
        "After {SPAN} the {x} turned {COLOR}, and the {TRAIT} {CROWD} were {MOOD}.",
        "Then {a TRAIT} {OFFICIAL} sat on the {x} {UNTIL}, and now it is {QUALITY}.",
        'My {TRAIT} neighbor {SAID} {MANNER}: "{CALLING}! Is that {a QUALITY} {THING-x}?"',
        "It broke {WHEN}, with {a BAD} noise like {a BEAST} {WILD}, and {@EVENT}.",
    ),
    "V_TRIP": (
        "{v} lies {v.kilometers} kilometers to the {v.direction}, beside {v.beside}. {@V_ROAD} {@V_SIGHT} "
        "{@V_BUY}\n{@V_MET} {@V_SUM}",
        "People go to {v} for {v.known}, and {PAST} so did I, with {a TRAIT} {OFFICIAL}. {@V_ROAD} "
        "{@V_MET}\n{@V_SIGHT} {@V_BUY} {@V_SUM}",
    ),
    "V_ROAD": (
        "On the bus, {@EVENT}, and I was {MOOD} {UNTIL}.",
        "A {BAD} road, but {TRAIT} {CROWD} with {QUALITY} {COLOR} {ODDS} sang {MANNER}.",
        "We {MOVED} there {MANNER}, with {FRESH} {PRODUCE}, {DRINK} and {a QUALITY} {COLOR} {THING}.",
        "The {w=WEATHER} came {WHEN}, {HAPPENED/w}, and we had no {WEAR/w}{@TAIL}",
    ),
    "V_SIGHT": (
        "Near {v.beside}, we saw {QUALITY} {SIGHT/v} and {a TRAIT} {OFFICIAL} with {NUMBER} {ODDS}.",
        "The {SIGHT/v} were {COLOR}, {QUALITY} and {NICE}, and the {TRAIT} {CROWD} {MOOD}.",
        "Among the {SIGHT/v}, {a BEAST} {COLOR} {WILD} slept {UNTIL} {ON} {a QUALITY} {FURNITURE}.",
    ),
    "V_BUY": (
        "I bought {SOUVENIR/v} and {a QUALITY} {COLOR} {THING} for {NUMBER} coins.",
        "For {NUMBER} {QUALITY} {ODDS} I got {SOUVENIR/v}, {TASTE} {DISH} and {DRINK}.",
        "One {TRAIT} {OFFICIAL} sold us {SOUVENIR/v} {WHEN}, {MANNER} and too dear.",
    ),
    "V_MET": (
        "There I met {h=PERSON:full} from {h.street}, who likes {h.hobby} and was {MOOD}{@TAIL}",
        "In {v}, {a TRAIT} {OFFICIAL} asked {MANNER} about {h=ADULT:full}, the {h.trade} from the {h.work}.",
        "Of its {v.inhabitants} inhabitants, {NUMBER} {TRAIT} {CROWD} looked at my {COLOR} {CLOTHES} {UNTIL}.",
    ),
    "V_WORK": (
        "{h.She} is {a h.trade} at the {h.work} on {h.work.street}, where I bought {NUMBER} {QUALITY} {WARE/h.trade} "
        "{PAST}. {@V_SHOP} {@V_GOODS} {@FREE_h}\n{@V_GUEST} {@KIN_h} {@V_SUM}",
    ),
    "V_SHOP": (
        "The house from {h.work.built} is {NICE}, although {PAST} {@EVENT} there.",
        "Inside, {a BEAST} {WILD} sat {ON} {a QUALITY} {COLOR} {FURNITURE} and looked {MOOD}.",
        "I waited {UNTIL} between {TRAIT} {CROWD} and {NUMBER} {COLOR} {WARE/h.trade}.",
        "While {h.she} looked for {h.hers} {h.work.tool}, {@EVENT}.",
    ),
    "V_GOODS": (
        "Those {WARE/h.trade} were {COLOR}, {QUALITY} and {NICE}, but {h.hers} {h.work.goods} are better still.",
        "For the {h.work.goods} I paid {NUMBER} {QUALITY} {COLOR} {ODDS} and was {GLAD}.",
        'When I complained {MANNER}, {h.she} {SAID}: "{CALLING}! That is {a QUALITY} {THING}."',
        "With {h.hers} {h.work.tool} {h.she} made {SPAN} feel like {SPAN}{@TAIL}",
    ),
    "letter": (
        "Dear editor,\n{@L_CAUSE}",
        "To the editor, on {DAY}\n{@L_CAUSE}",
        "Letter of a {MOOD} reader\n{@L_CAUSE}",
    ),
    "L_CAUSE": (
        "the {TRAIT} {OFFICIAL} wants to put {a QUALITY} {COLOR} {x=THING} {BY} the {ASPECT} {l=LANDMARK}. "
        "{@L_AGAINST} {@L_BODY}",
        "every {DAY} {WHEN}, {TRAIT} {CROWD} leave {QUALITY} {COLOR} {x=ODDS} {BY} the {ASPECT} {l=LANDMARK}. "
        "{@L_AGAINST} {@L_BODY}",
        "some {TRAIT} {CROWD} painted {a QUALITY} {x=THING} {COLOR} {PAST} and left it {BY} the {l=LANDMARK}. "
        "{@L_AGAINST} {@L_BODY}",
        "nobody cares about the {QUALITY} {COLOR} {x=THING} {BY} the {ASPECT} {l=LANDMARK}. {@L_AGAINST} {@L_BODY}",
    ),
    "L_AGAINST": (
        "That is {BAD} and makes {TRAIT} people like me {GRUMPY}.",
        "I think it is {NICE}, but {TRAIT} {CROWD} are {GRUMPY} about it.",
        "Because of this, {PAST} {@EVENT}.",
        "First I was {MOOD}, then {MOOD}, and now I am {GRUMPY}.",
        "Who will pay for it, {a TRAIT} {OFFICIAL} or the {TRAIT} {CROWD}?",
    ),
    "L_BODY": ("{@L_STORY} {@L_WITNESS}\n{@L_IDEA} {@L_IDEA2} {@L_SIGN}",),
    "L_STORY": (
        "My {CLOTHES} turned {COLOR} there {PAST}, and {a BEAST} {WILD} laughed {UNTIL}.",
        "Only {PAST}, {a TRAIT} {OFFICIAL} fell over the {x} and lost {NUMBER} {QUALITY} {COLOR} {ODDS}.",
        "When the {w=WEATHER} came {PAST}, {HAPPENED/w}, and the {x} got {QUALITY} and {COLOR}.",
        "In my youth there was {a QUALITY} {COLOR} {FURNITURE} {BY} the {l}, and {CROWD} were {GLAD}.",
        "Has {a TRAIT} {OFFICIAL} ever slept {BY} the {l} {UNTIL}? I have, with {NUMBER} {BEAST} pigeons.",
    ),
    "L_WITNESS": (
        'My neighbor {s=ADULT:full}, {a s.trade}, saw it all and {SAID} {MANNER}: "{CALLING}!"',
        "Ask {s=ADULT:full} from the {s.work}, who was {MOOD} {UNTIL} and dropped {NUMBER} {WARE/s.trade}.",
        "Little {s=CHILD:full} of {s.street}, {s.years} years old, was {s.hobby} there {PAST} and fell {MANNER} over "
        "it{@TAIL}",
        "Poor {o=OWNER:petname}, the {o.pet.color} {o.pet.species} of {o.full}, {SOUND/o.pet.species} {UNTIL} when "
        "it saw the {x}{@TAIL}",
    ),
    "L_IDEA": (
        "Why not put {a QUALITY} {COLOR} {FURNITURE} there, with {NUMBER} {FLOWER}?",
        "Instead, the {TRAIT} {OFFICIAL} should plant {COLOR} {FLOWER} {BY} the {ASPECT} {LANDMARK-l}.",
        "My idea: {NUMBER} {TRAIT} {CROWD}, {a QUALITY} {THING} and {SPAN} would do.",
        "Let us ask the {TRAIT} {CROWD} of {v=VILLAGE}; they have {v.known} and no such trouble{@TAIL}",
    ),
    "L_IDEA2": (
        "It need not cost more than {NUMBER} {QUALITY} {ODDS} and {DRINK} for {CROWD}.",
        "If nothing happens by {DAY}, I will sit there {WHEN} with {a QUALITY} {COLOR} {THING}.",
        "Then even {a GRUMPY} {OFFICIAL} would be {GLAD} {WHEN}.",
        "Do it {MANNER}, before {f=FEAST} in {f.month}, when {TRAIT} {CROWD} come to {f.place}!",
    ),
    "L_SIGN": (
        "Yours {MANNER}, {h=ADULT:full}, {h.trade}, {h.street}",
        "With {MOOD} greetings, {h=ADULT:full} and {h.hers} {h.spouse.spouse_word} {h.spouse}, {h.street}",
        "In haste, {h=ADULT:full} from the {h.work} on {h.work.street}",
        "Written {WHEN} by {h=ADULT:full}, {MOOD} parent of {h.elder} and {h.younger}",
    ),
}
