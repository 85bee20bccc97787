"""News of the town: a find, a mishap, an escape, a prize, a theft, the weather, a feast, a visit."""

RULES = {
    "news": (
        "News from Alderbrook: {@NEWS}",
        "Town news for {DAY}: {@NEWS}",
        "Alderbrook Daily, {MONTH} 1962: {@NEWS}",
        "Heard on {STREET}: {@NEWS}",
    ),
    "NEWS": (
        "Found {BY} the {l=LANDMARK}\n{@N_FOUND}",
        "Trouble with {q=a QUALITY} {x=THING}\n{@N_TROUBLE}",
        "Escaped {WHEN}\n{@N_ESCAPED}",
        "Prize for {q=a QUALITY} {x=THING}\n{@N_PRIZE}",
        "Thief {BY} the {l=LANDMARK}\n{@N_THIEF}",
        "After the {w=WEATHER}\n{@N_AFTER}",
        "Crowds at {f=FEAST}\n{@N_FEAST}",
        "A visit from {v=VILLAGE}\n{@N_VISIT}",
    ),
    "N_FOUND": (
        "{h=ADULT:full}, {a h.trade} from {h.street}, {FOUND} {a QUALITY} {COLOR} {x=THING} {BY} the {l} {PAST}. "
        "Under it lay {NUMBER} {QUALITY} {COLOR} {y=ODDS}. {@WORK_h} {@QUOTE_h}\n{LATER}, {h.she} {CARRIED} the {x} "
        "to the {TRAIT} {OFFICIAL}, who was {MOOD} and looked at it {UNTIL}. {@CAME} {@N_OWNER} {@CLOSE}",
    ),
    "N_OWNER": (
        "The {x} belonged to {s.hers} {s.spouse.spouse_word} {s.spouse}, who had lost it {WHEN}. {@FREE_s}",
        '"The {x} is mine," {s.she} {SAID}, "and so are the {y}." {@KIN_s}',
        "It turned out that {s.hers} {s.elder.son} {s.elder} had left the {x} there {WHEN}. {@FREE_s}",
        "{s} gave {h} {NUMBER} {QUALITY} {WARE/s.trade} for the {x} and took the {y} home to {s.street}. {@KIN_s}",
    ),
    "N_TROUBLE": (
        "It began {PAST}, when {h=ADULT:full} left {a q} {x} {ON} the {QUALITY} {FURNITURE} at the {h.work}. "
        "{@N_SLIP} {@WORK_h} {@QUOTE_h}\n{@CAME} {LATER}, the {x} was {COLOR} all over, and {h} "
        "[thanked|hugged|paid|greeted] {s} {MANNER}. {@HOME_s} {@KIN_h} {@CLOSE}",
    ),
    "N_SLIP": (
        "Our {TRAIT} {OFFICIAL} stepped on it and fell into {a COLOR} {FURNITURE}.",
        "Then {NUMBER} {QUALITY} {ODDS} fell into the {MACHINE/h.trade}, and it stood still {UNTIL}.",
        "Soon {a BEAST} {WILD} sat in the middle of the {WARE/h.trade} and looked {MOOD}.",
        "When {h.she} looked again, {NUMBER} {QUALITY} {WARE/h.trade} were gone.",
        "The {TRAIT} {CROWD} wanted to help and broke {NUMBER} {QUALITY} {WARE/h.trade}.",
        "Somebody took it for {a QUALITY} {THING-x} and painted it {COLOR}.",
    ),
    "N_ESCAPED": (
        "{o=OWNER:petname}, the {o.pet.color} {o.pet.species} of {o.full}, {STEP/o.pet.species} out of the {ROOM} "
        "{PAST} and ran as far as the {l=LANDMARK}. {@N_CHASE} {o}, who is {o.years}, looked {BY} the {ASPECT} "
        "{LANDMARK-l} {UNTIL}.\n{LATER}, {s=ADULT-o.mother-o.father:full}, the {s.trade}, {FOUND} the "
        "{o.pet.species} {ON} {a QUALITY} {FURNITURE}, where it {SOUND/o.pet.species} {MANNER}. {@WORK_s} For "
        "{NUMBER} [handfuls|bites|bits] of {FODDER/o.pet.species}, {o.pet} came home to {o.street}. {o.mother}, the "
        'mother, was {MOOD}; {o.father}, the father, only {SAID}: "{CALLING}!" {@CLOSE}',
    ),
    "N_CHASE": (
        "On the way it {ACT/o.pet.species} {a QUALITY} {COLOR} {THING} and woke the {TRAIT} {OFFICIAL}.",
        "The {TRAIT} {OFFICIAL} ran after it with {a QUALITY} {COLOR} {THING} and fell over {NUMBER} {QUALITY} "
        "{ODDS}.",
        "Nobody could catch it, although the {TRAIT} {CROWD} tried {UNTIL}.",
        "There it ate {NUMBER} {FRESH} {PRODUCE} and {ACT/o.pet.species} the {TRAIT} {OFFICIAL}.",
        "It {SOUND/o.pet.species} so loudly that the {TRAIT} {CROWD} dropped {NUMBER} {QUALITY} {ODDS}.",
    ),
    "N_PRIZE": (
        "{h=PERSON:full} of {h.street} won the prize for {h.hobby} {PAST}. The prize was {a q} {x} with {NUMBER} "
        "{QUALITY} {ODDS} in it. {@FREE_h} {@N_JURY} {@N_RIVAL}\n{LATER}, {h} {CARRIED} the {x} home {MANNER}, and "
        "the {h.family} family ate {TASTE} {DISH} with {DRINK}. {@HOME_h} {@CLOSE}",
    ),
    "N_JURY": (
        "Our jury, {a TRAIT} {OFFICIAL} and {NUMBER} {TRAIT} {CROWD}, was {MOOD} and talked {UNTIL}.",
        "To the jury, {a GRUMPY} {OFFICIAL}, it was the most {NICE} [work|day|thing|sight] of the {SEASON}.",
        'The {TRAIT} {OFFICIAL}, who was the jury, {SAID}: "{CALLING}! That is {NICE}."',
        "There was no jury; the {TRAIT} {CROWD} and the {TRAIT} {OFFICIAL} chose {MANNER}.",
    ),
    "N_RIVAL": (
        "Second came {s=PERSON-h:full}, who was {MOOD} and likes {s.hobby} much more{@TAIL}",
        "Next best was {s=PERSON-h:full} from {s.street}, with {a QUALITY} {COLOR} {THING}.",
        "Only {s=PERSON-h:full} did not clap; {s.she} had lost {s.hers} {GEAR/s.hobby} {WHEN}{@TAIL}",
    ),
    "N_THIEF": (
        "{^NUMBER} {QUALITY} {COLOR} {y=ODDS} and {a QUALITY} {COLOR} {x=THING} were stolen {BY} the {l} {PAST}. "
        "They belonged to {h=ADULT:full}, who {FOUND} the open window {WHEN}. {@WORK_h} {@QUOTE_h} "
        "{@N_SUSPECT}\n{LATER}, the {TRAIT} {OFFICIAL} followed {a QUALITY} trail of {FRESH} {PRODUCE} to the "
        "{ASPECT} {LANDMARK-l}. The thief was {a BEAST} {COLOR} {t=WILD}! It had [built a nest from|slept on|played "
        "with|hidden] the {y} and did not like the {x}. {@KIN_h} {@CLOSE}",
    ),
    "N_SUSPECT": (
        "At first, everyone suspected the {TRAIT} {CROWD}, who were {MOOD}.",
        "The {TRAIT} {OFFICIAL} asked {s=PERSON-h:full}, but {s.she} had been busy {s.hobby}.",
        "There were footprints {ON} the {QUALITY} {FURNITURE}, small and {QUALITY}.",
        "Even {s=ADULT-h:full} the {s.trade} was asked; {s.she} had {MADE/s.trade} {WARE/s.trade} {UNTIL}{@TAIL}",
    ),
    "N_AFTER": (
        "The {w} came {PAST}, and {HAPPENED/w}. {@N_HIT} {@SKY2}\n{LATER}, the {TRAIT} {CROWD} met {BY} the {ASPECT} "
        "{LANDMARK} with {NUMBER} {QUALITY} {ODDS} and {a QUALITY} {COLOR} {THING} to [help|sweep|clear the "
        "road|repair what they could]. {h=ADULT:full} brought {NUMBER} {QUALITY} {WARE/h.trade} from the {h.work}. "
        "{@QUOTE_h} {@HOME_h} {@CLOSE}",
    ),
    "SKY2": (
        "There were {OUTLOOK/w} {BY} the {ASPECT} {LANDMARK}, and the {TRAIT} {CROWD} wore {WEAR/w}.",
        "It was {a DAMP/w} {SEASON} day, {SAID} the {TRAIT} {OFFICIAL}, but not {a BAD} one.",
    ),
    "N_HIT": (
        "At the {k=WORK} on {k.street}, the {MACHINE/k.trade} was wet and {NUMBER} {QUALITY} {WARE/k.trade} were "
        "ruined.",
        "On {STREET}, {a QUALITY} {COLOR} {THING} was found {ON} {a COLOR} {FURNITURE} that nobody knew.",
        "Near the {k=WORK}, built in {k.built}, {NUMBER} {TRAIT} {CROWD} waited {UNTIL}.",
        "In the dark, {o=OWNER:petname}, the {o.pet.species} of {o.full}, hid {ON} the {QUALITY} {FURNITURE} and "
        "{SOUND/o.pet.species} {UNTIL}.",
    ),
    "N_FEAST": (
        "{^FEW} hundred {CROWD} came to {f} on {f.place} this {f.month}. They {FEAST_DID/f}, ate {f.dish} and drank "
        "{DRINK}. There were {QUALITY} {FEAST_SIGHT/f} {BY} every [door|window|tree|bench|cart]. {h=ADULT:full}, {a "
        "h.trade}, sold {NUMBER} {QUALITY} {WARE/h.trade} there. {@QUOTE_h} {@N_LOST}\n{@KIN_h} {LATER}, the {TRAIT} "
        "{OFFICIAL} thanked the {TRAIT} {CROWD} and fell {MANNER} over {a QUALITY} {COLOR} {THING}. {@CLOSE}",
    ),
    "N_LOST": (
        "One child, {c=CHILD:full}, got lost {UNTIL} and was found {BY} the {ASPECT} {LANDMARK} with {a QUALITY} "
        "{COLOR} {THING}. {@PARENTS_c}",
        "The {TRAIT} {CROWD} danced with {c=CHILD:full}, who is {c.years} years old, {UNTIL}. {@FREE_c}",
        "A prize of {NUMBER} {QUALITY} {ODDS} went to {c=CHILD:full} from {c.street}. {@QUOTE_c}",
        "Only {o=OWNER:petname}, the {o.pet.species} of {o}, was {GRUMPY} and {ACT/o.pet.species} {a QUALITY} "
        "{COLOR} {THING}.",
    ),
    "N_VISIT": (
        "{^NUMBER} {TRAIT} {CROWD} from {v}, {v.kilometers} kilometers to the {v.direction}, visited Alderbrook "
        "{PAST}. They brought {SOUVENIR/v} and {a QUALITY} {COLOR} {THING} for the {TRAIT} {OFFICIAL}. {v} lies "
        "beside {v.beside} and is known for {v.known}. {h=ADULT:full} showed them the {h.work}, where they "
        "{MADE/h.trade} {NUMBER} {QUALITY} {WARE/h.trade}. {@QUOTE_h}\n{@WORK_h} {LATER}, everyone ate {DISH} {BY} "
        "the {ASPECT} {LANDMARK}. {@N_GUEST} {@CLOSE}",
    ),
    "N_GUEST": (
        "One guest lost {a QUALITY} {COLOR} {THING} and was {GRUMPY} {UNTIL}.",
        "The guests told of {SIGHT/v} and were {MOOD}.",
        "Two guests had never seen {a QUALITY} {LANDMARK} and took {NUMBER} photographs.",
        '"At home in {v} we have {SIGHT/v}, but no such {THING}," one guest {SAID}{@TAIL}',
    ),
}
