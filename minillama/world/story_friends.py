"""Plots about friends: a quarrel, a strange letter, a wish, and a contest."""

from .story_plot import Plot

QUARREL = Plot(
    titles=("Quarrel over the {x=^TRINKET}", "Two Owners of the {x=^TRINKET}", "War about the {x=^TRINKET}"),
    start="""
    {h} and {f=HERO-h}, who lived in {f.street}, [found|saw|discovered] {t=a TINT} {x} beside the {s=SPOT}. "I saw it
    first!" {SAID} {h}. "But I picked it up!" {SAID} {f}. {@who} They pulled, {a CRITTER} [fled|stared|laughed], and
    at {CLOCK} they were no longer friends.

    {h} lent {f=HERO-h} {t=a TINT} {x}. {f} liked {f.hobby} and forgot it in {a ADJ} {THING} near the {s=SPOT}. "You
    never take care of anything!" {SAID} {h}. "And you never share anything!" {SAID} {f}. {@who} They went home on
    [different|opposite] sides of {STREET}.

    {h} lost {t=a TINT} {x} near the {s=SPOT}. At {CLOCK} {f=HERO-h}, who lived in {f.street}, wore it on {a WOOL}
    {CLOTHES}. "Thief!" {SAID} {h}. "I found it!" {SAID} {f}. {@who} Even {h.animal} {h.animal.noise} in anger.
    """,
    tries="""
    put {TREAT} on {f}'s doorstep, but without a note. {f} thought that {a PASSER} had lost them and [carried|brought]
    everything to the {SPOT}. So {h} waited until {CLOCK} for nothing and felt {SAD}.

    wrote a letter that began with "I am sorry" and ended with "but it was your fault". {f} tore it in {NUMBER}
    pieces, and {a CRITTER} [ate|stole|collected] them.

    asked {a PASSER} to talk to {f}. But on the way to {f.street} the words got [twisted|mixed up|lost], and {f} heard
    that {h} wanted {a ADJ} {THING} back, which {f.she} had never had.

    sat on {a ADJ} {THING} and waited for {f} to come. {f} sat on {a ADJ} {THING} in {f.street} and waited too. They
    sat for {NUMBER} hours, both of them {SAD}.
    """,
    fixes=dict(
        boatbuilder="""{g} put down the adze and pointed at {a ADJ} boat. "It must cross the water by {CLOCK}.
        It has two oars, and I need two rowers." On the other bench sat {f}. When only {h} rowed, they went in a
        circle; when both rowed, the boat flew.""",
        smith="""{g} needed somebody at the bellows and somebody at the hammer. {f} was there already. If
        {h} pumped too fast, the iron [melted|spat]; if {f} struck too late, it was cold. After {NUMBER} strokes
        they had the same rhythm.""",
        weaver="""{g} sat {h} on the left of the loom and {f} on the right, and each had to throw the
        shuttle to the other. {h} threw {COLOR} wool, {f} threw {COLOR} wool. After {NUMBER} rows there was a
        [pattern|picture], and neither could say whose it was.""",
        printer="""{g} gave {h} the ink and {f} the handle of the press. Without ink the paper stayed
        white, without the handle it stayed empty. They printed {NUMBER} pages about {CRITTERS}, and {f}
        laughed, because {h} had {COLOR} ink on {h.hers} nose.""",
        baker="""{g} made each of them hold one end of a rolling pin as long as {a ADJ} {THING}. The
        dough was for {NUMBER} loaves. If one pushed, the other had to pull. "[Left|Slower|Faster]!" {SAID} {f}.
        It was {f.hers} first word to {h} since the {s}.""",
        carpenter="""{g} had a long saw with two handles, because the plane alone was not enough for {a ADJ}
        log. {f} held the other end. A saw does not listen to quarrels: [push|shove] and it sticks. They had to
        look at each other, {NUMBER} times, and then they grinned.""",
        teacher="""{g} took two pieces of chalk. "Each of you draws one half of {a CRITTER}," {g.she} said,
        "and neither talks." {h} drew the front, {f} drew the back, and it looked like {a ADJ} {THING}. Then
        they both laughed so much that the chalk broke.""",
    ),
    turn="""
    "I am sorry," {SAID} {h}, without a but. "I am sorry too," {SAID} {f}. It took only {NUMBER} seconds and was
    [easier|harder|nicer] than {f.hobby}.

    Afterward nobody remembered who had been right. {g} gave them {TREAT} and one cup of {DRINK} with two straws, and
    {h} felt {GLAD}.

    When the work was done, {h} and {f} looked at each other, {SAD} and {GLAD}. "Shall we go home together?" {ASKED}
    {f}. So they went along {STREET}, past {a PASSER}, on the same side.
    """,
    ends="""
    the {t} {x} lay in {a ADJ} {THING} halfway between {h.street} and {f.street}. On {DAY} it belonged to {h}, on all
    other days to {f}, or the other way around. They had forgotten which, and nobody [cared|asked|minded].

    {h} and {f} {WENT} back to the {s} and hid the {t} {x} there for [somebody else|the next finder|another child]. It
    had made enough trouble. Then they spent {NUMBER} hours {f.hobby}, and {h.pal} {h.animal.noise}.

    {f} knocked at the door in {h.street} with {NUMBER} {BITS} and {a WOOL} {CLOTHES}. "You can have the {t} {x},"
    {f.she} {SAID}. "No, you," {SAID} {h}. They began to quarrel again, but this time they [laughed|giggled|danced]
    while they did it.
    """,
)

LETTER = Plot(
    titles=("Strange Letter", "Letter without a Name", "Question on the Envelope"),
    start="""
    {h} found a letter in {a ADJ} {x=THING}. It said: "Come to the {s=SPOT} at {c=CLOCK} and bring {t=a TINT}
    {k=TRINKET}. [Tell nobody|Be quiet|Trust me|Please]." There was no name, only [a drawing|a picture|the print] of
    {a CRITTER}. {@who}

    somebody pushed a letter under the door in {h.street}, where {h} lived. "I [know|saw|need|like] you," it said.
    "Bring {t=a TINT} {k=TRINKET} to the {s=SPOT} at {c=CLOCK}." {h} put it under {a ADJ} {x=THING} and could not
    sleep. {@who}
    """,
    tries="""
    waited at the {s} with the {t} {k} in one hand. But {c} was [over|past|gone], because {h.animal} had hidden {a
    WOOL} {CLOTHES}, and there was [nobody|no one] left but {a CRITTER} and a smell of {SMELL}.

    accused {a PASSER} whose {CLOTHES} was full of ink. But it was only [soup|paint|mud|jam|tar|gravy], and the poor
    [soul|man|fellow] laughed so loudly that {NUMBER} {CRITTERS} [woke up|fled|ran away|came to look].

    held the letter over {a ADJ} [candle|lamp|lantern] to find secret writing. There was none, and a corner with
    {NUMBER} words [burned off|turned black|went up in smoke]. {h} felt {q=SAD} and {SAD-q}.

    compared it with the handwriting of {q=a PASSER}, {a PASSER-q} and {NUMBER} [neighbors|children|cousins].
    [None|Nothing] was like it, for these letters were as [crooked|round|thin|small] as {a CRITTER}.
    """,
    fixes=dict(
        printer="""{g} held the letter up to the lamp over the press. "I [sold|gave] this paper to
        {f=HERO-h}, who lives in {f.street}. Do you see the {COLOR} [edge|spot|line]? That was the last sheet
        with it.\"""",
        bookbinder="""{g} stroked the fold with the bone folder. "Nobody else folds [paper|a sheet] in
        {NUMBER} like this. That was {f=HERO-h} from {f.street}, who helped me with notebooks on {DAY}.\"""",
        librarian="""{g} took a form out of the card catalog and laid it beside the letter. The same
        [crooked|round|thin] letters! "It was {f=HERO-h}, who borrows {NUMBER} books about {CRITTERS} every
        {DAY} and likes {f.hobby}.\"""",
        pharmacist="""{g} put one drop from the mortar on the ink, and it turned {COLOR}. "That is berry ink.
        {f=HERO-h} from {f.street} bought berries from {a PASSER}, {NUMBER} bags, for writing.\"""",
        teacher="""{g} wrote three words with chalk and had {h} [read|copy] them. "Who in school always
        forgets the dot? {f=HERO-h}, who likes {f.hobby}, and who never dares to [speak|talk] to anybody.\"""",
        glassblower="""{g} made a lens with the blowpipe, as round as {a CRITTER}'s eye. Under it one could
        [see|read] a pressed-through name from the sheet above: {f=HERO-h}, {f.street}.""",
    ),
    turn="""
    {h} {WENT} to {f.street} with the {t} {k}. {f} turned {COLOR} in the face. "I wanted to [ask|know]," {f.she}
    {SAID}, "if you would be my friend. In the letter it seemed easier." {h} laughed {SOFTLY} and felt {GLAD}.

    At {CLOCK}, {h} found {f} behind the {s}, {SAD}, with {a ADJ} {THING}. "It is for you," {SAID} {f}. "I made it
    myself. Only the {k} was missing." {h} gave {f.her} the {t} {k}, and it fitted.

    {f} opened the door in {f.street} with {a ADJ} {THING} on {f.hers} head. "You know it!" {f.she} {SAID} and turned
    {COLOR}. "I only thought that a friend begins with a secret." {h} gave {f.her} the {t} {k} and felt {GLAD}.
    """,
    ends="""
    there was another letter in {h.street}, and this time it was signed: "Your friend {f}." {h} answered with a
    [drawing|picture|painting] of {a CRITTER} and put both under the {x}.

    {h} and {f} sat at the {s} with {TREAT} and {DRINK}. "You can [always|simply] ring our bell," {SAID} {h}. "I
    know," {SAID} {f}, "but letters are fun." {^h.animal} {h.animal.noise}, because {f} had the {t} {k} in {f.hers}
    hair.

    {f} and {h} met [often|daily|in secret] for {f.hobby}. The {t} {k} hung over the {x}, and once every {DAY} a
    secret letter came, in which the only secret was who would bring the {TREAT}.
    """,
)
