"""Tiny tales with a cause, a turn and an end: a wish, a lost thing, a bet, a magic thing, a chain of small mishaps."""

RULES = {
    "tale": (
        "Once {q=a OFFICIAL_Q} {a=OFFICIAL_BY/q} wanted {r=a THING_Q} {x=THING_BY/r}. {@B_WISH}",
        "There once lived {r=a ANIMAL_Q} {a=ANIMAL_BY/r} {b=BY} the {l=LANDMARK}. {@B_ANIMAL}",
        "One {DAY} in {SEASON}, {h=ADULT:full} lost {r=a THING_Q} {x=THING_BY/r}. {@B_LOST}",
        "In {v=VILLAGE}, people tell of {r=a COLOR} {x=CHARM}. {@B_MAGIC}",
        "Long ago, {q=a OFFICIAL_Q} {a=OFFICIAL_BY/q} and {r=a ANIMAL_Q} {w=ANIMAL_BY/r} made a bet. {@B_BET}",
        "Because {c=CHILD:full} [was late|had new shoes|was in a hurry|was whistling|looked up|ran too "
        "fast|sneezed|had slept too long], a whole {DAY} went wrong. {@B_CHAIN}",
    ),
    "B_WISH": (
        "The old one was [broken|lost|too small|worn-out|stolen|gone], and {f=FEAST} was only {SOME} days away. "
        "{@W_MONEY} {@W_SHOP} {@W_IDEA}\n{@W_TRADE} {@W_TURN} {@B_MORAL}",
    ),
    "W_MONEY": (
        "It [cost|was worth|would cost] {SOME} coins at the market, but the {a} had only {FEW}, and {j=PRODUCE_Q} "
        "{PRODUCE_BY/j}.",
        "Every {DAY} the {a} [looked|stared|gazed] at one in the shop window, with {FEW} coins in the pocket.",
        "The {a} [sold|pawned|traded] {u=a CLOTHES_Q} {CLOTHES_BY/u} for {SOME} coins, but {MINUTES} were needed.",
    ),
    "W_SHOP": (
        "So the {a} [went|hurried|walked] to {h=ADULT:full} the {h.trade} at the {h.work}, who had {WARE/h.trade} but "
        "no {x}.",
        "First the {a} asked {h=ADULT:full}, {a h.trade} from {h.street}, who offered {h.work.goods} instead.",
        "At the {k=WORK} on {k.street} they shook their heads and offered {WARE/k.trade}.",
        "Then the {a} asked {h=PERSON:full}, who likes {h.hobby} and had once owned {a x}, but {FAILED/h.hobby}, and "
        "now it was gone.",
    ),
    "W_IDEA": (
        "That night the {a} had an idea: to [sell|bake|offer|raffle] {TREAT} {BY} the {LANDMARK}.",
        "Sad and [hungry|tired|cold|wet], the {a} sat down {BY} the {LANDMARK}, and there lay {z=a METALLIC} "
        "{y=METAL}.",
        "Then the {a} saw a sign {BY} the {LANDMARK}: whoever finds {e=OWNER:petname}, the {e.pet.species} of "
        "{e.full}, gets {REWARD}.",
        "On the way home {u=CROWD_Q} {CROWD_BY/u} asked for help with {u=a THING_Q} {THING_BY/u}, and the {a} helped "
        "{FOR_TIME}.",
    ),
    "W_TRADE": (
        "After {A_TIME} the {a} had {REWARD}, traded that for {u=a CLOTHES_Q} {i=CLOTHES_BY/u}, and the {i} for {a x}.",
        "The reward was {REWARD}; {s=ADULT-h:full}, the {s.trade}, took it {THEN} and gave {a x} for it.",
        "All {CROWD} came, paid {SOME} coins, and {THEN} the {a} owned {a x} at last.",
        "It took {A_TIME}, but then {s=ADULT-h:full} from the {s.work} came {THEN} with the {x} in {a VESSEL}.",
    ),
    "W_TURN": (
        "But on the way home {u=a OFFICIAL_Q} {i=OFFICIAL_BY/u-a} [sat|stood|waited] {BY} the {LANDMARK} and was "
        "{SORRY_OF}. The {a} gave the {x} away and [whistled|slept well|felt rich|smiled] {FOR_TIME}.",
        "At {f} in {f.month} the {a} showed it to everyone, and {u=a ANIMAL_Q} {ANIMAL_BY/u} [stole|took|broke] it "
        "{THEN}.",
        "When the {a} came home {THEN}, the old one lay [in|behind|under] the {FURNITURE}. Now there were two.",
        "From that {DAY} on the {a} lent it to {u=CROWD} and {CROWD-u}, and everyone was {GLAD_OF}.",
    ),
    "B_MORAL": (
        "So it goes: who gives {TREAT} [gets|may hope for|is paid in] {MEAL}.",
        "Lesson: never trust {u=a ANIMAL_Q} {ANIMAL_BY/u} with {TREAT}.",
        "And if nobody has moved it, it still stands {BY} the {j=LANDMARK_Q} {LANDMARK_BY/j}.",
        "People tell this story {EACH}, over {DRINK} and {TREAT}.",
        "Some say it was {u=a OFFICIAL_Q} {OFFICIAL_BY/u}; I say it was luck, and a {DAY}.",
        "The moral? What you look for in the {AREA} may be in {a VESSEL}.",
        "That evening everyone ate {MEAL} and drank {DRINK} {FOR_TIME}.",
        "Whoever does not believe it may ask {u=PERSON:full} on {u.street}.",
    ),
    "B_LOST": (
        "As {a h.trade}, {h.she} needed it {THEN}, for a customer who wanted {ORDER/h.trade}. {@L_SEEK} {@L_CLUE} "
        "{@L_MEET}\n{@L_FIND} {@L_WHY} {@B_MORAL}",
        "It had been a present from {h.hers} {h.spouse.spouse_word} {h.spouse}, the {h.spouse.trade}. {@L_SEEK} "
        "{@L_CLUE} {@L_MEET}\n{@L_FIND} {@L_WHY} {@B_MORAL}",
    ),
    "L_SEEK": (
        "{h.She} looked all through the {h.work}, behind {WARE/h.trade} and the {MACHINE/h.trade}, {FOR_TIME}.",
        "On {h.street}, where {h.she} lives, {h.she} asked {w=CROWD_Q} {CROWD_BY/w} and {w=a OFFICIAL_Q} "
        "{OFFICIAL_BY/w}.",
        "With {h.hers} {h.work.tool} in {h.hers} pocket, {h.she} [walked|hurried|went] to the {LANDMARK} and searched "
        "{FOR_TIME}.",
        "In the {AREA} {h.she} turned over {w=a FURNITURE_Q} {FURNITURE_BY/w} and found only {SOME} {ODDS}.",
    ),
    "L_CLUE": (
        "There lay {SOME} {w=ODDS_Q} {ODDS_BY/w} on the ground, and they led to the {j=LANDMARK_Q} {LANDMARK_BY/j}.",
        "All {h.she} found was {w=a ANIMAL_Q} {ANIMAL_BY/w} in {a VESSEL} and some {PRODUCE}.",
        "Instead of the {x}, {h.she} found {w=a CLOTHES_Q} {CLOTHES_BY/w} {BY} the {LANDMARK}, and it smelled of "
        "{PRODUCE}.",
        "Somebody had seen it {BY} the {LANDMARK} {THEN}, in the hands of {w=a OFFICIAL_Q} {OFFICIAL_BY/w}.",
    ),
    "L_MEET": (
        "Then {w=a OFFICIAL_Q} {OFFICIAL_BY/w} came along with {w=a THING_Q} {THING_BY/w} and [asked|wondered] what "
        "was wrong.",
        "Even {h.spouse}, {h.hers} {h.spouse.spouse_word}, could not help: at the {h.spouse.work} "
        "{MISHAP/h.spouse.trade}.",
        "Meanwhile {h.hers} {h.elder.son} {h.elder} was {h.elder.hobby} and said nothing {FOR_TIME}.",
        "A neighbor, {s=PERSON-h-h.spouse-h.elder-h.younger:full}, offered {TREAT} and stopped {s.hobby} to search as "
        "well.",
    ),
    "L_FIND": (
        "{h.She} came home {THEN}, {SORRY_OF}, and there was the {x}, [in|behind|under] {w=a FURNITURE_Q} "
        "{FURNITURE_BY/w}.",
        "At last {h.she} found the {x} {THEN}, under {w=a ANIMAL_Q} {ANIMAL_BY/w} that had gone to sleep on it.",
        "In the end {w=CROWD_Q} {CROWD_BY/w} brought the {x} to {h.street} {THEN} and got {REWARD}.",
    ),
    "L_WHY": (
        "{h.Hers} {h.younger.son} {h.younger} had lent it to {w=a OFFICIAL_Q} {OFFICIAL_BY/w} for {TREAT}.",
        "The {h.elder.pet.species} {h.elder.pet} had dragged it there, because it smelled of "
        "{FODDER/h.elder.pet.species}.",
        "It had never been away; {h.she} had been {h.hobby} {THEN} and put it there {h.self}.",
        "Nobody ever found out why, but {h.elder}, {h.hers} {h.elder.son}, had a red face {FOR_TIME}.",
    ),
    "B_MAGIC": (
        "Whoever [touched|used|held|borrowed] the {x} {THEN} could {n=POWER} for {A_TIME}. First {q=a OFFICIAL_Q} "
        "{a=OFFICIAL_BY/q} {@M_FIRST} {@M_SECOND}\n{@M_THIRD} {@M_WHERE} {@B_MORAL}",
    ),
    "M_FIRST": (
        "tried it {BY} the {LANDMARK}, in front of {w=CROWD_Q} {CROWD_BY/w}, and was [applauded|admired|scolded] "
        "{FOR_TIME}.",
        "used it to impress {w=CROWD_Q} {CROWD_BY/w}, and it worked so well that {SOME} of them [fainted|cheered|ran "
        "away].",
        "took it home in {a VESSEL}, and {THEN} all {CROWD} stood at the door.",
    ),
    "M_SECOND": (
        "Then {w=CROWD_Q} {CROWD_BY/w} wanted it, too, and offered {SOUVENIR/v} and {REWARD}.",
        "The next was {w=a ANIMAL_Q} {i=ANIMAL_BY/w}, which found it {THEN}; and who wants {a i} that can {n}?",
        "After that {h=ADULT:full}, who was born in {h.village} and is {a h.trade}, borrowed it, and {MISHAP/h.trade}.",
        "Soon the {SIGHT/v} were forgotten, and people came only for the {x}, {SOME} of them {EACH}.",
    ),
    "M_THIRD": (
        "But the {a} grew {SORRY_OF}: it is no fun to {n} when everyone can. So the {x} was [hidden|buried|locked up] "
        "{BY} the {LANDMARK}.",
        "One day the {w=WEATHER} came, {HAPPENED/w}, and the {x} broke into {SOME} pieces.",
        "When {c=CHILD:full}, who likes {c.hobby}, laughed at it {THEN}, the {x} lost its magic.",
        "Finally {w=a ANIMAL_Q} {ANIMAL_BY/w} carried it off to {v.beside}, and nobody followed.",
    ),
    "M_WHERE": (
        "Today it stands in the museum of {v}, {v.kilometers} kilometers to the {v.direction}, next to {w=a "
        "FURNITURE_Q} {FURNITURE_BY/w}.",
        "Only one of the {v.inhabitants} inhabitants knows where it is, {w=a OFFICIAL_Q} {OFFICIAL_BY/w} who likes "
        "{TREAT}.",
        "People say that beside {v.beside} it can be heard {EACH}, like {w=a METALLIC} {METAL}.",
    ),
    "B_BET": (
        "Who could [hold|carry|balance] {u=a THING_Q} {x=THING_BY/u} longer? The prize was {REWARD}. {@X_START} "
        "{@X_TRICK} {@X_CROWD}\n{@X_END} {@X_PRIZE} {@B_MORAL}",
        "Who would be first at the {l=LANDMARK} with {u=a THING_Q} {x=THING_BY/u}? The prize was {REWARD}. {@X_START} "
        "{@X_TRICK} {@X_CROWD}\n{@X_END} {@X_PRIZE} {@B_MORAL}",
    ),
    "X_START": (
        "They met on {DAY} {BY} the {LANDMARK}; the {a} wore {u=a CLOTHES_Q} {CLOTHES_BY/u}, and the {w} was "
        "{SORRY_OF}.",
        "It began {THEN}, {BY} the {j=LANDMARK_Q} {LANDMARK_BY/j}; the {a} had eaten {MEAL}, the {w} nothing.",
        "The {a} was {GLAD_OF}, [trained|ran|practiced] {FOR_TIME}, and drank {DRINK}; the {w} only slept.",
    ),
    "X_TRICK": (
        "To win, the {a} had rubbed the other {x} with [butter|soap|goose fat|oil]; but in the dark {THEN} they were "
        "swapped.",
        "The {w} had asked {u=a ANIMAL_Q} {i=ANIMAL_BY/u-w} for help, which hid [behind|under] {j=a FURNITURE_Q} "
        "{FURNITURE_BY/j}.",
        "The {a} had paid {u=CROWD_Q} {CROWD_BY/u} {FEW} coins to [sneeze|shout|sing|whistle] {THEN}.",
        "Neither of them knew that the {x} belonged to {e=ADULT:full}, {a e.trade} who wanted it back {THEN}.",
    ),
    "X_CROWD": (
        "To pass the time, {p=PLAYER:full} played the {p.instrument}, and {u=CROWD_Q} {CROWD_BY/u} ate {TREAT}.",
        "Among those who watched was {h=PERSON:full} from {h.street}, who had stopped {h.hobby} for it.",
        "Behind them {s=ADULT:full}, the {s.trade}, sold {SOME} {WARE/s.trade} and {MEAL} {FOR_TIME}.",
        "While all waited, the {u=WEATHER} came: {HAPPENED/u}, but nobody left.",
    ),
    "X_END": (
        "After {A_TIME} the {a} sneezed, the {x} fell, and {u=CROWD_Q} {CROWD_BY/u} [cheered|laughed|groaned] "
        "{FOR_TIME}.",
        "In the end both [fell asleep|gave up|sat down] {BY} the {LANDMARK}, and the {x} stood between them "
        "{FOR_TIME}.",
        "Then {o=OWNER:petname}, the {o.pet.species} of {o.full}, {STEP/o.pet.species} by, and the {x} was gone "
        "{THEN}.",
    ),
    "X_PRIZE": (
        "They shared the prize and {MEAL} and have been friends since that {DAY}.",
        "So the {w} won, but [kept|wanted|ate] only {TREAT}, and gave the prize to {u=CROWD_Q} {CROWD_BY/u}.",
        "The {a} got the prize, the {w} got {TREAT}, and both were {GLAD_OF}.",
    ),
    "B_CHAIN": (
        "{c.She} bumped into {q=a OFFICIAL_Q} {a=OFFICIAL_BY/q}, who dropped {r=a THING_Q} {x=THING_BY/r}. {@K_ONE} "
        "{@K_TWO} {@K_THREE}\n{@K_BACK} {@K_HOME} {@K_END}",
    ),
    "K_ONE": (
        "The {x} [rolled|slid|flew] {BY} the {LANDMARK} and hit {u=a OFFICIAL_Q} {OFFICIAL_BY/u} on the "
        "[foot|knee|toe|elbow].",
        "The noise frightened {u=a ANIMAL_Q} {ANIMAL_BY/u}, which ran into the {AREA} and upset {u=a FURNITURE_Q} "
        "{FURNITURE_BY/u}.",
        "So {u=CROWD_Q} {CROWD_BY/u} stopped to look, and {SOME} {ODDS} fell from a cart.",
    ),
    "K_TWO": (
        "That woke {o=OWNER:petname}, the {o.pet.color} {o.pet.species} of {o.full}, who {DEED/o.pet.species}.",
        "Because of that, {h=ADULT-c.mother-c.father:full} at the {h.work} looked up, and {MISHAP/h.trade}.",
        "This made {h=ADULT-c.mother-c.father:full}, the {h.trade}, so {SORRY_OF} that {h.she} dropped {SOME} "
        "{WARE/h.trade}.",
    ),
    "K_THREE": (
        "So {u=CROWD_Q} {CROWD_BY/u} got no {MEAL} {THEN}, and {u=a OFFICIAL_Q} {OFFICIAL_BY/u-a} was {SORRY_OF} "
        "{FOR_TIME}.",
        "Therefore the bus to {v=VILLAGE} left {MINUTES} minutes late, full of {u=CROWD_Q} {CROWD_BY/u}.",
        "And so {s=ADULT-c.mother-c.father:full} waited in vain at the {s.work} for {PRODUCE} and {ODDS} {FOR_TIME}.",
    ),
    "K_BACK": (
        "In the end {c.she} brought the {x} back {THEN}, with {TREAT}, and the {a} was {GLAD_OF}.",
        "At last the {x} turned up {BY} the {LANDMARK}, and {c.she} carried it home to the {a} {THEN}.",
        "When the {a} stood at the door on {c.street} {THEN}, {c} had already [mended|cleaned|painted] the {x}.",
    ),
    "K_HOME": (
        "Luckily {c.hers} mother {c.mother} is {a c.mother.trade} and gave everyone {FEW} {WARE/c.mother.trade}.",
        "In the end {c.hers} father {c.father}, who is {a c.father.trade}, gave everyone {FEW} {WARE/c.father.trade}.",
        "{c.Hers} {c.sibling.brother} {c.sibling} heard of it while {c.sibling.hobby} and laughed {FOR_TIME}.",
    ),
    "K_END": (
        "Now {c} gets up {MINUTES} minutes earlier and looks left and right at every corner.",
        "Next time {c.she} will go by the {LANDMARK}, slowly, with {TREAT} in the bag.",
        "All this in {A_TIME}! That evening {c} was {c.hobby}, and nothing fell.",
    ),
}
