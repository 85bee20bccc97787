"""Weather reports with what they lead to, and invitations to the feasts of the year."""

RULES = {
    "weather": (
        "Weather for {DAY}: {w=WEATHER} {HOURLY}. {@W_NOW} {@W_WHO} {@W_PLACE}\n{@W_LATER} {@W_TIP} {@W_END}",
        "Forecast for {v=VILLAGE}: {w=WEATHER} {HOURLY}. {@W_NOW} {@W_VILLAGE}\n{@W_WHO} {@W_TIP} {@W_LATER}",
        "Yesterday's {w=WEATHER}: {@W_WHO} {@W_PLACE} {@W_WHO2}\n{@W_TELL} {@W_TIP} {@W_END}",
    ),
    "W_NOW": (
        "It will be {DAMP/w}, [good|fine|perfect|pleasant|bad|hard|no fun|tiresome] for {j=CROWD_Q} {CROWD_BY/j}.",
        "Expect {OUTLOOK/w} {BY} the {j=LANDMARK_Q} {LANDMARK_BY/j} and {DAMP/w} streets {AS_LONG}.",
        "The {j=OFFICIAL_Q} {OFFICIAL_BY/j} [saw it coming|felt it in one knee|read it in the tea leaves|did not "
        "believe it], but it will be {DAMP/w}.",
        "Take {WEAR/w} and {j=a THING_Q} {THING_BY/j} with you, and [walk slowly|hold on to your hat|start early].",
        "Such {DAMP/w} weather makes {j=CROWD_Q} {CROWD_BY/j} [thirsty|sleepy|merry|hungry|lazy|quick] and [dogs|"
        "horses|cats|hens|cows|geese] [nervous|restless|sad|noisy|lazy|brave].",
        "We will have {DAMP/w} hours and {OUTLOOK/w}, most of them {BY} the {LANDMARK}.",
    ),
    "W_WHO": (
        "Near the {k=WORK} on {k.street}, {HAPPENED/w} {AGO}, and {SOME} {WARE/k.trade} [were ruined|had to be "
        "saved|got lost].",
        "At the {k=WORK}, the {MACHINE/k.trade} stood still {AGO}, because {HAPPENED/w}.",
        "It was a bad day for {h=ADULT:full}, the {h.trade}: {HAPPENED/w}, and {MISHAP/h.trade}.",
        "As {h=ADULT:full} came home to {h.street} {AGO}, {HAPPENED/w}, and {h.she} [ran|waited|laughed|slipped|"
        "sang|got lost].",
        "No luck for {o=OWNER:petname}, the {o.pet.color} {o.pet.species} of {o.full}: {HAPPENED/w}, and it "
        "{SOUND/o.pet.species} {FOR_TIME}.",
        "While {c=CHILD:full} was {c.hobby} {AGO}, {HAPPENED/w}, and {c.she} [lost|forgot|saved only] {c.hers} "
        "{GEAR/c.hobby}.",
    ),
    "W_WHO2": (
        "At the {s=WORK} on {s.street}, they {MADE/s.trade} {SOME} {WARE/s.trade} [by candlelight|in coats|all the "
        "same].",
        "On the way to {s=ADULT:full}, {a s.trade}, a customer [lost|dropped|ruined] {SOME} {WARE/s.trade}.",
        "It did not trouble {s=PERSON:full} of {s.street}, who spent {A_TIME} {s.hobby}.",
        "Little {s=CHILD:full}, {s.years} years old, [loved it|slept through it|wanted more of it] and was {GLAD_OF}.",
    ),
    "W_PLACE": (
        "On {STREET}, {SOME} {j=CROWD_Q} {CROWD_BY/j} [slipped|waited|got stuck|sang|lost their way] {BY} the "
        "{LANDMARK}.",
        "In {v=VILLAGE}, {v.kilometers} kilometers to the {v.direction}, {CROWD} [closed the shops|stayed in bed|"
        "met in the church|had to row home].",
        "Around the {j=LANDMARK_Q} {LANDMARK_BY/j}, {SOME} {CROWD} [helped each other|shared a lantern|pushed a "
        "cart] {FOR_TIME}.",
        "High up {BY} the {LANDMARK}, {j=a ANIMAL_Q} {ANIMAL_BY/j} [watched it all|hid|trembled|seemed to enjoy it].",
    ),
    "W_VILLAGE": (
        "{v} lies {v.kilometers} kilometers to the {v.direction}, beside {v.beside}, and {OFTEN} it has {OUTLOOK/w}.",
        "The {CROWD} of {v}, which is known for {v.known}, fear for their {SIGHT/v} and [count|cover|move] their "
        "{PRODUCE}.",
        "In {v}, {j=a OFFICIAL_Q} {OFFICIAL_BY/j} sells {SOUVENIR/v} and {WEAR/w} {OFTEN}.",
    ),
    "W_LATER": (
        "Towards {DAY}, it will stop, and {CROWD} can dry their [coats|shoes|socks|hats] {BY} the {LANDMARK}.",
        "By {DAY}, there will be {OUTLOOK/w} {BY} the {j=LANDMARK_Q} {LANDMARK_BY/j}.",
        "After that comes {x=WEATHER-w}; then {CROWD} need {WEAR/x} and [patience|a warm stove|good shoes|cold "
        "drinks|luck].",
        "It will not be as bad as {AGO}, when {HAPPENED/w} and {SOME} {CROWD} [got lost|slept in the church|went "
        "home barefoot].",
    ),
    "W_TELL": (
        'One {j=OFFICIAL_Q} {OFFICIAL_BY/j} {TOLD}: "[My hat is gone|I have seen worse|Never again|I like it|Who '
        'ordered this]!"',
        "Somewhere {j=a ANIMAL_Q} {ANIMAL_BY/j} hid under a [cart|roof|bench|bridge] {FOR_TIME}.",
        "In the [church|school|town hall|tea room], {SOME} {CROWD} waited {FOR_TIME} with {DRINK} and {MEAL}.",
        "People will remember the {OUTLOOK/w} and the {j=OFFICIAL_Q} {OFFICIAL_BY/j} who [sang|helped|slipped|drove "
        "on].",
    ),
    "W_TIP": (
        "Our tip: [drink|make|order] {DRINK} and [read|bake|sleep|play cards|write letters] {AS_LONG}.",
        "Do not leave {j=a THING_Q} {THING_BY/j} [outside|in the garden|on the steps|in the yard].",
        "Whoever must go out should wear {j=a CLOTHES_Q} {CLOTHES_BY/j} and [hurry|walk with care|take the bus].",
        "Cover your {FLOWER} and bring in the {PRODUCE} {COMING}.",
        "Stay home {AS_LONG} and [cook|warm up|share] {j=MEAL_Q} {MEAL_BY/j}.",
        "If {j=a ANIMAL_Q} {ANIMAL_BY/j} comes to your door, let it in {AS_LONG}.",
    ),
    "W_END": (
        "Next {DAY} will be [better|milder|brighter|quieter], says the {j=OFFICIAL_Q} {OFFICIAL_BY/j}.",
        "The {SEASON} remains [cool|mild|dry|wet|windy|a surprise], if the {CROWD} are right.",
        "For {SEASON}, we expect {j=PRODUCE_Q} {PRODUCE_BY/j} and many {CROWD}.",
        "If this report is wrong, [write to|blame|complain to|forgive] the {j=OFFICIAL_Q} {OFFICIAL_BY/j}.",
    ),
    "event": (
        "Come to {f=FEAST}! {@E_WHAT} {@E_FOOD} {@E_WHO}\n{@E_LAST} {@E_BRING} {@E_END}",
        "Save the day, writes {j=a OFFICIAL_Q} {OFFICIAL_BY/j}: {f=FEAST} is in {f.month}. {@E_FOOD} "
        "{@E_WHO}\n{@E_BRING} {@E_LAST} {@E_END}",
        "Program of {f=FEAST}, {HOURLY}: {@E_WHAT} {@E_BRING}\n{@E_WHO} {@E_FOOD} {@E_END}",
    ),
    "E_WHAT": (
        "On {f.place}, there are {FEAST_SIGHT/f} and [a stage|a long table|music|dancing|games|races|a "
        "merry-go-round|free balloons|a puppet show] for {j=CROWD_Q} {CROWD_BY/j}.",
        "This {f.month}, {SOME} {j=CROWD_Q} {CROWD_BY/j} [wait|play|dance|compete|sing] on {f.place} among "
        "{FEAST_SIGHT/f}.",
        "Every {f.month} we meet on {f.place}; last year {CROWD} {FEAST_DID/f} {FOR_TIME}.",
        "First the {j=OFFICIAL_Q} {OFFICIAL_BY/j} speaks {AS_LONG}, then {CROWD} with {FEAST_SIGHT/f} come down "
        "{f.place}.",
        "It begins on {f.place} {COMING} with {FEAST_SIGHT/f} and [a song|a race|a speech|fireworks|a parade].",
    ),
    "E_FOOD": (
        "There is {f.dish} with {DRINK}, and for {CROWD} {j=MEAL_Q} {MEAL_BY/j}.",
        "As always, {f.dish} is served by {j=a OFFICIAL_Q} {OFFICIAL_BY/j}, [free of charge|with a smile|while it "
        "lasts|in {COLOR} bowls|on {COLOR} plates|until it is gone].",
        "You get {f.dish} for {SOME} coins and {DRINK} for {FEW}.",
        "Our {f.dish} is famous; last year {SOME} {CROWD} [stood in line|fought for it|came back for more] {FOR_TIME}.",
        "Try {f.dish}, {j=MEAL_Q} {MEAL_BY/j} and {DRINK} at the [long|first|last|big] stand.",
    ),
    "E_WHO": (
        "The band has {h=PLAYER:full} on the {h.instrument}, in {j=a CLOTHES_Q} {CLOTHES_BY/j}.",
        "Listen to {h=PLAYER:full} from {h.street}, who plays the {h.instrument} {AS_LONG}.",
        "Among the helpers is {h=ADULT:full}, {a h.trade}, with {SOME} {HANDY} {WARE/h.trade} from the {h.work}.",
        "For children, {h=ADULT:full} from the {h.work} tells the story of {j=a ANIMAL_Q} {ANIMAL_BY/j} and {k=a "
        "OFFICIAL_Q} {OFFICIAL_BY/k}.",
        "You can watch {h=ADULT:full}, the {h.trade}, at work with {h.hers} {h.work.tool} {HOURLY} and buy {HANDY} "
        "{WARE/h.trade}.",
    ),
    "E_BRING": (
        "Please bring {j=a THING_Q} {THING_BY/j}, a [cup|spoon|cushion|warm coat] and [a friend|good shoes|a song|a "
        "cake].",
        "Leave your [bicycle|cart|umbrella|dog] {BY} the {LANDMARK}; the {j=OFFICIAL_Q} {OFFICIAL_BY/j} looks after "
        "it.",
        "Who comes in {j=a CLOTHES_Q} {CLOTHES_BY/j} gets {REWARD}.",
        "Children win {REWARD} if they find {SOME} hidden [eggs|letters|ribbons|bells] {BY} the {LANDMARK}.",
        "Whoever [sings|dances|runs|tells jokes] best wins {j=a THING_Q} {THING_BY/j} or {REWARD}.",
    ),
    "E_LAST": (
        "Last year, {c=CHILD:full}, now {c.years} years old, won {REWARD}, and {CROWD} {FEAST_DID/f}.",
        'Afterwards {j=a OFFICIAL_Q} {OFFICIAL_BY/j} {TOLD}: "[I will come again|I never danced so much|My feet '
        'hurt|It was too short]."',
        "If there is {w=WEATHER}, bring {WEAR/w}; once {HAPPENED/w}, and the {j=CROWD_Q} {CROWD_BY/j} [stayed|"
        "danced on|sang louder|laughed] {FOR_TIME}.",
        "The last time, {c=CHILD:full} of {c.street} lost {j=a THING_Q} {THING_BY/j} {BY} the {LANDMARK}.",
        "One year {j=a ANIMAL_Q} {ANIMAL_BY/j} [joined the parade|ate the prize|stole {f.dish}|sat on the stage], "
        "and nobody minded.",
    ),
    "E_END": (
        "Be [punctual|brave|hungry|in a good mood|cheerful|early] and bring {SOME} {j=CROWD_Q} {CROWD_BY/j}!",
        "See you {BY} the {j=LANDMARK_Q} {LANDMARK_BY/j}, {COMING}!",
        "Even {j=a OFFICIAL_Q} {OFFICIAL_BY/j} is welcome {COMING}, and so are you.",
        "Until then, [practice|rest|save your coins|mend your shoes] and tell [everyone|the whole street|your "
        "friends].",
        "The {CROWD} look forward to it, and so does {p=PERSON:full}, who likes {p.hobby}.",
    ),
}
