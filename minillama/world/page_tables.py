"""What goes with what: things and doings of each trade, animal, pastime, village, feast and weather."""

import re
from collections.abc import Mapping

from . import lexicon
from .common_words import split

Table = Mapping[str, tuple[str, ...]]


def columns(names: str, rows: str) -> dict[str, Table]:
    """Take apart rows such as "baker: rolls,buns | baked,sold"; the columns are tables, the names theirs."""
    tables: dict[str, dict] = {name: {} for name in split(names)}
    for row in re.sub(r"\n +", " ", rows).strip().splitlines():
        key, _, cells = row.partition(": ")
        for name, cell in zip(tables, cells.split(" | "), strict=True):
            tables[name][key] = split(cell)
    return tables


_BASIN = "water trough"  # codespell:ignore trough
# what they handle | what they did with it | what can break down there
_TRADES = f"""
baker: rolls,loaves,buns,pies,pretzels,tarts,biscuits,cakes | baked,sold,counted,glazed,delivered
    | oven,flour mill,dough bowl,bread cutter
smith: horseshoes,hinges,hooks,axes,door handles,chains,fire tongs,weather vanes
    | forged,hammered,repaired,polished,sold | bellows,anvil,furnace,{_BASIN}
carpenter: chairs,shelves,stools,doors,window frames,cradles,ladders,boxes | built,sanded,painted,repaired,sold
    | workbench,band saw,glue pot,drill
weaver: blankets,shawls,curtains,rugs,towels,ribbons,flags,tablecloths | wove,mended,folded,dyed,sold
    | spinning wheel,shuttle,dye vat,thread winder
potter: bowls,mugs,jugs,tiles,plates,vases,teapots,candlesticks | glazed,painted,fired,shaped,sold
    | kiln,clay mixer,foot pedal,drying rack
tailor: coats,shirts,vests,suits,jackets,trousers,gowns,capes | sewed,ironed,mended,measured,sold
    | iron,sewing machine,cutting table,steam press
cobbler: boots,sandals,slippers,clogs,belts,dancing shoes,riding boots,satchels | mended,polished,stitched,soled,sold
    | leather press,stitching machine,boot stretcher,shoe stand
gardener: rose bushes,hedges,saplings,lilies,herbs,bulbs,tulips,ferns | planted,watered,trimmed,potted,sold
    | sprinkler,greenhouse roof,wheelbarrow,compost heap
fisher: trout,eels,perch,mussels,crabs,pike,herrings,shrimps | caught,weighed,smoked,cleaned,sold
    | smokehouse,ice box,fish scale,winch
miller: flour sacks,oat bags,barley sacks,bran bags,corn sacks,rye bags | filled,weighed,carried,stacked,sold
    | sail,grinding gear,grain hoist,flour chute
beekeeper: honey jars,candles,beeswax bars,hives,honeycombs,honey cakes | filled,sealed,labeled,counted,sold
    | honey press,hive lid,wax melter,bottling tap
clockmaker: clocks,watches,springs,pendulums,alarm clocks,music boxes,sundials | repaired,wound,cleaned,set,sold
    | tower bell,minute hand,great pendulum,winding crank
printer: posters,calendars,postcards,leaflets,song books,tickets,maps,newspapers | printed,folded,trimmed,stacked,sold
    | ink roller,paper cutter,type case,folding machine
teacher: poems,maps,essays,number games,spelling tests,songs,riddles,history lessons
    | read,explained,prepared,corrected,copied | blackboard,school bell,globe,slide projector
nurse: bandages,blankets,syringes,pillows,medicine cups,splints,hot water bottles
    | washed,counted,sorted,prepared,ordered | lift,heating,emergency lamp,dumbwaiter
pharmacist: pills,ointments,herbal teas,cough drops,powders,tonics,eye drops | mixed,weighed,labeled,sorted,sold
    | scales,pill press,medicine cabinet,drawer lock
librarian: novels,atlases,picture books,travel guides,fairy tales,cook books,magazines
    | sorted,lent,stamped,repaired,dusted | reading lamp,book cart,spiral staircase,date stamp
bookbinder: albums,diaries,notebooks,atlases,ledgers,hymn books,sketchbooks | bound,sewed,gilded,repaired,sold
    | book press,paper guillotine,sewing frame,glue kettle
glassblower: vases,bottles,lamps,glass beads,bowls,goblets,window panes | blew,polished,wrapped,engraved,sold
    | melting furnace,cooling oven,grinding wheel,glass cutter
dairymaker: cheeses,butter pats,milk cans,cream pots,yogurt jars,cheese wheels | salted,wrapped,carried,counted,sold
    | milk pump,cheese press,cooling tank,cream separator
boatbuilder: rowing boats,oars,masts,canoes,rafts,rudders,sailing boats | built,painted,sanded,repaired,sold
    | slipway,tar kettle,boat crane,steam box
florist: wreaths,bouquets,garlands,tulips,roses,lilies,flower baskets | tied,arranged,watered,delivered,sold
    | flower cart,shop bell,cold room,vase shelf
conductor: tickets,timetables,suitcases,mail bags,bicycles,parcels,lost umbrellas
    | checked,counted,sorted,labeled,loaded | signal,station clock,ticket machine,railway switch
instrument maker: violins,cellos,violas,bows,guitars,fiddle cases | carved,varnished,tuned,repaired,sold
    | varnish oven,string winder,bending iron,clamp
"""

# the sound | how it moved | what it eats | what it did, before an object
_PETS = """
dog: barked,growled,whined,yelped | ran,trotted,dashed,leaped | bones,sausages,raw meat,liver
    | sniffed at,chewed on,dug up,fetched
cat: meowed,purred,hissed,yowled | sneaked,jumped,crept,darted | fish,mice,chicken,small birds
    | scratched,played with,knocked over,sat on
rabbit: squeaked,thumped,grunted,snuffled | hopped,bounced,scurried,dashed | carrots,lettuce,clover,parsley
    | nibbled,sniffed at,hid behind,jumped over
parrot: screeched,whistled,chattered,squawked | flew,fluttered,hopped,climbed | seeds,nuts,grapes,crackers
    | pecked at,landed on,stole,talked to
goat: bleated,snorted,grunted,sneezed | jumped,climbed,trotted,galloped | hay,oats,leaves,cabbage
    | ate,butted,jumped over,chewed on
pony: neighed,snorted,whinnied,nickered | trotted,galloped,cantered,ambled | hay,oats,apples,carrots
    | pulled,kicked,nudged,stepped on
turtle: hissed,sighed,yawned,gurgled | crawled,plodded,paddled,shuffled | lettuce,clover,leaves,cucumber
    | bit,hid under,climbed over,pushed
goose: honked,hissed,cackled,trumpeted | waddled,flapped,marched,charged | grass,corn,barley,wet bread
    | pecked at,guarded,bit,chased
hamster: squeaked,chirped,chattered,sneezed | scurried,crawled,climbed,wriggled | seeds,nuts,oats,raisins
    | gnawed on,hid in,slept on,nibbled
canary: sang,chirped,trilled,peeped | flew,fluttered,hopped,swooped | seeds,crumbs,lettuce,millet
    | landed on,pecked at,circled,sang to
donkey: brayed,snorted,huffed,groaned | trotted,plodded,galloped,ambled | hay,thistles,carrots,straw
    | kicked,carried,nudged,leaned on
duck: quacked,cackled,squawked,whistled | waddled,paddled,flapped,splashed | corn,snails,peas,wet bread
    | pecked at,sat on,circled,followed
"""

# what they need for it
_HOBBIES = """
painting birds: paintbrush,paper,easel,watercolors
playing chess: chess board,chess clock,white queen,black knight
singing in the choir: song book,music stand,choir robe,tuning fork
collecting stamps: stamp album,tweezers,envelopes,magnifying glass
climbing hills: rope,boots,walking stick,backpack
swimming in the lake: towel,bathing cap,swimsuit,rubber ring
reading old maps: atlas,compass,magnifying glass,map case
growing tomatoes: watering can,flowerpots,bamboo sticks,garden gloves
baking cakes: mixing bowl,whisk,cake tin,apron
watching the stars: telescope,star chart,notebook,folding chair
carving wood: pocket knife,sandpaper,oak block,chisel
writing letters: fountain pen,writing paper,stamps,envelopes
flying kites: kite,string,glue,paper tail
knitting scarves: needles,wool,yarn basket,pattern book
riding bicycles: bicycle,pump,bell,repair kit
picking mushrooms: basket,knife,field guide,rubber boots
"""

# what there is to see there | what there is to buy or eat
_VILLAGES = """
Amberfield: sunflowers,bee hives,windmills,haystacks,yellow fields | sunflower oil,roasted seeds,honey,seed bread
Brackwater: gulls,herons,reed huts,fishing nets,plank paths | smoked eel,sea salt,reed baskets,fish soup
Cold Spring: fountains,stone basins,water jugs,mossy steps,washhouses | spring water,watercress,mint candy,clay cups
Dunhollow: kites,sand hills,bent pines,wind wheels,sand castles | paper kites,wind chimes,sand cakes,dried plums
Eastmere: sailing boats,mussel beds,boat sheds,pale cliffs,nets
    | blue mussels,pearl buttons,fish sandwiches,oyster soup
Fallowdale: sheep,stone walls,shepherd huts,lambs,green slopes | wool socks,sheep cheese,lamb stew,felt hats
Grimsby Cross: horses,stables,road signs,coaches,blacksmiths | saddles,horse blankets,oat cakes,leather belts
Highmoor: heather,berry bushes,grouse,standing stones,bogs | berry jam,heather honey,berry wine,juniper tea
Ironbridge: steam engines,rails,signals,iron arches,old wagons | toy trains,iron bells,engine oil candles,railway soup
Larchwood: tall trees,log piles,sawmills,deer,woodcutters | wooden spoons,pine soap,mushroom soup,carved owls
Millbrook: mill wheels,ducks,wooden bridges,flour carts,trout | fresh flour,pancakes,brown bread,trout rolls
Northcliff: cliffs,gulls,lighthouse lamps,chalk caves,ships | chalk sticks,fish pie,brass lamps,rock candy
"""

# what people did there | what was to be seen
_FEASTS = """
Lantern Night: lit lanterns,sang old songs,walked in a long row,told ghost stories
    | paper moons,candles,glowing stars,red lamps
the Kite Fair: flew kites,ran up the hill,untangled strings,cheered the pilots
    | paper dragons,box kites,long tails,striped kites
Blossom Day: danced under the trees,wore flower crowns,threw petals,picnicked on the grass
    | white petals,garlands,flower carts,bees
the Boat Race: rowed against the stream,waved flags,fell into the water,cheered from the bank
    | rowing boats,rafts,pennants,wet sailors
the Bell Festival: rang hand bells,marched to the tower,danced in the street,sang in three voices
    | brass bells,ribbons,choirs,cow bells
the Harvest Market: weighed pumpkins,tasted cheese,traded seeds,judged the jam
    | pumpkins,corn wreaths,apple towers,hay wagons
the Mushroom Walk: searched the woods,filled baskets,fried mushrooms,learned the names
    | chanterelles,puffballs,toadstools,ink caps
the Winter Concert: tuned the violins,sang carols,stamped their feet,clapped for an hour
    | brass bands,wool shawls,drummers,torches
"""

# what the day is like | what happened | what people wore or took | what it brings
_WEATHERS = """
rain: wet,gray,soggy,dripping
    | the gutters overflowed,the cellar filled with water,the road turned to mud,the roof leaked
    | umbrellas,raincoats,rubber boots | puddles,mud,swollen brooks
snow: white,cold,silent,frozen | the buses stopped,the school closed early,the road was blocked,the branches broke
    | sledges,mittens,wool hats | snowdrifts,icicles,slippery stairs
fog: gray,dim,quiet,damp | the ferry lost its way,the postman got lost,two carts collided,the train ran late
    | lanterns,whistles,torches | late trains,wet grass,slow carts
storm: wild,loud,dark,rough | the wind tore off a shutter,a tree fell over,the power failed,a boat broke loose
    | ropes,storm lamps,heavy coats | fallen branches,high waves,loose tiles
sunshine: bright,golden,warm,clear
    | the ice cream ran out,the laundry dried in an hour,everyone sat outside,the pool was full
    | straw hats,sunglasses,picnic baskets | long shadows,sunburn,full terraces
hail: rough,icy,noisy,gray
    | the greenhouse windows cracked,the tomatoes were crushed,the market ended early,a window broke
    | helmets,thick coats,buckets | bruised apples,cracked panes,ice in the gutters
frost: icy,cold,crisp,white | the pump froze,the pipes burst,the pond froze over,the fountain stood still
    | skates,scarves,hot water bottles | slippery bridges,frozen pipes,ice flowers
wind: stormy,breezy,restless,fresh | hats flew over the square,the laundry blew away,a fence fell down,the flag tore
    | kites,scarves,hat pins | flying leaves,slamming doors,choppy water
heat: hot,dry,dusty,sleepy | the butter melted,the well ran dry,the cows lay in the shade,the milk turned sour
    | straw hats,fans,cold drinks | dry wells,tired horses,warm nights
thunder: dark,loud,heavy,sultry | lightning hit the tower,the horses bolted,the lights went out,the dogs hid
    | candles,raincoats,blankets | short showers,dark clouds,nervous animals
"""

TABLES = {
    **columns("WARE MADE MACHINE", _TRADES),
    **columns("SOUND STEP FODDER ACT", _PETS),
    **columns("GEAR", _HOBBIES),
    **columns("SIGHT SOUVENIR", _VILLAGES),
    **columns("FEAST_DID FEAST_SIGHT", _FEASTS),
    **columns("DAMP HAPPENED WEAR OUTLOOK", _WEATHERS),
    "PETKIND": tuple(lexicon.PETS),
    "WEATHER": ["rain", "snow", "fog", "storm", "sunshine", "hail", "frost", "wind", "heat", "thunder"],
}
