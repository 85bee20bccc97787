"""Weather reports with what they lead to, and invitations to the feasts of the year."""

RULES = {
    "weather": (
        "Weather for {DAY}: {w=WEATHER} {WHEN}. {@W_NOW} {@W_WHO} {@W_PLACE}\n{@W_LATER} {@W_TIP} {@W_END}",
        "Forecast for {v=VILLAGE}: {w=WEATHER} {WHEN}. {@W_NOW} {@W_VILLAGE}\n{@W_WHO} {@W_TIP} {@W_LATER}",
        "Yesterday's {w=WEATHER}: {@W_WHO} {@W_NOW} {@W_PLACE}\n{@W_TELL} {@W_TIP} {@W_END}",
    ),
    "W_NOW": (
        "It will be {DAMP/w} and {NICE} for {TRAIT} {CROWD}, but {BAD} for {a TRAIT} {OFFICIAL}.",
        "Expect {OUTLOOK/w} {BY} the {ASPECT} {LANDMARK} and {DAMP/w} streets {UNTIL}.",
        "The {w} is {DAMP/w} and {BAD}, {SAID} {a TRAIT} {OFFICIAL} with {a COLOR} {THING}.",
        "Take {WEAR/w} and {a QUALITY} {COLOR} {THING}, and walk {MANNER}.",
        "Such {DAMP/w} weather makes {CROWD} {MOOD} and {CROWD} {MOOD}.",
    ),
    "W_WHO": (
        "Near the {k=WORK} on {k.street}, {HAPPENED/w}, and {NUMBER} {QUALITY} {WARE/k.trade} got wet {PAST}.",
        "At the {k=WORK}, the {MACHINE/k.trade} stood still {PAST}, because {HAPPENED/w}; {@EVENT}.",
        "For {h=ADULT:full}, the {h.trade}, {PAST} was {BAD}: {HAPPENED/w}, and {h.hers} {h.work.tool} was {QUALITY}.",
        "As {h=ADULT:full} came home to {h.street} {PAST}, {HAPPENED/w}, and {@EVENT}.",
        "No luck for {o=OWNER:petname}, the {o.pet.color} {o.pet.species} of {o.full}: {HAPPENED/w}, and it "
        "{SOUND/o.pet.species} {UNTIL}{@TAIL}",
        "While {c=CHILD:full} was {c.hobby} {PAST}, {HAPPENED/w}, and {a BEAST} {WILD} {MOVED} {MANNER} away.",
    ),
    "W_PLACE": (
        "On {STREET}, {NUMBER} {TRAIT} {CROWD} lost {QUALITY} {ODDS} {BY} the {LANDMARK}.",
        "In {v=VILLAGE}, {v.kilometers} kilometers to the {v.direction}, {TRAIT} {CROWD} were {MOOD} {UNTIL}.",
        "Around the {ASPECT} {LANDMARK}, {@EVENT}.",
        "High up, {BY} the {ASPECT} {LANDMARK}, {a QUALITY} {COLOR} {THING} flew past {a TRAIT} {OFFICIAL}.",
    ),
    "W_VILLAGE": (
        "{v} lies {v.kilometers} kilometers to the {v.direction}, beside {v.beside}, where {PAST} {@EVENT}.",
        "The {TRAIT} {CROWD} of {v}, which is known for {v.known}, fear for their {SIGHT/v} and {QUALITY} {ODDS}.",
        "In {v}, {a TRAIT} {OFFICIAL} sells {SOUVENIR/v} and {WEAR/w} {WHEN}.",
    ),
    "W_LATER": (
        "Towards {DAY}, the {w} will stop, and {TRAIT} {CROWD} can dry their {CLOTHES} {BY} the {LANDMARK}.",
        "By {DAY}, there will be {OUTLOOK/w} and {a TRAIT} {OFFICIAL} {BY} the {ASPECT} {LANDMARK}.",
        "After that comes {x=WEATHER-w}; then {CROWD} need {WEAR/x} and {a QUALITY} {THING}.",
        "It will not be as {BAD} as {PAST}, when {HAPPENED/w} and {@EVENT}.",
    ),
    "W_TELL": (
        'One {TRAIT} {OFFICIAL} {SAID} {MANNER}: "{CALLING}! My {COLOR} {THING} is gone."',
        "Somewhere {a BEAST} {WILD} was {MOOD} and hid {ON} {a QUALITY} {COLOR} {FURNITURE} {UNTIL}.",
        "In the {ROOM} of {a TRAIT} {OFFICIAL}, {CROWD} waited {UNTIL} with {DRINK} and {DISH}.",
        "People will remember the {OUTLOOK/w} and the {TRAIT} {OFFICIAL} with {NUMBER} {QUALITY} {ODDS}.",
    ),
    "W_TIP": (
        "Our tip: drink {DRINK} and keep {FRESH} {PRODUCE} {ON} the {QUALITY} {FURNITURE}.",
        "Keep {a QUALITY} {THING} in the {ROOM} and your {CLOTHES} {ON} the {FURNITURE}.",
        "Do not let {a BEAST} {WILD} into the {ROOM}, however {MOOD} it looks.",
        "Whoever must go out should wear {a COLOR} {CLOTHES} and be {GLAD}.",
        "Cover your {FLOWER} and {FRESH} {PRODUCE} with {a QUALITY} {COLOR} {THING}.",
        "Stay in the {ROOM} {UNTIL} and cook {TASTE} {DISH}.",
    ),
    "W_END": (
        "Next {DAY} will be {NICE}, if the {ASPECT} {LANDMARK} is not in the clouds.",
        "The {SEASON} remains {BAD}, {SAID} the {TRAIT} {OFFICIAL} {MANNER}.",
        "For {SEASON}, we expect {FRESH} {PRODUCE} and {TRAIT} {CROWD}.",
        "If this report is wrong, blame {a BEAST} {WILD} or the {TRAIT} {OFFICIAL}.",
    ),
    "event": (
        "Come to {f=FEAST}! {@E_WHAT} {@E_FOOD} {@E_WHO}\n{@E_LAST} {@E_BRING} {@E_END}",
        "Save the day: {f=FEAST} is in {f.month}. {@E_FOOD} {@E_WHO}\n{@E_BRING} {@E_LAST} {@E_END}",
        "Program of {f=FEAST}, {WHEN}: {@E_WHAT} {@E_BRING}\n{@E_WHO} {@E_FOOD} {@E_END}",
    ),
    "E_WHAT": (
        "On {f.place}, {TRAIT} {CROWD} wait with {QUALITY} {FEAST_SIGHT/f} and {a COLOR} {THING}.",
        "This {f.month}, there are {NUMBER} {QUALITY} {FEAST_SIGHT/f} {BY} the {LANDMARK} on {f.place}.",
        "Every {f.month} we meet on {f.place}; last year {CROWD} {FEAST_DID/f}, and {@EVENT}.",
        "First {a TRAIT} {OFFICIAL} speaks {UNTIL}, then {CROWD} with {FEAST_SIGHT/f} come down {f.place}.",
    ),
    "E_FOOD": (
        "There is {f.dish} with {DRINK}, and for {TRAIT} {CROWD} {TASTE} {DISH}.",
        "As always, {f.dish} is served, {TASTE} and {TASTE}, by {a TRAIT} {OFFICIAL}.",
        "You get {f.dish} for {NUMBER} coins and {DRINK} for {NUMBER} {QUALITY} {ODDS}.",
        "Our {f.dish} is {TASTE}; {PAST} {a BEAST} {WILD} ate half of it.",
    ),
    "E_WHO": (
        "The band has {h=PLAYER:full} on the {h.instrument}, {MOOD} and in {a COLOR} {CLOTHES}.",
        "Listen to {h=PLAYER:full} from {h.street}, who plays the {h.instrument} {MANNER} {WHEN}.",
        "Among the helpers is {h=ADULT:full}, {a h.trade}, with {NUMBER} {QUALITY} {WARE/h.trade} from the {h.work}.",
        "For children, {h=ADULT:full} from the {h.work} tells {UNTIL} of {a BEAST} {WILD} and {a TRAIT} {OFFICIAL}.",
    ),
    "E_BRING": (
        "Please bring {a QUALITY} {COLOR} {THING}, {NUMBER} {QUALITY} {ODDS} and {FRESH} {PRODUCE}.",
        "Leave your {QUALITY} {THING} {BY} the {ASPECT} {LANDMARK}; the {TRAIT} {OFFICIAL} looks after it.",
        "Who comes in {a COLOR} {CLOTHES} gets {NUMBER} {QUALITY} {ODDS}.",
        "Children win {a QUALITY} {COLOR} {THING} if they find {NUMBER} {ODDS} {BY} the {LANDMARK}.",
    ),
    "E_LAST": (
        "Last year, {@EVENT}, and {CROWD} {FEAST_DID/f}.",
        'Afterwards {a TRAIT} {OFFICIAL} {SAID} {MANNER}: "{CALLING}! I will come again."',
        "If there is {w=WEATHER}, bring {WEAR/w}; once {HAPPENED/w}, and {CROWD} stayed {UNTIL}{@TAIL}",
        "The last time, {c=CHILD:full}, now {c.years} years old, lost {a QUALITY} {COLOR} {THING} {BY} the "
        "{LANDMARK}.",
    ),
    "E_END": (
        "Be {GLAD} and bring {TRAIT} {CROWD}!",
        "See you {BY} the {ASPECT} {LANDMARK}, {WHEN}!",
        "Even {a GRUMPY} {OFFICIAL} is welcome {WHEN}.",
        "Until then, stay {GLAD}, eat {FRESH} {PRODUCE} and greet the {TRAIT} {OFFICIAL}.",
    ),
}
