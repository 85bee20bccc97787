"""Plots about a way to go: grandmother's honey, a secret map, a storm at the boat race, and a noise in the night."""

from .story_plot import Plot

HONEY = Plot(
    titles=("Jar of Honey", "Road to {h.mother.village}", "Cough of Grandmother"),
    start="""
    {h} heard bad news. Grandmother, who lived in {h.mother.village} beside {h.mother.village.beside}, had
    [coughed|been ill|been in bed] for {NUMBER} days, and nothing would help but clover honey.
    {b=BEEKEEPER-h.mother-h.father}, a beekeeper, filled {a ADJ} {x=JAR} with it. "Tie it up with {t=a TINT} ribbon,"
    {b} {SAID}. {@who}

    {h} packed {a ADJ} {x=JAR} of clover honey from {b=BEEKEEPER-h.mother-h.father}, the best beekeeper in town, and
    tied {t=a TINT} ribbon around it. It was for grandmother in {h.mother.village}, the village known for
    {h.mother.village.known}. Grandmother was ill and [pale|hot|weak|thin|tired], and {NUMBER}
    [doctors|neighbors|aunts] did not know what to do. {@who}

    a note came from {h.mother.village}, which lies {h.mother.village.kilometers} kilometers
    {h.mother.village.direction} of Alderbrook: grandmother was ill, and only clover honey could help. {h} ran to
    {b=BEEKEEPER-h.mother-h.father}, a beekeeper, who gave {h.her} {a ADJ} {x=JAR} with {t=a TINT} ribbon. {@who}
    """,
    tries="""
    went on foot with the {x}. But after {NUMBER} [miles|hours|hills] the {@road}, {a CRITTER} smelled the honey, and
    then came {NUMBER} more. {h} {WENT} back to Alderbrook with wet [feet|hair|sleeves] and felt {SAD}.

    rode on {a ADJ} cart with {a PASSER}. Near the {SPOT} the {@road}, and the cart [tipped over|got stuck|lost a
    wheel]. {h} caught the {x} just in time with {a WOOL} {CLOTHES}, but there was no way to go on.

    took the short way past the {SPOT}. It was so [dark|foggy|windy] there that {h.she} walked in a circle, and at
    {CLOCK} {h.she} stood in front of the very same {ADJ} {THING} as before.
    """,
    fixes=dict(
        conductor="""{g} looked at the clock and then at the {x}. "Grandmothers go first." {g.She} blew the
        whistle, the train [stopped|waited|went back], and {h} got a seat between {a PASSER} and {a ADJ}
        {THING}. At {CLOCK} they were in {h.mother.village}.""",
        boatbuilder="""{g} had just finished a rowing boat with the adze. "It must be tried out anyway,"
        {g.she} {SAID}. They rowed {NUMBER} hours on the brook, under the {SPOT}, with {a CRITTER} in the bow,
        and landed in {h.mother.village}.""",
        cobbler="""{g} took the awl and sewed {NUMBER} [layers|strips] of leather under {h}'s shoes. "With
        these you can walk through [water|mud|snow]." They [squeaked|smelled of {SMELL}|were {COLOR}], but {h}
        walked dry all the way to {h.mother.village}.""",
        weaver="""{g} wrapped {h} and the {x} in {a COLOR} blanket, still warm from the loom. No wind came
        through it. {h} {WENT} on, sang against the storm, and at {CLOCK} {h.she} saw the
        [lights|roofs|chimneys] of {h.mother.village}.""",
        smith="""{g} forged an iron band with the hammer, {NUMBER} blows, and put it around the wheel of
        {a ADJ} cart. "Now it will roll over any stone." {h.pal}, {a PASSER} and {h} pushed, and it rolled to
        {h.mother.village}.""",
        miller="""{g} was about to take flour to {h.mother.village}, on a wagon as heavy as a millstone,
        which no [wind|storm|water] could move. {h} sat on {NUMBER} sacks and held the {x}, and at {CLOCK} they
        were there.""",
    ),
    turn="""
    Grandmother took one spoon and then {NUMBER} more. Her [voice|cough|nose] became [soft|clear|quiet] at once. "That
    is {b}'s honey," she {SPOKE} {SOFTLY}, "and it tastes of {SMELL}." {h} was so {GLAD} that {h.she} cried.

    Grandmother lay in bed under {a COLOR} blanket and looked [pale|weak|tired|feverish|thin]. {h} stirred the honey
    into {DRINK} and told her about {a PASSER} and {NUMBER} {CRITTERS}. At {CLOCK} she laughed for the first time, and
    her cough was gone.

    Grandmother opened the door with {a WOOL} {CLOTHES} around her neck. She smelled the honey, ate {NUMBER} spoons of
    it and sang so loudly that {a PASSER} stopped. {h} sang too and felt {GLAD}.
    """,
    ends="""
    grandmother came to {h.street} herself, {GLAD}, in {a WOOL} {CLOTHES}. She brought the empty {x} back, filled with
    {TREAT}, and the {t} ribbon was now in {h.animal}'s [hair|collar|basket].

    {h} brought {b} the empty {x} and {g} a plate of {TREAT}. "How is your grandmother?" they asked. "She
    [dances|sings|climbs trees] and only coughs when she wants more honey." The {t} ribbon stayed with {h} for ever.

    a parcel came from {h.mother.village}. In it were {NUMBER} {BITS}, {TREAT} and the {t} ribbon with a note: "For
    the bravest {h.boy} of Alderbrook." {h} hung it over the {x}.
    """,
    rules={
        "road": [
            "[road was under water|bridge was closed|path ended in a swamp|fog came down|wind blew {h.her} over]",
        ],
    },
)

MAP = Plot(
    titles=("Secret Map", "Cross on the Map", "Old Treasure"),
    start="""
    {h} found a map in {a ADJ} {x=THING}. It showed the {SPOT}, the {s=SPOT} and {a COLOR} cross. {f=HERO-h} from
    {f.street} looked at it too. "A treasure!" {f} {SAID}. "Or somebody's {TREAT}," {SAID} {h}. {@who}

    {h} and {f=HERO-h}, who liked {f.hobby}, bought {a ADJ} {x=THING} from {a PASSER} for {NUMBER} {BITS}. A map was
    glued under it, with {a COLOR} cross beside the {s=SPOT} and the words: "[Dig|Look|Search] where the {CRITTER}
    sleeps." {@who}
    """,
    tries="""
    dug {NUMBER} holes with {a ADJ} {SPADE} and {f} dug {NUMBER}. They found {NUMBER} {BITS}, {a ADJ} {CLOTHES} and {a
    CRITTER} that wanted to [sleep|be left alone|go home]. They had held the map upside down.

    counted {NUMBER} steps from the {s}, as the map said, and ended in the middle of a pond. {f} [stood|sat] there,
    wet and {SAD}. The map was made for [bigger|longer|older] legs.

    asked {a PASSER} where the cross was. "Right here," was the answer, and a finger covered with {COLOR} paint left a
    mark on it. Now there were two crosses.

    followed the map by night, without a [lamp|candle|lantern]. {^a ADJ} {THING} looked like the {s}, the {s} looked
    like {a ADJ} {THING}, and {f} [bumped|ran] into both.
    """,
    fixes=dict(
        clockmaker="""{g} put the loupe on the map. "What you took for dirt is writing," {g.she} {SAID}.
        "[Under|Behind|Left of] the {s}, {n=NUMBER} steps toward the [sun|river|tower], and then [down|up].\"""",
        gardener="""{g} laughed. "A tree grows in {NUMBER} years. What was small on this map is big now."
        {g.She} took the spade and {WENT} straight to the {s}. After {NUMBER} [minutes|digs] it hit something
        hard.""",
        librarian="""{g} looked in the card catalog under M and brought an older map. {h} laid one on the
        other, and the cross jumped: not in front of the {s}, but {NUMBER} steps behind it.""",
        smith="""{g} wiped {g.hers} hammer and nodded. "That cross is my [uncle|teacher|grandfather]'s
        sign. He buried a chest at the {s}, and I still have the {COLOR} key." They went there with {a ADJ}
        lamp.""",
        carpenter="""{g} smelled at the {x}. "That wood is from the {s}, from its [floor|roof|door]." {g.She}
        pushed the plane under a loose board there, and it came up with a sigh like {a CRITTER}.""",
        teacher="""{g} copied the map on the board with chalk, but the other way around, as in a mirror.
        "It was drawn by somebody who [wrote|painted] with the left hand." Now the cross was on the other side
        of the {s}.""",
    ),
    turn="""
    In {a ADJ} chest lay {t=a TINT} {k=TRINKET}, {NUMBER} {BITS} and a page: "I was {NUMBER} when I hid my best
    things. Whoever finds them shall be {GLAD}." {f} and {h} looked at each other and were {GLAD}.

    Something {COLOR} shone in the earth: {t=a TINT} {k=TRINKET}, wrapped in {a WOOL} {CLOTHES}, and a letter in which
    a child [asked|begged] the finder to share {TREAT} with somebody who was {SAD}.

    {f} pulled, {h} pushed, and {a ADJ} box came out with {t=a TINT} {k=TRINKET} in it and the name of {a PASSER}. "I
    hid that {NUMBER} years ago," {SAID} the owner, {GLAD} and with wet eyes, "and you may keep it."
    """,
    ends="""
    {h} and {f} hid a treasure of their own: {a ADJ} {THING} with {NUMBER} {BITS} and the {t} {k}. They drew a new map
    with {a COLOR} cross and put it back in the {x}, for somebody who would find it in a hundred years.

    {h} gave the {t} {k} to {f}, and {f} gave half of {f.hers} {TREAT} to {h}. The map hung over the {x}, and {g}, the
    {g.trade}, came to see it every {DAY}.

    {f} and {h} shared {TREAT} with {a PASSER} who had looked {SAD}. "So the treasure was [real|true|good]," {SAID}
    {f}. {h} put the {t} {k} into the {x}, where all had begun, and {h.animal} {h.animal.noise}.
    """,
)

STORM = Plot(
    titles=("Storm around the {b=BOAT}", "Race of the {b=BOAT}", "Boat called {b=BOAT}", "Luck of the {b=BOAT}"),
    start="""
    {h} and {f=HERO-h}, who lived in {f.street}, had painted their boat, the {b}, {COLOR} for the Boat Race. {@who}
    For luck they hung up {t=a TINT} {k=TRINKET}. They were in front of {q=a PASSER} and {a PASSER-q} when the sky
    over {v=VILLAGE} turned {COLOR}, and the storm came.

    the Boat Race began with {NUMBER} boats. {h} sat in a [small|light|narrow|long] boat, the {b}, with {f=HERO-h},
    who liked {f.hobby}, and with {t=a TINT} {k=TRINKET} for luck. {@who} Then the wind from {v=VILLAGE} took {a WOOL}
    {CLOTHES} from {a PASSER}, and the water turned {COLOR}.
    """,
    day="june",
    tries="""
    rowed as hard as {h.she} could, {NUMBER} strokes, then {NUMBER} more. But the [current|wind|rain] was stronger,
    and the boat turned around like {a CRITTER} in {a ADJ} {THING}.

    shouted for help together with {f}. But the storm [swallowed|scattered|stole] every word, and only {a CRITTER}
    came and sat down on the [oar|bow|rudder], as {SAD} as they were.

    threw out {a ADJ} {THING} as an anchor. But {f} had tied it like a [shoelace|bow tie|ribbon], so the rope
    [slipped|came loose|let go], and now they had no anchor and no {TREAT} either, for that had been in it.

    made a sail out of {a WOOL} {CLOTHES}. It [pulled|worked|held] for {NUMBER} seconds. Then the wind blew it over
    the {SPOT}, and {f} {SAID}: "Now the {CRITTERS} have something to wear."
    """,
    far=True,
    fixes=dict(
        clockmaker="""{g} dropped the loupe and rang the bell of the tower, {NUMBER} strokes and then again.
        {f} turned the bow toward the [sound|bell]. They could not see the bank, but they could hear it, and
        after {NUMBER} [strokes|waves] they felt sand.""",
        conductor="""{g} ran to the bank and blew the whistle, once for left, twice for right. {h} pulled,
        {f} steered, and so they came around the {SPOT} and past {a ADJ} {THING} in the water,
        [wet|trembling|shivering] but whole.""",
        fisher="""{g} threw the net from the bank, and it opened over the water like a [wing|flower|hand].
        {f} caught one end and {h} the other. Then {NUMBER} [strong men|strong women|neighbors] pulled them in
        like {a ADJ} trout.""",
        glassblower="""{g} had put {a COLOR} glass over the biggest lamp, made with the blowpipe that very
        week. Its light went through the rain as far as {VILLAGE}. {h} {SAID}: "There!" They rowed toward it,
        {NUMBER} strokes at a time.""",
        miller="""{g} hung {COLOR} sheets on the sails of the windmill, took the brake off the millstone
        and let them turn. Now {h} could see where the town was. {f} counted, both rowed, and {a CRITTER} flew
        ahead.""",
        smith="""{g} had laid down the hammer and carried the fire from the forge to the bank. It burned
        {COLOR} in the wind, as tall as {a ADJ} house. {f} and {h} rowed toward it for {NUMBER} minutes and
        smelled {SMELL}.""",
        boatbuilder="""{g} cut the rope of the new boat with one blow of the adze and rowed out. "[Sit
        down|Hold on|Jump]!" {g.she} {SAID}. The new boat was {COLOR} and not yet dry, but it was faster than
        any wind.""",
    ),
    turn="""
    "Where is the {k}?" {ASKED} {h} on the bank. {f} held up the {t} {k}, dripping, and {h.she} had to laugh. All
    around stood {NUMBER} [people|neighbors] with {DRINK} and blankets, and nobody asked who had won.

    When both feet were on the ground, {h} felt {GLAD} and {f} felt {GLAD}. Then they saw {a PASSER} on {a ADJ}
    {THING} in the water, threw the rope again, and pulled with all their might.

    On the bank {a PASSER} gave them {DRINK}, and {a PASSER} lent them {a WOOL} {CLOTHES} each. The {b} lay in the
    grass with {NUMBER} holes, but {h} still held the {t} {k} and felt {GLAD}.
    """,
    ends="""
    there was a prize after all, for the [wettest|bravest|slowest] boat. {h} hung it up next to the {t} {k}, and {f}
    [bought|brought|ordered] {TREAT} for {g}, the {g.trade}.

    {h} and {f} painted the {b} again, this time {COLOR}, and wrote "{g}" on a [wall|corner|plank], as thanks to the
    {g.trade}. The {t} {k} hung at the bow. "Next year we will win," {SAID} {f}. "Or swim," {SAID} {h}.

    {h} sat by the stove with {DRINK}, and {h.pal} {h.animal.noise}. Outside the wind from {v} was still
    [howling|singing|blowing]. "The {t} {k} did bring us luck," {h} {SPOKE} {SOFTLY}. "It brought us {g}."
    """,
)
