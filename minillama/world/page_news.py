"""News of the town: a find, a mishap, an escape, a prize, a theft, the weather, a feast, a visit."""

RULES = {
    "news": (
        "News from Alderbrook, told by {j=a OFFICIAL_Q} {OFFICIAL_BY/j}: {@NEWS}",
        "Town news for {DAY}, number {BOX}: {@NEWS}",
        "Alderbrook Daily, {MONTH} 1962, number {BOX}: {@NEWS}",
        "Heard on {STREET} {THEN}: {@NEWS}",
    ),
    "NEWS": (
        "Found {b=BY} the {l=LANDMARK}\n{@N_FOUND}",
        "Trouble with {q=a THING_Q} {x=THING_BY/q}\n{@N_TROUBLE}",
        "Escaped {THEN}\n{@N_ESCAPED}",
        "First prize: {q=a THING_Q} {x=THING_BY/q}\n{@N_PRIZE}",
        "Thief {b=BY} the {l=LANDMARK}\n{@N_THIEF}",
        "After the {w=WEATHER}\n{@N_AFTER}",
        "Crowds at {f=FEAST}\n{@N_FEAST}",
        "A visit from {v=VILLAGE}\n{@N_VISIT}",
    ),
    "N_FOUND": (
        "{h=ADULT:full}, {a h.trade} from {h.street}, {SPOTTED} {q=a THING_Q} {x=THING_BY/q} {b} the {l} {AGO}. "
        "{@N_LAY} {@WORK_h}\n{SOON}, {@N_SEARCH} {@N_OWNER} {@CLOSE}",
    ),
    "N_LAY": (
        "It [lay under a bench|hung on a fence|stood in the rain|was hidden in the grass|lay in a puddle], and "
        "[nobody else|not even the {j=OFFICIAL_Q} {OFFICIAL_BY/j}|none of the {j=CROWD_Q} {CROWD_BY/j}] had "
        "[noticed it|touched it|dared to pick it up|looked under it|asked about it|thrown it away].",
        "A note on it said: [Please bring me home|Do not open|To be called for|Handle with care|Happy birthday|"
        "Forgive me|Back in ten minutes|Keep dry|Not for sale|For my sister|Too heavy for me|Good luck|Ring twice].",
        "Beside it lay {SOME} {j=ODDS_Q} {ODDS_BY/j} and {j=a THING_Q} {THING_BY/j-x}.",
        "At first {h.she} [took it for a joke|thought it was a trick|walked past it], but then {h.she} [turned back|"
        "looked closer|picked it up].",
        "{h.She} had [gone for a walk|missed the bus|followed {j=a ANIMAL_Q} {ANIMAL_BY/j}|taken a short cut|waited "
        "for a friend] when it caught {h.hers} eye.",
        "One {j=ANIMAL_Q} {ANIMAL_BY/j} sat on it and would not move {FOR_TIME}.",
    ),
    "N_SEARCH": (
        "{h.she} asked {SOME} {j=CROWD_Q} {CROWD_BY/j}, but [nobody knew anything|they shook their heads|each told "
        "another story].",
        "the {OFFICIAL} [put up a poster|rang the bell|asked in every shop|stopped every bus|wrote to the paper|"
        "knocked on doors] {FOR_TIME} to find the owner.",
        "{h} hung a [note|sign|drawing of it] on the door of the [town hall|church|post office|tea room].",
        "{h.she} put it in the window of the {h.work} with a [note|sign|question mark] on it.",
    ),
    "N_OWNER": (
        "The owner was {s=ADULT-h-h.spouse:full}, {a s.trade} from {s.street}, who had [lost it|left it there|"
        "forgotten it|dropped it] {AGO}. {@N_THANKS} {@FREE_s}",
        "It belonged to {s=ADULT-h-h.spouse:full} from the {s.work}, who [wept with joy|had already bought a new "
        "one|had missed it {FOR_TIME}|recognized every scratch|had looked everywhere]. {@N_THANKS} {@KIN_s}",
        "Then {s=ADULT-h-h.spouse:full} from {s.street} [came|called|knocked|wrote] and could [describe every "
        "scratch|prove that it was a present|show a photograph of it]. {@N_THANKS} {@WORK_s}",
        "As it turned out, {s=ADULT-h-h.spouse:full}, the {s.trade}, had [hidden it from the children|won it at the "
        "fair|lost it in a bet|borrowed it from an aunt]. {@N_THANKS} {@KIN_s}",
        "Nobody came, so {h} [gave the {x} to the museum|sold the {x} for {SOME} coins|keeps the {x} at the "
        "{h.work}|gave the {x} to {h.hers} {h.elder.son} {h.elder}]. {@FREE_h}",
    ),
    "N_THANKS": (
        "As a reward, {h} got {REWARD}.",
        "{h} wanted no reward, but [accepted|was given|could not refuse] {REWARD}.",
        "For the {x}, {s} [paid with|gave away|offered] {SOME} {HANDY} {WARE/s.trade}.",
        "{s} [hugged {h}|shook hands with {h}|kissed the {x}|danced with {h}] and invited {h.her} for {j=MEAL_Q} "
        "{MEAL_BY/j}.",
    ),
    "N_TROUBLE": (
        "It began {AGO}, when {h=ADULT:full} [left|put|forgot|set down] {a q} {x} [in front of|behind|beside|in the "
        "doorway of|on the steps of] the {h.work}. {@N_SLIP} {@N_ANGER} {@QUOTE_h}\n{@CAME} {SOON}, {@N_SOLVED} "
        "{@HOME_s} {@WORK_h} {@CLOSE}",
    ),
    "N_SLIP": (
        "The {j=OFFICIAL_Q} {OFFICIAL_BY/j} [stumbled over it|backed into it|did not see it] and fell into a [cart "
        "of hay|barrel of water|flower bed|puddle|basket of eggs|hedge].",
        "Within an hour, {SOME} {j=CROWD_Q} {CROWD_BY/j} had [tripped over it|bumped into it|complained about it].",
        "A customer who had ordered {ORDER/h.trade} [tripped over it|took it for a present|refused to step over it] "
        "and left without [paying|a word|{h.hers} {WARE/h.trade}].",
        "One gust of wind [threw it over|blew it into the street|carried it off], and it [broke a window|hit the "
        "{OFFICIAL}|stopped the traffic|fell on a cake].",
        "Because of it, nobody could reach the {MACHINE/h.trade}, and {MISHAP/h.trade}.",
        "When {h.she} looked again, a goat had eaten half of it and {SOME} {HANDY} {WARE/h.trade} as well.",
    ),
    "N_ANGER": (
        "The {j=OFFICIAL_Q} {OFFICIAL_BY/j} wrote [a long report|a bill over {SOME} coins|an angry letter|a "
        "warning], and {h} was {SORRY_OF}.",
        "Some {j=CROWD_Q} {CROWD_BY/j} [demanded|asked|wanted] that the {x} go to the [museum|cellar|market|scrap "
        "dealer].",
        "{h} wanted to [hide|sell|give away|move] it, but [it was too heavy|nobody helped|the {CROWD} laughed|it "
        "began to rain].",
        "Two {CROWD} sat down on it and [sang|ate their lunch|waited for the bus|argued] {FOR_TIME}.",
    ),
    "N_SOLVED": (
        "{s} [carried it to the cellar|hung it on a hook|bought it for {SOME} coins|painted it {COLOR}|took it "
        "apart|put a lamp on it], and {h} said thank you with {REWARD}.",
        "the {x} [stood|hung|lay] safely [in a corner|behind the door|on the roof|in the shed], and {s} got "
        "{REWARD} for it.",
        "they [sold|gave|lent] it to the {j=OFFICIAL_Q} {OFFICIAL_BY/j}, who had [always wanted one|just lost one|"
        "never seen one].",
    ),
    "N_ESCAPED": (
        "{o=OWNER:petname}, the {o.pet.color} {o.pet.species} of {o.full}, {STEP/o.pet.species} through [an open "
        "window|the back door|a gap in the fence|the cellar window|the garden gate] {AGO}. {@N_WHY} {@N_CHASE} "
        "{@N_LOOKED}\n{SOON}, {s=ADULT-o.mother-o.father:full}, the {s.trade}, found the {o.pet.species} {@N_SPOT}, "
        "where it {SOUND/o.pet.species} {FOR_TIME}. {@N_LURED} {@WORK_s} {@N_FAMILY} {@CLOSE}",
    ),
    "N_WHY": (
        "It was [bored|hungry|curious|afraid of the thunder|looking for company|tired of the rain].",
        "{o.She} had only [opened the window|gone to school|turned around|answered the door] for a moment.",
        "Somebody had forgotten to [close the door|feed it|lock the gate|say good night].",
        "{o.Hers} {o.sibling.brother} {o.sibling} had [left the door open|laughed at it|eaten its "
        "{FODDER/o.pet.species}].",
    ),
    "N_CHASE": (
        "On the way it {DEED/o.pet.species} and woke the {j=OFFICIAL_Q} {OFFICIAL_BY/j}.",
        "The {j=OFFICIAL_Q} {OFFICIAL_BY/j} ran after it with a [net|blanket|broom|ladder|basket] and [fell into "
        "the fountain|lost a shoe|caught the wrong one].",
        "Nobody could catch it, although {SOME} {j=CROWD_Q} {CROWD_BY/j} tried {FOR_TIME}.",
        "First it {DEED/o.pet.species}, then it {ACT/o.pet.species} the {OFFICIAL}.",
        "It {SOUND/o.pet.species} so loudly that the {j=CROWD_Q} {CROWD_BY/j} [dropped their bags|stopped singing|"
        "called the police|covered their ears].",
    ),
    "N_LOOKED": (
        "{o}, who is {o.years}, looked {BY} the {LANDMARK} {FOR_TIME} and was {SORRY_OF}.",
        "With {o.hers} {o.sibling.brother} {o.sibling}, {o} [asked at every door|searched every cellar|put up "
        "notes] on {o.street}.",
        "{o}, {o.years} years old, missed {o.hobby} that day and [cried|searched|called] {FOR_TIME}.",
    ),
    "N_SPOT": (
        "on the [roof|steps] of the {s.work}",
        "in the cellar of the {s.work}",
        "behind the {s.work}",
    ),
    "N_LURED": (
        "For a [handful|bit|bowl] of {FODDER/o.pet.species}, it came home to {o.street}.",
        "It took {A_TIME} and a lot of {FODDER/o.pet.species} to bring it home.",
        "{s.She} carried it home to {o.street} in a [hat|basket|sack|coat|wheelbarrow] and got {REWARD} for it.",
    ),
    "N_FAMILY": (
        '{o.mother}, the mother, was {GLAD_OF}; {o.father}, the father, only said: "[Again|Thank you|At last|Lock '
        'the door]!"',
        "The parents, {o.mother} and {o.father}, have [bought a new lock|mended the fence|said sorry to everyone].",
        "Now {o} keeps the [door|gate|window] shut and {o.pet} [sleeps|dreams|eats] {OFTEN}.",
    ),
    "N_PRIZE": (
        "{h=PERSON:full} of {h.street} won the prize for {h.hobby} {BY} the {LANDMARK} {AGO}. {@N_MADE} {@FREE_h} "
        "{@N_JURY} {@N_RIVAL}\n{SOON}, {@N_HOME} {@HOME_h} {@CLOSE}",
    ),
    "N_MADE": (
        "The prize was {a q} {x}, [given by|chosen by|paid for by] the {OFFICIAL}.",
        "{h.She} got {a q} {x} and [a round of applause|a kiss from the {j=OFFICIAL_Q} {OFFICIAL_BY/j}|a bunch of "
        "tulips|a free haircut].",
        "There were {SOME} [other entries|rivals|contestants], but {h.she} [had practiced {FOR_TIME}|was the best "
        "by far|made no mistake].",
    ),
    "N_JURY": (
        "Our jury, {j=a OFFICIAL_Q} {OFFICIAL_BY/j} and {SOME} {j=CROWD_Q} {CROWD_BY/j}, talked {FOR_TIME}.",
        "To the {j=OFFICIAL_Q} {OFFICIAL_BY/j} in the jury, it was the [best|finest|boldest|most beautiful] work of "
        "the {SEASON}.",
        'The {OFFICIAL} from the jury said {HOW_SAID}: "[I could not do that|What talent|This is art|I am '
        'speechless]!"',
        "There was no jury; the {CROWD} [clapped|voted|whistled|raised their hands], and the loudest side won.",
    ),
    "N_RIVAL": (
        "Second came {s=PLAYER-h:full}, who plays the {s.instrument} and [wants to practice more|shook {h.hers} "
        "hand|was {SORRY_OF}].",
        "In third place was {s=EATER-h-h.spouse:full}, who got {s.food}, {s.hers} favorite food, for comfort.",
        "Next best was {s=PERSON-h:full}, who likes {s.hobby} and [wants to try again|clapped loudly|was {SORRY_OF}|"
        "promised to practice|shook hands].",
        "Only {s=PERSON-h:full} from {s.street} did not clap; {s.she} had lost {s.hers} {GEAR/s.hobby} {THEN}.",
        "For the losers there was {j=MEAL_Q} {MEAL_BY/j} with {DRINK}.",
    ),
    "N_HOME": (
        "{h} {BROUGHT} the {x} home, and the {h.family} family [celebrated|sat together|sang] {FOR_TIME}.",
        "the {x} stood on the table, and the {h.family} family ate {j=MEAL_Q} {MEAL_BY/j} with {DRINK}.",
        "{h.she} [lent|showed|almost gave] the {x} to {SOME} {j=CROWD_Q} {CROWD_BY/j}, who were {GLAD_OF}.",
    ),
    "N_THIEF": (
        "{^SOME} {j=ODDS_Q} {y=ODDS_BY/j} and {j=a THING_Q} {THING_BY/j} were stolen {b} the {l} {AGO}. They "
        "belonged to {h=ADULT:full}, who [found the open window|saw the empty box|heard a noise|missed them] "
        "{THEN}. {@WORK_h} {@N_SUSPECT} {@QUOTE_h}\n{SOON}, {@N_TRAIL} {@N_CULPRIT} {@KIN_h} {@CLOSE}",
    ),
    "N_SUSPECT": (
        "At first, everyone suspected the {CROWD}, who had been there {THEN}.",
        "The {j=OFFICIAL_Q} {OFFICIAL_BY/j} asked {s=PERSON-h:full}, but {s.she} had been busy {s.hobby}.",
        "There were [footprints|scratches|strange marks] on the [floor|roof|steps|window sill], very [small|fresh|"
        "muddy].",
        "Even {s=ADULT-h-h.spouse:full} the {s.trade} was asked; {s.she} had {MADE/s.trade} {WARE/s.trade} {FOR_TIME}.",
    ),
    "N_TRAIL": (
        "the {OFFICIAL} followed a trail of [crumbs|mud|feathers|flour|cherry stones] to the {LANDMARK-l}.",
        "{h.she} hid {FOR_TIME} behind a [hedge|barrel|tree|wall] and saw [a shadow|something move|two bright eyes].",
        "a child heard a [rattle|rustle|squeak|clatter] from the [roof|chimney|hedge|gutter|old shed].",
    ),
    "N_CULPRIT": (
        "The thief was {j=a ANIMAL_Q} {t=ANIMAL_BY/j}! It had [built a nest from|slept on|played with|hidden] the {y}.",
        "There sat {j=a ANIMAL_Q} {t=ANIMAL_BY/j} among the {y} and [looked guilty|fell asleep|defended them bravely].",
        "It was {j=a ANIMAL_Q} {t=ANIMAL_BY/j} that had taken the {y} to [line its nest|please its young|build a bed].",
    ),
}
