"""Plots about animals: a lost one, a strange one, a noise in the night, and a thief with four legs."""

from .story_plot import Plot, alternatives

LOST = Plot(
    titles=("Missing {^h.animal.species}", "Open Gate", "Night without {h.animal}"),
    start="""
    when {h} {WENT} home with {TREAT} for {h.pal}, the {x=BED} where {h.animal} [liked to sleep|always waited|used to
    hide] was [empty|cold|deserted]. [The wind|Some careless visitor|{h.mother}|{h.father}] had left the
    [gate|door|window] open. On the [floor|doorstep|straw] lay nothing but {t=a TINT} {k=TRINKET}. {@who}

    somebody [knocked|rapped|hammered] at the door of the house in {h.street}. It was {a PASSER}, who {SAID}: "{^a
    h.animal.color} {h.animal.species} just [ran|hurried|slipped] past the {SPOT}. Is it yours?" {h} {WENT} to the
    {ADJ} {x=BED} where {h.animal} slept. It was empty, and only {t=a TINT} {k=TRINKET} lay [in the yard|on the
    step|by the gate]. {@who}

    {h} forgot to close the gate, because {a PASSER} came by with {TREAT} and {a ADJ} {THING}. When {h} looked into
    the {x=BED} of {h.pal}, it was [empty|cold|deserted], and in the [mud|grass|dust] lay {t=a TINT} {k=TRINKET}.
    {@who}
    """,
    tries="""
    searched [under|behind] the {ADJ} {THING}, [inside|next to] the {ADJ} {THING} and [around|beyond] the {SPOT}.
    {^h.she} found {a CRITTER}, {a ADJ} {CLOTHES} and {NUMBER} {BITS}, but no {h.animal.species}.

    put {TREAT} on {a ADJ} {THING} and hid behind the {SPOT}. At {CLOCK} somebody came and ate [everything|it all|most
    of it]. It was not {h.animal}. It was {a CRITTER}, and soon it brought {NUMBER} more.

    followed a line of [prints|tracks] past the {SPOT} and the {SPOT}. Then it began to rain, and the water
    [washed|wiped] them away. {h} stood there with [wet socks|wet hair|a dripping {CLOTHES}] and felt {SAD}.

    climbed onto {a ADJ} {THING} and called "{h.animal}!" [until {h.hers} voice was gone|as loudly as {h.she}
    could|more than {NUMBER} times]. {^a PASSER} [came running|opened a window|answered], and so did {a CRITTER}, but
    {h.animal} did not: the wind [blew|carried] the call [toward {VILLAGE}|the wrong way|back again].

    asked {q=a PASSER} at the {SPOT} and {a PASSER-q} at the {SPOT}. The one had seen {a h.animal.species}
    [going|running] north, the other south. {h} {WENT} both ways and came back {SAD}.
    """,
    fixes=dict(
        baker="""{g} dusted flour over the [steps|stones|path] by the {SPOT} and smoothed it with the
        rolling pin. At {CLOCK} there were [small|fresh|clear] prints in the white, and they led
        [straight|around a corner|in a zigzag] to the {s=SPOT}.""",
        conductor="""{g} [raised|lifted|took] the whistle and blew it {NUMBER} times. Every animal in town
        knew that sound, because it meant that the train with the [food|hay|corn] had come. Behind the {s=SPOT}
        something [moved|answered].""",
        clockmaker="""They climbed to the top of the clock tower. Through the loupe {g} looked at [a hair|some
        mud|a bit of straw] on the {k} and knew at once where it came from: the {s=SPOT}. They {WENT} there
        together.""",
        fisher="""{g} [took|shouldered|grabbed] the net and they {WENT} to the {s=SPOT}, where {a PASSER}
        had heard [steps|a noise|something]. {g} spread the net across the path, so that nothing could run past
        them again, and {h} called [softly|loudly|sweetly].""",
        printer="""{g} started the press and printed {NUMBER} [posters|notices] with the words: {@poster}
        Before {CLOCK}, {a PASSER} came in and pointed at one. "I saw that {h.animal.species} at the {s=SPOT}!"
        They {WENT} there.""",
        teacher="""{g} drew the whole town on the board with chalk and gave every child a [street|corner].
        {h} got the {s=SPOT}, and there {h.she} heard something [breathing|scratching|rustling].""",
        dairymaker="""{g} stopped the churn and filled a bowl with fresh cream. "No {h.animal.species} can
        pass this by," {g.she} said. They set it down at the {s=SPOT} and [waited|hid|sat still]. At {CLOCK} a
        familiar [head|nose|shadow] came out.""",
        miller="""Under the roof of the windmill, high above the millstone, there was a window from which
        one could see [all of Alderbrook|every roof in town]. {g} pointed: near the {s=SPOT}, something
        {h.animal.color} was moving.""",
        cobbler="""{g} put down the awl and looked at [the mud|the straw|a hair] on {h}'s shoe. "This kind
        is found in only one place," {g.she} {SAID}, "and that is the {s=SPOT}." They {WENT} there with {a ADJ}
        {THING}.""",
    ),
    turn="""
    There sat {h.animal}, {GLAD} and {@dirty}, next to {a CRITTER} that had [hurt its leg|lost its nest|no home].
    {h.animal} had [guarded|warmed|fed] it all the time and {h.animal.noise} when {h} came. {h} laughed and cried at
    once.

    {h.animal} had [climbed|fallen|crept] into {a ADJ} {THING} there and could not get out again. {h} pulled, {g}
    pushed, and [plop|bump|crash], all three of them [sat|lay] on the ground. {h.animal} {h.animal.noise} as if it had
    been {h}'s fault.

    There was {h.animal}, fast asleep in {a ADJ} {THING}, with the crumbs of {TREAT} all around. {^a PASSER} had left
    [the lunch|a basket|a bag] there. "So that is why," {SAID} {h}, and {h.animal} {h.animal.noise} in a dream.

    "Look," {g} {SPOKE} {SOFTLY}. There was {h.animal} with {NUMBER} {CRITTERS}, and they shared {TREAT} as at a
    [feast|wedding|birthday]. {h} was not angry. Who would not leave for such a party?
    """,
    ends="""
    {h} tied the {t} {k} to the gate, so that it [rattled|rang|clattered] whenever somebody left it open. {h.animal}
    slept in the {x}, and {h} was so {GLAD} that {h.she} checked the gate {NUMBER} times.

    {g} got {TREAT} and {a ADJ} {CLOTHES} from {h} as thanks. The {t} {k} hung around {h.animal}'s neck from now on.
    [Whoever|Anybody who] found that {h.animal.species} would know where it belonged: in the {x}, at {h}'s house in
    {h.street}.

    {h} sat beside the {x} with {DRINK} and did not let {h.animal} out of sight. "You may have the {t} {k}," {h}
    {SAID}, "but please, next time, take me with you." {h.animal} {h.animal.noise} {SOFTLY}.
    """,
)

STRAY = Plot(
    titles=("Visitor from Nowhere", "Uninvited Guest", "Stranger with the Collar"),
    start="""
    {h} {WENT} past the {s=SPOT} and [heard|noticed] a sound in {a ADJ} {x=THING}. {^h.she} looked inside and saw
    {@found} {@who}

    it rained so hard that even the {CRITTER} [stayed|hid] at home. {@who} At {CLOCK}, something scratched at the
    door. {h} opened it with {a ADJ} {x=HELD} in {h.hers} hand, and in came {@found}

    while {h} shared {TREAT} with {a PASSER} near the {s=SPOT}, {a ADJ} {x=THING} began to
    [shake|tremble|rustle|creak], and out of it came {@found} {@who}
    """,
    tries="""
    decided to keep it a secret. {^h.she} hid the {o.pet.species} [behind|under] the {ADJ} {THING} and gave it
    {TREAT}. But at {CLOCK} it {o.pet.noise} so loudly that {h.hers} mother {h.mother} came with {a ADJ} {THING} and
    {SAID}: "Somebody is looking for this animal and feels {SAD}."

    wrote a note and hung it on the {SPOT}: {@poster} But the wind [tore it off|carried it away|blew it into the
    water], and the only one who answered was {a PASSER} who had lost {a ADJ} {THING}.

    asked {a PASSER} by the {SPOT}, who shook [a gray|a bald|a curly] head and bought {TREAT}. Then {h.she} asked {a
    PASSER} in {STREET}. "In Alderbrook everybody has some animal," was the answer. That did not help, and {h} felt
    {SAD}.

    set the {o.pet.species} down by the {SPOT} and {SAID}: "Go home!" But it only looked at {h.her} and {o.pet.noise}.
    When {h} {WENT} away, it followed {h.her} with {a CRITTER} behind it, all along {STREET}.
    """,
    fixes=dict(
        cobbler="""{g} turned the collar around in {g.hers} fingers. "I made this one with my own awl,"
        {g.she} said. "It was for {o}, who lives in {o.street}.\"""",
        nurse="""The {o.pet.species} had a [thorn|splinter|piece of glass] in its foot. {g} pulled it
        out, took its temperature with the thermometer, just to be sure, and smiled. "I know you. You belong to
        {o} in {o.street}.\"""",
        librarian="""{g} opened the drawer with the letter P, for the card catalog knew more than books. Soon
        {g.she} held up a card: "{o.pet}, {a o.pet.color} {o.pet.species}. Owner: {o} {o.family}, {o.street}.\"""",
        baker="""{g} laughed and put the rolling pin down. "This {o.pet.species} comes for {TREAT} every
        {DAY}, and {o} from {o.street} comes running after it.\"""",
        fisher="""{g} was mending the net and knew the visitor by its [walk|voice|smell]. "It steals my
        trout every {DAY}. That is {o.pet}, and {o} from {o.street} pays for the fish.\"""",
        conductor="""{g} blew the whistle, and the {o.pet.species} lay down like a good passenger. "I knew
        it! That is {o.pet}, who rides to {VILLAGE} without a ticket. {o} lives in {o.street} and must be
        {SAD}.\"""",
        tailor="""{g} pushed the needle into {g.hers} sleeve and fetched {a ADJ} {CLOTHES} from the wall.
        "{o} from {o.street} ordered this for {o.pet}. It must fit," said {g}. It fitted [exactly|like a
        glove|perfectly].""",
    ),
    turn="""
    {h} swallowed, but {h.she} {WENT} to {o.street} at once. {o} stood at the window with {a TINT} {k=TRINKET} in
    {o.hers} hand and looked {SAD}. Then {o.pet} {o.pet.noise}, and {o} jumped right over {a ADJ} {THING} and
    [hugged|kissed] them both.

    On the way to {o.street}, {h} walked [slowly|more and more slowly|as slowly as a snail]. But when {o} opened the
    door and {o.pet} {o.pet.noise}, {o.she} was so {GLAD} that {h} was {GLAD} too. "Take this," {o} {SAID} and gave
    {h.her} {a TINT} {k=TRINKET}.

    {h} wrapped the {o.pet.species} in {a WOOL} {CLOTHES} and {WENT} to {o.street}. "{o.pet}!" {SAID} {o}, and {o.pet}
    {o.pet.noise}. They turned in a circle like {CRITTERS}, and {o} gave {h} {a TINT} {k=TRINKET} for a reward.
    """,
    ends="""
    {o} stood at {h}'s door with {TREAT} and {a ADJ} {x}. "{o.pet} misses you," {o.she} {SAID}. "And I have nobody for
    {o.hobby}." {h} [came|went] along, and {o.hobby} was [easy|fun|a joy|twice as nice] with a friend.

    {h} put the {k} on the shelf next to the {x}. Now {h.she} had [no stray|no secret] any more but a friend in
    {o.street}, and every {DAY} {o.pet} {o.pet.noise} under {h.hers} window until {h.she} came out to play.

    {h.pal} and {o.pet} met at the {SPOT}. {^h.animal} {h.animal.noise}, {o.pet} {o.pet.noise}, and {h} and {o}
    laughed so much that {a PASSER} dropped {a ADJ} {THING}. {^o.she} wore the {k} on a string, and {h} still had the
    {x} where it all began.

    {h} got {a ADJ} {THING} full of {TREAT} from {o}'s [mother {o.mother}|father {o.father}]. {h.animal} looked into
    it and {h.animal.noise}. The {k} came to lie in the {x}, and above it {h} wrote: "{o.pet} was here."
    """,
    rules=dict(
        found=alternatives("""a [wet|tired|shivering|hungry] animal with a collar. On the collar stood the name
        {o=KEEPER-h.elder:petname}. It was {a o.pet.color} {o.pet.species}."""),
    ),
)
