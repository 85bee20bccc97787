"""Words that all kinds of pages share: times, places, things, manners. In each list no word begins with another."""

from . import lexicon


def _split(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(","))


WORDS = {
    name: _split(words)
    for name, words in {
        "DAY": "Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday",
        "MONTH": "January,February,March,April,May,June,July,August,September,October,November,December",
        "SEASON": "spring,summer,autumn,winter",
        "NUMBER": "two,three,four,five,six,seven,eight,nine,ten,eleven,twelve,thirteen,fifteen,twenty,thirty,"
        "forty,half a dozen,several,countless,a few,too many,at most ten,at least fifty,hardly any,"
        "some,dozens of,nearly twenty,exactly nine,more than ten,at least sixteen,far too many,"
        "close to thirty,no more than seven,a great many,just four",
        "FEW": "two,three,four,five,six",
        "WHEN": "at noon,at dawn,at dusk,after lunch,after breakfast,after dinner,before breakfast,"
        "before supper,in the morning,in the afternoon,in the evening,around ten o'clock,"
        "an hour before sunset,shortly after eight,just before midnight,during the lunch break,"
        "on the way home,right after sunrise,between two rain showers,while the bells rang,"
        "as the fog lifted,when the shops closed,halfway through the day,late at night,"
        "at half past six,early in the day,at teatime,under a full moon,when the lamps were lit,"
        "in broad daylight,at sunset,during a short nap,during the storm,on the way to church,"
        "shortly before four,while the soup boiled,after the concert,before the news,"
        "in the first snow,as soon as it rained,between two trains,when nobody looked,"
        "before the mail came,while the others slept,during the intermission,after a long walk,"
        "right after school,under a gray sky,on the last bus,just after payday,in pouring rain,"
        "by candlelight,as the sun came out,when the milk was delivered,shortly after ten,"
        "at closing time,with the first frost,before anyone woke up,in the heat of the day,"
        "on rainy days,when the wind turned,after the second coffee,just in time,before going to bed",
        "LATER": "Later,Soon,Ten minutes later,An hour later,Then,After a while,Before long,In the end,"
        "A moment later,Just then,At that moment,Suddenly,A little later,The next minute,By evening,"
        "Meanwhile,Out of the blue,At last,Shortly afterwards,Half an hour later,"
        "To the surprise of all,By chance,As luck would have it,Without a word",
        "PAST": "yesterday,last week,last night,last Monday,last Friday,on Tuesday,on Thursday,on Sunday,"
        "this week,this morning,a week ago,a month ago,three days ago,two nights ago,the other day,"
        "earlier this month,on Wednesday night,on Saturday,at the weekend,ten days ago,last autumn,"
        "last winter,in early spring,this summer,not long ago,a fortnight ago,"
        "the day before yesterday,twice this year,during the holidays,after the holidays,"
        "on market day,one rainy night,last Tuesday,last Sunday,last Saturday,before Christmas,"
        "at Easter,on New Year's Eve,after the storm,during the harvest,a few weeks ago,five days ago,"
        "this spring,this autumn,on the first of May,six months ago,last month,last spring,"
        "last summer,on payday,at the last full moon,years ago,in the old days,one cold morning,"
        "one hot afternoon,on a foggy day,on a Sunday in May,during the fair,when the snow melted,"
        "after the flood,before the wedding,eight weeks ago,only recently",
        "SPAN": "a minute,ten minutes,half an hour,an hour,two hours,the whole morning,the whole evening,"
        "half the night,a quarter of an hour,almost a day,most of the afternoon,forty minutes,"
        "three hours,every free minute,an entire day,a long while,twenty minutes,"
        "the better part of a day,a whole weekend,five hours,a lunch break,a sleepless night,"
        "the last hour of the day,about as long as a film,eleven minutes,six weeks,a rainy afternoon,"
        "a day and a night,the time between two trains,four evenings,three Sundays,seven minutes",
        "UNTIL": "for a minute,for ten minutes,for half an hour,for an hour,for two hours,the whole morning,"
        "until noon,until dark,until the clock struck four,for ages,all afternoon,almost a day,"
        "until supper,until the rain stopped,all night,for most of the evening,until somebody laughed,"
        "until the last bus left,for three days,without a break,until the shops closed,"
        "until everyone was tired,for a quarter of an hour,until the moon rose,until sunrise,"
        "until the cows came home,until the soup was cold,for an entire week,until nobody listened,"
        "without saying a word,until the train whistled,for the rest of the day,from noon to night,"
        "until help came,with short breaks,until it was too late,for twenty minutes,"
        "until the candle burned down,until the church bells rang,for weeks,until the fog lifted,"
        "for forty minutes,until the band stopped,until even the owls slept,for what felt like years,"
        "until the mail came,day and night,until the fire went out",
        "LANDMARK": "mill pond,stone bridge,town hall,church,market fountain,railway tunnel,bus stop,duck pond,"
        "cherry orchard,chestnut tree,post office,fire station,ferry landing,bandstand,water tower,"
        "town gate,castle ruins,playground,cemetery wall,bowling green,stables,saw mill,rose garden,"
        "sundial,brick chimney,pier,hay barn,village pump,brass statue,swimming pool,cinema,tea room,"
        "football field,picnic meadow,gas lamp,apple cellar,notice board,goat pen,garden gate,stairs,"
        "canal lock,bell tower,barber shop,toll house,skating rink,vegetable market,lighthouse model,"
        "railway crossing,wishing well,tennis court,tram shed,boat house,courtyard,stage,butcher shop,"
        "laundry,toy shop,archway,hotel,museum,parking place,quay,oak alley,snack bar",
        "BY": "behind,beside,near,in front of,close to,not far from,opposite,next to",
        "ROOM": "kitchen,cellar,attic,hallway,pantry,bathroom,living room,bedroom,laundry room,workshop,"
        "garage,greenhouse,hen house,tool shed,garden,stairwell,study,guest room,cupboard,barn,"
        "washhouse,dining room,back yard,wood shed,basement,boiler room,box room,bicycle shed,"
        "conservatory,loft,music room,nursery,parlor,potting shed,sauna,smokehouse",
        "FURNITURE": "table,shelf,wardrobe,sofa,bench,stove,cupboard,desk,chest of drawers,bookcase,rocking chair,"
        "bed,armchair,piano,sewing machine,window sill,stool,trunk,carpet,dresser,sink,doormat,"
        "coat rack,grandfather clock,cradle,writing case,mattress,washing machine,hat stand,fireplace,"
        "footstool,ironing board,radio,card table,bathtub,spice rack,easel,kitchen scale,"
        "umbrella stand,folding screen,tea trolley,linen chest,garden chair,garden bench,porch swing,"
        "flower stand,bread box,coal box,magazine rack,music stand,shoe rack,towel rail,letter box,"
        "laundry basket,counter,ticket booth,pulpit,saddle rack,wine rack,bunk,camp bed,high chair,"
        "side table,rug,staircase,window seat,jukebox,billiard table,oven,tool bench,hay cart,"
        "rain barrel",
        "ON": "on,under,behind,beside,next to,in front of",
        "QUALITY": "old,small,heavy,shiny,dusty,borrowed,new,plain,painted,handsome,strange,forgotten,huge,tiny,"
        "scratched,sturdy,crooked,cheap,precious,ordinary,muddy,wet,lovely,famous,dented,polished,"
        "faded,ugly,patched,odd,clean,battered,antique,cracked,slippery,elegant,enormous,harmless,"
        "square,homemade,foreign,sticky,worthless,charming,rare,warm,cold,noisy,mended,sandy,greasy,"
        "magnificent,narrow,curious,bent,dry,deep,secret,silent,simple,solid,splendid,stolen,striking,"
        "tattered,tall,thick,thin,tiresome,twisted,unusual,valuable,varnished,waterproof,wide,wobbly,"
        "wrinkled,expensive,fancy,flat,folding,frozen,hollow,inherited,knitted,leaky,legendary,light,"
        "modern,mysterious,oversized,perfect,peculiar,portable,round,rusty,velvet",
        "COLOR": "red,blue,green,yellow,white,black,brown,gray,orange,purple,pink,silver,golden,cream,"
        "turquoise,copper,crimson,violet,beige,spotted,striped,checkered,pale,dark,amber,"
        "apricot-colored,lilac,mint green,moss green,mustard yellow,olive,rainbow-colored,raven black,"
        "rose,rust-red,sky blue,snow-white,speckled,transparent,two-tone,wine red",
        "THING": "umbrella,lantern,basket,teapot,kettle,blanket,bucket,ladder,broom,candle,alarm clock,"
        "wheelbarrow,flowerpot,suitcase,hat,mitten,scarf,boot,camera,telescope,compass,whistle,"
        "trumpet,tent,pillow,frying pan,picture frame,bird cage,fishing rod,rope,saw,hammer,"
        "paintbrush,notebook,map,envelope,postcard,box,jar,bottle,teacup,plate,spoon,cushion,mirror,"
        "toy boat,kite,wooden horse,rag doll,drum,bicycle bell,handbag,pocket watch,garden hose,"
        "watering can,sledge,coin purse,music box,key ring,magnifying glass,walking stick,raincoat,"
        "apron,sewing box,accordion case,balloon,barrel,bathrobe,bowler hat,butterfly net,brass candlestick,"
        "chess board,coffee mill,cookie tin,deck chair,dictionary,doorbell,egg timer,feather duster,"
        "flag,garden gnome,globe,hairbrush,hammock,horseshoe,hot water bottle,ice skate,inkwell,"
        "jigsaw puzzle,lampshade,letter opener,life belt,lunch box,mousetrap,napkin,oil lamp,parcel,"
        "pepper mill,photo album,pitchfork,puppet,rocking horse,rubber boot,salt shaker,school bag,"
        "shopping bag,slipper,snow shovel,soup ladle,stove pipe,straw hat,sunshade,tablecloth,"
        "tennis racket,toolbox,top hat,toy train,trowel,typewriter,vase,violin case,wallet,washboard,"
        "weather vane,wig,yardstick,teddy bear,spinning top",
        "ODDS": "buttons,coins,marbles,feathers,pebbles,keys,corks,nails,ribbons,shells,acorns,pencils,"
        "postcards,matches,needles,crumbs,petals,labels,candles,letters,spoons,socks,tickets,bolts,"
        "stamps,snails,walnuts,bells,photographs,hooks,thimbles,pins,beads,bottles,brushes,"
        "chalk sticks,cherry stones,clothes pegs,dominoes,erasers,fish hooks,forks,gloves,"
        "handkerchiefs,jars,knitting needles,leaves,light bulbs,mousetraps,notebooks,onion skins,"
        "paper boats,playing cards,rubber bands,screws,shoelaces,sugar cubes,tea bags,tin soldiers,"
        "toothpicks,wool balls,egg cups,peanuts,seeds,anchors,arrows,bandages,belts,biscuits,blankets,"
        "bookmarks,bow ties,brooches,bulbs,calendars,cigar boxes,clay pots,combs,cookies,crayons,cups,"
        "dice,drums,earrings,fans,feather dusters,flags,flutes,goggles,hairpins,hats,helmets,hinges,"
        "jam jars,kites,lanterns,maps,medals,mugs,mustard jars,napkins,oyster shells,paint pots,"
        "patches,pine cones,pipes,plates,puzzles,ropes,ruler sets,scarves,soap bars,springs,"
        "thermometers,toy ducks,umbrellas,whistles",
        "MOVED": "ran,walked,hurried,marched,tiptoed,cycled,strolled,limped,wandered,raced,trotted,climbed,"
        "went,drove,returned,crept,stumbled,skipped,sneaked,paddled,stomped,rushed,shuffled,sauntered,"
        "danced,jumped,galloped,glided,hobbled,jogged,plodded,rode,rolled,sailed,slid,splashed,"
        "staggered,swayed,swept,trudged",
        "CARRIED": "carried,dragged,pushed,brought,rolled,moved,lifted,pulled,hauled,lugged,shoved,took",
        "FOUND": "found,noticed,discovered,spotted,picked up,came across,saw,dug up,stumbled over,tripped over,"
        "recognized,uncovered,photographed,fished out,caught sight of,bumped into,bought,borrowed,"
        "collected,counted,inspected,admired,painted,forgot",
        "SAID": "said,called,whispered,shouted,laughed,sighed,answered,muttered,cried,declared,explained,"
        "announced,grumbled,mumbled,remarked,admitted,replied,repeated,groaned,murmured,yelled,"
        "insisted,promised,joked,argued,barked,confessed,gasped,roared",
        "GLAD": "happy,proud,curious,cheerful,grateful,calm,excited,brave,relieved,content,hopeful,delighted,"
        "merry,lively,peaceful,polite,enthusiastic,amused,friendly,generous,jolly,gentle,thankful,"
        "well rested,full of ideas,kind,patient,wide awake,pleased,thrilled,satisfied,talkative,"
        "optimistic,sociable,carefree,playful,charming,elegant,attentive,courageous,gallant,inspired,"
        "dreamy,sober,rosy-cheeked,sunny,tender,unhurried",
        "GRUMPY": "tired,nervous,hungry,sleepy,angry,worried,sad,lonely,thirsty,bored,jealous,restless,"
        "embarrassed,impatient,confused,stubborn,annoyed,offended,soaked,dizzy,disappointed,gloomy,"
        "furious,exhausted,ashamed,frightened,suspicious,homesick,absent-minded,out of breath,upset,"
        "speechless,anxious,bitter,clumsy,dusty,envious,fed up,forgetful,frozen,grim,guilty,hoarse,"
        "irritable,late,moody,pale,unlucky",
        "MANNER": "quickly,slowly,carefully,quietly,loudly,gently,happily,patiently,bravely,nervously,proudly,"
        "politely,calmly,eagerly,sadly,cheerfully,gladly,clumsily,secretly,silently,neatly,firmly,"
        "shyly,boldly,kindly,wisely,lazily,angrily,softly,briskly,warily,foolishly,solemnly,hastily,"
        "stubbornly,dreamily,awkwardly,gracefully,greedily,grimly,merrily,hopefully,timidly,"
        "thoughtfully,tenderly,sleepily,seriously,skillfully,absent-mindedly,anxiously,"
        "by mistake,cautiously,coldly,coolly,curiously,elegantly,excitedly,faithfully,for no reason,"
        "frankly,furiously,generously,glumly,grandly,heroically,in silence,in tears,innocently,"
        "jealously,joyfully,mysteriously,on tiptoe,perfectly,playfully,suspiciously,tirelessly,warmly,"
        "with a smile,with dignity",
        "NICE": "wonderful,lovely,cozy,excellent,charming,splendid,delightful,perfect,memorable,cheerful,"
        "marvelous,beautiful,pleasant,peaceful,remarkable,fine,brilliant,glorious,enjoyable,fantastic,"
        "heavenly,impressive,magical,superb,amusing,astonishing,breathtaking,comfortable,dreamy,"
        "elegant,festive,funny,graceful,grand,harmless,inspiring,jolly,legendary,moving,mysterious,"
        "poetic,refreshing,restful,romantic,spotless,surprising,touching,useful",
        "BAD": "terrible,noisy,awful,boring,crowded,gloomy,chilly,disappointing,dreadful,messy,unpleasant,"
        "dull,sour,smelly,slow,grim,horrible,dreary,clumsy,miserable,shabby,tiresome,unlucky,wretched,"
        "absurd,annoying,bitter,confusing,costly,dangerous,dusty,embarrassing,exhausting,foggy,"
        "frightening,frosty,hopeless,lonely,muddy,painful,pointless,puzzling,rainy,ridiculous,rough,"
        "stuffy,tasteless,worrying",
        "MEAL": "fish pie,bean soup,tomato salad,ginger cake,baked apples,leek soup,egg sandwiches,fried potatoes,"
        "cabbage rolls,honey cake,pear tart,beet soup,corn bread,meatballs,spinach pie,roast duck,poppy seed rolls,"
        "pumpkin soup,oat porridge,blueberry muffins,stuffed peppers,barley stew,lemon cake,waffles",
        "TASTE": "salty,sweet,crisp,warm,spicy,creamy,soft,juicy,bitter,fresh,crunchy,buttery,rich,light,smoky,"
        "tender,cold,hot,burnt,sticky,peppery,sugary,dry,thick,fruity,garlicky,golden,greasy,half raw,"
        "homemade,icy,lukewarm,mild,minty,nutty,overcooked,peeled,pickled,sharp,tangy",
        "DRINK": "tea,coffee,milk,cider,lemonade,hot chocolate,water,apple juice,peppermint tea,ginger beer,"
        "cocoa,elderflower juice,plum juice,buttermilk,malt beer,grape juice,chamomile tea,"
        "berry punch,cherry soda,carrot juice,rose hip tea,barley coffee,almond milk,mulled cider",
        "PRODUCE": "apples,pears,plums,cherries,onions,carrots,leeks,cabbages,potatoes,tomatoes,beans,mushrooms,"
        "pumpkins,turnips,radishes,walnuts,berries,cucumbers,grapes,beets,eggs,lemons,peas,herbs,"
        "apricots,artichokes,asparagus tips,chestnuts,chives,figs,garlic bulbs,gooseberries,hazelnuts,"
        "melons,olives,parsnips,peaches,peppers,pickles,quinces,raisins,red currants,rhubarb stalks,"
        "sprouts,strawberries,truffles,zucchini,almonds",
        "WILD": "heron,fox,hedgehog,owl,squirrel,swan,frog,badger,magpie,hare,otter,stork,mole,deer,crow,"
        "beaver,woodpecker,bat,sparrow,toad,robin,weasel,pigeon,wasp,blackbird,buzzard,cricket,cuckoo,"
        "dormouse,dragonfly,eel,falcon,grasshopper,jackdaw,kingfisher,lizard,marten,moth,newt,"
        "nightingale,polecat,raven,salamander,seagull,shrew,snail,swallow,wild boar,adder,bullfinch,"
        "butterfly,caterpillar,chaffinch,crane,crayfish,donkey foal,earthworm,ferret,firefly,glowworm,"
        "goldfish,grouse,gull,hornet,jay,lamb,lark,lynx,mouse,osprey,partridge,pheasant,pike,"
        "polar fox,puffin,quail,rat,spider,squid,starling,stick insect,tadpole,thrush,trout,turkey,"
        "vole,water rat,wolf,wren,lobster,ladybug,ibis,weevil,pelican,peacock,porcupine",
        "TREE": "oak,birch,willow,pine,elm,maple,apple tree,pear tree,lime tree,walnut tree,beech,poplar",
        "FLOWER": "roses,tulips,daisies,lilies,violets,poppies,daffodils,dahlias,asters,lilacs,marigolds,"
        "snowdrops,bluebells,peonies,geraniums,buttercups,carnations,chrysanthemums,cornflowers,"
        "crocuses,foxgloves,hyacinths,irises,sunflowers",
        "CLOTHES": "coat,cap,jacket,shirt,sweater,tie,bonnet,vest,pair of gloves,pair of boots,scarf,"
        "dressing gown,apron,woolen hat,raincoat,pair of socks,belt,pair of trousers,bow tie,"
        "nightshirt,fur hat,waistcoat,swimsuit,cloak,bathing suit,bathrobe,fur coat,helmet,kimono,"
        "knitted vest,leather jacket,nightcap,overall,pajama top,party hat,poncho,sash,shawl,"
        "straw bonnet,top hat,turban,veil,wedding dress,wig,pullover,pair of slippers,pair of mittens,"
        "oilskin jacket,sailor suit,wool cape",
        "CROWD": "neighbors,children,fishers,tourists,musicians,teachers,gardeners,farmers,students,visitors,"
        "grandmothers,sailors,cyclists,dancers,hikers,shopkeepers,volunteers,workers,families,scouts,"
        "soldiers,nurses,acrobats,choir boys,actors,apprentices,bakers,bricklayers,choir singers,"
        "clowns,firemen,grandfathers,housewives,milkmen,painters,passengers,pensioners,postmen,"
        "reporters,schoolgirls,twins,waiters,wedding guests,window cleaners,astronomers,beekeepers,"
        "bookworms,boxers,butchers,campers,carol singers,chess players,cooks,cowboys,dentists,"
        "detectives,drummers,engineers,foresters,ghost hunters,guests,harvest workers,hat makers,"
        "hunters,jugglers,landlords,lawyers,magicians,miners,nuns,organ players,orphans,pilgrims,"
        "plumbers,poets,professors,rowers,runners,skaters,stamp collectors,strollers,swimmers,"
        "trumpeters,uncles,veterans,wanderers,wrestlers,zookeepers",
        "OFFICIAL": "mayor,postman,policeman,doctor,priest,bus driver,night watchman,chimney sweep,town clerk,"
        "judge,photographer,train driver,organist,fire chief,market inspector,lamplighter,dentist,"
        "barber,butcher,ferryman,veterinarian,street sweeper,innkeeper,milkman,professor,plumber,"
        "reporter,tax collector,gravedigger,choir master,circus director,lawyer,music teacher,"
        "opera singer,poet,customs officer,shepherd,sexton,stationmaster,umbrella mender,acrobat,"
        "admiral,astronomer,balloonist,bank clerk,bell ringer,bishop,botanist,"
        "captain,clown,coachman,cook,detective,diplomat,explorer,geologist,governor,"
        "grocer,harbor pilot,hatter,hunter,inventor,janitor,juggler,knife grinder,landlady,locksmith,"
        "magician,mason,midwife,painter,piano tuner,rag collector,roofer,sculptor,secretary,soldier,"
        "tram driver,ventriloquist,violinist,waiter",
        "AMOUNT": "two,three,four,five,six,ten,a handful of,half a pound of,a pound of,a bowl of,a basket of,a few",
        "SPOONS": "a spoon of,two spoons of,three spoons of,a cup of,two cups of,half a cup of,a pinch of,a little,"
        "plenty of,a glass of,a bowl of,some",
        "FAT": "butter,oil,cream,grated cheese,bread crumbs,chopped nuts,lard,egg yolk",
        "POT": "pot,pan,bowl,kettle,dish,tin,jug,jar",
        "CUT": "chop,slice,peel,grate,mash,halve,cut,crush",
        "STIR": "for a minute,for two minutes,until it is smooth,until your arm hurts,with a wooden spoon,with a fork,"
        "with both hands,until nobody can see it,five times,while you sing",
        "COOKED": "for ten minutes,for twenty minutes,for half an hour,for an hour,over a low fire,over a high fire,"
        "until the lid rattles,until the steam rises,for as long as a song,until the neighbors knock",
        "ASPECT": "old,small,new,famous,quiet,dusty,crooked,lonely,busy,empty,half-ruined,freshly painted,white,"
        "gray,narrow,shady,sunny,muddy,well-known,deserted,windy,beautiful,ugly,strange,cracked,snowy,"
        "tiny,huge,historic,mossy,locked,brightly lit,abandoned,ancient,awkward,charming,cheap,closed,"
        "colorful,cozy,damp,dark,dusky,elegant,flooded,foggy,former,frozen,gloomy,golden,grand,green,"
        "haunted,high,ivy-covered,large,leaning,low,modest,neglected,noisy,peaceful,pretty,proud,red,"
        "renovated,round,rusty,silent,smoky,sooty,square,steep,tall,tidy,wet,wide,wooden,yellow",
        "TRAIT": "tall,young,elderly,bald,red-haired,bearded,thin,stout,clever,careful,famous,retired,shy,"
        "strict,cheerful,sleepy,grumpy,curious,polite,clumsy,forgetful,hungry,lucky,nervous,proud,"
        "quiet,talkative,tired,helpful,stubborn,well-dressed,friendly,jolly,pale,sunburned,wise,lazy,"
        "noisy,brave,honest,busy,impatient,left-handed,sneezing,whistling,barefoot,curly-haired,"
        "broad-shouldered,absent-minded,adventurous,ambitious,anxious,bored,bow-legged,calm,chatty,"
        "cold-blooded,coughing,courageous,dancing,dreamy,eager,elegant,energetic,exhausted,"
        "fearless,frowning,gentle,gifted,gloomy,graceful,gray-haired,greedy,handsome,hasty,homesick,"
        "humming,jealous,kind,limping,lonely,mild,modest,musical,mustached,mysterious,obedient,"
        "patient,plump,punctual,respected,rude,serious,short,smiling",
        "FRESH": "ripe,fresh,wild,sour,frozen,pickled,giant,tiny,dried,wrinkled,stolen,peeled,shiny,cheap,late,"
        "early,bruised,organic,round,hard,soft,sliced,washed,muddy,cold,warm,salted,roasted,sugared,"
        "half-eaten,forgotten,expensive,perfumed,prize-winning,spotted,rolling,yellow,green,"
        "dusty",
        "BEAST": "young,old,hungry,sleepy,limping,shy,bold,fat,thin,clever,wet,muddy,tame,sneezing,curious,"
        "lost,noisy,tiny,angry,friendly,three-legged,fluffy,lonely,proud,elegant,drowsy,hoarse,plump,"
        "frightened,greedy,dancing,injured,ancient,bald,bored,brave,careless,chubby,clumsy,confused,"
        "croaking,gentle,gigantic,graceful,grumpy,handsome,humming,jealous,jolly,lazy,lucky,"
        "melancholy,mischievous,moody,nervous,offended,blind,peaceful,polite,shivering,silent,"
        "snoring,spotted,stubborn",
        "GROW": "oak trees,hedges,ferns,thistles,nettles,blackberries,clover,moss,reeds,lavender,heather,wild garlic",
        "CALLING": "Wait,Look,Stop,Come here,Oh dear,Good grief,Hurry,Watch out,Heavens,Well well,Bravo,"
        "Not again,Help,What luck,Hello,Quiet,At last,Nonsense,Never mind,Who did that,How odd,"
        "Be careful,Hooray,Too late,My word,What a mess,Where is it,Do not move,Excuse me,Really,"
        "I knew it,Just imagine,Good heavens,Oh no,Lucky me,Forget it,Keep calm,Let me see,Listen,"
        "Long live the town,No way,On your feet,Pay attention,Pull,Push,Run,Shame on you,So be it,"
        "Sorry,That is enough,This way,Three cheers,Unbelievable,Very well,Welcome,What a day",
        "RESULT": "Nobody was hurt,Everyone laughed,All ended well,The crowd clapped,The street was quiet again,"
        "It could have been worse,Most people took it with humor,The damage was small,The talk went on for days,"
        "The sun came out,People shook their heads,There was hot soup for everyone",
    }.items()
}
WORDS["MOOD"] = WORDS["GLAD"] + WORDS["GRUMPY"]
WORDS["DISH"] = tuple(lexicon.FOODS) + WORDS["MEAL"]
