"""Plots about a wish, a contest, and a noise in the night."""

from .story_plot import Plot

WISH = Plot(
    titles=("Price of the {x=^DREAM}", "Dream of the {x=^DREAM}", "Longed-for {x=^DREAM}"),
    start="""
    {h} [saw|discovered|admired] {a COLOR} {x} in a shop window in {STREET}, between {a ADJ} {THING} and {a ADJ}
    {THING}. It cost {n=NUMBER} coins. {h} had only {t=a TINT} {k=TRINKET} and a hole in {h.hers} {CLOTHES}. {@who}

    nobody in {h.street} [had|owned] {a x}, and {h} wanted one more than {TREAT}, {DRINK} and
    [sleep|holidays|sunshine]. {@who} {^a PASSER} [would sell|offered] one for {n=NUMBER} coins, but {h} owned only
    {t=a TINT} {k=TRINKET} and {NUMBER} {BITS}.

    all night long {h} dreamed of {a x}. {@who} In {STREET}, {a PASSER} had one for {n=NUMBER} coins, {q=COLOR} and
    {COLOR-q}, on {a ADJ} {THING}. But in {h}'s purse lay nothing but {t=a TINT} {k=TRINKET} and the
    [smell|memory|shadow] of {TREAT}.
    """,
    tries="""
    sold {DRINK} from {a ADJ} {THING} by the {SPOT}. Then it rained, the {COLOR} [paper cups|signs|labels] dissolved,
    and the only customer was {a CRITTER}, who paid with nothing. {h} felt {SAD}.

    offered to clean {a ADJ} {THING} for {a PASSER}. But {h.animal} walked over it with [muddy|sooty|sticky|wet] feet,
    and {h} got {TREAT} instead of money, out of pity.

    painted {NUMBER} pictures of {CRITTERS} and hung them up at the {SPOT}. {^a PASSER} wanted to pay for one, but
    then the wind [tore|carried|swept] them away, all the way to {VILLAGE}.

    bet {a PASSER} that {h.pal} could [dance|count|wave|bow] on {a ADJ} {THING}. {^h.animal} just {h.animal.noise} and
    went to sleep, and {h} lost {h.hers} {WOOL} {CLOTHES}.

    looked for lost coins behind the {SPOT}, under the {ADJ} {THING} and near the {SPOT}. After {NUMBER} hours {h.she}
    had {NUMBER} {BITS}, {a CRITTER} and no coin, because {a PASSER} had been there before.
    """,
    fixes=dict(
        baker=""""I need [hands|help]," {SAID} {g} and gave {h} {a WOOL} apron and the rolling pin. {h}
        rolled out dough for {NUMBER} mornings, [tray after tray|loaf after loaf], until rye bread rose even in
        {h.hers} dreams. Each time there was a coin.""",
        gardener="""{g} put a spade in {h}'s hand. For {NUMBER} [days|evenings] {h.she} dug holes for rose
        bushes, {NUMBER} in a row, with {a CRITTER} watching from {a ADJ} {THING}. There was one coin for each
        row and {TREAT} for each thorn.""",
        clockmaker="""{g} had lost {NUMBER} tiny screws between {a ADJ} {THING} and the wall. {h} had
        [sharp|young|good] eyes. With the loupe {h.she} found one after the other, even the one that {a CRITTER}
        had [hidden|swallowed|taken], and each was worth a coin.""",
        fisher="""{g} held up the net. It had {NUMBER} holes. {h} learned the [knot|stitch] from {a
        PASSER} and mended them all by {CLOCK}, with {COLOR} fingers that smelled of {SMELL}. Each closed hole
        paid a coin.""",
        printer="""{g} let {h} carry {NUMBER} bundles from the press to every door between {STREET} and the
        {SPOT}. {h.animal} {h.animal.noise} at each mailbox, {a PASSER} gave {TREAT}, and {g} counted out the
        coins.""",
        dairymaker="""{g} pointed at the churn. {h} turned it [morning|day] after [morning|day], {NUMBER}
        times {NUMBER} turns, and sang so as not to fall asleep. The goat cheese became [rounder|softer|better]
        than ever, and {g} paid in coins and {TREAT}.""",
        cobbler="""{g} had {NUMBER} pairs of boots to [clean|wax|lace]. {h} did it with [spit|beeswax] and
        {COLOR} polish, and because {h.she} learned fast, {g.she} even let {h.her} try the awl. By {CLOCK} all
        boots shone like {BITS}, and so did the coins.""",
    ),
    turn="""
    But on the way to the shop {h} met {a PASSER} who sat on {a ADJ} {THING} and looked {SAD}: the money for {TREAT}
    was gone. {h} [thought|waited|hesitated] for {NUMBER} breaths. Then {h.she} gave half of {h.hers} coins away. Now
    the purse was [light|thin|empty], but {h} felt {GLAD}.

    When {h} counted the coins at {CLOCK}, there were {n}. But {h.animal} had [a fever|a cough|a hurt foot], and the
    medicine cost all of them. {h} did not [wait|think|ask] long and paid. {^h.animal} {h.animal.noise} and was
    {GLAD}.

    But at the shop hung a sign: the {x} was sold. {h} stood there with {n} coins and felt {SAD}. "Then they shall be
    for {TREAT} for [everybody|all of us]," {h.she} {SPOKE} {SOFTLY}, and shared it with {a PASSER} and {NUMBER}
    {CRITTERS}.
    """,
    ends="""
    {g} stood at the door in {h.street} with {a ADJ} {THING}. Inside was {a x}, a little [scratched|crooked|old], but
    {COLOR} and whole. "I heard what you did with your money," {g} {SPOKE} {SOFTLY}. {h} gave {g.her} the {t} {k},
    because {h.she} had nothing better.

    somebody from {VILLAGE} [brought|delivered] a parcel with {NUMBER} {COLOR} strings around it. In it lay {a x} and
    a note from {g}, the {g.trade}: "For the best [helper|worker] that I ever had." {h} tied the {t} {k} to it for
    luck.

    {h} and {g}, the {g.trade}, built {a x} themselves, from {a ADJ} {THING}, {NUMBER} {BITS} and the {t} {k}. It was
    [better|funnier|finer|stranger|more beautiful] than any {x} in a shop window. {^h.animal} {h.animal.noise}, and
    {h} felt {GLAD}.

    {h} dreamed no more of {a x}. {^h.she} had [learned|found out] that work with {g}, {DRINK} and {TREAT} made
    {h.her} just as {GLAD}. And then, on {DAY}, {f=HERO-h} asked: "Do you want to [use|share|try] mine?"
    """,
)

NOISE = Plot(
    titles=("Noise in the Dark", "Ghost of {h.street}", "Sound that Nobody Knew"),
    start="""
    {h} woke up at {c=CLOCK}. Something in {h.street} went [tick|plop|bump|creak|knock], {NUMBER} times, as if {a
    CRITTER} were {GERUND} {a ADJ} {x=THING}. {@who} "A ghost!" {SAID} {f=HERO-h} in the morning. "It comes from the
    {s=SPOT}."

    {h} heard it for the first time: [howling|groaning|knocking|rattling] near the {s=SPOT}, always at {c=CLOCK}.
    {@who} {^a PASSER} would not go past there without {a ADJ} {x=THING}, and {f=HERO-h}, who liked {f.hobby}, {SAID}:
    "That is a ghost in {a WOOL} {CLOTHES}."
    """,
    tries="""
    sat behind {a ADJ} {THING} with {f} and waited for {c}. When it came, they both [screamed|ran|jumped], {f} into {a
    ADJ} {THING} and {h} into {a PASSER}, and saw nothing at all.

    set a trap with {z=TREAT}, {NUMBER} {BITS} and {a ADJ} {THING}. At {c} it closed, and in it sat {a PASSER} who had
    [smelled|seen|wanted] the {z}, and was very cross.

    stuffed {h.hers} ears with [wool|wax|bread]. So {h.she} did not hear the noise, but neither did {h.she} hear
    {h.mother}, {h.father} and the school bell, and arrived {NUMBER} hours late with {a WOOL} {CLOTHES} over {h.hers}
    nightshirt.

    hung a sign on the {s}: "[Silence|Quiet|Hush], please." At {c} the noise came back, and [twice|three times] as
    loud, because now the sign [rattled|flapped|banged] too. {h} felt {SAD}.
    """,
    fixes=dict(
        carpenter="""At {c} they went to the {s}. {g} tapped along the wall with the handle of the plane. "No
        ghost," {g.she} {SPOKE} {SOFTLY}. "Where wood knocks back, it is hollow, and where it is hollow,
        somebody lives.\"""",
        clockmaker="""{g} took the loupe and looked at {NUMBER} [scratches|hairs|prints] by the {s}. "A ghost
        leaves no traces," {g.she} {SPOKE} {SOFTLY}. "But this one is [left-handed|barefoot|in a hurry], and as
        heavy as {a CRITTER}.\"""",
        baker="""{g} sprinkled flour with the rolling pin all around the {s}. At {c} it
        [knocked|sounded|came] again, and in the flour were prints of {NUMBER} small feet. "A ghost with toes!"
        {SAID} {f}.""",
        conductor="""{g} went to the {s} with them and at {c} blew the whistle. The noise stopped. After
        {NUMBER} seconds it whistled back. "Then it is no [ghost|spirit]," {SAID} {g}. "Ghosts have no breath.\"""",
        smith="""{g} struck the iron beside the {s} with the hammer, {NUMBER} light blows, and listened.
        "Something in there trembles," {g.she} {SPOKE} {SOFTLY}. "It is more afraid than you are.\"""",
        glassblower="""{g} made a [horn|funnel] with the blowpipe, and {h} held it to the {s} like {a ADJ} ear.
        One could hear everything in it: first a [sigh|sneeze|snore], then {NUMBER} small voices.""",
        librarian="""{g} looked in the card catalog under N, for noises. "{^NUMBER} years ago somebody heard
        the same at the {s}," {g.she} {SAID}. "It was no ghost. It was a [nest|family].\"""",
    ),
    turn="""
    {h} opened a [door|lid|board], {f} held up {a ADJ} lamp, and out looked {a CRITTER} with {NUMBER} [young
    ones|children]. They had carried {BITS} home all night, and each had rolled down the steps. {h} laughed until {f}
    had to laugh too.

    It was {a PASSER} who practiced the {MUSIC} in there, in secret, to surprise everybody at {e=FEAST}. "You may
    [listen|stay|sing], but tell nobody," came the answer, and there were {TREAT} and {DRINK} for all. {h} was {GLAD}.

    Behind the {s} hung {a ADJ} {THING}, and whenever the wind came from {VILLAGE}, it swung against {a ADJ} {THING}.
    {f} gave it a push: there it was, the ghost. Both of them felt {GLAD} and a little {SAD}.
    """,
    ends="""
    {h} woke up at {c} and listened. All was quiet, and that was [strange|odd|funny] too. {^h.pal} {h.animal.noise} in
    the {x}, and {h} fell asleep again.

    {f} and {h} [told|sold] the story of the ghost to {a PASSER} for {TREAT}, and in it the ghost was {COLOR},
    {NUMBER} feet tall and had {a WOOL} {CLOTHES}. Only {g}, the {g.trade}, knew better and winked.

    {h} brought {TREAT} to the {s} and kept a little for {g}. "Are you no longer afraid?" {g} asked {SOFTLY}. "Only of
    the {x}," {SAID} {h}, and something [knocked|sneezed|creaked] in it.
    """,
)
