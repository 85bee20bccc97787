"""Travel pages about the villages around the town: the way, the sights, the food, an adventure, what to pack."""

RULES = {
    "travel": (
        "A weekend in {v=VILLAGE}\n{@Y_WAY} {@Y_PLACE} {@Y_SIGHT} {@Y_EAT}\n{@Y_ODD} {@Y_MET} {@Y_SLEEP} {@Y_END}",
        "If you ever visit {v=VILLAGE}\n{@Y_BRING} {@Y_WAY} {@Y_SIGHT}\n{@Y_EAT} {@Y_SLEEP} {@Y_MET} {@Y_END}",
        "Travel notes from {v=VILLAGE}, {MONTH} 1962\n{@Y_PLACE} {@Y_ODD} {@Y_SIGHT}\n{@Y_MET} {@Y_EAT} {@Y_SLEEP} "
        "{@Y_END}",
        "Why {w=CROWD_Q} {CROWD_BY/w} love {v=VILLAGE}\n{@Y_PLACE} {@Y_SIGHT} {@Y_WAY}\n{@Y_BRING} {@Y_EAT} {@Y_MET} "
        "{@Y_END}",
    ),
    "Y_BRING": (
        "Take {q=a CLOTHES_Q} {CLOTHES_BY/q}, {q=a THING_Q} {THING_BY/q} and {j=PRODUCE_Q} {PRODUCE_BY/j}, and leave "
        "the rest at home.",
        "Bring {q=a CLOTHES_Q} {CLOTHES_BY/q} against the [wind|cold|sun|dust|mud] and {SOME} coins for {SOUVENIR/v}.",
        "Pack {j=PRODUCE_Q} {PRODUCE_BY/j}, {DRINK} and {q=a THING_Q} {THING_BY/q}; the shop there is open only "
        "{EACH}.",
    ),
    "Y_PLACE": (
        "The village lies beside {v.beside}, {v.kilometers} kilometers to the {v.direction}; its church is {u=COLOR}, "
        "its inn {COLOR-u}, its {OFFICIAL} {w=OFFICIAL_Q}.",
        "It is known for {v.known} and has {v.inhabitants} inhabitants, among them {w=a OFFICIAL_Q} {OFFICIAL_BY/w} "
        "and {SOME} {CROWD}.",
        "Whoever comes {EACH} sees {v.beside} first, then {SIGHT/v}, and at last the {j=LANDMARK_Q} {LANDMARK_BY/j}.",
        "Its {v.inhabitants} inhabitants live beside {v.beside}, with {SOME} dogs, {FEW} shops and {q=a LANDMARK_Q} "
        "{LANDMARK_BY/q}.",
    ),
    "Y_WAY": (
        "You go {v.kilometers} kilometers to the {v.direction}, past {q=a LANDMARK_Q} {LANDMARK_BY/q}; on foot it "
        "takes {FEW} hours, by bus {MINUTES} minutes.",
        "The bus goes {v.direction} {EACH} and [stops|waits] {BY} the {LANDMARK}; mine was full of {w=CROWD_Q} "
        "{CROWD_BY/w}.",
        "We [went|cycled|drove|walked] there {AGO}, {v.kilometers} kilometers to the {v.direction}, with {q=a "
        "THING_Q} {THING_BY/q} and {MEAL}.",
        "From the station it is {v.kilometers} kilometers to the {v.direction}; the mail cart [took|carried|brought] "
        "me half the way for {FEW} coins.",
    ),
    "Y_SIGHT": (
        "Do not miss the {SIGHT/v}: they are [best|loveliest|at their best] in {MONTH}, when you can {VISIT/v}.",
        "Most visitors come to {VISIT/v}; I [liked|enjoyed|preferred] {q=a ANIMAL_Q} {ANIMAL_BY/q} {BY} the "
        "{LANDMARK}.",
        "In {MONTH} you can {VISIT/v}, and {THEN} I counted {SOME} {SIGHT/v}.",
        "Take {A_TIME} to {VISIT/v}, and look at the {SIGHT/v} from the {j=LANDMARK_Q} {LANDMARK_BY/j}.",
        "For {v.known}, {w=CROWD_Q} {CROWD_BY/w} come from far away and stay {AS_LONG} to {VISIT/v}.",
    ),
    "Y_EAT": (
        "At the inn they serve {MEAL} with {j=PRODUCE_Q} {PRODUCE_BY/j} {EACH}; afterwards, buy {SOUVENIR/v} {BY} the "
        "{LANDMARK}.",
        "Eat {u=MEAL} or {MEAL-u}, drink {DRINK}, and take home {SOUVENIR/v}; all of it costs {SOME} coins.",
        "I paid {SOME} coins for {SOUVENIR/v} and [got|was given] {TREAT} on top, because it was {DAY}.",
        "For supper I had {u=MEAL}, for breakfast {MEAL-u}, and {w=a OFFICIAL_Q} {OFFICIAL_BY/w} "
        "[poured|passed|offered] the {DRINK}.",
    ),
    "Y_ODD": (
        "On {DAY} {ADVENTURE/v}, and {w=a OFFICIAL_Q} {OFFICIAL_BY/w} [laughed|helped|watched] {FOR_TIME}.",
        "My first visit was {AGO}: {ADVENTURE/v}, and all that {THEN}, before {DAY}.",
        "Then came the {w=WEATHER}: {HAPPENED/w}, and all {CROWD} ran for {WEAR/w}.",
        "Believe it or not, {THEN} {ADVENTURE/v}, and nobody had {q=a THING_Q} {THING_BY/q}.",
        "I lost {q=a CLOTHES_Q} {CLOTHES_BY/q} there, and {w=CROWD_Q} {CROWD_BY/w} brought it back {THEN}.",
    ),
    "Y_MET": (
        "By chance {p=PLAYER:full}, who plays the {p.instrument}, was there and [gave|played] a concert {BY} the "
        "{LANDMARK} {FOR_TIME}.",
        "I shared a table with {e=EATER:full}, who ate {e.food}, {e.hers} favorite food, and told me about "
        "{PERSON:full}.",
        "At the bus stop I met {h=PERSON:full}, who was born in {h.village}, now lives on {h.street}, and {@GLADLY} "
        "carried my {CLOTHES}.",
        "For {h=ADULT:full}, {a h.trade} from {h.street}, it was the first free {DAY} in {SOME} weeks; {h.she} was "
        "born in {h.village}.",
        "On the way back I saw {h=PERSON:full}, who likes {h.hobby}, but this time {FAILED/h.hobby}.",
        "Also there was {h=ADULT:full} from the {h.work} on {h.work.street}, who had come with {SOME} {WARE/h.trade}.",
    ),
    "Y_SLEEP": (
        "You can sleep at {LODGING/v}, {BY} the {LANDMARK}; ask for the room with the {q=FURNITURE_Q} "
        "{FURNITURE_BY/q}.",
        "My room at {LODGING/v} had {q=a FURNITURE_Q} {FURNITURE_BY/q}, {q=a THING_Q} {THING_BY/q} and a view of the "
        "{LANDMARK}.",
        "At {LODGING/v} the beds are [soft|hard|short|warm|narrow], and breakfast is {@OFTEN_AT}.",
    ),
    "Y_END": (
        "I will come back in {MONTH}, with {q=a CLOTHES_Q} {CLOTHES_BY/q} and {TREAT} for the {OFFICIAL}.",
        "At home, {w=CROWD_Q} {CROWD_BY/w} asked about it {FOR_TIME}, and I gave them {SOUVENIR/v}.",
        "The last bus leaves {@OFTEN_AT}. Do not miss it as I did {AGO}, or you will walk {AS_LONG}.",
        "All in all, I was {GLAD_OF}, my feet were [tired|wet|sore|muddy], and my bag was full of {SOUVENIR/v}.",
        "Next time I will bring {PERSON:full}, who would be {GLAD_OF} there.",
    ),
    "OFTEN_AT": ("[at seven|at eight|at half past six|at nine|at a quarter past eight|at ten|at noon|at six]",),
    "GLADLY": ("[gladly|kindly|cheerfully|silently|proudly]",),
    "H_PACK": ("{@G_WAY} {@G_BAG} {@G_FOOD} {@G_SIGHTS}\n{@G_RAIN} {@G_GIFT} {@G_HOST} {@G_END}",),
    "G_WAY": (
        "Note that {v} lies {v.kilometers} kilometers to the {v.direction}, beside {v.beside}, so [take|choose|find] "
        "a bag that you can carry {AS_LONG}.",
        "The way to {v}, {v.kilometers} kilometers to the {v.direction}, takes {A_TIME}; start {COMING}.",
        "People go to {v}, which is known for {v.known}, with {a VESSEL} and come back with {FEW}.",
    ),
    "G_BAG": (
        "Lay out {q2=a CLOTHES_Q} {CLOTHES_BY/q2}, {q3=a THING_Q} {THING_BY/q3}, {SOME} {ODDS} and {a PAPER}; put "
        "back half.",
        "At the bottom goes {q2=a CLOTHES_Q} {CLOTHES_BY/q2}, then {q3=a THING_Q} {THING_BY/q3}, and on top {a PAPER}.",
        "Take {SOME} pairs of socks, {q2=a CLOTHES_Q} {CLOTHES_BY/q2}, {a RAG} and {q3=a THING_Q} {THING_BY/q3}.",
    ),
    "G_FOOD": (
        "For the way pack {j=PRODUCE_Q} {PRODUCE_BY/j}, {MEAL} and a bottle of {DRINK}, and eat [half|none|a third] "
        "of it before [noon|the first stop|the bridge].",
        "Wrap up {TREAT}, {j=PRODUCE_Q} {PRODUCE_BY/j} and {FEW} sandwiches; {DRINK} goes into a [tin|glass|stone] "
        "bottle.",
    ),
    "G_SIGHTS": (
        "You will want to {VISIT/v}, so [take|wear|bring] {q4=a CLOTHES_Q} {CLOTHES_BY/q4}.",
        "Plan {A_TIME} to {VISIT/v}, and {A_TIME} for the {SIGHT/v}.",
    ),
    "G_RAIN": (
        "Against the {w=WEATHER}, take {WEAR/w}: {AGO}, in the middle of the trip, {HAPPENED/w}.",
        "If the {w=WEATHER} comes, stay at {LODGING/v} and play cards {AS_LONG}.",
    ),
    "G_GIFT": (
        "Leave room for {u=SOUVENIR/v} and {SOUVENIR/v-u}, and bring {TREAT} for the {OFFICIAL}.",
        "Take {SOME} coins for {SOUVENIR/v}, {FEW} for {DRINK}, and {FEW} for the way back.",
    ),
    "G_HOST": (
        "Greet {h=PERSON:full} from me, who was born in {h.village} and likes {h.hobby}.",
        "When {h=ADULT:full}, the {h.trade}, went there {AGO}, {h.she} forgot {h.hers} {h.work.tool} and came back "
        "{THEN}.",
        "My neighbor {h=ADULT:full} from the {h.work} packed for {A_TIME} and forgot {q5=a CLOTHES_Q} {CLOTHES_BY/q5}.",
    ),
    "G_END": (
        "Last of all, lock the door, [give|leave] the key to {PERSON:full}, and be {BY} the {LANDMARK} {COMING}.",
        "Sleep well before: at {LODGING/v} they serve {MEAL} {COMING}.",
        "Then close the bag. If it does not close, [sit on it|take out the {PAPER}|wear {u=a CLOTHES_Q} "
        "{CLOTHES_BY/u}].",
    ),
}
