"""Portraits of people of the town: work, family, home, pastime, and a story that neighbors tell."""

RULES = {
    "portrait": (
        "Portrait: {h=ADULT:full}, {h.trade}\n{@P_LOOK} {@P_WORK} {@P_BAD} {@P_KIN}\n{@P_TALE} {@P_HOME} {@P_FREE}",
        "Meet {h=ADULT:full} from {h.street}\n{@P_WORK} {@P_DAY} {@P_KIN}\n{@P_HOME} {@P_FREE} {@P_TALE} {@P_WISH}",
        "Young people of Alderbrook: {c=CHILD:full}, {c.years}\n{@P_SMALL} {@P_PARENTS} {@P_CHILDFREE}\n{@P_FRIEND} "
        "{@P_SIBLING} {@P_DREAM}",
        "People we like: {h=ADULT_PLAYER:full} and the {h.instrument}\n{@P_PLAY} {@P_TUNE} {@P_WORK}\n{@P_LISTEN} "
        "{@P_KIN} {@P_WISH}",
    ),
    "P_LOOK": (
        "We met {h.her} {AGO} {BY} the {LANDMARK}: {h.she} wore {q=a CLOTHES_Q} {CLOTHES_BY/q} and carried {q=a "
        "THING_Q} {THING_BY/q}.",
        "When we came {AGO}, {h.she} sat on {a SEAT} and ate {j=PRODUCE_Q} {PRODUCE_BY/j}.",
        "To {w=CROWD_Q} {CROWD_BY/w} {h.she} is [a legend|a friend|a mystery|a riddle|like an uncle], to {h.hers} "
        "customers simply {h}.",
        "You know {h.her} by {h.hers} {q=CLOTHES_Q} {CLOTHES_BY/q}: {h.she} [passes|crosses|walks by] the {LANDMARK} "
        "{EACH}.",
        "It is not easy to [find|catch|meet] {h.her}: {h.she} [is|sits|works] {BY} the {LANDMARK} {u=EACH} and at "
        "home {EACH-u}.",
    ),
    "P_WORK": (
        "{h.She} works at the {h.work} on {h.work.street} and [makes|offers|sells] {h.work.goods}; {AGO} {w=a "
        "OFFICIAL_Q} {OFFICIAL_BY/w} ordered {ORDER/h.trade}.",
        "{h.She} has been {a h.trade} for {SOME} years, and keeps {h.hers} {h.work.tool} [at hand|clean|in a "
        "drawer|under the pillow|in a velvet bag].",
        "{h.Hers} place of work is the {h.work} on {h.work.street}, built in {h.work.built}; in {MONTH} it smells of "
        "{TREAT} from next door.",
        "As {a h.trade}, {h.she} {MADE/h.trade} {SOME} {WARE/h.trade} {AGO}, and [half|most|all] of them went to "
        "{w=CROWD_Q} {CROWD_BY/w}.",
        "People know {h.her} as the {h.trade} from the {h.work}, who gets up [early|at five|at six|late|at dawn] to "
        "make {h.work.goods}.",
        "With {h.hers} {h.work.tool}, {h.she} makes {h.work.goods}; the first ones were [crooked|too small|a "
        "disaster|a gift], {SOME} years ago.",
    ),
    "P_BAD": (
        "Not every day is easy: {AGO} {MISHAP/h.trade}, and {w=a OFFICIAL_Q} {OFFICIAL_BY/w} had to wait {FOR_TIME}.",
        "The worst day was a {DAY} in {MONTH}: {MISHAP/h.trade} {THEN}, and {h.she} was {SORRY_OF} {FOR_TIME}.",
        "The best day was a {DAY} in {MONTH}: {TRIUMPH/h.trade}, and {h.she} was {GLAD_OF} {FOR_TIME}.",
        "Once {w=CROWD_Q} {CROWD_BY/w} wanted {ORDER/h.trade} within {A_TIME}; {h.she} said yes, and it was ready "
        "{THEN}.",
        "There are funny orders, too: {ORDER/h.trade} for {PERSON-h-h.spouse:full}, and {AGO} {ORDER/h.trade}.",
    ),
    "P_DAY": (
        "This {DAY}, {h.she} drank {DRINK} {u=THEN}, [opened|unlocked|swept|aired] the {h.work}, and greeted "
        "{w=CROWD_Q} {CROWD_BY/w}.",
        "On {DAY} {h.she} started {u=THEN}, and {THEN-u} {TRIUMPH/h.trade}; {h.she} celebrated with {MEAL}.",
        "During our talk, {h.she} {MADE/h.trade} {SOME} {WARE/h.trade} and [hummed|smiled|whistled] {FOR_TIME}.",
        "Lunch is {MEAL} with {DRINK}, eaten [beside|behind|in front of] the {h.work} {EACH}, together with "
        "{s=ADULT-h-h.spouse:full}, {a s.trade}.",
    ),
    "P_KIN": (
        "{h.Hers} {h.spouse.spouse_word} {h.spouse} is {a h.spouse.trade}; [once|only {AGO}|on {DAY}|in {MONTH}] "
        "{MISHAP/h.spouse.trade}, and both had to laugh.",
        "{h.She} and {h.hers} {h.spouse.spouse_word} {h.spouse} have two children, {h.elder} and {h.younger}, who ask "
        "for {TREAT} {EACH}.",
        "{h.Hers} {h.elder.son} {h.elder} has {a h.elder.pet.color} {h.elder.pet.species} called {h.elder.pet}, which "
        "{DEED/h.elder.pet.species} {AGO}.",
        "{h.Hers} {h.younger.son} {h.younger} is {h.younger.years} years old and likes {h.younger.hobby}; {AGO} "
        "{FAILED/h.younger.hobby}.",
        "{h.Hers} {h.spouse.spouse_word} {h.spouse} works at the {h.spouse.work} and likes {h.spouse.hobby}; {AGO} "
        "{WORKED/h.spouse.hobby}.",
        "At home, {h.spouse} and the children {h.elder} and {h.younger} wait {EACH} with {MEAL} and {DRINK}.",
    ),
    "P_TALE": (
        "When {e=EATER-h-h.spouse:full}, whose favorite food is {e.food}, came to lunch {AGO}, {h.she} served {MEAL}, "
        "and nobody complained.",
        "Neighbors tell how {h.she} found {a METALLIC} {x=METAL} {BY} the {LANDMARK} {AGO} and gave it back to {w=a "
        "OFFICIAL_Q} {OFFICIAL_BY/w} for {TREAT}.",
        "Neighbors laugh about the {DAY} when {h.she} and {w=a OFFICIAL_Q} {OFFICIAL_BY/w} chased {w=a ANIMAL_Q} "
        "{ANIMAL_BY/w} out of the {AREA} {FOR_TIME}.",
        "Once {h.she} lent {q=a THING_Q} {x=THING_BY/q} to {w=a OFFICIAL_Q} {OFFICIAL_BY/w}; it came back {A_TIME} "
        "later with {REWARD}.",
        "In the {w=WEATHER} of last {MONTH}, {HAPPENED/w}, and {h.she} helped {w=CROWD_Q} {CROWD_BY/w} {FOR_TIME}.",
        "Neighbors remember how {s=ADULT-h-h.spouse:full}, the {s.trade}, had trouble {AGO}: {MISHAP/s.trade}, and "
        "{h.she} came with {MEAL} and helped {FOR_TIME}.",
    ),
    "P_HOME": (
        "{h.She} lives on {h.street}, {BY} {q=a LANDMARK_Q} {LANDMARK_BY/q}, with {SOME} {ODDS} and {q=a FURNITURE_Q} "
        "{FURNITURE_BY/q}.",
        "Born in {h.village} in {h.born}, {h.she} now lives on {h.street}; {h.hers} {CLOTHES} still comes from there.",
        "{h.She} comes from {h.village} beside {h.village.beside} and goes back in {MONTH} to {VISIT/h.village}.",
        "The {h.family} family lives on {h.street}; in the {AREA} stands {q=a FURNITURE_Q} {FURNITURE_BY/q}.",
        "From the window on {h.street}, {h.she} sees the {LANDMARK} and {w=CROWD_Q} {CROWD_BY/w} {EACH}.",
    ),
    "P_FREE": (
        "In {h.hers} free time {h.she} likes {h.hobby}: {AGO} {WORKED/h.hobby}, and {h.she} was {GLAD_OF} {FOR_TIME}.",
        "{h.Hers} great love is {h.hobby}, although {AGO} {FAILED/h.hobby}, and {h.she} was {SORRY_OF}.",
        "When nobody needs {h.her}, {h.she} is [usually|mostly|always|happily] {h.hobby}, {u=EACH} or {EACH-u}.",
        "{h.She} spent {A_TIME} {h.hobby} {AGO}; {WORKED/h.hobby}.",
        "Nothing makes {h.her} so {GLAD_OF} as {h.hobby}, even when {FAILED/h.hobby} {AGO}.",
    ),
    "P_WISH": (
        "What does {h.she} wish for? {q=^a THING_Q} {THING_BY/q}, {A_TIME} of sleep and {MEAL} on {DAY}.",
        "Next {MONTH}, {h.she} wants to paint the {AREA} {COLOR} and to [buy|sell|repair] {q=a FURNITURE_Q} "
        "{FURNITURE_BY/q}.",
        "At the end {h.she} gave us {TREAT} and {SOME} {WARE/h.trade} and [waved|smiled|called after us] {FOR_TIME}.",
        "{h.Hers} plan for {SEASON}: [a day|one week|three days|a weekend|two weeks|five days] in {VILLAGE}, with "
        "{h.spouse} and {q=a THING_Q} {THING_BY/q}.",
        "A last question: the best [smell|sound|hour|season] of all? {^TREAT}, said {h}, and {DAY}, {EACH}.",
    ),
    "P_SMALL": (
        "In {q=a CLOTHES_Q} {CLOTHES_BY/q}, {c.she} waited for us {BY} the {LANDMARK} and showed us {SOME} {ODDS}.",
        "At school {c.she} is [good|quick|best|famous] in {u=LESSON} and [slow|sleepy|late|silent] in {LESSON-u}; "
        "{AGO} {c.she} found {a METALLIC} {METAL} there.",
        "Hardly anyone of {c.years} years can [hold|draw|imitate|catch] {w=a ANIMAL_Q} {ANIMAL_BY/w} so well; we saw "
        "it {AGO} {BY} the {LANDMARK}.",
        "With {q=a THING_Q} {THING_BY/q} and {TREAT} in the bag, {c.she} [ran|came|cycled|hopped] down {c.street} "
        "{THEN}.",
    ),
    "P_PARENTS": (
        "{c.Hers} mother {c.mother} is {a c.mother.trade}; when {c} visited the {c.mother.work} {AGO}, "
        "{MISHAP/c.mother.trade}.",
        "{c.Hers} father {c.father} is {a c.father.trade}; when {c} visited the {c.father.work} {AGO}, "
        "{MISHAP/c.father.trade}.",
        "{c.Hers} parents, {c.mother} and {c.father}, were {GLAD_OF} when {c.she} {MADE/c.mother.trade} {FEW} "
        "{WARE/c.mother.trade} {AGO}, as {a c.mother.trade} does.",
        "{c.She} is the {c.son} of {c.mother}, {a c.mother.trade}, and {c.father}, {a c.father.trade}, and helps "
        "{c.father} with {WARE/c.father.trade} {EACH}.",
    ),
    "P_CHILDFREE": (
        "{c.She} likes {c.hobby}: {AGO} {WORKED/c.hobby}, and {c.she} was {GLAD_OF} {FOR_TIME}.",
        "{c.She} spent {A_TIME} {c.hobby} {AGO}, but {FAILED/c.hobby}, and {c.she} was {SORRY_OF} {FOR_TIME}.",
        "If it were for {c}, the school would teach {c.hobby} instead of {LESSON}; {AGO} {WORKED/c.hobby}.",
        "For {c.hobby} {c.she} gets up [early|at five|at six|late|before the others], takes {c.hers} {GEAR/c.hobby}, "
        "and comes home with [wet|dirty|cold] feet {EACH}.",
    ),
    "P_SIBLING": (
        "{c.Hers} {c.sibling.brother} {c.sibling} likes {c.sibling.hobby}, and they quarrel {EACH} about {a TOYISH} "
        "{TOY}.",
        "With {c.hers} {c.sibling.brother} {c.sibling}, {c.she} shares the {AREA} on {c.street}, {SOME} {ODDS} and "
        "{q=a FURNITURE_Q} {FURNITURE_BY/q}.",
        "{c.Hers} {c.sibling.brother} {c.sibling} taught {c.her} {AGO} how to [whistle|swim|bake|skate|fish], {BY} "
        "the {LANDMARK}.",
    ),
    "P_FRIEND": (
        "For lunch we met {e=EATER-c-c.sibling:full}, who only eats {e.food}, {e.hers} favorite food, while {c} had "
        "{MEAL} with {DRINK}.",
        "With {f=CHILD-c-c.sibling:full}, who likes {f.hobby}, {c.she} sold {j=PRODUCE_Q} {PRODUCE_BY/j} {AGO} and "
        "earned {SOME} coins.",
        "A good friend is {f=CHILD-c-c.sibling:full} from {f.street}; {AGO} they built a raft from {SOME} planks and "
        "{q=a THING_Q} {THING_BY/q}.",
        "Once {f=CHILD-c-c.sibling:full} and {c} hid {q=a ANIMAL_Q} {ANIMAL_BY/q} in {a VESSEL} and fed it {MEAL} "
        "{FOR_TIME}.",
        "Best of all was a {DAY} in {MONTH}, when {c.she} and {f=CHILD-c-c.sibling:full} got {REWARD} for helping "
        "{w=a OFFICIAL_Q} {OFFICIAL_BY/w}.",
    ),
    "P_DREAM": (
        "One day, {c.she} wants to be {w=a OFFICIAL_Q} {OFFICIAL_BY/w} in {VILLAGE}, with {a COLOR} door and {SOME} "
        "cats.",
        "If {c.she} had {SOME} coins, {c.she} would buy {q=a THING_Q} {THING_BY/q} for {c.sibling} and {TREAT} for "
        "everyone.",
        "And the future? {c.She} will be {w=a OFFICIAL_Q} {OFFICIAL_BY/w}, eat {MEAL} {EACH}, and live {BY} the "
        "{LANDMARK}.",
        "What makes {c.her} {SORRY_OF}? Only {LESSON}, {MEAL} and {DAY}, when school begins.",
    ),
    "P_PLAY": (
        "{h.She} plays the {h.instrument} {EACH} in the [kitchen|attic|living room|garden|hallway|bedroom|shed] on "
        "{h.street}, and {w=CROWD_Q} {CROWD_BY/w} stop {BY} the window.",
        "The {h.instrument} of {h} is {SOME} years old and has its place beside {q=a FURNITURE_Q} {FURNITURE_BY/q} in "
        "the [living room|attic|hallway|bedroom|kitchen].",
        "Whoever walks along {h.street} {EACH} hears {h.her} play the {h.instrument}, on {DAY} even [a waltz|a "
        "march|a lullaby|two songs].",
    ),
    "P_TUNE": (
        "A song about {q=a ANIMAL_Q} {ANIMAL_BY/q} and {q=a OFFICIAL_Q} {OFFICIAL_BY/q} made {w=CROWD_Q} {CROWD_BY/w} "
        "{GLAD_OF} {AGO}.",
        "It began {SOME} years ago, when {w=a OFFICIAL_Q} {OFFICIAL_BY/w} left the {h.instrument} as payment for "
        "{ORDER/h.trade}.",
        "Before {f=FEAST} in {f.month}, {h.she} practiced {FOR_TIME}, with {w=CROWD_Q} {CROWD_BY/w} and {MEAL} in the "
        "break.",
        "The hardest piece took {A_TIME}; {h.she} played it first {AGO}, {BY} the {j=LANDMARK_Q} {LANDMARK_BY/j}.",
    ),
    "P_LISTEN": (
        "At the last concert, on {DAY}, {w=CROWD_Q} {CROWD_BY/w} clapped {FOR_TIME}, and {w=a OFFICIAL_Q} "
        "{OFFICIAL_BY/w} threw {TREAT}.",
        "Only {h.spouse}, {h.hers} {h.spouse.spouse_word}, was {SORRY_OF} {AGO}: the concert began {THEN}, and there "
        "was no supper.",
        "When {h.she} played {AGO}, {q=a ANIMAL_Q} {ANIMAL_BY/q} sat {BY} the {LANDMARK} and listened {FOR_TIME}.",
        "Together with {s=PLAYER-h-h.spouse:full}, who plays the {s.instrument}, {h.she} gave a concert {BY} the "
        "{LANDMARK} {AGO}.",
    ),
}
