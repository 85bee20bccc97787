"""When, how long, how and in what mood: each list fits one tense, or one group of verbs."""

from .common_words import split

MOMENTS = {
    name: split(words)
    for name, words in {
        # a moment of the past: "She came ..."
        "AGO": "yesterday,last week,last night,last Monday,last Friday,this morning,"
        "a week ago,three days ago,two nights ago,the other day,on Wednesday night,last Tuesday,"
        "last Sunday,last Saturday,on market day,one rainy night,one cold morning,on Monday evening,on Friday night,"
        "the day before yesterday,five days ago,last month,ten days ago,a fortnight ago,last Thursday,last Wednesday,"
        "four nights ago,one foggy morning,one windy night,on Tuesday night,on Sunday morning,on Friday evening,"
        "on Thursday night,twelve days ago,one sunny afternoon",
        # the time of day in a story of the past
        "THEN": "at noon,at dawn,at dusk,after lunch,after breakfast,after supper,before breakfast,before supper,"
        "in the morning,in the afternoon,in the evening,shortly after eight,just before midnight,on the way home,"
        "as the fog lifted,when the shops closed,late at night,at half past six,at teatime,"
        "when the lamps were lit,at sunset,while the soup boiled,after the concert,after work,"
        "during the lunch break,when the rain stopped,around ten o'clock,an hour before sunset,"
        "just before noon,shortly after four,in broad daylight,between two showers,halfway through the day,"
        "at a quarter to nine,before the bell rang,towards evening,shortly before five,with the first train,"
        "after the market,in pouring rain",
        # how long it went on
        "FOR_TIME": "for a minute,for ten minutes,for half an hour,for an hour,for two hours,all morning,until noon,"
        "until dark,until the clock struck four,all afternoon,until supper,until the rain stopped,all evening,"
        "for a quarter of an hour,until sunset,for twenty minutes,until the church bells rang,for a while,"
        "until the last bus left,until the shops closed,for forty minutes,half the night,"
        "for most of the day,until nobody was left,for three hours,until the lamps went out,until bedtime,"
        "without a break,the whole day,until the tea was cold,from noon to dusk,until the fire went out,all week",
        # before a sentence of the past
        "SOON": "Later,Soon,Ten minutes later,An hour later,After a while,Before long,In the end,A little later,"
        "By evening,At last,Shortly afterwards,Half an hour later,The next morning,That night,Two days later,"
        "The same evening,Towards noon,The next day,Two hours later,On the way home,"
        "Towards evening,Late that night,In the afternoon,At noon,When it was dark,After supper,A week later,"
        "Early next morning,Three days later,At closing time,Before supper",
        "SOME": "two,three,four,five,six,seven,eight,nine,ten,eleven,twelve,a dozen,several,fifteen,twenty",
        "GLAD_OF": "happy,proud,grateful,calm,excited,relieved,content,delighted,cheerful,amused,pleased,touched,"
        "surprised,thankful,overjoyed,curious,merry,satisfied,hopeful,full of ideas,wide awake,in high spirits,"
        "speechless with joy,impressed",
        "SORRY_OF": "tired,nervous,worried,sad,annoyed,disappointed,upset,speechless,furious,embarrassed,impatient,"
        "confused,puzzled,hungry,offended,homesick,angry,ashamed,gloomy,exhausted,out of breath,fed up,shocked,"
        "frightened",
        "WALKED": "walked,hurried,strolled,ran,cycled,wandered,went,marched,rushed,drove,sneaked",
        "TOLD": "said,called,whispered,laughed,sighed,answered,explained,remarked,admitted,replied,joked,declared,"
        "grumbled,repeated,confessed,insisted",
        # a habit: "He comes ..."
        "OFTEN": "every morning,every evening,on Sundays,on Saturdays,after work,before breakfast,after supper,"
        "at weekends,in summer,on rainy days,on market days,twice a week,once a month,almost every day,in winter,"
        "at noon,after lunch,on Friday evenings,whenever the sun shines,until late at night,early in the morning",
        # a command or a plan: "Come ...", "I will be back ..."
        "COMING": "at noon,before six,after supper,on Monday morning,on Tuesday,any evening,after lunch,before dark,"
        "on Friday afternoon,at half past four,after five,on Saturday morning,between two and four,"
        "on Wednesday evening,before breakfast,during the lunch break,on Thursday at seven,next Sunday,at teatime",
        # the time of day in a forecast or a program
        "HOURLY": "at noon,at dawn,at dusk,after lunch,after breakfast,before breakfast,in the morning,in the evening,"
        "in the afternoon,from noon to night,from eight to ten,until sunset,around midnight,all day,at half past six,"
        "from dawn to dusk,before supper,late at night,between two and four,at teatime",
        # how long to do something: "Wait ...", "It will last ..."
        "AS_LONG": "for a minute,for ten minutes,for half an hour,for an hour,for two hours,all morning,until noon,"
        "until dark,until supper,until evening,for a quarter of an hour,overnight,for twenty minutes,for a while,"
        "until the next day,all afternoon",
        # a time that is needed or spent: "It took ..."
        "A_TIME": "ten minutes,half an hour,an hour,two hours,a whole morning,an entire evening,half the night,"
        "a quarter of an hour,almost a day,most of the afternoon,forty minutes,three hours,a long afternoon,"
        "twenty minutes,a whole weekend,five hours,three evenings,a full week",
        "HOW_SAID": "quietly,loudly,proudly,politely,calmly,sadly,cheerfully,shyly,firmly,kindly,softly,with a smile,"
        "with a sigh,in a low voice,without looking up,after a pause",
        "HOW_MOVED": "quickly,slowly,quietly,in a hurry,on tiptoe,without a word,with long steps,at once,"
        "in the dark,as fast as possible,very carefully,in great haste",
        "HOW_DONE": "carefully,patiently,neatly,quickly,slowly,skillfully,with great care,at once,without a pause,"
        "with steady hands,as well as possible,thoroughly",
        "BROUGHT": "carried,brought,took,dragged,lugged,pushed",
        "SPOTTED": "found,noticed,discovered,spotted,picked up,came across,saw",
        "HANDY": "fine,good,new,excellent,ordinary,perfect,special,splendid,decent,first-rate,simple,cheap,unusual,"
        "costly,remarkable,modest,"
        "foreign,famous,impressive,rare,superb,average,old,respectable",
        # what finders, helpers and winners get
        "REWARD": "a bag of roasted almonds,a bowl of cherries,a brass whistle,a new umbrella,a day at the lake,"
        "a dozen pancakes,a ginger cake,a goose egg,a hot bath,a medal,a month of clean shirts,a poem,a pair of gloves,"
        "a pound of coffee,a ride on a pony,a row of kisses,a sausage as long as an arm,a straw hat,a trip to the "
        "coast,"
        "a warm scarf,a week of free milk,an apple tree,an hour of piano music,free shoe repairs,lunch at the hotel,"
        "six clay mugs,tea with the mayor,the first dance,the last waffle,three cheers,twelve candles,two hens,"
        "a jar of honey,a basket of apples,two tickets to the cinema,a warm supper,a ride in the mail cart,"
        "a bottle of cider,a chocolate cake,three fresh eggs,a bag of walnuts,a pot of plum jam,a bunch of tulips,"
        "ten coins,a pair of woolen socks,a free haircut,a seat in the front row,a big hug,a cherry pie,"
        "a cup of hot chocolate,a pound of butter,a song of your choice,five coins,a kite,a month of free bread,"
        "a loaf of rye bread,two jars of pickles,a box of candied fruit,a silver coin,a sack of potatoes,"
        "a wheel of cheese,a picture book,an evening of stories,a smoked trout",
    }.items()
}
MOMENTS["BOX"] = tuple(str(number) for number in range(100, 1000))  # of a notice or a newspaper
_DAYS = split("Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday")
_HOURS = split("one,two,three,four,five,six,seven,eight,nine,ten,eleven")
_EVENTS = split("breakfast,lunch,supper,sunset,sunrise,the concert,the storm,the market,the parade,work,church")
_MORE = {
    "AGO": [f"on {day} {time}" for day in _DAYS for time in split("morning evening night afternoon")]
    + [f"{number} weeks ago" for number in split("two three four five six")],
    "THEN": [f"{when} {event}" for when in ("shortly before", "right after", "an hour before") for event in _EVENTS]
    + [f"around {hour} o'clock" for hour in _HOURS],
    "FOR_TIME": [f"until {hour} o'clock" for hour in _HOURS[3:]]
    + [f"for {number} minutes" for number in split("five six eight fifteen thirty fifty")]
    + [f"until {event}" for event in ("breakfast", "the storm was over", "the band stopped", "the moon rose")],
    "COMING": [f"on {day} at {hour}" for day in ("Monday", "Wednesday", "Saturday") for hour in _HOURS[3:8]],
    "A_TIME": [f"{number} minutes" for number in split("five eight fifteen thirty fifty")]
    + [f"{number} {unit}" for number in split("four six") for unit in split("hours days")],
}
for _name, _moments in _MORE.items():
    MOMENTS[_name] = tuple(dict.fromkeys([*MOMENTS[_name], *_moments]))
