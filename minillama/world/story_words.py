"""Words that stories choose from; all words of a list fit the same places."""

from .lexicon import FOODS, STREETS, VILLAGES


def _list(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.replace("\n", " ").split(","))


WORDS = {
    "SKY": _list(
        "windy,foggy,quiet,gray,bright,cool,mild,misty,clear,pale,calm,silver,breezy,damp,golden,"
        "gentle,still,"
        "sleepy,lovely,dull,cloudy,stormy,drizzly,sunny,busy,blue,peculiar,dreamy,long,short,noisy,fine"
    ),
    "DAY": _list("Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday"),
    "MONTH": _list("January,February,March,April,May,June,July,August,September,October,November,December"),
    "CLOCK": _list(
        "six,seven,eight,nine,ten,eleven,noon,midnight,sunset,sunrise,dusk,dawn,half past two,"
        "half past three,"
        "a quarter to four,a quarter past five"
    ),
    "NUMBER": _list(
        "two,three,four,five,six,seven,eight,nine,ten,eleven,twelve,thirteen,forty,fifty,twenty,thirty"
    ),
    "ADJ": _list(
        "red,blue,green,yellow,white,black,brown,gray,tiny,little,big,heavy,dusty,muddy,crooked,"
        "painted,faded,shiny,"
        "plain,striped,patched,wobbly,worn,pretty,funny,dented,borrowed,forgotten,handmade,"
        "secondhand,battered,sturdy,"
        "old,ugly,orange,purple,pink,narrow,broad,tall,small,broken,polished,sticky,lopsided,"
        "enormous,ancient,empty,"
        "spotted,speckled,dark,light,cheap,splendid,silly,homemade,creaky,sandy,damp,scratched,"
        "royal,mysterious,"
        "turquoise,favorite"
    ),
    "THING": _list(
        "bucket,kettle,lantern,basket,barrel,lunch box,chair,crate,cart,trunk,berry basket,"
        "salad bowl,cupboard,drawer,suitcase,"
        "wheelbarrow,flowerpot,jug,teapot,sack,rowboat,coach,mattress,pillow,blanket,hatbox,"
        "tin bath,sled,tent,mailbox,"
        "clothes chest,bread bin,coal box,toolbox,bathtub,bird cage,dollhouse,rocking horse,sofa,piano,"
        "accordion case,washtub,laundry bag,pickle jar,milk can,bread oven,beehive,rain barrel,"
        "umbrella,armchair,"
        "bookcase,fruit bowl,hammock,pumpkin,sewing box,soup tureen,watering can,trombone case,vase,wagon,"
        "wine barrel,wardrobe,iron pot,egg basket"
    ),
    "TRINKET": _list(
        "button,marble,key,coin,ribbon,spoon,feather,bell,stone,shell,pencil,thimble,bead,ring,"
        "whistle,spool,cork,badge,"
        "magnet,compass,tin soldier,brooch,candle,postcard,stamp,nutshell,matchbox,comb,mitten,"
        "buckle,hook,die,"
        "medal,acorn,arrowhead,bottle cap,bookmark,chess pawn,crayon,cuckoo clock hand,"
        "dragonfly pin,fishbone,"
        "goose egg,handkerchief,knot,paper boat,puzzle piece,walnut"
    ),
    "SPOT": _list(
        "chapel wall,water tower,boathouse,footbridge,hay barn,fish pond,bandstand,rose garden,"
        "post office,ferry landing,"
        "goat shed,potato field,wood pile,market hall,cherry tree,town gate,beech hedge,swan house,"
        "cattle bridge,"
        "lumber yard,hollow willow,flagpole,poplar grove,toll house,brick kiln,sundial,stable door,"
        "village pump,"
        "notice board,cemetery gate,ice cellar,apple press,milk stand,weather vane,wash house,"
        "skating pond,fire station,"
        "duck island,sand pit,iron fountain,archery ground,beet field,broken mill,cabbage patch,"
        "coal shed,crooked oak,"
        "dovecote,sheep pen,empty stork nest,grain store,hop garden,lilac bush,old ferry,"
        "oyster stall,"
        "pear orchard,pigeon loft,quarry wall,rabbit meadow,reed bank,rope bridge,scarecrow,"
        "stone lion,tar shed,"
        "vinegar works"
    ),
    "CLOTHES": _list(
        "cap,scarf,hat,coat,apron,sweater,shawl,jacket,bonnet,vest,cloak,raincoat,bow tie,nightcap,turban,glove"
    ),
    "PASSER": _list(
        "milkman,postman,ferryman,farmer,sailor,shepherd,chimney sweep,street musician,peddler,"
        "coachman,gravedigger,"
        "juggler,mayor,night watchman,bricklayer,lamplighter,poet,fire captain,clown,bishop,"
        "dentist,judge,goatherd,"
        "rope dancer,tax collector,balloon seller,inspector,organ grinder,painter,retired captain,"
        "stonecutter,umbrella maker"
    ),
    "CRITTER": _list(
        "sparrow,hedgehog,squirrel,frog,blackbird,beetle,snail,mouse,robin,magpie,toad,pigeon,bat,moth,stork,"
        "swallow,badger,bumblebee,caterpillar,crow,dragonfly,finch,fox,grasshopper,heron,ladybug,"
        "lizard,mole,otter,"
        "owl,spider,weasel"
    ),
    "WENT": _list(
        "ran,walked,hurried,marched,wandered,raced,trotted,strolled,rushed,tiptoed,skipped,stumbled,dashed,"
        "galloped,limped,hopped,jogged,paced,plodded,scurried,shuffled,stomped,trudged,crept"
    ),
    "SAID": _list(
        "said,whispered,cried,called,announced,muttered,declared,sighed,murmured,shouted,answered,"
        "laughed,mumbled,"
        "exclaimed,breathed,groaned"
    ),
    "HELD": _list(
        "broom,lantern,blanket,umbrella,candlestick,teapot,spoon,pillow,mop,book,bucket,flute,"
        "basket,towel,ladle,hairbrush"
    ),
    "MANNER": _list(
        "cheerful,grumpy,tall,young,old,friendly,hungry,sleepy,curious,nervous,polite,clumsy,"
        "famous,bearded,cross,thin,"
        "freckled,shy,proud,busy,tired,wet,lonely,whistling,stubborn,elegant,forgetful,jolly,"
        "breathless,red-faced,"
        "short-sighted,wise"
    ),
    "SORT": _list(
        "fat,thin,sleepy,curious,hungry,lame,young,old,brown,gray,black,green,shy,bold,cheeky,wet,"
        "lazy,noisy,clever,"
        "lonely,cross,nervous,friendly,proud,yawning,tiny,speckled,greedy,lost,fluffy,quick,spotted"
    ),
    "KIND": _list(
        "red,blue,green,yellow,white,black,brown,gray,silver,golden,copper,striped,tiny,chipped,"
        "shiny,crooked,painted,bent,"
        "purple,orange,rusty,old,new,sticky"
    ),
    "TASTE": _list(
        "fresh,warm,homemade,delicious,leftover,cold,excellent,good,wonderful,tasty,famous,"
        "tempting,fragrant,cheap,"
        "plain,fine"
    ),
    "ODD": _list(
        "strange,sad,loud,wet,sudden,bad,little,great,funny,serious,quiet,big,curious,nasty,dark,secret"
    ),
    "START": _list(
        "beginning,morning,surprise,discovery,problem,mistake,question,accident,riddle,mystery,"
        "moment,promise,matter,day,"
        "trouble,shock"
    ),
    "WEAK": _list(
        "foolish,hasty,crooked,weak,silly,hopeless,bold,careless,poor,funny,pointless,wild,lonely,"
        "brave,terrible,half-baked"
    ),
    "PLAN": _list("plan,idea,attempt,trick,try,answer,hope,way,night,search,mistake,lesson,effort,hour,step,thought"),
    "KIND_OF": _list(
        "clever,kind,wise,friendly,simple,new,good,better,warm,patient,surprising,bright,helpful,"
        "calm,skillful,sensible"
    ),
    "HELP": _list("friend,answer,hand,voice,neighbor,tool,craft,light,visit,word,door,teacher,plan,lesson,hint,trade"),
    "SWEET": _list("happy,warm,sweet,good,quiet,new,merry,peaceful,lovely,bright,soft,proper,cozy,gentle,welcome,fine"),
    "CLOSE": _list(
        "end,finish,evening,return,gift,thank-you,surprise,farewell,song,memory,promise,present,visit,rest,smile,day"
    ),
    "ASKED": _list("asked,wondered,whispered,cried,called,murmured"),
    "BED": _list(
        "basket,crate,washtub,barrel,drawer,cart,wheelbarrow,trunk,bathtub,armchair,sled,tent,"
        "wagon,hammock,cupboard,rowboat"
    ),
    "SPOKE": _list("said,answered,replied,remarked,began,added,went on,observed"),
    "DREAM": _list(
        "telescope,bicycle,kite,puppet theater,toy train,globe,drum,canoe,paint box,microscope,"
        "music box,magic set,"
        "sailing ship,typewriter,magnifying glass,pocket watch,camera,trumpet,violin,lamp,tricycle,"
        "marionette,"
        "butterfly net,knight's helmet"
    ),
    "SOFTLY": _list(
        "softly,kindly,calmly,slowly,gently,cheerfully,proudly,thoughtfully,warmly,quietly,firmly,patiently,"
        "brightly,solemnly,merrily,seriously,dryly,eagerly,gravely,happily,politely,quickly,simply,sleepily,"
        "suddenly,bravely,wisely,gladly,heartily,carefully,sternly,shyly"
    ),
    "SAD": _list(
        "sad,worried,gloomy,helpless,miserable,lonely,ashamed,cross,tired,hopeless,troubled,downhearted,glum,"
        "foolish,nervous,uneasy,wretched,sorry,grumpy,dejected,hurt,guilty,weary,confused"
    ),
    "GLAD": _list(
        "glad,proud,happy,relieved,cheerful,grateful,delighted,content,merry,peaceful,lucky,hopeful,pleased,"
        "thankful,thrilled,joyful,blissful,satisfied,overjoyed,elated,carefree,jolly,amused,excited"
    ),
    "SMELL": _list(
        "wet leaves,fresh bread,candle wax,wood smoke,lavender,fried onions,rain,cut grass,tar,"
        "cinnamon,hot iron,"
        "soap,peppermint,coffee,roses,mud,apples,burnt sugar,cheese,damp wool,fish,garlic,glue,hay,lemons,"
        "mushrooms,old books,paint,pine needles,salt,toast,vinegar"
    ),
    "TREAT": _list(
        "gingerbread,raisin buns,honey cake,pears,cherries,butter biscuits,roasted nuts,plum jam,"
        "cheese rolls,"
        "apple rings,pretzels,strawberries,caramels,oat cakes,chestnuts,lemon drops,almond cookies,"
        "baked apples,"
        "blueberry muffins,boiled eggs,bread sticks,candied orange,cream puffs,dried figs,"
        "fruit salad,hazelnut bars,"
        "jelly doughnuts,licorice,marzipan,poppy seed rolls,waffles,vanilla pudding"
    ),
    "DRINK": _list(
        "cocoa,cider,peppermint tea,lemonade,warm milk,ginger beer,elderflower juice,rosehip tea,"
        "barley water,"
        "chamomile tea,cherry juice,grape juice,malt coffee,plum juice,raspberry syrup,spring water"
    ),
    "GERUND": _list(
        "sweeping,scrubbing,mending,polishing,drying,painting,packing,dusting,unloading,sanding,repairing,"
        "emptying,waxing,lifting,guarding,drawing,admiring,balancing,brushing,cleaning,decorating,fixing,"
        "inspecting,hiding,measuring,moving,oiling,pushing,rinsing,turning,washing,weighing"
    ),
    "WOOL": _list(
        "woolen,velvet,patched,striped,silk,knitted,green,yellow,purple,scarlet,orange,pink,gray,"
        "brown,white,crimson,"
        "checked,flowered,golden,torn,crumpled,buttoned,muddy,ragged,enormous,old,inherited,"
        "elegant,embroidered,furry,"
        "itchy,upside-down"
    ),
    "CRITTERS": _list(
        "sparrows,hedgehogs,squirrels,frogs,blackbirds,beetles,snails,robins,magpies,toads,pigeons,"
        "bats,moths,storks,"
        "swallows,badgers,bumblebees,crows,dragonflies,finches,grasshoppers,herons,ladybugs,"
        "lizards,moles,otters,owls,"
        "spiders,weasels,ants,geese,kittens"
    ),
    "BITS": _list(
        "marbles,buttons,pins,letters,coins,corks,nuts,plum stones,spoons,candle ends,beads,"
        "chestnuts,nails,feathers,"
        "stamps,tickets,gloves,keys,bottles,pebbles,cherry pits,eggshells,paper bags,raisins"
    ),
    "MUSIC": _list("violin,cello,flute,piano,guitar,trumpet,drum,harp,accordion,clarinet"),
    "COLOR": _list("black,white,gray,brown,red,green,blue,yellow,pink,orange,purple,silver"),
    "SPICE": _list(
        "cinnamon,pepper,lemon peel,nutmeg,honey,garlic,parsley,vinegar,ginger,cloves,mustard,"
        "raisins,plum jam,mint,"
        "thyme,buttermilk,poppy seeds,salt,vanilla,sour cream,onions,bay leaves,rose water,apple cider"
    ),
    "WARE": _list(
        "lantern,drum,music box,trumpet,puppet,flagpole,cart,kite,flute,mask,umbrella,teapot,"
        "fiddle,sled,wheelbarrow,bell,"
        "picture frame,rocking horse,chair,birdhouse,weather vane,signboard,bass fiddle,vase"
    ),
    "JAR": _list("jar,pot,jug,glass,bottle,can,mug,bowl,crock,cup,kettle,bucket"),
    "SPADE": _list("spade,shovel,spoon,rake,bucket,hoe,ladle,plank,pan,fork"),
    "BOAT": _list(
        "Star,Sea Horse,Old Duck,Lightning,Moonbeam,Wild Goose,Pea Pod,Queen,Dolphin,Grasshopper,Hope,Teacup"
    ),
    "STREET": STREETS,
    "VILLAGE": tuple(name for name, _, _ in VILLAGES),
    "FOOD": FOODS,
    "TINT": _list(
        "red,blue,green,yellow,white,black,brown,gray,silver,golden,copper,glass,wooden,striped,"
        "tiny,chipped,shiny,"
        "crooked,painted,bent,ivory,purple,orange,rusty"
    ),
}  # fmt: skip
NOISES = {
    "dog": "barked", "cat": "purred", "rabbit": "thumped", "parrot": "squawked", "goat": "bleated", "pony": "neighed",
    "turtle": "blinked", "goose": "honked", "hamster": "squeaked", "canary": "chirped", "donkey": "brayed",
    "duck": "quacked",
}  # fmt: skip
