"""What the questions are made of: reasons to ask, answers that do not help, chores and how they are done."""

from .common_words import split
from .pattern import patterns

THINGS = split(
    "a parcel,a letter,a ladder,a kite,a cake,an umbrella,a lantern,a hat,a map,a basket,a ticket,a scarf,a violin,"
    "a key,a watch,a jar of honey,a book,a spade,a rope,a drum,an old coat,a bag of flour,a pair of boots,"
    "a birthday card,a whistle,a bucket,a photograph,a bicycle pump,a tin of paint,a bell,a chess set,a jug,a spoon,"
    "a teapot,a broom,a candle,a cup,an atlas,a net,a hammer,a glove,an apron,a wheel,a purse,a poem,a pillow,an oar,"
    "a newspaper,a mirror,a toy boat,a fishing rod,a cheese,a goose feather,a sack of coal,a wooden horse,"
    "a rocking chair,a blue vase,an egg,a garden gate,a flute,a stamp album,a box of nails,a shawl,a telescope"
)
SOURCES = split(
    "the baker,my aunt,the mayor,a neighbor,the postman,my brother,the whole street,a sailor,our teacher,"
    "the ferryman,my grandmother,the night watchman,the choir,a cousin,everyone at the market,the milkman,"
    "my landlady,the sexton,the chimney sweep,an old farmer,my uncle,the innkeeper,a schoolgirl,the gatekeeper,"
    "a traveler,the town clerk,my godfather,a shepherd,the organist,our doctor,the lamplighter,"
    "a stranger on the train"
)
MOODS = split(
    "lost,puzzled,curious,thirsty,in a hurry,ashamed to ask,confused,patient,nervous,tired of guessing,hopeful,angry,"
    "amused,worried,silent,proud,sleepy,cheerful,careful,busy,grumpy,calm"
)
# Why somebody asks: about anything, a person, a sum, a chore.
_REASONS = (
    "It is for a <quiz|play|song|poem|bet|list|letter|speech> on <@days>.",
    "I asked <s:@sources>, but <@sources-s> says something else.",
    "After <a week|a month|a year|two days|three weeks> of asking I am still <@moods>.",
    "Years ago I <knew|heard|read|learned> it, and now <@sources> is <@moods>.",
    "There is a bet about it: <t:@things> against <@things-t>.",
)
REASONS = patterns(*_REASONS)
REASONS_FOR_PEOPLE = patterns(
    *_REASONS,
    "We found <@things>, and the name is on it.",
    "Somebody has to return <@things> by <@days>.",
    "My <sister|brother|uncle|aunt|cousin|neighbor> lost <@things> and thinks this may help.",
    "A note says: <t:@things> and <@things-t>, nothing more.",
)
REASONS_FOR_CHORES = patterns(
    "It has to be done before <@days>.",
    "Last <@days> I tried it with <t:@things> and <@things-t>.",
    "I asked <s:@sources> and <@sources-s>, and now I am <@moods>.",
    "My <sister|brother|uncle|aunt|cousin|neighbor> wants <@things> if I fail.",
    "According to <s:@sources> and <@sources-s> it is easy.",
    "What I have: <t:@things>, <u:@things-t> and <@things-t-u>.",
)
TAGS = split(
    "help,urgent,beginner,town,history,spring,summer,autumn,winter,family,bet,quiz,letters,solved,old,new,paper,"
    "travel,rain,snow,night,morning,market,visitors,games,gifts,memory,maps,noise,ghosts,weather,luck"
)
# What does not help.
IDLE = patterns(
    "Ask <s:@sources> or <@sources-s>.",
    "Why do you need that before <@days>, are you <@moods>?",
    "I would like to know it too, I have been <@moods> since <@days>.",
    "No idea, but I lost <t:@things> and <@things-t>.",
    "Wait until <@days>, then <@sources> will tell you.",
    "All I found was <t:@things> next to <@things-t>.",
    "Let us meet at the <@workplaces> on <@days>, I bring <@things>.",
    "Look it up at the <@workplaces> on <@days>.",
    "People have asked this since <@days>, even <@sources>.",
    "For <@things> I would tell you.",
    "Once <@sources> knew it, but that was before <@days>.",
    "Nobody knows, not even <@sources>.",
    "With <@things> in hand I could find out by <@days>.",
)
PRAISE = patterns(
    "Thank you, <@sources> was <right|wrong|close> then.",
    "That is right, I asked <@sources> on <@days>.",
    "It helped, here is <@things> for you!",
    "Good answer, now I am <m:@moods> and less <@moods-m>.",
    "Just so, <@sources> agrees.",
    "I owe you <t:@things> or <@things-t>.",
)
# (what to do, how, what does not help, why not)
CHORES = (
    ("get wax out of a blanket", "lay paper on it and press it with a warm iron", "hot water", "the wax only spreads"),
    ("keep bread fresh", "wrap it in a linen cloth and keep it in a dry box", "a wet towel", "the bread gets moldy"),
    ("sharpen a spade", "draw a file along the edge, always in one direction", "a hammer", "the edge gets bent"),
    ("mend a kite", "glue thin paper over the hole and let it dry flat", "a heavy board", "the kite cannot rise"),
    ("clean a copper kettle", "rub it with salt and vinegar and rinse it well", "sand", "it leaves scratches"),
    ("wake a hedgehog", "leave it alone, it wakes in spring", "a loud bell", "it needs its sleep"),
    ("ripen green tomatoes", "put them in a box with an apple", "the cellar stairs", "it is too cold there"),
    ("calm a goose", "speak softly and walk slowly past it", "a stick", "it gets angry"),
    ("tune a violin", "turn the peg a little and listen to a tuning fork", "oil", "the peg slips"),
    ("dry wet boots", "fill them with newspaper and change it twice", "the oven", "the leather cracks"),
    ("store apples", "lay them apart on straw in a cool room", "a warm shelf", "they soon shrink"),
    ("light a damp stove", "start with dry birch bark and leave the door ajar", "more coal", "it only smokes"),
    ("stop a squeaking door", "rub a candle along the hinge", "water", "the hinge will rust"),
    ("catch a runaway hamster", "leave the cage open with a carrot inside", "a broom", "it hides for days"),
    ("fix a slow clock", "move the weight of the pendulum up a little", "a longer pendulum", "it makes it slower"),
    ("carry eggs on a bicycle", "pack them in oats in a basket", "a loose bag", "they knock together"),
    ("remove ink from a table", "rub it with lemon juice and wipe it dry", "chalk", "the stain stays"),
    ("keep moths out of coats", "hang lavender among them", "open windows", "that lets moths in"),
    ("cross the lake in wind", "stay near the shore and row into the waves", "standing up", "the boat tips over"),
    ("teach a parrot a word", "say it at the same hour every day", "a recording in the night", "it wants to sleep"),
    ("find north at night", "look for the star above the Great Bear", "the moon", "it moves all night"),
    ("save a limp lettuce", "lay it in cold water for an hour", "salt", "it draws out the water"),
    ("get a cat off the roof", "open the attic window and put out some fish", "shouting", "it climbs higher"),
    ("make paint stick to wood", "sand it and wipe off all the dust", "a thicker coat", "it peels off"),
)
