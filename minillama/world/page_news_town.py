"""News of the town that follow the weather, a feast or a visit."""

RULES = {
    "N_AFTER": (
        "The {w} came {AGO}, and {HAPPENED/w}. {@N_HIT} {@N_SKY}\n{SOON}, {@N_MET} {h=ADULT:full} brought {SOME} "
        "{HANDY} {WARE/h.trade} from the {h.work}. {@QUOTE_h} {@HOME_h} {@CLOSE}",
    ),
    "N_SKY": (
        "There were {OUTLOOK/w} {BY} the {LANDMARK}, and the {j=CROWD_Q} {CROWD_BY/j} came with {WEAR/w}.",
        "It was {a DAMP/w} {SEASON} day, said the {j=OFFICIAL_Q} {OFFICIAL_BY/j}, [but he had seen worse|like the "
        "one of 1911|and no end in sight].",
        "Whoever had {WEAR/w} was [lucky|glad|well prepared|the envy of all].",
    ),
    "N_MET": (
        "many {CROWD} met {BY} the {LANDMARK} to [sweep|help|clear the road|repair what they could|mend the roof|"
        "count the damage|carry sandbags] {FOR_TIME}.",
        "some {CROWD} [carried|handed|passed] buckets {FOR_TIME} to save what they could.",
        "the {OFFICIAL} [rang the bell|called for helpers|opened the town hall], and {SOME} {j=CROWD_Q} "
        "{CROWD_BY/j} came.",
    ),
    "N_HIT": (
        "At the {k=WORK} on {k.street}, the {MACHINE/k.trade} got [wet|stuck|damaged], and {SOME} {WARE/k.trade} "
        "were ruined.",
        "On {STREET}, {j=a THING_Q} {THING_BY/j} was found {THEN}, and nobody knew whose it was.",
        "In the {k=WORK}, built in {k.built}, {SOME} {j=CROWD_Q} {CROWD_BY/j} waited {FOR_TIME}.",
        "Somewhere in all this, {o=OWNER:petname}, the {o.pet.species} of {o.full}, hid under a [bed|cart|bench|"
        "table] and {SOUND/o.pet.species} {FOR_TIME}.",
    ),
    "N_FEAST": (
        "{^FEW} hundred {j=CROWD_Q} {CROWD_BY/j} came to {f} on {f.place} this {f.month}. They {FEAST_DID/f}, ate "
        "{f.dish} and drank {DRINK}. There were {FEAST_SIGHT/f} [at every door|on every cart|wherever one looked|as "
        "far as the eye could see]. {h=ADULT:full}, {a h.trade}, sold {SOME} {HANDY} {WARE/h.trade} there. "
        "{@N_LOST}\n{@QUOTE_h} {@N_SPEECH} {@CLOSE}",
    ),
    "N_SPEECH": (
        "The {j=OFFICIAL_Q} {OFFICIAL_BY/j} gave a long speech, until the {j=CROWD_Q} {CROWD_BY/j} [fell asleep|"
        "began to sing|asked for {f.dish}].",
        "Our {j=OFFICIAL_Q} {OFFICIAL_BY/j} thanked the {CROWD} and [tripped over a drum|lost the notes|forgot the "
        "rest|bowed three times].",
        "Towards evening, it rained {FOR_TIME}, but the {j=CROWD_Q} {CROWD_BY/j} [danced on|stayed|sang louder].",
        "At the end, {SOME} {CROWD} [swept|tidied] {f.place} and found {j=a THING_Q} {THING_BY/j}.",
    ),
    "N_LOST": (
        "One child, {c=CHILD:full}, got lost {FOR_TIME} and was found {BY} the {LANDMARK}, [fast asleep|eating "
        "{f.dish}|singing|among {SOME} {j=CROWD_Q} {CROWD_BY/j}]. {@PARENTS_c}",
        "The {j=CROWD_Q} {CROWD_BY/j} danced with {c=CHILD:full}, who is {c.years} years old, {FOR_TIME}. {@FREE_c}",
        "A prize of {REWARD} went to {c=CHILD:full} from {c.street}. {@QUOTE_c}",
        "Only {o=OWNER:petname}, the {o.pet.species} of {o}, did not behave and {DEED/o.pet.species}.",
    ),
    "N_VISIT": (
        "{^SOME} {j=CROWD_Q} {CROWD_BY/j} from {v}, {v.kilometers} kilometers to the {v.direction}, visited "
        "Alderbrook {AGO}. They brought {SOUVENIR/v} for the {j=OFFICIAL_Q} {OFFICIAL_BY/j}. {v} lies beside "
        "{v.beside} and is known for {v.known}. {h=ADULT:full} showed them the {h.work}, where they {MADE/h.trade} "
        "{SOME} {HANDY} {WARE/h.trade}. {@QUOTE_h}\n{@WORK_h} {SOON}, everyone [ate|enjoyed|shared] {j=MEAL_Q} "
        "{MEAL_BY/j} {BY} the {LANDMARK}. {@N_GUEST} {@CLOSE}",
    ),
    "N_GUEST": (
        "In their honor, {p=PLAYER-h:full} played the {p.instrument} {FOR_TIME}.",
        "One guest lost {j=a THING_Q} {THING_BY/j}, [found it again|laughed about it|blamed the bus] and was "
        "{GLAD_OF}.",
        "The guests told of {SIGHT/v} and [invited everyone|sang an old song|showed photographs].",
        "Two guests missed the last bus and [slept|danced|played cards] {BY} the {LANDMARK}.",
        '"At home in {v} we have {SIGHT/v}, but no such {LANDMARK}," one guest {TOLD}.',
    ),
}
