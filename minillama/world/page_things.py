"""What there is in the town and how it may look: each kind of noun has the adjectives that fit it.

From a list such as THING come four: THING; THING_Q, the adjectives; THING_BY, from an adjective to the things that
may be so; THING_IS, from a thing to the adjectives that fit. "{q=a THING_Q} {x=THING_BY/q}" writes "a rusty lantern".
"""

import re
from collections.abc import Mapping

from .common_words import split

_THINGS = """
ladder,wheelbarrow,bicycle,sledge,hand cart,garden bench,toolbox,deck chair
    : old,new,sturdy,heavy,rusty,green,red,broken,borrowed,freshly painted,homemade,second-hand
hammer,saw,broom,snow shovel,trowel,fishing rod,rake,pitchfork,paintbrush,walking stick,
    yardstick,butterfly net,crutch,oar,feather duster,shovel,axe,fly swatter,hockey stick
    : old,new,good,sturdy,broken,borrowed,long,worn-out,handy,second-hand
bucket,watering can,kettle,frying pan,cookie tin,milk can,soup ladle,
    coffee pot,bathtub,egg timer,stove pipe,cake tin,hot water bottle,washboard,funnel
    : old,new,shiny,dented,rusty,copper,empty,battered,brand-new,leaky
teapot,vase,teacup,sugar bowl,pitcher,cake plate,flowerpot,mustard pot,
    salt shaker,inkwell,pepper mill,jam jar,egg cup,soup bowl,milk jug
    : old,blue,white,cracked,painted,chipped,antique,clay,flowered,yellow,precious
umbrella,tent,hammock,flag,tablecloth,curtain,rucksack,sunshade,
    carpet,pillow,sleeping bag,towel,bedspread,sail
    : old,new,red,blue,green,striped,torn,patched,wet,faded,checkered,yellow
scarf,blanket,straw hat,apron,raincoat,cushion,bathrobe,woolen cap,shawl,mitten,
    slipper,glove,bow tie,rubber boot,nightshirt,sweater,bonnet,waistcoat
    : old,red,blue,green,gray,striped,patched,faded,checkered,warm,soft,worn-out,wet
suitcase,handbag,school bag,wallet,basket,hat box,parcel,coin purse,lunch box,
    briefcase,mail bag,doctor's bag,laundry basket,travel trunk,barrel
    : old,brown,small,heavy,empty,black,wet,worn-out,large,forgotten,borrowed
lantern,oil lamp,candlestick,doorbell,weather vane,birdcage,key ring,horseshoe,
    trumpet,door knocker,tin whistle,candle holder,medal,thimble,hand bell,padlock
    : old,brass,rusty,shiny,antique,iron,small,polished,handsome
kite,toy boat,rag doll,spinning top,puppet,rocking horse,toy train,teddy bear,tin drum,balloon,
    hoop,scooter,toy duck,wooden sword,doll house,jumping rope,toy soldier,yo-yo
    : old,red,blue,yellow,homemade,small,painted,tiny,brand-new,favorite,forgotten
alarm clock,pocket watch,compass,telescope,camera,typewriter,music box,globe,radio,sewing machine,
    microscope,thermometer,barometer,record player,coffee mill,magnifying glass,kitchen scale,metronome
    : old,new,small,broken,antique,expensive,precious,borrowed,modern,silver,second-hand
mirror,picture frame,chess board,jewel box,bookcase,wooden chair,footstool,spice rack,
    violin case,coat rack,card table,cradle,cuckoo clock,bird house,tea tray
    : old,small,antique,carved,polished,handsome,round,wobbly,homemade,scratched
map,notebook,photo album,dictionary,song book,cook book,picture book,stamp album,letter,
    calendar,diary,recipe book,train ticket,poster,love letter,newspaper,school report,guide book
    : old,thin,torn,forgotten,faded,thick,stained,favorite,crumpled,borrowed
"""
_FURNITURE = """
kitchen table,desk,chest of drawers,wardrobe,dresser,bookcase,counter,cupboard
    : old,big,oak,heavy,polished,wide,freshly painted,empty,long,scratched
sofa,armchair,rocking chair,window seat,mattress,camp bed
    : old,soft,worn-out,green,comfortable,red,striped,big,creaking
stool,bench,garden chair,side table,shelf,trunk,coat rack,flower stand
    : old,small,wooden,wobbly,empty,painted,plain,narrow,dusty
piano,stove,grandfather clock,fireplace,sewing table
    : old,big,black,handsome,antique,dusty
"""
_PLACES = """
mill pond,duck pond,rose garden,cherry orchard,picnic meadow,canal lock,quay,pier,ferry landing,
    goat pen,apple cellar,garden path,boat house,hay barn,saw mill,swimming pool
    : quiet,muddy,windy,misty,foggy,sunny,pretty,crowded,deserted
stone bridge,town gate,bell tower,castle ruins,water tower,archway,railway tunnel,toll house,lighthouse
    : old,famous,narrow,mossy,tall,dark,crooked,gray,crumbling,leaning,lonely
church,town hall,post office,museum,hotel,fire station,cinema,tea room,barber shop,butcher shop,toy shop,laundry,
    hat shop,police station,courthouse,dance hall,book store,coffee house,town archive
    : old,small,new,busy,crowded,red,brick,pretty,well-known,freshly painted
market fountain,sundial,brass statue,wishing well,village pump,bandstand,chestnut tree,oak alley,
    linden tree,milestone,stone lion,clock pillar,herb garden
    : old,famous,pretty,mossy,tall,well-known,ancient,shady
bus stop,playground,bowling green,tennis court,skating rink,football field,vegetable market,railway crossing,
    fairground,schoolyard,horse track,tram stop,flea market,campsite
    : busy,muddy,windy,empty,crowded,noisy,new,deserted
"""
_OFFICIALS = """
mayor,judge,priest,doctor,town clerk,professor,stationmaster,music teacher,bank clerk,photographer,poet,reporter,
    sculptor,inventor,botanist,secretary,opera singer,organist,painter
    : friendly,strict,patient,elderly,polite,cheerful,famous,forgetful,nervous,talkative,curious,serious,kind,tired,
      bald,red-haired,absent-minded,ambitious,modest,respected,pale
postman,bus driver,policeman,night watchman,chimney sweep,street sweeper,lamplighter,milkman,plumber,ferryman,roofer,
    tram driver,train driver,gravedigger,coachman,mason,hunter,shepherd,rag collector
    : friendly,young,cheerful,tired,tall,helpful,whistling,sleepy,punctual,talkative,curious,strong,bearded,busy,
      bow-legged,sunburned,left-handed,brave,hungry,broad-shouldered,honest
innkeeper,grocer,barber,butcher,cook,waiter,landlady,hatter,locksmith,piano tuner,umbrella mender,knife grinder,
    juggler,clown,magician,circus director,harbor pilot,janitor,balloonist
    : friendly,busy,clever,stout,cheerful,grumpy,talkative,honest,proud,patient,kind,young,tired,careful,plump,
      red-faced,musical,jolly,stubborn,curly-haired,impatient
veterinarian,dentist,midwife,lawyer,tax collector,customs officer,fire chief,choir master,sexton,bell ringer,
    night nurse,market inspector,detective,governor,bishop
    : calm,strict,patient,elderly,gray-haired,polite,stern,nervous,careful,helpful,punctual,serious,tall
"""
_CROWDS = """
neighbors,visitors,tourists,shopkeepers,passengers,families,grandmothers,grandfathers,customers,guests,pensioners,
    commuters,cousins,twins,wedding guests,reporters,newcomers,teachers
    : friendly,curious,happy,polite,patient,tired,hungry,noisy,cheerful,surprised,talkative,grateful,worried,bored,
      jolly,impatient,smiling,angry
children,scouts,choir boys,schoolgirls,students,apprentices
    : noisy,cheerful,curious,hungry,happy,excited,lively,giggling,young,clever,helpful
farmers,fishers,sailors,gardeners,bricklayers,painters,miners,bakers,firemen,postmen,
    roofers,harvest workers,milkmen,carpenters,soldiers
    : strong,tired,hungry,cheerful,friendly,sunburned,busy,whistling,helpful,young,thirsty,proud,jolly,sleepy,honest
musicians,dancers,hikers,cyclists,rowers,skaters,actors,drummers,campers,chess players,
    carol singers,runners,swimmers,poets,acrobats,stamp collectors
    : tired,young,cheerful,hungry,thirsty,talented,famous,happy,elderly,lost,graceful,nervous,proud,foreign,tall
"""
_ANIMALS = """
heron,stork,swan,crow,magpie,owl,seagull,pigeon,sparrow,robin,blackbird,jackdaw,woodpecker,raven,starling,wren,
    cuckoo,falcon,kingfisher,nightingale,pheasant,swallow,thrush,jay,buzzard,peacock,partridge,gull,crane,puffin
    : young,old,hungry,curious,lost,noisy,bold,lonely,cheeky,clever
fox,badger,hare,marten,weasel,otter,wild boar,deer,wolf,lynx,
    beaver,polecat,stray dog,lamb,calf,foal,stray cat
    : young,old,hungry,shy,curious,limping,lost,lonely,clever,sleepy
hedgehog,squirrel,mole,dormouse,shrew,vole,bat,ferret,mouse,
    guinea pig,kitten,puppy,rat,field mouse,duckling,chick,piglet
    : small,hungry,sleepy,shy,curious,frightened,brown,clever,lost,fat
frog,toad,snail,newt,lizard,salamander,beetle,cricket,grasshopper,butterfly,ladybug,dragonfly,
    caterpillar,spider,moth,firefly,crayfish,earthworm,bumblebee,tadpole
    : small,tiny,green,spotted,lonely,brown,beautiful,shy,young
"""
_CLOTHES = """
coat,jacket,cloak,raincoat,leather vest
    : old,new,long,gray,brown,warm,heavy,elegant,patched,blue,red,borrowed
cap,hat,bonnet,scarf,shawl,tie,bow tie,sash
    : red,blue,green,white,striped,checkered,new,yellow,spotted,black,elegant
sweater,shirt,vest,apron,pullover,nightshirt,dressing gown
    : old,clean,warm,striped,blue,white,green,checkered,patched,red,faded
"""
_PRODUCE = """
apples,pears,plums,cherries,apricots,peaches,grapes,gooseberries,strawberries,melons,figs,quinces
    : ripe,sweet,juicy,fresh,sour,bruised,sun-warmed,early
onions,carrots,leeks,cabbages,potatoes,turnips,radishes,beets,parsnips,pumpkins
    : fresh,big,small,washed,muddy,crooked,young,cheap
tomatoes,cucumbers,beans,peas,peppers,herbs,asparagus tips,lettuces
    : fresh,green,young,organic,washed,crisp,early,homegrown
walnuts,hazelnuts,almonds,chestnuts,raisins,mushrooms
    : dried,fresh,roasted,wild,small,fragrant
"""
_MEALS = """
fish pie,bean soup,leek soup,beet soup,pumpkin soup,barley stew,cabbage rolls,stuffed peppers,meatballs,spinach pie,
    onion soup,goulash,bean stew,potato soup
    : hot,hearty,tasty,spicy,homemade,steaming,thick,simple,salty,excellent
ginger cake,honey cake,pear tart,lemon cake,blueberry muffins,waffles,baked apples,poppy seed rolls,corn bread,
    cherry strudel,walnut cake,gingerbread,plum tart,
    raisin buns,almond biscuits,jam doughnuts,cheesecake,sponge cake,apple fritters,chocolate pudding
    : sweet,fresh,warm,soft,homemade,fluffy,golden,excellent,crumbly,tasty
tomato salad,egg sandwiches,fried potatoes,oat porridge,roast duck,mushroom omelet,pickled herring,sausages,noodles,
    cheese toast,bread soup,dumplings,rice salad,liver pudding,rye pancakes,boiled ham
    : fresh,tasty,simple,excellent,homemade,salty,cold,warm
"""
_ODDS = """
buttons,coins,keys,nails,bells,hooks,thimbles,tin soldiers,medals,spoons,bolts,
    forks,hinges,screws,hairpins,brooches,earrings,whistles,thumbtacks,springs,dice
    : old,shiny,rusty,silver,small,brass,bent,polished,golden,heavy,scratched
marbles,pebbles,shells,beads,acorns,feathers,pine cones,chestnuts,walnuts,
    cherry stones,seeds,leaves,petals,glass balls,corks,snail shells
    : small,pretty,shiny,brown,white,smooth,spotted
letters,postcards,stamps,tickets,photographs,playing cards,maps,bookmarks,labels,song sheets,
    envelopes,notebooks,calendars,crosswords,recipes,comic books,train tickets,posters
    : old,faded,torn,stained,foreign,colorful,unread,forgotten
socks,gloves,ribbons,handkerchiefs,scarves,shoelaces,mittens,napkins,
    belts,bow ties,hats,towels,flags,patches,slippers,aprons
    : red,blue,woolen,white,striped,green,knitted,clean,colorful
candles,pencils,corks,matches,chalk sticks,bottles,jars,cups,
    mugs,plates,crayons,erasers,bulbs,brushes,flowerpots,combs,baskets
    : old,white,new,broken,empty,colorful
"""


_BEFORE_A_NOUN = split("favorite,copper,clay,brass,iron,silver,woolen,wooden,oak,brick,second-hand,good,former")


def fitting(name: str, rows: str) -> dict[str, tuple | Mapping]:
    """Take apart rows of "nouns : adjectives" and return the four lists of a kind of noun.

    Example:
        >>> lists = fitting("PET", "cat,dog : shy,old" + chr(10) + "owl : wise,old")
        >>> lists["PET_Q"], lists["PET_BY"]["old"], lists["PET_IS"]["owl"]
        (('shy', 'old', 'wise'), ('cat', 'dog', 'owl'), ('wise', 'old'))
    """
    by: dict[str, tuple] = {}
    suits: dict[str, tuple] = {}
    for row in re.sub(r"\n +:", " :", re.sub(r",\n +", ",", rows)).strip().splitlines():
        nouns, adjectives = (split(side.strip()) for side in row.split(" : "))
        plain = tuple(word for word in adjectives if word not in _BEFORE_A_NOUN)
        suits |= {noun: tuple(dict.fromkeys(suits.get(noun, ()) + plain)) for noun in nouns}
        by |= {adjective: tuple(dict.fromkeys(by.get(adjective, ()) + nouns)) for adjective in adjectives}
    return {name: tuple(suits), f"{name}_Q": tuple(by), f"{name}_BY": by, f"{name}_IS": suits}


_KINDS = {
    "THING": _THINGS, "FURNITURE": _FURNITURE, "LANDMARK": _PLACES, "OFFICIAL": _OFFICIALS, "CROWD": _CROWDS,
    "ANIMAL": _ANIMALS, "CLOTHES": _CLOTHES, "PRODUCE": _PRODUCE, "MEAL": _MEALS, "ODDS": _ODDS,
}  # fmt: skip
TYPED = {key: words for name, rows in _KINDS.items() for key, words in fitting(name, rows).items()}
