"""Things of each kind with the adjectives that fit them, and times, people and feelings for stories about them."""

from .common_words import split

TABLES = {
    name: split(words)
    for name, words in {
        "HOUR": "at noon,at dawn,at dusk,at sunset,after lunch,after breakfast,after supper,before breakfast,"
        "before lunch,before supper,in the morning,in the afternoon,in the evening,around ten o'clock,"
        "shortly after eight,at half past six,at teatime,just before noon,toward evening,an hour before sunset,"
        "right after sunrise,at a quarter to nine,around three o'clock,shortly before five,early in the day",
        "MINUTES": "ten,fifteen,twenty,thirty,forty,fifty,twelve,eleven,thirteen,nine,eight,seven,five,sixteen",
        "METAL": "key,pocket watch,compass,whistle,hand bell,lantern,medal,horseshoe,candlestick,thimble,padlock,"
        "silver spoon,belt buckle,coffee pot,music box,trumpet,door knocker,belt knife,ring,coin",
        "METALLIC": "rusty,shiny,heavy,polished,dented,old,small,scratched,well-worn,fine,plain,strange",
        "PAPER": "map,postcard,photograph,notebook,drawing,poem,song book,love letter,picture book,recipe,calendar,"
        "diary,stamp album,train ticket,bill,invitation,treasure map,newspaper from 1901",
        "TOY": "kite,ball,toy boat,rag doll,spinning top,teddy bear,drum,puppet,wooden horse,toy train,hoop,"
        "tin soldier,jumping rope,scooter,marble,toy duck",
        "TOYISH": "red,blue,green,yellow,old,new,small,painted,broken,homemade,favorite,borrowed,lost",
        "VESSEL": "basket,box,bucket,cookie tin,suitcase,shoe box,bag,wheelbarrow,hat box,flowerpot,jar,trunk,"
        "parcel,barrel,drawer,sack,picnic basket,crate,milk can,laundry basket,pillowcase,boot,coal bucket",
        "SEAT": "bench,wall,stool,chair,sofa,window seat,bed,rug,sack of potatoes,suitcase,barrel,blanket",
        "FURN": "chair,bench,table,shelf,stool,cupboard,garden gate,chest,wardrobe,bird box,window frame,"
        "rocking chair,dresser,bookcase,cradle,front door",
        "WORN": "old,plain,scratched,small,heavy,sturdy,dusty,faded,inherited,shabby,narrow,wooden",
        "PET_NATURE": "young,old,shy,lively,lazy,hungry,clever,stubborn,playful,sleepy,curious,gentle,noisy,plump,"
        "nervous,friendly",
        "POT": "pot,jar,tin,small can,large can,bucket,cup,big jar,bowl",
        "BRUSH": "soft brush,stiff brush,small brush,wide brush,flat brush,round brush,clean brush,new brush,"
        "toothbrush,fine brush",
        "RAG": "clean rag,dry cloth,soft cloth,old towel,damp cloth,wet rag,sponge,old sock,piece of wool,old shirt,"
        "handkerchief",
        "CLEANER": "vinegar,lemon juice,salt,soap,chalk powder,fine sand,ashes,baking soda,beeswax,a little oil,"
        "tooth powder,lukewarm beer",
        "SEEDLING": "tomatoes,radishes,peas,beans,sunflowers,parsley,chives,lettuce,strawberries,cucumbers,"
        "marigolds,pumpkins,carrots,sweet peas,mint,nasturtiums",
        "SPOT": "garden wall,south wall,hedge,well,fence,back door,compost heap,apple tree,rain barrel,shed,"
        "kitchen window,gate,hen house,terrace",
        "EACH": "every morning,every evening,on Sundays,on Saturdays,on Mondays,on Fridays,on Wednesdays,"
        "at weekends,in summer,in winter,once a week,twice a week,once a month,almost every day,every other day,"
        "before breakfast,after supper,in the evening,early in the morning,at noon,on rainy days,on market days,"
        "whenever the sun shines,on Tuesdays,on Thursdays,after work,after lunch,in spring,in autumn,"
        "every third day,at sunset,before supper,at teatime,on holidays,in fine weather,three times a week,"
        "most evenings,all year round",
        "CHARM": "hat,umbrella,fiddle,spoon,ladder,lantern,bell,whistle,cloak,kettle,mirror,drum,chair,"
        "walking stick,pair of boots,broom,pillow,teapot,cap,blanket",
        "POWER": "fly,sing like a lark,speak with birds,see in the dark,walk on water,become invisible,"
        "dance without rest,read thoughts,smell the weather,count the stars,lift a horse,whistle two tunes at once,"
        "run like a hare,understand cats,juggle with fire,swim like a trout,hear the grass grow,remember everything",
        "SIZE": "small,large,simple,strong,light,square,pointed,fast",
        "AREA": "kitchen,cellar,attic,hallway,pantry,living room,bedroom,workshop,greenhouse,shed,garden,barn,"
        "dining room,back yard,loft,bathroom,guest room,music room,wash house,stable,garage,study,basement,"
        "tool shed,porch",
        "TREAT": "gingerbread,honey cake,lemon drops,plum jam,apple tart,waffles,raisin buns,peppermint candy,"
        "nut bread,chocolate,cherry cake,toffee,almond biscuits,poppy seed cake,sugar plums,nut cake,"
        "roasted chestnuts,licorice,fudge,apple rings,plum cake,ginger biscuits,cream puffs,marzipan,butter cookies,"
        "candied orange,cheese straws,doughnuts,pear bread,cinnamon rolls",
        "LESSON": "spelling,sums,history,geography,singing,drawing,nature study,gymnastics,reading,handwriting",
    }.items()
}
