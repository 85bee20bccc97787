"""Diaries of adults, in the first person: a day at work with a mishap or an odd order, the family, the evening."""

RULES = {
    "D_ADULT": ("{@D_WORK} {@D_THEN}",),
    "D_THEN": (
        "It was no quiet day. {@D_CUSTOMER} {@D_REPAIR}\n{@D_SPOUSE} {@D_KID} {@D_FREE} {@D_END}",
        "That was only the beginning. {@D_REPAIR} {@D_SPOUSE}\n{@D_KID} {@D_EVENING} {@D_END}",
        "But first things first. {@D_CUSTOMER} {@D_FREE}\n{@D_EVENING} {@D_SPOUSE} {@D_END}",
        "So it went. {@D_REPAIR} {@D_CUSTOMER} {@D_KID}\n{@D_SPOUSE} {@D_FREE} {@D_END}",
    ),
    "D_WORK": (
        "At the {h.work} on {h.work.street} {MISHAP/h.trade} {THEN}, just when {w=a OFFICIAL_Q} {OFFICIAL_BY/w} came "
        "in for {WARE/h.trade}. I was {SORRY_OF} {FOR_TIME}.",
        "Work began {THEN} with a [small|big|pleasant|happy] surprise: {TRIUMPH/h.trade}. I sold {SOME} "
        "{WARE/h.trade} to {w=CROWD_Q} {CROWD_BY/w}.",
        "Nobody can make {h.work.goods} when {MISHAP/h.trade}, and that is what happened {THEN}. Even {w=a "
        "OFFICIAL_Q} {OFFICIAL_BY/w} was {SORRY_OF}.",
        "I had hardly opened the door of the {h.work} when the {q=OFFICIAL_Q} {OFFICIAL_BY/q} appeared {THEN} and "
        "asked for {ORDER/h.trade}. I promised it for {DAY}.",
        "My {h.work.tool} was [missing|gone|not in its place|nowhere to be found] {THEN}. It lay under {w=a "
        "CLOTHES_Q} {CLOTHES_BY/w}, beside {w=a THING_Q} {THING_BY/w}.",
    ),
    "D_CUSTOMER": (
        "At lunch I met {e=EATER-h-h.spouse:full}, who ate {e.food}, {e.hers} favorite food, and told me that {AGO} "
        "{@D_NEWS}.",
        "Through the wall I heard {p=PLAYER-h-h.spouse:full} play the {p.instrument}, the same {SOME} notes "
        "{FOR_TIME}.",
        "Then {s=ADULT-h-h.spouse:full}, {a s.trade}, wanted {ORDER/h.trade}, and {s.she} [wanted it|needed it|asked "
        "for it] by {DAY}.",
        "There came {q=a OFFICIAL_Q} {OFFICIAL_BY/q} for {ORDER/h.trade} and stayed {FOR_TIME}, talking about [his "
        "knees|the weather|his garden|the price of coal|his cat].",
        "I sold {h.work.goods} to {s=ADULT-h-h.spouse:full} from {s.street}, who told me that at the {s.work} "
        "{MISHAP/s.trade} {AGO}.",
    ),
    "D_NEWS": (
        "there was {q=a ANIMAL_Q} {ANIMAL_BY/q} in the {AREA}",
        "young {p=CHILD-h.elder-h.younger-e:full} was {p.hobby} and {FAILED/p.hobby}",
        "the {q=OFFICIAL_Q} {OFFICIAL_BY/q} fell asleep {BY} the {LANDMARK}",
    ),
    "D_REPAIR": (
        "Everything was in order again {THEN}, and {w=CROWD_Q} {CROWD_BY/w} [came|waited|queued] for {WARE/h.trade} "
        "{FOR_TIME}.",
        "In the end {TRIUMPH/h.trade}, and I ate {TREAT} {BY} the {LANDMARK} {THEN}, {GLAD_OF} again.",
        "Luckily {s=ADULT-h-h.spouse:full} from the {s.work} came by {THEN} with {w=a THING_Q} {THING_BY/w} and "
        "helped me {FOR_TIME}.",
        "I drank {DRINK} with {s=ADULT-h-h.spouse:full}, the {s.trade}, and we talked about [the weather|the price of "
        "coal|old times|the harvest|the new bridge|the radio|our children] and {w=a OFFICIAL_Q} {OFFICIAL_BY/w}, "
        "{FOR_TIME}.",
        "After that I [swept the floor|sharpened my pencil|opened the window|put up a sign], sorted {SOME} "
        "{WARE/h.trade} {FOR_TIME}, and started again {THEN}.",
    ),
    "D_SPOUSE": (
        "My {h.spouse.spouse_word} {h.spouse} is {a h.spouse.trade} and was {SORRY_OF}, because "
        "{MISHAP/h.spouse.trade} {THEN}. I made {MEAL}, and soon we were both {GLAD_OF}.",
        "My {h.spouse.spouse_word} {h.spouse} came home {GLAD_OF} from the {h.spouse.work}: {TRIUMPH/h.spouse.trade}, "
        "and {w=a OFFICIAL_Q} {OFFICIAL_BY/w} paid with {REWARD}.",
        "At home, {h.spouse}, my {h.spouse.spouse_word}, was {h.spouse.hobby}, and we had {MEAL} for supper.",
        "When I told it to {h.spouse}, my {h.spouse.spouse_word}, {h.spouse.she} was {GLAD_OF} {FOR_TIME}, and we ate "
        "{MEAL} with {DRINK} and {j=PRODUCE_Q} {PRODUCE_BY/j}.",
    ),
    "D_KID": (
        "Our {h.elder.son} {h.elder} had to look for {h.elder.pet}, the {h.elder.pet.species}, and found it "
        "{HIDEOUT/h.elder.pet.species}, {THEN}, with {w=CROWD_Q} {CROWD_BY/w}.",
        "The {h.elder.pet.species} of our {h.elder.son} {h.elder} {DEED/h.elder.pet.species} {HOUR}.",
        "Our {h.younger.son} {h.younger} spent {@D_TIME} {h.younger.hobby}, and {WORKED/h.younger.hobby} {BY} the "
        "{LANDMARK}.",
        "Our {h.elder.son} {h.elder} was {SORRY_OF}: {h.elder.she} had been {h.elder.hobby}, and "
        "{FAILED/h.elder.hobby}. I gave {h.elder.her} {w=a TOYISH} {TOY}.",
        "Both children, {h.elder} and {h.younger}, wanted {TREAT}, got {MEAL}, and were {SORRY_OF} {FOR_TIME}.",
    ),
    "D_FREE": (
        "I still found {@D_TIME} for {h.hobby}: {WORKED/h.hobby}, and {w=a ANIMAL_Q} {ANIMAL_BY/w} watched {FOR_TIME}.",
        "I tried {h.hobby} {THEN}, but {FAILED/h.hobby}, and {w=a OFFICIAL_Q} {OFFICIAL_BY/w} laughed {FOR_TIME}.",
        "If only I had more time for {h.hobby}! Today {FAILED/h.hobby} {THEN}, {BY} the {LANDMARK}.",
        "Nothing makes me as {GLAD_OF} as {h.hobby}: {WORKED/h.hobby}, {THEN}, {BY} the {LANDMARK}.",
    ),
    "D_EVENING": (
        "Later I went for a walk and met {s=ADULT-h-h.spouse:full} {BY} the {LANDMARK}. We talked about {s.hobby}, "
        "which {s.she} likes.",
        "Before supper I [mended|painted|cleaned|moved] the {q=FURNITURE_Q} {FURNITURE_BY/q} and listened to the "
        "{ANIMAL} outside.",
        "After work I [bought|picked up|ordered] {TREAT} {BY} the {LANDMARK}, because [it was {DAY}|I had earned "
        "it|guests are coming|of the smell].",
        "Letters came from {v=VILLAGE}, {v.kilometers} kilometers to the {v.direction}: they invite us for {DAY}.",
    ),
}
