"""What happens in each trade, pastime and village, and with each animal: wishes, mishaps, joys, hiding places."""

from .page_tables import columns

# a joy of the trade, in the past
_TRADES = """
baker: the loaves came out golden,the shop was sold out by nine,children pressed their noses against the window
smith: the new gate swung without a sound,the iron bent like butter,a lame horse walked again
carpenter: all four table legs stood firm,the old oak smelled like honey,the drawer slid like a sledge
weaver: the pattern came out right at the first try,the red turned out redder than roses,a tourist bought three rugs
potter: the new glaze shone like a lake,not one plate cracked,a school class came to watch
tailor: the suit fitted at once,the bride cried with joy,an old coat looked like new
cobbler: an old pair of boots shone again,a dancer bought two pairs,nobody complained all day
gardener: the first roses opened,a robin nested in a flowerpot,all the seeds came up
fisher: the nets were full before breakfast,the smokehouse smelled wonderful,a pike jumped into the boat by itself
miller: the wind was just right,the stones sang all day,the flour came out white as snow
beekeeper: the combs were heavy with honey,the bees stayed calm,the clover was in full bloom
clockmaker: all the clocks struck as one,a watch from 1850 ticked again,the cuckoo came out on time
printer: the new letters came out sharp,the posters were dry by noon,the poem fitted on one page
teacher: everyone knew the answer,the class sang in tune,nobody looked out of the window
nurse: a patient walked again,the ward slept all night,the youngest patient laughed
pharmacist: the new syrup tasted of cherries,a cough was gone overnight,all the drawers were in order again
librarian: a book came back after nine years,all the chairs were taken,a shy boy read aloud
bookbinder: the old atlas opened like new,the gold letters shone,the leather was soft as butter
glassblower: the light fell blue through the new vase,the longest bottle stood straight,not one glass broke
dairymaker: the cheese won a medal,the cream stood stiff as snow,a goat gave two liters more than usual
boatbuilder: the boat stayed dry inside,the sail filled at once,the whole street helped with the launch
florist: the whole shop smelled of lilac,a shy man bought forty roses,the bride threw the bouquet far
conductor: all the trains ran on time,nobody missed a train,an old lady sang in the second carriage
instrument maker: the new cello hummed like a bear,an old violin sang again,a child played a first clean note
"""

# a mishap, in the past | a joy, in the past
_HOBBIES = """
painting birds: the robin flew away too soon,the blue paint ran over the paper,a gust blew the paper into the pond
    | the heron looked almost alive,a sparrow sat still until the end,the last feather came out right
playing chess: the white queen fell to the floor,a sneeze scattered the pawns,a bishop was missing
    | the last move was a surprise,the game ended in a handshake,a small pawn became a queen
singing in the choir: one verse came out too high,the song books got mixed up,everyone waited for one missing page
    | the last note hung in the air,even the back row sang in tune,a passer-by stopped to listen
collecting stamps: a draft blew the stamps off the table,the album stuck together,the tweezers disappeared
    | a stamp from Peru turned up,a blue stamp completed the page,an old envelope held three rare stamps
climbing hills: a boot lost its heel,the path ended in brambles,a cloud covered the view
    | the sea shone in the distance,the wind was kind,the bread tasted better at the top
swimming in the lake: a swan claimed the towel,the water was as cold as ice,a duck came much too close
    | the water was smooth as glass,the far bank came closer,the sun dried everything
reading old maps: a road turned out to be a coffee stain,the lamp went out,a corner tore off
    | a forgotten footpath turned up,an old mill was drawn where the cinema stands,a tiny ship was hidden in a corner
growing tomatoes: snails were faster,a pot fell off the window sill,a blackbird stole the first fruit
    | the first one turned red,two plants reached the gutter,the whole window sill smelled green
baking cakes: the cake sank in the middle,the sugar turned out to be salt,the icing ran over the plate
    | the cake rose like a hill,not a crumb was left,the kitchen smelled of vanilla
watching the stars: a cloud stood in front of the moon,the telescope fogged up,a street lamp was too bright
    | a shooting star crossed the sky,the rings of Saturn showed,Jupiter rose above the roofs
carving wood: the owl lost an ear,the knife slipped,the wood split along the grain
    | the fox looked ready to run,the spoon felt smooth as butter,the small bear stood by itself
writing letters: the ink spilled,the stamp would not stick,the wrong letter went into the wrong envelope
    | an answer came from far away,the last line was the best,four pages were not enough
flying kites: the string tangled,the kite landed in a chimney,the wind dropped at once
    | the kite rose above the church,the long tail danced,two kites flew side by side
knitting scarves: the cat pulled out three rows,the wool ran out,a stitch got lost
    | the stripes came out even,the scarf reached twice around the neck,the fringe looked splendid
riding bicycles: the chain came off,a tire went flat,a hen crossed the road
    | the way home was all downhill,the new bell rang like silver,no bus was faster
picking mushrooms: the basket had a hole,a snail was there first,the best one turned out to be a stone
    | a whole ring of them stood under the oak,the basket was full in an hour,the pan was too small
"""

# where it was found
_PETS = """
dog: under a market stall,asleep on a stranger's coat,next to the butcher's door,in the back of the milk cart
cat: on the warm bread oven,in a hat box,on top of the bookcase,in the highest tree of the street
rabbit: in a row of carrots,under the stairs,in an empty flowerpot,behind the cabbage cart
parrot: on the town clock,on the mayor's hat stand,in the choir loft,on a sunny chimney
goat: on the roof of a shed,in the rose bed,in front of a hat shop,on the church stairs
pony: in the orchard,in front of the sugar shop,among the cows,in the middle of the bowling green
turtle: under a lettuce leaf,in a pile of leaves,behind the garden bench,two steps from the garden gate
goose: in the middle of the choir,beside the fountain,at the head of a school class,in a strange bathtub
hamster: in a coat pocket,in the toe of a boot,in the sewing box,inside the grandfather clock
canary: in the rafters of the church,on a lamp,among the sparrows,on the highest shelf of the shop
donkey: in the thistles,in front of the town hall,beside the well,at home in its own stable
duck: in the rain barrel,in the washtub,among the swans,under the ticket counter
"""

# what visitors can do there | where they sleep or sit | a small adventure, in the past
_VILLAGES = """
Amberfield: walk between the sunflowers,watch the bees at work,climb the old windmill,help with the hay
    | the inn at the windmill,a farm with blue shutters,the house above the seed shop
    | a bee traveled on my hat all day,I got lost between the tall flowers,a farmer let me ride on the hay wagon
Brackwater: count the gulls,walk along the plank paths,watch the nets being mended,row through the reeds
    | the house on stilts,the inn at the landing,a reed hut with a real bed
    | a gull stole my sandwich,the tide took one of my shoes,a heron stood beside me like a friend
Cold Spring: taste the water,walk up the mossy steps,fill a bottle at the well,sit among the fountains
    | the old washhouse,the inn at the well,the mint house
    | I dropped my key into the well,I drank nine cups of water,a child showed me the hidden spring
Dunhollow: fly a kite,roll down a dune,build a sand castle,watch the wind wheels
    | the house behind the dunes,the kite maker's attic,the inn with the bent pine
    | the wind took my umbrella,my kite pulled me off my feet,I had sand in my soup
Eastmere: sail across the lake,watch the mussel boats,swim from the pier,walk below the pale cliffs
    | the inn on the lake,a boat shed with a stove,the captain's guest house
    | I fell into the water in my Sunday coat,I found a pearl button in a mussel,a boat sailed off without me
Fallowdale: walk with the shepherds,feed a lamb,try the spinning wheel,climb the green slope
    | the shepherd's hut,a farm full of lambs,the inn below the slope
    | a sheep followed me to the bus,I counted sheep and fell asleep,a lamb ate my ticket
Grimsby Cross: watch the horse market,ride in an old coach,visit the blacksmith,feed the ponies
    | the coach inn,the house above the stables,the house at the crossroads
    | I nearly bought a horse,a pony ate my hat,I took the wrong one of four roads
Highmoor: pick berries,walk to the standing stones,listen to the grouse,taste the heather honey
    | the inn on the moor,a hut with a berry garden,the old peat house
    | I lost a boot in the bog,the fog came in and a bell led me home,my tongue stayed blue for two days
Ironbridge: ride a steam engine,walk across the bridge,ring the station bell,visit the museum
    | the signalman's house,an old sleeping car,the inn under the arches
    | I was allowed to blow the whistle,my hat flew off the bridge,the museum guard sang for us
Larchwood: walk in the forest,watch the woodcutters,look for deer,carve a spoon
    | the forester's house,an inn built of logs,a hut among the trees
    | an owl kept me awake,I sat on fresh resin,a deer looked in at my window
Millbrook: watch the mill wheels,feed the ducks,cross the wooden bridges,taste the pancakes
    | the third mill,the inn on the brook,the miller's guest house
    | I slipped into the brook,the miller gave me a sack of flour,the mill wheel sang me to sleep
Northcliff: climb the lighthouse,look for fossils,watch the ships,visit the chalk caves
    | the lighthouse keeper's house,the inn on the cliff,the old coast guard hut
    | I climbed all the stairs and forgot my glasses,a chalk cave turned my coat white,a ship greeted us with its horn
"""

TABLES = {
    **columns("TRIUMPH", _TRADES),
    **columns("FAILED WORKED", _HOBBIES),
    **columns("HIDEOUT", _PETS),
    **columns("VISIT LODGING ADVENTURE", _VILLAGES),
}
