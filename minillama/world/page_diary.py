"""Diaries of children, in the first person: what went wrong today, who helped, how it ended; all diaries begin here."""

RULES = {
    "diary": (
        "Dear diary,\n{@DIARY}",
        "My diary, {MONTH} 1962\n{@DIARY}",
        "Secret notebook, {DAY}\n{@DIARY}",
    ),
    "DIARY": (
        "2*My name is {c=CHILD:full}, I am {c.years} years old, and I live on {c.street}. {@D_CHILD}",
        "2*This is {c=CHILD:full} from {c.street}, writing [in bed|under the table|on the stairs|by the window|in the "
        "attic|with a new pen|with cold fingers|by candlelight]. {@D_CHILD}",
        "I am {c=OWNER:full}, {c.years} years old, and this is about {c.pet}, my {c.pet.color} {c.pet.species}. "
        "{@D_PET}",
        "3*I, {h=ADULT:full}, {a h.trade}, [was late|slept badly|woke up early|had a headache|was in a hurry|was in "
        "good spirits|had new shoes|forgot my key] today. {@D_ADULT}",
        "2*Tonight I, {h=ADULT:full} from {h.street}, sit [in the kitchen|at the window|by the stove|at my desk|in "
        "the garden|in bed] with a cup of {DRINK}. {@D_ADULT}",
    ),
    "D_CHILD": (
        "I found {a METALLIC} {x=METAL} {BY} the {LANDMARK} [today|this morning|on the way to school|before school|in "
        "the break]. {@D_PARENT} {@D_SHOW}\n{@D_OWNER} {@D_SIBLING} {@D_END}",
        "After school I spent {@D_TIME} {c.hobby}. At first all went well: {WORKED/c.hobby}. Then {FAILED/c.hobby}. "
        "{@D_UPSET} {@D_PARENT}\n{@D_ADVICE} {@D_SIBLING} {@D_END}",
        "Our test in {l=LESSON} was {@DAYPART}, and I was {SORRY_OF}. {@D_TEST} {@D_HELPER}\n{@D_RESULT} {@D_PARENT} "
        "{@D_SIBLING} {@D_END}",
        "In the break I had a quarrel with {f=CHILD-c-c.sibling:full} from {f.street} about {@D_ABOUT}. {@D_SULK} "
        "{@D_PARENT}\n{@D_PEACE} {@D_SIBLING} {@D_END}",
        "We had a visitor in class: {t=ADULT-c.mother-c.father:full}, {a t.trade}. {t.She} told us about a day when "
        "{MISHAP/t.trade}. {@D_ASKED} {@D_MINE}\n{@D_VISITOR} {@D_SIBLING} {@D_END}",
    ),
    "D_TIME": ("[an hour|two hours|half the afternoon|the whole afternoon|every minute|three hours]",),
    "D_PARENT": (
        "My mother {c.mother} is {a c.mother.trade}, and at the {c.mother.work} {MISHAP/c.mother.trade} {THEN}, "
        "before the eyes of {w=a OFFICIAL_Q} {OFFICIAL_BY/w}.",
        "My father {c.father} is {a c.father.trade}, and at the {c.father.work} {MISHAP/c.father.trade} {THEN}, in "
        "front of {w=CROWD_Q} {CROWD_BY/w}.",
        "My mother {c.mother}, who works at the {c.mother.work}, came home {GLAD_OF}, because "
        "{TRIUMPH/c.mother.trade}, and brought {MEAL} and {j=PRODUCE_Q} {PRODUCE_BY/j}.",
        "My father {c.father}, who works at the {c.father.work}, came home {GLAD_OF}, because "
        "{TRIUMPH/c.father.trade}, and gave me {a TOYISH} {TOY}.",
        "My parents were busy: my mother {c.mother} is {a c.mother.trade}, and somebody had asked for "
        "{ORDER/c.mother.trade}, so I cooked {MEAL} {THEN}.",
        "Nobody was home: my father {c.father} is {a c.father.trade}, and somebody wanted {ORDER/c.father.trade}. I "
        "ate {MEAL} and drank {DRINK} with {w=a ANIMAL_Q} {ANIMAL_BY/w} outside the window.",
    ),
    "D_SIBLING": (
        "As usual, {c.sibling}, my {c.sibling.brother}, [heard|knew|saw|asked] nothing, because {c.sibling.she} was "
        "busy {c.sibling.hobby}.",
        "My {c.sibling.brother} {c.sibling} was {SORRY_OF}, so I gave {c.sibling.her} [half|most|a third|a bite|a "
        "little|all] of my {TREAT}.",
        "I told everything to {c.sibling}, my {c.sibling.brother}, who was {GLAD_OF} and went on {c.sibling.hobby} "
        "{FOR_TIME}.",
        "At supper we had {MEAL}, and {c.sibling}, my {c.sibling.brother}, ate [two plates|three "
        "plates|nothing|everything|almost nothing|mine as well].",
        "Meanwhile {c.sibling}, my {c.sibling.brother}, was {c.sibling.hobby}, and {@D_SIB}.",
    ),
    "D_SIB": (
        "of course {FAILED/c.sibling.hobby}",
        "for once {WORKED/c.sibling.hobby}",
        "somehow {FAILED/c.sibling.hobby}",
    ),
    "D_SHOW": (
        "I showed the {x} to the {q=OFFICIAL_Q} {OFFICIAL_BY/q}, who [looked at it|turned it over|thought about "
        "it|studied it] {FOR_TIME} and {@D_SHRUG}.",
        "In class everybody wanted to hold the {x}, and the {l=LESSON} lesson began [ten minutes|five minutes|a "
        "quarter of an hour|half an hour] late.",
        "My friend {f=CHILD-c-c.sibling:full} offered me {SOME} [marbles|stamps|pencils|walnuts|picture cards] for "
        "the {x}, but I [said no|wanted to wait|could not sell it|did not dare].",
        "I cleaned the {x} with [my sleeve|water and sand|a toothbrush|vinegar|soap] {FOR_TIME}, and then I saw [two "
        "letters|a name|a date|a tiny ship|a number] on it.",
    ),
    "D_SHRUG": (
        "[shook his head|had no idea|sent me to the town hall|said that someone must miss it|told me to ask "
        "around|wrote it down in a big book]",
    ),
    "D_OWNER": (
        "It belongs to {s=ADULT-c.mother-c.father:full}, the {s.trade} from the {s.work}, who had looked for it since "
        "{DAY} and gave me {TREAT}.",
        "Then I met {s=ADULT-c.mother-c.father:full} of {s.street}, who was looking under [every bush|all the "
        "benches|the carts|the bridge|the hedge]. The {x} was the one that {s.she} had lost {AGO}! {@D_THANKS}",
        "At the {s=WORK} on {s.street} hung a note: someone had lost {a x}. I [brought it there|took it there|ran "
        "there|gave it back] {HOUR} and got {TREAT}.",
        "Nobody knows the owner, so the {x} lies [under my pillow|in my drawer|in a shoe box|behind the stove|on my "
        "shelf] until {DAY}. After that it is mine.",
    ),
    "D_THANKS": (
        "{s.She} was so {GLAD_OF} that {s.she} invited me to the {s.work} on {DAY}.",
        "As a reward {s.she} gave me {TREAT} and a ride on [a cart|a bicycle|the ferry|a tractor|a pony].",
        "{s.She} shook my hand {FOR_TIME}, or so it seemed.",
    ),
    "D_UPSET": (
        "I was so {SORRY_OF} that I [kicked a bucket|ran to my room|did not talk|hid behind the sofa|almost cried|sat "
        "on the stairs] {FOR_TIME}.",
        "Of course {f=CHILD-c-c.sibling:full} was [watching|there|standing beside me|just passing by] and laughed "
        "first, but then helped me {FOR_TIME}.",
        "That was the [third|fourth|second|fifth] time since {DAY}.",
        "My {GEAR/c.hobby} was [no help|to blame|all wet|nowhere to be seen|in pieces] by then.",
    ),
    "D_ADVICE": (
        'Our neighbor {p=PERSON-c-c.mother-c.father-c.sibling:full} saw it and {TOLD}: "[Try again|Do not worry|Start '
        'once more|Take your time|Ask a friend] {HOUR}!"',
        "Then I met {p=PLAYER-c-c.sibling-c.mother-c.father:full}, who plays the {p.instrument} and once needed "
        "{SOME} weeks for one song. That helped a little.",
        "I asked {p=ADULT-c.mother-c.father:full}, who likes {p.hobby}, and {p.she} told me that even for {p.her} "
        "things go wrong: [only {AGO}|once|last {DAY}|on {DAY}], {FAILED/p.hobby}.",
        "To comfort me, {e=EATER-c-c.mother-c.father-c.sibling:full}, whose favorite food is {e.food}, shared [a "
        "plate|a bowl|a bite|a big piece] of it with me.",
    ),
    "D_TEST": (
        "I knew [the first|only the second|the third|half of the first|only the last] question, and for the others I "
        "drew {a ANIMAL}.",
        "My pencil broke [twice|three times|at once|in the middle], and I had to borrow one from "
        "{f=CHILD-c-c.sibling:full}.",
        "Outside the window sat {q=a ANIMAL_Q} {ANIMAL_BY/q} {FOR_TIME}, and I forgot [everything|the time|the "
        "rules|all I knew|to write].",
        "There were {SOME} questions, and the clock [ticked|ran|moved] much too fast.",
    ),
    "D_HELPER": (
        "Luckily, {b=ADULT-c.mother-c.father:full} the {b.trade} had explained it to me {AGO}, so I "
        "[remembered|knew|guessed|wrote down] [half of it|the hardest part|most of it|one answer].",
        "The teacher, who had seen my face, gave us {MINUTES} minutes more.",
        "Behind me {g=CHILD-c-c.sibling:full} was [humming|sneezing|coughing|sighing], and everyone laughed.",
        "At the end I counted [my fingers|the lamps|the windows|the flies on the wall] and handed in {SOME} lines.",
    ),
    "D_RESULT": (
        "But the teacher [smiled|nodded|was kind|did not scold me]: I was [the third best|better than before|not the "
        "worst|almost the best] in {l}!",
        "We get the results on {DAY}, and until then I will [help at home|eat nothing but {MEAL}|learn every "
        "day|think of something else].",
        "The test comes back on {DAY}, but my mother already [knows|suspects|asked] about it.",
        "It turned out that I had studied {LESSON-l} instead, which nobody had asked for.",
    ),
    "DAYPART": ("[today|this morning|right after the break|in the first hour|before lunch]",),
    "D_ABOUT": (
        "who may keep {a TOYISH} {x=TOY} that both of us [wanted|had found|claimed|saw first]",
        "the last piece of {x=TREAT}, which [fell into the mud|a dog ate|neither of us got|was mine]",
        "who is better at {c.hobby}",
        "which is the [best|fastest|shortest|nicest] way to the {LANDMARK}",
    ),
    "D_SULK": (
        "I walked home alone, past the {LANDMARK}, and was {SORRY_OF} {FOR_TIME}.",
        "We did not speak {FOR_TIME}, and I had to eat my {TREAT} alone.",
        "The teacher let us both write [the same poem|a long story|our names|one sentence] {SOME} times.",
        "Then I sat {BY} the {LANDMARK} {FOR_TIME} and thought of [an answer|nothing else|revenge|a good excuse].",
    ),
    "D_PEACE": (
        "There was a knock {HOUR}: it was {f}, with {TREAT} and a red face. We laughed {FOR_TIME}.",
        "So I went to {f.street} {HOUR} and said that I was sorry. {f} was [sorry, too|already laughing|just on the "
        "way to me|not angry at all].",
        "Because {f} likes {f.hobby}, I brought {f.her} something for it: {@D_GIFT}. Now we are friends again.",
        "In the end it was [the rain|a dog|our {q=OFFICIAL_Q} {OFFICIAL_BY/q}|a brass band] that brought us together: "
        "we both had to hide in the same doorway {FOR_TIME}.",
    ),
    "D_GIFT": ("[my own|an old|a new|my father's|my mother's|a second-hand|the best] {GEAR/f.hobby}",),
    "D_ASKED": (
        "Everybody asked questions, and {f=CHILD-c-c.sibling:full} wanted to know [if it hurts|how long it "
        "takes|whether it is hard|what it costs|if children may try it].",
        "Nobody wanted to go out into the break, except {f=CHILD-c-c.sibling:full}, who was {SORRY_OF}.",
        "We were allowed to touch the {t.work.tool}, one after the other, and I was the [first|last|third|fifth].",
        "On the table lay {WARE/t.trade} and {t.hers} {t.work.tool}, and we all [came|pushed|moved|leaned] closer.",
    ),
    "D_MINE": (
        "I said that my mother {c.mother} is {a c.mother.trade} and knows how it is when {MISHAP/c.mother.trade}.",
        "I said that my father {c.father} is {a c.father.trade} and knows how it is when {MISHAP/c.father.trade}.",
        "I like {c.hobby} better, but it was [good|fine|fun|exciting] all the same.",
    ),
    "D_VISITOR": (
        "On {DAY} we may visit the {t.work} on {t.work.street}, and I hope to see how people make {t.work.goods}.",
        "At the end {t.she} gave us [each a present|a riddle|a short song|homework], and we clapped {FOR_TIME}.",
        "Perhaps I will be {a t.trade}, too. I would make {t.work.goods} and sleep until [nine|ten|noon].",
        "When the bell rang, {t.she} had to hurry back to the {t.work}: someone was waiting for {ORDER/t.trade}.",
    ),
    "D_PET": (
        "[Today|This morning|Last night|At breakfast|On {DAY}] it {DEED/c.pet.species}, and {@D_FUSS}. {@D_PARENT} "
        "{@D_PETGONE}\n{@D_PETHOME} {@D_SIBLING} {@D_END}",
    ),
    "D_FUSS": (
        "the {q=OFFICIAL_Q} {OFFICIAL_BY/q} [laughed|complained|could not believe it|saw everything]",
        "my {c.sibling.brother} {c.sibling} [laughed|screamed|told everyone|wanted to see it again]",
        "all {CROWD} on {c.street} [laughed|stood still|clapped|came running]",
    ),
    "D_PETGONE": (
        "Suddenly it was gone. I called and showed {FODDER/c.pet.species} to every bush {BY} the {LANDMARK}.",
        "In all the excitement it {STEP/c.pet.species} out of the door, past the {LANDMARK}, and was gone {FOR_TIME}.",
        "To be safe, I locked it in the {AREA}, but {MINUTES} minutes later it was gone.",
    ),
    "D_PETHOME": (
        "Then {s=ADULT-c.mother-c.father:full}, the {s.trade}, found it {HIDEOUT/c.pet.species}. It "
        "{SOUND/c.pet.species} and looked [innocent|proud|pleased|surprised].",
        "I found it {HOUR}, {HIDEOUT/c.pet.species}, and carried it home in {a VESSEL}.",
        "It was {s=CHILD-c-c.sibling:full} from {s.street} who saw it {HIDEOUT/c.pet.species}. I owe {s.her} {TREAT}.",
    ),
    "D_END": (
        "Now it is {MINUTES} past [eight|nine|ten], and I hear {w=a ANIMAL_Q} {ANIMAL_BY/w} {BY} the {LANDMARK}.",
        "Good night, diary. Tomorrow we will have {MEAL}, and I will get up {HOUR}.",
        "The lamp in the {AREA} is going out, so I stop here. More on {DAY}!",
        "All in all, I am {GLAD_OF}: there is {TREAT} in the {AREA}, and {DAY} is near.",
        "In my pocket I still have {SOME} {w=ODDS_Q} {ODDS_BY/w}, {a PAPER} and some {TREAT}.",
        "On the table wait {w=a CLOTHES_Q} {CLOTHES_BY/w}, {w=a THING_Q} {THING_BY/w} and {TREAT} for {DAY}.",
        "Perhaps I will dream of {q=a ANIMAL_Q} {ANIMAL_BY/q}. I would like that.",
        "I will hide this book [in|behind|under] the {FURNITURE}, so that nobody reads it.",
        "Tomorrow is {DAY}, and [it can only get better|I have a plan|I will sleep long|the bus leaves early].",
    ),
}
