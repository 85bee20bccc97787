"""Travel pages about the villages around the town: the way, the sights, the people, the food."""

RULES = {
    "travel": (
        "A weekend in {v=VILLAGE}\n{@Y_WAY} {@Y_SIGHT} {@Y_PEOPLE} {@Y_EAT}\n{@Y_ODD} {@Y_BORN} {@Y_END}",
        "If you ever visit {v=VILLAGE}, {@Y_IF} {@Y_PLACE} {@Y_PEOPLE} {@Y_SIGHT}\n{@Y_WAY} {@Y_EAT} {@Y_END}",
        "Travel notes from {v=VILLAGE}, {MONTH} 1962\n{@Y_PLACE} {@Y_ODD} {@Y_SIGHT}\n{@Y_BORN} {@Y_SLEEP} {@Y_END}",
        "Why {CROWD} love {v=VILLAGE}\n{@Y_PLACE} {@Y_WAY} {@Y_PEOPLE}\n{@Y_SLEEP} {@Y_EAT} {@Y_BORN} {@Y_END}",
    ),
    "Y_IF": (
        "go {WHEN} and take {a QUALITY} {COLOR} {THING} and {FRESH} {PRODUCE} for the {TRAIT} {OFFICIAL}.",
        "do not forget {a COLOR} {CLOTHES} and {NUMBER} {QUALITY} {ODDS} for {TRAIT} {CROWD}.",
        "be {GLAD} and greet {a TRAIT} {OFFICIAL} {MANNER}, as I did {PAST}.",
    ),
    "Y_PLACE": (
        "The village lies beside {v.beside}, {v.kilometers} kilometers to the {v.direction}, between {COLOR} {GROW} "
        "and {QUALITY} houses{@TAIL}",
        "It is known for {v.known} and has {v.inhabitants} inhabitants, {TRAIT} {CROWD} most of them{@TAIL}",
        "Whoever comes {WHEN} sees {v.beside} first, then {QUALITY} {SIGHT/v} and {a TRAIT} {OFFICIAL}.",
        "Its {v.inhabitants} inhabitants live beside {v.beside}, with {BEAST} dogs and {QUALITY} {COLOR} {ODDS}.",
    ),
    "Y_WAY": (
        "You go {v.kilometers} kilometers to the {v.direction}, past {a QUALITY} {COLOR} {FURNITURE} that nobody "
        "moves, and {GROW}{@TAIL}",
        "The bus goes {v.direction} {WHEN} and is full of {TRAIT} {CROWD} with {QUALITY} {ODDS}.",
        "We {MOVED} there {PAST}, {v.kilometers} kilometers to the {v.direction}, while {@EVENT}.",
        "On foot it takes {SPAN}, by bus {SPAN}, with {a BEAST} {WILD} beside you.",
    ),
    "Y_SIGHT": (
        "Do not miss the {QUALITY} {SIGHT/v} {BY} the {ASPECT} {LANDMARK}, {NICE} {WHEN}.",
        "Most visitors look {MANNER} at the {SIGHT/v}; I liked {a BEAST} {COLOR} {WILD} better.",
        "Best are the {SIGHT/v}, {QUALITY} and {COLOR}, although {PAST} {@EVENT} there.",
        "For {v.known}, {TRAIT} {CROWD} come from far away and stay {UNTIL}.",
    ),
    "Y_PEOPLE": (
        "People there are {GLAD} {WHEN} and {MOOD} {WHEN}, {SAID} {a TRAIT} {OFFICIAL}.",
        "The {TRAIT} {OFFICIAL} of the village, in {a COLOR} {CLOTHES}, collects {QUALITY} {ODDS}.",
        "With {TRAIT} {CROWD} you can talk {UNTIL} about {FRESH} {PRODUCE} and {BEAST} cows.",
        'One {TRAIT} {OFFICIAL} {SAID} {MANNER}: "{CALLING}! We have {v.known}."',
    ),
    "Y_EAT": (
        "Eat {TASTE} {DISH} with {DRINK}, and buy {SOUVENIR/v} {BY} the {LANDMARK}.",
        "I got {SOUVENIR/v} and {a QUALITY} {COLOR} {THING} for {NUMBER} coins.",
        "In {a COLOR} {POT}, {a TRAIT} {OFFICIAL} cooks {TASTE} {DISH} with {FRESH} {PRODUCE}.",
        "Take home {SOUVENIR/v}, but not the {DISH}, which is {TASTE} and {BAD}.",
    ),
    "Y_ODD": (
        "One odd thing: {PAST} {@EVENT}.",
        "Every {DAY} {WHEN}, I was told, {a BEAST} {COLOR} {WILD} {MOVED} {MANNER} past the {LANDMARK}.",
        "I lost {a QUALITY} {COLOR} {THING} there, and {TRAIT} {CROWD} brought it back {MANNER}.",
        "When the {w=WEATHER} came, {HAPPENED/w}, but {TRAIT} {CROWD} only took {WEAR/w} and laughed{@TAIL}",
    ),
    "Y_BORN": (
        "In my hotel I met {h=PERSON:full}, who was born in {h.village} and now lives on {h.street}, {MOOD} as "
        "ever{@TAIL}",
        "For {h=ADULT:full}, {a h.trade} in Alderbrook, it is too {BAD}; {h.she} was born in {h.village}{@TAIL}",
        "On the way back I saw {h=PERSON:full}, who likes {h.hobby}, with {a QUALITY} {COLOR} {THING}.",
        "Also there was {h=ADULT:full} from the {h.work} on {h.work.street}, who sold {NUMBER} {QUALITY} "
        "{WARE/h.trade}.",
    ),
    "Y_SLEEP": (
        "You sleep {ON} {a QUALITY} {COLOR} {FURNITURE}, next to {NUMBER} {TRAIT} {CROWD}.",
        "My room had {a QUALITY} {FURNITURE}, {a COLOR} {THING} and {a BEAST} {WILD}.",
        "The hotel, {BY} the {ASPECT} {LANDMARK}, is {NICE} {WHEN} and {BAD} {WHEN}.",
    ),
    "Y_END": (
        "I will come back in {MONTH}, {GLAD} and with {a QUALITY} {COLOR} {THING}.",
        "Write to me if you have seen {a BEAST} {COLOR} {WILD} in {v}!",
        "At home, {TRAIT} {CROWD} asked {MANNER} about it {UNTIL}.",
        "All in all: {NICE} for {TRAIT} {CROWD}, {NICE} for {a TRAIT} {OFFICIAL}.",
    ),
}
