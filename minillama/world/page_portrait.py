"""Portraits of people of the town: work, family, home, pastime, and a story that neighbors tell."""

RULES = {
    "portrait": (
        "Portrait: {h=ADULT:full}, {h.trade}\n{@P_ADULT}",
        "Meet {h=ADULT:full} from {h.street}\n{@P_ADULT2}",
        "Young people of Alderbrook: {c=CHILD:full}, {c.years}\n{@P_CHILD}",
        "People we like: {h=ADULT_PLAYER:full} and the {h.instrument}\n{@P_MUSIC}",
    ),
    "P_ADULT": ("{@P_LOOK} {@WORK_h} {@P_DAY} {@KIN_h}\n{@P_TALE} {@HOME_h} {@FREE_h}",),
    "P_ADULT2": ("{@P_DAY} {@WORK_h} {@P_LOOK}\n{@FREE_h} {@KIN_h} {@P_TALE} {@P_WISH}",),
    "P_LOOK": (
        "In {a COLOR} {CLOTHES} and with {a QUALITY} {THING}, {h.she} is easy to see {BY} the {ASPECT} {LANDMARK}.",
        "To {TRAIT} {CROWD} {h.she} seems {MOOD}, to {a TRAIT} {OFFICIAL} only {MOOD}.",
        "We met {h.her} {WHEN} {BY} the {ASPECT} {LANDMARK}; {h.she} was {MOOD} and wore {a COLOR} {CLOTHES}.",
        "When we came {PAST}, {h.she} sat {ON} {a QUALITY} {FURNITURE} and ate {FRESH} {PRODUCE} {MANNER}.",
    ),
    "P_DAY": (
        "This {DAY}, {h.she} drank {DRINK} {WHEN}, {MOVED} {MANNER} to the {h.work} and greeted {NUMBER} {TRAIT} "
        "{CROWD}.",
        "A day with {h} is {NICE}: {h.she} {MADE/h.trade} {NUMBER} {WARE/h.trade} {WHEN} and {NUMBER} more {WHEN}.",
        "One {DAY} {WHEN}, {TRAIT} {CROWD} brought {h.her} {NUMBER} {QUALITY} {ODDS} instead of money.",
        "During our talk, {h.she} polished {h.hers} {h.work.tool} {MANNER}, while {@EVENT}.",
    ),
    "P_TALE": (
        "There is a story about {h.her} and {a QUALITY} {COLOR} {x=THING}: {PAST} {h.she} {FOUND} it {BY} the "
        "{LANDMARK}, and {@EVENT}.",
        "Neighbors still laugh {MANNER} about how {h.she} and {a TRAIT} {OFFICIAL} chased {a BEAST} {WILD} {UNTIL}.",
        "Once {h.she} lent {a QUALITY} {COLOR} {THING} to {a TRAIT} {OFFICIAL}, who gave {h.her} {NUMBER} {FRESH} "
        "{PRODUCE} for it.",
        "The {w=WEATHER} came {PAST}, {HAPPENED/w}, and {h} helped {NUMBER} {TRAIT} {CROWD} {UNTIL}.",
    ),
    "P_WISH": (
        "What does {h.she} wish for? {^a QUALITY} {COLOR} {THING}, {SPAN} of sleep and {TRAIT} {CROWD}.",
        "Next {SEASON}, {h.she} wants to paint the {ROOM} {COLOR} and buy {a QUALITY} {THING}.",
        'Our last question made {h.her} {MOOD}. "{CALLING}!" {h.she} {SAID} {MANNER}.',
        "At the end {h.she} gave us {NUMBER} {QUALITY} {COLOR} {ODDS} and {SAID} good night {MANNER}.",
    ),
    "P_CHILD": ("{@P_SMALL} {@PARENTS_c} {@FREE_c}\n{@P_DREAM} {@P_FRIEND} {@HOME_c} {@QUOTE_c}",),
    "P_SMALL": (
        "In {a COLOR} {CLOTHES} and {MOOD}, {c.she} waited for us {BY} the {ASPECT} {LANDMARK} {UNTIL}.",
        "At school, {c.she} {FOUND} {NUMBER} {QUALITY} {COLOR} {ODDS} {PAST} and became famous.",
        "For {a TRAIT} {OFFICIAL}, {c} {CARRIED} {a QUALITY} {COLOR} {THING} {MANNER} to the {LANDMARK} {PAST}.",
        "Hardly anyone of {c.years} years can hold {a BEAST} {WILD} so {MANNER} {UNTIL}.",
    ),
    "P_DREAM": (
        "One day, {c.she} wants to be {a TRAIT} {OFFICIAL} with {a QUALITY} {COLOR} {THING}.",
        "Of all dreams the best is the one of {a BEAST} {COLOR} {WILD} {ON} {a QUALITY} {FURNITURE}.",
        "If {c.she} had {NUMBER} coins, {c.she} would buy {a QUALITY} {COLOR} {THING} for {a TRAIT} {OFFICIAL}.",
        "When {c.she} grows up, {TRAIT} {CROWD} will be {MOOD}, because {c.she} knows how to train {a BEAST} {WILD}.",
    ),
    "P_FRIEND": (
        "With {f=CHILD-c:full}, who likes {f.hobby}, {c.she} {FOUND} {a QUALITY} {COLOR} {THING} {PAST}.",
        "A good friend is {f=CHILD-c:full} from {f.street}, {GLAD} {WHEN} and {GRUMPY} {WHEN}.",
        "Once {f=CHILD-c:full} and {c} built {a QUALITY} {FURNITURE} for {a BEAST} {WILD} {BY} the {LANDMARK}.",
        "Best of all was {DAY}, when {f=CHILD-c:full} lost {NUMBER} {QUALITY} {ODDS} and {@EVENT}.",
    ),
    "P_MUSIC": ("{@P_PLAY} {@P_TUNE} {@WORK_h}\n{@P_LISTEN} {@KIN_h} {@P_WISH}",),
    "P_PLAY": (
        "{h.She} plays the {h.instrument} {MANNER}, {WHEN} and {WHEN}, in the {ROOM} on {h.street}.",
        "The {h.instrument} of {h} is {QUALITY} and {COLOR} and lies {ON} {a QUALITY} {FURNITURE}.",
        "Whoever walks along {h.street} {WHEN} hears {h.her} play the {h.instrument} {MANNER}{@TAIL}",
    ),
    "P_TUNE": (
        "A song about {a BEAST} {WILD} and {a TRAIT} {OFFICIAL} made {TRAIT} {CROWD} {MOOD} {PAST}.",
        "Some notes are {BAD}, {SAID} {a TRAIT} {OFFICIAL}, but most are {NICE} and {QUALITY}.",
        "It began {PAST}, when {a TRAIT} {OFFICIAL} gave {h.her} {a QUALITY} {COLOR} {THING} to play on.",
        "Before {f=FEAST} in {f.month}, {h.she} practiced {UNTIL} with {TRAIT} {CROWD} and {a BEAST} {WILD}.",
    ),
    "P_LISTEN": (
        "At the last concert, {NUMBER} {TRAIT} {CROWD} clapped {MANNER}, although {@EVENT}.",
        "Only {h.spouse}, {h.hers} {h.spouse.spouse_word}, was {GRUMPY} and hid {ON} {a QUALITY} {COLOR} {FURNITURE}.",
        "When {h.she} plays {WHEN}, {a BEAST} {COLOR} {WILD} sits {BY} the {LANDMARK} and looks {MOOD}.",
        "Together with {s=PLAYER-h:full}, who plays the {s.instrument}, {h.she} gave {a NICE} concert {PAST}{@TAIL}",
    ),
}
