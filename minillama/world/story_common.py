"""Templates that all plots share: days, people, chapter titles, and how somebody is asked for help."""

from .story_plot import alternatives

WHEN = alternatives("""
    That [evening|night|same day|afternoon],

    The next [morning|day|evening|time it rained|time the sun shone|warm day],

    After {NUMBER} [days|weeks|hours],

    On {DAY},

    At {CLOCK} that day,
    """)
COMMON = {
    "day": ["[Early on a|Late on a|On a|One] {SKY} {DAY} in {MONTH}"],
    "eve": ["[Early on a|Late on a|On a|One] {SKY} {DAY} before {e=FEAST}"],
    "june": ["[Early on a|Late on a|On a|One] {SKY} {DAY} in June"],
    "poster": [
        '"[Found|Seen|Wanted|Attention|Please help]: {COLOR} nose, {COLOR} collar, [good|bad|strange] manners!"'
    ],
    "them": ["[everything|the boats|the little boat|what had happened]"],
    "dirty": ["[wet|muddy|dusty|sticky|sandy|covered with {COLOR} paint|smelling of {SMELL}]"],
    "who": alternatives("""
    {h} lived in {h.street} with {h.hers} [mother {h.mother}, {a h.mother.trade}|father {h.father}, {a
    h.father.trade}].

    {h}, a {h.boy} of {h.years}, [liked {h.hobby}|lived in {h.street}|loved {h.pal}|was born in {h.village}].

    {h}'s mother {h.mother} [was {a h.mother.trade}|worked at the {h.mother.work} in {h.mother.work.street}].

    {h}'s father {h.father} [was {a h.father.trade}|worked at the {h.father.work} in {h.father.work.street}].
    """),
    "scene": alternatives("""
    Nearby, {a PASSER} in {a WOOL} {CLOTHES} [carried|dragged|pushed|lifted] {a ADJ} {THING}
    [past|around|toward|behind] the {SPOT}.

    The air smelled of {y=SMELL} and {SMELL-y}, and {a CRITTER} [sat|slept|danced|sang|dozed|shivered] on {a ADJ}
    {THING}.

    Behind the {SPOT}, {NUMBER} {CRITTERS} [quarreled over|feasted on|were stealing|had found] {TREAT} in {a ADJ}
    {THING}.

    From {STREET} came the [sound|music|song] of {a MUSIC}, and {a PASSER} in {a WOOL} {CLOTHES}
    [danced|hummed|clapped] to it.

    Somebody in {a WOOL} {CLOTHES} was {GERUND} {a ADJ} {THING} by the {SPOT}.
    """),
    "way": alternatives("""
    On the way {h.she} [met|passed|greeted|overtook] {a PASSER} with {a ADJ} {THING} and {NUMBER} {CRITTERS}.

    At the {SPOT}, {a PASSER} [offered|sold|threw|gave] {h.her} {TREAT} from {a ADJ} {THING}.

    Near the {SPOT}, {h.she} [tripped|fell] over {a ADJ} {THING} full of {BITS}.

    All the way, {a CRITTER} [followed|accompanied|watched] {h.her} from {a ADJ} {THING} to the {SPOT}.
    """),
    "first_title": alternatives("""
    {h} and a {ODD} {START}

    A {ODD} {START} in {h.street}

    The {ODD} {START}

    How the {START} came
    """),
    "try_title": alternatives("""
    A {WEAK} {PLAN}

    One {WEAK} {PLAN}

    The {WEAK} {PLAN}

    {h} has a {WEAK} {PLAN}
    """),
    "help_title": alternatives("""
    A {KIND_OF} {HELP}

    The {KIND_OF} {HELP}

    {h} finds a {KIND_OF} {HELP}

    One {KIND_OF} {HELP}
    """),
    "end_title": alternatives("""
    A {SWEET} {CLOSE}

    The {SWEET} {CLOSE}

    {h}'s {SWEET} {CLOSE}
    """),
    "when": WHEN,
    "close2": [*("\n" + when for when in WHEN), "10*\nChapter 3: {@end_title}\n{@when}"],
    "close3": [*("\n" + when for when in WHEN), "10*\nChapter 4: {@end_title}\n{@when}"],
    "busy": alternatives("""
    was [busy with {g.work.goods}|surrounded by {g.work.goods}|showing {a ADJ} {THING} to {a PASSER}]

    looked up from the {g.work.tool}

    sat [near|beside|behind|on|under] {a ADJ} {THING} with {DRINK} and {TREAT}

    had just [finished|sold|bought|dropped|painted|repaired] {a ADJ} {THING}
    """),
    "talk": alternatives("""
    "[Why such a long face|What has happened|How can I help you|What is the matter|What brings you here]?" {@asked}.

    {h} told {g.her} [everything|the whole story|all about it|what had happened], and {g}[, who liked {g.hobby},|, {a
    g.trade} from {g.village},|, who lived in {g.street},] [nodded|thought|listened|smiled] {SOFTLY}.

    "[Sit down|Come in|Take a chair|Wipe your nose]," {g} {SPOKE} {SOFTLY}, "and tell me [everything|all|what is
    wrong]."
    """),
    "asked": ["[asked {g}|{g} asked {SOFTLY}|{g} wanted to know]"],
}
