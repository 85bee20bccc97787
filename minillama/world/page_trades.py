"""What customers of each trade order, what goes wrong at work, and what each kind of pet is up to."""

from .page_tables import columns

# a special order, after "wanted" or "ordered" | what went wrong, a clause
_TRADES = """
baker: a cake for a wedding,fifty rolls for the school trip,a pie without raisins,a loaf in the shape of a swan,a cake
    shaped like a ship,bread without a crust | the oven went out,the rolls burned,the dough did not rise,the sugar was
    salt,somebody dropped the eggs
smith: a gate with a lion on it,two candlesticks for the church,a lock that no thief can open,a new anchor,a key for an
    old chest,shoes for a nervous horse | the fire went out,the bellows tore,a chain broke,the iron was too cold,a
    spark burned a hole in the apron
carpenter: a cradle for twins,a table for fourteen guests,a bench with a secret drawer,a new pulpit,a doll house with
    stairs,a door for a very low cellar | the glue did not dry,a saw blade broke,the door was too wide,two legs were
    too short,somebody leaned on the wet paint
weaver: a blanket for a horse,a curtain for the stage,a flag for the town hall,a shawl as light as a feather,curtains
    for nine windows | the thread tore,the dye was too green,a moth got into the wool,the loom got stuck,a cat slept
    in the wool
potter: a jug for the mayor,sixty tiles with herons on them,a teapot with two spouts,a bowl for a big dog,twelve plates
    with swallows,a jug that does not drip | the kiln went out,three handles fell off,the glaze ran,a shelf broke
tailor: a suit for a very tall man,a cape for the magician,trousers with seven pockets,a coat for a small dog,a jacket
    for the choir master | the scissors were blunt,a sleeve was too short,the buttons ran out,the iron was too hot
cobbler: dancing shoes for a wedding,boots for a giant in the play,a pair of red clogs,shoes that do not squeak,a new
    heel within an hour | the glue ran out,the left boot got lost,a heel came off,two left boots were sold as a pair
gardener: a tree for the school yard,a hedge like a castle,forty tulips for the church,a lawn without moles,roses
    without thorns | the slugs ate the lettuce,the hose leaked,a goat got in,the labels blew away,the frost took the
    first buds
fisher: a pike for the mayor,crabs for a birthday dinner,smoked eel for sixty guests,a fish without bones,mussels on a
    Monday | the net tore,the ice melted,the boat leaked,a seagull stole the best trout
miller: ten sacks of fine flour,oats for forty horses,flour without a single stone,bran for the hens,a sack for a weak
    donkey | the wind dropped,a sack burst,the mice got into the corn,a sail tore
beekeeper: honey for a sore throat,twelve candles for the church,a hive for the school,honey cakes for a party,candles
    that do not smoke | the bees swarmed,a jar cracked,the honey would not flow,the smoker went out,a bee got under
    the veil
clockmaker: a clock without a tick,a watch for a very small wrist,a sundial for the park,an alarm that sings,a watch
    for a sleepy postman | a spring jumped out,a cuckoo got stuck,the tower clock stopped,a tiny screw got lost
printer: invitations for a wedding,posters for the circus,a hundred tickets,a map without any mistakes,a song book with
    large letters | the ink ran out,the paper got wet,a letter was upside down,the press jammed
teacher: a poem for the festival,lessons in the evening,help with a long letter,a school play about pirates,a speech
    for a wedding | the chalk ran out,a frog got into the desk,the bell did not ring,the stove smoked
nurse: a bandage for a thumb,something warm for cold feet,a pillow as soft as snow,a bed by the window,a bottle of hot
    water | the lift got stuck,a patient walked home in slippers,the soup came late,the lights went out
pharmacist: drops against hiccups,a cream for cold noses,pills that taste of cherries,tea for a nervous tenor,something
    against seasickness | two labels got mixed up,a bottle fell down,the scales stuck,the cough drops melted
librarian: a book about sea monsters,the saddest novel of all,a very old cook book,an atlas of the moon,a love story
    without rain | a shelf broke,a book came back in the rain,the catalog fell over,a bat flew in
bookbinder: an album for the wedding pictures,a diary with a lock,a new cover for an old bible,a ledger in red,a book
    with blue pages | the pages got mixed up,the glue dried too soon,the gold leaf flew away,a cover was upside down
glassblower: a vase for one single rose,a lamp like a moon,a new window for the chapel,forty green bottles,a glass eye
    for a doll | the furnace went out,a bowl cracked,the blue came out green,a bubble burst
dairymaker: cheese for the whole choir,butter in the shape of a hen,cream for sixty cakes,a mild cheese for a baby,milk
    for nine kittens | the milk turned sour,a cat got into the cream,the cows came late,a wheel of cheese rolled away
boatbuilder: a raft for the school,a boat with a tiny stove,two oars for a short man,a canoe for three,a boat that
    cannot sink | a plank broke,the paint did not dry,a mast was too long,the new boat leaked
florist: a wreath for the bride,flowers for a first date,roses for a shy friend,a bouquet as big as a cartwheel,lilies
    for the church | the roses wilted,the ribbon ran out,a vase fell over,a bee got into the shop
conductor: a seat by the window,a ticket for a double bass,a quiet carriage,a ticket for a goose,the slowest train of
    the day | the train left early,a signal stuck,a suitcase went to the wrong town,a cow stood on the rails
instrument maker: a violin for small hands,strings that never break,a case for a harp,a cello as old as the town,a bow
    without squeaks | a string snapped,the varnish did not dry,a bow got lost,a mouse moved into a cello
"""

# what it did, a whole deed
_PETS = """
dog: dug up the tulips,chewed a slipper,stole a sausage from the grill,chased the postman,buried a shoe,fetched a stick
    from the pond,ran off with a glove,barked at the organ player
cat: knocked over a vase,slept in the flour,caught a mouse in church,climbed the bell tower,stole a herring,scratched
    the new sofa,unrolled a ball of wool,drank the cream
rabbit: ate the parsley,gnawed on a table leg,hid under the stove,dug a hole in the lawn,nibbled at a bouquet,jumped
    into a laundry basket,chewed through a shoelace
parrot: called the priest a fool,whistled the fire alarm,stole a spoon,repeated a secret,sang in the middle of a
    speech,bit through a pencil,imitated the doorbell
goat: ate the posters,climbed onto the roof,butted the mailbox,chewed on a straw hat,pulled down the washing,walked into
    the school,ate the wedding flowers
pony: ate the apples at the market,opened the gate with its nose,pulled the wrong cart,stepped on a toe,drank from the
    fountain,carried off a hat,refused to cross the bridge
turtle: got lost under a cupboard,bit through a shoelace,blocked the door,fell asleep in the lettuce,crossed the street
    at noon,crawled into a boot,hid for three days
goose: guarded the wrong house,chased the milkman,bit the tax collector,marched in the parade,stole a sandwich,drank
    from a soup pot,stopped the traffic
hamster: hid nuts in a boot,gnawed through a cable,slept in a coat pocket,escaped into the piano,built a nest from a
    map,carried off the raisins,got into the sugar
canary: flew out of the window,sang through the sermon,landed on a cake,bathed in a teacup,sat on the hand of the
    clock,tore up a letter,learned a waltz
donkey: refused to cross the bridge,ate a flower bed,kicked over a bucket,stood in the road,followed the choir
    home,leaned on a fence until it fell,carried off a basket
duck: swam in the fountain,followed the baker,laid an egg in a hat,slept in the ticket booth,stopped the traffic,ate
    the seedlings,led the parade
"""

TRADES = {**columns("ORDER MISHAP", _TRADES), **columns("DEED", _PETS)}
