"""Guides: how to do something in a few steps, with what can go wrong."""

RULES = {
    "howto": (
        "How to repair {q=a QUALITY} {x=THING}\n{@H_REPAIR}",
        "How to look after {m=a BEAST} {y=PETKIND}\n{@H_PET}",
        "How to paint {q=a QUALITY} {x=FURNITURE} {z=COLOR}\n{@H_PAINT}",
        "How to find {NUMBER} {q=QUALITY} {y=ODDS} {BY} the {l=LANDMARK}\n{@H_FIND}",
        "How to become a good {k=WORK:trade} in {SPAN}\n{@H_TRADE}",
        "How to get {q=a QUALITY} {x=THING} to {v=VILLAGE}\n{@H_GO}",
    ),
    "H_REPAIR": (
        "You need {a COLOR} {THING-x}, {NUMBER} {QUALITY} {z=ODDS} and {SPAN}. {@H_FIRST} {@H_SECOND} "
        "{@H_CARE}\n{@H_THIRD} {@H_EXPERT} {@H_DONE}",
    ),
    "H_FIRST": (
        "First, lay the {x} {ON} {a QUALITY} {COLOR} {FURNITURE} and look at it {MANNER} {UNTIL}.",
        "Begin {WHEN}, when {TRAIT} {CROWD} are away, and wash the {x} {MANNER} with {DRINK}.",
        "Before anything else, put on {a COLOR} {CLOTHES} and shake the {x} {MANNER} {UNTIL}.",
        "Step one: remove {NUMBER} {QUALITY} {ODDS} and {a BEAST} {WILD} from the {x}.",
    ),
    "H_SECOND": (
        "Second, rub it {MANNER} with {FRESH} {PRODUCE}, until it is {COLOR} and {QUALITY}.",
        "Step two: fix the {x} with {NUMBER} {QUALITY} {COLOR} {ODDS} and press it {UNTIL}.",
        "Next, glue {COLOR} {ODDS} on it, as {TRAIT} {CROWD} do in {v=VILLAGE}.",
        "After that, ask {a TRAIT} {OFFICIAL} to hold it {MANNER} and hit it with {a QUALITY} {THING-x}.",
    ),
    "H_CARE": (
        "Be careful: {PAST} {a TRAIT} {OFFICIAL} did it {MANNER}, and now there is {a COLOR} spot on his {CLOTHES}.",
        "Do not sing {WHEN}, or {a BEAST} {WILD} comes and the {x} turns {COLOR}.",
        "If it smells of {FRESH} {PRODUCE}, open the {ROOM} and wait {UNTIL}.",
        "When I did it {PAST}, {@EVENT}.",
    ),
    "H_THIRD": (
        "Finally, leave it {ON} {a QUALITY} {FURNITURE} in the {ROOM} {UNTIL}.",
        "The last step: {MANNER} pour {DRINK} over it and look {GLAD}.",
        "Then show it to {NUMBER} {TRAIT} {CROWD} and count the {COLOR} {ODDS}.",
        "Now let {a BEAST} {WILD} sit on it {UNTIL}, which takes {SPAN}.",
    ),
    "H_EXPERT": (
        "We learned this from {s=ADULT:full}, {a s.trade}, who keeps {QUALITY} {WARE/s.trade} {ON} {a COLOR} "
        "{FURNITURE}.",
        "At the {s=WORK} on {s.street}, {TRAIT} {CROWD} do it {WHEN} with {QUALITY} {WARE/s.trade}.",
        "My neighbor {s=PERSON:full}, who likes {s.hobby}, needed {SPAN} for it and was {MOOD}.",
        "Even {s=ADULT:full}, {a s.trade} with {a QUALITY} {s.work.tool}, failed {PAST}, because {@EVENT}.",
    ),
    "H_DONE": (
        "If all went well, it is {NICE} and {QUALITY}; if not, give it to {a TRAIT} {OFFICIAL}.",
        "Now you may be {GLAD} {UNTIL} and eat {TASTE} {DISH} with {DRINK}.",
        "Your {TRAIT} {CROWD} will be {MOOD}, and {a BEAST} {WILD} will say nothing.",
        'Whoever asks about it, {WHEN} or {WHEN}, gets one answer: "{CALLING}!"',
    ),
    "H_PET": ("{@H_FEED} {@H_BED} {@H_SOUND}\n{@H_OWNER} {@H_NEVER} {@H_LOVE}",),
    "H_FEED": (
        "Give the {y} {FODDER/y} {WHEN} and {FODDER/y} {WHEN}, but never {TASTE} {DISH}.",
        "It eats {FODDER/y}, {MANNER} and {UNTIL}; {FRESH} {PRODUCE} make it {GRUMPY}.",
        "A {MOOD} {y} needs {SPOONS} {FODDER/y} {WHEN} and {a QUALITY} {POT} of water.",
    ),
    "H_BED": (
        "Let it sleep {ON} {a QUALITY} {COLOR} {FURNITURE}, far from {TRAIT} {CROWD}.",
        "For the night, {a QUALITY} {COLOR} {THING} in the {ROOM} is {NICE}.",
        "Build it a home of {NUMBER} {QUALITY} {COLOR} {ODDS} and {a QUALITY} {FURNITURE}.",
    ),
    "H_SOUND": (
        "If it {SOUND/y} {WHEN}, it is {GRUMPY}; if it {SOUND/y} {UNTIL}, it has seen {a BEAST} {WILD}.",
        "When ours {SOUND/y} {PAST}, {TRAIT} {CROWD} came {MANNER} with {QUALITY} {ODDS}.",
        "One that {STEP/y} {MANNER} through the {ROOM} is {GLAD}, {SAID} {a TRAIT} {OFFICIAL}.",
    ),
    "H_OWNER": (
        "Ask {o=OWNER:full}, who has {a o.pet.color} {o.pet.species} called {o.pet} and was {MOOD} {PAST}, when it "
        "{ACT/o.pet.species} {a QUALITY} {THING}.",
        "Look at {o=OWNER:full} on {o.street}: {o.hers} {o.pet.species} {o.pet} {ACT/o.pet.species} {a TRAIT} "
        "{OFFICIAL} {PAST}.",
    ),
    "H_NEVER": (
        "Never take it {BY} the {ASPECT} {LANDMARK} {WHEN}: {PAST} one {ACT/y} {NUMBER} {TRAIT} {CROWD}.",
        "Keep {QUALITY} {ODDS} and {FRESH} {PRODUCE} away from it, or {a TRAIT} {OFFICIAL} must come.",
        "Do not dress it in {a COLOR} {CLOTHES}, even if {TRAIT} {CROWD} ask {MANNER}.",
        "A {QUALITY} {COLOR} {THING} is no toy, {SAID} {a TRAIT} {OFFICIAL} {MANNER}.",
    ),
    "H_LOVE": (
        "After {SPAN} it will follow you {MANNER}, past {TRAIT} {CROWD} and {a BEAST} {WILD}.",
        "Then it will be {GLAD} {WHEN} and {MOOD} {WHEN}, like {a TRAIT} {OFFICIAL}.",
        "Most of all it needs {SPAN} of love, {WHEN} and {WHEN}{@TAIL_DO}",
    ),
    "H_PAINT": (
        "Take {NUMBER} {QUALITY} {ODDS}, {a POT} of {z} paint and {a QUALITY} {THING}. {@H_FIRST} {@H_COAT} "
        "{@H_CARE}\n{@H_DRY} {@H_EXPERT} {@H_DONE}",
    ),
    "H_COAT": (
        "Paint the {x} {z} {MANNER}, {UNTIL}, and do not forget the {QUALITY} side{@TAIL_DO}",
        "With {a COLOR} {CLOTHES} in your hand, paint {MANNER} until the {x} is {z}{@TAIL_DO}",
        "The {z} paint needs {SPAN} and {TRAIT} {CROWD} who do not sit down.",
    ),
    "H_DRY": (
        "Let it dry {UNTIL} {BY} the {ASPECT} {LANDMARK}; {a BEAST} {WILD} must not come near.",
        "While the {z} paint dries, drink {DRINK} {ON} {a QUALITY} {FURNITURE-x} and be {GLAD}.",
        "If {TRAIT} {CROWD} sit on it too early, their {CLOTHES} will be {z}, too.",
    ),
    "H_FIND": ("{@H_GEAR} {@H_TIME} {@H_DIG} {@H_MEET}\n{@H_EXPERT} {@H_SELL} {@H_END}",),
    "H_GEAR": (
        "You need {a QUALITY} {COLOR} {THING}, {a COLOR} {CLOTHES} and {AMOUNT} {FRESH} {PRODUCE}.",
        "Take {a TRAIT} friend, {a QUALITY} {THING} and {DRINK} for {SPAN}.",
        "All it takes is {SPAN}, {a QUALITY} {COLOR} {THING} and {a GLAD} heart.",
    ),
    "H_TIME": (
        "The best time is {WHEN}, in {SEASON}, when {TRAIT} {CROWD} are {GRUMPY}.",
        "Go {WHEN}, after the {w=WEATHER}, because {OUTLOOK/w} bring {y} to light{@TAIL_DO}",
        "Most {y} lie there in {MONTH}, when {a BEAST} {WILD} digs {MANNER}.",
    ),
    "H_DIG": (
        "Look {MANNER} {ON} every {COLOR} {FURNITURE}, dig {UNTIL} and keep still.",
        "Where the grass is {COLOR}, kneel {MANNER} and feel for {QUALITY} {y}.",
        "Follow {a BEAST} {WILD} {MANNER} {UNTIL}; it knows where {COLOR} {y} are.",
    ),
    "H_MEET": (
        "Should {a TRAIT} {OFFICIAL} ask, say {MANNER} that you look for {a BEAST} {WILD}.",
        "I did it {PAST}, and {@EVENT}.",
        "Beware of {TRAIT} {CROWD}: {PAST} they took {NUMBER} {y} and {a QUALITY} {THING} from me.",
    ),
    "H_SELL": (
        "For {NUMBER} {y} you get {a QUALITY} {COLOR} {THING} or {AMOUNT} {FRESH} {PRODUCE}.",
        "Clean the {y} {MANNER} and sell them {WHEN} to {a TRAIT} {OFFICIAL}.",
        "Polished with {DRINK}, the {y} shine {COLOR} and make {CROWD} {GLAD}.",
    ),
    "H_END": (
        "If you find none, be {GLAD} about the air and the {TRAIT} {CROWD}.",
        "Once I {FOUND} {a QUALITY} {COLOR} {THING} instead and was {MOOD} {UNTIL}.",
        "That is all; now go, {MANNER} and {WHEN}!",
    ),
    "H_TRADE": ("{@T_LEARN} {@T_WORK} {@T_TEACHER}\n{@T_BAD} {@T_DAY} {@T_END}",),
    "T_LEARN": (
        "You learn it at the {k} on {k.street}, {WHEN} and {WHEN}, from {TRAIT} {CROWD}.",
        "First buy {a QUALITY} {k.tool} and {a COLOR} {CLOTHES}, then go {MANNER} to the {k} on {k.street}.",
        "In the {k}, which was built in {k.built}, you get {a QUALITY} {k.tool} and {NUMBER} {WARE/k.trade} to "
        "practice on{@TAIL_DO}",
    ),
    "H_GO": ("{@G_WAY} {@G_WRAP} {@G_LOAD} {@G_PAUSE}\n{@G_ARRIVE} {@G_WHO} {@G_END}",),
    "T_WORK": (
        "For {SPAN} you only watch how {QUALITY} {WARE/k.trade} and {k.goods} are made, {MANNER} and {UNTIL}.",
        "Whoever has {MADE/k.trade} {NUMBER} {QUALITY} {WARE/k.trade} may touch the {MACHINE/k.trade}.",
        "The {k.tool} must lie {ON} {a QUALITY} {FURNITURE}; {PAST} {a TRAIT} {OFFICIAL} sat on one.",
    ),
    "T_TEACHER": (
        "Nobody explains it so {MANNER} as {h=ADULT:full} the {h.trade}, and {a h.trade} knows much about {FRESH} "
        "{PRODUCE}.",
        "Ask {h=ADULT:full}, {a h.trade}, whether {h.she} was {MOOD} or {MOOD} on the first {DAY} at the {h.work}.",
        "The {TRAIT} {OFFICIAL} tried it {PAST} and lost {NUMBER} {QUALITY} {COLOR} {ODDS}.",
    ),
    "T_BAD": (
        "On {BAD} days the {MACHINE/k.trade} stands still {UNTIL}, and {a TRAIT} {OFFICIAL} wants {k.goods} at once.",
        "You must be {GLAD} with {TRAIT} {CROWD}, even if {NUMBER} {WARE/k.trade} fall {ON} {a COLOR} {FURNITURE}.",
        "Be {GLAD} when {@EVENT}, for {a k.trade} is never {GRUMPY} {WHEN}.",
    ),
    "T_DAY": (
        "After {SPAN} you make your first {k.goods}, {QUALITY}, {COLOR} and {BAD}.",
        "One {DAY} {WHEN}, {TRAIT} {CROWD} will pay {NUMBER} coins for your {k.goods}.",
        "My own first day ended {WHEN}, with {a BEAST} {WILD} in the {MACHINE/k.trade}.",
    ),
    "T_END": (
        "Then you may call yourself {a k.trade} and be {GLAD} {UNTIL}{@TAIL_DO}",
        "If it does not work, become {a TRAIT} {OFFICIAL} or raise {BEAST} ducks.",
        "All {k.trade}s know: {NICE} {k.goods} need {SPAN} and {DRINK}.",
    ),
    "G_WAY": (
        "{v} lies {v.kilometers} kilometers to the {v.direction}, beside {v.beside}, so start {WHEN}{@TAIL_DO}",
        "The way to {v}, {v.kilometers} kilometers to the {v.direction}, is {BAD} in {SEASON}{@TAIL_DO}",
        "People in {v}, which is known for {v.known}, pay {NUMBER} coins for {a q} {x}{@TAIL_DO}",
    ),
    "G_WRAP": (
        "Wrap the {x} {MANNER} in {a COLOR} {CLOTHES} and tie it with {QUALITY} {ODDS}.",
        "Fill the {x} with {QUALITY} {COLOR} {ODDS}, so that it does not shake.",
        "Tell nobody, least of all {a TRAIT} {OFFICIAL}, that you own {a q} {x}{@TAIL_DO}",
    ),
    "G_LOAD": (
        "Then lay it {ON} {a QUALITY} {COLOR} {FURNITURE} and let {NUMBER} {TRAIT} {CROWD} carry it.",
        "Put it on a cart with {FRESH} {PRODUCE}, {DRINK} and {a BEAST} {WILD}.",
        "Take the bus {WHEN}; {TRAIT} {CROWD} will help you {MANNER}.",
    ),
    "G_PAUSE": (
        "Rest {BY} the {ASPECT} {LANDMARK} {UNTIL} and eat {TASTE} {DISH}.",
        "If the {w=WEATHER} comes, take {WEAR/w}; {PAST} {HAPPENED/w}{@TAIL_DO}",
        "Half way, {@EVENT}, at least when I tried it {PAST}.",
    ),
    "G_ARRIVE": (
        "In {v} you will see {SIGHT/v}; there, set the {x} {ON} {a QUALITY} {FURNITURE} and breathe {MANNER}.",
        "Near {v.beside}, {TRAIT} {CROWD} will greet you {MANNER} with {SOUVENIR/v} and {DRINK}.",
        "Among its {v.inhabitants} inhabitants, ask for {a TRAIT} {OFFICIAL} in {a COLOR} {CLOTHES}.",
    ),
    "G_WHO": (
        "When {h=ADULT:full}, the {h.trade}, did it {PAST}, {h.she} needed {SPAN} and {NUMBER} {QUALITY} {ODDS}.",
        "Only {h=PERSON:full} of {h.street}, who likes {h.hobby}, came back {MANNER} with {a QUALITY} {COLOR} "
        "{THING-x}.",
        "My neighbor {h=ADULT:full} from the {h.work} lost {h.hers} {h.work.tool} and {a COLOR} {CLOTHES} on the "
        "way{@TAIL_DO}",
    ),
    "G_END": (
        "Sell the {x} {WHEN} and come home {MANNER} with {SOUVENIR/v}{@TAIL_DO}",
        "Was it worth {SPAN}? Ask {TRAIT} {CROWD} or {a BEAST} {WILD}.",
        "Nobody there needs {a q} {x}, of course, but the way is {NICE}{@TAIL_DO}",
    ),
}
