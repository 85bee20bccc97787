"""Words that all kinds of pages share: days, places, people, drinks, colors. No word begins with another."""

from .common_words import split

WORDS = {
    name: split(words)
    for name, words in {
        "DAY": "Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday",
        "MONTH": "January,February,March,April,May,June,July,August,September,October,November,December",
        "SEASON": "spring,summer,autumn,winter",
        "FEW": "two,three,four,five,six",
        "BY": "behind,beside,near,in front of,close to,not far from,opposite,next to",
        "DRINK": "tea,coffee,milk,cider,lemonade,hot chocolate,water,apple juice,peppermint tea,ginger beer,cocoa,"
        "elderflower juice,plum juice,buttermilk,malt beer,grape juice,chamomile tea,berry punch,cherry soda,"
        "carrot juice,rose hip tea,barley coffee,almond milk,mulled cider",
        "FLOWER": "roses,tulips,daisies,lilies,violets,poppies,daffodils,dahlias,asters,lilacs,marigolds,snowdrops,"
        "bluebells,peonies,geraniums,buttercups,carnations,chrysanthemums,cornflowers,crocuses,foxgloves,hyacinths,"
        "irises,sunflowers",
        "COLOR": "red,blue,green,yellow,white,black,brown,gray,orange,purple,pink,silver,golden,cream,turquoise,"
        "crimson,violet,beige,olive,lilac,dark red,light green,bright yellow,pale blue,sky blue,snow-white,rust-red",
    }.items()
}
